"""Gold mentions of the documents that the rules were made on, linked: a floor that no change may fall below."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from extract.errors import RecordError
from extract.evaluate import evaluate_given
from extract.evaluate.given import link_given
from extract.resolve.entities import Aliases
from extract.resolve.entities.aliases import AliasEntity

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"


@pytest.mark.parametrize(("name", "b_cubed", "right"), [("seeds", 0.987, 0.98), ("dev", 0.98, 0.949)])
def test_documents_together(name: str, b_cubed: float, right: float) -> None:
    scores = evaluate_given([GOLD / name], [SEEDS])
    assert scores["bcubed"].f1 >= b_cubed - 0.0005
    assert scores["canonical"].precision >= right - 0.0005


@pytest.mark.parametrize(
    ("name", "b_cubed", "right"), [("d1", 0.99, 0.98), ("d2", 0.96, 0.92), ("d4", 0.98, 0.95), ("d5", 0.98, 0.96)]
)
def test_a_document_of_its_own(name: str, b_cubed: float, right: float) -> None:
    scores = evaluate_given([GOLD / "dev" / f"{name}.gold.jsonl"])
    assert scores["bcubed"].f1 >= b_cubed
    assert scores["canonical"].precision >= right


def test_answers_to_the_open_pairs_settle_what_is_left() -> None:
    """Khuzbezhty and Khubezov, and surnames that their document never completes, are proposed, and one answer each is enough."""
    linking, pairs = link_given([GOLD / "seeds"], [SEEDS])
    meant = {found.value["entity"]: line.value["entity"] for line, found in pairs}
    same = [pair for pair in linking.review if meant[pair.a.entity] == meant[pair.b.entity]]
    assert {"Ruslan Khubezov", "Bibilov", "Saakashvili"} <= {side.text for pair in same for side in (pair.a, pair.b)}
    entries = tuple(AliasEntity(meant[pair.a.entity], pair.label, (pair.a.text, pair.b.text)) for pair in same)
    assert evaluate_given([GOLD / "seeds"], [SEEDS], Aliases(entries))["bcubed"].f1 >= 0.99


@pytest.mark.parametrize("name", ["seeds", "dev"])
def test_no_two_people_are_one(name: str) -> None:
    people: dict[str, set[str]] = defaultdict(set)
    for line, found in link_given([GOLD / name], [SEEDS])[1]:
        if line.label == "PERSON":
            people[found.value["entity"]].add(line.value["entity"])
    assert all(len(names) == 1 for names in people.values())


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="in none of"):
        evaluate_given([GOLD / "seeds"], [tmp_path])
