"""Short names of elections, completed from the election that the document is about.

In a text on the `2024 South Ossetian parliamentary election`, `2019 election` is the `2019 South Ossetian
parliamentary election`, and
`2022 presidential elections` the `2022 South Ossetian presidential election`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extract.resolve.entities.lexicon import Lexicon

_FULL = re.compile(r"(?:[^\W\d_]+ )?(?P<year>\d{4}) (?P<words>.+) (?P<noun>election|referendum)")
_SHORT = re.compile(r"(?:[A-Z][a-z]+ )?(?P<year>\d{4}) (?:(?P<kind>.+) )?(?P<noun>election)s?")


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


def main_election(texts: Sequence[str], lexicon: Lexicon) -> Election | None:
    """The election that a document (its event names in the order of the text) is about: the first, if most are of that place."""
    elections = [election for text in texts if (election := read_election(text, lexicon))]
    places = Counter(election.place for election in elections)
    is_main = bool(elections) and places.pop(elections[0].place) > max(places.values(), default=0)
    return elections[0] if is_main else None


def election_in(country: str, lexicon: Lexicon) -> Election:
    """An election of whatever kind in a country (lower case)."""
    return Election(lexicon.adjective_of.get(country) or lexicon.capitalised(country), "")


def is_short_election(text: str) -> bool:
    """Whether a name is a year and the kind of an election at most."""
    return bool(_SHORT.fullmatch(text))


def complete_election(text: str, main: Election, lexicon: Lexicon) -> str | None:
    """The full name for a short one, in the pattern of the main election.

    None for what is no short name of an election, and where neither tells its kind.
    """
    found = _SHORT.fullmatch(text)
    kind = (found.group("kind") or "") if found else ""
    if not found or any(word.lower() not in lexicon["election_kinds"] for word in kind.split()) or not (kind or main.kind):
        return None
    return " ".join(part for part in (found.group("year"), main.place, kind or main.kind, found.group("noun")) if part)
