"""Which prediction stands for which mention of gold: the same span, or the best overlap, one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from extract.evaluate.annotation import Annotation

Pair = tuple[Annotation, Annotation]
"""Gold, and what was predicted for it."""


def match_exactly(
    gold: Iterable[Annotation], predicted: Iterable[Annotation], key: Callable[[Annotation], Hashable]
) -> list[Pair]:
    """Pairs with the same key, one to one, in the order of gold."""
    waiting: dict[Hashable, list[Annotation]] = defaultdict(list)
    for record in predicted:
        waiting[key(record)].append(record)
    return [(line, waiting[key(line)].pop(0)) for line in gold if waiting[key(line)]]


def span_and_label(mention: Annotation) -> Hashable:
    """The strict key."""
    return (*mention.span, mention.label)


def match_overlapping(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> list[Pair]:
    """As many pairs of overlapping mentions of one label as there can be, one to one; the larger overlaps are tried first."""
    matched: dict[int, int] = {}
    candidates = _candidates(gold, predicted)
    for index in sorted(candidates, key=lambda line: -_overlap(gold[line], predicted[candidates[line][0]])):
        _place(index, candidates, matched)
    return [(gold[line], predicted[record]) for record, line in sorted(matched.items(), key=lambda item: item[1])]


def _place(first: int, candidates: dict[int, list[int]], matched: dict[int, int]) -> None:
    """Finds a partner for a line of gold, moving others to their next best where that helps (an augmenting path)."""
    came_from: dict[int, int] = {}
    queue = [first]
    for line in queue:
        for record in candidates[line]:
            if record in came_from:
                continue
            came_from[record] = line
            if record not in matched:
                return _shift(record, came_from, matched, first)
            queue.append(matched[record])
    return None


def _shift(record: int, came_from: dict[int, int], matched: dict[int, int], first: int) -> None:
    before = {line: other for other, line in matched.items()}
    while True:
        line = came_from[record]
        matched[record] = line
        if line == first:
            return
        record = before[line]


def _candidates(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> dict[int, list[int]]:
    """For each line of gold the predictions that overlap it, the largest overlap first; a line without any is left out."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, record in enumerate(predicted):
        groups[record.document, record.label].append(number)
    found = {
        index: sorted(
            (number for number in groups[line.document, line.label] if _overlap(line, predicted[number]) > 0),
            key=lambda number: (-_overlap(line, predicted[number]), predicted[number].start),
        )
        for index, line in enumerate(gold)
    }
    return {index: numbers for index, numbers in found.items() if numbers}


def _overlap(one: Annotation, other: Annotation) -> float:
    """Shared characters over all characters of both, 1 for the same span."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))
