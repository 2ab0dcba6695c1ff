"""Whose a figure is, what it measures, and in which role.

In an infobox or table the key or header, and the group, row or column, decide (`placed.py`). In prose the candidates are weighed:
who may have a figure (`candidates.py`), by which signs that is known (`signs.py`), and how the figures of a paragraph settle each
other (`decide.py`). Where nobody is the likeliest owner there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extract.normalise.readings import PercentReading, SeatsReading
from extract.normalise.values import Measure, Role
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.resolve.figures.choice import Choice
from extract.resolve.figures.decide import DIRECTION_QUESTION, Decision, decide, keep, may_fall
from extract.resolve.figures.facts import percent_fact, seats_fact
from extract.resolve.figures.page import Page
from extract.resolve.figures.placed import attribute_placed, is_placed
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.telling import tell
from extract.sources.document import Document
from extract.text.sentences import Sentence
from extract.weigh import WeightSet
from extract.weigh.kept import signs_of

__all__ = ["attribute_figures", "explain_figures"]


def attribute_figures(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet
) -> dict[int, Fact]:
    """The facts of all percentages and seat counts among `mentions`, under their numbers."""
    numbers = [number for number, mention in enumerate(mentions) if isinstance(mention.reading, PercentReading | SeatsReading)]
    if not numbers:
        return {}
    page, prose = Page(document, mentions, weights), Prose(document, sentences, mentions)
    facts = {}
    for number in numbers:
        block = page.block_at(mentions[number].start)
        if is_placed(block):
            facts[number] = attribute_placed(page, mentions[number], block)
    kept = keep(weights)
    for paragraph in _paragraphs(prose, [number for number in numbers if number not in facts]):
        facts |= {decision.figure.number: _fact(prose, decision, weights) for decision in decide(prose, paragraph, weights, kept)}
    return facts


def explain_figures(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet
) -> dict[int, tuple[str, ...]]:
    """What was weighed for the figures of prose, under their numbers: a line for the role or measure, and one for each owner."""
    prose = Prose(document, sentences, mentions)
    numbers = [number for number, mention in enumerate(mentions) if isinstance(mention.reading, PercentReading | SeatsReading)]
    free = [number for number in numbers if not is_placed(prose.block_of(prose.sentence_at(mentions[number].start)))]
    paragraphs = (decide(prose, paragraph, weights) for paragraph in _paragraphs(prose, free))
    return {number: lines for decisions in paragraphs for number, lines in tell(prose, decisions, weights)}


def _paragraphs(prose: Prose, numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of mentions, block by block."""
    for _, group in groupby(numbers, key=lambda number: prose.sentences[prose.sentence_at(prose.mentions[number].start)].block):
        yield list(group)


def _fact(prose: Prose, decision: Decision, weights: WeightSet) -> Fact:
    mention, kind = decision.figure.mention, decision.kind
    why = f"{kind}, {decision.of_kind:.2f}", f"{decision.candidate.label}, {decision.of_owner:.2f}"
    choice = Choice(decision.candidate.owners(prose), decision.candidate.each, why[1])
    sign = 1
    if may_fall(mention, kind):
        sign = -1 if weights[DIRECTION_QUESTION].label(signs_of(decision.figure.label_groups()))[0] == "down" else 1
    if isinstance(mention.reading, SeatsReading):
        role: Role = kind  # type: ignore[assignment]
        return seats_fact(mention, choice, role, sign, why[0])
    measure: Measure = kind  # type: ignore[assignment]
    if measure == "change" and mention.rule == "percentages.beside":  # `with 53.1%, up 9.4`
        mention = replace(mention, reading=replace(mention.reading, unit="percentage_point"))
    return percent_fact(mention, choice, measure, sign, why[0])
