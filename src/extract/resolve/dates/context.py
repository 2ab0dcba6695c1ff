"""What an expression can be completed from at its place: what the text has told, the heading, the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from extract.normalise.calendar import Point
from extract.recognise.mention import Mention
from extract.resolve.dates.anchors import Anchor, Settled, Told
from extract.resolve.dates.document_time import DocumentTime, year_of_heading
from extract.resolve.dates.event import tells_of_vote
from extract.resolve.dates.layout import Layout

_DAY, _STORY = 4, 24
"""How far `away` leads to a story: as far as one whole day in a text that has told nothing of its own time, in one that has much
farther."""
_NEAR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Context:
    """The document's layout and time, what it has told so far, and what has been settled ahead of its turn."""

    layout: Layout
    time: DocumentTime
    event: Anchor | None = None
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
        return self.told.in_block(self.layout.paragraph(mention), day, labels)

    def of_document(self, day: bool = False) -> Anchor | None:
        """The date that the document is about, else the last that it has told."""
        main = self.main
        return main if main and (main.point.day is not None or not day) else self.told.last.get((day, True))

    def day_spoken(self, mention: Mention, spoken: Anchor | None) -> Anchor | None:
        """The day that `the next day` counts from: of the vote where it is told of, unless the text is past it; else `spoken`."""
        event = self.event
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
        year = year_of_heading(self.told.section or (), self.layout.document.title)
        return Anchor(Point(year)) if year is not None else None
