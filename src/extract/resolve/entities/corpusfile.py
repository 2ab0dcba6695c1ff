"""The clusters of all documents in a file of their own, to be read again and again: memory holds what repeats once, no more."""

from __future__ import annotations

import marshal
from collections.abc import Hashable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from extract.resolve.entities.documents import Cluster, DocumentClusters, Sightings
from extract.resolve.entities.forest import Doubt

_AT_HAND = 1 << 16  # bytes, before there is a file at all
_SIZE = 4  # bytes before each row that tell how long it is


class Spool:
    """Rows of plain data, written one after the other; gone with the object, or with the process."""

    def __init__(self) -> None:
        self._file: Any = SpooledTemporaryFile(_AT_HAND)  # noqa: SIM115 - it lives as long as the object

    def write(self, row: Any) -> None:
        """Adds a row. Raises OSError where there is no room."""
        data = marshal.dumps(row)
        self._file.write(len(data).to_bytes(_SIZE) + data)

    def __iter__(self) -> Iterator[Any]:
        """All rows, from the first; one reader at a time, and nothing is written meanwhile."""
        self._file.seek(0)
        while size := self._file.read(_SIZE):
            yield marshal.loads(self._file.read(int.from_bytes(size)))


class ClusterFile:
    """Documents with their clusters. Forms, names, ties: what many documents have stands in the file as a number."""

    def __init__(self) -> None:
        self._rows = Spool()
        self._numbers: dict[Hashable, int] = {}
        self._things: list[Any] = []

    def _number(self, thing: Hashable) -> int:
        if thing not in self._numbers:
            self._numbers[thing] = len(self._things)
            self._things.append(thing)
        return self._numbers[thing]

    def write(self, document: DocumentClusters) -> None:
        """Adds a document."""
        number = self._number
        clusters = [
            (
                cluster.kind,
                [(number(form), found.indexes, number(found.names), found.first) for form, found in cluster.mentions.items()],
                list(map(number, cluster.edges)),
                number(cluster.alias),
                cluster.completed,
            )
            for cluster in document.clusters
        ]
        doubts = [(number((doubt.a, doubt.b, doubt.reason)), doubt.score, doubt.evidence) for doubt in document.doubts]
        context = dict(document.countries), document.years, dict(document.worlds)
        self._rows.write((document.document, clusters, doubts, *context))

    def __iter__(self) -> Iterator[DocumentClusters]:
        thing = self._things.__getitem__
        for name, clusters, doubts, *context in self._rows:
            read = (
                Cluster(
                    kind,
                    {thing(form): Sightings(indexes, thing(names), first) for form, indexes, names, first in mentions},
                    [thing(edge) for edge in edges],
                    thing(alias),
                    completed,
                )
                for kind, mentions, edges, alias, completed in clusters
            )
            told = (Doubt(a, b, why, score, shown) for what, score, shown in doubts for a, b, why in [thing(what)])
            yield DocumentClusters(name, tuple(read), tuple(told), *context)
