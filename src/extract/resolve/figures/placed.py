"""Figures in infoboxes and tables: what their line and row are says role or measure, and whose they are.

An owner is looked for where the weights say: over the line, in the row, or the page's own; nobody rather than a wrong one. The
words of its cell name it: a name that was found there and is most of them, else the words themselves, whatever was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.normalise.readings import PercentReading
from extract.recognise.figures.grid import read_value
from extract.recognise.figures.headers import classes_of, is_like_name
from extract.recognise.figures.lines import FIGURES, KIND, OWNER
from extract.recognise.figures.readings import Place, tables_of
from extract.recognise.figures.tape import INDEPENDENT, Mark
from extract.recognise.mention import Mention
from extract.resolve.fact import INDEPENDENTS, Fact, Owner
from extract.resolve.figures.decide import fact_of, told_in_words
from extract.sources.document import Block, Document
from extract.weigh import WeightSet

_PARTIES = ("PARTY", "ORG", "PERSON")
_LINES = {"party": ("party", "alliance"), "person": ("person",), "place": ("place",)}
_LABELS = {"party": _PARTIES, "person": ("PERSON", "ORG", "PARTY"), "place": ("GPE", "LOC", "FAC", "ORG")}
"""The labels of owners of each sort, likeliest first: what is no name yet gets the first."""
_COUNTING = frozenset({"seats", "votes", "percent", "change", "won", "date"})
_NOBODY = frozenset({"nobody", "total"})
_NO_NAME = re.compile(r"[|=%/\"\n]|^.{60}")

_FALLS = re.compile(r"[▼▽↓⬇🔻]\s?$")
_WHOLE = re.compile(r"(?:\d\s?(?:/|of|out of)\s?(?:the )?|\ball (?:the )?)$", re.IGNORECASE)
_BEFORE_FIGURE = re.compile(r"[(,;:]?\s?(?:as )?(?:the )?\(?$")
_INDEPENDENT = re.compile(r"\W*(?:the )?independents?\b\W*", re.IGNORECASE)
_INDEPENDENTS_BEFORE = re.compile(r"\bindependents?\b\W*$", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|[)\]•·,;:])\s*(?P<name>[^()\[\]•·,;:]+?)\s*\($")
_BEHIND_NAME = re.compile(  # `Oak%`, `Reds 2014 seats`, `Ann Oak (D)`
    r"(?:\s*(?:#|%|\bvotes?|\bseats?|\bpct|\b(?:19|20)\d\d|\([A-Z]{1,4}(?:[-–]\w+)?\))\.?)+$", re.IGNORECASE
)


def is_placed(block: Block) -> bool:
    """Whether a block is an infobox line, or a table cell under a header or beside one."""
    cell = block.cell
    if cell is None:
        return block.field is not None
    return bool(cell.headers or cell.row_header) and (not cell.is_header or cell.row_header is not None)


_INDEPENDENTS = Mark(INDEPENDENT, -1, -1)


class Placing:
    """A document's tables as they are read. `numbers` are those of the mentions of its names, by where they stand."""

    def __init__(self, document: Document, mentions: Sequence[Mention], weights: WeightSet) -> None:
        names = [(number, each) for number, each in enumerate(mentions) if each.component == "names"]
        self.weights, self.numbers = weights, {(each.start, each.end): number for number, each in names}
        self.tables = tables_of(document, (Mark(each.label, each.start, each.end) for _, each in names), weights)
        self.page = self.tables.page

    def words_of(self, owner: Mark) -> str:
        """What the table calls an owner."""
        return INDEPENDENTS if owner is _INDEPENDENTS else self.page.text[owner.start : owner.end]

    def fact(self, mention: Mention, block: Block, explain: bool = False) -> Fact:
        """The fact of a figure in an infobox or table; `explain`: with how it came about."""
        place, owner = self.tables.places.get(block.start), self.owner(mention, block)
        kind = self._kind(mention, block, place, owner is not None)
        has_owner = owner and kind not in ("total", "majority", "threshold")
        owners = [Owner(self.numbers.get((owner.start, owner.end)), self.words_of(owner))] if owner and has_owner else []
        falls = kind == "change" and mention.reading.amount.low >= 0 and self._falls(mention, place)
        how = tuple(tell_placed(place, self.weights)) if explain and place else ()
        return fact_of(mention, kind, owners, how, falls=falls)

    def _falls(self, mention: Mention, place: Place | None) -> bool:
        """Whether a change is one down: an arrow or template before it shows it, or its line is one of losses."""
        start = max(0, mention.start - 3)
        marks = (mark for mark in self.page.document.marks if mark.kind == "sign" and start <= mark.position <= mention.start)
        shown = _FALLS.search(self.page.text[start : mention.start])
        return bool(shown) or any(mark.value == "-" for mark in marks) or (place is not None and place.kind == "loss")

    def _kind(self, mention: Mention, block: Block, place: Place | None, has_owner: bool) -> str:
        """The role or measure: what is written beside it, else what its row or line is."""
        is_percent, line = isinstance(mention.reading, PercentReading), ""
        if place:
            value = read_value(self.page.text_of(block))
            is_second = value.second is not None and mention.start >= block.start + value.end
            line = place.second if is_second and place.second else place.kind
            if is_percent and line not in FIGURES and place.second in FIGURES:
                line = place.second
        label, what = FIGURES.get(line, ("", ""))
        if is_percent:
            if mention.reading.unit == "percentage_point" or mention.reading.change:
                return "change"
            if place is None or place.of_row in ("turnout", "other"):
                return "turnout" if place and place.of_row == "turnout" else "other"
            return what if label == "PERCENT" else "vote_share" if label else "other"  # `46 seats, 30.1%`
        if _WHOLE.search(self.page.text[block.start : mention.start]):
            return "total"
        if mention.reading.signed:
            return "change"
        if place is None or (not has_owner and place.of_row in ("total", "turnout")):
            return "total"
        among = ("won", "held") if has_owner else ("won", "held", "total", "majority")
        return what if label == "SEATS" else FIGURES[place.reading.likeliest(place.line, among)][1]

    # -- owners --------------------------------------------------------------------------------------------------------------

    def owner(self, mention: Mention, block: Block) -> Mark | None:
        """Whose a figure is, if the table says so: where it is named (-1: nowhere), and the label of what is named there.

        No label: what the table calls it can be no name.
        """
        found = self.tables.owners
        if mention.start not in found:
            place = self.tables.places.get(block.start)
            inside = self._named_before(mention, block, place.kind == "groups") if place else None
            found[mention.start] = inside or (self._of_place(place) if place else None)
        return found[mention.start]

    def _of_place(self, place: Place) -> Mark | None:
        owner = place.reading.owner(place.line)
        if place.kind == "groups" or owner == "nobody":
            return None
        if owner == "header":
            return self._of_header(place)
        if place.of_row != "plain":
            return None
        if owner == "page":
            subject = self.page.subject or self._of_box(place.reading.grid.blocks)
            return subject if subject and subject.form in _PARTIES else None
        return self._of_row(place, owner)

    def _of_box(self, blocks: Iterable[Block]) -> Mark | None:
        """Whom an infobox is of, where no name was found in it: who has seats or shares is a party."""
        name = next((block for block in blocks if block.field and "name" in block.field.name), None)
        return self._called(name.start, name.end, "PARTY") if name else None

    def _called(self, start: int, end: int, label: str) -> Mark:
        """An owner of the words there, whatever was found in them."""
        words = self.page.text[start:end]
        is_name = is_like_name(words) and not _NO_NAME.search(words) and "answer" not in classes_of(words)
        return Mark(label if is_name else "", start, end)

    def _named_before(self, mention: Mention, block: Block, is_list: bool) -> Mark | None:
        """Who is named right before the figure in the same value: `4 (as National Unity Alliance, 2.29%)`, `Labour (77)`.

        In a list of groups that is also what is no name: `Labor (26)`, but not `Government (36)`.
        """
        text, named = self.page.text, self.page.names_between(block.start, mention.start, _PARTIES)
        if named and _BEFORE_FIGURE.fullmatch(text[named[-1].end : mention.start]):
            return named[-1] if _NOBODY.isdisjoint(classes_of(self.words_of(named[-1]))) else None
        if _INDEPENDENTS_BEFORE.search(before := text[block.start : mention.start]):
            return _INDEPENDENTS
        listed = _LISTED.search(before) if is_list else None
        if not listed or not listed["name"][:1].isupper() or not _NOBODY.isdisjoint(classes_of(listed["name"])):
            return None
        return self._called(block.start + listed.start("name"), block.start + listed.end("name"), "PARTY")

    def _of_header(self, place: Place) -> Mark | None:
        """The party, candidate or answer that a line is of, or the line before it: `Reds % | Seats | Blues % | Seats`.

        It is the name in a header, if that is most of it; else its words.
        """
        grid = place.reading.grid
        for line in grid.lines[max(0, place.line - 1) : place.line + 1][::-1]:
            heads = [(text, _BEHIND_NAME.sub("", text).strip()) for text in reversed(line.heads)]
            heads.sort(key=lambda head: not is_like_name(head[1]))
            for text, words in heads:
                if text not in grid.heads or not any(map(str.isalpha, words)) or not _COUNTING.isdisjoint(classes_of(words)):
                    continue
                if _INDEPENDENT.fullmatch(words):
                    return _INDEPENDENTS
                start = grid.heads[text].start + text.find(words)
                end = start + len(words)
                return self.page.filling(start, end, _PARTIES) or self._called(start, end, "PARTY")
        return None

    def _of_row(self, place: Place, owner: str) -> Mark | None:
        """Who is named in the row, in the nearest line of that sort to the left, else in another."""
        lines = [line for line, kind in enumerate(place.reading.kinds) if kind in _LINES[owner]]
        lines.sort(key=lambda line: (line > place.line, abs(place.line - line)))
        return next(filter(None, (self._in_cell(_at(place, line), owner) for line in lines)), None)

    def _in_cell(self, blocks: Iterable[Block], owner: str) -> Mark | None:
        """Who is named in a cell: independents, else the first name of the first label, else whatever is written there."""
        for block in blocks:
            text = self.page.text_of(block).split(" (")[0]
            end = block.start + len(text)
            inside = self.page.names_between(block.start, end)
            most = self.page.filling(block.start, end)
            if not most and is_like_name(text) and (owner == "party" or len(inside) == 1):
                inside = ()  # parts of the name
            for label in _LABELS[owner]:
                if found := next((name for name in inside if name.form == label), None):
                    return found
            if _INDEPENDENT.match(text):
                return _INDEPENDENTS
            if most:
                return most
            if _has_words(text) and "nobody" not in classes_of(text):
                return self._called(block.start, end, _LABELS[owner][0])
        return None


def _at(place: Place, line: int) -> Iterator[Block]:
    """The cell of a row in a line: its own, else in a table one that reaches across to it from the left, else from above."""
    grid = place.reading.grid
    if own := grid.lines[line].cells.get(place.row):
        yield from own
    elif grid.form == "table":
        beside = (block for other in grid.lines[:line] for block in other.cells.get(place.row, ()))
        left = [block for block in beside if _has_words(grid.page.text_of(block))]
        above = [row for row in grid.lines[line].cells if row < place.row]
        yield from left[-1:] or (grid.lines[line].cells[max(above)] if above else ())


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 1


def tell_placed(place: Place, weights: WeightSet) -> Iterator[str]:
    """A line for what the line of a placed figure is, one for whose its figures are, one for its row if that is no plain one."""
    reading, line = place.reading, place.line
    signs, kinds = reading.signs, reading.kinds
    own = [*signs.line_signs(line), *signs.signs_after(line, kinds[:line])]
    yield f"{' / '.join(reading.grid.lines[line].heads)!r} is {place.kind}: {told_in_words(weights[KIND].told(own, place.kind))}"
    owner = reading.owner(line)
    told = weights[OWNER].told([*signs.owner_signs(line, kinds, place.second)], owner)
    yield f"owner by {owner}: {told_in_words(told)}"
    if place.of_row != "plain":
        yield f"row is {place.of_row}, by its name: {reading.grid.rows[place.row]}"
