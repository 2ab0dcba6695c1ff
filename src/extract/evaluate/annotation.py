"""Mentions of gold and of records in one shape, and where they are read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from extract.errors import RecordError
from extract.normalise.values import NAME_LABELS
from extract.outputs.files import read_lines
from extract.outputs.layout import RECORDS, current

GOLD_SUFFIX = ".gold.jsonl"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a figure: an entity (its id; in gold its name) and the name; `entity` None for `Independents`."""

    entity: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One mention, `source[start:end]` (source offsets) of `document`, with its value in one shape for gold and records.

    Names: `entity`, `name`. DATE: `edtf`, `timex3`, `type`, `mod`. PERCENT and SEATS: `low`, `high`, `unit`, `comparator`,
    `kind` (the measure or role), `owners`, `each`. `sentence` is start, end and text of the sentence around it.
    """

    document: str
    label: str
    start: int
    end: int
    text: str
    value: Mapping[str, Any]
    sentence: tuple[int, int, str] | None = None

    @property
    def is_name(self) -> bool:
        """Whether it names a thing."""
        return self.label in NAME_LABELS

    @property
    def span(self) -> tuple[str, int, int]:
        """Where it stands."""
        return self.document, self.start, self.end


def read_gold(paths: Iterable[Path | str] | Path | str) -> list[Annotation]:
    """The gold in files, and in the `*.gold.jsonl` of folders, in the order given.

    Raises RecordError for a path that is not there, a folder without gold, or a line that is no gold.
    """
    given = [paths] if isinstance(paths, Path | str) else list(paths)
    return [annotation(line, f"{path}:{number}") for path in _gold_files(given) for number, line in read_lines(path)]


def _gold_files(paths: Iterable[Path | str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(path.rglob(f"*{GOLD_SUFFIX}"))
            if not found:
                raise RecordError(f"{path}: no file named *{GOLD_SUFFIX} in this folder")
            yield from found
        else:
            yield path


def read_records(records: Iterable[Mapping[str, Any]] | Path | str) -> Iterator[Annotation]:
    """Records, or those of a `records.jsonl` or of an output folder, as Annotations. Raises RecordError."""
    if isinstance(records, Path | str):
        path = Path(records)
        path = current(path, RECORDS) if path.is_dir() else path
        for number, line in read_lines(path):
            yield annotation(line, f"{path}:{number}")
    else:
        for index, record in enumerate(records):
            yield annotation(record, f"record {index}")


def annotation(line: Any, where: str) -> Annotation:
    """A line of gold, or a record, as an Annotation: their values may be written either way.

    A place stands in the line or in its `source`; an entity is an id with a name, or a name; an owner likewise; a number is
    `percent` or `seats`, or `low` and `high`. Raises RecordError, which names the field.
    """
    try:
        source = line.get("source") or line
        text = line.get("text") or source.get("quote") or ""
        place = source["document"], line["label"], source["start"], source["end"]
        return Annotation(*place, text, _value(line["label"], line["value"]), _sentence(source.get("sentence")))
    except KeyError as error:
        raise RecordError(f"{where}: the field {error.args[0]} is missing") from error
    except (TypeError, AttributeError, ArithmeticError) as error:
        raise RecordError(f"{where}: neither a line of gold nor a record: {error}") from error


def _sentence(sentence: Mapping[str, Any] | None) -> tuple[int, int, str] | None:
    if not sentence:
        return None
    start, text = sentence["start"], sentence["text"]
    return start, sentence.get("end", start + len(text)), text


def _value(label: str, value: Mapping[str, Any]) -> dict[str, Any]:
    if label in NAME_LABELS:
        return {**value, "entity": value["entity"], "name": value.get("name", value["entity"])}
    if label == "PERCENT":
        return _figure(value, "percent", value["measure"], [value["subject"]] if value.get("subject") else [])
    if label == "SEATS":
        return _figure(value, "seats", value["role"], value.get("party") or [])
    return dict(value)


def _figure(value: Mapping[str, Any], name: str, kind: str, owners: Iterable[Mapping[str, Any] | str]) -> dict[str, Any]:
    if name not in value and "low" not in value:
        raise KeyError(f"{name} (or low and high)")
    number = value.get(name)
    low, high = (value.get("low"), value.get("high")) if number is None else (number, number)
    return {
        "low": _decimal(low),
        "high": _decimal(high),
        "unit": value.get("unit", "seats"),
        "comparator": value.get("comparator", "exact"),
        "kind": kind,
        "owners": tuple(_owner(owner) for owner in owners),
        "each": bool(value.get("each", False)),
    }


def _decimal(number: Any) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _owner(owner: Mapping[str, Any] | str) -> Owner:
    return Owner(owner, owner) if isinstance(owner, str) else Owner(owner.get("entity"), owner["name"])


def gold_records(gold: Path | str, document: str | None = None) -> list[dict[str, Any]]:
    """The lines of a gold file or folder as records (without ids, sentences and origins), for tests.

    `document`: only those of this document. Entities are `gold:NAME`.
    """
    return [_as_record(line) for line in read_gold(gold) if document in (None, line.document)]


def _as_record(line: Annotation) -> dict[str, Any]:
    source = {"document": line.document, "start": line.start, "end": line.end, "quote": line.text, "sentence": None}
    return {"label": line.label, "text": line.text, "value": _as_record_value(line), "source": source}


def _as_record_value(line: Annotation) -> dict[str, Any]:
    value = line.value
    if line.is_name:
        return {"entity": f"gold:{value['entity']}", "name": value["name"]}
    if line.label not in ("PERCENT", "SEATS"):
        return {"mod": None, **value}
    single = value["low"] == value["high"]
    low, high, number = (None, None, value["low"]) if single else (value["low"], value["high"], None)
    bounds = {"low": low, "high": high, "comparator": value["comparator"]}
    owners = [_as_reference(owner) for owner in value["owners"]]
    if line.label == "PERCENT":
        subject = owners[0] if owners else None
        return {"percent": number, **bounds, "unit": value["unit"], "subject": subject, "measure": value["kind"]}
    return {"seats": number, **bounds, "role": value["kind"], "party": owners, "each": value["each"]}


def _as_reference(owner: Owner) -> dict[str, Any]:
    return {"entity": None if owner.name == "Independents" else f"gold:{owner.name}", "name": owner.name}


def source_texts(gold: Iterable[Path | str], sources: Path | None = None) -> dict[str, str]:
    """The files that gold speaks of, by name, where they lie in `sources` or beside the gold and are UTF-8."""
    texts: dict[str, str] = {}
    for path in _gold_files(gold):
        for document in sorted({(line.get("source") or line)["document"] for _, line in read_lines(path)}):
            for folder in [path.parent, sources] if sources else [path.parent]:
                texts |= _text_of(folder / document, document)
    return texts


def _text_of(path: Path, document: str) -> dict[str, str]:
    try:
        return {document: path.read_bytes().decode("utf-8-sig")}
    except (OSError, ValueError):
        return {}


def align_documents(gold: Iterable[Annotation], records: Iterable[Annotation]) -> list[Annotation]:
    """The records of documents that have gold, under the names that gold has for them.

    A name is the same, or the file name at the end of a path is, if only one document of the records has it.
    """
    wanted = {line.document for line in gold}
    kept = list(records)
    names = {record.document for record in kept}
    ends = Counter(_file_name(name) for name in names)
    found = {name: _name_in_gold(name, wanted, ends[_file_name(name)] == 1) for name in names}
    taken = {name for name in names if name in wanted}
    return [
        replace(record, document=target)
        for record in kept
        if (target := found[record.document]) is not None and (record.document in taken or target not in taken)
    ]


def _name_in_gold(name: str, wanted: set[str], is_unique: bool) -> str | None:
    if name in wanted:
        return name
    same = [gold for gold in wanted if _file_name(gold) == _file_name(name)]
    return same[0] if is_unique and len(same) == 1 else None


def _file_name(name: str) -> str:
    return PurePosixPath(name).name
