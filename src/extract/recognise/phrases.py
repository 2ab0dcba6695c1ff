"""Phrases in a text, however many there are: one walk over its words, in a trie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.rules.model import Rule
from extract.rules.words import at_edges, same_spelling

# A word (with the combining marks of the scripts that have them), or a single sign. Python's \w knows no marks.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PIECE = re.compile(rf"(?:[^\W_][{_MARKS}]*)+|[^\w\s]|_")


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
        for start, end in stretches if self._tries else ():
            words, plain = _PIECE.findall(text, start, end), text[start:end].isascii()
            for ignore_case, root in self._tries.items():
                keys = [same_spelling(word, ignore_case) for word in words] if ignore_case or not plain else words
                begins = root.children
                if firsts := [index for index, key in enumerate(keys) if key in begins]:
                    walk = _Walk(text, keys, [found.span() for found in _PIECE.finditer(text, start, end)])
                    found = (each for first in firsts for each in walk.longest_from(begins[keys[first]], first))
                    yield from (each for each in found if at_edges(text, each[2], each[3]))


def _add(root: _Node, rule: Rule, phrase: str) -> None:
    node, last = root, 0
    for found in _PIECE.finditer(phrase.strip()):
        key = same_spelling(found.group(), rule.ignore_case)
        node = node.children.setdefault(key if found.start() == last else f" {key}", _Node())
        last = found.end()
    if node is not root:
        node.ends.append((rule, phrase))


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk over the words of a text: their spellings for looking up, and their places."""

    text: str
    keys: Sequence[str]
    places: Sequence[tuple[int, int]]

    def longest_from(self, node: _Node, index: int) -> Iterator[tuple[Rule, str, int, int]]:
        """The longest phrase of each rule that begins at a word; `node`: where that word leads."""
        longest: dict[str, tuple[Rule, str, int, int]] = {}
        following: _Node | None = node
        start, position = self.places[index][0], index
        while following is not None:
            for rule, phrase in following.ends:
                longest[rule.id] = (rule, phrase, start, self.places[position][1])
            position += 1
            following = following.children.get(self._key(position)) if position < len(self.keys) else None
        yield from longest.values()

    def _key(self, index: int) -> str:
        """The spelling of a word that is not the first, after a blank if white space stands before it."""
        apart = self.places[index][0] > self.places[index - 1][1]
        return f" {self.keys[index]}" if apart else self.keys[index]
