"""Gold out of corrections: what annotation tools, or the marks of the evidence page, say of the documents of an output folder.

What was not touched keeps the value that its record has; a value that a tool gives (Label Studio's text areas, brat's notes)
counts as given. A document that nobody looked at gives no gold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import RecordError
from extract.evaluate.annotation import annotation
from extract.normalise.values import NAME_LABELS
from extract.outputs.export.annotated import Shown, shown
from extract.outputs.files import read_lines
from extract.outputs.reading import CodeUnits, Output
from extract.records.gold import gold_line, gold_value
from extract.records.record import Record


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention as a tool has it: `text[start:end]` as shown (as the tool counts), its value where the tool gives one."""

    label: str
    start: int
    end: int
    value: Mapping[str, Any] | None
    where: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A document as a tool has it, with all of its mentions. `text` is None where the tool does not give it."""

    document: str
    text: str | None
    marks: list[Mark]
    where: str
    is_utf16: bool = False


@dataclass(slots=True)
class Imported:
    """The lines of gold, and what could not become one: file, line and field, and what to do."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def import_gold(format: str, paths: Iterable[Path], output: Output) -> Imported:
    """The gold that corrected files make of the documents of an output folder. Raises RecordError for a file that is none."""
    imported = Imported()
    if format == "answers":
        _import_answers(paths, output, imported)
        return imported
    marked = {each.document: each for path in paths for each in READERS[format](path)}
    for each in shown(output):
        if (found := marked.pop(each.line.document, None)) is not None:
            _import_document(found, each, imported)
    imported.problems += [f"{each.where}: no document {each.document!r} in {output.folder}" for each in marked.values()]
    return imported


# -- one document -----------------------------------------------------------------------------------------------------------


def _import_document(marked: Marked, each: Shown, imported: Imported) -> None:
    if marked.text is not None and marked.text != each.text:
        imported.problems.append(f"{marked.where}: the text is another than that of {marked.document}; export it again")
        return
    units = CodeUnits(each.text) if marked.is_utf16 else None
    records = _Known(each)
    lines = []
    for mark in marked.marks:
        start, end = (units.back(mark.start), units.back(mark.end)) if units else (mark.start, mark.end)
        try:
            lines.append(_line(mark, start, end, each, records))
        except RecordError as error:
            imported.problems.append(str(error))
    imported.lines += sorted(lines, key=_order)


def _order(line: Mapping[str, Any]) -> tuple[int, int, str]:
    return line["start"], -line["end"], line["label"]


def _line(mark: Mark, start: int, end: int, each: Shown, records: _Known) -> dict[str, Any]:
    try:
        first, last = each.document.to_source(start, end)
    except (ValueError, TypeError) as error:
        raise RecordError(f"{mark.where}: start, end: {error}") from error
    value = mark.value if mark.value is not None else records.value(mark, start, end, each.text)
    quote = each.document.source_text[first:last]
    line = {"document": each.line.document, "label": mark.label, "start": first, "end": last, "quote": quote, "value": value}
    annotation(line, mark.where)  # that the value is one of its label
    return _by_names(line)


class _Known:
    """The records of a document by their places in the text as shown."""

    def __init__(self, each: Shown) -> None:
        self._records = {(record.label, start, end): record for start, end, record in each.mentions}
        self._mentions = each.mentions

    def value(self, mark: Mark, start: int, end: int, text: str) -> dict[str, Any]:
        """The value of the record that stands there, or of one of the label that touches it; a name's own words.

        Raises RecordError where there is none.
        """
        record = self._records.get((mark.label, start, end)) or self._near(mark.label, start, end)
        if record:
            return gold_value(record)
        if mark.label in NAME_LABELS:
            return {"entity": " ".join(text[start:end].split())}
        raise RecordError(f"{mark.where}: value: a {mark.label} that is new needs one, say {_EXAMPLES.get(mark.label, '{}')}")

    def _near(self, label: str, start: int, end: int) -> Record | None:
        is_name = label in NAME_LABELS
        touching = (
            record
            for first, last, record in self._mentions
            if first < end and last > start and (record.label == label or (is_name and (first, last) == (start, end)))
        )
        return next((record for record in touching if (record.label in NAME_LABELS) == is_name), None)


_EXAMPLES = {
    "DATE": '{"edtf": "2024-06-09", "timex3": "2024-06-09", "type": "DATE"}',
    "PERCENT": '{"percent": 31.5, "unit": "percent", "measure": "vote_share", "subject": "Nykhas"}',
    "SEATS": '{"seats": 6, "role": "won", "party": ["Nykhas"]}',
}


# -- tools ------------------------------------------------------------------------------------------------------------------


def _read_labelstudio(path: Path) -> Iterator[Marked]:
    """Label Studio's JSON: of each task the last annotation that was not cancelled; tasks without one are left out."""
    tasks = _json(path, _bytes(path))
    if not isinstance(tasks, list):
        raise RecordError(f"{path}: not an export of Label Studio: a list of tasks is expected; export as JSON")
    for number, task in enumerate(tasks, 1):
        where = f"{path}: task {number}"
        data = _get(task, "data", where)
        done = [each for each in task.get("annotations") or () if not each.get("was_cancelled")]
        if done:
            marks = list(_regions(_get(done[-1], "result", where), where))
            yield Marked(_get(data, "document", f"{where}: data"), data.get("text"), marks, where)


def _regions(result: Iterable[Mapping[str, Any]], where: str) -> Iterator[Mark]:
    notes = {region.get("id"): region["value"].get("text") for region in result if region.get("type") == "textarea"}
    for number, region in enumerate(result, 1):
        if region.get("type") != "labels":
            continue
        place = f"{where}: region {number}"
        value = _get(region, "value", place)
        note = notes.get(region.get("id"))
        told = note[-1] if isinstance(note, list) and note else note
        label = _get(value, "labels", f"{place}: value")[0]
        yield Mark(label, _get(value, "start", place), _get(value, "end", place), _note(told, place), place)


def _read_doccano(path: Path) -> Iterator[Marked]:
    """doccano's JSON Lines, `label` (or `entities`) in UTF-16 units."""
    for number, line in read_lines(path):
        where = f"{path}:{number}"
        labels = line.get("label", line.get("labels"))
        if labels is None:
            labels = [[each["start_offset"], each["end_offset"], each["label"]] for each in _get(line, "entities", where)]
        marks = [Mark(label, start, end, None, f"{where}: label {n}") for n, (start, end, label) in enumerate(labels, 1)]
        document = line.get("document") or (line.get("meta") or {}).get("document")
        if not document:
            raise RecordError(f"{where}: the field document is missing; import what `extract export … doccano` wrote")
        yield Marked(document, line.get("text"), marks, where, is_utf16=True)


def _read_brat(folder: Path) -> Iterator[Marked]:
    """A folder of `.ann` files, with the `documents.json` of the export; notes that are JSON are values."""
    names = _json(folder / "documents.json", _bytes(folder / "documents.json"))
    for name, document in names.items():
        path = folder / f"{Path(name).name}.ann"
        if path.exists():
            text = _bytes(folder / f"{Path(name).name}.txt").decode()
            yield Marked(document, text, list(_brat_marks(path)), str(path))


def _brat_marks(path: Path) -> Iterator[Mark]:
    lines = [(number, line.split("\t")) for number, line in enumerate(_bytes(path).decode().splitlines(), 1)]
    notes = {cells[1].split()[-1]: (number, cells[2]) for number, cells in lines if cells[0][:1] == "#" and len(cells) > 2}
    for number, cells in lines:
        if not cells[0].startswith("T"):
            continue
        where = f"{path}:{number}"
        try:
            label, places = cells[1].split(" ", 1)
            numbers = [int(each) for each in places.replace(";", " ").split()]
        except (IndexError, ValueError) as error:
            raise RecordError(f"{where}: not a line of brat: `T1<TAB>LABEL START END<TAB>TEXT` is expected") from error
        noted = notes.get(cells[0])
        value = _note(noted[1], f"{path}:{noted[0]}") if noted else None
        yield Mark(label, numbers[0], numbers[-1], value, where)


READERS: Mapping[str, Callable[[Path], Iterator[Marked]]] = {
    "labelstudio": _read_labelstudio,
    "doccano": _read_doccano,
    "brat": _read_brat,
}
FORMATS = (*READERS, "answers")


# -- the page's marks -------------------------------------------------------------------------------------------------------


def _import_answers(paths: Iterable[Path], output: Output, imported: Imported) -> None:
    """The marks of the page: gold of every document that has one, in which a record without a mark counts as right."""
    marks: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for path in paths:
        for number, line in read_lines(path):
            where = f"{path}:{number}"
            if _get(line, "mark", where) not in ("ok", "wrong", "edit"):
                raise RecordError(f"{where}: mark: {line['mark']!r} is none of ok, wrong, edit")
            marks[_get(line, "record", where)] = where, line
    for _, records in output.by_document():
        own = {record.id for record in records} & marks.keys()
        if own:
            lines = [line for record in records if (line := _answered(record, marks.get(record.id), imported))]
            imported.lines += sorted(lines, key=_order)
        for record in own:
            del marks[record]
    imported.problems += [f"{where}: record: no {record} in {output.folder}" for record, (where, _) in marks.items()]


def _answered(record: Record, mark: tuple[str, Mapping[str, Any]] | None, imported: Imported) -> dict[str, Any] | None:
    line = gold_line(record)
    if mark is None or mark[1]["mark"] == "ok":
        return line
    where, given = mark
    if given["mark"] == "wrong":
        return None
    line |= {"label": given.get("label", record.label), "value": given.get("value")}
    try:
        annotation(line, where)
    except RecordError as error:
        imported.problems.append(str(error))
        return None
    return _by_names(line)


def _by_names(line: dict[str, Any]) -> dict[str, Any]:
    """A line whose value calls entities by their names, as all of a file of gold must."""
    value = dict(line["value"])
    if "name" in value and line["label"] in NAME_LABELS:
        value = {"entity": value["name"]}
    if value.get("party"):
        value["party"] = [_name(owner) for owner in value["party"]]
    if value.get("subject"):
        value["subject"] = _name(value["subject"])
    return {**line, "value": value}


def _name(owner: Mapping[str, Any] | str) -> str:
    return owner if isinstance(owner, str) else str(owner["name"])


# -- reading ----------------------------------------------------------------------------------------------------------------


def _get(data: Any, key: str, where: str) -> Any:
    if not isinstance(data, Mapping) or key not in data:
        raise RecordError(f"{where}: the field {key} is missing")
    return data[key]


def _note(text: Any, where: str) -> Mapping[str, Any] | None:
    """A value that a person has edited as JSON; None for a note that is none."""
    if not isinstance(text, str) or not text.lstrip().startswith("{"):
        return None
    return dict(_json(where, text))


def _json(where: Path | str, text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{where}: not JSON: {error}") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}") from error
