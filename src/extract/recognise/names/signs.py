"""What is known of a stretch before the document as a whole has spoken: signs, short strings that a reader understands.

Signs come in groups, each made once for the same words and known by its number from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import count, repeat
from typing import Any

import numpy as np

from extract.recognise.model import Certainty
from extract.recognise.names import kin
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import ALPHA, APOSTROPHES, TELLING, Kinds, Stretch, Words, word_shape
from extract.recognise.scale import (
    NOTHING,
    Flags,
    Group,
    Groups,
    Pairs,
    Row,
    Sheet,
    Table,
    Wholes,
    alone,
    are_fresh,
    two_rows,
    within,
)

Seen = tuple[Wholes, Wholes, Sequence[str]]
"""The names that a model sees, in the order of the text: where their words begin and end, and their labels."""

_SHARES = (0.004, 0.015, 0.04)  # of such words among all, up to which a document is little, somewhat, much about elections
_LENGTHS = (60, 250)  # words up to which a document is a sentence, a page
_OF_POSTS = ("@", "#", "http:", "https:")
_TALK = frozenset(["i", "u", "you", "ur", "your", "me", "my", "we", "lol", "lmao", "omg", "haha", "!", "!!", "!!!", "?"])
_INSIDE = frozenset(
    {"of", "the", "for", "and", "in", "on", "'s", "’s", "-", "–", "/", "&", ",", "(", ")", "'", "’", "against", "to", "."}
)
_BETWEEN, _BEHIND = frozenset({"of", "the", "by"}), frozenset({*APOSTROPHES, "(", ",", "%"})
"""The words between a stretch and the second before it or behind it that tell of that."""
_STEPS = np.array((0.07, 0.15, 0.35, 0.55, 0.75, 0.9, 0.97))
_SURE = 8  # the step from which on a model's name is not taken to pieces
_OPENS, _ENDS = 2, 2  # what tells of the words beside that there are none
_SHAPE = np.dtype(np.intc).itemsize
_SIDES = (("cut", "before"), ("cut", "after"), ("add", "first"), ("add", "next"), ("add", "last"))
"""What a stretch has less than the model's name, or more."""
_UNKNOWN = 0.92
"""How sure a model is taken to be that does not tell."""


class Vocabulary:
    """The words and the groups of signs that documents have had, each made once for all."""

    def __init__(self, lexicon: Lexicon, groups: Groups | None = None) -> None:
        self.lexicon, self.groups = lexicon, Groups() if groups is None else groups
        self.kinds = Kinds(lexicon.of_layout)
        row, table = partial(Row, self.groups), partial(Table, self.groups)
        words = lexicon, self.kinds.text
        self.first, self.last, self.inner = (row(2, _own, *words, each) for each in (("word", "first"), ("", "last"), ("", "in")))
        self.left, self.right = row(_OPENS + 4, _left, *words), row(_ENDS + 1, _right, *words)
        self.before2, self.after2 = (table(_farther, *words, *told) for told in (("before2", _BETWEEN), ("after2", _BEHIND)))
        self.edges, self.shapes = table(_edge, lexicon), table(_shape, self.kinds.shapes)
        self.alone, self.by, self.placed = map(table, (alone, _by, _placed))
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
    chance: Wholes
    """How likely that is, a step, or 0."""
    about: str
    aided: bool
    small: Flags
    """Whether the document writes a word without a capital too, in the singular or plural."""

    @classmethod
    def of(cls, words: Words, known: Vocabulary, seen: Seen, certainty: Certainty | None, aided: bool) -> Signs:
        """The reader of a document; `aided`: whether a model has looked at it."""
        *places, labels = seen
        bounds = np.array([np.concatenate((each, (0,))) for each in places])
        stretches = zip(*(each.tolist() for each in places), strict=True)
        sure = map(certainty.entities.__getitem__, stretches) if certainty else [_UNKNOWN] * len(labels)
        begun, over = (np.bincount(each[:-1], minlength=len(words) + 1).cumsum() for each in bounds)
        might, chance = [""] * len(words) if certainty and aided else [], np.zeros(len(words), np.intp)
        if might and certainty:
            for at, (label, _) in certainty.begins.items():
                might[at] = label
            chance[[*certainty.begins]] = _steps([probability for _, probability in certainty.begins.values()])
        sures, small = _steps([*sure, 0]), known.kinds.are_small(words.kind[:-2], np.frombuffer(words.capital, dtype=bool))
        return cls(words, known, labels, bounds, sures, begun, over, might, chance, _about(words), aided, small)

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
        return np.flatnonzero(np.where(begun > over, whole | edge, (self.chance[starts] > 0) | (ends - starts > 1)))

    def of_stretches(
        self,
        starts: Wholes,
        ends: Wholes,
        phrases: Sequence[str],
        keys: Sequence[str],
        proposed: Mapping[Stretch, Sequence[tuple[str, str]]],
    ) -> Sheet:
        """The groups of the stretches.

        `phrases`, `keys`: their words, as written and in one spelling. `proposed`: rule and label of what proposes some.
        """
        if not phrases:
            return Sheet.of([[]])
        known, alone, spoken = self.known, self.known.alone, self.about[:2]
        several = ends - starts > 1
        model, more, said = self._of_model(starts, ends)
        about = np.full(len(starts), known.groups["", f"about {spoken}", f"length {self.about[2:]}"])
        columns = (about, *self._of_words(starts, ends, several), *self._beside(starts, ends, several), model)
        longer, capital = np.flatnonzero(several).tolist(), np.frombuffer(self.words.capital, dtype=bool)
        owners, inner = within(starts + 1, ends - 1)
        more.append((owners, known.inner.all(self.words.kind[inner], 1)))
        for whole, told, of in (("whole generic", phrases, known.lexicon.generic), ("whole town", keys, known.lexicon.towns)):
            more.append(two_rows([(number, alone[whole]) for number in longer if told[number] in of]))
        large, capitals = (np.concatenate(([0], each.cumsum())) for each in (~self.small, capital))
        also = np.flatnonzero((large[starts] == large[ends]) & (capitals[starts] < capitals[ends]))
        more.append((also, np.where(several[also], alone["all also small"], alone["also small"])))
        numbers = dict(zip(zip(starts.tolist(), ends.tolist(), strict=True), count()))
        by = [
            (numbers[stretch], known.by[*each, spoken]) for stretch, by in proposed.items() if stretch in numbers for each in by
        ]
        return Sheet.of((*columns, self._placed(starts, ends, said)), [*more, two_rows(by)])

    def _of_words(self, starts: Wholes, ends: Wholes, several: Flags) -> tuple[Wholes, ...]:
        """The groups of the only word, or of the first, the last and all together."""
        known, kind = self.known, self.words.kind
        shapes, longer = np.full(len(starts), NOTHING), np.flatnonzero(several)
        shape = np.frombuffer(known.kinds.shape, np.intc)[kind].tobytes()
        places = zip((_SHAPE * starts[longer]).tolist(), (_SHAPE * ends[longer]).tolist(), strict=True)
        shapes[longer] = known.shapes.all((shape[start:end] for start, end in places), len(longer))
        return known.first.all(kind[starts], several), known.last.all(kind[ends - 1], several), shapes

    def _beside(self, starts: Wholes, ends: Wholes, several: Flags) -> Iterator[Wholes]:
        """The groups of the two words before and the two behind, in the same sentence."""
        known, kind = self.known, self.words.kind
        first, glued = (np.frombuffer(each, dtype=bool) for each in (self.words.first, self.words.glued))
        opens, closes = first[starts], first[ends]
        yield known.left.all(kind[starts - ~opens], np.where(opens, _OPENS + 2 * several + self.small[starts], glued[starts]))
        yield self._farther(known.before2, kind, starts - 2, starts - 1, opens | first[starts - 1])
        yield known.right.all(kind[ends], np.where(closes, _ENDS, glued[ends]))
        yield self._farther(known.after2, kind, ends + 1, ends, closes | first[np.minimum(ends + 1, len(self.words))])

    @staticmethod
    def _farther(table: Table, kind: Wholes, far: Wholes, near: Wholes, is_out: Flags) -> Wholes:
        column, there = np.full(len(far), NOTHING), np.flatnonzero(~is_out)
        pairs = zip(kind[far[there]].tolist(), kind[near[there]].tolist(), strict=True)
        column[there] = table.all(pairs, len(there))
        return column

    def _placed(self, starts: Wholes, ends: Wholes, said: Sequence[tuple[str, str]]) -> Wholes:
        """The groups of where the stretches stand; `said`: what the model says of each."""
        words, kinds = self.words, _kinds(self.words)
        whole = words.opens[starts] + 2 * words.closes[ends - 1]
        placed = zip(map(kinds.__getitem__, words.block[starts].tolist()), whole.tolist(), said, strict=True)
        return self.known.placed.all(placed, len(starts))

    # -- the model -------------------------------------------------------------------------------------------------

    def _of_model(self, starts: Wholes, ends: Wholes) -> tuple[Wholes, list[Pairs], list[tuple[str, str]]]:
        """A group of what the model says of each stretch; what more it says of some; how each lies to the one name it sees there.

        With that are the labels of these names.
        """
        over, lengths, told = self.over[starts], np.minimum(ends - starts, 3), self.about[:2]
        count = np.maximum(self.begun[ends - 1] - over, 0)
        owners, which = within(over, over + count)
        places = np.concatenate((np.array((starts, ends))[:, owners], self.bounds[:, which]))
        relations, labels = _relations(*places), [*map(self.labels.__getitem__, which.tolist())]
        seen = zip(relations, labels, self.sure[which].tolist(), repeat(told), lengths[owners].tolist())
        groups = self.known.seen.all(seen, len(owners))
        column = np.full(len(starts), NOTHING)
        fresh = are_fresh(owners)
        column[owners[fresh]] = groups[fresh]
        said = [("none" if self.might else "unaided", "")] * len(starts)
        for number, relation in zip(owners.tolist(), zip(relations, labels, strict=True), strict=True):
            said[number] = relation
        for number in owners[~fresh].tolist():
            said[number] = "several", ""
        more: list[Pairs] = [(owners[~fresh], groups[~fresh]), self._differences(owners, labels, places)]
        if self.might:  # that it sees nothing says less of a model that has no second thoughts
            unseen = np.flatnonzero(count == 0)
            (owner, at), inner = within(starts[unseen] + 1, ends[unseen]), np.full(len(unseen), _steps(0))
            np.maximum.at(inner, owner, self.chance[at])
            at = starts[unseen]
            might = map(self.might.__getitem__, at.tolist()), self.chance[at].tolist()
            of = zip(*might, repeat(told), lengths[unseen].tolist(), inner.tolist())
            column[unseen] = self.known.unseen.all(of, len(unseen))
        return column, more, said

    def _differences(self, owners: Wholes, labels: Sequence[str], places: Wholes) -> tuple[Wholes, Wholes]:
        """The words at the edges by which stretches and the model's names differ; `places`: starts and ends of both."""
        start, end, first, last = places
        sides = (first < start) & (end <= last), (end < last) & (first <= start), (start < first) & (last <= end)
        side, pair = np.nonzero((*sides, longer := (last < end) & (start <= first), longer))
        words = map(self.words.text.__getitem__, np.array((start - 1, end, start, last, end - 1))[side, pair].tolist())
        edges = zip(map(_SIDES.__getitem__, side.tolist()), map(labels.__getitem__, pair.tolist()), words, strict=True)
        return owners[pair], self.known.edges.all(edges, len(pair))


def _kinds(words: Words) -> list[str]:
    """What each block is, and whether capitals say little in it."""
    return [
        f"block {block.kind}{' title' * titled}{' shout' * shouted}{' header' * header}{' field' * (block.field is not None)}"
        for block, titled, shouted in zip(words.blocks, words.in_title_case, words.shouted, strict=True)
        for header in (block.cell is not None and block.cell.is_header,)
    ]


def _about(words: Words) -> str:
    """How much a document speaks of elections (`e0` to `e4`; `ep`: it is a post), and how long it is (`s`, `m`, `l`)."""
    spoken, length = (int(np.count_nonzero(words.told & what)) for what in (TELLING, ALPHA))
    much = sum(spoken / (length or 1) >= share for share in _SHARES) + 1 if spoken else 0
    size = "sml"[sum((length or 1) >= limit for limit in _LENGTHS)]
    is_post = size == "s" and any(word in _TALK or word.startswith(_OF_POSTS) for word in words.lower)
    return f"e{'p' if is_post else much}{size}"


def _steps(probabilities: Any) -> Any:
    """Probabilities as one of a few steps, 2 to 9."""
    return 2 + _STEPS.searchsorted(probabilities)


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


def _own(lexicon: Lexicon, text: Sequence[str], roles: Sequence[str], kind: int, several: int) -> Group:
    """Of a word of a stretch; `roles`: that in a stretch of one word, if it has one there, and of several."""
    return _word(lexicon, roles[several], text[kind]) if roles[several] else ()


def _word(lexicon: Lexicon, role: str, word: str) -> Group:
    lower = word.lower()
    said = () if role == "in" and lower not in _INSIDE else (f"{role}={lower}",)
    ending = (f"ending {role == 'last'} {lower[-3:]}",) if role in ("word", "last") else ()
    shape = _shaped((word_shape(word),)) if role == "word" else ()
    return (*said, *ending, *shape, *[f"{role} {name}" for name in lexicon.lists_of(word)])


def _edge(lexicon: Lexicon, of: tuple[tuple[str, str], str, str]) -> Group:
    (role, side), label, word = of
    return _word(lexicon, f"{role} {label} {side}", word)


def _left(lexicon: Lexicon, text: Sequence[str], kind: int, how: int) -> Group:
    """Of the word before, if `how` is 0 or 1: whether the stretch is glued to it; else of the first of a sentence."""
    if how < _OPENS:
        return _beside(lexicon, "before", text[kind], how)
    several, small = divmod(how - _OPENS, 2)
    return ("opens", f"opens {not several} {bool(small)} {'opener' in lexicon.lists_of(text[kind])}")


def _right(lexicon: Lexicon, text: Sequence[str], kind: int, how: int) -> Group:
    return _beside(lexicon, "after", text[kind], how) if how < _ENDS else ("ends",)


def _beside(lexicon: Lexicon, role: str, word: str, glued: int) -> Group:
    capital = (f"{role} capital",) if word[0].isupper() else ()
    told = (f"{role}={word.lower()}", f"{role} glued {bool(glued)}")
    return (*told, *capital, *[f"{role} {name}" for name in lexicon.lists_of(word)])


def _farther(lexicon: Lexicon, text: Sequence[str], role: str, telling: Set[str], of: tuple[int, int]) -> Group:
    """`of`: a word, and the one between it and the stretch."""
    word, between = text[of[0]], text[of[1]].lower()
    near = f" {between}" if between in telling else ""
    capital = (f"{role} capital{near}",) if near and word[0].isupper() else ()
    return (f"{role}={word.lower()} {between}", *capital, *[f"{role} {name}{near}" for name in lexicon.lists_of(word)])


def _placed(of: tuple[str, int, tuple[str, str]]) -> Group:
    kind, whole, model = of
    place = kind + ("", " begins", " ends", " whole")[whole]
    return (place, " ".join([place, *filter(None, model)]))


def _shape(known: Mapping[str, int], of: bytes) -> Group:
    shapes = [*known]
    return _shaped([shapes[number] for number in np.frombuffer(of, np.intc)])


def _shaped(shapes: Sequence[str]) -> Group:
    shape = " ".join(shapes if len(shapes) <= 5 else [*shapes[:2], "..", *shapes[-2:]])
    return (f"shape {shape}", f"words {min(len(shapes), 6)}")


def _by(of: tuple[str, str, str]) -> Group:
    rule, label, told = of
    return (f"by {rule} {label}", f"by {rule} {label} {told}")
