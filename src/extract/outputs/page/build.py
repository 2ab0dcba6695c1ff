"""Builds the page: an index of all mentions, shards of documents and entities, and a shell around them.

Data reaches the page in scripts that hand over JSON (a page opened from disk may load scripts, but not fetch), with every `<`
escaped; the shell's Content-Security-Policy lets nothing else run and nothing be asked for from outside.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment

from extract.outputs.claims import Ledger
from extract.outputs.export.formats import whole
from extract.outputs.page.index import AUDITED, CHANGED, REVIEWED, Columns
from extract.outputs.reading import CodeUnits, Output, Told, sentences_only, visible_spans
from extract.records.record import EntityLine, Record, ReviewLine
from extract.sources.document import Block, Document

ONE_FILE = 5 << 20
"""Up to so many characters of data, everything stands in one file."""
_SHARD = 256 << 10
_ENTITIES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Explained:
    """How the mentions of a document came about: steps by label and span of the text, and the candidates that lost.

    Both in code points of the text as read; a lost candidate is start, end, label, words, rule and reason.
    """

    steps: Mapping[tuple[str, int, int], tuple[str, ...]]
    lost: tuple[tuple[int, int, str, str, str, str], ...]


Explain = Callable[[Document], Explained]


def write_page(
    output: Output,
    target: Path,
    one_file: bool = False,
    explain: Explain | None = None,
    changed: Collection[str] = (),
) -> dict[str, int]:
    """Writes the page of an output folder; gives the numbers of documents, mentions and characters of data.

    `target` is a folder (`index.html` in it, with everything inside if that is little), or with `one_file` a file. `explain`
    gives the steps of each document, `changed` are the records to be marked as changed. Raises UsageError where something else
    stands there.
    """
    with whole(target, is_folder=not one_file) as part:
        store = _Store(None if one_file else part)
        counts = _Builder(output, store, explain, changed).run()
        _write_shell(part if one_file else part / "index.html", store)
        return {**counts, "characters": store.size}


class _Store:
    """Keeps pieces of data; once they are too many for one file, writes each into a script of its own."""

    def __init__(self, folder: Path | None) -> None:
        self.folder, self.size, self.pieces = folder, 0, dict[str, str]()
        self.is_spilt = False

    def add(self, name: str, data: Any) -> None:
        """Another piece."""
        script = f"E.add({json.dumps(name)},{_script_json(data)});\n"
        self.size += len(script)
        self.pieces[name] = script
        if self.folder and (self.is_spilt or self.size > ONE_FILE):
            self._spill(self.folder)

    def _spill(self, folder: Path) -> None:
        (folder / "data").mkdir(exist_ok=True)
        for name, script in self.pieces.items():
            (folder / "data" / f"{name}.js").write_text(script, "utf-8")
        self.pieces, self.is_spilt = {}, True


def _script_json(data: Any) -> str:
    """JSON that no parser of HTML or JavaScript mistakes for anything else."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")
"""What would end a script or a line of it; and halves of characters, which no file can hold."""


class _Builder:
    def __init__(self, output: Output, store: _Store, explain: Explain | None, changed: Collection[str]) -> None:
        self._output, self._store, self._explain, self._changed = output, store, explain, changed
        self._columns, self._ledger = Columns(), Ledger()
        self._audit: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._audited: set[str] = set()
        for line in output.audit():
            self._audit[line.document].append({"check": line.check, "message": line.message, "records": line.records})
            self._audited.update(line.records)
        self._review = list(output.review())
        self._doubtful = {side.entity for line in self._review for side in (line.a, line.b)}

    def run(self) -> dict[str, int]:
        """Adds all pieces, the index last."""
        documents = self._documents()
        index = {
            **self._columns.as_json(),
            "documents": documents,
            "entities": self._entities(),
            "failures": [line.as_json() for line in self._output.failures()],
            "manifest": {key: value for key, value in self._output.manifest().as_json().items() if key != "files"},
            "explained": self._explain is not None,
        }
        self._store.add("claims", [_claims_json(entry.as_json()) for entry in self._ledger.entries(self._output)])
        self._store.add("index", index)
        return {"documents": len(documents["name"]), "mentions": sum(documents["mentions"])}

    def _documents(self) -> dict[str, list[Any]]:
        """The shards of documents; gives the columns of the list of documents."""
        columns: dict[str, list[Any]] = {name: [] for name in ("name", "title", "published", "mentions", "shard")}
        waiting, size, number = list[dict[str, Any]](), 0, 0
        for told in self._output.told():
            self._ledger.add(told.line, told.records)
            for record in told.records:
                self._columns.add(record, self._flags(record))
            row = (told.line.document, told.line.title, told.published, len(told.records), number)
            for column, cell in zip(columns.values(), row, strict=True):
                column.append(cell)
            waiting.append(self._document(told))
            size += len(waiting[-1]["text"]) + 100 * len(told.records)
            if size > _SHARD:
                self._store.add(f"d{number}", waiting)
                waiting, size, number = [], 0, number + 1
        self._store.add(f"d{number}", waiting)
        return columns

    def _flags(self, record: Record) -> int:
        is_doubtful = getattr(record.value, "entity", None) in self._doubtful
        flags = AUDITED * (record.id in self._audited) | REVIEWED * is_doubtful
        return flags | CHANGED * (record.id in self._changed)

    def _document(self, told: Told) -> dict[str, Any]:
        is_there = isinstance(told.source, Document)
        document = told.source if isinstance(told.source, Document) else sentences_only(told.line, told.records)
        units, raw_units = CodeUnits(document.text), CodeUnits(document.source_text)
        explained = self._explain(document) if self._explain and is_there else None
        sections: dict[tuple[str, ...], int] = {}
        mentions = []
        for record, (start, end) in zip(told.records, visible_spans(document, told.records), strict=True):
            steps = explained.steps.get((record.label, start, end), ()) if explained else ()
            section = sections.setdefault(record.source.section, len(sections))
            place = [units.of(start), units.of(end)]
            raw = [raw_units.of(record.source.start), raw_units.of(record.source.end)] if is_there else place
            mentions.append([*place, *raw, section, _record_json(record), steps])
        is_same = not is_there or document.text == document.source_text
        return {
            "text": document.text,
            "raw": None if is_same else document.source_text,
            "why": None if is_there else str(told.source),
            "format": told.line.format,
            "metadata": told.line.metadata,
            "warnings": told.line.warnings,
            "blocks": [_block(block, units) for block in document.blocks],
            "sections": list(sections),
            "mentions": mentions,
            "audit": self._audit.get(told.line.document, []),
            "lost": [[units.of(lost[0]), units.of(lost[1]), *lost[2:]] for lost in explained.lost] if explained else [],
        }

    def _entities(self) -> list[str]:
        """The shards of entities by id, with the open pairs of each; gives the first id of each shard."""
        pairs: dict[str, list[ReviewLine]] = defaultdict(list)
        for line in self._review:
            for entity in {line.a.entity, line.b.entity}:
                pairs[entity].append(line)
        entities = sorted(self._output.entities(), key=lambda entity: entity.id)
        firsts = []
        for number, start in enumerate(range(0, len(entities), _ENTITIES_AT_ONCE)):
            batch = entities[start : start + _ENTITIES_AT_ONCE]
            firsts.append(batch[0].id)
            self._store.add(f"e{number}", {entity.id: _entity_json(entity, pairs[entity.id]) for entity in batch})
        return firsts


def _record_json(record: Record) -> dict[str, Any]:
    source = record.source
    told = {
        "value": record.as_json()["value"],
        "start": source.start,
        "end": source.end,
        "line": source.line,
        "locator": source.locator,
        "component": record.finder,
        "from": record.origin.inferred_from,
    }
    return {key: value for key, value in told.items() if value is not None}


def _entity_json(entity: EntityLine, pairs: Iterable[ReviewLine]) -> dict[str, Any]:
    variants = [[each.text, each.count, each.link, each.reason, each.score, each.first] for each in entity.variants]
    return {
        "label": entity.label,
        "name": entity.name,
        "mentions": entity.mentions,
        "documents": entity.documents,
        "variants": variants,
        "pairs": [line.as_json() for line in pairs],
    }


def _claims_json(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without the sentences: a click leads to them."""
    return {
        **entry,
        "claims": [{key: each[key] for key in each if key not in ("sentence", "low", "high")} for each in entry["claims"]],
    }


def _block(block: Block, units: CodeUnits) -> list[Any]:
    extra: Any = None
    if block.cell:
        extra = [block.cell.table, block.cell.row, block.cell.column, block.cell.is_header]
    elif block.field:
        extra = block.field.key
    return [units.of(block.start), units.of(block.end), block.kind, block.level, extra]


# -- the shell -------------------------------------------------------------------------------------------------------------


def _write_shell(path: Path, store: _Store) -> None:
    """The page around the data: with everything inside, or with the scripts beside it."""
    style, script = _asset("page.css"), _asset("page.js")
    inside = [] if store.is_spilt else list(store.pieces.values())
    scripts = [script, *inside, _START]
    if store.is_spilt:
        assert store.folder is not None
        (store.folder / "page.js").write_text(script, "utf-8")
        (store.folder / "page.css").write_text(style, "utf-8")
        (store.folder / "start.js").write_text(_START, "utf-8")
        policy = "script-src 'self' file:; style-src 'self' file:"
    else:
        policy = f"script-src {' '.join(map(_hash, scripts))}; style-src {_hash(style)}"
    shell = Environment(autoescape=True).from_string(_asset("shell.html"))
    html = shell.render(policy=policy, style=style, scripts=scripts, is_spilt=store.is_spilt)
    path.write_text(html, "utf-8", newline="\n")


_START = "E.start();\n"


@cache
def _asset(name: str) -> str:
    return files("extract.outputs.page").joinpath("assets", name).read_text("utf-8")


def _hash(text: str) -> str:
    """A source expression of a Content-Security-Policy for an inline script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
