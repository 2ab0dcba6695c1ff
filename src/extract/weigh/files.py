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

import numpy as np
from pydantic_core import from_json

from extract.errors import ModelError
from extract.weigh.perceptron import STEP, Perceptron
from extract.weigh.weights import Weights

VERSION = 2
SUFFIX = ".json.gz"
_ROWS = b"\n"
"""Behind this stand the rows of a perceptron, a signed byte for each number."""

_PACKAGED = Path(__file__).parents[1] / "weights"
_MAX_BYTES = 64 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_BROKEN = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class WeightSet(Mapping[str, Any]):
    """The weights of all questions, each read from its file when it is first asked for: no run needs all of them."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths
        self._read: dict[str, Weights | Perceptron] = {}

    def __getitem__(self, question: str) -> Any:
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


def load_weights(folder: Path | None = None) -> WeightSet:
    """The packaged weights; a file of `folder` stands in for the packaged one of the same name.

    Raises ModelError where the folder is none, or for a file that holds no weights.
    """
    if folder is not None and not folder.is_dir():
        raise ModelError(f"{folder}: no such folder of weights; `extract train` makes one")
    own = _in(folder) if folder else {}
    found = WeightSet({**_in(_PACKAGED), **own})
    for question in own:  # what is wrong with a user's own is told at once
        found[question]
    return found


def _in(folder: Path) -> dict[str, Path]:
    return {path.name.removesuffix(SUFFIX): path for path in sorted(folder.glob(f"*{SUFFIX}"))}


def save_weights(weights: Weights | Perceptron, folder: Path) -> Path:
    """Writes the file of a question into a folder, and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{weights.question}{SUFFIX}"
    data: dict[str, Any] = {"version": VERSION, "question": weights.question, "labels": weights.labels}
    rows = b""
    if isinstance(weights, Perceptron):
        rows = (weights.rows / STEP).round().astype(np.int8).tobytes()
        data |= {"signs": weights.signs, "out": weights.out.round(4).tolist()}
    else:
        data["weights"] = {sign: row if weights.labels else row[0] for sign, row in sorted(weights.table.items())}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode() + _ROWS + rows, mtime=0))
    return path


@lru_cache(maxsize=64)
def _load(path: Path, written: int) -> Weights | Perceptron:
    """The weights of a file that was last written then. Raises ModelError."""
    try:
        packed = zlib.decompressobj(_GZIP)
        text, _, rows = packed.decompress(path.read_bytes(), _MAX_BYTES).partition(_ROWS)
        found = from_json(text, cache_strings="none")
        if not packed.eof:
            raise EOFError("it is cut short")
        if (of := (found["version"], found["question"])) != (VERSION, path.name.removesuffix(SUFFIX)):
            raise ValueError(f"version and question are {of}, not {VERSION} and the name of the file")
        return _perceptron(found, rows) if "signs" in found else _weights(found)
    except _BROKEN as error:
        raise ModelError(f"{path}: no file of weights ({error}); make it again with `extract train`") from error


def _weights(found: dict[str, Any]) -> Weights:
    labels = tuple(map(str, found["labels"]))
    table = found["weights"] if labels else {sign: (weight,) for sign, weight in found["weights"].items()}
    if set(map(len, table.values())) - {max(1, len(labels))}:
        raise ValueError("a row is too short or too long")
    sum(chain.from_iterable(table.values()))  # raises TypeError for what is no number
    return Weights(found["question"], labels, table)


def _perceptron(found: dict[str, Any], rows: bytes) -> Perceptron:
    labels, signs, out = tuple(map(str, found["labels"])), tuple(map(str, found["signs"])), np.array(found["out"], np.float32)
    table = np.frombuffer(rows, np.int8).reshape(1 + len(signs), len(out)) * np.float32(STEP)
    if out.shape != (len(out), max(1, len(labels))):
        raise ValueError("a row is too short or too long")
    return Perceptron(found["question"], labels, signs, table, out)
