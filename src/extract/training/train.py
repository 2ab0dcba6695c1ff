"""Training: a stream of examples through spaCy's transition-based NER, the same one for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config, registry
from thinc.api import Adam, fix_random_seed

from extract.recognise.embedding import set_vectors
from extract.text.language import make_language
from extract.training.augment import Templates, vary
from extract.training.corpus import LABELS, OWN, Annotated, paragraphs, part_of
from extract.training.docs import make_example

CONFIG = Path(__file__).with_name("config.cfg")

# What is trained on, and how often each text counts. Politics is the ground on which the model is used.
WEIGHTS: Mapping[str, int] = {
    "crossner_politics.train": 4,
    "crossner_politics.dev": 4,
    "crossner_ai.train": 1,
    "crossner_ai.dev": 1,
    "crossner_literature.train": 1,
    "crossner_literature.dev": 1,
    "crossner_music.train": 1,
    "crossner_music.dev": 1,
    "crossner_science.train": 1,
    "crossner_science.dev": 1,
    "docred.train": 1,
    "fewnerd.train": 1,
    "gmb.train": 1,
    "grobid.train": 1,
    "gum.train": 1,
    "uner_ewt.train": 1,
    "btc.train": 1,
    "wnut17.train": 1,
    "elsewhere": 6,
    **dict.fromkeys(OWN, 4),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The `[training]` section of the configuration."""

    seed: int
    steps: int
    batch_words: int
    dropout: float
    learn_rate: float
    final_rate: float
    template_share: float
    list_share: float
    longest: int


def read_plan(path: Path = CONFIG, **changes: Any) -> tuple[Plan, dict[str, Any]]:
    """The plan and the model's configuration; `changes` are fields of the plan, or dotted keys (`model.tok2vec.encode.depth`)."""
    config = load_config(path, overrides={key: value for key, value in changes.items() if "." in key})
    fields = {**config["training"], **{key: value for key, value in changes.items() if "." not in key}}
    return Plan(**fields), dict(config["model"])


def load_items(data: Sequence[Path], weights: Mapping[str, int] = WEIGHTS) -> list[Annotated]:
    """The paragraphs of all corpora in the folders, as often as they count. Raises FileNotFoundError where one is missing."""
    return [
        part
        for name, weight in weights.items()
        for item in part_of(data, name, held_out=False) * weight
        for part in paragraphs(item)
    ]


def train(
    items: Sequence[Annotated], plan: Plan, model: dict[str, Any], base: Path | None = None, words: Path | None = None
) -> Iterator[tuple[int, float, Language]]:
    """Trains; gives step, loss and pipeline every 500 steps and at the end. The weights given are the averaged ones.

    `base`: a model of the same network to go on from. `words`: a file of arrays, `words` and their `vectors`, for the table of a
    network that does not go on from another.
    """
    fix_random_seed(plan.seed)
    nlp = make_language()
    ner = nlp.add_pipe("ner", config={"model": model})
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    sample = [make_example(nlp, [item]) for item in items[:: max(1, len(items) // 100)]]
    nlp.initialize(lambda: sample)
    if words is not None:
        table = np.load(words)
        set_vectors(ner.model, table["words"].tolist(), table["vectors"])  # type: ignore[attr-defined]
    if base is not None:
        ner.from_bytes(spacy.load(base).get_pipe("ner").to_bytes())  # type: ignore[attr-defined]
    optimizer = Adam(
        learn_rate=plan.learn_rate,
        beta1=0.9,
        beta2=0.999,
        eps=1e-8,
        L2=0.01,
        grad_clip=1.0,
        use_averages=True,
        L2_is_weight_decay=True,
    )
    batches = batch(examples(nlp, items, plan), plan.batch_words)
    loss = 0.0
    for step in range(1, plan.steps + 1):
        optimizer.learn_rate = plan.learn_rate * max(plan.final_rate, 1 - step / plan.steps)
        loss += nlp.update(next(batches), sgd=optimizer, drop=plan.dropout)["ner"]
        if step % 500 == 0 or step == plan.steps:
            with nlp.use_params(optimizer.averages):
                yield step, loss, nlp
            loss = 0.0


def examples(nlp: Language, items: Sequence[Annotated], plan: Plan) -> Iterator[Example]:
    """Examples without end: the texts in ever new order and company, changed copies, template lines between them."""
    random = Random(plan.seed)
    templates = Templates(items, Random(plan.seed + 1))
    while True:
        for parts in _runs(items, random):
            if random.random() < plan.template_share:
                parts.insert(random.randint(0, len(parts)), templates.line())
            yield from _short(nlp, [vary(part, random) for part in parts], plan)
            if random.random() < plan.list_share:
                lines = [templates.line() for _ in range(random.choice((1, 1, 2, 4)))]
                yield from _short(nlp, [vary(line, random) for line in lines], plan)


def _runs(items: Sequence[Annotated], random: Random) -> Iterator[list[Annotated]]:
    order = list(range(len(items)))
    random.shuffle(order)
    position = 0
    while position < len(order):
        size = random.choice((1, 1, 2, 3))
        yield [items[index] for index in order[position : position + size]]
        position += size


def _short(nlp: Language, parts: Sequence[Annotated], plan: Plan) -> Iterator[Example]:
    example = make_example(nlp, parts)
    if 0 < len(example.reference) <= plan.longest:
        yield example


def batch(stream: Iterator[Example], words: int) -> Iterator[list[Example]]:
    """Batches of at least so many words."""
    items: list[Example] = []
    size = 0
    for example in stream:
        items.append(example)
        size += len(example.reference)
        if size >= words:
            yield items
            items, size = [], 0


def check_model(model: dict[str, Any]) -> None:
    """Builds the network once, so that a wrong configuration fails before the corpora are read."""
    registry.resolve({"model": model})
