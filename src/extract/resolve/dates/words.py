"""Patterns made of the word lists of `rules/dates.yml`."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.rules import load_rules


@lru_cache(maxsize=16)
def listed(name: str, form: str) -> re.Pattern[str]:
    """`form`, case ignored, with any word of a list in the place of `%s`."""
    words = "|".join(map(re.escape, load_rules().file("dates").lists[name]))
    return re.compile(form.replace("%s", f"(?:{words})"), re.IGNORECASE)
