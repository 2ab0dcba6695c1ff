"""`python -m extract.training --data FOLDER --output FOLDER`: everything from data to model."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import extract
from extract.training.measure import scores_of
from extract.training.package import save, score_table
from extract.training.train import check_model, load_items, read_plan, train


def main() -> None:
    """Trains, measures, packages; says on the way where it is."""
    parser = argparse.ArgumentParser(prog="python -m extract.training", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the folders with the corpora, NAME.jsonl.gz or .txt")
    parser.add_argument("--output", type=Path, required=True, help="where the model goes; what is there is replaced")
    parser.add_argument("--steps", type=int, help="instead of the number in config.cfg, for a trial")
    parser.add_argument("--base", type=Path, help="a model of the same network to go on from, with a lower rate of learning")
    parser.add_argument("--words", type=Path, help="the vectors of words for the network's table (of training/teacher.py)")
    parser.add_argument("--rate", type=float, help="the rate of learning, instead of that in config.cfg")
    wanted = parser.parse_args()
    changes = {name: value for name, value in (("steps", wanted.steps), ("learn_rate", wanted.rate)) if value}
    plan, model = read_plan(**changes)
    check_model(model)
    started = time.monotonic()
    for step, loss, nlp in train(load_items(wanted.data), plan, model, wanted.base, wanted.words):
        print(f"step {step}/{plan.steps}  loss {loss:.0f}  {time.monotonic() - started:.0f} s", flush=True)
        if step == plan.steps:
            scores = scores_of(nlp, wanted.data)
            size = save(nlp, wanted.output, extract.__version__, scores)
    print(f"{score_table(scores)}\n{wanted.output}: {size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
