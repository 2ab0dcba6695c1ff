"""The word lists of names, as sets and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.errors import RuleError
from extract.recognise.names.words import fold
from extract.rules.model import RuleSet

Words = frozenset[str]

_GIVEN_NAMES = ("given_names", "given_names")


@dataclass(frozen=True)
class Lexicon:
    """What `rules/names.yml` says, each list under its name there; signs in lower case, parts of names as written."""

    lists: Mapping[str, Words]
    of_head: Mapping[str, str]
    key: Mapping[str, str]
    heads: Mapping[str, tuple[tuple[str, str], ...]]
    given_names: Words
    surname_endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    abstract_endings: tuple[str, ...]
    nationalities: Words

    def __getitem__(self, name: str) -> Words:
        return self.lists[name]

    def has_town(self, name: str) -> bool:
        """Whether a town or region of the world has the name, however it is accented."""
        return fold(name) in self.lists["town"]

    @classmethod
    def of(cls, rules: RuleSet) -> Lexicon:
        """The lexicon of a rule set. Raises RuleError where a list is not there."""
        file = rules.file("names")
        missing = sorted(_NEEDED - set(file.lists))
        if missing:
            raise RuleError(file.path, None, f"the lists {', '.join(missing)} are not there")
        lists = {name: frozenset(map(_fold(name), words)) for name, words in file.lists.items()}
        lists["country"] = _listed(rules, "countries", "country")
        lists["town"] = _listed(rules, "towns", "town") | frozenset(map(fold, _listed(rules, "places", "region")))
        lists["event_noun"] = frozenset(word.lower() for word in lists["event_head"]) | lists["event_noun"]
        return cls(
            lists=lists,
            of_head=dict(file.lists["of_head"]),
            key={key.lower(): label for key, label in file.lists["key"].items()},
            heads=_heads(lists),
            given_names=_given_names(rules),
            surname_endings=tuple(sorted(lists["surname_ending"])),
            patronymic_endings=tuple(sorted(lists["patronymic_ending"])),
            abstract_endings=tuple(sorted(lists["abstract_ending"])),
            nationalities=_nationalities(rules),
        )


_AS_WRITTEN = {
    "org_word",
    "foreign_word",
    "given_name",
    "office_part",
    "office",
    "person_suffix",
    "party_head",
    "faction_head",
    "org_head",
    "gpe_head",
    "loc_head",
    "fac_head",
    "event_head",
    "law_head",
    "soft_head",
    "loose_head",
    "calendar",
    "weekday",
    "slogan_word",
    "slogan_end",
    "prefix",
    "of_head",
    "many_fields",
    "party_word",
    "party_opener",
    "party_plural",
    "owner",
    "calling",
    "generic",
    "opener",
    "doubtful",
}
_LOWER = {
    "body_before",
    "list_announcer",
    "event_noun",
    "body_noun",
    "party_headers",
    "person_headers",
    "person_of_before",
    "title",
    "particle",
    "surname_ending",
    "patronymic_ending",
    "compound",
    "abstract_ending",
    "party_after",
    "party_member_after",
    "party_of_before",
    "party_verb",
    "seat_word",
    "count_word",
    "building_after",
    "body_after",
    "body_by_before",
    "polled_before",
    "party_intro",
    "person_intro",
    "place_after",
    "place_of_before",
    "place_before",
    "place_toward",
    "party_before",
    "river_after",
    "speech_after",
    "person_only_after",
    "key",
    "no_value",
}
_NEEDED = _AS_WRITTEN | _LOWER

_HEAD_VOTES = {
    "party_head": (("PARTY", "party_head"),),
    "faction_head": (("PARTY", "faction_head"),),
    "org_head": (("ORG", "org_head"),),
    "gpe_head": (("GPE", "place_head"),),
    "loc_head": (("LOC", "place_head"),),
    "fac_head": (("FAC", "place_head"),),
    "event_head": (("EVENT", "event_head"),),
    "law_head": (("LAW", "law_head"),),
}
"""The last word of a body's name, by its list: for which labels it speaks, with which weight."""


def _fold(name: str) -> type[str] | _Lower:
    return str if name in _AS_WRITTEN else _Lower()


class _Lower:
    def __call__(self, word: str) -> str:
        return word.lower()


def _heads(lists: Mapping[str, Words]) -> dict[str, tuple[tuple[str, str], ...]]:
    heads: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, votes in _HEAD_VOTES.items():
        for word in sorted(lists[name]):
            heads[word] = (*heads.get(word, ()), *votes)
    for word in lists["org_head"] & (lists["faction_head"] | lists["soft_head"]):
        heads[word] = (("ORG", "either_head"), ("PARTY", "either_head_of_party"))
    return heads


def _given_names(rules: RuleSet) -> Words:
    """Those of names.yml, and the groups of forms that the linking of persons knows."""
    own = frozenset(word.lower() for word in rules.file("names").words("given_name"))
    file, name = _GIVEN_NAMES
    lines = rules.file(file).words(name) if file in rules.files else ()
    return own | frozenset(word for line in lines for word in line.lower().split())


def _listed(rules: RuleSet, file: str, name: str) -> Words:
    return frozenset(rules.file(file).words(name)) if file in rules.files else frozenset()


def _nationalities(rules: RuleSet) -> Words:
    return frozenset(phrase for rule in rules if rule.label == "NORP" for phrase in rule.phrases)
