"""The pieces of a block as a reader meets them, kept until it is known what kind of block they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extract.sources.view import View

Show = Callable[[View], None]
Piece = tuple[int, int] | Show
"""A stretch of the source (offsets, end exclusive); or anything else that is shown: a character, a break, a table in a cell."""


@dataclass(slots=True)
class Pieces:
    """The pieces of the block at hand, in the order of the source."""

    items: list[Piece] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        """Adds a stretch; one that goes on where the last ended is joined to it, so that a mark is seen whole."""
        last = self.items[-1] if self.items else None
        if isinstance(last, tuple) and last[1] == start:
            self.items[-1] = (last[0], end)
        elif end > start:
            self.items.append((start, end))

    def add_character(self, character: str, start: int, end: int) -> None:
        """Adds a character that stands for a stretch, as an entity does."""
        self.put(lambda view: view.show_characters(character, start, end))

    def add_space(self) -> None:
        """Adds a break between words that the source does not have."""
        self.put(View.space)

    def put(self, show: Show) -> None:
        """Adds something that knows how to show itself."""
        self.items.append(show)

    def take(self) -> list[Piece]:
        """The pieces; there are none left."""
        taken, self.items = self.items, []
        return taken


def showing(pieces: Sequence[Piece], show_stretch: Callable[[View, int, int], None]) -> Show:
    """What shows the pieces, each stretch by the reader's own way of showing one."""

    def show(view: View) -> None:
        for piece in pieces:
            if isinstance(piece, tuple):
                show_stretch(view, *piece)
            else:
                piece(view)

    return show
