"""Where the time of the whole journey goes, stage by stage, as a share of the model's NER pass over the same text.

    python benchmarks/pipeline.py [FOLDER…] [--rounds 3]

Time is the processor's, the least of the rounds; the seeds and the dev gold are read if no folder is named. The NER pass is the
floor of the cost (the design asks everything else together to stay below a fraction of it).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from extract.pipeline import Pipeline, resolve
from extract.recognise.mention import read_mentions
from extract.records.draft import draft_records
from extract.resolve.entities import document_names, link_corpus
from extract.sources import Document, Source, find_sources, read_source
from extract.text.document import make_doc
from extract.text.sentences import sentences_of

_ROOT = Path(__file__).resolve().parent.parent
_MODEL = "extract_model"
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


def measure(pipeline: Pipeline, folders: Sequence[Path]) -> tuple[Clock, int, int]:
    """One round: the clock, the number of documents, and of characters of text."""
    clock, names, characters = Clock(), [], 0
    for source in find_sources(folders):
        documents = clock.time("read", partial(_documents, source))
        for document in documents:
            characters += len(document.text)
            names.append(map_document(pipeline, document, clock))
    clock.time("link entities", lambda: link_corpus(names, pipeline.aliases))
    return clock, len(names), characters


def _documents(source: Source) -> list[Document]:
    return [item for item in read_source(source) if isinstance(item, Document)]


def map_document(pipeline: Pipeline, document: Document, clock: Clock) -> object:
    """The map stage of one document, each step timed; gives its names."""
    doc = clock.time("tokenise", lambda: make_doc(pipeline.nlp, document))
    for name, component in pipeline.nlp.pipeline:
        doc = clock.time(name.removeprefix("extract_"), partial(component, doc))
    sentences, mentions = sentences_of(doc), read_mentions(doc)
    facts = clock.time("resolve", lambda: resolve(document, sentences, mentions, pipeline.weights))
    clock.time("records", lambda: draft_records(document, sentences, facts))
    return clock.time("names for the corpus", lambda: document_names(document, mentions))


def _gold() -> list[Path]:
    dev = (path for path in (_ROOT / "tests/gold/dev").iterdir() if not path.name.endswith(".gold.jsonl"))
    return [_ROOT / "seeds", *sorted(dev)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=_gold())
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    pipeline = Pipeline()
    rounds = [measure(pipeline, chosen.folders) for _ in range(chosen.rounds + 1)][1:]  # the first only warms up
    clock, documents, characters = min(rounds, key=lambda item: sum(item[0].seconds.values()))
    whole, floor = sum(clock.seconds.values()), clock.seconds[_MODEL.removeprefix("extract_")]
    speed = f"{documents / whole:.1f} documents/s, {characters / whole / 1000:.0f} kB/s"
    print(f"{documents} documents, {characters} characters: {speed}")
    print(f"all but the model take {(whole - floor) / floor:.2f} times the model's NER pass ({floor:.2f} s)")
    for stage, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        print(f"{stage:22}{seconds / whole:7.1%} of all{seconds / floor:8.2f} × NER")


if __name__ == "__main__":
    main()
