"""A table or infobox as a grid: lines of one kind each (`Votes`, `Seats`), crossed by rows (parties, candidates, places, years).

Most tables have a line in each column. One that runs sideways has a line in each row; an infobox has one for each key, and its
rows are the numbers of the keys (`Seats1`, `Seats2`), 0 for keys without one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from extract.sources.document import Block, Document

Shape = Literal["blank", "year", "whole", "decimal", "pair", "words"]

_LEAD_IN = re.compile(r"[^\n]{1,100}:\s*")
_SIGNS = r"+\-−–±▲▼▽△↑↓⬆⬇🔺🔻●▬◄►"
_DIGITS = r"(?P<whole>\d+(?:[,.·’\s]\d{3})*)(?P<part>[.,·]\d{1,2}(?!\d))?\s?(?P<unit>%|pp\b)?"
_CELL = re.compile(rf"[^\w%{_SIGNS}]*(?P<sign>[{_SIGNS}]?)\s?{_DIGITS}(?P<rest>.*)", re.DOTALL)
_SECOND = re.compile(rf"\s?[(/;,–-]\s?(?P<sign>[{_SIGNS}]?)\s?{_DIGITS}[\W]*$")
_NUMBERS = re.compile(r"[\d_]+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?\W*")
_NOTE = re.compile(r"(?:\s?\[\w{1,3}\]|[*†‡§¹²³\s)])*")


class NameAt(NamedTuple):
    """A name that was found at `text[start:end]`."""

    start: int
    end: int
    label: str


class Value(NamedTuple):
    """What stands in a cell: its shape, and its first number `text[start:end]` (a glued sign inside) with its sign and unit.

    Of a pair, `second` is the second number.
    """

    shape: Shape
    number: float = 0.0
    sign: str = ""
    percent: bool = False
    start: int = 0
    end: int = 0
    second: Value | None = None

    @property
    def falls(self) -> bool:
        """Whether its sign is a minus or an arrow down."""
        return bool(self.sign) and self.sign in "-−–▼▽↓⬇🔻"


def read_value(text: str) -> Value:
    """What stands in a cell.

    >>> read_value("1,204").shape, read_value("(30.2 %)").percent, read_value("48 (+2)").second.sign
    ('whole', True, '+')
    """
    if not any(map(str.isalnum, text)):
        return Value("blank")
    if _YEAR.fullmatch(text):
        return Value("year")
    found = _CELL.match(text[:80])
    if not found:
        return Value("words")
    first = _number(found)
    if _NOTE.fullmatch(found["rest"]) or not any(map(str.isalnum, found["rest"])):
        return first
    second = _SECOND.match(text[:80], found.start("rest"))
    return first._replace(shape="pair", second=_number(second)) if second else Value("words")


def _number(found: re.Match[str]) -> Value:
    number = float(re.sub(r"\D", "", found["whole"]) + (f".{found['part'][1:]}" if found["part"] else ""))
    glued = found["sign"] and found["sign"] in "+-−–" and found.end("sign") == found.start("whole")
    ends = found.start("sign" if glued else "whole"), found.end("part" if found["part"] else "whole")
    return Value("decimal" if found["part"] else "whole", number, found["sign"], bool(found["unit"]), *ends)


@dataclass
class Line:
    """Cells of one kind: the headers above them, outermost first, and the blocks by row."""

    heads: tuple[str, ...]
    cells: dict[int, list[Block]] = field(default_factory=dict)
    values: Mapping[int, Value] = field(default_factory=dict)

    @cached_property
    def shapes(self) -> Counter[Shape]:
        """How often each shape stands in it, blanks left out."""
        return Counter(value.shape for value in self.values.values() if value.shape != "blank")

    @cached_property
    def shape(self) -> Shape:
        """The shape that stands in it most."""
        return self.shapes.most_common(1)[0][0] if self.shapes else "blank"

    def numbers(self) -> dict[int, float]:
        """The number of each row that has one."""
        return {row: value.number for row, value in self.values.items() if value.shape in ("whole", "decimal", "pair")}


class Grid:
    """The lines of a table or infobox, and the names of its rows. `form`: which way it is looked at."""

    def __init__(
        self,
        form: Literal["table", "sideways", "box"],
        lines: list[Line],
        rows: Mapping[int, str],
        page: Page,
        blocks: Sequence[Block],
    ) -> None:
        self.form, self.lines, self.rows, self.page, self.blocks = form, lines, rows, page, blocks
        for line in lines:
            line.values = {row: read_value(" ".join(map(page.text_of, cells))) for row, cells in line.cells.items()}

    @cached_property
    def places(self) -> dict[int, tuple[int, int]]:
        """The line and row of each block, by where it starts."""
        return {
            block.start: (number, row)
            for number, line in enumerate(self.lines)
            for row, blocks in line.cells.items()
            for block in blocks
        }

    @cached_property
    def above(self) -> str:
        """Its caption, else the paragraph that leads to it (`Seats since then:`), else the heading above it."""
        first = self.blocks[0]
        lead = self.page.before(first)
        return (first.cell and first.cell.caption) or lead or (first.section[-1] if first.section else "")

    @cached_property
    def heads(self) -> dict[str, list[Block]]:
        """The header cells by their text."""
        found: dict[str, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(self.page.text_of(block), []).append(block)
        return found

    def names_in(self, blocks: Iterable[Block]) -> set[str]:
        """The labels of the names in cells."""
        return {name.label for block in blocks for name in self.page.names_in(block)}


class Page:
    """A document with its names, from which grids are made."""

    def __init__(self, document: Document, names: Sequence[NameAt] = ()) -> None:
        self.document, self.text, self.names = document, document.text, names
        self._before = {block.start: before for before, block in pairwise(document.blocks) if before.kind == "paragraph"}

    @cached_property
    def subject(self) -> NameAt | None:
        """The name that the page is of: its title, else what its first paragraph begins with."""
        for kind in ("title", "paragraph"):
            first = next((block for block in self.document.blocks if block.kind == kind), None)
            name = next(iter(self.names_in(first)), None) if first else None
            if first and name and name.start == first.start:
                title = len(self.text_of(first).split("(")[0].strip()) if kind == "title" else 0
                if name.end - name.start >= title:
                    return name
        return None

    def text_of(self, block: Block) -> str:
        """What a block shows."""
        return self.text[block.start : block.end]

    def before(self, block: Block) -> str:
        """The paragraph right before a block, if it leads to it with a colon."""
        words = self.text_of(self._before[block.start]) if block.start in self._before else ""
        return words if _LEAD_IN.fullmatch(words) else ""

    def names_in(self, block: Block) -> Sequence[NameAt]:
        """The names in a block."""
        start = attrgetter("start")
        return self.names[bisect_left(self.names, block.start, key=start) : bisect_left(self.names, block.end, key=start)]

    def grids(self) -> Iterator[tuple[Grid, ...]]:
        """For each table and infobox, in order, the ways in which it can be looked at."""
        groups: dict[tuple[str, int], list[Block]] = {}
        for block in self.document.blocks:
            if block.cell:
                groups.setdefault(("table", block.cell.table), []).append(block)
            elif block.field:
                groups.setdefault(("box", block.field.box), []).append(block)
        for (kind, _), blocks in groups.items():
            if kind == "box":
                yield (self._box(blocks),)
            else:
                for part in _parts(blocks):
                    yield self._upright(part), self._sideways(part)

    def _box(self, blocks: Sequence[Block]) -> Grid:
        lines: dict[str, Line] = {}
        for block in blocks:
            assert block.field
            name = " ".join(_NUMBERS.sub(" ", block.field.name).split())
            lines.setdefault(name, Line((name,))).cells.setdefault(block.field.group or 0, []).append(block)
        return Grid(
            "box", list(lines.values()), dict.fromkeys({row for line in lines.values() for row in line.cells}, ""), self, blocks
        )

    def _upright(self, blocks: Sequence[Block]) -> Grid:
        columns: dict[int, Line] = {}
        rows: dict[int, str] = {}
        for block in sorted(blocks, key=lambda block: (bool(block.cell and block.cell.is_header), block.start)):
            cell = block.cell
            assert cell
            if cell.is_header:
                columns.setdefault(cell.column, Line((*cell.headers, self.text_of(block))))
                continue
            line = columns.setdefault(cell.column, Line(cell.headers))
            line.cells.setdefault(cell.row, []).append(block)
            rows.setdefault(cell.row, cell.row_header or self.text_of(block))
        return Grid("table", [line for _, line in sorted(columns.items())], rows, self, blocks)

    def _sideways(self, blocks: Sequence[Block]) -> Grid:
        first = min(block.cell.column for block in blocks if block.cell)
        by_row: dict[int, Line] = {}
        rows: dict[int, str] = {}
        for block in blocks:
            cell = block.cell
            assert cell
            if cell.column == first and cell.row not in by_row:
                by_row[cell.row] = Line((self.text_of(block),))
                if not cell.is_header:
                    continue
            line = by_row.setdefault(cell.row, Line(("",)))
            if cell.column > first:
                line.cells.setdefault(cell.column, []).append(block)
                rows.setdefault(cell.column, self.text_of(block))
        for block in blocks:  # a row of one cell has no name
            if block.cell and block.cell.column == first and not by_row[block.cell.row].cells:
                by_row[block.cell.row] = Line(("",), {first + 1: [block]})
        return Grid("sideways", [line for _, line in sorted(by_row.items())], rows, self, blocks)


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """A table, parted where new headers stand for the old ones."""
    part: list[Block] = []
    body = False
    for block in blocks:
        cell = block.cell
        assert cell
        if cell.is_header and body and not cell.headers:
            yield part
            part, body = [], False
        body = body or not cell.is_header
        part.append(block)
    if part:
        yield part
