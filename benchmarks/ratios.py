"""The stages of a run as ratios to the model's NER alone, all in this process: what has become dearer by a third is told.

    python benchmarks/ratios.py [--rounds 5]

Each round times the reference and the stages one after the other, in seconds of the processor; of each the best round counts, so
that a busy machine changes little. Exit code 1 if a ratio is worse by a third than it was when it was last noted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from batches import write_documents
from extract.outputs.check import check_output
from extract.outputs.folder import RunInfo, write_output
from extract.pipeline import Pipeline
from extract.recognise.model import PACKAGED
from extract.run.extraction import Extraction
from extract.run.links import Links
from extract.run.mapped import pack
from extract.run.plan import plan_units
from extract.run.state import State
from extract.sources import find_sources

NOTED = {"map": 0.8, "link": 0.06, "finish": 0.02, "check": 0.1}
"""Linking reads the documents' clusters from a file, twice, so that its memory does not grow with them."""


def main() -> int:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    best: dict[str, float] = {}

    def timed(name: str, run: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = run()
        best[name] = min(best.get(name, 1e9), time.process_time() - start)
        return result

    pipeline, model = Pipeline(), spacy.load(PACKAGED)
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder, "docs")
        write_documents(docs, 30)
        texts = [path.read_text("utf-8") for path in sorted(docs.iterdir())]
        units = list(plan_units(find_sources([docs]), pipeline.settings, ""))
        for number in range(rounds):
            timed("model", lambda: list(model.pipe(texts)))
            state = State()
            mapped = timed("map", lambda: [pack(each) for each in pipeline.map_units([unit.source for unit in units])])
            for unit, packed in zip(units, mapped, strict=True):
                state.put(unit.key, packed)
            state.set_plan(units)
            links = timed(
                "link", lambda state=state: Links.of([state], pipeline.aliases, pipeline.register, pipeline.settings.merge_above)
            )
            out, extraction = Path(folder, f"out{number}"), Extraction([state], links, [docs])
            timed("finish", lambda extraction=extraction, out=out: write_output(extraction, out, RunInfo("", "", "", {})))
            timed("check", lambda out=out: check_output(out))
    reference = best.pop("model")
    ratios = {name: seconds / reference for name, seconds in best.items()}
    for name, ratio in ratios.items():
        print(f"{name:10}{ratio:8.3f}, noted {NOTED[name]:.3f}{'  dearer by a third' * (ratio > NOTED[name] * 4 / 3)}")
    return int(any(ratio > NOTED[name] * 4 / 3 for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
