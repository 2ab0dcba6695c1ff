"""What becomes of errors: a message on stderr, and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import Any, TypeVar

import typer
from rich.markup import escape

from extract.commands.consoles import err
from extract.errors import ExtractError


class Exit(IntEnum):
    """What the exit codes say."""

    WELL = 0
    FAILURES = 1
    USAGE = 2


_asked: list[int] = []


def terminate(number: int, frame: object) -> None:
    """Ends everything in order, once, however often a signal asks for it; the exit code is as shells have it."""
    signal.signal(number, signal.SIG_IGN)
    _asked.append(128 + number)
    raise SystemExit(_asked[0])


def stop_if_asked() -> None:
    """Ends a run that was asked to end where nothing can be raised (in a library's callback)."""
    if _asked:
        raise SystemExit(_asked[0])


Command = TypeVar("Command", bound=Callable[..., Any])


def told(command: Command) -> Command:
    """A command whose expected errors become a message on stderr and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError as error:  # `extract … | head`: whoever reads has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.WELL) from error
        except (ExtractError, OSError) as error:
            err.print(f"[bold red]extract:[/] {escape(_message(error))}")
            raise typer.Exit(Exit.USAGE) from error

    return run  # type: ignore[return-value]


def _message(error: ExtractError | OSError) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
