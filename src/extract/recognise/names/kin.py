"""What a document says elsewhere, and what stands in a candidate's way: signs for a second look, out of the first answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.recognise.names.choice import choose
from extract.recognise.names.policy import likeliest
from extract.recognise.names.words import LINKING, Words, fold
from extract.recognise.scale import NOTHING, Group, Numbers, Sheet, Wholes, two_rows, within

if TYPE_CHECKING:
    from extract.recognise.names.signs import Vocabulary

_STEPS = np.array((0.15, 0.4, 0.65, 0.85, 0.95))
_LISTING = frozenset({",", "and", "or", "&", "/"})


def own(of: tuple[str, int, int, str]) -> Group:
    label, name, none, parties = of
    told = (f"parties {parties}", f"own {label} {name}", f"own none {none}")
    return (*told, f"own {label} parties {parties}") if label in ("PARTY", "ORG") else told


def again(of: tuple[str, int, int, str]) -> Group:
    label, mean, most, own = of
    told = (f"again {label} {mean}", f"again most {most}")
    return (*told, f"again {label} not {own}") if label != own else told


def rival(of: tuple[str, str, int, int]) -> Group:
    how, label, name, own = of
    return (f"rival {how} {label} {name}", f"rival {how} {name} own {own}")


def listed(of: tuple[str, str, str]) -> Group:
    role, link, label = of
    return (f"{role} {link} {label}", f"listed {label}") if link in _LISTING else (f"{role} {link} {label}",)


class Kin:
    """Reads the second signs of the candidates of one document.

    `keys`: their words in one spelling. `likely`: their first answers, a row for each.
    """

    def __init__(
        self, words: Words, known: Vocabulary, starts: Wholes, ends: Wholes, keys: Sequence[str], likely: Numbers
    ) -> None:
        self.words, self.known, self.starts, self.ends, self.keys = words, known, starts, ends, keys
        names = 1 - likely[:, 0]
        self.labels, self.steps, self.none_steps = likeliest(likely), _steps(names), _steps(1 - names)
        self._again = self._others(likely, names)
        self._chosen = choose(starts, ends, names)
        self._family, self._given = dict[str, float](), dict[str, float]()
        self._parts, self._initials = dict[str, str](), dict[str, str]()
        noted, chosen = dict[tuple[str, ...], float](), self._chosen
        places = zip(chosen.tolist(), starts[chosen].tolist(), ends[chosen].tolist(), names[chosen].tolist(), strict=True)
        for number, start, end, chance in places:
            if end - start > 1 or " " in keys[number]:
                name = self.labels[number], keys[number], *words.text[start:end]
                if chance > noted.get(name, 0.0):
                    noted[name] = chance
        for (label, key, *text), chance in noted.items():
            self._note(label, key, text, chance)
        parties = sum(self.labels[number] == "PARTY" for number in chosen.tolist())
        share = sum(parties >= share * len(chosen) for share in (0.1, 0.25)) if parties else "no"
        self._parties = f"{('none', 'few', 'some')[(parties > 0) + (parties > 3)]} {share}"

    def _note(self, label: str, key: str, text: Sequence[str], chance: float) -> None:
        """What a name of the first look that has several words says of other names."""
        parts = key.split(" ")
        if label == "PERSON" and len(parts) > 1:
            for table, part in ((self._family, parts[-1]), *((self._given, part) for part in parts[:-1])):
                table[part] = max(table.get(part, 0.0), chance)
        elif label != "PERSON":
            head, tail = f"part head {label}", f"part tail {label}"
            for first, last in _cuts(key):
                self._parts.setdefault(first, head)
                self._parts.setdefault(last, tail)
        for initials in _initials(tuple(text)):
            self._initials.setdefault(initials, f"initials {label}")

    def _others(self, likely: Numbers, names: Numbers) -> dict[int, tuple[str, int, int, str]]:
        """Of each candidate whose words come again: their label elsewhere, how likely on average, and at most; its own."""
        numbers: dict[str, int] = {}
        group = np.array([numbers.setdefault(key, len(numbers)) for key in self.keys], dtype=int)
        if len(numbers) == len(group):
            return {}
        count = np.bincount(group)
        several = np.flatnonzero(count[group] > 1)
        likely, names, group = likely[several], names[several], group[several]
        sums = np.zeros((len(count), likely.shape[1]))
        np.add.at(sums, group, likely)
        mean = (sums[group] - likely) / (count[group] - 1)[:, None]
        ranked = names[np.lexsort((names, group))]
        last = np.bincount(group, minlength=len(count)).cumsum()[group] - 1
        most, second = ranked[last], ranked[last - 1]
        told = likeliest(mean), _steps(1 - mean[:, 0]), _steps(np.where(names == most, second, most))
        at = several.tolist()
        return dict(zip(at, zip(*told, map(self.labels.__getitem__, at), strict=True), strict=True))

    def sheet(self) -> Sheet:
        """The groups of the second signs."""
        known = self.known
        own = known.own.all(zip(self.labels, self.steps, self.none_steps, repeat(self._parties)), len(self.keys))
        again = np.full(len(self.keys), known.alone["once"])
        again[[*self._again]] = known.again.all(self._again.values(), len(self._again))
        rivals, more = self._rivals()
        return Sheet.of((own, again, rivals), [two_rows([*more, *self._elsewhere(), *self._beside()])])

    def _elsewhere(self) -> Iterator[tuple[int, int]]:
        """Longer names that the words are a part of, and persons of that family."""
        alone, text, parts = self.known.alone, self.words.text, self._parts
        yield from ((number, alone[parts[key]]) for number, key in enumerate(self.keys) if key in parts)
        for number, (key, start, end) in enumerate(zip(self.keys, self.starts.tolist(), self.ends.tolist(), strict=True)):
            if end - start > 1:
                if fold(text[end - 1]) in self._family:
                    yield number, alone["ends family"]
                continue
            for role, known in (("family", self._family), ("given", self._given)):
                if key in known:
                    yield number, alone[f"{role} {bisect_left(_STEPS, known[key])}"]
            if text[start].isupper() and (long := self._initials.get(key.replace(".", ""))):
                yield number, alone[long]

    def _rivals(self) -> tuple[Wholes, list[tuple[int, int]]]:
        """Whether a candidate is a name of the first look, or overlaps none; the names that overlap another."""
        starts, ends, chosen = self.starts, self.ends, self._chosen
        first, last = ends[chosen].searchsorted(starts, side="right"), starts[chosen].searchsorted(ends)
        column = np.where(first == last, self.known.alone["free"], NOTHING)
        column[chosen], last[chosen] = self.known.alone["chosen"], first[chosen]
        owners, which = within(first, last)
        rivals = chosen[which]
        inside = (starts[rivals] <= starts[owners]) & (ends[owners] <= ends[rivals])
        over = (starts[owners] <= starts[rivals]) & (ends[rivals] <= ends[owners])
        how = map(("cross", "over", "in").__getitem__, np.where(inside, 2, over).tolist())
        more = [
            (number, self.known.rivals[how, self.labels[rival], self.steps[rival], self.steps[number]])
            for number, rival, how in zip(owners.tolist(), rivals.tolist(), how, strict=True)
        ]
        return column, more

    def _beside(self) -> Iterator[tuple[int, int]]:
        """The names beside a candidate, and how they are joined."""
        words, labels, alone, known = self.words, self.labels, self.known.alone, self._chosen
        first, linking = np.frombuffer(words.first, dtype=bool), words.told & LINKING > 0
        starting, ending = np.full((2, len(words) + 1), -1)
        starting[self.starts[known]], ending[self.ends[known]] = known, known
        left, right = np.where(first[self.starts], -1, ending[self.starts]), np.where(first[self.ends], -1, starting[self.ends])
        for side, others in (("left", left), ("right", right)):
            there = np.flatnonzero(others >= 0)
            yield from (
                (number, alone[f"{side} {labels[other]}"])
                for number, other in zip(there.tolist(), others[there].tolist(), strict=True)
            )
        behind = np.flatnonzero(~first[self.starts] & linking[self.starts - 1])
        for number, start in zip(behind.tolist(), self.starts[behind].tolist(), strict=True):
            if (other := ending[self._left_of(start)]) >= 0:
                yield number, self._linked("behind", words.lower[start - 1], other, start)
        then = np.flatnonzero(~first[self.ends] & linking[self.ends])
        for number, start, end in zip(then.tolist(), self.starts[then].tolist(), self.ends[then].tolist(), strict=True):
            if (at := self._right_of(end)) < len(starting) and (other := starting[at]) >= 0:
                yield number, self._linked("then", words.lower[end], other, start)

    def _linked(self, role: str, link: str, other: int, start: int) -> int:
        acronym = " acronym" if link == "(" and self.words.text[start].isupper() else ""
        return self.known.listed[role, link, self.labels[other] + acronym]

    def _left_of(self, start: int) -> int:
        """Where a name ends that a small word or two join to one that begins at a word."""
        before = (self.words.lower[start - 1], self.words.before(start - 1))
        return start - 2 if before in (("and", ","), ("or", ","), ("the", "of"), ("the", "and"), ("the", ",")) else start - 1

    def _right_of(self, end: int) -> int:
        at = end + 1
        at += self.words.lower[end] == "," and self.words.after(at) in ("and", "or")
        return at + (self.words.after(at) == "the")


@lru_cache(maxsize=65536)
def _cuts(key: str) -> Sequence[tuple[str, str]]:
    """Each two parts of a name."""
    words = key.split(" ")
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]


@lru_cache(maxsize=65536)
def _initials(words: Sequence[str]) -> Sequence[str]:
    """The initials of capitalised words, and of all, in lower case; if they are more than one letter."""
    large = "".join(word[0] for word in words if word[0].isupper()).lower()
    every = "".join(word.lower()[0] for word in words if word[0].isalpha())
    return [initials for initials in (large, every) if len(initials) > 1]


def _steps(probabilities: Any) -> Any:
    """Probabilities as one of a few steps each, 0 to 5."""
    return _STEPS.searchsorted(probabilities).tolist()
