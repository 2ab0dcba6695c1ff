"""What the map stage made of units, kept for the next run in one SQLite file: what has not changed is not mapped again.

The key of a unit is made of its name, its bytes, and of all else that the result depends on, so nothing has to be removed by hand
when rules, model, options or the code change. Rows carry a digest; a row that does not fit it is not used.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from extract.disk import is_file
from extract.errors import StateError, UsageError
from extract.resolve.entities import DocumentNames
from extract.run.mapped import Head, Packed, unpack, unpack_names

Unpacked = TypeVar("Unpacked")
_BESIDE = ("-journal", "-wal", "-shm")
_SHAPE = """
CREATE TABLE IF NOT EXISTS units (key BLOB PRIMARY KEY, names BLOB, rest BLOB, digest BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT);
"""
_SETTINGS = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -16000;
"""
_AT_ONCE = 64  # so many units are written in one transaction


class State:
    """Mapped units under their keys. Raises StateError where the file does not hold what it should; then `clear` it."""

    def __init__(self, path: Path | None = None) -> None:
        """Opens the file, or (None) one of its own that is gone when the object is. A link in its place is replaced."""
        self._path = path
        self._waiting = 0
        self._open()

    def _open(self) -> None:
        if self._path is not None:
            for path in (self._path, *(self._path.with_name(self._path.name + ending) for ending in _BESIDE)):
                if path.is_symlink() or (is_file(path) and path.lstat().st_nlink > 1):
                    path.unlink()
        try:
            self._database = self._connect()
        except sqlite3.DatabaseError:
            self.clear()

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path or "", isolation_level=None)
        try:
            database.executescript(_SETTINGS + _SHAPE)
            database.execute("SELECT key, names, rest, digest FROM units LIMIT 1").fetchone()
            database.execute("SELECT name, value FROM marks LIMIT 1").fetchone()
        except sqlite3.Error:
            database.close()
            raise
        return database

    def clear(self) -> None:
        """Begins anew, with nothing in it."""
        self.close()
        for ending in ("", *_BESIDE) if self._path else ():
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)  # type: ignore[union-attr]
        with self._writing():
            self._database = self._connect()

    def close(self) -> None:
        """Writes what is waiting, and lets go of the file."""
        if hasattr(self, "_database"):
            with suppress(sqlite3.Error, UsageError):
                self.commit()
            self._database.close()

    def keys(self) -> set[bytes]:
        """The keys of all units."""
        return {key for (key,) in self._rows("SELECT key FROM units")}

    def unsound(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of the keys whose rows are not as they were written."""
        return {key for key in keys if not self._is_sound(key)}

    def _is_sound(self, key: bytes) -> bool:
        try:
            row = self._database.execute("SELECT names, rest, digest FROM units WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            return False
        return row is not None and all(isinstance(part, bytes) for part in row) and row[2] == _digest(key, row[0], row[1])

    def put(self, key: bytes, packed: Packed) -> None:
        """Keeps a unit."""
        row = (key, packed.names, packed.rest, _digest(key, packed.names, packed.rest))
        with self._writing():
            if not self._waiting:
                self._database.execute("BEGIN")
            self._database.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?)", row)
        self._waiting += 1
        if self._waiting >= _AT_ONCE:
            self.commit()

    def commit(self) -> None:
        """What was put so far survives whatever comes."""
        if self._waiting:
            with self._writing():
                self._database.execute("COMMIT")
            self._waiting = 0

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise UsageError(f"{self._path}: cannot be written ({error}); make room, or name another folder") from error

    def read(self, key: bytes) -> tuple[Head, list[str]]:
        """The head and the lines of a unit."""
        return self._unpacked(unpack, "rest", key)

    def names(self, key: bytes) -> DocumentNames | None:
        """The names of a unit."""
        return self._unpacked(unpack_names, "names", key)

    def _unpacked(self, unpack: Callable[[bytes], Unpacked], column: str, key: bytes) -> Unpacked:
        try:
            (data,) = next(self._rows(f"SELECT {column} FROM units WHERE key = ?", key))
            return unpack(data)
        except (StopIteration, ValueError, TypeError) as error:
            raise StateError("what was kept of the last run is damaged") from error

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._database.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise StateError(f"what was kept of the last run is damaged ({error})") from error

    def mark(self, name: str) -> str | None:
        """A word that was kept beside the units."""
        return next((str(value) for (value,) in self._rows("SELECT value FROM marks WHERE name = ?", name)), None)

    def set_mark(self, name: str, value: str) -> None:
        """Keeps a word."""
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))

    def forget_all_but(self, keys: set[bytes]) -> None:
        """Removes the units that no source needs any more."""
        unused = [(key,) for key in self.keys() - keys]
        self.commit()
        with self._writing():
            self._database.execute("BEGIN")
            self._database.executemany("DELETE FROM units WHERE key = ?", unused)
            self._database.execute("COMMIT")
            if len(unused) > len(keys):
                self._database.execute("VACUUM")


def _digest(key: bytes, names: bytes, rest: bytes) -> bytes:
    digest = hashlib.blake2b(key, digest_size=16)
    digest.update(len(names).to_bytes(8) + names + rest)
    return digest.digest()
