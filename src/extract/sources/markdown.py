"""Markdown notes, by pyromark's byte ranges: front matter, `[[target | shown]]`, tables, time stamps of a recording."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pyromark
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from extract.sources.lines import Sections
from extract.sources.marks import show_with_marks
from extract.sources.tables import RawCell, show_table
from extract.sources.view import View

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
)
_TAG = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)|</?[A-Za-z][^>]*>", re.DOTALL | re.IGNORECASE)
_BREAKING = re.compile(r"</?(?:br|p|div|li|td|tr|h[1-6])\b", re.IGNORECASE)

# A stretch of the source to show, or a character in place of it; None: a break between words.
Piece = tuple[int, int, str | None] | None


class _Reader:
    def __init__(self, view: View, source: str) -> None:
        self._view, self._source = view, source
        self._place = _places(source)
        self._sections = Sections()
        self._pieces: list[Piece] = []
        self._depth = 0
        self._hidden = 0
        self._quoted = 0
        self._rows: list[list[RawCell]] | None = None
        self._tables = 0
        self.metadata: dict[str, Any] = {}
        self.title: str | None = None

    def read(self) -> None:
        for event, where in pyromark.events_with_range(self._source, options=_OPTIONS):
            start, end = self._place(where["start"]), self._place(where["end"])
            (name, value), *_ = event.items() if isinstance(event, dict) else [(event, None)]
            handler: Callable[[Any, int, int], None] = getattr(self, f"_on_{name.lower()}", self._on_other)
            handler(value, start, end)
        self._flush("paragraph")

    def _on_other(self, value: Any, start: int, end: int) -> None:
        """Rules, footnote references and the like show nothing."""

    # -- what begins and ends ------------------------------------------------------------------------------------

    def _on_start(self, value: Any, start: int, end: int) -> None:
        kind = _kind(value)
        if kind in ("MetadataBlock", "Image"):
            self._hidden += 1
        elif kind == "Table":
            self._rows = []
        elif kind in ("TableHead", "TableRow") and self._rows is not None:
            self._rows.append([])
        elif kind in ("List", "Item"):
            self._flush("list_item" if self._depth else "paragraph")
            self._depth += kind == "List"
        elif kind == "BlockQuote":
            self._quoted += 1

    def _on_end(self, value: Any, start: int, end: int) -> None:
        kind = _kind(value)
        if kind == "MetadataBlock":
            self._hidden -= 1
            self._read_front_matter(start, end)
        elif kind == "Image":
            self._hidden -= 1
        elif kind == "Heading":
            self._end_heading(int(value["Heading"][1:]))
        elif kind in ("Paragraph", "CodeBlock", "HtmlBlock"):
            self._flush("list_item" if self._depth else "quotation" if self._quoted else "paragraph")
        elif kind == "Item":
            self._flush("list_item")
        elif kind == "List":
            self._depth -= 1
        elif kind == "BlockQuote":
            self._quoted -= 1
        elif kind == "TableCell" and self._rows:
            self._rows[-1].append(RawCell(self._shower(self._take()), is_header=len(self._rows) == 1))
        elif kind == "Table" and self._rows is not None:
            show_table(self._view, self._source, self._rows, self._tables, self._sections.path, None)
            self._rows, self._tables = None, self._tables + 1

    def _end_heading(self, level: int) -> None:
        pieces = self._take()
        text = _text_of(self._source, self._shower(pieces))
        kind = "title" if level == 1 and self.title is None else "heading"
        self._view.open(kind, self._sections.enter(level, text), level)  # type: ignore[arg-type]
        self._shower(pieces)(self._view)
        self._view.close()
        if kind == "title":
            self.title = text

    # -- what is shown -------------------------------------------------------------------------------------------

    def _on_text(self, text: str, start: int, end: int) -> None:
        if self._hidden:
            return
        if self._source[start:end] == text:
            self._add(start, end)
        elif len(text) == 1:
            self._pieces.append((start, end, text))
        else:
            self._add(start, end)  # several characters for one entity: the source as it is

    def _on_code(self, text: str, start: int, end: int) -> None:
        inner = self._source.find(text, start, end) if text else -1
        if inner >= 0 and not self._hidden:
            self._add(inner, inner + len(text))

    def _on_softbreak(self, value: Any, start: int, end: int) -> None:
        self._add(start, end)

    def _on_hardbreak(self, value: Any, start: int, end: int) -> None:
        self._pieces.append(None)

    def _on_inlinehtml(self, text: str, start: int, end: int) -> None:
        if _BREAKING.match(text):
            self._pieces.append(None)

    def _on_html(self, text: str, start: int, end: int) -> None:
        position = start
        for tag in _TAG.finditer(self._source, start, end):
            self._add(position, tag.start())
            self._pieces.append(None)
            position = tag.end()
        self._add(position, end)

    def _add(self, start: int, end: int) -> None:
        """Adds a stretch; one that goes on where the last ended is joined to it, so that a mark is seen whole."""
        last = self._pieces[-1] if self._pieces else None
        if last and last[2] is None and last[1] == start:
            self._pieces[-1] = (last[0], end, None)
        elif end > start:
            self._pieces.append((start, end, None))

    def _take(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _flush(self, kind: str) -> None:
        pieces = self._take()
        if pieces:
            level = max(self._depth, 1) if kind == "list_item" else None
            self._view.open(kind, self._sections.path, level)  # type: ignore[arg-type]
            self._shower(pieces)(self._view)
            self._view.close()

    def _shower(self, pieces: Sequence[Piece]) -> Callable[[View], None]:
        def show(view: View) -> None:
            for piece in pieces:
                if piece is None:
                    view.space()
                elif piece[2] is not None:
                    view.show_character(piece[2], piece[0], piece[1])
                else:
                    show_with_marks(view, self._source, piece[0], piece[1], stamps=True)

        return show

    def _read_front_matter(self, start: int, end: int) -> None:
        body = self._source[start:end].strip().strip("-")
        try:
            found = YAML(typ="safe", pure=True).load(body)
        except YAMLError:
            return
        if isinstance(found, dict):
            self.metadata = {str(key): value for key, value in found.items()}


def _kind(value: Any) -> str:
    return next(iter(value)) if isinstance(value, dict) else str(value)


def _text_of(source: str, show: Callable[[View], None]) -> str:
    scratch = View(source)
    scratch.open("paragraph")
    show(scratch)
    return scratch.finish()[0]


def _places(source: str) -> Callable[[int], int]:
    """The way from UTF-8 byte offsets to code points."""
    if source.isascii():
        return lambda offset: offset
    places = [index for index, character in enumerate(source) for _ in range(len(character.encode("utf-8", "surrogatepass")))]
    places.append(len(source))
    return places.__getitem__


def read_markdown(view: View, source: str) -> tuple[str | None, dict[str, Any]]:
    """Shows Markdown; gives its title (front matter, else the first heading of level 1) and its front matter."""
    reader = _Reader(view, source)
    reader.read()
    title = reader.metadata.get("title")
    return (str(title) if title else reader.title), reader.metadata
