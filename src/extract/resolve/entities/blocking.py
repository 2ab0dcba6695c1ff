"""Which forms are compared at all: those that share a key. Big blocks are divided by sharper keys; the cost stays linear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from extract.resolve.entities.comparing import ASKS, OFFERS, Form

Keys = Callable[[Form], Iterable[str]]

LIMIT = 60  # a block of more forms is divided, and one that cannot be is compared in a window of so many neighbours


def pairs(forms: Iterable[Form], keys: Sequence[Keys]) -> list[tuple[Form, Form]]:
    """The pairs of forms that share a key, in order; `keys` are the functions that make them, the sharpest last."""
    ordered = sorted(forms)
    found: set[tuple[int, int]] = set()
    for _, same in groupby(range(len(ordered)), lambda number: ordered[number].kind):
        found.update(_pairs([*same], ordered, keys))
    return [(ordered[a], ordered[b]) for a, b in sorted(found)]


def _pairs(numbers: Sequence[int], forms: Sequence[Form], keys: Sequence[Keys]) -> Iterator[tuple[int, int]]:
    """The numbers of the pairs among forms of one kind."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        for key in keys[0](forms[number]):
            blocks[key].append(number)
    crowded: set[int] = set()
    for key, block in blocks.items():
        if len(block) == 1 and not key.startswith(ASKS):
            continue
        other = blocks.get(OFFERS + key[1:], []) if key.startswith(ASKS) else []
        if len(block) + len(other) > LIMIT and len(keys) > 1 and not key.startswith(OFFERS):
            crowded.update(block, other)
        elif key.startswith(ASKS):
            yield from ((min(a, b), max(a, b)) for a in block for b in other[:LIMIT])
        elif not key.startswith(OFFERS):
            for index, a in enumerate(block):
                yield from ((a, b) for b in block[index + 1 : index + LIMIT])
    if crowded:
        yield from _pairs(sorted(crowded), forms, keys[1:])
