"""`extract diff`."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from extract.commands.consoles import err, out, visible
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract.outputs.diff import Change, Diff

_SHOWN = 200


def tell_diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="An output folder.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another one.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON on stdout.")] = False,
    lines: Annotated[bool, typer.Option("--lines", help="Print every change as a line of JSON on stdout.")] = False,
    most: Annotated[
        str | None,
        typer.Option(
            "--fail-if-more-than", metavar="2%", help="Exit code 1 if more records than that appeared, went or changed."
        ),
    ] = None,
) -> None:
    """Tell what appeared, went, changed or moved from one run to another, and why.

    Causes: a new document, one that is gone or renamed, an edited source, alias file, rule file, model, version, options.

    Example: `extract diff before/ output/ --fail-if-more-than 2%`
    """
    from extract.outputs.diff import diff
    from extract.outputs.reading import Output

    limit = _share(most) if most else None
    found = diff(Output(old), Output(new))
    if lines:
        for change in found.changes:
            print(json.dumps(change.as_json(), ensure_ascii=False))
    elif as_json:
        print(json.dumps(_counts(found), indent=2, ensure_ascii=False))
    else:
        _print(found)
    if limit is not None and found.share > limit:
        err.print(f"[red]{found.share:.1%} of the records are others[/], more than {most}")
        raise typer.Exit(1)


def _share(text: str) -> float:
    number = text.strip().removesuffix("%")
    try:
        share = float(number) / (100 if "%" in text else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise UsageError(f"--fail-if-more-than {text}: give a share, 2% or 0.02")
    return share


def _counts(found: Diff) -> dict[str, object]:
    counts = [{"kind": kind, "cause": cause, "count": count} for (kind, cause), count in sorted(found.counts().items())]
    return {"old": found.old, "new": found.new, "share": found.share, "changes": counts}


def _print(found: Diff) -> None:
    for cause, changes in groupby(found.changes[:_SHOWN], key=lambda change: change.cause):
        out.print(f"[bold]{escape(visible(cause))}[/]")
        for change in changes:
            out.print(f"  {_told(change)}")
    if len(found.changes) > _SHOWN:
        out.print(f"[dim]and {len(found.changes) - _SHOWN} more: --lines has them all[/]")
    table = Table("", "cause", "records", show_edge=False)
    table.columns[2].justify = "right"
    for (kind, cause), count in sorted(found.counts().items()):
        table.add_row(kind, escape(visible(cause)), str(count))
    err.print(table)
    err.print(f"{found.old} records before, {found.new} now; {found.share:.1%} of them others")


def _told(change: Change) -> str:
    sign = {"appeared": "[green]+[/]", "went": "[red]-[/]", "changed": "[yellow]~[/]", "moved": "[blue]>[/]"}[change.kind]
    sides = (change.now,) if change.kind == "moved" else (change.was, change.now)
    says = " [dim]now[/] ".join(escape(visible(each)) for each in sides if each)
    return f"{sign} {escape(visible(f'{change.document}:{change.line}'))}: {says}"
