"""The user's word on names: `aliases.yml`, read, checked and added to.

What it says beats every rule. Names are compared as written but for case, quotes and kinds of apostrophes and dashes.
Every mistake is reported with its line: a name that belongs to two entities of one kind, a cycle, a pair that is both the same
and different, an unknown label or key.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, ValidationError, model_validator

from extract.errors import RuleError
from extract.resolve.entities.comparing import KIND_OF_LABEL
from extract.resolve.entities.folding import clean
from extract.rules import packaged_folder
from extract.rules.located import Located
from extract.rules.ready import read_file
from extract.rules.shape import Shape, Word

if TYPE_CHECKING:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap


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

    @property
    def keys(self) -> list[str]:
        """Its names as they are compared."""
        return list(map(_key, self.names))

    def covers(self, document: str) -> bool:
        """Whether it holds in a document."""
        return not self.documents or any(fnmatchcase(document, pattern) for pattern in self.documents)


@lru_cache(maxsize=200_000)
def _key(name: str) -> str:
    return clean(name).casefold()


Pair = frozenset[str]


def pair_of(a: str, b: str) -> Pair:
    """Two names as an alias file tells pairs apart: in any order, whatever their case."""
    return frozenset((_key(a), _key(b)))


@dataclass(frozen=True)
class Aliases:
    """What an alias file says; empty by default."""

    entities: tuple[AliasEntity, ...] = ()
    different: frozenset[Pair] = frozenset()
    undecided: frozenset[Pair] = frozenset()
    given_names: tuple[tuple[str, ...], ...] = ()
    path: str | None = field(default=None, compare=False)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], list[AliasEntity]]:
        found: dict[tuple[str, str], list[AliasEntity]] = {}
        for entity in self.entities:
            for key in entity.keys:
                found.setdefault((entity.kind, key), []).append(entity)
        return found

    def entity_of(self, kind: str, text: str, document: str) -> AliasEntity | None:
        """The entry for a name in a document: one with a scope goes before one without."""
        entries = [entity for entity in self._by_name.get((kind, _key(text)), ()) if entity.covers(document)]
        return min(entries, key=lambda entity: (not entity.documents, entity.line), default=None)

    def speak_of(self, texts: Iterable[str]) -> bool:
        """Whether anything is said of names that all stand in a document: of these."""
        keys = set(map(_key, texts)) if self._pairs else set()
        return any(pair <= keys for key in keys & self._pairs.keys() for pair in self._pairs[key])

    @cached_property
    def _pairs(self) -> Mapping[str, list[Pair]]:
        """Under each name the pairs of which something is said; a name of an entity is a pair with itself, too."""
        found: dict[str, list[Pair]] = {}
        for pair in chain(self._same, self.different, self.undecided):
            for key in pair:
                found.setdefault(key, []).append(pair)
        return found

    def are_different(self, a: str, b: str) -> bool:
        """Whether the user said that two names are two things."""
        return bool(self.different) and pair_of(a, b) in self.different

    def is_settled(self, a: str, b: str) -> bool:
        """Whether the user has answered for this pair: same, different or undecided."""
        pair = pair_of(a, b)
        return pair in self.different or pair in self.undecided or pair in self._same

    @cached_property
    def _same(self) -> frozenset[Pair]:
        return frozenset(pair_of(a, b) for entity in self.entities for a in entity.names for b in entity.names)


# The shape of the file.


def _is_label(label: str) -> str:
    if label not in KIND_OF_LABEL:
        raise ValueError(f"{label!r} is no label of names; known are {', '.join(KIND_OF_LABEL)}")
    return label


Label = Annotated[str, AfterValidator(_is_label)]
Names = list[Word]
Answer = Mapping[str, Any]
Reply = Literal["same", "different", "undecided"]
ANSWERS: tuple[str, ...] = get_args(Reply)


class _Entity(Shape):
    canonical: Word
    label: Label
    aliases: Names = Field(default_factory=list)
    documents: Names = Field(default_factory=list)
    note: str | None = None


class _Answer(Shape):
    a: Word
    b: Word
    label: Label | None = None
    answer: Reply
    canonical: Word | None = None
    documents: Names = Field(default_factory=list)
    by: str | None = None
    at: str | None = None

    @model_validator(mode="after")
    def _has_label(self) -> _Answer:
        if self.answer == "same" and not self.label:
            raise ValueError("an answer `same` needs the label of the names")
        return self


class _File(Shape):
    version: Literal[1]
    entities: list[_Entity] = Field(default_factory=list)
    different: list[Annotated[Names, Field(min_length=2)]] = Field(default_factory=list)
    undecided: list[Annotated[Names, Field(min_length=2)]] = Field(default_factory=list)
    given_names: list[Names] = Field(default_factory=list)
    answers: list[_Answer] = Field(default_factory=list)


def load_aliases(path: Path | str) -> Aliases:
    """The alias file at `path`. Raises RuleError, with the line, for what is wrong in it; warns (AliasWarning) of what is odd."""
    path = Path(path)
    return read_file(path, _aliases, path.parent == packaged_folder())


def _aliases(located: Located) -> Aliases:
    path = str(located.path)
    if located.data in (None, {"version": 1}):  # it says nothing, as the packaged one
        return Aliases(path=path)
    if not isinstance(located.data, dict):
        raise located.error((), "an alias file is a mapping with version, entities, different, given_names")
    try:
        shape = _File.model_validate({key: value for key, value in located.data.items() if value is not None})
    except ValidationError as error:
        where, message = _told(error)
        raise located.error(where, message) from error
    entities = tuple(_entity(entry, located, number) for number, entry in enumerate(shape.entities))
    different, undecided = (dict(_pairs(located, key, getattr(shape, key))) for key in ("different", "undecided"))
    _check(located, entities, different)
    given = tuple(tuple(map(str.lower, line)) for line in shape.given_names)
    said = Aliases(entities, frozenset(different), frozenset(undecided), given, path)
    lines = [located.place(("answers", number))[0] for number in range(len(shape.answers))]
    return _heard(said, zip(shape.answers, lines, strict=True))


def _told(error: ValidationError) -> tuple[tuple[int | str, ...], str]:
    """Where the first thing stands that does not fit the shape, and what is wrong with it."""
    first = error.errors()[0]
    message = "this key is not known" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    return first["loc"], f"{'.'.join(str(step) for step in first['loc'] if isinstance(step, str))}: {message}"


def _entity(entry: _Entity, located: Located, number: int) -> AliasEntity:
    line = located.place(("entities", number))[0]
    names = tuple(dict.fromkeys((entry.canonical, *entry.aliases)))
    for name in names if entry.label == "PERSON" and not entry.documents else ():
        if " " not in clean(name):
            message = f"{located.path}:{line}: {name!r} alone is this person in every document; give documents: to limit it"
            warnings.warn(message, AliasWarning, stacklevel=6)
    return AliasEntity(entry.canonical, entry.label, names, tuple(entry.documents), line)


_TWO_OF_ONE_NAME = "two things of one name are told apart by an entity for each, with the documents: in which it is meant"


def _pairs(located: Located, key: str, entries: Iterable[Names]) -> Iterator[tuple[Pair, int]]:
    """The pairs under `key` with their lines; a list of more than two names stands for all its pairs."""
    for number, names in enumerate(entries):
        for first, second in combinations(names, 2):
            if len(pair := pair_of(first, second)) == 1:
                message = f"{first!r} and {second!r} are one name and cannot be {key}; {_TWO_OF_ONE_NAME}"
                raise located.error((key, number), message)
            yield pair, number


def _check(located: Located, entities: Sequence[AliasEntity], different: Mapping[Pair, int]) -> None:
    """Raises RuleError for names of two entities, cycles, and pairs that are same and different."""
    owners: dict[tuple[str, str, tuple[str, ...]], AliasEntity] = {}
    for number, entity in enumerate(entities):
        for name, key in zip(entity.names, entity.keys, strict=True):
            other = owners.setdefault((entity.kind, key, entity.documents), entity)
            if other is not entity:
                raise located.error(("entities", number), _contradiction(name, entity, other))
        for a, b in combinations(entity.names, 2):
            if (pair := pair_of(a, b)) in different:
                message = f"{a!r} and {b!r} are different here, and one entity in line {entity.line}"
                raise located.error(("different", different[pair]), message)


def _contradiction(name: str, entity: AliasEntity, other: AliasEntity) -> str:
    if _key(other.canonical) in entity.keys and _key(entity.canonical) in other.keys:
        return f"a cycle: {entity.canonical!r} and {other.canonical!r} (line {other.line}) are each an alias of the other"
    return f"{name!r} is {entity.canonical!r} here and {other.canonical!r} in line {other.line}"


# Answers: heard when the file is read, and added to it.


def _heard(aliases: Aliases, answers: Iterable[tuple[_Answer, int]]) -> Aliases:
    """What the file says when its answers have been heard: the last one for a pair holds."""
    last: dict[Pair, tuple[_Answer, int]] = {}
    for answer, line in answers:
        pair = pair_of(answer.a, answer.b)
        last.pop(pair, None)
        last[pair] = answer, line
    entities = list(aliases.entities)
    for pair, (answer, line) in last.items():
        if answer.answer == "same":
            entities = _with_same(entities, answer, line)
        else:
            entities = [_without(entity, pair) for entity in entities]
    told = {reply: frozenset(pair for pair, (answer, _) in last.items() if answer.answer == reply) for reply in ANSWERS}
    different, undecided = aliases.different - last.keys(), aliases.undecided - last.keys()
    return replace(
        aliases,
        entities=tuple(entities),
        different=different | told["different"],
        undecided=undecided | told["undecided"],
    )


def _with_same(entities: Sequence[AliasEntity], answer: _Answer, line: int) -> list[AliasEntity]:
    """The entities with two names made one: they join the entities of their kind and scope that have one of them."""
    label, documents = answer.label or "", tuple(answer.documents)
    wanted = pair_of(answer.a, answer.b)
    held = [
        entity
        for entity in entities
        if entity.kind == KIND_OF_LABEL[label] and entity.documents == documents and not wanted.isdisjoint(entity.keys)
    ]
    first = held[0] if held else AliasEntity(answer.a, label, (), documents, line, answered=True)
    names = [name for entity in held for name in entity.names] + [answer.a, answer.b]
    if answer.canonical:
        first = replace(first, canonical=answer.canonical, answered=False)
        names.append(answer.canonical)
    return [*(entity for entity in entities if entity not in held), replace(first, names=tuple(dict.fromkeys(names)))]


def _without(entity: AliasEntity, pair: Pair) -> AliasEntity:
    """An entity without one name of a pair that it has both of: the one that it is not called by."""
    if not pair <= {*entity.keys}:
        return entity
    gone = next(name for name in reversed(entity.names) if _key(name) in pair and name != entity.canonical)
    return replace(entity, names=tuple(name for name in entity.names if name != gone))


def append_answers(path: Path | str, answers: Iterable[Answer], by: str = "", at: str = "") -> int:
    """Adds answers to the alias file (made if there is none), keeping its comments and order; returns how many were new.

    An answer is `{"a": name, "b": name, "label": label, "answer": "same" | "different" | "undecided"}`, of the same with
    `"canonical"` and `"documents"` as it likes; `by` and `at` say who gave it and when. Of two answers for a pair the last holds.
    The file is written only if what comes out loads. Raises RuleError for an answer that is none.
    """
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    path = Path(path)
    data = _loaded(path)
    entries = data.setdefault("answers", CommentedSeq())
    given = [answer for answer in answers if not _stands(answer, entries)]
    for answer in given:
        told = {**answer, "by": by, "at": at}
        entry = CommentedMap((key, told[key]) for key in _Answer.model_fields if told.get(key))
        entry.fa.set_flow_style()
        entries.append(entry)
    if given:
        _replace_checked(path, data)
    return len(given)


def _stands(answer: Answer, entries: Sequence[Answer]) -> bool:
    """Whether the last answer for the pair is the same one."""
    pair = pair_of(str(answer.get("a")), str(answer.get("b")))
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


def _loaded(path: Path) -> CommentedMap:
    data: CommentedMap = _yaml().load(path.read_text(encoding="utf-8") if path.exists() else "version: 1\n")
    return data


def _yaml() -> YAML:
    from ruamel.yaml import YAML

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
