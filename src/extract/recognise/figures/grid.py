"""A table or infobox as a grid: lines of one kind each (`Votes`, `Seats`), crossed by rows (parties, candidates, places, years).

Most tables have a line in each column. One that runs sideways has a line in each row; an infobox has one for each key, and its
rows are the numbers of the keys (`Seats1`, `Seats2`), 0 for keys without one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from extract.recognise.figures.headers import classes_of
from extract.recognise.figures.tape import Mark
from extract.sources.document import Block, Document

Shape = Literal["blank", "year", "whole", "decimal", "pair", "range", "words"]

_SIGNS = r"+\-−–±▲▼▽△↑↓⬆⬇🔺🔻●▬◄►"
_DIGITS = r"(?P<whole>\d+(?:[,.·’\s]\d{3})*)(?P<part>[.,·]\d{1,2}(?!\d))?\s?(?P<unit>%|pp\b)?"
_CELL = re.compile(rf"[^\w%{_SIGNS}]*(?P<sign>[{_SIGNS}]?)\s?{_DIGITS}(?P<rest>.*)", re.DOTALL)
_SECOND = re.compile(rf"\s?(?:(?P<to>[–-])|[(/;,]|(?:out )?of(?: the)?\b)\s?(?P<sign>[{_SIGNS}]?)\s?{_DIGITS}[\W]*$")
_NUMBERS = re.compile(r"[\d_]+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?\W*")
_MEASURES = frozenset({"seats", "votes", "percent", "turnout", "threshold", "change"})
_MOST_OF_IT = 0.6
"""A name is what a title or header is if it is so much of it."""


class Value(NamedTuple):
    """What stands in a cell: its shape, and its first number `text[start:end]` (a glued sign inside) with its sign and unit.

    Of a pair or range, `second` is the second number. Words may begin with a number, too.
    """

    shape: Shape
    number: float = 0.0
    sign: str = ""
    percent: bool = False
    start: int = 0
    end: int = 0
    second: Value | None = None


@lru_cache(maxsize=4096)
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
    if not any(map(str.isalnum, found["rest"])):
        return first
    second = _SECOND.match(text[:80], found.start("rest"))
    if not second:
        return first._replace(shape="words")
    return first._replace(shape="range" if second["to"] else "pair", second=_number(second))


def _number(found: re.Match[str]) -> Value:
    number = float(re.sub(r"\D", "", found["whole"]) + (f".{found['part'][1:]}" if found["part"] else ""))
    glued = found["sign"] and found["sign"] in "+-−–" and found.end("sign") == found.start("whole")
    ends = found.start("sign" if glued else "whole"), found.end("part" if found["part"] else "whole")
    return Value("decimal" if found["part"] else "whole", number, found["sign"], bool(found["unit"]), *ends)


@dataclass
class Line:
    """Cells of one kind: the headers above them, outermost first, and the blocks by row."""

    heads: tuple[str, ...]
    cells: dict[int, list[Block]] = field(default_factory=lambda: defaultdict(list))
    values: Mapping[int, Value] = field(default_factory=dict)

    @cached_property
    def shape(self) -> Shape:
        """The shape that stands in it most."""
        return commonest_shape(self.values.values())


def commonest_shape(values: Iterable[Value]) -> Shape:
    """The shape that most values have, blanks left out."""
    return next((shape for shape, _ in Counter(one.shape for one in values if one.shape != "blank").most_common(1)), "blank")


class Grid:
    """The lines of a table or infobox, and the names of its rows. `form`: which way it is looked at."""

    def __init__(self, form: str, lines: Iterable[Line], rows: Mapping[int, str], page: Page, blocks: Sequence[Block]) -> None:
        self.form, self.lines, self.rows, self.page, self.blocks = form, list(lines), rows, page, blocks
        for line in self.lines:
            line.values = {row: read_value(" ".join(map(page.text_of, cells))) for row, cells in line.cells.items()}
        self.heads = {page.text_of(block): block for block in reversed(blocks)}
        """The cells by their text, the first of each: headers are looked for here."""

    def names_in(self, blocks: Iterable[Block]) -> list[str]:
        """The labels of the names in cells, each once, in alphabetical order."""
        return sorted({name.form for block in blocks for name in self.page.names_between(block.start, block.end)})


class Page:
    """A document with its names, found by place, from which grids are made."""

    def __init__(self, document: Document, names: Sequence[Mark] = ()) -> None:
        self.document, self.text, self.names = document, document.text, names

    def text_of(self, block: Block) -> str:
        """What a block shows."""
        return self.text[block.start : block.end]

    def names_between(self, start: int, end: int, labels: Sequence[str] = ()) -> Sequence[Mark]:
        """The names that begin between two places, of these labels if some are said."""
        by_start = attrgetter("start")
        found = self.names[bisect_left(self.names, start, key=by_start) : bisect_left(self.names, end, key=by_start)]
        return [name for name in found if name.form in labels] if labels else found

    def filling(self, start: int, end: int, labels: Sequence[str] = ()) -> Mark | None:
        """The longest name (of these labels, if some are said) between two places, if it is most of what stands there."""
        names = self.names_between(start, end, labels)
        longest = max(names, key=lambda name: name.end - name.start, default=None)
        return longest if longest and longest.end - longest.start >= _MOST_OF_IT * (end - start) else None

    @cached_property
    def subject(self) -> Mark | None:
        """The name that the page is of: its title, or what its first paragraph begins with."""
        for block in self.document.blocks:
            if block.kind == "paragraph":
                name = next(iter(self.names_between(block.start, block.end)), None)
                return name if name and self.text[block.start : name.start].strip() in ("", "The") else None
            if block.kind == "title" and (name := self.filling(block.start, block.end)):
                return name
        return None

    def grids(self) -> Iterator[Grid]:
        """The tables and infoboxes, in order."""
        groups: dict[tuple[bool, int], list[Block]] = {}
        for block in self.document.blocks:
            if block.cell or block.field:
                number = block.cell.table if block.cell else block.field.box if block.field else 0
                groups.setdefault((bool(block.cell), number), []).append(block)
        for (is_table, _), blocks in groups.items():
            make = self._box if not is_table else self._sideways if self._is_sideways(blocks) else self._upright
            yield make(blocks)

    def _is_sideways(self, blocks: Sequence[Block]) -> bool:
        """Whether each row has its name and a value only, or the first column says `Votes`, `Seats`, and no header does."""
        cells = [(block.cell, classes_of(self.text_of(block))) for block in blocks if block.cell]
        top, left = cells[0][0].row, min(cell.column for cell, _ in cells)
        telling = [cell for cell, classes in cells if not _MEASURES.isdisjoint(classes)]
        heads = any(cell.column > left and (cell.is_header or cell.row == top) for cell in telling)
        is_keyed = 3 * sum(cell.headers[-1:] == (cell.row_header,) for cell, _ in cells) > len(cells)
        return is_keyed or (not heads and sum(cell.column == left for cell in telling) > 1)

    def _box(self, blocks: Sequence[Block]) -> Grid:
        lines: dict[str, Line] = {}
        for block in blocks:
            assert block.field
            name = " ".join(_NUMBERS.sub(" ", block.field.name).split())
            lines.setdefault(name, Line((name,))).cells[block.field.group or 0].append(block)
        rows = dict.fromkeys((row for line in lines.values() for row in line.cells), "")
        return Grid("box", lines.values(), rows, self, blocks)

    def _upright(self, blocks: Sequence[Block]) -> Grid:
        columns: dict[int, Line] = {}
        rows: dict[int, str] = {}
        for block in sorted(blocks, key=lambda block: (bool(block.cell and block.cell.is_header), block.start)):
            cell = block.cell
            assert cell
            if cell.is_header:
                columns.setdefault(cell.column, Line((*cell.headers, self.text_of(block))))
            else:
                columns.setdefault(cell.column, Line(cell.headers)).cells[cell.row].append(block)
                rows.setdefault(cell.row, cell.row_header or self.text_of(block))
        return Grid("table", [line for _, line in sorted(columns.items())], rows, self, blocks)

    def _sideways(self, blocks: Sequence[Block]) -> Grid:
        left = min(block.cell.column for block in blocks if block.cell)
        lines: list[Line] = []
        rows: dict[int, str] = {}
        for _, group in groupby(blocks, key=lambda block: block.cell and block.cell.row):
            cells = [(block.cell.column, block) for block in group if block.cell]
            has_name = len(cells) > 1 and cells[0][0] == left  # a row of one cell has no name
            lines.append(Line((self.text_of(cells[0][1]) if has_name else "",)))
            for column, block in cells[has_name:]:
                lines[-1].cells[max(column, left + 1)].append(block)
                rows.setdefault(column, self.text_of(block))
        return Grid("sideways", lines, rows, self, blocks)
