"""A corpus in parts, each a file, so that any engine can run the three stages on as many machines as there are.

`map_part` reads a share of the documents, `link_parts` tells who is who in all of them, `finish_parts` writes the records of some
parts or all. A run on one machine (`batch`) is the same with one part. The three take paths and settings, nothing else, and keep
nothing: they can be pickled and sent about. What comes out does not depend on the number of parts.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import extract
from extract.errors import StateError, UsageError
from extract.outputs.folder import RunInfo, write_output, writing_to
from extract.records.record import FailureLine
from extract.resolve.entities import load_aliases, load_register
from extract.rules.load import NOT_RULES, fingerprint, rule_hashes, rule_paths
from extract.run.cluster import map_on_cluster
from extract.run.extraction import Extraction
from extract.run.fingerprints import map_fingerprint, model_fingerprint, weights_fingerprint
from extract.run.links import Links
from extract.run.mapped import Packed, pack
from extract.run.plan import Share, Unit, key_of, plan_units, tasks_of
from extract.run.state import State
from extract.run.workers import KILLED, Lost, map_units
from extract.settings import LINKING, Settings, link_files
from extract.sources import Source, find_sources, roots

Progress = Callable[[int, int, str], None]
"""Is called with the number of units done, of all, and the name of one."""


def _untold(done: int, whole: int, name: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Workers:
    """Who maps: `count` processes of this machine, or those of a Dask `scheduler`; `timeout` in seconds for a document."""

    count: int = 1
    timeout: float | None = None
    scheduler: str | None = None


def map_part(
    sources: Sequence[str | Path],
    part: Path,
    settings: Settings = Settings(),
    share: Share = Share(),
    workers: Workers = Workers(),
    progress: Progress = _untold,
) -> list[FailureLine]:
    """Reads a share of the documents of `sources` into a part; gives what could not be read.

    What is in the part already and has not changed is not read again. Give all parts of a corpus the same sources and settings.
    Raises ExtractError for what keeps it from running at all.
    """
    stage = MapStage(sources, settings, share)
    with closing(State(part)) as state:
        stage.run(state, workers, progress)
        state.set_mark("corpus", stage.corpus)
        state.set_mark("info", json.dumps(asdict(stage.info({}))))
        state.set_mark("sources", json.dumps([os.path.realpath(path) for path in roots(sources)]))
        state.set_mark("share", f"{share.number} {share.of}")
    return [unit.failure for unit in stage.units if unit.failure]


def link_parts(parts: Sequence[Path], links: Path, settings: Settings = Settings()) -> None:
    """Tells which names are one entity in all parts of a corpus; of `settings` only rules and linking are looked at.

    Raises UsageError where a part is missing, unfinished, damaged or of another corpus.
    """
    names = link_files(settings)
    aliases, register = load_aliases(names["aliases"]), load_register(settings.register)
    with ExitStack() as stack:
        states = _opened(parts, stack)
        _check_whole(states)
        found = stack.enter_context(closing(Links.of(list(states.values()), aliases, register, settings.merge_above, links)))
        found.set_mark("files", json.dumps({name: fingerprint({name: path}) for name, path in names.items()}))
        found.set_mark("options", json.dumps(settings.options(LINKING)))
        found.set_mark("corpus", next(iter(states.values())).mark("corpus") or "")


def finish_parts(parts: Sequence[Path], links: Path, output: Path, compress: bool = False) -> dict[str, int]:
    """Writes the output folder of some parts of a corpus, or of all: then it is the same as that of one run. Gives the counts.

    Raises UsageError where the links are not of these parts, OSError where the output cannot be written.
    """
    with ExitStack() as stack:
        states = _opened(parts, stack)
        linked = stack.enter_context(closing(Links.read_only(links)))
        for path, state in states.items():
            if state.mark("corpus") != linked.mark("corpus"):
                raise UsageError(f"{path}: {links} was made of other parts; run `extract link` again")
        first = next(iter(states.values()))
        info = RunInfo(**json.loads(first.mark("info") or "{}"))
        files, options = (json.loads(linked.mark(name) or "{}") for name in ("files", "options"))
        info = replace(info, rule_files={**info.rule_files, **files}, options={**info.options, **options})
        named = [Path(path) for path in json.loads(first.mark("sources") or "[]")]
        stack.enter_context(writing_to(output))
        return write_output(Extraction(list(states.values()), linked, named), output, info, compress)


def _opened(parts: Sequence[Path], stack: ExitStack) -> dict[Path, State]:
    states = {path: stack.enter_context(closing(State.read_only(path))) for path in parts}
    for path, state in states.items():
        if not state.mark("corpus"):
            raise UsageError(f"{path}: it is not finished; run `extract map` again")
        if not state.is_sound(key for _, key in state.good()):
            raise UsageError(f"{path}: it is damaged; run `extract map` again")
    return states


def _check_whole(states: Mapping[Path, State]) -> None:
    """Raises UsageError unless these are all the parts of one corpus."""
    found: dict[int, Path] = {}
    first = next(iter(states), None)
    if first is None:
        raise UsageError("no parts are named")
    for path, state in states.items():
        if state.mark("corpus") != states[first].mark("corpus"):
            told = "other sources, rules, model or options"
            raise UsageError(f"{path}: it was made of {told} than {first} (or with another number of parts); map it again")
        number = int((state.mark("share") or "1 1").split()[0])
        if number in found:
            raise UsageError(f"{path}: {found[number]} is the same part of the corpus")
        found[number] = path
    of = int((states[first].mark("share") or "1 1").split()[1])
    if missing := sorted(set(range(1, of + 1)) - found.keys()):
        raise UsageError(f"of {of} parts there are missing: {', '.join(f'{number}/{of}' for number in missing)}")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Fingerprints of what a run knows before it reads a source: rules, model, and all that the map stage needs."""

    rules: str
    model: str
    options: Mapping[str, Any]
    mapping: str

    @classmethod
    def of(cls, settings: Settings) -> Knowledge:
        """Raises RuleError or ModelError."""
        paths = rule_paths(settings.rules)
        model = model_fingerprint(settings.model)
        map_rules = fingerprint({name: path for name, path in paths.items() if name not in NOT_RULES})
        options = {"weights": weights_fingerprint(settings.weights), **settings.options()}
        mapping = sorted((name, value) for name, value in options.items() if name not in LINKING)
        return cls(fingerprint(paths), model, options, map_fingerprint(map_rules, model, mapping))


class MapStage:
    """The map stage of a share of a corpus, planned when it is made; `run` brings a state up to date."""

    def __init__(
        self, sources: Sequence[str | Path], settings: Settings, share: Share = Share(), output: Path | None = None
    ) -> None:
        """`output`: a folder that is not searched. Raises ExtractError for what is wrong with settings or sources."""
        self.settings = settings
        self.knowledge = Knowledge.of(settings)
        digest = hashlib.sha256(f"{self.knowledge.mapping} {self.knowledge.rules} {share.of}\n".encode())
        found = find_sources(sources, output)
        self.units = list(plan_units(found, settings, self.knowledge.mapping, share, digest.update))
        self.corpus = digest.hexdigest()
        self.good = [unit for unit in self.units if not unit.failure]
        self.passing: set[bytes] = set()  # keys of what another try may give something else
        self.unchanged = 0

    def info(self, linking: Mapping[str, str]) -> RunInfo:
        """What the manifest says of it; `linking` has the fingerprints of the alias file that holds, and of the register."""
        known = self.knowledge
        files = {**rule_hashes(self.settings.rules), **linking}
        return RunInfo(extract.__version__, known.rules, known.model, known.options, files)

    def run(self, state: State, workers: Workers, progress: Progress) -> None:
        """Maps what is new (all, where the state is damaged), and keeps the plan."""
        known = self._known(state)
        new = [unit for unit in self.good if unit.key not in known]
        self.unchanged = len(self.good) - len(new)
        for done, (unit, result) in enumerate(self._results(new, workers), 1):
            if isinstance(result, Lost):
                unit.failure = _lost_line(unit, result)
                self.passing.add(unit.key)
            else:
                self._keep(state, unit, result)
            progress(done, len(new), unit.source.name)
        state.set_plan(self.units)

    def _known(self, state: State) -> set[bytes]:
        with suppress(StateError):
            known = state.keys()
            if state.is_sound(unit.key for unit in self.good if unit.key in known):
                return known
        state.clear()  # where a row is not as it was written, its index may be wrong, too
        return set()

    def _results(self, new: Sequence[Unit], workers: Workers) -> Iterable[tuple[Unit, Packed | Lost]]:
        if not new:
            return ()
        if workers.scheduler:
            mapping = partial(_map_there, self.settings, self.knowledge.mapping)
            return map_on_cluster(workers.scheduler, mapping, tasks_of(new), self.settings.max_bytes, workers.timeout)
        return map_units(partial(_build, self.settings), tasks_of(new), workers.count, workers.timeout)

    def _keep(self, state: State, unit: Unit, packed: Packed) -> None:
        """Under the key of what was read, which may have changed since the plan was made."""
        if packed.content is None:
            self.passing.add(unit.key)
        else:
            unit.key = key_of(self.knowledge.mapping, unit.source.name, packed.content)
        state.put(unit.key, packed)


def _build(settings: Settings) -> Callable[[Sequence[Unit]], list[Packed]]:
    """What a worker does with a task."""
    _import_spacy()
    from extract.pipeline import Pipeline

    pipeline = Pipeline(settings)
    return lambda units: [pack(mapped) for mapped in pipeline.map_units([unit.source for unit in units])]


def _import_spacy() -> None:
    """Imports spaCy without its command line, which comes with it and takes a third of the time; who wants it later has it."""
    name = "spacy.cli.info"
    if "spacy" not in sys.modules:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].info = None  # type: ignore[attr-defined]
        try:
            importlib.import_module("spacy")
        finally:
            del sys.modules[name]


def _map_there(settings: Settings, mapping: str, sources: Sequence[Source]) -> list[Packed]:
    """The same on another machine. Raises UsageError where that would map otherwise."""
    return _built_there(settings, mapping)([Unit(source) for source in sources])


@cache
def _built_there(settings: Settings, mapping: str) -> Callable[[Sequence[Unit]], list[Packed]]:
    if Knowledge.of(settings).mapping != mapping:
        raise UsageError(
            "a worker has another version of extract, Python or a library, other rules or another model; install the same"
        )
    return _build(settings)


def _lost_line(unit: Unit, lost: Lost) -> FailureLine:
    hint = "It may need more memory: run it alone, or split it." if lost.reason == KILLED else "Raise --timeout, or split it."
    return FailureLine(document=unit.source.name, stage="extract", error=lost.reason, hint=hint)
