"""The stretches of a Doc that are taken already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span

from extract.text.document import document_of


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
