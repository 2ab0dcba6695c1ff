"""What each layer adds to the names of the gold documents: the model alone, the rules alone, both weighed together.

    python benchmarks/names_layers.py [--model default] [--gold tests/gold]

F1 of spans with labels (strict) and of spans alone, for each folder of gold documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.tokens import Doc

from extract.normalise.values import NAME_LABELS
from extract.recognise.model import load_model
from extract.recognise.names import DEFAULT_LABELS, NameFinder
from extract.rules import load_rules
from extract.sources import read_string
from extract.text.document import document_of, make_doc
from extract.text.language import make_language
from extract.text.sentences import set_sentences

_ROOT = Path(__file__).resolve().parent.parent
Names = Mapping[tuple[int, int], str]
Layer = Callable[[Doc], Doc]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="default")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    chosen = parser.parse_args(arguments)
    documents = list(_documents(chosen.gold))
    for name, names in _layers(chosen.model).items():
        cells = [f"{group} {_scores(documents, group, names)}" for group in dict.fromkeys(group for group, _, _ in documents)]
        print(f"{name:24}" + "   ".join(cells))


def _layers(slot: str) -> dict[str, Callable[[Doc], Names]]:
    finder, model = NameFinder(load_rules()), load_model(slot)
    layers: dict[str, Callable[[Doc], Names]] = {"rules": lambda doc: _found(finder(doc))}
    if model is not None:
        layers["model"] = lambda doc: _of_model(model(doc))
        layers["model and rules"] = lambda doc: _found(finder(model(doc)))
    return layers


def _found(doc: Doc) -> Names:
    document = document_of(doc)
    return {document.to_source(span.start_char, span.end_char): span.label_ for span in doc.spans["names"]}


def _of_model(doc: Doc) -> Names:
    document = document_of(doc)
    labels = {ent: DEFAULT_LABELS.get(ent.label_) for ent in doc.ents}
    return {document.to_source(ent.start_char, ent.end_char): label for ent, label in labels.items() if label}


def _documents(gold: Path) -> Iterator[tuple[str, Path, Names]]:
    for path in sorted(gold.glob("*/*.gold.jsonl"), key=lambda path: (path.parent.name != "seeds", path)):
        stem = path.name.removesuffix(".gold.jsonl")
        folder = _ROOT / "seeds" if path.parent.name == "seeds" else path.parent
        source = next(other for other in folder.glob(f"{stem}.*") if not other.name.endswith(".jsonl"))
        lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        names = {(line["start"], line["end"]): line["label"] for line in lines if line["label"] in NAME_LABELS}
        yield path.parent.name, source, names


def _scores(documents: Sequence[tuple[str, Path, Names]], group: str, names_of: Callable[[Doc], Names]) -> str:
    nlp, counts = make_language(), Counter[str]()
    for _, source, gold in (each for each in documents if each[0] == group):
        doc = make_doc(nlp, read_string(source.read_text(encoding="utf-8"), name=source.name))
        set_sentences(doc)
        found = names_of(doc)
        counts["all"] += len(found) + len(gold)
        counts["strict"] += 2 * sum(found.get(span) == label for span, label in gold.items())
        counts["span"] += 2 * len(set(found) & set(gold))
    return f"strict {counts['strict'] / counts['all']:.3f} span {counts['span'] / counts['all']:.3f}"


if __name__ == "__main__":
    main()
