"""The two streams that commands print to; nothing that documents say steers the terminal."""

from __future__ import annotations

import os
import re
from typing import Any

from rich.console import Console
from rich.text import Text

_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Text of documents, names and files that cannot steer a terminal: what would is shown as `\\x1b`."""
    return _STEERS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def counted(count: int, what: str, many: str = "") -> str:
    """How many of something: `1 pair`, `2 pairs`."""
    return f"{count} {what if count == 1 else many or f'{what}s'}"


class _Terminal(Console):
    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **options)


err = _Terminal(stderr=True, highlight=False, soft_wrap=True)
out = _Terminal(highlight=False, soft_wrap=True)
if not out.is_terminal and "COLUMNS" not in os.environ:
    out.width = 1000  # a file or a pipe breaks no cell of a table
