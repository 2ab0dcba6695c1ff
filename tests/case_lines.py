"""Tables of cases in `tests/data`, one JSON object a line, as parameters of tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def read_lines(name: str) -> list[dict[str, Any]]:
    """The lines of a file of `tests/data`."""
    text = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def as_params(lines: list[dict[str, Any]], known_failing: set[str]) -> list[Any]:
    """One parameter for each line, named by its id; those known to fail must fail."""
    failing = pytest.mark.xfail(strict=True)
    return [pytest.param(line, id=line["id"], marks=[failing] if line["id"] in known_failing else []) for line in lines]
