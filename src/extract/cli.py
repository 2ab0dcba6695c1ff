"""The command line: paths in, exit codes out. The only module that prints."""

from __future__ import annotations

import gc
import getpass
import json
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from extract.commands.claiming import tell_claims
from extract.commands.consoles import counted, err, out
from extract.commands.diffing import tell_diff
from extract.commands.exporting import export_output
from extract.commands.golding import import_corrections
from extract.commands.options import DatesOption, JsonOption, ModelOption, RulesOption, WeightsOption
from extract.commands.paging import make_page
from extract.commands.running import finish, link, map_sources, run
from extract.commands.told import Exit, terminate, told
from extract.errors import RecordError, SourceError, UsageError
from extract.outputs.layout import AUDIT, ENTITIES, RECORDS, REVIEW, current
from extract.run.workers import RARELY

if TYPE_CHECKING:
    from extract.outputs.check import Proof
    from extract.pipeline import Pipeline
    from extract.resolve.entities.aliases import Answer
    from extract.resolve.entities.review import Question
    from extract.sources import Document

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Names, dates, percentages and seat counts out of documents, each with proof of where it stands.

    Exit codes: **0** all well; **1** some documents failed, or something could not be proved; **2** bad usage or rules.""",
)
rules_app = typer.Typer(no_args_is_help=True, help="Check rule files and run the examples in them.")
app.add_typer(rules_app, name="rules")
gold_app = typer.Typer(no_args_is_help=True, help="Make gold of corrections.")
app.add_typer(gold_app, name="gold")


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


# -- run, and its stages --------------------------------------------------------------------------------------------

app.command("run")(told(run))
app.command("map")(told(map_sources))
app.command("link")(told(link))
app.command("finish")(told(finish))


# -- check ----------------------------------------------------------------------------------------------------------


@app.command()
@told
def check(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCES…]", help="Only files under these are opened; else those of the run. Where it moved to, if it did."
        ),
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
    for name in proof.texts_only:
        err.print(f"[yellow]proved by its kept text alone:[/] {escape(name)}, whose file is not here", highlight=False)
    for name in proof.unproved:
        err.print(f"[yellow]not proved:[/] {escape(name)} was read from standard input", highlight=False)
    verdict = f"[red]{counted(len(proof.problems), 'problem')}[/]" if proof.problems else "[green]all proved[/]"
    err.print(f"{counted(proof.records, 'record')} of {counted(proof.documents, 'document')}: {verdict}")


# -- schema ---------------------------------------------------------------------------------------------------------


@app.command()
@told
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
@told
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
@told
def audit(output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")]) -> None:
    """Find figures that contradict each other: sums, majorities, shares, infobox against text, changes.

    Writes `audit.jsonl` into the output folder, and the same for reading to stdout.

    Example: `extract audit output/`
    """
    from extract.outputs.audit import audit_output

    lines, compared = audit_output(output)
    for line in lines:
        out.print(f"{line.document}: {line.check}: {line.message}", markup=False)
        for sentence in line.sentences:
            out.print(f"    {sentence}", markup=False)
    found = f"{counted(len(lines), 'contradiction')} in {counted(compared, 'comparison')}"
    err.print(f"{found}: [bold]{escape(str(output / AUDIT))}[/]")


# -- explain ---------------------------------------------------------------------------------------------------------


@app.command()
@told
def train(
    gold: Annotated[
        list[Path],
        typer.Option(
            "--gold",
            metavar="GOLD",
            help="Rows of figures (*.jsonl), folders of gold, annotated tables (*.txt); may be given again.",
        ),
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
        err.print(f"{escape(question)}: {counted(count, 'example')}")


@app.command("explain")
@told
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


_LIKE_A_PATH = re.compile(r"\S+\.[A-Za-z]{2,5}")


def _documents_to_explain(text: str) -> Iterator[Document]:
    from extract.sources import Source, read_source, read_string

    path = Path(text) if len(text) < 1000 and "\n" not in text else None
    if path is None or not path.is_file():
        if _LIKE_A_PATH.fullmatch(text):
            raise UsageError(f"{text}: no such file. Look at the spelling.")
        yield read_string(text)
        return
    for item in read_source(Source(path.name, path)):
        if isinstance(item, SourceError):
            raise item
        yield item


# -- entities, review ------------------------------------------------------------------------------------------------


@app.command()
@told
def entities(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="An output folder.")],
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Any of its spellings; else all entities.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List entities: their spellings, where each was seen, and why it belongs.

    Example: `extract entities output/ Nykhaz`
    """
    from extract.outputs.files import read_models
    from extract.records.record import EntityLine, Record
    from extract.resolve.entities.review import describe_entity, find_entities, near_names, sightings

    everyone = [line.as_json() for line in read_models(current(output, ENTITIES), EntityLine)]
    found = find_entities(everyone, name)
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    seen = sightings(line.as_json() for line in read_models(current(output, RECORDS), Record))
    for entity in found:
        for line in describe_entity(entity, seen):
            out.print(line, markup=False, highlight=False, soft_wrap=True)
    if not found:
        near = escape(", ".join(near_names(everyone, name or "")))
        err.print(f"no entity has a spelling like {escape(name or '')}" + (f"; near are {near}" if near else ""))
    raise typer.Exit(Exit.WELL if found else Exit.FAILURES)


@app.command()
@told
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
    from extract.outputs.files import read_lines, read_models
    from extract.records.record import ReviewLine
    from extract.resolve.entities import Aliases, append_answers, load_aliases, undo_answers
    from extract.resolve.entities.review import open_questions, read_answers
    from extract.settings import ALIASES

    path = aliases or output / ALIASES
    if undo:
        for answer in undo_answers(path, undo) if path.exists() else ():
            err.print(f"taken back: {escape(answer['a'])} / {escape(answer['b'])}: {answer['answer']}")
        return
    lines = (line.as_json() for line in read_models(current(output, REVIEW), ReviewLine))
    questions = list(open_questions(lines, _records_by_id(output), load_aliases(path) if path.exists() else Aliases()))
    signed = partial(append_answers, path, by=getpass.getuser(), at=datetime.now(UTC).isoformat(timespec="seconds"))
    if answers is None:
        asked = [question for question in questions if question.line.get("asked")][:most]
        added = sum(signed([answer]) for answer in _ask(asked))  # each at once, so that none is lost
    else:
        added = signed(read_answers(read_lines(answers), questions))
    err.print(f"{counted(len(questions), 'open pair')}, {counted(added, 'answer')} added to [bold]{escape(str(path))}[/]")


_REPLIES = {"s": "same", "d": "different", "u": "undecided", "k": None, "q": None}


def _ask(questions: list[Question]) -> Iterator[Answer]:
    """Asks on the terminal, one pair after the other, until there is none left or the user stops."""
    for number, question in enumerate(questions, 1):
        reasons = escape("; ".join(question.line["reasons"]))
        err.print(f"\n[bold]{number}/{len(questions)}[/] {question.line['label']}, score {question.line['score']:.2f}: {reasons}")
        for side in question.sides[:2]:
            err.print(f"  [bold]{escape(side.text)}[/]  {escape(side.document)}: {escape(side.sentence)}")
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
    from extract.outputs.files import read_models
    from extract.records.record import Record

    return {line.id: line.as_json() for line in read_models(current(output, RECORDS), Record)}


# -- what is made of an output folder -----------------------------------------------------------------------------------

app.command("export")(told(export_output))
app.command("page")(told(make_page))
app.command("diff")(told(tell_diff))
app.command("claims")(told(tell_claims))
gold_app.command("import")(told(import_corrections))


# -- rules -----------------------------------------------------------------------------------------------------------

RulesArgument = Annotated[Path | None, typer.Argument(metavar="[RULES]", help="A folder of rule files; else the packaged ones.")]


@rules_app.command("lint")
@told
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
    err.print(counted(len(findings), "finding"))
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(Exit.USAGE)
    raise typer.Exit(Exit.FAILURES if findings else Exit.WELL)


@rules_app.command("test")
@told
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
    err.print(f"{counted(len(wanted), 'rule')}, {counted(len(failures), 'broken example')}")
    raise typer.Exit(Exit.FAILURES if failures else Exit.WELL)


def _is_in(path: Path, folder: Path | None) -> bool:
    return folder is None or path.resolve().is_relative_to(folder.resolve())


def main() -> None:
    """The entry point of the `extract` command."""
    gc.set_threshold(*RARELY)
    for library in ("OMP", "OPENBLAS", "BLIS", "MKL"):  # one thread for each process; processes are what --workers is for
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), terminate)
    try:
        app()
    finally:
        gc.freeze()  # the system takes back all that is here; Python would look for what of it is waste first
