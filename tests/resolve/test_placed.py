"""Percentages and seat counts that have their place in a table or infobox: `tests/data/placed/*.txt` holds documents and what a
careful reader would write down of them, figure by figure (the line of kinds before it teaches: `extract.training.tables`):

    S 39 seats won Labour Party        a seat count, its text, its role and its owner
    P −2.4 pp change=-2.4 The Left     a percentage, its text, its measure, its value where the text says it otherwise, its owner

`|` stands between spellings, roles or owners that are as good; `*` for any owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.resolve.test_figures import same_owners

from extract.recognise.figures.readings import Reading

FOLDER = Path(__file__).parent.parent / "data" / "placed"
KNOWN_FAILING: set[str] = {"cabinet-infobox", "rendered-infobox", "legislature-html"}
_EXPECTED = re.compile(
    r"(?P<kind>[SP]) (?P<text>.+?) (?P<what>(?:\|?(?:won|held|change|total|majority|vote_share|turnout|threshold|other))+)"
    r"(?:=(?P<value>\S+))?(?: (?P<owners>.+))?"
)
_NUMBER = re.compile(r"[+\-−–]?\d+(?:\.\d+)?")


class Figure(NamedTuple):
    """One figure that is expected."""

    label: str
    texts: list[str]
    what: list[str]
    value: str
    owners: list[str]


class Case(NamedTuple):
    """A document and its figures, in the order of the text."""

    id: str
    format: str
    text: str
    figures: list[Figure]


def read_cases() -> Iterator[Case]:
    """The cases of all files."""
    for path in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, rest = part.split("\n", 1)
            text, kinds = rest.split("--- kinds\n")
            _, expected = kinds.split("--- expected\n")
            name, format_ = head.split()
            yield Case(name, format_, text, [_figure(line) for line in expected.splitlines()])


def _figure(line: str) -> Figure:
    match = _EXPECTED.fullmatch(line)
    assert match, line
    texts = match["text"].replace("−", "-").split("|")
    value = match["value"] or _NUMBER.search(texts[0])[0].replace("–", "-")
    return Figure(
        {"S": "SEATS", "P": "PERCENT"}[match["kind"]], texts, match["what"].split("|"), value, (match["owners"] or "").split("|")
    )


def differences(expected: Figure, record) -> list[str]:
    """What a record has otherwise than expected, in words."""
    if record.label != expected.label or record.text not in expected.texts:
        return [f"{expected.label} {expected.texts[0]!r} expected, {record.label} {record.text!r} found"]
    value, wrong = record.value, []
    what = value.role if expected.label == "SEATS" else value.measure
    number = value.seats if expected.label == "SEATS" else value.percent
    found = f"{float(value.low)}..{float(value.high)}" if number is None else str(float(number))
    wanted = "..".join(str(float(part)) for part in expected.value.split(".."))
    named = value.party if expected.label == "SEATS" else [value.subject] if value.subject else []
    owners = [owner.name for owner in named]
    if what not in expected.what:
        wrong.append(f"{' or '.join(expected.what)} expected, {what} found")
    if found != wanted:
        wrong.append(f"{wanted} expected, {found} found")
    if expected.owners != ["*"] and not any(same_owners([owner] if owner else [], owners) for owner in expected.owners):
        wrong.append(f"of {expected.owners} expected, {owners} found")
    return [f"{record.text!r}: {words}" for words in wrong]


def compare(case: Case, records: list) -> list[str]:
    """All differences between a case's figures and the records found in its text."""
    found = [(record.label, record.text) for record in records]
    same = len(found) == len(case.figures) and all(
        figure.label == label and text in figure.texts for figure, (label, text) in zip(case.figures, found, strict=True)
    )
    if not same:
        return [f"{[(figure.label, figure.texts[0]) for figure in case.figures]} expected, {found} found"]
    return [words for figure, record in zip(case.figures, records, strict=True) for words in differences(figure, record)]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.id, marks=pytest.mark.xfail(strict=True) if case.id in KNOWN_FAILING else ())
        for case in read_cases()
    ],
)
def test_placed_figures(pipeline, case):
    records = [record for record in pipeline.extract_text(case.text, format=case.format) if record.label in ("SEATS", "PERCENT")]
    wrong = compare(case, records)
    assert not wrong, "\n".join(wrong)


def test_an_owner_that_only_its_cell_tells_of_is_a_name_with_an_entity(bare):
    table = (
        "| Party | Seats |\n|---|---|\n| COUNTRY LIBERAL PARTY | 12 |\n| Pametno | 10 |\n| Independents | 2 |\n| Total | 24 |\n"
    )
    records = bare.extract_text(table, format="markdown")
    entities = {record.text: record.value.entity for record in records if record.label == "PARTY"}
    owners = [(owner.name, owner.entity) for record in records if record.label == "SEATS" for owner in record.value.party]
    named = {"Country Liberal Party": entities["COUNTRY LIBERAL PARTY"], "Pametno": entities["Pametno"]}
    assert owners == [*named.items(), ("Independents", None)]


def test_a_table_is_read_once(pipeline, monkeypatch):
    read = []
    make = Reading.__init__
    monkeypatch.setattr(Reading, "__init__", lambda self, *given: read.append(given) or make(self, *given))
    text = "| Party | Votes | Seats |\n|---|---|---|\n| Reds | 1,200 | 12 |\n| Blues | 900 | 9 |\n"
    records = pipeline.extract_text(f"# 2020 election\n\n{text}", format="markdown")
    assert len([record for record in records if record.label == "SEATS"]) == 2
    assert len(read) == 1


def test_the_heading_above_says_what_ranges_count(pipeline):
    text = (
        "# Poll of the Morning Post, March 2019\n\n## Seats\n\n"
        "| Party | Last result | Median | 80% interval |\n|---|---|---|---|\n"
        "| Labour Party | 55 | 52 | 50–57 |\n| Green Party | 12 | 15 | 13–17 |\n| Centre Party | 20 | 19 | 17–22 |\n"
    )
    seats = [record for record in pipeline.extract_text(text, format="markdown") if record.label == "SEATS"]
    assert [record.text for record in seats] == ["55", "52", "50–57", "12", "15", "13–17", "20", "19", "17–22"]
    assert [record.value.role for record in seats] == ["held", "won", "won"] * 3
