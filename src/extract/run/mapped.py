"""What the map stage makes of one unit: finished lines with slots, the names for the corpus, and what was lost on the way.

Between processes and on disk it is pieces of compressed JSON, so that each stage reads no more than it needs.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter

from extract.records.record import DocumentLine, FailureLine
from extract.resolve.entities import DocumentClusters, DocumentNames, pack_clusters, spelled, unpack_clusters
from extract.resolve.entities.labels import Spelled


class Head(BaseModel):
    """A unit without its lines and names.

    `content` is the SHA-256 of the bytes that it was made of, None where another try may give something else. `document` is None
    where nothing came of it; its `path` and the counts of its `records` are not known yet. `records` has for each line the number
    of its mention, and its label where the mention is no name. `text` is what the file was converted to, if it was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str | None
    document: DocumentLine | None = None
    records: tuple[tuple[int, str | None], ...] = ()
    failures: tuple[FailureLine, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """One unit after the map stage; `lines` have slots (see `records.finish`)."""

    head: Head
    names: DocumentNames | None = None
    clusters: DocumentClusters | None = None
    lines: Sequence[str] = ()


class Packed(NamedTuple):
    """A mapped unit as bytes: how its names are spelled, their clusters, the ids of its records, the names, the rest."""

    content: str | None
    spelled: bytes
    clusters: bytes
    ids: bytes
    names: bytes
    rest: bytes


_BEGIN = '{"id":"r_'
_MOST = 1 << 31  # bytes of one unit, unpacked
_NAMES = TypeAdapter(DocumentNames)
_SPELLED: TypeAdapter[Spelled] = TypeAdapter(dict[str, dict[str, int]])
_LEVEL = 6  # takes half a millisecond more for a document than the fastest, and a fifth less room


def pack(mapped: Mapped) -> Packed:
    """The unit as bytes."""
    names = _NAMES.dump_json(mapped.names, exclude_defaults=True) if mapped.names else b""
    spellings = _SPELLED.dump_json(spelled(mapped.names)) if mapped.names else b""
    clusters = pack_clusters(mapped.clusters) if mapped.clusters else b""
    first = len(_BEGIN)
    steps = (number - before for before, number in pairwise([0, *(number for number, _ in mapped.head.records)]))
    numbers = zlib.compress(",".join(map(str, steps)).encode(), _LEVEL)
    ids = numbers + b"".join(bytes.fromhex(line[first : first + 16]) for line in mapped.lines)
    lines = (line[first + 16 :] for line in mapped.lines)
    rest = "\n".join([mapped.head.model_dump_json(exclude_defaults=True), *lines]).encode()
    names, spellings, clusters, rest = (zlib.compress(data, _LEVEL) for data in (names, spellings, clusters, rest))
    return Packed(mapped.head.content, spellings, clusters, ids, names, rest)


def unpack(ids: bytes, rest: bytes) -> tuple[Head, str]:
    """A unit's head, and its lines with breaks between them."""
    head, *lines = _unzip(rest).decode().split("\n")
    begun = zip(_ids(ids), lines, strict=True)
    return Head.model_validate_json(head), "\n".join(f"{_BEGIN}{id_}{line}" for (_, id_), line in begun)


def unpack_ids(ids: bytes) -> dict[int, str]:
    """The ids of a unit's records, under the numbers of their mentions."""
    return {number: f"r_{id_}" for number, id_ in _ids(ids)}


def _ids(ids: bytes) -> Iterator[tuple[int, str]]:
    """The numbers, which are packed as steps from one to the next, and the ids behind them, in hex."""
    reader = zlib.decompressobj()
    steps = filter(None, reader.decompress(ids, _MOST).decode().split(","))
    digits = reader.unused_data.hex()
    return zip(accumulate(map(int, steps)), (digits[at : at + 16] for at in range(0, len(digits), 16)), strict=True)


def unpack_names(names: bytes) -> DocumentNames:
    """The names of a unit that has some."""
    return _NAMES.validate_json(_unzip(names))


def unpack_spelled(spellings: bytes) -> Spelled | None:
    """How a unit's names are spelled, None where it has no document."""
    data = _unzip(spellings)
    return _SPELLED.validate_json(data) if data else None


def unpack_clusters_of(name: str, clusters: bytes) -> DocumentClusters:
    """The clusters of a unit with names, whose document is called so."""
    return unpack_clusters(name, _unzip(clusters))


def _unzip(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MOST)
