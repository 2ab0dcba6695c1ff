"""The dates that look back or ahead out of the story, so that the next bare month is not taken to be of their year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.normalise.dates import DateReading
from extract.recognise.dates import in_brackets
from extract.recognise.mention import Mention
from extract.resolve.dates.layout import Layout

_NAMED_BY_YEAR = re.compile(
    r" (?!(?:and|or|to|when|as|the|in|with|by|for|on|at|was|is|had|after|before|but|a|an|of|from)\b)[A-Za-z]"
)
_SINCE = re.compile(
    r"\b(?:since|(?:than|as)\sin|(?:compared\s(?:to|with)|from|against)(?:\s[\d.,]+\s?(?:%|per\scent|percent|seats|points)?\sin)?)\s(?:the\s)?$",
    re.IGNORECASE,
)
_LIFE_GOES_ON = re.compile(r"\s?[-–—]\s?(?:died\s|d\.\s)?")
_SUBORDINATE = re.compile(
    r"(?:[,–—(]\s?(?:which|who|whose|where|that)\b|"
    r",\s(?:(?:first|originally|only|\w+ly)\s)?\w+(?:ed|en|wn|eld|ilt|ade|ung|orn|et)\b)[^,.;:]{0,60}$"
)
_Year = tuple[int, Mention, int]


def is_label(layout: Layout, mention: Mention) -> bool:
    """A bare year in front of what it names: `the 2023 offensive`."""
    point = mention.reading.point
    bare = point is not None and point.precision == "year" and mention.end - mention.start == 4
    return (
        bare
        and bool(_NAMED_BY_YEAR.match(layout.text, mention.end))
        and layout.text[max(0, mention.start - 3) : mention.start].lower() != "in "
    )


def counts_back(reading: DateReading) -> bool:
    """`two years earlier`, `the previous year`: a look back, from which the story returns."""
    return reading.offset is not None and reading.offset.count < 0 and reading.offset.origin == "text"


def is_since(layout: Layout, mention: Mention) -> bool:
    """`for the first time since 1948`, `as against 46.8 per cent in 1948`: a date to which the story does not go."""
    return bool(_SINCE.search(layout.text[max(0, mention.start - 40) : mention.start]))


def is_death(layout: Layout, mention: Mention) -> bool:
    """The second of two whole days in brackets: `(6 August 1916 – 20 August 2012)`."""
    _, born = layout.previous(mention)
    days = [each.reading.point for each in (born, mention) if each is not None]
    if born is None or any(day is None or day.day is None or day.year is None for day in days):
        return False
    return bool(_LIFE_GOES_ON.fullmatch(layout.between(born, mention))) and in_brackets(layout.text, born.start, mention.end)


def find_asides(layout: Layout) -> set[int]:
    """The numbers of the asides: another year than the one before and the one after, which agree.

    A year at the head of its sentence (`In 1945 …`), or the first of its paragraph, is where the story goes on, not an aside.
    """
    years = list(_years(layout))
    asides: set[int] = set()
    before: int | None = None
    block = -1
    for (number, mention, year), after in zip(years, _following(years), strict=True):
        is_first, block = layout.block_number(mention) != block, layout.block_number(mention)
        may_be = before is not None and not is_first and not layout.is_head(mention)
        if (
            may_be
            and before is not None
            and (_is_aside(before, year, after) or (year < before and _is_subordinate(layout, mention)))
        ):
            asides.add(number)
        else:
            before = year
    return asides


def _is_aside(before: int, year: int, after: int | None) -> bool:
    return after is not None and abs(after - before) <= 1 and not min(before, after) <= year <= max(before, after)


def _is_subordinate(layout: Layout, mention: Mention) -> bool:
    """In a clause that tells more of what was just named: `a system, adopted in July 2017`, `a law, which dates of 1991`."""
    return bool(_SUBORDINATE.search(layout.text[max(0, mention.start - 80) : mention.start]))


def _years(layout: Layout) -> Iterator[_Year]:
    for number, mention in layout.dates:
        point = mention.reading.point
        if point and point.year is not None:
            yield number, mention, point.year


def _following(years: Sequence[_Year]) -> list[int | None]:
    """For each year the next other one."""
    following: list[int | None] = [None] * len(years)
    for index in range(len(years) - 2, -1, -1):
        following[index] = years[index + 1][2] if years[index + 1][2] != years[index][2] else following[index + 1]
    return following
