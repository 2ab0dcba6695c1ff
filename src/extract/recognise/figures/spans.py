"""From matches of rules to spans with their readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span

from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.recognise.mention import Lost, note_lost
from extract.recognise.rules import Match
from extract.text.document import document_of

_LETTER = re.compile(r"[^\W\d_]")
_FROM = re.compile(
    r"\b(?:from|rose|up|grew|climbed|jumped|increased|fell|down|dropped|declined|sank|slipped|decreased)\b[^.;]{0,24}$",
    re.IGNORECASE,
)


def _goes_from(text: str, position: int) -> bool:
    """Whether a verb of rising or falling, or `from`, stands shortly before a place: then `X to Y` is two figures."""
    return bool(_FROM.search(text[max(0, position - 40) : position]))


def from_to(doc: Doc, match: Match, reading: PercentReading | SeatsReading) -> list[Span]:
    """`from 20.97 to 31.91%`, `35.81% to 62.76%`, `from 61 to 29 seats`: two figures, not a range; nothing for a range."""
    text = document_of(doc).text
    if match.rule.id not in ("percentages.range", "seats.range"):
        return []
    low, high = (match.offsets.get(name) or match.offsets[f"{name}2"] for name in ("low", "high"))
    glue = text[low[1] : high[0]]
    falling = reading.amount.low > reading.amount.high
    if not falling and ("to" not in glue or not (_goes_from(text, match.start) or glue.strip() != "to")):
        return []
    ends = (low[0], low[1] + len(re.split(r"\s*(?:to\b|[-–—])", glue)[0])), (high[0], match.end)
    spans = [doc.char_span(start, end, label=match.rule.label, span_id=match.rule.id) for start, end in ends]
    kept = [span for span in spans if span is not None]
    for span, amount in zip(kept, (reading.amount.low, reading.amount.high), strict=False):
        span._.reading = replace(reading, amount=Amount(amount, amount))
    if kept and isinstance(reading, PercentReading) and "point" in glue:  # `by 6.4 percentage points to 44.1 percent`
        kept[0]._.reading = replace(kept[0]._.reading, unit="percentage_point", change=True)
    return kept


def span_of(doc: Doc, match: Match, reading: PercentReading | SeatsReading) -> Iterator[Span]:
    """The span of a match with its reading; none, and noted as lost, if it cuts a word."""
    start, text = match.start, document_of(doc).text
    if isinstance(reading, PercentReading) and match.text[0] in "+-−–":
        before = text[max(0, start - 1) : start]
        if before and (_LETTER.match(before) or before.isdigit()):
            reading = replace(reading, amount=Amount(-reading.amount.high, -reading.amount.low), change=False)
            start += 1  # a dash, no sign
    span = doc.char_span(start, match.end, label=match.rule.label, span_id=match.rule.id)
    if span is None:
        note_lost(doc, Lost(match.rule.label, start, match.end, text[start : match.end], match.rule.id, "it cuts a word"))
        return
    span._.reading = reading
    yield span
