"""The signs by which a figure's role, measure and owner are known. What each weighs is learned (`extract.weigh`).

Signs of a label are of the figure alone, signs of an owner of a candidate; both look at what was decided of the figures before.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from extract.normalise.readings import PercentReading
from extract.recognise.figures.tape import Decided, general, signs_around, size
from extract.resolve.figures.candidates import Candidate, find_candidates
from extract.resolve.figures.prose import Prose
from extract.weigh.weights import Signs

_PRONOUNS = frozenset(["it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "who", "which", "whose"])
_CLAUSE = frozenset({",", ";", ":", "and", "while", "but", "with"})
_LETTERS = re.compile(r"[a-z]+")
_BOUNDS = (0, 1, 2, 3, 4, 5, 6, 10, 15, 20, 30, 40, 50, 60, 75, 90, 100, 200, math.inf)
_SHARES = (0.02, 0.05, 0.1, 0.2, 0.34, 0.5, 0.67, 0.99, 1)
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

    def _since(self, decided: Decided) -> list[str]:
        """The last words between a figure before, in the same sentence, and this one."""
        return self.tape.since(decided.number, self.place)[-_MOST_BETWEEN:]

    def _far(self, decided: Decided) -> str:
        return "here" if decided.sentence == self.sentence else "earlier"

    # -- role and measure -------------------------------------------------------------------------------------------------

    def label_signs(self, before: Sequence[Decided]) -> Signs:
        """The signs of the role or measure, after what was decided of the figures before."""
        return [*self._signs, *self._label_signs_after(before)]

    @cached_property
    def _signs(self) -> Signs:
        """The signs of the figure by itself."""
        tape, place = self.tape, self.place
        around = (general(tape.form(place + step)) for step in (-1, 1))
        return [
            *self._own_signs(),
            *signs_around(tape, place),
            ("around, by class: ", (" _ ".join(around),)),
            ("sentence says ", tape.words),
            *(self.prose.spoken_of if self.label == "PERCENT" else ()),
        ]

    def _own_signs(self) -> Signs:
        reading = self.mention.reading
        number = abs(reading.amount.low)
        unit = _LETTERS.findall(self.mention.text.lower())
        yield "unit: ", (unit[-1] if unit else "none",)
        yield "up to ", (f"{_BOUNDS[bisect_left(_BOUNDS, number)]}",)
        if isinstance(reading, PercentReading):
            yield "reads as ", (f"{reading.unit}{', change' if reading.change else ''}",)
            yield "whole number: ", (f"{number == int(number)}",)
        else:
            here = [number, *(self.prose.seats[at] for at in self.tape.numbers if at in self.prose.seats and at != self.number)]
            yield "signed: ", (f"{reading.signed}",)
            yield "of the most seats, up to ", (f"{_SHARES[bisect_left(_SHARES, number / max(1, self.prose.most_seats))]}",)
            yield "most of the sentence: ", (f"{number == max(here)}, of {min(3, len(here))}",)

    def _label_signs_after(self, before: Sequence[Decided]) -> Signs:
        same = [decided for decided in before if decided.label == self.label]
        yield "kinds before: ", dict.fromkeys(decided.kind for decided in before)
        yield "last kinds: ", (" ".join(decided.kind for decided in same[-3:]),)
        if same:
            yield f"last {self.label}: ", (f"{same[-1].kind}, {self._far(same[-1])}",)
        if same and before[-1].sentence == self.sentence:
            yield f"last {self.label}: {same[-1].kind}, since then ", dict.fromkeys(self._since(before[-1]))

    # -- owners -----------------------------------------------------------------------------------------------------------

    def shared_signs(self, kind: str) -> Signs:
        """The signs that all candidates share, if the figure has this role or measure."""
        names = Counter([self.tape.forms[at] for at in self.tape.names])
        return [
            *self._signs,
            ("is ", (self.label, kind)),
            ("pronoun here: ", (next(filter(_PRONOUNS.__contains__, self.tape.forms[: self.place]), "none"),)),
            ("names here: ", [f"{min(3, count)} {label}" for label, count in names.items()]),
        ]

    def owner_signs(self, kind: str, before: Sequence[Decided]) -> list[Signs]:
        """The signs of each candidate, if the figure has this role or measure, after what was decided before."""
        has: dict[tuple[str, ...], dict[str, None]] = {}
        for decided in before:
            has.setdefault(decided.key, {})[f"{decided.kind} {self._far(decided)}, {kind}"] = None
        last = before[-1] if before and before[-1].sentence == self.sentence else None
        return [
            [
                *self._signs_of(one, kind),
                ("has ", has.get(one.key, ("nothing",))),
                *(self._signs_after(kind, last) if last and one.key == last.key else ()),
            ]
            for one in self.candidates
        ]

    def _signs_of(self, one: Candidate, kind: str) -> Signs:
        """The signs of a candidate, and of how it lies to the figure."""
        shape, far = f"group, {'each' if one.each else 'together'}" if one.label == "group" else one.label, one.where.split()[0]
        yield f"{kind} of ", (shape, f"{shape}, {one.where}")
        if around := one.around:
            yield f"{far}, before the name: ", (around[1], f"{around[0]} {around[1]}")
            yield f"{far}, behind the name: ", (around[2], f"{around[2]} {around[3]}")
            yield "named ", (f"{size(self.prose.named(one.key))}, {one.label}",)
        if one.where in ("left", "right"):
            yield from self._signs_between(one)
        if len(one.numbers) > 1:
            yield from self._signs_of_group(one, shape)

    def _signs_after(self, kind: str, last: Decided) -> Signs:
        """The signs of a candidate that has the figure before, in the same sentence."""
        yield "owner of the figure before, ", (f"{last.kind} {kind}",)
        yield "owner of the figure before, between ", dict.fromkeys(self._since(last))

    def _signs_of_group(self, one: Candidate, how: str) -> Signs:
        before = [self.tape.form(one.first - step) for step in (1, 2, 3)]
        yield f"{how}, near before it: ", before
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
