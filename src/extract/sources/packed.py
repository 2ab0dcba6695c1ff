"""Files packed with gzip or Zstandard, unpacked as they are read."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO

from extract.errors import SourceError

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
    return io.BufferedReader(_Unpacked(name, stream, inner, max_bytes), buffer)


def _zstd(name: str, stream: BinaryIO) -> BinaryIO:
    try:
        import zstandard
    except ImportError as error:
        how = "Install extract[zstd], or unpack it with `unzstd`."
        raise SourceError(name, "read", "it is packed with Zstandard, which is not installed", how) from error
    reader: BinaryIO = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)
    return reader


class _Unpacked(io.RawIOBase):
    """A stream of the unpacked bytes that counts them."""

    def __init__(self, name: str, packed: BinaryIO, inner: BinaryIO | gzip.GzipFile, max_bytes: int) -> None:
        self._name, self._packed, self._inner, self._most = name, packed, inner, max_bytes
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        place = memoryview(buffer)
        try:
            data = self._inner.read(len(place))
        except Exception as error:  # gzip, zlib and Zstandard have each their own
            if not isinstance(error, OSError | EOFError | zlib.error) and type(error).__name__ != "ZstdError":
                raise
            told = f"the packed data is damaged ({error})"
            raise SourceError(self._name, "read", told, "Fetch it again.") from error
        self._count += len(data)
        if self._count > self._most and self._count > _MOST_RATIO * self._packed.tell():
            told = f"it unpacks to more than {_MOST_RATIO} times its size"
            raise SourceError(self._name, "read", told, "Unpack it yourself, if you trust it.")
        place[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._packed.close()
        super().close()
