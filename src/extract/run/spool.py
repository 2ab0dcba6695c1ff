"""A pile on disk for what the map stage made, so that a large corpus does not have to fit in memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")

# So much stays in memory before the pile goes to disk, in bytes.
_IN_MEMORY = 64 << 20


class Spool(Generic[Item]):
    """Items that are added once, then read in the same order as often as wanted; gone when the object is."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the spool
        self._count = 0

    def add(self, item: Item) -> None:
        """Puts an item at the end."""
        self._file.seek(0, 2)
        pickle.dump(item, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def __iter__(self) -> Iterator[Item]:
        position = 0
        for _ in range(self._count):
            self._file.seek(position)
            item = pickle.load(self._file)
            position = self._file.tell()
            yield item

    def __len__(self) -> int:
        return self._count
