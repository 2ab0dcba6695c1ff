"""A run again: only what changed is mapped, the result is the same, and nothing outside the output folder is touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extract import parts as module
from extract.batch import Batch
from extract.errors import UsageError
from extract.outputs.layout import FILES, STATE
from extract.parts import Workers
from extract.pipeline import Pipeline
from extract.resolve.entities import corpus
from extract.run.state import State
from extract.settings import Settings


@pytest.fixture(scope="module")
def bare_pipeline():
    return Pipeline(model="none")


@pytest.fixture
def mapped(bare_pipeline, monkeypatch):
    """The names of the units that were mapped, in this process and by a pipeline that is built once."""
    names = []

    def map_units(build, tasks, workers, timeout):
        from extract.run.mapped import pack

        for task in tasks:
            for unit in task:
                names.append(unit.source.name)
                yield unit, pack(bare_pipeline.map_unit(unit.source))

    monkeypatch.setattr(module, "map_units", map_units)
    return names


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The Blue Party won {number} seats on 3 May 202{number}.", "utf-8")
    (folder / "many.jsonl").write_text(
        '{"id": 1, "text": "Anna Berg spoke on 9 June 2024."}\nno json\n{"id": 2, "text": "He left in May 2021."}\n', "utf-8"
    )
    return folder


ALL = ["0.txt", "1.txt", "2.txt", "many.jsonl#1", "many.jsonl#2"]
BARE = Settings(model="none")


def run(docs, settings=BARE, out="out", **options):
    folder = docs.parent / out
    Batch([str(docs)], folder, settings, **options).run()
    return {file: (folder / file).read_bytes() for file in FILES}


def taken(mapped):
    names = sorted(mapped)
    mapped.clear()
    return names


def test_only_what_changed_is_mapped_and_the_result_is_the_same(docs, mapped):
    first = run(docs)
    assert taken(mapped) == ALL
    stamp = (docs.parent / "out/records.jsonl").stat().st_mtime_ns
    assert run(docs) == first
    assert taken(mapped) == []
    assert (docs.parent / "out/records.jsonl").stat().st_mtime_ns == stamp, "nothing changed, and it was written again"
    (docs / "1.txt").write_text("Nobody won 9 seats.", "utf-8")
    (docs / "2.txt").rename(docs / "3.txt")
    rows = (docs / "many.jsonl").read_text("utf-8")
    (docs / "many.jsonl").write_text(rows.replace("May 2021", "May 2022"), "utf-8")
    changed = run(docs)
    assert taken(mapped) == ["1.txt", "3.txt", "many.jsonl#2"]
    assert changed == run(docs, out="clean")


def test_other_rules_model_or_options_map_all_anew_but_aliases_only_link(docs, mapped, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "aliases.yml").write_text("version: 1\n", "utf-8")
    first = run(docs, Settings(model="none", rules=rules))
    assert taken(mapped) == ALL
    entity = "{canonical: Berg, label: PERSON, aliases: [Anna Berg]}"
    (rules / "aliases.yml").write_text(f"version: 1\nentities:\n  - {entity}\n", "utf-8")
    second = run(docs, Settings(model="none", rules=rules))
    assert taken(mapped) == []
    assert b'"name":"Berg"' in second["entities.jsonl"] and b'"name":"Berg"' not in first["entities.jsonl"]
    run(docs, Settings(model="none", rules=rules, dates="vague"))
    assert taken(mapped) == ALL


def test_what_no_source_needs_is_forgotten(docs, mapped):
    run(docs)
    (docs / "0.txt").unlink()
    run(docs)
    with sqlite3.connect(docs.parent / "out" / STATE) as database:
        assert database.execute("SELECT count(*) FROM units").fetchone() == (4,)


def spoil_rows(path):
    with sqlite3.connect(path) as database:
        database.execute("UPDATE units SET rest = substr(rest, 1, 20) || x'00' || substr(rest, 22)")


def text_rows(path):
    with sqlite3.connect(path) as database:
        database.execute("UPDATE units SET rest = 'text', names = 7")


def other_table(path):
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE units (key TEXT)")


SPOILT = {
    "bytes of rows": spoil_rows,
    "types of rows": text_rows,
    "another table": other_table,
    "no database": lambda path: path.write_bytes(b"no database at all, but long enough to be looked at as one" * 100),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "gone": lambda path: path.unlink(),
    "bytes in the middle": lambda path: path.write_bytes(path.read_bytes()[:9000] + b"\xff" * 500 + path.read_bytes()[9500:]),
}


@pytest.mark.parametrize("harm", SPOILT)
def test_a_state_that_is_damaged_is_made_anew(docs, mapped, harm):
    first = run(docs)
    taken(mapped)
    SPOILT[harm](docs.parent / "out" / STATE)
    (docs / "0.txt").write_text("The Blue Party won 0 seats on 3 May 2020.", "utf-8")
    (docs.parent / "out/records.jsonl").write_text("")  # so that all is read again
    assert run(docs) == first


def test_output_that_was_changed_by_hand_is_written_again(docs, mapped):
    first = run(docs)
    (docs.parent / "out/records.jsonl").write_text("x")
    assert run(docs) == first


@pytest.fixture
def made(monkeypatch):
    """The keys of the units whose lines were made, not copied from the files of the run before."""
    keys = []
    read = State.read
    monkeypatch.setattr(State, "read", lambda self, key, *more: keys.append(key) or read(self, key, *more))
    return keys


def test_lines_that_come_out_as_before_are_copied(docs, mapped, made):
    run(docs)
    made.clear()
    (docs / "1.txt").write_text("Nobody won 9 seats.", "utf-8")
    changed = run(docs)
    assert len(made) == 1
    assert changed == run(docs, out="clean")


def test_lines_with_another_entity_or_place_are_made_again(docs, mapped, made, tmp_path):
    (docs / "9.txt").write_text("The Blues won a seat.", "utf-8")
    run(docs)
    made.clear()
    (tmp_path / "rules").mkdir()
    entity = "{canonical: Blue Party, label: PARTY, aliases: [Blues]}"
    (tmp_path / "rules/aliases.yml").write_text(f"version: 1\nentities:\n  - {entity}\n", "utf-8")
    settings = Settings(model="none", rules=tmp_path / "rules")
    changed = run(docs, settings)
    assert 0 < len(made) < len(ALL) + 1
    assert changed == run(docs, settings, out="clean")
    docs.rename(docs.parent / "moved")
    moved = docs.parent / "moved"
    assert run(moved, settings) == run(moved, settings, out="clean moved")


@pytest.mark.parametrize("file", ["records.jsonl", "documents.jsonl"])
@pytest.mark.parametrize("harm", [lambda data: data[1:], lambda data: data.replace(b"2020", b"2120"), lambda data: b""])
def test_lines_that_were_changed_by_hand_are_not_copied(docs, mapped, file, harm):
    run(docs)
    path = docs.parent / "out" / file
    path.write_bytes(harm(path.read_bytes()))
    (docs / "1.txt").write_text("Nobody won 9 seats.", "utf-8")
    assert run(docs) == run(docs, out="clean")


def test_what_the_corpus_says_of_labels_is_clustered_once(docs, mapped, monkeypatch):
    for number in range(9):
        (docs / f"says {number}.txt").write_text(
            "Georgia won. He is from Georgia, and Georgia voted. The Georgia Party lost.", "utf-8"
        )
    usual = {"georgia": "GPE", "blue party": "ORG"}
    monkeypatch.setattr("extract.resolve.entities.corpus.usual_labels", lambda documents: [*documents] and usual)
    clustered = []
    cluster = corpus.cluster_document
    monkeypatch.setattr(
        corpus, "cluster_document", lambda names, *more: clustered.append(names.document) or cluster(names, *more)
    )
    first = run(docs)
    assert {"0.txt", "1.txt", "2.txt"} <= set(clustered)
    clustered.clear()
    (docs.parent / "out/records.jsonl").write_text("")  # so that all is linked again
    assert run(docs) == first
    assert clustered == []
    usual["blue party"] = "PARTY"
    (docs.parent / "out/records.jsonl").write_text("")
    assert run(docs) == run(docs, out="clean")
    usual["blue party"] = "ORG"
    with closing(sqlite3.connect(docs.parent / "out" / STATE)) as state:
        state.execute("UPDATE clustered SET words = zeroblob(30)")
        state.commit()
    (docs.parent / "out/records.jsonl").write_text("")
    assert run(docs) == first


def test_a_document_that_kills_or_hangs_is_named_and_tried_again_next_time(docs, monkeypatch):
    map_unit = Pipeline.map_unit

    def hang(self, source, begun=None):
        if source.name == "1.txt":
            import time

            time.sleep(600)
        return map_unit(self, source, begun)

    with monkeypatch.context() as patch:
        patch.setattr(Pipeline, "map_unit", hang)
        run(docs, workers=Workers(timeout=2))
        failures = (docs.parent / "out/failures.jsonl").read_text("utf-8")
        assert "1.txt" in failures and "longer than 2 seconds" in failures
    assert "1.txt" not in run(docs)["failures.jsonl"].decode()
    assert run(docs) == run(docs, out="clean")


def test_a_second_run_into_the_folder_is_refused(docs, mapped):
    import fcntl
    import os

    run(docs)
    descriptor = os.open(docs.parent / "out", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(UsageError, match="another run"):
        run(docs)
    os.close(descriptor)


def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


def link(name):
    return lambda out, outside: (out / name).symlink_to(outside)


def link_file(name):
    return lambda out, outside: (out / name).symlink_to(outside / "precious.txt")


def hard_link(name):
    return lambda out, outside: (out / name).hardlink_to(outside / "precious.txt")


def in_folder(name, inner):
    def make(out, outside):
        (out / name).mkdir()
        (out / name / inner).symlink_to(outside / "precious.txt")

    return make


PART = ".extract-part-0123"
TRAPS = {
    **{f"{name} is a link to a file": link_file(name) for name in [*FILES, "audit.jsonl", STATE, f"{STATE}-wal", f"{STATE}-shm"]},
    **{f"{name} is a hard link": hard_link(name) for name in [*FILES, "audit.jsonl", STATE, f"{STATE}-wal", f"{STATE}-journal"]},
    **{f"{name} is a link to a folder": link(name) for name in [".extract-commit", PART, ".kept", STATE, "records.jsonl"]},
    "the commit holds a link": in_folder(".extract-commit", "records.jsonl"),
    "a part holds a link": in_folder(PART, "records.jsonl"),
    "an old part file is a link": link_file(".audit.jsonl.part"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_nothing_outside_the_output_folder_is_touched(docs, mapped, trap, monkeypatch):
    from extract.errors import ExtractError
    from extract.outputs.audit import audit_output

    outside = docs.parent / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("precious")
    (outside / "records.jsonl").write_text("precious too")
    out = docs.parent / "out"
    out.mkdir()
    TRAPS[trap](out, outside)
    before = snapshot(outside), snapshot(docs)
    clean = run(docs, out="clean")
    for _ in range(2):
        assert run(docs) == clean
        try:
            audit_output(out)
        except ExtractError:
            pytest.fail("the audit could not be written")
    assert (snapshot(outside), snapshot(docs)) == before


def test_what_is_not_ours_is_left_alone(docs, mapped):
    out = docs.parent / "out"
    (out / PART).mkdir(parents=True)
    (out / PART / "mine.txt").write_text("mine")
    (out / "notes.txt").write_text("mine")
    (out / ".kept").mkdir()
    (out / ".kept/x").write_text("mine")
    run(docs)
    assert (out / PART / "mine.txt").exists() and (out / "notes.txt").exists() and (out / ".kept/x").exists()


def test_a_folder_in_the_place_of_a_file_is_told(docs, mapped):
    (docs.parent / "out/records.jsonl").mkdir(parents=True)
    with pytest.raises(UsageError, match="a folder stands where a file"):
        run(docs)


def test_sources_that_change_or_go_between_plan_and_work(docs, mapped, monkeypatch, bare_pipeline):
    first = run(docs, out="one")
    taken(mapped)

    def meddle(build, tasks, workers, timeout):
        from extract.run.mapped import pack

        for task in tasks:
            for unit in task:
                if unit.source.name == "1.txt":
                    (docs / "1.txt").write_text("The Red Party won 8 seats.", "utf-8")
                if unit.source.name == "2.txt":
                    (docs / "2.txt").unlink()
                yield unit, pack(bare_pipeline.map_unit(unit.source))

    with monkeypatch.context() as patch:
        patch.setattr(module, "map_units", meddle)
        changed = run(docs)
    assert b"Red Party" in changed["records.jsonl"]
    assert b'"document":"2.txt"' in changed["failures.jsonl"]
    assert changed != first
    (docs / "2.txt").write_text("The Blue Party won 2 seats on 3 May 2022.", "utf-8")
    assert run(docs) == run(docs, out="clean")


def test_the_state_is_one_file(docs, mapped):
    run(docs)
    assert {path.name for path in Path(docs.parent / "out").iterdir()} == {*FILES, STATE}
