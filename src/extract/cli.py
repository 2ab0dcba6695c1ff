"""The command line: paths in, exit codes out. The only module that prints."""

from __future__ import annotations

import getpass
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import IntEnum
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from extract.commands.claiming import tell_claims
from extract.commands.consoles import err, out, visible
from extract.commands.diffing import tell_diff
from extract.commands.exporting import export_output
from extract.commands.golding import import_corrections
from extract.commands.paging import make_page
from extract.errors import ExtractError, RecordError, SourceError
from extract.outputs.layout import AUDIT, ENTITIES, FAILURES, RECORDS, REVIEW, current
from extract.settings import Profile
from extract.sources import FORMATS, MAX_BYTES, HtmlPart

if TYPE_CHECKING:
    from extract.batch import Outcome
    from extract.outputs.check import Proof
    from extract.pipeline import Pipeline
    from extract.resolve.entities.aliases import Answer
    from extract.resolve.entities.review import Question
    from extract.sources import Document

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
gold_app = typer.Typer(no_args_is_help=True, help="Make gold of corrections.")
app.add_typer(gold_app, name="gold")


class Exit(IntEnum):
    """What the exit codes say."""

    WELL = 0
    FAILURES = 1
    USAGE = 2


_INTERRUPTED = 130  # as shells have it


Command = TypeVar("Command", bound=Callable[..., None])


def _told(command: Command) -> Command:
    """A command whose expected errors become a message on stderr and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except BrokenPipeError as error:  # `extract … | head`: whoever reads has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.WELL) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(_INTERRUPTED) from error
        except (ExtractError, OSError) as error:
            err.print(f"[bold red]extract:[/] {escape(_message(error))}")
            raise typer.Exit(Exit.USAGE) from error

    return run  # type: ignore[return-value]


def _message(error: ExtractError | OSError) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Rule files that add to the packaged ones; same name replaces.")
]
ModelOption = Annotated[
    str, typer.Option("--model", metavar="NAME|PATH|none", help="A spaCy model for names: `default` is the shipped one.")
]
DatesOption = Annotated[
    Profile,
    typer.Option(
        "--dates",
        help="`vague`: also record `now`, `recently`, `several years`. `timeml`: all that TimeML annotates.",
    ),
]
WeightsOption = Annotated[
    Path | None, typer.Option("--weights", metavar="DIR", help="Weights that `extract train` made, instead of the packaged ones.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout instead of a table.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as version_of

        out.print(version_of("extract"))
        raise typer.Exit(Exit.WELL)


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
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
    encoding: Annotated[
        str | None, typer.Option(help="Of all sources, say `cp1251`; else UTF-8, or as the file itself says.")
    ] = None,
    text_field: Annotated[str | None, typer.Option(help="JSON Lines: the field with the text.")] = None,
    id_field: Annotated[str | None, typer.Option(help="JSON Lines: the field that names the record.")] = None,
    html: Annotated[HtmlPart, typer.Option(help="Of a web page its `article`, or the `whole`.")] = "article",
    max_bytes: Annotated[int, typer.Option(help="Larger files fail.", min=1)] = MAX_BYTES,
    dates: DatesOption = "plain",
    weights: WeightsOption = None,
    aliases: Annotated[
        Path | None, typer.Option(help="The alias file; else `aliases.yml` of the output folder or the rules.")
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="A register of yours (id, name, aliases, label, …): names are linked to it."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", "-j", help="Processes; the result is the same.", min=1)] = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read all sources anew, also those that did not change.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds that a document may take; one that takes longer fails.", min=0.1)] = 900,
) -> None:
    """Read documents and write their records.

    Examples:

    `extract run reports/ --output output/`

    `extract run "news/*.html" notes.md --output output/ --workers 4`

    `curl -s https://example.org/page | extract run - --format html --output - | jq .text`
    """
    from extract.batch import Batch
    from extract.settings import Settings

    settings = Settings(
        rules=rules,
        model=model,
        format=format,
        encoding=encoding,
        max_bytes=max_bytes,
        text_field=text_field,
        id_field=id_field,
        html=html,
        dates=dates,
        weights=weights,
        aliases=aliases,
        register=register,
    )
    started = time.monotonic()
    folder = Path(output) if output != "-" else None
    batch = Batch(sources, folder, settings, workers, fresh, timeout)
    _tell_passed_over(sources, folder)
    with _progress() as progress:
        outcome = batch.run(progress)
    _print_outcome(outcome, output, time.monotonic() - started)
    raise typer.Exit(Exit.FAILURES if outcome.failures else Exit.WELL)


def _tell_passed_over(sources: list[str], folder: Path | None) -> None:
    from extract.sources import passed_over

    endings = [f"{count} {ending or 'without ending'}" for ending, count in passed_over(sources, folder).items()]
    if endings:
        err.print(f"[dim]passed over in folders: {escape(', '.join(endings))} (name a file to have it read)[/]")


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar; without a thread of its own, for workers are forked."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("extract")

        def advance(done: int, whole: int, name: str) -> None:
            bar.update(task, completed=done, total=whole, description=escape(visible(name[-40:])), refresh=True)

        yield advance


def _print_outcome(outcome: Outcome, output: str, seconds: float) -> None:
    table = Table("", "count", show_edge=False)
    table.columns[1].justify = "right"
    for name, count in outcome.summary.counts().items():
        table.add_row(name if name.isupper() else f"[bold]{name}[/]", str(count))
    err.print(table)
    for failure in outcome.failures[:20]:
        where = f"{failure.stage}, {failure.finder}" if failure.finder else failure.stage
        err.print(f"[red]failed:[/] {escape(failure.document)} ({where}): {escape(failure.error)}. {escape(failure.hint)}")
    if outcome.aliases:
        err.print(f"names as in [bold]{escape(str(outcome.aliases))}[/]")
    if outcome.unchanged:
        err.print(f"{outcome.unchanged} sources have not changed since the last run and were not read again (--fresh reads all)")
    where = "stdout" if output == "-" else str(Path(output))
    more = f", failures in {FAILURES}" if outcome.summary.failures else ""
    err.print(f"{seconds:.1f} s; records in [bold]{escape(where)}[/]{more}")


# -- check ----------------------------------------------------------------------------------------------------------


@app.command()
@_told
def check(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SOURCES…]", help="Only files under these are opened; else those that the run was given."),
    ] = None,
) -> None:
    """Prove the records of an output folder against their sources.

    Each line is validated against the schema; the sources are opened again, and hash, offsets, quote and sentence are compared.
    Every line that fails is named on stdout. Exit code 1 if any does.

    Example: `extract check output/`
    """
    from extract.outputs.check import check_output

    proof = check_output(output, sources)
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
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="An output file, say records.jsonl; else all.")] = None,
) -> None:
    """Print the JSON Schema of the output files.

    Example: `extract schema records.jsonl > record.schema.json`
    """
    from extract.records.record import LINES
    from extract.records.schema import json_schema

    if file is not None and file not in LINES:
        raise RecordError(f"{file}: no such output file. There are {', '.join(LINES)}.")
    wanted = {name: json_schema(name) for name in LINES if file in (None, name)}
    print(json.dumps(wanted[file] if file else wanted, indent=2, ensure_ascii=False))


# -- eval, audit -----------------------------------------------------------------------------------------------------


@app.command("eval")
@_told
def evaluate_records(
    records: Annotated[Path | None, typer.Argument(metavar="[RECORDS]", help="An output folder, or its records.jsonl.")] = None,
    gold: Annotated[list[Path] | None, typer.Argument(metavar="GOLD…", help="Gold files, or folders of *.gold.jsonl.")] = None,
    as_json: JsonOption = False,
    errors: Annotated[int, typer.Option(help="List so many of the worst mistakes, with context.", min=0)] = 0,
    by_document: Annotated[bool, typer.Option("--by-document", help="Also a table by document.")] = False,
    document: Annotated[list[str] | None, typer.Option(help="Score these documents only (may be given again).")] = None,
    timex: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="Score the date finder on a corpus of TIMEX3 instead.")
    ] = None,
    given: Annotated[
        list[Path] | None,
        typer.Option(metavar="GOLD", help="Score the linking of these files' own names instead, no mention missed or wrong."),
    ] = None,
    dates: DatesOption = "timeml",
    rules: RulesOption = None,
) -> None:
    """Score records against gold annotation: precision, recall and F1 of spans, values, owners, entities.

    Examples:

    `extract eval output/ tests/gold/seeds`

    `extract eval output/ gold/ --errors 20 --json > scores.json`

    `extract eval --timex wikiwars.jsonl --errors 20` (lines of `{doc, dct, text, timexes: [[start, end, type, value, mod]]}`)

    `extract eval seeds/ --given tests/gold/seeds` (entities alone; the documents lie in the first folder, or beside the gold)
    """
    from extract.evaluate import evaluate, tables
    from extract.evaluate.mistakes import worst

    if timex is not None:
        from extract.pipeline import Pipeline

        _evaluate_timexes(timex, Pipeline(rules=rules, model="none", dates=dates), document, errors, as_json)
        return
    if given:
        _evaluate_given(given, [records] if records else [], as_json)
        return
    if records is None or not gold:
        raise RecordError("give RECORDS and GOLD: extract eval output/ gold/")
    scores = evaluate(records, gold, documents=document or None)
    for warning in scores.warnings:
        err.print(f"[yellow]warning:[/] {warning}")
    if as_json:
        mistakes = [mistake.as_json() for mistake, _ in worst(scores.mistakes, errors)]
        print(json.dumps({**scores.as_json(), "mistakes": mistakes}, indent=2, ensure_ascii=False))
        return
    for table in tables(scores, errors, by_document):
        out.print(table)


def _evaluate_given(gold: list[Path], sources: list[Path], as_json: bool) -> None:
    from extract.evaluate import entity_table, evaluate_given

    scores = evaluate_given(gold, sources)
    if as_json:
        print(json.dumps({name: counts.as_json() for name, counts in scores.items()}, indent=2))
        return
    out.print(entity_table(scores))


def _evaluate_timexes(file: Path, pipeline: Pipeline, documents: list[str] | None, errors: int, as_json: bool) -> None:
    from extract.evaluate import read_timexes, score_timexes, tag, timex_tables

    wanted = (document for document in read_timexes(file) if not documents or document.name in documents)
    scores = score_timexes((document, tag(pipeline, document)) for document in wanted)
    if as_json:
        mistakes = [asdict(mistake) for mistake in scores.mistakes[:errors]]
        print(json.dumps({**scores.as_json(), "mistakes": mistakes}, indent=2, ensure_ascii=False))
        return
    for table in timex_tables(scores, errors):
        out.print(table)


@app.command()
@_told
def audit(output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")]) -> None:
    """Find figures that contradict each other: sums, majorities, shares, infobox against text, changes.

    Writes `audit.jsonl` into the output folder, and the same for reading to stdout.

    Example: `extract audit output/`
    """
    from extract.outputs.audit import audit_output

    lines = list(audit_output(output))
    for line in lines:
        out.print(f"{line.document}: {line.check}: {line.message}", markup=False)
        for sentence in line.sentences:
            out.print(f"    {sentence}", markup=False)
    err.print(f"{len(lines)} contradictions in [bold]{escape(str(output / AUDIT))}[/]")


# -- explain ---------------------------------------------------------------------------------------------------------


@app.command()
@_told
def train(
    gold: Annotated[
        list[Path],
        typer.Option("--gold", metavar="GOLD", help="Rows of figures (*.jsonl), or folders of *.gold.jsonl; may be given again."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="WEIGHTS", help="The folder for the weights.")],
    sources: Annotated[Path | None, typer.Option(help="Where the documents lie that folders of gold speak of.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="From nothing, instead of changing the packaged weights.")] = False,
    rules: RulesOption = None,
    model: ModelOption = "default",
) -> None:
    """Learn from your corrections: weights that `extract run --weights` uses.

    Gold is what `extract eval` reads: the document beside its `NAME.gold.jsonl`.

    Example: `extract train --gold corrections/ --output weights/ && extract run reports/ --weights weights/ --output output/`
    """
    from extract.pipeline import Pipeline
    from extract.training.weights import train_weights

    counts = train_weights(Pipeline(rules=rules, model=model), gold, output, sources, anew)
    for question, count in counts.items():
        err.print(f"{escape(question)}: {count} examples")


@app.command("explain")
@_told
def explain_text(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE", help="A sentence, or the path of a document.")],
    rules: RulesOption = None,
    model: ModelOption = "default",
    weights: WeightsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell how each mention came about: rule or model, the signs that decided, their weights; which candidates lost, and why.

    Example: `extract explain "Both parties won 6 seats in June 2024."`
    """
    from extract.explain import explain
    from extract.outputs.files import dump_line
    from extract.pipeline import Pipeline

    pipeline = Pipeline(rules=rules, model=model, weights=weights)
    stories = [explain(pipeline, document) for document in _documents_to_explain(text)]
    if as_json:
        print(json.dumps([story.as_json() for story in stories], indent=2, ensure_ascii=False))
        return
    for story in stories:
        for explanation in story.explanations:
            out.print(
                f"[bold]{explanation.record.label}[/] {escape(explanation.record.text)}  [dim]{escape(explanation.made_by)}[/]"
            )
            out.print(f"    {escape(dump_line(explanation.record.as_json()['value']))}")
            for step in explanation.steps:
                out.print(f"    · {escape(step)}")
        for lost in story.lost:
            out.print(f"[dim]lost: {lost.label} {escape(lost.text)}  {escape(lost.rule)}: {escape(lost.reason)}[/]")


def _documents_to_explain(text: str) -> Iterator[Document]:
    from extract.sources import Source, read_source, read_string

    path = Path(text) if len(text) < 1000 and "\n" not in text else None
    if path is None or not path.is_file():
        yield read_string(text)
        return
    for item in read_source(Source(path.name, path)):
        if isinstance(item, SourceError):
            raise item
        yield item


# -- entities, review ------------------------------------------------------------------------------------------------


@app.command()
@_told
def entities(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Any of its spellings; else all entities.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List entities: their spellings, where each was seen, and why it belongs.

    Example: `extract entities output/ Nykhaz`
    """
    from extract.outputs.files import read_lines
    from extract.records.record import EntityLine, Record
    from extract.resolve.entities.review import describe_entity, find_entities, sightings

    found = find_entities((line for _, line in read_lines(current(output, ENTITIES), EntityLine)), name)
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    seen = sightings(line for _, line in read_lines(current(output, RECORDS), Record))
    for entity in found:
        for line in describe_entity(entity, seen):
            out.print(line, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(Exit.WELL if found else Exit.FAILURES)


@app.command()
@_told
def review(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    aliases: Annotated[
        Path | None, typer.Option(help="The alias file that gets the answers; else `aliases.yml` of the output folder.")
    ] = None,
    answers: Annotated[Path | None, typer.Option(help="Take the answers from this JSON Lines file instead of asking.")] = None,
    most: Annotated[int, typer.Option(help="Ask so many questions at most, those that matter most first.", min=1)] = 40,
    undo: Annotated[int, typer.Option(help="Take back so many of the last answers instead of asking.", min=0)] = 0,
) -> None:
    """Settle the pairs of names that were too uncertain to merge; the answers hold from the next run into the folder.

    Of two answers for one pair the last holds.

    Examples:

    `extract review output/`

    `extract review output/ --answers answers.jsonl` (lines of `{"key": …, "answer": "same" | "different" | "undecided"}`)

    `extract review output/ --undo 1`
    """
    from extract.outputs.files import read_lines
    from extract.records.record import ReviewLine
    from extract.resolve.entities import Aliases, append_answers, load_aliases, undo_answers
    from extract.resolve.entities.review import open_questions, read_answers
    from extract.settings import ALIASES

    path = aliases or output / ALIASES
    if undo:
        for answer in undo_answers(path, undo) if path.exists() else ():
            err.print(f"taken back: {escape(answer['a'])} / {escape(answer['b'])}: {answer['answer']}")
        return
    lines = (line for _, line in read_lines(current(output, REVIEW), ReviewLine))
    questions = list(open_questions(lines, _records_by_id(output), load_aliases(path) if path.exists() else Aliases()))
    signed = partial(append_answers, path, by=getpass.getuser(), at=datetime.now(UTC).isoformat(timespec="seconds"))
    if answers is None:
        added = sum(signed([answer]) for answer in _ask(questions[:most]))  # each at once, so that none is lost
    else:
        added = signed(read_answers(read_lines(answers), questions))
    err.print(f"{len(questions)} open pairs, {added} answers added to [bold]{escape(str(path))}[/]")


_REPLIES = {"s": "same", "d": "different", "u": "undecided", "k": None, "q": None}


def _ask(questions: list[Question]) -> Iterator[Answer]:
    """Asks on the terminal, one pair after the other, until there is none left or the user stops."""
    for number, question in enumerate(questions, 1):
        reasons = escape("; ".join(question.reasons))
        err.print(f"\n[bold]{number}/{len(questions)}[/] {question.label}, score {question.score:.2f}: {reasons}")
        for side in (question.a, question.b):
            err.print(f"  [bold]{escape(side.text)}[/]  {escape(side.document)}: {escape(side.sentence)}")
        if question.more:
            err.print(f"  and {len(question.more)} more entities so called; the answer holds for all")
        reply = _reply()
        if reply == "q":
            return
        if answer := _REPLIES[reply]:
            yield question.answer(answer)


def _reply() -> str:
    """The first letter of a reply that means something; any other is asked for again."""
    while True:
        reply = typer.prompt("[s]ame, [d]ifferent, [u]ndecided, s[k]ip, [q]uit", default="k", err=True).strip().lower()[:1]
        if reply in _REPLIES:
            return str(reply)


def _records_by_id(output: Path) -> dict[str, Any]:
    from extract.outputs.files import read_lines
    from extract.records.record import Record

    return {line["id"]: line for _, line in read_lines(current(output, RECORDS), Record)}


# -- what is made of an output folder -----------------------------------------------------------------------------------

app.command("export")(_told(export_output))
app.command("page")(_told(make_page))
app.command("diff")(_told(tell_diff))
app.command("claims")(_told(tell_claims))
gold_app.command("import")(_told(import_corrections))


# -- rules -----------------------------------------------------------------------------------------------------------

RulesArgument = Annotated[Path | None, typer.Argument(metavar="[RULES]", help="A folder of rule files; else the packaged ones.")]


@rules_app.command("lint")
@_told
def lint(rules: RulesArgument = None) -> None:
    """Name what is wrong in rule files, with file and line. Exit code 2 for errors, 1 for warnings.

    Example: `extract rules lint my-rules/`
    """
    from extract.recognise.rules_alone import lint_rules

    found = lint_rules(rules)
    findings = [
        finding for finding in found if finding.level == "error" or (finding.level == "warning" and _is_in(finding.path, rules))
    ]
    for finding in findings:
        out.print(str(finding), markup=False)
    err.print(f"{len(findings)} findings")
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(Exit.USAGE)
    raise typer.Exit(Exit.FAILURES if findings else Exit.WELL)


@rules_app.command("test")
@_told
def run_examples(rules: RulesArgument = None, model: ModelOption = "none") -> None:
    """Run the examples and counterexamples of rule files through the pipeline. Exit code 1 if one does not hold.

    Example: `extract rules test my-rules/`
    """
    from extract.pipeline import Pipeline

    pipeline = Pipeline(rules=rules, model=model)
    wanted = [rule for rule in pipeline.rules if _is_in(rule.path, rules)]
    failures = pipeline.test_rules(wanted)
    for failure in failures:
        out.print(str(failure), markup=False)
    err.print(f"{len(wanted)} rules, {len(failures)} examples that do not hold")
    raise typer.Exit(Exit.FAILURES if failures else Exit.WELL)


def _is_in(path: Path, folder: Path | None) -> bool:
    return folder is None or path.resolve().is_relative_to(folder.resolve())


def _terminate(number: int, frame: object) -> None:
    """Ends everything in order, as Ctrl-C does; once, however often it is asked for."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main() -> None:
    """The entry point of the `extract` command."""
    for library in ("OMP", "OPENBLAS", "BLIS", "MKL"):  # one thread for each process; processes are what --workers is for
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    app()
