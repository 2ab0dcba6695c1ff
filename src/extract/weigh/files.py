"""Files of weights: one for each question, JSON packed with gzip, the same bytes for the same weights."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from extract.errors import ModelError
from extract.weigh.weights import Weights

VERSION = 1
SUFFIX = ".json.gz"

_MAX_BYTES = 64 * 1024 * 1024


class WeightSet(Mapping[str, Weights]):
    """The weights of all questions, each read from its file when it is first asked for: no run needs all of them."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths
        self._read: dict[str, Weights] = {}

    def __getitem__(self, question: str) -> Weights:
        """Those of one question. Raises ModelError where there are none."""
        if question not in self._read:
            if question not in self._paths:
                raise ModelError(f"no weights for {question!r}; there are some for {', '.join(sorted(self._paths))}")
            self._read[question] = _load(path := self._paths[question], path.stat().st_mtime_ns)
        return self._read[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def packaged_weights() -> Path:
    """The folder of the weights that come with `extract`."""
    return Path(__file__).parents[1] / "weights"


def load_weights(folder: Path | None = None) -> WeightSet:
    """The packaged weights; a file of `folder` stands in for the packaged one of the same name.

    Raises ModelError where the folder is none, or for a file that holds no weights.
    """
    if folder is not None and not folder.is_dir():
        raise ModelError(f"{folder}: no such folder of weights; `extract train` makes one")
    found = WeightSet(
        {path.name.removesuffix(SUFFIX): path for place in (packaged_weights(), folder) if place for path in _in(place)}
    )
    for path in _in(folder) if folder else ():  # what is wrong with a user's own is told at once
        found[path.name.removesuffix(SUFFIX)]
    return found


def _in(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


@lru_cache(maxsize=64)
def _load(path: Path, written: int) -> Weights:
    weights = _parse(path, _read(path))
    if path.name != f"{weights.question}{SUFFIX}":
        raise ModelError(f"{path}: it has the weights of {weights.question!r}; the name of a file is that of its question")
    return weights


def save_weights(weights: Weights, folder: Path) -> Path:
    """Writes the file of a question into a folder, and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{weights.question}{SUFFIX}"
    table = {sign: row if weights.labels else row[0] for sign, row in sorted(weights.table.items())}
    data = {"version": VERSION, "question": weights.question, "labels": weights.labels, "weights": table}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path


def _read(path: Path) -> bytes:
    """The unpacked bytes. Raises ModelError."""
    try:
        with gzip.open(path) as stream:
            data = stream.read(_MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ModelError(f"{path}: cannot be unpacked ({error}); make it again with `extract train`") from error
    if len(data) > _MAX_BYTES:
        raise ModelError(f"{path}: more than {_MAX_BYTES} bytes of weights")
    return data


def _parse(path: Path, data: bytes) -> Weights:
    try:
        found: dict[str, Any] = from_json(data)
        version, question, labels = found["version"], str(found["question"]), tuple(map(str, found["labels"]))
        rows = found["weights"]
        table = {sign: tuple(rows[sign]) if labels else (rows[sign],) for sign in rows}
        if set(map(len, table.values())) - {max(1, len(labels))}:
            raise ValueError("a row is too short or too long")
        sum(chain.from_iterable(table.values()))  # raises TypeError for what is no number
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path}: no file of weights ({error}); make it again with `extract train`") from error
    if version != VERSION:
        raise ModelError(f"{path}: weights of version {version}; this extract reads version {VERSION}")
    return Weights(question, labels, table)
