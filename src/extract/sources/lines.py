"""The lines of a source with their offsets, and readers for the formats that are made of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """The line `source[start:end]`, without its line break."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see in it."""
        return not self.text.strip()


_BREAK = re.compile(r"\r\n|\n|\r|\u2028|\u2029")


def split_lines(source: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `source[start:end]`; Unicode's line and paragraph separators break lines too."""
    end = len(source) if end is None else end
    position = start
    for match in _BREAK.finditer(source, start, end):
        yield Line(position, match.start(), source[position : match.start()])
        position = match.end()
    if position < end:
        yield Line(position, end, source[position:end])


class Sections:
    """The headings above the place where the reader is."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def enter(self, level: int, title: str) -> tuple[str, ...]:
        """Begins the section under a heading; gives the headings above that heading."""
        self._open = [(other, name) for other, name in self._open if other < level]
        above = self.path
        self._open.append((level, title))
        return above

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above, outermost first."""
        return tuple(name for _, name in self._open)
