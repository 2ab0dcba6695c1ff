"""Sources that are named by address (`https://…`, `s3://…`, whatever fsspec knows): listed, and fetched once."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extract.errors import SourceError
from extract.sources.converted import library

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://\S", re.IGNORECASE)
_MAGIC = re.compile(r"[*?\[]")
_PIECE = 1 << 20
_MOST = 64
"""A remote file may have so many times the bytes of one document, for it may hold many."""


def is_address(path: str) -> bool:
    """Whether a source is named by address."""
    return bool(_ADDRESS.match(path))


def listed(address: str) -> Iterator[tuple[str, str]]:
    """The names and addresses of the files at an address: itself; of a folder or a glob (not over HTTP) all in it.

    Raises SourceError where it cannot be listed.
    """
    if address.lower().startswith(("http://", "https://")):
        parts = urlsplit(address)
        name = parts.path.rstrip("/").rpartition("/")[2] or parts.netloc
        yield f"{name}?{parts.query}" if parts.query else name, address
        return
    try:
        files, root = library("fsspec.core", address, "a remote file", "remote").url_to_fs(address)
        places = files.glob(root) if _MAGIC.search(root) else files.find(root)
        folder = _MAGIC.split(root)[0].rpartition("/")[0] if _MAGIC.search(root) or places == [root] else root.rstrip("/")
        found = sorted((str(place).removeprefix(folder).lstrip("/"), str(files.unstrip_protocol(place))) for place in places)
    except Exception as error:
        raise _unreachable(address, error) from error
    if not found:
        raise SourceError(address, "find", "there is nothing at this address", "Look at the spelling; quote a glob.")
    yield from found


def fetched(name: str, address: str, max_bytes: int) -> Path:
    """The file that a remote one was copied to, which is done once. Raises SourceError where it cannot be had."""
    try:
        return _copied(address, _MOST * max_bytes)
    except Exception as error:
        raise _unreachable(name, error) from error


@cache
def _copied(address: str, most: int) -> Path:
    fsspec = library("fsspec", address, "a remote file", "remote")
    size = 0
    with tempfile.NamedTemporaryFile(dir=_folder().name, delete=False) as copy, fsspec.open(address, "rb") as stream:
        while piece := stream.read(_PIECE):
            size += copy.write(piece)
            if size > most:
                raise ValueError(f"it has more than {most} bytes")
    return Path(copy.name)


def _unreachable(name: str, error: Exception) -> SourceError:
    """Why a remote file cannot be had: whatever fsspec and what it calls stumble over."""
    if isinstance(error, SourceError):
        return error
    if isinstance(error, ImportError):
        return SourceError(name, "read", f"it is a remote file ({error})", "Install it: pip install 'extract[remote]'.")
    told = f"cannot be fetched ({type(error).__name__}: {error})"
    return SourceError(name, "read", told, "Look at the address, the network, and whether you may read it.")


@cache
def _folder() -> Any:
    """A folder for the files of this process; it goes when the process ends."""
    return tempfile.TemporaryDirectory(prefix="extract-")
