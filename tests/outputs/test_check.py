"""Whatever is changed in an output folder or in its sources, the check names it."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from extract.errors import RecordError
from extract.outputs.check import check_output
from extract.outputs.folder import RunInfo, write_output
from extract.records.record import LINES
from extract.records.schema import json_schema

ROOT = Path(__file__).parents[2]
VOTE = "The vote\n\nThe Blue Party won 6 seats on 9 June 2024, with 31.5% of the vote.\n"
INFO = RunInfo("test", "rules", "model", {})


@pytest.fixture(scope="module")
def run(bare, tmp_path_factory):
    """A folder with two sources, `docs`, and the output made of them, `out`."""
    folder = tmp_path_factory.mktemp("check")
    (folder / "docs").mkdir()
    (folder / "docs/a.jsonl").write_text('{"id": "x", "text": "It won 7 seats on 3 May 2021."}\n', "utf-8")
    (folder / "docs/vote.txt").write_text(VOTE, "utf-8")
    (folder / "docs/empty.txt").write_text("", "utf-8")
    write_output(bare.extract(folder / "docs"), folder / "out", INFO)
    return folder


@pytest.fixture
def copy(run, tmp_path):
    shutil.copytree(run, tmp_path / "copy")
    return tmp_path / "copy"


def problems(folder, sources=None):
    return [f"{problem.file}:{problem.line}: {problem.message}" for problem in check_output(folder / "out", sources).problems]


def test_what_the_run_wrote_is_proved(run):
    assert problems(run) == []


def change(record, path, value):
    *outer, last = path.split(".")
    for name in outer:
        record = record[name]
    record[last] = value(record[last]) if callable(value) else value


CHANGES = [
    ("source.start", lambda start: start + 1, "the span 8:14 is not as long as the quote"),
    ("source.quote", "8 seats", "the source has other words there"),
    ("source.sha256", "0" * 64, "the source has changed"),
    ("source.sentence.text", str.upper, "the sentence is another"),
    ("source.sentence.end", 8, "does not hold the span"),
    ("source.document", "no.txt", "documents.jsonl has no line for 'no.txt'"),
    ("source.line", 7, "it stands on another line"),
    ("text", "7 words", "the visible text is another"),
    ("id", "r_1", "String should match pattern"),
    ("label", "PERCENT", "seats: Extra inputs are not permitted"),
    ("value.seats", "many", "seats"),
    ("value.role", "guessed", "role"),
    ("extra", 1, "Extra inputs are not permitted"),
    ("source.locator", None, "manifest.json:1: the file is not as the run wrote it"),
    ("source.section", ["Elsewhere"], "manifest.json:1: the file is not as the run wrote it"),
]


@pytest.mark.parametrize(("path", "value", "message"), CHANGES)
def test_a_changed_record_is_named(copy, path, value, message):
    file = copy / "out/records.jsonl"
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    if path == "extra":
        records[0]["extra"] = value
    else:
        change(records[0], path, value)
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    found = problems(copy)
    assert any(message in problem for problem in found), found
    assert any(problem.startswith("records.jsonl:1: ") for problem in found) or "manifest" in message


FILES = [
    ("out/records.jsonl", lambda text: text + text.splitlines()[0] + "\n", "another record has the same id"),
    ("out/records.jsonl", lambda text: text.partition("\n")[2], "documents.jsonl:1: counts 2 records, records.jsonl has 1"),
    ("out/records.jsonl", lambda text: "{\n" + text, "records.jsonl:1: not a line of JSON"),
    ("out/records.jsonl", lambda text: "[]\n" + text, "records.jsonl:1: "),
    ("out/entities.jsonl", lambda text: "", "entities.jsonl has no entity"),
    ("out/failures.jsonl", lambda text: "", "manifest.json:1: the file is not as the run wrote it"),
    ("out/failures.jsonl", lambda text: '{"a": 1}\n', "failures.jsonl:1: document: Field required"),
    ("out/manifest.json", lambda text: "{", "manifest.json:1: Invalid JSON"),
    ("docs/vote.txt", lambda text: text.replace("6 seats", "7 seats"), "the source has other words there"),
    ("docs/vote.txt", lambda text: text + " ", "the source has changed (its SHA-256 is another)"),
    ("docs/vote.txt", None, "records cannot be opened: its file is gone"),
    ("docs/a.jsonl", lambda text: text.replace('"x"', '"y"'), "it is not in the file any more"),
    ("out/review.jsonl", None, "review.jsonl:1: the file is missing"),
    ("out/manifest.json", None, "manifest.json:1: cannot be read"),
]


@pytest.mark.parametrize(("file", "edit", "message"), FILES)
def test_a_changed_file_is_named(copy, file, edit, message):
    path = copy / file
    if edit is None:
        path.unlink()
    else:
        path.write_text(edit(path.read_text("utf-8")), "utf-8")
    found = problems(copy)
    assert any(message in problem for problem in found), found


def test_sources_that_moved_are_proved_where_they_are_now(copy):
    (copy / "docs").rename(copy / "moved")
    (lost,) = problems(copy)  # a line for the reason, not for each document or record
    assert "the source of 6 records cannot be opened" in lost
    assert problems(copy, [copy / "moved"]) == []


def test_what_holds_of_no_record_of_a_document_is_told_once(copy):
    path = copy / "docs/vote.txt"
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    assert len(problems(copy)) == 1


def test_a_folder_that_is_no_output_says_what_to_do(tmp_path):
    with pytest.raises(RecordError, match="extract run"):
        check_output(tmp_path)


@pytest.mark.parametrize("file", LINES)
def test_every_line_fits_the_json_schema(run, file):
    """By a validator of another house: what `extract schema` prints is what programs will believe."""
    validator = Draft202012Validator(json_schema(file))
    for folder in (run / "out", ROOT / "output"):
        text = (folder / file).read_text("utf-8") if (folder / file).exists() else ""
        for line in text.splitlines() if file.endswith(".jsonl") else [text]:
            validator.validate(json.loads(line))
