"""What is shipped: small, with its card, loadable as any spaCy model; the one in the package keeps its promises."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import extract.training.package as package
from extract.recognise.model import PACKAGED
from extract.text.language import make_language
from extract.training.corpus import LABELS
from extract.training.measure import Tally

shipped = pytest.mark.skipif(not (PACKAGED / "README.md").exists(), reason="no packaged model here")


def test_a_saved_model_has_card_and_licence_and_loads(tmp_path: Path) -> None:
    tally = Tally()
    tally.right["PERSON"] = 1
    size = package.save(make_language(), tmp_path / "model", "1.2.3", {"gmb.dev": (tally, tally)})
    card = (tmp_path / "model" / "README.md").read_text("utf-8")
    assert "GMB (news) | 100.0" in card
    assert "{scores}" not in card
    meta = spacy.load(tmp_path / "model").meta
    assert (meta["version"], meta["license"], meta["performance"]) == ("1.2.3", "CC BY-SA 4.0", {"gmb.dev": 1.0})
    assert 0 < size <= package.MAX_BYTES


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "old").touch()
    package.save(make_language(), tmp_path / "model", "1", {})
    assert not (tmp_path / "model" / "old").exists()


def test_a_model_too_large_to_ship_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_BYTES", 1000)
    with pytest.raises(ValueError, match="lower the rows"):
        package.save(make_language(), tmp_path / "model", "1", {})


@shipped
def test_the_shipped_model_is_small_and_has_its_card() -> None:
    assert sum(path.stat().st_size for path in PACKAGED.rglob("*") if path.is_file()) <= package.MAX_BYTES
    card = (PACKAGED / "README.md").read_text("utf-8")
    assert "CC BY-SA 4.0" in card
    assert "{scores}" not in card


@shipped
@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Yesterday Angela Merkel met Emmanuel Macron in Paris.", "Angela Merkel", "PERSON"),
        ("Yesterday Angela Merkel met Emmanuel Macron in Paris.", "Paris", "GPE"),
        ("The Social Democratic Party won 42 seats in the 1998 Danish general election.", "Social Democratic Party", "PARTY"),
        (
            "The Social Democratic Party won 42 seats in the 1998 Danish general election.",
            "1998 Danish general election",
            "EVENT",
        ),
        ("He joined the United Nations in New York.", "United Nations", "ORG"),
        ("Swedish voters rejected the euro.", "Swedish", "NORP"),
    ],
)
def test_the_shipped_model_finds_plain_names(text: str, name: str, label: str) -> None:
    nlp = spacy.load(PACKAGED)
    assert set(nlp.get_pipe("ner").labels) == set(LABELS)  # type: ignore[attr-defined]
    tokens = [token.text for token in make_language()(text)]
    doc = nlp(Doc(nlp.vocab, words=tokens))
    assert (name, label) in [(ent.text, ent.label_) for ent in doc.ents]


def test_the_words_of_the_corpora_are_not_shipped(tmp_path: Path) -> None:
    nlp = make_language()
    nlp.vocab.strings.add("Zyzzogeton")
    package.save(nlp, tmp_path / "model", "1", {})
    files = [path for path in (tmp_path / "model").rglob("*") if path.is_file()]
    assert not any(b"Zyzzogeton" in path.read_bytes() for path in files)
