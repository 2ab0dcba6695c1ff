"""Scores as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from extract.evaluate.counts import Counts
from extract.evaluate.mistakes import worst
from extract.evaluate.scores import Scores
from extract.evaluate.timex import Timex, TimexScores


def tables(scores: Scores, errors: int = 0, by_document: bool = False) -> Iterator[RenderableType]:
    """Mentions, values and entities, then a line for each document, then the `errors` worst mistakes, as wanted."""
    yield _mention_table(scores)
    yield _figure_table("Values (span and label right, and …)", scores.values)
    yield entity_table(scores.entities)
    if by_document:
        yield _document_table(scores)
    if errors:
        yield _mistake_table(scores, errors)
    for warning in scores.warnings:
        yield f"[yellow]warning:[/] {escape(warning)}"


def entity_table(figures: Mapping[str, Counts]) -> Table:
    """How well mentions are grouped and named."""
    return _figure_table("Entities", {"": figures})


def timex_tables(scores: TimexScores, errors: int = 0) -> Iterator[RenderableType]:
    """The figures of TempEval-3, then the first `errors` mistakes."""
    yield _figure_table(f"Time expressions (documents: {len(scores.documents)})", {"": scores.figures})
    if errors:
        table = Table(title="Mistakes", title_justify="left", show_lines=True)
        for name in ("document", "gold", "found", "where"):
            table.add_column(name, overflow="fold")
        for mistake in scores.mistakes[:errors]:
            sides = (_timex_cell(mistake.gold), _timex_cell(mistake.found))
            table.add_row(*(escape(cell) for cell in (mistake.document, *sides, mistake.context)))
        yield table


def _timex_cell(timex: Timex | None) -> str:
    return f"{timex.start}:{timex.end} {timex.type} {timex.value}" if timex else "-"


def _mention_table(scores: Scores) -> Table:
    table = Table(title=f"Mentions (documents: {len(scores.documents)})", title_justify="left")
    table.add_column("label")
    for name in ("gold", "found", "P", "R", "F1", "P relaxed", "R relaxed", "F1 relaxed"):
        table.add_column(name, justify="right")
    rows = [*scores.labels.items(), ("all names", scores.names)]
    for label, counts in rows:
        strict, relaxed = counts["strict"], counts["relaxed"]
        table.add_row(label, _whole(strict.gold), _whole(strict.predicted), *_shares(strict), *_shares(relaxed))
    span = scores.names["span"]
    table.add_row("names, any label", _whole(span.gold), _whole(span.predicted), *_shares(span), "", "", "")
    return table


def _figure_table(title: str, figures: Mapping[str, Mapping[str, Counts]]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    for name in ("gold", "found", "right", "P", "R", "F1"):
        table.add_column(name, justify="right")
    for label, counts in figures.items():
        for name, count in counts.items():
            right = f"{count.correct_predicted:.0f}"
            table.add_row(f"{label} {name}".strip(), _whole(count.gold), _whole(count.predicted), right, *_shares(count))
    return table


def _document_table(scores: Scores) -> Table:
    table = Table(title="F1 by document", title_justify="left")
    table.add_column("document")
    for name in ("names", "DATE", "PERCENT", "SEATS", "SEATS party", "B-cubed"):
        table.add_column(name, justify="right")
    for name, one in scores.by_document.items():
        shown = (
            one.names["strict"],
            one.values["DATE"]["value"],
            one.values["PERCENT"]["value"],
            one.values["SEATS"]["value"],
            one.values["SEATS"]["party"],
            one.entities["bcubed"],
        )
        table.add_row(escape(name), *(f"{count.f1:.3f}" if count.gold or count.predicted else "-" for count in shown))
    return table


def _mistake_table(scores: Scores, number: int) -> Table:
    table = Table(title="Mistakes, the worst first", title_justify="left", show_lines=True)
    for name in ("mistake", "times", "expected", "found", "where"):
        table.add_column(name, overflow="fold")
    for mistake, times in worst(scores.mistakes, number):
        where = f"{mistake.document}:{mistake.start}\n{mistake.context}"
        row = (f"{mistake.kind} {mistake.label}", str(times), mistake.expected, mistake.found, where)
        table.add_row(*(escape(cell) for cell in row))
    return table


def _shares(counts: Counts) -> tuple[str, str, str]:
    return f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}"


def _whole(count: float) -> str:
    return f"{count:.0f}"
