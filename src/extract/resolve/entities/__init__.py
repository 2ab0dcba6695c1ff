"""One thing, one name: which spellings in a corpus are one entity, why, and by what name to call it."""

from extract.resolve.entities.aliases import Aliases, AliasWarning, append_answers, load_aliases, undo_answers
from extract.resolve.entities.comparing import NameComparer
from extract.resolve.entities.corpus import link_corpus, link_documents
from extract.resolve.entities.documents import DocumentClusters, MappedNames, cluster_document
from extract.resolve.entities.lexicon import load_lexicon
from extract.resolve.entities.linking import Entity, Linking, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.names import DocumentNames, NameMention, document_names
from extract.resolve.entities.packed import (
    PackedNames,
    pack_clusters,
    pack_names,
    steps,
    unpack_clusters,
    unpack_names,
    unpack_spelled,
)
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
    "DocumentClusters",
    "DocumentNames",
    "Entity",
    "Linking",
    "MappedNames",
    "NameComparer",
    "NameMention",
    "PackedNames",
    "Question",
    "Register",
    "ReviewPair",
    "ReviewSide",
    "Variant",
    "append_answers",
    "cluster_document",
    "describe_entity",
    "document_names",
    "find_entities",
    "link_corpus",
    "link_documents",
    "load_aliases",
    "load_lexicon",
    "load_register",
    "open_questions",
    "pack_clusters",
    "pack_names",
    "read_answers",
    "sightings",
    "steps",
    "undo_answers",
    "unpack_clusters",
    "unpack_names",
    "unpack_spelled",
]
