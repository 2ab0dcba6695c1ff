"""What the words of a time expression say by themselves, before the document says the rest.

Each rule of `rules/dates.yml` names a kind, and each kind has its reader; the table `READERS` has them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from extract.normalise.calendar import Point
from extract.normalise.dates import lengths, points, relative
from extract.normalise.dates.parts import Parts, UnknownWordError, known_words
from extract.normalise.dates.reading import DateReading, Offset, join_time

__all__ = ["READERS", "DateReading", "Offset", "join_time", "known_words", "normalise_date", "read_day"]

READERS: Mapping[str, Callable[[Parts], DateReading | None]] = {
    "point": points.read_point,
    "year": points.read_point,
    "clock": points.read_point,
    "old_year": points.read_point,
    "week": points.read_week,
    "numeric": points.read_numeric,
    "iso_week": points.read_iso_week,
    "range": points.read_range,
    "years": points.read_years,
    "piece": points.read_piece,
    "holiday": points.read_holiday,
    "in_period": relative.read_in_period,
    "relative_point": relative.read_relative_point,
    "relative_unit": relative.read_relative_unit,
    "today": relative.read_today,
    "weekday": relative.read_weekday,
    "part_of_day": relative.read_part_of_day,
    "reference": relative.read_reference,
    "offset": relative.read_offset,
    "duration": lengths.read_duration,
    "set": lengths.read_set,
}


def normalise_date(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> DateReading | None:
    """The reading of a time expression; None where the calendar has no such day, or a list no such word.

    `captures` are the named groups of the rule, `constants` its `kind` and the groups that its words leave out.
    """
    left_out = {name: text for name, text in constants.items() if isinstance(text, str)}
    try:
        reading = READERS[str(constants["kind"])](Parts(text, left_out | dict(captures)))
    except UnknownWordError:  # lint tells which rule takes it
        return None
    if reading is None or any(point and not point.is_possible() for point in (reading.point, reading.end)):
        return None
    return reading


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
            try:
                point = Parts(text, found.groupdict()).point()
            except UnknownWordError:
                return None
            return point if point.month and point.month <= 12 and point.date() else None
    return None
