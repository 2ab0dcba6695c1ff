"""Reading sources: one reader per format, each with the way back to the file."""

from extract.sources.document import Document
from extract.sources.find import Source, find_sources, passed_over
from extract.sources.read import FORMATS, MAX_BYTES, read_source, read_string

__all__ = ["FORMATS", "MAX_BYTES", "Document", "Source", "find_sources", "passed_over", "read_source", "read_string"]
