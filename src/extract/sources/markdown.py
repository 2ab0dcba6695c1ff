"""Markdown notes, by pyromark's byte ranges: front matter, `[[target | shown]]`, tables, time stamps of a recording.

Fenced code is no text. Pandoc's ruled tables are read before the rest: to CommonMark they are paragraphs and rules.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyromark
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from extract.sources.lines import Line, Sections, split_lines
from extract.sources.marks import is_raised_mark, is_stamps, note_stamps, show_with_marks
from extract.sources.pieces import Piece, Pieces, Show, showing
from extract.sources.ruled import Ruled, Stretches, ruled_tables, show_ruled
from extract.sources.tables import RawCell, show_table
from extract.sources.view import View, shown_text
from extract.sources.wikilinks import begins_with_category

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
_TAG = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)|</?[A-Za-z][^>]*>", re.DOTALL | re.IGNORECASE)
_WITHIN_LINE = re.compile(r"</?(?:a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE)
_RAISED = re.compile(r"<sup\b", re.IGNORECASE)
_BREAKING = re.compile(r"</?(?:br|p|div|li|td|tr|h[1-6])\b", re.IGNORECASE)

# Of Obsidian: a comment, a name of a paragraph to link to; and marks around what is highlighted.
_UNSEEN = re.compile(r"%%.*?%%|(?<=\s)\^[\w-]+(?=\s*$)|==(?P<shown>\S(?:[^=\n]*[^=\s])?)==", re.DOTALL | re.MULTILINE)
# The file of a picture, which conversion of wikitext left; behind a bar its caption (`File:Ann Hart.jpg|Ann Hart in 2016`).
_IMAGE = r"\.(?:jpe?g|png|svg|gif|webp|tiff?)(?![\w/?.])"
_PICTURE = re.compile(
    rf"(?:\b(?:File|Image):[^|\n\[\]]{{1,200}}?{_IMAGE}|(?<![^\s|])[^\s|/]{{1,200}}?{_IMAGE})[ \t]*(?P<caption>\|)?",
    re.IGNORECASE,
)
_CALLOUT = re.compile(r"\[![\w-]+\][+-]?[ \t]*")
_WORD = "x "
_OBJECT = re.compile(r'^\{[ \t]*\n\s*"[^"\n]*"\s*:', re.MULTILINE)
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_KEY_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:\s+(?P<value>\S.*?)\s*$", re.MULTILINE)


class _Reader:
    def __init__(self, view: View, source: str) -> None:
        self._view, self._source = view, source
        self._place = _places(source)
        self._sections = Sections()
        self._pieces = Pieces()
        self._depth = 0
        self._hidden = 0
        self._fenced = False
        self._quoted = 0
        self._rows: list[list[RawCell]] | None = None
        self._tables = 0
        self._link_at = 0
        self._raised: tuple[int, str] | None = None
        self._ruled = deque(ruled_tables(list(_without_fenced(split_lines(source)))))
        self._unread = sorted([*_objects(source), *((table.start, table.end) for table in self._ruled)])
        self.warnings: tuple[str, ...] = ()
        self.metadata: dict[str, Any] = {}
        self.title: str | None = None

    def read(self) -> None:
        for event, where in pyromark.events_with_range(_without(self._source, self._unread), options=_OPTIONS):
            start, end = self._place(where["start"]), self._place(where["end"])
            while self._ruled and self._ruled[0].start <= start:
                self._show_ruled(self._ruled.popleft())
            self._handle(event, start, end)
        self._flush("paragraph")
        for table in self._ruled:
            self._show_ruled(table)

    def _handle(self, event: Any, start: int, end: int) -> None:
        (name, value), *_ = event.items() if isinstance(event, dict) else [(event, None)]
        handler: Callable[[Any, int, int], None] = getattr(self, f"_on_{name.lower()}", self._on_other)
        handler(value, start, end)

    def _on_other(self, value: Any, start: int, end: int) -> None:
        """Rules, footnote references and the like show nothing."""

    # -- what begins and ends ------------------------------------------------------------------------------------

    def _on_start(self, value: Any, start: int, end: int) -> None:
        kind = _kind(value)
        if kind in ("MetadataBlock", "Image"):
            self._hidden += 1
        elif kind == "CodeBlock":
            self._hidden += _is_fenced(value)
            self._fenced = _is_fenced(value)
        elif kind == "Table":
            self._rows = []
        elif kind in ("TableHead", "TableRow") and self._rows is not None:
            self._rows.append([])
        elif kind in ("List", "Item"):
            self._flush("list_item" if self._depth else "paragraph")
            self._depth += kind == "List"
        elif kind == "BlockQuote":
            self._quoted += 1
        elif kind == "Link":
            self._link_at = len(self._pieces.items)
            self._pieces.put(_nothing)  # so that what stands before is not joined to it

    def _on_end(self, value: Any, start: int, end: int) -> None:
        kind = _kind(value)
        if kind == "MetadataBlock":
            self._hidden -= 1
            self._read_front_matter(self._source[start:end], _style(value))
        elif kind == "Image":
            self._hidden -= 1
        elif kind == "CodeBlock":
            self._hidden -= self._fenced
            self._flush("list_item" if self._depth else "paragraph")
        elif kind == "Heading":
            self._end_heading(int(value["Heading"][1:]))
        elif kind in ("Paragraph", "HtmlBlock"):
            if begins_with_category(self._source[start:end]):
                self._pieces.take()
            self._flush("list_item" if self._depth else "quotation" if self._quoted else "paragraph")
        elif kind in ("Item", "DefinitionListTitle", "DefinitionListDefinition"):
            self._flush("list_item")
        elif kind == "Link":
            self._end_link(end)
        elif kind == "List":
            self._depth -= 1
        elif kind == "BlockQuote":
            self._quoted -= 1
        elif kind == "TableCell" and self._rows:
            self._rows[-1].append(RawCell(self._showing(self._pieces.take()), is_header=len(self._rows) == 1))
        elif kind == "Table" and self._rows is not None:
            show_table(self._view, self._source, self._rows, self._tables, self._sections.path, None)
            self._rows, self._tables = None, self._tables + 1

    # -- ruled tables --------------------------------------------------------------------------------------------

    def _show_ruled(self, table: Ruled) -> None:
        self._flush("list_item" if self._depth else "paragraph")
        section = self._sections.path
        show_ruled(self._view, self._source, table, self._tables, section, lambda cell: self._showing(self._pieces_of(cell)))
        self._tables += 1

    def _pieces_of(self, cell: Stretches) -> list[Piece]:
        """What a cell shows: its lines are read one by one, behind a word, so that nothing in them begins a list or a heading."""
        for start, end in cell:
            place = _places(self._source[start:end])
            for event, where in pyromark.events_with_range(_WORD + self._source[start:end], options=_OPTIONS):
                if isinstance(event, dict) and not event.keys() & {"Start", "End"} and where["end"] > len(_WORD):
                    self._handle(event, *(start + place(max(where[edge] - len(_WORD), 0)) for edge in ("start", "end")))
            self._pieces.add_space()
        return self._pieces.take()

    def _end_heading(self, level: int) -> None:
        pieces = self._pieces.take()
        text = shown_text(self._source, self._showing(pieces))
        kind = "title" if level == 1 and self.title is None else "heading"
        self._view.open(kind, self._sections.enter(level, text), level)  # type: ignore[arg-type]
        self._showing(pieces)(self._view)
        self._view.close()
        if kind == "title":
            self.title = text

    def _end_link(self, end: int) -> None:
        """A link whose text is a time stamp leads into a recording."""
        inside = [piece for piece in self._pieces.items[self._link_at :] if isinstance(piece, tuple)]
        text = self._source[slice(*inside[0])] if len(inside) == 1 else ""
        if is_stamps(text):
            self._pieces.items[self._link_at :] = [lambda view: note_stamps(view, text, self._source[end : end + 1])]

    # -- what is shown -------------------------------------------------------------------------------------------

    def _on_text(self, text: str, start: int, end: int) -> None:
        if not self._hidden:
            self._pieces.add(start, end)

    def _on_code(self, text: str, start: int, end: int) -> None:
        inner = self._source.find(text, start, end) if text else -1
        if inner >= 0 and not self._hidden:
            self._pieces.add(inner, inner + len(text))

    def _on_softbreak(self, value: Any, start: int, end: int) -> None:
        self._pieces.add(start, end)

    def _on_hardbreak(self, value: Any, start: int, end: int) -> None:
        self._pieces.add_space()

    def _on_inlinehtml(self, text: str, start: int, end: int) -> None:
        if _BREAKING.match(text):
            self._pieces.add_space()
        elif _RAISED.match(text):
            self._raised = (len(self._pieces.items), self._source[max(0, start - 8) : start])
            self._pieces.put(_nothing)  # so that what stands before is not joined to it
        elif self._raised and text.lower() == "</sup>":
            at, before = self._raised
            inside = "".join(self._source[slice(*piece)] for piece in self._pieces.items[at:] if isinstance(piece, tuple))
            if is_raised_mark(inside, before):
                del self._pieces.items[at:]
            self._raised = None

    def _on_html(self, text: str, start: int, end: int) -> None:
        position = start
        for tag in _TAG.finditer(self._source, start, end):
            self._pieces.add(position, tag.start())
            if not _WITHIN_LINE.match(tag.group()):
                self._pieces.add_space()
            position = tag.end()
        self._pieces.add(position, end)

    def _flush(self, kind: str) -> None:
        pieces = self._pieces.take()
        if kind == "quotation":
            pieces = self._without_callout(pieces)
        if pieces:
            level = max(self._depth, 1) if kind == "list_item" else None
            self._view.open(kind, self._sections.path, level)  # type: ignore[arg-type]
            self._showing(pieces)(self._view)
            self._view.close()

    def _without_callout(self, pieces: list[Piece]) -> list[Piece]:
        """Without `[!note]`; the title behind it, if there is one, becomes a block of its own."""
        first = pieces[0] if pieces else None
        if not isinstance(first, tuple) or not (match := _CALLOUT.match(self._source, *first)):
            return pieces
        start, end = match.end(), first[1]
        line_end = self._source.find("\n", start, end)
        if line_end < 0:
            return [(start, end), *pieces[1:]]
        self._view.open("quotation", self._sections.path)
        self._showing([(start, line_end)])(self._view)
        self._view.close()
        return [(line_end, end), *pieces[1:]]

    def _showing(self, pieces: Sequence[Piece]) -> Show:
        return showing(pieces, self._show_stretch)

    def _show_stretch(self, view: View, start: int, end: int) -> None:
        for first, last in self._seen(start, end):
            for picture in _PICTURE.finditer(self._source, first, last):
                show_with_marks(view, self._source, first, picture.start(), notes=True)
                if picture["caption"]:
                    view.reopen()
                first = picture.end()
            show_with_marks(view, self._source, first, last, notes=True)

    def _seen(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is left of a stretch without what only the writer sees."""
        position = start
        for match in _UNSEEN.finditer(self._source, start, end):
            yield position, match.start()
            if match["shown"] is not None:
                yield match.span("shown")
            position = match.end()
        yield position, end

    def _read_front_matter(self, block: str, style: str) -> None:
        body = block.strip().strip("-+.")
        try:
            found = tomllib.loads(body) if style == "PlusesStyle" else _yaml().load(body)
        except (YAMLError, ValueError, RecursionError) as error:
            found = {match["key"]: match["value"] for match in _KEY_LINE.finditer(body)}
            language = "TOML" if style == "PlusesStyle" else "YAML"
            self.warnings = (f"the front matter is no {language} and was read line by line ({str(error).splitlines()[0]})",)
        if isinstance(found, dict):
            self.metadata = {str(key): value for key, value in found.items()}


class _Unmerged(SafeConstructor):
    """Does not follow merge keys (`<<`): a few lines of them can mean a billion values."""

    def flatten_mapping(self, node: object) -> None:
        pass


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _Unmerged
    return yaml


def _without_fenced(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines; those of fenced code without what is written on them."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line.text)
        if fence and found and found["fence"].startswith(fence) and not found["info"].strip():
            fence = ""
        elif fence:
            line = Line(line.start, line.end, "")
        elif found:
            fence = found["fence"]
        yield line


def _objects(source: str) -> Iterator[tuple[int, int]]:
    """Where an object of JSON stands over several lines, such as the code of a chart that conversion left."""
    decoder, position = json.JSONDecoder(), 0
    for found in _OBJECT.finditer(source):
        if found.start() < position:
            continue
        try:
            _, position = decoder.raw_decode(source, found.start())
        except (ValueError, RecursionError):
            continue
        yield found.start(), position


def _without(source: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The source with a blank line in the place of stretches, of as many bytes; those that overlap count as the first."""
    parts, position = [], 0
    for start, end in stretches:
        if start >= position:
            size = len(source[start:end].encode("utf-8", "surrogatepass"))
            parts += [source[position:start], " " * (size - 1) + "\n"]
            position = end
    return "".join((*parts, source[position:]))


def _kind(value: Any) -> str:
    return next(iter(value)) if isinstance(value, dict) else str(value)


def _is_fenced(value: Any) -> bool:
    """Whether a block of code stands between fences: it is no text; lines that are indented often are."""
    return _kind(value["CodeBlock"]) == "Fenced"


def _style(value: Any) -> str:
    return str(value.get("MetadataBlock")) if isinstance(value, dict) else ""


def _nothing(view: View) -> None:
    """Shows nothing."""


def _places(source: str) -> Callable[[int], int]:
    """The way from UTF-8 byte offsets to code points."""
    if source.isascii():
        return lambda offset: offset
    units = np.frombuffer(source.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    begins = (units & 0b11000000) != 0b10000000  # a byte that begins a code point
    places = [*(begins.cumsum() - 1).tolist(), len(source)]
    return places.__getitem__


def read_markdown(view: View, source: str) -> tuple[str | None, dict[str, Any], tuple[str, ...]]:
    """Shows Markdown; gives its title (front matter, else the first heading of level 1), its front matter, and warnings."""
    reader = _Reader(view, source)
    reader.read()
    title = reader.metadata.get("title")
    return (str(title) if title else reader.title), reader.metadata, reader.warnings
