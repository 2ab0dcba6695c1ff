"""The data of a rule file, with the line and column of what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import RuleError

MOST_BYTES = 4 << 20
"""How large a rule file may be: some two hundred thousand words."""

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The data of a YAML file; `places` has line and column (from 1) of a key or item by its path, say `("rules", 0, "id")`."""

    path: Path
    data: Any
    places: Mapping[Where, tuple[int, int]]

    def nearest(self, where: Where) -> Where:
        """The path without the steps that are not in the file: a key that is missing, or a branch of a pydantic union."""
        known: Where = ()
        for step in where:
            known = (*known, step) if (*known, step) in self.places else known
        return known

    def place(self, where: Where) -> tuple[int, int]:
        """Line and column at `where`, or of the nearest thing around it."""
        return self.places[self.nearest(where)]

    def error(self, where: Where, message: str) -> RuleError:
        """The error that points to `where`."""
        line, column = self.place(where)
        return RuleError(self.path, line, message, column)
