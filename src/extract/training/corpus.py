"""Reading the corpora: one text a line, its names brought to the house's span rules.

A corpus file is gzipped JSON Lines: `{"text", "ents": [[start, end, label, ...]], "miss": [[start, end]]}`, offsets in code
points, end exclusive; `miss` marks stretches whose annotation is uncertain or absent. Or it is text with marked names:
`[PERSON Lena Strand] of [ORG Norvik Foods]`, a paragraph a line, `###` between documents. Or, for other people's texts, it
says only where they stand: `{"document", "source": {"file", "line"}, "names"}`, a paragraph a line, with names by their offsets
in the text of that line of another corpus; or `"source": {"file", "start", "end"}`, offsets in a page, markup included.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from extract.outputs.files import read_lines
from extract.sources.document import Document
from extract.sources.read import read_string

LABELS = ("PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "MISC", "WORK", "PRODUCT")

Span = tuple[int, int, str]

_MARKED = re.compile(rf"\[({'|'.join(LABELS)}) ([^\[\]]+(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:Vice |Deputy )?(?:President|Prime Minister|Chancellor|Minister|Governor|Senator|Speaker|Judge|"
    r"Professor|General|Colonel|Mayor)"
    r"|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sen\.|Gov\.|Gen\.|Col\.|Prof\.|Rep\.|Sir)\s+(?=[A-Z])"
)
_POSSESSIVE = ("'s", "’s")
_OPENING, _CLOSING = ' \t\n"“”‘(', ' \t\n"“”,;:'


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its names; what stands in `unsure` is neither a name nor not one."""

    text: str
    spans: tuple[Span, ...]
    unsure: tuple[tuple[int, int], ...] = ()


def find_corpus(data: Sequence[Path], name: str) -> Path:
    """The file of a corpus, `NAME.jsonl.gz`, `.txt` or `.jsonl`, in the first folder that has it. Raises FileNotFoundError."""
    return _find(data, *(f"{name}.{ending}" for ending in ("jsonl.gz", "txt", "jsonl")))


def _find(data: Sequence[Path], *names: str) -> Path:
    for path in (folder / name for folder in data for name in names):
        if path.is_file():
            return path
    raise FileNotFoundError(f"no {' or '.join(names)} in {', '.join(map(str, data))} (docs/names.md: Train the model)")


def read_corpus(path: Path, data: Sequence[Path] = ()) -> Iterator[Annotated]:
    """The texts of a corpus file; paragraphs of a text are divided by an empty line.

    `data`: the folders with the texts, where the file says only where they stand. Raises FileNotFoundError where one is missing.
    """
    if path.suffix == ".jsonl":
        for _, rows in groupby((row for _, row in read_lines(path)), key=lambda row: row["document"]):
            yield joined(_elsewhere(row, data) for row in rows)
        return
    if path.suffix == ".txt":
        for document in re.split(r"^###.*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if document.strip():
                yield unmark("\n\n".join(line.strip() for line in document.splitlines() if line.strip()))
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = (trim_span(row["text"], start, end, label) for start, end, label, *_ in row["ents"])
            unsure = tuple((start, end) for start, end, *_ in row.get("miss", ()))
            yield Annotated(row["text"], tuple(span for span in spans if span[0] < span[1]), unsure)


def write_corpus(path: Path, items: Iterable[Annotated]) -> None:
    """Writes texts as a gzipped corpus file."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for item in items:
            row = {"text": item.text, "ents": item.spans, "miss": item.unsure}
            file.write(f"{json.dumps(row, ensure_ascii=False)}\n")


def _elsewhere(row: Mapping[str, Any], data: Sequence[Path]) -> Annotated:
    """A paragraph of somebody else's text."""
    source = row["source"]
    path = _find(data, source["file"])
    if "line" in source:
        return Annotated(corpus_lines(path)[source["line"] - 1], tuple((start, end, label) for start, end, label in row["names"]))
    page = _page(path)
    first, last = page.offsets.to_text(source["start"], source["end"]) or (0, 0)
    places = ((page.offsets.to_text(start, end), label) for start, end, label in row["names"])
    return Annotated(page.text[first:last], tuple((at[0] - first, at[1] - first, label) for at, label in places if at))


@cache
def corpus_lines(path: Path) -> list[str]:
    """The texts of a gzipped corpus file, by their lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


@cache
def _page(path: Path) -> Document:
    return read_string(path.read_text(encoding="utf-8"), name=path.name)


def joined(parts: Iterable[Annotated]) -> Annotated:
    """One text of several, a paragraph each, divided by an empty line."""
    text, spans, unsure = "", list[Span](), list[tuple[int, int]]()
    for part in parts:
        shift = len(text) + 2 if text else 0
        text = f"{text}\n\n{part.text}" if text else part.text
        spans += [(shift + start, shift + end, label) for start, end, label in part.spans]
        unsure += [(shift + start, shift + end) for start, end in part.unsure]
    return Annotated(text, tuple(spans), tuple(unsure))


def unmark(marked: str) -> Annotated:
    """A text without its marks, and its names.

    >>> unmark("Mr. [PERSON Fico] agreed.")
    Annotated(text='Mr. Fico agreed.', spans=((4, 8, 'PERSON'),), unsure=())
    """
    text, spans, position = "", [], 0
    for mark in _MARKED.finditer(marked):
        text += marked[position : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        position = mark.end()
    return Annotated(text + marked[position:], tuple(spans))


def paragraphs(item: Annotated) -> Iterator[Annotated]:
    """The paragraphs of a text, each with its names."""
    start = 0
    for text in item.text.split("\n\n"):
        end = start + len(text)
        spans = tuple((first - start, last - start, label) for first, last, label in item.spans if start <= first and last <= end)
        unsure = tuple((first - start, last - start) for first, last in item.unsure if start <= first and last <= end)
        yield Annotated(text, spans, unsure)
        start = end + 2


OWN = (
    "abroad",
    "affairs",
    "bodies",
    "business",
    "courts",
    "culture",
    "kinds",
    "leisure",
    "lives",
    "long",
    "matters",
    "news",
    "notices",
    "policy",
    "politics",
    "public",
    "pursuits",
    "science",
    "talk",
    "tech",
    "terms",
    "various",
    "web",
    "wire",
    "works",
    "world",
)
"""Texts written for this project, in `training/data/names`."""

SINCE = ("houses",)
"""Such texts that the packaged model has not seen: written since it was trained, they join the others when it is anew."""

# Every so-manieth text of these corpora is held out of training, to be measured on.
HELD_OUT = {"crossner_politics.dev": 5, "elsewhere": 6, **dict.fromkeys(OWN, 4)}


def part_of(data: Sequence[Path], name: str, held_out: bool) -> list[Annotated]:
    """The texts of the corpus `name` in the folders `data` that are held out of training, or the others.

    All of them, either way, of a corpus that `HELD_OUT` does not part.
    """
    every = HELD_OUT.get(name)
    return [
        item
        for number, item in enumerate(read_corpus(find_corpus(data, name), data))
        if every is None or (number % every == 0) == held_out
    ]


def trim_span(text: str, start: int, end: int, label: str) -> Span:
    """The span without article, title, possessive, quotation marks and trailing punctuation.

    >>> trim_span("the President Smith's", 0, 21, "PERSON")
    (14, 19, 'PERSON')
    """
    while start < end:
        shorter = _one_off(text, start, end, label)
        if shorter == (start, end):
            break
        start, end = shorter
    return start, end, label


def _one_off(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    if text[start] in _OPENING:
        return start + 1, end
    if text[end - 1] in _CLOSING:
        return start, end - 1
    if text[max(start, end - 2) : end] in _POSSESSIVE:
        return start, end - 2
    if label != "WORK" and (article := _ARTICLE.match(text, start, end)):
        return article.end(), end
    if label == "PERSON" and (title := _TITLE.match(text, start, end)):
        return title.end(), end
    return start, end
