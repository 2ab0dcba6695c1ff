"""A document's prose as attribution sees it: tapes of its sentences, and which spellings are one thing in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from extract.recognise.figures.tape import NAME_FORMS, Mark, Tapes, spoken
from extract.recognise.mention import Mention
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence
from extract.weigh import Weights

_WORD = re.compile(r"\w+")
_SPOKEN_OF = ("vote", "election", "turnout", "seat", "house", "money", "people", "poll")

_SORTS = {"GPE": "place", "LOC": "place", "FAC": "place", "PARTY": "body", "ORG": "body", "PERSON": "person"}


class Prose:
    """A document with its sentences and mentions, found by place (text offsets)."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> None:
        self.document, self.sentences, self.mentions, self.text = document, sentences, mentions, document.text
        marks = (Mark(mention.start, mention.end, mention.label, number) for number, mention in enumerate(mentions))
        self.tapes = Tapes(document.text, sentences, marks)
        self.sentence_at = self.tapes.sentence_at
        self._kept: dict[Hashable, tuple[str, ...]] = {}
        self._sums: dict[tuple[str, ...], float] = {}
        self._names = [(number, mention) for number, mention in enumerate(mentions) if mention.label in NAME_FORMS]
        self.keys = self._same_names()
        self.counts = Counter(self.keys.values())
        self.topics = self._topics()
        self.elsewhere: dict[int, dict[tuple[str, ...], Any]] = {}
        self.most_named = max(self.counts.values(), default=0)
        said = spoken(document.text)
        self.spoken_of = said.signs(_SPOKEN_OF)
        self.of_votes = said.of_votes or said.of_seats

    def kept(self, key: Hashable, signs: Callable[[], Iterable[str]]) -> tuple[str, ...]:
        """Signs that are asked for again and again, made once under their key."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = tuple(signs())
        return found

    def weigh(self, weights: Weights, signs: tuple[str, ...]) -> float:
        """What signs weigh together, of a question without labels: made once for all that have the same."""
        found = self._sums.get(signs)
        if found is None:
            found = self._sums[signs] = weights.sum(signs)
        return found

    def _topics(self) -> list[int]:
        """The things named most, of each sort, by the number of the first mention."""
        first: dict[str, int] = {}
        for number, key in self.keys.items():
            first.setdefault(key, number)
        best: dict[str, tuple[int, int]] = {}
        for key, number in first.items():
            sort = _SORTS.get(self.mentions[number].label, "")
            best[sort] = max(best.get(sort, (0, 0)), (self.counts[key], -number))
        return [-number for sort, (_, number) in sorted(best.items()) if sort]

    def block_of(self, sentence: int) -> Block:
        """The block in which a sentence stands."""
        return self.document.blocks[self.sentences[sentence].block]

    def _same_names(self) -> dict[int, str]:
        """A key for each name, one for its spellings: `Liberal Party (PL)`, `Labour` for `Labour Party`.

        Only attribution within the document rests on it; which spellings are one entity is for `resolve.entities` to say.
        """
        plain = {number: plain_name(mention.text) for number, mention in self._names}
        root: dict[str, str] = {}

        def find(key: str) -> str:
            while root.get(key, key) != key:
                key = root[key]
            return key

        for (first, one), (second, other) in pairwise(self._names):
            if self._is_gloss(one, other) and find(plain[first]) != find(plain[second]):
                root[find(plain[second])] = find(plain[first])
        longer: dict[str, str] = {}
        forms = sorted(set(plain.values()), key=lambda form: (-len(form), form))
        for form in forms:
            words = form.split()
            if len(words) > 1:
                longer.setdefault(words[0], form)
                longer.setdefault(words[-1], form)
        for form in forms:
            if form in longer and find(form) == form and find(longer[form]) != form:
                root[form] = find(longer[form])
        return {number: find(form) for number, form in plain.items()}

    def _is_gloss(self, one: Mention, other: Mention) -> bool:
        """Whether a name stands in brackets right behind another that it may be short for."""
        parties = {one.label, other.label} <= {"PARTY", "ORG"}
        return (
            parties
            and self.text[one.end : other.start] in (" (", ' ("', " (“")
            and self.text.startswith((")", '"', "”"), other.end)
        )


def plain_name(name: str) -> str:
    """A name without case, signs, article and genitive.

    >>> plain_name("The People’s Party"), plain_name("Labour's")
    ('people party', 'labour')
    """
    words = " ".join(_WORD.findall(name.casefold().replace("’s", "").replace("'s", "")))
    return words.removeprefix("the ") or name
