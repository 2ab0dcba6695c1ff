"""Tables for CSV readers, pandas and polars, SQLite and DuckDB: all of one stream of rows, with the columns of `tables.py`."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from importlib import import_module
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.outputs.reading import Output
from extract.outputs.tables import TABLES, Column, Row, rows

_AT_ONCE = 5_000
"""Rows that are handed over together; so much is in memory."""

_SQL: Mapping[str, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "json": "TEXT"}
_DUCKDB: Mapping[str, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "json": "JSON",
}
_KEYS: Mapping[str, str] = {"mentions": "record", "entities": "entity", "documents": "document"}


def _spread(output: Output, write: Callable[[str, list[Row]], object]) -> Counter[str]:
    """Hands the rows of each table over in batches; gives their numbers."""
    counts, waiting = Counter(dict.fromkeys(TABLES, 0)), {name: list[Row]() for name in TABLES}
    for name, row in rows(output):
        counts[name] += 1
        waiting[name].append(row)
        if len(waiting[name]) == _AT_ONCE:
            write(name, waiting[name])
            waiting[name] = []
    for name, batch in waiting.items():
        write(name, batch)
    return counts


def write_csv(output: Output, folder: Path) -> Counter[str]:
    """A file for each table: UTF-8, RFC 4180, a line of headers, empty for None."""
    with ExitStack() as stack:
        writers = {}
        for name, columns in TABLES.items():
            stream = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(stream)
            writers[name].writerow([column.name for column in columns])
        return _spread(output, lambda name, batch: writers[name].writerows(batch))


def write_parquet(output: Output, folder: Path) -> Counter[str]:
    """A file for each table, with pyarrow."""
    pa, pq = _imported("pyarrow"), _imported("pyarrow.parquet", "pyarrow")
    types = {"text": pa.string(), "json": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schemas = {
        name: pa.schema([pa.field(column.name, types[column.kind], metadata={"says": column.says}) for column in columns])
        for name, columns in TABLES.items()
    }
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd"))
            for name, schema in schemas.items()
        }

        def write(name: str, batch: list[Row]) -> None:
            names = schemas[name].names
            table = [dict(zip(names, row, strict=True)) for row in batch]
            files[name].write_table(pa.Table.from_pylist(table, schema=schemas[name]))

        return _spread(output, write)


def write_sqlite(output: Output, path: Path) -> Counter[str]:
    """One SQLite file, with a full-text index over text and sentence (`mentions_fts`, FTS5), as Datasette finds it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # the file is of no use until it is whole
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({_sql_columns(name, columns, _SQL)})")
        connection.execute('CREATE TABLE columns ("table" TEXT, name TEXT, kind TEXT, says TEXT)')
        about = [(name, each.name, each.kind, each.says) for name, columns in TABLES.items() for each in columns]
        connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?)", about)

        def write(name: str, batch: list[Row]) -> None:
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(TABLES[name]))})", batch)

        counts = _spread(output, write)
        for table, column in _INDEXES:
            connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
        connection.execute("CREATE VIRTUAL TABLE mentions_fts USING fts5(text, normal, sentence, content='mentions')")
        connection.execute("INSERT INTO mentions_fts(mentions_fts) VALUES ('rebuild')")
        connection.execute("COMMIT")
    return counts


_INDEXES = (
    ("mentions", "document"),
    ("mentions", "label"),
    ("mentions", "entity"),
    ("dates", "record"),
    ("percents", "record"),
    ("percents", "entity"),
    ("seats", "record"),
    ("seats", "entity"),
    ("variants", "entity"),
    ("links", "record"),
    ("links", "target"),
)


def write_duckdb(output: Output, path: Path) -> Counter[str]:
    """One DuckDB file. The rows go by a file of JSON Lines, which DuckDB reads with the columns told to it."""
    duckdb = _imported("duckdb")
    passing = path.with_name(f"{path.name}.jsonl")
    with closing(duckdb.connect(str(path))) as connection:
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({_sql_columns(name, columns, _DUCKDB)})")
            for column in columns:
                connection.execute(f"COMMENT ON COLUMN {name}.\"{column.name}\" IS '{column.says.replace(chr(39), chr(39) * 2)}'")

        def write(name: str, batch: list[Row]) -> None:
            names = [column.name for column in TABLES[name]]
            with passing.open("w", encoding="utf-8") as stream:
                stream.writelines(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in batch)
            kinds = ", ".join(f"'{column.name}': '{_DUCKDB[column.kind].replace('JSON', 'VARCHAR')}'" for column in TABLES[name])
            read = f"read_json(?, format='newline_delimited', columns={{{kinds}}}, maximum_object_size=268435456)"
            connection.execute(f"INSERT INTO {name} SELECT * FROM {read}", [str(passing)])

        try:
            return _spread(output, write)
        finally:
            passing.unlink(missing_ok=True)


def _sql_columns(table: str, columns: tuple[Column, ...], kinds: Mapping[str, str]) -> str:
    key = _KEYS.get(table)
    told = (f'"{column.name}" {kinds[column.kind]}' + (" PRIMARY KEY" if column.name == key else "") for column in columns)
    return ", ".join(told)


def _imported(module: str, extra: str | None = None) -> Any:
    extra = extra or module
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f"this needs {extra}: pip install 'extract[{extra}]'") from error
