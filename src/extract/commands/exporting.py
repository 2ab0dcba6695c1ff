"""`extract export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from extract.commands.consoles import err
from extract.outputs.export import FORMATS, default_target, export


def export_output(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help="The file or folder; else beside you, named for OUTPUT.")
    ] = None,
) -> None:
    """Write the records in the format of another tool: tables, databases, spaCy, CoNLL, annotations.

    Examples:

    `extract export output/ sqlite --to votes.sqlite` (opens in Datasette)

    `extract export output/ csv`

    `extract export output/ labelstudio --to tasks/`
    """
    from extract.outputs.reading import Output

    target = to or default_target(output, format)
    counts = export(Output(output), format, target)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    err.print(f"{told} in [bold]{escape(str(target))}[/]")
