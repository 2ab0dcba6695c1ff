"""Scores say how far records are from gold, figure by figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from extract.errors import RecordError
from extract.evaluate import Scores, compare_to_baseline, evaluate, gold_records, tables, write_baseline
from extract.evaluate.mistakes import worst

SHIPPED = [Path(__file__).parents[1] / "gold" / name for name in ("seeds", "dev", "world", "apart")]


def name(start: int, text: str, entity: str, label: str = "PARTY") -> dict[str, Any]:
    return _line(label, start, text, {"entity": entity})


def seats(start: int, text: str, number: int, *party: str, role: str = "won", each: bool = False) -> dict[str, Any]:
    value = {"low": number, "high": number, "comparator": "exact", "party": list(party), "role": role, "each": each}
    return _line("SEATS", start, text, value)


def percent(start: int, text: str, number: float, subject: str | None) -> dict[str, Any]:
    value = {"low": number, "high": number, "comparator": "about", "unit": "percent", "subject": subject, "measure": "vote_share"}
    return _line("PERCENT", start, text, value)


def date(start: int, text: str, edtf: str | None, timex3: str) -> dict[str, Any]:
    return _line("DATE", start, text, {"edtf": edtf, "timex3": timex3, "type": "DATE"})


def _line(label: str, start: int, text: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"document": "a.txt", "label": label, "start": start, "end": start + len(text), "quote": text, "value": value}


GOLD = [
    name(0, "Blue Union", "Blue Union"),
    name(20, "Union", "Blue Union"),
    name(30, "Reds", "Red League"),
    name(40, "Reds", "Red League"),
    date(50, "9 June", "2024-06-09", "2024-06-09"),
    percent(60, "31.5%", 31.5, "Blue Union"),
    seats(70, "six seats", 6, "Blue Union", "Red League", each=True),
    seats(90, "4", 4, "Independents", role="held"),
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "a.gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in GOLD), encoding="utf-8")
    return path


def changed(gold: Path, start: int, **changes: Any) -> list[dict[str, Any]]:
    """Perfect records but for the one at `start`: other value fields, another `label`, or another `end`."""
    records = gold_records(gold)
    for record in records:
        if record["source"]["start"] == start:
            record["label"] = changes.pop("label", record["label"])
            record["source"]["end"] = changes.pop("end", record["source"]["end"])
            record["value"] |= changes
    return records


def f1(scores: Scores, label: str, figure: str) -> float:
    return scores.values[label][figure].f1


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_gold_against_itself_is_right_in_every_figure(folder: Path) -> None:
    scores = evaluate(gold_records(folder), folder)
    assert scores.mistakes == () and scores.warnings == ()
    counts = [*scores.names.values(), *scores.entities.values()]
    counts += [count for figures in (*scores.labels.values(), *scores.values.values()) for count in figures.values()]
    assert {count.f1 for count in counts if count.gold} == {1.0}


def test_nothing_found_is_nought_and_a_warning(gold: Path) -> None:
    scores = evaluate([], gold)
    assert scores.names["strict"].f1 == 0
    assert scores.warnings == ("a.txt: gold, but no record",)
    assert {mistake.kind for mistake in scores.mistakes} == {"missing"}


def test_a_longer_span_is_right_when_relaxed_only(gold: Path) -> None:
    scores = evaluate(changed(gold, 30, end=36), gold)
    assert scores.labels["PARTY"]["strict"].correct_gold == 3
    assert scores.labels["PARTY"]["relaxed"].correct_gold == 4
    assert [mistake.kind for mistake in scores.mistakes] == ["wrong span"]


def test_another_label_counts_when_labels_do_not(gold: Path) -> None:
    scores = evaluate(changed(gold, 30, label="ORG"), gold)
    assert (scores.names["strict"].correct_gold, scores.names["span"].correct_gold) == (3, 4)
    assert [mistake.kind for mistake in scores.mistakes] == ["wrong label"]
    assert scores.labels["ORG"]["strict"].precision == 0


@pytest.mark.parametrize(
    "start, changes, label, wrong, kind",
    [
        (50, {"edtf": "2023-06-09", "timex3": "2023-06-09"}, "DATE", {"value", "edtf", "timex3", "value+mod"}, "wrong value"),
        (50, {"edtf": None}, "DATE", {"edtf"}, None),
        (50, {"timex3": "2024-W23"}, "DATE", {"timex3"}, None),
        (50, {"type": "TIME"}, "DATE", {"value", "value+mod"}, "wrong value"),
        (50, {"mod": "START"}, "DATE", {"value+mod"}, None),
        (60, {"percent": 31.4}, "PERCENT", {"number", "value", "full"}, "wrong value"),
        (60, {"percent": 31.50}, "PERCENT", set(), None),
        (60, {"comparator": "over"}, "PERCENT", {"value", "full"}, "wrong value"),
        (60, {"unit": "percentage_point"}, "PERCENT", {"number", "value", "full"}, "wrong value"),
        (60, {"subject": None}, "PERCENT", {"subject", "full"}, "wrong owner"),
        (60, {"measure": "turnout"}, "PERCENT", {"measure", "full"}, "wrong role"),
        (70, {"seats": None, "low": 5, "high": 6}, "SEATS", {"number", "value", "full"}, "wrong value"),
        (70, {"party": []}, "SEATS", {"party", "full"}, "wrong owner"),
        (70, {"each": False}, "SEATS", {"full"}, None),
        (90, {"role": "won"}, "SEATS", {"role", "full"}, "wrong role"),
        (90, {"party": [{"entity": None, "name": "independents"}]}, "SEATS", set(), None),
    ],
)
def test_each_part_of_a_value_has_its_figure(
    gold: Path, start: int, changes: dict[str, Any], label: str, wrong: set[str], kind: str | None
) -> None:
    scores = evaluate(changed(gold, start, **changes), gold)
    assert {figure for figure, count in scores.values[label].items() if count.f1 < 1} == wrong
    assert [mistake.kind for mistake in scores.mistakes] == ([kind] if kind else [])


def test_an_owner_counts_as_the_gold_entity_whose_mentions_it_covers(gold: Path) -> None:
    records = gold_records(gold)
    for record in records:
        if record["value"].get("entity") == "gold:Blue Union":
            record["value"] |= {"entity": "e_1", "name": "BU"}
        if record["label"] == "PERCENT":
            record["value"]["subject"] = {"entity": "e_1", "name": "BU"}
    scores = evaluate(records, gold)
    assert f1(scores, "PERCENT", "subject") == 1
    assert scores.entities["canonical"].precision == 0.5


@pytest.mark.parametrize("owner", ["Blue Union", "blue  únion", "Union"])
def test_an_owner_without_known_mentions_counts_by_its_name(gold: Path, owner: str) -> None:
    records = changed(gold, 60, subject={"entity": "e_unknown", "name": owner})
    assert f1(evaluate(records, gold), "PERCENT", "subject") == 1


def test_b_cubed_of_one_cluster_for_all(gold: Path) -> None:
    records = gold_records(gold)
    for record in records:
        record["value"] |= {"entity": "e_1"} if record["label"] == "PARTY" else {}
    found = evaluate(records, gold).entities["bcubed"]
    assert (found.precision, found.recall) == (0.5, 1.0)


def test_b_cubed_of_a_cluster_for_each(gold: Path) -> None:
    records = gold_records(gold)
    for record in records:
        record["value"] |= {"entity": f"e_{record['source']['start']}"} if record["label"] == "PARTY" else {}
    found = evaluate(records, gold).entities["bcubed"]
    assert (found.precision, found.recall) == (1.0, 0.5)


@pytest.mark.parametrize("document, is_found", [("a.txt", True), ("x/y/a.txt", True), ("b.txt", False), ("x/a.txt.txt", False)])
def test_a_document_is_the_same_name_or_the_end_of_a_path(gold: Path, document: str, is_found: bool) -> None:
    records = gold_records(gold)
    for record in records:
        record["source"]["document"] = document
    assert (evaluate(records, gold).names["strict"].f1 == 1) is is_found


def test_a_file_name_that_two_documents_have_is_not_guessed(gold: Path) -> None:
    records = gold_records(gold) + gold_records(gold)
    for index, record in enumerate(records):
        record["source"]["document"] = f"{index % 2}/a.txt"
    assert evaluate(records, gold).names["strict"].predicted == 0


def test_records_of_other_documents_do_not_count(gold: Path) -> None:
    records = gold_records(gold)
    extra = json.loads(json.dumps(records[0]))
    extra["source"]["document"] = "b.txt"
    assert evaluate([*records, extra], gold).names["strict"].precision == 1


def test_the_order_of_records_does_not_matter(gold: Path) -> None:
    records = changed(gold, 30, end=36)
    assert evaluate(records, gold) == evaluate(list(reversed(records)), gold)


def test_documents_are_scored_apart_and_can_be_chosen() -> None:
    folder = SHIPPED[0]
    scores = evaluate(gold_records(folder), folder)
    one = scores.documents[0]
    assert set(scores.by_document) == set(scores.documents)
    assert evaluate(gold_records(folder), folder, documents=[one]).names == scores.by_document[one].names


def test_the_same_mistake_is_told_once_with_its_number(gold: Path) -> None:
    records = [record for record in gold_records(gold) if record["text"] != "Reds"]
    ((mistake, times), *_) = worst(evaluate(records, gold).mistakes, 5)
    assert (mistake.kind, mistake.expected, times) == ("missing", "Reds (PARTY)", 2)


def test_what_was_missed_is_shown_in_its_surroundings(gold: Path) -> None:
    (gold.parent / "a.txt").write_text("Blue Union won, and " + "Union " * 20, encoding="utf-8")
    records = [record for record in gold_records(gold) if record["source"]["start"] != 0]
    assert evaluate(records, gold).mistakes[0].context.startswith("Blue Union won, and Union")


def test_records_are_read_from_a_file_or_an_output_folder(gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    lines = [json.dumps(record, default=float) for record in gold_records(gold)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert evaluate(path, gold).names == evaluate(tmp_path, tmp_path).names == evaluate(gold_records(gold), gold).names


@pytest.mark.parametrize("line", ['{"label": "DATE"}', "[]", '{"document": 1', '{"document": "a", "label": "GPE", "value": {}}'])
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.gold.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"x\.gold\.jsonl:1"):
        evaluate([], path)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no file named"):
        evaluate([], tmp_path)


def test_tables_show_every_part(gold: Path) -> None:
    console = Console(width=160, record=True, quiet=False, file=(gold.parent / "out.txt").open("w"))
    for part in tables(evaluate(changed(gold, 70, seats=7), gold), errors=3, by_document=True):
        console.print(part)
    shown = console.export_text()
    assert all(word in shown for word in ("PARTY", "SEATS party", "bcubed", "a.txt", "wrong value SEATS"))


def test_scores_are_plain_json(gold: Path) -> None:
    data = json.loads(json.dumps(evaluate(gold_records(gold), gold).as_json(), allow_nan=False))
    assert data["values"]["SEATS"]["full"]["f1"] == 1
    assert data["by_document"]["a.txt"]["names"]["strict"]["gold"] == 4


def test_a_baseline_may_rise_and_not_fall(gold: Path, tmp_path: Path) -> None:
    kept = tmp_path / "baseline.json"
    middling, best = evaluate(changed(gold, 60, percent=1), gold), evaluate(gold_records(gold), gold)
    write_baseline(middling, kept, "seeds")
    write_baseline(best, kept, "dev")
    assert compare_to_baseline(best, kept, "seeds") == []
    assert [str(fall) for fall in compare_to_baseline(middling, kept, "dev")] == [
        "PERCENT number fell to 0.0000, was 1.0000",
        "PERCENT value fell to 0.0000, was 1.0000",
        "PERCENT full fell to 0.0000, was 1.0000",
    ]


def test_a_baseline_that_is_not_there_is_named(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no baseline file"):
        compare_to_baseline(evaluate([], gold), tmp_path / "none.json", "dev")
