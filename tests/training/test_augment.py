"""Changed copies keep their offsets; template lines carry well-formed names, the same ones for the same seed."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.training.augment import Templates, curly_quotes, title_case, upper, vary, without_diacritics, without_full_stop
from extract.training.corpus import LABELS, Annotated, trim_span

ITEMS = [
    Annotated("Ada Byron met Jan Novák.", ((0, 9, "PERSON"), (14, 23, "PERSON"))),
    Annotated("The Green Wave lost in Lille.", ((4, 14, "PARTY"), (23, 28, "GPE"))),
    Annotated("Acme Works said so.", ((0, 10, "ORG"),)),
]


@pytest.mark.parametrize(
    ("change", "text", "wanted"),
    [
        (upper, "Sofia, May 9", "SOFIA, MAY 9"),
        (title_case, "Voters back ruling party in poll", "Voters Back Ruling Party in Poll"),
        (without_diacritics, "Adrian Năstase in Łódź", "Adrian Nastase in Łodz"),
        (curly_quotes, 'Kane\'s "no"', "Kane’s ”no”"),
        (without_full_stop, "Kane won.", "Kane won "),
    ],
)
def test_a_copy_looks_as_documents_do(change: object, text: str, wanted: str) -> None:
    assert change(text) == wanted  # type: ignore[operator]


@given(text=st.text(max_size=40), seed=st.integers(0, 400))
def test_a_copy_keeps_its_offsets(text: str, seed: int) -> None:
    item = Annotated(text, ((0, len(text) // 2, "ORG"),), ((len(text) // 2, len(text)),))
    copy = vary(item, Random(seed))
    assert len(copy.text) == len(text)
    assert (copy.spans, copy.unsure) == (item.spans, item.unsure)


def test_a_change_that_would_move_offsets_is_not_made() -> None:
    item = Annotated("Straße", ((0, 6, "LOC"),))
    assert all(vary(item, Random(seed)).text in ("Straße", "strasse") for seed in range(300))


def test_lines_of_templates_hold_names_of_known_labels_in_order() -> None:
    templates = Templates(ITEMS, Random(7))
    labels = set()
    for _ in range(2000):
        line = templates.line()
        assert all(0 <= start < end <= len(line.text) for start, end, _ in line.spans)
        assert all(before[1] <= after[0] for before, after in pairwise(line.spans))
        assert "{" not in line.text
        labels |= {label for *_, label in line.spans}
    assert labels <= set(LABELS)
    assert {"PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW"} <= labels


def test_names_of_templates_follow_the_discipline_of_spans() -> None:
    templates = Templates(ITEMS, Random(11))
    for line in (templates.line() for _ in range(1000)):
        for span in line.spans:
            assert trim_span(line.text, *span) == span, line.text


def test_the_same_seed_gives_the_same_lines() -> None:
    first, second = Templates(ITEMS, Random(3)), Templates(ITEMS, Random(3))
    assert [first.line() for _ in range(200)] == [second.line() for _ in range(200)]
