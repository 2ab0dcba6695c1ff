"""How each record of a document came about: which rule or model, which signs decided, and which candidates lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from extract.pipeline import Analysis, Pipeline
from extract.recognise.mention import Lost, lost_candidates, told_of
from extract.records.draft import draft_records
from extract.records.finish import finish_records
from extract.records.record import Record
from extract.resolve.entities import Entity, document_names, link_corpus
from extract.resolve.fact import Fact
from extract.resolve.figures import attribute_figures
from extract.sources.document import Document
from extract.weigh import Told


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

    def as_json(self) -> dict[str, Any]:
        """The story as plain JSON data."""
        told = [
            {"record": each.record.as_json(), "made_by": each.made_by, "steps": list(each.steps)} for each in self.explanations
        ]
        return {"document": self.document, "records": told, "lost": [asdict(lost) for lost in self.lost]}


def explain(pipeline: Pipeline, document: Document) -> Story:
    """The story of one document, as if it were the whole corpus."""
    found = pipeline.analyse(document)
    drafts = draft_records(document, found.sentences, found.facts)
    linking = link_corpus([document_names(document, found.mentions)], pipeline.aliases)
    by_id = {entity.id: entity for entity in linking.entities}
    entities = {index: by_id[entity] for (_, index), entity in linking.entity_of.items()}
    records = finish_records(drafts, entities)
    figures = attribute_figures(document, found.sentences, found.mentions, pipeline.weights, explain=True)
    told = zip(drafts, records, strict=True)
    return Story(
        document=document.name,
        explanations=tuple(
            _explanation(pipeline, found, figures.get(number, found.facts[number]), record, entities.get(number))
            for number, record in told
        ),
        lost=tuple(lost_candidates(found.doc)),
    )


def _explanation(pipeline: Pipeline, found: Analysis, fact: Fact, record: Record, entity: Entity | None) -> Explanation:
    mention = fact.mention
    of_name = _weighed(mention.label, told_of(found.doc, mention.start, mention.end))
    steps = [*of_name, *fact.how, *(_link(entity, record.text) if entity else ())]
    return Explanation(record, _made_by(pipeline, record), tuple(steps))


def _weighed(label: str, told: Sequence[Told]) -> Iterator[str]:
    """One step: `PARTY: own PARTY 9 +2.1, before the +0.4`, the loudest sign first."""
    if told:
        yield f"{label}: " + ", ".join(f"{each.sign or 'anything'} {each.weight:+.1f}" for each in told)


def _made_by(pipeline: Pipeline, record: Record) -> str:
    rule = next((rule for rule in pipeline.rules if rule.id == record.origin.rule), None)
    return f"{record.origin.rule} ({rule.path.name}:{rule.line})" if rule else record.origin.rule


def _link(entity: Entity, text: str) -> list[str]:
    return [
        f"belongs to {entity.name} ({variant.link}: {variant.reason}, score {variant.score:.2f})"
        for variant in entity.variants
        if variant.text == text and variant.text != entity.name
    ]
