"""The stretches of a Doc that are taken already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span


class Taken:
    """The places that other finders' spans take up."""

    def __init__(self, doc: Doc, keys: Sequence[str]) -> None:
        self._taken: set[int] = set()
        for key in keys:
            self.take(doc.spans.get(key, ()))

    def take(self, spans: Iterable[Span]) -> None:
        """These spans' places are taken from now on."""
        for span in spans:
            self._taken.update(range(span.start_char, span.end_char))

    def is_taken(self, start: int, end: int) -> bool:
        """Whether any place of `[start, end)` is taken."""
        return not self._taken.isdisjoint(range(start, end))
