"""What the map stage made of sources, kept for the next run: a source that has not changed is not mapped again.

The key of a source is made of its name, its bytes, and of all else that the result depends on; so nothing has to be removed by
hand when rules, model, options or the code change. An output folder may come from anywhere, so the files are read back with a
list of what may stand in them.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import platform
from dataclasses import is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from extract.records.record import FailureLine
from extract.run.extraction import MappedDocument
from extract.sources import Source

Mapped = list[MappedDocument | FailureLine]

# Where the classes are that a mapped document is made of; only data, no class that does anything when it is made.
_DATA = ("extract.normalise.", "extract.records.", "extract.resolve.", "extract.recognise.mention", "extract.run.extraction")
_PLAIN = {("decimal", "Decimal"): Decimal, ("builtins", "set"): set, ("builtins", "frozenset"): frozenset}


class Kept:
    """The kept results in a folder, for one way of mapping (`fingerprint`: rules, model and options)."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = f"{code_fingerprint()} {fingerprint}"
        self._keys: dict[str, str | None] = {}
        self.unchanged = 0

    def has(self, source: Source) -> bool:
        """Whether the source was mapped before and has not changed."""
        key = self._key(source)
        return key is not None and (self._folder / key).is_file()

    def read(self, source: Source) -> Mapped | None:
        """What the source gave last time; None if it is new, has changed, or what was kept cannot be read."""
        key = self._key(source)
        if key is None:
            return None
        path = self._folder / key
        try:
            results: Mapped = _Reader(io.BytesIO(path.read_bytes())).load()
        except Exception:  # whatever is wrong with the file: the source is there to be read
            return None
        if not isinstance(results, list) or not all(isinstance(item, MappedDocument | FailureLine) for item in results):
            return None
        self.unchanged += 1
        return [replace(item, path=source.path) if isinstance(item, MappedDocument) else item for item in results]

    def write(self, source: Source, results: Mapped) -> None:
        """Keeps what a source gave; not that of standard input, nor where a finder stumbled. Raises OSError."""
        key = self._key(source)
        stumbled = any(isinstance(item, FailureLine) and item.stage == "extract" for item in results)
        if key is None or stumbled:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        plain = [replace(item, path=None) if isinstance(item, MappedDocument) else item for item in results]
        part = self._folder / f"{key}.part"
        part.write_bytes(pickle.dumps(plain, protocol=pickle.HIGHEST_PROTOCOL))
        part.replace(self._folder / key)

    def forget_unused(self) -> None:
        """Removes what is of no source that this run asked for."""
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            if path.name not in self._keys.values():
                path.unlink()

    def _key(self, source: Source) -> str | None:
        """The name under which the source is kept, made once for each run; None if it cannot be read, and for standard input."""
        if source.name not in self._keys:
            self._keys[source.name] = self._make_key(source)
        return self._keys[source.name]

    def _make_key(self, source: Source) -> str | None:
        try:
            content = hashlib.sha256(source.path.read_bytes()).hexdigest() if source.path else None
        except OSError:
            content = None
        if content is None:
            return None
        return hashlib.sha256(f"{self._fingerprint}\n{source.name}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def code_fingerprint() -> str:
    """The SHA-256 (hex) of the code of `extract`, and of the versions of what it computes with."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256(platform.python_version().encode())
    for name in ("spacy", "thinc", "numpy", "pydantic", "mwparserfromhell", "pyromark", "google-re2"):
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        found = super().find_class(module, name) if module.startswith(_DATA) else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, BaseModel | Enum)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a mapped document")
