"""`python -m extract.training.names --data FOLDER --pairs FILE --gold FOLDER ... --output FOLDER`: weights of pairs of names.

FOLDER may hold `ofac-dev.jsonl` and `gum-names-train.jsonl` (their shapes: benchmarks/entity_quality.py); gold folders are those
of `extract eval`. Inside a document every pair that the comparer may join is an example, with what the document says of it; of
lists, every pair of spellings that share a block.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from extract.evaluate.given import given_names
from extract.resolve.entities import Aliases, DocumentNames, NameMention
from extract.resolve.entities.comparing import QUESTION, Form, NameComparer, signs_of
from extract.resolve.entities.documents import cluster_document
from extract.resolve.entities.lexicon import load_lexicon
from extract.resolve.entities.relation import Relation
from extract.training.learn import Example, learn
from extract.weigh import Weights
from extract.weigh.files import save_weights

LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "GPE": "GPE"}
_OF_LISTS = 0.1  # what a pair of a list of sanctions counts: there are many, and most are of one kind
_OF_OWN = 0.5


class _Recorder(NameComparer):
    """A comparer that joins all it may, and keeps the signs by which each pair was weighed last."""

    def __init__(self) -> None:
        super().__init__(load_lexicon(), Weights(QUESTION, (), (), np.zeros((1, 1))), threshold=0.0)
        self.seen: dict[tuple[Form, Form], list[str]] = {}

    def weighed(
        self, kind: str, relation: Relation, context: Iterable[str] = (), pair: tuple[Form, Form] | None = None
    ) -> Relation:
        if pair:
            self.seen[min(pair), max(pair)] = signs_of(kind, relation, context)
        return super().weighed(kind, relation, context, pair)


def of_document(names: DocumentNames, clusters: Sequence[str]) -> Iterator[Example]:
    """The pairs of a document; `clusters` are gold's, one for each mention."""
    recorder = _Recorder()
    cluster_document(names, Aliases(), recorder)
    meant: dict[Form, Counter[str]] = defaultdict(Counter)
    for mention, cluster in zip(names.mentions, clusters, strict=True):
        meant[recorder.form(mention.label, mention.text, mention.title)][cluster] += 1
    for (a, b), signs in sorted(recorder.seen.items()):
        if meant[a] and meant[b]:
            yield _example(signs, bool(meant[a] & meant[b]), 1.0)


def of_groups(groups: Iterable[Sequence[tuple[str, str]]]) -> Iterator[Example]:
    """The pairs of a list: groups of (label, spelling), each of one thing."""
    recorder = _Recorder()
    group_of: dict[Form, int] = {}
    for number, group in enumerate(groups):
        for label, text in group:
            group_of.setdefault(recorder.form(label, text), number)
    blocks: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(group_of):
        for key in recorder.wide_blocks(form):
            blocks[key].append(form)
    for a, b in sorted({pair for block in blocks.values() for pair in combinations(block[:60], 2)}):
        recorder.compare(a, b)
        if (a, b) in recorder.seen:
            yield _example(recorder.seen[a, b], group_of[a] == group_of[b], _OF_LISTS)


def of_pairs(pairs: Iterable[dict[str, Any]]) -> Iterator[Example]:
    """Pairs that are one, or not."""
    recorder = _Recorder()
    for line in pairs:
        a, b = (recorder.form(line["label"], line[side]) for side in "ab")
        recorder.compare(min(a, b), max(a, b))
        if signs := recorder.seen.get((min(a, b), max(a, b))):
            yield _example(signs, line["same"], _OF_OWN)


def _example(signs: Sequence[str], is_one: bool, weight: float) -> Example:
    return Example((signs, ()), frozenset((0 if is_one else 1,)), weight)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def examples(data: Path | None, pairs: Path | None, gold: Iterable[Path]) -> Iterator[Example]:
    """All examples of the files that are there."""
    for names, clusters in given_names(gold):
        yield from of_document(names, clusters)
    if pairs:
        yield from of_pairs(_lines(pairs))
    if data and (file := data / "gum-names-train.jsonl").is_file():
        for line in _lines(file):
            mentions = [mention for mention in line["mentions"] if mention["type"] in LABELS]
            found = tuple(NameMention(i, LABELS[each["type"]], each["text"], each["start"]) for i, each in enumerate(mentions))
            yield from of_document(DocumentNames(line["doc"], found), [mention["cluster"] for mention in mentions])
    if data and (file := data / "ofac-dev.jsonl").is_file():
        yield from of_groups([(LABELS[line["type"]], name) for name in line["names"]] for line in _lines(file))


def main() -> None:
    """Learns, and writes the file of weights."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.names", description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args()
    found = list(examples(chosen.data, chosen.pairs, chosen.gold))
    weights = learn(QUESTION, found)
    print(f"{len(found)} examples, {len(weights.signs)} signs: {save_weights(weights, chosen.output)}")


if __name__ == "__main__":
    main()
