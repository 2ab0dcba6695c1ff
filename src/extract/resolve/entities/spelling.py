"""Are two words the same word, spelled differently? What joins them, and at what cost.

The weighted edit distance knows which letters romanisation confuses (`z` and `s`, `i` and `y`) and which it does not. A cost of 0
is the same word; what is not the same word at all is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from extract.resolve.entities.folding import deep_key, deep_keys, fold, keys, rewrite, scheme_keys
from extract.resolve.entities.lexicon import Lexicon
from extract.rules.load import packaged

How = Literal["same", "spelling", "typo"]


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Two words are one: how sure (`cost` from 0 to 1.7), by what, and why in a few words."""

    cost: float
    how: How
    reason: str


SAME_WORD = WordMatch(0.0, "same", "same word")

_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=1)
def _letters() -> tuple[Mapping[frozenset[str], float], frozenset[frozenset[str]]]:
    """What it costs to take one letter for another, where less than 1; in which two letters spellings of one name may begin."""
    lists = packaged("romanisation").lists
    return {frozenset(pair): float(cost) for pair, cost in lists["confused_letters"].items()}, frozenset(
        map(frozenset, lists["first_letters"])
    )


def edit_budget(length: int) -> float:
    """The dearest edit by which two words of this many letters (the shorter counts) are still one."""
    for limit, budget in ((2, 0.0), (4, 0.46), (5, 0.73), (7, 1.0), (9, 1.35)):
        if length <= limit:
            return budget
    return 1.7


def _substitution(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a.isdigit() or b.isdigit():
        return 3.0
    return _letters()[0].get(frozenset((a, b)), 1.0)


def _gap(word: str, index: int) -> float:
    """The cost of a letter too many."""
    letter = word[index]
    if letter == "h":
        return 0.5
    if letter in _VOWELS:
        beside = word[max(index - 1, 0) : index] + word[index + 1 : index + 2]
        return 0.35 if letter == "i" and any(char in _VOWELS for char in beside) else 0.65
    return 3.0 if letter.isdigit() else 1.0


@lru_cache(maxsize=300_000)
def edit_cost(a: str, b: str) -> float:
    """The weighted edit distance of two fold keys; infinite where it is out of the question."""
    shorter = min(len(a), len(b))
    limit = 3 if shorter >= 11 else 2
    if not shorter or OSA.distance(a, b, score_cutoff=limit) > limit:
        return float("inf")
    first = 0.0 if a[0] == b[0] or frozenset((a[0], b[0])) in _letters()[1] else 1.0
    return first + _weighted(a, b)


def _weighted(a: str, b: str) -> float:
    """Optimal string alignment with weights: substitutions, gaps, neighbouring letters swapped (0.7)."""
    before: list[float] = []
    above = [0.0]
    for j in range(len(b)):
        above.append(above[j] + _gap(b, j))
    for i in range(len(a)):
        row = [above[0] + _gap(a, i)]
        for j in range(len(b)):
            cost = min(above[j] + _substitution(a[i], b[j]), above[j + 1] + _gap(a, i), row[j] + _gap(b, j))
            if i and j and a[i] == b[j - 1] and a[i - 1] == b[j] and a[i] != a[i - 1]:
                cost = min(cost, before[j - 1] + 0.7)
            row.append(cost)
        before, above = above, row
    return above[-1]


_MALE = re.compile("(?:ov|ev|in|skoi|ski|cki|oi|i|C)$")
_FEMALE_FORMS = (
    (re.compile("(?<=[oe]v)a$"), ""),
    (re.compile("(?<=in)a$"), ""),
    (re.compile("(?<=[sc]k)(?:aia|a)$"), "i"),
    (re.compile("(?<=[nvrtm])aia$"), "i"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def male_form(key: str) -> str | None:
    """The masculine of a feminine Slavic family name's key (`zarubina`: `zarubin`), None if it is not feminine."""
    for ending, male in _FEMALE_FORMS:
        if len(key) > 4 and ending.search(key):
            return ending.sub(male, key)
    return None


def differ_in_sex(a: str, b: str) -> bool:
    """Whether two family names are a man's and a woman's (`Zarubin` and `Zarubina`): two people, whatever else is alike."""
    first, second = male_form(fold(a)), male_form(fold(b))
    if (first is None) == (second is None):
        return False
    male = fold(b) if second is None else fold(a)
    female = first or second or ""
    return male == female or (bool(_MALE.search(male)) and edit_cost(male, female) < 1.0)


@lru_cache(maxsize=300_000)
def match_words(a: str, b: str, lexicon: Lexicon, slack: float = 0.95, slavic: bool = False) -> WordMatch | None:
    """How `a` and `b` are one word, None if they are not.

    `slack` is the share of the edit budget that may be spent. `slavic`: the name that they stand in shows that it was written in
    Russian, Ukrainian or Belarusian letters; only then do their alternations count. Two words that are common names, or known
    places, are never one by an edit.
    """
    if a == b or a.casefold() == b.casefold():
        return SAME_WORD
    if keys(a) & keys(b):
        return WordMatch(0.05, "spelling", f"{a} and {b} differ in romanisation only") if _are_like_in_length(a, b) else None
    if not (a.isalpha() and b.isalpha()) and any(char.isdigit() for char in a + b):
        return None
    slavic = slavic or (shows_slavic(a) and shows_slavic(b))
    if slavic and min(len(a), len(b)) >= 5 and (found := _east_slavic(a, b)):
        return found
    long = min(len(a), len(b)) >= 5 and OSA.distance(fold(a), fold(b), score_cutoff=4) <= 4
    if long and (scheme_keys(a) & keys(b) or keys(a) & scheme_keys(b)) and _are_like_in_length(a, b):
        return WordMatch(0.2, "spelling", f"{a} and {b} are one name in two languages' spelling")
    if lexicon.are_both_known(a, b):
        return None
    is_chinese = "hs" in (a[:2].lower(), b[:2].lower())  # Wade-Giles hs is x in pinyin
    if not (slavic or is_chinese) and frozenset((fold(a)[:1], fold(b)[:1])) in _THROAT:
        return None
    return _near(a, b, slack)


_THROAT = frozenset(map(frozenset, ("gh", "gk", "hk")))  # only Slavic names begin now with one, now with the other


def _are_like_in_length(a: str, b: str) -> bool:
    """Whether no short word loses half its letters on the way to the key (`Baiji`, `Bay`), or a vowel (`Reed`, `Red`)."""
    if len(a) != len(b) and min(len(a), len(b)) <= 3 and _TWO_VOWELS.sub(r"\1", a.lower()) == _TWO_VOWELS.sub(r"\1", b.lower()):
        return False
    return abs(len(a) - len(b)) <= 1 or min(len(a), len(b)) >= 4


_TWO_VOWELS = re.compile(r"([aeou])\1")


_SLAVIC_ENDING = re.compile("(?:.[aoe]va?|[sc]ka?i?|[sc]kaia|enka?o?|[tCnl]uk|[^e]viC|[nld]iC|[^aeiou]u|[ao]u|[ei]nia)$")


@lru_cache(maxsize=200_000)
def shows_slavic(family: str) -> bool:
    """Whether a family name ends as Russian, Ukrainian and Belarusian ones do."""
    return len(family) >= 5 and bool(_SLAVIC_ENDING.search(fold(family)))


def _east_slavic(a: str, b: str) -> WordMatch | None:
    first, second = deep_keys(a), deep_keys(b)
    if first & second and (min(len(a), len(b)) >= 7 or not _differ_in_a_and_o(fold(a), fold(b))):
        return WordMatch(
            0.25, "spelling", f"{a} and {b}: {_difference(fold(a), fold(b))}, as Russian, Ukrainian and Belarusian vary"
        )
    if min(len(a), len(b)) >= 9 and edit_cost(deep_key(a), deep_key(b)) <= 0.5:
        return WordMatch(0.5, "spelling", f"{a} and {b}: {_difference(fold(a), fold(b))}, all but as Russian and Belarusian vary")
    stems = {rewrite(fold(name), "ossetian") for name in (a, b)}
    if len(stems) == 1 and len(min(stems)) >= 4 and fold(a).endswith("v") != fold(b).endswith("v"):  # `Kharebov`, `Kharebaty`
        return WordMatch(0.3, "spelling", f"{a} and {b} are the Russian and the Ossetian form")
    return None


def _differ_in_a_and_o(a: str, b: str) -> bool:
    """Whether nothing but `a` for `o` tells two keys apart: too little for short names (`Razov`, `Rozov`)."""
    return a.replace("o", "a") == b.replace("o", "a")


_OV_OR_EV = re.compile("(?<=[^CSQZJic])[eo](va?)$")


def _two_surnames(a: str, b: str) -> bool:
    """`Grigorov` and `Grigorev` are two names; after a hissing sound it is one spelled twice (`Gorbachov`, `Gorbachev`)."""
    return a != b and _OV_OR_EV.sub(r"\1", a) == _OV_OR_EV.sub(r"\1", b)


def _near(a: str, b: str, slack: float) -> WordMatch | None:
    """A match by edit distance, over all the ways in which the two words may be read."""
    pairs = [(first, second) for first in keys(a) for second in keys(b)]
    cost, length = min((edit_cost(first, second), min(len(first), len(second))) for first, second in pairs)
    if cost > edit_budget(length) * slack or _two_surnames(fold(a), fold(b)):
        return None
    how: How = "typo" if cost >= 0.65 else "spelling"
    return WordMatch(cost, how, f"{a} and {b}: {_difference(fold(a), fold(b))} in {length} letters")


def _difference(a: str, b: str) -> str:
    """The first letters in which two keys differ, for people to read (`z~s`)."""
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    while rest_a and rest_b and rest_a[-1] == rest_b[-1]:
        rest_a, rest_b = rest_a[:-1], rest_b[:-1]
    return f"{rest_a or '-'}~{rest_b or '-'}".lower()
