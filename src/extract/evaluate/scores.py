"""Records against gold, in figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.evaluate.annotation import Annotation, align_documents, read_gold, read_records, source_texts
from extract.evaluate.counts import Counts
from extract.evaluate.entities import EntityMap, b_cubed, canonical_names
from extract.evaluate.facets import FACETS
from extract.evaluate.matching import Pair, match_exactly, match_overlapping, span_and_label
from extract.evaluate.mistakes import Mistake, find_mistakes
from extract.normalise.values import NAME_LABELS

_LABEL_ORDER = (*NAME_LABELS, "DATE", "PERCENT", "SEATS")


@dataclass(frozen=True)
class Scores:
    """How well records agree with gold.

    `labels`: label -> `strict` (span and label) and `relaxed` (overlap, same label). `names`: all names together, `strict`,
    `relaxed`, and `span` (label ignored). `values`: label -> figure -> counts, see `facets.py`. `entities`: `bcubed` over name
    mentions whose span is right, `bcubed LABEL` for those of one label, and `canonical` (names letter by letter, over mentions
    whose span and label are right).
    """

    documents: tuple[str, ...]
    labels: Mapping[str, Mapping[str, Counts]]
    names: Mapping[str, Counts]
    values: Mapping[str, Mapping[str, Counts]]
    entities: Mapping[str, Counts]
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[str, ...] = ()
    by_document: Mapping[str, Scores] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Everything but the mistakes as plain JSON data."""
        data = {
            "documents": list(self.documents),
            "labels": {label: _as_json(counts) for label, counts in self.labels.items()},
            "names": _as_json(self.names),
            "values": {label: _as_json(counts) for label, counts in self.values.items()},
            "entities": _as_json(self.entities),
            "warnings": list(self.warnings),
        }
        parts = {name: scores.as_json() for name, scores in self.by_document.items()}
        return data | ({"by_document": parts} if parts else {})


def _as_json(counts: Mapping[str, Counts]) -> dict[str, Any]:
    return {name: count.as_json() for name, count in counts.items()}


def evaluate(
    records: Iterable[Mapping[str, Any]] | Path | str,
    gold: Iterable[Path | str] | Path | str,
    documents: Iterable[str] | None = None,
    sources: Path | None = None,
) -> Scores:
    """Scores records (dicts, a `records.jsonl`, or an output folder) against gold (files, or folders of `*.gold.jsonl`).

    Only documents that have gold count, and of these only those named in `documents`, if given. `sources` is a folder with the
    documents, for the text around what was missed; beside the gold they are found without. Raises RecordError for what cannot be
    read.
    """
    paths = [gold] if isinstance(gold, Path | str) else list(gold)
    wanted = None if documents is None else set(documents)
    lines = [line for line in read_gold(paths) if wanted is None or line.document in wanted]
    texts = source_texts(paths, sources)
    found = align_documents(lines, read_records(records))
    names = sorted({line.document for line in lines})
    parts = {name: _score(_of(lines, name), _of(found, name), texts) for name in names}
    whole = _score(lines, found, texts)
    return Scores(**{**_fields(whole), "warnings": tuple(_warnings(names, found)), "by_document": parts})


def _fields(scores: Scores) -> dict[str, Any]:
    return {name: getattr(scores, name) for name in ("documents", "labels", "names", "values", "entities", "mistakes")}


def _of(mentions: Iterable[Annotation], document: str) -> list[Annotation]:
    return [mention for mention in mentions if mention.document == document]


def _warnings(documents: Iterable[str], found: Iterable[Annotation]) -> Iterable[str]:
    there = {record.document for record in found}
    return (f"{name}: gold, but no record" for name in documents if name not in there)


def _score(gold: Sequence[Annotation], found: Sequence[Annotation], texts: Mapping[str, str]) -> Scores:
    strict = match_exactly(gold, found, span_and_label)
    spans = _name_pairs(gold, found)
    entities = EntityMap.of(spans, gold)
    return Scores(
        documents=tuple(sorted({line.document for line in gold})),
        labels={label: _label_scores(gold, found, strict, label) for label in _labels(gold, found)},
        names=_name_scores(gold, found, strict, spans),
        values={label: _value_scores(gold, found, strict, label, entities) for label in FACETS},
        entities=_entity_scores(strict, spans),
        mistakes=tuple(find_mistakes(gold, found, strict, entities, texts)),
    )


def _labels(gold: Iterable[Annotation], found: Iterable[Annotation]) -> list[str]:
    """The labels of gold; one that only records have (a user's own) is not scored, unless it is one of ours."""
    there = {line.label for line in gold} | {record.label for record in found if record.label in _LABEL_ORDER}
    return [label for label in _LABEL_ORDER if label in there] + sorted(there.difference(_LABEL_ORDER))


def _name_pairs(gold: Iterable[Annotation], found: Iterable[Annotation]) -> list[Pair]:
    """Names with the same span, whatever their labels."""
    return match_exactly(_names(gold), _names(found), lambda mention: mention.span)


def _names(mentions: Iterable[Annotation]) -> list[Annotation]:
    return [mention for mention in mentions if mention.is_name]


def _label_scores(
    gold: Sequence[Annotation], found: Sequence[Annotation], strict: Sequence[Pair], label: str
) -> dict[str, Counts]:
    wanted = [line for line in gold if line.label == label]
    ours = [record for record in found if record.label == label]
    right = sum(line.label == label for line, _ in strict)
    relaxed = len(match_overlapping(wanted, ours))
    return {
        "strict": Counts.of(len(wanted), len(ours), right),
        "relaxed": Counts.of(len(wanted), len(ours), relaxed),
    }


def _name_scores(
    gold: Sequence[Annotation], found: Sequence[Annotation], strict: Sequence[Pair], spans: Sequence[Pair]
) -> dict[str, Counts]:
    wanted, ours = _names(gold), _names(found)
    correct = {
        "strict": sum(line.is_name for line, _ in strict),
        "relaxed": len(match_overlapping(wanted, ours)),
        "span": len(spans),
    }
    return {name: Counts.of(len(wanted), len(ours), count) for name, count in correct.items()}


def _value_scores(
    gold: Sequence[Annotation], found: Sequence[Annotation], strict: Sequence[Pair], label: str, entities: EntityMap
) -> dict[str, Counts]:
    wanted = sum(line.label == label for line in gold)
    ours = sum(record.label == label for record in found)
    pairs = [(line, record) for line, record in strict if line.label == label]
    return {
        name: Counts.of(wanted, ours, sum(test(line, record, entities) for line, record in pairs))
        for name, test in FACETS[label].items()
    }


def _entity_scores(strict: Sequence[Pair], spans: Sequence[Pair]) -> dict[str, Counts]:
    by_label = {f"bcubed {label}": [pair for pair in spans if pair[0].label == label] for label in NAME_LABELS}
    return {
        "bcubed": b_cubed(spans),
        **{name: b_cubed(pairs) for name, pairs in by_label.items() if pairs},
        "canonical": canonical_names([pair for pair in strict if pair[0].is_name]),
    }
