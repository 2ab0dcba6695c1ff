"""Files on disk, read and made so that nobody's links, pipes or devices lead astray.

Only regular files are read. What is written is new, under a name that nobody can foretell, and takes its place by a rename;
a link in the way is replaced, never followed.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PART = ".extract-part-"
"""What the names of unfinished files and folders begin with."""

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def open_regular(path: Path, follow: bool = True, buffer: int = -1) -> BinaryIO:
    """A regular file, opened for reading. Raises OSError for anything else, and for a link unless `follow`; it never waits."""
    descriptor = os.open(path, _READ | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
            raise OSError(errno.EINVAL, f"it is {kind}, not a file", str(path))
        return os.fdopen(descriptor, "rb", buffer)
    except OSError:
        os.close(descriptor)
        raise


def read_regular(path: Path, most: int, follow: bool = True) -> bytes:
    """The bytes of a regular file. Raises OSError, also where it has more than `most`."""
    with open_regular(path, follow) as stream:
        data = stream.read(most + 1)
        if len(data) > most:
            size = max(os.fstat(stream.fileno()).st_size, len(data))
            raise OSError(errno.EFBIG, f"it has {size} bytes, more than {most}", str(path))
    return data


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that was not there before, on disk when the block ends. Raises OSError where there is something already."""
    try:
        with os.fdopen(os.open(path, _NEW, 0o666), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        error.filename = error.filename or str(path)  # a write that fails does not say where
        raise


def part_of(folder: Path) -> Path:
    """A path in a folder for something unfinished."""
    return folder / (PART + secrets.token_hex(8))


def remove_parts(folder: Path, files: Container[str]) -> None:
    """Removes what was left unfinished in a folder: files, links, and folders in which only `files` are."""
    for entry in os.scandir(folder):
        if not entry.name.startswith(PART):
            continue
        if not entry.is_dir(follow_symlinks=False):
            Path(entry.path).unlink()
            continue
        for inner in os.scandir(entry.path):
            if inner.name in files and not inner.is_dir(follow_symlinks=False):
                Path(inner.path).unlink()
        with suppress(OSError):
            Path(entry.path).rmdir()


def sync_folder(folder: Path) -> None:
    """Has the names in a folder on disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keeps others who ask for the same lock out of a folder. Raises BlockingIOError where one is in it already."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(descriptor)


def is_folder(path: Path) -> bool:
    """Whether there is a folder, and not a link to one."""
    with suppress(OSError):
        return stat.S_ISDIR(path.lstat().st_mode)
    return False


def is_file(path: Path) -> bool:
    """Whether there is a regular file, and not a link to one."""
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode)
    return False
