"""The lines of the output files, as pydantic models; `extract schema` prints them as JSON Schema.

Every model is frozen and closed: a line with a field too many, or of the wrong type, is no record. Keys are written in the order
of the fields; one that has nothing to say (None) is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, model_validator

from extract.normalise.values import (
    NAME_LABELS,
    DateValue,
    NameValue,
    PercentValue,
    PersonValue,
    RuleValue,
    SeatsValue,
    Value,
)

SCHEMA_VERSION = 6
"""1 had no `finder` and `place` in `failures.jsonl`, no `sources` in `manifest.json`, no `kept` in `documents.jsonl`; 2 no
`registered` in entities and values of names, no `more` in `review.jsonl`; 3 had the document's `sha256` in each record; 4 every
key, also where it was null, and in each record a `component`; 5 the `end` of each sentence, and a `resolution` that is explicit.
Their files are read all the same."""

# The value that belongs to a label; a label that a rule file adds has a RuleValue.
VALUE_MODELS: Mapping[str, type[Value]] = {
    **dict.fromkeys(NAME_LABELS, NameValue),
    "PERSON": PersonValue,
    "DATE": DateValue,
    "PERCENT": PercentValue,
    "SEATS": SeatsValue,
}

# The finder of a label's mentions; those of a label that a rule file adds are found by `rules`.
FINDERS: Mapping[str, str] = {
    **dict.fromkeys(NAME_LABELS, "names"),
    "DATE": "dates",
    "PERCENT": "percentages",
    "SEATS": "seats",
}

AnyValue = PersonValue | NameValue | DateValue | PercentValue | SeatsValue | RuleValue


class Line(BaseModel):
    """The base of all lines: frozen, closed, and written with the names of the contract."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    def as_json(self) -> dict[str, Any]:
        """The line as plain JSON data: dicts, lists, strings, integers, floats, booleans, None."""
        return self.model_dump(mode="json", exclude_none=True)

    def as_line(self) -> str:
        """The line as it is written."""
        return one_line(self.model_dump_json(exclude_none=True))


def one_line(json_text: str) -> str:
    """JSON in which nothing breaks a line or steers a terminal: U+007F to U+009F, U+2028 and U+2029 are written as escapes."""
    if json_text.isascii() and "\x7f" not in json_text:
        return json_text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029]")


class SentenceRef(Line):
    """The sentence of a mention: its number in the document, its span in the source, its visible text.

    Its `end` is written where markup makes it longer than its text.
    """

    index: int = Field(ge=0)
    start: int = Field(ge=0)
    told_end: int | None = Field(default=None, alias="end")
    text: str

    @model_validator(mode="before")
    @classmethod
    def _leave_out(cls, data: Any) -> Any:
        """An end that start and text tell, as files of earlier versions have it."""
        if isinstance(data, dict) and isinstance(text := data.get("text"), str) and isinstance(start := data.get("start"), int):
            return {key: value for key, value in data.items() if key not in ("end", "told_end") or value != start + len(text)}
        return data

    @property
    def end(self) -> int:
        """Where it ends in the source, exclusive."""
        return self.start + len(self.text) if self.told_end is None else self.told_end


class Provenance(Line):
    """Where a mention stands. Offsets are code points in the source as decoded, end exclusive.

    `sha256` is there only in files of earlier versions: the document's line has it.
    Raises ValidationError where the parts contradict each other: a quote of another length than its span, a sentence that does
    not hold the span, an empty span.
    """

    document: str
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)
    line: int = Field(ge=1)
    section: tuple[str, ...] = Field(default=(), exclude_if=lambda headings: not headings)
    locator: dict[str, JsonValue] | None = None
    sentence: SentenceRef

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"the span {self.start}:{self.end} is not as long as the quote {self.quote!r}")
        if not self.sentence.start <= self.start < self.end <= self.sentence.end:
            raise ValueError(
                f"the sentence {self.sentence.start}:{self.sentence.end} does not hold the span {self.start}:{self.end}"
            )
        return self


class Origin(Line):
    """Which rule or model made a record, and the records that the value was inferred from.

    `component` is there only in files of earlier versions: the label tells it.
    """

    component: str | None = None
    rule: str
    inferred_from: tuple[str, ...] | None = Field(default=None, alias="from")


class Record(Line):
    """One mention: a line of `records.jsonl`."""

    id: str = Field(pattern="^r_[0-9a-f]{16}$")
    label: str = Field(pattern="^[A-Z][A-Z0-9_]*$")
    text: str = Field(min_length=1)
    value: AnyValue
    source: Provenance
    origin: Origin

    @model_validator(mode="before")
    @classmethod
    def _value_of_label(cls, data: Any) -> Any:
        """The label says which model the value is read with."""
        if isinstance(data, dict) and isinstance(data.get("value"), dict):
            model = VALUE_MODELS.get(str(data.get("label")), RuleValue)
            return {**data, "value": model.model_validate(data["value"])}
        return data

    @model_validator(mode="after")
    def _fits_label(self) -> Self:
        expected = VALUE_MODELS.get(self.label, RuleValue)
        if type(self.value) is not expected:
            raise ValueError(f"a {self.label} has a {expected.__name__}, not a {type(self.value).__name__}")
        return self

    @property
    def finder(self) -> str:
        """Which part found it: `names`, `dates`, `percentages`, `seats`, `rules`."""
        return FINDERS.get(self.label, "rules")


class Variant(Line):
    """One spelling of an entity: how often, why it belongs, and the record where it stands first."""

    text: str
    count: int = Field(ge=1)
    link: Literal["same", "alias", "spelling", "short_form", "patronymic", "acronym", "typo", "inflection"]
    reason: str
    score: float = Field(ge=0, le=1)
    first: str


class RegisterLink(Line):
    """The row of the user's register that an entity is: its id and name there, how surely, and why."""

    id: str
    name: str
    score: float = Field(ge=0, le=1)
    reason: str


class EntityLine(Line):
    """One named thing: a line of `entities.jsonl`; `registered` stands only where it is a row of the register."""

    id: str = Field(pattern="^e_[0-9a-f]{16}$")
    label: str
    name: str
    variants: tuple[Variant, ...]
    mentions: int = Field(ge=1)
    documents: int = Field(ge=1)
    registered: RegisterLink | None = None


class Side(Line):
    """One side of a pair under review: the spelling, its entity, and one record that shows it."""

    text: str
    entity: str
    record: str


class ReviewLine(Line):
    """Two spellings that may be one thing but were not merged: a line of `review.jsonl`.

    `worth` is how many mentions an answer moves, fewer the surer the score is; lines with more of it stand first, and those
    `asked` are what `extract review` asks (24 for a thousand documents); the rest is there to look up. `more` are
    further entities with one of the two spellings; one answer holds for all of them.
    """

    key: str
    label: str
    a: Side
    b: Side
    score: float = Field(ge=0, le=1)
    worth: float = Field(default=0, ge=0, exclude_if=lambda worth: not worth)
    asked: bool = Field(default=False, exclude_if=lambda asked: not asked)
    reasons: tuple[str, ...]
    more: tuple[Side, ...] = Field(default=(), exclude_if=lambda sides: not sides)


class KeptText(Line):
    """The text that a file was converted to: the format in which it was read, and the SHA-256 (hex) of its UTF-8."""

    format: str
    sha256: str


def text_hash(text: str) -> str:
    """The SHA-256 (hex) of a kept text."""
    return hashlib.sha256(text.encode()).hexdigest()


class DocumentLine(Line):
    """One source that was read: a line of `documents.jsonl`.

    `path` leads from the output folder to the file, None for standard input; `records` counts by label. `kept` is there where the
    offsets of the records count in a text that the file was converted to, which is in `texts.jsonl`.
    """

    document: str
    path: str | None = None
    sha256: str
    size: int
    format: str
    encoding: str
    title: str | None = None
    metadata: dict[str, JsonValue]
    sentences: int
    records: dict[str, int]
    warnings: tuple[str, ...]
    kept: KeptText | None = None


class TextLine(Line):
    """The text that the file of a document was converted to: a line of `texts.jsonl`."""

    document: str
    text: str


def _tellable(text: object) -> str:
    """Any message as text that can be written: no half characters, and no longer than a reader reads."""
    told = str(text).encode("utf-8", "backslashreplace").decode()
    return told if len(told) <= _LONGEST_MESSAGE else f"{told[:_LONGEST_MESSAGE]}…"


_LONGEST_MESSAGE = 1000
Message = Annotated[str, BeforeValidator(_tellable)]


class Place(Line):
    """A stretch of a source: code points in the source as decoded, end exclusive."""

    start: int
    end: int


class FailureLine(Line):
    """One source that could not be read or worked through, or one part of the work on it: a line of `failures.jsonl`.

    `finder` is the part that stumbled, None where the whole document is lost; `place` is the stretch whose records are lost, None
    where all of the finder's are.
    """

    document: Message
    stage: str
    finder: str | None = None
    place: Place | None = None
    error: Message
    hint: Message


class AuditLine(Line):
    """An arithmetic that does not hold: a line of `audit.jsonl`, with the records on both sides."""

    document: str
    check: str
    message: str
    expected: float | None = None
    found: float | None = None
    records: tuple[str, ...]
    sentences: tuple[str, ...]


class Manifest(Line):
    """What a run was: `manifest.json`. No clock and no machine in it: the same run gives the same bytes.

    `sources` are the files and folders that were named, as they are reached from the output folder.
    `rule_files` has the fingerprint of each rule file, of the alias file and of the register, by name.
    """

    version: str
    schema_version: int
    rules: str
    model: str
    options: dict[str, JsonValue]
    counts: dict[str, int]
    files: dict[str, str]
    sources: tuple[str, ...] = ()
    rule_files: dict[str, str] = {}


LINES: Mapping[str, type[Line]] = {
    "records.jsonl": Record,
    "entities.jsonl": EntityLine,
    "review.jsonl": ReviewLine,
    "documents.jsonl": DocumentLine,
    "texts.jsonl": TextLine,
    "failures.jsonl": FailureLine,
    "audit.jsonl": AuditLine,
    "manifest.json": Manifest,
}
