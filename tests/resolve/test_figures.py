"""Percentages and seat counts in many kinds of text: `tests/data/figures.jsonl` holds what a careful reader would write down.

The expectations follow the annotation rules, not what a run gave. A field that a line leaves out is not compared.
`also` lists other spans that are as good.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from case_lines import as_params, read_lines

LINES = read_lines("figures.jsonl")
KNOWN_FAILING: set[str] = {
    "agency-009",
    "agency-024",
    "agency-034",
    "agency-038",
    "agency-067",
    "blog-001",
    "blog-009",
    "blog-011",
    "blog-018",
    "encyclopaedia-002",
    "encyclopaedia-036",
    "find-020",
    "find-035",
    "find-047",
    "find-051",
    "find-099",
    "find-139",
    "find-141",
    "more-blog-01",
    "more-blog-08",
    "more-enc-09",
    "more-enc-14",
    "more-obs-10",
    "more-obs-11",
    "more-oth-08",
    "more-table-01",
    "more-table-06",
    "more-table-08",
    "more-web-02",
    "more-web-03",
    "more-wire-13",
    "more-wire-23",
    "more-wire-29",
    "owner-014",
    "owner-026",
    "parliament-006",
    "parliament-022",
    "role-001",
}


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are of one name: one holds the other."""
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def same_owners(expected: list[str], found: list[str]) -> bool:
    """Whether the same owners are named, in any order."""
    return len(expected) == len(found) and all(any(same_name(name, other) for other in found) for name in expected)


def differences(expected: dict, record) -> list[str]:
    """What a record has otherwise than expected, in words."""
    value, wrong = record.value, []
    if record.label != expected["label"] or record.text not in (expected["text"], *expected.get("also", ())):
        return [f"{expected['label']} {expected['text']!r} expected, {record.label} {record.text!r} found"]
    for field in ("seats", "percent", "low", "high"):
        if field in expected:
            found = getattr(value, field)
            if found is None or Decimal(str(found)) != Decimal(str(expected[field])):
                wrong.append(f"{field} {expected[field]} expected, {found} found")
    for field in ("role", "measure", "comparator", "unit", "each"):
        if field in expected and getattr(value, field) != expected[field]:
            wrong.append(f"{field} {expected[field]} expected, {getattr(value, field)} found")
    if "party" in expected:
        found = [owner.name for owner in value.party]
        if not same_owners(expected["party"], found):
            wrong.append(f"party {expected['party']} expected, {found} found")
    if "subject" in expected:
        found = [value.subject.name] if value.subject else []
        if not same_owners([expected["subject"]] if expected["subject"] else [], found):
            wrong.append(f"subject {expected['subject']} expected, {found} found")
    return [f"{expected['text']!r}: {words}" for words in wrong]


def compare(line: dict, records: list) -> list[str]:
    """All differences between a line's figures and the records found in its text."""
    expected = line["figures"]
    spans = [(figure["label"], (figure["text"], *figure.get("also", ()))) for figure in expected]
    found = [(record.label, record.text) for record in records]
    if len(spans) != len(found) or any(
        label != other or text not in texts for (label, texts), (other, text) in zip(spans, found, strict=True)
    ):
        return [f"{[(label, texts[0]) for label, texts in spans]} expected, {found} found"]
    return [words for figure, record in zip(expected, records, strict=True) for words in differences(figure, record)]


@pytest.mark.parametrize("line", as_params(LINES, KNOWN_FAILING))
def test_figures(pipeline, line):
    records = [
        record for record in pipeline.extract_text(line["text"], format=line["format"]) if record.label in ("SEATS", "PERCENT")
    ]
    wrong = compare(line, records)
    assert not wrong, "\n".join([line["text"], *wrong])


def test_every_line_has_an_id_of_its_own():
    assert len({line["id"] for line in LINES}) == len(LINES)
    assert {line["id"] for line in LINES} >= KNOWN_FAILING
