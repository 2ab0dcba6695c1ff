"""A stretch that may be a name, with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.recognise.names.policy import LABELS, RANK, TRUST, WEIGHTS


class Vote(NamedTuple):
    """A sign that speaks for a label (or, with a negative weight, against it); `sign` is a key of WEIGHTS."""

    label: str
    weight: float
    sign: str


def vote(label: str, sign: str, share: float = 1.0) -> Vote:
    """The vote of a sign, with its weight or a share of it."""
    return Vote(label, WEIGHTS[sign] * share, sign)


@dataclass(slots=True)
class Candidate:
    """The words `start:end` as a possible name. `kind` is a key of RANK, `rule` what found it, `votes` all that speaks for it."""

    start: int
    end: int
    kind: str
    rule: str
    votes: list[Vote] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Smaller wins."""
        return -RANK[self.kind], self.start - self.end, TRUST.index(self.kind), self.start

    @property
    def label(self) -> str:
        """The label that its own votes give it."""
        return settle(tally(self.votes))[0] if self.votes else ""


def tally(votes: Iterable[Vote]) -> dict[str, float]:
    """The sum of the votes for each label."""
    sums = dict.fromkeys(LABELS, 0.0)
    for each in votes:
        sums[each.label] += each.weight
    return sums


def settle(sums: dict[str, float]) -> tuple[str, float]:
    """The label with the most votes, and how many."""
    best = max(sums, key=sums.__getitem__)  # of equals the first, in the order of LABELS
    return best, sums[best]
