"""What an expression can be completed from at its place: what the text has told, the heading, the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from extract.normalise.calendar import Point
from extract.normalise.values import Resolution
from extract.recognise.mention import Mention
from extract.resolve.dates.document_time import Anchor, DocumentTime, tells_of_vote
from extract.resolve.dates.layout import Layout


@dataclass(frozen=True, slots=True)
class Settled:
    """What an expression means: `point` (with `end` for a range), from which anchor, and how in a few words.

    `is_now`: it points into the present, to no day.
    """

    point: Point | None
    resolution: Resolution
    anchor: Anchor | None = None
    how: str = ""
    end: Point | None = None
    is_now: bool = False


_WEIGHTS = {"day": 4, "week": 4, "month": 2, "season": 2}
_FARTHEST = 60
_YEARS = 3
"""Bare years alone lead a text no farther away: news has a background, too."""


Mark = tuple[dict[tuple[bool, bool], Anchor], Anchor | None, int, bool]


@dataclass(slots=True)
class Told:
    """What the text has spoken of so far; `section` is that of the block.

    `last` has the last date of all, of those known to the day, and either without labels: all that is ever asked for. `quarter`:
    the last quarter of a year. `away`: how far what is told here has gone from the day on which the document was made, the
    more the more dates of another time stand before and the more exact they are; a date of its own time leads back, and
    from then on the text `is_report`.
    """

    last: dict[tuple[bool, bool], Anchor] = field(default_factory=dict)
    quarter: Anchor | None = None
    away: int = 0
    is_report: bool = False
    section: tuple[str, ...] | None = None
    section_start: int = 0

    def enter(self, section: tuple[str, ...], position: int) -> None:
        """Goes on to a block of that section."""
        if section != self.section:
            if self.is_report:
                self.away = 0  # its background was that of the last section
            self.section, self.section_start = section, position

    def add(self, anchor: Anchor) -> None:
        """What has just been spoken of."""
        if anchor.point.quarter:
            self.quarter = anchor
        is_day = anchor.point.day is not None
        for needs_day in (False, True)[: 1 + is_day]:
            for labels in (True, False)[: 1 + (not anchor.label)]:
                self.last[needs_day, labels] = anchor

    def move(self, point: Point, is_near: bool) -> None:
        """Away from the day of the document, or back to it."""
        if is_near:
            self.away, self.is_report = 0, True
        elif weight := _WEIGHTS.get(point.precision):
            self.away = min(_FARTHEST, self.away + weight)
        else:
            self.away = max(self.away, min(_YEARS, self.away + 1))

    def mark(self) -> Mark:
        """Where the narrator stands, before someone else speaks."""
        return dict(self.last), self.quarter, self.away, self.is_report

    def return_to(self, mark: Mark) -> None:
        """Back where the narrator stood."""
        self.last, self.quarter, self.away, self.is_report = dict(mark[0]), *mark[1:]

    def in_section(self, day: bool = False, labels: bool = True) -> Anchor | None:
        """The last date of this section, known to the day if `day`; None if the section has told of none."""
        anchor = self.last.get((day, labels))
        return anchor if anchor and anchor.position >= self.section_start else None


_DAY, _STORY = 4, 24
"""How far `away` leads to a story: as far as one whole day in a text that has told nothing of its own time, in one that has much
farther."""
_NEAR = timedelta(days=180)
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Context:
    """The document's layout and time, what it has told so far, and what has been settled ahead of its turn."""

    layout: Layout
    time: DocumentTime
    told: Told = field(default_factory=Told)
    settled: dict[int, Settled] = field(default_factory=dict)

    @property
    def is_away(self) -> bool:
        """Whether the text tells here of another time than that in which it was written."""
        least = _STORY if self.told.is_report else _DAY
        return self.time.published is not None and self.told.away >= least

    @property
    def main(self) -> Anchor | None:
        """The date that the document is about: as it states it, its own day unless a story leads away, or its first."""
        return self.time.stated or (None if self.is_away else self.time.published) or self.time.first

    @property
    def is_news(self) -> bool:
        """Whether the day on which it was made is also what the text is about here."""
        return self.time.published is not None and self.main is self.time.published

    def is_near(self, point: Point) -> bool:
        """Whether a period lies around the day on which the document was made."""
        published = self.time.published.point.date() if self.time.published else None
        first, last = point.at(None).bounds()
        return bool(published and first and last and first - _NEAR <= published <= last + _NEAR)

    def spoken(self, day: bool = False, labels: bool = True) -> Anchor | None:
        """The nearest date before, in this section (known to the day, if `day`), else the heading's or the document's.

        A document that does not state what it is about tells a story, which goes on from one section to the next.
        """
        return self.told.in_section(day, labels) or self._of_heading() or self._stated(day) or self._of_story(day)

    def spoken_here(self, mention: Mention, day: bool = False, labels: bool = True) -> Anchor | None:
        """The nearest date before, if it stands in the block of the mention."""
        anchor = self.told.last.get((day, labels))
        return anchor if anchor and anchor.block == self.layout.paragraph(mention) else None

    def of_document(self, day: bool = False) -> Anchor | None:
        """The date that the document is about, else the last that it has told."""
        main = self.main
        return main if main and (main.point.day is not None or not day) else self.told.last.get((day, True))

    def day_spoken(self, mention: Mention, spoken: Anchor | None) -> Anchor | None:
        """The day that `the next day` counts from: of the vote where it is told of, unless the text is past it; else `spoken`."""
        event = self.time.event
        if event is None or not tells_of_vote(self.layout, mention):
            return spoken
        if spoken is None or spoken.position < self.told.section_start:
            return event
        return spoken if self.layout.in_sentence(spoken.position, mention) else event

    def _stated(self, day: bool) -> Anchor | None:
        main = self.of_document(day)
        return main if main and main.stated and not self.is_away else None

    def _of_story(self, day: bool) -> Anchor | None:
        return self.told.last.get((day, True)) or self.of_document(day)

    def _of_heading(self) -> Anchor | None:
        """The one year in the nearest heading that has one; the document's title is none of these."""
        for heading in reversed(self.told.section or ()):
            years = _YEAR.findall(heading)
            if len(years) == 1 and heading != self.layout.document.title:
                return Anchor(Point(int(years[0])))
        return None
