"""How exactly a number is meant: the words before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Span

from extract.text.document import document_of

_GOES_ON = re.compile(r"[ \u00a0](?:to|and)[ \u00a0]\d")
_LONGEST = 32
_OR_SO = re.compile(r"[- ]odd\b|[ \u00a0](?:or so|or thereabouts)\b")
_OR_MORE = re.compile(r"[ \u00a0](?:or more|at least)\b")


class Comparators:
    """The words of the list `comparator` of `percentages.yml`, ready to be read before a span."""

    def __init__(self, words: Any) -> None:
        self._table: Mapping[str, Any] = {str(word): value for word, value in words.items()}
        longest = sorted(self._table, key=len, reverse=True)
        any_word = "|".join(re.escape(word).replace(r"\ ", r"[ \u00a0]") for word in longest)
        self._pattern = re.compile(rf"(?:^|[^\w-])({any_word})[ \u00a0](?:an?[ \u00a0])?$", re.IGNORECASE)

    def read(self, doc: Doc, span: Span) -> Span:
        """The span, its reading completed by a word such as `about` right before it."""
        text = document_of(doc).text
        found = self._pattern.search(text[max(0, span.start_char - _LONGEST) : span.start_char])
        behind = text[span.end_char : span.end_char + 20]
        is_bare = text[span.end_char - 1].isdigit()
        if found and not (is_bare and _GOES_ON.match(behind)):
            return _with(span, self._table[" ".join(found[1].lower().split())])
        if _OR_SO.match(behind) or "-odd" in span.text:
            return _with(span, "about")
        return _with(span, "at_least") if _OR_MORE.match(behind) else span


def _with(span: Span, comparator: Any) -> Span:
    span._.reading = replace(span._.reading, amount=replace(span._.reading.amount, comparator=comparator))
    return span
