"""The lines of a document for the state: in columns, without what other columns tell.

All lines share the document's name; start and quote tell where a mention ends; its quote is mostly its text, its sentence that
of the line before. The id of each is kept beside them (`mapped.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from extract.records.finish import SLOT, Written, fill_lines
from extract.resolve.entities import steps

_BREAK, _COLUMN = "\n", "\f"  # JSON has neither
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_LINE = re.compile(
    rf'\{{"id":"r_[0-9a-f]{{16}}","label":("\w+"|\0L\d+\0),"text":({_STRING}),"value":(.+?),'
    rf'"source":\{{"document":({_STRING}),"start":(\d+),"end":\d+,"quote":({_STRING}),"line":(\d+)(.*?),'
    rf'"sentence":(\{{"index":\d+,"start":\d+(?:,"end":\d+)?,"text":{_STRING}\}})\}},"origin":(.+)\}}',
    re.DOTALL,
)


class Lines(NamedTuple):
    """The finished lines of a document with breaks between them, and the label of each."""

    text: str
    labels: Sequence[str]


def pack_lines(lines: Sequence[str], numbers: Sequence[int]) -> str:
    """Lines as `draft_line` writes them; `numbers` are those of their mentions. Raises ValueError for any other."""
    sentences: dict[str, int] = {}
    rows = []
    document = ""
    for line, number in zip(lines, numbers, strict=True):
        if not (found := _LINE.fullmatch(line)):
            raise ValueError(f"no line of a record: {line[:200]}")
        label, text, value, document, start, quote, at, place, sentence, origin = found.groups()
        own = "" if label == f"\0L{number}\0" else label[1:-1], text, "" if value == f"\0V{number}\0" else value
        used = sentences.setdefault(sentence, len(sentences))
        rows.append((*own, "" if quote == text else quote, place, origin, int(start), int(at), used))
    if not rows:
        return ""
    *columns, starts, ats, uses = zip(*rows, strict=True)
    return _COLUMN.join(map(_BREAK.join, ([document], sentences, *columns, *map(_steps, (starts, ats, uses)))))


def unpack_lines(numbers: Sequence[int], ids: str, packed: str, entities: Mapping[int, Written]) -> Lines:
    """The lines of the mentions with these numbers, filled with the entities of names, as `fill_lines` does.

    `ids` has 16 digits for each of them. Raises ValueError or LookupError where the columns are not theirs.
    """
    if not packed:
        return Lines("", ())
    (document,), sentences, *columns, starts, ats, uses = (column.split(_BREAK) for column in packed.split(_COLUMN))
    lines, labels = [], []
    each_id = (ids[at : at + 16] for at in range(0, len(ids), 16))
    rows = zip(numbers, each_id, *columns, *map(_sums, (starts, ats, uses)), strict=True)
    for number, id_, label, text, value, quote, place, origin, start, line, used in rows:
        quote = quote or text
        end = start + (len(json.loads(quote)) if "\\" in quote else len(quote) - 2)
        if not label:
            label, value, _ = entities[number]
        elif SLOT in value:
            value = fill_lines(value, entities)
        lines.append(
            f'{{"id":"r_{id_}","label":"{label}","text":{text},"value":{value},"source":{{"document":{document},"start":{start},'
            f'"end":{end},"quote":{quote},"line":{line}{place},"sentence":{sentences[used]}}},"origin":{origin}}}'
        )
        labels.append(label)
    return Lines(_BREAK.join(lines), labels)


def _steps(numbers: Sequence[int]) -> Iterator[str]:
    return map(str, steps(numbers))


def _sums(told: Sequence[str]) -> Iterator[int]:
    return accumulate(map(int, told))
