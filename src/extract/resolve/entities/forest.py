"""Which forms are together: a forest whose trees grow when two of them are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.resolve.entities.comparing import Form


class Forest:
    """Trees of forms, each called by its first form in order."""

    def __init__(self) -> None:
        self._parent: dict[Form, Form] = {}
        self._members: dict[Form, list[Form]] = {}

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
