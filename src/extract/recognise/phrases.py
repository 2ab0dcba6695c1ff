"""Phrases in a text, however many there are: one walk over its words, in a trie."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress, count

from extract.rules.model import Rule
from extract.rules.words import at_edges, same_spelling

# A word (with the combining marks of the scripts that have them), or a single sign, and the white space before it. Python's \w
# knows no marks.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PIECE = re.compile(rf"\s*+(?:[^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+|[^\w\s]|_)")
_MOST_KNOWN = 65_536


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[Rule, str]] = field(default_factory=list)


class PhraseIndex:
    """The phrases of some rules. The letters must be the same, in the case given or in any, and blanks in the same places."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        roots: dict[bool, _Node] = {}
        for rule in rules:
            root = roots.setdefault(rule.ignore_case, _Node())
            for phrase in rule.phrases:
                _add(root, rule, phrase)
        self._begins = _Begins(roots)

    def find(self, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[Rule, str, int, int]]:
        """Rule, phrase as the file writes it, start and end of the longest phrases of each rule, from each word on."""
        for start, end in stretches if self._begins.roots else ():
            pieces = _PIECE.findall(text, start, end)
            begun = [*map(self._begins.__getitem__, pieces)]
            found = [
                (first, each)
                for first in compress(count(), begun)
                for ignore_case, node in begun[first]
                for each in _longest(pieces, first, node, ignore_case)
            ]
            places = [*accumulate(map(len, pieces), initial=start)] if found else []
            for first, (rule, phrase, behind) in found:
                begin, stop = places[first + 1] - len(pieces[first].lstrip()), places[behind]
                if at_edges(text, begin, stop):
                    yield rule, phrase, begin, stop


class _Begins(dict[str, Sequence[tuple[bool, _Node]]]):
    """Where the pieces of texts lead from the roots, and whether case is ignored there; it is remembered what has been asked."""

    def __init__(self, roots: dict[bool, _Node]) -> None:
        super().__init__()
        self.roots = roots

    def __missing__(self, piece: str) -> Sequence[tuple[bool, _Node]]:
        if len(self) > _MOST_KNOWN:
            self.clear()
        word, roots = piece.lstrip(), self.roots.items()
        found = [(ignore_case, node) for ignore_case, root in roots if (node := root.children.get(_key(word, ignore_case)))]
        self[piece] = tuple(found)
        return self[piece]


def _add(root: _Node, rule: Rule, phrase: str) -> None:
    node = root
    for piece in _PIECE.findall(phrase.strip()):
        node = node.children.setdefault(_key(piece, rule.ignore_case), _Node())
    if node is not root:
        node.ends.append((rule, phrase))


def _longest(pieces: Sequence[str], index: int, node: _Node, ignore_case: bool) -> Collection[tuple[Rule, str, int]]:
    """The longest phrase of each rule that begins with a piece, and where it ends; `node`: where the piece leads."""
    longest: dict[str, tuple[Rule, str, int]] = {}
    following: _Node | None = node
    while following is not None:
        index += 1
        for rule, phrase in following.ends:
            longest[rule.id] = (rule, phrase, index)
        if not following.children or index == len(pieces):
            break
        following = following.children.get(_key(pieces[index], ignore_case))
    return longest.values()


@lru_cache(maxsize=_MOST_KNOWN)
def _key(piece: str, ignore_case: bool) -> str:
    """The spelling of a piece, after a blank if white space stands before it."""
    spelling = same_spelling(piece, ignore_case)
    return f" {spelling}" if piece[0].isspace() else spelling
