"""The names of a page on each of many countries: which of them are one thing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.resolve.entities import link_corpus
from resolve.entities.corpora import document

LINES = [
    json.loads(line) for line in Path(__file__).parents[2].joinpath("data/name_groups.jsonl").read_text("utf-8").splitlines()
]
# Names that only a reader of the language connects, two initials, `Brotherhood` for a whole name, an election in November.
KNOWN_FAILING = {
    ("spain", "party:Republican Left of Catalonia"),
    ("spain", "party:Together for Catalonia"),
    ("spain", "event:2019 election"),
    ("spain", "event:November 2019 general election"),
    ("brazil", "party:Liberal Party"),
    ("hungary", "party:Hungarian Socialist Party"),
    ("poland", "party:Civic Platform"),
    ("sweden", "party:Sweden Democrats"),
}
CASES = [(line["document"], line["names"], group) for line in LINES for group in line["groups"]]


def _case(page: str, names: list[str], group: list[int]) -> Any:
    first = (page, names[group[0]])
    return pytest.param(
        page, names, group, marks=[pytest.mark.xfail(strict=True)] if first in KNOWN_FAILING else [], id=" ".join(first)
    )


@pytest.mark.parametrize(("page", "names", "group"), [_case(*case) for case in CASES])
def test_names_of_a_country(page: str, names: list[str], group: list[int]) -> None:
    linking = link_corpus([document(page, *names)])
    wanted = linking.entity_of[page, group[0]]
    assert [index for index in range(len(names)) if linking.entity_of[page, index] == wanted] == group


def test_no_name_of_one_country_joins_another_country() -> None:
    linking = link_corpus([document(line["document"], *line["names"]) for line in LINES])
    pages: dict[str, set[str]] = {}
    for (page, index), entity in linking.entity_of.items():
        if linking.label_of[page, index] in ("PERSON", "PARTY", "ORG", "EVENT"):
            pages.setdefault(entity, set()).add(page)
    shown = {entity.id: entity.name for entity in linking.entities}
    assert {shown[entity]: found for entity, found in pages.items() if len(found) > 1} == {}
