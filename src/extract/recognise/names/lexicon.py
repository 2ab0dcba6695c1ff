"""The word lists of names: which lists a word is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.errors import RuleError
from extract.recognise.names.words import fold, fold_anew
from extract.rules.model import RuleSet

Words = frozenset[str]

_LAYOUT = frozenset(
    {"party_headers", "person_headers", "no_value", "list_announcer", "party_intro", "person_intro", "election_word"}
    | {"house_address", "house_title", "house_word"}
)
_ENDINGS = ("surname_ending", "patronymic_ending", "abstract_ending")
_NEEDED = _LAYOUT | {"key", "title", "particle", "generic", *_ENDINGS}
_SHORTEST = 4  # letters before an ending


@dataclass(frozen=True)
class Lexicon:
    """What the rule files say of single words. `of_layout`: the lists asked for by name, in lower case."""

    index: Mapping[str, tuple[str, ...]]
    of_layout: Mapping[str, Words]
    key: Mapping[str, str]
    generic: Words
    towns: Words
    endings: Mapping[str, tuple[str, ...]]

    def lists_of(self, word: str) -> tuple[str, ...]:
        """The names of the lists that a word is in, as written or in lower case; of its ending; of what else it may be."""
        lower = word.lower()
        found = [*self.index.get(word, ()), *(self.index.get(lower, ()) if lower != word else ())]
        if len(lower) > _SHORTEST:
            found += [name for name, endings in self.endings.items() if lower.endswith(endings)]
        if word[0].isupper() and self.has_town(word):
            found.append("town")
        if word[0].isdigit():
            found.append("figure")
        return tuple(dict.fromkeys(found))

    def has_town(self, name: str) -> bool:
        """Whether a town or region of the world has the name, however it is accented."""
        return fold(name) in self.towns

    @classmethod
    def of(cls, rules: RuleSet) -> Lexicon:
        """The lexicon of a rule set. Raises RuleError where a list is not there."""
        file = rules.file("names")
        missing = sorted(_NEEDED - set(file.lists))
        if missing:
            raise RuleError(file.path, None, f"the lists {', '.join(missing)} are not there")
        lists: dict[str, Sequence[str]] = {
            name: file.words(name) for name in file.lists if name not in _LAYOUT | {"key", *_ENDINGS}
        }
        lists["given_name"] = [name.capitalize() for name in (*lists["given_name"], *_given_names(rules))]
        lists["country"] = _listed(rules, "countries", "country")
        lists["nation"] = [phrase for rule in rules if rule.label == "NORP" for phrase in rule.phrases]
        index: dict[str, tuple[str, ...]] = {}
        for name in sorted(lists):
            for word in dict.fromkeys(lists[name]):
                index[word] = (*index.get(word, ()), name)
        return cls(
            index=index,
            of_layout={name: frozenset(word.lower() for word in file.words(name)) for name in (*_LAYOUT, "particle")},
            key={key.lower(): label for key, label in file.lists["key"].items()},
            generic=frozenset(file.words("generic")),
            towns=frozenset(map(fold_anew, (*_listed(rules, "towns", "town"), *_listed(rules, "places", "region")))),
            endings={name: tuple(sorted(word.lower() for word in file.words(name))) for name in _ENDINGS},
        )


def _given_names(rules: RuleSet) -> list[str]:
    """The groups of forms that the linking of persons knows."""
    return [word for line in _listed(rules, "given_names", "given_names") for word in line.split()]


def _listed(rules: RuleSet, file: str, name: str) -> list[str]:
    return list(rules.file(file).words(name)) if file in rules.files else []
