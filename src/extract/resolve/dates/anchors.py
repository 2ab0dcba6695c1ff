"""Dates that others count from, and what becomes of an expression that is completed from one."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.normalise.calendar import Point
from extract.normalise.values import Resolution


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date that the text has spoken of: the point, the number of its mention (None: from metadata), and where it stands.

    A `stated` one is the document's own: in its infobox, title or metadata. A `label` is the year of a named thing (`the
    2023 offensive`) or an aside: one can count from it, but the text need not be there. A `head`
    stands at the head of its sentence, where a story goes on. `back`: it was counted back (`two years earlier`).
    """

    point: Point
    mention: int | None = None
    position: int = -1
    block: int = -1
    label: bool = False
    stated: bool = False
    head: bool = False
    back: bool = False

    def told(self) -> str:
        """The anchor in a few words."""
        return f"{self.point.edtf()}" + ("" if self.mention is not None else " (the document's own date)")


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

    def in_block(self, block: int, day: bool = False, labels: bool = True) -> Anchor | None:
        """The last date, if that block has it."""
        anchor = self.last.get((day, labels))
        return anchor if anchor and anchor.block == block else None
