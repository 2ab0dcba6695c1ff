"""What page and exports of a corpus cost, time as a ratio to the run, size as one to the sources: `python benchmarks/outputs.py`.

The corpus is made of the blocks of seeds and gold documents, each document of some that follow each other. `--documents 2000`.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCKS = 7
"""How many blocks (of lines without an empty one between) a document has."""
MADE = ("page", "csv", "sqlite", "parquet", "duckdb", "docbin", "conll", "webannotation", "labelstudio", "doccano", "brat")


def make_corpus(folder: Path, count: int) -> None:
    """So many documents; a web page or seed stays whole, and one in thirty is such a one."""
    chance = random.Random(7)
    texts = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/gold/world").glob("*_*.*")])
    texts = [path for path in texts if path.suffix in (".txt", ".md", ".html", ".wiki")]
    whole = [path for path in texts if path.suffix == ".html" or path.parent.name == "seeds"]
    parted = [path for path in texts if path not in whole]
    folder.mkdir()
    for number in range(count):
        path = chance.choice(parted if number % 30 else whole)
        text = path.read_text("utf-8")
        if path in parted:
            blocks = text.split("\n\n")
            start = chance.randrange(1, max(len(blocks) - BLOCKS, 2))
            text = "\n\n".join([blocks[0], *blocks[start : start + BLOCKS]])
        (folder / f"{number:05}_{path.name}").write_text(text, "utf-8")


def cost(*arguments: str) -> float:
    """The processor seconds of a command, whatever else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "extract", *arguments], check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size(path: Path) -> int:
    """Bytes of a file, or of all in a folder."""
    return sum(each.stat().st_size for each in ([path] if path.is_file() else path.rglob("*")) if each.is_file())


def rows(folder: Path) -> Iterator[tuple[str, float, int]]:
    """What was made, its processor seconds, its bytes; the run first."""
    output = folder / "output"
    yield "run", cost("run", str(folder / "corpus"), "-o", str(output)), size(output)
    for name in MADE:
        to = folder / f"made-{name}"
        command = ("page", str(output), "-o", str(to)) if name == "page" else ("export", str(output), name, "--to", str(to))
        yield name, cost(*command), size(to)


def main() -> None:
    """Prints a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_corpus(folder / "corpus", count)
        sources, run = size(folder / "corpus"), 0.0
        print(f"{count} documents, {sources / 1e6:.1f} MB")
        for what, seconds, written in rows(folder):
            run = run or seconds
            print(f"{what}: {seconds:.1f} s, {seconds / run:.3f} of the run; {written / sources:.2f} of the sources", flush=True)


if __name__ == "__main__":
    main()
