"""A model's entities with how sure it is of them: spaCy's transition-based NER, its scores kept instead of thrown away.

The entities are those that `EntityRecognizer` gives, found by the same network: only the walk over the transitions is done here,
for all sentences of some Docs at once, so that each word's scores can be read. It takes no longer than spaCy's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.attrs import ORTH, SENT_START, SPACY
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST = 0.03
"""A word's chance of beginning a name is kept from here on."""


class Found(NamedTuple):
    """An entity of the words `start:end`, and the probability of the steps that made it."""

    start: int
    end: int
    label: str
    probability: float


def keeps_scores(process: Any) -> bool:
    """Whether a component is one whose scores can be read."""
    return type(process) is EntityRecognizer


def find_entities(ner: Any, docs: Sequence[Doc]) -> tuple[list[Found], dict[int, tuple[str, float]]]:
    """The entities of some Docs; and of words where none begins, the likeliest label of one that might, with its probability.

    Words count from the first Doc through to the last.
    """
    places, parts, offset = list[tuple[int, int]](), list[Doc](), 0
    for doc in docs:
        words, spaces, begins = doc.to_array([ORTH, SPACY, SENT_START]).T
        starts = np.flatnonzero(begins == 1).tolist()
        starts = starts if starts[:1] == [0] else [0, *starts]
        for start, end in pairwise([*starts, len(doc)]):
            places.append((offset + start, offset + end))
            parts.append(Doc(doc.vocab, words=words[start:end].tolist(), spaces=spaces[start:end].astype(bool).tolist()))
        offset += len(doc)
    likely = _Likely([ner.moves.get_class_name(index) for index in range(ner.moves.n_moves)], _walk(ner, docs, parts, places))
    found, inside = [], np.zeros(offset, dtype=bool)
    for part, (begin, _) in zip(parts, places, strict=True):
        for ent in part.ents:
            start, end = begin + ent.start, begin + ent.end
            found.append(Found(start, end, ent.label_, likely.of_entity(start, end, ent.label_)))
            inside[start:end] = True
    return found, likely.begins(~inside)


def _walk(ner: Any, docs: Sequence[Doc], parts: list[Doc], places: list[tuple[int, int]]) -> NDArray[Any]:
    """Reads every sentence to its end, sets its entities, and gives the scores of all moves at each word."""
    scores: NDArray[Any] = np.zeros((sum(map(len, docs)), ner.moves.n_moves), dtype="f")
    step, states = ner.model.predict(list(docs)), ner.moves.init_batch(parts)
    going = [(state, start) for state, (start, _) in zip(states, places, strict=True)]
    at = 0
    while going:
        now = [state for state, _ in going]
        found = step.predict(now)
        scores[[start + at for _, start in going]] = found
        ner.transition_states(now, found)
        going = [pair for pair in going if not pair[0].is_final()]
        at += 1  # every move takes one word
    del step.init  # bound to the step itself: its arrays would wait for the collector
    ner.set_annotations(parts, states)
    return scores


class _Likely:
    """How likely the moves are: outside a name one of B-X, U-X and O, inside one of I-X and L-X."""

    def __init__(self, moves: list[str], scores: NDArray[Any]) -> None:
        self.move = {name: index for index, name in enumerate(moves)}
        self.labels = sorted({name[2:] for name in moves if name.startswith("U-") and len(name) > 2})
        self.scores = scores
        outside = [self.move[f"{kind}-{label}"] for label in self.labels for kind in ("B", "U")] + [self.move["O"]]
        powers = np.exp(scores[:, outside] - scores[:, outside].max(axis=1, keepdims=True)) if len(scores) else scores[:, outside]
        self.outside = powers / powers.sum(axis=1, keepdims=True)

    def of_entity(self, start: int, end: int, label: str) -> float:
        """The probability of the steps that make an entity."""
        column = 2 * self.labels.index(label)
        likely = float(self.outside[start, column if end - start > 1 else column + 1])
        closing = self.scores[start + 1 : end, self.move[f"L-{label}"]] - self.scores[start + 1 : end, self.move[f"I-{label}"]]
        going_on = 1 / (1 + np.exp(closing))
        if len(going_on):
            likely *= float(going_on[:-1].prod()) * (1 - float(going_on[-1]))
        return likely

    def begins(self, outside: NDArray[Any]) -> dict[int, tuple[str, float]]:
        """The likeliest label of a name that might begin at a word, where that is likely enough."""
        by_label = self.outside[:, :-1].reshape(len(self.outside), -1, 2).sum(axis=2)
        best = by_label.argmax(axis=1)
        chance = by_label.max(axis=1)
        places = np.flatnonzero(outside & (chance >= _LEAST))
        return {int(at): (self.labels[best[at]], float(chance[at])) for at in places}
