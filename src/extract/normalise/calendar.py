"""The calendar: points and periods as the words give them, what they are in EDTF and TIMEX3, and the days that bound them.

EDTF: Extended Date/Time Format, ISO 8601-2, Library of Congress levels 0 to 2. TIMEX3: TimeML 1.2.1. Years before Christ are
negative and count from 0 (astronomical): 540 BC is -539.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

Season = Literal["SP", "SU", "FA", "WI"]
Daypart = Literal["MO", "AF", "EV", "NI", "DT"]
# EDTF numbers of seasons, quarters and halves; the months that they begin and end with (winter ends in the next year).
_SEASONS: dict[str, tuple[int, int, int]] = {"SP": (21, 3, 5), "SU": (22, 6, 8), "FA": (23, 9, 11), "WI": (24, 12, 2)}


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, year or other period of the calendar; what the words leave open is None.

    `decade` and `century` are the leading digits (`198`, `18` for the 19th century); before Christ they are negative: the
    470s are -47, the 3rd century is -3. `minutes` of the day make it a time of day, with its `seconds` and `zone` (`Z`, `-05`),
    as does `daypart` (morning, afternoon, evening, night, daytime). `weekend`: the two last days of the `week`. Never more
    than one of `season`, `quarter`, `half` is set.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    week: int | None = None
    weekend: bool = False
    minutes: int | None = None
    seconds: int | None = None
    zone: str | None = None
    daypart: Daypart | None = None

    @property
    def is_clock(self) -> bool:
        """Whether it has a time of day."""
        return self.minutes is not None or self.daypart is not None

    def at(self, clock: Point | None) -> Point:
        """The same day at the time of `clock`; with None without any."""
        if clock is None and not self.is_clock and self.seconds is None and self.zone is None:
            return self
        clock = clock or Point()
        return replace(self, minutes=clock.minutes, seconds=clock.seconds, zone=clock.zone, daypart=clock.daypart)

    @property
    def is_settled(self) -> bool:
        """Whether it says which year, decade or century."""
        return self.year is not None or self.decade is not None or self.century is not None

    @property
    def precision(self) -> Literal["day", "week", "month", "season", "year", "decade", "century"]:
        """How exactly it is known."""
        if self.day is not None:
            return "day"
        if self.week is not None:
            return "week"
        if self.month is not None:
            return "month"
        if self.season or self.quarter or self.half:
            return "season"
        if self.decade is not None:
            return "decade"
        return "century" if self.century is not None else "year"

    @property
    def first_month(self) -> int | None:
        """The month with which it begins, 1 to 12; None for what is a year or longer."""
        return self._months()[0] if self.precision in ("day", "month", "season") and self.month != 0 else None

    def is_possible(self) -> bool:
        """Whether the calendar has such a day."""
        if self.day is None or self.month is None:
            return True
        return self.day <= calendar.monthrange(self.year if self.year and self.year > 0 else 2000, self.month)[1]

    def date(self) -> datetime.date | None:
        """The day, None where it is not known to the day, or is outside of Python's calendar."""
        if self.year is None or self.month is None or self.day is None or not 0 < self.year < 10000:
            return None
        return datetime.date(self.year, self.month, self.day) if self.is_possible() else None

    def edtf(self) -> str | None:
        """The point in EDTF; unknown digits are X. None for a time of day without a day, and a season without a year."""
        if self.minutes is not None:
            clock = f"T{self.minutes // 60 % 24:02}:{self.minutes % 60:02}:{self.seconds or 0:02}{self.zone or ''}"
            return f"{self.at(None).edtf()}{clock}" if self.day is not None and self.year is not None else None
        if self.century is not None:
            return f"{self.century:02}XX" if self.century >= 0 else f"-{-self.century - 1:02}XX"
        if self.decade is not None:
            return f"{self.decade:03}X" if self.decade >= 0 else f"{10 * self.decade - 8:05}/{10 * self.decade + 1:05}"
        if self.year is None and (self.season or self.quarter or self.half):
            return None  # EDTF has no season of an unknown year
        if self.week is not None:
            return "/".join(day.isoformat() for day in self.bounds() if day) or None  # nor has it weeks
        return self._year(f"-{-(self.year or 0):04}" if self.year else "0000") + self._rest_edtf()

    def _year(self, before_christ: str) -> str:
        if self.year is None:
            return "XXXX"
        return f"{self.year:04}" if self.year > 0 else before_christ

    def _rest_edtf(self) -> str:
        if self.season or self.quarter or self.half:
            return f"-{_SEASONS[self.season][0] if self.season else 32 + self.quarter if self.quarter else 39 + (self.half or 0)}"
        if self.month is None and self.day is not None:
            return f"-XX-{self.day:02}"
        return "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)

    def timex3(self) -> str:
        """The point as a TIMEX3 value."""
        if self.daypart is not None:
            day = self.at(None).timex3() if self.month is not None else "XXXX-XX-XX"
            return f"{day}{'-XX' * (self.month is not None and self.day is None)}T{self.daypart}"
        if self.minutes is not None:
            seconds = "" if self.seconds is None else f":{self.seconds:02}"
            clock = f"T{self.minutes // 60:02}:{self.minutes % 60:02}{seconds}{self.zone or ''}"
            return self.at(None).timex3() + clock if self.day is not None else clock
        if self.century is not None:
            return f"{self.century:02}" if self.century >= 0 else f"BC{-self.century - 1:02}"
        if self.decade is not None:
            return f"{self.decade:03}" if self.decade >= 0 else f"BC{-self.decade:03}"
        named = self.season or (f"Q{self.quarter}" if self.quarter else None) or (f"H{self.half}" if self.half else None)
        named = named or (f"W{self.week:02}{'-WE' * self.weekend}" if self.week is not None else None)
        return self._year(f"BC{1 - (self.year or 0):04}") + (f"-{named}" if named else self._rest_edtf())

    def bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day of it, both inclusive; None where they are not known."""
        for digits, years in ((self.century, 100), (self.decade, 10)):
            if digits is not None:
                return _day(digits * years or 1, 1, 1), _day(digits * years + years - 1, 12, 31)
        if self.year is None or not 0 < self.year < 9999:
            return None, None
        if self.week is not None:
            monday = datetime.date.fromisocalendar(self.year, self.week, 1)
            return monday + datetime.timedelta(days=5 * self.weekend), monday + datetime.timedelta(days=6)
        if self.day is not None:
            return self.date(), self.date()
        first, last = self._months()
        years = self.year + (last < first)
        return _day(self.year, first, 1), _day(years, last, calendar.monthrange(years, last)[1])

    def _months(self) -> tuple[int, int]:
        if self.month is not None:
            return self.month, self.month
        if self.season:
            return _SEASONS[self.season][1:]
        if self.quarter:
            return 3 * self.quarter - 2, 3 * self.quarter
        return (6 * self.half - 5, 6 * self.half) if self.half else (1, 12)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    return datetime.date(year, month, day) if 0 < year < 10000 else None


def point_of(day: datetime.date) -> Point:
    """A day as a point."""
    return Point(day.year, day.month, day.day)


def week_of(point: Point) -> Point:
    """The ISO week of a day."""
    day = point.date()
    assert day is not None
    year, week, _ = day.isocalendar()
    return Point(year, week=week)


def shift(point: Point, unit: str, count: int) -> Point | None:
    """The point so many units later (earlier if negative), at the precision of the unit; None if it is not known well enough.

    Units: D, W, MO, Y, DE, CE, as TIMEX3 has them but for the letters that it uses twice.

    >>> shift(Point(2008, 8, 7), "D", 5), shift(Point(1989), "Y", 1)
    (Point(year=2008, month=8, day=12, ...), Point(year=1990, ...))
    """
    day = point.date()
    if unit in _DAYS:
        try:
            return point_of(day + datetime.timedelta(days=count * _DAYS[unit])) if day else None
        except OverflowError:
            return None
    if point.year is None:
        return None
    if unit in ("MO", "Q"):
        size = 1 if unit == "MO" else 3
        part = point.quarter if unit == "Q" and point.quarter else point.month and (point.month + size - 1) // size
        if part is None:
            return None
        year, part = divmod(point.year * (12 // size) + part - 1 + count, 12 // size)
        return Point(year, part + 1) if unit == "MO" else Point(year, quarter=part + 1)
    if unit == "DE":
        return Point(decade=point.year // 10 + count if point.year > 0 else -((1 - point.year) // 10) + count)
    if unit == "CE":
        return Point(century=point.year // 100 + count if point.year > 0 else (point.year - 1) // 100 + count)
    return Point(point.year + count) if unit == "Y" else None


_DAYS = {"D": 1, "W": 7, "F": 14}


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876, as in Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


_EASTER = re.compile(r"easter([+-]\d+)")
_NTH_WEEKDAY = re.compile(r"(\d\d)#(-?\d)-(\d)(?:\+(\d))?")


def holiday_of(code: str, year: int | None) -> Point | None:
    """The day of a holiday: `12-25`, `easter+1` (days from Easter), `11#4-4` (the fourth Thursday of November;
    nth -1: the last; weekday 0: any day; `+1`: the day after).

    None for one that moves, where the year is not known or is outside of Python's calendar.
    """
    moves_in = year if year is not None and 0 < year < 10000 else None
    if found := _EASTER.fullmatch(code):
        return None if moves_in is None else point_of(easter(moves_in) + datetime.timedelta(days=int(found[1])))
    if found := _NTH_WEEKDAY.fullmatch(code):
        month, nth, weekday, more = (int(number or 0) for number in found.groups())
        return None if moves_in is None else Point(year, month, _nth_weekday(moves_in, month, nth, weekday) + more)
    month, day = map(int, code.split("-"))
    return Point(year, month, day)


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> int:
    days = [day for day in calendar.Calendar().itermonthdays(year, month) if day]
    matching = [day for day in days if not weekday or datetime.date(year, month, day).isoweekday() == weekday]
    return matching[nth - (nth > 0)]
