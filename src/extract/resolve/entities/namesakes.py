"""Several things of one name: people known in two worlds, entries of the register; which of them a document means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations

from extract.resolve.entities.documents import Cluster, DocumentClusters
from extract.resolve.entities.groups import Owner
from extract.resolve.entities.register import Entry

_TWO_PEOPLE = frozenset(map(frozenset, [("sport", world) for world in ("politics", "arts", "business", "science")]))
_TWO_PEOPLE |= frozenset(map(frozenset, [("arts", "politics"), ("arts", "business")]))
_FEW = 6  # documents with a name that is so rare that what they are about tells who is meant


class Senses:
    """Which of several things of one name each document means, when all documents have been seen (twice where people are two)."""

    def __init__(self) -> None:
        self.entries: dict[Owner, list[Entry]] = {}
        self._agree: dict[Owner, set[bool]] = defaultdict(set)  # whether a document names the country of the only entry
        self._worlds: dict[Owner, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._namesakes: dict[Owner, _Namesakes] = {}

    def add(self, owner: Owner, entry: Entry | None) -> None:
        """Adds an entry of the register that has this name."""
        self.entries.setdefault(owner, []).extend([entry] if entry else [])

    def see(self, document: DocumentClusters, owned: Iterable[tuple[Owner, Cluster]]) -> None:
        """Looks at what a document's names belong to."""
        for owner, _ in owned if document.countries else ():
            if owner in self.entries:
                self._agree[owner].add(self.entries[owner][0].country in document.countries)

    def see_worlds(self, owner: Owner, worlds: Counter[tuple[str, str]]) -> None:
        """Looks at how often documents know a person in which world, and are about which."""
        if owner not in self.entries and owner.alias < 0:
            self._worlds[owner] += worlds

    def have_namesakes(self) -> bool:
        """Whether people of one name are known in two worlds, so that it counts who else is named in each."""
        found = ((owner, _Namesakes(worlds)) for owner, worlds in self._worlds.items() if len(worlds) > 1)
        self._namesakes = {owner: namesakes for owner, namesakes in found if namesakes.may_be_two()}
        return bool(self._namesakes)

    def see_company(self, document: DocumentClusters, owned: Iterable[tuple[Owner, Cluster]]) -> None:
        """Looks at who else is named beside them."""
        for owner, cluster in owned:
            if owner in self._namesakes:
                self._namesakes[owner].see(document, cluster)

    def of(self, owner: Owner, document: DocumentClusters, cluster: Cluster) -> tuple[Entry | None, str]:
        """The entry that is meant, if one is; and what tells the thing from others of its name, "" for the most frequent one."""
        if self.entries and (entries := self.entries.get(owner)):
            entry = _meant(entries, document) if len(entries) > 1 else self._only(owner, entries[0], document)
            return entry, entry.id if entry and len(entries) > 1 else ""
        namesakes = self._namesakes.get(owner) if owner.kind == "person" else None
        return None, namesakes.world_of(document, cluster) if namesakes else ""

    def _only(self, owner: Owner, entry: Entry, document: DocumentClusters) -> Entry | None:
        """A single entry, unless every country that the documents name is another."""
        agree = not entry.country or self._agree[owner] != {False}
        return entry if agree and entry.covers(document.years) else None


def _meant(entries: Iterable[Entry], document: DocumentClusters) -> Entry | None:
    """Where there are several the country of the document decides."""
    fitting = [(document.countries.get(entry.country, 0), entry) for entry in entries if entry.covers(document.years)]
    best = max((count for count, _ in fitting), default=0)
    found = [entry for count, entry in fitting if count == best]
    return found[0] if len(found) == 1 and (best or not (document.countries and found[0].country)) else None


class _Namesakes:
    """The people of one name. Two worlds are two people where no third one is named in documents of both.

    `worlds` counts in which world a document knows the person, and which one it is about.
    """

    def __init__(self, worlds: Counter[tuple[str, str]]) -> None:
        self._is_rare = worlds.total() <= _FEW
        self._counts: Counter[str] = Counter()
        for (own, about), count in worlds.items():
            self._counts[self._shown(own, about)] += count
        self._company: dict[str, set[str]] = defaultdict(set)

    def _shown(self, own: str, about: str) -> str:
        return own or (about if self._is_rare else "")

    def may_be_two(self) -> bool:
        """Whether the worlds are such that hardly anybody is known in both."""
        return any(pair in _TWO_PEOPLE for pair in map(frozenset, combinations(self._counts, 2)))

    def see(self, document: DocumentClusters, cluster: Cluster) -> None:
        """Looks at who else is named."""
        self._company[self._world(document, cluster)] |= _company(document, cluster)

    def _world(self, document: DocumentClusters, cluster: Cluster) -> str:
        return self._shown(world_of(cluster), document.about)

    @cached_property
    def _person_of(self) -> dict[str, str]:
        found = {world: world for world in sorted(set(self._counts) - {""})}
        for a, b in combinations(found, 2):
            if frozenset((a, b)) not in _TWO_PEOPLE or self._company[a] & self._company[b]:
                found = {world: found[a] if one == found[b] else one for world, one in found.items()}
        return found

    @cached_property
    def _first(self) -> str:
        counts: Counter[str] = Counter()
        for world, person in self._person_of.items():
            counts[person] += self._counts[world]
        return min(counts, key=lambda world: (-counts[world], world))

    def world_of(self, document: DocumentClusters, cluster: Cluster) -> str:
        """The world of the one whom a document means, "" for the most frequent one."""
        own = self._world(document, cluster)
        world = self._person_of[own] if own else self._nearest(_company(document, cluster)) or self._first
        return "" if world == self._first else world

    def _nearest(self, mine: set[str]) -> str:
        shared = Counter({one: len(mine & self._company[world]) for world, one in self._person_of.items()})
        return max(shared, key=lambda one: (shared[one], one)) if any(shared.values()) else ""


def world_of(cluster: Cluster) -> str:
    """The world that most mentions of a person are known in, "" without one."""
    worlds: dict[str, int] = {}
    for name, count in cluster.names:
        if name.world:
            worlds[name.world] = worlds.get(name.world, 0) + count
    return min(worlds, key=lambda world: (-worlds[world], world)) if worlds else ""


def _company(document: DocumentClusters, cluster: Cluster) -> set[str]:
    """The full names of the other people of a document."""
    return {*document.people} - {form.text for form in cluster.mentions}
