"""Workers die and hang; what they worked on is tried again, named, and passed over, and the rest is kept."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.run.workers import KILLED, Lost, map_units


def build():
    return work


def work(units):
    return [one(unit) for unit in units]


def one(unit):
    if unit == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    if unit == "bad":
        raise ValueError("bad unit")
    if unit == "slow":
        time.sleep(600)
    return unit.upper()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [1, 7])
def test_every_unit_gets_its_result(workers, size):
    units = [f"s{number}" for number in range(20)]
    tasks = [units[start : start + size] for start in range(0, len(units), size)]
    assert dict(map_units(build, tasks, workers)) == {unit: unit.upper() for unit in units}


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("bad", ["killer", "bad"])
def test_a_unit_that_kills_its_worker_is_named_and_the_others_are_kept(workers, bad):
    results = dict(map_units(build, [["a", bad, "b"], ["c"], ["d"]], workers))
    assert results.pop(bad) == Lost(KILLED)
    assert results == {unit: unit.upper() for unit in "abcd"}


def test_a_unit_that_takes_too_long_is_named_and_the_others_are_kept():
    results = dict(map_units(build, [["a", "slow"], ["b"]], 2, timeout=0.5))
    assert results.pop("slow") == Lost("it took longer than 0.5 seconds")
    assert results == {"a": "A", "b": "B"}


PARENT = """
import os, sys, time
sys.path.insert(0, {path!r})
from test_workers import build
from extract.run.workers import map_units
def told():
    work = build()
    def map(units):
        os.write(1, b"%d\\n" % os.getpid())  # at once, for two write to one pipe
        return work(units)
    return map
list(map_units(told, [["slow"], ["slow"]], 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_no_worker_outlives_its_parent(tmp_path):
    script = PARENT.format(path=str(Path(__file__).parent))
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    children = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while any(is_running(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(is_running(child) for child in children)


def is_running(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
