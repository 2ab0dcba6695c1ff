"""A file of scores that may only rise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.disk import part_of
from extract.errors import RecordError
from extract.evaluate.scores import Scores
from extract.outputs.files import write_json

DIGITS = 4
"""Scores are kept and compared to so many digits after the point."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is lower than it was, or gone (`now` None)."""

    figure: str
    was: float
    now: float | None

    def __str__(self) -> str:
        now = "is gone" if self.now is None else f"fell to {self.now:.{DIGITS}f}"
        return f"{self.figure} {now}, was {self.was:.{DIGITS}f}"


def figures(scores: Scores) -> dict[str, float]:
    """The figures that a baseline keeps, by name (`SEATS value`, `names strict`): F1, for canonical names the accuracy."""
    return {name: round(value, DIGITS) for name, value in _figures(scores)}


def _figures(scores: Scores) -> Iterator[tuple[str, float]]:
    for label, counts in scores.labels.items():
        yield f"{label} strict", counts["strict"].f1
    for name, count in scores.names.items():
        yield f"names {name}", count.f1
    for label, counts in scores.values.items():
        for name, count in counts.items():
            if count.gold:
                yield f"{label} {name}", count.f1
    yield "entities bcubed", scores.entities["bcubed"].f1
    yield "entities canonical", scores.entities["canonical"].precision


def compare_to_baseline(scores: Scores, path: Path, section: str) -> list[Fall]:
    """The figures below those that the file keeps under `section` (`seeds`, `dev`); none is what is wanted.

    Raises RecordError if the file is not there or has no such section: write it with `write_baseline`.
    """
    kept = _read(path).get(section)
    if kept is None:
        raise RecordError(f"{path}: no baseline for `{section}`. Write it with write_baseline(scores, path, {section!r}).")
    now = figures(scores)
    return [Fall(name, was, now.get(name)) for name, was in kept.items() if name not in now or now[name] < was]


def write_baseline(scores: Scores, path: Path, section: str) -> None:
    """Keeps the figures of `scores` as the baseline of `section`; other sections of the file stay."""
    kept = _read(path) if path.exists() else {}
    part = part_of(path.parent)
    write_json(part, kept | {section: figures(scores)})
    part.replace(path)


def _read(path: Path) -> dict[str, dict[str, float]]:
    try:
        data: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path}: no baseline file ({error})") from error
    return data
