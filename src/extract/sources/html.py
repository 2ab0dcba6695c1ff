"""HTML as found in the wild, by the standard library's parser, which tells where each piece stands and never gives up.

Shown: headings, paragraphs, lists, tables, captions of the body. Not shown: head (kept as metadata), navigation, page
footers, scripts, styles, hidden elements, reference superscripts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

from extract.sources.document import BlockKind
from extract.sources.lines import Sections
from extract.sources.marks import show_with_marks
from extract.sources.tables import RawCell, show_table
from extract.sources.view import View

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "nav",
        "footer",
        "template",
        "noscript",
        "svg",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
        "head",
        "title",
        "math",
    ]
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:reference|mw-editsection|navbox|noprint|breadcrumbs?|sr-only|visually-hidden|mw-jump-link|catlinks|printfooter|"
    r"footnote-ref|cookie\w*|share|social|toc|mw-references-wrap|reflist|navigation|menu)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_ROLES = ("navigation", "contentinfo", "search", "menu", "banner")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
) | set(_HEADINGS)
# An opening tag that ends an element which its writer left open.
_ENDS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "thead": ("tr", "td", "th", "caption"),
    "tbody": ("thead", "tbody", "tr", "td", "th", "caption"),
    "tfoot": ("thead", "tbody", "tr", "td", "th"),
}
_P_ENDERS = _BLOCKS - {"tr", "td", "th", "thead", "tbody", "tfoot", "caption", "body"}
_PUBLISHED = (
    "article:published_time",
    "date",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "datepublished",
    "dc.date.issued",
)

# A stretch of the source, or a character in place of it; None: a break between words.
Piece = tuple[int, int, str | None] | None


@dataclass(slots=True)
class _Table:
    rows: list[list[RawCell]] = field(default_factory=list)
    caption: list[Piece] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, view: View, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._view, self._source = view, source
        self._line_starts = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
        self._sections = Sections()
        self._stack: list[tuple[str, bool]] = []
        self._hidden = 0
        self._pieces: list[Piece] = []
        self._table: _Table | None = None
        self._table_depth, self._tables = 0, 0
        self._cell: dict[str, str | None] = {}
        self._head: list[str] = []
        self._in_title = False
        self.metadata: dict[str, Any] = {}
        self.title: str | None = None

    @property
    def _position(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    # -- tags ----------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._note(tag, values)
        if tag in _VOID:
            self._void(tag)
            return
        self._close_implied(tag)
        hides = _hides(tag, values)
        self._stack.append((tag, hides))
        self._hidden += hides
        if not self._hidden and tag in _BLOCKS:
            self._begin(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def _void(self, tag: str) -> None:
        if tag == "br" and not self._hidden:
            self._pieces.append(None)
        elif tag == "hr" and not self._hidden:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            self._pieces.append(None)
        if not any(tag == open_tag for open_tag, _ in self._stack):
            return
        while self._stack:
            if self._pop() == tag:
                break

    def _close_implied(self, tag: str) -> None:
        ends = _ENDS.get(tag, ())
        if tag in _P_ENDERS:
            self._close_back_to(("p",), _BLOCKS)
        if ends:
            stop = (
                frozenset(("table",))
                if tag in ("tr", "td", "th", "tbody", "tfoot", "thead")
                else frozenset(("ul", "ol", "dl", "table", "td"))
            )
            while self._close_back_to(ends, stop):
                pass

    def _close_back_to(self, tags: Sequence[str], stop: frozenset[str] | set[str]) -> bool:
        """Closes the innermost open element of `tags`, unless one of `stop` stands between; True if it did."""
        for depth in range(len(self._stack) - 1, max(-1, len(self._stack) - 200), -1):
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
        if not self._hidden and tag in _BLOCKS:
            self._end(tag)
        self._stack.pop()
        self._hidden -= hides
        if tag == "title":
            self._in_title = False
        return tag

    # -- blocks --------------------------------------------------------------------------------------------------

    def _begin(self, tag: str, values: dict[str, str | None]) -> None:
        if tag == "table":
            self._table_depth += 1
            if self._table_depth == 1:
                self._flush()
                self._table = _Table()
        if self._table is None:
            self._flush()
        elif self._table_depth > 1 or tag not in ("tr", "td", "th", "caption"):
            self._pieces.append(None)
        else:
            self._begin_in_table(tag, values)

    def _begin_in_table(self, tag: str, values: dict[str, str | None]) -> None:
        assert self._table is not None
        self._pieces = []
        if tag == "tr" or not self._table.rows:
            self._table.rows.append([])
        if tag in ("td", "th"):
            self._cell = values

    def _end(self, tag: str) -> None:
        if self._table is None:
            self._flush()
            return
        if tag == "table":
            self._table_depth -= 1
        if self._table_depth > 1 or (tag not in ("td", "th", "caption") and self._table_depth):
            self._pieces.append(None)
        elif tag in ("td", "th"):
            spans = (_number(self._cell.get("colspan")), _number(self._cell.get("rowspan")))
            self._table.rows[-1].append(RawCell(self._shower(self._take()), tag == "th", *spans))
        elif tag == "caption":
            self._table.caption = self._take()
        elif tag == "table" and not self._table_depth:
            self._show_table()

    def _show_table(self) -> None:
        assert self._table is not None
        table, self._table = self._table, None
        self._pieces = []
        caption = None
        if table.caption:
            self._view.open("caption", self._sections.path)
            self._shower(table.caption)(self._view)
            block = self._view.close()
            caption = self._view.text_of(block) if block else None
        rows = [row for row in table.rows if row]
        show_table(self._view, self._source, rows, self._tables, self._sections.path, caption)
        self._tables += 1

    def _flush(self) -> None:
        pieces = self._take()
        if all(piece is None or (piece[2] is None and not self._source[piece[0] : piece[1]].strip()) for piece in pieces):
            return
        kind, level = self._kind()
        section = self._sections.path
        if kind in ("heading", "title"):
            text = self._text_of(pieces)
            section = self._sections.enter(level or 1, text)
            self.title = text if kind == "title" else self.title
        self._view.open(kind, section, level)
        self._shower(pieces)(self._view)
        self._view.close()

    def _kind(self) -> tuple[BlockKind, int | None]:
        """What the innermost block element makes of the text in it."""
        for tag, _ in reversed(self._stack):
            if tag in _HEADINGS:
                is_title = tag == "h1" and self.title is None
                return ("title" if is_title else "heading"), _HEADINGS[tag]
            if tag in ("li", "dd", "dt"):
                return "list_item", max(1, sum(name in ("ul", "ol", "dl") for name, _ in self._stack))
            if tag in ("figcaption", "caption"):
                return "caption", None
            if tag == "blockquote":
                return "quotation", None
        return "paragraph", None

    # -- text ----------------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._head.append(data)
        if not self._hidden:
            self._add(self._position, self._position + len(data))

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
        if len(shown) == 1:
            self._pieces.append((start, end, shown))
        else:
            self._add(start, end)  # no entity after all, or one of two characters: the source as it is

    def _add(self, start: int, end: int) -> None:
        last = self._pieces[-1] if self._pieces else None
        if last and last[2] is None and last[1] == start:
            self._pieces[-1] = (last[0], end, None)
        elif end > start:
            self._pieces.append((start, end, None))

    def _take(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _shower(self, pieces: Sequence[Piece]) -> Callable[[View], None]:
        def show(view: View) -> None:
            for piece in pieces:
                if piece is None:
                    view.space()
                elif piece[2] is not None:
                    view.show_character(piece[2], piece[0], piece[1])
                else:
                    show_with_marks(view, self._source, piece[0], piece[1])

        return show

    def _text_of(self, pieces: Sequence[Piece]) -> str:
        scratch = View(self._source)
        scratch.open("paragraph")
        self._shower(pieces)(scratch)
        return scratch.finish()[0]

    # -- metadata ------------------------------------------------------------------------------------------------

    def _note(self, tag: str, values: dict[str, str | None]) -> None:
        if tag == "title" and not any(name == "svg" for name, _ in self._stack):
            self._in_title = True
        elif tag == "meta":
            name, content = values.get("name") or values.get("property") or values.get("itemprop"), values.get("content")
            if name and content:
                self.metadata.setdefault(name.lower(), content)
        elif tag == "time" and values.get("datetime") and not self._hidden:
            self.metadata.setdefault("time", values["datetime"])
        elif tag == "html" and values.get("lang"):
            self.metadata.setdefault("lang", values["lang"])

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


def _hides(tag: str, values: dict[str, str | None]) -> bool:
    return (
        tag in _HIDDEN
        or "hidden" in values
        or values.get("aria-hidden") == "true"
        or values.get("role") in _HIDDEN_ROLES
        or bool(_HIDDEN_CLASS.search(values.get("class") or ""))
        or bool(_HIDDEN_STYLE.search(values.get("style") or ""))
        or (tag == "sup" and bool(re.match(r"(?:cite_ref|fnref|ftnref|note)", values.get("id") or "")))
    )


def _number(value: str | None) -> int:
    return int(value) if value and value.strip().isascii() and value.strip().isdigit() else 1


def read_html(view: View, source: str) -> tuple[str | None, dict[str, Any]]:
    """Shows HTML; gives its title (the first `<h1>`, else `<title>`) and what its head says."""
    reader = _Reader(view, source)
    reader.feed(source)
    reader.finish()
    return reader.title or reader.metadata.get("title"), reader.metadata
