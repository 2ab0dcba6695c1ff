"""Points and periods that the words say outright: days, months, years, ranges of them, quarters, centuries, times of day."""

from __future__ import annotations

import datetime
from dataclasses import replace

from extract.normalise.calendar import Point, point_of
from extract.normalise.dates.parts import Parts
from extract.normalise.dates.reading import DateReading

_LONGEST = 150
"""A range of years is no longer."""


def read_point(parts: Parts) -> DateReading | None:
    """A day, month, year, decade or century, or a time of day."""
    point = parts.point()
    if parts.get("hour") and (point.minutes is None or point.minutes > 24 * 60):
        return None
    if parts.get("typo") and point.month is None:
        return None
    return DateReading("TIME" if point.is_clock else "DATE", point, mod=parts.mod())


def read_numeric(parts: Parts) -> DateReading | None:
    """Day before month, as all but the United States write it, unless the numbers only allow the other order.

    With two digits for the year (`11/02/89`) it is the American way, on the same condition.
    """
    first, second = int(parts.get("first")), int(parts.get("second"))
    is_american = second > 12 or (bool(parts.get("short_year")) and first <= 12)
    day, month = (second, first) if is_american else (first, second)
    return DateReading("DATE", Point(parts.year(), month, day)) if month <= 12 else None


def read_iso_week(parts: Parts) -> DateReading | None:
    """`2015-W32`, and `2015-W34-3`, the Wednesday of a week."""
    year, week, weekday = parts.year(), parts.number("week"), parts.number("weekday")
    try:
        day = datetime.date.fromisocalendar(year or 0, week or 0, weekday or 1)
    except ValueError:
        return None
    return DateReading("DATE", point_of(day) if weekday else Point(year, week=week))


def read_range(parts: Parts) -> DateReading | None:
    """Two days or months: `9–14 July 2021`, `30 September – 1 October 1995`."""
    groups = Parts(parts.text, {name: text for name, text in parts.groups.items() if not name.endswith("2")})
    last = Parts(parts.text, {name[:-1]: text for name, text in parts.groups.items() if name.endswith("2")})
    month, day = groups.month(), groups.day()
    end = Point(last.year() or groups.year(), last.month() or month, last.day())
    year = groups.year() or end.year
    if year is not None and not groups.get("year") and month and end.month and end.month < month:
        year -= 1
    return DateReading("DATE", Point(year, month, day), end)


def read_years(parts: Parts) -> DateReading | None:
    """`2018/19`, `1939–1945`, and `499–493 BC`, both of one era."""
    first, second = parts.number("year"), parts.number("year2")
    if first is None or second is None:
        return DateReading("DATE", Point(first))
    if parts.is_before_christ():
        return DateReading("DATE", Point(1 - first), Point(1 - second)) if second < first else None
    end = first - first % 100 + second if second < 100 <= first else second
    return DateReading("DATE", Point(first), Point(end)) if first < end <= first + _LONGEST else None


def read_piece(parts: Parts) -> DateReading | None:
    """A quarter or a half: `the first quarter of 2020`, `Q3 2011`."""
    if code := parts.get("code"):
        number, is_half = int(code[1]), code[0] == "H"
    else:
        is_half = parts.get("piece").lower() == "half"
        number = int(parts.word("nth"))
        number = number if number > 0 else (2 if is_half else 4)
    if number > (2 if is_half else 4):
        return None
    year = parts.year()
    return DateReading("DATE", Point(year, half=number) if is_half else Point(year, quarter=number))


def read_holiday(parts: Parts) -> DateReading:
    """A day that is another one each year: `Good Friday, 1998`, `the last Sunday of November`, `the first day of 1981`."""
    code, month = parts.word("holiday"), parts.month()
    if code is None:
        nth = int(parts.word("nth"))
        code = f"{month or (12 if nth < 0 else 1):02}#{nth}-{parts.word('weekday') or 0}"
    return DateReading("DATE", Point(parts.year()), holiday=str(code))


def read_week(parts: Parts) -> DateReading:
    """`the week of September 30th`; `the second week of April`: the week that has most of those seven days."""
    point = parts.point()
    day = 7 * int(parts.word("nth")) - 3 if parts.get("nth") else point.day
    return DateReading("DATE", replace(point, day=day), mod=parts.mod(), week=True)
