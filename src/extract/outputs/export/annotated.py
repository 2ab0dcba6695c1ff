"""The documents with their mentions, for annotation tools and for spaCy: text as a reader sees it, offsets as the tool counts.

Documents whose source is not there, or has changed, are shown by the sentences that their records quote.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote as quote_url
from xml.sax.saxutils import quoteattr

from spacy.tokens import Doc, DocBin, Span

from extract.normalise.values import NAME_LABELS
from extract.outputs.files import dump_line
from extract.outputs.reading import CodeUnits, Output, sentences_only, visible_spans
from extract.outputs.tables import normal_form
from extract.records.gold import gold_value
from extract.records.record import DocumentLine, Record
from extract.sources.document import Document
from extract.text.document import make_doc
from extract.text.language import make_language
from extract.text.sentences import set_sentences

_KINDS = ("names", "dates", "percentages", "seats", "rules")
_LABELS = (*NAME_LABELS, "DATE", "PERCENT", "SEATS")
_AROUND = 32
_DOCS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as it is shown: its text, and where in it each record stands (code points, end exclusive)."""

    line: DocumentLine
    document: Document
    mentions: list[tuple[int, int, Record]]

    @property
    def text(self) -> str:
        """The text."""
        return self.document.text


def shown(output: Output) -> Iterator[Shown]:
    """The documents of an output folder as they are shown."""
    for told in output.told():
        document = told.source if isinstance(told.source, Document) else sentences_only(told.line, told.records)
        spans = visible_spans(document, told.records)
        yield Shown(told.line, document, [(*span, record) for span, record in zip(spans, told.records, strict=True)])


def _write_each(
    output: Output, path: Path, told: Callable[[Shown], str], head: str = "", between: str = "", tail: str = ""
) -> Counter[str]:
    """Writes what is told of each document into one file."""
    counts = Counter(documents=0, mentions=0)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(head)
        for each in shown(output):
            stream.write((between if counts["documents"] else "") + told(each))
            counts += Counter(documents=1, mentions=len(each.mentions))
        stream.write(tail)
    return counts


# -- spaCy ------------------------------------------------------------------------------------------------------------


def write_docbin(output: Output, folder: Path) -> Counter[str]:
    """`*.spacy` with some hundred Docs each: mentions in `doc.spans` under our keys, their values in `doc.user_data["extract"]`.

    The id of a span is that of its record.
    """
    nlp, counts = make_language(), Counter(documents=0, mentions=0)
    docs = (_as_doc(nlp, each) for each in shown(output))
    for number, batch in enumerate(iter(lambda: list(islice(docs, _DOCS_AT_ONCE)), [])):
        DocBin(docs=batch, store_user_data=True).to_disk(folder / f"{number:05}.spacy")
        counts += Counter(documents=len(batch), mentions=sum(len(group) for doc in batch for group in doc.spans.values()))
    return counts


def _as_doc(nlp: Any, each: Shown) -> Doc:
    doc = make_doc(nlp, each.document)
    doc.user_data.clear()
    spans: dict[str, list[Span]] = {}
    for start, end, record in each.mentions:
        spans.setdefault(record.finder, []).append(_span(doc, start, end, record))
    for key, group in spans.items():
        doc.spans[key] = group
    values = {record.id: record.as_json()["value"] for _, _, record in each.mentions}
    doc.user_data["extract"] = {"document": each.line.document, "title": each.line.title, "values": values}
    return doc


def _span(doc: Doc, start: int, end: int, record: Record) -> Span:
    """The tokens of a mention, whole ones."""
    span = doc.char_span(start, end, label=record.label, span_id=record.id, alignment_mode="expand")
    assert span is not None, "mentions stand inside of the text"
    return span


# -- CoNLL ------------------------------------------------------------------------------------------------------------

_CONLL_HEAD = f"# global.columns = ID FORM EXTRACT:START EXTRACT:END {' '.join(f'EXTRACT:{kind.upper()}' for kind in _KINDS)}\n"


def write_conll(output: Output, path: Path) -> Counter[str]:
    """CoNLL-U Plus: a token a line with its offsets, and in IOB2 a column for each kind of mention, since kinds may nest."""
    nlp = make_language()
    return _write_each(output, path, lambda each: _conll(nlp, each), head=_CONLL_HEAD)


def _conll(nlp: Any, each: Shown) -> str:
    doc = make_doc(nlp, each.document)
    set_sentences(doc)
    tags = {kind: ["O"] * len(doc) for kind in _KINDS}
    for start, end, record in each.mentions:
        span = _span(doc, start, end, record)
        for number in range(span.start, span.end):
            tags[record.finder][number] = f"{'B' if number == span.start else 'I'}-{record.label}"
    lines = [f"# newdoc id = {' '.join(each.line.document.split())}\n"]
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        for number, token in enumerate(tokens, 1):
            form = "_".join(token.text.split())
            cells = [str(number), form, str(token.idx), str(token.idx + len(token)), *(tags[kind][token.i] for kind in _KINDS)]
            lines.append("\t".join(cells) + "\n")
        lines.append("\n" if tokens else "")
    return "".join(lines)


# -- W3C Web Annotation -------------------------------------------------------------------------------------------------


def write_webannotation(output: Output, path: Path) -> Counter[str]:
    """An annotation of the W3C's model a line, with two ways to its place.

    The TextQuoteSelector has the words as a reader sees them, the TextPositionSelector counts code points in the file as decoded.
    """
    return _write_each(output, path, lambda each: "".join(_annotation(each, *mention) for mention in each.mentions))


def _annotation(each: Shown, start: int, end: int, record: Record) -> str:
    quote = {
        "type": "TextQuoteSelector",
        "exact": each.text[start:end],
        "prefix": each.text[max(0, start - _AROUND) : start],
        "suffix": each.text[end : end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": record.source.start, "end": record.source.end}
    tag = {"type": "TextualBody", "purpose": "tagging", "value": record.label}
    normal = {"type": "TextualBody", "purpose": "describing", "value": normal_form(record) or "", "format": "text/plain"}
    return _line(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"urn:extract:{record.id}",
            "type": "Annotation",
            "body": [tag, normal],
            "target": {"source": quote_url(record.source.document), "selector": [quote, position]},
        }
    )


def _line(data: Any) -> str:
    return dump_line(data) + "\n"


# -- Label Studio ---------------------------------------------------------------------------------------------------------


def write_labelstudio(output: Output, folder: Path) -> Counter[str]:
    """`tasks.json` and `config.xml`: mentions as predictions, their values as a text area of each region. Code points."""
    labels: dict[str, None] = dict.fromkeys(_LABELS)

    def task(each: Shown) -> str:
        labels.update(dict.fromkeys(record.label for _, _, record in each.mentions))
        return _task(each)

    counts = _write_each(output, folder / "tasks.json", task, head="[\n", between=",\n", tail="\n]\n")
    (folder / "config.xml").write_text(_config(labels), "utf-8")
    return counts


def _task(each: Shown) -> str:
    result = [region for mention in each.mentions for region in _regions(each.text, *mention)]
    data = {"text": each.text, "document": each.line.document, "title": each.line.title, "sha256": each.line.sha256}
    return json.dumps({"data": data, "predictions": [{"model_version": "extract", "result": result}]}, ensure_ascii=False)


def _regions(text: str, start: int, end: int, record: Record) -> Iterator[dict[str, Any]]:
    place = {"start": start, "end": end, "text": text[start:end]}
    value = json.dumps(gold_value(record), ensure_ascii=False)
    to = {"id": record.id, "to_name": "text"}
    yield {**to, "from_name": "label", "type": "labels", "value": {**place, "labels": [record.label]}}
    yield {**to, "from_name": "value", "type": "textarea", "value": {**place, "text": [value]}}


def _config(labels: Iterable[str]) -> str:
    told = "".join(f"    <Label value={quoteattr(label)}/>\n" for label in labels)
    return (
        '<View>\n  <Labels name="label" toName="text">\n'
        + told
        + '  </Labels>\n  <Text name="text" value="$text"/>\n'
        + '  <TextArea name="value" toName="text" perRegion="true" editable="true" maxSubmissions="1"/>\n</View>\n'
    )


# -- doccano, brat ----------------------------------------------------------------------------------------------------------


def write_doccano(output: Output, path: Path) -> Counter[str]:
    """A document a line, `label` as `[start, end, label]`. UTF-16 code units, as doccano counts."""
    return _write_each(output, path, _doccano)


def _doccano(each: Shown) -> str:
    units = CodeUnits(each.text)
    labels = [[units.of(start), units.of(end), record.label] for start, end, record in each.mentions]
    return _line({"text": each.text, "label": labels, "document": each.line.document, "sha256": each.line.sha256})


def write_brat(output: Output, folder: Path) -> Counter[str]:
    """A `.txt` and an `.ann` for each document, values as notes; `documents.json` says which file is which. Code points."""
    counts: Counter[str] = Counter(documents=0, mentions=0)
    labels: dict[str, None] = dict.fromkeys(_LABELS)
    names: dict[str, str] = {}
    for each in shown(output):
        name = _file_name(each.line.document)
        names[name] = each.line.document
        (folder / f"{name}.txt").write_bytes(each.text.encode())
        (folder / f"{name}.ann").write_text("".join(_brat(each)), "utf-8", newline="\n")
        labels.update(dict.fromkeys(record.label for _, _, record in each.mentions))
        counts += Counter(documents=1, mentions=len(each.mentions))
    (folder / "documents.json").write_text(json.dumps(names, ensure_ascii=False, indent=1), "utf-8")
    sections = f"[entities]\n{chr(10).join(labels)}\n\n[relations]\n<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    (folder / "annotation.conf").write_text(f"{sections}\n[events]\n\n[attributes]\n", "utf-8")
    return counts


def _file_name(document: str) -> str:
    """A name that no file system and no server stumbles over, another for every document."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", document).lstrip(".")[:80]
    return plain if plain == document else f"{plain}-{hashlib.sha256(document.encode()).hexdigest()[:12]}"


def _brat(each: Shown) -> Iterator[str]:
    for number, (start, end, record) in enumerate(each.mentions, 1):
        pieces = list(_lines_of(each.text, start, end))
        places = ";".join(f"{first} {last}" for first, last in pieces)
        yield f"T{number}\t{record.label} {places}\t{' '.join(each.text[first:last] for first, last in pieces)}\n"
        yield f"#{number}\tAnnotatorNotes T{number}\t{dump_line(gold_value(record))}\n"


def _lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a span that lie on one line each: brat has no other."""
    for found in re.finditer(r"[^\r\n]+", text[start:end]):
        yield start + found.start(), start + found.end()
