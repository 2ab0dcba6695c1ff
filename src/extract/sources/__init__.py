"""Reading sources: one reader per format, each with the way back to the file."""

from extract.sources.document import Document
from extract.sources.find import Source, find_sources, passed_over, roots
from extract.sources.formats import FORMATS, ROWS
from extract.sources.opened import MAX_BYTES, load
from extract.sources.read import (
    HtmlPart,
    ReadOptions,
    read_kept,
    read_source,
    read_string,
    read_unit,
    split_source,
)

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "ROWS",
    "Document",
    "HtmlPart",
    "ReadOptions",
    "Source",
    "find_sources",
    "load",
    "passed_over",
    "read_kept",
    "read_source",
    "read_string",
    "read_unit",
    "roots",
    "split_source",
]
