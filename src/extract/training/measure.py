"""Measuring a model on annotated texts: exact F1 by label, and collapsed to person, organisation, place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from extract.training.corpus import Annotated, part_of
from extract.training.docs import make_example

RECORDED = ("PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW")
COLLAPSED = {"PERSON": "PER", "ORG": "ORG", "PARTY": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}

# What is measured on: development and test parts, and a fifth of politics that is held out of training.
MEASURED = ("crossner_politics.dev", "fewnerd.dev", "gmb.dev", "docred.test", "uner_ewt.test", "btc.dev", "wnut17.dev")


@dataclass(slots=True)
class Tally:
    """Counts of right, spurious and missing names by label."""

    right: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def f1(self, label: str | None = None) -> float | None:
        """F1 of a label, or of all; None where there is neither name nor finding."""
        counts = [counter.total() if label is None else counter[label] for counter in (self.right, self.spurious, self.missing)]
        return 2 * counts[0] / (2 * counts[0] + counts[1] + counts[2]) if any(counts) else None


def measure(nlp: Language, items: Iterable[Annotated], names: Mapping[str, str]) -> Tally:
    """Counts names whose edges and (mapped) label are the same; labels that `names` lacks, and what is unsure, are left out."""
    tally = Tally()
    for item in items:
        example = make_example(nlp, [item])
        unsure = {token.i for token in example.reference if token.ent_iob == 0}
        found = example.predicted
        for _, process in nlp.pipeline:
            found = process(found)
        gold = {(span.start, span.end, names[span.label_]) for span in example.reference.ents if span.label_ in names}
        given = {
            (span.start, span.end, names[span.label_])
            for span in found.ents
            if span.label_ in names and not unsure & set(range(span.start, span.end))
        }
        tally.right.update(label for *_, label in gold & given)
        tally.spurious.update(label for *_, label in given - gold)
        tally.missing.update(label for *_, label in gold - given)
    return tally


def scores_of(nlp: Language, data: Sequence[Path]) -> dict[str, tuple[Tally, Tally]]:
    """What a model gets on the sets that are measured, label by label and collapsed."""
    scores = {}
    for name in MEASURED:
        items = list(part_of(data, name, held_out=True))
        scores[name] = measure(nlp, items, {label: label for label in RECORDED}), measure(nlp, items, COLLAPSED)
    return scores
