"""Tables that are ruled, as pandoc writes them: lines of dashes over the columns (`---- ----`), or grids (`+----+----+`).

A *simple* table has one line for each row and ends at a blank line; a *multiline* table lies between two lines of dashes, blank
lines part its rows; a grid draws the edges of every cell. What stands above the inner rule is the header. The rules say where
the columns are, counted as on a terminal: wide characters take two places and combining ones none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extract.sources.lines import Line
from extract.sources.tables import RawCell, show_table
from extract.sources.view import View, shown_text

_RULE = re.compile(r" *-{2,}(?: +-{2,})+ *$")
_FULL_RULE = re.compile(r" {2,}-{10,} *$")
_BORDER = re.compile(r" *\+(?:[-:]+\+)+ *$")
_HEAD_BORDER = re.compile(r" *\+(?:[=:]+\+)+ *$")
_GAP = re.compile(r"\S {2,}\S")
_CAPTION = re.compile(r" *(?:Table:|:) +(?=\S)")
_MOST_HEADER_LINES = 8
_OVERHANG = 8
_MOST_BLANK = 4
# What a converter leaves of the markup of a cell: `data-sort-type="number"| #`, `nowrap | 12`, `| 50%`.
_ATTRIBUTES = re.compile(r"\s*(?:(?:[a-zA-Z][\w-]* *= *(?:\"[^\"|]*\"|'[^'|]*'|[^\s\"'|]+)|nowrap|scope)[;\s]*)*\|(?!\|)\s*")
_EDGES = " \t|"
_BOLD = re.compile(r"^'{2,}|'{2,}$")


Show = Callable[[View], None]
Stretches = tuple[tuple[int, int], ...]
"""Places in the source, in order, ends exclusive."""


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell: the stretches of the source that make it, line by line, and over how many columns it reaches."""

    stretches: Stretches = ()
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table at `source[start:end]` in the lines `[first, last)`; the first `heads` of its rows are headers.

    `caption` is the line below that is its caption.
    """

    start: int
    end: int
    first: int
    last: int
    rows: tuple[tuple[RuledCell, ...], ...]
    heads: int
    caption: Stretches = ()


def ruled_tables(lines: Sequence[Line]) -> Iterator[Ruled]:
    """The ruled tables among the lines, in order."""
    number = 0
    while number < len(lines):
        table = _table_at(lines, number)
        if table:
            yield table
        number = table.last if table else number + 1


def _table_at(lines: Sequence[Line], number: int) -> Ruled | None:
    """The table whose first rule is a line, the header above it included."""
    text = lines[number].text
    if "--" not in text and "==" not in text:
        return None
    if _BORDER.match(text) or _HEAD_BORDER.match(text):
        return _grid(lines, number)
    if _RULE.match(text):
        return _simple(lines, number)
    if _FULL_RULE.match(text):
        return _multiline(lines, number) or _single(lines, number)
    return None


def show_ruled(
    view: View, source: str, table: Ruled, number: int, section: tuple[str, ...], showing: Callable[[Stretches], Show]
) -> None:
    """Shows a table and its caption; `showing` gives what shows the stretches of a cell."""
    rows = [
        [RawCell(showing(cell.stretches), row < table.heads, cell.colspan) for cell in cells]
        for row, cells in enumerate(table.rows)
    ]
    caption = showing(table.caption)
    words = shown_text(source, caption) if table.caption else None
    show_table(view, source, rows, number, section, words, spans_known=False)
    view.open("caption", section)
    caption(view)
    view.close()


# -- columns ----------------------------------------------------------------------------------------------------------------


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _offsets(line: Line, columns: Sequence[int]) -> list[int]:
    """Where the columns of a terminal are in the text of a line."""
    if line.text.isascii():
        return [min(column, len(line.text)) for column in columns]
    places, at = [], 0
    for character in line.text:
        places.append(at)
        at += _width(character)
    return [bisect_left(places, column) for column in columns]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a rule: where its dashes begin and end."""

    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, rule: str) -> _Columns:
        return cls(tuple(found.span() for found in re.finditer(r"-+", rule)))

    def cut(self, line: Line) -> list[tuple[int, int]]:
        """The stretches of a line (text offsets in it) that stand in the columns; what reaches over a gap is not cut."""
        text = line.text
        gaps = [(left[1], right[0]) for left, right in pairwise(self.spans)]
        flat = _offsets(line, [place for gap in gaps for place in gap])
        cuts = [0]
        for left, right in zip(flat[::2], flat[1::2], strict=True):
            cuts.append(max(cuts[-1], _cut(text, left, right)))
        return list(pairwise([*cuts, len(text)]))

    def filled(self, line: Line) -> int:
        """In how many columns a line has text."""
        return sum(bool(line.text[start:end].strip()) for start, end in self.cut(line))

    def crosses(self, line: Line) -> int:
        """How many gaps between columns a line writes into."""
        gaps = [(left[1], right[0]) for left, right in pairwise(self.spans)]
        flat = _offsets(line, [place for gap in gaps for place in gap])
        return sum(bool(line.text[left:right].strip()) for left, right in zip(flat[::2], flat[1::2], strict=True))


def _cut(text: str, left: int, right: int) -> int:
    """Where to cut in a gap between columns: at a blank in it, else at the nearest blank on either side."""
    gap = text[left:right]
    if not gap or gap.isspace():
        return right
    if " " in gap:
        return left + gap.rindex(" ") + 1 if gap[0] != " " else left
    before, behind = text.rfind(" ", 0, left), text.find(" ", right)
    if behind >= 0 and (before < 0 or behind - right <= left - before):
        return behind
    return before + 1 if before >= 0 else right


# -- rows -------------------------------------------------------------------------------------------------------------------


def _cells(lines: Sequence[Line], columns: _Columns) -> tuple[RuledCell, ...]:
    """The cells of a row that is written on these lines."""
    stretches: list[list[tuple[int, int]]] = [[] for _ in columns.spans]
    for line in lines:
        for cell, (start, end) in zip(stretches, columns.cut(line), strict=True):
            if stretch := _trimmed(line, start, end):
                cell.append(stretch)
    return tuple(RuledCell(tuple(cell)) for cell in stretches)


def _trimmed(line: Line, start: int, end: int, edges: str = " \t") -> tuple[int, int] | None:
    """The stretch of the source without blanks at its edges, and without what is left of a cell's markup."""
    if found := _ATTRIBUTES.match(line.text, start, end):
        start = found.end()
    text = line.text[start:end]
    body = _BOLD.sub("", text.strip(edges))
    if not body:
        return None
    first = line.start + start + text.index(body)
    return first, first + len(body)


def _is_filled(row: Sequence[RuledCell]) -> bool:
    return any(cell.stretches for cell in row)


def _simple(lines: Sequence[Line], rule: int) -> Ruled | None:
    """A table of one rule: header lines above it, a row on each line below it, up to a blank line or another rule."""
    columns = _Columns.of(lines[rule].text)
    first = _first_header(lines, rule, columns)
    indent = columns.spans[0][0]
    rows, last = list[Line](), rule + 1
    while last < len(lines) and not _RULE.match(lines[last].text):
        line = lines[last]
        if line.is_blank and not _goes_on(lines, last, columns, indent):
            break
        if not line.is_blank:
            rows.append(line)
        last += 1
    if not rows or (first == rule and not (last < len(lines) and _RULE.match(lines[last].text))):
        return _headless_multiline(lines, rule, columns)
    if 2 * sum(_keeps_to(line, columns) for line in rows) < len(rows):
        return None
    if last < len(lines) and _RULE.match(lines[last].text):
        last += 1
    heads = [_cells(lines[first:rule], columns)] if first < rule else []
    body = [_cells(group, columns) for group in _with_continuations(rows, columns)]
    return _finished(lines, first, last, [*heads, *body], len(heads))


def _keeps_to(line: Line, columns: _Columns) -> bool:
    """Whether a line is a row: text in two columns, none in the gaps between them, and not much behind the last."""
    ends = len(line.text.rstrip()) <= columns.spans[-1][1] + _OVERHANG
    return ends and columns.filled(line) > 1 and not columns.crosses(line)


def _first_header(lines: Sequence[Line], rule: int, columns: _Columns) -> int:
    """The first line of the header: that above the rule, and those above it that keep to the columns."""
    first = rule
    while first and rule - first < _MOST_HEADER_LINES:
        line = lines[first - 1]
        if line.is_blank or _is_drawn(line) or (first < rule and not _keeps_to(line, columns)):
            break
        first -= 1
    return first


def _is_drawn(line: Line) -> bool:
    return any(drawn.match(line.text) for drawn in (_RULE, _FULL_RULE, _BORDER, _HEAD_BORDER))


def _goes_on(lines: Sequence[Line], blank: int, columns: _Columns, indent: int) -> bool:
    """Whether a table goes on behind blank lines, which are rows without text: the next line keeps to its columns."""
    number = next((at for at in range(blank, min(blank + _MOST_BLANK, len(lines))) if not lines[at].is_blank), len(lines))
    following = lines[number] if number < len(lines) else None
    if following is None or _CAPTION.match(following.text) or _is_drawn(following):
        return False
    if number + 1 < len(lines) and _is_drawn(lines[number + 1]):
        return False  # it is the header of another
    own = len(following.text) - len(following.text.lstrip())
    return own >= indent > 0 and len(columns.spans) > 2 and _keeps_to(following, columns)


def _with_continuations(lines: Sequence[Line], columns: _Columns) -> Iterator[list[Line]]:
    """The lines of each row: a line with words in one column only, deeper than the rule or in small letters, goes on."""
    group: list[Line] = []
    for line in lines:
        filled = [(start, end) for start, end in columns.cut(line) if line.text[start:end].strip()]
        words = line.text.strip()
        deeper = len(line.text) - len(line.text.lstrip()) > columns.spans[0][0]
        goes_on = len(filled) == 1 and words[:1].isalpha() and (words[:1].islower() or (deeper and filled[0][0] == 0))
        if group and not (goes_on and len(columns.spans) > 1 and words[:1].islower()):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _multiline(lines: Sequence[Line], opening: int) -> Ruled | None:
    """A table between two full rules: the header, a rule over the columns, rows that blank lines part."""
    rule = opening + 1
    while rule < len(lines) and not lines[rule].is_blank and not _is_drawn(lines[rule]):
        rule += 1
    if rule == opening + 1 or rule >= len(lines) or not _RULE.match(lines[rule].text):
        return None
    last = _closing(lines, rule + 1)
    if last is None:
        return None
    columns = _Columns.of(lines[rule].text)
    body = _parted(lines[rule + 1 : last], columns)
    return _finished(lines, opening, last + 1, [_cells(lines[opening + 1 : rule], columns), *body], 1)


def _headless_multiline(lines: Sequence[Line], rule: int, columns: _Columns) -> Ruled | None:
    """Rows between two rules, without a header."""
    last = _closing(lines, rule + 1)
    if last is None:
        return None
    return _finished(lines, rule, last + 1, _parted(lines[rule + 1 : last], columns), 0)


def _closing(lines: Sequence[Line], start: int) -> int | None:
    """The line with the rule that ends a table of many lines; None if a paragraph without indentation comes first."""
    for number in range(start, len(lines)):
        text = lines[number].text
        if _FULL_RULE.match(text) or _RULE.match(text):
            return number
        if not lines[number].is_blank and not text.startswith(" "):
            return None
    return None


def _parted(lines: Sequence[Line], columns: _Columns) -> list[tuple[RuledCell, ...]]:
    """The rows of a table of many lines: blank lines part them; where there are none, each line is one."""
    groups = [list(group) for blank, group in groupby(lines, key=lambda line: line.is_blank) if not blank]
    if len(groups) == 1:
        groups = list(_with_continuations(groups[0], columns))
    return [_cells(group, columns) for group in groups]


def _single(lines: Sequence[Line], rule: int) -> Ruled | None:
    """A table of one column: rows between two equal rules, or a title over a rule and rows below it, all of them indented.

    Where the rows have gaps, they are cells of columns that nothing rules.
    """
    last = rule + 1
    while last < len(lines) and lines[last].text.startswith("  ") and not lines[last].is_blank and not _is_drawn(lines[last]):
        last += 1
    if last == rule + 1:
        return None
    closed = last < len(lines) and lines[last].text.strip() == lines[rule].text.strip()
    titled = rule > 0 and lines[rule - 1].text.startswith("  ") and not _is_drawn(lines[rule - 1])
    if not (closed or titled) or any(_GAP.search(line.text) for line in lines[rule - titled : last]):
        return None
    rows = [
        (RuledCell((stretch,)),)
        for line in lines[rule - titled : last]
        if line is not lines[rule] and (stretch := _trimmed(line, 0, len(line.text)))
    ]
    return _finished(lines, rule - titled, last + closed, rows, 0)


# -- grids ------------------------------------------------------------------------------------------------------------------


def _grid(lines: Sequence[Line], border: int) -> Ruled | None:
    """A table with drawn edges; the uppermost may be missing."""
    first = last = border
    while first and lines[first - 1].text.lstrip().startswith("|"):
        first -= 1
    while last < len(lines) and lines[last].text.lstrip().startswith(("+", "|")):
        last += 1
    inside = lines[first:last]
    edges = sorted({place for line in inside if _is_drawn(line) for place in _corners(line.text)})
    rows: list[tuple[RuledCell, ...]] = []
    heads, group = 0, list[Line]()
    for line in inside:
        if not _is_drawn(line):
            group.append(line)
            continue
        if group:
            rows.append(_grid_row(group, edges))
        if _HEAD_BORDER.match(line.text):
            heads = len(rows)
        group = []
    return _finished(lines, first, last, rows, heads) if rows else None


def _corners(text: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(r"\+", text))


def _grid_row(lines: Sequence[Line], edges: Sequence[int]) -> tuple[RuledCell, ...]:
    """The cells of a row: between edges that all of its lines draw; a missing edge joins two columns."""
    placed = [(line, _offsets(line, edges)) for line in lines]
    drawn = [
        number
        for number in range(len(edges))
        if all(places[number] < len(line.text) and line.text[places[number]] in "|+" for line, places in placed)
    ]
    cells = []
    for left, right in pairwise(drawn):
        stretches = (_trimmed(line, places[left] + 1, places[right], _EDGES) for line, places in placed)
        cells.append(RuledCell(tuple(stretch for stretch in stretches if stretch), right - left))
    return tuple(cells)


# -- what follows -----------------------------------------------------------------------------------------------------------


def _finished(lines: Sequence[Line], first: int, last: int, rows: Sequence[tuple[RuledCell, ...]], heads: int) -> Ruled | None:
    """The table with the caption below it, if there is one."""
    filled = [(number, row) for number, row in enumerate(rows) if _is_filled(row)]
    if not filled:
        return None
    heads = sum(number < heads for number, _ in filled)
    below = last + 1 if last < len(lines) and lines[last].is_blank else last
    caption: Stretches = ()
    if below < len(lines) and (found := _CAPTION.match(lines[below].text)):
        caption = ((lines[below].start + found.end(), lines[below].end),)
        last = below + 1
    return Ruled(lines[first].start, lines[last - 1].end, first, last, tuple(row for _, row in filled), heads, caption)
