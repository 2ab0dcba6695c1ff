"""A stated figure: a seat count or share of one party, where it stands, and whether another figure agrees with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extract.normalise.values import EntityRef, PercentValue, SeatsValue
from extract.records.record import Record

Where = Literal["infobox", "table", "text"]

# `about 30` may stand for anything within a tenth of it, and within two of a small number.
_ABOUT = Decimal("0.1")
_ABOUT_LEAST = Decimal(2)
_DECIMALS = re.compile(r"\d[.,](\d{1,2}|\d{4,})(?!\d)|\d\.(\d{3})(?!\d)")
_NUMBER_END = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one party; `party` is its entity, the name where there is none (`Independents`), "" for the chamber's.

    `kind` is a role of SEATS or `vote_share`; `box` counts the infoboxes of the document from 0 (0 outside of them).
    """

    record: Record
    party: str
    name: str
    kind: str
    low: Decimal
    high: Decimal
    box: int = 0

    @property
    def where(self) -> Where:
        locator = self.record.source.locator or {}
        return "infobox" if "field" in locator else "table" if "table" in locator else "text"

    @property
    def column(self) -> str:
        """The key of an infobox without its number (`Last Election`), or the header of a table's column."""
        locator = self.record.source.locator or {}
        return _NUMBER_END.sub("", str(locator.get("field", ""))) or str(locator.get("column", ""))

    @property
    def table(self) -> int:
        return self._number("table")

    @property
    def row(self) -> int:
        return self._number("row")

    @property
    def exact(self) -> Decimal | None:
        """The number, None for a range and behind `about`, `over`, `under`."""
        return self.low if self.low == self.high and self.value.comparator == "exact" else None

    @property
    def value(self) -> SeatsValue | PercentValue:
        value = self.record.value
        assert isinstance(value, SeatsValue | PercentValue)
        return value

    @property
    def unit(self) -> Decimal:
        """One of the last digit as written: 0.01 for `31.75`."""
        found = _DECIMALS.search(self.record.text)
        return Decimal(1).scaleb(-len(found[1] or found[2])) if found else Decimal(1)

    @property
    def shown(self) -> str:
        """The figure as a reader knows it: `over 30%`, `7 seats`."""
        low, high = (f"{number:+f}" if self.kind == "change" else f"{number:f}" for number in (self.low, self.high))
        number = low if self.low == self.high else f"{low} to {high}"
        words = "" if self.value.comparator == "exact" else self.value.comparator.replace("_", " ") + " "
        return words + number + ("%" if self.kind == "vote_share" else " seat" if number == "1" else " seats")

    def _number(self, key: str) -> int:
        number = (self.record.source.locator or {}).get(key, 0)
        return number if isinstance(number, int) else 0


def stated_figures(records: Sequence[Record]) -> list[Figure]:
    """The figures of a document in the order of the text. A figure that several parties have together is nobody's."""
    boxes = _count_boxes(records)
    return [replace(figure, box=box) for record, box in zip(records, boxes, strict=True) for figure in _figures(record)]


def _figures(record: Record) -> Iterator[Figure]:
    value = record.value
    if isinstance(value, SeatsValue):
        bounds = _bounds(value.seats, value.low, value.high)
        owners = value.party if value.each or len(value.party) < 2 else ()
        forecast = value.role == "won" and value.seats is None  # nobody wins `175 to 195 seats`
        if forecast or (len(value.party) > 1 and not value.each):
            return
        kind: str = value.role
    elif isinstance(value, PercentValue) and value.measure == "vote_share" and value.unit == "percent":
        bounds = _bounds(value.percent, value.low, value.high)
        owners, kind = (value.subject,) if value.subject else (), "vote_share"
    else:
        return
    if bounds:
        for owner in owners or (EntityRef(entity="", name=""),):
            yield Figure(record, owner.name if owner.entity is None else owner.entity, owner.name, kind, *bounds)


def _bounds(
    number: Decimal | int | None, low: Decimal | int | None, high: Decimal | int | None
) -> tuple[Decimal, Decimal] | None:
    if number is not None:
        return Decimal(number), Decimal(number)
    return (Decimal(low), Decimal(high)) if low is not None and high is not None else None


def _count_boxes(records: Sequence[Record]) -> list[int]:
    """The number of the infobox of each record: it ends where text follows, or where a key comes again."""
    keys: set[str] = set()
    box, numbers, last_line = -1, [], -1
    for record in records:
        key = (record.source.locator or {}).get("field")
        if isinstance(key, str):
            if not keys or (key in keys and record.source.line != last_line):
                box, keys = box + 1, set()
            keys.add(key)
            last_line = record.source.line
        elif record.source.locator is None:
            keys = set()
        numbers.append(max(box, 0))
    return numbers


def agree(a: Figure, b: Figure) -> bool:
    """Whether both can be true of one thing: rounded or cut off alike, inside the other's range, `over 30` and 31.75."""
    if a.exact is not None and b.exact is not None:
        fine, coarse = sorted((a, b), key=lambda figure: figure.unit)
        unit, difference = coarse.unit, fine.low - coarse.low
        return difference == 0 or (fine.unit < unit and (abs(difference) <= unit / 2 or 0 <= difference < unit))
    (low_a, high_a), (low_b, high_b) = _reach(a), _reach(b)
    return low_a <= high_b and low_b <= high_a


def _reach(figure: Figure) -> tuple[Decimal, Decimal]:
    """The numbers that a figure can stand for."""
    match figure.value.comparator:
        case "about":
            slack = max(_ABOUT_LEAST, figure.high * _ABOUT)
            return figure.low - slack, figure.high + slack
        case "over" | "at_least":
            return figure.low, Decimal("Infinity")
        case "under" | "at_most":
            return Decimal("-Infinity"), figure.high
        case _:
            half = figure.unit / 2 if figure.low != figure.high else Decimal(0)
            return figure.low - half, figure.high + half


def in_rows(figures: Sequence[Figure]) -> bool:
    """Whether the rows of a table's figures follow each other without a gap."""
    return all(b.row - a.row == 1 for a, b in pairwise(figures))
