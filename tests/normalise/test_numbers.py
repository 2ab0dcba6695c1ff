"""Numbers in digits and words, read as one number or as none."""

from decimal import Decimal

import pytest

from extract.normalise.numbers import read_count, read_number
from extract.normalise.table import NORMALISERS

NUMBERS = [
    ("forty-five", 45),
    ("Thirty two", 32),
    ("one hundred and four", 104),
    ("a hundred", 100),
    ("two hundred thousand", 200_000),
    ("one thousand two hundred and six", 1206),
    ("three million four hundred thousand", 3_400_000),
    ("ninety-nine point five", "99.5"),
    ("nought point oh five", "0.05"),
    ("eleven and a half", "11.5"),
    ("2½", "2.5"),
    ("¾", "0.75"),
    ("half a dozen", 6),
    ("1.8 million", 1_800_000),
    ("1,234", 1234),
    ("1.234", "1.234"),
    ("six three", None),
    ("forty twelve", None),
    ("five thousand six million", None),
    ("ten and", None),
    ("and", None),
    ("seats", None),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_read_whole_or_not_at_all(text, value):
    assert read_number(text) == (None if value is None else Decimal(str(value)))


COUNTS = [
    ("1.234", 1234),
    ("12.345.678", 12_345_678),
    ("104", 104),
    ("one hundred and four", 104),
    ("12.5", "12.5"),
    ("0.125", "0.125"),
]


@pytest.mark.parametrize(("text", "value"), COUNTS)
def test_in_a_count_a_point_before_three_digits_groups_them(text, value):
    assert read_count(text) == Decimal(str(value))


PROPORTIONS = [("six", "ten", 60), ("3", "10", 30), ("1", "5", 20), ("1", "1,000", "0.1"), ("1", "3", None), ("ten", "six", None)]


@pytest.mark.parametrize(("number", "of", "percent"), PROPORTIONS)
def test_a_part_of_a_round_number_is_a_percentage(number, of, percent):
    reading = NORMALISERS["percent"]("", {"number": number, "of": of}, {})
    assert (reading and str(reading.amount.low)) == (percent and str(percent))
