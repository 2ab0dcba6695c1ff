"""An SQLite file of ours, for one process at a time: opened with care, written in transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar, Self

from extract.disk import is_file
from extract.errors import StateError, UsageError

_HARM = (sqlite3.DatabaseError, UnicodeDecodeError)  # the second where the words of an error are damaged, too
_BESIDE = ("-journal", "-wal", "-shm")
_SETTINGS = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -4000;
"""
_WRITTEN = """
PRAGMA page_size = 1024;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT);
"""


class Database:
    """Tables in a file. Raises StateError where it does not hold what it should; then `clear` it.

    `TABLES` has the columns of each table, with their types; the first is the primary key.
    """

    TABLES: ClassVar[dict[str, str]] = {}
    is_writable = True

    def __init__(self, path: Path | None = None) -> None:
        """Opens the file, or (None) one of its own that is gone when the object is. A link in its place is replaced."""
        self._path = path
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        for place in self._files():
            if place.is_symlink() or (is_file(place) and place.lstat().st_nlink > 1):
                place.unlink()
        try:
            self._connect(str(path or ""), _WRITTEN + "".join(self._shape()))
        except _HARM:
            self.clear()

    @classmethod
    def read_only(cls, path: Path) -> Self:
        """A file that another process has made and closed. Raises UsageError where it is none."""
        self = cls.__new__(cls)
        self._path = path
        self.is_writable = False
        if not is_file(path) or any(is_file(place) for place in self._files()[1:]):
            raise UsageError(f"{path}: no such file, or whoever makes it is not done with it; make it first")
        try:
            self._connect(f"{path.absolute().as_uri()}?immutable=1", "")
        except _HARM as error:
            raise UsageError(f"{path}: no file of `extract map` or `extract link` ({error}); make it anew") from error
        return self

    def _files(self) -> list[Path]:
        return [self._path.with_name(self._path.name + ending) for ending in ("", *_BESIDE)] if self._path else []

    def _shape(self) -> Iterator[str]:
        for name, columns in self.TABLES.items():
            yield f"CREATE TABLE IF NOT EXISTS {name} ({columns.replace(',', ' PRIMARY KEY,', 1)});\n"

    def _connect(self, name: str, script: str) -> None:
        self._database = sqlite3.connect(name, isolation_level=None, uri=name.startswith("file:"))
        try:
            self._database.executescript(_SETTINGS + script)
            for table, columns in {**self.TABLES, "marks": "name TEXT, value TEXT"}.items():
                names = ", ".join(column.split()[0] for column in columns.split(", "))
                self._database.execute(f"SELECT {names} FROM {table} LIMIT 1").fetchone()
        except _HARM:
            self._database.close()
            raise

    def clear(self) -> None:
        """Begins anew, with nothing in it."""
        self.close()
        for place in self._files():
            place.unlink(missing_ok=True)
        with self._writing():
            self._connect(str(self._path or ""), _WRITTEN + "".join(self._shape()))

    def close(self) -> None:
        """Writes what is waiting, and lets go of the file."""
        if hasattr(self, "_database"):
            with suppress(sqlite3.Error, UsageError, StateError):
                self.commit()
            self._database.close()

    def commit(self) -> None:
        """What was written so far survives whatever comes."""
        if self._database.in_transaction:
            with self._writing():
                self._database.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            told = self._path or "a temporary file"
            raise UsageError(f"{told}: cannot be written ({error}); make room, or name another folder") from error
        except _HARM as error:
            raise self._damaged(error) from error

    def _damaged(self, error: object) -> StateError:
        return StateError(f"{self._path or 'what was kept of the last run'}: damaged ({error})")

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]], how: str = "INSERT OR REPLACE") -> None:
        """Writes rows, in the transaction that is going on or in one that begins."""
        places = ", ".join("?" for _ in self.TABLES.get(table, "name,value").split(","))
        with self._writing():
            if not self._database.in_transaction:
                self._database.execute("BEGIN")
            self._database.executemany(f"{how} INTO {table} VALUES ({places})", rows)

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._database.execute(query, values)
        except _HARM as error:
            raise self._damaged(error) from error

    def mark(self, name: str) -> str | None:
        """A word that was kept beside the tables."""
        return next((str(value) for (value,) in self._rows("SELECT value FROM marks WHERE name = ?", name)), None)

    def set_mark(self, name: str, value: str) -> None:
        """Keeps a word, and all that was written before."""
        self._insert("marks", [(name, value)])
        self.commit()
