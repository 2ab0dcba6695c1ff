"""Out to a tool, corrected there, and home as gold: whatever the format, the same gold; errors say where."""

import json

import pytest

from extract.errors import RecordError
from extract.evaluate import evaluate
from extract.evaluate.corrections import import_gold
from extract.outputs.export import export
from extract.outputs.folder import RunInfo, write_output
from extract.outputs.reading import Output
from extract.records.gold import gold_line

TEXT = (
    "# 2024 Freedonian election 🗳️🗳️\n\n"
    "The Green Party 🎈 won 6 seats and Labour won 9 seats on 9 June 2024, with 31.5% of the vote.\n"
)


@pytest.fixture(scope="module")
def output(bare, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corrections")
    (folder / "docs").mkdir()
    (folder / "docs/vote.md").write_text(TEXT, "utf-8")
    (folder / "docs/untouched.md").write_text("# A note\n\nLabour won 3 seats.\n", "utf-8")
    write_output(bare.extract(folder / "docs"), folder / "out", RunInfo("test", "rules", "model", {}))
    return Output(folder / "out")


def labelstudio(output, path, edit):
    export(output, "labelstudio", path / "ls")
    tasks = json.loads((path / "ls/tasks.json").read_text("utf-8"))
    for task in tasks:
        regions = [
            (region["value"]["labels"][0], region) for region in task["predictions"][0]["result"] if region["type"] == "labels"
        ]
        notes = {region["id"]: region for region in task["predictions"][0]["result"] if region["type"] == "textarea"}
        if task["data"]["document"] == "vote.md":
            kept = [region for label, region in regions if edit(label, region["value"]["text"]) is not None]
            for region in kept:
                region["value"]["labels"] = [edit(region["value"]["labels"][0], region["value"]["text"])]
            result = kept + [notes[region["id"]] for region in kept]
            task["annotations"] = [{"was_cancelled": True, "result": []}, {"was_cancelled": False, "result": result}]
            task["annotations"].reverse()
    (path / "corrected.json").write_text(json.dumps(tasks), "utf-8")
    return path / "corrected.json"


def doccano(output, path, edit):
    export(output, "doccano", path / "export.jsonl")
    lines = []
    for line in map(json.loads, (path / "export.jsonl").read_text("utf-8").splitlines()):
        if line["document"] != "vote.md":
            continue
        units = line["text"].encode("utf-16-le")
        told = [(start, end, edit(label, units[2 * start : 2 * end].decode("utf-16-le"))) for start, end, label in line["label"]]
        line["label"] = [[start, end, label] for start, end, label in told if label]
        lines.append(json.dumps(line))
    (path / "corrected.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return path / "corrected.jsonl"


def brat(output, path, edit):
    export(output, "brat", path / "brat")
    (path / "brat/untouched.md.ann").unlink()
    kept, lines = set(), []
    for line in (path / "brat/vote.md.ann").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if cells[0].startswith("T"):
            label, place = cells[1].split(" ", 1)
            label = edit(label, cells[2])
            if label:
                kept.add(cells[0])
                lines.append(f"{cells[0]}\t{label} {place}\t{cells[2]}")
        elif cells[1].split()[-1] in kept:
            lines.append(line)
    (path / "brat/vote.md.ann").write_text("\n".join(lines) + "\n", "utf-8")
    return path / "brat"


def answers(output, path, edit):
    lines = []
    for record in output.records():
        label = edit(record.label, record.text)
        if record.source.document == "vote.md":
            mark = "wrong" if label is None else "ok" if label == record.label else "edit"
            value = json.loads(record.model_dump_json())["value"]
            lines.append(json.dumps({"record": record.id, "mark": mark, "label": label or record.label, "value": value}))
    (path / "marks.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return path / "marks.jsonl"


TOOLS = {"labelstudio": labelstudio, "doccano": doccano, "brat": brat, "answers": answers}


def plainly(lines):
    """Without what may be written either way."""
    return [(line["document"], line["label"], line["start"], line["end"], line["quote"]) for line in lines]


@pytest.mark.parametrize("format", TOOLS)
def test_what_was_left_alone_comes_home_as_it_was(format, output, tmp_path):
    imported = import_gold(format, [TOOLS[format](output, tmp_path, lambda label, text: label)], output)
    assert imported.problems == []
    expected = [gold_line(record) for record in output.records() if record.source.document == "vote.md"]
    assert sorted(plainly(imported.lines)) == sorted(plainly(expected))
    assert [line["quote"] for line in imported.lines if line["label"] == "SEATS"] == ["6 seats", "9 seats"]


@pytest.mark.parametrize("format", TOOLS)
def test_corrections_move_the_figures(format, output, tmp_path):
    """Labour is relabelled, 31.5% is struck out."""

    def edit(label, text):
        return None if text == "31.5%" else "ORG" if text == "Labour" else label

    imported = import_gold(format, [TOOLS[format](output, tmp_path, edit)], output)
    gold = tmp_path / "corrected.gold.jsonl"
    gold.write_text("".join(json.dumps(line) + "\n" for line in imported.lines), "utf-8")
    scores = evaluate(output.folder, gold)
    assert scores.documents == ("vote.md",)
    assert scores.labels["PERCENT"]["strict"].precision == 0
    assert scores.labels["ORG"]["strict"].recall == 0
    assert scores.labels["SEATS"]["strict"].f1 == scores.values["SEATS"]["full"].f1 == 1
    assert scores.names["span"].f1 == 1
    assert scores.names["strict"].f1 < 1


def test_a_value_that_is_edited_counts(output, tmp_path):
    path = labelstudio(output, tmp_path, lambda label, text: label)
    text = path.read_text("utf-8")
    assert '\\"low\\": 9' in text
    path.write_text(text.replace('\\"low\\": 9, \\"high\\": 9', '\\"seats\\": 8'), "utf-8")
    values = [line["value"] for line in import_gold("labelstudio", [path], output).lines if line["label"] == "SEATS"]
    assert [value.get("seats", value.get("low")) for value in values] == [6, 8]


def test_records_are_gold_of_themselves(output):
    scores = evaluate(output.folder, output.folder / "records.jsonl")
    assert scores.names["strict"].f1 == scores.values["SEATS"]["full"].f1 == scores.values["PERCENT"]["full"].f1 == 1
    assert scores.entities["canonical"].f1 == scores.entities["bcubed"].f1 == 1


def test_what_cannot_be_gold_is_named_and_the_rest_comes_home(output, tmp_path):
    path = doccano(output, tmp_path, lambda label, text: "SEATS" if label == "DATE" else label)
    imported = import_gold("doccano", [path], output)
    assert len(imported.lines) >= 4
    assert all(
        problem.startswith(f"{path}:1: label ") and "value: a SEATS that is new" in problem for problem in imported.problems
    )
    assert imported.problems


BROKEN = [
    ("labelstudio", "{", "not JSON"),
    ("labelstudio", "{}", "a list of tasks is expected"),
    ("labelstudio", '[{"annotations": []}]', "task 1: the field data is missing"),
    ("labelstudio", '[{"data": {"document": "vote.md"}, "annotations": [{}]}]', "task 1: the field result is missing"),
    ("doccano", '{"text": "x", "label": []}\n', "1: the field document is missing"),
    ("doccano", '{"text": "x"}\n', "1: the field entities is missing"),
    ("answers", '{"record": "r_1"}\n', "1: the field mark is missing"),
    ("answers", '{"record": "r_1", "mark": "good"}\n', "1: mark: 'good' is none of ok, wrong, edit"),
]


@pytest.mark.parametrize(("format", "text", "message"), BROKEN)
def test_a_broken_file_says_where(format, text, message, output, tmp_path):
    (tmp_path / "broken").write_text(text, "utf-8")
    with pytest.raises(RecordError, match=message) as error:
        import_gold(format, [tmp_path / "broken"], output)
    assert str(tmp_path / "broken") in str(error.value)


GOLD_FAULTS = [
    ({"label": "SEATS", "value": {"low": 1, "high": 1}}, "the field role is missing"),
    ({"label": "SEATS", "value": {"role": "won"}}, "the field seats"),
    ({"label": "PARTY", "value": {}}, "the field entity is missing"),
    ({"label": "PARTY", "value": "Nykhas"}, "neither a line of gold nor a record"),
    ({"value": {}}, "the field label is missing"),
    (["a", "b"], "neither a line of gold nor a record"),
]


@pytest.mark.parametrize(("line", "message"), GOLD_FAULTS)
def test_faults_of_gold_name_file_line_and_field(line, message, output, tmp_path):
    whole = {"document": "vote.md", "start": 0, "end": 3, **line} if isinstance(line, dict) else line
    (tmp_path / "x.gold.jsonl").write_text(json.dumps(whole) + "\n", "utf-8")
    with pytest.raises(RecordError, match=rf"x\.gold\.jsonl:1: {message}"):
        evaluate(output.folder, tmp_path / "x.gold.jsonl")
