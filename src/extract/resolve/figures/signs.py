"""The signs by which a figure's role, measure and owner are known. What each weighs is learned (`extract.weigh`).

Signs of a label are of the figure alone, signs of an owner of a candidate; both look at what was decided of the figures before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from extract.normalise.readings import PercentReading
from extract.recognise.figures.tape import Decided, general, signs_around
from extract.resolve.figures.candidates import NOBODY, Candidate, find_candidates
from extract.resolve.figures.prose import Prose
from extract.weigh.weights import Signs

_PRONOUNS = frozenset(["it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "who", "which", "whose"])
_SHARERS = frozenset(["each", "both", "together", "combined", "jointly", "between", "apiece", "coalition", "respectively",
                      "their", "they", "also", "them", "joint", "all", "alliance", "with"])  # fmt: skip
_CLAUSE = frozenset({",", ";", ":", "and", "while", "but", "with"})
_LETTERS = re.compile(r"[a-z]+")
_MOST_BETWEEN = 12
"""So many words between a name and a figure are looked at, those nearest to the figure."""


class Figure:
    """A figure of prose, its candidates, and the signs of both."""

    def __init__(self, prose: Prose, number: int) -> None:
        self.prose, self.number = prose, number
        self.mention = prose.mentions[number]
        self.label = self.mention.label
        self.sentence = prose.sentence_at(self.mention.start)
        self.tape, self.place = prose.tapes.around(self.sentence, self.mention.start)
        self.candidates = find_candidates(prose, self.sentence, self.tape, self.place, groups=self.label == "SEATS")
        self._before, self._behind = (general(self.tape.form(self.place + step)) for step in (-1, 1))
        self._pronoun = next(filter(_PRONOUNS.__contains__, self.tape.forms[: self.place]), "none")

    def _since(self, decided: Decided) -> list[str]:
        """The last words between a figure before, in the same sentence, and this one."""
        return self.tape.since(decided.number, self.place)[-_MOST_BETWEEN:]

    # -- role and measure -------------------------------------------------------------------------------------------------

    def label_signs(self, before: Sequence[Decided]) -> Signs:
        """The signs of the role or measure, after what was decided of the figures before."""
        return [
            *self._own_signs(),
            *signs_around(self.tape, self.place),
            ("before 2: ", (self.tape.form(self.place - 2),)),
            ("behind 2: ", (self.tape.form(self.place + 2),)),
            ("around, by class: ", (f"{self._before} _ {self._behind}",)),
            ("sentence says ", self.tape.words),
            *(self.prose.spoken_of if self.label == "PERCENT" else ()),
            *self._label_signs_after(before),
        ]

    def _own_signs(self) -> Signs:
        reading = self.mention.reading
        if isinstance(reading, PercentReading):
            yield "reads as ", (f"{reading.unit}{', change' if reading.change else ''}",)
            if reading.amount.low in (3, 4, 5, 7, 10):
                yield "as high as thresholds are", ("",)
        elif reading.signed:
            yield "signed", ("",)
        unit = _LETTERS.findall(self.mention.text.lower())
        yield "unit: ", (unit[-1] if unit else "none",)

    def _label_signs_after(self, before: Sequence[Decided]) -> Signs:
        same = next((decided for decided in reversed(before) if decided.label == self.label), None)
        if same:
            yield f"last {self.label}: ", (f"{same.kind}, {'here' if same.sentence == self.sentence else 'earlier'}",)
        if same and before[-1].sentence == self.sentence:
            yield f"last {self.label}: {same.kind}, since then ", dict.fromkeys(self._since(before[-1]))

    # -- owners -----------------------------------------------------------------------------------------------------------

    def owner_signs(self, kind: str, before: Sequence[Decided]) -> list[Signs]:
        """The signs of each candidate, if the figure has this role or measure, after what was decided before."""
        return [[*self._signs_of(one, kind), *self._signs_here(one, kind, before)] for one in self.candidates]

    def _signs_of(self, one: Candidate, kind: str) -> Signs:
        """The signs of a candidate that stands between its words, two before and two behind."""
        shape, far = f"group, {'each' if one.each else 'together'}" if one.label == "group" else one.label, one.where.split()[0]
        yield f"{kind} of ", (shape, f"{shape}, {one.where}")
        if around := one.around:
            yield f"{self.label} of ", (one.label,)
            yield f"{far}, before the name: ", (around[1], f"{around[0]} {around[1]}")
            yield f"{far}, behind the name: ", (around[2], f"{around[2]} {around[3]}")
        if not one.is_here:
            yield f"{far} {one.label}, pronoun here: ", (self._pronoun,)

    def _signs_here(self, one: Candidate, kind: str, before: Sequence[Decided]) -> Signs:
        """The signs of how a candidate lies to the figure, and of whether it has the figure before in the same sentence."""
        signs: Signs = self._signs_of_nobody() if one is NOBODY else self._signs_between(one) if one.is_here else ()
        if len(one.numbers) > 1:
            signs = chain(signs, self._signs_of_group(one))
        if before and one.key == before[-1].key and before[-1].sentence == self.sentence:
            signs = chain(signs, self._signs_after(kind, before[-1]))
        return signs

    def _signs_after(self, kind: str, last: Decided) -> Signs:
        """The signs of a candidate that has the figure before, in the same sentence."""
        yield "owner of the figure before, ", (f"{last.kind} {kind}",)
        yield "owner of the figure before, between ", dict.fromkeys(self._since(last))

    def _signs_of_nobody(self) -> Signs:
        yield "nobody, ", (self.label,)
        yield "nobody, before: ", (self._before,)
        yield "nobody, behind: ", (self._behind, f"{self._behind} {general(self.tape.form(self.place + 2))}")
        yield "nobody, sentence says ", self.tape.words

    def _signs_of_group(self, one: Candidate) -> Signs:
        how = f"group, {'each' if one.each else 'together'}"
        before = [self.tape.form(one.first - step) for step in (1, 2, 3)]
        yield f"{how}, before it: ", (before[before[0] == "the"],)
        yield f"{how}, near before it: ", before
        yield f"{how}, sentence says ", [word for word in self.tape.words if word in _SHARERS]
        yield f"{how}, before the figure: ", (self._before,)
        yield f"{how}, behind the figure: ", (self._behind,)
        joined = [self.tape.forms[at] for at in range(one.first + 1, one.last - 1) if self.tape.kinds[at] == "word"]
        yield f"{how}, joined by: ", (" ".join(joined[:6]),)

    def _signs_between(self, one: Candidate) -> Signs:
        """The signs of what stands between a candidate and the figure: of the words only as far as they are near it."""
        where, sort = one.where, f"{one.where} {one.label}"
        first, last = (one.last, self.place) if where == "left" else (self.place + 1, one.first)
        kinds, forms = self.tape.kinds[first:last], self.tape.forms[first:last]
        yield f"{where}, names ", (f"{min(3, kinds.count('name'))} and figures {min(3, kinds.count('figure'))} between",)
        yield f"{where}, clauses between: ", (f"{min(4, sum(map(_CLAUSE.__contains__, forms)))}",)
        near = slice(-_MOST_BETWEEN, None) if where == "left" else slice(_MOST_BETWEEN)
        classes = self.tape.classes[first:last][near]
        if len(classes) <= 6:
            yield f"{sort}, all between, by class: ", (" ".join(classes),)
        yield f"{where}, between: ", dict.fromkeys(forms[near])
        yield f"{sort}, between: ", [word for word in dict.fromkeys(classes) if word[0] == "<"]
        yield f"{where}, behind the figure: ", (self._behind,)
