"""What one header of a table, or one key of an infobox, says of the numbers under it: by the word lists of `rules/tables.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple, TypeVar

from extract.normalise.values import Measure, Role
from extract.recognise.figures.words import pattern

Kind = Literal["SEATS", "PERCENT", "neither"]
What = TypeVar("What")


class Said(NamedTuple):
    """What the numbers are (None: the header does not say), in which role or what they measure, and whether a rise or a fall.

    `is_open`: the header needs another to say what is counted: `+/–`, `Total`, `2019`. `sign` is -1 where the numbers are losses.
    """

    kind: Kind | None = None
    role: Role | None = None
    measure: Measure | None = None
    is_open: bool = False
    sign: int = 1


def table_pattern(text: str) -> re.Pattern[str]:
    """The pattern, `{list}` standing for any word of that list of `rules/tables.yml`."""
    return pattern(text, "tables")


_PLUS_MINUS = re.compile(r"\+\s?/\s?[–-]|[–-]\s?/\s?\+|±|Δ|^[+-]$")
_CHANGE = table_pattern(r"\b{change}(?!\w)")
_LOSS = table_pattern(r"\b{loss}\b")
_GAIN = table_pattern(r"\b{gain}\b")
_PERCENT = table_pattern(r"%|\b{percent}\b|\w*pct\b")
_POINTS = re.compile(r"\bp\.?p\.?\b|percentage points?|\bpoints?\b", re.IGNORECASE)
_SEATS = table_pattern(r"\b{seats}\b")
_MEMBERS = table_pattern(r"(?:total |number of |no\. of )?{members}\d?")
_NEITHER = table_pattern(r"(?<![\w-]){neither}(?!\w)")
_NEITHER_ANYWAY = table_pattern(r"\b{neither_anyway}\b")
_OPEN = table_pattern(r"(?:{open}|\W)+")
TWO_HEADERS = re.compile(r"(?P<first>[^()]+?)\s*\((?P<second>[^()]+)\)")
"""A header of two parts, over cells of two numbers: `Votes (%)`."""
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MAJORITY_OF_SEATS = table_pattern(r"\bmajority\b.*\b{seats}\b|\b{seats}\b.*\b{majority}\b")

_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (table_pattern(r"\b{majority}\b"), "majority"),
    (table_pattern(r"\b{total}\b"), "total"),
    (_PLUS_MINUS, "change"),
    (_CHANGE, "change"),
    (table_pattern(r"\b{held}\b"), "held"),
    (table_pattern(r"\b{won}\b"), "won"),
)
_MEASURES: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (_PLUS_MINUS, "change"),
    (_CHANGE, "change"),
    (table_pattern(r"\b{turnout}\b"), "turnout"),
    (table_pattern(r"\b{threshold}\b"), "threshold"),
    (table_pattern(r"\b{other_measure}\b"), "other"),
)


_LONGEST = 300
"""So much of a header says what it heads; what is longer is none."""


@cache
def read_header(text: str) -> Said:
    """What a header or key says.

    >>> read_header("Seats before").role, read_header("+/– (pp)").kind, read_header("Registered voters").kind
    ('held', 'PERCENT', 'neither')
    """
    words = _first_of_two(" ".join(text[:_LONGEST].replace("_", " ").split()))
    kind = _kind(words)
    sign = -1 if _LOSS.search(words) and not _GAIN.search(words) else 1
    is_open = kind is None and bool(
        _PLUS_MINUS.search(words) or _CHANGE.search(words) or _OPEN.fullmatch(_YEAR.sub("", words) or " ")
    )
    return Said(kind, _first(_ROLES, words), _first(_MEASURES, words), is_open, sign)


def _first_of_two(words: str) -> str:
    """`Seats (change)`: the brackets speak of the second number of each cell, unless they name a unit or a year."""
    if (parts := TWO_HEADERS.fullmatch(words)) and _CHANGE.search(parts["second"]) and not _PERCENT.search(parts["second"]):
        return parts["first"]
    return words


def _kind(words: str) -> Kind | None:
    if _PERCENT.search(words) or (_POINTS.search(words) and (_PLUS_MINUS.search(words) or _CHANGE.search(words))):
        return "PERCENT"
    if _MAJORITY_OF_SEATS.search(words):
        return "SEATS"
    if _SEATS.search(words) and not _NEITHER_ANYWAY.search(words):
        return "SEATS"
    if _OPEN.fullmatch(words):
        return None
    return "neither" if _NEITHER.search(words) else None


def _first(table: Iterable[tuple[re.Pattern[str], What]], words: str) -> What | None:
    return next((what for found, what in table if found.search(words)), None)


def is_members(header: str) -> bool:
    """Whether a header is `Members` or the like: seats, where the rows are parties."""
    return bool(_MEMBERS.fullmatch(header.strip()))


def years_of(header: str) -> list[int]:
    """The years that a header names."""
    return [int(year) for year in _YEAR.findall(header)]
