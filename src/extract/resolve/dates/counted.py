"""What is counted from another day: `two years later`, `last week`, `on Monday`, `at 8 p.m.`, and feasts of a year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

from extract.normalise.calendar import Point, point_of, shift, week_of
from extract.normalise.dates import DateReading, Offset
from extract.recognise.date_refusals import listed
from extract.recognise.mention import Mention
from extract.resolve.dates.context import Context, Settled
from extract.resolve.dates.document_time import Anchor

_SATURDAY = 6
_TO_CLOCK = re.compile(r"\s*(?:-|–|—|to|and|until|till)\s*")
_STEPS = 12
_NAMED = 60


def settle_offset(context: Context, reading: DateReading, offset: Offset, mention: Mention) -> Settled:
    """So many days, months or years from what has been told, or from the day of the document."""
    if offset.unit in HOURS:
        return _settle_hours(context, offset, mention)
    if _is_nowadays(context, offset, mention):
        return Settled(None, "unresolved", how="nowadays", is_now=True)
    anchor = _anchor_of(context, offset, mention)
    point = shift(anchor.point, offset.unit, offset.count) if anchor else None
    if anchor is None or point is None:
        return Settled(reading.point, "unresolved", how="no date to count from")
    if reading.point is not None:
        point = replace(reading.point, year=point.year, month=reading.point.month or point.month)
    if reading.week:
        point = week_of(point)
    return Settled(_at_its_time(point, reading), "relative", anchor, f"counted from {anchor.told()}")


def _is_nowadays(context: Context, offset: Offset, mention: Mention) -> bool:
    """`Today it is a museum`: what is told in the present is of no day, in a story or a text that has none of its own."""
    is_today = offset.count == 0 and offset.unit == "D" and offset.origin == "document"
    has_no_day = context.is_away or context.time.published is None
    return is_today and has_no_day and context.layout.quote_of(mention) is None and context.layout.direction(mention) >= 0


HOURS = {"H": 60, "M": 1, "S": 0}
"""Units that are counted from a time of day, in minutes."""


def _settle_hours(context: Context, offset: Offset, mention: Mention) -> Settled:
    """`12 hours later`, from the time of day that the paragraph has just told."""
    told = _hour_before(context, mention)
    day = told[1].date() if told else None
    if told is None or day is None or told[1].minutes is None:
        return Settled(None, "unresolved", how="no time of day to count from")
    days, minutes = divmod(told[1].minutes + offset.count * HOURS[offset.unit], 24 * 60)
    later = shift(told[1].at(None), "D", days)
    number, _ = context.layout.previous(mention)
    anchor = Anchor(told[1], number, told[0].start)
    return Settled(
        later and replace(later, minutes=minutes, zone=told[1].zone), "relative", anchor, f"counted from {anchor.told()}"
    )


def _anchor_of(context: Context, offset: Offset, mention: Mention) -> Anchor | None:
    if offset.of_event:
        is_vote = listed("vote", r"\s(?:the\s)?(?:\w+\s){0,2}%s\b").match(context.layout.text[mention.end : mention.end + _NAMED])
        return context.time.event if is_vote else None
    needs_day = offset.unit in ("D", "W", "F")
    if offset.unit == "Q" and offset.origin == "text":
        return context.told.quarter or _quarter_before(context.time.published) or context.spoken()
    near = context.spoken_here(mention, needs_day)
    if offset.origin == "either" and context.is_news and context.told.is_report and not (near and near.head):
        return context.time.published
    if offset.origin != "document" or (context.is_away and offset.count == 0 and offset.unit != "D"):
        spoken = context.spoken(needs_day, labels=not needs_day)
        if spoken and spoken.back and offset.count < 0 and not context.layout.in_sentence(spoken.position, mention):
            spoken = context.spoken(needs_day, labels=False)  # each comparison is with the story's own time
        return context.day_spoken(mention, spoken) if offset.unit == "D" else spoken
    is_near = offset.unit == "D" and abs(offset.count) <= 1
    if is_near and context.layout.quote_of(mention) is not None and (context.is_away or context.time.published is None):
        return context.spoken(needs_day)
    return context.time.published or (None if is_near else context.spoken(needs_day))


def _quarter_before(report_day: Anchor | None) -> Anchor | None:
    """The last whole quarter before the day of a report, which is the one that figures are of."""
    quarter = shift(report_day.point, "Q", -1) if report_day else None
    return replace(report_day, point=quarter) if report_day and quarter else None


def settle_weekday(context: Context, reading: DateReading, mention: Mention) -> Settled:
    """The Monday that is meant: from the day of a report on the side that the verb looks to, in a story the next."""
    from_document = reading.origin == "document" and context.time.published is not None
    anchor = context.time.published if from_document else context.spoken(day=True)
    day = anchor.point.date() if anchor else None
    if anchor is None or day is None:
        return Settled(None, "unresolved", how="no day to count from")
    direction = reading.direction
    if direction is None:
        before = context.layout.sentence_around(mention, len("for "))[0]
        direction = 0 if not from_document else 1 if before == "for " else context.layout.direction(mention) or -1
    is_explicit = reading.direction is not None and not reading.weeks
    if reading.weekend and from_document and direction == 0:
        direction = min(0, context.layout.direction(mention))
    if reading.weekend:
        point = _weekend(day, direction, is_explicit)
    else:
        ahead = (reading.weekday or 0) - day.isoweekday()
        days = _days_to(ahead, direction, is_explicit) + 7 * reading.weeks
        point = point_of(day + datetime.timedelta(days=days))
    return Settled(_at_its_time(point, reading), "relative", anchor, f"counted from {anchor.told()}")


def _weekend(day: datetime.date, direction: int, is_explicit: bool) -> Point:
    """`next weekend` is that of the next week; `the weekend` the last or the coming one."""
    if not is_explicit:
        direction = -1 if direction < 0 and day.isoweekday() < _SATURDAY else 0
    return replace(week_of(point_of(day + datetime.timedelta(days=7 * direction))), weekend=True)


def _days_to(ahead: int, direction: int, explicit: bool) -> int:
    """Days to a weekday that lies `ahead` days on in the same week: the last, the next, or the nearest one."""
    if direction < 0:
        return ahead if ahead < 0 or (ahead == 0 and not explicit) else ahead - 7
    if direction > 0:
        return ahead if ahead > 0 or (ahead == 0 and not explicit) else ahead + 7
    return ahead if ahead >= 0 else ahead + 7


def _at_its_time(point: Point, reading: DateReading) -> Point:
    """The morning, or the hour, of a day that was counted."""
    return point.at(reading.clock) if point.day is not None and reading.clock else point


def settle_clock(context: Context, point: Point, mention: Mention, settle: Callable[[Mention], Settled]) -> Settled:
    """A time of day on the day that the text has just spoken of; `settle` says what another expression means."""
    spoken = context.spoken_here(mention, day=True) or _day_told(context)
    main = context.main
    if spoken and main and main.stated and not context.is_news and not context.layout.in_sentence(spoken.position, mention):
        spoken = None  # a document about a day tells of its hours
    anchor = _day_of_range(context, mention, settle) or context.day_spoken(mention, spoken) or context.of_document(day=True)
    if anchor is None or anchor.point.day is None:
        return Settled(point, "unresolved", how="no day to count from")
    anchor = _night_after(context, anchor, point, mention)
    return Settled(anchor.point.at(point), "context", anchor, f"on {anchor.told()}")


_SMALL_HOURS, _EVENING = 5 * 60, 18 * 60


def _hour_before(context: Context, mention: Mention) -> tuple[Mention, Point] | None:
    """The time of day that the paragraph has spoken of last."""
    number, other = context.layout.previous(mention)
    for _ in range(_STEPS):
        if other is None or context.layout.paragraph(other) != context.layout.paragraph(mention):
            return None
        settled = context.settled.get(number)
        if settled and settled.point and settled.point.minutes is not None:
            return other, settled.point
        number, other = context.layout.previous(other)
    return None


def _night_after(context: Context, anchor: Anchor, point: Point, mention: Mention) -> Anchor:
    """The next day where the small hours are those after an evening just told of, or after the day of the vote."""
    if point.minutes is None or point.minutes >= _SMALL_HOURS:
        return anchor
    told, event = _hour_before(context, mention), context.time.event
    days = anchor.point.date(), event.point.date() if event else None
    is_next = bool(told and (told[1].minutes or 0) >= _EVENING and told[1].date() == days[0])
    night = shift(anchor.point, "D", 1) if is_next or (days[0] is not None and days[0] == days[1]) else None
    return replace(anchor, point=night) if night else anchor


def _day_told(context: Context) -> Anchor | None:
    """In news the day told of last, in whatever section, unless it is still to come."""
    told, published = context.told.last.get((True, True)), context.time.published
    if not context.is_news or told is None or published is None:
        return None
    days = told.point.date(), published.point.date()
    return told if days[0] and days[1] and days[0] <= days[1] else None


def _day_of_range(context: Context, mention: Mention, settle: Callable[[Mention], Settled]) -> Anchor | None:
    """`from 07:00 to 20:00 on Sunday`: the day of the time with which it goes on."""
    number, other = context.layout.next(mention)
    if other is None or not _is_clock_of_day(other) or not _TO_CLOCK.fullmatch(context.layout.between(mention, other)):
        return None
    point = settle(other).point
    return Anchor(point.at(None), number, other.start) if point and point.day is not None else None


def _is_clock_of_day(mention: Mention) -> bool:
    reading: DateReading = mention.reading
    return reading.clock is not None or (reading.point is not None and reading.point.is_clock and reading.point.day is not None)
