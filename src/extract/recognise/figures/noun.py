"""What a number counts: the noun behind it, or nothing, where it stands alone.

No tagger is asked. English gives enough away: behind a number from two on a noun is a plural, so a lower-case word in -s there is
a noun, and behind `one` it is a verb; prepositions, conjunctions, pronouns and auxiliaries are few, and are listed
(`rules/counting.yml`). Words that are neither are adjectives or verbs, and looked past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.rules import load_rules
from extract.rules.words import same_spelling

_BEHIND = re.compile(r"[ \u00a0\u202f]*(?P<word>[^\W_](?:[\w.’'-]*\w)?)|[ \u00a0\u202f]*(?P<sign>\S)")
WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?|[^\w\s]")
"""A word, or a sign."""

_MOST_WORDS = 5
_JOINS = frozenset({"to", "or"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: `seats`, `other` things (`noun` names them), or `nothing` that is said (`noun` is empty)."""

    kind: Literal["seats", "other", "nothing"]
    noun: str = ""


NOTHING = Counted("nothing")


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The lists of `rules/counting.yml`, their words as they are looked up."""
    file = load_rules().file("counting")
    return {name: frozenset(same_spelling(word) for word in file.words(name)) for name in file.lists}


def counted_by(text: str, end: int, limit: int, is_one: bool) -> Counted:
    """What the number that ends at `text[end]` counts, looked for up to `limit` (text offsets). `is_one`: the number is one.

    >>> counted_by("won 12 new seats in", 6, 19, False), counted_by("won 12 in all", 6, 13, False).kind
    (Counted(kind='seats', noun='seats'), 'nothing')
    """
    words = _words_behind(text, end, limit)
    if words and words[0] == "of":
        return _of_what(words[1:])
    if len(words) > 2 and words[0] in _JOINS and is_number(words[1]):
        return _noun(words[2:], False)
    return _noun(words, is_one)


def _words_behind(text: str, end: int, limit: int) -> list[str]:
    """The next words up to a sign, as written."""
    words: list[str] = []
    for found in _BEHIND.finditer(text, end, limit):
        if found["sign"] or found.start("word") == end or len(words) == _MOST_WORDS:
            break
        words.append(found["word"])
    return words


def _of_what(words: list[str]) -> Counted:
    """What `of the 15 members` and `of them` speak of."""
    rest = list(words)
    while rest and (same_spelling(rest[0]) in lists()["determiner"] or is_number(rest[0])):
        rest.pop(0)
    return _noun(rest, False)


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    known = load_rules().file("numbers").lists
    return frozenset(str(word) for word in (*known["unit"], *known["scale"]))


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or letters, or the first part of one (`forty-six`).

    >>> is_number("12"), is_number("forty-six"), is_number("often")
    (True, True, False)
    """
    return word[0].isdigit() or same_spelling(word).split("-")[0] in _number_words()


def _noun(words: list[str], is_one: bool) -> Counted:
    known = lists()
    for place, word in enumerate(words):
        plain = same_spelling(word)
        if plain in known["seats"] or word in known["seats"]:
            return Counted("seats", word)
        if plain in known["filler"]:
            continue
        if plain in known["function"] or is_number(word):
            return NOTHING
        if word.islower() and (plain in known["plural"] or plain in known["singular"]):
            return Counted("other", word)
        if _is_plural(word, plain):
            return NOTHING if is_one and place == 0 else Counted("other", word)
        if is_one and place == 0 and word.islower() and not _is_verb(plain):
            return Counted("other", word)
    return NOTHING


def _is_plural(word: str, plain: str) -> bool:
    return (
        word.islower()
        and len(plain) > 3
        and plain.endswith("s")
        and not plain.endswith(("ss", "us", "is", "'s"))
        and plain not in lists()["no_plural"]
    )


def _is_verb(plain: str) -> bool:
    return plain.endswith(("ed", "ly")) or plain in _past()


@lru_cache(maxsize=1)
def _past() -> frozenset[str]:
    return frozenset(load_rules().file("tense").words("back"))
