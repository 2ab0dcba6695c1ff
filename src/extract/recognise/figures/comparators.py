"""How exactly a number is meant: the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Span

from extract.text.document import document_of

_LONGEST = 80  # characters before a number that are looked at
# `roughly 65 to 29 percent`: the word holds for the second number too
_FIRST_OF_TWO = r"(?:\d[\d.,]* (?:to|and) )?"
_OR_SO = re.compile(r"[- ]odd\b| (?:or so|or thereabouts)\b")
_OR_MORE = re.compile(r" (?:or more|at least)\b")


class Comparators:
    """The words of the lists `comparator` and `not_reached` of `percentages.yml`, ready to be read before a span."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self._table: Mapping[str, Any] = {**lists["comparator"], **lists["not_reached"]}
        before, missed = _any_of(lists["comparator"]), _any_of(lists["not_reached"])
        self._pattern = re.compile(
            rf"(?:(?:^|[^\w-])({before}) (?:an? )?{_FIRST_OF_TWO}|"
            rf"\b(?:none|no|neither|nor|not|never|nobody)\b[^.;:,]*\b({missed}) )$",
            re.IGNORECASE,
        )

    def read(self, doc: Doc, span: Span) -> Span:
        """The span, its reading completed by a word such as `about` right before it."""
        text = document_of(doc).text
        found = self._pattern.search(text[max(0, span.start_char - _LONGEST) : span.start_char])
        behind = text[span.end_char : span.end_char + 20]
        if found:
            return _with(span, self._table[" ".join((found[1] or found[2]).lower().split())])
        if _OR_SO.match(behind) or "-odd" in span.text:
            return _with(span, "about")
        return _with(span, "at_least") if _OR_MORE.match(behind) else span


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r" ") for word in sorted(words, key=len, reverse=True))


def _with(span: Span, comparator: Any) -> Span:
    span._.reading = replace(span._.reading, amount=replace(span._.reading.amount, comparator=comparator))
    return span
