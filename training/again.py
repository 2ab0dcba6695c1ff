"""One more stage of the shipped network: `python training/again.py --data FOLDER ... --output FOLDER` (half an hour on one core).

What is new in `training/data/names` is learned without the transformer of `teacher.py`. The whole pipeline, weights and all,
names the corpora (and the texts of figures, whose owners of seats are parties): its names are taken where the corpus agrees,
the corpus's where the pipeline has none, and what they see differently is left open. With the texts annotated by the guide the
network is trained on from there, and shipped is the mean of what it was and what it became: that has learned what is new, and
keeps what it knew of other texts (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.language import Language

import extract
from extract.components import make_pipeline
from extract.errors import SourceError
from extract.outputs.files import read_lines
from extract.sources import read_string
from extract.training.corpus import Annotated, Span, find_corpus, read_corpus, write_corpus
from extract.training.measure import COLLAPSED, scores_of
from extract.training.package import save, score_table
from extract.training.train import WEIGHTS, load_items, read_plan, train
from extract.training.votes import read_doc

STEPS, RATE, KEPT = 3000, 0.0006, 0.5
FIGURES = "figures"
OURS = {**WEIGHTS, "crossner_politics.train": 2, "crossner_politics.dev": 2, FIGURES: 2}
_SURE = ("PERSON", "ORG", "GPE", "LOC", "PARTY")  # of these a corpus's name counts where the pipeline has none


def names_of(nlp: Language, text: str) -> list[Span]:
    """The names that the whole pipeline finds, and works, products and other names of the model's beside them."""
    try:
        document = read_string(text, name="text.txt")
    except SourceError:  # nothing to see in it
        return []
    doc = read_doc(nlp, document, True)
    others = [ent for ent in doc.ents if ent.label_ in ("WORK", "PRODUCT", "MISC")]
    found: list[Span] = []
    for span in [*nlp.get_pipe("extract_names")(doc).spans["names"], *others]:  # type: ignore[operator]
        start, end = document.to_source(span.start_char, span.end_char)
        if not over(found, start, end):
            found.append((start, end, span.label_))
    return sorted(found)


def over(names: Iterable[Span], start: int, end: int) -> list[Span]:
    """The names that lie over a stretch, or over a part of it."""
    return [name for name in names if name[0] < end and start < name[1]]


def left_open(text: str, names: Iterable[Span], doubts: Iterable[Sequence[Span]], unsure: Iterable[tuple[int, int]]) -> Annotated:
    """A text with its names, but those that lie where there are doubts: readings of one stretch that do not agree."""
    unsure = [*unsure, *((min(each[0] for each in doubt), max(each[1] for each in doubt)) for doubt in doubts)]
    certain = [name for name in names if not any(name[0] < end and start < name[1] for start, end in unsure)]
    return Annotated(text, tuple(sorted(certain)), tuple(unsure))


def merged(item: Annotated, found: Sequence[Span]) -> Annotated:
    """A text of a corpus with the names of both, as far as they agree."""
    names, doubts, seen = list[Span](), list[list[Span]](), set[Span]()
    for span in found:
        others = over(item.spans, *span[:2])
        seen.update(others)
        same = any(other[:2] == span[:2] and COLLAPSED.get(other[2]) == COLLAPSED.get(span[2]) for other in others)
        if same or (span[2] not in COLLAPSED and not any(other[2] in COLLAPSED for other in others)):
            names.append(span)
        else:
            doubts.append([span, *others])
    for span in (span for span in item.spans if span not in seen):
        if span[2] in _SURE:
            names.append(span)
        else:
            doubts.append([span])
    return left_open(item.text, names, doubts, item.unsure)


def of_figures(folder: Path, nlp: Language) -> Iterator[Annotated]:
    """The texts of figures: who has seats there and was found for no name is a party."""
    for row in (row for path in sorted(folder.glob("*.jsonl")) for _, row in read_lines(path) if row["format"] == "text"):
        names, doubts = names_of(nlp, row["text"]), list[list[Span]]()
        owners = {owner for figure in row["figures"] for owner in figure.get("party", ()) if owner[0].isupper()}
        for owner in sorted(owners - {"Independents"}, key=len, reverse=True):
            for found in re.finditer(rf"(?<!\w){re.escape(owner)}(?!\w)", row["text"]):
                party = (*found.span(), "PARTY")
                others = over(names, *found.span())
                if not others:
                    names.append(party)
                elif not any(other[0] <= party[0] and party[1] <= other[1] for other in others):
                    doubts.append([party, *others])
        yield left_open(row["text"], names, doubts, ())


def mean(one: Language, other: Language, kept: float) -> Language:
    """The first pipeline, its network the mean of both; `kept`: how much the first one's numbers count."""
    networks = (nlp.get_pipe("ner").model for nlp in (one, other))  # type: ignore[attr-defined]
    for node, same in zip(*(network.walk() for network in networks), strict=True):
        for name in (name for name in node.param_names if node.has_param(name)):
            node.set_param(name, kept * node.get_param(name) + (1 - kept) * same.get_param(name))
    return one


def main() -> None:
    """Names the corpora, trains on, takes the mean, measures, packages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the folders with the corpora and pages")
    parser.add_argument("--base", type=Path, required=True, help="the model to go on from: src/extract/model")
    parser.add_argument("--figures", type=Path, default=Path("training/data/figures"))
    parser.add_argument("--output", type=Path, required=True, help="where the model goes; what is there is replaced")
    wanted = parser.parse_args()
    base = spacy.load(wanted.base)
    with TemporaryDirectory() as folder:
        nlp = make_pipeline(None, str(wanted.base))
        for name in (name for name in WEIGHTS if "." in name):
            items = read_corpus(find_corpus(wanted.data, name), wanted.data)
            write_corpus(Path(folder, f"{name}.jsonl.gz"), (merged(item, names_of(nlp, item.text)) for item in items))
            print(name, flush=True)
        write_corpus(Path(folder, f"{FIGURES}.jsonl.gz"), of_figures(wanted.figures, nlp))
        plan, network = read_plan(steps=STEPS, learn_rate=RATE)
        for step, loss, trained in train(load_items([Path(folder), *wanted.data], OURS), plan, network, wanted.base):
            print(f"step {step}/{plan.steps}  loss {loss:.0f}", flush=True)
            if step == plan.steps:
                shipped = mean(base, trained, KEPT)
    scores = scores_of(shipped, wanted.data)
    size = save(shipped, wanted.output, extract.__version__, scores)
    print(f"{score_table(scores)}\n{wanted.output}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
