"""What two spellings are to each other: the verdict, the signs that a weight is learned for, and the reason in words."""

from __future__ import annotations

from typing import Literal, NamedTuple

# same: one thing. part: one is a short form of the other. likely: for a person to decide. apart: two things, never to be joined.
Verdict = Literal["same", "part", "likely", "apart"]
Side = Literal["a", "b", ""]
Link = Literal["same", "alias", "spelling", "short_form", "patronymic", "acronym", "typo", "inflection"]

_OTHER_SIDE: dict[Side, Side] = {"a": "b", "b": "a", "": ""}


class Relation(NamedTuple):
    """The verdict on two names `a` and `b`, and what speaks for it.

    `signs` are weighed by the weights of the question `names`; `score` is what they make of them, from 0 to 1. `short` is the
    shorter form ("a" or "b") in a `part`, or in what is likely one. `local`: it holds inside a document only.
    """

    verdict: Verdict
    link: Link
    reason: str
    signs: tuple[str, ...] = ()
    short: Side = ""
    local: bool = False
    score: float = 1.0

    def turned(self) -> Relation:
        """The same relation seen from the other side."""
        return self._replace(short=_OTHER_SIDE[self.short])

    @property
    def joins(self) -> bool:
        """Whether the two may be one entity on the strength of this."""
        return self.verdict in ("same", "part")


def same(link: Link, reason: str, rule: str, cost: float = 0.0, local: bool = False) -> Relation:
    """One thing, by a rule; `cost` is that of the edits between the spellings."""
    return Relation("same", link, reason, (rule, *_edits(cost)), local=local)


def part(link: Link, reason: str, rule: str, short: Side, cost: float = 0.0, local: bool = False) -> Relation:
    """A short form of the other, by a rule."""
    return Relation("part", link, reason, (rule, *_edits(cost)), short, local)


def apart(reason: str) -> Relation:
    """Two things, not one."""
    return Relation("apart", "same", reason, score=0.0)


def likely(reason: str, rule: str) -> Relation:
    """Perhaps one thing: to be asked, not to be joined."""
    return Relation("likely", "spelling", reason, (rule,))


def _edits(cost: float) -> tuple[str, ...]:
    return (next(name for limit, name in _COSTS if cost <= limit),) if cost else ()


_COSTS = (
    (0.05, "edit: romanisation"),
    (0.3, "edit: alternation"),
    (0.5, "edit: a sound alike"),
    (1.0, "edit: a letter"),
    (9.9, "edit: letters"),
)
UNSURE = frozenset((*(name for _, name in _COSTS[1:]), "another order"))
"""The signs of edits that are more than romanisation, and of words in another order: too little between documents."""
