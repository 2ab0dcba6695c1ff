"""Which format a source has, from its name and its content."""

from __future__ import annotations

import re

from extract.sources import dump, subtitles
from extract.sources.formats import BINARY, BY_ENDING, DUMP, MAIL, MAILBOX

# So many characters decide.
_SAMPLE = 20_000
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|main|article|section|header|div|table|p|h[1-6]|ul|ol|dl|center|font|meta|title|blockquote)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_BLOCKS = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|th|blockquote)\b[^<>]*>", re.IGNORECASE)
_MAILBOX = re.compile(r"From \S[^\n]* \d\d:\d\d[^\n]*\n[A-Z][\w-]*:")
_MAIL = re.compile(
    r"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?(?:Received|Message-ID|MIME-Version|Return-Path): ?\S", re.IGNORECASE
)
_EXPORTED_BOX = re.compile(r"^\s*Infobox[^.:\n]{0,60}\n\s*[-*•] [^:\n]{1,60}:", re.MULTILINE)
_JSON_LINE = re.compile(r'\s*\{\s*"')
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:[\w-]+\s*:.*\r?\n|[ \t]+.*\r?\n|\s*\r?\n)+---[ \t]*(?:\r?\n|$)")
_WIKITEXT = re.compile(
    r"\{\{[^{}|\n]+\|?|^\{\||\[\[[^\]\n|]+\|[^\]\n]+\]\]|'''[^'\n]+'''|<ref[ >/]|\[\[(?:Category|File):", re.MULTILINE
)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^\|.*\|[ \t]*$|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-: |\t]*$|"
    r"\[[^\]\n]+\]\([^)\n]+\)|\*\*[^*\n]+\*\*|^```|\[\[[^\]\n|]+ \| [^\]\n]+\]\]",
    re.MULTILINE,
)
_WIKI_EXPORT = re.compile(r"\s*= [^=\n]+ =\s*$|^==+ ?[^=\n]+ ?==+\s*$|^Infobox\s*$", re.MULTILINE)

_MARKUP = (
    (_WIKI_EXPORT, ("=", "Infobox")),
    (_MARKDOWN, ("#", "|", "](", "**", "```")),
    (_WIKITEXT, ("{{", "{|", "[[", "'''", "<ref")),
)
"""Three kinds of markup, and signs of which each has at least one: they are sooner looked for."""


def recognise_format(name: str, text: str, by_start: bool = False) -> str:
    """The format of a text: by the ending of its name where that says it, else by what stands in it.

    `by_start`: only by its first lines, which is enough to know whether it holds several documents.
    """
    known = BY_ENDING.get("." + name.rpartition(".")[2].lower(), "text")
    if known != "text" and known not in BINARY:
        return known
    sample = text[:_SAMPLE]
    if dump.STARTS.match(sample):
        return DUMP
    if _MAILBOX.match(sample):
        return MAILBOX
    if _MAIL.match(sample):
        return MAIL
    if subtitles.STARTS.match(sample):
        return "subtitles"
    if _HTML.match(sample):
        return "html"
    if _JSON_LINE.match(sample) and sample.splitlines()[0].rstrip().endswith("}"):
        return "jsonl"
    if _FRONT_MATTER.match(sample):
        return "markdown"
    return "text" if by_start else _by_markup(sample)


def _by_markup(sample: str) -> str:
    exported, marked, wikitext = (
        len(pattern.findall(sample)) if any(sign in sample for sign in signs) else 0 for pattern, signs in _MARKUP
    )
    if exported and _EXPORTED_BOX.search(sample):
        return "wiki-export"
    if len(_HTML_BLOCKS.findall(sample)) > max(3, 2 * (exported + marked + wikitext)):
        return "html"
    if wikitext >= 2 and wikitext > marked:
        return "wikitext"
    if exported and exported >= marked:
        return "wiki-export"
    return "markdown" if marked >= 2 else "text"
