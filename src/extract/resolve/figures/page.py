"""A document as the attribution of placed figures sees it: its blocks and names, quickly looked up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

from extract.recognise.figures.grid import NameAt
from extract.recognise.figures.lines import classes_of, is_like_name
from extract.recognise.figures.readings import Readings
from extract.recognise.mention import Mention
from extract.resolve.fact import Owner
from extract.rules import load_rules
from extract.sources.document import Block, Document
from extract.weigh import WeightSet

OWNER_LABELS = ("PARTY", "ORG", "PERSON")
PLACE_LABELS = ("GPE", "LOC")
_MOST_WORDS = 12  # of a party's name
_NAME_LABELS = frozenset({*OWNER_LABELS, *PLACE_LABELS, "NORP", "FAC"})
_BETWEEN_WORDS = re.compile(r"[\s–-]+")


class Name(NamedTuple):
    """A name among the mentions of a document, with its number there."""

    number: int
    mention: Mention

    @property
    def owner(self) -> Owner:
        """The name as an owner."""
        return Owner(self.number, self.mention.text)


class Page:
    """The document with its names; everything is found by place (text offsets)."""

    def __init__(self, document: Document, mentions: Sequence[Mention], weights: WeightSet) -> None:
        self.document, self.text, self._weights = document, document.text, weights
        self._block_starts = [block.start for block in document.blocks]
        self._names = [Name(number, mention) for number, mention in enumerate(mentions) if mention.label in _NAME_LABELS]
        self._name_starts = [name.mention.start for name in self._names]

    # -- blocks ----------------------------------------------------------------------------------------

    def block_at(self, position: int) -> Block:
        """The block at a place, or the last one before it."""
        return self.document.blocks[max(0, bisect_right(self._block_starts, position) - 1)]

    def text_of(self, block: Block) -> str:
        """What a block shows."""
        return self.text[block.start : block.end]

    @cached_property
    def readings(self) -> Readings:
        """Its tables and infoboxes as they are read."""
        names = [NameAt(name.mention.start, name.mention.end, name.mention.label) for name in self._names]
        return Readings(self.document, names, self._weights)

    @cached_property
    def headings(self) -> list[Block]:
        """The headings, in order."""
        return [block for block in self.document.blocks if block.kind == "heading"]

    @cached_property
    def fields(self) -> list[Block]:
        """The lines of infoboxes."""
        return [block for block in self.document.blocks if block.field]

    @cached_property
    def lead(self) -> Block | None:
        """The first paragraph."""
        return next((block for block in self.document.blocks if block.kind == "paragraph"), None)

    # -- names -------------------------------------------------------------------------------------------

    def names_between(self, start: int, end: int, labels: Sequence[str] = OWNER_LABELS) -> list[Name]:
        """The names of these labels that stand whole between two places."""
        first, last = bisect_left(self._name_starts, start), bisect_left(self._name_starts, end)
        return [name for name in self._names[first:last] if name.mention.label in labels and name.mention.end <= end]

    def known_party(self, block: Block) -> Name | None:
        """The party that a block names: a mention in it, or words by which the document names a party elsewhere (`BJP 2014`)."""
        for label in ("PARTY", "PERSON"):
            if names := self.names_between(block.start, block.end, (label,)):
                return names[0]
        return self.party_named(self.text[block.start : block.end])

    def party_named(self, text: str) -> Name | None:
        """The party that a text begins with, by words by which the document names it elsewhere."""
        words = text.split()[:_MOST_WORDS]
        begins = (" ".join(words[:count]).rstrip(",;:.)") for count in range(len(words), 0, -1))
        return next((self._parties_by_text[text] for text in begins if text in self._parties_by_text), None)

    @cached_property
    def _parties_by_text(self) -> dict[str, Name]:
        """The parties of the document by their spelling."""
        stand = [name for name in self._names if name.mention.label in ("PARTY", "ORG") and not is_institution(name)]
        return {name.mention.text: name for name in reversed(stand)}

    @cached_property
    def topic(self) -> Owner | None:
        """The party that the page is about: its title is the party's name."""
        title = next((block for block in self.document.blocks if block.kind == "title"), None)
        return self.party_of_title(title) if title else None

    @cached_property
    def person(self) -> Owner | None:
        """The person that the page is of."""
        subject = self.readings.subject
        return next((name.owner for name in self.names_between(*subject[:2], ("PERSON",))), None) if subject else None

    def party_of_title(self, title: Block) -> Owner | None:
        """The party whose name a title or heading is."""
        words = self.text[title.start : title.end].split("(")[0].strip()
        names = [name for name in self.names_between(title.start, title.end, ("PARTY", "ORG")) if not is_institution(name)]
        if names and names[0].mention.end - names[0].mention.start >= 0.65 * len(words):
            return names[0].owner
        others = self.names_between(title.start, title.end, tuple(_NAME_LABELS.difference(PLACE_LABELS)))
        is_name = not others and is_like_name(words) and classes_of(words) == ("party",)
        return Owner(None, words) if is_name else None


def is_institution(name: Name) -> bool:
    """Whether a name is that of a body which stands for no election: a commission, a court, a chamber, a pollster."""
    if name.mention.label != "ORG":
        return False
    words = {word.strip(".,'’").lower() for word in _BETWEEN_WORDS.split(name.mention.text)}
    return not _institution_words().isdisjoint(words)


@cache
def _institution_words() -> frozenset[str]:
    return frozenset(load_rules().file("figures").words("institution"))
