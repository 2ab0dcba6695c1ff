"""Bare numbers that are seats: `Labour took 12, the Greens five`.

Where seats are spoken of, a number that counts nothing else is a seat count. Three questions, in this order:

1. Does something else claim the number (`claims.py`): a noun behind it, a word before it, its form? Then it is no seat count.
2. What speaks for seats and what against, and how much? `EVIDENCE` (`evidence.py`) is the table.
3. Is the sum enough? `ENOUGH` is the bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from extract.normalise.readings import SeatsReading
from extract.recognise.figures.claims import claim_of
from extract.recognise.figures.evidence import ENOUGH, speaks_of_seats, weigh
from extract.recognise.figures.outlook import Outlook, Page
from extract.recognise.figures.spans import from_to, span_of
from extract.recognise.mention import note_lost
from extract.recognise.rules import Match, read_match


def bare_seats(page: Page, matches: Sequence[Match], certain: Sequence[Span]) -> Iterator[Span]:
    """The seat counts among bare numbers, from left to right; `certain` are the counts that are known."""
    if not matches or not (certain or speaks_of_seats(page.text)):
        return
    claims = [claim_of(page, match) for match in matches]
    others = [claim is not None and not claim.is_place for claim in claims]
    outlook = Outlook(page, certain, zip(matches, others, strict=True))
    for match, claim in zip(matches, claims, strict=True):
        reading = read_match(match) if claim is None else None
        if not isinstance(reading, SeatsReading):
            note_lost(page.doc, match.lost(claim.reason if claim else "no number of seats"))
            continue
        total, told = weigh(outlook.sight(match))
        if total >= ENOUGH:
            outlook.accept(match.start, match.end)
            weighed = replace(reading, evidence=tuple(told))
            yield from from_to(page.doc, match, weighed) or span_of(page.doc, match, weighed)
        else:
            note_lost(page.doc, match.lost(f"{total:g} of {ENOUGH:g}: {'; '.join(told) or 'nothing speaks of seats'}"))
