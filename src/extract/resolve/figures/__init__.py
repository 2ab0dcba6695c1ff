"""Whose a figure is, what it measures, and in which role.

In an infobox or table the key or header, and the group, row or column, decide (`placed.py`). In prose the candidates are weighed:
who may have a figure (`candidates.py`), by which signs that is known (`signs.py`), and how the figures of a paragraph settle each
other (`decide.py`). Where nobody is the likeliest owner there is none.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import partial
from itertools import groupby

from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.resolve.figures.decide import decide, tell, weigh
from extract.resolve.figures.placed import Placing, is_placed
from extract.resolve.figures.prose import Prose
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence
from extract.weigh import WeightSet

__all__ = ["attribute_figures", "figures_in_place", "paragraphs", "with_owners"]


def with_owners(document: Document, mentions: Sequence[Mention], weights: WeightSet) -> Sequence[Mention]:
    """The mentions, with a name for each owner of figures in tables and infoboxes that was not found, or only in part."""
    in_place = figures_in_place(document, mentions)
    if not in_place:
        return mentions
    placing = Placing(document, mentions, weights)
    owners = {placing.owner(mentions[number], block) for number, block in in_place.items()}
    new: list[Mention] = []
    taken: set[int] = set()
    for owner in sorted(filter(None, owners), key=lambda owner: (owner.start - owner.end, owner.start)):
        stretch = range(owner.start, owner.end)
        if owner.form and stretch and (owner.start, owner.end) not in placing.numbers and taken.isdisjoint(stretch):
            taken.update(stretch)
            new.append(Mention(owner.form, owner.start, owner.end, placing.words_of(owner), "names", "figures.owner"))
    kept = (each for each in mentions if each.component != "names" or taken.isdisjoint(range(each.start, each.end)))
    return sorted([*kept, *new], key=lambda mention: (mention.start, -mention.end, mention.label))


def attribute_figures(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet, explain: bool = False
) -> dict[int, Fact]:
    """The facts of all percentages and seat counts among `mentions`, under their numbers; `explain`: with how each came about.

    That is a line for the role or measure, and for each likely owner; for one in a table or infobox: what its line is, whose the
    figures of the line are, and what its row is.
    """
    facts: dict[int, Fact] = {}
    if in_place := figures_in_place(document, mentions):
        placing = Placing(document, mentions, weights)
        facts = {number: placing.fact(mentions[number], block, explain) for number, block in in_place.items()}
    prose = Prose(document, sentences, mentions)
    for numbers in paragraphs(prose, in_place):
        for decision in decide(prose, numbers, partial(weigh, weights)):
            facts[decision.figure.number] = decision.fact(tuple(tell(decision, weights)) if explain else ())
    return facts


def paragraphs(prose: Prose, but: Container[int]) -> Iterator[list[int]]:
    """The numbers of the figures, block by block, without some (those in tables and infoboxes)."""
    figures = (number for number, mention in enumerate(prose.mentions) if _is_figure(mention) and number not in but)
    for _, group in groupby(figures, key=lambda number: prose.sentences[prose.sentence_at(prose.mentions[number].start)].block):
        yield list(group)


def _is_figure(mention: Mention) -> bool:
    return mention.component in ("percentages", "seats")


def figures_in_place(document: Document, mentions: Sequence[Mention]) -> dict[int, Block]:
    """The numbers of the figures in tables and infoboxes, each with its block."""
    blocks = ((number, document.block_at(mention.start)) for number, mention in enumerate(mentions) if _is_figure(mention))
    return {number: block for number, block in blocks if block and is_placed(block)}
