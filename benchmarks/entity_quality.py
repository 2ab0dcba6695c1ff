"""How well spellings become entities: gold mentions given, the list of pairs, and open data sets where their folder is given.

    python benchmarks/entity_quality.py [--data FOLDER] [--gold FOLDER ...] [--errors 20]

FOLDER may hold `ofac-dev.jsonl` (`{"id", "type": "PER" | "ORG", "programs", "names"}`: groups of spellings of one sanctioned
person or body; every spelling is linked as a document of its own), `gum-names-train.jsonl` (`{"doc", "mentions": [{"text",
"type", "cluster"}]}`) and `name-bench-dev.jsonl` (`{"schema", "a", "b", "match"}`). Pairwise figures count pairs of distinct
spellings.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from extract.evaluate.given import link_given, score_pairs
from extract.resolve.entities import DocumentNames, NameMention, link_corpus
from extract.resolve.entities.comparing import NameComparer
from extract.resolve.entities.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parent.parent
LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "GPE": "GPE"}
SCHEMAS = {"Person": "PERSON", "Company": "ORG", "Organization": "ORG", "LegalEntity": "ORG", "Vessel": "ORG"}
# Which sanctions programmes name whom.
ORIGINS: Mapping[str, tuple[str, ...]] = {
    "Cyrillic": ("RUSSIA", "UKRAINE", "BELARUS"),
    "Arabic": ("SYRIA", "IRAQ2", "LIBYA", "YEMEN", "LEBANON", "DARFUR"),
    "Persian": ("IRAN", "IFSR", "IRGC"),
    "Spanish": ("SDNT", "SDNTK", "CUBA", "VENEZUELA", "NICARAGUA"),
    "Chinese and Korean": ("DPRK", "HK-EO", "CHINA", "CMIC"),
    "Burmese": ("BURMA",),
    "African": ("DRCONGO", "ZIMBABWE", "SOMALIA", "CAR", "SOUTH SUDAN", "MALI"),
    "Balkan": ("BALKANS",),
    "all": ("",),
}
Pair = tuple[str, str]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--gold", type=Path, nargs="*", default=[ROOT / "tests/gold/seeds", ROOT / "tests/gold/dev"])
    parser.add_argument("--errors", type=int, default=0, help="list so many pairs of each kind of mistake")
    chosen = parser.parse_args(arguments)
    for gold in chosen.gold:
        show_gold(gold, chosen.errors)
    show_pairs(_lines(ROOT / "tests/data/name_pairs.jsonl"), "own pairs", chosen.errors)
    for name, show in DATA_SETS.items():
        if chosen.data and (chosen.data / name).is_file():
            show(_lines(chosen.data / name), chosen.errors)


def show_gold(gold: Path, errors: int) -> None:
    """B-cubed and canonical names of gold's own mentions."""
    _, pairs = link_given([gold], [ROOT / "seeds"])
    scores = score_pairs(pairs)
    print(f"{gold.name}, mentions given: B-cubed {scores['bcubed'].f1:.3f}, canonical {scores['canonical'].precision:.3f}")
    wrong = dict.fromkeys(
        f"{line.text}: {found.value['name']}, gold {line.value['name']}"
        for line, found in pairs
        if line.value["name"] != found.value["name"]
    )
    _list("canonical", list(wrong), errors)


def show_ofac(groups: Sequence[Mapping[str, Any]], errors: int) -> None:
    """Groups by origin: pairs of spellings that are one entity."""
    for origin, programs in ORIGINS.items():
        for kinds in (("PER",), ("ORG",), ("PER", "ORG")):
            chosen = [group for group in groups if group["type"] in kinds and _is_of(group["programs"], programs)]
            show_groups(f"OFAC {origin} {'+'.join(kinds)}", chosen, errors)


def _is_of(programs: Iterable[str], prefixes: tuple[str, ...]) -> bool:
    return any(program.startswith(prefixes) or (program.endswith("RUSSIA") and "RUSSIA" in prefixes) for program in programs)


def show_groups(title: str, groups: Sequence[Mapping[str, Any]], errors: int) -> None:
    """Every spelling in a document of its own, linked."""
    wanted: set[Pair] = set()
    corpus = []
    spelled: dict[str, str] = {}
    for group in groups:
        numbers = []
        for number, name in enumerate(dict.fromkeys(group["names"])):
            document = f"{group['id']}/{number:02}"
            spelled[document] = name
            numbers.append(document)
            corpus.append(DocumentNames(document, (NameMention(0, LABELS[group["type"]], name, 0),)))
        wanted.update(combinations(numbers, 2))
    linking = link_corpus(corpus)
    clusters: dict[str, list[str]] = defaultdict(list)
    for document, _ in sorted(linking.entity_of):
        clusters[linking.entity_of[document, 0]].append(document)
    found = {pair for documents in clusters.values() for pair in combinations(documents, 2)}
    _print_pairs(title, wanted, found, errors, lambda pair: f"{spelled[pair[0]]} | {spelled[pair[1]]}")


def show_gum(documents: Sequence[Mapping[str, Any]], errors: int) -> None:
    """Names of one document: pairs of distinct spellings of one thing."""
    wanted: set[tuple[str, Pair]] = set()
    found: set[tuple[str, Pair]] = set()
    for line in documents:
        mentions = [mention for mention in line["mentions"] if mention["type"] in LABELS]
        names = [NameMention(i, LABELS[each["type"]], each["text"], each["start"]) for i, each in enumerate(mentions)]
        linking = link_corpus([DocumentNames(line["doc"], tuple(names))])
        texts = [(mention["text"], mention["cluster"], linking.entity_of[line["doc"], i]) for i, mention in enumerate(mentions)]
        for (a, gold_a, our_a), (b, gold_b, our_b) in combinations(texts, 2):
            if a != b:
                pair = (line["doc"], (min(a, b), max(a, b)))
                wanted.update([pair] if gold_a == gold_b else [])
                found.update([pair] if our_a == our_b else [])
    _print_pairs("GUM", wanted, found, errors, lambda pair: f"{pair[0]}: {pair[1][0]} | {pair[1][1]}")


def show_bench(pairs: Sequence[Mapping[str, Any]], errors: int) -> None:
    """Pairs that match or do not."""
    show_pairs(
        [{"label": SCHEMAS[line["schema"]], "a": line["a"], "b": line["b"], "same": line["match"]} for line in pairs],
        "name bench",
        errors,
    )


def show_pairs(pairs: Sequence[Mapping[str, Any]], title: str, errors: int) -> None:
    """Pairs of names that must join and that must not."""
    comparer = NameComparer(load_lexicon())
    wanted = {(line["label"], line["a"], line["b"]) for line in pairs if line["same"]}
    found = {
        (line["label"], line["a"], line["b"])
        for line in pairs
        if (relation := comparer.compare(*(comparer.form(line["label"], line[side]) for side in "ab"))) and relation.joins
    }
    _print_pairs(title, wanted, found, errors, " | ".join)


def _print_pairs(title: str, wanted: set[Any], found: set[Any], errors: int, told: Callable[[Any], str]) -> None:
    right = len(wanted & found)
    precision, recall = right / max(len(found), 1), right / max(len(wanted), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{title}: {len(wanted)} pairs, P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    _list("joined wrongly", map(told, sorted(found - wanted)), errors)
    _list("missed", map(told, sorted(wanted - found)), errors)


def _list(what: str, lines: Iterable[str], count: int) -> None:
    for line in list(lines)[:count]:
        print(f"    {what}: {line}")


DATA_SETS: Mapping[str, Callable[[Sequence[Mapping[str, Any]], int], None]] = {
    "ofac-dev.jsonl": show_ofac,
    "gum-names-train.jsonl": show_gum,
    "name-bench-dev.jsonl": show_bench,
}

if __name__ == "__main__":
    main()
