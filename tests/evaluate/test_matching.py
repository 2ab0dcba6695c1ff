"""Overlaps are paired one to one, as many as can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.evaluate.annotation import Annotation
from extract.evaluate.matching import match_overlapping

Span = tuple[int, int]


def mention(span: Span) -> Annotation:
    return Annotation("a.txt", "GPE", *span, "", {})


@pytest.mark.parametrize(
    "gold, found, pairs",
    [
        ([(0, 5)], [(0, 5)], {((0, 5), (0, 5))}),
        ([(0, 5)], [(5, 9)], set()),
        ([(0, 5)], [(3, 9), (0, 5)], {((0, 5), (0, 5))}),
        ([(0, 5), (6, 9)], [(0, 9)], {((0, 5), (0, 9))}),
        ([(0, 9), (10, 19)], [(8, 12), (0, 3)], {((0, 9), (0, 3)), ((10, 19), (8, 12))}),
        ([(0, 4), (4, 9)], [(0, 9), (5, 6)], {((0, 4), (0, 9)), ((4, 9), (5, 6))}),
    ],
)
def test_overlaps_are_paired_for_the_most_pairs(gold: list[Span], found: list[Span], pairs: set[tuple[Span, Span]]) -> None:
    matched = match_overlapping([mention(span) for span in gold], [mention(span) for span in found])
    assert {((one.start, one.end), (two.start, two.end)) for one, two in matched} == pairs


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=8)


@given(spans, spans)
def test_pairs_overlap_and_use_each_mention_once(gold: list[Span], found: list[Span]) -> None:
    golds, founds = [mention(span) for span in gold], [mention(span) for span in found]
    matched = match_overlapping(golds, founds)
    assert all(one.start < two.end and two.start < one.end for one, two in matched)
    assert len({id(one) for one, _ in matched}) == len({id(two) for _, two in matched}) == len(matched)
    assert len(matched) == len(match_overlapping(founds, golds))
