"""CSV and TSV (RFC 4180; also `;` and `|`): a table, or, where a column holds texts, rows that are documents of their own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from extract.errors import SourceError
from extract.sources.decode import decode
from extract.sources.find import Source
from extract.sources.formats import TABLE_ROWS
from extract.sources.json_lines import JsonOptions, rows_of
from extract.sources.tables import RawCell, is_figure, show_table
from extract.sources.view import View

_DELIMITERS = "\t;,|"
_SAMPLE = 20_000
_SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class _Field:
    """The field `source[start:end]`, without its quotes; in a quoted one, a quote is written twice."""

    start: int
    end: int
    quoted: bool

    def text(self, source: str) -> str:
        text = source[self.start : self.end]
        return text.replace('""', '"') if self.quoted else text.strip()

    def show(self, source: str) -> Callable[[View], None]:
        def show(view: View) -> None:
            start = self.start
            while self.quoted and (twice := source.find('""', start, self.end)) >= 0:
                view.show(start, twice + 1)
                start = twice + 2
            view.show(start, self.end)

        return show


def read_separated(view: View, source: str) -> None:
    """Shows the rows as one table; the first is its header, unless there are figures in it."""
    rows = list(_rows(source, _delimiter(source)))
    heads = bool(rows) and not any(is_figure(field.text(source)) for field in rows[0])
    cells = [[RawCell(field.show(source), heads and not number) for field in row] for number, row in enumerate(rows)]
    show_table(view, source, cells, 0, (), None)


def split_separated(
    source: Source, stream: BinaryIO, encoding: str | None, options: JsonOptions
) -> Iterator[Source | SourceError]:
    """The rows, each a source of its own as if it were a line of JSON. Raises SourceError where the text column is missing."""
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise SourceError(source.name, "read", f"more than {options.max_bytes} bytes", "Raise the limit with --max-bytes.")
    text, used = decode(source.name, data, encoding)
    rows = _rows(text, _delimiter(text))
    header = [field.text(text).strip() or f"column {number}" for number, field in enumerate(next(rows, []), 1)]
    if options.text_field not in header:
        told = f"no column {options.text_field!r} (there are: {', '.join(header)[:1000]})"
        raise SourceError(source.name, "parse", told, "Name it with --text-field; without it the file is read as a table.")
    records = (dict(zip(header, (field.text(text) for field in row), strict=False)) for row in rows)
    yield from rows_of(source, used, ((None, json.dumps(record).encode(used)) for record in records), options, TABLE_ROWS, 2)


@cache
def _field_pattern(delimiter: str) -> re.Pattern[str]:
    other = rf"[^{re.escape(delimiter)}\r\n]*"
    return re.compile(
        rf'(?:[ ]*"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"{other}|(?P<bare>{other}))(?P<stop>{re.escape(delimiter)}|\r\n|[\r\n]|\Z)'
    )


def _rows(source: str, delimiter: str) -> Iterator[list[_Field]]:
    """The rows that are not blank."""
    pattern, position, row = _field_pattern(delimiter), 0, list[_Field]()
    while position < len(source) or row:
        match = pattern.match(source, position)
        assert match is not None  # the bare field matches anything
        position, quoted = match.end(), match["quoted"] is not None
        row.append(_Field(*match.span("quoted" if quoted else "bare"), quoted))
        if match["stop"] != delimiter:
            if any(source[field.start : field.end].strip() for field in row):
                yield row
            row = []


def _delimiter(source: str) -> str:
    """What parts the fields: what gives the most of the first rows the same number of fields, and more than one."""
    sample = source if len(source) <= _SAMPLE else source[: source.rfind("\n", 0, _SAMPLE) + 1] or source[:_SAMPLE]

    def fit(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row, _ in zip(_rows(sample, delimiter), range(_SAMPLE_ROWS), strict=False))
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    best = max(_DELIMITERS, key=fit)
    return best if fit(best)[0] else ","
