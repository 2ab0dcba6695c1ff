"""A run over many sources into an output folder: planned, mapped where something is new, linked, written.

The plan is made from the bytes of the sources and from fingerprints, before rules or model are loaded. Where nothing has changed
nothing is loaded, and nothing written.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import StateError
from extract.outputs.files import compressor, read_models
from extract.outputs.folder import path_from, write_output, writing_to, written_manifest
from extract.outputs.layout import FAILURES, STATE, current
from extract.parts import MapStage, Progress, Workers
from extract.records.record import FailureLine
from extract.resolve.entities import Aliases, Register, load_aliases, load_register
from extract.rules.load import fingerprint
from extract.run.extraction import Extraction
from extract.run.fingerprints import code_fingerprint
from extract.run.links import Links
from extract.run.state import State
from extract.settings import Settings, link_files
from extract.sources import roots


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the counts of the manifest; `unchanged` units were taken from the run before.

    `aliases`: the alias file, if it says anything.
    """

    counts: Mapping[str, int]
    failures: Sequence[FailureLine]
    unchanged: int
    aliases: Path | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A run: `sources` as a user names them, `output` a folder (None: stdout), its files packed if `compress`."""

    sources: Sequence[str]
    output: Path | None
    settings: Settings = field(default_factory=Settings)
    workers: Workers = Workers()
    fresh: bool = False
    compress: bool = False

    def run(self, progress: Progress = lambda done, whole, name: None) -> Outcome:
        """Runs it. Raises ExtractError for what keeps it from running at all, OSError where the output cannot be written."""
        names = load_aliases(self._link_files["aliases"]), load_register(self.settings.register)
        stage = MapStage(self.sources, self.settings, output=self.output)  # what is wrong is told before there is a folder
        if self.compress:
            compressor()
        with (
            writing_to(self.output) if self.output else nullcontext(),
            closing(State(self.output / STATE if self.output else None)) as state,
        ):
            if self.fresh:
                state.clear()
            try:
                return self._run(stage, state, names, progress)
            except StateError:
                state.clear()
                return self._run(MapStage(self.sources, self.settings, output=self.output), state, names, progress)

    @property
    def _link_files(self) -> dict[str, Path]:
        return link_files(self.settings, self.output)

    def _run(self, stage: MapStage, state: State, names: tuple[Aliases, Register], progress: Progress) -> Outcome:
        aliases, register = names
        plan = self._digest(stage)
        said = self._link_files["aliases"] if aliases.entities or aliases.different or aliases.undecided else None
        if state.mark("plan") == plan and (found := self._as_before()):
            return Outcome(*found, len(stage.good), said)
        stage.run(state, self.workers, progress)
        with closing(Links.of([state], aliases, register, self.settings.merge_above)) as links:
            info = stage.info({name: fingerprint({name: path}) for name, path in self._link_files.items()})
            extraction = Extraction([state], links, roots(self.sources))
            counts = (
                write_output(extraction, self.output, info, self.compress, state) if self.output else _print_records(extraction)
            )
        state.forget_all_but({unit.key for unit in stage.units} - stage.passing)
        state.set_mark("plan", plan if not stage.passing else "")
        return Outcome(counts, extraction.failures, stage.unchanged, said)

    def _as_before(self) -> tuple[Mapping[str, int], Sequence[FailureLine]] | None:
        """What the last run came to, if its files are still as it wrote them."""
        if self.output is None or not (manifest := written_manifest(self.output)):
            return None
        return manifest.counts, list(read_models(current(self.output, FAILURES), FailureLine))

    def _digest(self, stage: MapStage) -> str:
        """A fingerprint of all that the output depends on."""
        digest = hashlib.sha256(f"{code_fingerprint()} {stage.corpus} {self.compress} {self.settings.merge_above}\n".encode())
        for path in self._link_files.values():
            digest.update(path.read_bytes() + b"\n")
        for root in roots(self.sources):
            digest.update(f"{path_from(self.output or Path(), root)}\n".encode("utf-8", "surrogatepass"))
        for unit in stage.units:
            told = unit.failure.as_line() if unit.failure else f"{unit.source.name} {unit.path}"
            digest.update(unit.key + f"{told}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def _print_records(extraction: Extraction) -> dict[str, int]:
    """Records on stdout."""
    stdout = sys.stdout.buffer
    for document in extraction.documents():
        stdout.write(document.finished.records)
    stdout.flush()
    return extraction.counts(*(sum(1 for _ in lines) for lines in (extraction.entity_lines(), extraction.review_lines())))
