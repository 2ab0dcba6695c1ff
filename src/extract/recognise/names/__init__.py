"""Names: persons, parties, organisations, places, peoples, events, laws; from a model, rules and the document itself."""

from extract.recognise.names.finder import NameFinder
from extract.recognise.names.policy import DEFAULT_LABELS

__all__ = ["DEFAULT_LABELS", "NameFinder"]
