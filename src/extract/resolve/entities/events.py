"""Short names of elections, completed from the election that the document is about.

In a text on the `2024 South Ossetian parliamentary election`, `2019 election` is the `2019 South Ossetian
parliamentary election`, and
`2022 presidential elections` the `2022 South Ossetian presidential election`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from extract.resolve.entities.lexicon import Lexicon

_FULL = re.compile(r"(?:[^\W\d_]+ )?(?P<year>\d{4}) (?P<words>.+) (?P<noun>election|referendum|by-elections)")
_SHORT = re.compile(r"(?:[A-Z][a-z]+ )?(?P<year>\d{4}) (?:(?P<kind>.+) )?elections?")


class Election(NamedTuple):
    """A full name of an election, taken apart: `place` is the adjective (`South Ossetian`), `kind` may be empty."""

    place: str
    kind: str


def read_election(text: str, lexicon: Lexicon) -> Election | None:
    """The parts of an election's full name, None for any other name and for a short one."""
    words = found["words"].split() if (found := _FULL.fullmatch(text)) else []
    size = len(words)
    while size and words[size - 1].lower() in lexicon["election_kinds"]:
        size -= 1
    return Election(" ".join(words[:size]), " ".join(words[size:])) if size else None


def main_election(texts: Sequence[str], lexicon: Lexicon, place_words: Set[str] = frozenset()) -> Election | None:
    """The election that a document (its event names in the order of the text) is about: the first, if most are of that place.

    One of a town has to be the first event of all. `place_words`: the words of the places and peoples that it names.
    """
    read = (read_election(text, lexicon) for text in texts)
    elections = [election for election in read if election and _is_place(election.place, lexicon, place_words)]
    places = Counter(election.place for election in elections)
    is_main = bool(elections) and places.pop(elections[0].place) > max(places.values(), default=0)
    is_late = is_main and _is_of_town(elections[0].kind) and elections[0] != read_election(texts[0], lexicon)
    return elections[0] if is_main and not is_late else None


def election_in(place: str, lexicon: Lexicon, kind: str = "") -> Election:
    """An election in a place, of whatever kind where none is given."""
    name = place.lower()
    country = lexicon.countries.get(name, "")
    return Election(lexicon.adjective_of.get(country if country.startswith(name) else name) or place, kind)  # `Trinidad`


def _is_place(name: str, lexicon: Lexicon, place_words: Set[str]) -> bool:
    """Whether what stands before the kind of an election is no body or question (`Senate`, `European Union membership`)."""
    words = name.lower().split()
    return bool(lexicon.country_of(name)) or all(any(word.startswith(place) for place in place_words) for word in words)


def _is_of_town(kind: str) -> bool:
    return not _OF_TOWNS.isdisjoint(kind.lower().split())


_OF_TOWNS = frozenset(("mayoral", "council", "municipal"))


def is_short_election(text: str) -> bool:
    """Whether a name is a year and the kind of an election at most."""
    return bool(_SHORT.fullmatch(text))


def complete_election(text: str, main: Election, lexicon: Lexicon) -> str | None:
    """The full name for a short one, in the pattern of the main election.

    None for what is no short name of an election, where neither tells its kind, and for another kind than a town has.
    """
    found = _SHORT.fullmatch(text)
    kind = (found.group("kind") or "") if found else ""
    if not found or any(word.lower() not in lexicon["election_kinds"] for word in kind.split()):
        return None
    is_of_body = main.place.lower().endswith(" council")
    if not (kind or main.kind or is_of_body) or (kind and (is_of_body or _is_of_town(main.kind)) and not _is_of_town(kind)):
        return None
    kind = kind or main.kind
    noun = "elections" if kind == "local" else "election"  # local ones are many, one in each place
    return " ".join(part for part in (found["year"], main.place, kind, noun) if part)
