"""Files of weights: one for each question, packed with gzip, the same bytes for the same weights."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic_core import from_json

from extract.errors import ModelError
from extract.weigh.weights import Weights

VERSION = 3
SUFFIX = ".json.gz"
PARTS = {False: 1000, True: 25}
"""So many parts of one are what rows are counted in; those of hidden units are coarser."""

_ROWS, _FORM = b"\n", np.dtype("<i2")  # a line of JSON, behind it the rows
_PACKAGED = Path(__file__).parents[1] / "weights"
_MAX_BYTES = 64 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_BROKEN = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError)


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


def save_weights(weights: Weights, folder: Path) -> Path:
    """Writes the file of a question into a folder, and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{weights.question}{SUFFIX}"
    out = None if weights.out is None else weights.out.round(4).tolist()
    head = {"version": VERSION, "question": weights.question, "labels": weights.labels, "signs": weights.signs, "out": out}
    rows = (weights.rows * PARTS[out is not None]).round().astype(_FORM)
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode() + _ROWS + rows.tobytes(), mtime=0))
    return path


@lru_cache(maxsize=64)
def _load(path: Path, written: int) -> Weights:
    """The weights of a file that was last written then. Raises ModelError."""
    try:
        packed = zlib.decompressobj(_GZIP)
        head, _, rows = packed.decompress(path.read_bytes(), _MAX_BYTES).partition(_ROWS)
        found = from_json(head, cache_strings="none")
        if not packed.eof:
            raise EOFError("it is cut short")
        if (of := (found["version"], found["question"])) != (VERSION, path.name.removesuffix(SUFFIX)):
            raise ValueError(f"version and question are {of}, not {VERSION} and the name of the file")
        labels, signs = tuple(map(str, found["labels"])), tuple(map(str, found["signs"]))
        out, width = None, max(1, len(labels))
        if found["out"] is not None:
            out = np.array(found["out"], np.float32)
            if out.shape != (len(out), width):
                raise ValueError("what hidden units say is not of as many labels")
            width = len(out)
        table = np.frombuffer(rows, _FORM).reshape(1 + len(signs), width) / PARTS[out is not None]
        return Weights(found["question"], labels, signs, table if out is None else table.astype(out.dtype), out)
    except _BROKEN as error:
        raise ModelError(f"{path}: no file of weights ({error}); make it again with `extract train`") from error
