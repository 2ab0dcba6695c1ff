"""`extract gold`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from extract.commands.consoles import counted, err, visible
from extract.errors import UsageError

_FORMATS = "labelstudio, doccano, brat, answers"


def import_corrections(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {_FORMATS}.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="What the tool exported; for brat its folder.")],
    source: Annotated[Path, typer.Option("--from", metavar="OUTPUT", help="The output folder that was exported.")],
    to: Annotated[Path, typer.Option("--to", metavar="GOLD", help="The file of gold.")] = Path("corrected.gold.jsonl"),
) -> None:
    """Make gold of corrections, for `extract eval` and training: what a tool exported again, or the marks of the page.

    Examples:

    `extract gold import labelstudio corrected.json --from output/`

    `extract gold import answers marks.jsonl --from output/ --to mine.gold.jsonl` (a record without a mark counts as right)
    """
    from extract.evaluate.corrections import FORMATS, import_gold
    from extract.outputs.export.formats import whole
    from extract.outputs.files import dump_line
    from extract.outputs.reading import Output

    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; there are {', '.join(FORMATS)}")
    imported = import_gold(format, files, Output(source))
    with whole(to, is_folder=False) as part:
        part.write_text("".join(f"{dump_line(line)}\n" for line in imported.lines), "utf-8", newline="\n")
    for problem in imported.problems:
        err.print(f"[red]left out:[/] {escape(visible(problem))}")
    err.print(f"{counted(len(imported.lines), 'line')} of gold in [bold]{escape(str(to))}[/], {len(imported.problems)} left out")
    raise typer.Exit(1 if imported.problems else 0)
