"""Percentages and seat counts in many kinds of text: `tests/data/figures.jsonl` holds what a careful reader would write down.

The expectations follow the annotation rules, not what a run gave. A field that a line leaves out is not compared.
`also` lists other spans that are as good. What decides is learned, so it is the share of right figures that is asserted.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from case_lines import read_lines
from extract.explain import explain
from extract.sources import read_string

LINES = read_lines("figures.jsonl")
FLOORS = {"SEATS": 0.85, "PERCENT": 0.8}  # they count a fifth when weights are learned: other people's text goes before


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are of one name: one holds the other."""
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def same_owners(expected: list[str], found: list[str]) -> bool:
    """Whether the same owners are named, in any order."""
    return len(expected) == len(found) and all(any(same_name(name, other) for other in found) for name in expected)


def is_right(expected: dict, record) -> bool:
    """Whether a record has all that a line says of a figure."""
    value = record.value
    if record.label != expected["label"] or record.text not in (expected["text"], *expected.get("also", ())):
        return False
    for field in ("seats", "percent", "low", "high"):
        found = getattr(value, field, None)
        if field in expected and (found is None or Decimal(str(found)) != Decimal(str(expected[field]))):
            return False
    if any(
        field in expected and getattr(value, field) != expected[field]
        for field in ("role", "measure", "comparator", "unit", "each")
    ):
        return False
    if "party" in expected and not same_owners(expected["party"], [owner.name for owner in value.party]):
        return False
    wanted = [expected["subject"]] if expected.get("subject") else []
    return "subject" not in expected or same_owners(wanted, [value.subject.name] if value.subject else [])


def test_most_figures_are_read_whole(pipeline):
    right, expected, found = Counter(), Counter(), Counter()
    for line in LINES:
        records = [
            record
            for record in pipeline.extract_text(line["text"], format=line["format"])
            if record.label in ("SEATS", "PERCENT")
        ]
        found.update(record.label for record in records)
        for figure in line["figures"]:
            expected[figure["label"]] += 1
            match = next((record for record in records if is_right(figure, record)), None)
            if match:
                records.remove(match)
                right[figure["label"]] += 1
    scores = {label: 2 * right[label] / (expected[label] + found[label]) for label in FLOORS}
    assert all(scores[label] >= floor for label, floor in FLOORS.items()), scores


def figures_of(pipeline, text):
    return [record for record in pipeline.extract_text(text) if record.label in ("SEATS", "PERCENT")]


def test_a_text_that_speaks_of_no_votes_has_no_vote_share(pipeline):
    (share,) = figures_of(pipeline, "Air France-KLM shares slipped 4.1 per cent on Monday.")
    assert share.value.measure not in ("vote_share", "turnout")


NO_VOTES = [
    "Registered guests rated the hotel: Harbour Inn received 31.5%, Ann Hart 42.1% and Bo Lind 12%.",
    "Attendance was high. Ann Hart won 42.1% and Bo Lind received 31.5% of the points.",
]


@pytest.mark.parametrize("text", NO_VOTES)
def test_who_is_registered_or_attends_is_no_voter(pipeline, text):
    assert {figure.value.measure for figure in figures_of(pipeline, text)} == {"other"}


def test_a_text_that_speaks_of_no_legislature_has_no_seats(pipeline):
    assert not figures_of(pipeline, "Apollo 13 left with 3 men on board, 5 engines and 2 modules.")


def test_a_number_behind_a_letter_is_of_a_name(pipeline):
    text = "Parties in parliament: Greens won 12 seats. Participation in bodies: ACP, ECOWAS, Entente, FAO, FZ, G-77, IBRD, ICAO."
    assert [figure.text for figure in figures_of(pipeline, text)] == ["12 seats"]


def test_a_long_row_of_names_and_numbers_is_read_to_its_end(pipeline):
    row = "; ".join(f"the Green Party won {number} seats" for number in range(1, 200))
    seats = figures_of(pipeline, f"In the council {row}.")
    assert len(seats) == 199


def test_what_decided_is_told(pipeline):
    story = explain(pipeline, read_string("The Green Party won 12 seats in parliament.", format="text"))
    (steps,) = [told.steps for told in story.explanations if told.record.label == "SEATS"]
    assert steps[0].startswith("won ") and "before 1: won (+" in steps[0]
    assert steps[1].startswith("owner Green Party ") and "(+" in steps[1]


def test_what_decided_is_told_of_a_table_too(pipeline):
    table = "| Party | Seats |\n|---|---|\n| Green Party | 12 |\n| Labour Party | 10 |\n| Total | 22 |\n"
    story = explain(pipeline, read_string(table, format="markdown"))
    steps = [told.steps for told in story.explanations if told.record.label == "SEATS"]
    assert [told[0].startswith("'Seats' is ") and told[1].startswith("owner by party: ") for told in steps] == [True] * 3
    assert steps[2][2].startswith("row is total")


def test_every_line_has_an_id_of_its_own():
    assert len({line["id"] for line in LINES}) == len(LINES)


def test_a_number_is_looked_for_beside_a_date_not_across_it(pipeline):
    text = "The assembly had 19 members, which was increased in 1982 to 25 members, and the Labour Party won 16 seats."
    found = [record.text for record in pipeline.extract_text(text) if record.label == "SEATS"]
    assert found == ["19 members", "25 members", "16 seats"]
