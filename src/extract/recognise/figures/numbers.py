"""What a number of prose counts: seats, a share that goes without its sign (`32, 27 and 11 percent`), or nothing of ours.

Rules (`seats.yml`, `percentages.yml`) say how such numbers are written; which of them are figures is weighed, number by number
from left to right, by the words around, the figures before, and what the document speaks of. A document that speaks of no
legislature has no seats, and one without percentages has no shares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from extract.recognise.figures.tape import Decided, Mark, Tape, Tapes, signs_around, spoken
from extract.recognise.rules import Match
from extract.sources.document import Document
from extract.text.sentences import Sentence
from extract.weigh.weights import Signs

QUESTION = "figures.number"
LABELS = ("none", "seats", "share")
MEMORY = 8
_SPOKEN_OF = ("seat", "member", "house", "chamber", "vote", "election", "group", "money")
_FEW = frozenset(["one", "1", "a", "an", "two", "three", "both"])


def near_percentages(sentences: Sequence[Sentence], percentages: Iterable[Mark]) -> frozenset[int]:
    """The numbers of the sentences in which shares may go without their sign: those with a percentage, and the two behind."""
    first = {bisect_right(sentences, mark.start, key=attrgetter("start")) - 1 for mark in percentages}
    return frozenset(number for one in first for number in range(max(0, one), min(one + 3, len(sentences))))


class Numbers:
    """The numbers of a document that may be figures, with the signs of what they count."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        matches: Sequence[Match],
        certain: Sequence[Mark],
        others: Sequence[Mark],
        may_seat: bool,
    ) -> None:
        """`certain` are the percentages with their sign, `others` names and dates; `may_seat`: there can be seats."""
        self.document, self.matches, self.may_seat = document, matches, may_seat
        numbers = [Mark("#", match.start, match.end, number) for number, match in enumerate(matches)]
        marks = sorted([*numbers, *certain, *others], key=lambda mark: (mark.start, -mark.end))
        self.tapes = Tapes(document.text, sentences, marks)
        self._near = near_percentages(sentences, certain)
        self._spoken_of = spoken(document.text).signs(_SPOKEN_OF)

    def decide(self, label: Callable[[int, Signs], str]) -> Iterator[tuple[int, str]]:
        """Each number that can be a figure at all, and what it counts, as `label` says of it and its signs.

        Those of a block settle each other from left to right.
        """
        found = [(number, self.tapes.sentence_at(match.start)) for number, match in enumerate(self.matches)]
        for block, group in groupby(found, key=lambda one: self.tapes.sentences[one[1]].block):
            before: tuple[Decided, ...] = ()
            numbers = list(group)  # in a table only beside the word for seats
            if self.document.blocks[block].in_table and not any("word" in self.matches[one].captures for one, _ in numbers):
                continue
            for number, sentence in numbers:
                counted = label(number, self._signs(number, sentence, before))
                before = (*before[1 - MEMORY :], Decided(number, sentence, counted))
                yield number, counted

    def never(self, number: int) -> frozenset[str]:
        """What a number cannot count: a word for seats makes no shares, decimals make no seats."""
        match = self.matches[number]
        near = self.tapes.sentence_at(match.start) in self._near and "word" not in match.captures
        no_share = frozenset() if near or match.rule.id == "percentages.points" else frozenset({"share"})
        return no_share if self.may_seat and match.rule.label == "SEATS" else no_share | {"seats"}

    # -- signs ----------------------------------------------------------------------------------------------------------------

    def _signs(self, number: int, sentence: int, before: Sequence[Decided]) -> Signs:
        """The signs of what a number counts, after what the numbers before it were found to count."""
        match = self.matches[number]
        tape, place = self.tapes.around(sentence, match.start)
        counts = next(filter(_is_plural, tape.forms[place + 1 : place + 4]), "nothing")
        return [
            *_own_signs(match),
            *signs_around(tape, place),
            ("counts: ", (counts,)),
            ("sentence has percentages: ", (f"{min(3, tape.forms.count('PERCENT'))}",)),
            ("sentence says ", tape.words),
            *self._spoken_of,
            *(_signs_after(tape, place, sentence, before) if before else ()),
        ]


def _own_signs(match: Match) -> Signs:
    word = match.captures.get("word", "").lower() or "none"
    written = match.captures.get("number", match.text).lower()
    digits = sum(map(str.isdigit, written))
    yield "rule: ", (match.rule.id,)
    yield "unit: ", (word,)
    yield "written: ", ("in words" if not digits else "with decimals" if "." in written else f"{digits} digits",)
    if written in _FEW:
        yield "says ", (written,)


def _signs_after(tape: Tape, place: int, sentence: int, before: Sequence[Decided]) -> Signs:
    last, is_here = before[-1], before[-1].sentence == sentence
    yield "number before: ", (f"{last.label}, {'here' if is_here else 'earlier'}",)
    yield "seats before: ", (f"{min(3, sum(read.label == 'seats' for read in before))}",)
    if is_here:
        yield f"number before: {last.label}, since then ", dict.fromkeys(tape.since(last.number, place))


def _is_plural(form: str) -> bool:
    return len(form) > 3 and form.endswith("s") and form.isalpha() and not form.endswith(("ss", "us", "is"))
