"""The comparison of networks: a row for each, smaller ones smaller."""

from __future__ import annotations

from extract.training.compare import Network, compare
from extract.training.corpus import Annotated

ITEMS = [
    Annotated("Ada Byron met Jan Novák in Lille.", ((0, 9, "PERSON"), (14, 23, "PERSON"), (27, 32, "GPE"))),
    Annotated("Green Wave and Acme Works agreed.", ((0, 10, "PARTY"), (15, 25, "ORG"))),
]


def test_a_smaller_network_takes_less_room() -> None:
    networks = (Network(32, 2), Network(16, 1, rows=0.5))
    first, second = compare(ITEMS, {"some.dev": ITEMS}, steps=2, networks=networks)
    assert (first[:3], second[:3]) == (("32", "2", "× 1"), ("16", "1", "× 0.5"))
    assert float(second[3]) < float(first[3])
