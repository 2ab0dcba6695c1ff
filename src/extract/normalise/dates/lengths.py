"""Lengths and repetitions: `seventy years`, `90 min`, `every four years`, `every second Friday`."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.normalise.dates.parts import Parts
from extract.normalise.dates.reading import DateReading
from extract.normalise.numbers import read_ordinal

_COUNTED_IN = {"MO": ("M", 1), "Q": ("M", 3), "DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000), "F": ("W", 2)}
"""What TIMEX3 counts a unit in, and how many of them it has; TimeML itself has decades, centuries and millennia."""
_LONG = ("DE", "CE", "ML")
_HALF = re.compile(r"\band a half\b")


def length(unit: str, count: Decimal | None, is_timeml: bool = False) -> str:
    """The TIMEX3 value of a length: `P70Y`, `PT30M`; `PXY` for several years."""
    letter, factor = (unit, 1) if is_timeml else _COUNTED_IN.get(unit, (unit, 1))
    number = "X" if count is None else f"{(count * factor).normalize():f}"
    return f"P{'T' * (unit in ('S', 'M', 'H'))}{number}{letter}"


def read_duration(parts: Parts) -> DateReading | None:
    """`three months`, `a year and a half`, `4 to 5 minutes`, `2 hours, 49 minutes`; `weeks` is several."""
    unit, said = str(parts.word("unit")), parts.get("count").lower() or "a"
    if unit in ("S", "Q") and said in ("a", "an", "three", "some", "one"):
        return None  # `a second attack`, `three quarters of the voters`
    is_some = not parts.get("count") and parts.get("unit").lower().endswith("s")
    count = None if is_some else parts.count()
    if count is not None and (parts.get("half") or _HALF.search(parts.text)):
        count += Decimal("0.5")
    value = length(unit, count)
    if parts.get("most"):
        value = f"{value}/{length(unit, parts.count('most'))}"
    if rest := parts.get("rest"):
        of_rest = length(str(parts.word("rest_unit")), Decimal(rest))
        value = of_rest if count == 0 else value + of_rest.removeprefix("P").removeprefix("T" if "T" in value else "")
    in_decades = length(unit, count, is_timeml=True) if unit in _LONG else None
    mod = "EQUAL_OR_MORE" if parts.get("or_more") else parts.mod()
    return DateReading("DURATION", value=value, mod=mod, in_decades=in_decades)


def read_set(parts: Parts) -> DateReading:
    """`every four years`, `a day` of a rate, `annually`, `every other Monday`; `every other week` is every second one."""
    unit = parts.word("rate") or parts.word("unit")
    if often := parts.word("often"):
        value = str(often)
    elif unit:
        count = parts.get("count").lower() or "a"
        value = length(str(unit), Decimal(2) if count == "other" else Decimal(read_ordinal(count) or 0) or parts.count())
    else:
        value = f"XXXX-WXX-{parts.word('weekday')}" if parts.get("weekday") else parts.point().timex3()
    return DateReading("SET", value=value)
