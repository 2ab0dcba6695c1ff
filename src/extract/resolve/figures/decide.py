"""Roles, measures and owners of the figures of a paragraph, decided from left to right.

Each figure first gets its role or measure and then, by it, its owner; both look back at what was decided before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from extract.normalise.readings import SeatsReading
from extract.normalise.values import PercentValue, SeatsValue
from extract.recognise.figures.tape import Decided, spoken
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact, Owner
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Figure
from extract.weigh import Told, WeightSet
from extract.weigh.weights import softmax

LABEL_QUESTIONS = {"SEATS": "seats.role", "PERCENT": "percent.measure"}
OWNER_QUESTION = "figures.owner"
FALL = "fall"
"""The label of a change down that is not signed; its role or measure is `change`."""
MEMORY = 24
"""So many figures before are remembered."""
_OF_VOTES = ("vote_share", "turnout")
_MOST_OWNERS = 3

Answer = Callable[[Figure, Sequence[Decided]], tuple[str, Candidate]]
"""Says the label of a figure's role or measure and its owner, after what was decided of the figures before."""


class Decision(NamedTuple):
    """The answers for a figure: the label of its role or measure, and its owner. `before`: what had been decided before it."""

    figure: Figure
    label: str
    candidate: Candidate
    before: Sequence[Decided]

    def fact(self, how: tuple[str, ...]) -> Fact:
        """What the answers make of the mention."""
        owners, falls = self.candidate.owners(self.figure.prose), self.label == FALL
        return fact_of(self.figure.mention, kind_of(self.label), owners, how, self.candidate.each, falls)


def decide(prose: Prose, numbers: Iterable[int], answer: Answer) -> Iterator[Decision]:
    """The decisions on the figures (mentions of these numbers) of one block, in the order of the text."""
    before: tuple[Decided, ...] = ()
    for number in numbers:
        figure = Figure(prose, number)
        label, candidate = answer(figure, before)
        yield Decision(figure, label, candidate, before)
        decided = Decided(number, figure.sentence, figure.label, kind_of(label), candidate.key)
        before = (*before[1 - MEMORY :], decided)


def weigh(weights: WeightSet, figure: Figure, before: Sequence[Decided]) -> tuple[str, Candidate]:
    """The answers that weights give."""
    said = spoken(figure.prose.text)
    never = {*(() if said.of_votes or said.of_seats else _OF_VOTES), *(() if may_fall(figure.mention) else (FALL,))}
    label = weights[LABEL_QUESTIONS[figure.label]].label(figure.label_signs(before), never)
    kind = kind_of(label)
    sums = weights[OWNER_QUESTION].sums(figure.owner_signs(kind, before), figure.shared_signs(kind))
    return label, figure.candidates[int(sums.argmax())]


def tell(decision: Decision, weights: WeightSet) -> Iterator[str]:
    """How a decision came about: a line for the role or measure, and one for each of the likeliest owners."""
    figure, label, _, before = decision
    question, owners = weights[LABEL_QUESTIONS[figure.label]], weights[OWNER_QUESTION]
    signs, kind = figure.label_signs(before), kind_of(label)
    likely = softmax(question.sums([signs])[0].tolist())[question.labels.index(label)]
    yield f"{label} {likely:.2f}: {told_in_words(question.told(signs, label))}"
    of_owners, shared = figure.owner_signs(kind, before), figure.shared_signs(kind)
    likely_owners = softmax(owners.sums(of_owners, shared)[:, 0].tolist())
    for place in sorted(range(len(of_owners)), key=lambda place: -likely_owners[place])[:_MOST_OWNERS]:
        candidate = figure.candidates[place]
        name = " + ".join(owner.name for owner in candidate.owners(figure.prose)) or "nobody"
        told = told_in_words(owners.told(of_owners[place], shared=shared))
        yield f"owner {name}{' (each)' if candidate.each else ''} {likely_owners[place]:.2f}: {told}"


def told_in_words(signs: Sequence[Told]) -> str:
    """Signs and what they weighed, as people read them."""
    return "; ".join(f"{told.sign} ({told.weight:+.1f})" for told in signs) or "nothing"


def kind_of(label: str) -> str:
    """The role or measure that a label stands for."""
    return "change" if label == FALL else label


def may_fall(mention: Mention) -> bool:
    """Whether the number of a figure does not show whether it is one up or down."""
    reading = mention.reading
    return bool(reading.amount.low > 0 and not (isinstance(reading, SeatsReading) and reading.signed))


def fact_of(
    mention: Mention, kind: str, owners: Sequence[Owner], how: tuple[str, ...], each: bool = False, falls: bool = False
) -> Fact:
    """The fact of a percentage or seat count; `kind` is its measure or role, `falls`: it is a change down, though not signed."""
    amount, sign = mention.reading.amount, -1 if falls else 1
    low, high = sorted((amount.low * sign, amount.high * sign))
    one, low, high = (low, None, None) if low == high else (None, low, high)
    if not isinstance(mention.reading, SeatsReading):
        beside = kind == "change" and mention.rule == "percentages.beside"  # `with 53.1%, up 9.4`
        unit = "percentage_point" if beside else mention.reading.unit
        value: Any = PercentValue(percent=one, low=low, high=high, unit=unit, comparator=amount.comparator, measure=kind)
        return Fact(mention, value, tuple(owners[:1]), how=how)
    one, low, high = (None if number is None else int(number) for number in (one, low, high))
    value = SeatsValue(seats=one, low=low, high=high, comparator=amount.comparator, each=each, role=kind)
    return Fact(mention, value, tuple(owners), how=how)
