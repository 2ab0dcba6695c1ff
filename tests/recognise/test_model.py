"""The model slot: what loads, what does not and what the message says, and that entities stay inside their sentences."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from extract import Pipeline
from extract.errors import ModelError
from extract.normalise.values import NAME_LABELS
from extract.recognise.model import PACKAGED, ModelNames, certainty_of, load_model
from extract.sources import read_string
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


def made_elsewhere(**state: Any) -> Language:
    """A pipeline of another make: OntoNotes labels, a listener to a tok2vec of its own, parts that are not for names."""
    nlp = spacy.blank("en")
    nlp.meta.update(name="other_web_sm", version="0.1")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "hidden_width": 32, "tok2vec": listener}
    shape = {"maxout_pieces": 2, "extra_state_tokens": False, "use_upper": True, **state}
    nlp.add_pipe("ner", config={"model": {**parser, **shape}})
    lines = (
        ("Vexo Zarb won in Quallia .", [(0, 9, "PERSON"), (17, 24, "GPE")]),
        (
            "In 2019 Quallia read Blue Moth by Vexo Zarb .",
            [(3, 7, "DATE"), (8, 15, "GPE"), (21, 30, "WORK_OF_ART"), (34, 43, "PERSON")],
        ),
    )
    examples = [Example.from_dict(nlp.make_doc(text), {"entities": entities}) for text, entities in lines]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    return nlp


@pytest.mark.parametrize(("pieces", "upper"), [(2, True), (3, False)])
def test_the_entities_of_any_network_are_spacys_own(tmp_path: Path, pieces: int, upper: bool) -> None:
    made_elsewhere(maxout_pieces=pieces, use_upper=upper).to_disk(tmp_path / "model")
    own, model = spacy.load(tmp_path / "model"), ModelNames(str(tmp_path / "model"))
    for text in ("Vexo Zarb won in Quallia .", "In 2019 Vexo Moth and Quallia read Blue Zarb Blue Moth", "Vexo", "Zarb Blue"):
        doc = model(own.make_doc(text))
        assert [(ent.text, ent.label_) for ent in doc.ents] == [(ent.text, ent.label_) for ent in own(text).ents]
        assert certainty_of(doc) is not None


def test_a_network_that_looks_at_more_has_no_certainty(tmp_path: Path) -> None:
    made_elsewhere(extra_state_tokens=True).to_disk(tmp_path / "model")
    doc = ModelNames(str(tmp_path / "model"))(make_language()("Vexo Zarb won in Quallia ."))
    assert [ent.label_ for ent in doc.ents] == ["PERSON", "GPE"] and certainty_of(doc) is None


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of such a pipeline."""
    made_elsewhere().to_disk(path := tmp_path_factory.mktemp("models") / "other_web_sm")
    return path


def test_a_pipeline_of_another_make_is_weighed_like_our_own(foreign: Path) -> None:
    analysis = Pipeline(model=str(foreign)).analyse(read_string("Vexo Zarb won in Quallia .", format="text"))
    names = {(mention.text, mention.label) for mention in analysis.mentions if mention.label in NAME_LABELS}
    assert names == {("Vexo Zarb", "PERSON"), ("Quallia", "GPE")}
    certainty = certainty_of(analysis.doc)
    assert certainty is not None and set(certainty.entities) == {(0, 2), (4, 5)}


def test_labels_of_another_make_are_ours_or_speak_against_a_name(foreign: Path) -> None:
    text = "In 2019 Quallia read Blue Moth by Vexo Zarb ."
    analysis = Pipeline(model=str(foreign)).analyse(read_string(text, format="text"))
    assert {ent.label_ for ent in analysis.doc.ents} == {"DATE", "GPE", "WORK_OF_ART", "PERSON"}
    assert "Blue Moth" not in {mention.text for mention in analysis.mentions}
