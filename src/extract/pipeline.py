"""The journey of a document, in one screen."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count, groupby, repeat
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extract.components import make_pipeline
from extract.errors import SourceError
from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Mention, read_mentions
from extract.records.draft import draft_records
from extract.records.finish import draft_line
from extract.records.record import DocumentLine, FailureLine, KeptText, Record, text_hash
from extract.resolve.dates import resolve_dates
from extract.resolve.entities import (
    Aliases,
    DocumentNames,
    NameComparer,
    cluster_document,
    document_names,
    load_aliases,
    load_lexicon,
    load_register,
)
from extract.resolve.fact import Fact
from extract.resolve.figures import attribute_figures, with_owners
from extract.rules import Rule, load_rules
from extract.rules.examples import Failure, Found, test_examples
from extract.run.extraction import Extraction
from extract.run.links import Links
from extract.run.mapped import Head, Mapped, pack
from extract.run.plan import Unit, failure_line, plan_units
from extract.run.state import State
from extract.settings import Settings, alias_file
from extract.sources import Source, find_sources, load, read_string, read_unit, roots
from extract.sources.document import Document
from extract.stumbles import REPORT, Stumble, without_culprits
from extract.text.document import document_of, make_doc
from extract.text.languages import with_languages
from extract.text.sentences import Sentence, sentences_of
from extract.weigh import WeightSet, load_weights


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with all that the map stage found in it; the facts stand under the numbers of their mentions."""

    document: Document
    doc: Doc
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    facts: dict[int, Fact]
    stumbles: Sequence[Stumble] = ()


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
        self.aliases = load_aliases(alias_file(self.settings))
        self.register = load_register(self.settings.register)
        self.weights = load_weights(self.settings.weights)
        lexicon = load_lexicon()  # here, so that workers share it
        self._comparers = (each for _ in count() for each in repeat(NameComparer(lexicon), _COMPARED))
        chosen = self.settings
        self.nlp = make_pipeline(chosen.rules, chosen.model, chosen.dates, chosen.weights, chosen.labels)

    # -- the map stage: one document, alone ------------------------------------------------------------------------

    def analyse(self, document: Document, begun: Doc | None = None) -> Analysis:
        """Everything that is found in one document, read in plain characters; `begun`: it with sentences and model's names.

        A finder that stumbles costs its own records, not the others'.
        """
        stumbles: list[Stumble] = []
        doc = self._doc(document) if begun is None else begun
        document = document_of(doc)
        for name, component in self.nlp.pipeline:
            if begun is not None and name in _BEGIN:
                continue
            try:
                doc = component(doc)
            except Exception as error:  # whatever it stumbles over
                stumbles.append(Stumble(name.removeprefix("extract_"), error))
        sentences = sentences_of(doc)
        mentions: Sequence[Mention] = read_mentions(doc)
        with suppress(Exception):  # attribution stumbles over it, too, and tells
            mentions = with_owners(document, mentions, self.weights)
        facts = _resolve(document, sentences, mentions, self.weights, stumbles)
        return Analysis(document, doc, sentences, mentions, facts, stumbles)

    def _doc(self, document: Document) -> Doc:
        """The document as all finders see it."""
        return make_doc(self.nlp, with_languages(document.plain()))

    def map_document(self, document: Document, content: str | None = None, begun: Doc | None = None) -> Mapped:
        """The lines of one document's records, with slots for its entities, and its names for the corpus.

        `content` is the SHA-256 of the bytes that it was made of.
        """
        found = self.analyse(document, begun)
        document, stumbles = found.document, list(found.stumbles)
        names = _names(found, stumbles)
        known = {mention.index for mention in names.mentions}
        facts = {number: fact for number, fact in found.facts.items() if fact.mention.label not in NAME_LABELS or number in known}
        drafts = draft_records(
            document,
            found.sentences,
            facts,
            lambda fact, error: stumbles.append(Stumble("records", error, (fact.mention.start, fact.mention.end))),
        )
        lines: dict[int, str] = {}
        for number in drafts:
            try:
                lines[number] = draft_line(number, drafts, number in known)
            except Exception as error:  # a value that cannot be written
                mention = facts[number].mention
                stumbles.append(Stumble("records", error, (mention.start, mention.end)))
        head = Head(
            content=None if any(isinstance(stumble.error, MemoryError) for stumble in stumbles) else content,
            document=_document_line(document, len(found.sentences)),
            failures=tuple(stumble.line(document) for stumble in stumbles),
            text=document.source_text if document.kept else None,
        )
        names = _only(names, lines.keys())
        clusters = cluster_document(names, Aliases(), next(self._comparers))
        return Mapped(head, names, clusters, list(lines), list(lines.values()))

    def map_units(self, sources: Sequence[Source]) -> list[Mapped]:
        """What comes of units: of each a document, or the reason why there is none. The model reads them together."""
        begun = self._begin(sources) if len(sources) > 1 and "extract_model" in self.nlp.pipe_names else {}
        return [self.map_unit(source, begun.get(source.name)) for source in sources]

    def _begin(self, sources: Sequence[Source]) -> dict[str, tuple[Source, Doc]]:
        """The documents of units with their sentences and the model's names; where something goes wrong, without that unit."""
        begun: dict[str, tuple[Source, Doc]] = {}
        for source in sources:
            with suppress(Exception):  # it is told when the unit's own turn comes
                loaded = load(source, self.settings.max_bytes)
                doc = self._doc(read_unit(loaded, self.settings))
                begun[source.name] = (loaded, self.nlp.get_pipe("extract_sentences")(doc))
        try:
            for _ in self.nlp.get_pipe("extract_model").pipe([doc for _, doc in begun.values()]):  # type: ignore[attr-defined]
                pass
        except Exception:  # likewise
            return {}
        return begun

    def map_unit(self, source: Source, begun: tuple[Source, Doc] | None = None) -> Mapped:
        """What comes of one unit: a document, or the reason why there is none."""
        content = None
        try:
            source = begun[0] if begun else load(source, self.settings.max_bytes)
            content = hashlib.sha256(source.data or b"").hexdigest()
            if begun:
                return self.map_document(document_of(begun[1]), content, begun[1])
            return self.map_document(read_unit(source, self.settings), content)
        except SourceError as error:
            failure = failure_line(error)
        except Exception as error:  # whatever it is, the other documents go on
            message = f"{type(error).__name__}: {error}"
            failure = FailureLine(document=source.name, stage="extract", error=message, hint=REPORT)
            content = None if isinstance(error, MemoryError) else content
        return Mapped(Head(content=content, failures=(failure,)))

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

    # -- the whole journey -----------------------------------------------------------------------------------------

    def extract(self, *paths: str | Path) -> Extraction:
        """The extraction of files, folders and globs. Raises SourceError where a path leads nowhere."""
        units = list(plan_units(find_sources(paths), self.settings, ""))
        return self._linked(((unit, None if unit.failure else self.map_unit(unit.source)) for unit in units), roots(paths))

    def _linked(self, mapped: Iterable[tuple[Unit, Mapped | None]], sources: Sequence[Path] = ()) -> Extraction:
        state, units = State(), list[Unit]()
        for unit, result in mapped:
            units.append(unit)
            if result:
                state.put(unit.key, pack(result))
        state.set_plan(units)
        return Extraction([state], Links.of([state], self.aliases, self.register, self.settings.merge_above), sources)

    def extract_text(self, text: str, name: str = "text", format: str | None = None) -> list[Record]:
        """The records of a string; offsets count in the string as given. Warns (RuntimeWarning) of a finder that stumbled."""
        mapped = self.map_document(read_string(text, name=name, format=format or self.settings.format))
        for failure in mapped.head.failures:
            warnings.warn(f"{failure.finder} stumbled: {failure.error}", RuntimeWarning, stacklevel=2)
        return list(self._linked([(Unit(Source(name)), mapped)]).records())


_BEGIN = frozenset(("extract_sentences", "extract_model"))
_COMPARED = 64  # documents whose names are remembered for those that follow


_Step = Callable[[Document, Sequence[Sentence], Sequence[Mention], WeightSet], dict[int, Fact]]

STEPS: Mapping[str, _Step] = {
    "rules": lambda document, sentences, mentions, weights: {
        number: Fact(mention, mention.reading) for number, mention in enumerate(mentions) if mention.component == "rules"
    },
    "dates": lambda document, sentences, mentions, weights: resolve_dates(document, sentences, mentions),
    "figures": attribute_figures,
}


def _resolve(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    weights: WeightSet,
    stumbles: list[Stumble],
) -> dict[int, Fact]:
    """The facts of a document, under the numbers of their mentions: each value as far as the document settles it.

    What a step stumbles over goes to `stumbles`; the rest stays.
    """
    facts = {number: Fact(mention) for number, mention in enumerate(mentions) if mention.label in NAME_LABELS}
    for name, step in STEPS.items():
        try:
            facts |= step(document, sentences, mentions, weights)
        except Exception as error:  # whatever it stumbles over

            def again(shown: Sequence[Mention], run: _Step = step) -> dict[int, Fact]:
                return run(document, sentences, shown, weights)

            facts |= without_culprits(name, again, mentions, error, stumbles)
    return facts


def _names(found: Analysis, stumbles: list[Stumble]) -> DocumentNames:
    """The document's names for the corpus; none where they cannot be had."""
    try:
        return document_names(found.document, found.mentions)
    except Exception as error:  # whatever it stumbles over
        stumbles.append(Stumble("names", error))
        return DocumentNames(found.document.name, ())


def _only(names: DocumentNames, numbers: Collection[int]) -> DocumentNames:
    """The names that have a record."""
    if all(mention.index in numbers for mention in names.mentions):
        return names
    kept = tuple(mention for mention in names.mentions if mention.index in numbers)
    return DocumentNames(names.document, kept, years=names.years, held=names.held)


def _document_line(document: Document, sentences: int) -> DocumentLine:
    return DocumentLine(
        document=document.name,
        path=None,
        sha256=document.sha256,
        size=document.size,
        format=document.format,
        encoding=document.encoding,
        title=document.title,
        metadata=dict(document.metadata),
        sentences=sentences,
        records={},
        warnings=document.warnings,
        kept=KeptText(format=document.read_as, sha256=text_hash(document.source_text)) if document.kept else None,
    )
