"""Facts of figures: the reading with its sign, its role or measure, and its owners."""

from __future__ import annotations

from extract.normalise.readings import PercentReading, SeatsReading
from extract.normalise.values import Measure, PercentValue, Role, SeatsValue
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.resolve.figures.choice import Choice


def percent_fact(mention: Mention, choice: Choice, measure: Measure, sign: int, why: str) -> Fact:
    """The fact of a percentage; `sign` is -1 for a fall."""
    reading: PercentReading = mention.reading
    low, high = sorted((reading.amount.low * sign, reading.amount.high * sign))
    value = PercentValue(
        percent=low if low == high else None,
        low=None if low == high else low,
        high=None if low == high else high,
        unit=reading.unit,
        comparator=reading.amount.comparator,
        measure=measure,
    )
    return Fact(mention, value, choice.owners[:1], how=(why, choice.how))


def seats_fact(mention: Mention, choice: Choice, role: Role, sign: int, why: str) -> Fact:
    """The fact of a seat count; `sign` is -1 for a loss."""
    reading: SeatsReading = mention.reading
    low, high = sorted((int(reading.amount.low) * sign, int(reading.amount.high) * sign))
    value = SeatsValue(
        seats=low if low == high else None,
        low=None if low == high else low,
        high=None if low == high else high,
        comparator=reading.amount.comparator,
        role=role,
        each=choice.each,
    )
    return Fact(mention, value, choice.owners, how=(why, choice.how))
