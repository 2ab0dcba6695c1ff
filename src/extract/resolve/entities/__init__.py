"""One thing, one name: which spellings in a corpus are one entity, why, and by what name to call it."""

from extract.resolve.entities.aliases import Aliases, AliasWarning, append_answers, load_aliases
from extract.resolve.entities.corpus import link_corpus
from extract.resolve.entities.linking import Edge, Entity, Linking, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.names import DocumentNames, NameMention, document_names

__all__ = [
    "AliasWarning",
    "Aliases",
    "DocumentNames",
    "Edge",
    "Entity",
    "Linking",
    "NameMention",
    "ReviewPair",
    "ReviewSide",
    "Variant",
    "append_answers",
    "document_names",
    "link_corpus",
    "load_aliases",
]
