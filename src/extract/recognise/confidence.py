"""A model's entities with how sure it is of them: spaCy's transition-based NER, its scores kept instead of thrown away.

The entities are those that `EntityRecognizer` gives, found by the same network: only the walk over the transitions is done here,
and not word by word. What the network says of a word outside a name hangs on that word alone: that is asked of all words at once,
and then where the names end that may begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.attrs import SENT_START
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

_LEAST = 0.03
"""A word's chance of beginning a name is kept from here on."""
_FEATURES = 3
"""What the usual network looks at: the word, the first word of the name that is open, the word before in that name."""


class Found(NamedTuple):
    """An entity of the words `start:end`, and the probability of the steps that made it."""

    start: int
    end: int
    label: str
    probability: float


def keeps_scores(process: Any) -> bool:
    """Whether a component is one whose scores can be read."""
    return type(process) is EntityRecognizer and process.model.get_ref("lower").get_dim("nF") == _FEATURES


def find_entities(ner: Any, docs: Sequence[Doc]) -> tuple[list[Found], dict[int, tuple[str, float]]]:
    """The entities of some Docs; and of words where none begins, the likeliest label of one that might, with its probability.

    Words count from the first Doc through to the last; no entity crosses a sentence.
    """
    begins = [np.append(doc.to_array([SENT_START])[1:] == 1, True) for doc in docs]
    walk = _Walk(_Moves.of(ner), _Network(ner.model, docs), over := np.concatenate(begins))
    found, inside = [], np.zeros(len(over), dtype=bool)
    for each in walk.entities():
        if not inside[each.start]:
            found.append(each)
            inside[each.start : each.end] = True
    return found, walk.beginnings(~inside)


@dataclass(frozen=True, slots=True)
class _Moves:
    """The labels, and the columns of the moves: outside a name one of B-X and U-X for each label or O, inside I-X or L-X."""

    labels: Sequence[str]
    outside: Sequence[int]
    inner: Numbers
    last: Numbers

    @classmethod
    def of(cls, ner: Any) -> _Moves:
        column = {ner.moves.get_class_name(index): index for index in range(ner.moves.n_moves)}
        labels = sorted(name[2:] for name in column if name.startswith("U-") and len(name) > 2)
        outside = [column[f"{move}-{label}"] for label in labels for move in "BU"]
        inner, last = (np.array([column[f"{move}-{label}"] for label in labels]) for move in "IL")
        return cls(labels, [*outside, column["O"]], inner, last)


class _Network:
    """What a network says of words: the sums of its features, of which the first, the word itself, is made for all at once."""

    def __init__(self, model: Any, docs: Sequence[Doc]) -> None:
        self.model, self.lower = model, model.get_ref("lower")
        self.words: Numbers = model.get_ref("tok2vec").predict(list(docs))
        self.first = self._sums(0, self.words)

    def _sums(self, feature: int, words: Numbers) -> Numbers:
        """What a feature adds that is one of these words."""
        weights = self.lower.get_param("W")[feature]
        sums = self.lower.ops.gemm(words, weights.reshape(-1, words.shape[1]), trans2=True)
        return sums.reshape(-1, *weights.shape[:-1])  # type: ignore[no-any-return]

    def scores(self, at: Numbers | None = None, first: Numbers | None = None) -> Numbers:
        """The scores of all moves at some words inside a name that begins with `first`; of all words outside, without them."""
        if at is None or first is None:
            _, second, third = self.lower.get_param("pad")[0]
            sums = self.first + second + third
        else:
            sums = self.first[at] + self._sums(1, self.words[first]) + self._sums(2, self.words[at - 1])
        sums += self.lower.get_param("b")
        hidden = self.lower.ops.maxout(sums)[0] if sums.shape[2] > 1 else np.maximum(sums, 0).reshape(len(sums), -1)
        scores: Numbers = self.model.get_ref("upper").predict(hidden)
        if unseen := sorted(self.model.attrs["unseen_classes"]):
            scores[:, unseen] = scores.min()
        return scores


class _Walk:
    """The walk over the words of some Docs; `over[at]`: a sentence ends with the word."""

    def __init__(self, moves: _Moves, network: _Network, over: NDArray[np.bool_]) -> None:
        self.moves, self.network, self.over = moves, network, over
        scores = network.scores()[:, moves.outside]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        self.likely: Numbers = powers / powers.sum(axis=1, keepdims=True)
        scores[over, 0:-1:2] = -np.inf  # no name of several words begins with the last of a sentence
        self.best = scores.argmax(axis=1)

    def entities(self) -> list[Found]:
        """The entity that begins at each word, if one does and the word is not inside another; in the order of the text."""
        best = self.best
        starts = np.flatnonzero(best < 2 * len(self.moves.labels))
        ends, chances = starts + 1, self.likely[starts, best[starts]].astype(float)
        labels, several = best[starts] // 2, np.flatnonzero(best[starts] % 2 == 0)
        ends[several], rest = self._ends(starts[several], labels[several])
        chances[several] *= rest
        columns = (each.tolist() for each in (starts, ends, labels, chances))
        return [Found(start, end, self.moves.labels[label], chance) for start, end, label, chance in zip(*columns, strict=True)]

    def _ends(self, starts: Numbers, labels: Numbers) -> tuple[Numbers, Numbers]:
        """Where the names of several words end that begin so, and the probability that they do."""
        at, chances, on_so_far = starts + 1, np.ones(len(starts)), np.ones(len(starts), dtype="f")
        going = np.arange(len(starts))
        while len(going):
            scores, label, rows = self.network.scores(at[going], starts[going]), labels[going], range(len(going))
            closing = scores[rows, self.moves.last[label]] - scores[rows, self.moves.inner[label]]
            on, goes = 1 / (1 + np.exp(closing)), (closing <= 0) & ~self.over[at[going]]
            chances[going] = on_so_far[going].astype(float) * (1 - on.astype(float))
            on_so_far[going] *= on
            at[going] += 1
            going = going[goes]
        return at, chances

    def beginnings(self, outside: NDArray[np.bool_]) -> dict[int, tuple[str, float]]:
        """The likeliest label of a name that might begin at a word, where that is likely enough."""
        by_label = self.likely[:, :-1].reshape(len(self.likely), -1, 2).sum(axis=2)
        best, chance = by_label.argmax(axis=1), by_label.max(axis=1)
        places = np.flatnonzero(outside & (chance >= _LEAST))
        columns = (each.tolist() for each in (places, best[places], chance[places]))
        return {at: (self.moves.labels[label], likely) for at, label, likely in zip(*columns, strict=True)}
