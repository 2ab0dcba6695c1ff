"""Words as rule files and texts both spell them: one form for what differs only in type, not in letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SAME = str.maketrans({"’": "'", "‑": "-"})


def is_word(char: str) -> bool:
    """Whether the character belongs to a word: a letter, a digit, or a mark on one (`é` may be two characters)."""
    return char.isalnum() or (not char.isascii() and unicodedata.category(char)[0] == "M")


def at_edges(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins and ends between words, not inside one."""
    begins_inside = 0 < start < len(text) and is_word(text[start - 1]) and is_word(text[start])
    return not (begins_inside or (0 < end < len(text) and is_word(text[end]) and is_word(text[end - 1])))


@lru_cache(maxsize=65536)
def same_spelling(word: str, ignore_case: bool = True) -> str:
    """The form in which words are looked up: typewriter apostrophe and hyphen, composed letters, one blank for white space.

    >>> same_spelling("Côte  d’Ivoire")
    "côte d'ivoire"
    """
    plain = word if word.isascii() else unicodedata.normalize("NFC", word).translate(_SAME)
    return " ".join((plain.casefold() if ignore_case else plain).split())
