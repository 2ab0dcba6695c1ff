"""Roles, measures and owners of the figures of a paragraph, decided together.

From left to right, each figure first gets its role or measure and then, by it, its owner; both look back at what was decided. The
best few decisions are kept on the way (beam search), so that a later figure can settle an earlier one. What counts is the
probability of all choices together: P(role | signs, before) · √P(owner | role, signs, before).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.normalise.readings import SeatsReading
from extract.recognise.mention import Mention
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Decided, Figure
from extract.weigh import WeightSet
from extract.weigh.kept import Kept
from extract.weigh.weights import softmax

LABEL_QUESTIONS = {"SEATS": "seats.role", "PERCENT": "percent.measure"}
OWNER_QUESTION = "figures.owner"
DIRECTION_QUESTION = "figures.direction"
BEAM = 2
MEMORY = 24
"""So many figures before are remembered."""
_OF_VOTES = frozenset({"vote_share", "turnout"})
"""What a document that speaks neither of votes nor of seats does not have."""
_OF_OWNER = 0.5
"""An owner counts half: a role that leaves no doubt who has the figure (nobody, most often) is not likelier for that."""
_LEAST = 0.1
"""A role or measure less likely than this is tried only if it is the likeliest."""


class Decision(NamedTuple):
    """The role or measure of a figure, its owner, and the probability of each."""

    figure: Figure
    kind: str
    candidate: Candidate
    of_kind: float
    of_owner: float

    @property
    def as_decided(self) -> Decided:
        """What later figures see of it."""
        return Decided(self.figure.number, self.figure.sentence, self.figure.label, self.kind, self.candidate.key)


class _Path(NamedTuple):
    """Decisions from the first figure of a paragraph on, the last one first, and the logarithm of their probability."""

    score: float
    decision: Decision | None
    rest: _Path | None
    decided: tuple[Decided, ...]

    def then(self, decision: Decision) -> _Path:
        score = self.score + math.log(decision.of_kind) + _OF_OWNER * math.log(decision.of_owner)
        return _Path(score, decision, self, (*self.decided[1 - MEMORY :], decision.as_decided))

    def decisions(self) -> Iterator[Decision]:
        """The decisions, the last one first."""
        path: _Path | None = self
        while path and path.decision:
            yield path.decision
            path = path.rest


def decide(prose: Prose, numbers: Sequence[int], weights: WeightSet, kept: Mapping[str, Kept] | None = None) -> list[Decision]:
    """The decisions on the figures (mentions of these numbers) of one block, in the order of the text.

    `kept` are the weights with what was weighed of this prose so far.
    """
    kept = kept or keep(weights)
    paths = [_Path(0.0, None, None, ())]
    for number in numbers:
        weighed = _Weighed(Figure(prose, number), kept)
        longer = (path.then(decision) for path in paths for decision in weighed.decisions(path.decided))
        paths = sorted(longer, key=lambda path: -path.score)[:BEAM]
    return list(paths[0].decisions())[::-1]


def keep(weights: WeightSet) -> dict[str, Kept]:
    """The weights of the questions, ready to keep what is weighed of one document."""
    return {question: Kept(weights[question]) for question in (OWNER_QUESTION, *LABEL_QUESTIONS.values())}


class _Weighed:
    """A figure with what its signs weigh; sums are kept, since many decisions before it ask for the same."""

    def __init__(self, figure: Figure, kept: Mapping[str, Kept]) -> None:
        labels, owners = kept[LABEL_QUESTIONS[figure.label]], kept[OWNER_QUESTION]
        self.figure, self.labels, self.owners = figure, labels.weights, owners.weights
        self.label_sums = labels.sums(figure.label_groups())
        self.sums = [owners.sum(figure.owner_groups(candidate)) for candidate in figure.candidates]
        self.keys = [candidate.key for candidate in figure.candidates]
        self._with_kind: dict[str, list[float]] = {}
        self._kept: dict[tuple[object, ...], float] = {}

    def decisions(self, before: Sequence[Decided]) -> Iterator[Decision]:
        """The likeliest decisions after those before."""
        after = self.labels.sums(self.figure.label_signs_after(before))
        sums = [one + other for one, other in zip(self.label_sums, after, strict=True)]
        if not self.figure.prose.of_votes:
            sums = [-math.inf if kind in _OF_VOTES else value for kind, value in zip(self.labels.labels, sums, strict=True)]
        likely = softmax(sums)
        top = max(likely)
        for kind, probability in zip(self.labels.labels, likely, strict=True):
            if probability >= min(top, _LEAST):
                for candidate, of_owner in self._likeliest(kind, before):
                    yield Decision(self.figure, kind, candidate, probability, of_owner)

    def _likeliest(self, kind: str, before: Sequence[Decided]) -> list[tuple[Candidate, float]]:
        """The likeliest owners: for each the best of its candidates, and the probability of all of them."""
        whole: dict[tuple[tuple[str, ...], bool], list[float]] = {}
        for place, probability in enumerate(softmax(self._sums_after(kind, before))):
            candidate = self.figure.candidates[place]
            found = whole.setdefault((candidate.key, candidate.each), [0.0, 0.0, 0])
            found[0] += probability
            if probability > found[1]:
                found[1:] = probability, place
        best = sorted(whole.values(), reverse=True)[:BEAM]
        return [(self.figure.candidates[int(place)], max(probability, 1e-12)) for probability, _, place in best]

    def _sums_after(self, kind: str, before: Sequence[Decided]) -> list[float]:
        """What each candidate weighs if the figure has this role or measure, after what was decided before."""
        with_kind = self._with_kind.get(kind)
        if with_kind is None:
            with_kind = self._with_kind[kind] = self._sums_with(kind)
        if not before:
            return with_kind
        last, figure = before[-1], self.figure
        same, other = (
            self._sum(is_same, kind, last.kind, last.number, signs=figure.owner_signs_after(is_same, kind, last))
            for is_same in (True, False)
        )
        return [value + (same if key == last.key else other) for key, value in zip(self.keys, with_kind, strict=True)]

    def _sums_with(self, kind: str) -> list[float]:
        shapes = [candidate.shape for candidate in self.figure.candidates]
        of_shape = {shape: self.owners.sum(self.figure.owner_signs_of_kind(shape, kind)) for shape in dict.fromkeys(shapes)}
        return [value + of_shape[shape] for value, shape in zip(self.sums, shapes, strict=True)]

    def _sum(self, *key: object, signs: Iterable[str]) -> float:
        if key not in self._kept:
            self._kept[key] = self.owners.sum(signs)
        return self._kept[key]


def may_fall(mention: Mention, kind: str) -> bool:
    """Whether a figure is a change whose number does not show whether it is one up or down."""
    reading = mention.reading
    return kind == "change" and reading.amount.low > 0 and not (isinstance(reading, SeatsReading) and reading.signed)


def dynamic_signs(figure: Figure, candidate: Candidate, kind: str, before: Sequence[Decided]) -> Iterator[str]:
    """The signs of a candidate that depend on the role or measure and on what was decided before."""
    yield from figure.owner_signs_of_kind(candidate.shape, kind)
    if before:
        yield from figure.owner_signs_after(candidate.key == before[-1].key, kind, before[-1])
