"""How a run tells what it does, on stderr: a bar, lines of text, or lines of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from rich.markup import escape

from extract.commands.consoles import err, visible
from extract.commands.told import stop_if_asked
from extract.outputs.layout import FAILURES

if TYPE_CHECKING:
    from rich.progress import Progress

    from extract.batch import Outcome
    from extract.records.record import FailureLine

Manner = Literal["plain", "quiet", "verbose", "json"]
_EVERY = 30
"""Seconds between two lines of progress where there is no terminal."""
_SHOWN = 20
"""Failures that are told one by one; the file has all."""


@dataclass(slots=True)
class Report:
    """What is told of one run. `quiet`: failures only; `verbose`: each document; `json`: everything, a JSON object a line."""

    manner: Manner = "plain"
    _started: float = field(default_factory=time.monotonic)
    _last: float = field(default_factory=time.monotonic)
    _bar: Progress | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """While documents are read. The bar has no thread of its own, for workers are forked."""
        if self.manner != "plain" or not err.is_terminal:
            yield
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate = TextColumn("{task.fields[rate]}/s")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
        with Progress(*columns, console=err, transient=True, auto_refresh=False) as self._bar:
            self._bar.add_task("extract", rate="")
            yield

    def advance(self, done: int, whole: int, name: str) -> None:
        """That `done` documents of the `whole` are read, `name` the last."""
        stop_if_asked()
        now = time.monotonic()
        rate = done / max(now - self._started, 1e-9)
        if self._bar:
            task, shown = self._bar.task_ids[0], escape(visible(name[-40:]))
            self._bar.update(task, completed=done, total=whole, description=shown, rate=f"{rate:.1f}", refresh=True)
            return
        if self.manner == "quiet" or (self.manner != "verbose" and now - self._last < _EVERY):
            return
        self._last = now
        if self.manner == "json":
            self._log("progress", {"done": done, "whole": whole, "document": name, "rate": round(rate, 2)})
        else:
            last = f": {escape(visible(name))}" if self.manner == "verbose" else ""
            err.print(f"{done} of {whole} read, {rate:.1f}/s, {(whole - done) / rate:.0f} s left{last}")

    def note(self, message: str) -> None:
        """Something by the way."""
        if self.manner == "json":
            self._log("note", {"message": message})
        elif self.manner != "quiet":
            err.print(f"[dim]{escape(visible(message))}[/]")

    def failures(self, failures: Sequence[FailureLine]) -> None:
        """What could not be read."""
        for failure in failures[:_SHOWN]:
            place = f"{failure.stage}, {failure.finder}" if failure.finder else failure.stage
            err.print(f"[red]failed:[/] {escape(failure.document)} ({place}): {escape(failure.error)}. {escape(failure.hint)}")

    def outcome(self, outcome: Outcome, where: str) -> None:
        """What the run came to."""
        if self.manner == "json":
            for failure in outcome.failures:
                self._log("failure", failure.as_json())
            self._log("summary", self.summary(outcome))
            return
        self.failures(outcome.failures)
        if self.manner == "quiet":
            return
        from rich.table import Table

        table = Table("", "count", show_edge=False)
        table.columns[1].justify = "right"
        for name, count in outcome.counts.items():
            table.add_row(name if name.isupper() else f"[bold]{name}[/]", str(count))
        err.print(table)
        if outcome.aliases:
            err.print(f"names as in [bold]{escape(str(outcome.aliases))}[/]")
        if outcome.unchanged:
            err.print(
                f"{outcome.unchanged} sources have not changed since the last run and were not read again (--fresh reads all)"
            )
        more = f", failures in {FAILURES}" if outcome.counts["failures"] else ""
        err.print(f"{self._seconds():.1f} s; records in [bold]{escape(where)}[/]{more}")

    def summary(self, outcome: Outcome) -> dict[str, Any]:
        """The summary as JSON: the counts of the manifest, the sources that had not changed, the alias file, seconds."""
        aliases = str(outcome.aliases) if outcome.aliases else None
        return {
            "counts": outcome.counts,
            "unchanged": outcome.unchanged,
            "aliases": aliases,
            "seconds": round(self._seconds(), 2),
        }

    def _seconds(self) -> float:
        return time.monotonic() - self._started

    def _log(self, event: str, what: Mapping[str, Any]) -> None:
        print(json.dumps({"event": event, **what}, ensure_ascii=False), file=sys.stderr, flush=True)
