"""What the shipped network knows of a word: hashes of its forms, as spaCy's MultiHashEmbed has them, and a vector of the word.

The vectors are a table that training does not change: of a language's frequent words, in lower case, a byte a number
(`training/teacher.py` says where they come from). A word that is not in the table has its hashes alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.attrs import LOWER
from spacy.ml.featureextractor import FeatureExtractor
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    Ragged,
    chain,
    concatenate,
    glorot_uniform_init,
    list2ragged,
    ragged2list,
    with_array,
)

_SPREAD = 0.2  # of the vectors' numbers: that of the hashes', so that neither drowns the other when training begins


def hash_and_vector_embed(width: int, attrs: list[str], rows: list[int], dimensions: int) -> Model[list[Doc], list[Any]]:
    """Docs to words × `width`; `rows`: of the table of hashes of each of `attrs`, `dimensions`: of a word's vector.

    An entry point tells spaCy of it (`extract.HashAndVectorEmbed.v1`).
    """
    hashes: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=column, seed=8 + column, dropout=0.0) for column, count in enumerate(rows)
    ]
    forms: Model[Any, Any] = chain(FeatureExtractor(attrs), list2ragged(), with_array(concatenate(*hashes)))
    vectors: Model[list[Doc], Ragged] = Model(
        "word_vectors",
        _forward,
        init=_init,
        params={"W": None},
        dims={"nO": width, "nM": dimensions},
        attrs=_table(np.zeros(1, "uint64"), np.zeros((1, dimensions))),
    )
    mix: Model[Any, Any] = with_array(Maxout(width, width * (len(rows) + 1), nP=3, dropout=0.0, normalize=True))
    return chain(concatenate(forms, vectors), mix, ragged2list())


def set_vectors(network: Model[Any, Any], words: list[str], vectors: np.ndarray[Any, Any]) -> None:
    """Fills the table of a network: `vectors` are words × dimensions, of words in lower case."""
    (layer,) = (node for node in network.walk() if node.name == "word_vectors")
    keys = np.array([hash_string(word) for word in words], dtype="uint64")
    order = np.argsort(keys)
    layer.attrs.update(_table(keys[order], vectors[order] / vectors.std() * _SPREAD))


def _table(words: np.ndarray[Any, Any], vectors: np.ndarray[Any, Any]) -> dict[str, Any]:
    """As attributes, not parameters: of those thinc makes floats, and the hashes of words would be rounded."""
    scale = np.maximum(np.abs(vectors).max(0) / 127, 1e-9)
    return {"words": words, "table": np.round(vectors / scale).astype("int8"), "scale": scale.astype("float32")}


def _init(layer: Model[list[Doc], Ragged], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    layer.set_param("W", glorot_uniform_init(layer.ops, (layer.get_dim("nO"), layer.get_dim("nM"))))


def _forward(layer: Model[list[Doc], Ragged], docs: list[Doc], is_train: bool) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
    ops: Any = layer.ops
    lower = np.concatenate([doc.to_array(LOWER) for doc in docs])
    words, table, scale = (layer.attrs[name] for name in ("words", "table", "scale"))
    rows = np.minimum(np.searchsorted(words, lower), len(words) - 1)
    vectors = np.where((words[rows] == lower)[:, None], table[rows] * scale, np.float32(0))

    def backprop(gradient: Ragged) -> list[Doc]:
        layer.inc_grad("W", ops.gemm(gradient.data, vectors, trans1=True))
        return docs

    given = ops.gemm(vectors, layer.get_param("W"), trans2=True)
    return Ragged(given, ops.asarray1i([len(doc) for doc in docs])), backprop
