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
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.resolve.figures.decide import FALL, Decision, decide, fact_of
from extract.resolve.figures.placed import Placing, is_placed
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.telling import tell, tell_placed
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence
from extract.weigh import WeightSet

__all__ = ["attribute_figures", "explain_figures", "figures_of", "paragraphs", "with_owners"]


def with_owners(document: Document, mentions: Sequence[Mention], weights: WeightSet) -> Sequence[Mention]:
    """The mentions, with a name for each owner of figures in tables and infoboxes that was not found, or only in part."""
    in_place, _ = figures_of(document, mentions)
    figures = [(mentions[number], block) for number, block in in_place.items()]
    missing = Placing.of(document, mentions, weights).missing(figures) if figures else {}
    new: list[Mention] = []
    taken: set[int] = set()
    for (start, end), label in sorted(missing.items(), key=lambda item: item[0][0] - item[0][1]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            new.append(Mention(label, start, end, document.text[start:end], "names", "figures.owner"))
    kept = (each for each in mentions if each.component != "names" or taken.isdisjoint(range(each.start, each.end)))
    return sorted([*kept, *new], key=lambda mention: (mention.start, -mention.end, mention.label))


def attribute_figures(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet
) -> dict[int, Fact]:
    """The facts of all percentages and seat counts among `mentions`, under their numbers."""
    in_place, free = figures_of(document, mentions)
    facts: dict[int, Fact] = {}
    if in_place:
        placing = Placing.of(document, mentions, weights)
        facts = {number: placing.fact(mentions[number], block) for number, block in in_place.items()}
    if not free:
        return facts
    prose = Prose(document, sentences, mentions)
    for paragraph in paragraphs(prose, free):
        facts |= {decision.figure.number: _fact(prose, decision) for decision in decide(prose, paragraph, weights)}
    return facts


def explain_figures(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet
) -> dict[int, tuple[str, ...]]:
    """What was weighed for each figure, under its number: a line for the role or measure, and for each owner.

    For one in a table or infobox: what its line is, whose the figures of the line are, and what its row is.
    """
    placing, prose = Placing.of(document, mentions, weights), Prose(document, sentences, mentions)
    in_place, free = figures_of(document, mentions)
    places = {number: placing.tables.place(block) for number, block in in_place.items()}
    told = {number: tell_placed(place, weights) for number, place in places.items() if place}
    for paragraph in paragraphs(prose, free):
        told |= tell(decide(prose, paragraph, weights), weights)
    return told


def figures_of(document: Document, mentions: Sequence[Mention]) -> tuple[dict[int, Block], list[int]]:
    """The numbers of the figures among mentions: those in tables and infoboxes, each with its block, and those of prose."""
    in_place, free = {}, []
    for number, mention in enumerate(mentions):
        if isinstance(mention.reading, PercentReading | SeatsReading):
            block = document.block_at(mention.start)
            if block and is_placed(block):
                in_place[number] = block
            else:
                free.append(number)
    return in_place, free


def paragraphs(prose: Prose, numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of mentions, block by block."""
    for _, group in groupby(numbers, key=lambda number: prose.sentences[prose.sentence_at(prose.mentions[number].start)].block):
        yield list(group)


def _fact(prose: Prose, decision: Decision) -> Fact:
    mention, kind, candidate = decision.figure.mention, decision.kind, decision.candidate
    if kind == "change" and mention.rule == "percentages.beside":  # `with 53.1%, up 9.4`
        mention = replace(mention, reading=replace(mention.reading, unit="percentage_point"))
    how = f"{kind}, {decision.of_kind:.2f}", f"{candidate.label}, {decision.of_owner:.2f}"
    return fact_of(mention, kind, candidate.owners(prose), how, candidate.each, falls=decision.label == FALL)
