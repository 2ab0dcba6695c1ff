"""Annotated figures are read, weights are learned from them, and a user's corrections count."""

import json

import pytest
from typer.testing import CliRunner

from extract.cli import app
from extract.errors import RecordError
from extract.pipeline import Pipeline
from extract.resolve.figures.candidates import find_candidates
from extract.resolve.figures.prose import Prose
from extract.training.figures import read_passages
from extract.training.weights import right_candidates, train_weights

ROW = {
    "id": "one",
    "format": "text",
    "text": "The Green Party won 12 seats in the National Assembly. Both Labour and the Liberal Party won three seats.",
    "figures": [
        {"text": "12 seats", "label": "SEATS", "seats": 12, "role": "won", "party": ["Green Party"]},
        {"text": "three seats", "label": "SEATS", "seats": 3, "role": "won", "party": ["Labour", "Liberal Party"], "each": True},
    ],
}


def write_rows(folder, *rows):
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_row_gives_its_figures_and_who_has_them(pipeline, tmp_path):
    (passage,) = read_passages(pipeline, [write_rows(tmp_path, ROW)])
    assert [passage.mentions[number].text for number in sorted(passage.gold)] == ["12 seats", "three seats"]
    first, second = sorted(passage.gold)
    prose = Prose(passage.document, passage.sentences, passage.mentions)
    tape, place = prose.tapes.around(1, passage.mentions[second].start)
    candidates = find_candidates(prose, 1, tape, place, groups=True)
    right = [candidates[index] for index in right_candidates(candidates, passage, passage.gold[second])]
    assert right and all(candidate.each and candidate.key == ("labour", "liberal party") for candidate in right)
    assert {passage.mentions[number].text for number in passage.right["Green Party"]} == {"Green Party"}
    assert passage.gold[first].kind == "won"


def test_a_row_whose_text_stands_elsewhere(pipeline, tmp_path):
    (tmp_path / "page.txt").write_text("Before. " + ROW["text"], encoding="utf-8")
    row = {**ROW, "source": {"file": "page.txt", "start": 8, "end": 8 + len(ROW["text"])}}
    del row["text"]
    path = write_rows(tmp_path, row)
    (passage,) = read_passages(pipeline, [path], tmp_path)
    assert passage.document.text == ROW["text"]
    with pytest.raises(RecordError, match=r"page\.txt, which is not in the folder"):
        list(read_passages(pipeline, [path]))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "x", "format": "text"}, "not a row of figures"),
        ({**ROW, "figures": [{"text": "99 seats", "label": "SEATS", "seats": 99}]}, "does not stand in the text"),
    ],
)
def test_a_bad_row_is_named_with_its_line(pipeline, tmp_path, row, message):
    with pytest.raises(RecordError, match=rf"rows.jsonl:1: .*{message}"):
        list(read_passages(pipeline, [write_rows(tmp_path, row)]))


def test_the_same_examples_give_the_same_bytes(pipeline, tmp_path):
    path = write_rows(tmp_path, ROW)
    for name in ("a", "b"):
        train_weights(pipeline, [path], tmp_path / name, None, anew=False)
    made = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert made and made == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


def test_corrections_change_what_a_run_finds(tmp_path):
    text = "The Green Party zorped 12 seats off the Labour Party in parliament."
    figure = {"text": "12 seats", "label": "SEATS", "seats": 12, "role": "total", "party": []}
    rows = [{"id": str(n), "format": "text", "text": text, "figures": [figure]} for n in range(30)]
    corrections = write_rows(tmp_path, *rows)
    told = CliRunner().invoke(app, ["train", "--gold", str(corrections), "--output", str(tmp_path / "weights")])
    assert told.exit_code == 0, told.output
    before, after = Pipeline(), Pipeline(weights=tmp_path / "weights")
    assert dict(before.weights) != dict(after.weights)
    (seats,) = [record for record in after.extract_text(text) if record.label == "SEATS"]
    assert (seats.value.role, list(seats.value.party)) == ("total", [])


def test_a_folder_of_weights_that_is_none(tmp_path):
    (tmp_path / "one.txt").write_text("The Greens won 12 seats.", encoding="utf-8")
    told = CliRunner().invoke(app, ["run", str(tmp_path), "--output", "-", "--weights", str(tmp_path / "none")])
    assert told.exit_code == 2
    assert "no such folder of weights" in told.output
