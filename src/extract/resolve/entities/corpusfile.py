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


class _Numbers(dict[Any, int]):
    """Things in the order in which they were asked for first."""

    def __missing__(self, thing: Hashable) -> int:
        self[thing] = number = len(self)
        return number


class ClusterFile:
    """Documents with their clusters. Forms, names, ties: what many documents have stands in the file as a number."""

    def __init__(self) -> None:
        self._rows = Spool()
        self._numbers = _Numbers()

    def write(self, document: DocumentClusters) -> None:
        """Adds a document."""
        number = self._numbers.__getitem__
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
        self._rows.write((document.document, clusters, doubts, list(map(number, document.people)), *context))

    def read(self, *kinds: str) -> Iterator[DocumentClusters]:
        """All documents, with their clusters of some kinds, or (none is named) all."""
        things: list[Any] = list(self._numbers)
        for name, clusters, doubts, people, *context in self._rows:
            read = [
                Cluster(
                    kind,
                    {things[form]: Sightings(indexes, things[names], first) for form, indexes, names, first in mentions},
                    [things[edge] for edge in edges],
                    things[alias],
                    completed,
                )
                for kind, mentions, edges, alias, completed in clusters
                if not kinds or kind in kinds
            ]
            told = [Doubt(*things[what], *shown) for what, *shown in doubts]
            yield DocumentClusters(name, read, told, frozenset([things[each] for each in people]), *context)
