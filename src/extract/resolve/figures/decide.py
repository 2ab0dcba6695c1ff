"""Roles, measures and owners of the figures of a paragraph, decided together.

From left to right, each figure first gets its role or measure and then, by it, its owner; both look back at what was decided. The
best few decisions are kept on the way (beam search), so that a later figure can settle an earlier one. What counts is the
probability of all choices together: P(role | signs, before) · √P(owner | role, signs, before).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import NamedTuple

from extract.normalise.readings import SeatsReading
from extract.recognise.mention import Mention
from extract.resolve.figures.candidates import Candidate, Shape
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Decided, Figure
from extract.weigh import Weights, WeightSet

LABEL_QUESTIONS = {"SEATS": "seats.role", "PERCENT": "percent.measure"}
OWNER_QUESTION = "figures.owner"
DIRECTION_QUESTION = "figures.direction"
BEAM = 3
MEMORY = 24
"""So many figures before are remembered."""
_OF_VOTES = frozenset({"vote_share", "turnout"})
"""What a document that speaks neither of votes nor of seats does not have."""
_OF_OWNER = 0.5
"""An owner counts half: a role that leaves no doubt who has the figure (nobody, most often) is not likelier for that."""
_LEAST = 0.05
"""A role or measure less likely than this is tried only if it is the likeliest."""


@dataclass(frozen=True, slots=True)
class Decision:
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


def decide(prose: Prose, numbers: Sequence[int], weights: WeightSet) -> list[Decision]:
    """The decisions on the figures (mentions of these numbers) of one block, in the order of the text."""
    paths = [_Path(0.0, None, None, ())]
    for number in numbers:
        weighed = _Weighed(Figure(prose, number), weights)
        longer = (path.then(decision) for path in paths for decision in weighed.decisions(path.decided))
        paths = nlargest(BEAM, longer, key=lambda path: path.score)
    return list(paths[0].decisions())[::-1]


@dataclass
class _Weighed:
    """A figure with what its signs weigh; sums are kept, since many decisions before it ask for the same."""

    figure: Figure
    weights: WeightSet
    _of_kind: dict[tuple[Shape, str], float] = field(default_factory=dict)
    _after: dict[tuple[bool, str, str, int], float] = field(default_factory=dict)
    _others: dict[tuple[str | None, str, str, str | None], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.labels: Weights = self.weights[LABEL_QUESTIONS[self.figure.label]]
        self.owners: Weights = self.weights[OWNER_QUESTION]
        self.label_sums = self.labels.sums(self.figure.label_signs())
        self.sums = [self.owners.sum(self.figure.owner_signs(candidate)) for candidate in self.figure.candidates]

    def decisions(self, before: Sequence[Decided]) -> Iterator[Decision]:
        """The likeliest decisions after those before."""
        after = self.labels.sums(self.figure.label_signs_after(before))
        sums = [one + other for one, other in zip(self.label_sums, after, strict=True)]
        if not self.figure.prose.of_votes:
            sums = [-math.inf if kind in _OF_VOTES else value for kind, value in zip(self.labels.labels, sums, strict=True)]
        likely = softmax(sums)
        top, past = max(likely), Past.of(self.figure, before)
        for kind, probability in zip(self.labels.labels, likely, strict=True):
            if probability >= min(top, _LEAST):
                for candidate, of_owner in self._likeliest(kind, before, past):
                    yield Decision(self.figure, kind, candidate, probability, of_owner)

    def _likeliest(self, kind: str, before: Sequence[Decided], past: Past) -> list[tuple[Candidate, float]]:
        """The likeliest owners: for each the best of its candidates, and the probability of all of them."""
        candidates = self.figure.candidates
        dynamic = (self._dynamic(one, kind, before, past) for one in candidates)
        likely = softmax([static + other for static, other in zip(self.sums, dynamic, strict=True)])
        whole: dict[tuple[tuple[str, ...], bool], float] = {}
        best: dict[tuple[tuple[str, ...], bool], tuple[float, Candidate]] = {}
        for candidate, probability in zip(candidates, likely, strict=True):
            key = candidate.key, candidate.each
            whole[key] = whole.get(key, 0.0) + probability
            if key not in best or best[key][0] < probability:
                best[key] = probability, candidate
        return [
            (best[key][1], max(probability, 1e-12))
            for key, probability in nlargest(BEAM, whole.items(), key=lambda item: item[1])
        ]

    def _dynamic(self, candidate: Candidate, kind: str, before: Sequence[Decided], past: Past) -> float:
        figure, shape = self.figure, (candidate.shape, kind)
        if shape not in self._of_kind:
            self._of_kind[shape] = self.owners.sum(figure.owner_signs_of_kind(*shape))
        total = self._of_kind[shape]
        if before:
            last = before[-1]
            after = (candidate.key == last.key, kind, last.kind, last.number)
            if after not in self._after:
                self._after[after] = self.owners.sum(figure.owner_signs_after(after[0], kind, last))
            total += self._after[after]
        others = past.sign(figure, candidate), candidate.where, kind, past.had(candidate)
        if others not in self._others:
            self._others[others] = self.owners.sum(signs_of_others(figure, candidate, kind, past))
        return total + self._others[others]


def may_fall(mention: Mention, kind: str) -> bool:
    """Whether a figure is a change whose number does not show whether it is one up or down."""
    reading = mention.reading
    return kind == "change" and reading.amount.low > 0 and not (isinstance(reading, SeatsReading) and reading.signed)


def dynamic_signs(figure: Figure, candidate: Candidate, kind: str, before: Sequence[Decided]) -> Iterator[str]:
    """The signs of a candidate that depend on the role or measure and on what was decided before."""
    yield from figure.owner_signs_of_kind(candidate.shape, kind)
    if before:
        yield from figure.owner_signs_after(candidate.key == before[-1].key, kind, before[-1])
    yield from signs_of_others(figure, candidate, kind, Past.of(figure, before))


class Past(NamedTuple):
    """The figures of this sort before: who has the last (None: it is the figure before), and who has which here, by key."""

    last: tuple[str, ...] | None
    here: Mapping[tuple[str, ...], str]

    @classmethod
    def of(cls, figure: Figure, before: Sequence[Decided]) -> Past:
        """What a figure looks back at."""
        same = [decided for decided in before if decided.label == figure.label]
        last = same[-1].key if same and same[-1] is not before[-1] else None
        return cls(last, {one.key: one.kind for one in same if one.sentence == figure.sentence})

    def sign(self, figure: Figure, candidate: Candidate) -> str | None:
        """Whether the candidate has the last of them."""
        return None if self.last is None else figure.owner_sign_of_last(self.last == candidate.key)

    def had(self, candidate: Candidate) -> str | None:
        """The role or measure of the one that the candidate has here already."""
        return self.here.get(candidate.key) if candidate.key else None


def signs_of_others(figure: Figure, candidate: Candidate, kind: str, past: Past) -> Iterator[str]:
    """The signs in the figures of this sort before: who has the last of them, what a candidate has here already."""
    if sign := past.sign(figure, candidate):
        yield sign
    if had := past.had(candidate):
        yield from figure.owner_signs_again(candidate.where, kind, had)


def softmax(sums: Sequence[float]) -> list[float]:
    """The probabilities that go with sums of weights."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    whole = math.fsum(powers)
    return [power / whole for power in powers]
