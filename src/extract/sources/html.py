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
from html.parser import HTMLParser
from itertools import groupby, islice
from typing import Any

from extract.sources.document import BlockKind
from extract.sources.html_parts import (
    BLOCKS,
    ENDS,
    HEAD,
    HEADINGS,
    P_ENDERS,
    TABLE_PARTS,
    VOID,
    Attributes,
    is_hidden,
    layout_tables,
    line_starts,
)
from extract.sources.lines import Sections
from extract.sources.marks import show_with_marks
from extract.sources.pieces import Piece, Pieces, Show, showing
from extract.sources.plain import show_lines
from extract.sources.tables import RawCell, show_table
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

_NEAR = 200
"""So many open elements around a place say what it is; a page that nests deeper is broken."""

_LINE_END = View.space
"""A `<br>`: white space that the source does not have."""

_SHORT_LINE = 60
"""A line of so few characters is not broken because it is full."""

# What an arrow that is a picture says in words.
_ARROWS = {"increase": "+", "gain": "+", "rise": "+", "up": "+", "decrease": "-", "loss": "-", "fall": "-", "down": "-"}


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


class _Reader(HTMLParser):
    def __init__(self, view: View, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._view, self._source = view, source
        self._line_starts = line_starts(source)
        self._layout = layout_tables(source)
        self._sections = Sections()
        self._stack: list[tuple[str, bool]] = []
        self._open: Counter[str] = Counter()
        self._hidden = 0
        self._pieces = Pieces()
        self._after_break = False
        self._open_tables: list[_Table] = []
        self._tables = 0
        self._head: list[str] = []
        self._in_title = False
        self._json_ld: list[str] | None = None
        self.metadata: dict[str, Any] = {}
        self.title: str | None = None

    @property
    def _position(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    @property
    def _table(self) -> _Table | None:
        return self._open_tables[-1] if self._open_tables else None

    # -- tags ----------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._note(tag, values)
        if tag in VOID:
            self._void(tag, values)
            return
        self._close_implied(tag)
        hides = is_hidden(tag, values, self._source, self._position, self._open)
        if not self._hidden and tag in BLOCKS:
            self._break() if hides else self._begin(tag, values)
        self._stack.append((tag, hides))
        self._open[tag] += 1
        self._hidden += hides

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _void(self, tag: str, values: Attributes | None = None) -> None:
        if self._hidden:
            return
        if tag == "hr" or (tag == "br" and self._after_break):  # two line breaks: a new paragraph, as old pages have it
            self._break()
        elif tag == "br":
            self._pieces.put(_LINE_END)
            self._after_break = True
        elif tag == "img" and values and (sign := _ARROWS.get((values.get("alt") or "").strip().lower())):
            self._pieces.put(lambda view: view.mark("sign", sign))

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            self._void(tag)
        elif self._is_open(tag):
            while self._pop() != tag:
                pass
        elif tag == "p" and not self._hidden:
            self._break()

    def _is_open(self, tag: str) -> bool:
        """Whether there is an element for an end tag to close; one inside a table cell closes nothing outside of it."""
        if not self._open[tag]:
            return False
        walls = ("table",) if tag in TABLE_PARTS else ("td", "th", "caption", "table")
        for name, _ in reversed(self._stack):
            if name == tag:
                return True
            if name in walls and tag not in ("table", "body", "html"):
                return False
        return False

    def _close_implied(self, tag: str) -> None:
        if tag not in HEAD and self._open["head"]:
            self._close_back_to(frozenset({"head"}), frozenset())
        if tag in P_ENDERS:
            self._close_back_to(frozenset({"p"}), BLOCKS)
        if tag in ENDS:
            while self._close_back_to(*ENDS[tag]):
                pass

    def _close_back_to(self, tags: frozenset[str], stop: frozenset[str]) -> bool:
        """Closes the innermost open element of `tags`, unless one of `stop` stands between; True if it did."""
        for depth in range(len(self._stack) - 1, max(-1, len(self._stack) - _NEAR), -1):
            name = self._stack[depth][0]
            if name in tags:
                while len(self._stack) > depth:
                    self._pop()
                return True
            if name in stop:
                return False
        return False

    def _pop(self) -> str:
        tag, hides = self._stack[-1]
        if not self._hidden and tag in BLOCKS:
            self._end(tag)
        self._stack.pop()
        self._open[tag] -= 1
        self._hidden -= hides
        if tag == "title":
            self._in_title = False
        elif tag == "script" and self._json_ld is not None:
            self._read_json_ld()
        return tag

    # -- blocks --------------------------------------------------------------------------------------------------

    def _break(self) -> None:
        """Ends a paragraph; inside a table, where a cell is one block, a word."""
        self._after_break = False
        if self._table is None:
            self._flush()
        else:
            self._pieces.add_space()

    def _begin(self, tag: str, values: Attributes) -> None:
        table = self._table
        if tag == "table" and (table or self._position not in self._layout):
            self._break()
            self._open_tables.append(_Table(self._tables, self._pieces.take()))
            self._tables += 1
        elif table is None or tag not in ("tr", "td", "th", "caption"):
            self._break()
        else:
            self._pieces.take()
            if tag == "tr" or not table.rows:
                table.rows.append([])
            table.cell = values if tag in ("td", "th") else table.cell

    def _end(self, tag: str) -> None:
        table = self._table
        if table is None or tag not in ("table", "td", "th", "caption"):
            self._break()
        elif tag == "caption":
            table.caption = self._pieces.take()
        elif tag == "table":
            self._end_table(self._open_tables.pop())
        else:
            spans = (_number(table.cell.get("colspan")), _number(table.cell.get("rowspan")))
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

    def _flush(self) -> None:
        pieces = self._pieces.take()
        if self._open["pre"]:
            self._flush_lines(pieces)
        elif _LINE_END in pieces and self._kind()[0] in ("paragraph", "quotation"):
            for paragraph in self._paragraphs(pieces):
                self._show_block(paragraph)
        else:
            self._show_block(pieces)

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

    def _flush_lines(self, pieces: list[Piece]) -> None:
        """What is formatted beforehand: plain text, or with markup inside, a block a line."""
        if len(pieces) == 1 and isinstance(pieces[0], tuple):
            self._tables = show_lines(self._view, self._source, *pieces[0], self._sections, self._tables)
            return
        line: list[Piece] = []
        for piece in pieces:
            parts = _lines_of(self._source, *piece) if isinstance(piece, tuple) else [piece]
            for number, part in enumerate(parts):
                if number:
                    self._show_block(line)
                    line = []
                line.append(part)
        self._show_block(line)

    def _show_block(self, pieces: list[Piece]) -> None:
        show = self._showing(pieces)
        if not pieces or not shown_text(self._source, show):
            return
        kind, level = self._kind()
        section = self._sections.path
        if kind in ("heading", "title"):
            text = shown_text(self._source, show)
            section = self._sections.enter(level or 1, text)
            self.title = text if kind == "title" else self.title
        self._view.open(kind, section, level)
        show(self._view)
        self._view.close()

    def _kind(self) -> tuple[BlockKind, int | None]:
        """What the innermost block element makes of the text in it."""
        for tag, _ in islice(reversed(self._stack), _NEAR):
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

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._head.append(data)
        if self._json_ld is not None:
            self._json_ld.append(data)
        if not self._hidden:
            self._pieces.add(self._position, self._position + len(data))
            self._after_break = self._after_break and not data.strip()

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def _entity(self, written: str) -> None:
        start = self._position
        end = start + len(written)
        end += self._source[end : end + 1] == ";"
        shown = html.unescape(self._source[start:end])
        if self._in_title:
            self._head.append(shown)
        if self._hidden:
            return
        self._after_break = self._after_break and not shown.strip()
        if self._source[end - 1] == ";" or len(shown) > 1:
            self._pieces.add(start, end)  # the view reads it
        else:
            self._pieces.add_character(shown, start, end)

    def _showing(self, pieces: Sequence[Piece]) -> Show:
        return showing(pieces, lambda view, start, end: show_with_marks(view, self._source, start, end))

    # -- metadata ------------------------------------------------------------------------------------------------

    def _note(self, tag: str, values: Attributes) -> None:
        if tag == "title" and not any(name == "svg" for name, _ in self._stack):
            self._in_title = True
        elif tag == "meta":
            name, content = values.get("name") or values.get("property") or values.get("itemprop"), values.get("content")
            if name and content:
                self.metadata.setdefault(name.lower(), content)
        elif tag == "script" and (values.get("type") or "").lower() == "application/ld+json":
            self._json_ld = []
        elif tag == "time" and values.get("datetime") and not self._hidden:
            self.metadata.setdefault("datepublished" if "pubdate" in values else "time", values["datetime"])
        elif tag == "html" and values.get("lang"):
            self.metadata.setdefault("lang", values["lang"])

    def _read_json_ld(self) -> None:
        """The day of publication, wherever in the JSON-LD it stands."""
        found = _JSON_LD_DATE.search("".join(self._json_ld or ()))
        self._json_ld = None
        if found:
            self.metadata.setdefault("datepublished", json.loads(found[1], strict=False))

    def finish(self) -> None:
        """Closes what its writer left open."""
        self.close()
        while self._stack:
            self._pop()
        self._flush()
        if self._head:
            self.metadata["title"] = " ".join("".join(self._head).split())
        published = next((self.metadata[name] for name in _PUBLISHED if name in self.metadata), self.metadata.get("time"))
        if published:
            self.metadata["published"] = published


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


def _number(value: str | None) -> int:
    return int(value) if value and value.strip().isascii() and value.strip().isdigit() else 1


def read_html(view: View, source: str) -> tuple[str | None, dict[str, Any]]:
    """Shows HTML; gives its title (the first `<h1>`, else `<title>`) and what its head says."""
    reader = _Reader(view, source)
    reader.feed(source)
    reader.finish()
    return reader.title or reader.metadata.get("title"), reader.metadata
