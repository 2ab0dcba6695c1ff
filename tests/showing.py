"""What a reader shows, in a form that a test can write down.

    showing("Some text.", "text")      ->  ["paragraph: Some text."]

Each block is `kind: text`; a heading has its level (`heading2`), a cell its headers and row (`cell Votes / % < Alpha: 38.2`), an
infobox value its key (`field seats1: 52`).
"""

from __future__ import annotations

from extract.sources import read_string
from extract.sources.document import Block, Document


def showing(source: str, format: str) -> list[str]:
    document = read_string(source, format=format)
    return [f"{_place(block)}: {document.text[block.start : block.end]}" for block in document.blocks]


def _place(block: Block) -> str:
    if block.field:
        return f"field {block.field.key}"
    if block.cell and block.cell.is_header:
        return "header"
    if block.cell:
        headers = " / ".join(block.cell.headers) or "-"
        return f"cell {headers}" + (f" < {block.cell.row_header}" if block.cell.row_header else "")
    return block.kind + (str(block.level) if block.kind in ("heading", "list_item") else "")


def text_of(source: str, format: str) -> str:
    """All that is shown, blocks parted by `|`."""
    document = read_string(source, format=format)
    return "|".join(document.text[block.start : block.end] for block in document.blocks)


def marks_of(document: Document) -> list[tuple[str, str]]:
    """The marks, each with the text that follows it."""
    return [(mark.value, document.text[mark.position :].strip()[:10]) for mark in document.marks]
