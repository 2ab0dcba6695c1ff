"""Which formats there are, and how a file or a folder of one appears: whole, or not at all."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from extract.disk import part_of
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract.outputs.reading import Output


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the end of its file's name (empty: a folder), and the module beside this one whose `write_NAME` writes it.

    It is imported when it is wanted; `write_NAME` takes an Output and a path, and gives what it wrote, counted.
    """

    ending: str
    module: str


FORMATS: Mapping[str, Format] = {
    "csv": Format("", "tabular"),
    "parquet": Format("", "tabular"),
    "sqlite": Format(".sqlite", "tabular"),
    "duckdb": Format(".duckdb", "tabular"),
    "docbin": Format("", "annotated"),
    "conll": Format(".conllup", "annotated"),
    "webannotation": Format(".webannotation.jsonl", "annotated"),
    "labelstudio": Format("", "annotated"),
    "doccano": Format(".doccano.jsonl", "annotated"),
    "brat": Format("", "annotated"),
}

_MARKER = ".extract-made"
"""Stands in a folder that was made by us, and may be replaced."""


def export(output: Output, format: str, target: Path) -> Counter[str]:
    """Writes an output folder as `target`, in place of what an earlier export left there; gives how much of what was written.

    Raises UsageError for a format that there is not or whose library is not installed, and for a target that holds anything else.
    """
    chosen = _format(format)
    with whole(target, is_folder=not chosen.ending) as part:
        write = getattr(import_module(f"extract.outputs.export.{chosen.module}"), f"write_{format}")
        return write(output, part)  # type: ignore[no-any-return]


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise UsageError(f"unknown format {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def default_target(folder: Path, format: str) -> Path:
    """Where an export goes that nobody names a place for: beside whoever calls, `output.sqlite`, `output-csv`."""
    name = folder.resolve().name or "output"
    ending = _format(format).ending
    return Path(f"{name}{ending}" if ending else f"{name}-{format}")


@contextmanager
def whole(target: Path, is_folder: bool) -> Iterator[Path]:
    """A path to write to, which becomes `target` when the block ends well, and goes when it does not.

    Raises UsageError where something stands in the way that is not ours.
    """
    _check_target(target, is_folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target.parent)
    if is_folder:
        part.mkdir()
        (part / _MARKER).touch()
    try:
        yield part
        if is_folder:
            _remove(target)
        part.replace(target)
    finally:
        _remove(part)


def _check_target(target: Path, is_folder: bool) -> None:
    if is_folder and target.exists():
        if not target.is_dir():
            raise UsageError(f"{target}: a file stands there; name a folder")
        if any(target.iterdir()) and not (target / _MARKER).is_file():
            raise UsageError(f"{target}: a folder with other things in it; name a new one")
    elif target.is_dir():
        raise UsageError(f"{target}: a folder; name a file")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
