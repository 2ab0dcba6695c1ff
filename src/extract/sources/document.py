"""A document as its reader sees it: the visible text, its blocks, and the way back to the file.

Two kinds of offsets, both in Unicode code points, end exclusive:

- *text* offsets count in `Document.text`, what a person sees: no markup, no reference marks, no link targets;
- *source* offsets count in `Document.source_text`, the file as decoded (without a byte order mark).

Everything after the readers works on text offsets; `Document.to_source` leads back when a record is written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from extract.sources.characters import plain_characters

BlockKind = Literal["title", "heading", "paragraph", "list_item", "cell", "field", "caption", "quotation"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands. Rows and columns count from 0, merged cells stand at their first place.

    `headers` are the texts of the column headers above it, outermost first; `row_header` is the text of the
    cell that names the row (None for that cell itself and where there is none). Where the table runs sideways, with a column for
    each party, the two change places: `headers` end with the name of the row, `row_header` is the party of the column.
    """

    table: int
    row: int
    column: int
    headers: tuple[str, ...] = ()
    row_header: str | None = None
    is_header: bool = False
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """The key of an infobox line or template parameter, and the number that ends it (`Seats1`: `Seats`, 1).

    `box` counts the infoboxes of a document from 0: keys of one box with one `group` speak of one thing.
    """

    key: str
    name: str
    group: int | None = None
    box: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no sentence crosses, `text[start:end]`, never empty or blank at its edges.

    `section` holds the headings above, outermost first (for a heading: those above it, without itself);
    `level` is that of a heading (1 to 6) or the depth of a list item (from 1), else None.
    """

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    level: int | None = None
    cell: Cell | None = None
    field: Field | None = None

    @property
    def in_table(self) -> bool:
        """Whether it is a cell of a table or a line of an infobox."""
        return self.cell is not None or self.field is not None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something the reader took out of the text at `position` (text offset) but that says where we are.

    `kind` is `timestamp` (of a recording, `value` as `00:07:22`; it closes what stands before it, or opens the block at whose
    start it stands), `page` (the number of the page that begins here), or `sign` (`+` or `-`, of an arrow before a figure).
    """

    kind: str
    position: int
    value: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The map from text offsets to source offsets, as runs in ascending order.

    Run i covers `text[text_starts[i]:text_starts[i + 1]]` and begins at `source_starts[i]`. In a run with
    `widths[i] == 0` the characters correspond one to one; in any other run there is one
    text character, made of `widths[i]` source characters (an HTML entity, `\\r\\n` read as one line break; of a ligature,
    each of its letters), or a character that the reader put in (a blank between blocks, of width -1: it has no source).
    """

    text_starts: tuple[int, ...]
    source_starts: tuple[int, ...]
    widths: tuple[int, ...]
    length: int

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source span that holds the characters `text[start:end]`, end exclusive.

        Raises ValueError if the span is empty, out of range, or begins or ends on a character without a source.
        """
        if not 0 <= start < end <= self.length:
            raise ValueError(f"no text span {start}:{end} in a text of {self.length} characters")
        return self._of_source(start)[0], self._of_source(end - 1)[1]

    def _of_source(self, position: int) -> tuple[int, int]:
        run = bisect_right(self.text_starts, position) - 1
        if self.widths[run] < 0:
            raise ValueError(f"text offset {position} has no place in the source")
        first = self.source_starts[run] + position - self.text_starts[run]
        return first, first + (self.widths[run] or 1)

    def is_of_source(self, position: int) -> bool:
        """Whether the character of the text stands in the source; else the reader has put it in."""
        return self.widths[bisect_right(self.text_starts, position) - 1] >= 0

    def to_text(self, start: int, end: int) -> tuple[int, int] | None:
        """The text from the first to the last visible character inside `source[start:end]`, None if none is visible.

        Where a source shows columns side by side, the text between may stand outside of that span.
        """
        return self.from_source()(start, end)

    def from_source(self) -> Callable[[int, int], tuple[int, int] | None]:
        """`to_text` made ready for many spans: each then takes a time that does not grow with the map."""
        runs = sorted((run for run in self._runs() if run.width >= 0), key=lambda run: (run.source, run.text))
        starts = [run.source for run in runs]
        ends = list(accumulate((run.source + (run.width or run.length) for run in runs), max))

        def to_text(start: int, end: int) -> tuple[int, int] | None:
            first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
            return (runs[first].shown(start, end)[0], runs[last].shown(start, end)[1]) if first <= last else None

        return to_text

    def _runs(self) -> Iterator[_Run]:
        ends = (*self.text_starts[1:], self.length)
        for text, source, width, stop in zip(self.text_starts, self.source_starts, self.widths, ends, strict=True):
            yield _Run(text, source, stop - text, width)


class _Run(NamedTuple):
    text: int
    source: int
    length: int
    width: int

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """The text span of what the run shows of `source[start:end]`."""
        if self.width:
            return self.text, self.text + self.length
        shift = self.source - self.text
        return max(self.text, start - shift), min(self.text + self.length, end - shift)


@dataclass(frozen=True, slots=True)
class Document:
    """One document, read: what is visible, in which blocks, and where each character stands in the file.

    `name` is the path relative to the input root with `/`, or `file.jsonl#ID`; `sha256` is that of the file's bytes, of a packed
    file of what is in it; `published` is the date the document gives for itself in its metadata (ISO, as written there).
    `foreign` are the numbers of the blocks that are known not to be in English. `read_as` is the format of `source_text`: that
    of the file, or of a value in it. It is `kept` where it is not the file's (that was converted, or has columns) or is remote.
    """

    name: str
    sha256: str
    format: str
    encoding: str
    size: int
    source_text: str
    text: str
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    title: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()
    foreign: frozenset[int] = frozenset()
    read_as: str = "text"
    kept: bool = False

    def plain(self) -> Document:
        """The same document with its text in plain characters (see `characters.py`), as the finders read it; offsets stay."""
        return replace(self, text=plain_characters(self.text))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source span of `text[start:end]`."""
        return self.offsets.to_source(start, end)

    def quote(self, start: int, end: int) -> str:
        """The raw slice of the file that shows `text[start:end]`, markup inside it included."""
        first, last = self.to_source(start, end)
        return self.source_text[first:last]

    def block_at(self, position: int) -> Block | None:
        """The block that holds the text offset, None between blocks."""
        index = bisect_right(self.blocks, position, key=lambda block: block.start) - 1
        return self.blocks[index] if index >= 0 and position < self.blocks[index].end else None
