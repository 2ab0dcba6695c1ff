"""What linking names costs: per document, and per name as a corpus grows.

    python benchmarks/entities.py [distinct names ...]

Names are generated (a fixed seed) from many syllables: people, some with a patronymic, parties, bodies, places. A document holds
twenty of them that no other has, people once in full and twice by their family name. Prints a line for each size: distinct names,
documents, entities, seconds of the processor, microseconds a name, milliseconds a document.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from extract.resolve.entities import DocumentNames, NameMention, link_corpus

SIZES = (1_000, 10_000, 100_000)
GIVEN = [
    "Alan",
    "Anatoly",
    "Sergei",
    "Zita",
    "Ruslan",
    "Vladimir",
    "Dmitry",
    "Elena",
    "Maria",
    "Nino",
    "Giorgi",
    "Irakli",
    "Tamar",
    "Viktor",
    "Pavel",
    "Andrei",
    "Olga",
    "Ivan",
    "Marko",
    "Ana",
    "Luka",
    "Mehmet",
    "Ayşe",
    "Hasan",
    "Fatma",
    "Ilir",
    "Arben",
    "Vjosa",
    "Hans",
    "Peter",
    "Karl",
    "Emma",
    "Sofia",
    "James",
    "Robert",
    "Linda",
    "Carlos",
    "Lucia",
    "Pedro",
    "Chiara",
]
ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "kh",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "z",
    "zh",
    "ch",
]
SYLLABLES = [onset + vowel + coda for onset in ONSETS for vowel in "aeiou" for coda in ("", "", "n", "r", "l", "m", "s", "k")]
ENDINGS = [
    "ov",
    "ova",
    "ev",
    "in",
    "ina",
    "enko",
    "ski",
    "dze",
    "shvili",
    "yan",
    "li",
    "ić",
    "escu",
    "os",
    "ez",
    "ini",
    "er",
    "son",
]
KINDS = ("Party", "Union", "Institute", "Front", "Movement", "Company", "Foundation")


def _word(random_: random.Random, syllables: int, ending: str = "") -> str:
    return ("".join(random_.choice(SYLLABLES) for _ in range(syllables)) + ending).capitalize()


def _names(random_: random.Random, count: int) -> list[tuple[str, str]]:
    """So many distinct names with their labels, four people to one body and one place."""
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        roll = random_.random()
        if roll < 0.66:
            given, family = random_.choice(GIVEN), _word(random_, random_.choice((2, 3)), random_.choice(ENDINGS))
            father = f" {random_.choice(GIVEN)}ovich" if random_.random() < 0.2 else ""
            found[("PERSON", f"{given}{father} {family}")] = None
        elif roll < 0.83:
            found[(random_.choice(("PARTY", "ORG")), f"{_word(random_, 3)} {_word(random_, 2)} {random_.choice(KINDS)}")] = None
        else:
            found[("GPE", _word(random_, 3, random_.choice(("", "grad", "ia", "burg"))))] = None
    return list(found)


def _documents(names: list[tuple[str, str]]) -> Iterator[DocumentNames]:
    for start in range(0, len(names), 20):
        mentions: list[NameMention] = []
        for label, text in names[start : start + 20]:
            texts = [text, text.split()[-1], text.split()[-1]] if label == "PERSON" else [text]
            for each in texts:
                mentions.append(NameMention(len(mentions), label, each, len(mentions) * 40))
        yield DocumentNames(f"{start:07}.txt", tuple(mentions))


def main(sizes: tuple[int, ...]) -> None:
    """Prints the curve. The first, small run warms what is loaded once."""
    print(f"{'names':>8} {'documents':>10} {'entities':>9} {'seconds':>8} {'us/name':>8} {'ms/document':>12}")
    for size in (200, *sizes):
        documents = list(_documents(_names(random.Random(size), size)))
        start = time.process_time()
        linking = link_corpus(documents)
        seconds = time.process_time() - start
        per_name, per_document = seconds / size * 1e6, seconds / len(documents) * 1e3
        print(f"{size:>8} {len(documents):>10} {len(linking.entities):>9} {seconds:>8.2f} {per_name:>8.0f} {per_document:>12.2f}")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
