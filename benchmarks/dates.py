"""How fast dates are found and valued in whole documents, beside other date finders of Python, on one core, in one run.

    OMP_NUM_THREADS=1 python benchmarks/dates.py [--rounds 3] [--kilobytes 1 10 100] [--most 120] [FILE...]

Without files it reads the gold documents of the tests; they are joined and cut to each length. The clock starts with the text,
before it is tokenised, and the finders take turns, so that a slow moment of the machine is everyone's. dateparser and
recognizers-text take part where they are installed (`pip install -e '.[benchmark]'`); a finder that would take longer than
`--most` seconds of processor time for a document, going by the last, sits that length out. A ratio is how many times as long it
takes. Last, how the own rate holds at a megabyte, shape by shape (`growth.py` has it stage by stage, and more shapes).
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extract.components import make_pipeline
from extract.recognise.mention import read_mentions
from extract.resolve.dates import resolve_dates
from extract.run.workers import RARELY
from extract.sources import read_string
from extract.text.document import document_of, make_doc
from extract.text.sentences import sentences_of
from growth import text_of

_GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
_OWN = "extract"
_SHAPES = ("prose", "one paragraph", "dates", "relative dates", "lists of days")
Finder = Callable[[str], object]
"""Finds the dates of a text."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line for each length and finder, and one for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kilobytes", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--most", type=float, default=120)
    chosen = parser.parse_args(arguments)
    files = chosen.files or sorted(path for path in _GOLD.glob("*/*") if not path.name.endswith(".jsonl"))
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in files)

    gc.set_threshold(*RARELY)  # as a worker has it
    finders = dict(_finders())
    for finder in finders.values():
        finder(text[:2000])  # loads its tables
    rates: dict[str, float] = {}
    for kilobytes in chosen.kilobytes:
        length = kilobytes * 1000
        own = 0.0
        for name, finder in finders.items():
            if name in rates and length / rates[name] > chosen.most:
                print(f"{kilobytes:4} kB  {name:18} left out: some {length / rates[name]:,.0f} s")
                continue
            places = [start % max(1, len(text) - length) for start in range(0, chosen.rounds * length, length)]
            seconds = sum(_seconds(finder, text[start : start + length]) for start in places)
            rates[name], own = chosen.rounds * length / seconds, own or seconds
            print(f"{kilobytes:4} kB  {name:18} {rates[name]:12,.0f} characters/s  {seconds / own:8.1f} × {_OWN}", flush=True)
    for shape in _SHAPES:
        short, long = (_rate(finders[_OWN], text_of(shape, length)[1]) for length in (10_000, 1_000_000))
        print(f"{shape:18} at 10 kB {short:10,.0f}  at 1 MB {long:10,.0f} characters/s  {long / short:.2f}", flush=True)


def _rate(finder: Finder, text: str) -> float:
    """Characters a second; a short text is read again and again, the best of them counts."""
    return len(text) / min(_seconds(finder, text) for _ in range(max(1, 200_000 // len(text))))


def _seconds(finder: Finder, text: str) -> float:
    started = time.process_time()
    finder(text)
    return time.process_time() - started


def _finders() -> Iterator[tuple[str, Finder]]:
    yield _OWN, _own()
    for name, make in (("dateparser", _dateparser), ("recognizers-text", _recognizers)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name:20} left out: {error}")


def _own() -> Finder:
    nlp = make_pipeline(None, "none")
    split, find = nlp.get_pipe("extract_sentences"), nlp.get_pipe("extract_dates")

    def find_dates(text: str) -> object:
        doc = find(split(make_doc(nlp, read_string(text, format="text").plain())))
        return resolve_dates(document_of(doc), sentences_of(doc), read_mentions(doc, ("dates",)))

    return find_dates


def _dateparser() -> Finder:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def _recognizers() -> Finder:
    from recognizers_date_time import Culture, recognize_datetime

    return lambda text: recognize_datetime(text, Culture.English)


if __name__ == "__main__":
    main()
