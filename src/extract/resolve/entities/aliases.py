"""The user's word on names: `rules/aliases.yml`, read, checked and added to.

What it says beats every rule. Names are compared as written but for case, quotes and kinds of apostrophes and dashes.
Every mistake is reported with its line: a name that belongs to two entities of one kind, a cycle, a pair that is both the same
and different, an unknown label or key.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from extract.errors import RuleError
from extract.resolve.entities.comparing import KIND_OF_LABEL
from extract.resolve.entities.folding import clean
from extract.rules.located import read_rule_text


class AliasWarning(UserWarning):
    """Something in the alias file that is allowed and probably not meant."""


@dataclass(frozen=True, slots=True)
class AliasEntity:
    """One entry: each of `names` (`canonical` among them) is the entity `canonical` in documents that fit `documents`.

    `answered`: it was made of answers, and its name is the most frequent in full.
    """

    canonical: str
    label: str
    names: tuple[str, ...]
    documents: tuple[str, ...] = ()
    line: int = 0
    answered: bool = False

    @property
    def kind(self) -> str:
        """The kind of name that it speaks of."""
        return KIND_OF_LABEL[self.label]

    def covers(self, document: str) -> bool:
        """Whether it holds in a document."""
        return not self.documents or any(fnmatchcase(document, pattern) for pattern in self.documents)


def pair_of(a: str, b: str) -> frozenset[str]:
    """Two names as an alias file tells pairs apart: in any order, whatever their case."""
    return frozenset((clean(a).casefold(), clean(b).casefold()))


@dataclass(frozen=True)
class Aliases:
    """What an alias file says; empty by default."""

    entities: tuple[AliasEntity, ...] = ()
    different: frozenset[frozenset[str]] = frozenset()
    undecided: frozenset[frozenset[str]] = frozenset()
    given_names: tuple[tuple[str, ...], ...] = ()
    path: str | None = field(default=None, compare=False)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], tuple[AliasEntity, ...]]:
        found: dict[tuple[str, str], tuple[AliasEntity, ...]] = {}
        for entity in self.entities:
            for name in entity.names:
                key = (entity.kind, clean(name).casefold())
                found[key] = (*found.get(key, ()), entity)
        return found

    def entity_of(self, kind: str, text: str, document: str) -> AliasEntity | None:
        """The entry for a name in a document: one with a scope goes before one without."""
        entries = [entity for entity in self._by_name.get((kind, clean(text).casefold()), ()) if entity.covers(document)]
        return min(entries, key=lambda entity: (not entity.documents, entity.line)) if entries else None

    def are_different(self, a: str, b: str) -> bool:
        """Whether the user said that two names are two things."""
        return bool(self.different) and len(pair := pair_of(a, b)) == 2 and pair in self.different

    def is_settled(self, a: str, b: str) -> bool:
        """Whether the user has answered for this pair: same, different or undecided."""
        pair = pair_of(a, b)
        return pair in self.different or pair in self.undecided or pair in self._same

    @cached_property
    def _same(self) -> frozenset[frozenset[str]]:
        return frozenset(pair_of(a, b) for entity in self.entities for a in entity.names for b in entity.names)


def load_aliases(path: Path | str) -> Aliases:
    """The alias file at `path`. Raises RuleError, with the line, for what is wrong in it; warns (AliasWarning) of what is odd."""
    data = _read(Path(path))
    if data is None:
        return Aliases(path=str(path))
    checker = _Checker(str(path))
    checker.keys(data, {"version", "entities", "different", "undecided", "given_names", "answers"}, "an alias file")
    if data.get("version") != 1:
        raise RuleError(str(path), 1, f"version {data.get('version')!r} is unknown; this is version: 1")
    entities = tuple(checker.entities(_sequence(data, "entities", path)))
    different = tuple(checker.pairs(data, "different"))
    undecided = tuple(checker.pairs(data, "undecided"))
    checker.check(entities, different)
    given = tuple(tuple(str(name).lower() for name in line) for line in _sequence(data, "given_names", path))
    pairs = frozenset(pair for pair, _ in different), frozenset(pair for pair, _ in undecided)
    return _heard(Aliases(entities, *pairs, given, str(path)), checker.answers(data))


def _read(path: Path) -> CommentedMap | None:
    try:
        data = YAML(typ="rt").load(read_rule_text(path))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise RuleError(path, mark.line + 1 if mark else None, f"not YAML: {error.problem}") from error
    except (YAMLError, RecursionError) as error:
        raise RuleError(path, None, "not YAML, or nested too deep") from error
    if data is not None and not isinstance(data, CommentedMap):
        raise RuleError(path, 1, "an alias file is a mapping with version, entities, different, given_names")
    return data


def _sequence(data: CommentedMap, key: str, path: Path | str) -> CommentedSeq | Sequence[Any]:
    value = data.get(key) or ()
    if not isinstance(value, list | tuple):
        raise RuleError(str(path), data.lc.key(key)[0] + 1, f"{key} is a list")
    return value


def _line(entries: Sequence[Any], number: int) -> int:
    return int(entries.lc.item(number)[0]) + 1 if isinstance(entries, CommentedSeq) else 1


_TWO_OF_ONE_NAME = "two things of one name are told apart by an entity for each, with the documents: in which it is meant"


class _Checker:
    """Reads the parts of an alias file and finds what contradicts itself."""

    def __init__(self, path: str) -> None:
        self._path = path

    def _error(self, line: int | None, message: str) -> RuleError:
        return RuleError(self._path, line, message)

    def keys(self, data: CommentedMap, known: set[str], what: str) -> None:
        """Raises RuleError for a key that is none."""
        for key in data:
            if key not in known:
                raise self._error(data.lc.key(key)[0] + 1, f"{key!r} is no key of {what}; known are {', '.join(sorted(known))}")

    def entities(self, entries: Sequence[Any]) -> Iterator[AliasEntity]:
        """The entries under `entities`."""
        for number, entry in enumerate(entries):
            line = _line(entries, number)
            if not isinstance(entry, CommentedMap):
                raise self._error(line, "an entity is a mapping with canonical, label and aliases")
            yield self._entity(entry, entry.lc.line + 1)

    def _entity(self, entry: CommentedMap, line: int) -> AliasEntity:
        self.keys(entry, {"canonical", "label", "aliases", "documents", "note"}, "an entity")
        canonical, label = entry.get("canonical"), entry.get("label")
        if not isinstance(canonical, str) or not canonical.strip():
            raise self._error(line, "an entity needs its canonical name")
        if label not in KIND_OF_LABEL:
            raise self._error(line, f"{label!r} is no label of names; known are {', '.join(KIND_OF_LABEL)}")
        aliases = self._texts(entry, "aliases", line)
        documents = self._texts(entry, "documents", line)
        if not documents and label == "PERSON":
            self._warn_of_bare([canonical, *aliases], line)
        return AliasEntity(canonical, label, tuple(dict.fromkeys((canonical, *aliases))), documents, line)

    def _texts(self, entry: CommentedMap, key: str, line: int) -> tuple[str, ...]:
        value = entry.get(key) or ()
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise self._error(line, f"{key} is a list of texts")
        return tuple(value)

    def _warn_of_bare(self, names: Iterable[str], line: int) -> None:
        for name in names:
            if " " not in clean(name):
                message = f"{self._path}:{line}: {name!r} alone is this person in every document; give documents: to limit it"
                warnings.warn(message, AliasWarning, stacklevel=5)

    def pairs(self, data: CommentedMap, key: str) -> Iterator[tuple[frozenset[str], int]]:
        """The pairs under `key` with their lines; a list of more than two names stands for all its pairs."""
        entries = _sequence(data, key, self._path)
        for number, names in enumerate(entries):
            line = _line(entries, number)
            if not isinstance(names, list) or len(names) < 2 or not all(isinstance(name, str) for name in names):
                raise self._error(line, f"{key} holds lists of two names or more")
            for index, first in enumerate(names):
                for second in names[index + 1 :]:
                    if len(pair_of(first, second)) == 1:
                        raise self._error(line, f"{first!r} and {second!r} are one name and cannot be {key}; {_TWO_OF_ONE_NAME}")
                    yield pair_of(first, second), line

    def answers(self, data: CommentedMap) -> Iterator[tuple[Answer, int]]:
        """The answers with their lines."""
        entries = _sequence(data, "answers", self._path)
        for number, answer in enumerate(entries):
            line = _line(entries, number)
            if not isinstance(answer, CommentedMap):
                raise self._error(line, "an answer is a mapping with a, b, label and answer")
            self.keys(answer, set(_ANSWER_KEYS), "an answer")
            yield _checked(answer, Path(self._path)), line

    def check(self, entities: Sequence[AliasEntity], different: Sequence[tuple[frozenset[str], int]]) -> None:
        """Raises RuleError for names of two entities, cycles, and pairs that are same and different."""
        self._check_owners(entities)
        lines = dict(different)
        for entity in entities:
            for a in entity.names:
                for b in entity.names:
                    if (line := lines.get(pair_of(a, b))) and len(pair_of(a, b)) == 2:
                        raise self._error(line, f"{a!r} and {b!r} are different here, and one entity in line {entity.line}")

    def _check_owners(self, entities: Sequence[AliasEntity]) -> None:
        owners: dict[tuple[str, str, tuple[str, ...]], AliasEntity] = {}
        for entity in entities:
            for name in entity.names:
                other = owners.setdefault((entity.kind, clean(name).casefold(), entity.documents), entity)
                if other is not entity:
                    raise self._error(entity.line, self._contradiction(name, entity, other))

    def _contradiction(self, name: str, entity: AliasEntity, other: AliasEntity) -> str:
        if clean(other.canonical) in map(clean, entity.names) and clean(entity.canonical) in map(clean, other.names):
            return f"a cycle: {entity.canonical!r} and {other.canonical!r} (line {other.line}) are each an alias of the other"
        return f"{name!r} is {entity.canonical!r} here and {other.canonical!r} in line {other.line}"


Answer = Mapping[str, Any]
ANSWERS = ("same", "different", "undecided")
_ANSWER_KEYS = ("a", "b", "label", "answer", "canonical", "documents", "by", "at")


def append_answers(path: Path | str, answers: Iterable[Answer], by: str = "", at: str = "") -> int:
    """Adds answers to the alias file (made if there is none), keeping its comments and order; returns how many were new.

    An answer is `{"a": name, "b": name, "label": label, "answer": "same" | "different" | "undecided"}`, of the same with
    `"canonical"` and `"documents"` as it likes; `by` and `at` say who gave it and when. Of two answers for a pair the last holds.
    The file is written only if what comes out loads. Raises RuleError for an answer that is none.
    """
    path = Path(path)
    data = _loaded(path)
    entries = data.get("answers")
    if entries is None:
        entries = data["answers"] = CommentedSeq()
    given = [_checked(answer, path) for answer in answers]
    given = [answer for answer in given if not _stands(answer, entries)]
    for answer in given:
        told = {**answer, **({"by": by} if by else {}), **({"at": at} if at else {})}
        entry = CommentedMap((key, told[key]) for key in _ANSWER_KEYS if told.get(key))
        entry.fa.set_flow_style()
        entries.append(entry)
    if given:
        _replace_checked(path, data)
    return len(given)


def _stands(answer: Answer, entries: Sequence[Answer]) -> bool:
    """Whether the last answer for the pair is the same one."""
    pair = pair_of(answer["a"], answer["b"])
    last = next((entry for entry in reversed(entries) if pair_of(entry["a"], entry["b"]) == pair), None)
    return last is not None and all(last.get(key) == answer.get(key) for key in ("answer", "canonical", "documents"))


def undo_answers(path: Path | str, count: int = 1) -> list[Answer]:
    """Takes the last answers out of the alias file, and returns them, the last first."""
    data = _loaded(Path(path))
    entries = data.get("answers") or []
    gone: list[Answer] = [dict(entries.pop()) for _ in range(min(count, len(entries)))]
    if gone:
        _replace_checked(Path(path), data)
    return gone


def _checked(answer: Answer, path: Path) -> dict[str, Any]:
    missing = [key for key in ("a", "b", "answer") if not isinstance(answer.get(key), str)]
    if missing or answer["answer"] not in ANSWERS:
        raise RuleError(path, None, f"an answer needs a, b and answer ({', '.join(ANSWERS)}); this is {dict(answer)}")
    if answer["answer"] == "same" and answer.get("label") not in KIND_OF_LABEL:
        raise RuleError(path, None, f"{answer.get('label')!r} is no label of names; known are {', '.join(KIND_OF_LABEL)}")
    return dict(answer)


def _heard(aliases: Aliases, answers: Iterable[tuple[Answer, int]]) -> Aliases:
    """What the file says when each of its answers has been heard, in their order: the last one for a pair holds."""
    entities, different, undecided = list(aliases.entities), set(aliases.different), set(aliases.undecided)
    for answer, line in answers:
        pair = pair_of(answer["a"], answer["b"])
        different.discard(pair)
        undecided.discard(pair)
        if answer["answer"] == "same":
            entities = _with_same(entities, answer, line)
        else:
            entities = [each for entity in entities if len((each := _without(entity, pair)).names) > 1 or not entity.answered]
            (different if answer["answer"] == "different" else undecided).add(pair)
    return replace(aliases, entities=tuple(entities), different=frozenset(different), undecided=frozenset(undecided))


def _with_same(entities: Sequence[AliasEntity], answer: Answer, line: int) -> list[AliasEntity]:
    """The entities with two names made one: they join the entities of their kind and scope that have one of them."""
    label, documents = str(answer["label"]), tuple(answer.get("documents") or ())
    wanted = {clean(answer[side]).casefold() for side in "ab"}
    held = [
        entity
        for entity in entities
        if entity.kind == KIND_OF_LABEL[label]
        and entity.documents == documents
        and wanted & {clean(name).casefold() for name in entity.names}
    ]
    first = held[0] if held else AliasEntity(str(answer["a"]), label, (), documents, line, answered=True)
    names = dict.fromkeys(name for entity in held for name in entity.names)
    names.update(dict.fromkeys(str(answer[side]) for side in "ab"))
    if canonical := answer.get("canonical"):
        first = replace(first, canonical=str(canonical), answered=False)
        names[str(canonical)] = None
    joined = replace(first, names=tuple(names))
    return [joined if entity is first else entity for entity in entities if entity is first or entity not in held] + (
        [] if held else [joined]
    )


def _without(entity: AliasEntity, pair: frozenset[str]) -> AliasEntity:
    """An entity without one name of a pair that it has both of: the one that it is not called by."""
    inside = [name for name in entity.names if clean(name).casefold() in pair]
    if len({clean(name).casefold() for name in inside}) < 2:
        return entity
    gone = next(name for name in reversed(inside) if name != entity.canonical)
    return replace(entity, names=tuple(name for name in entity.names if name != gone))


def _loaded(path: Path) -> CommentedMap:
    data: CommentedMap = _yaml().load(path.read_text(encoding="utf-8") if path.exists() else "version: 1\n")
    return data


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _replace_checked(path: Path, data: CommentedMap) -> None:
    """Writes the file beside, loads it, and only then puts it in place."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        _yaml().dump(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AliasWarning)
            load_aliases(draft)
    except RuleError as error:
        draft.unlink()
        raise RuleError(path, error.line, f"the answers contradict the file: {error.message}") from error
    draft.replace(path)
