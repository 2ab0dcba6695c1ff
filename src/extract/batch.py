"""A run over many sources into an output folder: planned, mapped where something is new, linked, written.

The plan is made from the bytes of the sources and from fingerprints, before rules or model are loaded. Where nothing has changed
nothing is loaded, and nothing written.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import extract
from extract.errors import StateError
from extract.outputs.files import read_lines
from extract.outputs.folder import RunInfo, Summary, path_from, write_output, writing_to, written_manifest
from extract.outputs.layout import FAILURES, STATE
from extract.records.record import FailureLine
from extract.rules.load import fingerprint, rule_hashes
from extract.run.extraction import Extraction
from extract.run.fingerprints import code_fingerprint, map_fingerprint, model_fingerprint, weights_fingerprint
from extract.run.mapped import Packed, pack
from extract.run.plan import Unit, key_of, plan_units, tasks_of
from extract.run.state import State
from extract.run.workers import KILLED, Lost, map_units
from extract.settings import Settings, alias_file
from extract.sources import Source, find_sources, roots

if TYPE_CHECKING:
    from extract.resolve.entities import Aliases, Register

Progress = Callable[[int, int, str], None]
"""Is called with the number of units done, of all, and the name of one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `unchanged` units were taken from the run before. `aliases`: the alias file, if it says anything."""

    summary: Summary
    failures: Sequence[FailureLine]
    unchanged: int
    aliases: Path | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A run: `sources` as a user names them, `output` a folder (None: stdout), `timeout` in seconds for a document."""

    sources: Sequence[str]
    output: Path | None
    settings: Settings = field(default_factory=Settings)
    workers: int = 1
    fresh: bool = False
    timeout: float | None = None

    def run(self, progress: Progress = lambda done, whole, name: None) -> Outcome:
        """Runs it. Raises ExtractError for what keeps it from running at all, OSError where the output cannot be written."""
        knowledge = _Knowledge.of(self.settings, self.output)  # what is wrong with it is told before there is a folder
        found = find_sources(self.sources, self.output)
        with writing_to(self.output) if self.output else nullcontext():
            state = State(self.output / STATE if self.output else None)
            try:
                if self.fresh:
                    state.clear()
                try:
                    return _Run(self, knowledge, found, state, progress).run()
                except StateError:
                    state.clear()
                    return _Run(self, knowledge, found, state, progress).run()
            finally:
                state.close()


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What a run knows before it reads a source: aliases, and fingerprints of rules, model, and all that the map stage needs."""

    aliases: Aliases
    alias_file: Path
    register: Register
    rules: str
    model: str
    options: Mapping[str, Any]
    mapping: str

    def files(self, rules: Path | None) -> dict[str, str]:
        """The fingerprint of each rule file, of the alias file that holds, and of the register."""
        return {**rule_hashes(rules), **{name: fingerprint({name: path}) for name, path in self.named().items()}}

    def named(self) -> dict[str, Path]:
        """The files that only the linking needs."""
        return {"aliases": self.alias_file, **({"register": Path(self.register.path)} if self.register.path else {})}

    @property
    def told(self) -> Path | None:
        """The alias file, None for one that says nothing."""
        said = self.aliases.entities or self.aliases.different or self.aliases.undecided
        return self.alias_file if said else None

    @classmethod
    def of(cls, settings: Settings, output: Path | None) -> _Knowledge:
        """Raises RuleError or ModelError."""
        from extract.resolve.entities import load_aliases, load_register
        from extract.rules.load import NOT_RULES, rule_paths

        paths = rule_paths(settings.rules)
        own = alias_file(settings, output)
        model = model_fingerprint(settings.model)
        map_rules = fingerprint({name: path for name, path in paths.items() if name not in NOT_RULES})
        options = {"weights": weights_fingerprint(settings.weights), **settings.options()}
        mapping = map_fingerprint(map_rules, model, sorted(options.items()))
        return cls(load_aliases(own), own, load_register(settings.register), fingerprint(paths), model, options, mapping)


class _Run:
    """One run at work on its state."""

    def __init__(self, batch: Batch, knowledge: _Knowledge, found: Sequence[Source], state: State, progress: Progress) -> None:
        self._batch, self._knowledge, self._state, self._progress = batch, knowledge, state, progress
        self._units = list(plan_units(found, batch.settings.reading(), knowledge.mapping))
        self._plan = self._digest()
        self._passing: set[bytes] = set()

    def run(self) -> Outcome:
        keys = self._state.keys()
        good = [unit for unit in self._units if not unit.failure]
        new = [unit for unit in good if unit.key not in keys]
        if not new and (outcome := self._as_before(len(good))):
            return outcome
        unsound = self._state.unsound(unit.key for unit in good if unit.key in keys)
        new = [unit for unit in good if unit.key not in keys or unit.key in unsound]
        self._map(new)
        extraction = Extraction(
            self._units, self._state, self._knowledge.aliases, roots(self._batch.sources), self._knowledge.register
        )
        summary = self._write(extraction)
        self._state.forget_all_but({unit.key for unit in self._units} - self._passing)
        self._state.set_mark("plan", self._plan if not self._passing else "")
        return Outcome(summary, extraction.failures, len(good) - len(new), self._knowledge.told)

    def _as_before(self, unchanged: int) -> Outcome | None:
        """The outcome of the last run, if it was this one and its files are still as it wrote them."""
        folder = self._batch.output
        if folder is None or self._state.mark("plan") != self._plan or not (manifest := written_manifest(folder)):
            return None
        failures = [FailureLine.model_validate(line) for _, line in read_lines(folder / FAILURES, FailureLine)]
        counts = dict(manifest.counts)
        whole = {item.name: counts.pop(item.name, 0) for item in fields(Summary) if item.name != "records"}
        counts.pop("records", None)
        return Outcome(Summary(**whole, records=Counter(counts)), failures, unchanged, self._knowledge.told)

    def _digest(self) -> str:
        """A fingerprint of all that the output depends on."""
        digest = hashlib.sha256(f"{code_fingerprint()} {self._knowledge.mapping} {self._knowledge.rules}\n".encode())
        for path in self._knowledge.named().values():
            digest.update(path.read_bytes() + b"\n")
        for root in self._roots():
            digest.update(f"{root}\n".encode("utf-8", "surrogatepass"))
        for unit in self._units:
            told = unit.failure.as_line() if unit.failure else f"{unit.source.name} {unit.path}"
            digest.update(unit.key + f"{told}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _roots(self) -> list[str | None]:
        folder = self._batch.output or Path()
        return [path_from(folder, path) for path in roots(self._batch.sources)]

    def _map(self, new: Sequence[Unit]) -> None:
        """Maps the units and keeps what comes of them; a unit that is lost gets its failure."""
        if not new:
            return
        build = partial(_build, self._batch.settings)
        results = map_units(build, tasks_of(new), self._batch.workers, self._batch.timeout)
        for done, (unit, result) in enumerate(results, 1):
            if isinstance(result, Lost):
                unit.failure = _lost_line(unit, result)
                self._passing.add(unit.key)
            else:
                self._keep(unit, result)
            self._progress(done, len(new), unit.source.name)
        self._state.commit()

    def _keep(self, unit: Unit, packed: Packed) -> None:
        """Under the key of what was read, which may have changed since the plan was made."""
        if packed.content is None:
            self._passing.add(unit.key)
        else:
            unit.key = key_of(self._knowledge.mapping, unit.source.name, packed.content)
        self._state.put(unit.key, packed)

    def _write(self, extraction: Extraction) -> Summary:
        batch = self._batch
        if batch.output is None:
            return _print_records(extraction)
        known = self._knowledge
        info = RunInfo(extract.__version__, known.rules, known.model, known.options, known.files(batch.settings.rules))
        return write_output(extraction, batch.output, info)


def _build(settings: Settings) -> Callable[[Sequence[Unit]], list[Packed]]:
    """What a worker does with a task."""
    from extract.pipeline import Pipeline

    pipeline = Pipeline(settings)
    return lambda units: [pack(mapped) for mapped in pipeline.map_units([unit.source for unit in units])]


def _lost_line(unit: Unit, lost: Lost) -> FailureLine:
    hint = "It may need more memory: run it alone, or split it." if lost.reason == KILLED else "Raise --timeout, or split it."
    return FailureLine(document=unit.source.name, stage="extract", error=lost.reason, hint=hint)


def _print_records(extraction: Extraction) -> Summary:
    """Records on stdout."""
    summary = Summary()
    stdout = sys.stdout.buffer
    for document in extraction.documents():
        summary.add(document.line)
        for line in document.lines:
            stdout.write(f"{line}\n".encode())
    stdout.flush()
    return replace(
        summary,
        failures=len(extraction.failures),
        entities=len(extraction.linking.entities),
        review=len(extraction.linking.review),
    )
