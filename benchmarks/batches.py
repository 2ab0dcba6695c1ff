"""Runs over many documents as ratios, for any machine: against the model alone, again, changed, in memory and bytes.

    python benchmarks/batches.py [--documents 300] [--rounds 1] [--limits]

The documents are made of the paragraphs of the seeds and of the gold texts, in any order, 300 to 1,500 words each. Every run is a
process of its own; time is the processor's, its workers' included, but for the gain by workers, which is told by the clock on the
wall. `--limits` exits with 1 where a ratio is worse by a third than it was when it was last noted: for a machine
that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
# What a ratio may come to; the least that is asked for where a number is to be large.
_MOST = {
    "whole run / NER of the model, spaCy's batches": 1.3,
    "run again, one document in a hundred changed / first run": 0.13,
    "run again, an alias added / first run": 0.09,
    "memory of a run, ten times the documents": 1.1,
    "memory of a check, ten times the documents": 1.1,
    "output folder / text": 16,
    "records / text": 13.5,
    "one document / the same text in many": 1,
}
_LEAST = {"first run / run again, nothing changed": 50, "one worker / two workers, wall": 1.8}
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


def cost_of_model(folder: Path) -> float:
    """Seconds that the shipped model's NER alone takes for the texts, in a process of its own."""
    script = (
        "import sys, time, spacy; from pathlib import Path; from extract.recognise.model import PACKAGED\n"
        "nlp = spacy.load(PACKAGED); texts = [path.read_text('utf-8') for path in sorted(Path(sys.argv[1]).iterdir())]\n"
        "start = time.process_time(); list(nlp.pipe(texts)); print(time.process_time() - start)"
    )
    told = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True, check=True, env=_ENVIRONMENT)
    return float(told.stdout)


def measure(work: Path, count: int) -> dict[str, float]:
    """All ratios once."""
    docs, out = work / "docs", work / "out"
    size = write_documents(docs, count)
    few = work / "few"
    write_documents(few, max(1, count // 10))
    start = cost_of("run", next(few.iterdir()), "-o", work / "start", "--model", "none")
    first = cost_of("run", docs, "-o", out)
    again = cost_of("run", docs, "-o", out)
    check = cost_of("check", out)
    small, small_check = cost_of("run", few, "-o", work / "few-out"), cost_of("check", work / "few-out")
    two = cost_of("run", docs, "-o", work / "two", "-j", 2)
    for path in sorted(docs.iterdir())[:: max(2, count // max(1, count // 100))][: max(1, count // 100)]:
        path.write_text(path.read_text("utf-8") + "\nThe Blue Party won 7 seats.\n", "utf-8")
    changed = cost_of("run", docs, "-o", out)
    rules = work / "rules"
    rules.mkdir()
    (rules / "aliases.yml").write_text("version: 1\n", "utf-8")
    cost_of("run", docs, "-o", out, "--rules", rules)
    (rules / "aliases.yml").write_text(
        "version: 1\nentities:\n  - {canonical: Blue Party, label: PARTY, aliases: [Blues]}\n", "utf-8"
    )
    alias = cost_of("run", docs, "-o", out, "--rules", rules)
    whole = work / "whole"
    whole.mkdir()
    (whole / "one.txt").write_text("\n\n".join(path.read_text("utf-8") for path in sorted(few.iterdir())), "utf-8")
    one = cost_of("run", whole, "-o", work / "whole-out")
    ner = cost_of_model(docs)
    written = {path.name: path.stat().st_size for path in (work / "two").iterdir()}
    return {
        "start of a run, seconds": start.cpu,
        "whole run / NER of the model, spaCy's batches": first.cpu / ner,
        "one worker / two workers, wall": first.wall / two.wall,
        "first run / run again, nothing changed": first.cpu / again.cpu,
        "run again, one document in a hundred changed / first run": changed.cpu / first.cpu,
        "run again, an alias added / first run": alias.cpu / first.cpu,
        "memory of a run, ten times the documents": first.memory / small.memory,
        "memory of a check, ten times the documents": check.memory / small_check.memory,
        "check / first run": check.cpu / first.cpu,
        "output folder / text": sum(written.values()) / size,
        "records / text": written["records.jsonl"] / size,
        "one document / the same text in many": one.cpu / small.cpu,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the ratios, of several rounds the middle ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--limits", action="store_true")
    chosen = parser.parse_args(arguments)
    rounds = []
    for _ in range(chosen.rounds):
        work = Path(tempfile.mkdtemp(prefix="batches-"))
        try:
            rounds.append(measure(work, chosen.documents))
        finally:
            shutil.rmtree(work)
    ratios = {name: sorted(each[name] for each in rounds)[len(rounds) // 2] for name in rounds[0]}
    bad = [name for name, most in _MOST.items() if ratios[name] > most * 4 / 3]
    bad += [name for name, least in _LEAST.items() if ratios[name] < least * 3 / 4]
    for name, ratio in ratios.items():
        print(f"{name:60}{ratio:8.2f}{'  worse than it was' if name in bad else ''}")
    return 1 if bad and chosen.limits else 0


if __name__ == "__main__":
    sys.exit(main())
