"""What is known of a stretch before the document as a whole has spoken: signs, short strings that a reader understands.

Signs come in groups, each made once for the same words: what is made and summed once need not be made again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from extract.recognise.model import Certainty
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, Words

Group = tuple[str, ...]
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
    seen: Sequence[Seen]
    certainty: Certainty | None
    owner: Sequence[int]
    about: str
    aided: bool
    small: frozenset[str]
    """The words that the document writes without a capital too."""
    _left: dict[tuple[int, bool], tuple[Group, ...]] = field(default_factory=dict)
    _right: dict[int, tuple[Group, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Words, lexicon: Lexicon, seen: Sequence[Seen], certainty: Certainty | None, aided: bool) -> Signs:
        """The reader of a document; `aided`: whether a model has looked at it."""
        owner = [-1] * len(words)
        for number, (start, end, _) in enumerate(seen):
            owner[start:end] = [number] * (end - start)
        small = {word for word, capital in zip(words.lower, words.capital, strict=True) if not capital}
        return cls(
            words,
            lexicon,
            seen,
            certainty,
            owner,
            about(words.lower, lexicon.of_layout["election_word"]),
            aided,
            frozenset(small),
        )

    def of_stretch(self, start: int, end: int, by: Sequence[tuple[str, str]]) -> list[Group]:
        """The groups of signs of the words `start:end`; `by`: rule and label of each finder that proposes them."""
        words = self.words
        length = end - start
        model, short = self._model(start, end)
        groups = [_document(self.about), *(_proposed(rule, label, self.about) for rule, label in by), *model]
        if length > 1:
            lists_of = self.lexicon.lists_of
            groups += (self._edge("first", start), self._edge("last", end - 1))
            groups += [_within(words.lower[at], lists_of(words.text[at])) for at in range(start + 1, end - 1)]
            phrase = words.phrase(start, end)
            if phrase in self.lexicon.generic:
                groups.append(("whole generic",))
            if self.lexicon.has_town(phrase):
                groups.append(("whole town",))
        else:
            groups.append(self._edge("word", start))
            if words.lower[start] in self.small:
                groups.append(("also small",))
        groups += (_shape(tuple(words.text[start:end])), _ending(length > 1, words.lower[end - 1][-3:]))
        left, right = (start, length == 1), end  # many stretches begin or end at one place
        if left not in self._left:
            self._left[left] = (*self._before(start, length),)
        if right not in self._right:
            self._right[right] = (*self._after(end),)
        groups += self._left[left]
        groups += self._right[right]
        groups.append(self._block(start, end, short))
        return groups

    # -- the model -------------------------------------------------------------------------------------------------

    def _model(self, start: int, end: int) -> tuple[list[Group], str]:
        """What the model says of the words; and in short."""
        length = min(end - start, 3)
        owners = set(self.owner[start:end])
        if not self.aided:
            return [], "unaided"
        if owners == {-1}:
            if self.certainty is None:  # that it sees nothing says less of a model that has no second thoughts
                return [], "unaided"
            begins = self.certainty.begins
            inner = max((begins[at][1] for at in range(start + 1, end) if at in begins), default=0.0)
            label, chance = begins.get(start, ("", 0.0))
            return [_unseen(label, step(chance), self.about[:2], length), _inner(step(inner))], "none"
        groups, short = [], "several"
        owners.discard(-1)
        for number in sorted(owners):
            first, last, label = self.seen[number]
            how = _relation(start, end, first, last)
            sure = step(self.certainty.entities[first, last] if self.certainty else _UNKNOWN)
            groups.append(_seen(how, label, sure, self.about[:2], length))
            short = f"{how} {label}" if len(owners) == 1 else short
            groups += self._difference(start, end, first, last, label)
        return groups, short

    def _difference(self, start: int, end: int, first: int, last: int, label: str) -> Iterator[Group]:
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

    def _edge(self, how: str, at: int) -> Group:
        word = self.words.text[at]
        return _word(how, word, self.lexicon.lists_of(word))

    # -- beside ----------------------------------------------------------------------------------------------------

    def _before(self, start: int, length: int) -> Iterator[Group]:
        words = self.words
        if not words.before(start):
            lower = words.lower[start]
            yield ("opens", f"opens {length == 1} {lower in self.small} {'opener' in self.lexicon.lists_of(words.text[start])}")
            return
        text = words.text[start - 1]
        yield _beside("before", text, words.glued[start], self.lexicon.lists_of(text))
        if words.before(start - 1):
            other = words.text[start - 2]
            yield _farther("before2", other, text, self.lexicon.lists_of(other), words.lower[start - 1] in ("of", "the", "by"))

    def _after(self, end: int) -> Iterator[Group]:
        words = self.words
        if not words.after(end):
            yield ("ends",)
            return
        text = words.text[end]
        yield _beside("after", text, words.glued[end], self.lexicon.lists_of(text))
        if words.after(end + 1):
            other = words.text[end + 1]
            yield _farther("after2", other, text, self.lexicon.lists_of(other), text in APOSTROPHES or text in ("(", ",", "%"))

    def _block(self, start: int, end: int, model: str) -> Group:
        words, number = self.words, self.words.block[start]
        block = words.blocks[number]
        whole = (words.start[start] == block.start) + 2 * (words.end[end - 1] == block.end)
        return _placed(
            block.kind,
            words.in_title_case[number],
            words.shouted[number],
            block.cell is not None and block.cell.is_header,
            block.field is not None,
            whole,
            model,
        )


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


_cached = lru_cache(maxsize=50_000)


@_cached
def _document(told: str) -> Group:
    return ("", f"about {told[:2]}", f"length {told[2:]}")


@_cached
def _proposed(rule: str, label: str, told: str) -> Group:
    return (f"by {rule} {label}", f"by {rule} {label} {told[:2]}")


@_cached
def _unseen(label: str, sure: int, told: str, length: int) -> Group:
    might_be = (f"model might {label}", f"model might {label} {sure}", f"model might {sure}")
    begins = might_be if label else ("model nothing",)
    return (*begins, f"model none {told}", f"model none {length}")


@_cached
def _inner(sure: int) -> Group:
    return (f"model inner {sure}",)


@_cached
def _seen(how: str, label: str, sure: int, told: str, length: int) -> Group:
    return (
        f"model {how} {label}",
        f"model {how} {label} {length}",
        f"model {how} {label} sure {sure}",
        f"model {how} {label} {told}",
    )


@_cached
def _word(role: str, word: str, lists: Group) -> Group:
    return (f"{role}={word.lower()}", *(f"{role} {name}" for name in lists))


@_cached
def _within(word: str, lists: Group) -> Group:
    return (*(f"in {name}" for name in lists), *((f"in={word}",) if word in _INSIDE else ()))


@_cached
def _beside(role: str, word: str, glued: bool, lists: Group) -> Group:
    capital = (f"{role} capital",) if word[0].isupper() else ()
    return (f"{role}={word.lower()}", f"{role} glued {glued}", *capital, *(f"{role} {name}" for name in lists))


@_cached
def _farther(role: str, word: str, between: str, lists: Group, telling: bool) -> Group:
    between = between.lower()
    near = f" {between}" if telling else ""
    capital = (f"{role} capital{near}",) if telling and word[0].isupper() else ()
    return (f"{role}={word.lower()} {between}", *capital, *(f"{role} {name}{near}" for name in lists))


@_cached
def _placed(kind: str, title: bool, shouted: bool, header: bool, field: bool, whole: int, model: str) -> Group:
    parts = [
        kind,
        *(name for name, holds in (("title", title), ("shout", shouted), ("header", header), ("field", field)) if holds),
    ]
    place = " ".join([*parts, ("", "begins", "ends", "whole")[whole]]).strip()
    return (f"block {place}", f"block {place} {model}")


@_cached
def _ending(several: bool, letters: str) -> Group:
    return (f"ending {several} {letters}",)


@_cached
def _shape(texts: tuple[str, ...]) -> Group:
    shapes = list(map(_word_shape, texts))
    shape = " ".join(shapes if len(shapes) <= 5 else [*shapes[:2], "..", *shapes[-2:]])
    return (f"shape {shape}", f"words {min(len(texts), 6)}")


@_cached
def _word_shape(word: str) -> str:
    if word[0].isdigit():
        return "9"
    if not word[0].isupper():
        return word if len(word) <= 3 else "x"
    if len(word) == 1 or (len(word) == 2 and word[1] == "."):
        return "A"
    return "XX" if word.isupper() else "Xx" if word[1:].islower() else "Xy"
