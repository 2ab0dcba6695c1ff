"""What is known of a stretch before the document as a whole has spoken: signs, short strings that a reader understands.

Signs come in groups, each made once for the same words and known by its number from then on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from extract.recognise.model import Certainty
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, Words
from extract.weigh.scale import Group, Groups

Seen = tuple[int, int, str]
"""A name that a model sees: its words `start:end`, its label."""

_SHARES = (0.004, 0.015, 0.04)  # of such words among all, up to which a document is little, somewhat, much about elections
_LENGTHS = (60, 250)  # words up to which a document is a sentence, a page
_INSIDE = frozenset(
    {"of", "the", "for", "and", "in", "on", "'s", "’s", "-", "–", "/", "&", ",", "(", ")", "'", "’", "against", "to", "."}
)
_STEPS = (0.07, 0.15, 0.35, 0.55, 0.75, 0.9, 0.97)
_UNKNOWN = 0.92
"""How sure a model is taken to be that does not tell."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Reads the signs of the stretches of one document. `seen[owner[at]]` is the model's name that a word is in, -1 for none."""

    words: Words
    lexicon: Lexicon
    groups: Groups
    seen: Sequence[Seen]
    certainty: Certainty | None
    owner: Sequence[int]
    about: str
    aided: bool
    small: frozenset[str]
    """The words that the document writes without a capital too."""
    _document: int
    _left: dict[tuple[int, bool], list[int]] = field(default_factory=dict)
    _right: dict[int, list[int]] = field(default_factory=dict)
    _places: dict[tuple[int, int], str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, words: Words, lexicon: Lexicon, groups: Groups, seen: Sequence[Seen], certainty: Certainty | None, aided: bool
    ) -> Signs:
        """The reader of a document; `aided`: whether a model has looked at it."""
        owner = [-1] * len(words)
        for number, (start, end, _) in enumerate(seen):
            owner[start:end] = [number] * (end - start)
        small = {word for word, capital in zip(words.lower, words.capital, strict=True) if not capital}
        told = about(words.lower, lexicon.of_layout["election_word"])
        document = groups["", f"about {told[:2]}", f"length {told[2:]}"]
        return cls(words, lexicon, groups, seen, certainty, owner, told, aided, frozenset(small), document)

    def of_stretch(self, start: int, end: int, by: Sequence[tuple[str, str]]) -> list[int]:
        """The groups of the words `start:end`; `by`: rule and label of each finder that proposes them."""
        words, groups = self.words, self.groups
        several = end - start > 1
        numbers = [self._document]
        numbers += [groups[f"by {rule} {label}", f"by {rule} {label} {self.about[:2]}"] for rule, label in by]
        numbers += self._model(start, end)
        if several:
            numbers += (self._edge("first", start), self._edge("last", end - 1))
            numbers += [self._edge("in", at) for at in range(start + 1, end - 1)]
            if (whole := self._whole(start, end)) is not None:
                numbers.append(whole)
        else:
            numbers.append(self._edge("word", start))
            if words.lower[start] in self.small:
                numbers.append(groups["also small",])
        numbers += (self._made(_shape, *words.text[start:end]), self._made(_ending, several, words.lower[end - 1][-3:]))
        if (start, several) not in self._left:  # many stretches begin or end at one place
            self._left[start, several] = [*self._before(start, several)]
        if end not in self._right:
            self._right[end] = [*self._after(end)]
        numbers += self._left[start, several]
        numbers += self._right[end]
        return numbers

    def _made(self, make: Callable[..., Group], *of: Hashable) -> int:
        """The number of the group that `make` makes of something, made once for all documents."""
        number = self.groups.made.get((make, of))
        if number is None:
            number = self.groups.made[make, of] = self.groups[make(*of)]
        return number

    def _edge(self, role: str, at: int) -> int:
        """The group of a word in its role, made once for all documents."""
        word = self.words.text[at]
        number = self.groups.made.get((role, word))
        if number is None:
            number = self.groups.made[role, word] = self.groups[_word(role, word, self.lexicon.lists_of(word))]
        return number

    def _whole(self, start: int, end: int) -> int | None:
        phrase = self.words.phrase(start, end)
        if phrase not in self.groups.made:
            said = ["whole generic"] if phrase in self.lexicon.generic else []
            said += ["whole town"] if self.lexicon.has_town(phrase) else []
            self.groups.made[phrase] = self.groups[(*said,)] if said else -1
        number = self.groups.made[phrase]
        return number if number >= 0 else None

    # -- the model -------------------------------------------------------------------------------------------------

    def _model(self, start: int, end: int) -> list[int]:
        """The groups that tell what the model says of the words, and of the block they stand in."""
        place, told, length = self._place(start, end), self.about[:2], min(end - start, 3)
        owners = set(self.owner[start:end])
        if not self.aided or (owners == {-1} and self.certainty is None):
            # that it sees nothing says less of a model that has no second thoughts
            return [self._made(_placed, place, "unaided")]
        if owners == {-1}:
            begins = self.certainty.begins if self.certainty else {}
            inner = max((begins[at][1] for at in range(start + 1, end) if at in begins), default=0.0)
            label, chance = begins.get(start, ("", 0.0))
            return [self._made(_unseen, label, step(chance), told, length, step(inner)), self._made(_placed, place, "none")]
        numbers, short = [], "several"
        owners.discard(-1)
        for number in sorted(owners):
            first, last, label = self.seen[number]
            how = _relation(start, end, first, last)
            sure = step(self.certainty.entities[first, last] if self.certainty else _UNKNOWN)
            numbers.append(self._made(_seen, how, label, sure, told, length))
            short = f"{how} {label}" if len(owners) == 1 else short
            numbers += self._difference(start, end, first, last, label)
        return [*numbers, self._made(_placed, place, short)]

    def _difference(self, start: int, end: int, first: int, last: int, label: str) -> Iterator[int]:
        """The words at the edges by which a stretch and the model's name differ."""
        if first < start and end <= last:
            yield self._edge(f"cut {label} before", start - 1)
        if end < last and first <= start:
            yield self._edge(f"cut {label} after", end)
        if start < first and last <= end:
            yield self._edge(f"add {label} first", start)
        if last < end and start <= first:
            yield self._edge(f"add {label} next", last)
            yield self._edge(f"add {label} last", end - 1)

    # -- beside ----------------------------------------------------------------------------------------------------

    def _before(self, start: int, several: bool) -> Iterator[int]:
        words, lists_of = self.words, self.lexicon.lists_of
        if not words.before(start):
            opener = "opener" in lists_of(words.text[start])
            yield self.groups["opens", f"opens {not several} {words.lower[start] in self.small} {opener}"]
            return
        text = words.text[start - 1]
        yield self._made(_beside, "before", text, words.glued[start], lists_of(text))
        if words.before(start - 1):
            other, telling = words.text[start - 2], words.lower[start - 1] in ("of", "the", "by")
            yield self._made(_farther, "before2", other, words.lower[start - 1], lists_of(other), telling)

    def _after(self, end: int) -> Iterator[int]:
        words, lists_of = self.words, self.lexicon.lists_of
        if not words.after(end):
            yield self.groups["ends",]
            return
        text = words.text[end]
        yield self._made(_beside, "after", text, words.glued[end], lists_of(text))
        if words.after(end + 1):
            other, telling = words.text[end + 1], text in APOSTROPHES or text in ("(", ",", "%")
            yield self._made(_farther, "after2", other, words.lower[end], lists_of(other), telling)

    def _place(self, start: int, end: int) -> str:
        """The block it stands in, and whether it begins, ends or fills it."""
        words, number = self.words, self.words.block[start]
        block = words.blocks[number]
        whole = (words.start[start] == block.start) + 2 * (words.end[end - 1] == block.end)
        if (number, whole) not in self._places:
            said = {
                "title": words.in_title_case[number],
                "shout": words.shouted[number],
                "header": block.cell is not None and block.cell.is_header,
                "field": block.field is not None,
            }
            parts = ["block", block.kind, *(name for name, holds in said.items() if holds)]
            self._places[number, whole] = " ".join([*parts, ("", "begins", "ends", "whole")[whole]]).strip()
        return self._places[number, whole]


def about(lower: Sequence[str], telling: Set[str]) -> str:
    """How much the words of a document speak of elections (`e0` to `e4`), and how long it is (`s`, `m`, `l`).

    `telling`: the words that speak of them.
    """
    spoken = sum(word in telling for word in lower)
    length = sum(word[0].isalpha() for word in lower) or 1
    much = sum(spoken / length >= share for share in _SHARES) + 1 if spoken else 0
    return f"e{much}{'sml'[sum(length >= limit for limit in _LENGTHS)]}"


def step(probability: float) -> int:
    """A probability as one of a few steps, 2 to 9."""
    return 2 + bisect_left(_STEPS, probability)


def _relation(start: int, end: int, first: int, last: int) -> str:
    """How the words `start:end` lie to the model's `first:last`."""
    if (start, end) == (first, last):
        return "same"
    how = "in" if first <= start and end <= last else "over" if start <= first and last <= end else "cross"
    return how + (" start" if start == first else "") + (" end" if end == last else "")


def _unseen(label: str, sure: int, told: str, length: int, inner: int) -> Group:
    might_be = (f"model might {label}", f"model might {label} {sure}", f"model might {sure}")
    begins = might_be if label else ("model nothing",)
    return (*begins, f"model none {told}", f"model none {length}", f"model inner {inner}")


def _seen(how: str, label: str, sure: int, told: str, length: int) -> Group:
    return (
        f"model {how} {label}",
        f"model {how} {label} {length}",
        f"model {how} {label} sure {sure}",
        f"model {how} {label} {told}",
    )


def _word(role: str, word: str, lists: Group) -> Group:
    said = () if role == "in" and word.lower() not in _INSIDE else (f"{role}={word.lower()}",)
    return (*said, *(f"{role} {name}" for name in lists))


def _beside(role: str, word: str, glued: bool, lists: Group) -> Group:
    capital = (f"{role} capital",) if word[0].isupper() else ()
    return (f"{role}={word.lower()}", f"{role} glued {glued}", *capital, *(f"{role} {name}" for name in lists))


def _farther(role: str, word: str, between: str, lists: Group, telling: bool) -> Group:
    near = f" {between}" if telling else ""
    capital = (f"{role} capital{near}",) if telling and word[0].isupper() else ()
    return (f"{role}={word.lower()} {between}", *capital, *(f"{role} {name}{near}" for name in lists))


def _placed(block: str, model: str) -> Group:
    return (block, f"{block} {model}")


def _shape(*words: str) -> Group:
    shapes = list(map(_word_shape, words))
    shape = " ".join(shapes if len(shapes) <= 5 else [*shapes[:2], "..", *shapes[-2:]])
    return (f"shape {shape}", f"words {min(len(words), 6)}")


def _ending(several: bool, letters: str) -> Group:
    return (f"ending {several} {letters}",)


def _word_shape(word: str) -> str:
    if word[0].isdigit():
        return "9"
    if not word[0].isupper():
        return word if len(word) <= 3 else "x"
    if len(word) == 1 or (len(word) == 2 and word[1] == "."):
        return "A"
    return "XX" if word.isupper() else "Xx" if word[1:].islower() else "Xy"
