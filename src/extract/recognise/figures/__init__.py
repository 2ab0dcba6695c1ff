"""The finders of percentages and seat counts.

What has its sign (`5.5 per cent`) is found by rules; in infoboxes and tables the key or header says what a bare number is; which
of the other numbers of prose are seats or shares is weighed (`numbers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.numbers import QUESTION, Numbers, by_percent
from extract.recognise.figures.placed import numbers_in_place, span_in_place
from extract.recognise.figures.spans import Comparators, share_of, spans_of
from extract.recognise.figures.tape import Item, marks_of, spoken
from extract.recognise.mention import Cache, note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet
from extract.sources.document import Block
from extract.text.document import document_of
from extract.text.sentences import Sentence, sentences_of
from extract.weigh import WeightSet

__all__ = ["FigureFinder"]

_WEIGHED = frozenset({"percentages.points", "percentages.beside"})
_OF_NAME = re.compile(r"(?<![\w.])[A-Z][-‐‑]$")  # `G-77`, `B-52`


class Taken:
    """The places of a Doc that some marks take up."""

    def __init__(self, doc: Doc, marks: Iterable[Item]) -> None:
        self._taken = bytearray(len(document_of(doc).text))
        self.take(marks)

    def take(self, marks: Iterable[Item]) -> None:
        """Their places are taken from now on."""
        for mark in marks:
            self._taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)

    def has(self, one: Any) -> bool:
        """Whether a place between the start and the end of something is taken."""
        return self._taken.find(1, one.start, one.end) >= 0


class FigureFinder:
    """The component of percentages, or that of seat counts: leaves them in `doc.spans[key]`, each with its reading.

    That of seats runs behind the finders of names, dates and percentages, so that no number is taken twice; it works without.
    """

    def __init__(self, key: Literal["percentages", "seats"], rules: RuleSet, vocab: Vocab, weights: WeightSet) -> None:
        """Compiles the rules of `percentages.yml` and `seats.yml`. Raises RuleError."""
        percent, seats = rules.file("percentages"), rules.file("seats")
        self.key, self.label = key, "SEATS" if key == "seats" else "PERCENT"
        self.certain = RuleMatcher([rule for rule in percent.rules if rule.id not in _WEIGHED], vocab)
        self.numbers = RuleMatcher([*(rule for rule in percent.rules if rule.id in _WEIGHED), *seats.rules], vocab)
        self.comparators = Comparators(percent.lists)
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the figures."""
        others = _others(doc)
        taken = Taken(doc, others)
        placed = _kept(doc, "extract.placed", lambda: list(numbers_in_place(doc, others, self.weights)))
        found: list[Span] = []
        if self.key == "seats":
            taken.take(marks_of(doc.spans.get("percentages", ())))
        for number in placed:
            if number.kind == self.label and not taken.has(number):
                found += span_in_place(doc, number)
        taken.take(marks_of(found))
        if self.key == "percentages":
            found += self._certain(doc, taken)
            set_spans(doc, self.key, found)
        found += self._weighed(doc, taken)
        set_spans(doc, self.key, [self.comparators.read(doc, span) for span in found])
        return doc

    def _certain(self, doc: Doc, taken: Taken) -> Iterator[Span]:
        """The percentages that have their sign."""
        for match in self.certain.find(doc):
            reading = read_match(match)
            if isinstance(reading, PercentReading) and not taken.has(match):
                yield from spans_of(doc, match, reading)

    def _weighed(self, doc: Doc, taken: Taken) -> Iterator[Span]:
        """The seats, or the shares without their sign, among the other numbers of prose; what is no figure is noted as lost."""

        def read() -> list[tuple[Match, str]]:
            numbers = self.numbers_of(doc)
            return [(numbers.matches[number], label) for number, label in numbers.read(self.weights[QUESTION])] if numbers else []

        for match, label in _kept(doc, "extract.numbers", read):
            if self.key == "percentages":
                yield from share_of(doc, match) if label == "share" else ()
            elif label == "none":
                note_lost(doc, match.lost("no figure, by what stands around it"))
            elif label == "seats" and not taken.has(match) and isinstance(reading := read_match(match), SeatsReading):
                yield from spans_of(doc, match, reading)

    def numbers_of(self, doc: Doc, always: bool = False) -> Numbers | None:
        """The numbers that may be figures beside those that have their sign; None where a document speaks of neither.

        `always`: as if it spoke of seats.
        """
        certain = marks_of(span for span in doc.spans.get("percentages", ()) if span.id_ not in _WEIGHED)
        document, sentences, others = document_of(doc), sentences_of(doc), _others(doc)
        if always or spoken(document.text).of_seats:  # of tables only in cells that have words, too
            where: Sequence[Block | Sentence] = [
                block
                for block in document.blocks
                if not block.in_table or sum(map(str.isalpha, document.text[block.start : block.end])) > 1
            ]
        elif certain:
            where = [sentences[number] for number in by_percent(sentences, certain)]
        else:
            return None
        taken = Taken(doc, [*others, *certain])
        matches = self.numbers.find(doc, among=[(one.start, one.end) for one in where])
        may_seat = always or spoken(document.text).of_seats
        free = [
            match
            for match in matches
            if not (taken.has(match) or _OF_NAME.search(document.text[max(0, match.start - 3) : match.start]))
        ]
        return Numbers(document, sentences, free, certain, others, may_seat)


def _others(doc: Doc) -> list[Item]:
    """The names and dates of a Doc."""
    return _kept(  # type: ignore[no-any-return]
        doc, "extract.others", lambda: [*marks_of(doc.spans.get("names", ())), *marks_of(doc.spans.get("dates", ()))]
    )


def _kept(doc: Doc, key: str, make: Callable[[], Any]) -> Any:
    """What is asked for again, made once for a Doc."""
    if not isinstance(doc.user_data.get(key), Cache):
        doc.user_data[key] = Cache(make())
    return doc.user_data[key].content
