"""The network run forward: what it says of words is what thinc's says, whatever was read before or is read with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.recognise import forward
from extract.recognise.forward import Blas, run_forward
from extract.recognise.model import PACKAGED

TEXTS = (
    "Angela Merkel met Emmanuel Macron in Paris.",
    "x",
    "The Huawei unit fell; Toyota and the CUP won in New York City. " * 40,
    "Größe, 3,5 % and ½",
)


@pytest.fixture
def nlp() -> Language:
    """The packaged model as spaCy loads it, with our matrices."""
    nlp = spacy.load(PACKAGED)
    nlp.get_pipe("ner").model._to_ops(Blas())  # type: ignore[attr-defined]
    return nlp


@pytest.mark.skipif(not PACKAGED.exists(), reason="no packaged model here")
def test_a_network_run_forward_gives_the_same_vectors(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "_ROOM", 50)
    monkeypatch.setattr(forward, "_MOST_WORDS", 40)
    docs = [nlp.make_doc(text) for text in TEXTS]
    network = nlp.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    wanted = _vectors(network, docs)
    run_forward(network.layers[0])
    _same(_vectors(network, docs), wanted)
    for doc, vectors in zip(docs, np.split(wanted, np.cumsum([*map(len, docs)])[:-1]), strict=True):
        _same(_vectors(network, [doc]), vectors)


def _vectors(network: Any, docs: list[Doc]) -> Any:
    return network.predict(docs)


def _same(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(found, wanted, atol=1e-4)
