"""Several things of one name: people known in two worlds, entries of the register; which of them a document means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from extract.resolve.entities.countries import clearly_first
from extract.resolve.entities.documents import Cluster, DocumentClusters
from extract.resolve.entities.register import Entry

_TWO_PEOPLE = frozenset(map(frozenset, [("sport", world) for world in ("politics", "arts", "business", "science")]))
_TWO_PEOPLE |= frozenset(map(frozenset, [("arts", "politics"), ("arts", "business")]))
_FEW = 6  # documents with a name that is so rare that what they are about tells who is meant
_CLEAR = 2  # people of a world that a document names, so that it is about that world

Places = Sequence[tuple[DocumentClusters, Cluster]]


def meant_entries(entries: Sequence[Entry], places: Places) -> list[Entry | None]:
    """Which of the entries of one name each document means, None for none.

    Where there are several its country decides; a single one is meant unless every country that the documents name is another.
    """
    if len(entries) == 1:
        entry, named = entries[0], [document.countries for document, _ in places if document.countries]
        agree = not entry.country or not named or any(entry.country in countries for countries in named)
        return [entry if agree and entry.covers(document.years) else None for document, _ in places]
    return [_meant(entries, document) for document, _ in places]


def _meant(entries: Iterable[Entry], document: DocumentClusters) -> Entry | None:
    fitting = [(document.countries.get(entry.country, 0), entry) for entry in entries if entry.covers(document.years)]
    best = max((count for count, _ in fitting), default=0)
    found = [entry for count, entry in fitting if count == best]
    return found[0] if len(found) == 1 and (best or not (document.countries and found[0].country)) else None


def worlds_of(places: Places) -> list[str]:
    """For each document with a person's name the world in which that person is known, "" for the most frequent one.

    Two worlds are two people where no third one is named in documents of both.
    """
    own = [_own_world(cluster) for _, cluster in places]
    about = [(clearly_first(document.worlds, _CLEAR, 2) or "") if len(places) <= _FEW else "" for document, _ in places]
    shown = [world or other for world, other in zip(own, about, strict=True)]
    if not any(pair in _TWO_PEOPLE for pair in map(frozenset, combinations(set(shown), 2))):
        return [""] * len(places)
    company: dict[str, set[str]] = defaultdict(set)
    for world, place in zip(shown, places, strict=True):
        company[world] |= _company(*place)
    person_of = {world: world for world in sorted(set(shown) - {""})}
    for a, b in combinations(person_of, 2):
        if frozenset((a, b)) not in _TWO_PEOPLE or company[a] & company[b]:
            person_of = {world: person_of[a] if one == person_of[b] else one for world, one in person_of.items()}
    counts = Counter(person_of[world] for world in shown if world)
    first = min(counts, key=lambda world: (-counts[world], world))
    found = [
        person_of[world] if world else _nearest(place, company, person_of) or first
        for world, place in zip(shown, places, strict=True)
    ]
    return ["" if world == first else world for world in found]


def _own_world(cluster: Cluster) -> str:
    worlds = Counter(mention.world for mentions in cluster.mentions.values() for mention in mentions if mention.world)
    return min(worlds, key=lambda world: (-worlds[world], world)) if worlds else ""


def _company(document: DocumentClusters, cluster: Cluster) -> set[str]:
    """The full names of the other people of a document."""
    return {*document.people} - {form.text for form in cluster.mentions}


def _nearest(place: tuple[DocumentClusters, Cluster], company: dict[str, set[str]], person_of: dict[str, str]) -> str:
    mine = _company(*place)
    shared = Counter({one: len(mine & company[world]) for world, one in person_of.items()})
    return max(shared, key=lambda one: (shared[one], one)) if any(shared.values()) else ""
