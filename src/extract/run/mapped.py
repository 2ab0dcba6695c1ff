"""What the map stage makes of one unit: finished lines with slots, the names for the corpus, and what was lost on the way.

Between processes and on disk it is pieces of compressed JSON, so that each stage reads no more than it needs.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from extract.records.finish import Written
from extract.records.record import DocumentLine, FailureLine
from extract.resolve.entities import DocumentClusters, DocumentNames, PackedNames, pack_names, steps
from extract.run.lines import Lines, pack_lines, unpack_lines


class Head(BaseModel):
    """A unit without its lines and names.

    `content` is the SHA-256 of the bytes that it was made of, None where another try may give something else. `document` is None
    where nothing came of it; its `path` and the counts of its `records` are not known yet. `text` is what the file was converted
    to, if it was.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    content: str | None
    document: DocumentLine | None = None
    failures: tuple[FailureLine, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """One unit after the map stage; `lines` have slots (see `records.finish`), `numbers` are those of their mentions."""

    head: Head
    names: DocumentNames | None = None
    clusters: DocumentClusters | None = None
    numbers: Sequence[int] = ()
    lines: Sequence[str] = ()


class Packed(NamedTuple):
    """A mapped unit as bytes: the four lists of its names (see `PackedNames`), the ids of its records, the rest."""

    content: str | None
    words: bytes
    spelled: bytes
    clusters: bytes
    names: bytes
    ids: bytes
    rest: bytes


_ID = slice(len('{"id":"r_'), len('{"id":"r_') + 16)
_BREAK = "\n"
_MOST = 1 << 31  # bytes of one unit, unpacked
_LEVEL = 6  # takes half a millisecond more for a document than the fastest, and a fifth less room


def pack(mapped: Mapped) -> Packed:
    """The unit as bytes."""
    names = pack_names(mapped.names, mapped.clusters) if mapped.names and mapped.clusters else PackedNames()
    numbers = zipped(",".join(map(str, steps(mapped.numbers))).encode())
    ids = numbers + b"".join(bytes.fromhex(line[_ID]) for line in mapped.lines)
    rest = f"{mapped.head.model_dump_json(exclude_defaults=True)}{_BREAK}{pack_lines(mapped.lines, mapped.numbers)}"
    words, spelled, clusters, others = map(zipped, names)
    return Packed(mapped.head.content, words, spelled, clusters, others, ids, zipped(rest.encode(), names.words))


def unpack(words: bytes, ids: bytes, rest: bytes, entities: Mapping[int, Written]) -> tuple[Head, Lines]:
    """A unit's head and its lines, with the entities of its names under their numbers.

    This and the others raise ValueError, LookupError or zlib.error for what is damaged.
    """
    head, _, lines = unzip(rest, unzip(words)).decode().partition(_BREAK)
    return Head.model_validate_json(head), unpack_lines(*_ids(ids), lines, entities)


def unpack_ids(ids: bytes, mentions: Collection[int]) -> dict[int, str]:
    """The ids of the records of some mentions."""
    numbers, digits = _ids(ids)
    return {number: f"r_{digits[16 * at : 16 * at + 16]}" for at, number in enumerate(numbers) if number in mentions}


def _ids(ids: bytes) -> tuple[list[int], str]:
    """The numbers, which are packed as steps from one to the next, and the ids behind them, each 16 digits in hex."""
    reader = zlib.decompressobj()
    told = reader.decompress(ids, _MOST).decode()
    return list(accumulate(map(int, told.split(",")))) if told else [], reader.unused_data.hex()


def zipped(data: bytes, known: bytes = b"") -> bytes:
    """`known`: what is at hand when the data is read, and need not be told again."""
    packer = zlib.compressobj(_LEVEL, zdict=known)
    return packer.compress(data) + packer.flush()


def unzip(data: bytes, known: bytes = b"") -> bytes:
    """What was packed, with the same known."""
    return zlib.decompressobj(zdict=known).decompress(data, _MOST)
