"""How fast names are found: words a second of the model's pass, and what the layers on top cost as a share of it, on one core.

    OMP_NUM_THREADS=1 python benchmarks/names.py [--model default] [--repeat 40] [FILE...]

Without files it measures on the seeds. A word is a token of the visible text. Each figure is the best of three rounds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.tokens import Doc

from extract.recognise.model import load_model
from extract.recognise.names import NameFinder
from extract.rules import load_rules
from extract.sources import read_string
from extract.text.document import make_doc
from extract.text.language import make_language
from extract.text.sentences import set_sentences

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_ROUNDS = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a small table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--repeat", type=int, default=40, help="how often the texts are read in one round")
    chosen = parser.parse_args(arguments)
    files = chosen.files or sorted(_SEEDS.glob("*.txt"))

    started = time.perf_counter()
    model = load_model(chosen.model)
    loading = time.perf_counter() - started
    finder = NameFinder(load_rules())

    words = sum(len(doc) for doc in _docs(files, 1)) * chosen.repeat
    no_model = _best(lambda doc: doc, finder, files, chosen.repeat)
    print(f"{words} words, the model loads in {loading:.2f} s")
    if model is None:
        print(f"names without a model   {words / no_model:9,.0f} words/s")
        return
    passing = _best(lambda doc: doc, model, files, chosen.repeat)
    on_top = _best(model, finder, files, chosen.repeat)
    print(f"the model's pass        {words / passing:9,.0f} words/s")
    print(f"the layers on top       {words / on_top:9,.0f} words/s, {on_top / passing:.0%} of the pass")
    print(f"the same, no model      {words / no_model:9,.0f} words/s")


def _docs(files: Sequence[Path], repeat: int) -> list[Doc]:
    nlp = make_language()
    documents = [read_string(path.read_text(encoding="utf-8"), name=path.name) for path in files]
    docs = [make_doc(nlp, document) for document in documents for _ in range(repeat)]
    for doc in docs:
        set_sentences(doc)
    return docs


def _best(before: Callable[[Doc], Doc], timed: Callable[[Doc], Doc], files: Sequence[Path], repeat: int) -> float:
    """The seconds of processor time that `timed` takes over all docs, on each of which `before` has run."""
    rounds = []
    for _ in range(_ROUNDS):
        docs = [before(doc) for doc in _docs(files, repeat)]
        started = time.process_time()  # not spoilt by what else runs on the machine
        for doc in docs:
            timed(doc)
        rounds.append(time.process_time() - started)
    return min(rounds)


if __name__ == "__main__":
    main()
