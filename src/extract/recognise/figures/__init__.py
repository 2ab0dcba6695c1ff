"""The finders of percentages and seat counts.

Both work the same way: rules find what is written out (`6 seats`, `5.5 per cent`), and where that has set the subject, a bare
number beside it counts too (`32, 27 and 11 percent`; `10 for Nykhaz and 7 for United Ossetia`). In infoboxes and tables the
key or header says what a bare number is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from operator import not_

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.bare import bare_seats
from extract.recognise.figures.comparators import Comparators
from extract.recognise.figures.counted import is_other_seat, speaks_of_chamber
from extract.recognise.figures.outlook import Page
from extract.recognise.figures.placed import placed
from extract.recognise.figures.shares import is_share, list_before, shares_beside
from extract.recognise.figures.spans import from_to, span_of
from extract.recognise.figures.taken import Taken
from extract.recognise.mention import note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet

__all__ = ["PercentFinder", "SeatsFinder"]


class PercentFinder:
    """The component of percentages: leaves them in `doc.spans["percentages"]`, each with a PercentReading."""

    def __init__(self, rules: RuleSet, vocab: Vocab) -> None:
        """Compiles the rules of `percentages.yml`. Raises RuleError."""
        file = rules.file("percentages")
        self.matcher = RuleMatcher(file.rules, vocab)
        self.comparators = Comparators(file.lists)

    def __call__(self, doc: Doc) -> Doc:
        taken = Taken(doc, ("names", "dates"))
        found = list(placed(doc, "PERCENT", taken))
        taken.take(found)
        found += self._counted(doc, taken)
        taken.take(found)
        found += shares_beside(doc, taken, found)
        set_spans(doc, "percentages", [self.comparators.read(doc, span) for span in found])
        return doc

    def _counted(self, doc: Doc, taken: Taken) -> Iterator[Span]:
        for match in self.matcher.find(doc):
            reading = read_match(match)
            if not isinstance(reading, PercentReading) or taken.is_taken(match.start, match.end):
                continue
            if apart := from_to(doc, match, reading):
                yield from apart
            elif is_share(doc, match):
                yield from span_of(doc, match, reading)
                yield from list_before(doc, match, reading)
            else:
                note_lost(doc, match.lost("nothing beside it speaks of shares"))


class SeatsFinder:
    """The component of seat counts: leaves them in `doc.spans["seats"]`, each with a SeatsReading.

    Runs behind the finders of names, dates and percentages, so that no number is taken twice; it works without them.
    """

    def __init__(self, rules: RuleSet, vocab: Vocab) -> None:
        """Compiles the rules of `seats.yml`. Raises RuleError."""
        self.matcher = RuleMatcher(rules.file("seats").rules, vocab)
        self.comparators = Comparators(rules.file("percentages").lists)

    def __call__(self, doc: Doc) -> Doc:
        taken = Taken(doc, ("names", "dates", "percentages"))
        found = list(placed(doc, "SEATS", taken))
        taken.take(found)
        page = Page(doc)
        matches = [match for match in self.matcher.find(doc) if not taken.is_taken(match.start, match.end)]
        bare = [_is_bare(page, match) for match in matches]
        found += _written(page, list(compress(matches, map(not_, bare))))
        found += list(bare_seats(page, list(compress(matches, bare)), tuple(found)))
        set_spans(doc, "seats", [self.comparators.read(doc, span) for span in found])
        return doc


def _is_bare(page: Page, match: Match) -> bool:
    """Whether a match has to be weighed: `needs: evidence`, or `needs: chamber` in a sentence that names none."""
    needs = match.rule.value.get("needs")
    return needs == "evidence" or (needs == "chamber" and not speaks_of_chamber(page, match))


def _written(page: Page, matches: Sequence[Match]) -> Iterator[Span]:
    """The counts that say what they count."""
    for match in matches:
        is_other = is_other_seat(page, match)
        reading = None if is_other else read_match(match)
        if isinstance(reading, SeatsReading):
            yield from from_to(page.doc, match, reading) or span_of(page.doc, match, reading)
        else:
            note_lost(page.doc, match.lost("seats of another kind" if is_other else "no number of seats"))
