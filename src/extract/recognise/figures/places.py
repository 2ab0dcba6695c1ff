"""What the place of a number says of it: the headers above a table cell, the name of its row, the caption; the key of an infobox.

The innermost header that says what is counted decides. One that needs another (`+/–`, `Total`, `2019`) takes it from the headers
above it, then from the column beside it. A column named for a party or a candidate, or by nothing at all, takes it from the name
of the row, then from the caption or the heading. What is said is of the number's kind, its role, and what it measures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from extract.normalise.values import Measure, Role
from extract.recognise.figures.headers import Kind, Said, is_members, read_header, table_pattern, years_of
from extract.sources.document import Block, Cell, Document, Field

_SUM_ROW = table_pattern(r"\W*{sum_row}\b(?!.{20})")
_OTHER_ROW = table_pattern(r"\W*(?:total )?{other_row}\b")
_TURNOUT_ROW = table_pattern(r".*\b{turnout_row}\b")
_NOBODY_ROW = table_pattern(r"\W*(?:{sum_row}|{nobody_row}|{other_row}|{turnout_row})\b")
_PARTY_COLUMN = table_pattern(r"\W*(?:winning |leading |name of (?:the )?)?{party_column}\W*(?:\(.*\)|/.*| or .*)?\d?")
_KIND_OF_PARTY = re.compile(r"\w[\w-]* (?:party|list|group|bloc|alliance)")  # `Largest party`; a name would have capitals
_ALLIANCE_COLUMN = table_pattern(r"\W*{alliance_column}\W*(?:(?:/|or|and) ?.*)?\d?")
_PERSON_COLUMN = table_pattern(r"\W*(?:\w+ )?{person_column}\W*(?:\(.*\))?\d?")
_GROUP_COLUMN = table_pattern(r"\W*{group_column}\W*")
_PLACE_COLUMN = table_pattern(r"\W*(?:electoral |federal |\w+ )?{place_column}(?:\W+(?:(?:or|and) )?{place_column})?\W*")
_NO_ELECTION = table_pattern(r"\W*{no_election_rows}\W*")
_OF_PERSON = table_pattern(r"\b{of_person}\b")
_POLL = table_pattern(r"\b{poll}\b")
_ELECTION = table_pattern(r"\b{election}\b")
_COMPOSITION = table_pattern(r"{composition}\d?")
_AFTER = re.compile(r"\bafter\b", re.IGNORECASE)
_NOW = re.compile(r"\W*(?:now|current|currently|today|at present|present)\b.*", re.IGNORECASE)
_WON = re.compile(r"\b(?:won|elected)\b", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*\([A-Z]{1,4}(?:[-–]\w+)?\)$")  # `Ann Oak (D)`
_OF_FIGURES = re.compile(r"\s*(?:#|%|\bvotes?|\bseats?|\bpct|\b(?:19|20)\d\d)\.?$", re.IGNORECASE)  # `Oak%`, `Reds 2014`
_CELL_OF_FIGURES = re.compile(r"[^\w]*\d[\d.,·\s]*(?:[–-]\s?\d[\d.,]*)?(?:%|\(.{0,8}\)|\W)*")
_NOBODY_COLUMN = table_pattern(r"\W*(?:{others_column})\b")
_VACANT = re.compile(r"\W*vacan(?:t|cy|cies)\b", re.IGNORECASE)
_CHAMBER = re.compile(
    r"\b(?:parliament|senate|house|chamber|assembly|council|legislature|congress|party (?:summary|standings|composition))\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[^\W\d_]")
_GLOSS = re.compile(r"\s*\(\d[^()]*\)")  # `Inner city (5 wards)`: what a row is, not what it counts
_LEAD_IN = re.compile(r"[^\n]{1,100}:\s*")
_A_SERIES = 3
_LONGEST_NAME = 10
_MOST_TOTALS = 3
_LEAD = re.compile(r"\W*(?:lead|margin)\W*", re.IGNORECASE)
_DECIMAL = re.compile(r"\d[.,·]\d{1,2}(?!\d)")
_FIGURE = re.compile(r"[+\-−–±▲▼]?\s?\d[\d.,·]*\s?%?")
_SHARES_IN_CAPTION = re.compile(  # a share of the votes counted so far is none
    r"(?<!\d)(?<!\d )%|(?<!\d )\bper ?cent\b|\bpercentages?\b|\bvote shares?\b|\bshares? of (?:the )?votes?\b", re.IGNORECASE
)
_SEATS_IN_CAPTION = re.compile(r"\b(?:seats?|mandates?|deputies|number of (?:members|MPs|MLAs))\b", re.IGNORECASE)
_LARGEST_HOUSE = 3000
_STANDINGS = re.compile(r"\b(?:members|composition|standings?|strength|groups?|membership)\b", re.IGNORECASE)


class Place(NamedTuple):
    """What the place of a number says of it; None where nothing is said."""

    kind: Kind | None = None
    role: Role | None = None
    measure: Measure | None = None
    sign: int = 1


class NameAt(NamedTuple):
    """A name that was found at `text[start:end]`."""

    start: int
    end: int
    label: str


Names = Sequence[NameAt]


class Option(NamedTuple):
    """Who or what a column is of: a party, a candidate, an answer. `is_nobody`: of others together, or of none."""

    header: Block
    end: int
    is_nobody: bool


class Table:
    """One table: its cells by row and column, and what its columns name."""

    def __init__(self, document: Document, blocks: Sequence[Block], above: Block | None = None, names: Names = ()) -> None:
        """`above` is the paragraph right before it; `names` are those found in the document, in order."""
        self._text = document.text
        self._title = document.title or ""
        self._names = names
        words = document.text[above.start : above.end] if above else ""
        self._lead_in = words if _LEAD_IN.fullmatch(words) else ""
        self.blocks = blocks
        self.rows: dict[int, list[Block]] = {}
        self.columns: dict[int, list[Block]] = {}
        self.headers: dict[int, tuple[str, ...]] = {}
        self.heads: list[Block] = [block for block in blocks if is_column_header(block)]
        self._by_text: dict[tuple[int, str], list[Block]] = {}
        for block in blocks:
            cell = block.cell
            assert cell
            self.rows.setdefault(cell.row, []).append(block)
            self.columns.setdefault(cell.column, []).append(block)
            self._by_text.setdefault((cell.column, self.text_of(block)), []).append(block)
            if cell.headers and not is_column_header(block):
                self.headers.setdefault(cell.column, cell.headers)
        for block in self.heads:
            if block.cell and self.headers:  # a column may be empty
                self.headers.setdefault(block.cell.column, (*block.cell.headers, self.text_of(block)))

    def text_of(self, block: Block) -> str:
        """What a cell shows."""
        return self._text[block.start : block.end]

    def showing(self, column: int, text: str) -> list[Block]:
        """The cells of a column that show a text."""
        return self._by_text.get((column, text), [])

    # -- what its columns name -------------------------------------------------------------------------------------

    def _named(self, found: re.Pattern[str]) -> list[int]:
        return [column for column, headers in sorted(self.headers.items()) if any(found.fullmatch(header) for header in headers)]

    @cached_property
    def party_columns(self) -> list[int]:
        """The columns that name parties, from the left; those of alliances behind them."""
        if self.is_of_others:
            return []
        parties = sorted({*self._named(_PARTY_COLUMN), *self._named(_KIND_OF_PARTY)})
        return parties + [column for column in self._named(_ALLIANCE_COLUMN) if column not in parties]

    @cached_property
    def person_columns(self) -> list[int]:
        """The columns that name candidates."""
        return [column for column in self._named(_PERSON_COLUMN) if self._names_something(column)]

    def _names_something(self, column: int) -> bool:
        """Whether there are words under the header: a column `Candidates` may count them."""
        return any(re.search(r"[^\W\d_]{2}", text) for text in self._shown[column])

    @cached_property
    def place_columns(self) -> list[int]:
        """The columns that name districts, regions and the like."""
        return self._named(_PLACE_COLUMN)

    # -- columns of parties, candidates or answers -----------------------------------------------------------------

    @cached_property
    def options(self) -> Mapping[int, Option]:
        """The columns that are each of one party, candidate or answer. None where the rows are."""
        if self.is_of_others or ((self.party_columns or self.person_columns) and not self.is_poll):
            return {}
        found = {column: option for column in self.headers if (option := self._option(column))}
        found |= self._beside_options(found)
        texts = {self.text_of(option.header) for option in found.values() if not option.is_nobody}
        if not texts or not (self._is_named(found) or (len(texts) > 1 and self._is_of_options(found))):
            return {}
        return found

    def _beside_options(self, options: Mapping[int, Option]) -> dict[int, Option]:
        """The columns that go on another's: `Reds % | Seats | Blues % | Seats`."""
        found: dict[int, Option] = {}
        for before, column in pairwise(sorted(self.headers)):
            option = found.get(before) or options.get(before)
            said = self._of_headers(self.headers[column][-1:])
            is_figure = said.kind in ("SEATS", "PERCENT") and said.measure not in ("turnout", "threshold")
            if option and column not in options and is_figure and self._of_headers(self.headers[before][-1:]).kind:
                found[column] = option
        return found

    def _option(self, column: int) -> Option | None:
        """Who a column is of: its innermost header that is no word of figures, places or dates. The first column names rows."""
        if column == min(self.headers) or not self._is_of_figures(column):
            return None
        for text in reversed(self.headers[column]):
            words = _OF_FIGURES.sub("", _SUFFIX.sub("", text)).strip()
            heads = self._heads_by_text.get(text)
            if not heads or not words:
                continue
            head = heads[-1]
            if _OTHER_ROW.match(words):
                return None
            if _NOBODY_COLUMN.match(words):
                return Option(head, head.end, True)
            if self.names_in(head, ("PARTY", "PERSON")) or _is_plain(words):
                return Option(head, head.start + text.find(words) + len(words), False)
        return None

    def _is_of_figures(self, column: int) -> bool:
        shown = [text for text in self._shown.get(column, ()) if any(map(str.isalnum, text))]
        return 2 * sum(bool(_CELL_OF_FIGURES.fullmatch(text)) for text in shown) > len(shown)

    def _is_named(self, options: Mapping[int, Option]) -> bool:
        """Whether one of the columns has the name of a party or person, in a table with nothing else for rows."""
        return any(self.names_in(option.header, ("PARTY", "PERSON")) for option in options.values())

    def _is_of_options(self, options: Mapping[int, Option]) -> bool:
        """Whether something else says that columns are options: polls, a column of others, shares and seats under each, seats."""
        others = any(option.is_nobody for option in options.values())
        grouped = any(self.text_of(option.header) != self.headers[column][-1] for column, option in options.items())
        marked = any(_SUFFIX.search(self.text_of(option.header)) for option in options.values())
        stuck = any(_OF_FIGURES.search(self.text_of(option.header)) for option in options.values())
        return self.is_poll or others or grouped or marked or stuck or self.is_by_column

    @cached_property
    def _heads_by_text(self) -> Mapping[str, list[Block]]:
        found: dict[str, list[Block]] = {}
        for block in self.heads:
            found.setdefault(self.text_of(block), []).append(block)
        return found

    def names_in(self, block: Block, labels: Sequence[str]) -> list[NameAt]:
        """The names of these labels in a cell."""
        first = bisect_left(self._names, block.start, key=attrgetter("start"))
        last = bisect_left(self._names, block.end, key=attrgetter("start"))
        return [name for name in self._names[first:last] if name.label in labels]

    @cached_property
    def is_of_groups(self) -> bool:
        """Whether its rows are parliamentary groups."""
        return bool(self._named(_GROUP_COLUMN))

    @cached_property
    def is_of_elections(self) -> bool:
        """Whether something of it speaks of elections, and its rows name nothing else."""
        words = [" ".join(headers) for headers in self.headers.values()] + [self.caption, *self.row_names]
        if self.options or self.party_columns or self.person_columns:
            words += [*self.blocks[0].section, self._title]
        return not self.is_of_others and (self.has_seats or any(_ELECTION.search(text) for text in words))

    @cached_property
    def is_of_others(self) -> bool:
        """Whether its rows are things that stand for no election: peoples, aircraft, companies."""
        first = self.headers.get(min(self.headers, default=0), ())
        return any(_NO_ELECTION.fullmatch(header) for header in first)

    @cached_property
    def row_names(self) -> list[str]:
        """The names of its rows."""
        return list({block.cell.row_header: None for block in self.blocks if block.cell and block.cell.row_header})

    @cached_property
    def caption(self) -> str:
        """Its caption, else the line that leads to it (`Seats since then:`), else the heading above it."""
        first = self.blocks[0]
        return (first.cell and first.cell.caption) or self._lead_in or (first.section[-1] if first.section else "")

    @cached_property
    def has_seats(self) -> bool:
        """Whether one of its columns counts seats."""
        return any(self._of_headers(headers).kind == "SEATS" for headers in self.headers.values())

    @cached_property
    def is_poll(self) -> bool:
        """Whether it shows polls."""
        words = [header for headers in self.headers.values() for header in headers]
        return any(_POLL.search(text) for text in (self.caption, *words))

    @cached_property
    def _years(self) -> frozenset[int]:
        """The years that head its columns."""
        return frozenset(year for headers in self.headers.values() for header in headers for year in years_of(header))

    @cached_property
    def is_by_column(self) -> bool:
        """Whether its columns are parties or candidates: the caption says what all numbers are, or it shows polls."""
        said = _SHARES_IN_CAPTION.search(self.caption) or _SEATS_IN_CAPTION.search(self.caption)
        return self.is_poll or bool(self.place_columns and said)

    # -- places ----------------------------------------------------------------------------------------------------

    def place(self, block: Block) -> Place:
        """What the place of a cell says of the number in it."""
        cell = block.cell
        assert cell
        said = self._of_column(cell)
        if self.is_poll and cell.headers and _LEAD.fullmatch(cell.headers[-1]):
            return Place("PERCENT", measure="other")
        if said.kind is None and is_members(cell.row_header or "") and not self.party_columns:
            return Place("SEATS", "total")
        if said.kind is None and self.party_columns and cell.headers and is_members(cell.headers[-1]):
            return Place("SEATS", said.role or "held")
        if said.kind == "SEATS" and self.is_of_others:
            return Place("neither")
        role = said.role
        if role is None and self.is_of_chamber and not any(map(_ELECTION.search, (*self._above, self._title))):
            role = read_header(cell.row_header or "").role or "held"
        if role in (None, "won"):
            role = "held" if role and self._is_new_house(cell) else self._role_of_year(cell) or role
        return Place(said.kind, role, said.measure, said.sign)

    def _is_new_house(self, cell: Cell) -> bool:
        """Whether the column gives what parties have now, or after a partial renewal: another gives what they won."""
        words = [header for headers in self.headers.values() for header in headers[-1:]]
        is_later = _AFTER.search(" ".join(cell.headers)) or any(_NOW.fullmatch(header) for header in cell.headers[-1:])
        return bool(is_later and any(_WON.search(word) for word in words))

    def _of_column(self, cell: Cell) -> Said:
        own = self._of_headers(cell.headers)
        if own.kind is None and own.is_open:
            own = _with_kind(own, self._beside(cell.column, own.role == "change"))
        if own.kind in (None, "neither") and cell.column in self._of_one_sum:
            own = _with_kind(own, self._of_one_sum[cell.column])
        if own.kind is None and not self.party_columns and not self.person_columns:
            row = read_header(_GLOSS.sub("", cell.row_header or ""))
            own = Said(row.kind, row.role or own.role, row.measure or own.measure, sign=row.sign) if row.kind else own
        if own.kind is None and cell.column != min(self.headers, default=0):
            own = _with_kind(own, self._of_caption(cell))
        return own

    def _of_headers(self, headers: Sequence[str]) -> Said:
        """What the headers above a cell say, the innermost first."""
        said = [read_header(header.strip()) for header in reversed(headers)]
        kind = next((one.kind for one in said if one.kind), None)
        role = next((one.role for one in said if one.role), None)
        measure = next((one.measure for one in said if one.measure), None)
        if kind == "PERCENT" and measure is None and any(one.kind == "SEATS" for one in said):
            measure = "other"  # a share of the seats
        return Said(kind, role, measure, bool(said) and said[0].is_open, min((one.sign for one in said), default=1))

    def _beside(self, column: int, is_change: bool) -> Kind | None:
        """The kind of the next column that has one: to the left; for parts of a whole also to the right, if there are seats."""
        left = self._next(range(column - 1, -1, -1))
        is_no_share = left == "PERCENT" and column in self._of_whole_numbers
        if left == "SEATS" or (is_change and not is_no_share):
            return left
        right = self._next(range(column + 1, max(self.headers, default=0) + 1))
        return right if right == "SEATS" else None if is_no_share else left

    @cached_property
    def _of_one_sum(self) -> Mapping[int, Kind]:
        """The columns that add up to a column of totals, if one of them, or the table as a whole, counts seats: so do all."""
        columns = sorted(self.headers)[1:]
        totals = [column for column in columns if _SUM_ROW.match(self.headers[column][-1])]
        for total in totals[-_MOST_TOTALS:][::-1]:
            parts = [column for column in columns if column < total]
            if len(parts) < 2 or not self._adds_up(parts, total):
                continue
            kinds = [self._of_headers(self.headers[column]).kind for column in (*parts, total)]
            if "SEATS" in kinds or any(_SEATS_IN_CAPTION.search(words) for words in self._above):
                return dict.fromkeys((*parts, total), "SEATS")
        return {}

    def _adds_up(self, parts: Sequence[int], total: int) -> bool:
        right = 0
        for row in self.rows.values():
            numbers = {block.cell.column: self.text_of(block).replace(",", "") for block in row if block.cell}
            right += numbers.get(total, "").isdecimal() and int(numbers[total]) == sum(
                int(numbers[column]) for column in parts if numbers.get(column, "").isdecimal()
            )
        return right > 1 and 2 * right > len(self._shown[total])

    @cached_property
    def _of_whole_numbers(self) -> frozenset[int]:
        """The columns of whole numbers only, where those of percentages have decimals: they count something else."""
        figures = {column: [text for text in texts if _FIGURE.fullmatch(text)] for column, texts in self._shown.items()}
        in_parts = {column for column, texts in figures.items() if any(map(_DECIMAL.search, texts))}
        if not any(self._of_headers(self.headers.get(column, ())).kind == "PERCENT" for column in in_parts):
            return frozenset()
        return frozenset(column for column, texts in figures.items() if texts and column not in in_parts)

    @cached_property
    def _shown(self) -> dict[int, list[str]]:
        """What the cells of each column show, without its headers."""
        return {
            column: [self.text_of(block) for block in blocks if not is_column_header(block)]
            for column, blocks in self.columns.items()
        }

    def _next(self, columns: Iterable[int]) -> Kind | None:
        """The kind of the first of the columns that has one; None where one that names something comes first."""
        for column in columns:
            said = self._of_headers(self.headers.get(column, ()))
            if said.kind or (column in self.headers and not said.is_open):
                return said.kind
            if column in self._with_percent_signs:
                return "PERCENT"
        return None

    @cached_property
    def _with_percent_signs(self) -> frozenset[int]:
        """The columns whose figures have a percent sign of their own."""
        return frozenset(
            column for column, texts in self._shown.items() if texts and sum("%" in text for text in texts) * 2 > len(texts)
        )

    def _of_caption(self, cell: Cell) -> Kind | None:
        for words in self._above:
            if _SHARES_IN_CAPTION.search(words):
                return "PERCENT"
            if _SEATS_IN_CAPTION.search(words):
                return "SEATS"
        if self.is_poll:
            return self._of_polls
        if self._is_of_years or (cell.column in self.options and self.is_of_chamber):
            return "SEATS"
        return "SEATS" if self._has_parts_of_seats(cell) else None

    @cached_property
    def _is_of_years(self) -> bool:
        """Whether its columns are years of a house's parties, in numbers as small as seats: `Members by party | 2015 | 2021`."""
        columns = [column for column in self.headers if column not in self.party_columns]
        shown = [text for column in columns for text in self._shown.get(column, ()) if any(map(str.isdigit, text))]
        is_small = bool(shown) and all(text.isdecimal() and int(text) <= _LARGEST_HOUSE for text in shown)
        words = (self.caption, *self.blocks[0].section, self._title)
        is_of_house = any(_STANDINGS.search(text) or _CHAMBER.search(text) for text in words)
        of_years = bool(columns) and all(self.headers[column] and years_of(self.headers[column][-1]) for column in columns)
        return bool(self.party_columns) and of_years and is_small and is_of_house

    @cached_property
    def _above(self) -> list[str]:
        """What stands above its columns: its caption or heading; if they are options, all headings."""
        sections = self.blocks[0].section[::-1]
        return [self.caption, *(sections if self.options else ())]

    @cached_property
    def is_of_chamber(self) -> bool:
        """Whether its columns are the parties of a chamber: some seats are vacant, or a chamber is what it stands under."""
        vacant = any(_VACANT.match(header) for headers in self.headers.values() for header in headers)
        small = all(len(text) < 4 for column in self.options for text in self._shown[column])
        return bool(self.options) and small and (vacant or any(_CHAMBER.search(words) for words in self._above))

    def _has_parts_of_seats(self, cell: Cell) -> bool:
        """Whether its row gives the seats of a place, and the cell counts no more: `Region | Seats | BJP | Others`."""
        if not self.place_columns:
            return False
        sizes = [
            self.text_of(block)
            for block in self.rows[cell.row]
            if block.cell and self._of_headers(block.cell.headers).kind == "SEATS"
        ]
        own = [self.text_of(block) for block in self.rows[cell.row] if block.cell and block.cell.column == cell.column]
        numbers = [int(text) for text in (*sizes[:1], *own) if text.isdecimal()]
        return len(numbers) == 2 and numbers[1] <= numbers[0]

    @cached_property
    def _of_polls(self) -> Kind:
        """What the numbers of polls are: shares, unless a row of them is more than a hundred."""
        sums = [sum(self._unsaid_numbers(row)) for row in self.rows.values()]
        return "SEATS" if any(total > 105 for total in sums) else "PERCENT"

    def _unsaid_numbers(self, row: Sequence[Block]) -> list[float]:
        unsaid = [block for block in row if block.cell and not self._of_headers(block.cell.headers).kind and block.cell.column]
        texts = [self.text_of(block) for block in unsaid]
        return [float(text.rstrip("%")) for text in texts if re.fullmatch(r"\d{1,3}(?:\.\d+)?%?", text)]

    def _role_of_year(self, cell: Cell) -> Role | None:
        """`held` under the first of two years; where there are more the table tells each election's own result."""
        years = [year for header in cell.headers for year in years_of(header)]
        is_before = years and max(years) < max(self._years) and len(self._years) < _A_SERIES
        if years and (is_before or _STANDINGS.search(self.caption)):
            return "held"
        return None


def _is_plain(words: str) -> bool:
    """Whether a header says nothing of figures, dates, places, polls or of what its column names: it may be a name."""
    said = read_header(words)
    named = any(found.fullmatch(words) for found in (_PARTY_COLUMN, _PERSON_COLUMN, _GROUP_COLUMN, _PLACE_COLUMN))
    letter = _CAPITAL.search(words)
    is_name = letter is not None and not letter[0].islower() and len(words.split()) <= _LONGEST_NAME
    return is_name and not (said.kind or said.is_open or named or years_of(words) or _POLL.search(words))


def _with_kind(said: Said, kind: Kind | None) -> Said:
    return said._replace(kind=kind)


def is_column_header(block: Block) -> bool:
    """Whether a cell is a header of columns: a header cell of a row of totals is none."""
    return bool(block.cell and block.cell.is_header)


class Places:
    """The tables and infoboxes of a document, and what each place says."""

    def __init__(self, document: Document, names: Names = ()) -> None:
        self._document = document
        cells: dict[int, list[Block]] = {}
        above: dict[int, Block] = {}
        for before, block in pairwise((None, *document.blocks)):
            if block and block.cell:
                cells.setdefault(block.cell.table, []).append(block)
                if before and before.kind == "paragraph":
                    above.setdefault(block.cell.table, before)
        self.tables: Mapping[int, Table] = {
            number: Table(document, blocks, above.get(number), names) for number, blocks in cells.items()
        }

    def table_of(self, block: Block) -> Table | None:
        """The table in which a cell stands."""
        return self.tables[block.cell.table] if block.cell else None

    def place(self, block: Block) -> Place:
        """What the place of a value says of the number in it."""
        if block.field:
            return self._place_of_field(block.field)
        table = self.table_of(block)
        return table.place(block) if table and not is_column_header(block) else Place()

    def _place_of_field(self, field: Field) -> Place:
        place = _place_of_key(field.name, field.group)
        after = place.role == "won" and _AFTER.search(field.name.replace("_", " ")) and field.box in self._renewed
        return place._replace(role="held") if after else place

    @cached_property
    def _renewed(self) -> frozenset[int]:
        """The infoboxes that give, beside the seats after an election, those won in it."""
        fields = [block.field for block in self._document.blocks if block.field]
        return frozenset(field.box for field in fields if _WON.search(field.name.replace("_", " ")) or _UP.search(field.name))

    def lists_groups(self, block: Block) -> bool:
        """Whether a value lists the groups of a chamber with their members: `Labour (77)`."""
        words = block.field.name.replace("_", " ") if block.field else (block.cell and block.cell.row_header) or ""
        headers = block.cell.headers[-1:] if block.cell else ()
        return any(_COMPOSITION.fullmatch(text.strip()) for text in (words, *headers))


_UP = re.compile(r"seats[ _]up", re.IGNORECASE)
_KEY_OF_DATE = re.compile(r"election\d?$", re.IGNORECASE)


def _place_of_key(key: str, group: int | None) -> Place:
    words = " ".join(key.replace("_", " ").split())
    said = read_header(words)
    if said.kind == "SEATS" and group is None and _KEY_OF_DATE.search(words) and not _SEATS_IN_CAPTION.search(words):
        return Place("neither")
    if said.kind is None and is_members(words):
        return Place("SEATS", "total" if group is None else None)
    if said.kind is None and said.role == "change" and words.lower() in ("sc", "seat change", "change", "net", "gain"):
        return Place("SEATS", "change")
    return Place(said.kind, said.role, said.measure, said.sign)


# -- rows -------------------------------------------------------------------------------------------------------------------


def is_sum(row: str | None) -> bool:
    """Whether a row sums the others up."""
    return bool(_SUM_ROW.match(row or ""))


def is_nobodys(row: str | None) -> bool:
    """Whether a row is of no party or candidate: totals, turnout, invalid votes, others."""
    return bool(_NOBODY_ROW.match(row or ""))


def measure_of_row(row: str | None) -> Measure | None:
    """What the name of a row says that the percentages in it measure."""
    if _TURNOUT_ROW.match(row or ""):
        return "turnout"
    return "other" if _OTHER_ROW.match(row or "") else None


def is_of_person(headers: Sequence[str]) -> bool:
    """Whether the headers speak of a candidate's votes."""
    return any(_OF_PERSON.search(header) for header in headers)
