"""The finders of percentages and seat counts.

What has its sign (`5.5 per cent`) is found by rules; in infoboxes and tables the key or header says what a bare number is; which
of the other numbers of prose are seats or shares is weighed (`numbers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Literal

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.numbers import QUESTION, Numbers, near_percentages
from extract.recognise.figures.placed import numbers_in_place, span_in_place
from extract.recognise.figures.spans import Comparators, share_of, spans_of
from extract.recognise.figures.tape import Mark, marks_of, spoken
from extract.recognise.mention import note_lost, set_spans
from extract.recognise.rules import RuleMatcher, read_match
from extract.rules import RuleSet
from extract.sources.document import Block
from extract.text.document import Cache, document_of
from extract.text.sentences import Sentence, sentences_of
from extract.weigh import WeightSet

__all__ = ["FigureFinder", "certain_among", "others_of"]

_WEIGHED = frozenset({"percentages.points", "percentages.beside"})
_OF_NAME = re.compile(r"(?<![\w.])[A-Z][-‐‑]$")  # `G-77`, `B-52`
_WORD = re.compile(r"[a-z]+")
_KEPT = "extract.figures"


class FigureFinder:
    """The component of percentages, or that of seat counts: leaves them in `doc.spans[key]`, each with its reading.

    Both run behind the finders of names and dates, so that no number is taken twice. The first of them finds the figures of both.
    """

    def __init__(self, key: Literal["percentages", "seats"], rules: RuleSet, vocab: Vocab, weights: WeightSet) -> None:
        """Compiles the rules of `percentages.yml` and `seats.yml`. Raises RuleError."""
        percent, seats = rules.file("percentages"), rules.file("seats")
        self.key, self.label = key, "SEATS" if key == "seats" else "PERCENT"
        self.certain = RuleMatcher([rule for rule in percent.rules if rule.id not in _WEIGHED], vocab)
        self.numbers = RuleMatcher([*(rule for rule in percent.rules if rule.id in _WEIGHED), *seats.rules], vocab)
        self.units = frozenset(word.split()[-1].lower() for of in ("unit", "joined_unit") for word in seats.lists[of])
        self.comparators = Comparators(percent.lists)
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the figures."""
        kept = doc.user_data.get(_KEPT)
        if not isinstance(kept, Cache):
            kept = doc.user_data[_KEPT] = Cache([self.comparators.read(doc, span) for span in self._find(doc)])
        set_spans(doc, self.key, [span for span in kept.content if span.label_ == self.label])
        return doc

    def _find(self, doc: Doc) -> Iterator[Span]:
        """The figures of a Doc, percentages and seats: those in tables, those that have their sign, those that are weighed."""
        document, matches = document_of(doc), self.certain.find(doc)
        may_seat = spoken(document.text).of_seats
        if not (matches or may_seat or any(block.in_table for block in document.blocks)):
            return
        others = others_of(doc)
        placed = filter(_free_of(others, document.text), numbers_in_place(doc, others, self.weights))
        found = [span for number in placed for span in span_in_place(doc, number)]
        is_free = _free_of([*others, *marks_of(found)], document.text)
        for match in matches:
            if is_free(match) and isinstance(reading := read_match(match), PercentReading):
                found += spans_of(doc, match, reading)
        yield from found
        certain = certain_among(found)
        if may_seat or certain:
            yield from self._weighed(doc, self.numbers_of(doc, others, certain, may_seat), is_free)

    def _weighed(self, doc: Doc, numbers: Numbers, is_free: Callable[[Any], bool]) -> Iterator[Span]:
        """The seats, or the shares without their sign, among the other numbers of prose; what is no figure is noted as lost."""
        weigh = self.weights[QUESTION].label
        for number, label in numbers.decide(lambda number, signs: weigh(signs, numbers.never(number))):
            match = numbers.matches[number]
            if label == "none":
                note_lost(doc, match.lost("no figure, by what stands around it"))
            elif label == "share":
                yield from share_of(doc, match)
            elif is_free(match) and isinstance(reading := read_match(match), SeatsReading):
                yield from spans_of(doc, match, reading)

    def numbers_of(self, doc: Doc, others: Sequence[Mark], certain: Sequence[Mark], may_seat: bool = True) -> Numbers:
        """The numbers that may be figures beside the `certain` percentages; `others` are names and dates."""
        document, sentences, where = document_of(doc), sentences_of(doc), list[Block | Sentence]()
        if may_seat:
            where += [one for one in document.blocks if not one.in_table or self._counts(document.text[one.start : one.end])]
        else:
            where += map(sentences.__getitem__, sorted(near_percentages(sentences, certain)))
        found = self.numbers.find(doc, among=list(_beside(where, sorted([*others, *certain], key=attrgetter("start")))))
        found = [match for match in found if not _OF_NAME.search(document.text[max(0, match.start - 3) : match.start])]
        return Numbers(document, sentences, found, certain, others, may_seat)

    def _counts(self, cell: str) -> bool:
        """Whether a cell has a word for what is counted: only beside one a number of a table is weighed."""
        return not self.units.isdisjoint(_WORD.findall(cell.lower()))


def _beside(stretches: Iterable[Block | Sentence], marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """The parts of stretches of a text that no mark takes; both in the order of the text."""
    number, start = 0, 0
    for stretch in stretches:
        start = max(start, stretch.start)
        while number < len(marks) and marks[number].start < stretch.end:
            if start < marks[number].start:
                yield start, marks[number].start
            start = max(start, marks[number].end)
            number += 1
        if start < stretch.end:
            yield start, stretch.end


def _free_of(marks: Iterable[Mark], text: str) -> Callable[[Any], bool]:
    """Tells whether something in a text overlaps none of some marks."""
    taken = bytearray(len(text))
    for mark in marks:
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return lambda one: taken.find(1, one.start, one.end) < 0


def others_of(doc: Doc) -> list[Mark]:
    """The names and dates of a Doc."""
    return marks_of(chain(doc.spans.get("names", ()), doc.spans.get("dates", ())))


def certain_among(spans: Iterable[Span]) -> list[Mark]:
    """The percentages among spans that have their sign, or stand in a table."""
    return marks_of(span for span in spans if span.label_ == "PERCENT" and span.id_ not in _WEIGHED)
