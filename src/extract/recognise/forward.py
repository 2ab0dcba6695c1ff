"""The shipped network, run forward: the same numbers as thinc's, without what training would need of them.

Two of its parts have stand-ins: each word is embedded once, and the windows are read in rooms that the processor's cache holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
from spacy.attrs import ORTH
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

Item = TypeVar("Item")

_FEWEST_ROWS = 64
_MOST_WORDS = 1 << 15
"""So many words are remembered, with 400 bytes each; then it begins anew."""
_NO_ZERO = np.float32(1e-8)  # as thinc adds to a variance
_ROOM = 1_000  # words whose windows are read together


class Blas(NumpyOps):  # type: ignore[misc]
    """Matrices multiplied by the BLAS that numpy comes with, a quarter faster than thinc's own over the whole model.

    A matrix of few rows has some added: small ones are multiplied in another way, whose last bits differ, and what is found in a
    document must not depend on the documents that are read with it.
    """

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices, either of them turned."""
        x, y = x.T if trans1 else x, y.T if trans2 else y
        rows = len(x)
        if rows < _FEWEST_ROWS:
            x = np.concatenate([x, np.zeros((_FEWEST_ROWS - rows, x.shape[1]), dtype=x.dtype)])
        product = np.dot(x, y)[:rows]
        if out is None:
            return np.ascontiguousarray(product)
        out[...] = product
        return out


def run_forward(network: Model[list[Doc], list[Any]]) -> None:
    """Gives a network of embedding and windows its stand-ins. It cannot be trained any more."""
    network.layers[:] = [_each_word_once(network.layers[0]), _windows(network.layers[1])]


def filled(items: Iterable[Item], size: Callable[[Item], int], most: int) -> Iterator[list[Item]]:
    """The items in lists whose sizes add up to `most` at most; one that is larger is alone.

    >>> list(filled(["a", "bc", "d", "efgh", "i"], len, 3))
    [['a', 'bc'], ['d'], ['efgh'], ['i']]
    """
    together: list[Item] = []
    whole = 0
    for item in items:
        if together and whole + size(item) > most:
            yield together
            together, whole = [], 0
        together.append(item)
        whole += size(item)
    if together:
        yield together


def _each_word_once(embed: Any) -> Model[list[Doc], list[Any]]:
    """An embedding that looks at the letters of words alone, made once for each word as long as it is remembered."""
    rows: dict[int, int] = {}
    table: Numbers = np.zeros((_MOST_WORDS, embed.get_dim("nO")), dtype="f")  # the system gives room when it is written to

    def forward(model: Any, docs: list[Doc], is_train: bool) -> tuple[list[Numbers], Callable[[Any], list[Doc]]]:
        words = [doc.to_array(ORTH) for doc in docs]
        distinct, places = np.unique(np.concatenate(words), return_inverse=True)
        if len(rows) + len(distinct) > len(table):
            rows.clear()
        vocab = docs[0].vocab
        if new := [word for word in distinct.tolist() if word not in rows]:
            (vectors,) = embed.predict([Doc(vocab, words=[vocab.strings[word] for word in new])])
            table[len(rows) : len(rows) + len(new)] = vectors
            rows.update(zip(new, count(len(rows))))
        found = table[np.array([rows[word] for word in distinct.tolist()])[places]]
        return np.split(found, np.cumsum([len(each) for each in words])[:-1]), lambda gradient: docs

    return Model("each_word_once", forward, layers=[embed], dims={"nO": embed.get_dim("nO")})


class _Window(NamedTuple):
    """The numbers of a layer that looks at a word and its neighbours: `weights` are of input × pieces · width."""

    weights: Numbers
    bias: Numbers
    scale: Numbers
    shift: Numbers

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> _Window:
        """The first piece of all outputs stands before the second: so they are compared many at a time."""
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        turned = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
        return cls(turned, bias.T.ravel(), norm.get_param("G"), norm.get_param("b"))


def _windows(encoder: Any) -> Model[list[Any], list[Any]]:
    """An encoder of residual layers of windows."""
    maxouts, norms = ([node for node in encoder.walk() if node.name == name] for name in ("maxout", "layernorm"))
    layers, pad = [_Window.of(*each) for each in zip(maxouts, norms, strict=True)], encoder.attrs["pad"]

    def forward(model: Any, words: list[Numbers], is_train: bool) -> tuple[list[Numbers], Callable[[Any], list[Numbers]]]:
        found: list[Numbers] = []
        for room in filled(words, len, _ROOM):
            read = _read(model.ops.flatten(room, pad=pad), layers)
            found += model.ops.unflatten(read, model.ops.asarray1i([len(each) for each in room]), pad=pad)
        return found, lambda gradient: words

    return Model("windows", forward, layers=[encoder], dims={"nO": encoder.get_dim("nO")})


def _read(words: Numbers, layers: Sequence[_Window]) -> Numbers:
    """What the layers make of the words of a room, each of its own vector."""
    length, width = words.shape
    seen = np.zeros((length, 3 * width), dtype="f")
    sums = np.empty((length, layers[0].weights.shape[1]), dtype="f")
    for layer in layers:
        seen[1:, :width], seen[:, width : 2 * width], seen[:-1, 2 * width :] = words[:-1], words, words[1:]
        np.dot(seen, layer.weights, out=sums)
        sums += layer.bias
        best = sums[:, :width].copy()
        for piece in range(width, sums.shape[1], width):
            np.maximum(best, sums[:, piece : piece + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        best *= ((best * best).mean(axis=1, keepdims=True) + _NO_ZERO) ** -0.5
        best *= layer.scale
        best += layer.shift
        words = words + best
    return words
