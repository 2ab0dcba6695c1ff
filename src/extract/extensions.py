"""What a span of ours says in any spaCy pipeline: `span._.date`, `span._.percent`, `span._.seats`, `span._.entity`.

Each is the value as records have it, as far as the Doc alone settles it (entities: as if it were the whole corpus), and None for
a span of another kind. What is worked out is kept on the Doc for the next that asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from spacy.tokens import Doc, Span

from extract.normalise.dates import DateReading
from extract.normalise.values import DateValue, NameValue, PercentValue, SeatsValue
from extract.recognise.mention import Mention, read_mentions
from extract.records.finish import name_value, reference
from extract.resolve.dates import resolve_dates
from extract.resolve.entities import document_names, link_corpus
from extract.resolve.figures import attribute_figures
from extract.text.document import Cache, document_of
from extract.text.sentences import sentences_of
from extract.weigh import load_weights

_Key = tuple[str, int, int]
_Values = dict[_Key, Any]

DISPLACY: dict[str, dict[str, str]] = {
    "colors": {
        **{"PERSON": "#e5defa", "PARTY": "#ffd6ea", "ORG": "#d6f0dc", "GPE": "#d9efee", "LOC": "#d9efee", "FAC": "#d9efee"},
        **{"NORP": "#ecebc4", "EVENT": "#e3e6ea", "LAW": "#e3e6ea", "DATE": "#d7ecff", "PERCENT": "#ffe9c2", "SEATS": "#ffd9cf"},
    }
}
"""Options for displaCy: `displacy.render(doc, style="span", options={**DISPLACY, "spans_key": "names"})`."""


def _value_of(span: Span, make: Callable[[Doc], _Values], key: str, kind: type[Any]) -> Any:
    doc = span.doc
    published = doc._.published
    kept = doc.user_data.get(key)
    if not isinstance(kept, Cache) or kept.content[0] != published:
        kept = doc.user_data[key] = Cache((published, make(doc)))
    value = kept.content[1].get((span.label_, span.start_char, span.end_char))
    return value if isinstance(value, kind) else None


def _dates(doc: Doc) -> _Values:
    """The values of the time expressions; `doc._.published`, an ISO day, is what `yesterday` and `on Monday` count from."""
    document, published = document_of(doc), doc._.published
    if published is not None:
        document = replace(document, metadata={**document.metadata, "published": published})
    mentions = [mention for mention in read_mentions(doc, ("dates",)) if isinstance(mention.reading, DateReading)]
    facts = resolve_dates(document, sentences_of(doc), mentions)
    return {_key(fact.mention): fact.value for fact in facts.values()}


def _others(doc: Doc) -> _Values:
    """The entities of the names and the values of the figures, with their owners."""
    document, mentions = document_of(doc), read_mentions(doc)
    linking = link_corpus([document_names(document, mentions)])
    by_id = {entity.id: entity for entity in linking.entities}
    entities = {index: by_id[entity] for (_, index), entity in linking.entity_of.items()}
    values: _Values = {_key(mentions[index]): name_value(entity) for index, entity in entities.items()}
    for fact in attribute_figures(document, sentences_of(doc), mentions, load_weights(None)).values():
        owners = tuple(dict.fromkeys(reference(owner, entities) for owner in fact.owners))
        if isinstance(fact.value, SeatsValue):
            values[_key(fact.mention)] = fact.value.model_copy(update={"party": owners})
        elif isinstance(fact.value, PercentValue):
            values[_key(fact.mention)] = fact.value.model_copy(update={"subject": owners[0] if owners else None})
    return values


def _key(mention: Mention) -> _Key:
    return mention.label, mention.start, mention.end


if not Span.has_extension("date"):
    Doc.set_extension("published", default=None)
    for _name, _make, _kept_under, _kind in (
        ("date", _dates, "extract.date_values", DateValue),
        ("percent", _others, "extract.values", PercentValue),
        ("seats", _others, "extract.values", SeatsValue),
        ("entity", _others, "extract.values", NameValue),
    ):
        Span.set_extension(_name, getter=partial(_value_of, make=_make, key=_kept_under, kind=_kind))
