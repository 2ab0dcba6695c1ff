"""The project file, `extract.toml`: what a run is to do, so that `extract run` alone does it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import UsageError
from extract.outputs.export import FORMATS as EXPORTS
from extract.settings import Profile
from extract.sources import HtmlPart
from extract.sources.remote import is_address

PROJECT = "extract.toml"


class Project(BaseModel):
    """The keys of a project file; each stands for the option of `extract run` that is called so.

    Paths count from the folder of the file. `exports`: formats of `extract export`, written beside the output folder. `page`:
    where `extract page` writes.
    """

    model_config = ConfigDict(extra="forbid")

    sources: list[str]
    output: str
    rules: str | None = None
    model: str | None = None
    weights: str | None = None
    labels: list[str] | None = None
    aliases: str | None = None
    own_register: str | None = Field(default=None, alias="register")  # pydantic's models have a `register` of their own
    format: str | None = None
    encoding: str | None = None
    text_field: str | None = None
    id_field: str | None = None
    html: HtmlPart | None = None
    dates: Profile | None = None
    merge_above: float | None = Field(default=None, ge=0, le=1)
    max_bytes: int | None = None
    timeout: float | None = None
    workers: int | None = None
    compress: bool | None = None
    exports: list[str] = []
    page: str | None = None

    @classmethod
    def read(cls, path: Path) -> Project:
        """Reads a project file. Raises UsageError where it is none, naming file, key and what is wrong."""
        try:
            project = cls.model_validate(tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}") from error
        except ValidationError as error:
            raise UsageError("\n".join(f"{path}: {_told(fault)}" for fault in error.errors())) from error
        if unknown := [name for name in project.exports if name not in EXPORTS]:
            raise UsageError(f"{path}: exports: unknown format {unknown[0]!r}; there are {', '.join(EXPORTS)}")
        return project._from(path.parent)

    def options(self) -> dict[str, Any]:
        """What it says of `extract run`, by the names of its parameters."""
        return self.model_dump(exclude_none=True, by_alias=True, exclude={"exports", "page"})

    def _from(self, folder: Path) -> Project:
        """With paths that count from where one stands. A model is a path if there is one."""
        changed: dict[str, Any] = {"sources": [source if is_address(source) else str(folder / source) for source in self.sources]}
        for name in ("output", "rules", "weights", "aliases", "own_register", "page"):
            if value := getattr(self, name):
                changed[name] = str(folder / value)
        if self.model and (folder / self.model).is_dir():
            changed["model"] = str(folder / self.model)
        return self.model_copy(update=changed)


def _told(fault: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"unknown key {key!r}; there are {', '.join(field.alias or name for name, field in Project.model_fields.items())}"
    if fault["type"] == "missing":
        return f"the key {key!r} is missing"
    return f"{key}: {fault['msg']}"
