"""Whose a figure is, what it measures, and in which role.

In an infobox or table the key or header, and the group, row or column, decide (`placed.py`). In prose the candidates are weighed:
who may have a figure (`candidates.py`), by which signs that is known (`signs.py`), and how the figures of a paragraph settle each
other (`decide.py`). Where nobody is the likeliest owner there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.resolve.figures.decide import decide, tell, weighed
from extract.resolve.figures.placed import Placing, is_placed
from extract.resolve.figures.prose import Prose
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence
from extract.weigh import WeightSet

__all__ = ["attribute_figures", "paragraphs", "with_owners"]


def with_owners(document: Document, mentions: Sequence[Mention], weights: WeightSet) -> Sequence[Mention]:
    """The mentions, with a name for each owner of figures in tables and infoboxes that was not found, or only in part."""
    in_place, _ = _figures_of(document, mentions)
    if not in_place:
        return mentions
    placing = Placing(document, mentions, weights)
    owners = {placing.owner(mentions[number], block) for number, block in in_place.items()}
    new: list[Mention] = []
    taken: set[int] = set()
    for owner in sorted(filter(None, owners), key=lambda owner: (owner.start - owner.end, owner.start)):
        stretch = range(owner.start, owner.end)
        if owner.label and (owner.start, owner.end) not in placing.numbers and taken.isdisjoint(stretch):
            taken.update(stretch)
            new.append(Mention(owner.label, owner.start, owner.end, owner.words, "names", "figures.owner"))
    kept = (each for each in mentions if each.component != "names" or taken.isdisjoint(range(each.start, each.end)))
    return sorted([*kept, *new], key=lambda mention: (mention.start, -mention.end, mention.label))


def attribute_figures(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet, explain: bool = False
) -> dict[int, Fact]:
    """The facts of all percentages and seat counts among `mentions`, under their numbers; `explain`: with how each came about.

    That is a line for the role or measure, and for each likely owner; for one in a table or infobox: what its line is, whose the
    figures of the line are, and what its row is.
    """
    in_place, _ = _figures_of(document, mentions)
    facts: dict[int, Fact] = {}
    if in_place:
        placing = Placing(document, mentions, weights)
        facts = {number: placing.fact(mentions[number], block, explain) for number, block in in_place.items()}
    prose = Prose(document, sentences, mentions)
    for numbers in paragraphs(prose):
        for decision in decide(prose, numbers, weighed(weights)):
            facts[decision.figure.number] = decision.fact(tuple(tell(decision, weights)) if explain else ())
    return facts


def paragraphs(prose: Prose) -> Iterator[list[int]]:
    """The numbers of the figures of prose, block by block."""
    _, free = _figures_of(prose.document, prose.mentions)
    for _, group in groupby(free, key=lambda number: prose.sentences[prose.sentence_at(prose.mentions[number].start)].block):
        yield list(group)


def _figures_of(document: Document, mentions: Sequence[Mention]) -> tuple[dict[int, Block], list[int]]:
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
