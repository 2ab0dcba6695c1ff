"""From matches of rules to spans with their readings, and how exactly a number is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Span

from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.recognise.mention import Lost, note_lost
from extract.recognise.rules import Match
from extract.text.document import document_of

_FROM = re.compile(
    r"\b(?:from|rose|up|grew|climbed|jumped|increased|fell|down|dropped|declined|sank|slipped|decreased)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
"""A verb of rising or falling, or `from`, shortly before: then `X to Y` is two figures."""
_BEHIND = re.compile(r"(?P<about>[- ]odd\b| or so\b| or thereabouts\b)|(?P<at_least> (?:or more|at least)\b)")


class Comparators:
    """The words of the lists `comparator` and `not_reached` of `percentages.yml`, ready to be read before a span."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self._words: Mapping[str, Any] = {**lists["comparator"], **lists["not_reached"]}
        self._ends = tuple([f"{word} " for word in ("a", "an", "to", "and", *self._words)])
        longest_first = (sorted(lists[name], key=len, reverse=True) for name in ("comparator", "not_reached"))
        of, of_none = ("|".join(map(re.escape, words)) for words in longest_first)
        none = r"\b(?:none|no|neither|nor|not|never|nobody)\b[^.;:,]*\b"
        first_of_two = r"(?:\d[\d.,]* (?:to|and) )?"  # `roughly 65 to 29 percent`: the word holds for the second number too
        self._pattern = re.compile(rf"(?:(?:^|[^\w-])({of}) (?:an? )?{first_of_two}|{none}({of_none}) )$", re.IGNORECASE)

    def read(self, doc: Doc, span: Span) -> Span:
        """The span, its reading completed by a word such as `about` right before it."""
        text, start = document_of(doc).text, span.start_char
        before = text[max(0, start - 80) : start]
        found = self._pattern.search(before) if before.lower().endswith(self._ends) else None
        behind = _BEHIND.match(text, span.end_char)
        comparator = self._words[(found[1] or found[2]).lower()] if found else behind.lastgroup if behind else None
        if comparator:
            span._.reading = replace(span._.reading, amount=replace(span._.reading.amount, comparator=comparator))
        return span


def spans_of(doc: Doc, match: Match, reading: PercentReading | SeatsReading) -> Iterator[Span]:
    """The span of a match with its reading, or the two of `from 20.97 to 31.91%`, `from 61 to 29 seats`.

    What cuts a word has none, and is noted as lost.
    """
    text = document_of(doc).text
    for first, last, part in _from_to(text, match, reading) or [(match.start, match.end, reading)]:
        span = doc.char_span(first, last, label=match.rule.label, span_id=match.rule.id)
        if span is None:
            note_lost(doc, Lost(match.rule.label, first, last, text[first:last], match.rule.id, "it cuts a word"))
            continue
        span._.reading = part
        yield span


def _from_to(text: str, match: Match, reading: Any) -> list[tuple[int, int, Any]]:
    """The two figures of what is no range, each with its reading: it goes down, or a verb says so."""
    if match.rule.id not in ("percentages.range", "seats.range"):
        return []
    low, high = (match.offsets.get(name) or match.offsets[f"{name}2"] for name in ("low", "high"))
    glue = text[low[1] : high[0]]
    goes = _FROM.search(text[max(0, match.start - 40) : match.start]) or glue.strip() != "to"
    if reading.amount.low <= reading.amount.high and not ("to" in glue and goes):
        return []
    first, second = (replace(reading, amount=Amount(end, end)) for end in (reading.amount.low, reading.amount.high))
    if isinstance(reading, PercentReading) and "point" in glue:  # `by 6.4 percentage points to 44.1 percent`
        first = replace(first, unit="percentage_point", change=True)
    return [(low[0], low[1] + len(re.split(r"\s*(?:to\b|[-–—])", glue)[0]), first), (high[0], match.end, second)]


def share_of(doc: Doc, match: Match) -> Iterator[Span]:
    """The span of a share without its sign; a point with a plus or minus is a change."""
    reading = None if "low2" in match.captures else normalise_percent(match.text, match.captures, match.rule.value)
    rule = "percentages.points" if match.rule.id == "percentages.points" else "percentages.beside"
    span = doc.char_span(match.start, match.end, label="PERCENT", span_id=rule)
    if reading is not None and span is not None:
        span._.reading = PercentReading(reading.amount, "percentage_point", True) if match.text[0] in "+-−–" else reading
        yield span
