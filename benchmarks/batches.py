"""Runs over many documents as ratios, for any machine: against the model alone, again, changed, in memory and bytes.

    python benchmarks/batches.py [--documents 300] [--many 3000] [--limits]

The documents are made of the paragraphs of the seeds and of the gold texts, in any order, 300 to 1,500 words each: so many, a
tenth of them, and `--many`. Every run is a process of its own; time is the processor's, its workers' included, but for the gain
by workers, which is told by the clock on the wall. Beside each figure stands what is wanted of it; `--limits` exits with 1 where
one is worse by a third: for a machine that does nothing else, which takes some six minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
# What is wanted of each figure at most, or at least.
_MOST = {
    "whole run / NER of the model, spaCy's batches": 0.9,
    "whole run / the same, batches of 5,000 words": 1.4,
    "one document in a hundred changed / first run": 0.05,
    "an alias added / first run": 0.05,
    "memory of a run, ten times the documents": 1.1,
    "memory of a check, ten times the documents": 1.1,
    "one document / the same text in many": 2,
    "memory of that document above a small one's, MB per MB": 150,
    "rows of JSON Lines / the same as files": 1.1,
    "check of rows / of the same as files": 1.1,
    "output folder / text": 14,
    "records / text": 12,
    "start of a run, seconds": 1.5,
}
_LEAST = {"one worker / two workers, wall": 1.8, "first run / again, nothing changed": 50}
_ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": ""}  # compiled, as an installed package is


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children took: processor and wall in seconds, memory of the largest in bytes."""

    cpu: float
    wall: float
    memory: int


def cost_of(*arguments: object) -> Cost:
    """The cost of a command of `extract`; its exit code must be 0."""
    start = time.monotonic()
    command = [sys.executable, "-m", "extract", *map(str, arguments)]
    pipe = os.open(os.devnull, os.O_WRONLY)
    files = [(os.POSIX_SPAWN_DUP2, pipe, 1), (os.POSIX_SPAWN_DUP2, pipe, 2)]
    process = os.posix_spawn(sys.executable, command, _ENVIRONMENT, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    os.close(pipe)
    if status:
        raise SystemExit(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss * 1024)


def paragraphs() -> list[str]:
    """The paragraphs that documents are made of."""
    texts = [path.read_text("utf-8") for folder in ("seeds", "tests/gold/dev") for path in sorted((_ROOT / folder).glob("*.txt"))]
    return [part.strip() for text in texts for part in text.split("\n\n") if len(part.split()) > 20]


def write_documents(folder: Path, count: int) -> int:
    """Makes the documents; gives the bytes of their text."""
    folder.mkdir(parents=True)
    chance, pieces, size = random.Random(11), paragraphs(), 0
    for number in range(count):
        parts: list[str] = []
        words = chance.randint(300, 1500)
        while sum(len(part.split()) for part in parts) < words:
            parts.append(chance.choice(pieces))
        text = f"Report {number}\n\n" + "\n\n".join(parts) + "\n"
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
        size += len(text.encode())
    return size


_NER = """
import sys, time, spacy
from pathlib import Path
from extract.recognise.model import PACKAGED

nlp, words = spacy.load(PACKAGED), int(sys.argv[2])
texts = [path.read_text("utf-8") for path in sorted(Path(sys.argv[1]).iterdir())]
start = time.process_time()
size = words * len(texts) // sum(len(text.split()) for text in texts) if words else 256
list(nlp.pipe(texts, batch_size=max(1, size)))
print(time.process_time() - start)
"""


def cost_of_model(folder: Path, words: int = 0) -> float:
    """Seconds that the shipped model's NER alone takes for the texts, in batches of spaCy's default size or of so many words."""
    command = [sys.executable, "-c", _NER, folder, str(words)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=_ENVIRONMENT)
    return float(told.stdout)


def measure(work: Path, count: int, many: int) -> Iterator[tuple[str, float]]:
    """The figures, as they come."""
    few, docs, more = work / "few", work / "docs", work / "many"
    small_size, size, _ = (write_documents(*each) for each in ((few, max(1, count // 10)), (docs, count), (more, many)))
    start = min((cost_of("run", next(few.iterdir()), "-o", work / f"start{n}", "--model", "none") for n in range(3)), key=_cpu)
    yield "start of a run, seconds", start.cpu
    first, two = cost_of("run", docs, "-o", work / "out"), cost_of("run", docs, "-o", work / "two", "-j", 2)
    yield "whole run / NER of the model, spaCy's batches", first.cpu / cost_of_model(docs)
    yield "whole run / the same, batches of 5,000 words", first.cpu / cost_of_model(docs, 5000)
    yield "one worker / two workers, wall", first.wall / two.wall
    written = {path.name: path.stat().st_size for path in (work / "two").iterdir()}
    yield "records / text", written["records.jsonl"] / size
    yield "output folder / text", sum(written.values()) / size
    yield from _of_aliases(work, docs, first)
    yield from _of_shapes(work, few, small_size)
    all_of_them = cost_of("run", more, "-o", work / "all", "-j", 2)
    yield "memory of a run, ten times the documents", all_of_them.memory / two.memory
    yield "first run / again, nothing changed", all_of_them.cpu / cost_of("run", more, "-o", work / "all").cpu
    check, small_check = cost_of("check", work / "all"), cost_of("check", work / "two")
    yield "memory of a check, ten times the documents", check.memory / small_check.memory
    for path in sorted(more.iterdir())[::100]:
        path.write_text(path.read_text("utf-8") + "\nThe Blue Party won 7 seats.\n", "utf-8")
    yield "one document in a hundred changed / first run", cost_of("run", more, "-o", work / "all").cpu / all_of_them.cpu


def _of_aliases(work: Path, docs: Path, first: Cost) -> Iterator[tuple[str, float]]:
    rules = work / "rules"
    rules.mkdir()
    (rules / "aliases.yml").write_text("version: 1\n", "utf-8")
    cost_of("run", docs, "-o", work / "out", "--rules", rules)
    entity = "{canonical: Blue Party, label: PARTY, aliases: [Blues]}"
    (rules / "aliases.yml").write_text(f"version: 1\nentities:\n  - {entity}\n", "utf-8")
    yield "an alias added / first run", cost_of("run", docs, "-o", work / "out", "--rules", rules).cpu / first.cpu


def _of_shapes(work: Path, few: Path, size: int) -> Iterator[tuple[str, float]]:
    """The same text as files, as one document, as rows of one file."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(few.iterdir())}
    for name in ("whole", "rows"):
        (work / name).mkdir()
    (work / "whole/one.txt").write_text("\n\n".join(texts.values()), "utf-8")
    rows = (json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    (work / "rows/rows.jsonl").write_text("".join(rows), "utf-8")
    files, one, row = (
        cost_of("run", folder, "-o", work / f"{folder.name}-out") for folder in (few, work / "whole", work / "rows")
    )
    yield "one document / the same text in many", one.cpu / files.cpu
    yield "memory of that document above a small one's, MB per MB", (one.memory - files.memory) / size
    yield "rows of JSON Lines / the same as files", row.cpu / files.cpu
    proofs = [cost_of("check", work / f"{name}-out").cpu for name in ("rows", "few")]
    yield "check of rows / of the same as files", proofs[0] / proofs[1]


def _cpu(cost: Cost) -> float:
    return cost.cpu


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures and what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--many", type=int, default=3000)
    parser.add_argument("--limits", action="store_true")
    chosen = parser.parse_args(arguments)
    bad = 0
    print(f"{'':58}{'now':>8}  wanted")
    work = Path(tempfile.mkdtemp(prefix="batches-"))
    try:
        for name, found in measure(work, chosen.documents, chosen.many):
            sign, wanted = ("≤", _MOST[name]) if name in _MOST else ("≥", _LEAST[name])
            worse = found / wanted if sign == "≤" else wanted / found
            bad += worse > 4 / 3
            told = "" if worse <= 1 else "  not there" if worse <= 4 / 3 else "  worse by a third"
            print(f"{name:58}{found:8.2f}  {sign} {wanted:g}{told}", flush=True)
    finally:
        shutil.rmtree(work)
    return 1 if bad and chosen.limits else 0


if __name__ == "__main__":
    sys.exit(main())
