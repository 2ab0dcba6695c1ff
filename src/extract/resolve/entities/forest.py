"""Which forms are together: a forest whose trees grow when two of them are one, and what was left open on the way."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from extract.resolve.entities.aliases import AliasEntity, Aliases
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.linking import Place
from extract.resolve.entities.relation import Relation


class Edge(NamedTuple):
    """Two forms that something joins."""

    a: Form
    b: Form
    relation: Relation


class Tie(NamedTuple):
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
    """Trees of forms, each called by its first form in order, which grow when two of them are one.

    `joined` are the edges by which they grew, `open` the pairs that may be one and were not joined. A tree may have marks (an
    entry of the alias file, rows of the register): two with marks of which they share none are two things.
    """

    def __init__(self, aliases: Aliases, comparer: NameComparer) -> None:
        self._aliases = aliases
        self._comparer = comparer
        self._parent: dict[Form, Form] = {}
        self._members: dict[Form, list[Form]] = {}
        self._marks: dict[Form, set[Hashable]] = {}
        self.joined: list[Edge] = []
        self.open: dict[tuple[Form, Form], Doubt] = {}

    def plant(self, forms: Iterable[Form]) -> None:
        """Makes each form a tree of its own."""
        for form in forms:
            self._parent[form], self._members[form] = form, [form]

    def mark(self, form: Form, mark: Hashable) -> None:
        """Gives the tree of a form a mark."""
        self._marks.setdefault(self.root(form), set()).add(mark)

    def marks(self, root: Form) -> Set[Hashable]:
        """The marks of a tree."""
        return self._marks.get(root, frozenset())

    def root(self, form: Form) -> Form:
        """The form that its tree is called by."""
        while (parent := self._parent[form]) != form:
            self._parent[form] = form = self._parent[parent]  # the next way is shorter
        return form

    def alias(self, root: Form) -> AliasEntity | None:
        """The entry of the alias file that a tree is marked with, if it is."""
        return next((mark for mark in self.marks(root) if isinstance(mark, AliasEntity)), None)

    def members(self, root: Form) -> Sequence[Form]:
        """All forms of a tree."""
        return self._members[root]

    def join(self, tie: Tie, sure: bool = False, forced: bool = False) -> bool:
        """Makes one tree of those of two forms; where something says that they are two, leaves them open and returns False.

        `sure`: what their spelling says does not count; `forced`: nothing does.
        """
        first, second = self.root(tie.a), self.root(tie.b)
        if first == second:
            return True
        if not forced and (reason := self.contradiction(first, second, sure)):
            self.leave_open(tie, f"refused: {reason}", 0.5)
            return False
        keep, drop = min(first, second), max(first, second)
        self._parent[drop] = keep
        self._members[keep] += self._members.pop(drop)
        if marks := self._marks.pop(drop, None):
            self._marks[keep] = self._marks.get(keep, set()) | marks
        self.joined.append(Edge(*tie[:3]))
        return True

    def contradiction(self, first: Form, second: Form, sure: bool = False) -> str | None:
        """Why two trees cannot be one, None if they can; `sure`: whatever their spelling says."""
        mine, other = self.marks(first), self.marks(second)
        if mine and other and not mine & other:
            return "the alias file or the register has them as two"
        for a in self._members[first]:
            for b in self._members[second]:
                if self._aliases.are_different(a.text, b.text):
                    return "the alias file says that they differ"
                if not sure and self._comparer.are_apart(a, b):
                    relation = self._comparer.compare(a, b)
                    return f"{a.text} / {b.text}: {relation.reason if relation else ''}"
        return None

    def leave_open(self, tie: Tie, why: str = "", score: float | None = None) -> None:
        """Leaves it to a person whether two forms are one, unless they have been asked; the best reason counts."""
        (a, b), evidence = (tie.a, tie.b), tie.evidence
        if b < a:
            a, b, evidence = b, a, (evidence[1], evidence[0])
        known, score = self.open.get((a, b)), tie.relation.score if score is None else score
        if a.text != b.text and not self._aliases.is_settled(a.text, b.text) and (known is None or known.score < score):
            self.open[a, b] = Doubt(a, b, "; ".join(filter(None, (tie.relation.reason, why))), score, evidence)
