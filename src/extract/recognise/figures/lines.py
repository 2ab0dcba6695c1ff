"""The signs of tables: of what kind a line is, and whose its figures are.

A line is told by the words of its header, by the numbers in it and by what stands around: the other headers, the caption and
headings above, which names the rows have, what the lines before it are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extract.recognise.figures.grid import Grid, Line, Value
from extract.recognise.figures.headers import YEAR, classes_among, classes_of, is_like_name, words_of
from extract.recognise.figures.tape import Spoken

KIND, OWNER = "table.line", "table.owner"

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
    KIND: (*FIGURES, *NAMING, "votes", "number", "text"),
    OWNER: ("party", "person", "place", "header", "page", "nobody"),
}

_TWO_HEADERS = re.compile(r"(?P<first>[^()]+?)\s*\((?P<second>[^()]+)\)")  # `Votes (%)`, over cells of two numbers
_NAMES = ("PARTY", "PERSON", "ORG", "GPE", "NORP")
_MOST_ROWS = 60
_SPOKEN_OF = ("seat", "vote", "election", "house", "money")


class Signs:
    """The signs of one grid."""

    def __init__(self, grid: Grid, said: Spoken) -> None:
        """`said` is what the document speaks of."""
        self.grid = grid
        self.heads = [" ".join(line.heads[-1:]) for line in grid.lines]
        self.kinds_of_heads = [" ".join(classes_of(head)) or "nothing" for head in self.heads]
        self.likely_names = [any(map(is_like_name, line.heads)) and line.shape not in ("words", "year") for line in grid.lines]
        self._of_grid = [*self._signs_of_grid(), *said.signs(_SPOKEN_OF)]
        of_shares = any("percent" in classes_of(text) for text in (grid.above, *self.heads))
        self.never = frozenset() if said.of_votes or said.of_seats or said.is_short or of_shares else frozenset({"vote", "swing"})
        """The kinds that it cannot have: nothing speaks of votes."""
        self._years = sorted({year for head in self.heads for year in YEAR.findall(head)})

    def _signs_of_grid(self) -> Iterator[str]:
        yield f"form: {self.grid.form}"
        for name, texts in (("above", [self.grid.above]), ("table", self.heads)):
            for found in classes_among(word for text in texts for word in words_of(text)):
                yield f"{name} of {found}"
        yield f"rows have {self._row_names()}"
        yield f"headers like names: {min(4, sum(self.likely_names))}"

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

    # -- lines ----------------------------------------------------------------------------------------------------------------

    def line_signs(self, number: int, second: bool = False) -> list[str]:
        """The signs of a line, whatever the others are; `second`: of the second numbers of its cells."""
        line, head = self.grid.lines[number], self.heads[number]
        if line.shape == "pair" and (parts := _TWO_HEADERS.fullmatch(head.strip())):
            head = parts["second" if second else "first"]
        values = [value.second if second else value for value in line.values.values()]
        shapes = [*_shape_signs([value for value in values if value])]
        return [
            "second" if second else "of pairs" if line.shape == "pair" else "of one",
            *self._head_signs(line, head),
            *shapes,
            *(f"{one}, head of {found}" for one in shapes for found in classes_of(head) or ("nothing",)),
            *self._content_signs(line),
            *self._signs_beside(number),
            *self._of_grid,
        ]

    def _head_signs(self, line: Line, head: str) -> Iterator[str]:
        words = words_of(head)
        yield f"head is: {' '.join(words[:5]) or 'empty'}"
        yield from (f"head says {word}" for word in sorted(set(words)))
        yield from (f"head of {found}" for found in classes_of(head))
        yield f"like name: {is_like_name(head)}"
        if years := YEAR.findall(head):
            place = "only" if len(self._years) < 2 else "first of two" if len(self._years) == 2 else "earlier"
            yield f"head year: {'last' if max(years) == self._years[-1] and len(self._years) > 1 else place}"
        yield from (f"over of {found}" for found in classes_among(word for text in line.heads[:-1] for word in words_of(text)))
        yield from (f"head names {label}" for label in self._named_in_heads(line))

    def _content_signs(self, line: Line) -> Iterator[str]:
        texts = [self.grid.page.text_of(blocks[0]) for blocks in list(line.cells.values())[:_MOST_ROWS]]
        classes = Counter(found for text in texts for found in classes_of(text))
        for name, counts in (("names", self._named(line)), ("cells of", classes)):
            for found, count in sorted(counts.items()):
                yield f"{name} {found}: {'most' if 2 * count >= len(line.cells) else 'some'}"
        yield f"cells like names: {round(2 * sum(map(is_like_name, texts)) / len(texts)) if texts else 0}"
        numbers = [value.number for value in line.values.values() if value.shape in ("whole", "decimal", "pair")]
        if len(numbers) > 1:
            total = sum(numbers)
            near = any(97 <= one <= 103 for one in (total, total - numbers[-1]))
            yield f"sum: {'about all' if near else 'less' if total < 97 else 'more'}"

    def _signs_beside(self, number: int) -> Iterator[str]:
        for name, other in (("before", number - 1), ("behind", number + 1)):
            inside = 0 <= other < len(self.heads)
            yield f"{name}: {self.grid.lines[other].shape if inside else 'none'}"
            yield from (f"{name} of {found}" for found in classes_of(self.heads[other] if inside else ""))

    def signs_after(self, number: int, before: Sequence[str]) -> Iterator[str]:
        """The signs of a line in what the lines before it were found to be."""
        kinds, last = self.kinds_of_heads[number], before[-1] if before else "none"
        yield from (f"after {last}", f"after {last}, head of {kinds}", f"after {last}, like name: {self.likely_names[number]}")
        said = f"head of {kinds}", f"holds {self.grid.lines[number].shape}"
        yield from (f"there is {one}, {words}" for one in sorted(set(before)) for words in said)

    # -- owners ---------------------------------------------------------------------------------------------------------------

    def owner_signs(self, number: int, kinds: Sequence[str], second: str = "") -> Iterator[str]:
        """The signs of whose the figures of a line are, by the kinds of all lines; `second`: the kind of its second numbers."""
        line, kind = self.grid.lines[number], kinds[number] if kinds[number] in FIGURES else second or kinds[number]
        there, label = sorted(set(kinds)), FIGURES.get(kind, ("none", ""))[0]
        naming = " ".join(one for one in NAMING if one in there) or "nothing"
        counting = " ".join(one for one in ("won", "held", "vote", "votes") if one in there)
        yield kind
        yield f"{kind}, lines name {naming}"
        yield f"{label}, lines name {naming}, lines count {counting}"
        yield from (f"{kind}, there is {one}" for one in there)
        yield f"{kind}, nearest name before: {next((one for one in reversed(kinds[:number]) if one in NAMING), 'none')}"
        yield from (f"{kind}, {one} before: {one in kinds[:number]}" for one in there if one in NAMING)
        begins = [" ".join(words_of(" ".join(other.heads))[:1]) for other in self.grid.lines]
        alike = sorted({one for begin, one in zip(begins, kinds, strict=True) if one in NAMING and begin == begins[number]})
        subject = self.grid.page.subject
        page = subject.form if subject and subject.form in _NAMES else "nothing"
        yield f"{kind}, begins as {' '.join(alike) or 'no name'}, page of {page}"
        yield from (f"{label}, head names {found}" for found in self._named_in_heads(line) or ("nobody",))
        words = sorted({word for text in line.heads for word in words_of(text)})
        yield from (f"head says {word}" for word in words)
        yield from (f"{one}, head of {found}" for found in classes_among(words) for one in (label, kind))
        yield from (f"{label}, {sign}" for sign in self._of_grid)


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
