"""A document's prose as attribution sees it: tapes of its sentences, and which spellings are one thing in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from extract.recognise.figures.tape import NAME_FORMS, Mark, Tapes, spoken
from extract.recognise.mention import Mention
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence
from extract.weigh.weights import Signs

_WORD = re.compile(r"\w+")
_SPOKEN_OF = ("vote", "election", "turnout", "seat", "house", "money", "people")
_SORTS = {"GPE": "place", "LOC": "place", "FAC": "place", "PARTY": "body", "ORG": "body", "PERSON": "person"}


class Prose:
    """A document with its sentences and mentions, found by place (text offsets)."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> None:
        self.document, self.sentences, self.mentions, self.text = document, sentences, mentions, document.text
        marks = (Mark(mention.label, mention.start, mention.end, number) for number, mention in enumerate(mentions))
        self.tapes = Tapes(document.text, sentences, marks)
        self.sentence_at = self.tapes.sentence_at
        self.elsewhere: dict[int, Mapping[tuple[str, ...], Any]] = {}
        """The candidates that a sentence has elsewhere: kept here by who looks for them."""

    @cached_property
    def above(self) -> Sequence[int]:
        """The numbers of the blocks that are headings or titles."""
        return [number for number, block in enumerate(self.document.blocks) if block.kind in ("heading", "title")]

    @cached_property
    def spoken_of(self) -> Signs:
        """The signs of what the document speaks of."""
        return spoken(self.text).signs(_SPOKEN_OF)

    @cached_property
    def seats(self) -> Mapping[int, Decimal]:
        """The seat counts, without signs, by the numbers of their mentions."""
        return {number: abs(each.reading.amount.low) for number, each in enumerate(self.mentions) if each.component == "seats"}

    @cached_property
    def most_seats(self) -> Decimal:
        """The greatest of them."""
        return max(self.seats.values())

    @cached_property
    def keys(self) -> Mapping[int, str]:
        """A key for each name, one for its spellings: `Liberal Party (PL)`, `Labour` for `Labour Party`.

        Only attribution within the document rests on it; which spellings are one entity is for `resolve.entities` to say.
        """
        names = {number: mention for number, mention in enumerate(self.mentions) if mention.label in NAME_FORMS}
        of_text = {text: plain_name(text) for text in {mention.text for mention in names.values()}}
        plain = {number: of_text[mention.text] for number, mention in names.items()}
        root: dict[str, str] = {}
        for form in sorted({*plain.values()}, key=lambda form: (-len(form), form)):
            if len(words := form.split()) > 1:  # for one of its words alone the longest stands
                root.setdefault(words[0], form)
                root.setdefault(words[-1], form)
        for one, other in pairwise(names):
            if names[other].start - names[one].end <= 3 and self._is_gloss(names[one], names[other]):
                root[plain[other]] = plain[one]
        return {number: root.get(root.get(form, form), root.get(form, form)) for number, form in plain.items()}

    def _is_gloss(self, one: Mention, other: Mention) -> bool:
        """Whether a name stands in brackets right behind another that it may be short for."""
        between, behind = self.text[one.end : other.start], self.text[other.end : other.end + 1]
        return {one.label, other.label} <= {"PARTY", "ORG"} and between in (" (", ' ("', " (“") and behind in (")", '"', "”")

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(self.keys.values())

    def named(self, keys: Iterable[str]) -> int:
        """How often the document names one of these things, that which it names most."""
        return max(map(self._counts.__getitem__, keys))

    @cached_property
    def topics(self) -> Sequence[int]:
        """The thing named most, of each sort, by the number of its first mention."""
        counts = self._counts
        first = {key: number for number, key in reversed([*self.keys.items()])}
        best: dict[str, int] = {}
        for key in sorted(first, key=lambda key: (counts[key], -first[key])):
            best[_SORTS.get(self.mentions[first[key]].label, "")] = first[key]
        return [number for sort, number in sorted(best.items()) if sort]

    def block_of(self, sentence: int) -> Block:
        """The block in which a sentence stands."""
        return self.document.blocks[self.sentences[sentence].block]


def plain_name(name: str) -> str:
    """A name without case, signs, article and genitive.

    >>> plain_name("The People’s Party"), plain_name("Labour's")
    ('people party', 'labour')
    """
    words = " ".join(_WORD.findall(name.casefold().replace("’s", "").replace("'s", "")))
    return words.removeprefix("the ") or name
