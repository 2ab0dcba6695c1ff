"""`extract run`, and its three stages alone: `extract map`, `extract link`, `extract finish`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.markup import escape

from extract.commands.consoles import err
from extract.commands.exporting import export_output
from extract.commands.options import with_link_settings, with_map_settings, with_settings
from extract.commands.paging import make_page
from extract.commands.reporting import Report
from extract.commands.told import told
from extract.errors import UsageError
from extract.settings import Settings

if TYPE_CHECKING:
    from extract.parts import Workers
    from extract.run.plan import Share


def _read_project(context: typer.Context, file: Path | None) -> Path | None:
    """Makes the options of a project file the defaults of the command; gives its path, None where there is none."""
    path = file or Path("extract.toml")
    if context.resilient_parsing or not (file or path.is_file()):
        return None
    from extract.project import Project

    context.default_map = Project.read(path).options
    return path


SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="SOURCES…", help="Files, folders, globs, addresses, or `-` for stdin.")
]
PartsArgument = Annotated[list[Path], typer.Argument(metavar="PARTS…", help="Files that `extract map` made.")]
CompressOption = Annotated[bool, typer.Option("--compress", help="Pack the files with Zstandard: `records.jsonl.zst`.")]
WorkersOption = Annotated[int, typer.Option("--workers", "-j", help="Processes; the result is the same.", min=1)]
TimeoutOption = Annotated[float, typer.Option(help="Seconds that a document may take; one that takes longer fails.", min=0.1)]
EngineOption = Annotated[Literal["local", "dask"], typer.Option("--engine", help="Who reads: processes here, or a Dask cluster.")]
SchedulerOption = Annotated[str | None, typer.Option(metavar="ADDRESS", help="The scheduler of the Dask cluster.")]


@with_settings
def run(
    sources: SourcesArgument,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The output folder, or `-`: records on stdout.")],
    settings: Settings,
    workers: WorkersOption = 1,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read all sources anew, also those that did not change.")] = False,
    timeout: TimeoutOption = 900,
    compress: CompressOption = False,
    project: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", callback=told(_read_project), is_eager=True, help="Where options stand; else `extract.toml` here."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell only of what failed.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell of each document.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Tell it in lines of JSON on stderr.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on stdout.")] = False,
) -> None:
    """Read documents and write their records.

    Sources and options may stand in `extract.toml`; the command line goes before it.

    Examples:

    `extract run reports/ --output output/`

    `extract run "news/*.html" notes.md --output output/ --workers 4`

    `curl -s https://example.org/page | extract run - --format html --output - | jq .text`

    `extract run reports/ --output output/ --engine dask --scheduler tcp://10.0.0.1:8786`
    """
    from extract.batch import Batch

    report = Report("json" if log_json else "quiet" if quiet else "verbose" if verbose else "plain")
    folder = Path(output) if output != "-" else None
    batch = Batch(sources, folder, settings, _workers(workers, timeout, engine, scheduler), fresh, compress)
    for message in _passed_over(sources, folder):
        report.note(message)
    with report.running():
        outcome = batch.run(report.advance)
    report.outcome(outcome, output if folder else "stdout")
    if as_json and folder:
        print(json.dumps(report.summary(outcome), indent=2, ensure_ascii=False))
    if project and folder:
        _make_the_rest(project, folder, quiet or log_json)
    raise typer.Exit(bool(outcome.failures))


def _passed_over(sources: list[str], folder: Path | None) -> Iterator[str]:
    from extract.sources import passed_over

    for kinds, how in zip(passed_over(sources, folder), ("name a file to have it read", "kinds that are not read"), strict=True):
        endings = [f"{count} {ending or 'without ending'}" for ending, count in kinds.items()]
        if endings:
            yield f"passed over in folders: {', '.join(endings)} ({how})"


def _make_the_rest(project: Path, output: Path, quietly: bool) -> None:
    """The exports and the page that a project file wants of the output folder."""
    from extract.outputs.export import default_target
    from extract.project import Project

    wanted = Project.read(project)
    err.quiet = quietly
    try:
        for name in wanted.exports:
            export_output(output, name, output.parent / default_target(output, name).name)
        if wanted.page:
            make_page(output, wanted.page)
    finally:
        err.quiet = False


@with_map_settings
def map_sources(
    sources: SourcesArgument,
    to: Annotated[Path, typer.Option("--to", metavar="PART", help="The file for what is read.")],
    settings: Settings,
    share: Annotated[str, typer.Option(metavar="3/16", help="Read only this share of the documents.")] = "1/1",
    workers: WorkersOption = 1,
    timeout: TimeoutOption = 900,
) -> None:
    """Read a share of the documents into a part: the first stage of a run, on a machine of its own.

    All shares need the same sources and options. A part that is there already is brought up to date.

    Example: `extract map reports/ --share 3/16 --to parts/3.part`
    """
    from extract.parts import map_part

    report = Report()
    with report.running():
        failures = map_part(sources, to, settings, _share(share), _workers(workers, timeout), report.advance)
    report.failures(failures)
    err.print(f"part in [bold]{escape(str(to))}[/]")


@with_link_settings
def link(
    parts: PartsArgument,
    to: Annotated[Path, typer.Option("--to", metavar="LINKS", help="The file for who is who.")],
    settings: Settings,
) -> None:
    """Tell which names of all parts are one entity: the second stage of a run, in one place.

    Example: `extract link parts/*.part --to parts/links`
    """
    from extract.parts import link_parts

    link_parts(parts, to, settings)
    err.print(f"links in [bold]{escape(str(to))}[/]")


def finish(
    parts: PartsArgument,
    links: Annotated[Path, typer.Option("--links", metavar="LINKS", help="The file that `extract link` made.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The output folder.")],
    compress: CompressOption = False,
) -> None:
    """Write the records of parts: the third stage of a run. All parts give the output of one run, some of them their share of it.

    Example: `extract finish parts/*.part --links parts/links --output output/`
    """
    from extract.batch import Outcome
    from extract.parts import finish_parts

    counts = finish_parts(parts, links, output, compress)
    Report().outcome(Outcome(counts, (), 0), str(output))
    raise typer.Exit(bool(counts["failures"]))


def _workers(count: int, timeout: float, engine: str = "local", scheduler: str | None = None) -> Workers:
    from extract.parts import Workers

    if (engine == "dask") != bool(scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together")
    return Workers(count, timeout, scheduler)


def _share(told: str) -> Share:
    from extract.run.plan import Share

    number, _, of = told.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise UsageError(f"--share {told}: say which of how many, from 1, as in 3/16")
    return Share(int(number), int(of))
