"""What a run makes: from the lines with slots that the map stage left, once the entities are known, the lines of the output."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from extract.records.finish import Written
from extract.records.record import FailureLine, Record, TextLine
from extract.run.links import Links
from extract.run.plan import Unit
from extract.run.state import State


@dataclass(frozen=True)
class Finished:
    """What a document gives to `documents.jsonl`, `records.jsonl` and `texts.jsonl`: lines, each with its break, or nothing."""

    line: bytes
    records: bytes
    text: bytes

    @property
    def parts(self) -> tuple[bytes, bytes, bytes]:
        """The three."""
        return self.line, self.records, self.text

    @cached_property
    def digest(self) -> bytes:
        """A digest of all of it: 16 bytes."""
        digest = hashlib.sha256()
        for lines in self.parts:
            digest.update(len(lines).to_bytes(8))
            digest.update(lines)
        return digest.digest()[:16]


@dataclass(frozen=True, slots=True)
class FinishedDocument:
    """A finished document. `made_of` is a digest of all that it depends on, nothing where it has failures to tell as well."""

    key: bytes
    made_of: bytes
    finished: Finished


Reach = Callable[[Path | str | None], str | None]
"""How a file is reached from where the output stands."""
Before = Callable[[bytes, bytes], Finished | None]
"""Gets the key of a document and the digest of what it is made of; gives what an earlier run finished of the same, if it has."""


class Extraction:
    """The result of a run: iterate `records()`; what was lost on the way is in `failures` then."""

    def __init__(self, parts: Sequence[State], links: Links, sources: Sequence[Path] = ()) -> None:
        """`parts` are all parts of a corpus, or some; `links` are of all. `sources`: the files and folders that were named."""
        self.sources = sources
        self._parts = parts
        self._links = links
        self._named: set[int] = set()  # the numbers of the entities that the documents name
        self.failures: list[FailureLine] = []
        self._counts: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()

    def documents(
        self, reach: Reach = lambda path: None, before: Before = lambda key, made_of: None
    ) -> Iterator[FinishedDocument]:
        """The documents in the order of the corpus, one at a time."""
        self.failures = []
        self._counts.clear()
        self._labels.clear()
        for unit, part in heapq.merge(*map(_planned, self._parts), key=lambda planned: planned[0].number):
            if unit.failure:
                self.failures.append(unit.failure)
                continue
            found, path = self._links.of_document(unit.source.name), reach(unit.path)
            entities = dict(zip(found, self._links.entities(found.values()), strict=True))
            made_of = _made_of(path, entities)
            document = self._made_before(before, unit.key, made_of) or self._make(part, unit, path, entities, made_of)
            if document:
                self._named.update(found.values())
                yield document

    def _made_before(self, before: Before, key: bytes, made_of: bytes) -> FinishedDocument | None:
        if not (finished := before(key, made_of)):
            return None
        line = json.loads(finished.line)
        self._count(line["records"], line["sentences"], line["warnings"])
        return FinishedDocument(key, made_of, finished)

    def _make(
        self, part: State, unit: Unit, path: str | None, entities: Mapping[int, tuple[Written, bytes]], made_of: bytes
    ) -> FinishedDocument | None:
        head, (lines, labels) = part.read(unit.key, {mention: written for mention, (written, _) in entities.items()})
        self.failures += head.failures
        if not head.document:
            return None
        line = head.document.model_copy(update={"path": path, "records": dict(sorted(Counter(labels).items()))})
        self._count(line.records, line.sentences, line.warnings)
        text = TextLine(document=line.document, text=head.text).as_line() if head.text is not None else ""
        told = (f"{each}\n".encode() if each else b"" for each in (line.as_line(), lines, text))
        return FinishedDocument(unit.key, b"" if head.failures else made_of, Finished(*told))

    def _count(self, labels: Mapping[str, int], sentences: int, warnings: Sequence[str]) -> None:
        for name, count in (("documents", 1), ("warned", bool(warnings)), ("sentences", sentences)):
            self._counts[name] += count
        for label, count in labels.items():
            self._labels[label] += count

    def records(self) -> Iterator[Record]:
        """All records, document by document, in the order of the text."""
        for document in self.documents():
            for line in document.finished.records.splitlines():
                yield Record.model_validate_json(line)

    def counts(self, entities: int, review: int) -> dict[str, int]:
        """The counts of the manifest, when all documents are finished; the last are those of the records by label."""
        found = {name: self._counts[name] for name in ("documents", "warned", "sentences")}
        found |= {"failures": len(self.failures), "entities": entities, "review": review, "records": self._labels.total()}
        return {**found, **dict(sorted(self._labels.items()))}

    def entity_lines(self) -> Iterator[str]:
        """The lines of `entities.jsonl`; known when all documents are finished."""
        return self._links.entity_lines(self._named)

    def review_lines(self) -> Iterator[str]:
        """The lines of `review.jsonl`, likewise."""
        return self._links.review_lines(self._named)


def _made_of(path: str | None, entities: Mapping[int, tuple[Written, bytes]]) -> bytes:
    """A digest of what lines depend on that the key of their unit does not tell."""
    told = [f"{path} {[*entities]}".encode("utf-8", "surrogatepass"), *(digest for _, digest in entities.values())]
    return hashlib.sha256(b"\n".join(told)).digest()[:16]


def _planned(part: State) -> Iterator[tuple[Unit, State]]:
    return ((unit, part) for unit in part.plan())
