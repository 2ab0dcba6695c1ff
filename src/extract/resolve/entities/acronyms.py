"""Acronyms: which names are one, and whose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anyascii import anyascii

from extract.resolve.entities.lexicon import Lexicon

_WING = re.compile(r"\s?\((\w)\)$")  # `CPI(M)`
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_][^\W_.&-]{1,9}")


def acronym_letters(text: str) -> str:
    """The letters of an acronym (`C.E.C.`: `CEC`), dashes in it kept; "" for a name that is no acronym."""
    solid = _WING.sub(r"-\1", text.replace(" - ", "-"))
    parts = solid.split("-")
    if " " in solid or any(not _ACRONYM.fullmatch(part) for part in parts[:1] + [part for part in parts[1:] if len(part) > 1]):
        return ""
    letters = solid.replace(".", "")
    capitals = sum(map(str.isupper, letters))
    return letters if capitals >= 2 and capitals * 2 >= len(letters.replace("-", "")) else ""


def is_acronym_of(letters: str, raw: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether `letters` are the initials of the words: small words may have a letter or none, `Peds` may stand for one word."""
    letters, words = letters.replace("-", ""), _split(raw)
    if len(words) < 2 or len(letters) < 2:
        return False
    return _spells(letters, words, lexicon) or (letters[-1] == "s" and _spells(letters[:-1], words, lexicon))


def _split(raw: Sequence[str]) -> list[str]:
    return [_plain(part) for word in raw for part in re.split("[-/]", word) if part]


def _plain(word: str) -> str:
    return anyascii(word).lower()


_SYLLABIC = 5  # letters of an acronym that may take more than one from each word (`COMELEC`, `CODEO`)


def _spells(letters: str, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words can be abbreviated to the letters, each word of weight giving at least its first letter."""
    return _spells_rest(letters, words, lexicon, syllabic=len(letters) >= _SYLLABIC)


def _spells_rest(letters: str, words: Sequence[str], lexicon: Lexicon, syllabic: bool) -> bool:
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in lexicon["stopwords"] and _spells_rest(letters, rest, lexicon, syllabic):
        return True
    size = 1
    while size <= len(letters) and word.startswith(letters[:size].lower()):
        if _spells_rest(letters[size:], rest, lexicon, syllabic):
            return True
        if size < len(letters) and not letters[size].islower() and not syllabic:
            return False
        size += 1
    return False


def is_foreign_acronym_of(letters: str, raw: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether `letters` are the initials of the words as another language has them, or orders them.

    `SDSM` is the Social Democratic Union (`Sojuz`) of Macedonia, `INE` the National Electoral Institute (`Instituto Nacional
    Electoral`). Two letters may be many names, so that three are the least.
    """
    words = [word for word in _split(raw) if word not in lexicon["stopwords"]]
    letters = _plain(letters).replace("-", "")
    if len(letters) != len(words) or len(letters) < 3:
        return False
    orders = [words]
    if (head := words[-1]) in lexicon.initials_abroad:  # Romance and Slavic languages put it first, or before its adjective
        orders += [[head, *words[:-1]], words[::-1], [words[0], head, *words[1:-1]]]
    if words[0] in lexicon.initials_abroad:
        orders.append([words[0], *words[:0:-1]])
    return any(
        all(letter in lexicon.initials_abroad.get(word, "") + word[0] for letter, word in zip(letters, order, strict=True))
        for order in orders
    )


def is_partly_abbreviated(short: Sequence[str], full: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether one name is the other with some words as initials (`OSCE PA`, `OSCE Parliamentary Assembly`)."""
    if not 2 <= len(short) < len(full):
        return False
    return _abbreviates(list(short), [_plain(word) for word in full], lexicon)


def _abbreviates(short: Sequence[str], full: Sequence[str], lexicon: Lexicon) -> bool:
    if not short or not full:
        return not short and not full
    if _plain(short[0]) == full[0] and _abbreviates(short[1:], full[1:], lexicon):
        return True
    letters = acronym_letters(short[0])
    return bool(letters) and any(
        _spells(letters, full[:size], lexicon) and _abbreviates(short[1:], full[size:], lexicon)
        for size in range(2, len(full) + 1)
    )
