"""Tasks of many units through one mapping, on processes that can die: each task's result as it comes.

Not `concurrent.futures`, nor `nlp.pipe(n_process=…)`: here each worker has a pipe of its own, so that it is known what a
worker that is killed was working on, and how long. Its units are tried again one by one; the one that kills is named, and passed
over. No worker outlives the process that started it.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Unit = TypeVar("Unit")
Result = TypeVar("Result")

_TRIES = 3  # of a unit alone; what kills a worker thrice is to blame
KILLED = "the process that worked on it was killed"
RARELY = (100_000, 50, 100)
"""Thresholds of the collector: documents leave few cycles, and looking for them takes an eighth of the time."""
TOO_LONG = "it took longer than {:g} seconds"


@dataclass(frozen=True, slots=True)
class Lost:
    """Why there is no result: `KILLED` or `TOO_LONG`."""

    reason: str


@dataclass(slots=True)
class _Task(Generic[Unit]):
    units: Sequence[Unit]
    deaths: int = 0


@dataclass(slots=True)
class _Worker(Generic[Unit]):
    process: Any
    pipe: Connection
    task: _Task[Unit] | None = None
    deadline: float = field(default=0.0)


def map_units(
    build: Callable[[], Callable[[Sequence[Unit]], Sequence[Result]]],
    tasks: Iterable[Sequence[Unit]],
    workers: int = 1,
    timeout: float | None = None,
) -> Iterator[tuple[Unit, Result | Lost]]:
    """Each unit with what the mapping made of it, in the order in which they are ready.

    `build` makes the mapping of a task to a result for each of its units: once, before the processes are forked, or where there
    is no fork in each of them. An error that the mapping raises ends the worker. `timeout` is in seconds, for one unit.
    """
    pool: _Pool[Unit, Result] = _Pool(build, timeout)
    waiting = deque(_Task(list(task)) for task in tasks)
    many = len(waiting) > 1
    try:
        yield from pool.run(waiting, workers)
    finally:
        pool.close()
        del pool
        if many:
            gc.collect()  # rules and model have done their work; what comes may have their room


class _Pool(Generic[Unit, Result]):
    def __init__(self, build: Callable[[], Any], timeout: float | None) -> None:
        self._timeout = timeout
        self._forks = sys.platform == "linux"
        self._context: Any = multiprocessing.get_context("fork" if self._forks else "spawn")
        self._build: Callable[[], Any] = build
        self._workers: list[_Worker[Unit]] = []
        if self._forks:
            with _kept():
                mapping = build()
            self._build = lambda: mapping

    def run(self, tasks: deque[_Task[Unit]], workers: int) -> Iterator[tuple[Unit, Result | Lost]]:
        for _ in range(min(workers, sum(len(task.units) for task in tasks))):
            self._start()
        while tasks or any(worker.task for worker in self._workers):
            for worker in self._workers:
                if worker.task is None:
                    self._give(worker, tasks)
            busy = [worker for worker in self._workers if worker.task]
            first = min(worker.deadline for worker in busy)
            wait([worker.pipe for worker in busy], max(0.0, first - time.monotonic()) if self._timeout else None)
            for worker in busy:
                yield from self._look_after(worker, tasks)

    def _look_after(self, worker: _Worker[Unit], tasks: deque[_Task[Unit]]) -> Iterator[tuple[Unit, Result | Lost]]:
        """The results of a worker that has some; of one that died or takes too long the task goes back, or is lost."""
        task = worker.task
        assert task is not None
        reason = KILLED
        try:
            if worker.pipe.poll():
                results = worker.pipe.recv()
                worker.task = None
                self._give(worker, tasks)  # it works on while these are looked at
                yield from zip(task.units, results, strict=True)
                return
            if not self._timeout or time.monotonic() < worker.deadline:
                return
            reason = TOO_LONG.format(self._timeout)
        except (EOFError, OSError):
            pass
        self._stop(worker)
        self._start()
        if len(task.units) > 1:
            tasks.extendleft(_Task([unit]) for unit in reversed(task.units))
        elif reason == KILLED and task.deaths + 1 < _TRIES:
            tasks.appendleft(_Task(task.units, task.deaths + 1))
        else:
            yield task.units[0], Lost(reason)

    def _give(self, worker: _Worker[Unit], tasks: deque[_Task[Unit]]) -> None:
        """Gives the next task, if there is one; of the last ones a half each, so that all workers end at the same time."""
        if not tasks:
            return
        worker.task = task = tasks.popleft()
        half = (len(task.units) + 1) // 2
        if len(tasks) + 1 < len(self._workers) and half < len(task.units):
            tasks.append(_Task(task.units[half:]))
            worker.task = task = _Task(task.units[:half])
        worker.deadline = time.monotonic() + (self._timeout or 0)
        with suppress(OSError):  # it died meanwhile; its pipe will tell
            worker.pipe.send(task.units)

    def _start(self) -> None:
        mine, its = self._context.Pipe()
        others = [worker.pipe for worker in self._workers] if self._forks else []
        arguments = (self._build, its, [mine, *others] if self._forks else [], os.getpid())
        process = self._context.Process(target=_serve, args=arguments, daemon=True)
        with _signals_held():
            process.start()
        its.close()
        self._workers.append(_Worker(process, mine))

    def _stop(self, worker: _Worker[Unit]) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)

    def close(self) -> None:
        for worker in list(self._workers):
            self._stop(worker)
        if self._forks:
            gc.unfreeze()


@contextmanager
def _kept() -> Iterator[None]:
    """What is made here stays: it is not searched for waste, now or later, and where it is shared with workers stays shared."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collects:
            gc.enable()


_ASKING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Signals wait until a process is there: one that came between would be answered in both, with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ASKING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(build: Callable[[], Any], pipe: Connection, not_mine: Sequence[Connection], parent: int) -> None:
    """The life of a worker. Ctrl-C reaches every process of a terminal; the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ASKING)
    _die_with(parent)
    for other in not_mine:
        other.close()
    gc.set_threshold(*RARELY)
    _keep_memory()
    with _kept():
        mapping = build()
    with suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send(mapping(pipe.recv()))
            gc.collect(1)  # what the task has left; not the caches, which stay


def _keep_memory() -> None:
    """Has the allocator of Linux keep what is freed, instead of giving back and asking for the model's matrices at each batch."""
    with suppress(OSError, AttributeError, TypeError):
        for parameter in (-1, -3):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD
            ctypes.CDLL(None).mallopt(parameter, 1 << 28)


def _die_with(parent: int) -> None:
    """Asks the kernel for a signal when the parent is gone; elsewhere than on Linux a worker notices at its next task."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)
