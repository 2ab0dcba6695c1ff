"""Packaged rule files as JSON, which is read in a tenth of the time: in `__pycache__` beside them, as Python keeps its own code.

It is written when a file has been read from YAML and was good, and it holds for just the bytes that it was made of. Nothing
depends on it: where it cannot be written, is not wanted (PYTHONDONTWRITEBYTECODE), or is damaged, the YAML is read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from extract.disk import new_file, part_of, read_regular
from extract.rules.located import MOST_BYTES, Located, Where

_DEPTH = {"rules": 4}
"""How deep the places are kept by which a good file is read on: of lists where they begin, of rules those of their examples."""
_SHALLOW = 2

Made = TypeVar("Made")


def read_file(path: Path, make: Callable[[Located], Made], packaged: bool) -> Made:
    """What `make` makes of a rule file; a `packaged` one, if good, is at hand from then on. Raises RuleError."""
    if packaged and (ready := read_ready(path)):
        return make(ready)
    from extract.rules.yaml import read_yaml

    located = read_yaml(path)
    made = make(located)
    if packaged:
        write_ready(located)
    return made


def read_ready(path: Path) -> Located | None:
    """The data of a rule file with the places that a good one needs, if they are at hand."""
    with suppress(OSError, ValueError):
        digest, told = read_regular(_beside(path), 4 * MOST_BYTES, follow=False).split(b"\n")
        if digest == _digest(path, told):
            data, places = json.loads(told, parse_float=Decimal)
            return Located(path, data, {tuple(at): (line, column) for at, line, column in places})
    return None


def write_ready(located: Located) -> None:
    """Has it at hand from now on."""
    if sys.dont_write_bytecode:
        return
    places = [(at, *place) for at, place in located.places.items() if len(at) <= _DEPTH.get(_first(at), _SHALLOW)]
    told = json.dumps((located.data, places), ensure_ascii=False, default=_number).encode()
    if repr(json.loads(told, parse_float=Decimal)[0]) != repr(located.data):
        return  # a number that JSON would write otherwise
    path = _beside(located.path)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        part = part_of(path.parent)
        with new_file(part) as stream:
            stream.write(_digest(located.path, told) + b"\n" + told)
        part.replace(path)


def _beside(path: Path) -> Path:
    return path.parent / "__pycache__" / f"{path.stem}.json"


def _digest(path: Path, told: bytes) -> bytes:
    """The SHA-256 (hex) of a rule file, of what reads it, and of what was read."""
    parts = hashlib.sha256(read_regular(path, MOST_BYTES)).digest(), _reader(), hashlib.sha256(told).digest()
    return hashlib.sha256(b"".join(parts)).hexdigest().encode()


@cache
def _reader() -> bytes:
    """The SHA-256 of the code that reads rule files, the same for all of them."""
    return hashlib.sha256(read_regular(Path(__file__).with_name("yaml.py"), MOST_BYTES)).digest()


def _first(where: Where) -> str:
    return str(where[0]) if where else ""


def _number(number: Any) -> float:
    return float(number)
