"""The words that a group of a pattern takes, where they can be counted up: so that lint can ask whether a list has them all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from extract.rules.patterns import BUILT_IN_PARTS

_MOST = 2_000
_ENDLESS = frozenset("*+{.^$")
_CLASSES = frozenset("pPdDwWsS")


class _EndlessError(Exception):
    """A pattern whose words cannot be counted up."""


def words_of(regex: str, group: str) -> frozenset[str] | None:
    """The words that the named group takes; None where there is no end of them. A blank stands for white space.

    >>> sorted(words_of("(?P<unit>days?|week) later", "unit"))
    ['day', 'days', 'week']
    """
    start = regex.find(f"(?P<{group}>")
    if start < 0:
        return None
    pattern = regex[start:].replace(BUILT_IN_PARTS["sp"], " ")
    try:
        words, _ = _read_group(pattern, 0)
    except _EndlessError:
        return None
    return frozenset(words)


def _read_group(pattern: str, at: int) -> tuple[set[str], int]:
    """The words of the group that begins at `at`, and where it ends."""
    at += 1
    if pattern[at] == "?":
        at = pattern.index(">" if pattern[at + 1] == "P" else ":", at) + 1
    words: set[str] = set()
    while True:
        branch, at = _read_branch(pattern, at)
        words |= branch
        if pattern[at] == ")":
            return words, at + 1
        at += 1


def _read_branch(pattern: str, at: int) -> tuple[set[str], int]:
    pieces: list[set[str]] = []
    while pattern[at] not in "|)":
        if pattern[at] == "?":
            pieces[-1] = pieces[-1] | {""}
            at += 1
            continue
        piece, at = _read_atom(pattern, at)
        pieces.append(piece)
    if _size(pieces) > _MOST:
        raise _EndlessError
    return {"".join(words) for words in product(*pieces)}, at


def _read_atom(pattern: str, at: int) -> tuple[set[str], int]:
    sign = pattern[at]
    if sign in _ENDLESS or (sign == "\\" and pattern[at + 1] in _CLASSES):
        raise _EndlessError
    if sign == "(":
        return _read_group(pattern, at)
    if sign == "[":
        end = pattern.index("]", at + 1)
        return set(_of_class(pattern[at + 1 : end])), end + 1
    return ({pattern[at + 1]}, at + 2) if sign == "\\" else ({sign}, at + 1)


def _of_class(inside: str) -> Iterator[str]:
    if inside[:1] == "^" or "\\" in inside:
        raise _EndlessError
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            yield from map(chr, range(ord(inside[at]), ord(inside[at + 2]) + 1))
            at += 3
        else:
            yield inside[at]
            at += 1


def _size(pieces: list[set[str]]) -> int:
    size = 1
    for piece in pieces:
        size *= len(piece)
    return size
