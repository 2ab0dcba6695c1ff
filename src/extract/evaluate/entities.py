"""Entities of records against those of gold: which is which, and how well mentions are grouped (B-cubed)."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.evaluate.annotation import Annotation, Owner
from extract.evaluate.counts import Counts
from extract.evaluate.matching import Pair


def fold(name: str) -> str:
    """A name without case, accents and runs of blanks, for comparing."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


@dataclass(frozen=True, slots=True)
class EntityMap:
    """Leads from what records call an entity to its name in gold.

    `by_id`: the gold entity whose mentions an id covers most. `by_name`: folded names and mentions of gold in all documents,
    `by_place` in one (`CEC` is another body in another country); a mention that two gold entities share leads nowhere.
    """

    by_id: dict[str, str]
    by_name: dict[str, str]
    by_place: dict[str, dict[str, str]]

    @classmethod
    def of(cls, pairs: Iterable[Pair], gold: Sequence[Annotation]) -> EntityMap:
        """From name mentions with equal spans, and all of gold."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for line, record in pairs:
            votes[record.value["entity"]][line.value["entity"]] += 1
        by_id = {entity: min(counts, key=lambda name: (-counts[name], name)) for entity, counts in votes.items()}
        by_document: dict[str, list[Annotation]] = defaultdict(list)
        for line in gold:
            by_document[line.document].append(line)
        return cls(by_id, _names(gold), {document: _names(lines) for document, lines in by_document.items()})

    def gold_name(self, owner: Owner, document: str) -> str:
        """The gold name of an owner in a document; the folded name of an owner that gold does not know."""
        if owner.entity is not None and owner.entity in self.by_id:
            return self.by_id[owner.entity]
        name = fold(owner.name)
        return self.by_place.get(document, {}).get(name) or self.by_name.get(name, name)

    def gold_names(self, record: Annotation) -> frozenset[str]:
        """The gold names of all owners of a figure."""
        return frozenset(self.gold_name(owner, record.document) for owner in record.value["owners"])


def _names(gold: Iterable[Annotation]) -> dict[str, str]:
    meant: dict[str, set[str]] = defaultdict(set)
    canonical: dict[str, str] = {}
    for line in gold:
        if line.is_name:
            meant[fold(line.text)].add(line.value["entity"])
            canonical[fold(line.value["entity"])] = line.value["entity"]
        else:
            canonical |= {fold(owner.name): owner.entity or owner.name for owner in line.value.get("owners", ())}
    return {text: next(iter(names)) for text, names in meant.items() if len(names) == 1} | canonical


def b_cubed(pairs: Sequence[Pair]) -> Counts:
    """B-cubed precision and recall over mentions that both sides have (Bagga and Baldwin 1998), each mention weighing one."""
    ours = Counter(record.value["entity"] for _, record in pairs)
    golds = Counter(line.value["entity"] for line, _ in pairs)
    both = Counter((line.value["entity"], record.value["entity"]) for line, record in pairs)
    precise = sum(count * count / ours[entity] for (_, entity), count in sorted(both.items()))
    recalled = sum(count * count / golds[entity] for (entity, _), count in sorted(both.items()))
    return Counts(len(pairs), len(pairs), precise, recalled)


def canonical_names(pairs: Sequence[Pair]) -> Counts:
    """For how many mentions the canonical name is gold's, letter by letter; precision is the accuracy."""
    right = sum(line.value["name"] == record.value.get("name") for line, record in pairs)
    return Counts.of(len(pairs), len(pairs), right)
