"""Characters with their places on a page, as text: lines in the order in which they are read, column by column, cells apart.

What is a line, a column, a paragraph or a cell is told by gaps and edges. The text is laid out as a printer would with one width
for all characters: rows of a table have their cells below each other, and a blank line stands between paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.sources.columns import Line, Stretch, read_order
from extract.sources.wrapping import ITEM

_RAISED = {ord(plain): raised for plain, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
_BLANK, _WIDE, _WIDEST = 0.12, 0.9, 2.0
"""Gaps of so many sizes of the type part words, and cells; cells also where the words of a line are spread, if they are wider."""
_MOST_FULL = 0.6
_COLUMN = 60
"""Lines whose beginnings are so many points apart stand in different columns."""
_COLUMN_LINES = 4
"""So many lines stand in two columns at least."""


def page_text(characters: Iterable[Stretch]) -> str:
    """The text of a page, from its characters one by one, blanks among them, in the order of the file."""
    stretches = list(_stretches(characters))
    if not stretches:
        return ""
    widths = sorted((each.right - each.left) / len(each.text) for each in stretches if len(each.text) > 2)
    (parts,) = read_order([_lines(stretches)], _COLUMN_LINES)
    lines = [line for part in parts for line in part.lines if line]
    return "\n".join(_written(list(_whole_rows(lines)), median(widths) if widths else 5.0))


def _stretches(characters: Iterable[Stretch]) -> Iterator[Stretch]:
    """Characters that follow each other on a line, joined, and parted where a gap is wider than those between words."""
    line: list[Stretch] = []
    for character in characters:
        if character.text.isspace():
            continue
        if line and not _follows(line[-1], character):
            yield from _parted(line)
            line = []
        line.append(_raised(line[-1], character) if line else character)
    if line:
        yield from _parted(line)


def _follows(last: Stretch, character: Stretch) -> bool:
    overlap = min(last.bottom, character.bottom) - max(last.top, character.top)
    return overlap > 0.4 * min(last.size, character.size) and character.left > last.left - 0.2 * last.size


def _raised(last: Stretch, character: Stretch) -> Stretch:
    """The mark of a note, a figure set smaller and higher, as a character of its own."""
    is_higher = character.size < 0.8 * last.size and character.bottom < last.bottom - 0.2 * last.size
    goes_on = last.text in _RAISED.values() and abs(last.top - character.top) < 0.1 * last.size
    return replace(character, text=character.text.translate(_RAISED)) if is_higher or goes_on else character


def _parted(line: Line) -> Iterator[Stretch]:
    size = median(each.size for each in line)
    top, bottom = median(each.top for each in line), median(each.bottom for each in line)  # a raised mark makes no line higher
    gaps = [following.left - each.right for each, following in pairwise(line)]
    blanks = sorted(gap for gap in gaps if gap > _BLANK * size)
    usual = blanks[len(blanks) // 4] if len(blanks) > 2 else 0.0
    wide = min(max(_WIDE * size, 2.2 * usual), _WIDEST * size)
    part = Stretch("", line[0].left, line[0].left, top, bottom)
    for character, gap in zip(line, [0.0, *gaps], strict=True):
        if gap > wide:
            yield part
            part = replace(part, text="", left=character.left)
        blank = " " if _BLANK * size < gap <= wide else ""
        part = replace(part, text=f"{part.text}{blank}{character.text}", right=character.right)
    yield part


# -- lines and columns ------------------------------------------------------------------------------------------------


def _lines(stretches: Sequence[Stretch]) -> list[Line]:
    """The lines from top to bottom, each from left to right."""
    lines: list[Line] = []
    for each in sorted(stretches, key=lambda each: (each.top + each.bottom, each.left)):
        last = lines[-1][0] if lines else None
        if last and abs(last.top + last.bottom - each.top - each.bottom) < min(last.size, each.size):
            lines[-1].append(each)
        else:
            lines.append([each])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def _whole_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the rows of tables whole whose cells have several lines: those belong to a row that are nearer to it."""
    row: Line | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if row is not None and _is_of_row(row, line, following):
            row = _joined(row, line)
            continue
        if row is not None:
            yield row
        row = line
    if row is not None:
        yield row


def _is_of_row(last: Line, line: Line, following: Line | None) -> bool:
    row, rest = (last, line) if len(last) > len(line) else (line, last)
    if len(row) < 2 or len(rest) >= len(row) or any(sum(_beside(each, cell) for cell in row) != 1 for each in rest):
        return False
    gap = min(each.top for each in line) - max(each.bottom for each in last)
    if gap < -0.2 * rest[0].size:
        return True
    if row is line or following is None or len(following) < 2:
        return False
    return min(each.top for each in following) - max(each.bottom for each in line) > 1.5 * max(gap, 0) + 0.3 * rest[0].size


def _beside(each: Stretch, cell: Stretch) -> bool:
    return min(each.right, cell.right) > max(each.left, cell.left)


def _joined(last: Line, line: Line) -> Line:
    row, rest = (last, line) if len(last) > len(line) else (line, last)
    joined = []
    for cell in row:
        parts = [each for each in rest if _beside(each, cell)]
        words = [*(part.text for part in parts), cell.text] if row is line else [cell.text, *(part.text for part in parts)]
        bottom = max([cell.bottom, *(part.bottom for part in parts)])
        joined.append(replace(cell, text=" ".join(words), left=min([cell.left, *(part.left for part in parts)]), bottom=bottom))
    return joined


def _written(lines: Sequence[Line], width: float) -> Iterator[str]:
    """The lines as text, a blank one between paragraphs, each stretch as far right as it stands; `width` of a character.

    Lines of prose that go on in the next are one; only after a hyphen they stay two, for it may be that of a compound.
    """
    edge = min(each.left for line in lines for each in line)
    steps = [following[0].top - line[0].top for line, following in pairwise(lines)]
    prose = [step for step, (line, following) in zip(steps, pairwise(lines), strict=True) if len(line) == len(following) == 1]
    usual = median([step for step in prose if step > 0] or [step for step in steps if step > 0] or [12.0])
    begins = [0] + [
        number
        for number, (step, (line, following)) in enumerate(zip(steps, pairwise(lines), strict=True), 1)
        if step < 0 or ((step > 1.35 * usual or _is_other_size(line, following)) and not _are_rows(line, following, step))
    ]
    for start, end in pairwise([*begins, len(lines)]):
        if start:
            yield ""
        run = _spread(lines[start:end])
        going = _going_on(run)
        text = ""
        for number, line in enumerate(run, start):
            if text:
                text = f"{text} {line[0].text}"
            else:
                text = _laid_out(line, edge if len(line) > 1 else _left_edge(lines, number, edge), width)
            if not going[number - start] or text.endswith("-"):
                yield text
                text = ""


def _laid_out(line: Line, edge: float, width: float) -> str:
    text = ""
    for each in line:
        place = round((each.left - edge) / width)
        text = text.ljust(max(place, len(text) + 3) if text else place) + each.text
    return text


def _spread(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with those joined again whose words were spread to fill the column, among lines of prose."""
    right = max(line[-1].right for line in lines)
    if sum(len(line) == 1 for line in lines) < _MOST_FULL * len(lines):
        return lines
    return [
        [replace(line[0], text=" ".join(each.text for each in line), right=line[-1].right)]
        if right - line[-1].right < line[0].size and any(map(str.isalpha, line[-1].text))
        else line
        for line in lines
    ]


def _going_on(lines: Sequence[Line]) -> list[bool]:
    """Of each line whether it goes on in the next, whose first word would not have fitted into it, as in most of the run."""
    right = max(line[-1].right for line in lines)
    full = [_is_full(line, following, right) for line, following in pairwise(lines)]
    return [*(full if sum(full) >= _MOST_FULL * len(full) else [False] * len(full)), False]


def _is_full(line: Line, following: Line, right: float) -> bool:
    (last, *others), (first, *more) = line, following
    if others or more or ITEM.match(first.text) or (first.left > last.left + 1.2 * last.size and not ITEM.match(last.text)):
        return False
    word = len(first.text.partition(" ")[0]) + 1
    return last.right + word * (first.right - first.left) / len(first.text) > right


def _left_edge(lines: Sequence[Line], number: int, edge: float) -> float:
    """Where the lines around a line begin, those that begin alike: the left edge of its column."""
    own = lines[number][0].left
    near = Counter(round(line[0].left) for line in lines[max(0, number - 4) : number + 5] if abs(line[0].left - own) < _COLUMN)
    return min((left for left, count in near.items() if count > 1), default=min(own, max(edge, own - _COLUMN)))


def _are_rows(line: Line, following: Line, step: float) -> bool:
    """Whether two lines are rows of one table, however far apart they are set."""
    return len(line) > 1 and len(following) > 1 and step < 6 * line[0].size


def _is_other_size(line: Line, following: Line) -> bool:
    sizes = sorted((line[0].size, following[0].size))
    return sizes[1] > 1.15 * sizes[0]
