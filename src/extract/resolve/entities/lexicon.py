"""The words that names are made of, from `rules/given_names.yml` and `rules/name_words.yml`, ready to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.resolve.entities.folding import fold, keys
from extract.rules.load import library_of, rule_paths

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Word lists; `given` leads from a fold key to the numbers of the names that it may stand for."""

    given: Mapping[str, frozenset[int]]
    lists: Mapping[str, frozenset[str]]
    same_words: Mapping[str, str]
    numbers: Mapping[str, str]
    places_of_words: Mapping[str, str]
    adjectives: Mapping[str, str]
    place_names: Mapping[str, str]
    body_names: Mapping[str, str]
    legal_forms: tuple[tuple[str, ...], ...]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]

    def given_names(self, word: str) -> frozenset[int]:
        """The names that a word may stand for; empty if it is no known given name."""
        return _given_names_of(self, word)

    def share_given_name(self, a: str, b: str) -> bool:
        """Whether two words are forms of one given name (`Harry`, `Garri`)."""
        return bool(self.given_names(a) & self.given_names(b))


@lru_cache(maxsize=200_000)
def _given_names_of(lexicon: Lexicon, word: str) -> frozenset[int]:
    return frozenset().union(*(lexicon.given.get(key, frozenset()) for key in keys(word)))


_WORD_LISTS = (
    "titles", "male_titles", "female_titles", "name_suffixes", "particles", "leading_surnames", "stopwords",
    "sub_units", "generic", "type_words",
    "institutions", "directions", "official_prefixes", "natural_features", "event_words", "election_kinds",
)  # fmt: skip


@lru_cache(maxsize=8)
def load_lexicon(extra_given_names: Groups = ()) -> Lexicon:
    """The packaged lists, with given-name lines of the user's own added."""
    rules = library_of({name: path for name, path in rule_paths(None).items() if name in _FILES})
    words = rules.file("name_words").lists
    lines = [str(line).split() for line in rules.file("given_names").lists["given_names"]]
    return Lexicon(
        given=_given_names([*lines, *extra_given_names]),
        lists={name: frozenset(words[name]) for name in _WORD_LISTS},
        same_words=_mapping(words["same_words"]),
        numbers=_mapping(words["numbers"]),
        places_of_words=_places_of_words(_mapping(words["demonyms"])),
        adjectives=_adjectives(_mapping(words["demonyms"])),
        place_names=_mapping(words["place_names"]),
        body_names=_mapping(words["body_names"]),
        legal_forms=tuple(sorted((tuple(form.split()) for form in words["legal_forms"]), key=lambda form: (-len(form), form))),
    )


_FILES = ("given_names", "name_words")


def _mapping(words: object) -> dict[str, str]:
    assert isinstance(words, Mapping)
    return {str(word): str(value) for word, value in words.items()}


def _given_names(lines: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        for word in line:
            found[fold(word)].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def _adjectives(demonyms: Mapping[str, str]) -> dict[str, str]:
    """From the plural of a people whose singular is no adjective to the adjective (`turks`: `turkish`)."""
    found: dict[str, str] = {}
    for words in demonyms.values():
        adjective, *nouns = words.split()
        if adjective.endswith("ish"):
            found |= {noun: adjective for noun in nouns if noun.endswith("s")}
    return found


def _places_of_words(demonyms: Mapping[str, str]) -> dict[str, str]:
    """From `georgian` and `georgians` to `georgia`, as far as the list knows; a place leads to itself."""
    places = {place: place for place in demonyms}
    for place, words in demonyms.items():
        for word in words.split():
            name = word.replace("_", " ")
            places.setdefault(name, place)
            places.setdefault(name + "s", place)
    return places
