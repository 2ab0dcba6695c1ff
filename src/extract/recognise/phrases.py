"""Phrases in a text, however many there are: one walk over its words, in a trie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.rules.model import Rule
from extract.rules.words import at_edges, same_spelling

# A word (with the combining marks of the scripts that have them), or a single sign. Python's \w knows no marks.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PIECE = re.compile(rf"(?:[^\W_][{_MARKS}]*)+|[^\w\s]|_")


class Piece(NamedTuple):
    """A word or sign `text[start:end]`; `key` is its spelling for looking up, after a blank if white space stands before it."""

    key: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[Rule, str]] = field(default_factory=list)


class PhraseIndex:
    """The phrases of some rules. The letters must be the same, in the case given or in any, and blanks in the same places."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._tries: dict[bool, _Node] = {}
        for rule in rules:
            root = self._tries.setdefault(rule.ignore_case, _Node())
            for phrase in rule.phrases:
                _add(root, rule, phrase)

    def find(self, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[Rule, str, int, int]]:
        """Rule, phrase as the file writes it, start and end of the longest phrases of each rule, from each word on."""
        for ignore_case, root in self._tries.items():
            for start, end in stretches:
                pieces = _pieces(text, start, end, ignore_case)
                yield from (found for found in _walk(root, pieces) if at_edges(text, found[2], found[3]))


def _add(root: _Node, rule: Rule, phrase: str) -> None:
    node = root
    for number, piece in enumerate(_pieces(phrase, 0, len(phrase), rule.ignore_case)):
        node = node.children.setdefault(piece.key if number else piece.key.lstrip(), _Node())
    if node is not root:
        node.ends.append((rule, phrase))


def _pieces(text: str, start: int, end: int, ignore_case: bool) -> list[Piece]:
    pieces, last = [], start
    for found in _PIECE.finditer(text, start, end):
        key = same_spelling(found.group(), ignore_case)
        pieces.append(Piece(key if found.start() == last else f" {key}", found.start(), found.end()))
        last = found.end()
    return pieces


def _walk(root: _Node, pieces: Sequence[Piece]) -> Iterator[tuple[Rule, str, int, int]]:
    for index, piece in enumerate(pieces):
        node = root.children.get(piece.key.lstrip())
        if node is not None:
            yield from _longest_from(node, pieces, index)


def _longest_from(node: _Node, pieces: Sequence[Piece], index: int) -> Iterator[tuple[Rule, str, int, int]]:
    longest: dict[str, tuple[Rule, str, int, int]] = {}
    start, position = pieces[index].start, index
    while True:
        for rule, phrase in node.ends:
            longest[rule.id] = (rule, phrase, start, pieces[position].end)
        position += 1
        following = node.children.get(pieces[position].key) if position < len(pieces) else None
        if following is None:
            break
        node = following
    yield from longest.values()
