"""JSON Schema of the output files, as they are written: every key is there but those left out where they say nothing."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from extract.records.record import LINES


class _AsWritten(GenerateJsonSchema):
    def field_is_required(self, field: Any, total: bool) -> bool:
        inner = field["schema"].get("schema", field["schema"])
        return "serialization_exclude_if" not in field and inner["type"] != "nullable"


def json_schema(file: str) -> dict[str, Any]:
    """The schema of a line of `records.jsonl` and the like, or of the whole `manifest.json`. Raises KeyError for another name."""
    return LINES[file].model_json_schema(mode="serialization", schema_generator=_AsWritten)
