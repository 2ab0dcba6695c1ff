"""Running the examples of rules: what each should find, what was found, and where the rule file says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from extract.rules.model import Example, Rule


@dataclass(frozen=True, slots=True)
class Found:
    """A mention that a run found in an example's text; `value` is its value or reading, None if it has none."""

    label: str
    text: str
    rule: str
    value: Any = None


Run = Callable[[str], Sequence[Found]]
"""From a text to the mentions in it: the whole pipeline, or the rules alone."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold. `line` counts from 1."""

    path: Path
    line: int
    rule: str
    text: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: in “{self.text}” expected {self.expected}, found {self.found}"


def test_examples(rules: Iterable[Rule], run: Run) -> list[Failure]:
    """The examples and counterexamples that do not hold, in the order of the rules.

    An example holds if `run` finds the text with the rule's label and the fields of the value, by whichever rule. A
    counterexample holds if the rule finds nothing in it; one that says what it `finds`, if no rule of the label finds that.
    """
    return [failure for rule in rules for failure in _failures(rule, run)]


test_examples.__test__ = False  # type: ignore[attr-defined]  # pytest: no test of its own, for all its name


def _failures(rule: Rule, run: Run) -> Iterator[Failure]:
    for example in rule.examples:
        found = [mention for mention in run(example.text) if mention.label == rule.label]
        if not any(_holds(mention, example) for mention in found):
            yield _failure(rule, example, _told(rule.label, example.finds, example.value), found)
    for example in rule.counterexamples:
        wrong = [mention for mention in run(example.text) if _is_wrong(mention, rule, example)]
        if wrong:
            yield _failure(rule, example, "nothing", wrong)


def _holds(mention: Found, example: Example) -> bool:
    return example.finds in (None, mention.text) and not differing(example.value, mention.value)


def _is_wrong(mention: Found, rule: Rule, example: Example) -> bool:
    if example.finds is None:
        return mention.rule == rule.id
    return (mention.label, mention.text) == (rule.label, example.finds)


def _failure(rule: Rule, example: Example, expected: str, found: Sequence[Found]) -> Failure:
    told = "; ".join(_told(mention.label, mention.text, _like(example.value, mention.value)) for mention in found)
    return Failure(example.path, example.line, rule.id, example.text, expected, told or "nothing")


def _told(label: str, text: str | None, value: Mapping[str, Any]) -> str:
    fields = ", ".join(f"{name}: {field}" for name, field in value.items())
    return f"{label}" + (f" “{text}”" if text else "") + (f" {{{fields}}}" if fields else "")


def _like(wanted: Mapping[str, Any], value: Any) -> dict[str, Any]:
    have = fields_of(value)
    return {name: have.get(name) for name in wanted}


# -- values ---------------------------------------------------------------------------------------------------------


def differing(wanted: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """The fields of a value that are not as an example says, with what they are instead (None if there is no such field)."""
    have = fields_of(value)
    return {name: have.get(name) for name, field in wanted.items() if name not in have or not _same(field, have[name])}


def fields_of(value: Any) -> Mapping[str, Any]:
    """The fields of a pydantic model, dataclass or mapping; none for anything else."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value if isinstance(value, Mapping) else {}


def _same(wanted: Any, have: Any) -> bool:
    if isinstance(wanted, Mapping):
        return not differing(wanted, have)
    if isinstance(wanted, list):
        return isinstance(have, list | tuple) and len(wanted) == len(have) and all(map(_same, wanted, have))
    if wanted is None or isinstance(wanted, bool) or isinstance(have, bool) or have is None:
        return wanted is have
    if isinstance(wanted, int | Decimal):
        return _decimal(have) == wanted
    return bool(str(have) == wanted)


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
