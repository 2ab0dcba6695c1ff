"""Names found again: what is certain once is a name wherever it stands in the document, in full or by the family name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field

from extract.recognise.names.agreement import Agreement, Group
from extract.recognise.names.brackets import EXPLAINED
from extract.recognise.names.candidate import Candidate
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, DASHES, Words

Named = tuple[Candidate, str]
Known = dict[str, list[tuple[tuple[str, ...], str, str]]]
"""By first word: the words of a name, its label, the rule that found it."""

_GIVEN = "given"
_HEAD = "head"
_SWALLOWED = frozenset({"run", "model", "known", "cue", "gazetteer"})
_SHORTEST = 3  # letters of a family name


@dataclass(frozen=True, slots=True)
class Echoes:
    """Looks for the certain names of a document where nothing was found yet."""

    words: Words
    lexicon: Lexicon
    agreement: Agreement
    lose: Callable[[int, int, str, str, str], None]
    _small: frozenset[str] = field(init=False)
    """The words that the document writes without a capital too."""

    def __post_init__(self) -> None:
        small = {word for word, capital in zip(self.words.lower, self.words.capital, strict=True) if not capital}
        object.__setattr__(self, "_small", frozenset(small))

    def all(self, found: Iterable[Named]) -> list[Named]:
        """The names found, and those found again, in the order of the text; a longer name found again swallows its parts."""
        holders: list[Named | None] = [None] * len(self.words)
        accepted = set()
        for named in found:
            self._put(holders, named)
            accepted.add(self.agreement.group_of(named[0]).key)
        known = self._known(accepted)
        at = 0
        while at < len(self.words):
            again = self._at(at, known, holders)
            if again is not None:
                self._put(holders, again)
            at = again[0].end if again is not None else at + 1
        return [named for at, named in enumerate(holders) if named is not None and named[0].start == at]

    def _put(self, holders: list[Named | None], named: Named) -> None:
        name = named[0]
        for at in range(name.start, name.end):
            holders[at] = named

    def _known(self, accepted: Set[str]) -> Known:
        """The certain names, longest first; then family names, and the heads of parties' names."""
        known: Known = {}
        families: list[tuple[tuple[str, ...], str, str]] = []
        given: list[tuple[tuple[str, ...], str, str]] = []
        heads: list[tuple[tuple[str, ...], str, str]] = []
        for group in self.agreement.groups.values():
            if not group.is_certain or (group.key not in accepted and self._is_shouted_person(group)):
                continue
            for spelling in self._spellings(group):
                known.setdefault(spelling[0], []).append((spelling, group.label, group.members[0].rule))
                if group.label == "PARTY":
                    heads += [((head,), _HEAD, group.members[0].rule) for head in self._heads(spelling)]
                if group.label == "PERSON" and len(spelling) > 1 and self._is_family(spelling[-1]):
                    families.append(((spelling[-1],), "PERSON", group.members[0].rule))
                    other = [word for word in spelling[:-1] if self._is_family(word)]
                    given += [((word,), _GIVEN, group.members[0].rule) for word in other]
        for family in [*families, *given, *heads]:
            known.setdefault(family[0][0], []).append(family)
        for spellings in known.values():
            spellings.sort(key=lambda each: -len(each[0]))
        return known

    def _spellings(self, group: Group) -> Iterator[tuple[str, ...]]:
        """As the document writes it, and in capitals, for its headlines."""
        for spelling in dict.fromkeys(tuple(self.words.text[name.start : name.end]) for name in group.members):
            yield spelling
            shouted = tuple(word.upper() for word in spelling)
            if shouted != spelling and len("".join(spelling)) > _SHORTEST:
                yield shouted

    def _is_shouted_person(self, group: Group) -> bool:
        """`LEGAL FRAMEWORK`: a person that stands in lines of capitals only."""
        return group.label == "PERSON" and all(self.words.shouted[self.words.block[name.start]] for name in group.members)

    def _heads(self, spelling: tuple[str, ...]) -> Iterator[str]:
        """`Front` for `Broad Front`, `Centre` and `Centres` for `Centre Party`: the word that stands for a party's name."""
        if len(spelling) > 1 and spelling[-1] not in self.lexicon["party_head"] and spelling[-1] not in ("Coalition", "List"):
            yield spelling[-1]
        elif len(spelling) == 2 and spelling[-1] == "Party":
            yield spelling[0]
            yield f"{spelling[0]}s"

    def _is_family(self, word: str) -> bool:
        return (
            len(word) >= _SHORTEST
            and word[0].isupper()
            and word not in self.lexicon["generic"]
            and word not in self.lexicon.nationalities
        )

    def _at(self, at: int, known: Known, holders: list[Named | None]) -> Named | None:
        """The known name that begins at a word where none was found, or none but its parts."""
        for spelling, label, rule in known.get(self.words.text[at], ()):
            end = at + len(spelling)
            if tuple(self.words.text[at:end]) != spelling or self.words.block[at] != self.words.block[end - 1]:
                continue
            if not self._has_room(at, end, holders, label) or (label == _GIVEN and not self._stands_as_given_name(at)):
                continue
            if label == _HEAD:
                if self._stands_as_head(at):
                    return Candidate(at, end, "known", rule), "PARTY"
                continue
            label = "PERSON" if label == _GIVEN else label
            end = self._compound_end(end, label)
            if len(spelling) == 1 and rule != EXPLAINED and not self._stands_as_name(at):
                self.lose(at, end, label, rule, "a plain word where a capital says nothing")
                continue
            return Candidate(self._with_given_name(at, label, holders), end, "known", rule), label
        return None

    def _compound_end(self, end: int, label: str) -> int:
        """The end with `-Mills` behind `Atta`."""
        words = self.words
        dashed = label == "PERSON" and end + 1 < len(words) and words.text[end] in DASHES and words.glued[end]
        return end + 2 if dashed and words.glued[end + 1] and words.capital[end + 1] else end

    def _has_room(self, start: int, end: int, holders: list[Named | None], label: str) -> bool:
        """Whether no name stands in `start:end`, or only shorter ones of no better rank that lie in it."""
        held = {id(named): named[0] for named in holders[start:end] if named is not None}
        if not held:
            return True
        inside = all(start <= name.start and name.end <= end and name.kind in _SWALLOWED for name in held.values())
        if not inside or any(name.end - name.start == end - start for name in held.values()):
            return False
        for name in held.values():
            self.lose(name.start, name.end, label, name.rule, "a part of a longer name of this document")
        return True

    def _stands_as_head(self, at: int) -> bool:
        """A capital between small words or signs, behind an article, in a list, or before a figure."""
        words = self.words
        block = words.block[at]
        if words.in_title_case[block] or words.shouted[block] or words.is_first(at) or not words.capital[at]:
            return False
        beside = words.text[at + 1 : at + 2]
        if beside and not words.first[at + 1] and (words.capital[at + 1] or beside[0] in ("of", "for", *DASHES)):
            return False
        before = words.before(at)
        listed = words.after(at + 1)[:1].isdigit() or words.after(at + 1) in ("and", ",", *APOSTROPHES)
        return before == "the" or (before in (",", "and", "(", "to", "with", "by", "against") and listed)

    def _stands_as_given_name(self, at: int) -> bool:
        """A given name alone, as in Iceland or Ethiopia: no capital beside it."""
        after = at + 1 < len(self.words) and not self.words.first[at + 1] and self.words.capital[at + 1]
        before = at > 0 and not self.words.first[at] and self.words.capital[at - 1]
        return not after and not before

    def _stands_as_name(self, at: int) -> bool:
        """Whether one word is a name here: not where every word has a capital, unless it is no other word."""
        word = self.words.text[at]
        if word in self.lexicon["generic"]:
            return (word in self.lexicon["soft_head"] or word in self.lexicon["faction_head"]) and self._stands_as_head(at)
        plain = word in self.lexicon["opener"] or self.words.lower[at] in self._small
        if not plain:
            return True
        if self.words.in_title_case[self.words.block[at]]:
            return False
        return (
            not self.words.is_first(at)
            or self.words.after(at + 1) in APOSTROPHES
            or self.words.after(at + 1) in self.lexicon["party_verb"]
        )

    def _with_given_name(self, at: int, label: str, holders: list[Named | None]) -> int:
        """The start with the given name before a family name found again: any capital that is no office and opens no sentence."""
        before = at - 1
        if label != "PERSON" or before < 0 or self.words.first[at] or holders[before] is not None:
            return at
        given = self.words.lower[before] in self.lexicon.given_names
        return before if given or self._may_be_given(before) else at

    def _may_be_given(self, at: int) -> bool:
        word, lower = self.words.text[at], self.words.lower[at]
        if not self.words.capital[at] or not word.isalpha() or self.words.is_first(at):
            return False
        lists = ("office", "office_part", "opener", "generic", "calendar", "weekday", "party_word")
        return lower not in self.lexicon["title"] and not any(word in self.lexicon[name] for name in lists) and not word.isupper()


__all__ = ["Echoes", "Group"]
