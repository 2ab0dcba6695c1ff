"""Who is who in a corpus: of each document the entities of its names, and the lines for entities and open pairs, in one file."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Self

from extract.records.finish import Written, entity_line, review_line
from extract.resolve.entities import Aliases, DocumentNames, Linking, Register, link_corpus
from extract.resolve.entities.linking import Place
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
        where: dict[str, tuple[State, bytes]] = {}
        linking = link_corpus(_names(parts, where), aliases, register, merge_above)
        links = cls(path)
        links.clear()
        links._write(linking, _record_ids(linking, where))
        return links

    def _write(self, linking: Linking, ids: Mapping[Place, str]) -> None:
        numbers = {entity.id: number for number, entity in enumerate(linking.entities)}
        self._insert(
            "entities",
            ((number, *Written.of(entity), entity_line(entity, ids).as_line()) for number, entity in enumerate(linking.entities)),
        )
        self._insert(
            "pairs",
            (
                (number, numbers[pair.a.entity], numbers[pair.b.entity], review_line(pair, ids).as_line())
                for number, pair in enumerate(linking.review)
            ),
        )
        self._insert(
            "documents",
            (
                (name, json.dumps({mention: numbers[linking.entity_of[name, mention]] for mention in mentions}))
                for name, mentions in _by_document(linking.entity_of)
            ),
        )
        self.commit()

    def of_document(self, name: str) -> dict[int, tuple[int, Written]]:
        """The entities of a document's names with their numbers, under the numbers of the mentions."""
        rows = self._rows("SELECT entities FROM documents WHERE name = ?", name)
        return {int(mention): (number, self._entity(number)) for (told,) in rows for mention, number in json.loads(told).items()}

    @cached_property
    def _at_hand(self) -> dict[int, Written]:
        return {}

    def _entity(self, number: int) -> Written:
        if number not in self._at_hand:
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            (row,) = self._rows("SELECT label, value, reference FROM entities WHERE number = ?", number)
            self._at_hand[number] = Written(*row)
        return self._at_hand[number]

    def entity_lines(self, numbers: Container[int]) -> Iterator[str]:
        """The lines of `entities.jsonl` for some entities."""
        return (line for number, line in self._rows("SELECT number, line FROM entities ORDER BY number") if number in numbers)

    def review_lines(self, numbers: Container[int]) -> Iterator[str]:
        """The lines of `review.jsonl` for the open pairs of some entities."""
        rows = self._rows("SELECT a, b, line FROM pairs ORDER BY number")
        return (line for a, b, line in rows if a in numbers or b in numbers)


def _names(parts: Sequence[State], where: dict[str, tuple[State, bytes]]) -> Iterator[DocumentNames]:
    """The names of all documents; on the way `where` learns in which part and under which key each stands."""
    for part in parts:
        for unit in part.plan():
            if not unit.failure and (names := part.names(unit.key)):
                where[names.document] = part, unit.key
                yield names


def _by_document(places: Iterable[Place]) -> Iterator[tuple[str, list[int]]]:
    for name, group in groupby(sorted(places), key=itemgetter(0)):
        yield name, [mention for _, mention in group]


def _record_ids(linking: Linking, where: Mapping[str, tuple[State, bytes]]) -> dict[Place, str]:
    """The records that stand at the mentions which entities and open pairs point to."""
    shown = {variant.first for entity in linking.entities for variant in entity.variants}
    shown |= {side.mention for pair in linking.review for side in (pair.a, pair.b, *pair.more)}
    ids: dict[Place, str] = {}
    for name, mentions in _by_document(shown):
        part, key = where[name]
        found = part.ids(key)
        ids |= {(name, mention): found[mention] for mention in mentions}
    return ids
