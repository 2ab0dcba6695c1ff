"""A run that is killed leaves the old output or the new, and the next one mends all; nothing is left running.

`EXTRACT_KILLS=60` kills at so many random moments; a few stand for them by default.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from extract import parts as module
from extract.batch import Batch
from extract.errors import ExtractError
from extract.outputs.check import check_output
from extract.outputs.layout import FILES, STATE, current
from extract.run.mapped import pack
from extract.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and fork are those of POSIX")
KILLS = int(os.environ.get("EXTRACT_KILLS", "3"))
BARE = Settings(model="none")
STEPS = ("open", "mkdir", "fsync", "rename", "replace", "unlink", "rmdir", "scandir")


@pytest.fixture
def folders(bare, tmp_path, monkeypatch):
    """Sources that changed after a run, `docs`; the output of the run before, `old`; what a clean run makes, `new`."""

    def map_units(build, tasks, workers, timeout):
        return ((unit, pack(bare.map_unit(unit.source))) for task in tasks for unit in task)

    monkeypatch.setattr(module, "map_units", map_units)
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(3):
        (docs / f"{number}.txt").write_text(f"The Blue Party won {number} seats on 3 May 202{number}.", "utf-8")
    Batch([str(docs)], tmp_path / "old", BARE).run()
    (tmp_path / "old/audit.jsonl").write_text("")
    (docs / "1.txt").write_text("Anna Berg spoke on 9 June 2024.", "utf-8")
    Batch([str(docs)], tmp_path / "new", BARE).run()
    return tmp_path


def seen(folder):
    """What a reader finds in an output folder."""
    paths = {file: current(folder, file) for file in (*FILES, "audit.jsonl")}
    return {file: path.read_bytes() for file, path in paths.items() if path.exists()}


def dying_run(docs, out, step, before):
    """A run in a process of its own that is killed right before (or after) its system call number `step`; whether it was."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 99
    count = 0

    def deadly(call):
        def instead(*arguments, **options):
            nonlocal count
            count += 1
            if count == step and before:
                os._exit(99)
            now = count == step
            try:
                return call(*arguments, **options)
            finally:
                if now:
                    os._exit(99)

        return instead

    try:
        for name in STEPS:
            setattr(os, name, deadly(getattr(os, name)))
        Batch([str(docs)], out, BARE).run()
    finally:
        os._exit(0)


@pytest.mark.parametrize("before", [True, False])
def test_a_kill_at_any_step_leaves_the_old_output_or_the_new(folders, before):
    old, new = seen(folders / "old"), seen(folders / "new")
    step, found = 0, set()
    while True:
        step += 1
        out = folders / "out"
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(folders / "old", out)
        if not dying_run(folders / "docs", out, step, before):
            break
        assert seen(out) in (old, new), f"neither old nor new after step {step}"
        found.add("old" if seen(out) == old else "new")
        Batch([str(folders / "docs")], out, BARE).run()
        assert seen(out) == new
        assert {path.name for path in out.iterdir()} <= {*FILES, STATE, f"{STATE}-wal", f"{STATE}-shm"}
    assert step > 30
    assert found == {"old", "new"}


def processes_of(group):
    found = subprocess.run(["ps", "-o", "pid=,stat=", "-g", str(group)], capture_output=True, text=True).stdout.splitlines()
    return [line for line in found if "Z" not in line.split()[1]]


def started(docs, out, workers=2, more=()):
    command = [sys.executable, "-m", "extract", "run", str(docs), "--output", str(out), "--model", "none", "-j", str(workers)]
    command += more
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    assert condition()


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Sixty documents, what a clean run makes of them, and how many seconds that takes."""
    here = tmp_path_factory.mktemp("many")
    (here / "docs").mkdir()
    for number in range(60):
        text = f"The Blue Party won {number} seats on 3 May 2021. Anna Berg spoke in the town of Berg.\n\n" * 20
        (here / f"docs/{number}.txt").write_text(text, "utf-8")
    start = time.monotonic()
    assert started(here / "docs", here / "clean").wait() == 0
    return here, time.monotonic() - start


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_everything_quietly(many, tmp_path, number, code):
    run = started(many[0] / "docs", tmp_path / "out")
    wait_for(lambda: len(processes_of(run.pid)) > 1)
    os.killpg(run.pid, number) if number == signal.SIGINT else run.send_signal(number)
    assert run.wait(60) == code
    assert "Traceback" not in run.stderr.read()
    wait_for(lambda: not processes_of(run.pid), 10)
    assert not list((tmp_path / "out").glob(".extract-part-*"))


def test_kills_at_random_moments_lose_nothing(many):
    many, seconds = many
    chance, out = random.Random(7), many / "out"  # beside the clean one: `documents.jsonl` has paths from the folder
    clean = seen(many / "clean")
    for _ in range(KILLS):
        run = started(many / "docs", out, workers=chance.choice([1, 2]))
        time.sleep(chance.uniform(0, seconds))
        run.kill()
        run.wait()
        wait_for(lambda group=run.pid: not processes_of(group), 10)
        found = seen(out) if out.exists() else {}
        assert not found or {**found, "manifest.json": b""} == {**clean, "manifest.json": b""}
        if found and chance.random() < 0.3:
            shutil.rmtree(out)
    for _ in range(max(1, KILLS // 6)):
        run = started(many / "docs", out, more=["--fresh"])
        for _ in range(2):  # what kills thrice would be named
            wait_for(lambda run=run: run.poll() is not None or len(processes_of(run.pid)) > 1)
            children = [int(line.split()[0]) for line in processes_of(run.pid) if int(line.split()[0]) != run.pid]
            for child in children[:1]:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(chance.uniform(0.05, 0.3))
        assert run.wait(120) == 0, run.stderr.read()
        assert {**seen(out), "manifest.json": b""} == {**clean, "manifest.json": b""}
    assert check_output(out).problems == []


@pytest.mark.parametrize("size", [1_000, 20_000, 100_000])
def test_a_disk_that_is_full_is_told_and_loses_nothing(folders, size):
    out = folders / "out"
    shutil.copytree(folders / "old", out)
    old = seen(out)
    for number in range(50):
        (folders / f"docs/more{number}.txt").write_text(f"Anna Berg won {number} seats on 9 June 2024. " * 20, "utf-8")
    child = os.fork()
    if not child:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            Batch([str(folders / "docs")], out, BARE).run()
        except (OSError, ExtractError):
            os._exit(2)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert seen(out) == old
    Batch([str(folders / "docs")], out, BARE).run()
    assert check_output(out).problems == []
