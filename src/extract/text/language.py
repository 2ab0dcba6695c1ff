"""The spaCy language that every part of `extract` tokenises with."""

from __future__ import annotations

from typing import Any

import spacy
from spacy.lang.char_classes import ALPHA
from spacy.language import Language
from spacy.util import compile_infix_regex

# spaCy keeps `pre-2008`, `22-party`, `9–14`, `1990s/2000s` and `October.1` (the number of a note) in one token; a date or a
# number inside must stand alone.
_INFIXES = (
    rf"(?<=[0-9{ALPHA}])(?:-|–|—|−|/|~)(?=[0-9{ALPHA}])",
    rf"(?<=[0-9])\.(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}][{ALPHA}])\.(?=[0-9])",
    r"[。！？।]",
)
_LONGEST_TEXT = 10**9  # spaCy's own limit of a million characters is for its parser; readers limit the size of sources


def make_language() -> Language:
    """A blank English pipeline with the tokeniser of `extract`: dashes and slashes inside words are tokens."""
    nlp = spacy.blank("en")
    nlp.max_length = _LONGEST_TEXT
    infixes = [*(nlp.Defaults.infixes or ()), *_INFIXES]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp
