"""Plain text: paragraphs, one a line or wrapped, headings, lists, tables drawn with blanks; and sentences one a line.

Page numbers, running heads and feet are not shown (see `pages.py`); form feeds become marks of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.sources.aligned import RULE, cells_of, show_aligned, tables_in
from extract.sources.document import BlockKind
from extract.sources.lines import Line, Sections, split_lines
from extract.sources.marks import show_with_marks, stray_marks
from extract.sources.pages import without_page_furniture
from extract.sources.ruled import Ruled, Show, Stretches, ruled_tables, show_ruled
from extract.sources.view import View, shown_text
from extract.sources.wiki_export import numbered_field
from extract.sources.wikilinks import begins_with_category
from extract.sources.wrapping import ITEM, Wrapping, indent_of, is_finished

_QUOTED = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_UNDERLINE = re.compile(r"\s*(?:(?P<double>=+)|-+|~+|\*+|_+|\^+)\s*$")
_SAID = re.compile(r"\w[.!?…][\"'”’»)]*\s*$|[.!?]\s+[A-Z]")
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’»)\]]*\s*$")
_MAIL_HEADER = re.compile(r"[A-Z][\w-]{1,24}:\s")
_BYLINE = re.compile(r"\s*by\s+\w", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])")
# `Religion: 62 % Anglican`, one of several such lines; a sentence behind the colon is what somebody said.
_KEY = re.compile(r"\s*(?:[-–•*]\s+)?(?P<key>[A-Z][^\W\d_]*(?:[ /-][\w()]+){0,3}):[ \t]+(?P<value>\S.*?)\s*$")
_LONGEST_KEY = 32
_MAIL_KEYS = frozenset({"From", "To", "Cc", "Bcc", "Date", "Sent", "Subject", "Reply-To"})
_TITLE_LENGTH = 160
_HEADING_LENGTH = 70


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines without a blank one between them, or of a ruled `table`; `quoted` ones had a `>` before them, which is no text."""

    lines: list[Line]
    quoted: bool = False
    table: Ruled | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it looks like a heading: one short line that ends no sentence and begins like one."""
        text = self.lines[0].text.strip()
        is_short = len(self.lines) == 1 and len(text) <= _HEADING_LENGTH and not self.quoted and not self.table
        begins = text[:1].isupper() or bool(_NUMBERED.match(text))
        return is_short and begins and not _SENTENCE_END.search(text) and not self._has_value

    @property
    def _has_value(self) -> bool:
        """Whether its line is a key with a figure for its value."""
        field = _field(self.lines[0])
        return bool(field and field["value"][0].isdigit())

    @property
    def are_fields(self) -> bool:
        """Whether its lines are keys with values: two or more, each key once, few of the values sentences."""
        fields = [field for line in self.lines if (field := _field(line))]
        keys = {field["key"] for field in fields}
        said = sum(bool(_SAID.search(field["value"])) for field in fields)
        are_short = 1 < len(fields) == len(self.lines) == len(keys) and 2 * said < len(fields)
        return are_short and not self.quoted and not keys & _MAIL_KEYS

    @property
    def is_prose(self) -> bool:
        """Whether something can stand under a heading: sentences, a list, a table."""
        length = sum(len(line.text) for line in self.lines)
        return length > 100 or is_finished(self.lines[-1]) or len(self.lines) > 1 or bool(ITEM.match(self.lines[0].text))


class _Reader:
    def __init__(self, view: View, source: str, start: int, end: int, sections: Sections, tables: int = 0) -> None:
        self._view, self._source = view, source
        lines = without_page_furniture(split_lines(source, start, end))
        self._groups = list(_parts(lines))
        prose = [line for group in self._groups if not group.table for line in group.lines]
        self._wrapping = Wrapping.of(source, [line for line in prose if not RULE.match(line.text) and len(cells_of(line)) < 2])
        self._strays = stray_marks(source, lines)
        self._sections = sections
        self.tables, self._boxes = tables, 0
        self._paged = start if "\f" in source else None
        self._page = 0
        self.title: str | None = None

    def read(self, titled: bool) -> None:
        for number, group in enumerate(self._groups):
            following = self._groups[number + 1] if number + 1 < len(self._groups) else None
            lines = group.lines
            if not number and titled and _goes_on(self._groups) and _is_title(self._groups):
                self.title = self._heading("title", lines[0], 1)
                lines = lines[1:]
            elif group.is_heading and following and (_is_loud(lines[0]) or following.is_prose) and not self._is_byline(number):
                self._heading("heading", lines[0], _level(lines[0]))
                lines = []
            if group.table:
                self._show_ruled(group.table)
            elif group.are_fields:
                self._show_fields(group.lines)
            else:
                self._show_group(lines, group.quoted)

    def _is_byline(self, number: int) -> bool:
        """Whether a group, right under the title, says who wrote it."""
        return number == 1 and self.title is not None and bool(_BYLINE.match(self._groups[number].lines[0].text))

    # -- what is shown -------------------------------------------------------------------------------------------

    def _show_group(self, lines: Sequence[Line], quoted: bool) -> None:
        for is_table, run in tables_in(lines):
            if is_table:
                self._mark_page(run[0].start)
                show_aligned(self._view, self._source, run, self.tables, self._sections.path)
                self.tables += 1
            else:
                self._show_run(run, quoted)

    def _show_fields(self, lines: Sequence[Line]) -> None:
        """Lines of keys and values, as an infobox has them."""
        self._mark_page(lines[0].start)
        for line in lines:
            if field := _field(line):
                self._view.open("field", self._sections.path, field=numbered_field(field["key"], self._boxes))
                show_with_marks(self._view, self._source, line.start + field.start("value"), line.start + field.end("value"))
                self._view.close()
        self._boxes += 1

    def _show_ruled(self, table: Ruled) -> None:
        self._mark_page(table.start)
        show_ruled(self._view, self._source, table, self.tables, self._sections.path, self._showing)
        self.tables += 1

    def _showing(self, cell: Stretches) -> Show:
        def show(view: View) -> None:
            for start, end in cell:
                show_with_marks(view, self._source, start, end)
                view.space()

        return show

    def _show_run(self, run: list[Line], quoted: bool) -> None:
        """Lines that are no table; a line that is drawn ends a paragraph, and under a single line makes it a heading."""
        for is_rule, group in groupby(self._underlined(run), key=lambda line: bool(RULE.match(line.text))):
            if not is_rule:
                for paragraph in self._wrapping.paragraphs(group):
                    self._paragraph(paragraph, quoted)

    def _underlined(self, run: list[Line]) -> Iterator[Line]:
        """The lines without the headings that are underlined; those are shown."""
        position = 0
        while position < len(run):
            line, below = run[position], run[position + 1] if position + 1 < len(run) else None
            stands_alone = not position or bool(RULE.match(run[position - 1].text))
            if below and stands_alone and (level := _underline(line, below)):
                self._heading("heading", line, level)
                position += 2
            else:
                yield line
                position += 1

    def _paragraph(self, lines: list[Line], quoted: bool) -> None:
        self._mark_page(lines[0].start)
        if begins_with_category(lines[0].text):
            return
        item = ITEM.match(lines[0].text)
        kind: BlockKind = "list_item" if item else "quotation" if quoted else "paragraph"
        self._view.open(kind, self._sections.path, 1 if item else None)
        for start, end, blank in self._wrapping.stretches(lines, item.end() if item else 0):
            if blank:
                self._view.space()
            for first, last in self._without_strays(start, end):
                show_with_marks(self._view, self._source, first, last)
        self._view.close()

    def _without_strays(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        position = start
        for number in range(bisect_left(self._strays, (start, start)), len(self._strays)):
            first, last = self._strays[number]
            if last > end:
                break
            yield position, first
            position = last
        yield position, end

    def _heading(self, kind: BlockKind, line: Line, level: int) -> str:
        self._mark_page(line.start)
        text = shown_text(self._source, lambda view: show_with_marks(view, self._source, line.start, line.end))
        self._view.open(kind, self._sections.enter(level, text), level)
        show_with_marks(self._view, self._source, line.start, line.end)
        self._view.close()
        return text

    def _mark_page(self, position: int) -> None:
        """Notes the page that begins before this place, if one does."""
        if self._paged is None:
            return
        turned = self._source.count("\f", self._paged, position + 1) + (self._page == 0)
        if turned:
            self._page += turned
            self._view.mark("page", str(self._page))
        self._paged = position + 1


def _field(line: Line) -> re.Match[str] | None:
    """The key and the value of a line, if it has them."""
    found = _KEY.match(line.text)
    return found if found and len(found["key"]) <= _LONGEST_KEY else None


def _parts(lines: list[Line]) -> Iterator[_Group]:
    """The ruled tables, and what stands between them in groups."""
    position = 0
    for table in ruled_tables(lines):
        yield from _groups(lines[position : table.first])
        yield _Group(lines[table.first : table.last], table=table)
        position = table.last
    yield from _groups(lines[position:])


def _groups(lines: list[Line]) -> Iterator[_Group]:
    marked = [(line, _QUOTED.match(line.text)) for line in lines]
    inner = [(_without(line, mark.end()) if mark else line, bool(mark)) for line, mark in marked]
    for (blank, quoted), group in groupby(inner, key=lambda item: (item[0].is_blank, item[1])):
        if not blank:
            yield _Group([line for line, _ in group], quoted)


def _without(line: Line, skip: int) -> Line:
    return Line(line.start + skip, line.end, line.text[skip:])


def _goes_on(groups: list[_Group]) -> bool:
    """Whether anything follows the first line."""
    return len(groups) > 1 or len(groups[0].lines) > 1


def _is_title(groups: list[_Group]) -> bool:
    """A first line that is no sentence, no item, and no header of a letter; wrapped in two it is none."""
    first, *others = groups[0].lines
    text = first.text.strip()
    headers = bool(others) and all(_MAIL_HEADER.match(line.text) for line in groups[0].lines[:2])
    runs_on = bool(others) and (others[0].text.lstrip()[:1].islower() or text.endswith("-"))
    return (
        len(text) <= _TITLE_LENGTH
        and not is_finished(first)
        and not _SENTENCE_END.search(text)
        and not ITEM.match(first.text)
        and not groups[0].quoted
        and not headers
        and not runs_on
        and len(cells_of(first)) == 1
    )


def _is_loud(line: Line) -> bool:
    """Two words or more, all in capitals."""
    text = line.text.strip()
    return text.isupper() and len(text.split()) > 1


def _level(line: Line) -> int:
    """The level of a heading: by the depth of its number (`2.1`), else by its capitals."""
    number = _NUMBERED.match(line.text)
    if number:
        return min(6, 2 + number["number"].count("."))
    return 2 if _is_loud(line) else 3


def _underline(line: Line, below: Line) -> int | None:
    """The level of a heading that is underlined, None if it is not."""
    match = _UNDERLINE.match(below.text)
    text, drawn = line.text.strip(), below.text.strip()
    if not match or len(text) > _TITLE_LENGTH or len(cells_of(line)) > 1 or abs(indent_of(line) - indent_of(below)) > 3:
        return None
    return (
        (2 if match["double"] or _is_loud(line) else 3)
        if len(drawn) >= 3 and 0.5 * len(text) <= len(drawn) <= 2 * len(text) + 4
        else None
    )


def read_plain(view: View, source: str) -> str | None:
    """Shows a plain text; gives its title: a first line that is no sentence."""
    reader = _Reader(view, source, 0, len(source), Sections())
    reader.read(titled=True)
    return reader.title


def show_lines(view: View, source: str, start: int, end: int, sections: Sections, tables: int) -> int:
    """Shows a stretch of plain text inside a document of another format that had so many tables; gives how many it has now."""
    reader = _Reader(view, source, start, end, sections, tables)
    reader.read(titled=False)
    return reader.tables
