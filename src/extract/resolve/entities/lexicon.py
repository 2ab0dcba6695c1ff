"""The words that names are made of, from `rules/given_names.yml` and `rules/name_words.yml`, ready to look up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from anyascii import anyascii

from extract.resolve.entities.folding import fold, keys
from extract.rules.load import packaged

_ENDING = 5  # letters of the longest ending of a Russian word
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The `lists` of `name_words.yml`, those that lead from word to word as `maps`, and what is made of them.

    `given` leads from a fold key to the numbers of the names that it may stand for.
    """

    given: Mapping[str, frozenset[int]]
    lists: Mapping[str, frozenset[str]]
    maps: Mapping[str, Mapping[str, str]]
    initials_abroad: Mapping[str, str]
    places_of_words: Mapping[str, str]
    adjectives: Mapping[str, str]
    adjective_of: Mapping[str, str]
    legal_forms: tuple[tuple[str, ...], ...]
    worlds: Mapping[str, str]
    countries: Mapping[str, str]
    family_names: frozenset[str]
    towns: frozenset[str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]

    @cached_property
    def of_many(self) -> frozenset[str]:
        """The words that names of many bodies, places and events have."""
        lists = ("generic", "type_words", "institutions", "official_prefixes", "event_words", "natural_features")
        return frozenset().union(*(self.lists[name] for name in lists))

    def given_names(self, word: str) -> frozenset[int]:
        """The names that a word may stand for; empty if it is no known given name."""
        return _given_names_of(self, word)

    def are_both_known(self, a: str, b: str) -> bool:
        """Whether two words are common names of people, or known places: then they are two, however alike."""
        return (self._is_common(a) and self._is_common(b)) or (self.is_place(a) and self.is_place(b))

    def are_two_family_names(self, a: str, b: str) -> bool:
        """Whether two spellings that differ by more than accents and dashes are each a common family name (`Moore`, `More`)."""
        first, second = (re.sub("[^a-z]", "", anyascii(name).lower()) for name in (a, b))
        return (a + b).isascii() and first != second and first in self.family_names and second in self.family_names

    def _is_common(self, word: str) -> bool:
        return anyascii(word).lower() in self.family_names or bool(self.given_names(word))

    def is_place(self, text: str) -> bool:
        """Whether a country, region, people or town is called so."""
        plain = anyascii(text).lower()
        return plain in self.towns or plain in self.places_of_words or plain in self.maps["place_names"]

    def country_of(self, text: str) -> str | None:
        """The country (lower case) that a place, people or adjective belongs to, None for what is no country's."""
        lower = text.lower()
        country = self.countries.get(lower) or self.places_of_words.get(self.usual_place(lower))
        if country is None or country in self.lists["regions"]:
            return None
        return self.maps["parts_of_countries"].get(country, country)

    def translated(self, word: str) -> str | None:
        """What a romanised word of Russian means that bodies are called by (`federalnaya`: `federal`), None for any other."""
        return _translated(self, word)

    @cached_property
    def russian(self) -> Mapping[str, str]:
        """The stems of such words by their keys, with what they mean."""
        return {fold(stem): meaning for stem, meaning in self.maps["russian_words"].items()}

    def is_slavic(self, word: str) -> bool:
        """Whether a word is a given name of Russian, Ukrainian or Belarusian and no other language."""
        return fold(word) in self._slavic_keys

    @cached_property
    def _slavic_keys(self) -> frozenset[str]:
        return frozenset(map(fold, self.lists["east_slavic_given_names"]))

    def is_arabic(self, word: str) -> bool:
        """Whether a word is a given name that marks a name as Arabic or Persian."""
        return bool(self.given_names(word) & self._arabic_groups) or word.lower() in self.lists["arabic_given_names"]

    @cached_property
    def _arabic_groups(self) -> frozenset[int]:
        """The lines of given names that are Arabic or Persian and nothing else."""
        return frozenset().union(*(self.given_names(word) for word in self.lists["arabic_given_names"]))

    def usual_place(self, text: str) -> str:
        """The name that a place is usually called by (`russian federation`: `russia`), in lower case."""
        lower = text.lower()
        readings = (lower, lower.replace(".", ""), anyascii(lower))
        return next((self.maps["place_names"][each] for each in readings if each in self.maps["place_names"]), readings[1])

    def capitalised(self, name: str) -> str:
        """A name of the lists as it is written (`democratic republic of the congo`)."""
        return " ".join(word if word in self["stopwords"] else word.capitalize() for word in name.split())

    @cached_property
    def legal_forms_by_last_word(self) -> Mapping[str, list[tuple[str, ...]]]:
        """The legal forms under their last word, longest first."""
        return _indexed(self.legal_forms, -1)

    @cached_property
    def legal_forms_by_first_word(self) -> Mapping[str, list[tuple[str, ...]]]:
        """The legal forms under their first word, longest first."""
        return _indexed(self.legal_forms, 0)


def _indexed(forms: Iterable[tuple[str, ...]], at: int) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for form in forms:
        found[form[at]].append(form)
    return dict(found)


@lru_cache(maxsize=200_000)
def _given_names_of(lexicon: Lexicon, word: str) -> frozenset[int]:
    return frozenset().union(*(lexicon.given.get(key, frozenset()) for key in keys(word)))


@lru_cache(maxsize=200_000)
def _translated(lexicon: Lexicon, word: str) -> str | None:
    key = fold(word)
    sizes = range(len(key), max(len(key) - _ENDING, 4) - 1, -1)
    return next((lexicon.russian[key[:size]] for size in sizes if key[:size] in lexicon.russian), None)


def load_lexicon(extra_given_names: Groups = ()) -> Lexicon:
    """The packaged lists, with given-name lines of the user's own added; the same lines give the same lexicon."""
    return _load(extra_given_names)


@lru_cache(maxsize=8)
def _load(extra_given_names: Groups) -> Lexicon:
    words = packaged("name_words").lists
    lines = [str(line).split() for line in packaged("given_names").lists["given_names"]]
    maps = {name: {word: str(value) for word, value in found.items()} for name, found in words.items()}
    demonyms = maps["demonyms"]
    forms = (tuple(form.split()) for form in words["legal_forms"])
    return Lexicon(
        given=_given_names([*lines, *extra_given_names]),
        lists={name: frozenset(found) for name, found in words.items()},
        maps=maps,
        initials_abroad={word: letters.replace(" ", "") for word, letters in maps["initials_abroad"].items()},
        places_of_words=_places_of_words(demonyms, maps["place_names"]),
        adjectives=_adjectives(demonyms, maps["same_peoples"]),
        adjective_of={place: _adjective(line) for place, line in demonyms.items()},
        countries=_countries(packaged("countries").lists),
        worlds={word: world for world, line in maps["worlds"].items() for word in line.split()},
        family_names=frozenset(packaged("family_names").lists["family_name"]),
        towns=frozenset(packaged("towns").lists["town"]),
        legal_forms=tuple(sorted(forms, key=lambda form: (-len(form), form))),
    )


def _countries(lists: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    found = {name.lower(): str(country).lower() for words in lists.values() for name, country in words.items()}
    return {name: country for name, country in found.items() if country != "none"}


def _given_names(lines: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        for word in line:
            found[fold(word)].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def _adjective(demonyms: str) -> str:
    """The first of a place's words as it is written (`sri_lankan`: `Sri Lankan`)."""
    return " ".join(map(str.capitalize, demonyms.split()[0].split("_")))


def _adjectives(demonyms: Mapping[str, str], same_peoples: Mapping[str, str]) -> dict[str, str]:
    """From the plural of a people whose singular is no adjective to the adjective (`turks`: `turkish`)."""
    found = {noun + "s": adjective for noun, adjective in same_peoples.items() if adjective.endswith("ish")}
    for words in demonyms.values():
        adjective, *nouns = words.split()
        if adjective.endswith("ish"):
            found |= {noun: adjective for noun in nouns if noun.endswith("s")}
    return found


def _places_of_words(demonyms: Mapping[str, str], usual: Mapping[str, str]) -> dict[str, str]:
    """From `georgian` and `georgians` to `georgia`, as far as the list knows; a place leads to itself, or to its `usual` name."""
    places = {name: usual.get(place, place) for place in demonyms for name in (place, usual.get(place, place))}
    for place, words in ((places[place], words) for place, words in demonyms.items()):
        for word in words.split():
            name = word.replace("_", " ")
            places.setdefault(name, place)
            places.setdefault(name + "s", place)
    return places
