"""The command line: paths in, exit codes out. The only module that prints."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

import extract
from extract.errors import ExtractError, RecordError
from extract.outputs.check import Proof, check_output
from extract.outputs.files import dump_line
from extract.outputs.folder import FAILURES, RunInfo, Summary, write_output
from extract.pipeline import Pipeline, Settings, extract_sources
from extract.records.record import LINES, FailureLine
from extract.run.extraction import Extraction, MappedDocument
from extract.sources import FORMATS, MAX_BYTES, Source, find_sources

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Names, dates, percentages and seat counts out of documents, each with proof of where it stands.

    Exit codes: **0** all well; **1** some documents failed, or something could not be proved; **2** bad usage or rules.""",
)
rules_app = typer.Typer(no_args_is_help=True, help="Check rule files and run the examples in them.")
app.add_typer(rules_app, name="rules")

err = Console(stderr=True, highlight=False, soft_wrap=True)
out = Console(highlight=False, soft_wrap=True)


class Exit(IntEnum):
    """What the exit codes say."""

    WELL = 0
    FAILURES = 1
    USAGE = 2


Command = TypeVar("Command", bound=Callable[..., None])


def _told(command: Command) -> Command:
    """A command whose expected errors become a message on stderr and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (ExtractError, OSError) as error:
            err.print(f"[bold red]extract:[/] {escape(str(error))}")
            raise typer.Exit(Exit.USAGE) from error

    return run  # type: ignore[return-value]


RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Rule files that add to the packaged ones; same name replaces.")
]
ModelOption = Annotated[
    str, typer.Option("--model", metavar="NAME|PATH|none", help="A spaCy model for names: `default` is the shipped one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout instead of a table.")]


def _version(wanted: bool) -> None:
    if wanted:
        out.print(extract.__version__)
        raise typer.Exit(Exit.WELL)


@app.callback()
def _options(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False) -> None:
    pass


# -- run ------------------------------------------------------------------------------------------------------------


@app.command()
@_told
def run(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCES…", help="Files, folders, globs, or `-` for stdin.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The output folder, or `-`: records on stdout.")],
    rules: RulesOption = None,
    model: ModelOption = "default",
    format: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; else recognised.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of all sources, say `cp1251`; else UTF-8, or by byte order mark.")] = None,
    text_field: Annotated[str | None, typer.Option(help="JSON Lines: the field with the text.")] = None,
    id_field: Annotated[str | None, typer.Option(help="JSON Lines: the field that names the record.")] = None,
    max_bytes: Annotated[int, typer.Option(help="Larger files fail.", min=1)] = MAX_BYTES,
    vague_dates: Annotated[bool, typer.Option("--vague-dates", help="Also record `now`, `recently` and the like.")] = False,
    workers: Annotated[int, typer.Option("--workers", "-j", help="Processes; the result is the same.", min=1)] = 1,
) -> None:
    """Read documents and write their records.

    Examples:

    `extract run reports/ --output output/`

    `extract run "news/*.html" notes.md --output output/ --workers 4`

    `curl -s https://example.org/page | extract run - --format html --output - | jq .text`
    """
    settings = Settings(
        rules=rules,
        model=model,
        format=format,
        encoding=encoding,
        max_bytes=max_bytes,
        text_field=text_field,
        id_field=id_field,
        vague_dates=vague_dates,
    )
    started = time.monotonic()
    pipeline = Pipeline(settings)  # rules and model are checked before the first source is read
    found = find_sources(sources)
    extraction = Extraction(_mapped(pipeline, found, workers), pipeline.aliases)
    if output == "-":
        summary = _print_records(extraction)
    else:
        summary = write_output(extraction, Path(output), _run_info(pipeline))
    _print_summary(summary, extraction.failures, output, time.monotonic() - started)
    raise typer.Exit(Exit.FAILURES if extraction.failures else Exit.WELL)


def _mapped(pipeline: Pipeline, sources: list[Source], workers: int) -> Iterator[MappedDocument | FailureLine]:
    """What the map stage makes of all sources, with a progress bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("extract", total=len(sources))
        for source, results in extract_sources(pipeline, sources, workers):
            progress.update(task, advance=1, description=escape(source.name[-40:]))
            yield from results


def _run_info(pipeline: Pipeline) -> RunInfo:
    return RunInfo(extract.__version__, pipeline.rules.fingerprint, pipeline.model_name, pipeline.settings.options())


def _print_records(extraction: Extraction) -> Summary:
    summary = Summary(documents=len(extraction.documents), failures=len(extraction.failures))
    for record in extraction.records():
        summary.records[record.label] += 1
        sys.stdout.write(dump_line(record.as_json()) + "\n")
    return summary


def _print_summary(summary: Summary, failures: Iterable[FailureLine], output: str, seconds: float) -> None:
    table = Table("", "count", show_edge=False)
    table.columns[1].justify = "right"
    for name, count in summary.counts().items():
        table.add_row(name if name.isupper() else f"[bold]{name}[/]", str(count))
    err.print(table)
    for failure in list(failures)[:20]:
        err.print(f"[red]failed:[/] {escape(failure.document)} ({failure.stage}): {escape(failure.error)}. {escape(failure.hint)}")
    where = "stdout" if output == "-" else str(Path(output))
    err.print(f"{seconds:.1f} s; records in [bold]{escape(where)}[/]" + (f", failures in {FAILURES}" if summary.failures else ""))


# -- check ----------------------------------------------------------------------------------------------------------


@app.command()
@_told
def check(output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")]) -> None:
    """Prove the records of an output folder against their sources.

    Each line is validated against the schema; the sources are opened again, and hash, offsets, quote and sentence are compared. Every
    line that fails is named on stdout. Exit code 1 if any does.

    Example: `extract check output/`
    """
    proof = check_output(output)
    for problem in proof.problems:
        out.print(f"{problem.file}:{problem.line}: {problem.subject}: {problem.message}", markup=False)
    _print_proof(proof)
    raise typer.Exit(Exit.FAILURES if proof.problems else Exit.WELL)


def _print_proof(proof: Proof) -> None:
    for name in proof.unproved:
        err.print(f"[yellow]not proved:[/] {escape(name)} was read from standard input", highlight=False)
    verdict = f"[red]{len(proof.problems)} problems[/]" if proof.problems else "[green]all proved[/]"
    err.print(f"{proof.records} records of {proof.documents} documents: {verdict}")


# -- schema ---------------------------------------------------------------------------------------------------------


@app.command()
@_told
def schema(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help=f"One of {', '.join(LINES)}; else all.")] = None,
) -> None:
    """Print the JSON Schema of the output files.

    Example: `extract schema records.jsonl > record.schema.json`
    """
    if file is not None and file not in LINES:
        raise RecordError(f"{file}: no such output file. There are {', '.join(LINES)}.")
    wanted = {name: model.model_json_schema() for name, model in LINES.items() if file in (None, name)}
    print(json.dumps(wanted[file] if file else wanted, indent=2, ensure_ascii=False))


def main() -> None:
    """The entry point of the `extract` command."""
    app()
