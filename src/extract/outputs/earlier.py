"""Documents that come out as the run before wrote them: their lines are copied from its files, not made again.

The state has of each where its lines stand, what they were made of, and their digest; what is no longer so is made again. Nothing
else says that the files are those of the state: they may have been changed, or a run may have been killed between the two.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Self

from extract.disk import open_regular
from extract.outputs.layout import DOCUMENTS, RECORDS, TEXTS
from extract.run.extraction import Finished, FinishedDocument
from extract.run.state import State

FINISHED = (DOCUMENTS, RECORDS, TEXTS)
"""The files that `Finished` has lines for."""

_AT_ONCE = 1024  # so many places are written together
_PLACES = struct.Struct(">16s16s6Q")  # what the lines were made of, their digest, and where each of the three begins and ends


class Earlier:
    """The lines of documents in the files of an output folder, found by what a state keeps."""

    def __init__(self, state: State, folder: Path) -> None:
        self._state = state
        self._places: list[tuple[bytes, bytes]] = []
        self._streams: list[BinaryIO] = []
        self._opened = ExitStack()
        for file in FINISHED:
            stream: BinaryIO = BytesIO()
            with suppress(OSError):
                stream = self._opened.enter_context(open_regular(folder / file, follow=False, buffer=0))
            self._streams.append(stream)
        self._sizes = [stream.seek(0, os.SEEK_END) for stream in self._streams]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *told: object) -> None:
        self._opened.close()
        if error is None:
            self._state.set_written(self._places)

    def find(self, key: bytes, made_of: bytes) -> Finished | None:
        """What was written of a unit, if it was made of the same and still stands there."""
        place = self._state.written(key)
        if len(place) != _PLACES.size or place[:16] != made_of:
            return None
        _, digest, *ends = _PLACES.unpack(place)
        if any(end > size for end, size in zip(ends[1::2], self._sizes, strict=True)):
            return None
        finished = Finished(*map(_read, self._streams, ends[::2], ends[1::2]))
        return finished if finished.line and finished.digest == digest else None

    def keep(self, document: FinishedDocument, starts: Sequence[int]) -> None:
        """Keeps where a document begins in the new files."""
        ends = [end for start, lines in zip(starts, document.finished.parts, strict=True) for end in (start, start + len(lines))]
        told = _PLACES.pack(document.made_of, document.finished.digest, *ends) if document.made_of else b""
        self._places.append((document.key, told))
        if len(self._places) == _AT_ONCE:
            self._state.set_written(self._places)
            self._places.clear()


def _read(stream: BinaryIO, start: int, end: int) -> bytes:
    if start >= end:
        return b""
    stream.seek(start)
    return stream.read(end - start)
