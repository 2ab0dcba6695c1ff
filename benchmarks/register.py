"""What a register costs: linking with one of so many rows, as a multiple of linking without.

    python benchmarks/register.py [rows ...]

Names are generated as in `entities.py`; a thousand of them stand in documents, the register has those and others.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from pathlib import Path

from entities import _documents, _names
from extract.resolve.entities import Register, link_corpus, load_register

SIZES = (1_000, 10_000, 100_000)
_NAMES = 1_000


def main(sizes: tuple[int, ...]) -> None:
    """Prints a line for each size: seconds to read the register, and how many times as long as without one linking takes."""
    names = _names(random.Random(1), max(sizes))
    documents = list(_documents(names[:_NAMES]))
    link_corpus(documents)
    _, alone = _timed(documents, Register())
    print(f"{'rows':>8} {'linked':>7} {'read, s':>8} {'link, times':>12} {'us/row':>7}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(("id", "name", "label"))
                writer.writerows((f"r{number}", text, label) for number, (label, text) in enumerate(names[:size]))
            start = time.process_time()
            register = load_register(path)
            read = time.process_time() - start
        linked, seconds = _timed(documents, register)
        per_row = (read + seconds - alone) / size * 1e6
        print(f"{size:>8} {linked:>7} {read:>8.2f} {seconds / alone:>12.1f} {per_row:>7.0f}")


def _timed(documents: list, register: Register) -> tuple[int, float]:
    start = time.process_time()
    linking = link_corpus(documents, None, register)
    return sum(entity.registered is not None for entity in linking.entities), time.process_time() - start


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
