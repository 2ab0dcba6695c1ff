"""Roles, measures and owners of the figures of a paragraph, decided from left to right.

Each figure first gets its role or measure and then, by it, its owner; both look back at what was decided before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.normalise.readings import PercentReading, SeatsReading
from extract.normalise.values import PercentValue, SeatsValue
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact, Owner
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Decided, Figure
from extract.weigh import WeightSet
from extract.weigh.weights import softmax

LABEL_QUESTIONS = {"SEATS": "seats.role", "PERCENT": "percent.measure"}
OWNER_QUESTION = "figures.owner"
FALL = "fall"
"""The label of a change down that is not signed; its role or measure is `change`."""
MEMORY = 24
"""So many figures before are remembered."""
_OF_VOTES = frozenset({"vote_share", "turnout"})
"""What a document that speaks neither of votes nor of seats does not have."""


class Decision(NamedTuple):
    """The answers for a figure: the label of its role or measure, and its owner, with the probability of each.

    `before`: what had been decided before it.
    """

    figure: Figure
    label: str
    candidate: Candidate
    of_kind: float
    of_owner: float
    before: tuple[Decided, ...]

    @property
    def kind(self) -> str:
        """The role or measure."""
        return kind_of(self.label)


def decide(prose: Prose, numbers: Sequence[int], weights: WeightSet) -> Iterator[Decision]:
    """The decisions on the figures (mentions of these numbers) of one block, in the order of the text."""
    before: tuple[Decided, ...] = ()
    for number in numbers:
        figure = Figure(prose, number)
        labels = weights[LABEL_QUESTIONS[figure.label]]
        never = (frozenset() if prose.of_votes else _OF_VOTES) | (frozenset() if may_fall(figure.mention) else {FALL})
        label, choice = labels.label(figure.label_signs(before), [label for label in labels.labels if label not in never])
        kind = kind_of(label)
        candidate, probability = _owner(figure, kind, before, weights)
        yield Decision(figure, label, candidate, choice.probability, probability, before)
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
    best = max(whole, key=whole.__getitem__)
    its = [place for place, candidate in enumerate(figure.candidates) if candidate.owner == best]
    return figure.candidates[max(its, key=likely.__getitem__)], whole[best]


def kind_of(label: str) -> str:
    """The role or measure that a label stands for."""
    return "change" if label == FALL else label


def may_fall(mention: Mention) -> bool:
    """Whether the number of a figure does not show whether it is one up or down."""
    reading = mention.reading
    return reading.amount.low > 0 and not (isinstance(reading, SeatsReading) and reading.signed)


def fact_of(
    mention: Mention, kind: str, owners: Sequence[Owner], how: tuple[str, ...], each: bool = False, falls: bool = False
) -> Fact:
    """The fact of a percentage or seat count; `kind` is its measure or role, `falls`: it is a change down, though not signed."""
    reading, sign = mention.reading, -1 if falls else 1
    is_percent = isinstance(reading, PercentReading)
    kind_of = {"measure" if is_percent else "role": kind}
    ends = sorted((reading.amount.low * sign, reading.amount.high * sign))
    low, high = ends if is_percent else map(int, ends)
    bounds: dict[str, Any] = {"low": None, "high": None} if low == high else {"low": low, "high": high}
    number, comparator = low if low == high else None, reading.amount.comparator
    if is_percent:
        value: Any = PercentValue(percent=number, **bounds, unit=reading.unit, comparator=comparator, **kind_of)
        return Fact(mention, value, tuple(owners[:1]), how=how)
    return Fact(mention, SeatsValue(seats=number, **bounds, comparator=comparator, each=each, **kind_of), tuple(owners), how=how)
