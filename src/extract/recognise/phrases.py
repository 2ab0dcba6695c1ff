"""Phrases in a text, however many there are: one walk over its words, in a trie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import itemgetter
from typing import NamedTuple

from extract.rules.model import Rule
from extract.rules.words import at_edges, same_spelling

# A word (with the combining marks of the scripts that have them), or a single sign, and the white space before it. Python's \w
# knows no marks.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PIECE = re.compile(rf"\s*+(?:[^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+|[^\w\s]|_)")
_WHOLE = itemgetter(0)
_MOST_KNOWN = 65_536
_LONG = 100  # letters of what is not remembered
_CHUNK = re.compile(r"\S+")
_Ends = Mapping[str, tuple[Rule, str, int]]
"""By the id of a rule, itself, its longest phrase as far as read, and where that ends, counted from the begin of its chunk."""


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    ends: dict[str, tuple[Rule, str]] = field(default_factory=dict)


class _Begun(NamedTuple):
    """Phrases that begin at `start` in a chunk: those that end in it, and the node it leads to if others may end behind it."""

    start: int
    ends: _Ends
    node: _Node | None
    ignore_case: bool


class PhraseIndex:
    """The phrases of some rules. The letters must be the same, in the case given or in any, and blanks in the same places."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        roots: dict[bool, _Node] = {}
        for rule in rules:
            for phrase in rule.phrases:
                node = root = roots.setdefault(rule.ignore_case, _Node())
                for piece in _PIECE.findall(phrase.strip()):
                    node = node.children.setdefault(_key(piece, rule.ignore_case), _Node())
                if node is not root:
                    node.ends[rule.id] = rule, phrase
        self._begins = _Begins(roots)

    def find(self, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[Rule, str, int, int]]:
        """Rule, phrase as the file writes it, start and end of the longest phrases of each rule, from each word on."""
        for start, end in stretches if self._begins.roots else ():
            chunks = text[start:end].split()
            begun = [*map(self._begins.__getitem__, chunks)]
            places = _places(text, start, end, chunks) if any(begun) else ()
            for at in compress(count(), begun):
                place = places[at] + at
                for first, longest, node, ignore_case in begun[at]:
                    if node is not None:
                        length = len(chunks[at])
                        pieces = map(_WHOLE, _PIECE.finditer(text, place + length, end))
                        longest, _ = _read(pieces, longest, node, ignore_case, length)
                    for rule, phrase, behind in longest.values():
                        if at_edges(text, place + first, place + behind):
                            yield rule, phrase, place + first, place + behind


class _Begins(dict[str, Sequence[_Begun]]):
    """Where phrases begin in what stands between blanks; it is remembered what has been asked."""

    def __init__(self, roots: dict[bool, _Node]) -> None:
        super().__init__()
        self.roots = roots

    def __missing__(self, chunk: str) -> Sequence[_Begun]:
        if len(self) > _MOST_KNOWN:
            self.clear()
        pieces = _PIECE.findall(chunk)
        found = [
            _Begun(begin, *_read(map(pieces.__getitem__, range(first, len(pieces))), {}, root, ignore_case, begin), ignore_case)
            for ignore_case, root in self.roots.items()
            for first, begin in enumerate(accumulate(map(len, pieces[:-1]), initial=0))
            if _key(pieces[first], ignore_case) in root.children
        ]
        if len(chunk) < _LONG:
            self[chunk] = found
        return found


def _places(text: str, start: int, end: int, chunks: Sequence[str]) -> Sequence[int]:
    """Where the chunks of a stretch begin, less the number of each; without a look at it where single blanks are between them."""
    places = [*accumulate(map(len, chunks), initial=start)]
    if places[-1] + len(chunks) == end + 1:
        return places
    return [found.start() - at for at, found in enumerate(_CHUNK.finditer(text, start, end))]


def _read(pieces: Iterable[str], ends: _Ends, node: _Node, ignore_case: bool, end: int) -> tuple[_Ends, _Node | None]:
    """What ends in pieces, and what all lead to; `node`: what those before lead to, `end`: where they end."""
    for piece in pieces:
        following = node.children.get(_key(piece, ignore_case))
        if following is None:
            return ends, None
        node, end = following, end + len(piece)
        if node.ends:
            ends = {**ends, **{rule: (*told, end) for rule, told in node.ends.items()}}
    return ends, node if node.children else None


@lru_cache(maxsize=_MOST_KNOWN)
def _key(piece: str, ignore_case: bool) -> str:
    """The spelling of a piece, after a blank if white space stands before it."""
    spelling = same_spelling(piece, ignore_case)
    return f" {spelling}" if piece[0].isspace() else spelling
