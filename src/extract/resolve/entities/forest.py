"""Which forms are together: a forest whose trees grow when two of them are one, and what was left open on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.resolve.entities.aliases import Aliases
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.linking import Place
from extract.resolve.entities.relation import Relation


@dataclass(frozen=True, slots=True)
class Tie:
    """Two forms that something joins, or may join, with a mention of each."""

    a: Form
    b: Form
    relation: Relation
    evidence: tuple[Place, Place]


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two forms that may be one thing and were not joined, with a mention of each."""

    a: Form
    b: Form
    reason: str
    score: float
    evidence: tuple[Place, Place]


class Forest:
    """Trees of forms, each called by its first form in order; `open` are the pairs that may be one and were not joined."""

    def __init__(self, aliases: Aliases, comparer: NameComparer) -> None:
        self._aliases = aliases
        self._comparer = comparer
        self._parent: dict[Form, Form] = {}
        self._members: dict[Form, list[Form]] = {}
        self.open: dict[tuple[Form, Form], Doubt] = {}

    def plant(self, forms: Iterable[Form]) -> None:
        """Makes each form a tree of its own."""
        for form in forms:
            self._parent[form], self._members[form] = form, [form]

    def root(self, form: Form) -> Form:
        """The form that its tree is called by."""
        while self._parent[form] != form:
            form = self._parent[form]
        return form

    def members(self, root: Form) -> Sequence[Form]:
        """All forms of a tree."""
        return self._members[root]

    def unite(self, first: Form, second: Form) -> tuple[Form, Form]:
        """Makes one tree of two, given by their roots; returns the root that is left and the one that is gone."""
        keep, drop = min(first, second), max(first, second)
        self._parent[drop] = keep
        self._members[keep] += self._members.pop(drop)
        return keep, drop

    def contradiction(self, first: Form, second: Form, stated: bool = False) -> str | None:
        """Why two trees cannot be one, None if they can; where it is `stated` that they are, only the alias file counts."""
        for a in self._members[first]:
            for b in self._members[second]:
                if self._aliases.are_different(a.text, b.text):
                    return "the alias file says that they differ"
                if not stated and self._comparer.are_apart(a, b):
                    relation = self._comparer.compare(a, b)
                    return f"{a.text} / {b.text}: {relation.reason if relation else ''}"
        return None

    def leave_open(self, a: Form, b: Form, reason: str, score: float, evidence: tuple[Place, Place]) -> None:
        """Leaves it to a person whether two forms are one, unless they have been asked; the best reason counts."""
        if b < a:
            a, b, evidence = b, a, (evidence[1], evidence[0])
        known = self.open.get((a, b))
        if a.text != b.text and not self._aliases.is_settled(a.text, b.text) and (known is None or known.score < score):
            self.open[a, b] = Doubt(a, b, reason, score, evidence)
