"""A source that has not changed is not mapped again, and nothing but data comes back out of an output folder."""

import os
import pickle

import pytest

from extract.outputs.folder import RunInfo, write_output
from extract.pipeline import extract_sources
from extract.run.extraction import Extraction
from extract.run.kept import Kept
from extract.sources import find_sources

INFO = RunInfo("test", "rules", "model", {})


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The Blue Party won {number} seats on 3 May 202{number}.", "utf-8")
    (folder / "many.jsonl").write_text('{"id": 1, "text": "Anna Berg spoke on 9 June 2024."}\nno json\n', "utf-8")
    return folder


def run(pipeline, docs, kept):
    """The files of a run's output, and which sources were mapped for it."""
    mapped = []

    def note(source):
        mapped.append(source.name)
        return map_source(source)

    map_source = pipeline.map_source
    pipeline.map_source = note
    try:
        results = extract_sources(pipeline, find_sources([docs]), kept=kept)
        extraction = Extraction((item for _, items in results for item in items), pipeline.aliases)
        out = docs.parent / f"out{len(list(docs.parent.iterdir()))}"
        write_output(extraction, out, INFO)
    finally:
        del pipeline.map_source
    return {path.name: path.read_bytes() for path in out.iterdir()}, mapped


def test_only_what_changed_is_mapped_and_the_result_is_the_same(bare, docs, tmp_path):
    folder = tmp_path / "kept"
    first, mapped = run(bare, docs, Kept(folder, "x"))
    assert mapped == ["0.txt", "1.txt", "2.txt", "many.jsonl"]
    again, mapped = run(bare, docs, Kept(folder, "x"))
    assert (again, mapped) == (first, [])
    (docs / "1.txt").write_text("Nobody won 9 seats.", "utf-8")
    (docs / "2.txt").rename(docs / "3.txt")
    changed, mapped = run(bare, docs, Kept(folder, "x"))
    assert mapped == ["1.txt", "3.txt"]
    assert changed == run(bare, docs, None)[0]


def test_other_rules_model_or_options_map_all_anew(bare, docs, tmp_path):
    run(bare, docs, Kept(tmp_path / "kept", bare.fingerprint))
    assert len(run(bare, docs, Kept(tmp_path / "kept", bare.fingerprint + "x"))[1]) == 4


def test_what_no_source_needs_is_forgotten(bare, docs, tmp_path):
    folder = tmp_path / "kept"
    run(bare, docs, Kept(folder, "x"))
    (docs / "0.txt").unlink()
    kept = Kept(folder, "x")
    run(bare, docs, kept)
    kept.forget_unused()
    assert len(list(folder.iterdir())) == 3


class Harm:
    def __reduce__(self):
        return os.system, ("false",)


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps([Harm()]), pickle.dumps([{"a": 1}])])
def test_a_file_that_was_not_kept_by_us_is_not_used(bare, docs, tmp_path, content, monkeypatch):
    folder = tmp_path / "kept"
    first, _ = run(bare, docs, Kept(folder, "x"))
    for path in folder.iterdir():
        path.write_bytes(content)
    monkeypatch.setattr(os, "system", lambda _: pytest.fail("code out of an output folder was run"))
    assert run(bare, docs, Kept(folder, "x"))[0] == first


def test_a_document_on_which_a_finder_stumbled_is_tried_again(bare, docs, tmp_path, monkeypatch):
    monkeypatch.setattr(bare, "analyse", lambda document: 1 / 0)
    run(bare, docs, Kept(tmp_path / "kept", "x"))
    monkeypatch.undo()
    assert len(run(bare, docs, Kept(tmp_path / "kept", "x"))[1]) == 4
