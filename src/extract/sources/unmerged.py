"""Merged cells that a converter has lost, put back by what stands in the columns.

Pandoc writes a cell that reached over two rows into the first of them only, and what stood right of it in the second one column
too far left; a cell that reached over two columns becomes one, and the headers right of it stand too far left. What is left says
where things were: numbers stand under numbers, names under names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["blank", "whole", "part", "year", "words"]

_MOST_COLUMNS = 60
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?")
_PART = re.compile(r"[^\w%]*\d[\d,\s]*(?:[.·]\d+\s*%?|[.·]?\d*\s*%)\W*")
_WHOLE = re.compile(r"[^\w]*(?:\d{1,3}(?:[,.\s\u00a0]?\d{3})*|\d+)\W*(?:\(\W*\d[\d.,]*\W*\)\W*)?")
_SUM = re.compile(
    r"\W*(?:grand |sub-?)?(?:totals?|sum|overall|turnout|registered|valid|invalid|informal|rejected|blank|"
    r"non-transferable|electorate|source)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[\w{1,3}\]|[*†‡]+$")
# Headers of columns in which words stand, and of those in which numbers do.
_OF_WORDS = re.compile(
    r"\W*(?:part(?:y|ies)|alliances?|coalitions?|candidates?|nominees?|names?|leaders?|lists?|groups?|affiliations?|county|counties|districts?|"
    r"constituenc(?:y|ies)|regions?|states?|provinces?|municipalit(?:y|ies)|members?|notes|pollster|source|poll source|winner)\b",
    re.IGNORECASE,
)
_OF_NUMBERS = re.compile(
    r"\W+|\W*(?:(?:popular |list |total |valid |first |final )?votes?|seats?|percent(?:age)?|share|swing|turnout|total|won|"
    r"\+/[–−-]|change|pct|no|number|sample(?: size)?|margin(?: of error)?|lead|apps|goals)\b.*",
    re.IGNORECASE,
)


_COUNTED_OR_NAMED = re.compile(r"(?:candidates|lists|members|leaders)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as it is written: its number in its row, what it shows, and whether it is a header."""

    index: int
    text: str
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a cell was: its column, how many columns and rows it reached over."""

    index: int
    column: int
    is_header: bool
    colspan: int = 1
    rowspan: int = 1


def kind_of(text: str) -> Kind:
    """What stands in a cell: nothing (or a dash), a whole number, one with decimals or a percent sign, a year, or words."""
    body = _NOTE.sub("", text).strip()
    if not any(map(str.isalnum, body)):
        return "blank"
    if _YEAR.fullmatch(body):
        return "year"
    if _PART.fullmatch(body):
        return "part"
    return "whole" if _WHOLE.fullmatch(body) else "words"


def unmerged(rows: Sequence[Sequence[Written]]) -> list[list[Spread]]:
    """The cells of each row where they were, from left to right; cells without text are left out, but for the names of rows."""
    width = max(map(len, rows), default=0)
    heads = next((number for number, row in enumerate(rows) if not all(cell.is_header for cell in row)), len(rows))
    if width > _MOST_COLUMNS or width < 2:
        return [[Spread(cell.index, cell.index, cell.is_header) for cell in row] for row in rows]
    kinds = [[kind_of(cell.text) for cell in row] + ["blank"] * (width - len(row)) for row in rows]
    more = _further_heads(rows, kinds, heads)
    usual = _usual(_without_sums(rows[more:], kinds[more:]), width)
    placed = [_in_place(row) for row in rows]
    if heads:
        _spread_heads(placed, rows, heads, more, usual)
    beyond = max((spread.column + 1 for row in placed[:more] for spread in row), default=width) - width
    usual += [Counter() for _ in range(beyond)]
    above: dict[int, tuple[int, int]] = {}
    for number in range(more, len(rows)):
        vacated = _move(placed, rows, kinds, number, usual) if number > more else 0
        for column in range(vacated):
            if column in above:
                _reach_down(placed, number, above[column])
        above |= {spread.column: (number, at) for at, spread in enumerate(placed[number])}
    return placed


def _in_place(row: Sequence[Written]) -> list[Spread]:
    return [Spread(cell.index, cell.index, cell.is_header) for cell in row]


def _usual(kinds: Sequence[Sequence[Kind]], width: int) -> list[Counter[str]]:
    """What stands in each column, as the fullest rows have it."""
    filled = [sum(kind != "blank" for kind in row) for row in kinds]
    most = max(filled, default=0)
    full = [row for row, count in zip(kinds, filled, strict=True) if count == most]
    return [Counter(row[column] for row in full) for column in range(width)]


def _without_sums(rows: Sequence[Sequence[Written]], kinds: Sequence[Sequence[Kind]]) -> list[Sequence[Kind]]:
    """The rows but those of totals and the like, whose first cell often reaches over several columns."""
    named = [next((cell.text for cell in row if cell.text), "") for row in rows]
    return [kind for kind, name in zip(kinds, named, strict=True) if not _SUM.match(name)] or list(kinds)


def _most(counts: Counter[str]) -> str:
    return counts.most_common(1)[0][0] if counts else "blank"


# -- headers ----------------------------------------------------------------------------------------------------------------


def _further_heads(rows: Sequence[Sequence[Written]], kinds: Sequence[Sequence[Kind]], heads: int) -> int:
    """How many rows are headers: those marked, and the rows of words below them that speak of numbers or stand over them."""
    number = heads
    while heads and number < min(len(rows) - 1, heads + 2) and _is_head(rows, kinds, number):
        number += 1
    return number


def _is_head(rows: Sequence[Sequence[Written]], kinds: Sequence[Sequence[Kind]], number: int) -> bool:
    shown = [cell for cell in rows[number] if cell.text]
    if len(shown) < 2 or any(kind not in ("words", "blank") for kind in kinds[number]):
        return False
    of_numbers = sum(bool(_OF_NUMBERS.fullmatch(cell.text)) for cell in shown)
    usual = _usual(kinds[number + 1 :], len(kinds[0]))
    over_numbers = any(_is_numeric(usual[cell.index]) for cell in shown)
    return (of_numbers > 1 and any(kind == "words" for kind in kinds[number])) or (over_numbers and _lead(usual) > 0)


def _is_numeric(usual: Counter[str]) -> bool:
    return _most(usual) in ("whole", "part")


def _lead(usual: Sequence[Counter[str]]) -> int:
    """How many columns of names stand before those of numbers; 0 where there are no numbers."""
    return next((column for column, counts in enumerate(usual) if _is_numeric(counts)), 0)


def _spread_heads(
    placed: list[list[Spread]], rows: Sequence[Sequence[Written]], heads: int, more: int, usual: Sequence[Counter[str]]
) -> None:
    """Moves the headers over the columns that they are of."""
    width = len(usual)
    named = next((cell.index for cell in rows[heads - 1] if cell.text and not _OF_WORDS.match(cell.text)), 0)
    lead = _lead(usual) or named
    for number in range(heads, more):
        row = [cell for cell in rows[number] if cell.text]
        shift = 0 if _OF_WORDS.match(row[0].text) or row[0].index >= lead else lead - row[0].index
        placed[number] = [Spread(cell.index, cell.index + shift, True) for cell in row if cell.index + shift < width]
        below = [cell.text for cell in row if cell.index + shift >= lead]
        placed[number - 1] = _over(rows[number - 1], below, lead, 0 if shift else lead)
    last = [cell.column - cell.index for cell in placed[more - 1]]
    if not any(last):
        placed[more - 1] = _beside_colour(rows[more - 1], usual)


def _over(row: Sequence[Written], below: Sequence[str], lead: int, own: int) -> list[Spread]:
    """The headers above others: each over as many as it takes until those below come again."""
    period = next(
        (size for size in range(2, len(below)) if all(below[at] == below[at + size] for at in range(len(below) - size))),
        len(below) if len(set(below)) == len(below) else 1,
    )
    placed, column = [], lead
    for cell in row:
        if cell.index < lead and (cell.text or own):
            placed.append(Spread(cell.index, cell.index, True))
        elif cell.text and cell.index >= lead:
            placed.append(Spread(cell.index, column, True, period))
            column += period
    return placed


def _beside_colour(row: Sequence[Written], usual: Sequence[Counter[str]]) -> list[Spread]:
    """`Party | Votes` over a column of colours, one or more of names and one of numbers: `Party` was over all but the last."""
    placed = []
    shift = 0
    for cell in row:
        column = cell.index + shift
        here, beside = (_most(usual[at]) if at < len(usual) else "blank" for at in (column, column + 1))
        is_colour = cell.text and here == "blank" and beside == "words" and not _OF_NUMBERS.fullmatch(cell.text)
        if is_colour and not shift:
            shift = _best_shift(row[cell.index :], usual)
            placed.append(Spread(cell.index, column, True, 1 + shift))
        else:
            placed.append(Spread(cell.index, column, True))
    return placed


def _best_shift(row: Sequence[Written], usual: Sequence[Counter[str]]) -> int:
    """By how many columns headers are moved to the right: where they fit best, then where the last columns have one."""
    last = max(cell.index for cell in row if cell.text)
    bare = [sum(_most(counts) != "blank" for counts in usual[last + shift + 1 :]) for shift in range(len(usual))]
    return max(range(max(2, len(usual) - last)), key=lambda shift: (_fits(row, usual, shift), -bare[shift], -shift))


def _fits(row: Sequence[Written], usual: Sequence[Counter[str]], shift: int) -> float:
    """How well headers stand over what they speak of, if they are moved."""
    shown = [cell for cell in row if cell.text and cell.index + shift < len(usual)]
    return sum(_fit(cell.text, _most(usual[cell.index + shift])) for cell in shown)


def _fit(header: str, below: str) -> float:
    if _COUNTED_OR_NAMED.fullmatch(header):
        return 0.5
    if not _OF_NUMBERS.fullmatch(header):
        return below == "words"
    return below == ("part" if "%" in header else "whole") or (0.5 if below in ("whole", "part") else 0)


# -- rows -------------------------------------------------------------------------------------------------------------------


def _move(
    placed: list[list[Spread]],
    rows: Sequence[Sequence[Written]],
    kinds: Sequence[Sequence[Kind]],
    number: int,
    usual: Sequence[Counter[str]],
) -> int:
    """Moves a row that lacks cells, the first or one before a number, under what it is of.

    Gives into how many columns the cells above reach.
    """
    row, width = rows[number], len(usual)
    filled = [column for column, kind in enumerate(kinds[number]) if kind != "blank"]
    free = width - 1 - max(filled, default=width)
    if len(filled) < 2 or free < 1:
        return 0
    under_names = [at for at in filled if kinds[number][at] in ("whole", "part") and _most(usual[at]) == "words"]
    first = filled[0]
    moves = [(first, 0), *((begin, shift) for begin in (first, *under_names[:1]) for shift in range(1, free + 1))]

    def fit(move: tuple[int, int]) -> float:
        begin, shift = move
        alike = (_likeness(usual[column + shift * (column >= begin)], kinds[number][column]) for column in filled)
        return sum(alike) - 0.25 * (shift > 0)

    begin, shift = max(moves, key=lambda move: (fit(move), -move[1], (move[0] > first) == (first > 0)))
    if not shift:
        return 0
    if begin > first:
        placed[number] = [
            Spread(cell.index, cell.index + shift * (cell.index >= begin), cell.is_header, 1 + shift * (cell.index == begin - 1))
            for cell in row
            if cell.index + shift * (cell.index >= begin) < width
        ]
        return 0
    moved = [Spread(cell.index, cell.index + shift, cell.is_header) for cell in row if cell.index + shift < width]
    if _SUM.match(row[first].text):  # it reached over the columns of names
        placed[number] = [replace(moved[0], column=0, colspan=shift + 1), *moved[1:]] if not first else moved
        return 0
    placed[number] = moved
    return shift


def _likeness(usual: Counter[str], kind: Kind) -> float:
    total = usual.total() or 1
    alike = usual[kind] + 0.5 * sum(usual[other] for other in ("whole", "part", "year") if kind in ("whole", "part", "year"))
    return alike / total - 0.5 * usual["blank"] / total


def _reach_down(placed: list[list[Spread]], number: int, above: tuple[int, int]) -> None:
    """Lets the cell above, by its row and its place in that, reach down to a row."""
    row, at = above
    placed[row][at] = replace(placed[row][at], rowspan=number - row + 1)
