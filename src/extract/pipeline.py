"""The journey of a document, in one screen."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extract.components import make_pipeline
from extract.errors import SourceError, UsageError
from extract.normalise.values import NAME_LABELS
from extract.recognise.dates import Profile
from extract.recognise.mention import Mention, read_mentions
from extract.records.draft import draft_records
from extract.records.record import FailureLine, Record
from extract.resolve.dates import resolve_dates
from extract.resolve.entities import document_names, load_aliases
from extract.resolve.fact import Fact
from extract.resolve.figures import attribute_figures
from extract.rules import Rule, load_rules, packaged_folder
from extract.rules.examples import Failure, Found, test_examples
from extract.run.batch import WorkerDiedError, map_sources
from extract.run.extraction import Extraction, MappedDocument, mapped_document
from extract.run.kept import Kept, Mapped
from extract.sources import FORMATS, MAX_BYTES, Source, find_sources, read_source, read_string
from extract.sources.document import Document
from extract.text.document import make_doc
from extract.text.sentences import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can change the records, beside the sources and the version.

    `rules`: a folder of rule files that stand in for and add to the packaged ones. `model`: `default` (the shipped one), the
    name or path of a spaCy model, or `none`. `format`, `encoding`, `text_field`, `id_field`: None to recognise them.
    `dates`: `plain`, or `vague` to record also `now`, `recently` and the like, or `timeml` for all that TimeML annotates.
    """

    rules: Path | None = None
    model: str = "default"
    format: str | None = None
    encoding: str | None = None
    max_bytes: int = MAX_BYTES
    text_field: str | None = None
    id_field: str | None = None
    dates: Profile = "plain"

    def __post_init__(self) -> None:
        """Raises UsageError for a format or an encoding that there is not."""
        if self.format is not None and self.format not in FORMATS:
            raise UsageError(f"unknown format {self.format!r}; there are {', '.join(FORMATS)}")
        try:
            codecs.lookup(self.encoding or "utf-8")
        except LookupError as error:
            raise UsageError(f"unknown encoding {self.encoding!r}; name one that Python knows, say cp1251") from error

    def options(self) -> dict[str, Any]:
        """The settings that differ from the default, for the manifest; the rules are told by their fingerprint."""
        differing = {item.name: getattr(self, item.name) for item in fields(self) if getattr(self, item.name) != item.default}
        return {name: value for name, value in differing.items() if name not in ("rules", "model")}


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with all that the map stage found in it; the facts stand under the numbers of their mentions."""

    document: Document
    doc: Doc
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    facts: dict[int, Fact]


class Pipeline:
    """Turns documents into records. Built once (it loads rules and model), used often.

    >>> pipeline = Pipeline(model="none")
    >>> [record.text for record in pipeline.extract_text("The vote was held on 9 June 2024.")]
    ['9 June 2024']
    """

    def __init__(self, settings: Settings | None = None, **options: Any) -> None:
        """Loads rules and model. `options` are the fields of Settings. Raises RuleError or ModelError."""
        self.settings = settings or Settings(**options)
        self.rules = load_rules(self.settings.rules)
        self.aliases = load_aliases(_alias_file(self.settings.rules))
        self.nlp = make_pipeline(self.settings.rules, self.settings.model, dates=self.settings.dates)

    # -- the map stage: one document, alone ------------------------------------------------------------------------

    def analyse(self, document: Document) -> Analysis:
        """Everything that is found in one document, read in plain characters."""
        document = document.plain()
        doc = self.nlp(make_doc(self.nlp, document))
        sentences = sentences_of(doc)
        mentions = read_mentions(doc)
        return Analysis(document, doc, sentences, mentions, resolve(document, sentences, mentions))

    def map_document(self, document: Document, path: Path | None = None) -> MappedDocument:
        """The drafts of one document's records, and its names for the corpus."""
        found = self.analyse(document)
        document = found.document
        drafts = draft_records(document, found.sentences, found.facts)
        return mapped_document(document, path, len(found.sentences), drafts, document_names(document, found.mentions))

    def map_source(self, source: Source) -> list[MappedDocument | FailureLine]:
        """What a source gives: a document, or for JSON Lines many; and its failures, each of which costs only itself."""
        results: list[MappedDocument | FailureLine] = []
        try:
            for item in self._read(source):
                results.append(self._map_or_fail(item, source))
        except SourceError as error:
            results.append(_failure(error))
        return results

    def _read(self, source: Source) -> Iterator[Document | SourceError]:
        wanted = asdict(self.settings)
        return read_source(source, **{key: wanted[key] for key in _READER_OPTIONS})

    def _map_or_fail(self, item: Document | SourceError, source: Source) -> MappedDocument | FailureLine:
        if isinstance(item, SourceError):
            return _failure(item)
        try:
            return self.map_document(item, source.path)
        except Exception as error:  # whatever a finder stumbles over, the other documents go on
            message = f"{type(error).__name__}: {error}"
            return FailureLine(document=item.name, stage="extract", error=message, hint="Report it, with the document.")

    def find(self, text: str) -> list[Found]:
        """The mentions of a text with their values, as the examples of rules are tested against."""
        found = self.analyse(read_string(text, format="text"))
        return [Found(fact.mention.label, fact.mention.text, fact.mention.rule, fact.value) for fact in found.facts.values()]

    def test_rules(self, rules: Iterable[Rule]) -> list[Failure]:
        """The examples of rules that do not hold, each rule tried with the dates it is for."""
        failures: list[Failure] = []
        for dates, group in groupby(rules, key=lambda rule: rule.value.get("profile", "plain")):
            pipeline = self if dates == self.settings.dates else Pipeline(replace(self.settings, dates=dates))
            failures += test_examples(group, pipeline.find)
        return failures

    @property
    def fingerprint(self) -> str:
        """All that the result of the map stage depends on, beside the source and the code."""
        return f"{self.rules.fingerprint} {self.model_name} {sorted(self.settings.options().items())}"

    @property
    def model_name(self) -> str:
        """The model in the slot and a fingerprint of its files; `none` without one."""
        if "extract_model" not in self.nlp.pipe_names:
            return "none"
        return str(self.nlp.get_pipe("extract_model").fingerprint)  # type: ignore[attr-defined]

    # -- the whole journey -----------------------------------------------------------------------------------------

    def extract(self, *paths: str | Path) -> Extraction:
        """The extraction of files, folders and globs, in memory. Raises SourceError where a path leads nowhere."""
        mapped = (item for source in find_sources(paths) for item in self.map_source(source))
        return Extraction(mapped, self.aliases)

    def extract_text(self, text: str, name: str = "text", format: str | None = None) -> list[Record]:
        """The records of a string; offsets count in the string as given."""
        mapped = self.map_document(read_string(text, name=name, format=format or self.settings.format))
        return list(Extraction([mapped], self.aliases).records())


_ALIASES = "aliases.yml"
_READER_OPTIONS = ("format", "encoding", "max_bytes", "text_field", "id_field")


def resolve(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> dict[int, Fact]:
    """The facts of a document, under the numbers of their mentions: each value as far as the document settles it."""
    facts = {number: Fact(mention) for number, mention in enumerate(mentions) if mention.label in NAME_LABELS}
    facts |= {number: Fact(mention, mention.reading) for number, mention in enumerate(mentions) if mention.component == "rules"}
    facts |= resolve_dates(document, sentences, mentions)
    facts |= attribute_figures(document, sentences, mentions)
    return facts


def extract_sources(
    pipeline: Pipeline, sources: Sequence[Source], workers: int = 1, kept: Kept | None = None
) -> Iterator[tuple[Source, Mapped]]:
    """Each source with what the map stage made of it, in order, on so many processes; on one, by `pipeline` itself.

    What `kept` has of a source that has not changed is taken from there, and what is new goes into it.
    """
    new = [source for source in sources if kept is None or not kept.has(source)]
    mapped = _map_all(pipeline, new, workers)
    names = {source.name for source in new}
    for source in sources:
        if kept and source.name not in names and (results := kept.read(source)) is not None:
            yield source, results
            continue
        results = next(mapped) if source.name in names else pipeline.map_source(source)
        if kept:
            kept.write(source, results)
        yield source, results


def _map_all(pipeline: Pipeline, sources: Sequence[Source], workers: int) -> Iterator[Mapped]:
    build = partial(_mapper, pipeline.settings) if workers > 1 else lambda: pipeline.map_source
    for source, results in map_sources(build, sources, min(workers, len(sources))):
        yield [_died(source)] if isinstance(results, WorkerDiedError) else results


def _alias_file(rules: Path | None) -> Path:
    """The alias file of a folder of rules; the packaged one where the folder has none."""
    own = rules / _ALIASES if rules else None
    return own if own and own.exists() else packaged_folder() / _ALIASES


def _mapper(settings: Settings) -> Any:
    return Pipeline(settings).map_source


def _failure(error: SourceError) -> FailureLine:
    return FailureLine(document=error.source, stage=error.stage, error=error.message, hint=error.hint)


def _died(source: Source) -> FailureLine:
    return FailureLine(
        document=source.name,
        stage="extract",
        error="the process that worked on it was killed",
        hint="It may need more memory: run it alone, or split the file.",
    )
