"""Days, months, seasons and quarters that do not say their year: `13 May`, `in March`, `the third quarter`, `that autumn`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from extract.normalise.calendar import Point
from extract.normalise.dates import DateReading
from extract.recognise.mention import Mention
from extract.resolve.dates.anchors import Anchor, Settled
from extract.resolve.dates.asides import is_label
from extract.resolve.dates.context import Context
from extract.resolve.dates.direction import Direction
from extract.rules import load_rules

_GOES_ON = re.compile(
    r"\s?(?:,|and|or|to|until|till|through|[-–—/&])(?:\s(?:in|on|by|early|late|again))?\s?(?:the\s)?", re.IGNORECASE
)
_HELD_ON = re.compile(
    r"\b(?:held|scheduled|called|took place|set|due|conducted|organi[sz]ed)(?:\s\w+){0,2}\s(?:on|for|in)\s(?:the\s)?$"
)
_NAMED = 90
# A date is seldom given without its year if it lies so many days off, while the same day of another year is that near.
_TOO_FAR, _NEAR = 290, 45
_MONTHS = 150


def settle_partial(context: Context, reading: DateReading, mention: Mention) -> Settled:
    """An expression without its year, in the year that the text is speaking of."""
    point = reading.point
    assert point is not None
    if reading.direction is not None:
        return _directed(context, reading, point, mention)
    direction = context.layout.direction(mention)
    anchor = (
        _ahead(context, mention)
        or _named(context, mention)
        or _in_news(context, point, mention, direction)
        or _in_story(context, point, mention)
    )
    if known := _same_day(context, point, anchor):
        return _in_year_of(reading, point, known, known.point.year, "the same day as before")
    if anchor is None or anchor.point.year is None:
        return Settled(point, "unresolved", how="no date in the document says which year", end=reading.end)
    if point.day is not None and point.month is None:
        if anchor.point.month is None:
            return Settled(point, "unresolved", how="no date in the document says which month")
        point = replace(point, month=anchor.point.month)
    if anchor is context.time.published:
        year = year_in_news(lambda year: replace(point, year=year), anchor.point, direction)
    else:
        main = context.time.main
        had = context.layout.is_pluperfect(mention) or bool(
            main and main.stated and main.point.year == anchor.point.year and direction <= 0
        )
        year = _year_in_story(point, anchor.point, looks_back=direction < 0, had=had)
    return _in_year_of(reading, point, anchor, year, f"the year from {anchor.told()}")


def _in_year_of(reading: DateReading, point: Point, anchor: Anchor, year: int | None, how: str) -> Settled:
    end = reading.end
    if end is not None and end.year is None:
        end = replace(end, year=year)
    return Settled(replace(point, year=year), "context", anchor, how, end)


def _directed(context: Context, reading: DateReading, point: Point, mention: Mention) -> Settled:
    """`last December`, `the following March`, `that autumn`."""
    from_report = reading.origin == "document" or (
        # a report's new paragraph is back at its own day
        context.time.is_news and (reading.direction or 0) < 0 and context.spoken_here(mention) is None
    )
    anchor = (context.time.report_day if from_report else None) or context.spoken()
    if anchor is None or anchor.point.year is None:
        return Settled(point, "unresolved", how="no date to count from")
    year, month, at = anchor.point.year, point.first_month, anchor.point.month
    direction = reading.direction or 0
    if direction and at is not None and month is not None:
        year += (month <= at) if direction > 0 else -(month >= at)
    else:
        year += direction
    return Settled(replace(point, year=year), "relative", anchor, f"counted from {anchor.told()}")


def _ahead(context: Context, mention: Mention) -> Anchor | None:
    """The date that goes on with this one and says the year of both: `April and June 1955`, `24 July until 3 May 1939`."""
    number, other = context.layout.next(mention)
    point = other.reading.point if other else None
    if other is None or point is None or point.year is None or other.reading.offset or other.start < mention.end:
        return None
    return Anchor(point, number, other.start) if _GOES_ON.fullmatch(context.layout.between(mention, other)) else None


def _named(context: Context, mention: Mention) -> Anchor | None:
    """The year of what was held on that day: `the 2023 election, held on 15 October`."""
    layout = context.layout
    number, other = layout.previous(mention)
    while other is not None and other.end <= mention.start and _GOES_ON.fullmatch(layout.between(other, mention)):
        mention, (number, other) = other, layout.previous(other)  # `held on 8 and 9 October`
    settled = context.settled.get(number)
    if other is None or settled is None or settled.point is None or settled.point.precision != "year":
        return None
    between = layout.between(other, mention, most=_NAMED)
    is_named = _HELD_ON.search(between) or (is_label(layout, other) and _event_on().fullmatch(between))
    if not is_named or not layout.in_sentence(other.start, mention):
        return None
    return Anchor(settled.point, number, other.start, head=layout.is_head(other))


@lru_cache(maxsize=1)
def _event_on() -> re.Pattern[str]:
    """What stands between the year of a named event and its day: ` election on `, ` general election (`, ` poll, on `."""
    nouns = "|".join(load_rules().file("dates").lists["year_noun"])
    return re.compile(rf"\s(?:[\w-]+\s){{0,3}}(?:{nouns})\b(?:,?\s(?:on|of)\s(?:the\s)?|\s?\()")


def _in_news(context: Context, point: Point, mention: Mention, direction: Direction) -> Anchor | None:
    """In news the day of publication, unless this very paragraph has spoken of another time that lies the same way."""
    published = context.time.published
    if published is None or not context.time.is_news:
        return None
    near = context.spoken_here(mention)
    is_item = context.layout.block(mention).kind == "list_item" and near is not None and near.point.precision == "year"
    if near is None or not (near.head or is_item) or near.point.year is None or published.point.year is None:
        return published
    if context.layout.block(mention).cell:
        return near
    if (
        point.day is not None
        and near.point.precision == "year"
        and not is_item
        and not context.layout.in_sentence(near.position, mention)
    ):
        year = year_in_news(lambda year: replace(point, year=year), published.point, direction)
        if _is_near(replace(point, year=year), published.point, _MONTHS):
            return published  # a day without its year is one of the last or the next months
    years = near.point.year - published.point.year
    return near if years and direction in (0, 1 if years > 0 else -1) else published


def _in_story(context: Context, point: Point, mention: Mention) -> Anchor | None:
    """The date last spoken of; in a document about a day, only if it lies in that year or the story has gone to it."""
    anchor, main = context.spoken(labels=False), context.time.main
    if anchor is None or main is None or not main.stated or anchor.point.year == main.point.year:
        return anchor
    is_year_before = anchor.point.precision == "year" and not context.layout.in_sentence(anchor.position, mention)
    is_new = anchor.mention is not None and anchor.block != context.layout.paragraph(mention)
    if is_year_before and is_new and not context.time.is_history:
        return main  # a new paragraph is back at the document's own time
    if main.point.day is None:
        return anchor
    is_main = not anchor.head or (is_year_before and _is_near(replace(point, year=main.point.year), main.point))
    return main if is_main else anchor


def _is_near(point: Point, main: Point, most: int = _NEAR) -> bool:
    """Whether a day lies at most so many days from the day that the document is about."""
    days = point.date(), main.date()
    return bool(days[0] and days[1] and abs((days[0] - days[1]).days) <= most)


def _same_day(context: Context, point: Point, anchor: Anchor | None) -> Anchor | None:
    """The document's main date, or an earlier one of the years that the text is in, of the same day and month."""
    main = context.time.main
    if point.day is None or main is None:
        return None
    if (main.point.month, main.point.day) == (point.month, point.day):
        return main
    earlier = context.told.days.get((point.month, point.day))
    near = earlier and (anchor is None or abs((anchor.point.year or 0) - (earlier.point.year or 0)) <= 1)
    return earlier if near and main.stated else None


def _year_in_story(point: Point, anchor: Point, looks_back: bool, had: bool) -> int:
    """The year in which the period lies nearest to the anchor: a story goes on, unless it tells what `had` been."""
    assert anchor.year is not None
    if anchor.month is None or (month := point.first_month) is None:
        return anchor.year
    months = month - anchor.month
    return anchor.year + (months < -4 and not had) - (months > 6 and looks_back)


def year_in_news(in_year: Callable[[int], Point], published: Point, direction: Direction) -> int:
    """The year that brings a period (`in_year`) nearest to the day of a report, on the side that the verb looks to."""
    day = published.date()
    assert day is not None
    periods = {year: in_year(year).bounds() for year in (day.year - 1, day.year, day.year + 1)}
    known = {year: (first, last) for year, (first, last) in periods.items() if first and last}
    gaps = {year: max((first - day).days, (day - last).days, 0) for year, (first, last) in known.items()}
    nearest = min(gaps, key=lambda year: (gaps[year], -year), default=day.year)
    past = max((year for year, (first, _) in known.items() if first <= day), default=nearest)
    coming = min((year for year, (_, last) in known.items() if last >= day), default=nearest)
    wanted = {-1: past, 1: coming, 0: nearest}[direction]
    return nearest if gaps and gaps[wanted] > _TOO_FAR and gaps[nearest] < _NEAR else wanted
