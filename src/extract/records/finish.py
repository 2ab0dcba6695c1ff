"""From drafts to lines of JSON: written by the map stage with slots, which are filled when the corpus has said who is who.

A slot stands between two zero characters, which JSON never has. `L3` is the label of the entity of mention 3, `V3` its value, `P`
and `S` with a list of owners are the parties or the subject of a figure: `P[[3, "Nykhaz"], [null, "Independents"]]`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

from extract.normalise.values import EntityRef, NameValue, PercentValue, PersonValue, SeatsValue
from extract.records.record import EntityLine, Origin, Record, RegisterLink, ReviewLine, Side, Variant, one_line
from extract.resolve.entities import Entity, ReviewPair
from extract.resolve.fact import Fact, Owner

if TYPE_CHECKING:
    from extract.records.draft import Draft

SLOT = "\0"
"""Stands before a slot and behind it."""


def draft_line(number: int, drafts: Mapping[int, Draft], is_name: bool) -> str:
    """The line of a draft, with slots for what the corpus settles. Raises ValueError for a value that cannot be written."""
    draft = drafts[number]
    mention = draft.fact.mention
    label = _slot("L", str(number)) if is_name else _dump(mention.label)
    value = _slot("V", str(number)) if is_name else _value(draft.fact)
    return one_line(
        f'{{"id":"{draft.id}","label":{label},"text":{_dump(mention.text)},"value":{value},'
        f'"source":{_json(draft.source)},"origin":{_origin(mention.rule, _sources(draft, drafts))}}}'
    )


class Written(NamedTuple):
    """An entity as records have it: its label, and in JSON its value and the reference of a figure to it."""

    label: str
    value: str
    reference: str

    @classmethod
    def of(cls, entity: Entity) -> Written:
        """The JSON of an entity."""
        told = EntityRef(entity=entity.id, name=entity.name)
        return cls(entity.label, *(one_line(_json(model)) for model in (name_value(entity), told)))


def fill_lines(lines: str, entities: Mapping[int, Written]) -> str:
    """The finished lines of a document. `entities` gives the entity of each name, under the number of its mention."""
    parts = lines.split(SLOT)
    for index in range(1, len(parts), 2):
        parts[index] = _FILLERS[parts[index][0]](parts[index][1:], entities)
    return "".join(parts)


def finish_records(drafts: Mapping[int, Draft], entities: Mapping[int, Entity]) -> list[Record]:
    """The records of one document."""
    written = {number: Written.of(entity) for number, entity in entities.items()}
    lines = (draft_line(number, drafts, number in entities) for number in drafts)
    return [Record.model_validate_json(fill_lines(line, written)) for line in lines]


def entity_line(entity: Entity, ids: Mapping[tuple[str, int], str]) -> EntityLine:
    """An entity's line; `ids` gives the record that stands at a mention."""
    variants = tuple(
        Variant(
            text=variant.text,
            count=variant.count,
            link=variant.link,
            reason=variant.reason,
            score=variant.score,
            first=ids[variant.first],
        )
        for variant in entity.variants
    )
    return EntityLine(
        id=entity.id,
        label=entity.label,
        name=entity.name,
        variants=variants,
        mentions=entity.mentions,
        documents=entity.documents,
        registered=RegisterLink(**asdict(entity.registered)) if entity.registered else None,
    )


def review_line(pair: ReviewPair, ids: Mapping[tuple[str, int], str]) -> ReviewLine:
    """The line of an open pair."""
    sides = [Side(text=side.text, entity=side.entity, record=ids[side.mention]) for side in (pair.a, pair.b, *pair.more)]
    told = {name: getattr(pair, name) for name in ("key", "label", "score", "worth", "asked", "reasons")}
    return ReviewLine(a=sides[0], b=sides[1], more=tuple(sides[2:]), **told)


def _slot(kind: str, content: str) -> str:
    return f"{SLOT}{kind}{content}{SLOT}"


@lru_cache(maxsize=1024)
def _origin(rule: str, sources: tuple[str, ...]) -> str:
    """The JSON of an origin; most have a rule alone."""
    return _json(Origin(rule=rule, inferred_from=sources or None))


def _json(model: BaseModel) -> str:
    return model.model_dump_json(exclude_none=True)


_dump = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _value(fact: Fact) -> str:
    """The value of a fact that is no name, with a slot for its owners."""
    if fact.value is None:
        raise ValueError(f"{fact.mention.label} at {fact.mention.start} has neither an entity nor a value")
    told = _json(fact.value)
    owners = _dump([[owner.mention, owner.name] for owner in fact.owners]) if fact.owners else ""
    match fact.value:
        case SeatsValue() if owners:
            return told.replace('"party":[]', f'"party":{_slot("P", owners)}', 1)
        case PercentValue() if owners:
            return told.replace('"measure":', f'"subject":{_slot("S", owners)},"measure":', 1)
    return told


def _sources(draft: Draft, drafts: Mapping[int, Draft]) -> tuple[str, ...]:
    """What a value was inferred from; the names that own a figure count among it."""
    mentions = [owner.mention for owner in draft.fact.owners if owner.mention is not None]
    owners = [drafts[mention].id for mention in mentions if mention in drafts]
    return tuple(dict.fromkeys([*draft.inferred_from, *owners]))


def name_value(entity: Entity) -> NameValue:
    """The value of a name of an entity."""
    registered = entity.registered.id if entity.registered else None
    if entity.label != "PERSON":
        return NameValue(entity=entity.id, name=entity.name, registered=registered)
    return PersonValue(
        entity=entity.id,
        name=entity.name,
        registered=registered,
        given=entity.given,
        patronymic=entity.patronymic,
        family=entity.family,
    )


def reference(owner: Owner, entities: Mapping[int, Entity]) -> EntityRef:
    """Who has a figure, once the entity of each name mention is known."""
    entity = None if owner.mention is None else entities.get(owner.mention)
    return EntityRef(entity=entity.id, name=entity.name) if entity else EntityRef(name=owner.name)


def _references(content: str, entities: Mapping[int, Written]) -> list[str]:
    """The references to owners, in JSON."""
    told = (entities[number].reference if number in entities else _nameless(name) for number, name in json.loads(content))
    return list(dict.fromkeys(told))


def _nameless(name: str) -> str:
    return one_line(_json(EntityRef(name=name)))


_FILLERS: Mapping[str, Callable[[str, Mapping[int, Written]], str]] = {
    "L": lambda number, entities: f'"{entities[int(number)].label}"',
    "V": lambda number, entities: entities[int(number)].value,
    "P": lambda owners, entities: f"[{','.join(_references(owners, entities))}]",
    "S": lambda owners, entities: _references(owners, entities)[0],
}
