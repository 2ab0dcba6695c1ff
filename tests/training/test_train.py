"""Training: short runs are the same twice, whatever the hash seed; batches are as large as asked."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from spacy.language import Language

from extract.text.language import make_language
from extract.training.corpus import LABELS, Annotated
from extract.training.train import batch, check_model, examples, load_items, read_plan, train

# Run by another interpreter, with this file's folder as its path.
_TELL_STREAM = "import test_train; print(test_train.tell_stream())"


def _items() -> list[Annotated]:
    people = ("Ada Byron", "Jan Novák", "Rosa Diaz", "Paul Moreau")
    ends = ("resigned in Lille.", "spoke in Lille on Monday.", "won the vote in Lille.")
    lines = [(f"{name} {end}", len(name)) for name in people for end in ends]
    persons = [
        Annotated(text, ((0, size, "PERSON"), (text.index("Lille"), text.index("Lille") + 5, "GPE"))) for text, size in lines
    ]
    return [*persons, Annotated("Green Wave and Acme Works agreed.", ((0, 10, "PARTY"), (15, 25, "ORG")))]


def _trained(steps: int) -> Language:
    plan, model = read_plan(steps=steps, batch_words=60)
    *_, (step, _, nlp) = train(_items(), plan, model)
    assert step == steps
    return nlp


def tell_stream() -> str:
    """The first examples of the stream, as one string."""
    plan, _ = read_plan()
    found = islice(examples(make_language(), _items(), plan), 60)
    return repr([[(token.text, token.ent_iob_, token.ent_type_) for token in example.reference] for example in found])


def test_two_runs_give_the_same_weights() -> None:
    first, second = (_trained(20).get_pipe("ner") for _ in range(2))
    assert first.model.to_bytes() == second.model.to_bytes()  # type: ignore[attr-defined]
    assert set(LABELS) <= set(first.labels)  # type: ignore[attr-defined]


def test_the_stream_does_not_hang_on_the_hash_seed() -> None:
    assert _told("1") == _told("2") != "[]"


def _told(hash_seed: str) -> str:
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(here)}
    return subprocess.run(
        [sys.executable, "-c", _TELL_STREAM], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_no_example_is_longer_than_the_plan_allows() -> None:
    plan, _ = read_plan(longest=12)
    assert all(0 < len(example.reference) <= 12 for example in islice(examples(make_language(), _items(), plan), 40))


def test_batches_hold_at_least_so_many_words() -> None:
    plan, _ = read_plan()
    for batched in islice(batch(examples(make_language(), _items(), plan), 80), 10):
        sizes = [len(example.reference) for example in batched]
        assert sum(sizes) >= 80 > sum(sizes[:-1])


def test_the_configuration_builds_a_network() -> None:
    check_model(read_plan()[1])


def test_changes_reach_the_plan() -> None:
    assert read_plan(steps=7)[0].steps == 7


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"crossner_politics\.train"):
        load_items([tmp_path])


def test_dotted_changes_reach_the_network() -> None:
    assert read_plan(**{"model.tok2vec.encode.depth": 1})[1]["tok2vec"]["encode"]["depth"] == 1
