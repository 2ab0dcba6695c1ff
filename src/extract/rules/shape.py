"""The shape of a rule file, as pydantic checks it. An unknown key, or a number where a word is meant, is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
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

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True, frozen=True)


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


_NAME = re.compile(r"(?!(?:str|list|dict)$)[a-z_]+")  # of a key, not of a branch of a union
# What is expected under a key, for messages.
_EXPECTED = {
    "version": "`version: 1`; there is no other",
    "id": "lower-case letters, digits and `_`, a letter first",
    "label": "capitals, digits and `_`, a capital first",
    "priority": "a whole number from 0 to 100",
    "examples": "a list of `{text: …, finds: …, value: {…}}`",
    "counterexamples": "a list of texts, or of `{text: …, finds: …}`",
    "value": "a mapping, say `{number: 20}`",
    "include": "a list of names of rule files, without `.yml`",
    "lists": "a list of words for each name, say `unit: [ballot, votes]`",
    "parts": "a regular expression for each name",
    "phrases": "a list of phrases, or the name of one",
    "tokens": "a list of token patterns, say `[[{LIKE_NUM: true}, {LOWER: votes}]]`",
    "triggers": "a list of words",
    "rules": "a list of rules, each with an `id`",
}


def shape_message(item: Mapping[str, Any]) -> str:
    """An error of pydantic about one of these shapes, in words that say what to write."""
    names = [str(part) for part in item["loc"] if isinstance(part, str) and _NAME.fullmatch(part)]
    key = names[-1] if names else ""
    if item["type"] == "extra_forbidden":
        return f"unknown key `{key}`; {_known_keys(key, names)}"
    if item["type"] == "missing":
        return f"the key `{key}` is missing"
    if item["type"] == "value_error":
        return str(item["msg"]).removeprefix("Value error, ")
    given = item["input"]
    wanted = next((_EXPECTED[name] for name in reversed(names) if name in _EXPECTED), str(item["msg"]))
    if item["type"] == "string_type" and not isinstance(given, dict | list | type(None)):
        return f"`{given}` is no word to YAML: put it in quotes"
    return f"`{key}: {given}`: expected {wanted}" if isinstance(given, str | int | bool) else f"`{key}`: expected {wanted}"


def _known_keys(key: str, names: list[str]) -> str:
    """The key that was probably meant, else all there are."""
    shape = (
        ExampleShape if {"examples", "counterexamples"} & set(names[:-1]) else RuleShape if "rules" in names[:-1] else FileShape
    )
    likely = get_close_matches(key, shape.model_fields, n=1)
    return f"did you mean `{likely[0]}`?" if likely else f"there are {', '.join(shape.model_fields)}"
