"""What the map stage made of units, kept in one SQLite file: a part of a corpus, and what the next run does not map again.

The key of a unit is made of its name, its bytes, and of all else that the result depends on, so nothing has to be removed by hand
when rules, model, options or the code change. Rows carry a digest that is looked at whenever they are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from extract.errors import StateError
from extract.records.finish import Written
from extract.records.record import FailureLine
from extract.resolve.entities import (
    DocumentClusters,
    DocumentNames,
    MappedNames,
    pack_clusters,
    unpack_clusters,
    unpack_names,
    unpack_spelled,
)
from extract.run.database import Database
from extract.run.lines import Lines
from extract.run.mapped import Head, Packed, unpack, unpack_ids, unzip, zipped
from extract.run.plan import Unit
from extract.sources import Source
from extract.sources.remote import is_address

Unpacked = TypeVar("Unpacked")
_AT_ONCE = 64  # so many units are written in one transaction


class State(Database):
    """Mapped units under their keys, the plan that needs them, and where the output has what came of them."""

    TABLES = {  # noqa: RUF012 - declared by Database
        "units": "key BLOB, words BLOB, spelled BLOB, clusters BLOB, names BLOB, ids BLOB, rest BLOB, digest BLOB",
        "plan": "number INTEGER, name TEXT, path BLOB, key BLOB, failure TEXT",
        "clustered": "key BLOB, labels BLOB, words BLOB, clusters BLOB, digest BLOB",
        "written": "key BLOB, place BLOB",
    }
    _waiting = 0

    def keys(self) -> set[bytes]:
        """The keys of all units."""
        return {key for (key,) in self._rows("SELECT key FROM units")}

    def is_sound(self, keys: Iterable[bytes]) -> bool:
        """Whether the rows of these units are as they were written; nobody else writes them afterwards."""
        try:
            rows = ((key, self._unit(key, "*")) for key in keys)
            return all(_is_sound(key, row[1:]) for key, row in rows)
        except StateError:
            return False

    def _unit(self, key: bytes, columns: str) -> Sequence[bytes]:
        """Some columns of a unit. Raises StateError where it is missing."""
        row = next(self._rows(f"SELECT {columns} FROM units WHERE key = ?", key), None)
        if row is None:
            raise self._damaged("a unit is missing")
        return row

    def put(self, key: bytes, packed: Packed) -> None:
        """Keeps a unit."""
        parts = packed[1:]
        self._insert("units", [(key, *parts, _digest(key, parts))])
        self._waiting += 1
        if self._waiting % _AT_ONCE == 0:
            self.commit()

    def read(self, key: bytes, entities: Mapping[int, Written]) -> tuple[Head, Lines]:
        """The head and the lines of a unit; `entities` are those of its names, under the numbers of their mentions."""
        return self._unpacked(partial(unpack, entities=entities), *self._unit(key, "words, ids, rest"))

    def ids(self, key: bytes, mentions: Collection[int]) -> dict[int, str]:
        """The ids of the records of some mentions of a unit."""
        return self._unpacked(partial(unpack_ids, mentions=mentions), *self._unit(key, "ids"))

    def names(self, name: str, key: bytes) -> MappedNames | None:
        """The names of the unit of that name, None where it has no document."""
        packed = self._unit(key, "words, spelled, clusters, names")
        words, spelled = (self._unpacked(unzip, data) for data in packed[:2])
        if not words:
            return None

        def unpacked(unpack: Callable[..., Unpacked], *data: bytes) -> Unpacked:
            return self._unpacked(partial(unpack, name), words, *(self._unpacked(unzip, each) for each in data))

        return MappedNames(
            self._unpacked(unpack_spelled, words, spelled),
            lambda: unpacked(unpack_names, *packed[2:]),
            lambda labels: self._kept_clusters(name, key, labels) if labels else unpacked(unpack_clusters, packed[2]),
            partial(self._keep_clusters, key),
        )

    def _kept_clusters(self, name: str, key: bytes, labels: Mapping[str, str]) -> DocumentClusters | None:
        """The clusters of a unit where the corpus settles these labels, if they were kept."""
        parts = next(self._rows("SELECT labels, words, clusters, digest FROM clustered WHERE key = ?", key), (b"",))
        if parts[0] != _digest_of(labels) or not _is_sound(key, parts):
            return None
        return self._unpacked(partial(unpack_clusters, name), *(self._unpacked(unzip, part) for part in parts[1:3]))

    def _keep_clusters(self, key: bytes, labels: Mapping[str, str], names: DocumentNames, clusters: DocumentClusters) -> None:
        if self.is_writable:
            parts = _digest_of(labels), *map(zipped, pack_clusters(names, clusters))
            self._insert("clustered", [(key, *parts, _digest(key, parts))])

    def _unpacked(self, unpack: Callable[..., Unpacked], *data: bytes) -> Unpacked:
        try:
            return unpack(*data)
        except (ValueError, LookupError, zlib.error) as error:
            raise self._damaged(error) from error

    def written(self, key: bytes) -> bytes:
        """Where the last run wrote what came of a unit (see `outputs.earlier`), nothing where it is not known."""
        (place,) = next(self._rows("SELECT place FROM written WHERE key = ?", key), (b"",))
        return place if isinstance(place, bytes) else b""

    def set_written(self, places: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps that of some units for the next run."""
        self._insert("written", places)

    def set_plan(self, units: Iterable[Unit]) -> None:
        """Keeps which units there are, in their order."""
        self._insert("plan", [])
        with self._writing():
            self._database.execute("DELETE FROM plan")
        self._insert("plan", (_row(unit) for unit in units))
        self.commit()

    def good(self) -> Iterator[tuple[str, bytes]]:
        """The names and keys of the units that did not fail, in the order of their names."""
        return self._rows("SELECT name, key FROM plan WHERE failure IS NULL ORDER BY name")

    def plan(self) -> Iterator[Unit]:
        """The units in their order."""
        for number, name, path, key, failure in self._rows("SELECT number, name, path, key, failure FROM plan ORDER BY number"):
            told = FailureLine.model_validate_json(failure) if failure else None
            yield Unit(_source(name, os.fsdecode(path) if path else None), key, number=number, failure=told)

    def forget_all_but(self, keys: set[bytes]) -> None:
        """Removes the units that no source needs any more."""
        self.commit()
        unused = [(key,) for key in self.keys() - keys]
        with self._writing():
            for table in ("units", "clustered", "written"):
                self._database.executemany(f"DELETE FROM {table} WHERE key = ?", unused)
            if len(unused) > len(keys):
                self._database.execute("VACUUM")


def _source(name: str, place: str | None) -> Source:
    is_remote = place is not None and is_address(place)
    return Source(name, None if is_remote or place is None else Path(place), address=place if is_remote else None)


def _row(unit: Unit) -> tuple[int, str, bytes | None, bytes, str | None]:
    path = os.fsencode(unit.path) if unit.path else None
    return unit.number, unit.source.name, path, unit.key, unit.failure.as_line() if unit.failure else None


def _digest_of(labels: Mapping[str, str]) -> bytes:
    return hashlib.blake2b(json.dumps(sorted(labels.items())).encode(), digest_size=16).digest()


def _is_sound(key: bytes, row: Sequence[bytes]) -> bool:
    """Whether a row is as it was written: its last part is the digest of the others."""
    return all(isinstance(part, bytes) for part in row) and row[-1] == _digest(key, row[:-1])


def _digest(key: bytes, parts: Sequence[bytes]) -> bytes:
    digest = hashlib.blake2b(key, digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()
