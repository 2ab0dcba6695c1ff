"""YAML as plain data, with the line and column of every node, and without YAML's surprises.

Only what JSON knows: mappings with string keys, lists, strings, whole and decimal numbers, true, false and null. `no`, `on` and
`1:30` are strings (YAML 1.2), and so is `2024-06-09`. A key that stands twice is an error, and so are anchors: they are how a
small file grows into a large one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.cyaml import CBaseLoader
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from extract.disk import read_regular
from extract.errors import RuleError
from extract.rules.located import MOST_BYTES, Located, Where


def read_yaml(path: Path) -> Located:
    """The data of a YAML file with its places. Raises RuleError where it is no YAML, or more than JSON could say."""
    return parse_yaml(read_rule_text(path), path)


def read_rule_text(path: Path) -> str:
    """The text of a rule file. Raises RuleError, also for a file that is larger than anyone writes."""
    try:
        return read_regular(path, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(path, None, f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise RuleError(path, None, f"cannot be read: {error.strerror}") from error


def parse_yaml(text: str, path: Path) -> Located:
    """The data of YAML text; `path` is for messages."""
    root = _compose(text, path)
    places: dict[Where, tuple[int, int]] = {(): (1, 1)}
    if root is None:
        return Located(path, None, places)
    return Located(path, _Plain(path, places, set()).value(root, ()), places)


def _compose(text: str, path: Path) -> Node | None:
    if _is_deep(text):
        raise RuleError(path, None, "no YAML: nested too deep")
    with suppress(YAMLError, ValueError):  # the parser in C is fast; the other takes more, and tells better what is wrong
        fast: Node | None = _Nodes(text).get_single_node()
        return fast
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        advice = "; indent with blanks, not with tabs" if "\\t" in str(error.problem) else ""
        raise RuleError(path, place[0], f"no YAML: {error.problem or error.context}{advice}", place[1]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise RuleError(path, None, f"no YAML: {str(error).splitlines()[0] if str(error) else 'nested too deep'}") from error
    return node


class _Nodes(CBaseLoader):
    """The parser in C without the tags of nodes, which are ours to tell and take it a third of its time."""

    def resolve(self, kind: object, value: object, implicit: object) -> None: ...
    def descend_resolver(self, node: object, index: object) -> None: ...
    def ascend_resolver(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Plain:
    """Turns nodes into plain data, and notes where each stands."""

    path: Path
    places: dict[Where, tuple[int, int]]
    seen: set[int]

    def value(self, node: Node, where: Where) -> Any:
        """Raises RuleError if a node stands in two places, which only anchors can do."""
        self._check_once(node)
        self.places.setdefault(where, _place(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, where)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*where, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _check_once(self, node: Node) -> None:
        if id(node) in self.seen:
            raise self._error(node, "anchors and aliases (&, *) are not allowed; write it out")
        self.seen.add(id(node))

    def _mapping(self, node: MappingNode, where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in data:
                raise self._error(key_node, f"`{key}` stands twice in one mapping")
            self.places[(*where, key)] = _place(key_node)
            data[key] = self.value(value_node, (*where, key))
        return data

    def _key(self, node: Node) -> str:
        self._check_once(node)
        if not isinstance(node, ScalarNode):
            raise self._error(node, "a key must be a word")
        return str(node.value)

    def _scalar(self, node: Node) -> Any:
        text = str(node.value)
        if getattr(node, "style", None) or text[:1] not in _BEGINS:  # in quotes, or a word
            return text
        try:
            return next((read(text) for form, read in _SCALARS if form.fullmatch(text)), text)
        except (ArithmeticError, ValueError):
            return text

    def _error(self, node: Node, message: str) -> RuleError:
        line, column = _place(node)
        return RuleError(self.path, line, message, column)


# What a word that is not in quotes means (the core schema of YAML 1.2, without its hexadecimal and infinite numbers).
_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), Decimal),
    (re.compile(r"true|false"), lambda text: text == "true"),
    (re.compile(r"~|null|Null|NULL|"), lambda text: None),
)
_BEGINS = "-+.0123456789tf~nN"

_DEEPEST = 5_000
_BRACKET = re.compile(r"[\[{\]}]")
_DASHES = re.compile(rf"(?:[-?:][ \t]+){{{_DEEPEST}}}")


def _is_deep(text: str) -> bool:
    """Whether the text may be nested so deep that the parser, which is written in C, would run out of stack."""
    if _DASHES.search(text):
        return True
    if text.count("[") + text.count("{") < _DEEPEST:
        return False
    steps = (1 if found[0] in "[{" else -1 for found in _BRACKET.finditer(text))
    return max(accumulate(steps), default=0) > _DEEPEST


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
