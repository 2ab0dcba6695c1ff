"""Facts out of documents, each with proof of where it stands.

from extract import Pipeline

pipeline = Pipeline()
for record in pipeline.extract("reports/").records():
    print(record.label, record.text, record.value, record.source.document, record.source.line)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.pipeline import Pipeline
    from extract.settings import Settings
    from extract.sources import read_string

    __version__: str

__all__ = ["Pipeline", "Settings", "__version__", "read_string"]

_FROM = {"Pipeline": "extract.pipeline", "Settings": "extract.settings", "read_string": "extract.sources"}


def __getattr__(name: str) -> Any:
    """What the package offers is imported when it is asked for: `extract --version` needs none of it."""
    if name == "__version__":
        from importlib.metadata import version

        return version("extract")
    if name in _FROM:
        return getattr(import_module(_FROM[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
