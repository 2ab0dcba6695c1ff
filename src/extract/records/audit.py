"""The audit of one document: arithmetic that must hold between its figures, and where it does not.

A line is written only where the text leaves no honest way out: the figures speak of the same thing, all parts of a sum are
there, and rounding does not explain the difference. What may be another election, a poll, a district or a part of the seats
is passed over; `scope` decides that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, groupby, takewhile
from typing import TypeVar

from extract.records.record import AuditLine, Record
from extract.records.scope import Scope, text_after, text_before
from extract.records.stated import Figure, agree, in_rows, stated_figures

Key = TypeVar("Key", bound=Hashable)

# A chamber of another size had other seats: a larger gap between the last election's seats and this total is no mistake.
_SAME_CHAMBER = Decimal("0.1")
# Shares of all that stood add up to a hundred; what rounding and blank votes may take away.
_ALL_SHARES = 99
# So much is no list of the shares of one vote: winners of many places, several rounds.
_NO_SHARES = 150
_QUALIFIED = re.compile(
    r"two[- ]thirds|three[- ](?:fifths|quarters)|qualified|constitutional|super-?majority|\bshort of\b", re.IGNORECASE
)
_GAP_BEHIND = re.compile(r"\W*(?:short|behind|ahead|away|clear)\b")
_HEADING_OF_KIND = {"won": "seats", "held": "seats before the election", "vote_share": "share of the vote"}


Compared = Iterator[AuditLine | None]
"""The comparisons of a check: for each the line that tells where it does not hold, or None."""


def compare_document(records: list[Record]) -> list[AuditLine | None]:
    """All comparisons between the figures of one document, in the order of the checks, then of the text; None for what holds."""
    figures, scope = stated_figures(records), Scope(records)
    return [line for check in _CHECKS for line in check(figures, scope)]


# -- seats_sum --------------------------------------------------------------------------------------------------------------


def check_seats_sum(figures: Sequence[Figure], scope: Scope) -> Compared:
    """The seats of all parties of one infobox, table column or sentence are those of the total stated there."""
    yield from _infobox_sums(figures)
    yield from _table_sums([figure for figure in figures if not scope.has_dated_rows(figure)])
    yield from _sentence_sums(figures, scope)


def _infobox_sums(figures: Sequence[Figure]) -> Compared:
    for box in _groups(_in(figures, "infobox"), lambda figure: figure.box):
        total = _only(figure for figure in box if figure.kind == "total" and figure.exact is not None)
        if not total:
            continue
        for kind in ("won", "held"):
            for parts in _groups(_of_parties(box, kind), lambda figure: figure.column):
                if _says_all(parts, kind, box, total):
                    yield from _wrong_sum(f"Infobox {parts[0].column}", parts, total)


def _says_all(parts: Sequence[Figure], kind: str, box: Sequence[Figure], total: Figure) -> bool:
    """Whether the parts of an infobox must make up the total: more than it they may never be, less only if none is left out."""
    if len(parts) < 2 or not _each_once(parts) or not _plain(parts):
        return False
    size, won = _sum([total]), _of_parties(box, "won")
    if kind == "held":
        near = abs(_sum(parts) - size) <= size * _SAME_CHAMBER
        there = {figure.party for figure in parts}
        return near and _sum(won) == size and all(figure.party in there for figure in won)
    return _sum(parts) > size or _nobody_left_out(parts, box)


def _nobody_left_out(parts: Sequence[Figure], box: Sequence[Figure]) -> bool:
    """Whether the list closes with the independents, or its parties have all the votes."""
    shares = _of_parties(box, "vote_share")
    return any(_is_independent(part) for part in parts) or (_each_once(shares) and _sum(shares) >= _ALL_SHARES)


def _table_sums(figures: Sequence[Figure]) -> Compared:
    """A column sums to its last row, the total."""
    seats = [figure for figure in _in(figures, "table") if figure.kind in ("won", "held", "total")]
    for column in _groups(seats, lambda figure: (figure.record.source.section, figure.table, figure.column)):
        *parts, total = column
        if (
            total.party
            or total.kind != "total"
            or len(parts) < 2
            or not _plain(column)
            or len({figure.row for figure in column}) < len(column)
        ):
            continue
        named = [part for part in parts if part.party]
        excess = {_sum(parts) - _sum([total]), _sum(named) - _sum([total])}
        if any(part.kind == "total" for part in parts) or excess & _counted_twice(parts):
            continue
        if _sum(parts) > _sum([total]) or in_rows(column):
            yield from _wrong_sum(_place(total, row=False), parts, total)


def _counted_twice(parts: Sequence[Figure]) -> set[Decimal]:
    """What rows that sum up their neighbours, as a coalition's does, may add to the sum of a column; 0 is in it."""
    numbers = [_sum([part]) for part in parts]
    possible = {Decimal(0)}
    for place, number in enumerate(numbers):
        if _sums_up(number, numbers[place + 1 :]) or _sums_up(number, numbers[:place][::-1]):
            possible |= {other + number for other in possible}
    return possible


def _sums_up(number: Decimal, others: Sequence[Decimal]) -> bool:
    """Whether a number is the sum of the first two or more of others."""
    sums = takewhile(lambda found: found <= number, accumulate(others))
    return number > 0 and any(found == number for count, found in enumerate(sums, 1) if count > 1)


def _sentence_sums(figures: Sequence[Figure], scope: Scope) -> Compared:
    """The seats that one sentence gives to parties are not more than the seats it says there are."""
    for sentence in _sentences(figures):
        total = _only(figure for figure in sentence if figure.kind == "total")
        parts = _of_parties(sentence, "won")
        if not total or len(parts) < 2 or not _each_once(parts) or not _plain([*parts, total]):
            continue
        if not _is_one_result(parts, scope):
            continue
        closed = len(parts) > 2 and any(map(_is_independent, parts))
        if _sum(parts) > _sum([total]) or closed:
            yield from _wrong_sum(_place(total), parts, total)


def _wrong_sum(place: str, parts: Sequence[Figure], total: Figure) -> Compared:
    found, expected = _sum(parts), _sum([total])
    message = f"{place}: the parties' seats sum to {found}, not {expected}."
    yield _line("seats_sum", message, expected, found, [*parts, total]) if found != expected else None


# -- majority ---------------------------------------------------------------------------------------------------------------


def check_majority(figures: Sequence[Figure], scope: Scope) -> Compared:
    """A majority is more than half of the seats; the number an infobox asks for is the smallest such."""
    for majority in figures:
        if majority.kind != "majority" or majority.exact is None or _QUALIFIED.search(majority.record.source.sentence.text):
            continue
        if total := _chamber(majority, figures, scope):
            size, found = _sum([total]), _sum([majority])
            needed = size // 2 + 1
            wrong = (
                found not in (needed, -(-size * 2 // 3), -(-size * 3 // 5)) if majority.where == "infobox" else found * 2 <= size
            )
            message = (
                f"{_place(majority)}: a majority is said to be {found}, but of {size} seats "
                f"({_place(total, start=False)}) it is {needed}."
            )
            yield _line("majority", message, needed, found, [majority, total]) if wrong else None


def _chamber(majority: Figure, figures: Sequence[Figure], scope: Scope) -> Figure | None:
    """The total that a majority belongs to: that of its infobox or sentence, else the only one of the document."""
    totals = [figure for figure in figures if figure.kind == "total" and figure.exact is not None and figure.where != "table"]
    beside = [total for total in totals if _same_place(total, majority)]
    if majority.where == "infobox" and len({total.low for total in beside}) > 1:
        return None  # a box of two chambers
    if beside:
        return max(beside, key=lambda total: total.low)
    if majority.where == "infobox" or scope.years_of(majority.record) - {scope.main}:
        return None
    return totals[0] if len({total.low for total in totals}) == 1 else None


def _same_place(a: Figure, b: Figure) -> bool:
    if a.where != b.where:
        return False
    return a.box == b.box if a.where == "infobox" else a.record.source.sentence.index == b.record.source.sentence.index


# -- shares_sum -------------------------------------------------------------------------------------------------------------


def check_shares_sum(figures: Sequence[Figure], scope: Scope) -> Compared:
    """The shares of the parties of one infobox, table column or sentence are not more than a hundred per cent."""
    shares = [figure for figure in figures if figure.kind == "vote_share" and figure.party]
    undated = [
        share
        for share in _in(shares, "table")
        if scope.names_owner(share) and not (scope.has_dated_rows(share) or scope.is_one_of_many(share))
    ]
    lists = [
        *_groups(_in(shares, "infobox"), lambda figure: (figure.box, figure.column)),
        *_groups(undated, lambda figure: (figure.record.source.section, figure.table, figure.column)),
        *(sentence for sentence in _sentences(shares) if _is_one_result(sentence, scope)),
    ]
    for parts in lists:
        slack = sum((part.unit / 2 for part in parts), Decimal(0))
        if len(parts) > 1 and _each_once(parts) and _plain(parts):
            message = f"{_place(parts[0], row=False)}: the parties' shares sum to {_sum(parts)}%, more than 100%."
            wrong = 100 < _sum(parts) - max(_counted_twice(parts)) - slack < _NO_SHARES
            yield _line("shares_sum", message, 100, _sum(parts), parts) if wrong else None


def _is_one_result(sentence: Sequence[Figure], scope: Scope) -> bool:
    """Whether the figures of a sentence are of one election, as far as it names years at all."""
    if not all(scope.is_result(figure) for figure in sentence):
        return False
    elections = {scope.election(figure) for figure in sentence}
    return not scope.years_of(sentence[0].record) or (len(elections) == 1 and None not in elections)


# -- infobox_prose, reported_twice ------------------------------------------------------------------------------------------


def check_same_figure(figures: Sequence[Figure], scope: Scope) -> Compared:
    """What infobox, table and text say of one party's result in one election is the same."""
    results = [(key, figure) for figure in figures if (key := _result(figure, scope))]
    for (_, kind, _), told in _keyed(results).items():
        told = _without_doubtful(told, scope)
        boxes = _in(told, "infobox")
        if not told or not all(agree(boxes[0], box) for box in boxes):
            continue
        first = min(told, key=lambda figure: ("infobox", "table", "text").index(figure.where))
        others = [figure for figure in told if not agree(first, figure)]
        if len(told) > 1 and not others:
            yield None
        same = [first, *(figure for figure in told if figure is not first and figure.exact == first.exact is not None)]
        for place in _groups(others, _stands_in):
            yield _different(kind, same, place)


def _result(figure: Figure, scope: Scope) -> tuple[str, str, str] | None:
    """Whose result it is, of what, in which election; None for what cannot be compared."""
    if figure.kind not in _HEADING_OF_KIND or not figure.party.startswith("e_") or not scope.names_owner(figure):
        return None
    if figure.kind == "held":
        return (figure.party, "held", "") if _is_of_last_election(figure, scope) else None
    election = scope.election(figure)
    if election is None or scope.is_one_of_many(figure) or (figure.kind == "won" and scope.is_renewed_in_part):
        return None
    if election and figure.kind == "won" and election == scope.previous:
        return figure.party, "held", ""
    return figure.party, figure.kind, election


def _is_of_last_election(figure: Figure, scope: Scope) -> bool:
    """Whether seats held are those of the election before this one: so an infobox says, or a text by year or `up from`."""
    if figure.where == "infobox":
        return bool(re.search(r"last|previous|before", figure.column, re.IGNORECASE))
    if figure.where == "table":
        return False
    if scope.previous and scope.election(figure) == scope.previous:
        return True
    no_other_year = not scope.years_of(figure.record) - {scope.main, scope.previous}
    return (
        no_other_year
        and bool(re.search(r"\b(?:up|down) from $", text_before(figure.record)))
        and scope.is_same_ballot(figure.record)
    )


def _without_doubtful(told: Sequence[Figure], scope: Scope) -> list[Figure]:
    """Without places that give a party two figures: parts or a change, unless the text tells them as two accounts."""
    kept: list[Figure] = []
    for place in _groups(told, _stands_in):
        accounts = [figure for figure in place if scope.is_account(figure)] if place[0].where == "text" else []
        if len({(figure.low, figure.high) for figure in place}) == 1:
            kept += place
        elif len(accounts) == len(place):
            kept += accounts
    return kept


def _stands_in(figure: Figure) -> Hashable:
    source = figure.record.source
    if figure.where == "text":
        return "text", source.sentence.index
    return figure.where, source.section, figure.table, figure.box


def _different(kind: str, same: Sequence[Figure], others: Sequence[Figure]) -> AuditLine:
    """The line for figures of one party: those that are the same, and those of one place that are not."""
    first = same[0]
    check = "reported_twice" if first.where == others[0].where else "infobox_prose"
    numbers = _listed(figure.shown for figure in others)
    places = _listed(_place(figure, start=False) for figure in same)
    what = f"{first.name}, {_HEADING_OF_KIND[kind]}"
    message = f"{what}: {first.shown} in {places}, but {numbers} in {_place(others[0], start=False)}."
    return _line(check, message, first.low, others[0].low, [*same, *others])


def _listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`, each once."""
    *most, last = dict.fromkeys(words)
    return f"{', '.join(most)} and {last}" if most else last


# -- change -----------------------------------------------------------------------------------------------------------------


def check_change(figures: Sequence[Figure], scope: Scope) -> Compared:
    """Where one place says what a party won, what it had, and the change, the change is the difference."""
    for place in _groups([figure for figure in figures if figure.party and figure.exact is not None], _one_party):
        won, held, change = (_only(figure for figure in place if figure.kind == kind) for kind in ("won", "held", "change"))
        if not (won and held and change) or (won.where == "text" and scope.years_of(won.record) - {scope.main, scope.previous}):
            continue
        if change.where == "text" and _GAP_BEHIND.match(text_after(change.record)):
            continue
        if (won.where == "text" and not _is_whole_result(won, scope)) or _has_more_dates(won, figures):
            continue
        expected, found = _sum([won]) - _sum([held]), _sum([change])
        if found == -expected and won.where == "table" and held.record.source.start > won.record.source.start:
            continue  # `Elected | Now | Change`: what became of the seats since
        wrong = found != expected and (_is_signed(change) or abs(found) != abs(expected))
        numbers = f"{won.shown} after {held.shown} is a change of {expected:+}, not {found:+}"
        message = f"{_place(won)}, {won.name}: {numbers}."
        yield _line("change", message, expected, found, [won, held, change]) if wrong else None


def _is_whole_result(won: Figure, scope: Scope) -> bool:
    return scope.is_same_ballot(won.record) and not scope.is_part(won)


def _has_more_dates(won: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a table gives the seats at more than two times: then its change may be from the first of them to the last."""
    if won.where != "table":
        return False
    place = _stands_in(won)
    return len({figure.column for figure in figures if figure.kind in ("won", "held") and _stands_in(figure) == place}) > 2


def _one_party(figure: Figure) -> Hashable:
    """One party's group of an infobox, row of a table, or part in a sentence."""
    row = figure.record.source.sentence.index if figure.where == "text" else figure.row
    return figure.where, figure.record.source.section, figure.box, figure.table, row, figure.party


def _is_signed(figure: Figure) -> bool:
    return figure.record.text[:1] in "+-–"


# -- figures ----------------------------------------------------------------------------------------------------------------


def _in(figures: Iterable[Figure], where: str) -> list[Figure]:
    return [figure for figure in figures if figure.where == where]


def _of_parties(figures: Iterable[Figure], kind: str) -> list[Figure]:
    return [figure for figure in figures if figure.kind == kind and figure.party]


def _sentences(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    for _, sentence in groupby(_in(figures, "text"), key=lambda figure: figure.record.source.sentence.index):
        yield list(sentence)


def _groups(figures: Iterable[Figure], key: Callable[[Figure], Key]) -> list[list[Figure]]:
    """Figures with the same key together, in the order of the text."""
    return list(_keyed((key(figure), figure) for figure in figures).values())


def _keyed(pairs: Iterable[tuple[Key, Figure]]) -> dict[Key, list[Figure]]:
    groups: dict[Key, list[Figure]] = {}
    for key, figure in pairs:
        groups.setdefault(key, []).append(figure)
    return groups


def _only(figures: Iterable[Figure]) -> Figure | None:
    """The figure if there is one alone, else None."""
    found = list(figures)
    return found[0] if len(found) == 1 else None


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.low for figure in figures), Decimal(0))


def _plain(figures: Iterable[Figure]) -> bool:
    """Whether all are plain numbers: no range, no `about`."""
    return all(figure.exact is not None for figure in figures)


def _each_once(figures: Sequence[Figure]) -> bool:
    return len({figure.party for figure in figures}) == len(figures)


def _is_independent(figure: Figure) -> bool:
    return not figure.party.startswith("e_")


# -- messages ---------------------------------------------------------------------------------------------------------------


def _place(figure: Figure, *, row: bool = True, start: bool = True) -> str:
    """Where a figure stands, for a reader: `Infobox Last Election`, `Table 1, column Seats`, `Line 46`."""
    source = figure.record.source
    match figure.where:
        case "infobox":
            words = f"infobox {(source.locator or {}).get('field')}" if not start else f"infobox {figure.column}"
        case "table":
            words = f"table {figure.table}" + (f", row {figure.row}" if row else "") + f", column {figure.column}"
            words += f" ({source.section[-1]})" if source.section else ""
        case _:
            words = f"line {source.line}" + (f" ({source.section[-1]})" if len(source.section) > 1 else "")
    return words[0].upper() + words[1:] if start else words


def _line(check: str, message: str, expected: Decimal | int, found: Decimal | int, figures: Sequence[Figure]) -> AuditLine:
    records = [figure.record for figure in figures]
    return AuditLine(
        document=records[0].source.document,
        check=check,
        message=message,
        expected=float(expected),
        found=float(found),
        records=tuple(dict.fromkeys(record.id for record in records)),
        sentences=tuple(dict.fromkeys(record.source.sentence.text for record in records)),
    )


_CHECKS: tuple[Callable[[Sequence[Figure], Scope], Compared], ...] = (
    check_seats_sum,
    check_majority,
    check_shares_sum,
    check_same_figure,
    check_change,
)
