"""Files packed with gzip or Zstandard, unpacked as they are read."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO
from zipfile import BadZipFile

from extract.errors import SourceError
from extract.sources.converted import library

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ENDINGS = (".gz", ".zst")
# Text packs to a tenth; what packs to less than a two-hundredth, beyond the limit for one document, is no text.
_MOST_RATIO = 200


def is_packed(head: bytes) -> bool:
    """Whether bytes that begin so are packed."""
    return head.startswith((_GZIP, _ZSTD))


def inner_name(name: str) -> str:
    """The name of what is in a packed file: `votes.csv` of `votes.csv.gz`; any other name as it is."""
    return name[: name.rindex(".")] if name.lower().endswith(_ENDINGS) else name


def unpacked(name: str, stream: BinaryIO, max_bytes: int, buffer: int) -> BinaryIO:
    """What is in a packed stream; reading it raises SourceError where it is damaged, or far larger than text can be."""
    inner = _zstd(name, stream) if stream.peek(4)[:4] == _ZSTD else gzip.GzipFile(fileobj=stream)  # type: ignore[attr-defined]
    return counted(name, inner, max_bytes, stream.tell, buffer, stream)


def counted(
    name: str,
    inner: IO[bytes] | gzip.GzipFile,
    max_bytes: int,
    size: Callable[[], int],
    buffer: int,
    around: BinaryIO | None = None,
) -> BinaryIO:
    """The unpacked bytes of `inner`, which are counted: `size` says how many packed ones they came from. Closes `around` too."""
    return io.BufferedReader(_Unpacked(name, inner, max_bytes, size, around), buffer)


def _zstd(name: str, stream: BinaryIO) -> BinaryIO:
    zstandard = library("zstandard", name, "packed with Zstandard", "zstd")
    reader: BinaryIO = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)
    return reader


class _Unpacked(io.RawIOBase):
    """A stream of the unpacked bytes that counts them."""

    def __init__(
        self, name: str, inner: IO[bytes] | gzip.GzipFile, most: int, size: Callable[[], int], around: BinaryIO | None
    ) -> None:
        self._name, self._inner, self._most, self._size, self._around = name, inner, most, size, around
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        place = memoryview(buffer)
        try:
            data = self._inner.read(len(place))
        except Exception as error:  # gzip, zlib and Zstandard have each their own
            if not isinstance(error, OSError | EOFError | zlib.error | BadZipFile) and type(error).__name__ != "ZstdError":
                raise
            told = f"the packed data is damaged ({error})"
            raise SourceError(self._name, "read", told, "Fetch it again.") from error
        self._count += len(data)
        if self._count > self._most and self._count > _MOST_RATIO * self._size():
            told = f"it unpacks to more than {_MOST_RATIO} times its size"
            raise SourceError(self._name, "read", told, "Unpack it yourself, if you trust it.")
        place[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        if self._around:
            self._around.close()
        super().close()
