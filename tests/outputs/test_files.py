"""Lines in files: the same bytes for the same lines, whole or not at all, and nothing that a reader trips over."""

import hashlib
import json
from pathlib import Path

import pytest

from extract.errors import RecordError
from extract.outputs.files import dump_line, read_lines, read_models, write_json, write_lines
from extract.outputs.folder import path_from, reaching
from extract.records.record import EntityLine

UNSEEN = "a\u2028b\u2029c\x85d\x1be\x7ff\x9b31mg"


def test_a_line_has_no_break_and_steers_no_terminal():
    line = dump_line({"text": UNSEEN})
    assert not {"\u2028", "\u2029", "\x85", "\x1b", "\x7f", "\x9b", "\n"} & set(line)
    assert json.loads(line) == {"text": UNSEEN}


def test_nan_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump_line({"a": float("nan")})


def test_lines_are_hashed_as_they_are_written(tmp_path):
    path = tmp_path / "lines.jsonl"
    told = write_lines(path, [dump_line({"text": "Țîrdea"}), dump_line({"text": "a\u2028b"})])
    assert told == (hashlib.sha256(path.read_bytes()).hexdigest(), 2)
    assert [data for _, data in read_lines(path)] == [{"text": "Țîrdea"}, {"text": "a\u2028b"}]


def test_files_are_reached_the_same_way_one_by_one_or_by_their_folder(tmp_path, monkeypatch):
    (tmp_path / "docs/inner").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    for name in ("a.txt", "Țîrdea.txt", "inner/b.txt"):
        (tmp_path / "docs" / name).write_text("x", "utf-8")
    (tmp_path / "docs/link.txt").symlink_to(tmp_path / "docs/inner/b.txt")
    (tmp_path / "linked").symlink_to(tmp_path / "docs/inner")
    monkeypatch.chdir(tmp_path / "docs")
    names = ("a.txt", "Țîrdea.txt", "inner/b.txt", "link.txt", "../linked/b.txt", "../out/c.txt", "inner/..", "inner", ".", "/")
    paths = [Path(name) for name in names] + [tmp_path / "docs/a.txt", Path("b\udcff.txt"), Path("b\udcff/c.txt")]
    for folder in (tmp_path / "out", tmp_path, Path()):
        reach = reaching(folder)
        for path in (*paths, "https://me:secret@example.org/a", None):
            assert reach(path) == path_from(folder, path)


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    for name in ("lines.jsonl", "link"):
        if name != "link":
            write_lines(tmp_path / name, ["{}"])
        with pytest.raises(FileExistsError):
            write_lines(tmp_path / name, ["[]"])
    assert not (tmp_path / "precious").exists()


def test_json_is_indented_and_ends_with_a_line_break(tmp_path):
    write_json(tmp_path / "manifest.json", {"a": 1})
    assert (tmp_path / "manifest.json").read_text() == '{\n  "a": 1\n}\n'


@pytest.mark.parametrize("line", ['{"a": ', "", "\x00", '{"id": ' + "9" * 5000 + "}", "[" * 100_000])
def test_a_broken_line_is_named(tmp_path, line):
    path = tmp_path / "lines.jsonl"
    path.write_text('{"a": 1}\n' + line + "\n")
    with pytest.raises(RecordError, match=r"lines\.jsonl:2: not a line of JSON"):
        list(read_lines(path))


def test_a_line_of_another_shape_is_named(tmp_path):
    path = tmp_path / "entities.jsonl"
    path.write_text('{"id": 3}\n')
    with pytest.raises(RecordError, match=r"entities\.jsonl:1: id"):
        list(read_models(path, EntityLine))


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(RecordError, match="extract run"):
        list(read_lines(tmp_path / "lines.jsonl"))
