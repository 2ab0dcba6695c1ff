"""Words that say how final a figure is and who gives it out, from `rules/claims.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from extract.errors import RuleError
from extract.rules import library_of, rule_paths
from extract.rules.load import packaged
from extract.rules.model import WordList

_FILE = "claims"
KINDS: Mapping[str, tuple[str, ...]] = {
    "exit poll": ("exit_poll",),
    "poll": ("poll",),
    "preliminary": ("preliminary", "at_first"),
    "contested": ("contested", "recount"),
    "official": ("official",),
}
"""How a figure may be worded, by the lists whose words say so; where two begin alike, the first."""


class Wordings:
    """The lists as patterns, whatever the case of a word."""

    def __init__(self, lists: Mapping[str, WordList]) -> None:
        self._lists = lists

    @cached_property
    def kinds(self) -> re.Pattern[str]:
        """Any word of `KINDS`; the group that took part is called `w` and its number there."""
        groups = (f"(?P<w{number}>{self._words(*lists)})" for number, lists in enumerate(KINDS.values()))
        return _whole("|".join(groups))

    @cached_property
    def not_final(self) -> re.Pattern[str]:
        """What keeps a sentence from telling a final result."""
        return self._any("exit_poll", "poll", "preliminary", "recount", "not_final")

    @cached_property
    def not_final_heading(self) -> re.Pattern[str]:
        """What keeps all below a heading from it."""
        return self._any("exit_poll", "poll", "preliminary", "not_final_heading")

    @cached_property
    def at_first(self) -> re.Pattern[str]:
        """What was given out first."""
        return self._any("at_first")

    @cached_property
    def body(self) -> re.Pattern[str]:
        """A word of a chamber's name."""
        return self._any("body", "house")

    @cached_property
    def ballot(self) -> re.Pattern[str]:
        """A word of an election's name."""
        return self._any("ballot", "election")

    @cached_property
    def gives(self) -> re.Pattern[str]:
        """What stands behind a name that gives a figure."""
        return re.compile(rf"(?:'s|’s)?(?: \([^)]*\))?,? (?:ha[sd] |\w+ly )?(?:{self._words('gives')})\b", re.IGNORECASE)

    @cached_property
    def given_by(self) -> re.Pattern[str]:
        """What stands before one."""
        return re.compile(rf"\b(?:{self._words('given_by')})(?: the| its)?(?: pollster| agency)? $", re.IGNORECASE)

    def _any(self, *names: str) -> re.Pattern[str]:
        return _whole(self._words(*names))

    def _words(self, *names: str) -> str:
        words = {word for name in names for word in self._lists[name]}
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word)))


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def load_wordings(folder: Path | None = None) -> Wordings:
    """The packaged lists; those of a `claims.yml` in `folder` stand in for them. Raises RuleError, also for an unknown list."""
    usual = packaged(_FILE)
    own = library_of(rule_paths(folder)).file(_FILE) if folder else usual
    for name, line in own.defined.items():
        if name not in usual.lists:
            raise RuleError(own.path, line, f"no list `{name}` is asked for; there are {', '.join(usual.lists)}")
        if not own.lists[name]:
            raise RuleError(own.path, line, f"the list `{name}` is empty")
    return Wordings({**usual.lists, **own.lists})
