"""The few errors that users meet. Each message says where, what was found, and what to do."""

from __future__ import annotations

from pathlib import Path


class ExtractError(Exception):
    """Anything that `extract` raises on purpose."""


class SourceError(ExtractError):
    """A source that cannot be read: missing, empty, binary, too large, undecodable, or malformed.

    `stage` names the part of the journey that failed, `hint` what the user can do about it.
    """

    def __init__(self, source: str, stage: str, message: str, hint: str) -> None:
        super().__init__(f"{source}: {message}. {hint}")
        self.source, self.stage, self.message, self.hint = source, stage, message, hint


class RuleError(ExtractError):
    """A rule or alias file that cannot be used; `line` and `column` count from 1, None if not known."""

    def __init__(self, path: Path | str, line: int | None, message: str, column: int | None = None) -> None:
        where = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{where}: {message}")
        self.path, self.line, self.column, self.message = str(path), line, column, message


class UsageError(ExtractError):
    """An option or argument that cannot be used; the message says what there is to choose from, or what to do."""


class ModelError(ExtractError):
    """A spaCy model that cannot be loaded, or does not fit the slot."""


class RecordError(ExtractError):
    """A record that cannot be proved, or an output folder that is not what it should be."""


class StateError(ExtractError):
    """What was kept of an earlier run cannot be used."""
