"""The finders of percentages and seat counts.

What has its sign (`5.5 per cent`) is found by rules; in infoboxes and tables the key or header says what a bare number is; which
of the other numbers of prose are seats or shares is weighed (`numbers.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.comparators import Comparators
from extract.recognise.figures.numbers import QUESTION, Numbers
from extract.recognise.figures.placed import placed
from extract.recognise.figures.spans import from_to, span_of
from extract.recognise.figures.taken import Taken
from extract.recognise.figures.tape import spoken
from extract.recognise.mention import Cache, note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet
from extract.text.document import document_of
from extract.weigh import WeightSet

__all__ = ["PercentFinder", "SeatsFinder", "find_numbers"]

_WEIGHED = frozenset({"percentages.points", "percentages.beside"})
_NUMBERS = "extract.numbers"


class _Finder:
    """What both finders share: the rules of numbers, and what is read of them once for a Doc."""

    def __init__(self, rules: RuleSet, vocab: Vocab, weights: WeightSet) -> None:
        """Compiles the rules of `percentages.yml` and `seats.yml`. Raises RuleError."""
        percent, seats = rules.file("percentages"), rules.file("seats")
        self.certain = RuleMatcher([rule for rule in percent.rules if rule.id not in _WEIGHED], vocab)
        self.numbers = RuleMatcher([*(rule for rule in percent.rules if rule.id in _WEIGHED), *seats.rules], vocab)
        self.comparators = Comparators(percent.lists)
        self.weights = weights

    def read(self, doc: Doc, taken: Taken) -> list[tuple[Match, str]]:
        """The numbers of prose that may be figures, each with what it counts: `seats`, `share`, `none`."""
        if not isinstance(doc.user_data.get(_NUMBERS), Cache):
            numbers = find_numbers(self, doc, taken)
            labels = numbers.read(self.weights[QUESTION]) if numbers else {}
            found = [(numbers.matches[number], label) for number, label in labels.items()] if numbers else []
            doc.user_data[_NUMBERS] = Cache(found)
        return doc.user_data[_NUMBERS].content  # type: ignore[no-any-return]


def find_numbers(finder: _Finder, doc: Doc, taken: Taken | None = None, always: bool = False) -> Numbers | None:
    """The numbers that may be figures beside those that have their sign; None where a document speaks of neither.

    `always`: as if it spoke of seats.
    """
    percentages = list(doc.spans.get("percentages", ()))
    certain = [span for span in percentages if span.id_ not in _WEIGHED]
    of_seats = always or spoken(document_of(doc).text).of_seats
    if not certain and not of_seats:
        return None
    taken = taken or Taken(doc, ("names", "dates"))
    taken.take(certain)
    return Numbers(
        doc, [match for match in finder.numbers.find(doc) if not taken.is_taken(match.start, match.end)], certain, of_seats
    )


class PercentFinder(_Finder):
    """The component of percentages: leaves them in `doc.spans["percentages"]`, each with a PercentReading."""

    def __call__(self, doc: Doc) -> Doc:
        taken = Taken(doc, ("names", "dates"))
        found = list(placed(doc, "PERCENT", taken, self.weights))
        taken.take(found)
        found += self._certain(doc, taken)
        set_spans(doc, "percentages", found)
        taken.take(found)
        for match, label in self.read(doc, taken):
            if label == "share":
                found += _share(doc, match)
        set_spans(doc, "percentages", [self.comparators.read(doc, span) for span in found])
        return doc

    def _certain(self, doc: Doc, taken: Taken) -> Iterator[Span]:
        for match in self.certain.find(doc):
            reading = read_match(match)
            if isinstance(reading, PercentReading) and not taken.is_taken(match.start, match.end):
                yield from from_to(doc, match, reading) or span_of(doc, match, reading)


class SeatsFinder(_Finder):
    """The component of seat counts: leaves them in `doc.spans["seats"]`, each with a SeatsReading.

    Runs behind the finders of names, dates and percentages, so that no number is taken twice; it works without them.
    """

    def __call__(self, doc: Doc) -> Doc:
        taken = Taken(doc, ("names", "dates", "percentages"))
        found = list(placed(doc, "SEATS", taken, self.weights))
        taken.take(found)
        for match, label in self.read(doc, taken):
            reading = read_match(match) if label == "seats" and not taken.is_taken(match.start, match.end) else None
            if isinstance(reading, SeatsReading):
                found += from_to(doc, match, reading) or span_of(doc, match, reading)
            elif label == "none":
                note_lost(doc, match.lost("no figure, by what stands around it"))
        set_spans(doc, "seats", [self.comparators.read(doc, span) for span in found])
        return doc


def _share(doc: Doc, match: Match) -> Iterator[Span]:
    """The span of a share without its sign."""
    is_point = match.rule.id == "percentages.points"
    captures = (
        match.captures if is_point else {key: text for key, text in match.captures.items() if key in ("low", "high", "number")}
    )
    reading = normalise_percent(match.text, captures, match.rule.value if is_point else {})
    if reading is None:
        return
    signed = match.text[0] in "+-−–"
    span = doc.char_span(
        match.start, match.end, label="PERCENT", span_id="percentages.points" if is_point else "percentages.beside"
    )
    if span is not None:
        span._.reading = PercentReading(reading.amount, "percentage_point", True) if signed else reading
        yield span
