"""What percentages and seat counts cost, finding them and saying whose they are, as a share of the model's pass, on one core.

    OMP_NUM_THREADS=1 python benchmarks/figures.py [--repeat 20] [FILE...]

Without files it measures on the seeds. All stages of one text run one after the other, text by text, so that whatever else
the machine does falls on all of them alike; each figure is the sum of the best of the repeats of each text. All texts are read
before one is read again, so that nothing is remembered of it.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.pipeline import Pipeline
from extract.recognise.mention import Mention, read_mentions
from extract.resolve.figures import attribute_figures, with_owners
from extract.sources import find_sources, read_source
from extract.sources.document import Document
from extract.text.document import document_of, make_doc
from extract.text.sentences import Sentence, sentences_of
from extract.weigh import WeightSet

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_FIGURES = ("extract_percentages", "extract_seats", "attribution")
_MODEL = "extract_model"
_MOST = 0.2


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a small table; ends with 1 where the figures cost more than a fifth of the model's pass."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=20, help="how often each text is read")
    chosen = parser.parse_args(arguments)
    pipeline = Pipeline()
    sums: dict[str, float] = defaultdict(float)
    for (_, name), seconds in _best(pipeline, list(_documents(chosen.files or [_SEEDS])), chosen.repeat).items():
        sums[name] += seconds
    for name in (_MODEL, *_FIGURES):
        print(f"{name:22} {1000 * sums[name]:9.1f} ms  {sums[name] / sums[_MODEL]:6.1%} of the model's pass")
    share = sum(sums[name] for name in _FIGURES) / sums[_MODEL]
    print(
        f"{'percentages and seats':22} {1000 * sum(sums[name] for name in _FIGURES):9.1f} ms  {share:6.1%}; at most {_MOST:.0%}"
    )
    raise SystemExit(share > _MOST)


def _documents(paths: Sequence[Path]) -> Iterator[Document]:
    for source in find_sources(paths):
        yield from (item for item in read_source(source) if isinstance(item, Document))


def _best(pipeline: Pipeline, documents: Sequence[Document], repeat: int) -> dict[tuple[int, str], float]:
    """The seconds of each stage on each text: the best of so many runs."""
    best: dict[tuple[int, str], float] = {}
    for _ in range(repeat):
        for number, document in enumerate(documents):
            for name, seconds in _run(pipeline, document.plain()):
                best[number, name] = min(seconds, best.get((number, name), seconds))
    return best


def _run(pipeline: Pipeline, document: Document) -> Iterator[tuple[str, float]]:
    doc = make_doc(pipeline.nlp, document)
    sentences_of(doc)  # all stages rest on them; whoever asks first would pay
    for name, component in pipeline.nlp.pipeline:
        doc, seconds = _timed(component, doc)
        yield name, seconds
    _, seconds = _timed(_attribute, document_of(doc), sentences_of(doc), read_mentions(doc), pipeline.weights)
    yield "attribution", seconds


def _attribute(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: WeightSet) -> None:
    attribute_figures(document, sentences, with_owners(document, mentions, weights), weights)


def _timed(stage: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    started = time.process_time()
    result = stage(*arguments)
    return result, time.process_time() - started


if __name__ == "__main__":
    main()
