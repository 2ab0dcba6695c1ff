"""From drafts to records: the corpus has said which names are one entity, and the values get their references."""

from __future__ import annotations

from collections.abc import Mapping

from extract.normalise.values import (
    DateValue,
    EntityRef,
    NameValue,
    PercentValue,
    PersonValue,
    RuleValue,
    SeatsValue,
)
from extract.records.draft import Draft
from extract.records.record import EntityLine, Origin, Record, ReviewLine, Side, Variant
from extract.resolve.entities import Entity, ReviewPair
from extract.resolve.fact import Fact, Owner


def finish_records(drafts: Mapping[int, Draft], entities: Mapping[int, Entity]) -> list[Record]:
    """The records of one document. `entities` gives the entity of each name, under the number of its mention."""
    return [_finish(number, draft, drafts, entities) for number, draft in drafts.items()]


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
    )


def review_line(pair: ReviewPair, ids: Mapping[tuple[str, int], str]) -> ReviewLine:
    """The line of an open pair."""
    sides = [Side(text=side.text, entity=side.entity, record=ids[side.mention]) for side in (pair.a, pair.b)]
    return ReviewLine(key=pair.key, label=pair.label, a=sides[0], b=sides[1], score=pair.score, reasons=pair.reasons)


def _finish(number: int, draft: Draft, drafts: Mapping[int, Draft], entities: Mapping[int, Entity]) -> Record:
    entity = entities.get(number)
    return Record(
        id=draft.id,
        label=entity.label if entity else draft.fact.mention.label,
        text=draft.fact.mention.text,
        value=_name_value(entity) if entity else _value(draft.fact, entities),
        source=draft.source,
        origin=_origin(draft, drafts),
    )


def _name_value(entity: Entity) -> NameValue:
    if entity.label != "PERSON":
        return NameValue(entity=entity.id, name=entity.name)
    return PersonValue(
        entity=entity.id,
        name=entity.name,
        given=entity.given,
        patronymic=entity.patronymic,
        family=entity.family,
    )


def _value(fact: Fact, entities: Mapping[int, Entity]) -> DateValue | PercentValue | SeatsValue | RuleValue:
    """The value of a fact that is no name, with the entities of its owners."""
    owners = tuple(dict.fromkeys(_reference(owner, entities) for owner in fact.owners))
    match fact.value:
        case SeatsValue():
            return fact.value.model_copy(update={"party": owners})
        case PercentValue():
            return fact.value.model_copy(update={"subject": owners[0] if owners else None})
        case None:
            raise ValueError(f"{fact.mention.label} at {fact.mention.start} has neither an entity nor a value")
        case value:
            return value


def _reference(owner: Owner, entities: Mapping[int, Entity]) -> EntityRef:
    entity = None if owner.mention is None else entities.get(owner.mention)
    return EntityRef(entity=entity.id, name=entity.name) if entity else EntityRef(entity=None, name=owner.name)


def _origin(draft: Draft, drafts: Mapping[int, Draft]) -> Origin:
    """The draft's origin; the names that own a figure count among what it was inferred from."""
    mentions = [owner.mention for owner in draft.fact.owners if owner.mention is not None]
    owners = [drafts[mention].id for mention in mentions if mention in drafts]
    sources = tuple(dict.fromkeys([*(draft.origin.inferred_from or ()), *owners]))
    return draft.origin.model_copy(update={"inferred_from": sources or None})
