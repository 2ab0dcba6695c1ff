"""Annotated tables, as the questions of tables learn from them.

A file holds documents, each with the kinds of the lines of its tables and infoboxes, one table after the other:

    === ghana-1996 markdown
    | Party | Votes | % | Seats |
    …
    --- kinds
    party | votes | vote | won

`=== @PATH markdown` takes the text from a file, beside or in the sources. A line of kinds has one for each line of the table;
`>` before them says that it runs sideways, `?` alone that it is passed over, `12:` that it is that of table number 12 (from 1).
Behind a kind stands whose the figures are, if it is not what one would expect: `^` the header's, `~` nobody's, `@person`,
`@party`, `@place`, `@page`; `votes&vote` has two numbers in each cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import RecordError
from extract.pipeline import Pipeline
from extract.recognise.figures.grid import Grid, Page
from extract.recognise.figures.lines import FIGURES, KIND, LABELS, OWNER, LineSigns
from extract.recognise.figures.tape import Spoken, marks_of, spoken
from extract.sources.read import read_string
from extract.text.document import make_doc
from extract.training.learn import Example
from extract.weigh.weights import whole

_OWNERS = {"^": "header", "~": "nobody"}
_LINE = re.compile(r"(?P<kind>[a-z]+)(?:&(?P<second>[a-z]+))?(?P<owner>[\^~]|@[a-z]+)?")


@dataclass
class Annotated:
    """A table as it was annotated; `owners` are None where they are what one would expect."""

    sideways: bool
    kinds: list[str]
    seconds: list[str | None]
    owners: list[str | None]


@dataclass(frozen=True)
class Table:
    """A table with its annotation, and what its document speaks of."""

    name: str
    grid: Grid
    said: Spoken
    gold: Annotated

    @property
    def weight(self) -> float:
        """How much it counts: those written in great numbers (`plain.txt`) count half as much as others."""
        return 1.0 if self.name.startswith("plain.txt") else 2.0

    @property
    def runs_as_annotated(self) -> bool:
        """Whether the table is looked at in the way in which it was annotated."""
        return self.grid.form == "box" or self.gold.sideways == (self.grid.form == "sideways")


def read_tables(pipeline: Pipeline, paths: Iterable[Path], sources: Path | None = None) -> Iterator[Table]:
    """The annotated tables of files. Raises RecordError where an annotation does not fit its table."""
    for path in paths:
        for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, rest = part.split("\n", 1)
            text, _, kinds = rest.rpartition("--- kinds\n")
            name, format_ = head.split()
            if name.startswith("@"):
                beside = (folder / name[1:] for folder in (path.parent, sources or path.parent))
                text = next((file for file in beside if file.exists()), path.parent / name[1:]).read_text(encoding="utf-8")
            yield from _tables(pipeline, f"{path.name}: {name}", format_, text, kinds.partition("--- expected")[0])


def _tables(pipeline: Pipeline, name: str, format_: str, text: str, kinds: str) -> Iterator[Table]:
    document = read_string(text, name=name, format=format_).plain()
    doc = make_doc(pipeline.nlp, document)
    for component, run in pipeline.nlp.pipeline:
        if component not in ("extract_dates", "extract_percentages", "extract_seats"):
            doc = run(doc)
    grids = list(Page(document, marks_of(doc.spans.get("names", ()))).grids())
    for number, gold in _annotations(kinds, name):
        if number > len(grids):
            raise RecordError(f"{name}: kinds for table {number}, but there are {len(grids)}")
        table = Table(f"{name}#{number}", grids[number - 1], spoken(document.text), gold)
        if table.runs_as_annotated and len(table.grid.lines) != len(gold.kinds):
            heads = " | ".join(" / ".join(line.heads) for line in table.grid.lines)
            raise RecordError(f"{name}, table {number}: {len(gold.kinds)} kinds for {len(table.grid.lines)} lines: {heads}")
        yield table


def _annotations(text: str, name: str) -> Iterator[tuple[int, Annotated]]:
    number = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        if numbered := re.match(r"(\d+):\s*", line):
            number, line = int(numbered[1]) - 1, line[numbered.end() :]
        number += 1
        if line == "?":
            continue
        parts = [_LINE.fullmatch(part.strip()) for part in line.lstrip("> ").split("|")]
        if not all(parts):
            raise RecordError(f"{name}: not a line of kinds: {line}")
        last = Annotated(line.startswith(">"), [], [], [])
        for part in filter(None, parts):
            last.kinds.append(_known(part["kind"], KIND, name))
            last.seconds.append(_known(part["second"], KIND, name) if part["second"] else None)
            owner = part["owner"]
            last.owners.append(_known(_OWNERS.get(owner, owner[1:]), OWNER, name) if owner else None)
        yield number, last


def _known(label: str, question: str, name: str) -> str:
    if label not in LABELS[question]:
        raise RecordError(f"{name}: {label!r} is none of {', '.join(LABELS[question])}")
    return label


def expected_owner(kind: str, kinds: Sequence[str]) -> str:
    """Whose the figures of a line are if nothing else is said."""
    label, what = FIGURES.get(kind, ("", ""))
    party, person = any(one in kinds for one in ("party", "alliance")), "person" in kinds
    of_seats = any(one in kinds for one in ("won", "held"))
    if what in ("total", "majority", "threshold") or not label:
        return "nobody"
    if what == "turnout":
        return "place" if "place" in kinds else "nobody"
    if party and (label == "SEATS" or not person or of_seats):
        return "party"
    if person:
        return "person"
    if what != "other" and ("date" in kinds or "place" not in kinds):
        return "page"
    return "place" if "place" in kinds else "nobody"


def table_examples(table: Table) -> Iterator[tuple[str, Example]]:
    """What a table teaches, by question."""
    if not table.runs_as_annotated:
        return
    gold, signs, kinds = table.gold, LineSigns(table.grid, table.said), tuple(table.gold.kinds)
    for number, kind in enumerate(kinds):
        if table.grid.lines[number].cells:
            own = [*signs.line_signs(number), *signs.signs_after(number, kinds[:number])]
            yield KIND, Example([whole(own)], frozenset([LABELS[KIND].index(kind)]), table.weight)
        if second := gold.seconds[number]:
            own = [*signs.line_signs(number, True), *signs.signs_after(number, kinds[: number + 1])]
            yield KIND, Example([whole(own)], frozenset([LABELS[KIND].index(second)]), table.weight)
        of_figures = kind if kind in FIGURES else second or ""
        if of_figures in FIGURES and kind != "groups":
            owner = gold.owners[number] or expected_owner(of_figures, kinds)
            right = frozenset([LABELS[OWNER].index(owner)])
            yield OWNER, Example([whole(signs.owner_signs(number, kinds, second or ""))], right, table.weight)
