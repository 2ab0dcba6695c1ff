"""What is other in a new output folder than in an old one, record by record, each with its cause.

Documents are paired by name, then by the hash of their bytes; records by id, then by label, sentence, words and place. That the
source has another hash, or a record another offset or line, is no change: it is *changed* where its label, words or value are
(entities count by their names), and *moved* where only its document, section or place in a table is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any, Literal

from extract.normalise.values import NAME_LABELS
from extract.outputs.reading import Output
from extract.outputs.tables import normal_form, owners
from extract.records.gold import gold_value
from extract.records.record import DocumentLine, EntityLine, Manifest, Record
from extract.sources import ROWS

Kind = Literal["appeared", "went", "changed", "moved"]
_Side = tuple[DocumentLine, list[Record]]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `old` and `new` are the ids of the records, `was` and `now` what they say; None where there is none."""

    kind: Kind
    cause: str
    document: str
    line: int
    label: str
    text: str
    old: str | None
    new: str | None
    was: str | None
    now: str | None
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """The change as plain JSON data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes in the order of the documents, and how many records there were and are."""

    changes: tuple[Change, ...]
    old: int
    new: int

    @property
    def share(self) -> float:
        """How much of the larger side appeared, went or changed: 0 to 1."""
        return sum(change.kind != "moved" for change in self.changes) / max(self.old, self.new, 1)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many changes there are by kind and cause."""
        return Counter((change.kind, change.cause.partition(":")[0]) for change in self.changes)


def diff(old: Output, new: Output) -> Diff:
    """The differences between two output folders. Raises RecordError for one that cannot be read."""
    causes = _Causes(old, new)
    changes: list[Change] = []
    sizes = [0, 0]
    for before, after in _documents(old, new):
        sizes = [size + len(side[1] if side else ()) for size, side in zip(sizes, (before, after), strict=True)]
        changes += _document_changes(before, after, causes)
    return Diff(tuple(sorted(changes, key=_place)), *sizes)


def _place(change: Change) -> tuple[Any, ...]:
    return change.document, change.line, change.kind, change.label, change.old or "", change.new or ""


def _documents(old: Output, new: Output) -> Iterator[tuple[_Side | None, _Side | None]]:
    """Documents in pairs. Both folders list them in one order, so that few have to wait for their partner."""
    waiting: tuple[dict[str, _Side], dict[str, _Side]] = ({}, {})
    for sides in zip_longest(old.by_document(), new.by_document()):
        for number, side in enumerate(sides):
            if side:
                waiting[number][side[0].document] = side
        for side in sides:
            name = side[0].document if side else ""
            if name in waiting[0] and name in waiting[1]:
                yield waiting[0].pop(name), waiting[1].pop(name)
    by_hash = {side[0].sha256: name for name, side in waiting[0].items()}
    for name, side in list(waiting[1].items()):
        if (was := by_hash.pop(side[0].sha256, None)) is not None and side[0].format not in ROWS:
            yield waiting[0].pop(was), waiting[1].pop(name)
    yield from ((side, None) for side in waiting[0].values())
    yield from ((None, side) for side in waiting[1].values())


def _document_changes(before: _Side | None, after: _Side | None, causes: _Causes) -> Iterator[Change]:
    if before is None or after is None:
        cause = "new document" if before is None else "document gone"
        for record in (before or after or (None, []))[1]:
            yield _change(None if before is None else record, None if after is None else record, cause)
        return
    sentences = [{record.source.sentence.text for record in side[1]} for side in (before, after)]
    is_edited = before[0].sha256 != after[0].sha256
    for a, b in _pairs(before[1], after[1]):
        if a is None or b is None or _says(a) != _says(b):
            yield _change(a, b, causes.of(a, b, is_edited, sentences))
        elif _stands(a) != _stands(b):
            yield _change(a, b, "document renamed" if a.source.document != b.source.document else "source edited", kind="moved")


def _says(record: Record) -> tuple[Any, ...]:
    return record.label, record.text, gold_value(record)


def _stands(record: Record) -> tuple[Any, ...]:
    return record.source.document, record.source.section, record.source.locator


def _pairs(old: Iterable[Record], new: Iterable[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """Records with the same id; of the others those that are most alike, by one key after the other, in the order of the text."""
    left, right = list(old), list(new)
    for key in _KEYS:
        found: dict[Hashable, list[Record]] = defaultdict(list)
        for record in reversed(left):
            found[key(record)].append(record)
        rest, taken = [], set()
        for record in right:
            if partners := found.get(key(record)):
                partner = partners.pop()
                taken.add(partner.id)
                yield partner, record
            else:
                rest.append(record)
        left, right = [record for record in left if record.id not in taken], rest
    yield from ((record, None) for record in left)
    yield from ((None, record) for record in right)


_KEYS: tuple[Callable[[Record], Hashable], ...] = (
    lambda record: record.id,
    lambda record: (record.label, record.text, record.source.sentence.text, record.source.section),
    lambda record: (record.label, record.text, record.source.sentence.text),
    lambda record: (record.label, record.source.sentence.text),
    lambda record: (record.label, record.text, record.source.section),
    lambda record: (record.label, record.source.line),
)


def _change(a: Record | None, b: Record | None, cause: str, kind: Kind | None = None) -> Change:
    record = b or a
    assert record is not None
    return Change(
        kind=kind or ("appeared" if a is None else "went" if b is None else "changed"),
        cause=cause,
        document=record.source.document,
        line=record.source.line,
        label=record.label,
        text=record.text,
        old=a.id if a else None,
        new=b.id if b else None,
        was=_told(a),
        now=_told(b),
        sentence=record.source.sentence.text,
    )


def _told(record: Record | None) -> str | None:
    """A record's say in a few words: `SEATS 6 seats (won: Nykhas)`."""
    if record is None:
        return None
    value = gold_value(record)
    kind, names = value.get("role") or value.get("measure"), ", ".join(owner.name for owner in owners(record))
    whose = f" ({kind}: {names})" if names else f" ({kind})" if kind else ""
    normal = normal_form(record)
    return f"{record.label} {record.text}{'' if normal == record.text else f' = {normal}'}{whose}"


# -- causes ------------------------------------------------------------------------------------------------------------------


class _Causes:
    """What differs between two runs, and which of it made a record other."""

    def __init__(self, old: Output, new: Output) -> None:
        self._before, self._after = old.manifest(), new.manifest()
        self._rule_files = _changed_files(self._before, self._after)
        self._aliases = _aliases(old.entities()), _aliases(new.entities())
        self._has_other_documents = _hashes(old) != _hashes(new)

    def of(self, a: Record | None, b: Record | None, is_edited: bool, sentences: list[set[str]]) -> str:
        """The cause, what is nearest to the record first."""
        record = b or a
        assert record is not None
        is_new = (b is not None and b.source.sentence.text not in sentences[0]) or (
            a is not None and a.source.sentence.text not in sentences[1]
        )
        if is_edited and is_new:
            return f"source edited: line {record.source.line}"
        if reason := self._alias(a, b):
            return f"alias file: {reason}"
        for each in (b, a):
            if each and each.origin.rule.partition(".")[0] in self._rule_files:
                return f"rule file: {each.origin.rule.partition('.')[0]}.yml"
        return self._of_run(record, is_edited)

    def _alias(self, a: Record | None, b: Record | None) -> str | None:
        """The line of the alias file that holds in one of both runs, and not alike in the other, for an entity of the record."""
        sides = [(each, lines) for each, lines in zip((a, b), self._aliases, strict=True) if each]
        told = [next((lines[entity] for entity in _entities(each) if entity in lines), None) for each, lines in sides]
        return next((line for line in told if line), None) if len(set(told)) > 1 or len(told) == 1 else None

    def _of_run(self, record: Record, is_edited: bool) -> str:
        """What is other in the run as a whole."""
        if self._before.model != self._after.model:
            return f"model: {self._before.model} to {self._after.model}"
        if self._before.version != self._after.version:
            return f"version: {self._before.version} to {self._after.version}"
        if "aliases" in self._rule_files and (record.label in NAME_LABELS or owners(record)):
            return "alias file"
        if "register" in self._rule_files and record.label in NAME_LABELS:
            return "register"
        if files := sorted(self._rule_files - {"aliases", "register"}):
            return f"rule file: {', '.join(f'{name}.yml' for name in files)}"
        if self._before.rules != self._after.rules:
            return "rule file"
        if options := _other_keys(self._before.options, self._after.options):
            return "weights" if options == ["weights"] else f"options: {', '.join(options)}"
        if is_edited:
            return f"source edited: line {record.source.line}"
        return "other documents" if self._has_other_documents else "unknown"


def _other_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]


def _changed_files(before: Manifest, after: Manifest) -> set[str]:
    old, new = before.rule_files, after.rule_files
    return set(_other_keys(old, new)) if old and new else set()


def _aliases(entities: Iterable[EntityLine]) -> dict[str, str]:
    """The line of the alias file that has its hand in an entity, by the entity's id."""
    reasons = {entity.id: each.reason for entity in entities for each in entity.variants if each.link == "alias"}
    return {entity: reason.removeprefix("the alias file, ") for entity, reason in reasons.items()}


def _entities(record: Record) -> list[str]:
    return [entity for entity in (getattr(record.value, "entity", None), *(owner.entity for owner in owners(record))) if entity]


def _hashes(output: Output) -> set[tuple[str, str]]:
    return {(line.document, line.sha256) for line in output.documents()}
