"""Names: persons, parties, organisations, places, peoples, events and laws, from a model, from rules, and from the document itself."""

from extract.recognise.names.finder import NameFinder
from extract.recognise.names.policy import DEFAULT_LABELS

__all__ = ["DEFAULT_LABELS", "NameFinder"]
