"""How a decision on a figure came about, in lines for people: the likeliest answers, and the signs that weighed most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.recognise.figures.lines import KIND, OWNER, ROW
from extract.recognise.figures.readings import Place
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.decide import LABEL_QUESTIONS, OWNER_QUESTION, Decision
from extract.resolve.figures.prose import Prose
from extract.weigh import Told, Weights, WeightSet

_MOST_OWNERS = 3


def tell(decisions: Iterable[Decision], weights: WeightSet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For each figure its number, and a line for its role or measure and for each of the likeliest owners."""
    for decision in decisions:
        figure, label = decision.figure, decision.label
        told = weights[LABEL_QUESTIONS[figure.label]].told(figure.label_signs(decision.before), label)
        yield figure.number, (f"{label} {decision.of_kind:.2f}: {_told(told)}", *_owners(decision, weights[OWNER_QUESTION]))


def tell_placed(place: Place, weights: WeightSet) -> tuple[str, ...]:
    """A line for what the line of a placed figure is, one for whose its figures are, one for its row if that is no plain one."""
    reading, line = place.reading, place.line
    signs, kinds = reading.signs, reading.kinds
    head = " / ".join(reading.grid.lines[line].heads)
    own = [*signs.line_signs(line), *signs.signs_after(line, kinds[:line])]
    lines = [f"{head!r} is {place.kind}: {_told(weights[KIND].told(own, place.kind))}"]
    owner = reading.owner(line)
    told = weights[OWNER].told(signs.owner_signs(line, kinds, place.second), owner)
    lines.append(f"owner by {owner}: {_told(told)}")
    if place.of_row != "plain":
        row = signs.row_signs(place.row, kinds)
        lines.append(f"row is {place.of_row}: {_told(weights[ROW].told(row, place.of_row))}")
    return tuple(lines)


def _owners(decision: Decision, weights: Weights) -> Iterator[str]:
    figure = decision.figure
    signs = figure.owner_signs(decision.kind, decision.before)
    likely = weights.choose(signs).probabilities
    for place in sorted(range(len(signs)), key=lambda place: -likely[place])[:_MOST_OWNERS]:
        named = _name(figure.prose, figure.candidates[place])
        yield f"owner {named} {likely[place]:.2f}: {_told(weights.told(signs[place]))}"


def _name(prose: Prose, candidate: Candidate) -> str:
    names = " + ".join(owner.name for owner in candidate.owners(prose)) or "nobody"
    return f"{names} (each)" if candidate.each else names


def _told(signs: Sequence[Told]) -> str:
    return "; ".join(f"{told.sign} ({told.weight:+.1f})" for told in signs) or "nothing"
