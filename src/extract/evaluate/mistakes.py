"""What records got wrong, each mistake with the text around it, the same mistakes told once with their number."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.evaluate.annotation import Annotation, Owner
from extract.evaluate.entities import EntityMap
from extract.evaluate.facets import FACETS
from extract.evaluate.matching import Pair

WEIGHTS = {
    "wrong value": 6,
    "wrong label": 5,
    "missing": 5,
    "spurious": 5,
    "wrong span": 4,
    "wrong owner": 4,
    "wrong role": 3,
    "wrong entity": 3,
    "wrong name": 1,
}
"""Kinds of mistakes and how bad each is: a wrong value misleads, a canonical name in another spelling hardly does."""

_AROUND = 80
"""So many characters of the source to each side are shown where no record tells the sentence."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake at `source[start:end]` of `document`: what gold has, what the record has (empty: nothing), the text around."""

    kind: str
    label: str
    document: str
    start: int
    end: int
    expected: str
    found: str
    context: str = ""

    def as_json(self) -> dict[str, Any]:
        """The mistake as plain JSON data."""
        return {name: getattr(self, name) for name in self.__slots__}


def worst(mistakes: Iterable[Mistake], number: int) -> list[tuple[Mistake, int]]:
    """The first of each mistake that is made again and again and how often it is: most weight first, `number` at most."""
    listed = list(mistakes)
    often = Counter(_same_mistake(mistake) for mistake in listed)
    firsts = {_same_mistake(mistake): mistake for mistake in reversed(listed)}
    counted = [(mistake, often[key]) for key, mistake in firsts.items()]
    counted.sort(key=lambda item: (-item[1] * WEIGHTS[item[0].kind], item[0].document, item[0].start, item[0].kind))
    return counted[:number]


def _same_mistake(mistake: Mistake) -> tuple[str, str, str, str]:
    return mistake.kind, mistake.label, mistake.expected, mistake.found


def find_mistakes(
    gold: Sequence[Annotation],
    found: Sequence[Annotation],
    strict: Sequence[Pair],
    entities: EntityMap,
    texts: Mapping[str, str],
) -> list[Mistake]:
    """All mistakes, in the order of documents and text; `texts` are the sources, by name, where they are to be had."""
    contexts = _Contexts(found, texts)
    listed = [*_wrong_mentions(gold, found, strict, contexts)]
    for line, record in strict:
        listed += _wrong_values(line, record, entities, contexts)
    return sorted(listed, key=lambda mistake: (mistake.document, mistake.start, mistake.end, mistake.kind))


def _wrong_mentions(
    gold: Sequence[Annotation], found: Sequence[Annotation], strict: Sequence[Pair], contexts: _Contexts
) -> Iterator[Mistake]:
    """Mentions of one side only; two that overlap and are of one nature are told as one mistake."""
    met = {id(mention) for pair in strict for mention in pair}
    spare: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for record in found:
        if id(record) not in met:
            spare[record.document, _nature(record)].append(record)
    for line in gold:
        if id(line) not in met:
            yield _unmatched(line, spare[line.document, _nature(line)], contexts)
    for record in (record for records in spare.values() for record in records):
        yield _mistake("spurious", record, "", f"{record.text} ({record.label})", contexts)


def _nature(mention: Annotation) -> str:
    return "name" if mention.is_name else mention.label


def _unmatched(line: Annotation, spare: list[Annotation], contexts: _Contexts) -> Mistake:
    near = [record for record in spare if record.start < line.end and line.start < record.end]
    expected = f"{line.text} ({line.label})"
    if not near:
        return _mistake("missing", line, expected, "", contexts)
    record = min(near, key=lambda record: (abs(record.start - line.start) + abs(record.end - line.end), record.start))
    spare.remove(record)
    kind = "wrong label" if record.span == line.span else "wrong span"
    return _mistake(kind, line, expected, f"{record.text} ({record.label})", contexts)


def _wrong_values(line: Annotation, record: Annotation, entities: EntityMap, contexts: _Contexts) -> Iterator[Mistake]:
    if line.is_name:
        yield from _wrong_names(line, record, entities, contexts)
    elif line.label in FACETS:
        tests = FACETS[line.label]
        if not tests["value"](line, record, entities):
            yield _mistake("wrong value", line, _told(line), _told(record), contexts)
        yield from _wrong_attribution(line, record, entities, contexts)


def _wrong_names(line: Annotation, record: Annotation, entities: EntityMap, contexts: _Contexts) -> Iterator[Mistake]:
    meant = entities.by_id.get(record.value["entity"])
    if meant is not None and meant != line.value["entity"]:
        yield _mistake("wrong entity", line, f"{line.text} = {line.value['entity']}", f"with {meant}", contexts)
    elif line.value["name"] != record.value.get("name"):
        yield _mistake("wrong name", line, line.value["name"], str(record.value.get("name")), contexts)


def _wrong_attribution(line: Annotation, record: Annotation, entities: EntityMap, contexts: _Contexts) -> Iterator[Mistake]:
    tests = FACETS[line.label]
    owner_test, kind_test = tests.get("party") or tests.get("subject"), tests.get("role") or tests.get("measure")
    if owner_test and not owner_test(line, record, entities):
        owners = _owners(line.value["owners"]), _owners(record.value["owners"])
        yield _mistake("wrong owner", line, f"{line.text}: {owners[0]}", owners[1], contexts)
    if kind_test and not kind_test(line, record, entities):
        yield _mistake("wrong role", line, f"{line.text}: {line.value['kind']}", record.value["kind"], contexts)


def _owners(owners: Sequence[Owner]) -> str:
    return " + ".join(owner.name for owner in owners) or "nobody"


def _told(mention: Annotation) -> str:
    value = mention.value
    if mention.label == "DATE":
        return f"{mention.text} = {value.get('edtf')} | {value.get('timex3')} {value.get('type')}"
    bounds = value["low"] if value["low"] == value["high"] else f"{value['low']} to {value['high']}"
    return f"{mention.text} = {bounds} {value['unit']}, {value['comparator']}"


def _mistake(kind: str, mention: Annotation, expected: str, found: str, contexts: _Contexts) -> Mistake:
    place = (mention.document, mention.start, mention.end)
    return Mistake(kind, mention.label, *place, expected, found, contexts.around(mention))


class _Contexts:
    """The sentences that records stand in, and the sources; `around` finds the text that holds a place."""

    def __init__(self, found: Iterable[Annotation], texts: Mapping[str, str]) -> None:
        self._texts = texts
        sentences: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
        for record in found:
            if record.sentence is not None:
                sentences[record.document].add(record.sentence)
        self._sentences = {document: sorted(spans) for document, spans in sentences.items()}

    def around(self, mention: Annotation) -> str:
        """The sentence of the mention; if no record stands in it, its surroundings in the source, or the mention itself."""
        if mention.sentence is not None:
            return mention.sentence[2]
        sentences = self._sentences.get(mention.document, [])
        index = bisect_right(sentences, (mention.start, 1 << 62, "")) - 1
        if index >= 0 and sentences[index][1] >= mention.end:
            return sentences[index][2]
        text = self._texts.get(mention.document, "")
        return text[max(0, mention.start - _AROUND) : mention.end + _AROUND].strip() or mention.text
