"""Everything that can change the records, beside the sources and the version."""

from __future__ import annotations

import codecs
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from extract.errors import UsageError
from extract.sources import FORMATS, ReadOptions

Profile = Literal["plain", "vague", "timeml"]
ALIASES = "aliases.yml"
_FILES = frozenset(("rules", "model", "weights", "aliases", "register"))
LINKING = ("aliases", "register", "merge_above")
"""The settings that only the linking of names depends on."""


@dataclass(frozen=True, slots=True)
class Settings(ReadOptions):
    """What a run depends on, beside the sources and the version; how sources are read is part of it.

    `rules`: a folder of rule files that stand in for and add to the packaged ones. `model`: `default` (the shipped one), the
    name or path of a spaCy model, or `none`. `weights`: a folder of files that stand in for the packaged ones. `dates`:
    `plain`, or `vague` to record also `now`, `recently` and the like, or `timeml` for all that TimeML annotates. `labels`:
    further ones of the model's that get records, with the words as their value. `register`: a CSV file of people, parties, bodies
    and places, to which names are linked. `merge_above`: two names are one only where the score of that (0 to 1) is no lower; the
    rest goes to the review.
    """

    rules: Path | None = None
    model: str = "default"
    dates: Profile = "plain"
    weights: Path | None = None
    labels: tuple[str, ...] = ()
    aliases: Path | None = None
    register: Path | None = None
    merge_above: float = 0.5

    def __post_init__(self) -> None:
        """Raises UsageError for a format or an encoding that there is not, and for a score that is none."""
        object.__setattr__(self, "labels", tuple(sorted(set(self.labels))))
        if self.format is not None and self.format not in FORMATS:
            raise UsageError(f"unknown format {self.format!r}; there are {', '.join(FORMATS)}")
        if not 0 <= self.merge_above <= 1:
            raise UsageError(f"merge_above is {self.merge_above}; it is a score from 0 to 1")
        try:
            codecs.lookup(self.encoding or "utf-8")
        except LookupError as error:
            raise UsageError(f"unknown encoding {self.encoding!r}; name one that Python knows, say cp1251") from error

    def options(self, names: Collection[str] | None = None) -> dict[str, Any]:
        """The settings (of `names`) that differ from the default, for the manifest; what has a fingerprint there is left out."""
        differing = {item.name: getattr(self, item.name) for item in fields(self) if getattr(self, item.name) != item.default}
        return {name: value for name, value in differing.items() if name not in _FILES and name in (names or differing)}


def alias_file(settings: Settings, output: Path | None = None) -> Path:
    """The alias file of a run: the one that was named, else that of the output folder, of the rules, or the packaged one."""
    from extract.rules import packaged_folder

    if settings.aliases:
        return settings.aliases
    places = [folder / ALIASES for folder in (output, settings.rules) if folder]
    return next((path for path in places if path.exists()), packaged_folder() / ALIASES)


def link_files(settings: Settings, output: Path | None = None) -> dict[str, Path]:
    """The files that only the linking of names needs: the alias file, and the register if there is one."""
    return {"aliases": alias_file(settings, output), **({"register": settings.register} if settings.register else {})}
