"""The formats that are read: one table of their names, of the endings by which files are known, and of what a file of one is."""

from __future__ import annotations

from typing import Literal, NamedTuple

TABLE, TABLE_ROWS = "csv", "csv-rows"
SHEET_ROWS = "xlsx-rows"
DUMP = "mediawiki-dump"
ARCHIVE = "zip"
MAIL, MAILBOX = "mail", "mbox"
CAPTURES = "warc"


class Format(NamedTuple):
    """A file of it is a `text`, or `converted` to one that is kept beside the records, or `rows` that are documents each.

    What is in an `archive` has formats of its own.
    """

    name: str
    endings: str = ""
    nature: Literal["text", "converted", "rows", "archive"] = "text"


_TABLE = (
    Format("text", ".txt .text"),
    Format("wiki-export"),
    Format("wikitext", ".wiki .wikitext .mediawiki"),
    Format("markdown", ".md .markdown"),
    Format("html", ".html .htm .xhtml"),
    Format("html-whole"),
    Format(TABLE, ".csv .tsv .tab"),
    Format("subtitles", ".srt .vtt"),
    Format("pdf", ".pdf", "converted"),
    Format("docx", ".docx", "converted"),
    Format("xlsx", ".xlsx", "converted"),
    Format("epub", ".epub", "converted"),
    Format(MAIL, ".eml .mht .mhtml", "converted"),
    Format(MAILBOX, ".mbox", "rows"),
    Format(TABLE_ROWS, "", "rows"),
    Format(SHEET_ROWS, "", "rows"),
    Format("jsonl", ".json .jsonl .ndjson", "rows"),
    Format(DUMP, "", "rows"),
    Format(CAPTURES, ".warc", "rows"),
    Format(ARCHIVE, ".zip", "archive"),
)
MAY_BE_EMPTY = frozenset({DUMP, CAPTURES})
"""A file of these formats may hold no document, and be whole."""
FORMATS = tuple(each.name for each in _TABLE if each.nature != "archive")
ROWS = frozenset(each.name for each in _TABLE if each.nature == "rows")
CONVERTED = frozenset(each.name for each in _TABLE if each.nature == "converted")
BINARY = CONVERTED - {MAIL}
"""Formats that their first bytes tell, and no name alone."""
BY_ENDING = {ending: each.name for each in _TABLE for ending in each.endings.split()}
