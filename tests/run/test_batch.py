import os
import signal

import pytest

from extract.run.batch import WorkerDiedError, map_sources
from extract.run.spool import Spool


def build():
    return work


def work(source):
    if source == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    if source == "bad":
        raise ValueError("bad source")
    return source.upper()


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_sources(workers):
    sources = [f"s{number}" for number in range(20)]
    assert list(map_sources(build, sources, workers)) == [(source, source.upper()) for source in sources]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_mapping_is_raised(workers):
    with pytest.raises(ValueError, match="bad source"):
        list(map_sources(build, ["a", "bad"], workers))


def test_a_source_that_kills_its_worker_is_named_and_the_others_are_kept():
    sources = ["a", "killer", "b", "c", "d"]
    results = dict(map_sources(build, sources, 2))
    assert list(results) == sources
    assert isinstance(results.pop("killer"), WorkerDiedError)
    assert results == {source: source.upper() for source in "abcd"}


def test_a_spool_gives_back_what_it_got_as_often_as_asked():
    spool = Spool()
    for item in ({"a": 1}, [2], "3"):
        spool.add(item)
    assert list(spool) == list(spool) == [{"a": 1}, [2], "3"]
    assert len(spool) == 3
