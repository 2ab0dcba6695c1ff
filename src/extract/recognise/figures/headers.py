"""The words of headers, captions and names of rows: in small letters, and by what they say (`rules/tables.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from extract.rules.load import packaged
from extract.rules.words import same_spelling

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+(?:\s?%)?|%|#|[+±]\s?/?\s?[-–−]|[-–−]\s?/\s?\+|±|Δ|[+]")
_WORDS = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MOST_WORDS = 12


@cache
def classes(name: str) -> Mapping[str, tuple[str, ...]]:
    """The classes of words by a packaged file of rules: the lists of each, in their order."""
    found: dict[str, list[str]] = {}
    file = packaged(name)
    for of in file.lists:
        for word in file.words(of):
            found.setdefault(same_spelling(word), []).append(of)
    return {word: tuple(names) for word, names in found.items()}


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words and signs of a header in small letters, years and other numbers by their kinds.

    >>> words_of("+/– 2019 (No. 4)")
    ('±', '<year>', 'no', '<n>')
    """
    found = (token[0].strip(".").lower() for token in _TOKEN.finditer(text[:200]))
    return tuple(_form(word) for word in found if word)[:_MOST_WORDS]


def _form(word: str) -> str:
    if word[0].isdigit():
        return "<year>" if YEAR.fullmatch(word) else "<n>"
    return "±" if word[0] in "+-–−±δ" else word.removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=4096)
def classes_of(text: str) -> tuple[str, ...]:
    """The classes of its words (`rules/tables.yml`), each once, in alphabetical order."""
    return tuple(sorted({name for word in words_of(text) for name in classes("tables").get(word, ())}))


def is_like_name(text: str) -> bool:
    """Whether a header may be a name: it begins with a capital, and one of its words with capitals is of no class.

    >>> is_like_name("Liberal Party"), is_like_name("Ford%"), is_like_name("Seats 2019"), is_like_name("Vote share")
    (True, True, False, False)
    """
    words = _WORDS.findall(text)
    return bool(words) and words[0][0].isupper() and any(word[0].isupper() and not classes_of(word) for word in words)
