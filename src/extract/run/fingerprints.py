"""Fingerprints of all that a result depends on, taken from files alone: neither the model nor the rules are loaded for them."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.sources.converted import READ_WITH

_ROOT = Path(__file__).parents[1]
_MODEL = _ROOT / "model"
_WEIGHTS = _ROOT / "weights"
_COMPUTED_WITH = ("spacy", "thinc", "numpy", "pydantic", "mwparserfromhell", "pyromark", "google-re2", *READ_WITH)
# The parts of `extract` that a unit does not pass through in the map stage.
_NOT_MAP = frozenset(
    ("cli.py", "commands", "batch.py", "parts.py", "explain.py", "__main__.py", "evaluate", "training", "outputs", "run")
)


def map_fingerprint(rules: str, model: str, options: object) -> str:
    """All that the map stage depends on, beside the source: code, libraries, rules, model, options."""
    return _hash([code_fingerprint(map_only=True), rules, model, repr(options)])


@cache
def code_fingerprint(map_only: bool = False) -> str:
    """The SHA-256 (hex) of the code of `extract` (or of the map stage), and of the versions of what it computes with."""
    files = (f"{name} {content}" for name, content in _code().items() if not (map_only and name.partition("/")[0] in _NOT_MAP))
    return _hash([platform.python_version(), *_versions(), *files])


@cache
def _code() -> dict[str, str]:
    """The SHA-256 (hex) of each file of `extract` but those of model and weights, by its path in the package."""
    paths = {path.relative_to(_ROOT).as_posix(): path for path in _files_in(_ROOT)}
    code = {name: path for name, path in paths.items() if name.partition("/")[0] not in (_MODEL.name, _WEIGHTS.name)}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in code.items()}


@cache
def _versions() -> list[str]:
    return [f"{name} {_version(name)}" for name in _COMPUTED_WITH]


def model_fingerprint(slot: str) -> str:
    """The model in a slot: its name and version, and the first digits of the SHA-256 of its files; `none` without one.

    Raises ModelError where there is no such model.
    """
    if slot == "none":
        return slot
    folder = _model_folder(slot)
    if folder is None:  # there is none; loading it tells why
        from extract.recognise.model import load_model

        load_model(slot)
        return slot
    meta: dict[str, object] = {}
    with suppress(OSError, ValueError):
        meta = json.loads((folder / "meta.json").read_bytes())
    name = f"{meta.get('name', 'model')} {meta.get('version', '')}".strip()
    return f"{name} {_of_files(folder, _files_in(folder))[:16]}"


def weights_fingerprint(own: Path | None) -> str:
    """The first digits of the SHA-256 of the packaged weights and of those in the user's folder."""
    return _hash(_of_files(folder, _files_in(folder)) for folder in (_WEIGHTS, own) if folder)[:16]


def _model_folder(slot: str) -> Path | None:
    if slot == "default":
        return _MODEL
    if Path(slot).is_dir():
        return Path(slot)
    with suppress(ImportError, ValueError):
        found = importlib.util.find_spec(slot)
        if found and found.submodule_search_locations:
            return Path(found.submodule_search_locations[0])
    return None


def _files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts and path.is_file()]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _of_files(root: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
