"""The spaCy language that every part of `extract` tokenises with."""

from __future__ import annotations

import re
from typing import Any

from spacy.lang.char_classes import ALPHA
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# spaCy keeps `pre-2008`, `22-party`, `9–14`, `1990s/2000s` and `October.1` (the number of a note) in one token; a date or a
# number inside must stand alone.
_INFIXES = (
    rf"(?<=[0-9{ALPHA}])(?:-|–|—|/|~)(?=[0-9{ALPHA}])",
    rf"(?<=[0-9])\.(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}][{ALPHA}])\.(?=[0-9])",
    r"(?<=^[bd])\.(?=[0-9]{4})",
    rf"(?<=[0-9{ALPHA}])[)\]](?=[.,;:][0-9])",
    r"[。！？।]",
)
# Signs of a rise or fall before a figure, marks of a note behind one, bars and open ranges: `±0`, `▲5`, `39†`, `|4`, `2015-`.
_PREFIXES = (r"[±▲▼△▽↑↓⬆⬇🔺🔻●▬◄►|](?=[0-9])",)
_SUFFIXES = (r"(?<=[0-9]{4})[-|]", r"(?<=[0-9])[†‡§*¹²³]+", r"(?<=[0-9]Z)\.")
# spaCy's emoticons with a figure in them: `TPP (8)` has a number in brackets, and no face.
_EMOTICON = re.compile(r"[^\w\s]*[0-9][^\w\s]*(?:[0-9]|[A-Z])?[^\w\s]*")
_CACHED_WORDS = (
    100_000  # spaCy's own ten thousand are used up by the words of the gazetteers, and every word of a text is split anew
)
_LONGEST_TEXT = 10**9  # spaCy's own limit of a million characters is for its parser; readers limit the size of sources


def make_language() -> Language:
    """A blank English pipeline with the tokeniser of `extract`: dashes and slashes inside words are tokens."""
    return English(max_length=_LONGEST_TEXT, create_tokenizer=_tokenizer)


class _Tokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's, which keeps no more words of a text once it has met an exception (`p.m.`): so new ones are shown to it alone."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        super().__init__(*settings, **named)
        self._shown: set[str] = set()

    def __call__(self, string: str) -> Doc:
        if len(self._shown) < _CACHED_WORDS:
            for word in (fresh := {*string.split()} - self._shown):
                super().__call__(word)
            self._shown |= fresh
        return super().__call__(string)  # type: ignore[no-any-return]


def _tokenizer(nlp: Language) -> Tokenizer:
    """Made once: each change of spaCy's own would read its thousand special cases again."""
    usual = nlp.Defaults
    rules = usual.tokenizer_exceptions or {}
    return _Tokenizer(
        nlp.vocab,
        rules={text: tokens for text, tokens in rules.items() if not _EMOTICON.fullmatch(text)},
        prefix_search=compile_prefix_regex([*(usual.prefixes or ()), *_PREFIXES]).search,
        suffix_search=compile_suffix_regex([*(usual.suffixes or ()), *_SUFFIXES]).search,
        infix_finditer=compile_infix_regex([*(usual.infixes or ()), *_INFIXES]).finditer,
        token_match=usual.token_match,
        url_match=usual.url_match,
        max_cache_size=_CACHED_WORDS,
    )
