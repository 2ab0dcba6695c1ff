"""The document's time: what a time expression means where it stands.

One pass over the expressions of a document, in the order of the text. Whole dates need nothing. The others are completed
from, in this order: an earlier date of the same day and month; the date that the text of this section has just spoken of; the
section's heading; the document's main date (an infobox's election date, the year in its title, the day of its publication).
Weekdays, `today`, `last month` count from the day of publication where there is one. Never from the clock of the machine:
what stays open keeps its X digits.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.normalise.calendar import Point, easter, point_of, shift
from extract.normalise.dates import DateReading
from extract.normalise.values import DateValue, Resolution
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence

_FUTURE = re.compile(
    r"\b(?:will|shall|would|is to|are to|to be held|due|expected|scheduled|planned|plans?|next|upcoming|coming|set to|"
    r"set for|turns|"
    r"ends|expires|starts|begins|opens|resumes|runs until|faces|meets|votes|goes to the polls|go to the polls|going to|"
    r"may|might|should|could|must|forthcoming|slated|is held|are held|takes place|take place)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|said|won|lost|took|held|began|told|announced|died|has|have|[a-z]{3,}ed)\b")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MAIN_KEY = re.compile(r"(?:election|voting|polling|referendum|vote)?[ _]?date$|date", re.IGNORECASE)
_NAMED_BY_YEAR = re.compile(
    r"[ \u00a0](?!(?:and|or|to|when|as|the|in|with|by|for|on|at|was|is|had|after|before|but|a|an|of|from)\b)[A-Za-z]"
)
_SUBORDINATE = re.compile(
    r"(?:[,–—(]\s?(?:which|who|whose|where|that)\b|"
    r",\s(?:(?:first|originally|only|\w+ly)\s)?\w+(?:ed|en|wn|eld|ilt|ade|ung|orn|et)\b)[^,.;:]{0,60}$"
)
_GOES_ON = re.compile(
    r"\s?(?:,|and|or|to|until|till|through|[-–—/&])(?:\s(?:in|on|by|early|late|again))?\s?(?:the\s)?", re.IGNORECASE
)
_DATELINE = re.compile(r"^[^a-z\n]{0,60}(?:[A-Z][\w.]+,? ){0,4}$")


# A text with so many years, so large a share of them not that of its publication or the one beside it, is a history, not news.
_HISTORY_YEARS = 6
_HISTORY_SHARE = 0.7
# So many characters of a sentence may stand before a date at its head (`By the end of `).
_HEAD = 16


def resolve_dates(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> dict[int, Fact]:
    """The facts of all time expressions among `mentions`, under their numbers."""
    dates = [(number, mention) for number, mention in enumerate(mentions) if isinstance(mention.reading, DateReading)]
    reader = _Reader(document, sentences, dates)
    return {number: reader.resolve(number, mention) for number, mention in dates}


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A date that the text has spoken of: the point, the number of its mention (None: from metadata), and where it stands.

    A `stated` one is the document's own: in its infobox, title or metadata. A `label` is the year of a named thing (`the
    2023 offensive`): one can count from it, but the text need not be there.
    """

    point: Point
    mention: int | None = None
    position: int = -1
    block: int = -1
    label: bool = False
    stated: bool = False


@dataclass(slots=True)
class _State:
    """What has been spoken of so far; `days` has the last date of each day of the year; `section` is the block's."""

    anchors: list[_Anchor] = field(default_factory=list)
    days: dict[tuple[int | None, int], _Anchor] = field(default_factory=dict)
    section: tuple[str, ...] | None = None
    section_start: int = 0


@dataclass(frozen=True, slots=True)
class _Settled:
    """A resolved expression: `point` (with `end` for a range) and from where."""

    point: Point | None
    resolution: Resolution
    anchor: _Anchor | None = None
    how: str = ""
    end: Point | None = None


class _Reader:
    def __init__(self, document: Document, sentences: Sequence[Sentence], dates: Sequence[tuple[int, Mention]]) -> None:
        self._document, self._sentences, self._dates = document, sentences, dates
        self._starts = [block.start for block in document.blocks]
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._order = {(mention.start, mention.end): index for index, (_, mention) in enumerate(dates)}
        self._state = _State()
        self._settled: dict[int, _Settled] = {}
        self._published = self._find_published()
        if self._published and self._is_history(self._published):
            self._published = None
        self._main = self._find_main()
        self._is_about_a_day = self._main is not None and self._main.stated
        self._asides = self._find_asides()

    # -- the document's own dates --------------------------------------------------------------------------------

    def _find_published(self) -> _Anchor | None:
        """The day of publication: metadata, else a dateline or byline."""
        stated = str(self._document.metadata.get("published") or "")
        if match := _ISO_DAY.match(stated):
            year, month, day = map(int, match.groups())
            point = Point(year, month, day)
            if point.is_possible():
                return _Anchor(point)
        for number, mention in self._dates:
            point = mention.reading.point
            if point and point.date() and mention.reading.end is None and self._is_dateline(mention):
                return _Anchor(point, number, mention.start)
        return None

    def _is_history(self, published: _Anchor) -> bool:
        """Whether the text tells of other years than that of its publication: then nothing in it counts from that day."""
        years = [mention.reading.point.year for _, mention in self._dates if mention.reading.point]
        told = [abs(year - (published.point.year or 0)) > 1 for year in years if year is not None]
        counted = sum(_counts_from_publication(mention.reading) for _, mention in self._dates)
        return len(told) >= _HISTORY_YEARS and sum(told) > _HISTORY_SHARE * (len(told) + 4 * counted)

    def _is_dateline(self, mention: Mention) -> bool:
        """A whole date at the head of one of the first blocks, behind nothing but a place; or alone in its line."""
        index = self._block_number(mention.start)
        block = self._document.blocks[index]
        if index > 4 or block.kind not in ("paragraph", "list_item", "heading"):
            return False
        before, after = self._document.text[block.start : mention.start], self._document.text[mention.end : block.end]
        if (
            len(before) <= 60
            and len(after) <= 40
            and not re.search(r"[.!?]\s*$", after + before[-1:])
            and len(before + after) < 70
        ):
            return "," in before or ":" in before or not before.strip() or before.isupper()
        head = re.match(r"\s*(?:\([^)]{2,40}\)\s*)?(?:[-–—:]+|\([^)]{2,40}\))", after)
        return bool(head) and bool(_DATELINE.match(before))

    def _find_main(self) -> _Anchor | None:
        """The date that the document is about: its infobox's, else its title's, else the day of publication."""
        for wanted in (self._is_main_field, self._is_title):
            for number, mention in self._dates:
                point = mention.reading.point
                if point and point.is_settled and point.minutes is None and wanted(mention):
                    return _Anchor(point, number, mention.start, stated=True)
        if self._published:
            self._published = replace(self._published, stated=True)
            return self._published
        for number, mention in self._dates:
            if (
                self._block_number(mention.start) < 3
                and mention.reading.end is None
                and mention.reading.point
                and mention.reading.point.date()
            ):
                return _Anchor(mention.reading.point, number, mention.start)
        title = re.search(r"\b(1[6-9]\d\d|20\d\d)\b", str(self._document.title or ""))
        return _Anchor(Point(int(title.group(1)))) if title else None

    def _is_main_field(self, mention: Mention) -> bool:
        block = self._block(mention)
        return bool(block.field and _MAIN_KEY.search(block.field.name)) and mention.reading.point.day is not None

    def _is_title(self, mention: Mention) -> bool:
        return self._block(mention).kind == "title"

    def _find_asides(self) -> set[int]:
        """The dates that look back or ahead out of the story: another year than the one before and the one after, which agree.

        A year at the head of its sentence (`In 1945 …`), or the first of its paragraph, is where the story goes on, not an aside.
        """
        years = [
            (number, mention, mention.reading.point.year)
            for number, mention in self._dates
            if mention.reading.point and mention.reading.point.year is not None and not self._is_label(mention)
        ]
        following: list[int | None] = [None] * len(years)
        for index in range(len(years) - 2, -1, -1):
            following[index] = years[index + 1][2] if years[index + 1][2] != years[index][2] else following[index + 1]
        asides: set[int] = set()
        before: int | None = None
        block = -1
        for (number, mention, year), after in zip(years, following, strict=True):
            is_first, block = self._block_number(mention.start) != block, self._block_number(mention.start)
            if before is not None and not is_first and not self._is_head(mention):
                returns = after is not None and abs(after - before) <= 1 and not min(before, after) <= year <= max(before, after)
                if returns or (year < before and self._is_subordinate(mention)):
                    asides.add(number)
                    continue
            before = year
        return asides

    def _is_subordinate(self, mention: Mention) -> bool:
        """In a clause that tells more of what was just named: `a system, adopted in July 2017`, `a law, which dates of 1991`."""
        return bool(_SUBORDINATE.search(self._document.text[max(0, mention.start - 80) : mention.start]))

    def _is_head(self, mention: Mention) -> bool:
        """Whether it stands at the head of its sentence, or alone in its block."""
        return mention.start - self._sentence(mention).start <= _HEAD or self._block(mention).kind in (
            "title",
            "heading",
            "cell",
            "field",
        )

    def _block_number(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _block(self, mention: Mention) -> Block:
        return self._document.blocks[self._block_number(mention.start)]

    # -- one expression after the other --------------------------------------------------------------------------

    def resolve(self, number: int, mention: Mention) -> Fact:
        """The fact of an expression; what it says becomes what the text has just spoken of."""
        self._enter(mention)
        settled = self._settled.get(number) or self._settle(mention)
        point = settled.point
        if point and point.year is not None and mention.reading.type in ("DATE", "TIME"):
            spoken = replace(settled.end or point, minutes=None, daypart=None)
            block = self._block_number(mention.start)
            if spoken.day is not None:
                self._state.days[spoken.month, spoken.day] = _Anchor(spoken, number, mention.start, block)
            aside = self._is_label(mention) or number in self._asides or _counts_back(mention.reading)
            self._state.anchors.append(_Anchor(spoken, number, mention.start, block, aside))
        from_mention = settled.anchor.mention if settled.anchor else None
        return Fact(
            mention,
            _value(mention.reading, settled),
            inferred_from=() if from_mention in (None, number) else (from_mention,),
            how=(settled.how,) if settled.how else (),
        )

    def _is_label(self, mention: Mention) -> bool:
        """A bare year in front of what it names (`the 2023 offensive`) in a document with a main date: not what is spoken of."""
        point = mention.reading.point
        bare = point is not None and point.precision == "year" and mention.end - mention.start == 4
        return bare and self._is_about_a_day and bool(_NAMED_BY_YEAR.match(self._document.text, mention.end))

    def _enter(self, mention: Mention) -> None:
        section = self._block(mention).section
        if section != self._state.section:
            self._state.section, self._state.section_start = section, mention.start

    def _settle(self, mention: Mention) -> _Settled:
        reading: DateReading = mention.reading
        if reading.holiday is not None:
            return self._holiday(reading, mention)
        if reading.offset is not None:
            return _on_daypart(self._offset(reading, mention), reading)
        if reading.weekday is not None:
            return _on_daypart(self._weekday(reading, mention), reading)
        point = reading.point
        if point is None:
            return _Settled(None, "explicit")
        if (point.minutes is not None or point.daypart is not None) and point.day is None:
            if point.daypart is not None and reading.direction is None:
                return _Settled(point, "unresolved", how="of any day")
            return self._clock(point, mention)
        if point.is_settled and (reading.end is None or reading.end.is_settled):
            return _Settled(point, "explicit", end=reading.end)
        return self._partial(reading, point, mention)

    # -- what the text has just spoken of ------------------------------------------------------------------------

    def _spoken(self, mention: Mention, day: bool = False, same_block: bool = False, labels: bool = True) -> _Anchor | None:
        """The nearest date before the mention in its section (known to the day, if `day`), else the heading's or document's."""
        for anchor in reversed(self._state.anchors):
            if (day and anchor.point.day is None) or (anchor.label and not labels):
                continue
            if same_block and anchor.block != self._block_number(mention.start):
                return None
            if anchor.position >= self._state.section_start:
                return anchor
            break
        if same_block:
            return None
        return self._of_heading() or self._of_document(day)

    def _of_heading(self) -> _Anchor | None:
        for title in reversed(self._state.section or ()):
            years = re.findall(r"\b(1[6-9]\d\d|20\d\d)\b", title)
            if len(years) == 1 and title != self._document.title:
                return _Anchor(Point(int(years[0])))
        return None

    def _of_document(self, day: bool) -> _Anchor | None:
        if self._main and (self._main.point.day is not None or not day):
            return self._main
        wanted = [anchor for anchor in self._state.anchors if anchor.point.day is not None or not day]
        return wanted[-1] if wanted else None

    # -- kinds ---------------------------------------------------------------------------------------------------

    def _partial(self, reading: DateReading, point: Point, mention: Mention) -> _Settled:
        """A day or month without its year."""
        if reading.direction is not None:
            return self._directed(reading, point, mention)
        anchor = self._ahead(mention) or self._news_anchor(mention) or self._spoken(mention, labels=False)
        if known := self._same_day(point, anchor):
            return _Settled(
                _in_year(point, known.point.year), "context", known, "the same day as before", _end_in(reading, known.point.year)
            )
        if anchor is None or anchor.point.year is None:
            return _Settled(point, "unresolved", how="no date in the document says which year", end=reading.end)
        if point.day is not None and point.month is None:
            if anchor.point.month is None:
                return _Settled(point, "unresolved", how="no date in the document says which month")
            point = replace(point, month=anchor.point.month)
        year = self._nearest_year(point, anchor, mention)
        how = f"the year from {_told(anchor, self._document)}"
        return _Settled(_in_year(point, year), "context", anchor, how, _end_in(reading, year))

    def _same_day(self, point: Point, anchor: _Anchor | None) -> _Anchor | None:
        """The document's main date, or an earlier one of the years that the text is in, of the same day and month."""
        if point.day is None:
            return None
        if self._main and (self._main.point.month, self._main.point.day) == (point.month, point.day):
            return self._main
        earlier = self._state.days.get((point.month, point.day))
        near = earlier and (anchor is None or abs((anchor.point.year or 0) - (earlier.point.year or 0)) <= 1)
        return earlier if near and self._is_about_a_day else None

    def _ahead(self, mention: Mention) -> _Anchor | None:
        """The date that goes on with this one and says the year of both: `April and June 1955`, `24 July until 3 May 1939`."""
        number, other = self._next(mention)
        point = other.reading.point if other else None
        if other is None or point is None or point.year is None or other.reading.offset or other.start < mention.end:
            return None
        gap = self._document.text[mention.end : min(other.start, mention.end + 30)]
        return _Anchor(point, number, other.start) if _GOES_ON.fullmatch(gap) else None

    def _next(self, mention: Mention) -> tuple[int, Mention | None]:
        """The expression behind this one, under its number."""
        index = self._order[mention.start, mention.end] + 1
        return self._dates[index] if index < len(self._dates) else (-1, None)

    def _news_anchor(self, mention: Mention) -> _Anchor | None:
        """In news the day of publication, unless this very paragraph has spoken of another time."""
        if self._published is None or self._main is not self._published:
            return None
        near = self._spoken(mention, same_block=True)
        return near if near and near.point.year != self._published.point.year else self._published

    def _nearest_year(self, point: Point, anchor: _Anchor, mention: Mention) -> int:
        """The year in which the month lies nearest to the anchor; as news goes, not far ahead unless the verb looks ahead."""
        year = anchor.point.year
        assert year is not None
        if anchor.point.month is None or (month := _first_month(point)) is None:
            return year
        months = month - anchor.point.month
        if anchor is self._published:
            return self._year_in_news(point, anchor.point, mention)
        return year + (months < -4) - (months > 6 and self._looks_back(mention))

    def _year_in_news(self, point: Point, published: Point, mention: Mention) -> int:
        year, month = published.year, _first_month(point)
        assert year is not None and month is not None and published.month is not None
        later = (month, point.day or 0) > (published.month, published.day or 31 if point.day else 0)
        ahead = self._looks_ahead(mention)
        if later and not ahead:
            return year - (month - published.month > 1 or not point.day)
        is_past = published.month - month > 6 if self._looks_back(mention) else month < published.month
        return year + (not later and ahead and is_past)

    def _directed(self, reading: DateReading, point: Point, mention: Mention) -> _Settled:
        """`last December`, `the following March`, `that autumn`."""
        anchor = (self._published if reading.origin == "document" else None) or self._spoken(mention)
        if anchor is None or anchor.point.year is None:
            return _Settled(point, "unresolved", how="no date to count from")
        year, month = anchor.point.year, _first_month(point)
        at = anchor.point.month
        if reading.direction and at is not None and month is not None:
            year += (month <= at) if reading.direction > 0 else -(month >= at)
        elif reading.direction:
            year += reading.direction
        return _Settled(_in_year(point, year), "relative", anchor, f"counted from {_told(anchor, self._document)}")

    def _offset(self, reading: DateReading, mention: Mention) -> _Settled:
        offset = reading.offset
        assert offset is not None
        needs_day = offset.unit in ("D", "W", "F")
        if offset.origin == "document":
            anchor = self._published or (
                self._spoken(mention, needs_day) if abs(offset.count) > 1 or offset.unit != "D" else None
            )
        else:
            anchor = self._spoken(mention, needs_day)
        point = shift(anchor.point, offset.unit, offset.count) if anchor else None
        if anchor is None or point is None:
            return _Settled(reading.point, "unresolved", how="no date to count from")
        if reading.point is not None:
            point = _in_year(reading.point, point.year)
        if (
            offset.unit == "W"
            and reading.offset
            and abs(offset.count) <= 1
            and re.search(r"\bweek\b", mention.text)
            and not re.match(r"(?:an?|one)\b", mention.text, re.IGNORECASE)
        ):
            point = _week_of(point)
        return _Settled(point, "relative", anchor, f"counted from {_told(anchor, self._document)}")

    def _weekday(self, reading: DateReading, mention: Mention) -> _Settled:
        from_document = reading.origin == "document" and self._published is not None
        anchor = self._published if from_document else self._spoken(mention, day=True)
        day = anchor.point.date() if anchor else None
        if anchor is None or day is None:
            return _Settled(None, "unresolved", how="no day to count from")
        ahead = (reading.weekday or 0) - day.isoweekday()
        direction = reading.direction
        if direction is None:
            direction = 0 if not from_document else 1 if self._looks_ahead(mention) else -1
        days = _days_to(ahead, direction, explicit=reading.direction is not None)
        return _Settled(
            point_of(day + datetime.timedelta(days=days)), "relative", anchor, f"counted from {_told(anchor, self._document)}"
        )

    def _clock(self, point: Point, mention: Mention) -> _Settled:
        """A time of day on the day that is named beside it, else on the day that the text has just spoken of."""
        beside = self._beside(mention)
        anchor = beside or self._spoken(mention, day=True, same_block=True) or self._of_document(day=True)
        if anchor is None or anchor.point.day is None:
            return _Settled(point, "unresolved", how="no day to count from")
        day = anchor.point
        return _Settled(
            replace(day, minutes=point.minutes, daypart=point.daypart), "context", anchor, f"on {_told(anchor, self._document)}"
        )

    def _beside(self, mention: Mention) -> _Anchor | None:
        """`05:45 the next day`: the day that follows at once."""
        number, other = self._next(mention)
        if other is None or other.start < mention.end or other.reading.type != "DATE":
            return None
        if not re.fullmatch(r",?\s*(?:on|of)?\s*", self._document.text[mention.end : min(other.start, mention.end + 9)]):
            return None
        settled = self._settled[number] = self._settle(other)
        return _Anchor(settled.point, number, other.start) if settled.point and settled.point.day is not None else None

    def _holiday(self, reading: DateReading, mention: Mention) -> _Settled:
        assert reading.point is not None and reading.holiday is not None
        anchor = None if reading.point.year else (self._published or self._spoken(mention))
        year = reading.point.year or (anchor.point.year if anchor else None)
        if reading.holiday.startswith("easter"):
            if year is None:
                return _Settled(None, "unresolved", how="no year for a day that moves")
            point = point_of(easter(year) + datetime.timedelta(days=int(reading.holiday[6:])))
        else:
            month, day = reading.holiday.split("-")
            point = Point(year, int(month), int(day))
        return _Settled(point, "explicit" if anchor is None and year else "context" if year else "unresolved", anchor)

    # -- tense ---------------------------------------------------------------------------------------------------

    def _sentence(self, mention: Mention) -> Sentence:
        return self._sentences[max(0, bisect_right(self._sentence_starts, mention.start) - 1)]

    def _clause(self, mention: Mention) -> str:
        sentence = self._sentence(mention)
        before = re.split(r"[;:,–—]", self._document.text[sentence.start : mention.start])[-2:]
        after = re.split(r"[;:,–—]", self._document.text[mention.end : sentence.end])[:1]
        return " ".join((*before, *after))

    def _looks_ahead(self, mention: Mention) -> bool:
        return bool(_FUTURE.search(self._clause(mention)))

    def _looks_back(self, mention: Mention) -> bool:
        return bool(_PAST.search(_FUTURE.sub(" ", self._clause(mention))))


def _counts_from_publication(reading: DateReading) -> bool:
    """`yesterday`, `on Monday`, `last week`: words of a report."""
    offset = reading.offset
    return (offset is not None and offset.origin == "document" and offset.unit in ("D", "W")) or (
        reading.weekday is not None and reading.origin == "document"
    )


def _counts_back(reading: DateReading) -> bool:
    """`two years earlier`, `the previous year`: a look back, from which the story returns."""
    return reading.offset is not None and reading.offset.count < 0 and reading.offset.origin == "text"


def _on_daypart(settled: _Settled, reading: DateReading) -> _Settled:
    """The morning or night of a day that was counted."""
    if reading.daypart is None or settled.point is None:
        return settled
    return replace(settled, point=replace(settled.point, daypart=reading.daypart))


def _days_to(ahead: int, direction: int, explicit: bool) -> int:
    """Days to a weekday that lies `ahead` days on in the same week: the last, the next, or the nearest one."""
    if direction < 0:
        return ahead if ahead < 0 or (ahead == 0 and not explicit) else ahead - 7
    if direction > 0:
        return ahead if ahead > 0 or (ahead == 0 and not explicit) else ahead + 7
    return ahead if ahead >= 0 else ahead + 7


def _first_month(point: Point) -> int | None:
    seasons = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    return point.month if point.month is not None else seasons.get(point.season or "")


def _in_year(point: Point, year: int | None) -> Point:
    return replace(point, year=year)


def _end_in(reading: DateReading, year: int | None) -> Point | None:
    if reading.end is None:
        return None
    return reading.end if reading.end.year is not None else replace(reading.end, year=year)


def _week_of(point: Point) -> Point:
    day = point.date()
    assert day is not None
    year, week, _ = day.isocalendar()
    return Point(year, week=week)


def _told(anchor: _Anchor, document: Document) -> str:
    return f"{anchor.point.edtf()}" + ("" if anchor.mention is not None else " (the document's own date)")


def _value(reading: DateReading, settled: _Settled) -> DateValue:
    """The value, in both notations, with the days that bound it."""
    complete = replace(reading, point=settled.point, end=settled.end) if settled.point is not None else reading
    first, last = _bounds(settled)
    return DateValue(
        edtf=complete.edtf if complete.type in ("DATE", "TIME") else None,
        timex3=complete.timex3 or _open_value(reading),
        type=reading.type,
        mod=reading.mod,
        start=first,
        end=last,
        resolution=settled.resolution,
    )


def _open_value(reading: DateReading) -> str:
    """What TIMEX3 writes for an offset or weekday that nothing settles."""
    if reading.weekday is not None:
        return f"XXXX-WXX-{reading.weekday}"
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "MO": "XXXX-XX"}.get(reading.offset.unit if reading.offset else "", "XXXX")


def _bounds(settled: _Settled) -> tuple[str | None, str | None]:
    if settled.point is None:
        return None, None
    first, last = replace(settled.point, minutes=None, daypart=None).bounds()
    if settled.end is not None:
        last = settled.end.bounds()[1]
    return (first.isoformat() if first else None), (last.isoformat() if last else None)
