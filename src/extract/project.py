"""The project file, `extract.toml`: what a run is to do, so that `extract run` alone does it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Required, get_type_hints

from pydantic import TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from extract.errors import UsageError
from extract.outputs.export import FORMATS as EXPORTS
from extract.settings import Settings
from extract.sources.remote import is_address

_KEYS: dict[str, Any] = {
    "sources": Required[list[str]],
    "output": Required[Path],
    **{item.name: get_type_hints(Settings)[item.name] for item in fields(Settings)},
    "timeout": float,
    "workers": int,
    "compress": bool,
    "exports": list[str],
    "page": Path,
}
_FILE: TypeAdapter[dict[str, Any]] = TypeAdapter(with_config(extra="forbid")(TypedDict("_File", _KEYS, total=False)))  # type: ignore


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says; each key stands for the option of `extract run` that is called so.

    Paths count from the folder of the file. `exports`: formats of `extract export`, written beside the output folder. `page`:
    where `extract page` writes.
    """

    options: dict[str, Any]
    exports: Sequence[str] = ()
    page: Path | None = None

    @classmethod
    def read(cls, path: Path) -> Project:
        """Reads a project file. Raises UsageError where it is none, naming file, key and what is wrong."""
        try:
            said = _FILE.validate_python(tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}") from error
        except ValidationError as error:
            raise UsageError("\n".join(f"{path}: {_told(fault)}" for fault in error.errors())) from error
        exports = said.pop("exports", ())
        if unknown := [name for name in exports if name not in EXPORTS]:
            raise UsageError(f"{path}: exports: unknown format {unknown[0]!r}; there are {', '.join(EXPORTS)}")
        said = {key: path.parent / value if isinstance(value, Path) else value for key, value in said.items()}
        said["sources"] = [source if is_address(source) else str(path.parent / source) for source in said["sources"]]
        if (path.parent / said.get("model", path)).is_dir():  # it is a path if there is one
            said["model"] = str(path.parent / said["model"])
        page = said.pop("page", None)
        return cls(said, exports, page)


def _told(fault: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"unknown key {key!r}; there are {', '.join(_KEYS)}"
    if fault["type"] == "missing":
        return f"the key {key!r} is missing"
    return f"{key}: {fault['msg']}"
