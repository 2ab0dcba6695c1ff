"""JSON Schema of the output files, as they are written: every key is there, and numbers are numbers."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from extract.records.record import LINES

_LEFT_OUT = ("from", "kept")
"""The keys that are not written where they are empty (`origin.from`, and `kept` of a document)."""


class _AsWritten(GenerateJsonSchema):
    def field_is_required(self, field: Any, total: bool) -> bool:
        return field.get("serialization_alias") not in _LEFT_OUT


def json_schema(file: str) -> dict[str, Any]:
    """The schema of a line of `records.jsonl` and the like, or of the whole `manifest.json`. Raises KeyError for another name."""
    return LINES[file].model_json_schema(mode="serialization", schema_generator=_AsWritten)
