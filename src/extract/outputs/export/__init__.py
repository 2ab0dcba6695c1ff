"""An output folder in the formats of other tools: `export(output, "sqlite", path)`; `FORMATS` says which there are."""

from extract.outputs.export.formats import FORMATS, default_target, export

__all__ = ["FORMATS", "default_target", "export"]
