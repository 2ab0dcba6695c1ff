"""How fast dates are found and valued: characters a second, beside other date finders of Python on the same texts, on one core.

    OMP_NUM_THREADS=1 python benchmarks/dates.py [--rounds 3] [--characters 6000] [FILE...]

Without files it reads the gold documents of the tests. The finders take turns on each text, so that a slow moment of the machine
is everyone's. dateparser and recognizers-text take part where they are installed (`pip install -e '.[benchmark]'`); since they
are slow, everyone reads no more than `--characters` of a text. Ratios say how much faster this project's date stage (finding and
resolving) is.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extract.components import make_pipeline
from extract.recognise.mention import read_mentions
from extract.resolve.dates import resolve_dates
from extract.sources import read_string
from extract.text.document import document_of, make_doc
from extract.text.sentences import sentences_of

_GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
_OWN = "extract"
Finder = Callable[[str], float]
"""Finds the dates of a text and says how many seconds that took."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line for each finder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--characters", type=int, default=6000)
    chosen = parser.parse_args(arguments)
    files = chosen.files or sorted(path for path in _GOLD.glob("*/*") if not path.name.endswith(".jsonl"))
    texts = [path.read_text(encoding="utf-8")[: chosen.characters] for path in files]

    finders, seconds = dict(_finders()), Counter[str]()
    for finder in finders.values():
        finder(texts[0])  # loads its tables
    for text in texts * chosen.rounds:
        for name, finder in finders.items():
            seconds[name] += finder(text)
    characters = chosen.rounds * sum(map(len, texts))
    for name, taken in seconds.items():
        print(f"{name:20} {characters / taken:12,.0f} characters/s   {taken / seconds[_OWN]:8.1f} times the time of {_OWN}")


def _finders() -> Iterator[tuple[str, Finder]]:
    yield _OWN, _own()
    for name, make in (("dateparser", _dateparser), ("recognizers-text", _recognizers)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name:20} left out: {error}")


def _own() -> Finder:
    nlp = make_pipeline(None, "none")
    finder = nlp.get_pipe("extract_dates")

    def find(text: str) -> float:
        doc = nlp.get_pipe("extract_sentences")(make_doc(nlp, read_string(text, format="text")))
        sentences = sentences_of(doc)
        started = time.process_time()
        resolve_dates(document_of(doc), sentences, read_mentions(finder(doc), ("dates",)))
        return time.process_time() - started

    return find


def _dateparser() -> Finder:
    from dateparser.search import search_dates

    return _timed(lambda text: search_dates(text, languages=["en"]))


def _recognizers() -> Finder:
    from recognizers_date_time import Culture, recognize_datetime

    return _timed(lambda text: recognize_datetime(text, Culture.English))


def _timed(find: Callable[[str], object]) -> Finder:
    def timed(text: str) -> float:
        started = time.process_time()
        find(text)
        return time.process_time() - started

    return timed


if __name__ == "__main__":
    main()
