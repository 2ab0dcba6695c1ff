"""A register of the user's own: people, parties, bodies and places with ids, as a CSV file, to which names are linked.

Its rows take part in the linking like documents that say which names are one; only those are looked at whose words sound like
those of a name of the corpus.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extract.errors import RuleError
from extract.resolve.entities.aliases import AliasWarning, Label
from extract.resolve.entities.comparing import KIND_OF_LABEL
from extract.resolve.entities.folding import clean, consonants_of
from extract.resolve.entities.lexicon import load_lexicon

_NEEDED = ("id", "name", "label")
_COLUMNS = (*_NEEDED, "aliases", "country", "from", "to")
_ALIAS_END = re.compile(r"\s*[;|]\s*")
_DAY = re.compile(r"(-?\d{1,4})(?:-\d\d(?:-\d\d)?)?")
_TOLD = 5  # mistakes that a message tells


def _year(text: str) -> int | None:
    found = _DAY.fullmatch(text.strip())
    if text.strip() and not found:
        raise ValueError(f"{text.strip()!r} is neither a year nor a day (2019, 2019-05-26)")
    return int(found[1]) if found else None


_Year = Annotated[int | None, BeforeValidator(_year)]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: the first of its `names` is what it is called.

    `country` in lower case, "" if none; `since` and `until` are the years, both inclusive, in which a document may mean it.
    """

    id: str
    label: str
    names: tuple[str, ...]
    country: str = ""
    since: int | None = None
    until: int | None = None
    line: int = 0

    @property
    def kind(self) -> str:
        """The kind of name that it has."""
        return KIND_OF_LABEL[self.label]

    def covers(self, years: Collection[int]) -> bool:
        """Whether a document may mean it that names these years."""
        first, last = self.since if self.since is not None else -9999, self.until if self.until is not None else 9999
        return not years or any(first <= year <= last for year in years)


@dataclass(frozen=True)
class Register:
    """The rows of a register; empty by default."""

    entries: tuple[Entry, ...] = ()
    path: str = ""

    def may_mean(self, names: Iterable[tuple[str, str]]) -> list[Entry]:
        """The entries that one of `names` (kind, text) may mean: their words sound alike, all of them or all but one."""
        if not self.entries:
            return []
        sound = _Sounds()
        whole: set[str] = set()
        parts: set[str] = set()
        for kind, text in names:
            one, less = sound.keys(kind, text)
            whole.update(one)
            parts.update(less)
        return [entry for entry in self.entries if any(sound.meets(entry.kind, name, whole, parts) for name in entry.names)]


class _Sounds:
    """Keys of names by the consonants of their words, each word read once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def _of(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = consonants_of(word)
        return self._known[word]

    def keys(self, kind: str, text: str) -> tuple[list[str], list[str]]:
        """Keys of the whole name, and of what is left without one of its words; of a person family
        name and initial, then (should the family name lead) the other way round."""
        sounds = [self._of(word) for word in text.split()]
        if kind == "person" and len(sounds) > 1:
            first, last = sounds[0], sounds[-1]
            return [f"{kind} {last} {first[:1]}"], [f"{kind} {first} {last[:1]}"]
        less = [sounds[:index] + sounds[index + 1 :] for index in range(len(sounds))] if len(sounds) > 1 else []
        return [f"{kind} {' '.join(sorted(sounds))}"], [f"{kind} {' '.join(sorted(rest))}" for rest in less]

    def meets(self, kind: str, text: str, whole: Collection[str], parts: Collection[str]) -> bool:
        """Whether a name has a key among those of others."""
        mine, less = self.keys(kind, text)
        return any(key in whole or key in parts for key in mine) or any(key in whole for key in less)


class _Row(BaseModel):
    """The fields of a row as they are written; what is wrong with one is told under its name."""

    model_config = ConfigDict(defer_build=True, str_strip_whitespace=True)

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    label: Label
    aliases: str = ""
    country: str = ""
    since: _Year = Field(None, alias="from")
    until: _Year = Field(None, alias="to")

    def entry(self, country: str, line: int) -> Entry:
        """The row as an entry. Raises ValueError for years in the wrong order."""
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError(f"fields from and to: {self.since} is after {self.until}")
        names = (self.name, *filter(None, _ALIAS_END.split(self.aliases)))
        spelled = tuple(dict.fromkeys(clean(name) or name for name in names))
        return Entry(self.id, self.label, spelled, country, self.since, self.until, line)


def load_register(path: Path | str | None) -> Register:
    """The register at `path`, none for None. Raises RuleError, with line and field, for what is wrong in it.

    Warns (AliasWarning) of countries that are not known.
    """
    if path is None:
        return Register()
    path = Path(path)
    entries: dict[str, Entry] = {}
    wrong: list[tuple[int, str]] = []
    countries: dict[str, tuple[str, int]] = {}
    for line, fields in _rows(path):
        try:
            row = _Row.model_validate(fields)
            country, _ = countries.setdefault(row.country, (_country(row.country), line))
            entry = row.entry(country, line)
            if (before := entries.setdefault(entry.id, entry).line) != line:
                raise ValueError(f"field id: {entry.id!r} is that of line {before}")
        except ValidationError as error:
            wrong.extend((line, _told(each)) for each in error.errors())
        except ValueError as error:
            wrong.append((line, str(error)))
    if wrong:
        (line, first), *rest = wrong
        more = [f"line {line}, {message}" for line, message in rest[: _TOLD - 1]]
        more += [f"and {len(rest) - len(more)} more mistakes"] if len(rest) > len(more) else []
        raise RuleError(path, line, "; ".join([first, *more]))
    strange = [(line, text) for text, (_, line) in countries.items() if text and not load_lexicon().country_of(text)]
    for line, text in strange[:1]:
        others = f" (and {len(strange) - 1} others)" if len(strange) > 1 else ""
        message = f"{path}:{line}: field country: {text!r}{others} is none that is known, and tells no row from others"
        warnings.warn(message, AliasWarning, stacklevel=2)
    return Register(tuple(entries.values()), str(path))


def _country(text: str) -> str:
    return (load_lexicon().country_of(text) if text else None) or text.lower()


def _told(error: Any) -> str:
    """What pydantic has found wrong in a field, in our words."""
    field = error["loc"][0]
    if not error["input"] or error["type"] == "missing":
        return f"field {field} is empty"
    return f"field {field}: {error['msg'].removeprefix('Value error, ')}"


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that are not empty, with their lines, as fields under their names."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            header = [cell.strip().lower() for cell in next(rows, [])]
            for problem in _wrong_header(header):
                raise RuleError(path, 1, f"{problem}; the first line names them, separated by commas: {', '.join(_COLUMNS)}")
            for cells in rows:
                if len(cells) != len(header) and any(map(str.strip, cells)):
                    raise RuleError(path, rows.line_num, f"{len(cells)} fields, the first line has {len(header)}")
                if any(map(str.strip, cells)):
                    yield rows.line_num, dict(zip(header, cells, strict=True))
    except UnicodeDecodeError as error:
        raise RuleError(path, None, f"not UTF-8 ({error.reason}); save the register as UTF-8") from error
    except csv.Error as error:
        raise RuleError(path, rows.line_num, f"not CSV: {error}") from error


def _wrong_header(header: Sequence[str]) -> Iterator[str]:
    yield from (f"there is no column {name!r}" for name in _NEEDED if name not in header)
    wrong = (name for name in header if name not in _COLUMNS or header.count(name) > 1)
    yield from (f"{name!r} is no column of a register, or stands twice" for name in wrong)
