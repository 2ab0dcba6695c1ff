"""Pages in columns, in the order in which they are read: the left column first, down to what runs across.

The evidence is in the page. Lines below each other that are blank at one place part there, and what stands on each side is
prose that was wrapped; cells of tables, lists, verses and signatures are not. Columns that are sure tell where the gutters of
shorter ones are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from math import ceil, floor

from extract.sources import lines as plain
from extract.sources.aligned import RULE, is_table
from extract.sources.pages import pages_of

_LEAST, _FEW = 8, 3
"""So many lines stand in two columns of a text at least; and where the gutters are known, or in a third column."""
_BREAK = 2
"""More blank lines than these are the end of a page, where no form feed tells of it."""
_SHIFT = 8
"""So far to the right a line may stand that one of the column before pushed there."""
_LONGEST, _WIDEST = 400, 20_000
"""A longer line is none of a page; and no page is wider, whatever a file says of it."""
_GAP = re.compile(r"(?:^|[^ \n]) {2,}[^ \n]", re.MULTILINE)
_WORDS = re.compile(r"[^ ]+(?: [^ ]+)*")
_DRAWN = "\t|│"
_MARK = 12
"""Shorter stretches are marks of the text beside them: numbers, bullets."""
_WRAPPED, _FULL = 0.3, 0.85
"""So many lines of prose go on in the next, whose first word would not have fitted: with it they fill so much of the width."""
_LETTERS, _WORDS_IN_LINE, _STOPS, _HOLES = 0.75, 2.5, 0.15, 0.3
"""So many characters of prose are letters, a line has so many words and stops; and so many of a column's lines may be missing."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters beside each other, with their box in points or characters; y goes down."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


Line = list[Stretch]
"""The stretches of a line, from left to right; none of a blank line."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that follow each other: of a column, counted from 0 at the left, or (None) of a page where it has none."""

    lines: Sequence[Line]
    column: int | None = None


def read_order(pages: Iterable[Sequence[Line]], least: int = _LEAST) -> list[list[Part]]:
    """The parts of each page in the order in which they are read; two columns at least have so many lines where one is sure."""
    found = [(lines, list(_runs(lines))) for lines in map(list, pages)]
    known = 0
    for run in (run for _, runs in found for run in runs if run.is_prose(least)):
        known |= sum(run.gutters)
    return [
        list(_parts(lines, [run for run in runs if run.is_prose(_FEW if all(map(known.__and__, run.gutters)) else least)]))
        for lines, runs in found
    ]


def _parts(lines: Sequence[Line], runs: Iterable[_Run]) -> Iterator[Part]:
    position = 0
    for run in runs:
        yield Part(lines[position : run.start])
        yield from (Part(_tight(column), number) for number, column in enumerate(run.columns))
        position = run.end
    yield Part(lines[position:])


def _tight(column: Sequence[Line]) -> list[Line]:
    """A column without the blank lines around it, and without those between its lines where another's lines stand."""
    filled = [number for number, line in enumerate(column) if line]
    gaps = [following - number for number, following in pairwise(filled)]
    alternates = 2 * gaps.count(2) > len(gaps)
    return [column[filled[0]]] + [
        line
        for number, gap in zip(filled, gaps, strict=False)
        for line in ([column[number + 2]] if alternates and gap == 2 else column[number + 1 : number + gap + 1])
    ]


# -- lines that are blank at the same places --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """What the lines `[start, end)` have in each column, from left to right, and the places of the gutters between, as bits."""

    start: int
    end: int
    gutters: Sequence[int]
    columns: Sequence[Sequence[Line]]

    def is_prose(self, least: int) -> bool:
        """Whether all columns are prose, two of them of so many lines."""
        filled = sorted(sum(map(bool, column)) for column in self.columns)
        lines = zip(*(line for line in zip(*self.columns, strict=True) if any(line)), strict=True)
        return filled[-2] >= least and filled[0] >= _FEW and all(map(_is_prose, lines)) and not _are_cells(self.columns)


def _runs(lines: list[Line]) -> Iterator[_Run]:
    """The runs of lines with gutters; a line that reaches over one, between two that do not, is cut there."""
    start = taken = 0
    for number in range(len(lines) + 1):
        own = _places(lines[number]) if number < len(lines) else 0
        if number < len(lines) and any(lines[max(0, number - _BREAK) : number + 1]):
            if _is_parted(taken | own):
                taken |= own
                continue
            if number > start and _is_parted(taken) and (mended := _mended(lines, number, taken)):
                lines[number] = mended
                continue
        if _is_parted(taken) and not any(map(_is_ruled, (*lines[max(0, start - 1) : start], *lines[number : number + 1]))):
            for first, last in _without_tables(lines, start, number):
                if run := _run(lines, first, last, _gutters(taken)):
                    yield run
        start, taken = number, own


def _mended(lines: Sequence[Line], number: int, taken: int) -> Line | None:
    """A line of a text too long for its column, which pushes that of the next, in two; None where it is none."""
    line, around, gutters = lines[number], [lines[number - 1], *lines[number + 1 : number + 2]], _gutters(taken)
    if len(gutters) != 1 or len(around) < 2 or any(len(other) < 2 or not _is_parted(taken | _places(other)) for other in around):
        return None
    end = gutters[0].bit_length()
    if any(end <= each.left <= end + _SHIFT for each in line):
        return line
    at, long = next((at, each) for at, each in enumerate(line) if each.right >= end)
    blank = long.text.find(" ", max(0, end - 1 - int(long.left)), max(0, end + _SHIFT - int(long.left)))
    if blank < 1 or len(long.text) != long.right - long.left:
        return None
    first = replace(long, text=long.text[:blank], right=long.left + blank)
    return [*line[:at], first, replace(long, text=long.text[blank + 1 :], left=first.right + 1), *line[at + 1 :]]


def _places(line: Line) -> int:
    """The places of a line that are not blank, as bits."""
    places = 0
    for each in line:
        left = floor(min(max(each.left, 0), _WIDEST))
        places |= (1 << max(ceil(min(each.right, _WIDEST)), left + 1)) - (1 << left)
    return places


def _is_parted(places: int) -> bool:
    """Whether there is a gap in the places."""
    return bool(places & (places + (places & -places)))


def _gutters(places: int) -> list[int]:
    gaps = re.finditer("(?<=1)0+(?=1)", f"{places:b}"[::-1])
    return [(1 << gap.end()) - (1 << gap.start()) for gap in gaps]


def _is_ruled(line: Line) -> bool:
    """Whether it is drawn over the columns of a table."""
    return len(line) == 1 and " " in line[0].text and bool(RULE.match(line[0].text))


def _without_tables(lines: Sequence[Line], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines between tables of figures, which stand across, as far as blank lines part them."""
    first = start
    for is_filled, group in groupby(range(start, end), key=lambda number: bool(lines[number])):
        numbers = list(group)
        if is_filled and is_table([[each.text for each in lines[number]] for number in numbers]):
            yield first, numbers[0]
            first = numbers[-1] + 1
    yield first, end


def _run(lines: Sequence[Line], start: int, end: int, gutters: Sequence[int]) -> _Run | None:
    """The run of these lines, without a line at its ends that stands across; None where it has no columns."""
    *marks, last = map(_is_mark, _columns(lines[start:end], gutters))
    parting = [gutter for gutter, is_mark in zip(gutters, marks, strict=True) if not is_mark][: -1 if last else None]
    edges = [min((line[0].left for line in column if line), default=0) for column in _columns(lines[start:end], parting)]

    def is_across(number: int, beside: int) -> bool:
        if not lines[number] or not parting:
            return True
        cells = [cell for (cell,) in _columns([lines[number]], parting)]
        begins = [bool(cell) and cell[0].left <= edge + 2 for cell, edge in zip(cells, edges, strict=True)]
        return not lines[beside] and not any(begins[1:])

    while end - start > 1 and is_across(start, start + 1):
        start += 1
    while end - start > 1 and is_across(end - 1, end - 2):
        end -= 1
    return _Run(start, end, parting, _columns(lines[start:end], parting)) if end - start > 1 else None


def _columns(lines: Iterable[Line], gutters: Sequence[int]) -> list[list[Line]]:
    """What of each line stands in each column."""
    ends = [gutter.bit_length() for gutter in gutters]
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for column in columns:
            column.append([])
        for each in line:
            columns[bisect_right(ends, each.left)][-1].append(each)
    return columns


# -- what a column is -------------------------------------------------------------------------------------------------------


def _text(line: Line) -> str:
    return " ".join(each.text for each in line)


def _is_mark(column: Sequence[Line]) -> bool:
    return sum(len(_text(line)) for line in column) < _MARK * sum(map(bool, column))


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether most of it is prose that was wrapped, without large holes."""
    texts = [_text(line) for line in column]
    filled = [text for text in texts if text]
    width = sorted(map(len, filled))[int(0.9 * len(filled))]
    wrapped = sum(_is_wrapped(text, following, width) for text, following in pairwise(filled))
    holes = [len(list(lines)) for is_text, lines in groupby(texts, key=bool) if not is_text]
    inner = holes[not texts[0] : len(holes) - (not texts[-1])]
    written = "".join("".join(filled).split())
    return (
        wrapped >= max(1, _WRAPPED * (len(filled) - 1))
        and sum(map(str.isalpha, written)) >= _LETTERS * len(written)
        and sum(len(text.split()) for text in filled) >= _WORDS_IN_LINE * len(filled)
        and sum(map(".,;:!?".__contains__, written)) >= _STOPS * len(filled)
        and sum(hole for hole in inner if hole > 1) <= _HOLES * len(filled)
    )


def _is_wrapped(text: str, following: str, width: int) -> bool:
    word = following.partition(" ")[0]
    return word[:1].islower() and not _ends(text) and len(text) + len(word) >= _FULL * width


def _ends(text: str) -> bool:
    """Whether a sentence may end here."""
    return text.rstrip("\"'”’»)]")[-1:] in {*".!?:;…"}


def _are_cells(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether the columns begin anew in the same lines, as the cells of a row do."""
    begin = go_on = 0
    for above, row in pairwise(zip(*columns, strict=True)):
        cells = [(_text(last), _text(cell)) for last, cell in zip(above, row, strict=True) if cell]
        if len(cells) > 1 and not all(last for last, _ in cells):
            inside = any(text[0].islower() for _, text in cells)
            go_on += inside
            begin += not inside and all(not last or _ends(last) for last, _ in cells)
    return begin > max(1, 3 * go_on)


# -- plain text -------------------------------------------------------------------------------------------------------------


def in_reading_order(text: str) -> str | None:
    """A plain text whose pages have columns, as it is read; None for one without columns."""
    if sum(1 for _ in islice(_GAP.finditer(text), _LEAST)) < _LEAST:
        return None
    pages = pages_of(plain.split_lines(text))
    texts = [line.text.replace("\f", "") for page in pages for line, _ in page]
    numbered = enumerate(texts)
    parts = read_order([[_placed(next(numbered), is_furniture) for _, is_furniture in page] for page in pages])
    if all(part.column is None for page in parts for part in page):
        return None
    feeds = ["\f" * page[0][0].text.count("\f") if page else "" for page in pages]
    return "".join(f"{feed}{_written(page, texts)}\n" for feed, page in zip(feeds, parts, strict=True))


def _placed(line: tuple[int, str], is_whole: bool) -> Line:
    """The stretches of a line with its number; one at all places where it is none of a column."""
    number, text = line
    if is_whole or len(text) > _LONGEST or RULE.match(text) or any(map(text.__contains__, _DRAWN)):
        return [Stretch(text.strip(), 0, _LONGEST, number, number + 1)] if text.strip() else []
    return [Stretch(each[0], *each.span(), number, number + 1) for each in _WORDS.finditer(text)]


def _written(parts: Iterable[Part], texts: Sequence[str]) -> str:
    """A page of these parts, out of its lines by their numbers."""
    written: list[str] = []
    for part in parts:
        if part.column is None:
            shown = [texts[int(line[0].top)] if line else "" for line in part.lines]
        else:
            edge = min(line[0].left for line in part.lines if line) if part.column else 0
            shown = list(_cut(part.lines, texts, int(edge)))
        if written and shown and part.column != 0 and not (part.column and _goes_on(written, shown)):
            written.append("")
        written += shown
    return "\n".join(written)


def _cut(column: Iterable[Line], texts: Sequence[str], edge: int) -> Iterator[str]:
    """The lines of a column that begins at `edge`, set in as they are, but for what the column before pushed."""
    for line in column:
        if not line:
            yield ""
            continue
        text, left = texts[int(line[0].top)], int(line[0].left)
        is_pushed = bool(text[max(0, left - 3) : left].strip())
        yield " " * (0 if is_pushed else left - edge) + text[left : int(line[-1].right)]


def _goes_on(written: Sequence[str], column: Sequence[str]) -> bool:
    """Whether a sentence goes on in the next column: it is not ended, and no heading stands there or here."""
    runs = all(written[-2:]) and all(column[:2])
    return not _ends(written[-1]) and (column[0].lstrip()[:1].islower() or runs)
