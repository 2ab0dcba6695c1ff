"""Gold's own names, linked: how well spellings become entities where no mention is missed and none is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from extract.errors import RecordError
from extract.evaluate.annotation import Annotation, read_gold
from extract.evaluate.counts import Counts
from extract.evaluate.entities import b_cubed, canonical_names
from extract.evaluate.matching import Pair
from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Mention
from extract.resolve.entities import Aliases, DocumentNames, Linking, document_names, link_corpus
from extract.sources import Document, Source, read_source


def evaluate_given(
    gold: Iterable[Path | str], sources: Iterable[Path | str] = (), aliases: Aliases | None = None
) -> dict[str, Counts]:
    """`bcubed`, `bcubed LABEL` and `canonical` of linking the names of gold files (or folders) as they stand there.

    `sources` are folders with the documents; beside the gold they are found without. Raises RecordError for a document that is
    not there.
    """
    return score_pairs(link_given(gold, sources, aliases)[1])


def given_names(gold: Iterable[Path | str], sources: Iterable[Path | str] = ()) -> Iterator[tuple[DocumentNames, list[str]]]:
    """The names of gold files by document, with what gold calls the entity of each."""
    for document, lines in _gold_lines(gold, sources):
        yield _names(document, lines), [line.value["entity"] for line in lines]


def link_given(
    gold: Iterable[Path | str], sources: Iterable[Path | str] = (), aliases: Aliases | None = None
) -> tuple[Linking, list[Pair]]:
    """What linking makes of gold's names: the linking, and each line of gold with what it says of it."""
    shown_lines = _gold_lines(gold, sources)
    linking = link_corpus([_names(document, lines) for document, lines in shown_lines], aliases)
    names = {entity.id: entity.name for entity in linking.entities}
    return linking, [
        (line, _found(line, linking, (document.name, number), names))
        for document, lines in shown_lines
        for number, line in enumerate(lines)
    ]


def _gold_lines(gold: Iterable[Path | str], sources: Iterable[Path | str]) -> list[tuple[Document, list[Annotation]]]:
    paths = [Path(path) for path in gold]
    folders = [Path(folder) for folder in sources] + [path if path.is_dir() else path.parent for path in paths]
    return _lines_in_text(sorted((line for line in read_gold(paths) if line.is_name), key=lambda line: line.span), folders)


def _lines_in_text(lines: Iterable[Annotation], folders: Sequence[Path]) -> list[tuple[Document, list[Annotation]]]:
    """The documents with those of their lines that the reader shows (none in attributes or footers)."""
    by_document: dict[str, list[Annotation]] = defaultdict(list)
    for line in lines:
        by_document[line.document].append(line)
    documents = {name: _read(name, folders) for name in by_document}
    return [
        (documents[name], [line for line in found if documents[name].offsets.to_text(line.start, line.end)])
        for name, found in by_document.items()
    ]


def _read(name: str, folders: Sequence[Path]) -> Document:
    for folder in folders:
        if (folder / name).is_file():
            item = next(iter(read_source(Source(name, folder / name))))
            if isinstance(item, Document):
                return item
            raise item
    raise RecordError(f"{name}: gold speaks of it, and it is in none of {', '.join(map(str, folders))}; name its folder")


def _names(document: Document, lines: Sequence[Annotation]) -> DocumentNames:
    return document_names(document, [_mention(document, line) for line in lines])


def _mention(document: Document, line: Annotation) -> Mention:
    start, end = document.offsets.to_text(line.start, line.end) or (0, 0)
    return Mention(line.label, start, end, document.text[start:end], "gold", "gold")


def _found(line: Annotation, linking: Linking, place: tuple[str, int], shown: Mapping[str, str]) -> Annotation:
    entity = linking.entity_of[place]
    value = {"entity": entity, "name": shown[entity]}
    return Annotation(line.document, linking.label_of[place], line.start, line.end, line.text, value)


def score_pairs(pairs: Sequence[Pair]) -> dict[str, Counts]:
    """B-cubed of all names and of those of each label, and how many canonical names are right."""
    by_label = {label: [pair for pair in pairs if pair[0].label == label] for label in NAME_LABELS}
    return {
        "bcubed": b_cubed(pairs),
        **{f"bcubed {label}": b_cubed(some) for label, some in by_label.items() if some},
        "canonical": canonical_names(pairs),
    }
