"""What two spellings are to each other, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

# same: one thing. part: one is a short form of the other. likely: for a person to decide. apart: two things, never to be joined.
Verdict = Literal["same", "part", "likely", "apart"]
Side = Literal["a", "b", ""]
Link = Literal["same", "alias", "spelling", "short_form", "patronymic", "acronym", "typo", "inflection"]

_OTHER_SIDE: dict[Side, Side] = {"a": "b", "b": "a", "": ""}


@dataclass(frozen=True, slots=True)
class Relation:
    """The verdict on two names `a` and `b`; `score` from 0 to 1; `short` is the shorter form ("a" or "b") in a `part`, or in
    what is likely one."""

    verdict: Verdict
    link: Link
    reason: str
    score: float
    short: Side = ""

    def turned(self) -> Relation:
        """The same relation seen from the other side."""
        return replace(self, short=_OTHER_SIDE[self.short])

    @property
    def joins(self) -> bool:
        """Whether the two may be one entity on the strength of this."""
        return self.verdict in ("same", "part")


def apart(reason: str) -> Relation:
    """Two things, not one."""
    return Relation("apart", "same", reason, 0.0)


def likely(reason: str, score: float) -> Relation:
    """Perhaps one thing: to be asked, not to be joined."""
    return Relation("likely", "spelling", reason, score)
