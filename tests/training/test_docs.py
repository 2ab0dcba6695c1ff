"""From annotated texts to examples: what is unsure is missing, and names keep their words."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.text.language import make_language
from extract.training.corpus import Annotated
from extract.training.docs import annotate, make_example

MISSING, INSIDE, OUTSIDE, BEGIN = 0, 1, 2, 3


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_language()


def _annotated(text: str, *names: tuple[str, str], unsure: tuple[str, ...] = ()) -> Annotated:
    spans = tuple((text.index(name), text.index(name) + len(name), label) for name, label in names)
    return Annotated(text, spans, tuple((text.index(part), text.index(part) + len(part)) for part in unsure))


def test_unsure_words_are_missing_and_the_others_outside(nlp: Language) -> None:
    doc = annotate(nlp, _annotated("Kane left Old Mill early.", ("Kane", "PERSON"), unsure=("Old Mill",)))
    assert [token.ent_iob for token in doc] == [BEGIN, OUTSIDE, MISSING, MISSING, OUTSIDE, OUTSIDE]


def test_a_name_inside_an_unsure_stretch_stays_a_name(nlp: Language) -> None:
    doc = annotate(nlp, _annotated("Kane left Old Mill.", ("Kane", "PERSON"), unsure=("Kane left",)))
    assert [token.ent_iob for token in doc] == [BEGIN, MISSING, OUTSIDE, OUTSIDE, OUTSIDE]


def test_a_name_that_ends_inside_a_word_is_missing(nlp: Language) -> None:
    doc = annotate(nlp, _annotated("They met Kanesians.", ("Kanes", "NORP")))
    assert [token.ent_iob for token in doc] == [OUTSIDE, OUTSIDE, MISSING, OUTSIDE]


def test_of_two_names_on_one_word_the_first_counts(nlp: Language) -> None:
    doc = annotate(nlp, _annotated("Old Mill Bank", ("Old Mill", "LOC"), ("Mill Bank", "ORG")))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Old Mill", "LOC")]


def test_dashes_inside_words_part_names(nlp: Language) -> None:
    doc = annotate(nlp, _annotated("the Kane-led bloc", ("Kane", "PERSON")))
    assert [ent.text for ent in doc.ents] == ["Kane"]


def test_an_example_of_several_texts_begins_a_sentence_with_each(nlp: Language) -> None:
    first = _annotated("Kane won.", ("Kane", "PERSON"), unsure=("won",))
    second = _annotated("  So did\n Ada  Byron.", ("Ada  Byron", "PERSON"))
    example = make_example(nlp, [first, second])
    assert [token.text for token in example.reference if token.is_sent_start] == ["Kane", "So"]
    assert [(ent.text, ent.label_) for ent in example.reference.ents] == [("Kane", "PERSON"), ("Ada Byron", "PERSON")]
    assert not any(token.is_space for token in example.reference)
    assert [token.text for token in example.reference if token.ent_iob == MISSING] == ["won"]


def test_what_the_model_is_given_carries_no_names(nlp: Language) -> None:
    example = make_example(nlp, [_annotated("Kane won.", ("Kane", "PERSON"))])
    assert not example.predicted.ents
    assert [token.text for token in example.predicted] == [token.text for token in example.reference]
