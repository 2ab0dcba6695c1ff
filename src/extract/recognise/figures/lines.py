"""The signs of tables: which way one runs, of what kind a line is, whose its figures are, what a row is.

A line is told by the words of its header, by the numbers in it and by what stands around: the other headers, the caption and
headings above, which names the rows have, what the lines before it are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from extract.recognise.figures.grid import Grid, Line, Value
from extract.recognise.figures.headers import YEAR, classes_among, classes_of, is_like_name, words_of

WAY, KIND, OWNER, ROW = "table.way", "table.line", "table.owner", "table.row"

FIGURES: Mapping[str, tuple[str, str]] = {
    "won": ("SEATS", "won"),
    "held": ("SEATS", "held"),
    "change": ("SEATS", "change"),
    "loss": ("SEATS", "change"),
    "total": ("SEATS", "total"),
    "majority": ("SEATS", "majority"),
    "groups": ("SEATS", "held"),
    "vote": ("PERCENT", "vote_share"),
    "swing": ("PERCENT", "change"),
    "turnout": ("PERCENT", "turnout"),
    "threshold": ("PERCENT", "threshold"),
    "other": ("PERCENT", "other"),
}
"""The kinds of lines that hold figures: of which label, in which role or measuring what."""
PERCENTAGES = tuple(kind for kind, (label, _) in FIGURES.items() if label == "PERCENT")
NAMING = ("party", "alliance", "person", "place", "date", "name")
LABELS: Mapping[str, tuple[str, ...]] = {
    WAY: ("table", "sideways"),
    KIND: (*FIGURES, *NAMING, "votes", "number", "text"),
    OWNER: ("party", "person", "place", "header", "page", "nobody"),
    ROW: ("plain", "total", "turnout", "other", "nobody"),
}

_TWO_HEADERS = re.compile(r"(?P<first>[^()]+?)\s*\((?P<second>[^()]+)\)")  # `Votes (%)`, over cells of two numbers
_NAMES = ("PARTY", "PERSON", "ORG", "GPE", "NORP")
_MOST_ROWS = 60


class Signs:
    """The signs of one grid."""

    def __init__(self, grid: Grid, spoken: Sequence[str]) -> None:
        """`spoken`: signs of what the document speaks of."""
        self.grid, self.spoken = grid, spoken
        self.heads = [" ".join(line.heads[-1:]) for line in grid.lines]
        self.kinds_of_heads = [" ".join(classes_of(head)) or "nothing" for head in self.heads]
        self.likely_names = [any(map(is_like_name, line.heads)) and line.shape not in ("words", "year") for line in grid.lines]
        self.numbers = [line.numbers() for line in grid.lines]
        self._of_grid = [*self._signs_of_grid()]
        self._sums = self._sums_of_rows()
        self._years = sorted({year for head in self.heads for year in YEAR.findall(head)})

    def _signs_of_grid(self) -> Iterator[str]:
        grid = self.grid
        yield f"form: {grid.form}"
        above = {"above": [grid.above], "title": [grid.page.document.title or ""], "section": grid.blocks[0].section}
        for name, texts in {**above, "table": self.heads}.items():
            for found in classes_among(word for text in texts for word in words_of(text)):
                yield f"{name} of {found}"
        yield f"rows have {self._row_names()}"
        yield f"headers like names: {min(4, sum(self.likely_names))}"
        yield from self.spoken

    def _row_names(self) -> str:
        """What the first line with words names most: a label, years, or nothing of these."""
        for line in self.grid.lines[:3]:
            if line.shape in ("words", "year"):
                common = self._named(line).most_common(1)
                return common[0][0] if common and 3 * common[0][1] >= len(line.cells) else line.shape
        return "nothing"

    def _named(self, line: Line) -> Counter[str]:
        cells = list(line.cells.values())[:_MOST_ROWS]
        return Counter(label for blocks in cells for label in self.grid.names_in(blocks))

    def _named_in_heads(self, line: Line) -> list[str]:
        labels = self.grid.names_in(self.grid.heads[text] for text in line.heads if text in self.grid.heads)
        return sorted(labels.intersection(_NAMES))

    def _sums_of_rows(self) -> str:
        """What the numbers of the lines like names add up to in most rows: all, more, less."""
        rows: dict[int, float] = {}
        for is_like, numbers in zip(self.likely_names, self.numbers, strict=True):
            for row, number in numbers.items() if is_like else ():
                rows[row] = rows.get(row, 0.0) + number
        near, over = sum(80 <= total <= 104 for total in rows.values()), sum(total > 104 for total in rows.values())
        most = len(rows) / 2
        return "none" if not rows else "about all" if near > most else "more" if over > most else "less"

    # -- ways -----------------------------------------------------------------------------------------------------------------

    def way_signs(self, other: Signs) -> Iterator[str]:
        """The signs of a table as it stands; `other` are those of the table looked at sideways."""
        for name, one in (("column", self), ("row", other)):
            for found in classes_among(word for head in one.heads for word in words_of(head)):
                yield f"{name}s have {found}"
            lines = one.grid.lines
            yield f"{name}s mixed: {min(3, sum(len(line.shapes) > 1 for line in lines))} of {min(5, len(lines))}"
            yield f"{name}s like names: {min(3, sum(one.likely_names))}"
            yield f"{name}s numeric: {min(3, sum(line.shape not in ('blank', 'words') for line in lines))}"
            yield from (f"first {name} of {found}" for head in one.heads[:1] for found in classes_of(head))
        yield f"columns: {min(4, len(self.grid.lines))}"
        yield f"rows: {min(8, len(self.grid.rows))}"
        columns, rows = (sum(line.shapes.most_common(1)[0][1] for line in one.grid.lines if line.shapes) for one in (self, other))
        yield f"purer: {'columns' if columns > rows else 'rows' if rows > columns else 'neither'}"
        yield f"headed: {any(block.cell and block.cell.is_header for block in self.grid.blocks)}"
        yield f"corner: {' '.join(words_of(other.heads[0]) if other.heads else ()) or 'empty'}"
        yield from (sign for sign in self._of_grid if sign.startswith(("above", "rows have")))

    # -- lines ----------------------------------------------------------------------------------------------------------------

    def line_signs(self, number: int, second: bool = False) -> list[str]:
        """The signs of a line, whatever the others are; `second`: of the second numbers of its cells."""
        line, like = self.grid.lines[number], f"like name: {self.likely_names[number]}"
        head = self.heads[number]
        if line.shape == "pair" and (parts := _TWO_HEADERS.fullmatch(head.strip())):
            head = parts["second" if second else "first"]
        values = [value.second if second else value for value in line.values.values()]
        shapes = [*_shape_signs([value for value in values if value])]
        return [
            "always",
            "second" if second else "of pairs" if line.shape == "pair" else "of one",
            *self._head_signs(line, head),
            *shapes,
            *(f"{one}, head of {found}" for one in shapes for found in classes_of(head) or ("nothing",)),
            *(f"{one}, {like}" for one in shapes),
            *self._content_signs(line),
            *self._place_signs(number),
            *self._of_grid,
            *(f"{sign}, {shapes[0]}" for sign in self._of_grid),
            *(f"{sign}, {like}, {shapes[0]}" for sign in self._of_grid),
        ]

    def _head_signs(self, line: Line, head: str) -> Iterator[str]:
        words, kinds, over = words_of(head), classes_of(head), line.heads[:-1]
        whole = " ".join(kinds) or "nothing"
        yield f"head is: {' '.join(words[:5]) or 'empty'}"
        yield from (f"head says {word}" for word in sorted(set(words)))
        yield from (f"head says {one} {other}" for one, other in pairwise(words))
        yield from (f"head of {found}" for found in kinds)
        yield f"head of all: {whole}"
        yield f"like name: {is_like_name(head)}"
        if years := YEAR.findall(head):
            place = "only" if len(self._years) < 2 else "first of two" if len(self._years) == 2 else "earlier"
            yield f"head year: {'last' if max(years) == self._years[-1] and len(self._years) > 1 else place}"
        yield from (f"over says {word}" for word in sorted({word for text in over for word in words_of(text)}))
        for found in classes_among(word for text in over for word in words_of(text)):
            yield f"over of {found}"
            yield f"over of {found}, head of {whole}"
        yield f"over like name: {any(map(is_like_name, over))}, head of {whole}"
        yield f"heads: {min(3, len(line.heads))}"
        yield from (f"head names {label}" for label in self._named_in_heads(line))

    def _content_signs(self, line: Line) -> Iterator[str]:
        texts = [self.grid.page.text_of(blocks[0]) for blocks in list(line.cells.values())[:_MOST_ROWS]]
        classes = Counter(found for text in texts for found in classes_of(text))
        for name, counts in (("names", self._named(line)), ("cells of", classes)):
            for found, count in sorted(counts.items()):
                yield f"{name} {found}: {'most' if 2 * count >= len(line.cells) else 'some'}"
        yield f"cells like names: {round(2 * sum(map(is_like_name, texts)) / len(texts)) if texts else 0}"
        numbers = list(line.numbers().values())
        if len(numbers) > 1:
            total, last = sum(numbers), numbers[-1]
            yield f"last is the sum: {last > 0 and abs(total - 2 * last) <= 0.3}"
            near = any(97 <= one <= 103 for one in (total, total - last))
            yield f"sum: {'about all' if near else 'less' if total < 97 else 'more'}"

    def _place_signs(self, number: int) -> Iterator[str]:
        count = len(self.heads)
        yield f"line: {min(4, number)}"
        yield f"last line: {number == count - 1}"
        yield f"lines: {min(5, count)}"
        for name, other in (("before", number - 1), ("behind", number + 1)):
            inside = 0 <= other < count
            yield f"{name}: {self.grid.lines[other].shape if inside else 'none'}"
            yield from (f"{name} of {found}" for found in classes_of(self.heads[other] if inside else ""))
        if self.likely_names[number]:
            yield f"rows of likely names add up to {self._sums}"
        if number in self._totals:
            yield "is the sum of those before"

    @cached_property
    def _totals(self) -> frozenset[int]:
        """The lines whose numbers are the sums of those of the lines before, in most rows."""
        found, sums = set(), dict[int, float]()
        for number, own in enumerate(self.numbers):
            right = sum(value > 0 and abs(value - sums.get(row, 0.0)) < 0.5 for row, value in own.items())
            if number > 1 and right > 1 and 2 * right > len(own):
                found.add(number)
            for row, value in own.items() if number else ():
                sums[row] = sums.get(row, 0.0) + value
        return frozenset(found)

    def signs_after(self, number: int, before: Sequence[str]) -> Iterator[str]:
        """The signs of a line in what the lines before it were found to be."""
        kinds, shape = self.kinds_of_heads[number], self.grid.lines[number].shape
        last = before[-1] if before else "none"
        figure = next((one for one in reversed(before) if one in FIGURES), "none")
        yield f"after {last}"
        yield f"after {last}, head of {kinds}"
        yield f"after {last}, like name: {self.likely_names[number]}"
        for one in (f"last figures {figure}", *(f"there is {one}" for one in sorted(set(before)))):
            yield f"{one}, head of {kinds}"
            yield f"{one}, holds {shape}"

    # -- owners ---------------------------------------------------------------------------------------------------------------

    def owner_signs(self, number: int, kinds: Sequence[str], second: str = "") -> Iterator[str]:
        """The signs of whose the figures of a line are, by the kinds of all lines; `second`: the kind of its second numbers."""
        line, kind = self.grid.lines[number], kinds[number] if kinds[number] in FIGURES else second or kinds[number]
        there = sorted(set(kinds))
        naming = " ".join(one for one in NAMING if one in there) or "nothing"
        counting = " ".join(one for one in ("won", "held", "vote", "votes") if one in there)
        label = FIGURES.get(kind, ("none", ""))[0]
        like = [is_like_name(head) for head in line.heads]
        yield kind
        yield f"{kind}, lines name {naming}"
        yield f"{label}, lines name {naming}, lines count {counting}"
        yield from (f"{kind}, there is {one}" for one in there)
        yield f"{kind}, nearest name before: {next((one for one in reversed(kinds[:number]) if one in NAMING), 'none')}"
        yield from (f"{kind}, {one} before: {one in kinds[:number]}" for one in there if one in NAMING)
        begins = [" ".join(words_of(" ".join(other.heads))[:1]) for other in self.grid.lines]
        alike = sorted({one for begin, one in zip(begins, kinds, strict=True) if one in NAMING and begin == begins[number]})
        subject = self.grid.page.subject
        page = subject.label if subject and subject.label in _NAMES else "nothing"
        yield f"{kind}, begins as {' '.join(alike) or 'no name'}"
        yield f"{kind}, begins as {' '.join(alike) or 'no name'}, page of {page}"
        yield f"{kind}, page of {page}, lines name {naming}"
        yield f"like name: {any(like)}"
        yield f"{kind}, innermost like name: {like[-1:] == [True]}, outer: {any(like[:-1])}"
        yield from (f"{label}, head names {found}" for found in self._named_in_heads(line) or ("nobody",))
        words = sorted({word for text in line.heads for word in words_of(text)})
        yield from (f"head says {word}" for word in words)
        for found in classes_among(words):
            yield f"{label}, head of {found}"
            yield f"{kind}, head of {found}"
        yield from (f"{label}, {sign}" for sign in self._of_grid)

    # -- rows -----------------------------------------------------------------------------------------------------------------

    def row_signs(self, row: int, kinds: Sequence[str]) -> Iterator[str]:
        """The signs of what a row is; `kinds` are those of the lines."""
        place = self._row_places[row]
        name, end = self.grid.rows[row], len(self.grid.rows) - 1 - place
        words, whole = words_of(name), " ".join(classes_of(name)) or "nothing"
        first = next((one for one in kinds if one in NAMING), "none")
        blocks = [block for line in self.grid.lines[:3] for block in line.cells.get(row, ())]
        labels = self.grid.names_in(block for block in blocks if self.grid.page.text_of(block) == name)
        yield "always"
        yield f"row is: {' '.join(words[:4]) or 'empty'}"
        yield from (f"row says {word}" for word in sorted(set(words)))
        yield from (f"row begins: {word}" for word in words[:1])
        for found in classes_of(name):
            yield f"row of {found}"
            yield f"row of {found}, rows are {first}"
        yield f"row of all: {whole}"
        yield f"row of all: {whole}, from the end: {min(3, end)}"
        yield from (f"row names {label}" for label in sorted(labels.intersection(_NAMES)) or ("nobody",))
        yield f"from the end: {min(4, end)}"
        yield f"row: {min(2, place)}"
        yield f"long: {len(words) > 4}"
        yield f"rows are {first}"
        yield f"form: {self.grid.form}"
        yield f"sums: {self._sums_above.get(row, 'none')}"

    @cached_property
    def _row_places(self) -> Mapping[int, int]:
        return {row: place for place, row in enumerate(self.grid.rows)}

    @cached_property
    def _sums_above(self) -> Mapping[int, str]:
        """Of each row whether its numbers are the sums of those above it."""
        told: dict[int, list[bool]] = {}
        for numbers in self.numbers:
            total = 0.0
            for place, row in enumerate(self.grid.rows):
                number = numbers.get(row, 0.0)
                if place > 1 and number > 1:
                    told.setdefault(row, []).append(abs(number - total) <= max(0.3, number * 0.002))
                total += number
        return {row: "all" if all(right) else "some" if any(right) else "no" for row, right in told.items()}


def _shape_signs(values: Sequence[Value]) -> Iterator[str]:
    """The signs of what stands in the cells of a line; the first of them tells most."""
    shapes = Counter(value.shape for value in values if value.shape != "blank")
    most = shapes.most_common(1)[0][0] if shapes else "blank"
    numbers = [value for value in values if value.shape in ("whole", "decimal", "pair")]
    percent, signed = sum(value.percent for value in numbers), sum(bool(value.sign) for value in numbers)
    yield f"holds {most}{' %' if 2 * percent > len(numbers) else ''}"
    top = max((value.number for value in numbers), default=0.0)
    yield f"up to {next((size for size in (1, 10, 100, 1000) if top <= size), 'more')}"
    yield f"signed: {'none' if not signed else 'most' if 2 * signed > len(numbers) else 'some'}"
