"""Tasks of many units on a Dask cluster: the documents travel by value, so that no storage need be shared.

Dask itself tries a task again whose worker dies. Of one that has cost several workers the units are tried again one by one, with
nothing else under way, so that the one that kills is known, named, and passed over.
"""

from __future__ import annotations

import logging
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from threading import Lock
from typing import Any

from extract.errors import ExtractError, SourceError, UsageError
from extract.run.mapped import Packed
from extract.run.plan import Unit
from extract.run.workers import KILLED, Lost
from extract.sources import Source, load

Mapping = Callable[[Sequence[Source]], list[Packed]]
_AHEAD = 2  # so many tasks are given out for each worker
_LOOK = 5  # seconds after which it is looked whether a worker is there at all
_PATIENCE = 600  # seconds without any worker; a cluster that adapts itself begins with none
_alone = Lock()


def map_on_cluster(
    address: str, mapping: Mapping, tasks: Iterable[Sequence[Unit]], max_bytes: int, timeout: float | None = None
) -> Iterator[tuple[Unit, Packed | Lost]]:
    """Each unit with what the mapping made of it, in the order in which they are ready; `timeout` is in seconds, for one unit.

    Raises UsageError where the scheduler cannot be reached, or is gone, or has no workers; what came of it before is not lost.
    """
    try:
        from distributed import CancelledError, Client
    except ImportError as error:
        raise UsageError("--engine dask needs Dask: install extract[dask]") from error
    for part in ("client", "core", "utils"):  # what goes wrong there is told by our own errors
        logging.getLogger(f"distributed.{part}").setLevel(logging.CRITICAL)
    try:
        with Client(address, timeout=10, set_as_default=False) as client:

            def give(units: Sequence[Unit]) -> Any:
                sources = [_by_value(unit.source, max_bytes) for unit in units]
                return client.submit(_bounded, mapping, sources, timeout, pure=False)

            yield from _mapped(client, give, iter(tasks))
    except (OSError, ValueError, CancelledError) as error:
        raise UsageError(f"{address}: no scheduler answers there ({error}); what was done is kept, run again") from error


def _mapped(
    client: Any, give: Callable[[Sequence[Unit]], Any], waiting: Iterator[Sequence[Unit]]
) -> Iterator[tuple[Unit, Packed | Lost]]:
    given: dict[Any, Sequence[Unit]] = {}
    suspects, tried = deque[Sequence[Unit]](), set[int]()
    while True:
        most = max(1, len(client.nthreads())) * _AHEAD
        tasks = list(islice(waiting, max(0, most - len(given)))) or ([suspects.popleft()] if suspects and not given else [])
        given.update((give(units), units) for units in tasks)
        if not given:
            return
        future = _first(client, list(given))
        units = given.pop(future)
        results = _result(future)
        if results is not None:
            yield from zip(units, results, strict=True)
        elif len(units) == 1 and units[0].number in tried:
            yield units[0], Lost(KILLED)
        else:  # one alone has two trials: its worker may have died for another reason
            tried.update(unit.number for unit in units if len(units) == 1)
            suspects.extend([unit] for unit in units)


def _first(client: Any, futures: Sequence[Any]) -> Any:
    """One that is ready. Raises TimeoutError, an OSError, where no worker is there for as long as `_PATIENCE`."""
    from distributed import wait

    while True:
        with suppress(TimeoutError), client.as_current():
            return next(iter(wait(futures, timeout=_LOOK, return_when="FIRST_COMPLETED").done))
        client.wait_for_workers(1, timeout=_PATIENCE)


def _result(future: Any) -> list[Packed] | None:
    """What came of a task; None where it costs every worker its life."""
    if future.status == "finished":
        return list(future.result())
    if future.status != "error":
        raise ConnectionError("it is gone")
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
