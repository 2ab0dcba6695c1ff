"""HTML as found in the wild, by the standard library's parser, which tells where each piece stands and never gives up.

Shown: headings, paragraphs, lists, tables, captions of the body. Not shown: head (kept as metadata), navigation, page
footers, scripts, styles, hidden elements, reference superscripts (see `html_parts.py`).
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from extract.sources.document import BlockKind
from extract.sources.html_parts import is_hidden, layout_tables, place_of
from extract.sources.html_tree import BLOCKS, HEADINGS, Attributes, Element, Event, around, read_events
from extract.sources.lines import Sections
from extract.sources.main_content import left_out
from extract.sources.marks import show_with_marks
from extract.sources.pieces import Piece, Pieces, Show, showing
from extract.sources.plain import show_lines
from extract.sources.tables import RawCell, read_span, show_table
from extract.sources.view import View, shown_text

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publication_date",
    "sailthru.date",
)
_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*("(?:[^"\\]|\\.)*")')

_Shape = tuple[BlockKind, int | None]
"""The kind of a block and its level."""

_LINE_END = View.space
"""A `<br>`: white space that the source does not have."""

_SHORT_LINE = 60
"""A line of so few characters is not broken because it is full."""

# What an arrow that is a picture says in words.
_ARROWS = {"increase": "+", "gain": "+", "rise": "+", "up": "+", "decrease": "-", "loss": "-", "fall": "-", "down": "-"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that begins here, as a mark of the view; it is one also where nothing is seen."""

    kind: str
    value: str

    def __call__(self, view: View) -> None:
        view.mark(self.kind, self.value)


@dataclass(slots=True)
class _Table:
    """A table while it is read. `around` are the pieces of the cell that it stands in."""

    number: int
    around: list[Piece]
    cell: Attributes = field(default_factory=dict)
    rows: list[list[RawCell]] = field(default_factory=list)
    caption: list[Piece] = field(default_factory=list)


def _ends_line(before: str, text: str) -> bool:
    """Whether a line break stands between two things, not between the words of a sentence that is broken to fit a page."""
    complete = before.endswith((".", "!", "?", ":", ";", "…", ")", "”", '"')) or len(before) <= _SHORT_LINE
    return complete and not before.endswith((",", "-", "–")) and not text[:1].islower()


class _Reader:
    def __init__(self, view: View, source: str, events: Sequence[Event], whole: bool) -> None:
        self._view, self._source = view, source
        self._events = events
        self._layout = layout_tables(events, source)
        self._left_out = left_out(events, source, self._layout, whole)
        self._sections = Sections()
        self._open: Counter[str] = Counter()
        self._hiding: Element | None = None
        self._pieces = Pieces()
        self._after_break = False
        self._open_tables: list[_Table] = []
        self._tables = 0
        self._head: list[str] = []
        self._in_title = False
        self._json_ld: list[str] | None = None
        self.metadata: dict[str, Any] = {}
        self.title: str | None = None

    def read(self) -> None:
        """Shows the page."""
        for kind, element, start, end in self._events:
            if kind == "text":
                self._text(start, end)
            elif kind == "open":
                self._enter(element)
            elif kind == "close":
                self._leave(element)
            elif self._hiding is None:
                self._void(element)
            if kind == "void":
                self._note(element)
        self._flush(self._events[-1].element if self._events else None)
        self._finish_metadata()

    @property
    def _table(self) -> _Table | None:
        return self._open_tables[-1] if self._open_tables else None

    # -- tags ----------------------------------------------------------------------------------------------------

    def _enter(self, element: Element) -> None:
        tag = element.tag
        self._note(element)
        if self._hiding is None:
            hides = is_hidden(element, self._source, self._open)
            if tag in BLOCKS:
                self._break(element.parent) if hides else self._begin(element)
            elif tag == "time" and self._source.endswith("</time>", 0, element.position):  # two of them side by side
                self._pieces.put(View.space)
            self._hiding = element if hides else None
            self._mark(element)
        self._open[tag] += 1

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if self._hiding is None and tag in BLOCKS:
            self._end(element)
        elif self._hiding is element:
            self._hiding = None
        self._open[tag] -= 1
        if tag == "title":
            self._in_title = False
        elif tag == "script" and self._json_ld is not None:
            self._read_json_ld()

    def _mark(self, element: Element) -> None:
        """Notes where in a book, a document or a sheet the element stands, if it says so."""
        if place := place_of(element):
            self._pieces.put(_Place(*place))

    def _void(self, element: Element) -> None:
        tag = element.tag
        self._mark(element)
        if tag in ("hr", "p") or (tag == "br" and self._after_break):  # two line breaks: a new paragraph, as old pages have it
            self._break(element.parent)
        elif tag == "br":
            self._pieces.put(_LINE_END)
            self._after_break = True
        elif tag == "img" and (sign := _ARROWS.get((element.values.get("alt") or "").strip().lower())):
            self._pieces.put(lambda view: view.mark("sign", sign))

    # -- blocks --------------------------------------------------------------------------------------------------

    def _break(self, element: Element | None) -> None:
        """Ends a paragraph of an element; inside a table, where a cell is one block, a word."""
        self._after_break = False
        if self._table is None:
            self._flush(element)
        else:
            self._pieces.add_space()

    def _begin(self, element: Element) -> None:
        table, tag = self._table, element.tag
        if tag == "table" and (table or element.position not in self._layout):
            self._break(element.parent)
            self._open_tables.append(_Table(self._tables, self._pieces.take()))
            self._tables += 1
        elif table is None or tag not in ("tr", "td", "th", "caption"):
            self._break(element.parent)
        else:
            self._pieces.take()
            if tag == "tr" or not table.rows:
                table.rows.append([])
            table.cell = element.values if tag in ("td", "th") else table.cell

    def _end(self, element: Element) -> None:
        table, tag = self._table, element.tag
        if table is None or tag not in ("table", "td", "th", "caption"):
            self._break(element)
        elif tag == "caption":
            table.caption = self._pieces.take()
        elif tag == "table":
            self._end_table(self._open_tables.pop())
        else:
            spans = (read_span(table.cell.get("colspan")), read_span(table.cell.get("rowspan")))
            if table.rows:
                table.rows[-1].append(RawCell(self._showing(self._pieces.take()), tag == "th", *spans))

    def _end_table(self, table: _Table) -> None:
        def show(view: View) -> None:
            caption = None
            if table.caption:
                view.open("caption", self._sections.path)
                self._showing(table.caption)(view)
                block = view.close()
                caption = view.text_of(block) if block else None
            rows = [row for row in table.rows if row]
            show_table(view, self._source, rows, table.number, self._sections.path, caption)

        if self._table is None:
            self._pieces.take()
            show(self._view)
        else:
            self._pieces = Pieces([*table.around, _interrupting(show)])

    def _flush(self, element: Element | None) -> None:
        pieces = self._pieces.take()
        shape = self._kind(element)
        if self._open["pre"]:
            self._flush_lines(pieces, shape)
        elif _LINE_END in pieces and shape[0] in ("paragraph", "quotation"):
            for paragraph in self._paragraphs(pieces):
                self._show_block(paragraph, shape)
        else:
            self._show_block(pieces, shape)

    def _paragraphs(self, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
        """Pieces apart at the line breaks that end something: a byline, an address, one of the lines of a list."""
        lines = [list(line) for is_end, line in groupby(pieces, lambda piece: piece is _LINE_END) if not is_end]
        texts = [shown_text(self._source, self._showing(line)) for line in lines]
        paragraph: list[Piece] = []
        for line, before, text in zip(lines, ["", *texts], texts, strict=False):
            if _ends_line(before, text):
                yield paragraph
                paragraph = line
            else:
                paragraph += [_LINE_END, *line]
        yield paragraph

    def _flush_lines(self, pieces: list[Piece], shape: _Shape) -> None:
        """What is formatted beforehand: plain text, or with markup inside, a block a line."""
        if len(pieces) == 1 and isinstance(pieces[0], tuple):
            self._tables = show_lines(self._view, self._source, *pieces[0], self._sections, self._tables)
            return
        line: list[Piece] = []
        for piece in pieces:
            parts = _lines_of(self._source, *piece) if isinstance(piece, tuple) else [piece]
            for number, part in enumerate(parts):
                if number:
                    self._show_block(line, shape)
                    line = []
                line.append(part)
        self._show_block(line, shape)

    def _show_block(self, pieces: list[Piece], shape: _Shape) -> None:
        show = self._showing(pieces)
        if not pieces or not shown_text(self._source, show):
            for place in (piece for piece in pieces if isinstance(piece, _Place)):
                place(self._view)
            return
        kind, level = shape
        section = self._sections.path
        if kind in ("heading", "title"):
            text = shown_text(self._source, show)
            section = self._sections.enter(level or 1, text)
            self.title = text if kind == "title" else self.title
        self._view.open(kind, section, level)
        show(self._view)
        self._view.close()

    def _kind(self, element: Element | None) -> _Shape:
        """What the innermost block element makes of the text in it."""
        for tag in (outer.tag for outer in (around(element) if element else ())):
            if tag in HEADINGS:
                is_title = tag == "h1" and self.title is None
                return ("title" if is_title else "heading"), HEADINGS[tag]
            if tag in ("li", "dd", "dt"):
                return "list_item", max(1, self._open["ul"] + self._open["ol"] + self._open["dl"])
            if tag in ("figcaption", "caption"):
                return "caption", None
            if tag == "blockquote":
                return "quotation", None
        return "paragraph", None

    # -- text ----------------------------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> None:
        if self._in_title:
            self._head.append(html.unescape(self._source[start:end]))
        if self._json_ld is not None:
            self._json_ld.append(self._source[start:end])
        if self._hiding is not None or start in self._left_out.places:
            return
        written = self._source[start:end]
        self._after_break = self._after_break and (not written.strip() or html.unescape(written).isspace())
        if written[0] == "&" and written[-1] != ";" and len(shown := html.unescape(written)) == 1:
            self._pieces.add_character(shown, start, end)
        else:
            self._pieces.add(start, end)  # the view reads entities

    def _showing(self, pieces: Sequence[Piece]) -> Show:
        return showing(pieces, lambda view, start, end: show_with_marks(view, self._source, start, end))

    # -- metadata ------------------------------------------------------------------------------------------------

    def _note(self, element: Element) -> None:
        tag, values = element.tag, element.values
        if tag == "title" and not self._open["svg"]:
            self._in_title = True
        elif tag == "meta":
            name, content = values.get("name") or values.get("property") or values.get("itemprop"), values.get("content")
            if name and content:
                self.metadata.setdefault(name.lower(), content)
        elif tag == "script" and (values.get("type") or "").lower() == "application/ld+json":
            self._json_ld = []
        elif tag == "time" and values.get("datetime") and self._hiding is None:
            self.metadata.setdefault("datepublished" if "pubdate" in values else "time", values["datetime"])
        elif tag == "html" and values.get("lang"):
            self.metadata.setdefault("lang", values["lang"])

    def _read_json_ld(self) -> None:
        """The day of publication, wherever in the JSON-LD it stands."""
        found = _JSON_LD_DATE.search("".join(self._json_ld or ()))
        self._json_ld = None
        if found:
            self.metadata.setdefault("datepublished", json.loads(found[1], strict=False))

    def _finish_metadata(self) -> None:
        if self._head:
            self.metadata["title"] = " ".join("".join(self._head).split())
        published = next((self.metadata[name] for name in _PUBLISHED if name in self.metadata), self.metadata.get("time"))
        if published:
            self.metadata["published"] = published
        if self._left_out.tally:
            self.metadata["left_out"] = self._left_out.tally


def _interrupting(show: Show) -> Show:
    """Shows blocks of their own in the midst of a cell."""

    def interrupt(view: View) -> None:
        with view.interrupted():
            show(view)

    return interrupt


def _lines_of(source: str, start: int, end: int) -> list[Piece]:
    lines: list[Piece] = []
    for line in source[start:end].split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def read_html(view: View, source: str, whole: bool = False) -> tuple[str | None, dict[str, Any]]:
    """Shows HTML, of a page its main content or all of it (`whole`).

    Gives its title (the first `<h1>`, else `<title>`) and what its head says, with `left_out` for what is not shown.
    """
    reader = _Reader(view, source, read_events(source), whole)
    reader.read()
    return reader.title or reader.metadata.get("title"), reader.metadata
