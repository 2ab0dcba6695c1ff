"""The shape of a rule file, as pydantic checks it. An unknown key, or a number where a word is meant, is an error."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Label = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]


def _not_blank(word: str) -> str:
    if not word.strip():
        raise ValueError("a blank word")
    return word


Word = Annotated[str, AfterValidator(_not_blank)]
Words = dict[Word, Any] | list[Word] | Word
"""A list of words: a YAML list, a mapping from word to value, or one block of text with a word on each line."""


class Shape(BaseModel):
    """The base: strict (no guessing of types), and no unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ExampleShape(Shape):
    """A sentence, what is to be found in it (None: nothing by this rule), and fields of the value."""

    text: Text
    finds: Text | None = None
    value: dict[str, Any] = {}

    @model_validator(mode="after")
    def _stands_in_text(self) -> ExampleShape:
        if self.finds is not None and self.finds not in self.text:
            raise ValueError(f"`finds: {self.finds}` does not stand in the text")
        return self


class RuleShape(Shape):
    """A rule as written; exactly one of `regex`, `tokens`, `phrases`."""

    id: Name
    regex: Text | None = None
    tokens: list[list[dict[str, Any]]] | list[dict[str, Any]] | None = None
    phrases: Words | None = None
    ignore_case: bool | None = None
    priority: int = Field(default=50, ge=0, le=100)
    span: Name | None = None
    label: Label | None = None
    normaliser: Name | None = None
    value: dict[str, Any] = {}
    triggers: list[Text] = []
    examples: list[ExampleShape] = []
    counterexamples: list[Text | ExampleShape] = []

    @model_validator(mode="after")
    def _one_pattern(self) -> RuleShape:
        given = [key for key in ("regex", "tokens", "phrases") if getattr(self, key) is not None]
        if len(given) != 1:
            raise ValueError(f"a rule has one of `regex`, `tokens` and `phrases`; this has {' and '.join(given) or 'none'}")
        if self.span is not None and self.regex is None:
            raise ValueError("`span` names a group of a `regex`; this rule has none")
        return self


class FileShape(Shape):
    """A rule file as written."""

    version: Literal[1]
    label: Label | None = None
    normaliser: Name | None = None
    ignore_case: bool = False
    include: list[Name] = []
    lists: dict[Name, Words] = {}
    parts: dict[Name, Text] = {}
    rules: list[RuleShape] = []
