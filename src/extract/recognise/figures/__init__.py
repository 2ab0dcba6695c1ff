"""The finders of percentages and seat counts.

What has its sign (`5.5 per cent`) is found by rules; in infoboxes and tables the key or header says what a bare number is; which
of the other numbers of prose are seats or shares is weighed (`numbers.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.comparators import Comparators
from extract.recognise.figures.numbers import QUESTION, Numbers, by_percent
from extract.recognise.figures.placed import Placed, numbers_in_place, span_in_place
from extract.recognise.figures.spans import from_to, span_of
from extract.recognise.figures.tape import spoken
from extract.recognise.mention import Cache, note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet
from extract.text.document import document_of
from extract.text.sentences import sentences_of
from extract.weigh import WeightSet

__all__ = ["PercentFinder", "SeatsFinder", "find_numbers"]

_WEIGHED = frozenset({"percentages.points", "percentages.beside"})


class Taken:
    """The places that other finders' spans take up."""

    def __init__(self, doc: Doc, keys: Sequence[str]) -> None:
        self._taken = bytearray(len(document_of(doc).text))
        for key in keys:
            self.take(doc.spans.get(key, ()))

    def take(self, spans: Iterable[Span]) -> None:
        """These spans' places are taken from now on."""
        for span in spans:
            self._taken[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether any place of `[start, end)` is taken."""
        return self._taken.find(1, start, end) >= 0


class _Finder:
    """What both finders share: the rules of numbers, what is read of them once for a Doc, and what stands in tables."""

    key: ClassVar[str]
    label: ClassVar[str]
    before: ClassVar[tuple[str, ...]]
    """The finders that come first: what they found is taken."""

    def __init__(self, rules: RuleSet, vocab: Vocab, weights: WeightSet) -> None:
        """Compiles the rules of `percentages.yml` and `seats.yml`. Raises RuleError."""
        percent, seats = rules.file("percentages"), rules.file("seats")
        self.certain = RuleMatcher([rule for rule in percent.rules if rule.id not in _WEIGHED], vocab)
        self.numbers = RuleMatcher([*(rule for rule in percent.rules if rule.id in _WEIGHED), *seats.rules], vocab)
        self.comparators = Comparators(percent.lists)
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """The Doc, with the spans of the figures under the finder's key, each with its reading."""
        taken = Taken(doc, self.before)
        in_place: list[Placed] = _kept(doc, "extract.placed", lambda: list(numbers_in_place(doc, self.weights)))
        free = [number for number in in_place if number.kind == self.label and not taken.is_taken(number.start, number.end)]
        found = [span for number in free for span in span_in_place(doc, number)]
        taken.take(found)
        found += self.in_prose(doc, taken, found)
        set_spans(doc, self.key, [self.comparators.read(doc, span) for span in found])
        return doc

    def in_prose(self, doc: Doc, taken: Taken, found: list[Span]) -> list[Span]:
        """The figures that do not stand in tables alone."""
        raise NotImplementedError

    def read(self, doc: Doc, taken: Taken) -> list[tuple[Match, str]]:
        """The numbers of prose that may be figures, each with what it counts: `seats`, `share`, `none`."""

        def weigh() -> list[tuple[Match, str]]:
            numbers = find_numbers(self, doc, taken)
            labels = numbers.read(self.weights[QUESTION]) if numbers else {}
            return [(numbers.matches[number], label) for number, label in labels.items()] if numbers else []

        return _kept(doc, "extract.numbers", weigh)  # type: ignore[no-any-return]


def _kept(doc: Doc, key: str, make: Callable[[], Any]) -> Any:
    """What both finders ask for, made once for a Doc."""
    if not isinstance(doc.user_data.get(key), Cache):
        doc.user_data[key] = Cache(make())
    return doc.user_data[key].content


def find_numbers(finder: _Finder, doc: Doc, taken: Taken | None = None, always: bool = False) -> Numbers | None:
    """The numbers that may be figures beside those that have their sign; None where a document speaks of neither.

    `always`: as if it spoke of seats.
    """
    certain = [span for span in doc.spans.get("percentages", ()) if span.id_ not in _WEIGHED]
    of_seats = always or spoken(document_of(doc).text).of_seats
    if not certain and not of_seats:
        return None
    taken = taken or Taken(doc, ("names", "dates"))
    taken.take(certain)
    found = finder.numbers.find(doc, among=_stretches(doc, certain, of_seats))
    return Numbers(doc, [match for match in found if not taken.is_taken(match.start, match.end)], certain, of_seats)


def _stretches(doc: Doc, certain: Sequence[Span], of_seats: bool) -> list[tuple[int, int]]:
    """Where numbers are looked for: of tables only in cells that have words, too; without seats only near a percentage."""
    document, sentences = document_of(doc), sentences_of(doc)
    if not of_seats:
        return [(sentences[number].start, sentences[number].end) for number in by_percent(sentences, certain)]
    return [
        (block.start, block.end)
        for block in document.blocks
        if not block.in_table or sum(map(str.isalpha, document.text[block.start : block.end])) > 1
    ]


class PercentFinder(_Finder):
    """The component of percentages: leaves them in `doc.spans["percentages"]`, each with a PercentReading."""

    key, label, before = "percentages", "PERCENT", ("names", "dates")

    def in_prose(self, doc: Doc, taken: Taken, found: list[Span]) -> list[Span]:
        """Those that have their sign, and the shares among other numbers."""
        certain = list(self._certain(doc, taken))
        set_spans(doc, self.key, [*found, *certain])
        taken.take(certain)
        shares = (span for match, label in self.read(doc, taken) if label == "share" for span in _share(doc, match))
        return [*certain, *shares]

    def _certain(self, doc: Doc, taken: Taken) -> Iterator[Span]:
        for match in self.certain.find(doc):
            reading = read_match(match)
            if isinstance(reading, PercentReading) and not taken.is_taken(match.start, match.end):
                yield from from_to(doc, match, reading) or span_of(doc, match, reading)


class SeatsFinder(_Finder):
    """The component of seat counts: leaves them in `doc.spans["seats"]`, each with a SeatsReading.

    Runs behind the finders of names, dates and percentages, so that no number is taken twice; it works without them.
    """

    key, label, before = "seats", "SEATS", ("names", "dates", "percentages")

    def in_prose(self, doc: Doc, taken: Taken, found: list[Span]) -> list[Span]:
        """The seats among the numbers; what is no figure is noted as lost."""
        spans: list[Span] = []
        for match, label in self.read(doc, taken):
            reading = read_match(match) if label == "seats" and not taken.is_taken(match.start, match.end) else None
            if isinstance(reading, SeatsReading):
                spans += from_to(doc, match, reading) or span_of(doc, match, reading)
            elif label == "none":
                note_lost(doc, match.lost("no figure, by what stands around it"))
        return spans


def _share(doc: Doc, match: Match) -> Iterator[Span]:
    """The span of a share without its sign; a point with a plus or minus is a change."""
    reading = None if "low2" in match.captures else normalise_percent(match.text, match.captures, match.rule.value)
    rule = "percentages.points" if match.rule.id == "percentages.points" else "percentages.beside"
    span = doc.char_span(match.start, match.end, label="PERCENT", span_id=rule)
    if reading is not None and span is not None:
        span._.reading = PercentReading(reading.amount, "percentage_point", True) if match.text[0] in "+-−–" else reading
        yield span
