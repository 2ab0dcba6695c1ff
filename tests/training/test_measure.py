"""Scores: exact edges and labels, what is unsure left out, labels collapsed; and the table that shows them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.text.language import make_language
from extract.training.corpus import Annotated
from extract.training.measure import COLLAPSED, RECORDED, Tally, measure
from extract.training.package import score_table

_EXACT = {label: label for label in RECORDED}


@pytest.fixture(scope="module")
def nlp() -> Language:
    """Finds Kane, Green Wave and Oslo, and takes the party for an organisation."""
    nlp = make_language()
    rules = nlp.add_pipe("entity_ruler")
    known = {"Kane": "PERSON", "Green Wave": "ORG", "Oslo": "GPE", "Faust": "WORK"}
    rules.add_patterns([{"label": label, "pattern": name} for name, label in known.items()])  # type: ignore[attr-defined]
    return nlp


def _counts(tally: Tally) -> tuple[int, int, int]:
    return tally.right.total(), tally.spurious.total(), tally.missing.total()


PARTY = Annotated("Green Wave lost.", ((0, 10, "PARTY"),))


def test_a_wrong_label_is_spurious_and_missing(nlp: Language) -> None:
    assert _counts(measure(nlp, [PARTY], _EXACT)) == (0, 1, 1)


def test_collapsed_a_party_is_an_organisation(nlp: Language) -> None:
    assert _counts(measure(nlp, [PARTY], COLLAPSED)) == (1, 0, 0)


def test_wrong_edges_are_wrong(nlp: Language) -> None:
    assert _counts(measure(nlp, [Annotated("Kane Hill won.", ((0, 9, "PERSON"),))], _EXACT)) == (0, 1, 1)


def test_what_is_unsure_counts_for_nothing(nlp: Language) -> None:
    assert _counts(measure(nlp, [Annotated("Kane left Oslo.", ((0, 4, "PERSON"),), ((10, 14),))], _EXACT)) == (1, 0, 0)


def test_labels_that_are_not_recorded_are_not_counted(nlp: Language) -> None:
    assert _counts(measure(nlp, [Annotated("Faust opened.", ())], _EXACT)) == (0, 0, 0)


def test_f1_of_nothing_is_none_and_of_half_is_a_half() -> None:
    tally = Tally()
    assert tally.f1() is None
    tally.right["PERSON"], tally.spurious["PERSON"], tally.missing["PERSON"] = 2, 1, 3
    assert tally.f1("PERSON") == tally.f1() == pytest.approx(0.5)
    assert tally.f1("GPE") is None


def test_the_table_has_a_row_for_each_set_and_a_dash_where_there_is_nothing(nlp: Language) -> None:
    items = [Annotated("Kane won.", ((0, 4, "PERSON"),))]
    table = score_table({"fewnerd.dev": (measure(nlp, items, _EXACT), measure(nlp, items, COLLAPSED))})
    head, rule, row = table.splitlines()
    assert head.count("|") == rule.count("|") == row.count("|")
    assert row.startswith("| Few-NERD | 100.0 | 100.0 | 100.0 | – |")
