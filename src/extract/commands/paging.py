"""`extract page`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from extract.commands.consoles import counted, err

if TYPE_CHECKING:
    from extract.outputs.page import Explained
    from extract.pipeline import Pipeline
    from extract.sources.document import Document


def make_page(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    page: Annotated[Path, typer.Option("--output", "-o", metavar="PAGE", help="A folder; or a file that ends in .html.")],
    one_file: Annotated[bool, typer.Option("--one-file", help="Everything in one file, however large.")] = False,
    reasons: Annotated[
        bool, typer.Option("--explain", help="Also signs, weights and lost candidates: reads all documents again.")
    ] = False,
    since: Annotated[
        Path | None, typer.Option("--since", metavar="OLD", help="An earlier output folder: what changed since is a facet.")
    ] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="With --explain: the rules of the run.")] = None,
    model: Annotated[str, typer.Option("--model", help="With --explain: the model of the run.")] = "default",
) -> None:
    """Make a page of the records and their documents that opens from disk: search, facets, highlights, reasons, doubts.

    Examples:

    `extract page output/ -o page/` (then open `page/index.html`)

    `extract page output/ -o page.html --explain`
    """
    from extract.outputs.diff import diff
    from extract.outputs.page import write_page
    from extract.outputs.reading import Output
    from extract.pipeline import Pipeline

    told = partial(_explained, Pipeline(rules=rules, model=model)) if reasons else None
    is_file = one_file or page.suffix.lower() in (".html", ".htm")
    changed = {change.new for change in diff(Output(since), Output(output)).changes if change.new} if since else ()
    counts = write_page(Output(output), page, is_file, told, changed)
    where = page if is_file else page / "index.html"
    made = f"{counted(counts['mentions'], 'mention')} of {counted(counts['documents'], 'document')}"
    err.print(f"{made}: open [bold]{escape(str(where))}[/]")


def _explained(pipeline: Pipeline, document: Document) -> Explained:
    from extract.explain import explain
    from extract.outputs.page import Explained

    story = explain(pipeline, document)
    steps = {}
    for each in story.explanations:
        source = each.record.source
        span = document.offsets.to_text(source.start, source.end)
        if span:
            steps[each.record.label, *span] = (*each.steps,)
    lost = tuple((each.start, each.end, each.label, each.text, each.rule, each.reason) for each in story.lost)
    return Explained(steps, lost)
