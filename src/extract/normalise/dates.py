"""What the words of a time expression say by themselves, before the document says the rest.

Each rule of `rules/dates.yml` names a kind, and each kind has its reader here; the table `READERS` has them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, cast

from extract.normalise.calendar import Daypart, Point, Season
from extract.normalise.numbers import read_number, read_ordinal
from extract.normalise.values import DateType, Modifier
from extract.rules import RuleFile, load_rules

Captures = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units from a point: `count` is negative for what is earlier; `unit` as in `calendar.shift`.

    `origin`: `text`, counted from the date that the text has just spoken of, or `document`, from the date of the document.
    """

    unit: str
    count: int
    origin: Literal["text", "document"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A time expression as its words give it.

    `point` (and `end` for a range) hold what is said outright; `offset` what is counted from elsewhere; `weekday` (Monday is
    1) and `direction` (-1 last, 0 this, 1 next) what is looked for from there. `value` is the TIMEX3 value of a length or
    repetition. `daypart` and `minutes` as in Point, for a day that is still to be counted; `weekend`: the Saturday stands for
    its weekend; `week`: the day that is counted to stands for its week. `in_decades`: the value of a length that TimeML
    writes otherwise.
    """

    type: DateType
    point: Point | None = None
    end: Point | None = None
    offset: Offset | None = None
    weekday: int | None = None
    direction: int | None = None
    origin: Literal["text", "document"] = "text"
    holiday: str | None = None
    value: str | None = None
    mod: Modifier | None = None
    daypart: Daypart | None = None
    minutes: int | None = None
    weekend: bool = False
    week: bool = False
    in_decades: str | None = None

    def as_timeml(self) -> DateReading:
        """The same where lengths count in decades and centuries too: `P2DE`."""
        return replace(self, value=self.in_decades) if self.in_decades else self

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


_STATED_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?:\w+,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4})"),
    re.compile(r"(?:\w+,? )?(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)


def read_day(text: str) -> Point | None:
    """The day with which a publication field begins: ISO (`20240610` too), `Mon, 10 Jun 2024 …`, `June 10, 2024 …`.

    None for anything else, `10/06/2024` among it: which is the month depends on the country.
    """
    for form in _STATED_DAYS:
        if found := form.match(text.strip()):
            month = _month(found["month"])
            point = Point(int(found["year"]), month, int(found["day"]))
            return point if month and month <= 12 and point.date() else None
    return None


@lru_cache(maxsize=1)
def date_words() -> RuleFile:
    """The packaged word lists of `rules/dates.yml`."""
    return load_rules().file("dates")


def normalise_date(text: str, captures: Captures, constants: Mapping[str, Any]) -> DateReading | None:
    """The reading of a time expression; None where the calendar has no such day.

    `captures` are the named groups of the rule, `constants` its `kind`.
    """
    reading = READERS[str(constants["kind"])](text, captures)
    if reading is None or any(point and not point.is_possible() for point in (reading.point, reading.end)):
        return None
    return reading


def _word(name: str, text: str | None) -> Any:
    """The value of a word in one of the lists, None if it is not there."""
    if not text:
        return None
    words = date_words().lists[name]
    for form in (text, text.lower(), text.capitalize()):
        if form in words:
            return words[form]
    return None


def _number(text: str | None) -> int | None:
    if not text:
        return None
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else None


def _point(captures: Captures) -> Point:
    """The parts of a calendar point."""
    century, decade = _century(captures), _decade(captures)
    return Point(
        year=None if century is not None or decade is not None else _year(captures),
        month=_month(captures.get("month") or captures.get("month2")),
        day=_number(captures.get("day") or captures.get("day2")),
        season=_season(captures.get("season")),
        century=century,
        decade=decade,
        minutes=_minutes(captures) if "hour" in captures else None,
        daypart=_word("daypart", captures.get("daypart")),
    )


def _month(text: str | None) -> int | None:
    named = _word("month", text)
    return int(named) if named is not None else _number(text)


def _season(text: str | None) -> Season | None:
    return cast("Season | None", _word("season", text))


def _year(captures: Captures) -> int | None:
    if short := _number(captures.get("short_year")):
        return (2000 if short < 30 else 1900) + short
    year = _number(captures.get("year") or captures.get("year2"))
    era = (captures.get("era") or captures.get("era2") or "").replace(".", "").upper()
    return 1 - year if year and era.startswith("BC") else year


def _decade(captures: Captures) -> int | None:
    word = captures.get("decade_word") or captures.get("decade_word2")
    if word or "short" in captures:
        tens = _word("decade_word", word) if word else _number(captures["short"])
        return 190 + int(tens or 0) // 10
    decade = _number(captures.get("decade"))
    return decade // 10 if decade is not None else None


def _century(captures: Captures) -> int | None:
    if not (text := captures.get("century")):
        return None
    number = read_ordinal(text)
    if number is None:
        return None
    era = (captures.get("era") or "").replace(".", "").upper()
    return -number if era.startswith("BC") else number - 1


def _minutes(captures: Captures) -> int | None:
    if noon := captures.get("noon"):
        return 0 if noon == "midnight" else 720
    hour = read_number(captures.get("hour", ""))
    if hour is None:
        return None
    half_day = captures.get("meridiem", "").replace(".", "").strip().lower()
    hours = int(hour)
    if half_day and hours > 12:
        return None
    hours = hours % 12 + (12 if half_day == "pm" else 0) if half_day else hours
    return hours * 60 + int(captures.get("minute") or 0)


def _mod(captures: Captures) -> Modifier | None:
    part = next((captures[name] for name in ("part", "part2", "part3") if captures.get(name)), None)
    if part:
        found = _word("part", part)
        return None if found == "none" else cast(Modifier, found)
    if "nth" in captures:
        return "START" if captures["nth"].lower() == "first" else "END"
    about = captures.get("about")
    if about and "year" in captures and "unit" not in captures:
        return "APPROX"
    found = _word("about", about)
    return None if found in (None, "none") else cast(Modifier, found)


def _read_point(text: str, captures: Captures) -> DateReading | None:
    point = _point(captures)
    return DateReading("DATE" if point.minutes is None and point.daypart is None else "TIME", point, mod=_mod(captures))


def _read_numeric(text: str, captures: Captures) -> DateReading | None:
    """Day before month, as all but the United States write it, unless the numbers only allow the other order.

    With two digits for the year (`11/02/89`) it is the American way, on the same condition.
    """
    first, second = int(captures["first"]), int(captures["second"])
    is_american = second > 12 or ("short_year" in captures and first <= 12)
    day, month = (second, first) if is_american else (first, second)
    return DateReading("DATE", Point(_year(captures), month, day)) if month <= 12 else None


def _read_range(text: str, captures: Captures) -> DateReading | None:
    year2 = _number(captures.get("year2")) or _number(captures.get("year"))
    month = _month(captures.get("month"))
    month2 = _month(captures.get("month2")) or month
    year = _number(captures.get("year")) or year2
    if year is not None and year2 == year and month and month2 and month2 < month and "year" not in captures:
        year -= 1
    start = Point(year, month, _number(captures.get("day")))
    return DateReading("DATE", start, Point(year2, month2, _number(captures.get("day2"))))


def _read_years(text: str, captures: Captures) -> DateReading | None:
    start = int(captures["year"])
    if not (second := captures.get("year2")):
        return DateReading("DATE", Point(start))
    end = int(second) if len(second) == 4 else start - start % 100 + int(second)
    return DateReading("DATE", Point(start), Point(end)) if start < end <= start + 150 else None


def _read_era_years(text: str, captures: Captures) -> DateReading | None:
    """`499–493 BC`, both of one era."""
    first, last = (_year({"year": captures[name], "era": captures["era"]}) for name in ("year", "year2"))
    return DateReading("DATE", Point(first), Point(last)) if first is not None and last is not None and first < last else None


_NTH = {"former": 1, "latter": 2, "first": 1, "second": 2, "third": 3, "fourth": 4}


def _read_piece(text: str, captures: Captures) -> DateReading | None:
    year = _year(captures)
    code = captures.get("code") or captures.get("code2")
    if code:
        number, is_half = int(code[1]), code[0] == "H"
    else:
        is_half = (captures.get("piece") or captures["piece2"]).lower() == "half"
        number = _NTH.get((captures.get("nth") or captures["nth2"]).lower(), 2 if is_half else 4)
    if number > (2 if is_half else 4):
        return None
    return DateReading("DATE", Point(year, half=number) if is_half else Point(year, quarter=number))


def _read_piece_of_year(text: str, captures: Captures) -> DateReading | None:
    """`the second half of the year`, `the first quarter of next year`."""
    piece = _read_piece(text, captures)
    direction, origin = _which(captures["which"])
    return piece and replace(piece, offset=Offset("Y", direction, origin))


_DIRECTIONS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1, "subsequent": 1}


def _which(text: str) -> tuple[int, Literal["text", "document"]]:
    """Direction and origin: `the following` goes on from the text, `next` from the day of the document."""
    words = text.lower().split()
    direction = next((_DIRECTIONS[word] for word in words if word in _DIRECTIONS), 0)
    from_text = words[0] in ("the", "that", "same", "following", "later", "earlier") and "current" not in words
    from_text = from_text and words[-1] != "this" and not (words[0] == "the" and words[-1] in ("last", "past", "coming"))
    return direction, "text" if from_text or words[0] == "previous" else "document"


def _read_relative_point(text: str, captures: Captures) -> DateReading | None:
    direction, origin = _which(captures["which"])
    return DateReading("DATE", _point(captures), direction=direction, origin=origin, mod=_mod(captures))


def _read_month_of_year(text: str, captures: Captures) -> DateReading | None:
    """`August of that year`, `24 January last year`: a point in a year that is counted."""
    direction, origin = _which(captures["which"])
    return DateReading("DATE", _point(captures), offset=Offset("Y", direction, origin), mod=_mod(captures))


def _read_told_quarter(text: str, captures: Captures) -> DateReading | None:
    """`the quarter`, that the text speaks of; `the year-earlier quarter`."""
    return DateReading("DATE", offset=Offset("Q", -4 if "back" in captures or "back2" in captures else 0, "text"))


def _read_part_of_year(text: str, captures: Captures) -> DateReading | None:
    return DateReading("DATE", offset=Offset("Y", 0, "document"), mod=_mod(captures))


def _read_relative_unit(text: str, captures: Captures) -> DateReading | None:
    direction, origin = _which(captures.get("which") or captures["which2"])
    unit = str(_word("unit", captures.get("unit") or captures["unit2"]))
    if unit == "WE":
        return DateReading("DATE", weekday=6, direction=direction, origin=origin, weekend=True)
    return DateReading("DATE", offset=Offset(unit, direction, origin), mod=_mod(captures), week=unit == "W")


def _read_today(text: str, captures: Captures) -> DateReading | None:
    """`today`, `yesterday evening`, `last night`, `tonight`."""
    said = captures["today"].lower()
    days = _word("today", said)
    if days is None:
        days = -1 if said.endswith("last") else 0
    if far := captures.get("far"):
        days += -1 if far.lower() == "before" else 1
    daypart = _word("daypart", "night" if said in ("tonight", "overnight") else captures.get("daypart"))
    return DateReading("TIME" if daypart else "DATE", offset=Offset("D", int(days), "document"), daypart=daypart)


def _read_weekday(text: str, captures: Captures) -> DateReading | None:
    daypart = _word("daypart", captures.get("daypart"))
    weekday = int(_word("weekday", captures["weekday"]))
    plain = DateReading("TIME" if daypart else "DATE", weekday=weekday, origin="document", daypart=daypart, mod=_mod(captures))
    if "which" not in captures:
        return plain
    direction, origin = _which(captures["which"])
    return replace(plain, direction=direction, origin=origin)


def _read_part_of_day(text: str, captures: Captures) -> DateReading | None:
    """`the night of 20 June 1791`; `that afternoon`, of the day that the text speaks of; `night`, of any day."""
    point, words = _point(captures), text.lower().split()
    is_told = words[-1] in _MOMENTS or any(word in ("the", "that", "this", "one", "same", "next") for word in words[:-1])
    if point.day is None and any(word in ("next", "following", "previous") for word in words):
        days = -1 if "previous" in words else 1
        return DateReading("TIME", offset=Offset("D", days, "text"), daypart=point.daypart)
    return DateReading("TIME", point, direction=0 if is_told else None)


_MOMENTS = frozenset(
    ("dawn", "daybreak", "sunrise", "dusk", "nightfall", "mid-morning", "midmorning", "mid-afternoon", "midafternoon")
)
"""Parts of a day that are those of one day even without an article, as `night` and `morning` are not."""


def _read_reference(text: str, captures: Captures) -> DateReading | None:
    """`now`, `recently`: a value that names no date."""
    lists = load_rules().file("timeml").lists
    values = {**lists["reference"], **lists["told_reference"]}
    return DateReading("DATE", value=str(values[" ".join(text.lower().split())]))


def _read_vague_offset(text: str, captures: Captures) -> DateReading | None:
    """`weeks earlier`, `days later`: before or after, and no more."""
    return DateReading("DATE", value="PAST_REF" if captures["way"].lower() in _EARLIER else "FUTURE_REF")


def _read_holiday(text: str, captures: Captures) -> DateReading | None:
    return DateReading("DATE", Point(_number(captures.get("year"))), holiday=str(_word("holiday", captures["holiday"])))


_NTH_DAY = {"last": -1, "first": 1, "second": 2, "third": 3, "fourth": 4}


def _read_nth_day(text: str, captures: Captures) -> DateReading | None:
    """`the last Sunday of November`, `the first day of 1981`: a day that is another one each year."""
    nth = _NTH_DAY[captures["nth"].lower()]
    month = _month(captures.get("month")) or (12 if nth < 0 else 1)
    weekday = _word("weekday", captures.get("weekday")) or 0
    return DateReading("DATE", Point(_year(captures)), holiday=f"{month:02}#{nth}-{weekday}")


_EARLIER = ("earlier", "ago", "before", "beforehand", "previously", "prior")


def _read_offset(text: str, captures: Captures) -> DateReading | None:
    way = captures["way"].lower()
    unit = str(_word("unit", captures["unit"]))
    origin: Literal["text", "document"] = "document" if way in ("ago", "hence") or way.startswith("from") else "text"
    count = _count(captures.get("count", "a"))
    if count is not None:
        count, unit = _in_smaller_units(count, unit, captures)
    if count is None or count != int(count) or unit not in ("D", "W", "F", "MO", "Q", "Y", "DE", "CE"):
        vague = "PAST_REF" if way in _EARLIER else "FUTURE_REF"
        return DateReading("DATE", value=vague)
    signed = -int(count) if way in _EARLIER else int(count)
    is_week = unit == "W" and "count" not in captures
    return DateReading("DATE", offset=Offset(unit, signed, origin), mod=_mod(captures), week=is_week)


def _in_smaller_units(count: Decimal, unit: str, captures: Captures) -> tuple[Decimal, str]:
    """Half years in months, half decades in years: `half a year`, `two years and a half`, `a year and two months`."""
    if "half" in captures:
        count += Decimal("0.5")
    if "months" in captures:
        return count * 12 + (_count(captures["months"]) or 0), "MO"
    if count == int(count) or unit not in _SMALLER:
        return count, unit
    factor, smaller = _SMALLER[unit]
    return count * factor, smaller


_SMALLER = {"Y": (12, "MO"), "DE": (10, "Y"), "CE": (100, "Y")}


def _count(text: str) -> Decimal | None:
    """`a` is 1; `several`, `a few` and the like are None."""
    lowered = " ".join(text.lower().split())
    if (lowered.startswith("half a") and "dozen" not in lowered) or lowered == "a half":
        return Decimal("0.5")
    return Decimal(1) if lowered in ("a", "an", "one") else read_number(lowered)


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


def length(unit: str, count: Decimal | None, units: Mapping[str, str] = _ISO_UNITS) -> str:
    """The TIMEX3 value of a length: `P70Y`, `PT30M`; `PXY` for several years."""
    if count is None:
        return "P" + units[unit].format("X")
    number = count * (_FACTORS.get(unit, 1) if units is _ISO_UNITS else 1)
    return "P" + units[unit].format(int(number) if number == int(number) else number.normalize())


def _read_duration(text: str, captures: Captures) -> DateReading | None:
    unit = str(_word("unit", captures["unit"]))
    if unit in ("S", "Q") and captures.get("count", "a").lower() in ("a", "an", "three", "some", "one"):
        return None  # `a second attack`, `three quarters of the voters`
    some = "count" not in captures and captures["unit"].lower().endswith("s")
    count = None if some else _count(captures.get("count", "a"))
    if count is not None and ("half" in captures or re.search(r"\band a half\b", text)):
        count += Decimal("0.5")
    in_decades = length(unit, count, _TIMEML_UNITS) if unit in _TIMEML_UNITS else None
    return DateReading("DURATION", value=length(unit, count), mod=_mod(captures), in_decades=in_decades)


def _read_set(text: str, captures: Captures) -> DateReading | None:
    unit = str(_word("unit", captures["unit"]))
    count = captures.get("count", "a").lower()
    number = Decimal(2) if count == "other" else Decimal(read_ordinal(count) or 0) or _count(count)
    return DateReading("SET", value=length(unit, number))


def _read_set_weekday(text: str, captures: Captures) -> DateReading | None:
    """`every Sunday`, `Mondays`, `every March`, `every evening`."""
    if "weekday" in captures:
        return DateReading("SET", value=f"XXXX-WXX-{_word('weekday', captures['weekday'])}")
    return DateReading("SET", value=_point(captures).timex3())


def _read_often(text: str, captures: Captures) -> DateReading | None:
    return DateReading("SET", value=str(_word("often", captures["often"])))


def at_time(time: DateReading, day: DateReading) -> DateReading | None:
    """A time of day (`8 p.m.`, `noon`, `dawn`) on the day that stands behind it; None if they are not that."""
    clock = time.point
    if clock is None or clock.day is not None or (clock.minutes is None and clock.daypart is None) or day.end is not None:
        return None
    mod = time.mod or day.mod
    if day.point is not None and day.point.day is not None and day.point.minutes is None and day.offset is None:
        return replace(day, type="TIME", point=replace(day.point, minutes=clock.minutes, daypart=clock.daypart), mod=mod)
    is_today = day.offset is not None and day.offset.unit == "D" and day.offset.origin == "document" and day.point is None
    is_counted = day.weekday is not None or is_today
    if not is_counted or day.weekend or day.minutes is not None:
        return None
    daypart = None if clock.minutes is not None else clock.daypart
    return replace(day, type="TIME", minutes=clock.minutes, daypart=daypart, mod=mod)


def _read_clock(text: str, captures: Captures) -> DateReading | None:
    minutes = _minutes(captures)
    return DateReading("TIME", Point(minutes=minutes), mod=_mod(captures)) if minutes is not None and minutes <= 24 * 60 else None


READERS: Mapping[str, Callable[[str, Captures], DateReading | None]] = {
    "point": _read_point,
    "year": _read_point,
    "old_year": lambda text, captures: DateReading("DATE", Point(int(captures["old"]))),
    "numeric": _read_numeric,
    "range": _read_range,
    "years": _read_years,
    "piece": _read_piece,
    "piece_of_year": _read_piece_of_year,
    "told_quarter": _read_told_quarter,
    "part_of_year": _read_part_of_year,
    "weekend": lambda text, captures: DateReading("DATE", weekday=6, origin="document", weekend=True),
    "relative_point": _read_relative_point,
    "relative_unit": _read_relative_unit,
    "month_of_year": _read_month_of_year,
    "part_of_day": _read_part_of_day,
    "reference": _read_reference,
    "today": _read_today,
    "weekday": _read_weekday,
    "holiday": _read_holiday,
    "nth_day": _read_nth_day,
    "era_years": _read_era_years,
    "offset": _read_offset,
    "vague_offset": _read_vague_offset,
    "duration": _read_duration,
    "set": _read_set,
    "set_weekday": _read_set_weekday,
    "often": _read_often,
    "clock": _read_clock,
}
