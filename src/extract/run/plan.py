"""The plan of a run: its units with their keys, made from the bytes of the sources alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import SourceError
from extract.records.record import FailureLine
from extract.sources import ReadOptions, Source, load, split_source


@dataclass(slots=True)
class Unit:
    """One document of a run: where it comes from, and under which key its result stands; `size` in bytes.

    `number` is its place among all of the corpus. `failure` is why there is none, None where nothing failed so far.
    """

    source: Source
    key: bytes = b""
    size: int = 0
    number: int = 0
    failure: FailureLine | None = None

    @property
    def path(self) -> Path | str | None:
        """The file that it was read from, of a remote one its address."""
        return self.source.path or self.source.address


@dataclass(frozen=True, slots=True)
class Share:
    """The part `number` (from 1) of `of` into which a corpus is divided: each unit whose turn it is."""

    number: int = 1
    of: int = 1


def plan_units(
    sources: Iterable[Source],
    options: ReadOptions,
    fingerprint: str,
    share: Share = Share(),
    see: Callable[[bytes], object] = lambda name: None,
) -> Iterator[Unit]:
    """The units of a share of all sources, in their order. `fingerprint` is of all that a result depends on beside the source.

    `see` gets the name of each unit of the corpus, whoever's share it is.
    """
    for number, item in enumerate(_items(sources, options)):
        see((item[1].source if isinstance(item, tuple) else item.name).encode("utf-8", "surrogatepass") + b"\n")
        if number % share.of == share.number - 1:
            unit = _failed(*item) if isinstance(item, tuple) else _unit(item, options, fingerprint)
            unit.number = number
            yield unit


def _items(sources: Iterable[Source], options: ReadOptions) -> Iterator[Source | tuple[Source, SourceError]]:
    """The units that can be read, and those that cannot with the reason."""
    names: set[str] = set()
    for source in sources:
        try:
            for item in split_source(source, options):
                if isinstance(item, SourceError):
                    yield source, item
                elif item.name in names:
                    yield item, SourceError(item.name, "find", "another document has this name", "Rename it.")
                else:
                    names.add(item.name)
                    yield item
        except SourceError as error:
            yield source, error


def key_of(fingerprint: str, name: str, content: str) -> bytes:
    """The key of a result; `content` is the SHA-256 (hex) of the unit's bytes."""
    return hashlib.sha256(f"{fingerprint}\n{content}\n{name}".encode()).digest()[:16]


def failure_line(error: SourceError) -> FailureLine:
    """The line of `failures.jsonl` for a source that cannot be read."""
    return FailureLine(document=error.source, stage=error.stage, error=error.message, hint=error.hint)


def _failed(source: Source, error: SourceError) -> Unit:
    return Unit(replace(source, name=error.source), failure=failure_line(error))


def _unit(source: Source, options: ReadOptions, fingerprint: str) -> Unit:
    """The unit of a source; its bytes are let go where they can be read again."""
    try:
        data = load(source, options.max_bytes).data or b""
    except SourceError as error:
        return _failed(source, error)
    again = not source.is_stdin and (source.row is None or source.row.start is not None)
    kept = replace(source, data=None if again else data)
    return Unit(kept, key_of(fingerprint, source.name, hashlib.sha256(data).hexdigest()), len(data))


def tasks_of(units: Iterable[Unit], most_bytes: int = 1 << 15, most_units: int = 32) -> Iterator[list[Unit]]:
    """The units in tasks for workers: several short ones together, a long one alone."""
    task: list[Unit] = []
    size = 0
    for unit in units:
        if task and (size + unit.size > most_bytes or len(task) >= most_units):
            yield task
            task, size = [], 0
        task.append(unit)
        size += unit.size
    if task:
        yield task
