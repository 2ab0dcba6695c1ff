"""The signs of tables: of what kind a line is, and whose its figures are.

A line is told by the words of its header, by the numbers in it and by what stands around: the other headers, the caption and
headings above, which names the rows have, what the lines before it are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extract.recognise.figures.grid import Grid, Value, commonest_shape
from extract.recognise.figures.headers import YEAR, classes_of, is_like_name, words_of
from extract.recognise.figures.tape import Spoken
from extract.weigh.weights import Signs

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
_SPOKEN_OF = ("seat", "vote", "election", "house")


class LineSigns:
    """The signs of one grid."""

    def __init__(self, grid: Grid, said: Spoken) -> None:
        """`said` is what the document speaks of."""
        self.grid = grid
        self.heads = [" ".join(line.heads[-1:]) for line in grid.lines]
        named = (grid.names_in(grid.heads[text] for text in line.heads if text in grid.heads) for line in grid.lines)
        self._names = [[one for one in names if one in _NAMES] for names in named]
        self._like_names = [
            " ".join(names) or "yes" if any(map(is_like_name, line.heads)) else "no"
            for line, names in zip(grid.lines, self._names, strict=True)
        ]
        self._like = f"{min(4, len(grid.lines) - self._like_names.count('no'))}"
        self._table = sorted({one for head in self.heads for one in classes_of(head)})
        self._of_table = [
            ("table of ", self._table),
            ("under ", sorted({one for heading in grid.blocks[0].section[-2:] for one in classes_of(heading)}) or ("nothing",)),
            ("heads like names: ", (self._like,)),
            *said.signs(_SPOKEN_OF),
        ]
        self._years = sorted({year for head in self.heads for year in YEAR.findall(head)})

    # -- lines ----------------------------------------------------------------------------------------------------------------

    def line_signs(self, number: int, second: bool = False) -> Signs:
        """The signs of a line, whatever the others are; `second`: of the second numbers of its cells."""
        line, head = self.grid.lines[number], self.heads[number]
        if line.shape == "pair" and (parts := _TWO_HEADERS.fullmatch(head.strip())):
            head = parts["second" if second else "first"]
        words, of_head = words_of(head), classes_of(head)
        values = [value.second if second else value for value in line.values.values()]
        named = Counter(label for blocks in list(line.cells.values())[:_MOST_ROWS] for label in self.grid.names_in(blocks))
        return [
            ("head is: ", (" ".join(words[:5]) or "empty",)),
            ("head says ", dict.fromkeys(words)),
            ("head of ", of_head),
            ("head of all: ", (" ".join(of_head) or "nothing",)),
            ("head like a name: ", (self._like_names[number], f"{self._like_names[number]}, of {self._like}")),
            *_number_signs([value for value in values if value], of_head),
            ("names ", [f"{one}: {'most' if 2 * count >= len(line.cells) else 'some'}" for one, count in named.items()]),
            ("year: ", [f"{year == self._years[-1]} of {min(3, len(self._years))}" for year in YEAR.findall(head)]),
            ("behind: ", [other.shape for other in self.grid.lines[number + 1 : number + 2]] or ("none",)),
            ("behind of ", classes_of(" ".join(self.heads[number + 1 : number + 2]))),
            *self._of_table,
        ]

    def signs_after(self, number: int, before: Sequence[str]) -> Signs:
        """The signs of a line in what the lines before it were found to be."""
        line, last = self.grid.lines[number], before[-1] if before else "none"
        head = " ".join(classes_of(self.heads[number])) or "nothing"
        yield "after ", (f"{last}, head of {head}",)
        yield "there is ", (f"{one}, holds {line.shape}" for one in dict.fromkeys(before))

    # -- owners ---------------------------------------------------------------------------------------------------------------

    def owner_signs(self, number: int, kinds: Sequence[str], second: str = "") -> Signs:
        """The signs of whose the figures of a line are, by the kinds of all lines; `second`: the kind of its second numbers."""
        line, kind = self.grid.lines[number], kinds[number] if kinds[number] in FIGURES else second or kinds[number]
        there, label = dict.fromkeys(kinds), FIGURES.get(kind, ("none", ""))[0]
        yield f"{kind}, there is ", there
        yield f"{kind}, ", (f"{one} before: {one in kinds[:number]}" for one in there if one in NAMING)
        yield f"{label}, head names ", self._names[number] or ("nobody",)
        yield f"{label}, head like a name: ", (self._like_names[number],)
        for naming in (place for place, one in enumerate(kinds) if one in NAMING):
            yield f"{label}, {kinds[naming]} called ", words_of(self.heads[naming])[-2:]
        yield f"{label}, head of ", dict.fromkeys(one for head in line.heads for one in classes_of(head))
        yield f"{label}, table of ", self._table


def _number_signs(values: Sequence[Value], of_head: Sequence[str]) -> Signs:
    """The signs of what stands in the cells of a line; `of_head`: the classes of its header."""
    numbers = [value for value in values if value.shape in ("whole", "decimal", "pair", "range")]
    percent, signed = sum(value.percent for value in numbers), sum(bool(value.sign) for value in numbers)
    top = max((value.number for value in numbers), default=0.0)
    holds = f"{commonest_shape(values)}{' %' if 2 * percent > len(numbers) else ''}"
    up_to = f"{next((size for size in (1, 10, 100, 1000) if top <= size), 'more')}"
    how = "none" if not signed else "most" if 2 * signed > len(numbers) else "some"
    heads = [f", head of {found}" for found in of_head or ("nothing",)]
    yield "holds ", (holds, *(holds + head for head in heads))
    yield "up to ", (up_to,)
    yield "signed: ", (how + head for head in heads)
