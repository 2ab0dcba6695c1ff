"""How a decision on a figure came about, in lines for people: the likeliest answers, and the signs that weighed most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.recognise.figures.lines import KIND, OWNER, ROW
from extract.recognise.figures.readings import Place
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.decide import LABEL_QUESTIONS, MEMORY, OWNER_QUESTION, Decision, dynamic_signs
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Decided, Figure
from extract.weigh import WeightSet
from extract.weigh.kept import signs_of
from extract.weigh.weights import Told

_MOST_OWNERS = 3


def tell(prose: Prose, decisions: Sequence[Decision], weights: WeightSet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For each figure its number, and a line for its role or measure and for each of the likeliest owners."""
    before: tuple[Decided, ...] = ()
    for decision in decisions:
        figure = decision.figure
        labels = weights[LABEL_QUESTIONS[figure.label]]
        signs = [*signs_of(figure.label_groups()), *figure.label_signs_after(before)]
        lines = [f"{decision.kind} {decision.of_kind:.2f}: {_told(labels.told(signs, decision.kind))}"]
        lines += _owners(prose, figure, decision.kind, before, weights)
        yield figure.number, tuple(lines)
        before = (*before[1 - MEMORY :], decision.as_decided)


def tell_placed(place: Place, weights: WeightSet) -> tuple[str, ...]:
    """A line for what the line of a placed figure is, one for whose its figures are, one for its row if that is no plain one."""
    reading, line = place.reading, place.line
    signs, kinds = reading.signs, reading.kinds
    head = " / ".join(reading.grid.lines[line].heads)
    own = [*signs.line_signs(line), *signs.signs_after(line, kinds[:line])]
    lines = [f"{head!r} is {place.kind}: {_told(weights[KIND].told(own, place.kind))}"]
    owner = reading.owners[line]
    told = weights[OWNER].told(signs.owner_signs(line, kinds, place.second), owner)
    lines.append(f"owner by {owner}: {_told(told)}")
    if place.of_row != "plain":
        row = signs.row_signs(place.row, list(reading.rows).index(place.row), kinds)
        lines.append(f"row is {place.of_row}: {_told(weights[ROW].told(row, place.of_row))}")
    return tuple(lines)


def _owners(prose: Prose, figure: Figure, kind: str, before: Sequence[Decided], weights: WeightSet) -> Iterator[str]:
    owners = weights[OWNER_QUESTION]
    signs = [[*signs_of(figure.owner_groups(one)), *dynamic_signs(figure, one, kind, before)] for one in figure.candidates]
    choice = owners.choose(signs)
    ranked = sorted(range(len(signs)), key=lambda place: -choice.probabilities[place])
    for place in ranked[:_MOST_OWNERS]:
        named = _name(prose, figure.candidates[place])
        yield f"owner {named} {choice.probabilities[place]:.2f}: {_told(owners.told(signs[place]))}"


def _name(prose: Prose, candidate: Candidate) -> str:
    names = " + ".join(owner.name for owner in candidate.owners(prose)) or "nobody"
    return f"{names} (each)" if candidate.each else names


def _told(signs: Sequence[Told]) -> str:
    return "; ".join(f"{told.sign} ({told.weight:+.1f})" for told in signs) or "nothing"
