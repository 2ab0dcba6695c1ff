"""The list of towns: only names that speak for a place."""

from __future__ import annotations

import pytest

from extract.training.corpus import Annotated
from extract.training.towns import Usage, towns


@pytest.fixture
def usage() -> Usage:
    usage = Usage()
    usage.add(Annotated("a good reading of it, with good reading skills", ()))
    usage.add(Annotated("Ali Bernal met Bernal in Korvela", ((0, 10, "PERSON"), (15, 21, "PERSON"), (25, 32, "GPE"))))
    return usage


@pytest.mark.parametrize("name", ["Korvela", "Şanlı Vadi", "Alajuela"])
def test_a_town_is_listed_in_plain_lower_case(name: str, usage: Usage) -> None:
    (listed,) = towns([name], usage)
    assert listed.isascii() and listed.islower()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Bernal", "people of the corpora are called so"),
        ("Good Reading", "words of English"),
        ("Ufa", "too short"),
        ("Zürich (Kreis 5) / Gewerbeschule", "no plain name"),
        ("Seremban 3", "no plain name"),
    ],
)
def test_a_name_that_says_little_is_left_out(name: str, why: str, usage: Usage) -> None:
    assert list(towns([name], usage)) == [], why


def test_each_name_stands_once_and_in_order(usage: Usage) -> None:
    assert list(towns(["Tbilissko", "Alajuela", "ALAJUELA", "Álajuela"], usage)) == ["alajuela", "tbilissko"]
