"""What is counted or looked for from another date: `two years later`, `last week`, `on Monday`, `that evening`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from extract.normalise.calendar import Point
from extract.normalise.dates.parts import Parts
from extract.normalise.dates.points import read_piece
from extract.normalise.dates.reading import DateReading, Offset, Origin

_DIRECTIONS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1, "subsequent": 1}
_EARLIER = ("earlier", "ago", "before", "beforehand", "previously", "prior")
_SMALLER = {"Y": (12, "MO"), "DE": (10, "Y"), "CE": (100, "Y")}
_COUNTED = ("D", "W", "F", "MO", "Q", "Y", "DE", "CE")
_CLOCKED = ("H", "M", "S")
_SATURDAY = 6


def _which(parts: Parts) -> tuple[int, Origin]:
    """Direction and origin: `the following` goes on from the text, `next` from the day of the document."""
    words = parts.get("which").lower().split()
    if words == ["the"]:
        return 0, "either"
    direction = next((_DIRECTIONS[word] for word in words if word in _DIRECTIONS), 0)
    from_text = words[0] in ("the", "that", "same", "following", "later", "earlier") and "current" not in words
    from_text = from_text and words[-1] != "this" and not (words[0] == "the" and words[-1] in ("last", "past", "coming"))
    return direction, "text" if from_text or words[0] == "previous" else "document"


def read_in_period(parts: Parts) -> DateReading | None:
    """A point in a year or month that is counted: `August of that year`, `the second half of the year`."""
    reading = read_piece(parts) if parts.get("piece") else DateReading("DATE", parts.point(), mod=parts.mod())
    return reading and replace(reading, offset=Offset(str(parts.word("unit")), *_which(parts)))


def read_relative_point(parts: Parts) -> DateReading:
    """`last December`, `the following March`, `that autumn`."""
    direction, origin = _which(parts)
    return DateReading("DATE", parts.point(), direction=direction, origin=origin, mod=parts.mod())


def read_relative_unit(parts: Parts) -> DateReading:
    """`last week`, `the following year`, `the end of the month`; `the week before last` is two of them back."""
    before_last: tuple[int, Origin] = (-2, "document")
    direction, origin = before_last if parts.get("last") else _which(parts)
    unit = str(parts.word("unit"))
    if unit == "WE":
        return DateReading("DATE", weekday=_SATURDAY, direction=direction, origin=origin, weekend=True)
    return DateReading("DATE", offset=Offset(unit, direction, origin), mod=parts.mod(), week=unit == "W")


def read_today(parts: Parts) -> DateReading:
    """`today`, `yesterday evening`, `last night`, `tonight`."""
    days = int(parts.word("today"))
    if far := parts.get("far"):
        days += -1 if far.lower() == "before" else 1
    is_night = parts.get("today").lower() in ("tonight", "overnight")
    daypart = "NI" if is_night else parts.daypart()
    offset = Offset("D", days, "document")
    return DateReading("TIME", offset=offset, clock=Point(daypart=daypart)) if daypart else DateReading("DATE", offset=offset)


def read_weekday(parts: Parts) -> DateReading:
    """`Monday`, `next Friday`, `early Thursday`, `Saturday night`, `overnight Sunday`, `Saturday week`, `the weekend`."""
    clock = Point(daypart=parts.daypart()) if parts.daypart() else None
    weeks = 1 if parts.get("weeks") else 0
    told: tuple[int | None, Origin] = _which(parts) if parts.get("which") else (weeks or None, "document")
    is_weekend, weekday = parts.word("unit") == "WE", parts.word("weekday") or _SATURDAY
    return DateReading(
        "TIME" if clock else "DATE",
        weekday=int(weekday),
        weeks=weeks,
        direction=told[0],
        origin=told[1],
        mod=parts.mod(),
        clock=clock,
        weekend=is_weekend,
    )


def read_part_of_day(parts: Parts) -> DateReading:
    """`the night of 20 June 1791`; `that afternoon`, of the day that the text speaks of; `night`, of any day."""
    point, words = parts.point(), parts.text.lower().split()
    if parts.get("weekday"):
        return read_weekday(parts)
    if point.month is None and any(word in ("next", "following", "previous") for word in words):
        days = -1 if "previous" in words else 1
        return DateReading("TIME", offset=Offset("D", days, "text"), clock=point)
    is_told = words[-1] in _MOMENTS or any(word in ("the", "that", "this", "one", "same") for word in words[:-1])
    return DateReading("TIME", point, direction=0 if is_told and point.month is None else None)


_MOMENTS = frozenset(
    ("dawn", "daybreak", "sunrise", "dusk", "nightfall", "mid-morning", "midmorning", "mid-afternoon", "midafternoon")
)
"""Parts of a day that are those of one day even without an article, as `night` and `morning` are not."""


def read_reference(parts: Parts) -> DateReading:
    """`now`, `recently`: a value that names no date."""
    return DateReading("DATE", value=str(parts.word("reference")))


def read_offset(parts: Parts) -> DateReading | None:
    """`two years later`, `a day earlier`, `three weeks ago`; `weeks earlier` is before, and no more."""
    way, unit, count = parts.get("way").lower(), str(parts.word("unit")), parts.count()
    if not parts.get("count") and parts.get("unit").lower().endswith("s"):
        count = None
    origin: Origin = "document" if way in ("ago", "hence", "time") or way.startswith("from") else "text"
    if count is not None:
        count, unit = _in_smaller_units(count, unit, parts)
    back = way in _EARLIER
    if count is not None and unit in _CLOCKED:
        return DateReading("TIME", offset=Offset(unit, -int(count) if back else int(count), origin), mod=parts.mod())
    if count is None or count != int(count) or unit not in _COUNTED:
        return DateReading("DATE", value="PAST_REF" if back else "FUTURE_REF")
    offset = Offset(unit, -int(count) if back else int(count), origin, of_event=bool(parts.get("event")))
    return DateReading("DATE", offset=offset, mod=parts.mod(), week=unit == "W" and not parts.get("count"))


def _in_smaller_units(count: Decimal, unit: str, parts: Parts) -> tuple[Decimal, str]:
    """Half years in months, half decades in years: `half a year`, `two years and a half`, `a year and two months`."""
    if parts.get("half"):
        count += Decimal("0.5")
    if parts.get("months"):
        return count * 12 + (parts.count("months") or 0), "MO"
    if count == int(count) or unit not in _SMALLER:
        return count, unit
    factor, smaller = _SMALLER[unit]
    return count * factor, smaller


OPEN: Mapping[str, str] = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "MO": "XXXX-XX", **dict.fromkeys(_CLOCKED, "XXXX-XX-XXTXX")}
"""What TIMEX3 writes for so many days, weeks, … from a date that is not known; `XXXX` for longer ones."""
