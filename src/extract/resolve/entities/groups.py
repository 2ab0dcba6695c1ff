"""What linking a corpus works with: what each cluster belongs to, and the groups of those that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extract.resolve.entities.comparing import Form
from extract.resolve.entities.corpusfile import Spool
from extract.resolve.entities.documents import Cluster, DocumentClusters, Name
from extract.resolve.entities.forest import Doubt, Edge
from extract.resolve.entities.linking import Place
from extract.resolve.entities.register import Entry

Evidence = tuple[Place, Place]


class Owner(NamedTuple):
    """What a cluster belongs to: an alias entry, a complete name, a name in one `sense`, or itself in a `document`.

    `sense` tells things of one name apart: the country of a body, the world that a person is known in, an entry of the register.
    """

    kind: str
    name: str
    document: str = ""
    alias: int = -1
    sense: str = ""


@dataclass(slots=True)
class Group:
    """The clusters of one entity, of which the first is kept, with the name of its document.

    Of all: how many `clusters` and `documents` there are, how often and where first each form stands as each name, what joins
    them, and what they were `completed` to. `agrees`: a document names the country of the `entry` in the register.
    """

    number: int
    owner: Owner
    entry: Entry | None
    document: str
    cluster: Cluster
    agrees: bool = False
    clusters: int = 0
    documents: int = 0
    mentions: dict[Form, dict[Name, list[Any]]] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)
    completed: set[str] = field(default_factory=set)
    _last: str | None = None

    def add(self, document: DocumentClusters, cluster: Cluster) -> None:
        """Adds a cluster; documents come in order."""
        self.agrees |= self.entry is not None and self.entry.country in document.countries
        self.clusters += 1
        self.documents += self._last != document.document
        self._last = document.document
        for form, found in cluster.mentions.items():
            names = self.mentions.get(form)
            if names is None:
                names = self.mentions[form] = {}
            for (name, count), first in zip(found.names, found.first, strict=True):
                if known := names.get(name):
                    known[0] += count
                else:
                    names[name] = [count, (document.document, first)]
        if cluster.edges:
            self.edges.update(dict.fromkeys(cluster.edges))
        self.completed.add(cluster.completed or "")

    def names(self) -> Iterator[tuple[Name, int]]:
        """How its mentions are written, and how often."""
        return ((name, count) for names in self.mentions.values() for name, (count, _) in names.items())


class Groups:
    """The groups of a corpus, to which its documents are added in their order; and what is left open between them.

    `group_of` has the numbers of the groups of some mentions: of those in `shown`, and of those that show what is open.
    """

    def __init__(self, shown: Iterable[Place]) -> None:
        self._shown: dict[str, set[int]] = defaultdict(set)
        for document, index in shown:
            self._shown[document].add(index)
        self._by_owner: dict[Owner, dict[tuple[Entry | None, str], Group]] = {}
        self._count = 0
        self._local: dict[tuple[Any, ...], tuple[Evidence, Evidence]] = {}
        self.group_of: dict[Place, int] = {}
        self.doubts: list[Doubt] = []
        self.documents = 0
        self.places = Spool()

    def of_owners(self) -> Iterator[tuple[Owner, Sequence[Group]]]:
        """What there is of each owner."""
        return ((owner, list(groups.values())) for owner, groups in self._by_owner.items())

    def add(self, owner: Owner, entry: Entry | None, sense: str, document: DocumentClusters, cluster: Cluster) -> int:
        """Adds a cluster; gives the number of its group."""
        groups = self._by_owner.get(owner)
        if groups is None:
            groups = self._by_owner[owner] = {}
        if not (group := groups.get((entry, sense))):
            own = owner._replace(sense=sense) if sense else owner
            group = groups[entry, sense] = Group(self._count, own, entry, document.document, cluster)
            self._count += 1
        group.add(document, cluster)
        return group.number

    def close(self, document: str, clusters: Iterable[tuple[int, Cluster]], doubts: Iterable[Doubt]) -> None:
        """Ends a document: to which groups its clusters belong, and what is open in it."""
        group_of = {index: number for number, cluster in clusters for each in cluster.mentions.values() for index in each.indexes}
        self.places.write((document, group_of))
        self.documents += bool(group_of)
        self.group_of |= {(document, index): group_of[index] for index in self._shown.get(document, ()) if index in group_of}
        for doubt in doubts:
            sides = tuple(group_of.get(index) if name == document else None for name, index in doubt.evidence)
            key, shown = (doubt.a, doubt.b, doubt.reason, doubt.score, sides), doubt.evidence
            first, last = self._local.get(key, (shown, shown))
            self._local[key] = min(first, shown), max(last, shown)

    def settle(self) -> None:
        """Adds to the doubts those of single documents: of many that ask the same of two groups the first and the last."""
        for (a, b, reason, score, sides), shown in self._local.items():
            for evidence in dict.fromkeys(shown):
                self.doubts.append(Doubt(a, b, reason, score, evidence))
                for place, group in zip(evidence, sides, strict=True):
                    if group is not None:
                        self.group_of[place] = group
        self._local.clear()
