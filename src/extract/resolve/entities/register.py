"""A register of the user's own: people, parties, bodies and places with ids, as a CSV file, to which names are linked.

Its rows take part in the linking like documents that say which names are one; only those are looked at whose words sound like
those of a name of the corpus.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import RuleError
from extract.resolve.entities.aliases import AliasWarning
from extract.resolve.entities.comparing import KIND_OF_LABEL
from extract.resolve.entities.folding import clean, consonants_of
from extract.resolve.entities.lexicon import load_lexicon

_NEEDED = ("id", "name", "label")
_COLUMNS = (*_NEEDED, "aliases", "country", "from", "to")
_ALIAS_END = re.compile(r"\s*[;|]\s*")
_YEAR = re.compile(r"(-?\d{1,4})(?:-\d\d(?:-\d\d)?)?")
_TOLD = 5  # mistakes that a message tells


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


def load_register(path: Path | str | None) -> Register:
    """The register at `path`, none for None. Raises RuleError, with line and field, for what is wrong in it."""
    if path is None:
        return Register()
    reader = _Reader(Path(path))
    entries = tuple(reader.entries())
    reader.tell()
    return Register(entries, str(path))


class _Reader:
    """Reads a register and collects its mistakes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mistakes: list[tuple[int, str]] = []
        self._strange: dict[str, int] = {}
        self._countries: dict[str, str] = {}

    def entries(self) -> Iterator[Entry]:
        """The rows that can be used."""
        lines: dict[str, int] = {}
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as stream:
                rows = csv.reader(stream, strict=True)
                header = self._header(next(rows, []))
                for cells in rows:
                    if not any(map(str.strip, cells)):
                        continue
                    if len(cells) != len(header):
                        self._wrong(rows.line_num, f"{len(cells)} fields, the first line has {len(header)}")
                    elif entry := self._entry(dict(zip(header, map(str.strip, cells), strict=True)), rows.line_num):
                        if (before := lines.setdefault(entry.id, entry.line)) != entry.line:
                            self._wrong(entry.line, f"field id: {entry.id!r} is that of line {before}")
                        yield entry
        except UnicodeDecodeError as error:
            raise RuleError(self._path, None, f"not UTF-8 ({error.reason}); save the register as UTF-8") from error
        except csv.Error as error:
            raise RuleError(self._path, rows.line_num, f"not CSV: {error}") from error

    def _header(self, cells: Sequence[str]) -> list[str]:
        header = [cell.strip().lower() for cell in cells]
        missing = [name for name in _NEEDED if name not in header]
        unknown = [name for name in header if name not in _COLUMNS or header.count(name) > 1]
        if missing or unknown:
            what = (
                f"there is no column {missing[0]!r}" if missing else f"{unknown[0]!r} is no column of a register, or stands twice"
            )
            raise RuleError(self._path, 1, f"{what}; the first line names them, separated by commas: {', '.join(_COLUMNS)}")
        return header

    def _entry(self, row: Mapping[str, str], line: int) -> Entry | None:
        count = len(self._mistakes)
        for name in _NEEDED:
            if not row[name]:
                self._wrong(line, f"field {name} is empty")
        if row["label"] and row["label"] not in KIND_OF_LABEL:
            self._wrong(line, f"field label: {row['label']!r} is no label of names; known are {', '.join(KIND_OF_LABEL)}")
        since, until = self._year(row, "from", line), self._year(row, "to", line)
        if since is not None and until is not None and since > until:
            self._wrong(line, f"fields from and to: {row['from']} is after {row['to']}")
        if len(self._mistakes) > count:
            return None
        names = (row["name"], *filter(None, _ALIAS_END.split(row.get("aliases", ""))))
        country = self._country(row.get("country", ""), line)
        return Entry(
            row["id"], row["label"], tuple(dict.fromkeys(clean(name) or name for name in names)), country, since, until, line
        )

    def _year(self, row: Mapping[str, str], name: str, line: int) -> int | None:
        text = row.get(name, "")
        found = _YEAR.fullmatch(text)
        if text and not found:
            self._wrong(line, f"field {name}: {text!r} is neither a year nor a day (2019, 2019-05-26)")
        return int(found[1]) if found else None

    def _country(self, text: str, line: int) -> str:
        if text not in self._countries:
            country = load_lexicon().country_of(text) if text else ""
            if country is None:
                self._strange[text] = line
            self._countries[text] = country or text.lower()
        return self._countries[text]

    def _wrong(self, line: int, message: str) -> None:
        self._mistakes.append((line, message))

    def tell(self) -> None:
        """Raises RuleError for the mistakes, if there are any; warns of countries that are not known."""
        if self._mistakes:
            (line, first), *rest = self._mistakes
            more = [f"line {line}, {message}" for line, message in rest[: _TOLD - 1]]
            more += [f"and {len(rest) - len(more)} more mistakes"] if len(rest) > len(more) else []
            raise RuleError(self._path, line, "; ".join([first, *more]))
        if self._strange:
            country, line = next(iter(self._strange.items()))
            others = f" (and {len(self._strange) - 1} others)" if len(self._strange) > 1 else ""
            message = (
                f"{self._path}:{line}: field country: {country!r}{others} is none that is known, and tells no row from others"
            )
            warnings.warn(message, AliasWarning, stacklevel=3)
