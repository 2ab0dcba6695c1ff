"""A document's own time: the day on which it was made, the date that it is about, and the day of the vote that it tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.normalise.calendar import Point
from extract.normalise.dates import DateReading, read_day
from extract.recognise.date_refusals import listed
from extract.recognise.mention import Mention
from extract.resolve.dates.layout import Layout
from extract.rules.load import packaged

_MAIN_KEY = re.compile(r"(?:election|voting|polling|referendum|vote)?[ _]?date$|date", re.IGNORECASE)

# A dateline stands in one of the first blocks, its place in capitals at the head or behind a byline, its agency behind it.
_FIRST_BLOCKS = 8
_AT_HEAD, _OPENING = 300, 3
_DATELINE = re.compile(r"(?:^[^a-z\n]{0,60}(?:[A-Z][\w.]+,? ){0,4}|(?:^|\s)[A-Z][A-Z'’.]{2,}(?:,? [A-Z][\w.'’]*){0,4},? )$")
_BEHIND_DATELINE = re.compile(r"\s*(?:\([^)]{2,40}\)\s*)?(?:[-–—:]+|\([^)]{2,40}\))")
_OF_MAKING = re.compile(r"(?:published|posted|recorded|issued|updated|dated|written|drafted)(?:\son)?\s", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:minutes|proceedings|record of|meeting)\b", re.IGNORECASE)
_HELD = re.compile(r"(?:held|meeting|sitting)\b[^.\n]{0,60}$", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2},\s")  # at the head of a letter: `Port Vila, 3 May 2018`
_HALF_YEAR = 182  # a text that tells of a day so much later than its dateline was written in the next year
_TELLING = 7  # so long a name says what day it is, whatever stands before it
_BYLINE_BEFORE, _BYLINE_AFTER, _BYLINE = 60, 40, 70


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
class DocumentTime:
    """`published`: the day on which the document was made. `stated`: the date that its infobox, title or title page says it is
    about. `first`: the date with which it begins, should it have neither. `event`: the day of the vote, from which its hours and
    `the next day` count where the text speaks of polling."""

    published: Anchor | None
    stated: Anchor | None
    first: Anchor | None
    event: Anchor | None = None


def document_time(layout: Layout) -> DocumentTime:
    """The document's own time, from metadata, dateline, infobox and title."""
    in_text = _find_dateline(layout) or _find_byline(layout)
    published = _find_metadata(layout, "own_day") or in_text or _find_metadata(layout, "system_day")
    stated = _find_stated(layout)
    if published is not None:
        published = replace(published, stated=True)
    first = _find_first(layout)
    return DocumentTime(published, stated, first, _find_event(layout, stated, stated or published or first))


def _find_metadata(layout: Layout, names: str) -> Anchor | None:
    """The day that the metadata gives, under the first of these names that it has."""
    metadata = _metadata(layout)
    named = (value for own in _names_of(names) for name, value in metadata.items() if _is_name_of(name, own))
    return next((Anchor(day) for value in named if (day := read_day(value))), None)


def _is_name_of(name: str, own: str) -> bool:
    """Whether a field is so called, perhaps by a system of its own: `citation_publication_date`; but not `birthdate`."""
    return name == own or (len(own) >= _TELLING and name.endswith(own) and not name.endswith(f"un{own}"))


def _names_of(what: str) -> tuple[str, ...]:
    """A list of names of metadata."""
    return packaged("dates").words(what)


def _metadata(layout: Layout) -> dict[str, str]:
    return {re.sub("[^a-z]", "", str(name).lower()): str(value) for name, value in layout.document.metadata.items() if value}


def is_authors_day(layout: Layout, time: DocumentTime) -> bool:
    """Whether an author wrote the day, in a field or in the text: what is told then is a report of that day."""
    in_text = time.published is not None and time.published.mention is not None
    return in_text or not _metadata(layout).keys().isdisjoint(_names_of("authors_day"))


def _find_dateline(layout: Layout) -> Anchor | None:
    """The day of `DUBLIN, Jan. 28, 1982 (TP) --` in one of the first blocks; a year left out is that of the text's last day."""
    for number, mention in layout.dates:
        if layout.block_number(mention) >= _FIRST_BLOCKS:
            return None
        if mention.start - layout.block(mention).start > _AT_HEAD:
            continue
        before, after = _around(layout, mention)
        if _BEHIND_DATELINE.match(after) and _DATELINE.search(before) and (day := _day_of_dateline(layout, mention)):
            return Anchor(day, number, mention.start, layout.block_number(mention))
    return None


def _day_of_dateline(layout: Layout, mention: Mention) -> Point | None:
    point: Point | None = mention.reading.point
    if point is None or point.day is None or point.month is None or mention.reading.end is not None:
        return None
    if point.year is not None:
        return point if point.date() else None
    first = next((day for _, other in layout.dates if _is_whole_day(other) and (day := other.reading.point.date())), None)
    if first is None:
        return None
    in_year = replace(point, year=first.year)
    day = in_year.date()
    return replace(point, year=first.year + 1) if day and (first - day).days > _HALF_YEAR else in_year


def _find_byline(layout: Layout) -> Anchor | None:
    """A whole day alone in its line or behind a place or name; of several on a title page the last."""
    found = None
    for number, mention in layout.dates:
        if layout.block_number(mention) >= _FIRST_BLOCKS:
            break
        if not _is_whole_day(mention) or mention.start - layout.block(mention).start > _AT_HEAD:
            continue
        before, after = _around(layout, mention)
        if layout.block(mention).kind == "title":
            is_own = _is_own_title(layout, mention)
        else:
            is_own = layout.block(mention).kind in ("paragraph", "list_item", "heading") and (
                _is_byline(before, after) or _is_of_meeting(layout, before)
            )
        if is_own:
            found = Anchor(mention.reading.point, number, mention.start)
    return found


def _around(layout: Layout, mention: Mention) -> tuple[str, str]:
    block = layout.block(mention)
    return layout.text[block.start : mention.start], layout.text[mention.end : min(block.end, mention.end + _AT_HEAD)]


def _is_whole_day(mention: Mention) -> bool:
    reading: DateReading = mention.reading
    return reading.point is not None and reading.point.date() is not None and reading.end is None


def _is_byline(before: str, after: str) -> bool:
    is_short = len(before) <= _BYLINE_BEFORE and len(after) <= _BYLINE_AFTER and len(before + after) < _BYLINE
    if not is_short or re.search(r"[.!?]\s*$", after + before[-1:]):
        return False
    return "," in before or ":" in before or not before.strip() or before.isupper() or bool(_OF_MAKING.match(before))


def _is_of_meeting(layout: Layout, before: str) -> bool:
    """`Held at Port Vila on 8 March 2016` at the head of minutes."""
    return bool(_MINUTES.search(f"{layout.document.title or ''} {before}") and _HELD.search(before))


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
    is_title = layout.block(mention).kind == "title" and not layout.is_furniture(mention)
    return is_title and not _is_own_title(layout, mention)


def _is_own_title(layout: Layout, mention: Mention) -> bool:
    """Whether the first line is nothing but the place and day at the head of a letter."""
    before, after = _around(layout, mention)
    return bool(_PLACE.fullmatch(before)) and not after.strip() and not listed("vote", r"\b%s\b").search(before)


def _find_first(layout: Layout) -> Anchor | None:
    """The first whole day of the first blocks."""
    days = ((number, mention) for number, mention in layout.dates if _is_whole_day(mention) and not layout.is_furniture(mention))
    number, mention = next(days, (-1, None))
    is_first = mention is not None and layout.block_number(mention) < _OPENING
    return Anchor(mention.reading.point, number, mention.start) if mention is not None and is_first else None


# Between the vote and its day: `elections, 12 August 2021`, `elections to the Diet, 12 August 2021`, `The snap election was held
# on 20 June 2021`.
_TO_DAY = (
    r"\b(?:[,:(]?\s|\s(?:to|of|for|in)\s[^,.;:()]{2,40}[,:(]\s?|"
    r"\s(?:(?:was|were|is|are|will\sbe|to\sbe|took\splace|held|set|due|scheduled|called|for|on|of|the)\s)+"
    r"(?:(?:in|across)\s(?:the\s)?[A-Z][^,.;:()]{2,30}\son\s)?)$"
)


def _find_event(layout: Layout, stated: Anchor | None, main: Anchor | None) -> Anchor | None:
    """The day that an infobox or title states, else the first whole day of a vote in the years of the main date."""
    if stated is not None and stated.point.day is not None:
        return stated
    year = main.point.year if main else None
    for number, mention in layout.dates:
        point = mention.reading.point
        is_day = point is not None and point.date() is not None and mention.reading.end is None
        if is_day and (year is None or abs((point.year or 0) - year) <= 1) and _is_of_vote(layout, mention):
            return Anchor(point, number, mention.start)
    return None


def tells_of_vote(layout: Layout, mention: Mention) -> bool:
    """Whether an expression stands in a section about the day of the vote, or in a sentence about its polling."""
    heading = (layout.block(mention).section or ("",))[-1]
    return bool(listed("vote_section", r"^[\W\dIVX]*(?:the\s)?%s\W*$").search(heading)) or bool(
        listed("polling", r"\b%s\b").search("\n".join(layout.sentence_around(mention, _AT_HEAD)))
    )


def _is_of_vote(layout: Layout, mention: Mention) -> bool:
    before = (
        layout.sentence_around(mention, _BYLINE_BEFORE)[0] or layout.text[max(0, mention.start - _BYLINE_BEFORE) : mention.start]
    )
    after = layout.text[mention.end : mention.end + _BYLINE_AFTER]
    return bool(listed("vote", r"\b%s" + _TO_DAY).search(before) or listed("vote", r"\s(?:[a-z]+\s){0,2}%s\b").match(after))
