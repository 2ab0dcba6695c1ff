"""The stretches of a Doc that are taken already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span


class Taken:
    """The places that other finders' spans take up, and where names end."""

    def __init__(self, doc: Doc, keys: Sequence[str]) -> None:
        names = doc.spans.get("names", ())
        self.name_ends = {span.end_char: span.label_ for span in names}
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

    def label_before(self, position: int, glue: int = 0) -> str | None:
        """The label of the name that ends right before a place, or up to `glue` characters and a blank before it."""
        ends = (self.name_ends.get(position - gap) for gap in range(1, glue + 2))
        return next((label for label in ends if label), None)
