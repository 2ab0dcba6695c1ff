"""What the words of a time expression say by themselves, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from extract.normalise.calendar import Daypart, Point
from extract.normalise.values import DateType, Modifier

Origin = Literal["text", "document", "either"]
"""Where one counts from: the date that the text has just spoken of, or that of the document; `either`: in a report the latter."""


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units from a point: `count` is negative for what is earlier; `unit` as in `calendar.shift`, and H, M, S.

    `of_event`: from an event that is named behind it (`the day after the strike`), not from a date.
    """

    unit: str
    count: int
    origin: Origin
    of_event: bool = False


@dataclass(frozen=True, slots=True)
class DateReading:
    """A time expression as its words give it.

    `point` (and `end` for a range) hold what is said outright; `offset` what is counted from elsewhere; `weekday` (Monday is
    1) and `direction` (-1 last, 0 this, 1 next) what is looked for from there. `value` is the TIMEX3 value of a length or
    repetition. `clock`: the time of day, for a day that is still to be counted; `weekend`: the Saturday stands for its weekend;
    `week`: the day stands for its week; `weeks` are added to it. `in_decades`: the value of a length as TimeML writes it.
    `is_death`: it ends a life.
    """

    type: DateType
    point: Point | None = None
    end: Point | None = None
    offset: Offset | None = None
    weekday: int | None = None
    weeks: int = 0
    direction: int | None = None
    origin: Origin = "text"
    holiday: str | None = None
    value: str | None = None
    mod: Modifier | None = None
    clock: Point | None = None
    weekend: bool = False
    week: bool = False
    in_decades: str | None = None
    is_death: bool = False

    @property
    def daypart(self) -> Daypart | None:
        """The part of a day that is still to be counted."""
        return self.clock.daypart if self.clock else None

    @property
    def counts_back(self) -> bool:
        """`two years earlier`, `the previous year`: a look back, from which a story returns."""
        return self.offset is not None and self.offset.count < 0 and self.offset.origin == "text"

    def as_timeml(self) -> DateReading:
        """The same where lengths count in decades too (`P2DE`), `two weeks ago` is a week, and `today` may be nowadays."""
        if self.in_decades:
            return replace(self, value=self.in_decades)
        if self.offset is not None and (self.offset.unit, self.offset.count) == ("D", 0) and not self.clock:
            return replace(self, value="PRESENT_REF")
        return replace(self, week=True) if self.offset is not None and self.offset.unit == "W" else self

    @property
    def edtf(self) -> str | None:
        """What the words alone give in EDTF: unknown digits are X, `~` is about. None for a length, a repetition, an offset."""
        if self.point is None:
            return None
        start = self.point.edtf()
        if start is not None and self.end is not None:
            return f"{start}/{self.end.edtf()}"
        return f"{start}~" if start is not None and self.mod == "APPROX" and self.type == "DATE" else start

    @property
    def timex3(self) -> str | None:
        """What the words alone give in TIMEX3; None for an offset."""
        if self.point is None:
            return self.value
        return f"{self.point.timex3()}/{self.end.timex3()}" if self.end else self.point.timex3()


def join_time(one: DateReading, other: DateReading) -> DateReading | None:
    """A time of day (`8 p.m.`, `noon`, `dawn`) and a day, in any order, as one; None if they are not that."""
    for time, day in ((one, other), (other, one)):
        clock = time.point
        if clock is not None and clock.is_clock and clock.day is None and day.end is None and _takes_time(day, clock):
            mod = time.mod or day.mod
            if day.point is not None and day.holiday is None:
                return replace(day, type="TIME", point=day.point.at(clock), mod=mod)
            return replace(day, type="TIME", clock=clock, mod=mod)
    return None


def _takes_time(day: DateReading, clock: Point) -> bool:
    """Whether it is one day, said or counted, that has no time yet, or only a part of the day (`2:30 this morning`)."""
    if day.weekend or day.week or (day.clock is not None and (day.clock.minutes is not None or clock.minutes is None)):
        return False
    if day.point is not None and day.holiday is None:
        return day.point.day is not None and not day.point.is_clock
    return day.weekday is not None or day.holiday is not None or (day.offset is not None and day.offset.unit == "D")
