"""How time grows with the length of one document, shape by shape and stage by stage: the exponent is to stay near 1.

    python benchmarks/growth.py [SHAPE…] [--model default] [--kilobytes 2] [--factors 1 10 100] [--most 60]

Each shape is a piece of text that repeats until a document is so long; a factor that would take longer than `--most` seconds of
processor time, if it were quadratic, is left out. The exponent is that of the two longest documents: 1 is linear, 2 quadratic.
Exit code 1 if that of a stage is above `--limit`.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from math import log
from typing import TypeVar

from extract.normalise.values import NAME_LABELS
from extract.outputs.check import Prover
from extract.pipeline import STEPS, Pipeline
from extract.recognise.mention import read_mentions
from extract.records.draft import draft_records
from extract.records.finish import Written, draft_line, fill_lines
from extract.records.record import Record
from extract.resolve.entities import document_names, link_corpus
from extract.resolve.fact import Fact
from extract.run.workers import RARELY
from extract.sources import read_string
from extract.text.document import make_doc
from extract.text.sentences import sentences_of

_PROSE = (
    "On 9 June 2024 the Green Alliance of Anna Berg won 12 seats with 8.4 per cent of the vote in Genoa, "
    "two days after talks in May had failed. The National Commission said that turnout was 45%.\n\n"
)
# A head that stands once, and what is repeated: `{n}` is the number of the repeat, so that names differ.
SHAPES: dict[str, tuple[str, str, str]] = {
    "prose": ("text", "", _PROSE),
    "one paragraph": ("text", "", _PROSE.replace("\n", " ")),
    "names": ("text", "", "Minister Oleg Kob{n}ezhty met Anna Ber{n}gova of the Bar{n} Party. "),
    "surnames": ("text", "", "Mr Kob{n}ov spoke. "),
    "one name": ("text", "", "Dawn Berg and "),
    "words in capitals": ("text", "", "Dawn and "),
    "figures": ("text", "", "won 12 seats with 8 per cent "),
    "dates": ("text", "", "9 June to "),
    "relative dates": ("text", "", "On Monday they met, two days later they left. "),
    "lists of days": ("text", "They met on ", "{n} May, June 3, the 4th, "),
    "numbers": ("text", "", "one hundred and "),
    "percentages": ("text", "", "5%, "),
    "lists of seats": ("text", "The parties won ", "{n} seats for the Bar{n} Party, "),
    "acronyms": ("text", "", "The Bar{n} National Union (BNU{n}) met. "),
    "keys": ("text", "", "Seats{n}: 10\n"),
    "bars": ("text", "| Party | Seats |\n|---|---|\n", "| Bar{n} Party | {n} |\n"),
    "export": ("wiki-export", "= T =\n\nInfobox\n", "- Party{n}: Bar Party\n- Seats{n}: 10\n"),
    "Markdown lists": ("markdown", "", "- one\n  - two\n"),
    "Markdown table": ("markdown", "| Party | Seats |\n|---|---|\n", "| Bar{n} Party | {n} |\n"),
    "emphasis": ("markdown", "", "*a **b "),
    "wikitext": ("wikitext", "", "The '''[[Bar{n} Party|Bar]]''' won {{{{nowrap|12 seats}}}}.<ref>x</ref>\n\n"),
    "open templates": ("wikitext", "", "{{{{a|"),
    "wikitext table": ("wikitext", '{{| class="wikitable"\n! Party !! Seats\n', "|-\n| Bar{n} Party || {n}\n"),
    "HTML": ("html", "", "<p>The <b>Bar{n} Party</b> won 12 seats.</p>"),
    "HTML table": ("html", "<table><tr><th>Party<th>Seats", "<tr><td>Bar{n} Party<td>{n}"),
    "unclosed tags": ("html", "", "<b>word "),
    "unclosed blocks": ("html", "", "<div>word "),
}


Result = TypeVar("Result")


class Clock:
    """Seconds of processor time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], Result]) -> Result:
        """What the work gives; its time is added to the stage."""
        start = time.process_time()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - start
        return result


def text_of(shape: str, length: int) -> tuple[str, str]:
    """The format and the text of a shape, some `length` characters long."""
    kind, head, piece = SHAPES[shape]
    count = max(1, length // len(piece))
    return kind, head.format() + "".join(piece.format(n=number) for number in range(count))


def measure(pipeline: Pipeline, shape: str, length: int) -> dict[str, float]:
    """Seconds by stage for one document, from its text to its proof."""
    clock = Clock()
    kind, text = text_of(shape, length)
    document = clock.time("read", lambda: read_string(text, format=kind)).plain()
    doc = clock.time("tokenise", lambda: make_doc(pipeline.nlp, document))
    for name, component in pipeline.nlp.pipeline:
        doc = clock.time(name.removeprefix("extract_"), lambda run=component, doc=doc: run(doc))
    sentences = clock.time("sentences", lambda: sentences_of(doc))
    mentions = clock.time("mentions", lambda: read_mentions(doc))
    facts = {number: Fact(mention) for number, mention in enumerate(mentions) if mention.label in NAME_LABELS}
    for name, step in STEPS.items():
        facts |= clock.time(f"resolve {name}", lambda run=step: run(document, sentences, mentions, pipeline.weights))
    drafts = clock.time("drafts", lambda: draft_records(document, sentences, facts, lambda fact, error: None))
    is_name = {number: facts[number].mention.label in NAME_LABELS for number in drafts}
    lines = clock.time("lines", lambda: [draft_line(number, drafts, is_name[number]) for number in drafts])
    names = clock.time("names of the document", lambda: document_names(document, mentions))
    linking = clock.time("link", lambda: link_corpus([names], pipeline.aliases))
    by_id = {entity.id: entity for entity in linking.entities}
    entities = {index: Written.of(by_id[entity]) for (_, index), entity in linking.entity_of.items()}
    filled = clock.time("fill", lambda: fill_lines("\n".join(lines), entities))
    records = [Record.model_validate_json(line) for line in filled.splitlines()]
    clock.time("prove", lambda: [list(prover.faults(record)) for prover in [Prover(document)] for record in records])
    return clock.seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--model", default="none")
    parser.add_argument("--kilobytes", type=float, default=2)
    parser.add_argument("--factors", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--most", type=float, default=100)
    parser.add_argument("--limit", type=float, default=1.3)
    chosen = parser.parse_args(arguments)
    pipeline = Pipeline(model=chosen.model)
    measure(pipeline, "prose", 2000)  # warms up
    gc.set_threshold(*RARELY)  # as a worker has it
    gc.freeze()
    steep = 0
    for shape in chosen.shapes or SHAPES:
        runs: list[tuple[int, dict[str, float]]] = []
        for factor in chosen.factors:
            if runs and sum(runs[-1][1].values()) * (factor / runs[-1][0]) ** 2 > chosen.most:
                break
            runs.append((factor, measure(pipeline, shape, int(chosen.kilobytes * 1000 * factor))))
        steep += _tell(shape, runs, chosen.limit)
    return 1 if steep else 0


def _tell(shape: str, runs: list[tuple[int, dict[str, float]]], limit: float) -> bool:
    seconds = [sum(stages.values()) for _, stages in runs]
    if len(runs) < 2:
        print(f"{shape:20} took {seconds[0]:.1f} s at the shortest", flush=True)
        return True
    (before, less), (after, more) = runs[-2], runs[-1]
    exponents = {stage: log(more[stage] / max(less[stage], 1e-4)) / log(after / before) for stage in more if more[stage] > 0.05}
    whole = log(seconds[-1] / max(seconds[-2], 1e-4)) / log(after / before)
    steep = {stage: exponent for stage, exponent in exponents.items() if exponent > limit}
    slowest_first = sorted(steep.items(), key=lambda item: -more[item[0]])
    blame = ", ".join(f"{stage} {exponent:.2f} ({more[stage]:.1f} s)" for stage, exponent in slowest_first)
    times = " ".join(f"{second:8.2f}" for second in seconds)
    print(f"{shape:20} ×{after:<4} {times} s  exponent {whole:5.2f}  {blame}", flush=True)
    return bool(steep)


if __name__ == "__main__":
    sys.exit(main())
