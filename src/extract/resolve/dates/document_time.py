"""A document's own time: the day on which it was made, and the date that it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.normalise.calendar import Point
from extract.normalise.dates import DateReading, read_day
from extract.recognise.mention import Mention
from extract.resolve.dates.anchors import Anchor
from extract.resolve.dates.layout import Layout

_MAIN_KEY = re.compile(r"(?:election|voting|polling|referendum|vote)?[ _]?date$|date", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")

# A dateline stands in one of the first blocks, its place and agency in so many characters.
_FIRST_BLOCKS = 5
_DATELINE = re.compile(r"^[^a-z\n]{0,60}(?:[A-Z][\w.]+,? ){0,4}$")
_BEHIND_DATELINE = re.compile(r"\s*(?:\([^)]{2,40}\)\s*)?(?:[-–—:]+|\([^)]{2,40}\))")
_BYLINE_BEFORE, _BYLINE_AFTER, _BYLINE = 60, 40, 70

# A text with so many years, so large a share of them not that of its publication or the one beside it, is a history, not news.
_HISTORY_YEARS = 6
_HISTORY_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class DocumentTime:
    """`published`: the day of a report, None for a history. `main`: the date that the document is about."""

    published: Anchor | None
    main: Anchor | None

    @property
    def is_news(self) -> bool:
        """Whether the day of publication is also what the document is about."""
        return self.published is not None and self.main is self.published


def document_time(layout: Layout) -> DocumentTime:
    """The document's own time, from metadata, dateline, infobox and title."""
    published = _find_published(layout)
    if published and _is_history(layout, published):
        published = None
    if stated := _find_stated(layout):
        return DocumentTime(published, stated)
    if published:
        published = replace(published, stated=True)
        return DocumentTime(published, published)
    return DocumentTime(None, _find_first(layout) or _find_in_title(layout))


def _find_published(layout: Layout) -> Anchor | None:
    """The day of publication: metadata, else a dateline or byline."""
    day = read_day(str(layout.document.metadata.get("published") or ""))
    if day is not None:
        return Anchor(day)
    for number, mention in layout.dates:
        if layout.block_number(mention) >= _FIRST_BLOCKS:
            return None
        if _is_whole_day(mention) and _is_dateline(layout, mention):
            return Anchor(mention.reading.point, number, mention.start)
    return None


def _is_whole_day(mention: Mention) -> bool:
    reading: DateReading = mention.reading
    return reading.point is not None and reading.point.date() is not None and reading.end is None


def _is_dateline(layout: Layout, mention: Mention) -> bool:
    """A whole date at the head of one of the first blocks, behind nothing but a place; or alone in its line."""
    block = layout.block(mention)
    if block.kind not in ("paragraph", "list_item", "heading"):
        return False
    before, after = layout.text[block.start : mention.start], layout.text[mention.end : block.end]
    return _is_byline(before, after) or bool(_BEHIND_DATELINE.match(after) and _DATELINE.match(before))


def _is_byline(before: str, after: str) -> bool:
    is_short = len(before) <= _BYLINE_BEFORE and len(after) <= _BYLINE_AFTER and len(before + after) < _BYLINE
    if not is_short or re.search(r"[.!?]\s*$", after + before[-1:]):
        return False
    return "," in before or ":" in before or not before.strip() or before.isupper()


def _is_history(layout: Layout, published: Anchor) -> bool:
    """Whether the text tells of other years than that of its publication: then nothing in it counts from that day."""
    years = [mention.reading.point.year for _, mention in layout.dates if mention.reading.point]
    told = [abs(year - (published.point.year or 0)) > 1 for year in years if year is not None]
    counted = sum(counts_from_publication(mention.reading) for _, mention in layout.dates)
    return len(told) >= _HISTORY_YEARS and sum(told) > _HISTORY_SHARE * (len(told) + 4 * counted)


def counts_from_publication(reading: DateReading) -> bool:
    """`yesterday`, `on Monday`, `last week`: words of a report."""
    offset = reading.offset
    return (offset is not None and offset.origin == "document" and offset.unit in ("D", "W")) or (
        reading.weekday is not None and reading.origin == "document"
    )


def _find_stated(layout: Layout) -> Anchor | None:
    """What the infobox says, else the title."""
    for is_there in (_is_main_field, _is_title):
        for number, mention in layout.dates:
            point = mention.reading.point
            if point and point.is_settled and point.minutes is None and is_there(layout, mention):
                return Anchor(point, number, mention.start, stated=True)
    return None


def _is_main_field(layout: Layout, mention: Mention) -> bool:
    field = layout.block(mention).field
    return bool(field and _MAIN_KEY.search(field.name)) and mention.reading.point.day is not None


def _is_title(layout: Layout, mention: Mention) -> bool:
    return layout.block(mention).kind == "title"


def _find_first(layout: Layout) -> Anchor | None:
    """The first whole day of the first blocks."""
    for number, mention in layout.dates:
        if layout.block_number(mention) >= 3:
            return None
        if _is_whole_day(mention):
            return Anchor(mention.reading.point, number, mention.start)
    return None


def _find_in_title(layout: Layout) -> Anchor | None:
    year = _YEAR.search(str(layout.document.title or ""))
    return Anchor(Point(int(year.group(1)))) if year else None


def year_of_heading(section: tuple[str, ...], title: str | None) -> int | None:
    """The one year in the nearest heading that has one; the document's title is none of these."""
    for heading in reversed(section):
        years = _YEAR.findall(heading)
        if len(years) == 1 and heading != title:
            return int(years[0])
    return None
