"""The table of word vectors: a word is looked up in any case, an unknown one adds nothing; it is kept with the weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from thinc.api import Model, NumpyOps

from extract.recognise.embedding import hash_and_vector_embed, set_vectors

_WORDS = ["lisbon", "works"]


def _embedding() -> Model[Any, Any]:
    embedding = hash_and_vector_embed(8, ["SHAPE"], [50], 3)
    embedding.initialize(X=[spacy.blank("en")("Lisbon works")])
    return embedding


@pytest.fixture
def embedding() -> Model[Any, Any]:
    """An embedding that knows two words, and of other words nothing but their shape."""
    made = _embedding()
    set_vectors(made, _WORDS, np.array([[1.0, -2.0, 0.5], [-0.5, 1.0, 2.0]]))
    return made


def _rows(embedding: Model[Any, Any], text: str) -> Any:
    (rows,) = embedding.predict([spacy.blank("en")(text)])
    return rows


def test_words_of_one_shape_differ_by_their_vectors(embedding: Model[Any, Any]) -> None:
    known, unknown, other = _rows(embedding, "Lisbon Zzqxwv Qwxyzz")
    assert not np.allclose(known, unknown)
    assert np.allclose(unknown, other)


def test_a_word_is_looked_up_in_lower_case(embedding: Model[Any, Any]) -> None:
    layer = next(node for node in embedding.walk() if node.name == "word_vectors")
    rows = layer.predict([spacy.blank("en")("Lisbon LISBON lisbon")]).data
    assert np.allclose(rows[0], rows[1]) and np.allclose(rows[0], rows[2]) and rows[0].any()


def test_without_a_table_there_are_the_hashes_alone() -> None:
    known, unknown = _rows(_embedding(), "Lisbon Zzqxwv")
    assert np.allclose(known, unknown)


def test_the_table_stays_when_the_network_changes_its_operations(embedding: Model[Any, Any]) -> None:
    before = _rows(embedding, "Lisbon works")
    embedding._to_ops(NumpyOps())
    assert np.array_equal(_rows(embedding, "Lisbon works"), before)


def test_the_table_is_kept_with_the_weights(embedding: Model[Any, Any]) -> None:
    copy = _embedding().from_bytes(embedding.to_bytes())
    assert np.array_equal(_rows(copy, "Lisbon works"), _rows(embedding, "Lisbon works"))
