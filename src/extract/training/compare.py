"""`python -m extract.training.compare --data FOLDER`: what a smaller network costs in F1, and saves in time and size.

Short runs of equally many steps, one after the other; the figures say how the networks stand to each other, not how good
a fully trained one is.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from extract.training.corpus import Annotated, part_of
from extract.training.docs import make_example
from extract.training.measure import COLLAPSED, MEASURED, RECORDED, Tally, measure
from extract.training.train import load_items, read_plan, train

_EXACT = {label: label for label in RECORDED}
_HEAD = ("width", "depth", "rows", "MB", "words/s", "exact", "collapsed")


@dataclass(frozen=True, slots=True)
class Network:
    """A size of network; `rows` scales the rows of the embedding tables in config.cfg."""

    width: int
    depth: int
    rows: float = 1.0

    def changes(self, rows: Sequence[int]) -> dict[str, Any]:
        """The keys of the configuration that make it, given the `rows` that stand there."""
        return {
            "model.tok2vec.embed.width": self.width,
            "model.tok2vec.encode.width": self.width,
            "model.tok2vec.encode.depth": self.depth,
            "model.tok2vec.embed.rows": [round(self.rows * size) for size in rows],
        }


# The first is the one that config.cfg has.
NETWORKS = (Network(96, 4), Network(64, 4), Network(96, 2), Network(96, 4, rows=0.5), Network(96, 2, rows=0.5), Network(128, 4))


def main() -> None:
    """Prints the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.compare", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the folders with the corpora, NAME.jsonl.gz or .txt")
    parser.add_argument("--steps", type=int, default=1500, help="of each network")
    wanted = parser.parse_args()
    held_out = {name: part_of(wanted.data, name, held_out=True) for name in MEASURED}
    print(_row(_HEAD), _row(["---"] * len(_HEAD)), sep="\n", flush=True)
    for row in compare(load_items(wanted.data), held_out, wanted.steps):
        print(_row(row), flush=True)


def compare(
    items: Sequence[Annotated], held_out: Mapping[str, Sequence[Annotated]], steps: int, networks: Sequence[Network] = NETWORKS
) -> Iterator[tuple[str, ...]]:
    """A row of the table for each network: F1 in per cent is the mean of the sets, words a second are of processor time."""
    rows = read_plan()[1]["tok2vec"]["embed"]["rows"]
    for network in networks:
        plan, model = read_plan(steps=steps, **network.changes(rows))
        for step, _, nlp in train(items, plan, model):
            # Inside the loop, because the averaged weights are in force only until training goes on.
            if step == steps:
                yield str(network.width), str(network.depth), f"× {network.rows:g}", *_figures(nlp, held_out)


def _figures(nlp: Language, held_out: Mapping[str, Sequence[Annotated]]) -> tuple[str, ...]:
    texts = [item for items in held_out.values() for item in items]
    exact, collapsed = (_mean(measure(nlp, items, names) for items in held_out.values()) for names in (_EXACT, COLLAPSED))
    return (
        f"{len(nlp.to_bytes(exclude=['vocab', 'tokenizer'])) / 1e6:.1f}",
        f"{words_a_second(nlp, texts[:500]):.0f}",
        f"{exact:.1f}",
        f"{collapsed:.1f}",
    )


def words_a_second(nlp: Language, items: Sequence[Annotated]) -> float:
    """How many words the pipeline takes in a second of processor time, in stretches as long as a section, tokenised before."""
    docs = [make_example(nlp, items[start : start + 20]).predicted for start in range(0, len(items), 20)]
    started = time.process_time()
    for doc in docs:
        for _, process in nlp.pipeline:
            process(doc)
    return sum(len(doc) for doc in docs) / max(time.process_time() - started, 1e-9)


def _mean(tallies: Iterable[Tally]) -> float:
    scores = [100 * (tally.f1() or 0) for tally in tallies]
    return sum(scores) / max(len(scores), 1)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
