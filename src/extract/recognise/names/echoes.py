"""Names found again: what is certain once is a name wherever it stands in the document, in full or by the family name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from extract.recognise.names.agreement import Agreement, Group
from extract.recognise.names.candidate import Candidate
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, Words

Named = tuple[Candidate, str]
Known = dict[str, list[tuple[tuple[str, ...], str, str]]]
"""By first word: the words of a name, its label, the rule that found it."""

_GIVEN = "given"
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
        """The names found, and those found again, in the order of the text."""
        names = list(found)
        taken = [False] * len(self.words)
        for name, _ in names:
            taken[name.start : name.end] = [True] * (name.end - name.start)
        return sorted([*names, *self._again(self._known(), taken)], key=lambda each: each[0].start)

    def _known(self) -> Known:
        """The certain names, longest first; then the family names of persons."""
        known: Known = {}
        families: list[tuple[tuple[str, ...], str, str]] = []
        given: list[tuple[tuple[str, ...], str, str]] = []
        for group in self.agreement.groups.values():
            if not group.is_certain:
                continue
            for spelling in dict.fromkeys(tuple(self.words.text[name.start : name.end]) for name in group.members):
                known.setdefault(spelling[0], []).append((spelling, group.label, group.members[0].rule))
                if group.label == "PERSON" and len(spelling) > 1 and self._is_family(spelling[-1]):
                    families.append(((spelling[-1],), "PERSON", group.members[0].rule))
                    given += [((spelling[0],), _GIVEN, group.members[0].rule)] if self._is_family(spelling[0]) else []
        for family in [*families, *given]:
            known.setdefault(family[0][0], []).append(family)
        for spellings in known.values():
            spellings.sort(key=lambda each: -len(each[0]))
        return known

    def _is_family(self, word: str) -> bool:
        return (
            len(word) >= _SHORTEST
            and word[0].isupper()
            and word not in self.lexicon["generic"]
            and word not in self.lexicon.nationalities
        )

    def _again(self, known: Known, taken: list[bool]) -> Iterator[Named]:
        at = 0
        while at < len(self.words):
            match = None if taken[at] else self._at(at, known, taken)
            if match is None:
                at += 1
                continue
            name = match[0]
            taken[name.start : name.end] = [True] * (name.end - name.start)
            yield match
            at = name.end

    def _at(self, at: int, known: Known, taken: list[bool]) -> Named | None:
        for spelling, label, rule in known.get(self.words.text[at], ()):
            end = at + len(spelling)
            if (
                tuple(self.words.text[at:end]) != spelling
                or any(taken[at:end])
                or self.words.block[at] != self.words.block[end - 1]
            ):
                continue
            if label == _GIVEN and not self._stands_as_given_name(at):
                continue
            label = "PERSON" if label == _GIVEN else label
            if len(spelling) == 1 and not self._stands_as_name(at):
                self.lose(at, end, label, rule, "a plain word where a capital says nothing")
                continue
            return Candidate(self._with_given_name(at, label, taken), end, "known", rule), label
        return None

    def _stands_as_given_name(self, at: int) -> bool:
        """A given name alone, as in Iceland or Ethiopia: no capital beside it."""
        after = at + 1 < len(self.words) and not self.words.first[at + 1] and self.words.capital[at + 1]
        before = at > 0 and not self.words.first[at] and self.words.capital[at - 1]
        return not after and not before

    def _stands_as_name(self, at: int) -> bool:
        """Whether one word is a name here: not where every word has a capital, unless it is no other word."""
        word = self.words.text[at]
        if word in self.lexicon["generic"]:
            return False
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

    def _with_given_name(self, at: int, label: str, taken: list[bool]) -> int:
        """The start with a given name before a family name."""
        before = at - 1
        if label != "PERSON" or before < 0 or self.words.first[at] or taken[before] or not self.words.capital[before]:
            return at
        word = self.words.text[before]
        given = self.words.lower[before] in self.lexicon.given_names
        plain = (
            word in self.lexicon["office"]
            or word in self.lexicon["office_part"]
            or word in self.lexicon["opener"]
            or self.words.lower[before] in self.lexicon["title"]
        )
        return before if given and not plain else at


__all__ = ["Echoes", "Group"]
