"""Parts of a corpus, each a file: whatever their number, their order and the engine, what comes out is the same."""

import json
import os
import pickle
import shutil
import sqlite3
import sys
import time
from dataclasses import replace

import pytest

from extract import parts as module
from extract.batch import Batch
from extract.errors import UsageError
from extract.evaluate.annotation import read_records
from extract.outputs.check import check_output
from extract.outputs.diff import diff
from extract.outputs.layout import FILES, MANIFEST, current
from extract.outputs.reading import Output
from extract.parts import Workers, finish_parts, link_parts, map_part
from extract.run import cluster as cluster_module
from extract.run.cluster import map_on_cluster
from extract.run.mapped import Packed, pack
from extract.run.plan import Share, Unit
from extract.run.workers import KILLED, Lost
from extract.settings import Settings
from extract.sources import Source

BARE = Settings(model="none")


@pytest.fixture(autouse=True)
def in_this_process(bare, monkeypatch):
    """Documents are mapped by a pipeline that is built once."""

    def map_units(build, tasks, workers, timeout):
        return ((unit, pack(bare.map_unit(unit.source))) for task in tasks for unit in task)

    monkeypatch.setattr(module, "map_units", map_units)


@pytest.fixture
def here(tmp_path):
    """A corpus of files, rows, and what fails; and the output of one run over it."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(5):
        (docs / f"{number}.txt").write_text(f"Anna Berg won {number} seats on 3 May 202{number}. Ms Berg left.", "utf-8")
    (docs / "empty.txt").write_text("")
    rows = [{"id": number, "text": f"The Blue Party of Anna Berg won {number} seats."} for number in range(4)]
    (docs / "rows.jsonl").write_text("\n".join([*map(json.dumps, rows), "no json"]), "utf-8")
    Batch([str(docs)], tmp_path / "whole", BARE).run()
    return tmp_path


def seen(folder):
    return {file: current(folder, file).read_bytes() for file in FILES}


def mapped(here, of):
    paths = [here / f"{number}.part" for number in range(1, of + 1)]
    for number, path in enumerate(paths, 1):
        pickle.loads(pickle.dumps(map_part))([str(here / "docs")], path, BARE, Share(number, of))
    return paths


@pytest.mark.parametrize("of", [1, 3])
def test_the_number_and_the_order_of_parts_change_nothing(here, of):
    parts = mapped(here, of)
    link_parts(parts[::-1], here / "links", BARE)
    finish_parts(parts[::-1], here / "links", here / "out")
    assert seen(here / "out") == seen(here / "whole")


def test_how_sure_a_merge_has_to_be_concerns_the_links_alone(here):
    strict = replace(BARE, merge_above=1.0)
    parts = mapped(here, 2)
    link_parts(parts, here / "links", strict)
    finish_parts(parts, here / "links", here / "out")
    outcome = Batch([str(here / "docs")], here / "whole", strict).run()
    assert outcome.unchanged == 10
    assert seen(here / "out") == seen(here / "whole")
    assert json.loads(seen(here / "out")["manifest.json"])["options"]["merge_above"] == 1.0


def test_some_parts_give_their_share(here):
    parts = mapped(here, 2)
    link_parts(parts, here / "links", BARE)
    found = []
    for number, part in enumerate(parts):
        finish_parts([part], here / "links", here / f"out{number}")
        assert check_output(here / f"out{number}").problems == []
        found += (here / f"out{number}/records.jsonl").read_text("utf-8").splitlines()
    assert sorted(found) == sorted((here / "whole/records.jsonl").read_text("utf-8").splitlines())


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def spoil(path):
    with sqlite3.connect(path) as database:
        database.execute("UPDATE units SET rest = CAST(substr(rest, 1, 20) || x'00' || substr(rest, 22) AS BLOB)")
    database.close()


def unfinished(path):
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM marks")
    database.close()


WRONG = {
    "missing: 2/2": lambda one, two: two.unlink() or [one],
    "the same part": lambda one, two: [one, shutil.copy(one, two)],
    "no such file": lambda one, two: two.unlink() or [one, two],
    "no file of": lambda one, two: cut(two) or [one, two],
    "it is damaged": lambda one, two: spoil(two) or [one, two],
    "not finished": lambda one, two: unfinished(two) or [one, two],
    "another number of parts": lambda one, two: map_part([one.parent / "docs"], two, BARE, Share(2, 3)) and [one, two],
    "no parts": lambda one, two: [],
}


@pytest.mark.parametrize("told", WRONG)
def test_parts_that_do_not_belong_together_are_told(here, told):
    with pytest.raises(UsageError, match=told):
        link_parts(WRONG[told](*mapped(here, 2)), here / "links")


def test_links_of_other_parts_are_told(here):
    parts = mapped(here, 1)
    link_parts(parts, here / "links", BARE)
    (here / "docs/more.txt").write_text("Anna Berg won 3 seats.")
    with pytest.raises(UsageError, match="made of other parts"):
        finish_parts(mapped(here, 1), here / "links", here / "out")


def test_packed_output_says_the_same(here):
    Batch([str(here / "docs")], here / "out", BARE).run()
    Batch([str(here / "docs")], here / "out", BARE, compress=True).run()
    assert {path.name for path in (here / "out").glob("*.json*")} == {f"{file}.zst" for file in FILES if file != MANIFEST} | {
        MANIFEST
    }
    assert check_output(here / "out").problems == []
    assert not diff(Output(here / "whole"), Output(here / "out")).changes
    assert [*read_records(here / "out")] == [*read_records(here / "whole")]
    stamp = (here / "out/records.jsonl.zst").stat().st_mtime_ns
    Batch([str(here / "docs")], here / "out", BARE, compress=True).run()
    assert (here / "out/records.jsonl.zst").stat().st_mtime_ns == stamp
    Batch([str(here / "docs")], here / "out", BARE).run()
    assert seen(here / "out") == seen(here / "whole")
    assert not list((here / "out").glob("*.zst"))


@pytest.fixture(scope="module")
def cluster():
    """Two processes that a document may kill. One that starts again just when its cluster looks for it must not count as lost."""
    distributed = pytest.importorskip("distributed")
    import cloudpickle
    import dask

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1, "distributed.deploy.lost-worker-timeout": "1 hour"}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
    ):
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same(here, cluster):
    Batch([str(here / "docs")], here / "out", BARE, Workers(scheduler=cluster)).run()
    assert seen(here / "out") == seen(here / "whole")


def deadly(sources):
    """Maps names; one of them kills, and one takes too long."""
    for source in sources:
        if source.name == "kills":
            os._exit(1)
        if source.name == "hangs":
            time.sleep(60)
    return [Packed(source.name, *[b""] * 6) for source in sources]


def test_a_document_that_kills_workers_is_found_and_passed_over(cluster):
    names = ["a", "b", "kills", "c", "hangs", "d"]
    tasks = [[Unit(Source(names[at], data=b""), number=at) for at in range(start, start + 3)] for start in (0, 3)]
    found = {unit.source.name: result for unit, result in map_on_cluster(cluster, deadly, tasks, 100, timeout=1)}
    assert {name for name, result in found.items() if isinstance(result, Lost)} == {"kills", "hangs"}
    assert found["kills"] == Lost(KILLED)
    assert {name for name, result in found.items() if isinstance(result, Packed)} == {"a", "b", "c", "d"}


def test_a_scheduler_that_is_not_there_is_told():
    with pytest.raises(UsageError, match="no scheduler answers"):
        list(map_on_cluster("tcp://127.0.0.1:9", deadly, [], 100))


def test_a_scheduler_without_workers_is_told(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster_module, "_LOOK", 0.1)
    monkeypatch.setattr(cluster_module, "_PATIENCE", 0.1)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as cluster,
        pytest.raises(UsageError, match="run again"),
    ):
        list(map_on_cluster(cluster.scheduler_address, deadly, [[Unit(Source("a", data=b""))]], 100))
