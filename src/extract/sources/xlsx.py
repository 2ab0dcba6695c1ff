"""Excel workbooks (XLSX) as HTML: a heading for each sheet, its cells as they are shown, in tables where rows stand together."""

from __future__ import annotations

import datetime
import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from extract.errors import SourceError
from extract.sources.converted import Converted, library
from extract.sources.find import Source
from extract.sources.formats import SHEET_ROWS
from extract.sources.json_lines import JsonOptions, rows_of
from extract.sources.zipped import document_in

_DECIMALS = re.compile(r"0\.(0+)")
_MOST_CELLS = 1_000_000
Row = list[tuple[Any, str]]
"""The cells of a row that are filled or that others are filled beside, each with what is shown of it."""


def convert_xlsx(name: str, data: bytes, max_bytes: int) -> Converted:
    """The HTML of a workbook. Raises SourceError for one that is encrypted, damaged, or has too much in it."""
    workbook, hidden = _opened(name, data, max_bytes)
    parts: list[str] = []
    for sheet in workbook.worksheets:
        if sheet.title not in hidden:
            spans = {
                area.min_row * 100_000 + area.min_col: (area.size["rows"], area.size["columns"]) for area in sheet.merged_cells
            }
            tables = [_table(run, spans) for run in _runs(_rows(name, sheet))]
            parts += [f"<h2>{html.escape(sheet.title)}</h2>\n", *tables] if tables else []
    facts = {"author": workbook.properties.creator, "created": workbook.properties.created}
    told = tuple(f"the sheet {title!r} is hidden and was not read" for title in hidden)
    return Converted("".join(parts), "html-whole", workbook.properties.title, {k: v for k, v in facts.items() if v}, told)


def split_sheets(source: Source, data: bytes, options: JsonOptions) -> Iterator[Source | SourceError]:
    """The rows of the sheets that have a column of texts, each a source of its own as if it were a line of JSON."""
    workbook, _ = _opened(source.name, data, options.max_bytes)
    lines, headers = list[tuple[None, bytes]](), list[str]()
    for sheet in workbook.worksheets:
        rows = _rows(source.name, sheet)
        header = [shown.strip() for _, shown in next(rows, [])]
        headers += header
        if options.text_field in header:
            records = ({key: shown for key, (_, shown) in zip(header, row, strict=False) if key and shown} for row in rows)
            lines += [(None, json.dumps(record).encode()) for record in records if record]
    if not lines:
        told = f"no column {options.text_field!r} (there are: {', '.join(headers)[:1000]})"
        raise SourceError(source.name, "parse", told, "Name it with --text-field; without it the sheets are read as tables.")
    return rows_of(source, "utf-8", lines, options, SHEET_ROWS, 2)


def _opened(name: str, data: bytes, max_bytes: int) -> tuple[Any, list[str]]:
    """A workbook, and the names of its sheets that are not shown."""
    openpyxl = library("openpyxl", name, "an Excel workbook")
    document_in(name, data, max_bytes).close()
    workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return workbook, [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]


def _rows(name: str, sheet: Any) -> Iterator[Row]:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        told = f"the sheet {sheet.title!r} has more than {_MOST_CELLS} cells"
        raise SourceError(name, "read", told, "Save it as CSV, with --text-field for rows that are documents.")
    for cells in sheet.iter_rows():
        yield [(cell, _shown(cell)) for cell in cells]


def _runs(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows that stand together, without the blank ones between them and the columns that are blank in all of them."""
    for is_filled, group in groupby(rows, key=lambda row: any(shown for _, shown in row)):
        if is_filled:
            run = list(group)
            used = [column for column in range(len(run[0])) if any(row[column][1] for row in run)]
            yield [[row[column] for column in used] for row in run]


def _table(run: list[Row], spans: dict[int, tuple[int, int]]) -> str:
    """Rows as a table; lone lines above and below it are paragraphs."""
    lone = [len([shown for _, shown in row if shown]) == 1 for row in run]
    first = next((number for number, is_lone in enumerate(lone) if not is_lone), len(run))
    last = len(run) - next((number for number, is_lone in enumerate(reversed(lone)) if not is_lone), 0)
    if first == len(run) and len(run) > 1 and any(not _is_words(row) for row in run):
        first, last = 0, len(run)
    lines = [f"{_cell('p', cell, shown)}\n" for row in [*run[:first], *run[last:]] for cell, shown in row if shown]
    above, below = lines[:first], lines[first:]
    heads = _head_rows(run[first:last], spans)
    rows = "".join(
        f"<tr>{''.join(_table_cell(cell, shown, spans, number < heads) for cell, shown in row)}</tr>\n"
        for number, row in enumerate(run[first:last])
    )
    return "".join([*above, f"<table>\n{rows}</table>\n" if rows else "", *below])


def _head_rows(run: list[Row], spans: dict[int, tuple[int, int]]) -> int:
    """How many rows merged cells make the head of a table; 0 where there are none, so that its reader tells."""
    heads = 0
    for number, row in enumerate(run):
        merged = [span for cell, _ in row if (span := spans.get(_place(cell)))]
        heads = max([heads, *(number + rows + (columns > 1 and rows == 1) for rows, columns in merged)])
        if number + 1 >= heads:
            return heads
    return 0


def _place(cell: Any) -> int:
    return int(cell.row * 100_000 + cell.column)


def _is_words(row: Sequence[tuple[Any, str]]) -> bool:
    return any(character.isalpha() for _, shown in row for character in shown)


def _table_cell(cell: Any, shown: str, spans: dict[int, tuple[int, int]], is_head: bool) -> str:
    if type(cell).__name__ == "MergedCell":
        return ""
    rows, columns = spans.get(_place(cell), (1, 1))
    merged = "".join(f' {name}="{size}"' for name, size in (("rowspan", rows), ("colspan", columns)) if size > 1)
    return _cell("th" if is_head else "td", cell, shown, merged)


def _cell(tag: str, cell: Any, shown: str, more: str = "") -> str:
    return f'<{tag} data-cell="{cell.coordinate}"{more}>{html.escape(shown)}</{tag}>'


def _shown(cell: Any) -> str:
    """The value of a cell as Excel shows it, as far as that says something: percent, decimals, days without a time."""
    value, form = cell.value, str(cell.number_format or "")
    if value is None or isinstance(value, str):
        return (value or "").strip()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    decimals = _DECIMALS.search(form)
    places = len(decimals[1]) if decimals else 0
    if "%" in form:
        return f"{value * 100:.{places}f}%"
    grouping = "," if "#,#" in form else ""
    if places or grouping or form == "0":
        return f"{value:{grouping}.{places}f}"
    return f"{value:.11g}" if isinstance(value, float) else str(value)
