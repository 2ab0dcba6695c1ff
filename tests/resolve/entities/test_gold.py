"""Gold mentions of the documents that the rules were made on, linked: a floor that no change may fall below."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Mention
from extract.resolve.entities import DocumentNames, Linking, document_names, link_corpus
from extract.sources import read_source
from extract.sources.find import find_sources

GOLD = Path(__file__).parents[2] / "gold"
Place = tuple[str, int]


def _gold_names(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted((line for line in lines if line["label"] in NAME_LABELS), key=lambda line: line["start"])


def _linked(paths: list[tuple[Path, Path]]) -> tuple[Linking, dict[Place, str]]:
    """The linking of gold mentions, and the gold entity of each."""
    corpus, gold = [], {}
    for source, gold_path in paths:
        document = next(iter(read_source(next(iter(find_sources([source]))))))
        lines = _gold_names(gold_path)
        spans = [document.offsets.to_text(line["start"], line["end"]) for line in lines]
        mentions = [
            Mention(line["label"], *span, document.text[slice(*span)], "gold", "gold")
            for line, span in zip(lines, spans, strict=True)
        ]
        names = document_names(document, mentions)
        corpus.append(DocumentNames(source.name, names.mentions, names.definitions))
        gold |= {(source.name, index): line["value"]["entity"] for index, line in enumerate(lines)}
    return link_corpus(corpus), gold


def _b_cubed(linking: Linking, gold: dict[Place, str]) -> float:
    ours, golds, both = Counter(linking.entity_of[place] for place in gold), Counter(gold.values()), Counter()
    for place, name in gold.items():
        both[linking.entity_of[place], name] += 1
    precision = sum(count * count / ours[entity] for (entity, _), count in both.items()) / len(gold)
    recall = sum(count * count / golds[name] for (_, name), count in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def _right_names(linking: Linking, gold: dict[Place, str]) -> float:
    shown = {entity.id: entity.name for entity in linking.entities}
    return sum(shown[linking.entity_of[place]] == name for place, name in gold.items()) / len(gold)


def _dev(name: str) -> list[tuple[Path, Path]]:
    stem = name.partition(".")[0]
    return [(GOLD / "dev" / name, GOLD / "dev" / f"{stem}.gold.jsonl")]


@pytest.mark.parametrize(
    ("name", "b_cubed", "right"), [("d1.txt", 0.99, 0.98), ("d2.wiki", 0.96, 0.92), ("d4.txt", 0.98, 0.95), ("d5.md", 0.98, 0.96)]
)
def test_a_document_of_its_own(name: str, b_cubed: float, right: float) -> None:
    linking, gold = _linked(_dev(name))
    assert _b_cubed(linking, gold) >= b_cubed
    assert _right_names(linking, gold) >= right


def test_documents_together() -> None:
    linking, gold = _linked([pair for name in ("d1.txt", "d2.wiki", "d4.txt", "d5.md") for pair in _dev(name)])
    assert _b_cubed(linking, gold) >= 0.97
    assert _right_names(linking, gold) >= 0.92
    persons: dict[str, set[str]] = defaultdict(set)
    for place, name in gold.items():
        persons[linking.entity_of[place]].add(name)
    assert all(len(names) == 1 for names in persons.values())
