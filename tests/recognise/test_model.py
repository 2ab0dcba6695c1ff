"""The model slot: what loads, what does not and what the message says, and that entities stay inside their sentences."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy

from extract.errors import ModelError
from extract.recognise.model import PACKAGED, ModelNames, certainty_of, load_model
from extract.text.language import make_language


@pytest.fixture
def ruler(tmp_path: Path) -> Path:
    """A model on disk that knows two names."""
    nlp = spacy.blank("en")
    nlp.meta.update(name="two_names", version="1.2")
    rules = nlp.add_pipe("entity_ruler")
    rules.add_patterns([{"label": "ORG", "pattern": "Red House"}, {"label": "PERSON", "pattern": "Kirin"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "two_names")
    return tmp_path / "two_names"


def test_none_is_no_model() -> None:
    assert load_model("none") is None


def test_a_path_loads_and_gives_its_name_and_version_as_rule(ruler: Path) -> None:
    model = load_model(ruler)
    assert model is not None
    doc = model(make_language()("Kirin saw the Red House."))
    assert [(ent.text, ent.label_, ent.ent_id_) for ent in doc.ents] == [
        ("Kirin", "PERSON", "two_names 1.2"),
        ("Red House", "ORG", "two_names 1.2"),
    ]


def test_white_space_is_kept_from_the_model_and_offsets_stay_right(ruler: Path) -> None:
    doc = ModelNames(str(ruler))(make_language()("So  \n\n Kirin\n went."))
    assert [ent.text for ent in doc.ents] == ["Kirin"]


def test_a_long_document_goes_through_in_stretches(ruler: Path) -> None:
    doc = make_language()("Kirin came. " * 6_000)
    for token in doc:
        token.is_sent_start = token.text == "Kirin"
    assert len(ModelNames(str(ruler))(doc).ents) == 6_000


def test_a_model_is_pickled_by_its_name(ruler: Path) -> None:
    copy = pickle.loads(pickle.dumps(ModelNames(str(ruler))))
    assert [ent.text for ent in copy(make_language()("Kirin")).ents] == ["Kirin"]


@pytest.mark.parametrize("slot", ["no_such_model_anywhere", "/no/such/folder"])
def test_a_missing_model_says_what_to_do(slot: str) -> None:
    with pytest.raises(ModelError, match=f"no spaCy model `{slot}`.*`none`"):
        load_model(slot)


def test_a_model_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "mute")
    with pytest.raises(ModelError, match="finds no names"):
        load_model(tmp_path / "mute")


def test_a_broken_model_is_refused(ruler: Path) -> None:
    (ruler / "config.cfg").write_text("[nlp")
    with pytest.raises(ModelError, match="two_names"):
        load_model(ruler)


@pytest.mark.skipif(not PACKAGED.exists(), reason="no packaged model here")
def test_the_packaged_model_loads_and_finds_names() -> None:
    model = load_model()
    assert model is not None
    doc = model(make_language()("Yesterday Angela Merkel met Emmanuel Macron in Paris."))
    assert "Angela Merkel" in [ent.text for ent in doc.ents]


@pytest.mark.skipif(not PACKAGED.exists(), reason="no packaged model here")
def test_a_models_scores_are_read_and_its_entities_are_spacys_own() -> None:
    text = "Yesterday Angela Merkel met Emmanuel Macron in Paris. The Huawei unit fell; Toyota and the CUP won in New York City."
    doc = ModelNames(str(PACKAGED))(make_language()(text))
    own = spacy.load(PACKAGED)(text)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [(ent.text, ent.label_) for ent in own.ents]
    certainty = certainty_of(doc)
    assert certainty is not None
    assert set(certainty.entities) == {(ent.start, ent.end) for ent in doc.ents}
    assert all(0 < chance <= 1 for chance in certainty.entities.values())
    assert all(doc[at].ent_iob_ == "O" and 0 < chance < 1 for at, (_, chance) in certainty.begins.items())


def test_a_model_without_scores_has_no_certainty(ruler: Path) -> None:
    assert certainty_of(ModelNames(str(ruler))(make_language()("Kirin came."))) is None
