"""Rule files as `RuleSet`: read, checked, lists and parts written out. Whatever is wrong is told with file, line and column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.disk import read_regular
from extract.errors import RuleError
from extract.rules.located import MOST_BYTES, Located, Where
from extract.rules.model import Example, Rule, RuleFile, RuleSet, WordList
from extract.rules.patterns import BUILT_IN_PARTS, PatternError, any_word, compile_regex, expand_tokens, macros_of, write_out
from extract.rules.ready import read_file
from extract.rules.shape import ExampleShape, FileShape, RuleShape, Words, shape_message

NOT_RULES = frozenset({"aliases"})
"""Files of a rule folder that have a shape of their own; they count in the fingerprint."""

_STEM = re.compile(r"^[a-z][a-z0-9_-]*$")


@cache
def packaged_folder() -> Path:
    """Where the rule files that come with `extract` are: inside the installed package, or in the checkout it runs from."""
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "rules"


def load_rules(folder: Path | None = None) -> RuleSet:
    """The packaged rules, and those of `folder`: a file of the same name replaces the packaged one, any other adds to them.

    A file may `include` another one of either folder. `aliases.yml` is no rule file and is left alone. Raises RuleError for the
    first thing that is wrong.
    """
    return _load(tuple((name, path, _stamp(path)) for name, path in rule_paths(folder).items()))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[str, Path, tuple[int, ...]], ...]) -> RuleSet:
    """The rules of these files, read once in a process as long as nobody writes them: every finder asks for them.

    The patterns of packaged files are not compiled to be checked: `extract rules lint` does so, and finders compile theirs.
    """
    paths = {name: path for name, path, _ in files}
    library = replace(library_of(paths), trusted=packaged_folder())
    library = _packaged() if library.paths == _packaged().paths else library
    return RuleSet({name: library.file(name) for name in sorted(library.paths)}, fingerprint(paths))


@cache
def packaged(name: str) -> RuleFile:
    """A rule file that comes with `extract`, without those that it does not need."""
    return _packaged().file(name)


@cache
def _packaged() -> Library:
    return replace(library_of(rule_paths(None)), trusted=packaged_folder())


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when the file is written; nothing where it cannot be looked at, which is told when it is read."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def library_of(paths: Mapping[str, Path]) -> Library:
    """The files among `paths` that are rule files, none of them loaded yet."""
    return Library({name: path for name, path in paths.items() if name not in NOT_RULES})


def rule_paths(folder: Path | None) -> dict[str, Path]:
    """The YAML files by name without ending; those of `folder` replace packaged ones. Raises RuleError where `folder` is none."""
    paths = _yaml_files(packaged_folder())
    if folder is not None:
        if not folder.is_dir():
            raise RuleError(folder, None, "no such folder of rule files")
        own = _yaml_files(folder)
        if not own:
            raise RuleError(folder, None, "there is no rule file (`NAME.yml`) in this folder")
        paths |= own
    return paths


def _yaml_files(folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted(path for path in folder.glob("*.y*ml") if path.suffix in (".yml", ".yaml")):
        if not _STEM.match(path.stem):
            raise RuleError(path, None, "a rule file's name begins its rule ids: lower-case letters, digits, `_` and `-` only")
        if path.stem in files:
            raise RuleError(path, None, f"there is a {files[path.stem].name} too; keep one of them")
        files[path.stem] = path
    return files


def fingerprint(paths: Mapping[str, Path]) -> str:
    """The sha256 (hex) of names and contents, wherever the files are and however their lines end."""
    digest = hashlib.sha256()
    for name in sorted(paths):
        content = _content(paths[name]).replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    try:
        return read_regular(path, MOST_BYTES)
    except OSError as error:
        raise RuleError(path, None, f"cannot be read: {error.strerror}") from error


def rule_hashes(folder: Path | None = None) -> dict[str, str]:
    """The fingerprint of each rule file that `load_rules` would read, and of the alias file, by its name without ending."""
    return {name: fingerprint({name: path}) for name, path in sorted(rule_paths(folder).items())}


@dataclass
class Library:
    """The rule files at `paths`, each loaded once, when it is asked for; patterns of the `trusted` folder are not checked."""

    paths: Mapping[str, Path]
    trusted: Path | None = None
    loaded: dict[str, RuleFile] = field(default_factory=dict)
    loading: list[str] = field(default_factory=list)

    def file(self, name: str) -> RuleFile:
        """The rule file of that name. Raises RuleError."""
        if name not in self.loaded:
            self.loading.append(name)
            try:
                path = self.paths[name]
                self.loaded[name] = read_file(path, partial(self._load, name), path.parent == self.trusted)
            finally:
                self.loading.pop()
        return self.loaded[name]

    def _load(self, name: str, located: Located) -> RuleFile:
        shape = read_shape(located)
        included = [self._include(located, index, other) for index, other in enumerate(shape.include)]
        return _Builder(located, name, shape, included, located.path.parent == self.trusted).build()

    def _include(self, located: Located, index: int, name: str) -> RuleFile:
        where: Where = ("include", index)
        if name in self.loading:
            raise located.error(where, f"`{name}` includes this file: {' > '.join([*self.loading, name])}")
        if name not in self.paths:
            raise located.error(where, f"there is no rule file `{name}.yml` to include")
        return self.file(name)


def read_shape(located: Located) -> FileShape:
    """The file as its shape. Raises RuleError for the first thing that does not fit."""
    shape = _shape(located)
    if isinstance(shape, list):
        raise shape[0]
    return shape


def shape_errors(located: Located) -> list[RuleError]:
    """What does not fit the shape of a rule file, in the order of the file."""
    shape = _shape(located)
    return shape if isinstance(shape, list) else []


def _shape(located: Located) -> FileShape | list[RuleError]:
    """The file as its shape, or all that does not fit it."""
    if not isinstance(located.data, dict):
        return [located.error((), "a rule file is a mapping that begins with `version: 1`")]
    try:
        return FileShape.model_validate(located.data)
    except ValidationError as error:
        return _told(located, error.errors())


def _told(located: Located, items: Iterable[Any]) -> list[RuleError]:
    """The errors of pydantic in our words; where something of a union fits in no branch, the one that went deepest."""
    found = [(located.nearest(item["loc"]), item) for item in items]
    places = {where for where, _ in found}
    deepest = {where: item for where, item in found if not any(_is_inside(other, where) for other in places)}
    misspelt = {where[:-1] for where, item in found if item["type"] == "extra_forbidden"}
    missing = {(*where, item["loc"][-1]): item for where, item in found if item["type"] == "missing" and where not in misspelt}
    everything = {**missing, **{where: item for where, item in deepest.items() if item["type"] != "missing"}}
    ordered = sorted(everything, key=lambda where: (located.place(where), str(where)))
    return [located.error(where, shape_message(everything[where])) for where in ordered]


def _is_inside(inner: Where, outer: Where) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


@dataclass
class _Builder:
    """Builds a RuleFile from its shape and the files that it includes."""

    located: Located
    name: str
    shape: FileShape
    included: Sequence[RuleFile]
    trusted: bool

    def build(self) -> RuleFile:
        self.lists = {name: words for file in self.included for name, words in file.lists.items()}
        self.lists |= {name: as_word_list(words) for name, words in self.shape.lists.items()}
        self.macros = dict(BUILT_IN_PARTS) | {name: part for file in self.included for name, part in file.parts.items()}
        used = frozenset(self._used())
        self.macros |= {name: any_word(words) for name, words in self.lists.items() if words and name in used}
        own_parts = dict(self._parts())
        parts = {name: part for file in self.included for name, part in file.parts.items()} | own_parts
        self._check_ids()
        rules = tuple(self._rule(order, rule) for order, rule in enumerate(self.shape.rules))
        return RuleFile(self.name, self.located.path, rules, self.lists, parts, self._defined(), used)

    def _defined(self) -> dict[str, int]:
        own = [("lists", name) for name in self.shape.lists] + [("parts", name) for name in self.shape.parts]
        return {name: self.located.place((kind, name))[0] for kind, name in own}

    def _used(self) -> Iterator[str]:
        for pattern in [*self.shape.parts.values(), *(rule.regex for rule in self.shape.rules if rule.regex)]:
            yield from macros_of(pattern)
        for rule in self.shape.rules:
            yield from macros_of(str(rule.tokens))
            if isinstance(rule.phrases, str):
                yield rule.phrases

    def _parts(self) -> Iterator[tuple[str, str]]:
        for name, part in self.shape.parts.items():
            self.macros[name] = f"(?:{self._written_out(part, ('parts', name))})"
            if not self.trusted:
                self._check_regex(self.macros[name], ("parts", name))
            yield name, self.macros[name]

    def _check_ids(self) -> None:
        first: dict[str, int] = {}
        for order, rule in enumerate(self.shape.rules):
            if rule.id in first:
                line, _ = self.located.place(("rules", first[rule.id], "id"))
                raise self.located.error(("rules", order, "id"), f"the id `{rule.id}` stands in line {line} already")
            first[rule.id] = order

    def _rule(self, order: int, rule: RuleShape) -> Rule:
        where: Where = ("rules", order)
        label = rule.label or self.shape.label
        if label is None:
            raise self.located.error((*where, "id"), f"rule `{rule.id}` has no label, and the file has no default `label`")
        ignore_case = self.shape.ignore_case if rule.ignore_case is None else rule.ignore_case
        return Rule(
            id=f"{self.name}.{rule.id}",
            label=label,
            path=self.located.path,
            line=self.located.place((*where, "id"))[0],
            order=order,
            normaliser=rule.normaliser or self.shape.normaliser,
            priority=rule.priority,
            value=rule.value,
            regex=self._regex(rule, where, ignore_case),
            tokens=self._tokens(rule, where),
            phrases=self._phrases(rule, where),
            ignore_case=ignore_case,
            span=rule.span,
            triggers=tuple(rule.triggers),
            examples=tuple(self._examples(rule.examples, (*where, "examples"))),
            counterexamples=tuple(self._examples(rule.counterexamples, (*where, "counterexamples"))),
        )

    def _regex(self, rule: RuleShape, where: Where, ignore_case: bool) -> str:
        if rule.regex is None:
            return ""
        regex = self._written_out(rule.regex, (*where, "regex"))
        if self.trusted:
            return regex
        compiled = self._check_regex(regex, (*where, "regex"), ignore_case)
        if compiled.fullmatch(b"") is not None:
            raise self.located.error((*where, "regex"), "the pattern matches the empty text")
        if rule.span is not None and rule.span.encode() not in compiled.groupindex:
            raise self.located.error((*where, "span"), f"the regex has no group `(?P<{rule.span}>…)`")
        return regex

    def _check_regex(self, regex: str, where: Where, ignore_case: bool = False) -> Any:
        try:
            return compile_regex(regex, ignore_case)
        except PatternError as error:
            raise self.located.error(where, str(error)) from error

    def _written_out(self, pattern: str, where: Where) -> str:
        for name in macros_of(pattern):
            if not self.lists.get(name, True):
                raise self.located.error(where, f"the list `{name}` is empty")
        try:
            return write_out(pattern, self.macros)
        except PatternError as error:
            raise self.located.error(where, str(error)) from error

    def _tokens(self, rule: RuleShape, where: Where) -> tuple[tuple[Mapping[str, Any], ...], ...]:
        if rule.tokens is None:
            return ()
        try:
            return expand_tokens(rule.tokens, self.lists)
        except PatternError as error:
            raise self.located.error((*where, "tokens"), str(error)) from error

    def _phrases(self, rule: RuleShape, where: Where) -> WordList:
        if rule.phrases is None:
            return {}
        by_name = isinstance(rule.phrases, str) and "\n" not in rule.phrases
        if by_name and rule.phrases not in self.lists:
            message = f"`{rule.phrases}` is not a list of this file or of those it includes; a phrase itself stands in brackets: "
            raise self.located.error((*where, "phrases"), f"{message}`phrases: [{rule.phrases}]`")
        phrases = self.lists[str(rule.phrases)] if by_name else as_word_list(rule.phrases)
        if not phrases:
            raise self.located.error((*where, "phrases"), "no phrases")
        return phrases

    def _examples(self, shapes: Sequence[str | ExampleShape], where: Where) -> Iterator[Example]:
        for index, shape in enumerate(shapes):
            shape = ExampleShape(text=shape) if isinstance(shape, str) else shape
            yield Example(shape.text, shape.finds, shape.value, self.located.path, self.located.place((*where, index))[0])


def as_word_list(words: Words) -> dict[str, Any]:
    """Words with their values; a word without a value stands for itself."""
    if isinstance(words, dict):
        return dict(words)
    lines = words.splitlines() if isinstance(words, str) else words
    return {word: word for word in map(str.strip, lines) if word}
