"""The best set of candidates that do not overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from extract.recognise.names.policy import ENOUGH


def overlapping(chosen: Sequence[tuple[int, int]], start: int, end: int) -> slice:
    """Which of some stretches, in the order of the text and apart from each other, overlap another."""
    return slice(bisect_right(chosen, start, key=itemgetter(1)), bisect_left(chosen, end, key=itemgetter(0)))


def choose(stretches: Sequence[tuple[int, int]], likely: Sequence[float]) -> list[int]:
    """The numbers of the set whose probabilities, less ENOUGH each, add up to the most; in the order of the text.

    >>> choose([(0, 1), (0, 2), (1, 2), (3, 4)], [0.4, 0.9, 0.6, 0.2])
    [1]
    """
    numbers = sorted((number for number, chance in enumerate(likely) if chance > ENOUGH), key=lambda number: stretches[number][1])
    ends = [stretches[number][1] for number in numbers]
    best, back = [0.0], []
    for index, number in enumerate(numbers):
        room = bisect_right(ends, stretches[number][0], 0, index)
        gain = best[room] + likely[number] - ENOUGH
        back.append(room if gain > best[-1] else None)
        best.append(max(gain, best[-1]))
    chosen, index = [], len(numbers)
    while index > 0:
        room_before = back[index - 1]
        if room_before is None:
            index -= 1
        else:
            chosen.append(numbers[index - 1])
            index = room_before
    return chosen[::-1]
