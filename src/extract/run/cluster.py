"""Tasks of many units on a Dask cluster: the documents travel by value, so that no storage need be shared.

Dask itself tries a task again whose worker dies. Of one that has cost several workers the units are tried again one by one, with
nothing else under way, so that the one that kills is known, named, and passed over.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Lock
from typing import Any

from extract.errors import ExtractError, SourceError, UsageError
from extract.run.mapped import Packed
from extract.run.plan import Unit
from extract.run.workers import KILLED, Lost
from extract.sources import Source, load

Mapping = Callable[[Sequence[Source]], list[Packed]]
_AHEAD = 2  # so many tasks are given out for each worker
_alone = Lock()


def map_on_cluster(
    address: str, mapping: Mapping, tasks: Iterable[Sequence[Unit]], max_bytes: int, timeout: float | None = None
) -> Iterator[tuple[Unit, Packed | Lost]]:
    """Each unit with what the mapping made of it, in the order in which they are ready; `timeout` is in seconds, for one unit.

    Raises UsageError where the scheduler cannot be reached, or is gone; what came of it before is not lost.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise UsageError("--engine dask needs Dask: install extract[dask]") from error
    try:
        client = Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: no scheduler answers there ({error})") from error
    with client:
        run: dict[Any, Sequence[Unit]] = {}
        ready = as_completed()

        def give(units: Sequence[Unit]) -> None:
            sources = [_by_value(unit.source, max_bytes) for unit in units]
            future = client.submit(_bounded, mapping, sources, timeout, pure=False)
            run[future.key] = units
            ready.add(future)

        waiting, suspects = iter(tasks), deque[Sequence[Unit]]()
        while True:
            while len(run) < max(1, len(client.nthreads())) * _AHEAD and (units := next(waiting, None)):
                give(units)
            if not run and not suspects:
                return
            if not run:
                give(suspects.popleft())
            future = next(ready)
            units = run.pop(future.key)
            results = _result(future, address)
            if results is not None:
                yield from zip(units, results, strict=True)
            elif len(units) > 1:
                suspects.extend([unit] for unit in units)
            else:
                yield units[0], Lost(KILLED)


def _result(future: Any, address: str) -> list[Packed] | None:
    """What came of a task; None where it costs every worker its life."""
    if future.status == "finished":
        return list(future.result())
    if future.status != "error":
        raise UsageError(f"{address}: the scheduler is gone; what was done is kept, run again")
    error = future.exception()
    if isinstance(error, ExtractError):
        raise error
    return None


def _by_value(source: Source, max_bytes: int) -> Source:
    with suppress(SourceError):  # it is told when its turn comes
        return replace(load(source, max_bytes), path=None)
    return source


def _bounded(mapping: Mapping, sources: Sequence[Source], timeout: float | None) -> list[Packed]:
    """What a worker does; one that takes too long is killed, whatever it is at. One task at a time, whatever its threads."""
    with _alone:
        if timeout and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, timeout * len(sources))
        try:
            return mapping(sources)
        finally:
            if timeout and hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)
