"""A model's own further labels are kept where they are asked for."""

import pytest
import spacy

from extract import Pipeline
from extract.errors import ModelError

TEXT = "Anna Berg of the Green Party showed the Votomat 3000 on 9 June 2024."


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PRODUCT", "pattern": "Votomat 3000"},
            {"label": "PERSON", "pattern": "Anna Berg"},
            {"label": "odd", "pattern": "x"},
        ]
    )
    nlp.meta["name"], nlp.meta["version"] = "machines", "1.0"
    nlp.to_disk(path := tmp_path_factory.mktemp("model") / "machines")
    return str(path)


def test_a_label_that_is_asked_for_is_a_record_with_the_words_as_value(model):
    (record,) = [record for record in Pipeline(model=model, labels=["PRODUCT"]).extract_text(TEXT) if record.label == "PRODUCT"]
    assert (record.text, record.value.text, record.origin.rule) == ("Votomat 3000", "Votomat 3000", "machines 1.0")


def test_without_being_asked_for_it_is_dropped(model):
    labels = {record.label for record in Pipeline(model=model).extract_text(TEXT)}
    assert {"PERSON", "DATE"} <= labels
    assert "PRODUCT" not in labels


@pytest.mark.parametrize(
    ("label", "message"), [("PLANE", "it has PERSON, PRODUCT, odd"), ("PERSON", "ours"), ("odd", "capitals")]
)
def test_a_label_that_cannot_be_kept_is_told(model, label, message):
    with pytest.raises(ModelError, match=message):
        Pipeline(model=model, labels=[label])
