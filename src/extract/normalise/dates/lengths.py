"""Lengths and repetitions: `seventy years`, `90 min`, `every four years`, `every second Friday`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from extract.normalise.dates.parts import Parts
from extract.normalise.dates.reading import DateReading
from extract.normalise.numbers import read_ordinal

_ISO_UNITS = {
    "S": "T{}S",
    "M": "T{}M",
    "H": "T{}H",
    "D": "{}D",
    "W": "{}W",
    "MO": "{}M",
    "Q": "{}M",
    "Y": "{}Y",
    "DE": "{}Y",
    "CE": "{}Y",
    "ML": "{}Y",
    "F": "{}W",
    "WE": "{}WE",
}
_TIMEML_UNITS = {"DE": "{}DE", "CE": "{}CE", "ML": "{}ML"}
_FACTORS = {"Q": 3, "DE": 10, "CE": 100, "ML": 1000, "F": 2}
_HALF = re.compile(r"\band a half\b")


def length(unit: str, count: Decimal | None, units: Mapping[str, str] = _ISO_UNITS) -> str:
    """The TIMEX3 value of a length: `P70Y`, `PT30M`; `PXY` for several years."""
    if count is None:
        return "P" + units[unit].format("X")
    number = count * (_FACTORS.get(unit, 1) if units is _ISO_UNITS else 1)
    return "P" + units[unit].format(int(number) if number == int(number) else number.normalize())


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
    in_decades = length(unit, count, _TIMEML_UNITS) if unit in _TIMEML_UNITS else None
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
