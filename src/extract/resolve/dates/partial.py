"""Days, months, seasons and quarters that do not say their year: `13 May`, `in March`, `the third quarter`, `that autumn`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extract.normalise.calendar import Point
from extract.normalise.dates import DateReading
from extract.recognise.date_refusals import listed
from extract.recognise.mention import Mention
from extract.resolve.dates.context import Context, Settled
from extract.resolve.dates.direction import Direction
from extract.resolve.dates.document_time import Anchor

_GOES_ON = re.compile(
    r"\s?(?:,|and|or|to|until|till|through|[-–—/&])(?:\s(?:in|on|by|early|late|again))?\s?(?:the\s)?", re.IGNORECASE
)
_TO = re.compile(r"\s?(?:to|and|until|till|through|[-–—])\s?(?:the\s)?", re.IGNORECASE)
_HELD_ON = re.compile(
    r"\b(?:held|scheduled|called|took place|set|due|conducted|organi[sz]ed)(?:\s\w+){0,2}\s(?:on|for|in)\s(?:the\s)?$"
)
_NAMED, _LISTED = 90, 6
_NUMBERS = re.compile(r"\d+")
# A date is seldom given without its year if it lies so many days off, while the same day of another year is that near.
_TOO_FAR, _NEAR = 290, 45
_HALF_YEAR = 182
_ONWARDS = 4
"""So many months back lead to the next year: a story goes on."""


def settle_partial(context: Context, reading: DateReading, mention: Mention) -> Settled:
    """An expression without its year, in the year that the text is speaking of."""
    point = reading.point
    assert point is not None
    if reading.direction is not None:
        return _directed(context, reading, point, mention)
    direction = context.layout.direction(mention)
    if point.quarter and "-" in mention.text:
        direction = 0  # `third-quarter earnings` are those of the last one, whatever is told of them
    ahead = _ahead(context, mention)
    anchor = (
        ahead
        or _named(context, mention)
        or _coming(context, mention, direction)
        or (context.spoken_here(mention) if point.day is not None and point.month is None else None)
        or _in_section(context, mention)
        or _in_news(context, mention, direction)
        or _in_story(context, point, mention)
    )
    if anchor is None or anchor.point.year is None:
        return Settled(point, "unresolved", how="no date in the document says which year", end=reading.end)
    if point.day is not None and point.month is None:
        if anchor.point.month is None:
            return Settled(point, "unresolved", how="no date in the document says which month")
        point = replace(point, month=anchor.point.month)
    if anchor is ahead:
        year = anchor.point.year - ((point.first_month or 0) > (anchor.point.first_month or 12))
    elif anchor is context.time.published:
        is_sure = context.layout.is_since(mention)
        year = year_in_news(lambda year: replace(point, year=year), anchor.point, direction, is_sure=is_sure)
    else:
        year = _year_told(context, point, anchor, mention)
    if not replace(point, year=year).is_possible():  # 29 February
        year = next((each for each in (year + 1, year - 1) if replace(point, year=each).is_possible()), year)
    how = f"the year from {anchor.told()}{_alternative(context, point, anchor, year)}"
    end = replace(reading.end, year=year) if reading.end and reading.end.year is None else reading.end
    return Settled(replace(point, year=year), "context", anchor, how, end)


def _alternative(context: Context, point: Point, anchor: Anchor, year: int) -> str:
    """The other reading, where the text or the document speaks of another year as well."""
    for other in (context.told.in_section(), context.time.published):
        if other is not None and other is not anchor and other.point.year not in (None, year, anchor.point.year):
            return f"; {replace(point, year=other.point.year).timex3()} if it is of {other.told()}"
    return ""


def _directed(context: Context, reading: DateReading, point: Point, mention: Mention) -> Settled:
    """`last December`, `the following March`, `that autumn`."""
    from_report = reading.origin == "document" or (
        # a report's new paragraph is back at its own day
        context.is_news and (reading.direction or 0) < 0 and context.spoken_here(mention) is None
    )
    anchor = (context.time.published if from_report else None) or context.spoken()
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
    for _ in range(_LISTED):  # `held on 8 and 9 October`
        if other is not None and other.end <= mention.start and _GOES_ON.fullmatch(layout.between(other, mention)):
            mention, (number, other) = other, layout.previous(other)
    settled = context.settled.get(number)
    if other is None or settled is None or settled.point is None or settled.point.precision != "year":
        return None
    between = layout.between(other, mention, most=_NAMED)
    is_named = _HELD_ON.search(between) or (layout.is_label(other) and listed("year_noun", _EVENT_ON).fullmatch(between))
    if not is_named or not layout.in_sentence(other.start, mention):
        return None
    return Anchor(settled.point, number, other.start, head=layout.is_head(other))


_EVENT_ON = r"\s(?:[\w-]+\s){0,3}%s\b(?:,?\s(?:on|of)\s(?:the\s)?|\s?\()"
"""What stands between the year of a named event and its day: ` election on `, ` general election (`, ` poll, on `."""


_WILL = re.compile(r"\bwill\b")
_SET_FOR, _WAS = re.compile(r"\b(?:set|due|scheduled|expected)\s(?:for|on|in)\s(?:the\s)?$"), re.compile(r"\b(?:was|were|had)\b")


def _coming(context: Context, mention: Mention, direction: Direction) -> Anchor | None:
    """The day of the document, for what its writer says `will` be."""
    if direction < 1 or context.layout.quote_of(mention) is not None:
        return None
    before, after = context.layout.sentence_around(mention, _NAMED)
    is_coming = _WILL.search(before) or _WILL.search(after) or (_SET_FOR.search(before) and not _WAS.search(before))
    return context.time.published if is_coming else None


def _in_section(context: Context, mention: Mention) -> Anchor | None:
    """The date last spoken of, where a heading above has its year: `2021: a narrow win`, whenever the document was written."""
    anchor, main = context.spoken(labels=False), context.main
    if anchor is None:
        return None
    headings = [set(_NUMBERS.findall(heading)) for heading in context.layout.block(mention).section]
    own = {str(main.point.year), str(main.point.day)} if main else {""}  # a heading that says the document's own day
    return anchor if any(str(anchor.point.year) in numbers and not own <= numbers for numbers in headings) else None


def _in_news(context: Context, mention: Mention, direction: Direction) -> Anchor | None:
    """In news the day of publication, unless this very paragraph tells of another year, and goes on with it."""
    published = context.time.published
    if published is None or not context.is_news:
        return None
    near = context.spoken_here(mention)
    if near and near.label and not near.back and not context.layout.in_sentence(near.position, mention):
        near = context.spoken_here(mention, labels=False)
    is_of_report = near is None or near.point.year is None or published.point.year in (None, near.point.year)
    if near is None or is_of_report or context.layout.is_since(mention):
        return published
    return near if _tells_of(context, near, published, mention, direction) else published


def _tells_of(context: Context, near: Anchor, published: Anchor, mention: Mention, direction: Direction) -> bool:
    """Whether a paragraph of news that has spoken of another year (`near`) still tells of it."""
    if context.layout.block(mention).cell:
        return True
    is_ahead = (near.point.year or 0) > (published.point.year or 0)
    is_told = near.head or near.point.precision != "year" or not context.told.is_report
    return is_told and direction in (0, 1 if is_ahead else -1)


def _in_story(context: Context, point: Point, mention: Mention) -> Anchor | None:
    """The date last spoken of; in a document about a day, only if it lies in that year or the story has gone to it."""
    anchor, main = context.spoken(labels=False), context.main
    if anchor is None or main is None or not main.stated or anchor.point.year == main.point.year:
        return anchor
    if anchor.point.day is not None and context.layout.in_sentence(anchor.position, mention):
        return anchor
    is_year_before = anchor.point.precision == "year" and not context.layout.in_sentence(anchor.position, mention)
    is_new = anchor.mention is not None and anchor.block != context.layout.paragraph(mention)
    if is_year_before and is_new and not context.is_away:
        return main  # a new paragraph is back at the document's own time
    if main.point.day is None:
        return anchor
    return anchor if anchor.head or (anchor.point.day is not None and not is_new) else main


def _steps_back(context: Context, mention: Mention) -> bool:
    """Whether what is told may lie before the anchor: it `had` been."""
    layout = context.layout
    return layout.is_pluperfect(mention) or layout.is_since(mention) or _ends_in_new_year(context, mention)


def _ends_in_new_year(context: Context, mention: Mention) -> bool:
    """Whether what it is told with is a month of the next year: `from October to March`, `November and January`."""
    _, other = context.layout.next(mention)
    months = [each.reading.point.first_month for each in (mention, other) if each is not None and each.reading.point]
    if other is None or len(months) < 2 or months[0] is None or months[1] is None or other.start < mention.end:
        return False
    return months[1] < months[0] and bool(_TO.fullmatch(context.layout.between(mention, other)))


def _is_of_year_after(context: Context, point: Point, mention: Mention) -> bool:
    """Whether a section on what came after a vote would have the day lie before it: then it is one of the next year."""
    main, heading = context.main, (context.layout.block(mention).section or ("",))[-1]
    if main is None or not main.stated or not listed("after_section", r"^[\W\dIVX]*(?:the\s)?%s\W*$").search(heading):
        return False
    days = point.date(), main.point.date()
    is_before = bool(days[0] and days[1] and days[0] < days[1])
    return is_before and point.year == main.point.year and not context.layout.is_pluperfect(mention)


def _year_told(context: Context, point: Point, anchor: Anchor, mention: Mention) -> int:
    """The year that a story means, which has just spoken of the anchor: none far behind the day that the document is about."""
    year = _year_in_story(point, anchor.point, _steps_back(context, mention))
    first, main = replace(point, year=year).bounds()[0], context.main
    day = main.point.date() if main and main.stated else None
    if year > (anchor.point.year or year) and first and day and (first - day).days > _HALF_YEAR:
        year -= 1
    return year + _is_of_year_after(context, replace(point, year=year), mention)


def _year_in_story(point: Point, anchor: Point, steps_back: bool) -> int:
    """The year in which the period lies nearest to the anchor: a story goes on, unless it tells what `had` been."""
    assert anchor.year is not None
    if anchor.month is None or (month := point.first_month) is None:
        return anchor.year
    months = month - anchor.month
    return anchor.year + (months <= -_ONWARDS and not steps_back) - (months > 6 and steps_back)


def year_in_news(in_year: Callable[[int], Point], published: Point, direction: Direction, is_sure: bool = False) -> int:
    """The year that brings a period (`in_year`) nearest to the day of a report, on the side that the verb looks to.

    A verb may mislead where the other side is much nearer; `is_sure`: it is no verb that tells the side.
    """
    day = published.date()
    assert day is not None
    periods = {year: in_year(year).bounds() for year in (day.year - 1, day.year, day.year + 1)}
    known = {year: (first, last) for year, (first, last) in periods.items() if first and last}
    gaps = {year: max((first - day).days, (day - last).days, 0) for year, (first, last) in known.items()}
    nearest = min(gaps, key=lambda year: (gaps[year], -year), default=day.year)
    past = max((year for year, (first, _) in known.items() if first <= day), default=nearest)
    coming = min((year for year, (_, last) in known.items() if last >= day), default=nearest)
    wanted = {-1: past, 1: coming, 0: nearest}[direction]
    is_misled = not is_sure and gaps and gaps[wanted] > _TOO_FAR and gaps[nearest] < _NEAR
    return nearest if is_misled else wanted
