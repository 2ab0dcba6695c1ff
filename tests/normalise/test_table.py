"""The normalisers that any rule file may name: `number` and `text`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extract.normalise.table import normalise_number, normalise_text

NUMBERS = [  # text, groups, constants, number
    ("20,033 ballots", {}, {}, "20033"),
    ("some 20 033 ballots", {}, {}, "20033"),
    ("20\u00a0033 ballots", {}, {}, "20033"),
    ("1,5 ballots", {}, {}, "1.5"),
    ("1.50 points", {}, {}, "1.50"),
    ("-3 points", {}, {}, "-3"),
    ("five of 7", {"number": "7"}, {}, "7"),
    ("no votes", {}, {"number": 0}, "0"),
    ("several votes", {}, {}, None),
    ("votes", {"number": ""}, {}, None),
]


@pytest.mark.parametrize(("text", "groups", "constants", "number"), NUMBERS)
def test_number(text: str, groups: dict[str, str], constants: dict[str, Any], number: str | None) -> None:
    value = normalise_number(text, groups, constants)
    assert (value and value.number) == (Decimal(number) if number else None)


TEXTS = [
    ("the  Hague", {}, {}, "the Hague"),
    ("HAGUE", {"phrase": "The Hague"}, {}, "The Hague"),
    ("Hague", {"phrase": "Hague"}, {"value": "NL"}, "NL"),
    ("Hague", {"text": "Den Haag"}, {}, "Den Haag"),
    ("Hague", {"text": "x"}, {"text": "fixed"}, "fixed"),
]


@pytest.mark.parametrize(("text", "groups", "constants", "normal"), TEXTS)
def test_text(text: str, groups: dict[str, str], constants: dict[str, Any], normal: str) -> None:
    assert normalise_text(text, groups, constants).text == normal
