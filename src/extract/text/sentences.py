"""Sentences with exact offsets; none crosses a block."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence `text[start:end]` (text offsets), number `index` of its document, in block number `block`."""

    index: int
    start: int
    end: int
    block: int
