"""Building the view of a source: stretches of it are shown in order, gathered into blocks, and the map back is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from extract.sources.characters import BLANKS, COMBINING, GROUPING_BLANK, INVISIBLE, LIGATURES, decoded_entity, plain_characters
from extract.sources.document import Block, BlockKind, Cell, Field, Mark, OffsetMap

_BLANK = " \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029" + BLANKS
_SPECIAL = _BLANK + INVISIBLE + "".join(LIGATURES)
_NUMBER_GOES_ON = re.compile(r"\d{3}(?!\d)")


def _pieces(word: str) -> re.Pattern[str]:
    """What a stretch of source is made of, `word` being what shows as it is."""
    return re.compile(
        rf"(?P<grouping>(?<=\d)[{BLANKS}](?=\d{{3}}(?!\d)))|(?P<blank>[{_BLANK}]+)|(?P<hidden>[{INVISIBLE}]+)|"
        rf"(?P<entity>&(?:amp;)*(?:[A-Za-z][A-Za-z0-9]{{1,30}}|#[0-9]{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}});)|"
        rf"(?P<ligature>[{''.join(LIGATURES)}])|(?P<composed>[^\W\d_][{COMBINING}]{{1,4}})|{word}+(?: {word}+)*|."
    )


_WHOLE = _pieces(f"[^&{_SPECIAL}]")
_DECOMPOSED = _pieces(f"(?:[^&{_SPECIAL}](?![{COMBINING}]))")


@lru_cache(maxsize=2)  # readers make a view of the same source for each block
def _pieces_of(source: str) -> re.Pattern[str]:
    return _DECOMPOSED if re.search(f"[{COMBINING}]", source) else _WHOLE


_IS_INVISIBLE = re.compile(f"[{INVISIBLE}]")

# How the pieces that are not shown as they are, are spelled.
_SPELLED: dict[str, Callable[[str], str | None]] = {
    "grouping": lambda text: text,
    "entity": decoded_entity,
    "ligature": LIGATURES.__getitem__,
    "composed": lambda text: unicodedata.normalize("NFC", text),
}


@dataclass(slots=True)
class _Runs:
    """The runs of an OffsetMap while it is made."""

    text_starts: list[int] = field(default_factory=list)
    source_starts: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)

    def add(self, text: int, source: int, width: int) -> None:
        self.text_starts.append(text)
        self.source_starts.append(source)
        self.widths.append(width)

    def cut(self, length: int) -> None:
        """Drops what begins at or after the text offset `length`."""
        while self.text_starts and self.text_starts[-1] >= length:
            self.text_starts.pop(), self.source_starts.pop(), self.widths.pop()


class View:
    """A view in the making. Open a block, show stretches of the source, close it; the rest stays hidden.

    White space inside a block shows as one blank, whatever it is made of.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._places: Sequence[int] | None = None
        self._pieces = _pieces_of(source)
        self._parts: list[str] = []
        self._length = 0
        self._runs = _Runs()
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._start: int | None = None
        self._pending: tuple[int, int] | None = None
        self._shape: dict[str, object] = {}
        self._opening: list[tuple[str, str]] = []

    def reads(self, source: str, places: Sequence[int]) -> None:
        """From now on `source` is shown, which is the view's source with some characters written shorter.

        Character `i` of it stands at `places[i]` of the view's source, up to `places[i + 1]`; so there is one place more.
        """
        self._source, self._places = source, places

    # -- blocks --------------------------------------------------------------------------------------------------

    def open(
        self,
        kind: BlockKind,
        section: tuple[str, ...] = (),
        level: int | None = None,
        cell: Cell | None = None,
        field: Field | None = None,
    ) -> None:
        """Begins a block; one that is still open is closed first. A block in which nothing is shown is none."""
        shape: dict[str, object] = {"kind": kind, "section": section, "level": level, "cell": cell, "field": field}
        self.close()
        self._shape = shape

    def close(self) -> Block | None:
        """Ends the open block; gives it if anything is visible in it."""
        shape, start = self._shape, self._start
        self._note_opening()
        self._shape, self._start, self._pending = {}, None, None
        if not shape or start is None:
            return None
        self._trim(start)
        if self._length == start:
            return None
        block = Block(start=start, end=self._length, **shape)  # type: ignore[arg-type]
        self._blocks.append(block)
        return block

    def _trim(self, start: int) -> None:
        """Takes white space off the end of the block."""
        text = "".join(self._parts[self._mark_parts :])
        body = text.rstrip()
        if len(body) != len(text):
            self._parts[self._mark_parts :] = [body]
            self._length = start + len(body)
            self._runs.cut(self._length)

    @property
    def is_open(self) -> bool:
        """Whether a block is open."""
        return bool(self._shape)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is visible in the open block yet."""
        return self._start is None

    def text_of(self, block: Block) -> str:
        """What a closed block shows."""
        return "".join(self._parts)[block.start : block.end]

    @property
    def kind(self) -> BlockKind | None:
        """The kind of the open block, None if none is open."""
        return self._shape.get("kind")  # type: ignore[return-value]

    def reopen(self) -> None:
        """Ends the open block and begins another of the same kind and place: the next value of an infobox key or cell."""
        self.open(**self._shape)  # type: ignore[arg-type]

    @contextmanager
    def interrupted(self) -> Iterator[None]:
        """Ends the open block while others are shown (a table inside a cell), then goes on with one of its kind and place."""
        shape = self._shape
        self.close()
        yield
        if shape:
            self.open(**shape)  # type: ignore[arg-type]

    # -- text ----------------------------------------------------------------------------------------------------

    def show(self, start: int, end: int) -> None:
        """Shows `source[start:end]` in the open block."""
        for piece in self._pieces.finditer(self._source, start, end):
            kind, text = piece.lastgroup, piece.group()
            if kind is None:
                self._visible(text, piece.start(), 0)
            elif kind == "blank":
                self._blank(piece.start(), piece.end())
            elif kind != "hidden" and (characters := _SPELLED[kind](text)) is not None:
                self.show_characters(characters, piece.start(), piece.end())
            elif kind == "entity":
                self._visible(text, piece.start(), 0)

    def show_characters(self, characters: str, start: int, end: int) -> None:
        """Shows characters that stand for `source[start:end]`, such as an HTML entity or a ligature."""
        for character in characters:
            grouping = plain_characters(character) == GROUPING_BLANK and self._parts_number(start, end)
            if character.isspace() and not grouping:
                self._blank(start, end)
            elif not _IS_INVISIBLE.match(character):
                self._visible(character, start, end - start)

    def _parts_number(self, start: int, end: int) -> bool:
        """Whether a blank stands between the digits of one number."""
        return self._source[start - 1 : start].isdecimal() and bool(_NUMBER_GOES_ON.match(self._source, end))

    def space(self) -> None:
        """A blank that the source does not have, where two words would run together."""
        if self._start is not None and self._pending is None:
            self._pending = (-1, -1)

    def insert(self, text: str) -> None:
        """Shows characters that the source does not have, inside a value that is written in pieces."""
        if self._start is not None:
            self._append(text, 0, -1)

    def mark(self, kind: str, value: str) -> None:
        """Notes a mark at this place of the text; before the first character of a block, at its beginning."""
        if self._shape and self._start is None:
            self._opening.append((kind, value))
        else:
            self._marks.append(Mark(kind, self._length, value))

    def _note_opening(self) -> None:
        self._marks += [Mark(kind, self._length, value) for kind, value in self._opening]
        self._opening = []

    def _blank(self, start: int, end: int) -> None:
        if self._start is not None and (self._pending is None or self._pending[0] < 0):
            self._pending = (start, end)

    def drop_blank(self) -> None:
        """Forgets the blank that would come next: what stood behind it is hidden, and a comma follows."""
        self._pending = None

    def _visible(self, text: str, source: int, width: int) -> None:
        if self._start is None:
            if not text.strip():
                return
            self._begin()
            stripped = text.lstrip()
            source, text = source + len(text) - len(stripped) if not width else source, stripped
        elif self._pending is not None:
            start, end = self._pending
            self._append(" ", max(start, 0), end - start if start >= 0 else -1)
        self._pending = None
        self._append(text, source, width)

    def _begin(self) -> None:
        if self._length:
            self._append("\n", 0, -1)
        self._start = self._length
        self._note_opening()
        self._mark_parts = len(self._parts)

    def _append(self, text: str, source: int, width: int) -> None:
        for shift, place, wide in self._stretches(len(text), source, width):
            self._runs.add(self._length + shift, place, wide)
        self._parts.append(text)
        self._length += len(text)

    def _stretches(self, length: int, source: int, width: int) -> Iterator[tuple[int, int, int]]:
        """The runs that characters make in the view's own source: which of them, where, and how wide."""
        places = self._places
        if places is None or width < 0:
            yield 0, source, width
        elif width:
            yield 0, places[source], places[source + width] - places[source]
        else:
            joined = False
            for shift in range(length):
                wide = places[source + shift + 1] - places[source + shift]
                if wide > 1 or not joined:
                    yield shift, places[source + shift], wide if wide > 1 else 0
                joined = wide == 1

    # -- the end -------------------------------------------------------------------------------------------------

    def finish(self) -> tuple[str, OffsetMap, tuple[Block, ...], tuple[Mark, ...]]:
        """The text, its map, its blocks and marks."""
        self.close()
        runs = self._runs
        offsets = OffsetMap(tuple(runs.text_starts), tuple(runs.source_starts), tuple(runs.widths), self._length)
        return "".join(self._parts), offsets, tuple(self._blocks), tuple(self._marks)


def shown_text(source: str, show: Callable[[View], None]) -> str:
    """What `show` shows, as one line of text in plain characters, before it is shown for good."""
    scratch = View(source)
    scratch.open("paragraph")
    show(scratch)
    return plain_characters(scratch.finish()[0])
