"""Many sources through one mapping, on one or several processes, in the order in which they are given.

`concurrent.futures` rather than `nlp.pipe(n_process=…)`: a worker that is killed breaks the pool with an error instead of
hanging it, and what was under way is then tried again one by one, so that the source that kills is named and the others are
kept.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Source = TypeVar("Source")
Result = TypeVar("Result")

# So many sources are under way for each worker: enough to keep it busy, few enough to hold in memory.
_AHEAD = 4


class WorkerDiedError(Exception):
    """The process that worked on this source was killed, twice: most often for want of memory."""


def map_sources(
    build: Callable[[], Callable[[Source], Result]],
    sources: Iterable[Source],
    workers: int = 1,
) -> Iterator[tuple[Source, Result | WorkerDiedError]]:
    """Each source with what the mapping made of it, in order.

    `build` makes the mapping, once in each process (it is where the model is loaded); both it and the sources must be
    picklable if there are several workers. An error that the mapping raises is raised here.
    """
    if workers <= 1:
        mapping = build()
        for source in sources:
            yield source, mapping(source)
        return
    yield from _map_parallel(build, iter(sources), workers)


def _map_parallel(
    build: Callable[[], Callable[[Source], Result]], sources: Iterator[Source], workers: int
) -> Iterator[tuple[Source, Result | WorkerDiedError]]:
    waiting: deque[Source] = deque()
    while True:
        try:
            with _pool(build, workers) as pool:
                try:
                    yield from _drain(pool, waiting, sources, workers * _AHEAD)
                except KeyboardInterrupt:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
            return
        except BrokenProcessPool:
            for source in list(waiting):
                yield source, _try_alone(build, source)
            waiting.clear()


def _drain(
    pool: ProcessPoolExecutor, waiting: deque[Source], sources: Iterator[Source], ahead: int
) -> Iterator[tuple[Source, Result]]:
    """Results in order; on the way, `waiting` holds the sources that are under way and not yet given out."""
    futures: deque[Future[Result]] = deque()
    for source in sources:
        waiting.append(source)
        futures.append(pool.submit(_work, source))
        if len(futures) >= ahead:
            yield _next(waiting, futures)
    while futures:
        yield _next(waiting, futures)


def _next(waiting: deque[Source], futures: deque[Future[Result]]) -> tuple[Source, Result]:
    result = futures[0].result()
    futures.popleft()
    return waiting.popleft(), result


def _try_alone(build: Callable[[], Callable[[Source], Result]], source: Source) -> Result | WorkerDiedError:
    try:
        with _pool(build, 1) as pool:
            result: Result = pool.submit(_work, source).result()
            return result
    except BrokenProcessPool:
        return WorkerDiedError()


def _pool(build: Callable[[], Callable[..., Any]], workers: int) -> ProcessPoolExecutor:
    """Processes that are ready to work. Ctrl-C reaches every process of a terminal; the parent alone answers it."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_start, initargs=(build,))
    if threading.current_thread() is not threading.main_thread():
        return pool
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # children inherit what is ignored
    try:
        pool.submit(int)
    finally:
        signal.signal(signal.SIGINT, before)
    return pool


_mapping: Callable[..., Any] | None = None


def _start(build: Callable[[], Callable[..., Any]]) -> None:
    global _mapping
    _mapping = build()


def _work(source: object) -> Any:
    assert _mapping is not None
    return _mapping(source)
