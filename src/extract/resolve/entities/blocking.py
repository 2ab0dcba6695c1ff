"""Which forms are compared at all: those that share a key. Big blocks are divided by sharper keys; the cost stays linear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.resolve.entities.comparing import ASKS, OFFERS, Form

Keys = Callable[[Form], Iterable[str]]

LIMIT = 60  # a block of more forms is divided, and one that cannot be is compared in a window of so many neighbours


def pairs(forms: Iterable[Form], keys: Sequence[Keys]) -> list[tuple[Form, Form]]:
    """The pairs of forms that share a key, in order; `keys` are the functions that make them, the sharpest last."""
    return sorted(set(_pairs(sorted(forms), keys)))


def _pairs(forms: Sequence[Form], keys: Sequence[Keys]) -> Iterator[tuple[Form, Form]]:
    blocks: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in forms:
        for key in keys[0](form):
            blocks[form.kind, key].append(form)
    crowded: set[Form] = set()
    for (kind, key), block in blocks.items():
        if len(block) == 1 and not key.startswith(ASKS):
            continue
        other = blocks.get((kind, OFFERS + key[1:]), []) if key.startswith(ASKS) else []
        if len(block) + len(other) > LIMIT and len(keys) > 1 and not key.startswith(OFFERS):
            crowded.update(block, other)
        elif key.startswith(ASKS):
            yield from ((min(a, b), max(a, b)) for a in block for b in other[:LIMIT])
        elif not key.startswith(OFFERS):
            for index, a in enumerate(block):
                yield from ((a, b) for b in block[index + 1 : index + LIMIT])
    if crowded:
        yield from _pairs(sorted(crowded), keys[1:])
