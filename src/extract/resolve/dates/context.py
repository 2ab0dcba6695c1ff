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

# So long after a vote its section may tell of the days of the count.
_AFTER_VOTE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Context:
    """The document's layout and time, what it has told so far, and what has been settled ahead of its turn."""

    layout: Layout
    time: DocumentTime
    event: Anchor | None = None
    told: Told = field(default_factory=Told)
    settled: dict[int, Settled] = field(default_factory=dict)

    def spoken(self, day: bool = False, labels: bool = True) -> Anchor | None:
        """The nearest date before, in this section (known to the day, if `day`), else the heading's or the document's.

        A document that does not state what it is about tells a story, which goes on from one section to the next.
        """
        return self.told.in_section(day, labels) or self._of_heading() or self._stated(day) or self._of_story(day)

    def spoken_here(self, mention: Mention, day: bool = False) -> Anchor | None:
        """The nearest date before, if it stands in the block of the mention."""
        return self.told.in_block(self.layout.paragraph(mention), day)

    def of_document(self, day: bool = False) -> Anchor | None:
        """The date that the document is about, else the last that it has told."""
        main = self.time.main
        return main if main and (main.point.day is not None or not day) else self.told.last.get((day, True))

    def day_spoken(self, mention: Mention, spoken: Anchor | None) -> Anchor | None:
        """The day that `the next day` counts from: of the vote where it is told of, unless the text is past it; else `spoken`."""
        event, day = self.event, spoken.point.date() if spoken else None
        if event is None or not tells_of_vote(self.layout, mention):
            return spoken
        if spoken is None or spoken.position < self.told.section_start:
            return event
        vote = event.point.date()
        is_past = bool(day and vote and vote <= day <= vote + _AFTER_VOTE)
        return spoken if is_past or self.layout.in_sentence(spoken.position, mention) else event

    def _stated(self, day: bool) -> Anchor | None:
        main = self.of_document(day)
        return main if main and main.stated and not self.time.is_history else None

    def _of_story(self, day: bool) -> Anchor | None:
        return self.told.last.get((day, True)) or self.of_document(day)

    def _of_heading(self) -> Anchor | None:
        year = year_of_heading(self.told.section or (), self.layout.document.title)
        return Anchor(Point(year)) if year is not None else None
