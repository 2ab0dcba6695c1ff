"""Document-level agreement: one label for all mentions of a name, settled by what speaks for each of them and for its kin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import OSA

from extract.recognise.names.candidate import Candidate, Vote, settle, tally, vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.policy import CERTAIN, CLEAR, ENOUGH, LABELS, MODEL_AT_MOST, PER_SPELLING
from extract.recognise.names.words import Words, fold

_LONGEST_ALIAS = 5  # words between a name and its other name
_LONGEST_LINK = 3  # words between two members of a list
_ALIKE = 6  # letters from which on one slip is forgiven
_VERY_ALIKE = 10  # two slips
_MOST_COMPARED = 300
_MEMBERSHIP = (["of"], ["of", "the"], ["'s"], ["'s", "new"])
_POSSESSION = (["'s"], ["'"])
_ABOUT_PARTIES = 3  # certain parties that make a document one about parties


@dataclass(slots=True)
class Group:
    """All mentions of one spelling in a document: the sum of their votes, and the label that comes of it."""

    key: str
    sums: dict[str, float]
    members: list[Candidate] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The label with the most votes."""
        return settle(self.sums)[0]

    @property
    def weight(self) -> float:
        """The votes for the label."""
        return settle(self.sums)[1]

    @property
    def is_certain(self) -> bool:
        """Whether it may be looked for in the whole document, and may speak for its kin."""
        return self.weight >= CERTAIN

    @property
    def is_settled(self) -> bool:
        """Whether nothing more need be asked: certain, by more than a model's word, and well before the next label."""
        first, second = sorted(self.sums.values(), reverse=True)[:2]
        modelled = sum(each.weight for name in self.members for each in name.votes if each.sign == "model")
        return self.is_certain and first - second >= CLEAR and first - min(modelled, MODEL_AT_MOST) >= ENOUGH

    def give(self, votes: Iterable[Vote]) -> None:
        """Adds votes."""
        for each in votes:
            self.sums[each.label] += each.weight
            self.votes.append(each)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The names of one document, grouped by spelling."""

    words: Words
    lexicon: Lexicon
    groups: Mapping[str, Group]

    @classmethod
    def of(cls, words: Words, lexicon: Lexicon, names: Sequence[Candidate]) -> Agreement:
        """The groups of the chosen candidates, before their kin has spoken."""
        groups: dict[str, Group] = {}
        for name in names:
            key = fold(words.phrase(name.start, name.end))
            group = groups.setdefault(key, Group(key, dict.fromkeys(LABELS, 0.0)))
            group.members.append(name)
        for group in groups.values():
            group.give(_counted(each for name in group.members for each in name.votes))
        return cls(words, lexicon, groups)

    def group_of(self, name: Candidate) -> Group:
        """The group of a candidate that was among the names."""
        return self.groups[fold(self.words.phrase(name.start, name.end))]

    def settle(self) -> None:
        """Lets kin speak for kin: full names for family names, long forms for short ones, spellings for each other."""
        self._give([*self._members_of_parties()])
        close = [*self._families(), *self._brackets(), *self._short_forms(), *self._companions()]
        self._give(close)
        explained = {key for key, each in close if each.sign in ("acronym_of", "bracket_member")}
        self._give([*self._spellings(), *self._neighbours(), *self._acronyms(explained)])

    def _give(self, given: Iterable[tuple[str, Vote]]) -> None:
        for key, each in given:
            self.groups[key].give([each])

    # -- kin -------------------------------------------------------------------------------------------------------

    def _families(self) -> Iterator[tuple[str, Vote]]:
        """The last word of a person's full name is a person."""
        for group in self.groups.values():
            if group.label == "PERSON" and group.is_certain and " " in group.key:
                family = group.key.rsplit(" ", 1)[1]
                if family in self.groups:
                    people = self.groups[family].label == "NORP" and not family.endswith("s")
                    yield family, vote("PERSON", "family_name", 2.0 if people else 1.0)

    def _acronyms(self, explained: set[str]) -> Iterator[tuple[str, Vote]]:
        """An acronym that nothing explains is a party's in a document about parties, else an organisation's."""
        parties = sum(group.is_certain and group.label == "PARTY" for group in self.groups.values())
        label = "PARTY" if parties >= _ABOUT_PARTIES else "ORG"
        for group in self.groups.values():
            votes = [each for name in group.members for each in name.votes]
            known = {each.label for each in votes if each.sign == "known_acronym"}
            if group.key not in explained and any(each.sign == "acronym" for each in votes) and known <= {label}:
                yield group.key, vote(label, "about")

    def _brackets(self) -> Iterator[tuple[str, Vote]]:
        """What stands in brackets behind a name is another form of it, unless it is a country; behind a person, their party."""
        ending = {name.end: group for group in self.groups.values() for name in group.members}
        for group in self.groups.values():
            for name in group.members:
                if self.words.phrase(name.start, name.end) in self.lexicon["country"]:
                    continue
                at = name.start - 1
                while at > 0 and self.words.text[at] in "\"'“”‘«»„":
                    at -= 1
                before = ending.get(at) if at >= 0 and self.words.text[at] == "(" else None
                if before is not None and before.is_certain and before is not group:
                    yield group.key, self._bracket_vote(name, before)
                    if before.label != "PERSON" and any(
                        (each.label, each.sign) == ("PARTY", "known_acronym") for each in name.votes
                    ):
                        yield before.key, vote("PARTY", "acronym_of")
                    if before.label not in ("PERSON", group.label) and group.is_certain and before.weight < group.weight:
                        yield before.key, vote(group.label, "bracket")

    def _bracket_vote(self, name: Candidate, before: Group) -> Vote:
        acronym = self.words.phrase(name.start, name.end).isupper()
        if before.label == "PERSON" and self._are_initials(name, before):
            return vote("PERSON", "initials_of")
        if before.label == "PERSON":
            label = self.groups[fold(self.words.phrase(name.start, name.end))].label
            closes = self.words.after(name.end) == ")"
            place = any(each.label == "GPE" for each in name.votes if each.sign == "model")
            member = acronym or label in ("ORG", "PARTY") or (closes and label == "PERSON" and not place)
            return vote("PARTY", "bracket_member", 1.0 if member else 0.0)
        alike = acronym or before.label in ("PARTY", "GPE")
        return vote(before.label, "acronym_of" if acronym else "bracket", 1.0 if alike else 0.5)

    def _members_of_parties(self) -> Iterator[tuple[str, Vote]]:
        """`Rob Farn (UL)`, `Rob Farn of the UL`: who stands before a certain party is its member, unless the two are one name."""
        names = sorted((name for group in self.groups.values() for name in group.members), key=lambda name: name.start)
        for left, right in pairwise(names):
            one, other = self.group_of(left), self.group_of(right)
            if other.label != "PARTY" or not other.is_certain or not self._may_be_person(left) or self._are_initials(right, one):
                continue
            between = list(self.words.lower[left.end : right.start])
            if between in (["("], ["of"], ["of", "the"]):
                yield one.key, vote("PERSON", "member")

    def _may_be_person(self, name: Candidate) -> bool:
        """Two to four capitalised words without an article before them, none of which heads a body's name."""
        texts = self.words.text[name.start : name.end]
        heads = any(
            word in self.lexicon.heads or word in self.lexicon["party_word"] or word in self.lexicon["soft_head"]
            for word in texts
        )
        return (
            name.kind in ("run", "model", "cue") and 2 <= len(texts) <= 4 and not heads and self.words.before(name.start) != "the"
        )

    def _are_initials(self, name: Candidate, person: Group) -> bool:
        """`Nora Hadad (NH)`, as an interview or a protocol tells its speakers."""
        initials = "".join(word[0] for word in person.key.split())
        return fold(self.words.phrase(name.start, name.end)).replace(".", "") == initials

    def _short_forms(self) -> Iterator[tuple[str, Vote]]:
        """`Farn Congress` for `Ira Farn Congress`, `Communist Party` for that of a country, `Ira Farn` for `Ira Farn Party`."""
        for group in self.groups.values():
            if group.is_certain and " " in group.key and group.label in ("PARTY", "ORG"):
                for short in _shorter(group.key):
                    if short in self.groups:
                        yield short, vote(group.label, "short_form")

    def _companions(self) -> Iterator[tuple[str, Vote]]:
        """`Ivan Petrov of Yabloko`, `Kadima's Tzipi Livni` tell a party, `X, better known as Y` a second name of X."""
        names = sorted((name for group in self.groups.values() for name in group.members), key=lambda name: name.start)
        for left, right in pairwise(names):
            one, other = self.group_of(left), self.group_of(right)
            between = list(self.words.lower[left.end : right.start])
            if (
                between in _POSSESSION
                and other.label == "PERSON"
                and " " in other.key
                and other.is_certain
                and not one.is_settled
            ):
                yield one.key, vote("PARTY", "member_of")
            if not one.is_certain or other.is_settled or any(self.words.first[left.end : right.start + 1]):
                continue
            if one.label == "PERSON" and between in _MEMBERSHIP:
                yield other.key, vote("PARTY", "member_of")
            elif len(between) <= _LONGEST_ALIAS and between[-2:] in (["known", "as"], ["nicknamed"], [",", "alias"]):
                yield other.key, vote(one.label, "known_as")

    def _neighbours(self) -> Iterator[tuple[str, Vote]]:
        """A doubtful member of a coordinated list is what the member next to it is."""
        names = sorted((name for group in self.groups.values() for name in group.members), key=lambda name: name.start)
        for left, right in pairwise(names):
            share = self._coordination(left.end, right.start)
            if not share:
                continue
            one, other = self.group_of(left), self.group_of(right)
            for sure, unsure in ((one, other), (other, one)):
                if sure.weight >= ENOUGH and sure.label != "NORP" and not unsure.is_settled:
                    yield unsure.key, vote(sure.label, "neighbour", share)

    def _coordination(self, end: int, start: int) -> float:
        """How firmly the words between two names make them members of one list: `and` does, a mere comma may not."""
        between = self.words.lower[end:start]
        signs = [word for word in between if word not in ("the", "a", "an")]
        shouted = self.words.shouted[self.words.block[start]]
        if shouted or len(between) > _LONGEST_LINK or any(self.words.first[end : start + 1]):
            return 0.0
        if signs in (["and"], [",", "and"], ["or"], ["&"]):
            return 1.0
        return 0.5 if signs == [","] else 0.0

    def _spellings(self) -> Iterator[tuple[str, Vote]]:
        """A doubtful name takes the label of a certain one that is written almost alike."""
        certain: dict[str, list[Group]] = {}
        for group in self.groups.values():
            if group.is_certain and not any(name.kind == "gazetteer" for name in group.members):
                certain.setdefault(group.key[:1], []).append(group)
                if group.label == "PERSON" and " " in group.key:
                    family = group.key.rsplit(" ", 1)[1]
                    certain.setdefault(family[:1], []).append(Group(family, group.sums, group.members))
        for group in self.groups.values():
            if not group.is_certain and not any(name.kind == "gazetteer" for name in group.members):
                for other in certain.get(group.key[:1], ())[:_MOST_COMPARED]:
                    if other.key != group.key and _alike(group.key, other.key):
                        yield group.key, vote(other.label, "spelling")
                        break


def _counted(votes: Iterable[Vote]) -> list[Vote]:
    """The votes that count: of signs that lie in the words themselves the strongest of each kind, of the model's not too many."""
    once: dict[tuple[str, str], Vote] = {}
    each_time, modelled = [], []
    for given in votes:
        if given.sign == "model":
            modelled.append(given)
        elif given.sign not in PER_SPELLING:
            each_time.append(given)
        elif abs(given.weight) > abs(once.get((given.label, given.sign), _NOTHING).weight):
            once[given.label, given.sign] = given
    share = min(1.0, MODEL_AT_MOST / (sum(each.weight for each in modelled) or 1.0))
    return [*once.values(), *each_time, *(Vote(each.label, each.weight * share, each.sign) for each in modelled)]


_NOTHING = Vote(LABELS[0], 0.0, "")


def _shorter(key: str) -> Iterator[str]:
    words = key.split(" ")
    for at, word in enumerate(words):
        if word in ("of", "for") and at > 0:
            yield " ".join(words[:at])
        if 0 < at < len(words) - 1:
            yield " ".join(words[at:])
    if words[-1] in ("party", "movement", "bloc", "alliance", "coalition"):
        yield " ".join(words[:-1])


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _ALIKE or one == other:
        return False
    slips = 2 if shorter >= _VERY_ALIKE else 1
    return OSA.distance(one, other, score_cutoff=slips) <= slips


__all__ = ["Agreement", "Group", "tally"]
