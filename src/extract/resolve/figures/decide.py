"""Roles, measures and owners of the figures of a paragraph, decided from left to right.

Each figure first gets its role or measure and then, by it, its owner; both look back at what was decided before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.normalise.readings import SeatsReading
from extract.recognise.mention import Mention
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Decided, Figure
from extract.weigh import WeightSet
from extract.weigh.weights import softmax

LABEL_QUESTIONS = {"SEATS": "seats.role", "PERCENT": "percent.measure"}
OWNER_QUESTION = "figures.owner"
DIRECTION_QUESTION = "figures.direction"
MEMORY = 24
"""So many figures before are remembered."""
_OF_VOTES = frozenset({"vote_share", "turnout"})
"""What a document that speaks neither of votes nor of seats does not have."""


class Decision(NamedTuple):
    """The role or measure of a figure, whether it is a change down, its owner, and the probability of role and owner.

    `before`: what had been decided before it.
    """

    figure: Figure
    kind: str
    falls: bool
    candidate: Candidate
    of_kind: float
    of_owner: float
    before: tuple[Decided, ...]


def decide(prose: Prose, numbers: Sequence[int], weights: WeightSet) -> Iterator[Decision]:
    """The decisions on the figures (mentions of these numbers) of one block, in the order of the text."""
    before: tuple[Decided, ...] = ()
    for number in numbers:
        figure = Figure(prose, number)
        labels = weights[LABEL_QUESTIONS[figure.label]]
        signs = figure.label_signs(before)
        allowed = labels.labels if prose.of_votes else [label for label in labels.labels if label not in _OF_VOTES]
        kind, choice = labels.label(signs, allowed)
        falls = may_fall(figure.mention, kind) and weights[DIRECTION_QUESTION].label(signs)[0] == "down"
        candidate, probability = _owner(figure, kind, before, weights)
        yield Decision(figure, kind, falls, candidate, choice.probability, probability, before)
        before = remember(before, figure, kind, candidate.key)


def remember(before: tuple[Decided, ...], figure: Figure, kind: str, key: tuple[str, ...]) -> tuple[Decided, ...]:
    """What later figures see of the decisions up to this one."""
    return (*before[1 - MEMORY :], Decided(figure.number, figure.sentence, figure.label, kind, key))


def _owner(figure: Figure, kind: str, before: Sequence[Decided], weights: WeightSet) -> tuple[Candidate, float]:
    """The likeliest owner, by its best candidate, and the probability of all its candidates."""
    owners = weights[OWNER_QUESTION]
    weigh = figure.prose.weigh
    likely = softmax([sum(weigh(owners, group) for group in groups) for groups in figure.owner_groups(kind, before)])
    whole: dict[tuple[tuple[str, ...], bool], float] = {}
    for candidate, probability in zip(figure.candidates, likely, strict=True):
        whole[candidate.owner] = whole.get(candidate.owner, 0.0) + probability
    best = max(whole, key=lambda owner: whole[owner])
    ranked = sorted(zip(likely, figure.candidates, strict=True), key=lambda pair: -pair[0])
    return next(candidate for _, candidate in ranked if candidate.owner == best), whole[best]


def may_fall(mention: Mention, kind: str) -> bool:
    """Whether a figure is a change whose number does not show whether it is one up or down."""
    reading = mention.reading
    return kind == "change" and reading.amount.low > 0 and not (isinstance(reading, SeatsReading) and reading.signed)
