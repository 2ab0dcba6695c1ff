"""`extract claims`."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from extract.outputs.claims import Claim, Entry

from extract.commands.consoles import err, out, visible


def tell_claims(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    differ: Annotated[bool, typer.Option("--differ", help="Only where two figures cannot both be true.")] = False,
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="DIR", help="A folder whose `claims.yml` says which words say what.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines on stdout instead of tables.")] = False,
) -> None:
    """Set side by side what is said of each party in each election: which figure, how it is worded, who gives it, where.

    Example: `extract claims output/ --differ`
    """
    from extract.outputs.claims import ledger
    from extract.outputs.reading import Output
    from extract.records.wordings import load_wordings

    entries = [entry for entry in ledger(Output(output), load_wordings(rules)) if entry.differ or not differ]
    if as_json:
        for entry in entries:
            print(json.dumps(entry.as_json(), ensure_ascii=False))
        return
    for (election, body), group in groupby(entries, key=lambda entry: (entry.election, entry.body)):
        out.print(f"\n[bold]{escape(visible(election))}[/]" + (f", {escape(visible(body))}" if body else ""))
        table = Table("of", "what", "figure", "worded", "by", "where", show_edge=False)
        table.columns[-1].overflow = "fold"
        said = dict[str, None]()
        for entry in group:
            _add(table, entry)
            said |= dict.fromkeys(entry.audit)
        out.print(table)
        for message in said:
            out.print(f"[yellow]audit:[/] {escape(visible(message))}")
    if any(entry.differ for entry in entries):
        err.print("[red]≠[/] figures that cannot all be true")
    if not entries:
        err.print("no figures that contradict each other" if differ else "no party has a share of the vote or seats here")


def _add(table: Table, entry: Entry) -> None:
    party = escape(visible(entry.party or "the chamber")) + (" [red]≠[/]" if entry.differ else "")
    for number, claim in enumerate(entry.claims):
        what = (party, entry.kind) if number == 0 else ("", "")
        table.add_row(*what, claim.shown, claim.wording, escape(visible(claim.by or "")), escape(visible(_where(claim))))


def _where(claim: Claim) -> str:
    section = f" ({claim.section[-1]})" if len(claim.section) > 1 else ""
    return f"{claim.document}:{claim.line}{section}"
