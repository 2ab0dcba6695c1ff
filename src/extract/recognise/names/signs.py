"""What is known of a stretch before the document as a whole has spoken: signs, short strings that a reader understands.

Signs come in groups, each made once for the same words and known by its number from then on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from itertools import compress, repeat
from operator import itemgetter, not_

import numpy as np

from extract.recognise.model import Certainty
from extract.recognise.names import kin
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, Stretch, Words
from extract.weigh.scale import NOTHING, Group, Groups, Sheet, Table, Wholes, alone, two_rows

Seen = tuple[int, int, str]
"""A name that a model sees: its words `start:end`, its label."""

_SHARES = (0.004, 0.015, 0.04)  # of such words among all, up to which a document is little, somewhat, much about elections
_LENGTHS = (60, 250)  # words up to which a document is a sentence, a page
_OF_POSTS = ("@", "#", "http:", "https:")
_TALK = frozenset(["i", "u", "you", "ur", "your", "me", "my", "we", "lol", "lmao", "omg", "haha", "!", "!!", "!!!", "?"])
_INSIDE = frozenset(
    {"of", "the", "for", "and", "in", "on", "'s", "’s", "-", "–", "/", "&", ",", "(", ")", "'", "’", "against", "to", "."}
)
_BETWEEN, _BEHIND = frozenset({"of", "the", "by"}), frozenset({*APOSTROPHES, "(", ",", "%"})
"""The words between a stretch and the second before it or behind it that tell of that."""
_STEPS = (0.07, 0.15, 0.35, 0.55, 0.75, 0.9, 0.97)
_SURE = 8  # the step from which on a model's name is not taken to pieces
_UNKNOWN = 0.92  # how sure a model is taken to be that does not tell


class Vocabulary:
    """The groups of signs that documents have had, each made once for all."""

    def __init__(self, lexicon: Lexicon, groups: Groups | None = None) -> None:
        self.lexicon, self.groups = lexicon, Groups() if groups is None else groups
        self.word_shape = cache(_word_shape)
        table = partial(Table, self.groups)
        self.word, self.first, self.last, self.inner = (table(_word, lexicon, role) for role in ("word", "first", "last", "in"))
        self.edges, self.opens = table(_edge, lexicon), table(_opens, lexicon)
        self.before, self.after = (table(_beside, lexicon, role) for role in ("before", "after"))
        self.before2, self.after2 = (table(_farther, lexicon, *told) for told in (("before2", _BETWEEN), ("after2", _BEHIND)))
        self.alone, self.shapes, self.by, self.placed = map(table, (alone, _shape, _by, _placed))
        self.unseen, self.seen, self.own, self.again, self.rivals, self.listed = map(
            table, (_unseen, _seen, kin.own, kin.again, kin.rival, kin.listed)
        )

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[Lexicon, Groups]]:
        return Vocabulary, (self.lexicon, self.groups)


@dataclass(frozen=True, slots=True)
class Signs:
    """Reads the signs of the stretches of one document.

    `labels`, `bounds`, `sure`: what the model calls its names, where they begin and end, how sure it is (a step), in the order of
    the text; behind the last stands one more. `begun[at]` of them begin at a word or before, `over[at]` are over by then.
    """

    words: Words
    known: Vocabulary
    labels: Sequence[str]
    bounds: Wholes
    sure: Wholes
    begun: Wholes
    over: Wholes
    might: Sequence[str]
    """The label of a name that might begin at a word; empty for a model without second thoughts, and without a model."""
    chance: bytes
    """How likely that is, a step, or 0."""
    about: str
    aided: bool
    small: frozenset[str]
    """The words that the document writes without a capital too, in the singular or plural."""

    @classmethod
    def of(cls, words: Words, known: Vocabulary, seen: Sequence[Seen], certainty: Certainty | None, aided: bool) -> Signs:
        """The reader of a document; `aided`: whether a model has looked at it."""
        small, large = {*compress(words.lower, map(not_, words.capital))}, {*compress(words.lower, words.capital)}
        small |= {word for word in large if word + "s" in small or (word[-1] == "s" and word[:-1] in small)}
        bounds = np.array([*((start, end) for start, end, _ in seen), (0, 0)]).T
        sure = np.array([*(step(certainty.entities[start, end] if certainty else _UNKNOWN) for start, end, _ in seen), 0])
        begun, over = (np.bincount(each[:-1], minlength=len(words) + 1).cumsum() for each in bounds)
        might, chance = [""] * len(words) if certainty and aided else [], bytearray(len(words))
        for at, (label, probability) in certainty.begins.items() if might and certainty else ():
            might[at], chance[at] = label, step(probability)
        told = about(words.lower, known.lexicon.of_layout["election_word"])
        labels = [label for _, _, label in seen]
        return cls(words, known, labels, bounds, sure, begun, over, might, bytes(chance), told, aided, frozenset(small))

    def are_worth_it(self, starts: Wholes, ends: Wholes) -> Wholes:
        """The numbers of the stretches, which nobody proposes, that may be a name for all that a model thinks.

        Of what it rules out (a word of which it thinks nothing; a piece of a name of which it is sure, or from its middle, or of
        two) next to nothing ever became a name: 1 of 5,258 stretches.
        """
        if not self.might:
            return np.arange(len(starts))
        over, begun = self.over[starts], self.begun[ends - 1]
        first, last = self.bounds[0][over], self.bounds[1][begun - 1]
        begins, stops = starts == first, ends == last
        whole = (starts <= first) & (last <= ends)
        edge = (begun - over == 1) & (begins | stops) & (first <= starts) & (ends <= last) & (self.sure[over] < _SURE)
        might = np.frombuffer(self.chance, dtype=np.uint8)[starts] > 0
        return np.flatnonzero(np.where(begun > over, whole | edge, might | (ends - starts > 1)))

    def of_stretches(
        self, stretches: Sequence[Stretch], phrases: Sequence[str], proposed: Mapping[Stretch, Sequence[tuple[str, str]]]
    ) -> Sheet:
        """The groups of the stretches; `phrases`: their words; `proposed`: rule and label of each finder that proposes some."""
        known, alone, told = self.known, self.known.alone, self.about[:2]
        numbers = {stretch: number for number, stretch in enumerate(stretches)}
        starts, ends = two_rows(stretches)
        model, more, said = self._of_model(starts, ends)
        columns = [
            [known.groups["", f"about {told}", f"length {self.about[2:]}"]] * len(stretches),
            *self._of_words(stretches),
            *self._beside(stretches),
            model,
            self._placed(stretches, said),
        ]
        text, lower, capital, small = self.words.text, self.words.lower, self.words.capital, self.small
        inner, lexicon = known.inner, known.lexicon
        longer = [(number, start, end) for number, (start, end) in enumerate(stretches) if end - start > 1]
        more += [(number, inner[word]) for number, start, end in longer for word in text[start + 1 : end - 1]]
        for whole, holds in (("whole generic", lexicon.generic.__contains__), ("whole town", lexicon.has_town)):
            more += [(number, alone[whole]) for number, _, _ in longer if holds(phrases[number])]
        more += [
            (number, alone["also small" if end - start == 1 else "all also small"])
            for number, (start, end) in enumerate(stretches)
            if lower[start] in small and 1 in capital[start:end] and small.issuperset(lower[start:end])
        ]
        more += [
            (numbers[stretch], known.by[rule, label, told])
            for stretch, by in proposed.items()
            if stretch in numbers
            for rule, label in by
        ]
        return Sheet.of(len(stretches), columns, more)

    def _of_words(self, stretches: Sequence[Stretch]) -> tuple[list[int], ...]:
        """The groups of the only word, or of the first, the last and all together."""
        text, known = self.words.text, self.known
        shape, shapes, word, first, last = known.word_shape, known.shapes, known.word, known.first, known.last
        return (
            [(first if end - start > 1 else word)[text[start]] for start, end in stretches],
            [last[text[end - 1]] if end - start > 1 else NOTHING for start, end in stretches],
            [shapes[tuple(map(shape, text[start:end]))] if end - start > 1 else NOTHING for start, end in stretches],
        )

    def _beside(self, stretches: Sequence[Stretch]) -> tuple[list[int], ...]:
        """The groups of the two words before and the two behind, in the same sentence."""
        words, known, small = self.words, self.known, self.small
        text, lower, first, glued = words.text, words.lower, words.first, words.glued
        opens, before, before2, after, after2 = known.opens, known.before, known.before2, known.after, known.after2
        ends = known.alone["ends"]
        return (
            [
                opens[end - start > 1, lower[start] in small, text[start]]
                if first[start]
                else before[text[start - 1], glued[start]]
                for start, end in stretches
            ],
            [
                NOTHING if first[start] or first[start - 1] else before2[text[start - 2], lower[start - 1]]
                for start, _ in stretches
            ],
            [ends if first[end] else after[text[end], glued[end]] for _, end in stretches],
            [NOTHING if first[end] or first[end + 1] else after2[text[end + 1], text[end]] for _, end in stretches],
        )

    def _placed(self, stretches: Sequence[Stretch], said: Sequence[tuple[str, str]]) -> list[int]:
        """The groups of where the stretches stand; `said`: what the model says of each."""
        words, kinds, placed = self.words, _kinds(self.words), self.known.placed
        begins, ends = {block.start for block in words.blocks}, {block.end for block in words.blocks}
        return [
            placed[kinds[words.block[start]], (words.start[start] in begins) + 2 * (words.end[end - 1] in ends), how, label]
            for (start, end), (how, label) in zip(stretches, said, strict=True)
        ]

    # -- the model -------------------------------------------------------------------------------------------------

    def _of_model(self, starts: Wholes, ends: Wholes) -> tuple[list[int], list[tuple[int, int]], list[tuple[str, str]]]:
        """A group of what the model says of each stretch; what more it says of some; how each lies to the one name it sees there.

        With that are the labels of these names.
        """
        over, lengths, told = self.over[starts], np.minimum(ends - starts, 3), self.about[:2]
        count = np.maximum(self.begun[ends - 1] - over, 0)
        owners = np.arange(len(starts)).repeat(count)
        which = over[owners] + np.arange(len(owners)) - (count.cumsum() - count)[owners]
        places = np.array((starts[owners], ends[owners], *self.bounds[:, which]))
        relations, labels = _relations(*places), [*map(self.labels.__getitem__, which.tolist())]
        seen = zip(relations, labels, self.sure[which].tolist(), repeat(told), lengths[owners].tolist())
        groups = map(self.known.seen.__getitem__, seen)
        column = [NOTHING] * len(starts)
        said = [none := ("none" if self.might else "unaided", "")] * len(starts)
        more = list[tuple[int, int]]()
        for number, group, relation, label, place in zip(
            owners.tolist(), groups, relations, labels, places.T.tolist(), strict=True
        ):
            if said[number] is none:
                column[number], said[number] = group, (relation, label)
            else:
                more.append((number, group))
                said[number] = "several", ""
            if relation != "same":
                more += [(number, edge) for edge in self._difference(label, *place)]
        if self.might:  # that it sees nothing says less of a model that has no second thoughts
            unseen = np.flatnonzero(count == 0)
            for number, start, end in zip(unseen.tolist(), starts[unseen].tolist(), ends[unseen].tolist(), strict=True):
                inner = max((step(0), *self.chance[start + 1 : end]))
                column[number] = self.known.unseen[self.might[start], self.chance[start], told, min(end - start, 3), inner]
        return column, more, said

    def _difference(self, label: str, start: int, end: int, first: int, last: int) -> Iterator[int]:
        """The words at the edges by which a stretch and the model's name `first:last` differ."""
        edges, text = self.known.edges, self.words.text
        if first < start and end <= last:
            yield edges["cut", label, "before", text[start - 1]]
        if end < last and first <= start:
            yield edges["cut", label, "after", text[end]]
        if start < first and last <= end:
            yield edges["add", label, "first", text[start]]
        if last < end and start <= first:
            yield edges["add", label, "next", text[last]]
            yield edges["add", label, "last", text[end - 1]]


def _kinds(words: Words) -> list[str]:
    """What each block is, and whether capitals say little in it."""
    return [
        f"block {block.kind}{' title' * titled}{' shout' * shouted}{' header' * header}{' field' * (block.field is not None)}"
        for block, titled, shouted in zip(words.blocks, words.in_title_case, words.shouted, strict=True)
        for header in (block.cell is not None and block.cell.is_header,)
    ]


def about(lower: Sequence[str], telling: Set[str]) -> str:
    """How much the words of a document speak of elections (`e0` to `e4`; `ep`: it is a post), and how long it is (`s`, `m`, `l`).

    `telling`: the words that speak of them.
    """
    spoken = sum(map(telling.__contains__, lower))
    length = sum(map(str.isalpha, map(itemgetter(0), lower))) or 1
    much = sum(spoken / length >= share for share in _SHARES) + 1 if spoken else 0
    size = "sml"[sum(length >= limit for limit in _LENGTHS)]
    is_post = size == "s" and any(word in _TALK or word.startswith(_OF_POSTS) for word in lower)
    return f"e{'p' if is_post else much}{size}"


def step(probability: float) -> int:
    """A probability as one of a few steps, 2 to 9."""
    return 2 + bisect_left(_STEPS, probability)


_RELATIONS = [how + start + end for how in ("cross", "over", "in") for start in ("", " start") for end in ("", " end")]
_RELATIONS[-1] = "same"


def _relations(start: Wholes, end: Wholes, first: Wholes, last: Wholes) -> list[str]:
    """How words `start:end` lie to the model's `first:last`."""
    how = np.where((first <= start) & (end <= last), 2, (start <= first) & (last <= end))
    return [_RELATIONS[number] for number in (4 * how + 2 * (start == first) + (end == last)).tolist()]


def _unseen(of: tuple[str, int, str, int, int]) -> Group:
    label, sure, told, length, inner = of
    might_be = (f"model might {label}", f"model might {label} {sure}", f"model might {sure}")
    begins = might_be if label else ("model nothing",)
    return (*begins, f"model none {told}", f"model none {length}", f"model inner {inner}")


def _seen(of: tuple[str, str, int, str, int]) -> Group:
    how, label, sure, told, length = of
    seen = f"model {how} {label}"
    return (seen, f"{seen} {length}", f"{seen} sure {sure}", f"{seen} {told}")


def _word(lexicon: Lexicon, role: str, word: str) -> Group:
    lower = word.lower()
    said = () if role == "in" and lower not in _INSIDE else (f"{role}={lower}",)
    ending = (f"ending {role == 'last'} {lower[-3:]}",) if role in ("word", "last") else ()
    shape = _shape((_word_shape(word),)) if role == "word" else ()
    return (*said, *ending, *shape, *[f"{role} {name}" for name in lexicon.lists_of(word)])


def _edge(lexicon: Lexicon, of: tuple[str, str, str, str]) -> Group:
    role, label, side, word = of
    return _word(lexicon, f"{role} {label} {side}", word)


def _opens(lexicon: Lexicon, of: tuple[bool, bool, str]) -> Group:
    several, small, word = of
    return ("opens", f"opens {not several} {small} {'opener' in lexicon.lists_of(word)}")


def _beside(lexicon: Lexicon, role: str, of: tuple[str, int]) -> Group:
    word, glued = of
    capital = (f"{role} capital",) if word[0].isupper() else ()
    told = (f"{role}={word.lower()}", f"{role} glued {bool(glued)}")
    return (*told, *capital, *[f"{role} {name}" for name in lexicon.lists_of(word)])


def _farther(lexicon: Lexicon, role: str, telling: Set[str], of: tuple[str, str]) -> Group:
    """`of`: a word, and the one between it and the stretch."""
    word, between = of[0], of[1].lower()
    near = f" {between}" if of[1] in telling else ""
    capital = (f"{role} capital{near}",) if near and word[0].isupper() else ()
    return (f"{role}={word.lower()} {between}", *capital, *[f"{role} {name}{near}" for name in lexicon.lists_of(word)])


def _placed(of: tuple[str, int, str, str]) -> Group:
    kind, whole, *model = of
    place = kind + ("", " begins", " ends", " whole")[whole]
    return (place, " ".join([place, *filter(None, model)]))


def _shape(shapes: Sequence[str]) -> Group:
    shape = " ".join(shapes if len(shapes) <= 5 else [*shapes[:2], "..", *shapes[-2:]])
    return (f"shape {shape}", f"words {min(len(shapes), 6)}")


def _by(of: tuple[str, str, str]) -> Group:
    rule, label, told = of
    return (f"by {rule} {label}", f"by {rule} {label} {told}")


def _word_shape(word: str) -> str:
    if word[0].isdigit():
        return "9"
    if not word[0].isupper():
        return word if len(word) <= 3 else "x"
    if len(word) == 1 or (len(word) == 2 and word[1] == "."):
        return "A"
    return "XX" if word.isupper() else "Xx" if word[1:].islower() else "Xy"
