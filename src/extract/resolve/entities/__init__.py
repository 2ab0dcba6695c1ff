"""One thing, one name: which spellings in a corpus are one entity, why, and by what name to call it."""

from extract.resolve.entities.aliases import Aliases, AliasWarning, append_answers, load_aliases, undo_answers
from extract.resolve.entities.corpus import link_corpus, link_documents
from extract.resolve.entities.linking import Entity, Linking, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.names import DocumentNames, NameMention, document_names
from extract.resolve.entities.register import Register, load_register
from extract.resolve.entities.review import (
    Question,
    describe_entity,
    find_entities,
    open_questions,
    read_answers,
    sightings,
)

__all__ = [
    "AliasWarning",
    "Aliases",
    "DocumentNames",
    "Entity",
    "Linking",
    "NameMention",
    "Question",
    "Register",
    "ReviewPair",
    "ReviewSide",
    "Variant",
    "append_answers",
    "describe_entity",
    "document_names",
    "find_entities",
    "link_corpus",
    "link_documents",
    "load_aliases",
    "load_register",
    "open_questions",
    "read_answers",
    "sightings",
    "undo_answers",
]
