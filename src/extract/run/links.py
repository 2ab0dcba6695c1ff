"""Who is who in a corpus: of each document the entities of its names, and the lines for entities and open pairs, in one file."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Self

from extract.records.finish import Written, entity_line, review_line
from extract.resolve.entities import Aliases, MappedNames, Register, link_documents
from extract.resolve.entities.linking import Linked, Place
from extract.run.database import Database
from extract.run.state import State

_AT_HAND = 1 << 14  # entities that are not looked up again for each document


class Links(Database):
    """The reduce stage of a corpus. Entities and open pairs have numbers, which are their order."""

    TABLES = {  # noqa: RUF012 - declared by Database
        "entities": "number INTEGER, label TEXT, value TEXT, reference TEXT, line TEXT",
        "pairs": "number INTEGER, a INTEGER, b INTEGER, line TEXT",
        "documents": "name TEXT, entities TEXT",
    }

    @classmethod
    def of(
        cls, parts: Sequence[State], aliases: Aliases, register: Register, merge_above: float, path: Path | None = None
    ) -> Self:
        """The links of the names in all parts of a corpus, in a new file; the other arguments are those of `link_corpus`."""
        linked = link_documents(_Names(parts), aliases, register, merge_above)
        links = cls(path)
        links.clear()
        links._write(linked, _record_ids(linked, parts))
        return links

    def _write(self, linked: Linked, ids: Mapping[Place, str]) -> None:
        numbers = {entity.id: number for number, entity in enumerate(linked.entities)}
        self._insert(
            "entities",
            ((number, *Written.of(entity), entity_line(entity, ids).as_line()) for number, entity in enumerate(linked.entities)),
        )
        self._insert(
            "pairs",
            (
                (number, numbers[pair.a.entity], numbers[pair.b.entity], review_line(pair, ids).as_line())
                for number, pair in enumerate(linked.review)
            ),
        )
        self._insert("documents", ((name, json.dumps([*found, *found.values()])) for name, found in linked.documents()))
        self.commit()

    def of_document(self, name: str) -> dict[int, int]:
        """The numbers of the entities of a document's names, under the numbers of the mentions."""
        (told,) = next(self._rows("SELECT entities FROM documents WHERE name = ?", name), ("[]",))
        found = json.loads(told)
        half = len(found) // 2
        return dict(zip(found[:half], found[half:], strict=True))

    @cached_property
    def _at_hand(self) -> dict[int, tuple[Written, bytes]]:
        return {}

    def entities(self, numbers: Iterable[int]) -> list[tuple[Written, bytes]]:
        """Entities as records have them, and a digest of each."""
        known, wanted = self._at_hand, [*numbers]
        if len(known) > _AT_HAND:
            known.clear()
        for number in {number for number in wanted if number not in known}:
            (row,) = self._rows("SELECT label, value, reference FROM entities WHERE number = ?", number)
            digest = hashlib.sha256("\n".join(row).encode("utf-8", "surrogatepass")).digest()
            known[number] = Written(*row), digest
        return [known[number] for number in wanted]

    def entity_lines(self, numbers: Container[int]) -> Iterator[str]:
        """The lines of `entities.jsonl` for some entities."""
        return (line for number, line in self._rows("SELECT number, line FROM entities ORDER BY number") if number in numbers)

    def review_lines(self, numbers: Container[int]) -> Iterator[str]:
        """The lines of `review.jsonl` for the open pairs of some entities."""
        rows = self._rows("SELECT a, b, line FROM pairs ORDER BY number")
        return (line for a, b, line in rows if a in numbers or b in numbers)


class _Names:
    """The names of all documents in all parts, in the order of the documents' names; not kept, but read whenever asked for."""

    def __init__(self, parts: Sequence[State]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[MappedNames]:
        for name, key, part in heapq.merge(*map(_by_name, self._parts), key=itemgetter(0)):
            if names := part.names(name, key):
                yield names


def _by_name(part: State) -> Iterator[tuple[str, bytes, State]]:
    return ((name, key, part) for name, key in part.good())


def _record_ids(linked: Linked, parts: Iterable[State]) -> dict[Place, str]:
    """The records that stand at the mentions which entities and open pairs point to."""
    shown: dict[str, set[int]] = defaultdict(set)
    for name, mention in chain(
        (variant.first for entity in linked.entities for variant in entity.variants),
        (side.mention for pair in linked.review for side in (pair.a, pair.b, *pair.more)),
    ):
        shown[name].add(mention)
    ids: dict[Place, str] = {}
    for part in parts:
        for name, key in part.good():
            if mentions := shown.get(name):
                ids |= {(name, mention): id_ for mention, id_ in part.ids(key, mentions).items()}
    return ids
