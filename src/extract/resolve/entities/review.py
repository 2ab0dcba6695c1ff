"""Open pairs as questions, replies as answers, entities in lines of text: all from the lines of the output files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from extract.errors import RecordError
from extract.resolve.entities.aliases import ANSWERS, Aliases, Answer
from extract.resolve.entities.folding import clean, fold

Json = Mapping[str, Any]


class Side(NamedTuple):
    """One side of a question: the spelling, and a sentence in which it stands."""

    text: str
    document: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Question:
    """An open pair, a `line` of `review.jsonl`: are its `sides`, two spellings and more entities with one of them, one thing?"""

    line: Json
    sides: tuple[Side, ...]

    def answer(self, reply: str) -> Answer:
        """The reply (`same`, `different`, `undecided`) as an answer for the alias file.

        Where one side is a single word, `same` holds in the documents of that word only. Raises RecordError for any other reply.
        """
        if reply not in ANSWERS:
            raise RecordError(f"{reply!r} is no answer to {self.line['key']}; give {', '.join(ANSWERS)}")
        a, b = (side.text for side in self.sides[:2])
        answer: dict[str, Any] = {"a": a, "b": b, "label": self.line["label"], "answer": reply}
        short = min((a, b), key=lambda text: len(text.split()))
        if reply == "same" and answer["label"] == "PERSON" and " " not in short:
            answer["documents"] = sorted({side.document for side in self.sides if side.text == short})
        return answer


def open_questions(review: Iterable[Json], records: Mapping[str, Json], aliases: Aliases) -> Iterator[Question]:
    """The questions of `review.jsonl` that the alias file does not answer; `records` are lines of `records.jsonl` by id."""
    for line in review:
        if not aliases.is_settled(line["a"]["text"], line["b"]["text"]):
            yield Question(line, tuple(_side(side, records) for side in (line["a"], line["b"], *line.get("more", ()))))


def _side(side: Json, records: Mapping[str, Json]) -> Side:
    source = records.get(side["record"], {}).get("source", {"document": "", "sentence": {"text": ""}})
    return Side(side["text"], source["document"], source["sentence"]["text"])


def read_answers(replies: Iterable[tuple[int, Json]], questions: Iterable[Question]) -> list[Answer]:
    """Answers given in bulk: numbered lines with `answer`, and either the `key` of an open pair or `a`, `b` and `label`.

    Raises RecordError for a line that has neither, an unknown key, or an unknown answer.
    """
    by_key = {question.line["key"]: question for question in questions}
    return [_read_answer(number, reply, by_key) for number, reply in replies]


def _read_answer(number: int, reply: Json, by_key: Mapping[str, Question]) -> Answer:
    if reply.get("answer") not in ANSWERS:
        raise RecordError(f"line {number} of the answers: {reply.get('answer')!r} is none of {', '.join(ANSWERS)}")
    if "a" in reply and "b" in reply:
        return reply
    key = str(reply.get("key"))
    if key not in by_key:
        raise RecordError(f"line {number} of the answers: no open pair has the key {key!r}; give its key, or a, b and label")
    return by_key[key].answer(reply["answer"])


def find_entities(entities: Iterable[Json], name: str | None = None) -> list[Json]:
    """The lines of `entities.jsonl` with a spelling like `name` (None: all): those called so first, then by mentions."""
    wanted = _key(name) if name else ""
    found = [entity for entity in entities if not wanted or any(wanted in _key(text) for text in _spellings(entity))]
    return sorted(found, key=lambda entity: (_key(entity["name"]) != wanted, -entity["mentions"], entity["name"], entity["id"]))


def near_names(entities: Iterable[Json], name: str, most: int = 5) -> list[str]:
    """The spellings that are nearest to a name which no entity has, themselves or with one of their words, best first."""
    texts = sorted({text for entity in entities for text in _spellings(entity)}, reverse=True)
    readings = {part: text for text in texts for part in (*_key(text).split(), _key(text)) if part}
    near = get_close_matches(_key(name), readings, n=2 * most, cutoff=0.7)
    return list(dict.fromkeys(readings[part] for part in near))[:most]


def _spellings(entity: Json) -> list[str]:
    return [entity["name"], *(variant["text"] for variant in entity["variants"])]


def _key(text: str) -> str:
    return " ".join(fold(word) for word in clean(text).split())


# Where a spelling of an entity stands: under entity and text the documents, each with its lines.
Sightings = Mapping[tuple[str, str], Mapping[str, list[int]]]


def sightings(records: Iterable[Json]) -> Sightings:
    """Where the names among lines of `records.jsonl` stand."""
    found: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        if entity := record["value"].get("entity"):
            source = record["source"]
            found[entity, record["text"]][source["document"]].append(source["line"])
    return found


def describe_entity(entity: Json, seen: Sightings) -> Iterator[str]:
    """An entity in lines: its name, and for each spelling how often, why it belongs, how surely, and where it stands."""
    counts = f"{_many(entity['mentions'], 'mention')} in {_many(entity['documents'], 'document')}"
    yield f"{entity['name']} ({entity['label']}, {entity['id']}): {counts}"
    for variant in entity["variants"]:
        yield f"  {variant['text']} x{variant['count']}: {variant['link']}, {variant['reason']} ({variant['score']:.2f})"
        for document, lines in sorted(seen.get((entity["id"], variant["text"]), {}).items()):
            yield f"    {document}, {'line' if len(set(lines)) == 1 else 'lines'} {', '.join(map(str, sorted(set(lines))))}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
