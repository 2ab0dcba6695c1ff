"""The best set of candidates that do not overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from extract.recognise.names.policy import ENOUGH
from extract.recognise.scale import Numbers, Wholes


def choose(starts: Wholes, ends: Wholes, likely: Numbers) -> Wholes:
    """The numbers of the set whose probabilities, less ENOUGH each, add up to the most; all in the order of the text.

    >>> choose(np.array([0, 0, 1, 3]), np.array([1, 2, 2, 4]), np.array([0.4, 0.9, 0.6, 0.2])).tolist()
    [1]
    """
    numbers = np.flatnonzero(likely > ENOUGH)
    overlaps = starts[numbers[1:]] < np.maximum.accumulate(ends[numbers])[:-1]
    if not overlaps.any():
        return numbers
    rivals = np.zeros(len(numbers), dtype=bool)
    rivals[1:] |= overlaps
    rivals[:-1] |= overlaps
    some = numbers[rivals][ends[numbers[rivals]].argsort(kind="stable")]
    best = _best(starts[some].tolist(), ends[some].tolist(), (likely[some] - ENOUGH).tolist())
    return np.sort(np.concatenate((numbers[~rivals], some[best])))


def _best(starts: Sequence[int], ends: Sequence[int], gains: Sequence[float]) -> list[int]:
    """The numbers of those of stretches, in the order of their ends, that do not overlap and gain the most together."""
    best, back = [0.0], []
    for index, (start, gain) in enumerate(zip(starts, gains, strict=True)):
        room = bisect_right(ends, start, 0, index)
        back.append(room if best[room] + gain > best[-1] else None)
        best.append(max(best[room] + gain, best[-1]))
    chosen, index = [], len(back)
    while index > 0:
        room_before = back[index - 1]
        if room_before is None:
            index -= 1
        else:
            chosen.append(index - 1)
            index = room_before
    return chosen
