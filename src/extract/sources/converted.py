"""What a converted file comes to: text of a format that is read, kept beside the records, in which their offsets count."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extract.errors import SourceError


@dataclass(frozen=True, slots=True)
class Converted:
    """The `text` of a file and the `format` in which it is to be read, with what the file says of itself."""

    text: str
    format: str
    title: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


Converter = Callable[[str, bytes, int], Converted]
"""Makes text of a file's name, for errors, its bytes, and as many as text or a part of it may have. Raises SourceError."""

READ_WITH = ("pypdfium2", "mammoth", "openpyxl", "warcio")
"""The libraries of the extra `office`, on which the text of a file depends."""

_CONVERTERS = {
    "pdf": "pdf:convert_pdf",
    "docx": "docx:convert_docx",
    "xlsx": "xlsx:convert_xlsx",
    "epub": "epub:convert_epub",
    "mail": "mail:convert_mail",
}


def convert(kind: str, name: str, data: bytes, max_bytes: int) -> Converted:
    """What a file of a converted format comes to. Raises SourceError, whatever its converter stumbles over."""
    module, function = _CONVERTERS[kind].split(":")
    converter: Converter = getattr(importlib.import_module(f"extract.sources.{module}"), function)
    try:
        made = converter(name, data, max_bytes)
    except SourceError:
        raise
    except Exception as error:  # whatever the library stumbles over, the other documents go on
        told = f"the {kind} cannot be read ({type(error).__name__}: {error})"
        raise SourceError(name, "read", told, "It may be damaged: open it and save it anew, or save it as text.") from error
    text = made.text.encode("utf-8", "replace").decode()  # no half characters
    if not text.strip():
        raise SourceError(name, "read", f"the {kind} has no text in it", "Look at it; leave it out if it is empty.")
    if len(text) > max_bytes:
        raise SourceError(name, "read", f"more than {max_bytes} characters of text", "Raise the limit with --max-bytes.")
    return replace(made, text=text)


def library(module: str, name: str, what: str, extra: str = "office") -> Any:
    """A module of an extra. Raises SourceError, which names the extra, where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        told = f"it is {what}, and {module} is not installed"
        raise SourceError(name, "read", told, f"Install it: pip install 'extract[{extra}]'.") from error
