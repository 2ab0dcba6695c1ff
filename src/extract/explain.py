"""How each record of a document came about: which rule or model, by which steps, and which candidates lost."""

from __future__ import annotations

from dataclasses import dataclass

from extract.pipeline import Analysis, Pipeline
from extract.recognise.mention import Lost, lost_candidates
from extract.records.draft import draft_records
from extract.records.record import Record
from extract.resolve.entities import Entity, document_names, link_corpus
from extract.sources.document import Document


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record and its story. `steps` tell in order how the value, the owner and the entity were settled."""

    record: Record
    made_by: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything there is to tell of one document: the records that came out, the candidates that did not."""

    document: str
    explanations: tuple[Explanation, ...]
    lost: tuple[Lost, ...]


def explain(pipeline: Pipeline, document: Document) -> Story:
    """The story of one document, as if it were the whole corpus."""
    from extract.records.finish import finish_records

    found = pipeline.analyse(document)
    drafts = draft_records(document, found.sentences, found.facts)
    names = document_names(document, found.mentions)
    entities = link_corpus([names], pipeline.aliases).entities_in(document.name)
    records = finish_records(drafts, entities)
    told = zip(drafts, records, strict=True)
    return Story(
        document=document.name,
        explanations=tuple(_explanation(pipeline, found, number, record, entities.get(number)) for number, record in told),
        lost=tuple(lost_candidates(found.doc)),
    )


def _explanation(pipeline: Pipeline, found: Analysis, number: int, record: Record, entity: Entity | None) -> Explanation:
    steps = [*found.facts[number].how, *(_link(entity, record.text) if entity else ())]
    return Explanation(record, _made_by(pipeline, record), tuple(steps))


def _made_by(pipeline: Pipeline, record: Record) -> str:
    rule = pipeline.rules.rule(record.origin.rule)
    return f"{record.origin.rule} ({rule.path.name}:{rule.line})" if rule else record.origin.rule


def _link(entity: Entity, text: str) -> list[str]:
    return [
        f"belongs to {entity.name} ({variant.link}: {variant.reason}, score {variant.score:.2f})"
        for variant in entity.variants
        if variant.text == text and variant.text != entity.name
    ]
