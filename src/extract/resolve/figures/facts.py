"""Facts of figures: the reading with its sign, its role or measure, and its owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.normalise.readings import PercentReading
from extract.normalise.values import PercentValue, SeatsValue
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact, Owner


def fact_of(
    mention: Mention, kind: str, owners: Sequence[Owner], how: tuple[str, ...], each: bool = False, falls: bool = False
) -> Fact:
    """The fact of a percentage or seat count; `kind` is its measure or role, `falls`: it is a change down, though not signed."""
    reading, kind_of = mention.reading, {"measure" if isinstance(mention.reading, PercentReading) else "role": kind}
    is_percent, sign = isinstance(reading, PercentReading), -1 if falls else 1
    ends = sorted((reading.amount.low * sign, reading.amount.high * sign))
    low, high = ends if is_percent else map(int, ends)
    bounds: dict[str, Any] = {"low": None, "high": None} if low == high else {"low": low, "high": high}
    number, comparator = low if low == high else None, reading.amount.comparator
    if is_percent:
        value: Any = PercentValue(percent=number, **bounds, unit=reading.unit, comparator=comparator, **kind_of)
        return Fact(mention, value, tuple(owners[:1]), how=how)
    return Fact(mention, SeatsValue(seats=number, **bounds, comparator=comparator, each=each, **kind_of), tuple(owners), how=how)
