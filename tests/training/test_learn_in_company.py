"""Signs that tell in company are learned, kept and told; the same examples give the same perceptron."""

import gzip

import numpy as np
import pytest

from extract.errors import ModelError
from extract.training.learn import Example, learn
from extract.weigh import load_weights
from extract.weigh.files import save_weights
from extract.weigh.weights import whole

EITHER = [Example([[*one]], frozenset({one in (("up",), ("down",))})) for one in (("up",), ("down",), ("up", "down"), ())] * 8
"""One of two signs, but not both: no sum of weights says this."""
OWNERS = [
    Example([["near"], ["far"], ["nobody"]], frozenset({far}), shared=[word])
    for word, far in (("won", 0), ("lost", 1))
    for _ in range(9)
]


@pytest.fixture(scope="module")
def either():
    return learn("either", EITHER, ("no", "yes"), penalty=0.1, least=1, units=32)


@pytest.fixture(scope="module")
def owners():
    return learn("owner", OWNERS, penalty=0.1, least=1, units=32)


def test_what_a_sign_says_depends_on_the_others(either):
    said = [either.label([("", one)]) for one in (["up"], ["down"], ["up", "down"], [])]
    assert said == ["yes", "yes", "no", "no"]
    assert either.label([("u", ["p"])], never={"yes"}) == "no"


def test_signs_that_all_candidates_share_tell_in_company(owners):
    candidates = [[("", signs)] for signs in OWNERS[0].candidates]
    assert [int(owners.sums(candidates, [("", [word])]).argmax()) for word in ("won", "lost")] == [0, 1]


def test_signs_are_told_by_what_would_be_without_them(either, owners):
    told = either.told([("", ["up", "unheard of"])], "yes")
    assert [one.sign for one in told] == ["up"]
    assert told[0].weight > 0
    assert {one.sign for one in owners.told([("", ["near"])], shared=[("", ["won"])])} == {"near", "won"}
    alone, without = (either.sums([[("", signs)]])[0, 1] for signs in (["up"], []))
    assert told[0].weight == pytest.approx(alone - without, abs=1e-5)


@pytest.mark.parametrize("count", [1, 127, 128, 129, 256])
def test_any_number_of_examples_will_do(count):
    found = learn("either", (EITHER * 8)[:count], ("no", "yes"), penalty=0.1, least=1, units=32)
    assert np.isfinite(found.rows).all() and np.isfinite(found.out).all()


def test_signs_too_rare_have_no_row():
    assert "rare" not in learn("either", [*EITHER, Example([["rare"]], frozenset({0}))], ("no", "yes"), least=2, units=32).signs


def test_a_file_gives_the_same_perceptron_again(tmp_path, either):
    first = save_weights(either, tmp_path).read_bytes()
    again = load_weights(tmp_path)["either"]
    assert (again.labels, again.signs) == (either.labels, either.signs)
    np.testing.assert_allclose(again.rows, either.rows)
    np.testing.assert_allclose(again.out, either.out)
    assert save_weights(learn("either", EITHER, ("no", "yes"), penalty=0.1, least=1, units=32), tmp_path).read_bytes() == first


def test_known_rows_change_only_as_far_as_examples_ask(owners):
    drew = Example([["near"], ["far"], ["nobody"]], frozenset({2}), shared=["drew"])
    changed = learn("owner", [drew] * 4, penalty=0.1, least=1, prior=owners)
    candidates = [[("", signs)] for signs in OWNERS[0].candidates]
    assert [int(changed.sums(candidates, [("", [word])]).argmax()) for word in ("won", "lost", "drew")] == [0, 1, 2]
    assert set(owners.signs) < set(changed.signs)
    same = learn("owner", [], prior=owners)
    np.testing.assert_allclose(same.rows, owners.rows)


@pytest.mark.parametrize("rows", [b"", b"\n" + 2 * b"\x01\x02", b"\n" + 5 * b"\x01\x02"])
def test_rows_that_are_too_short_or_too_long_are_named(tmp_path, rows):
    text = b'{"version": 3, "question": "q", "labels": [], "signs": ["s"], "out": [[1.0], [2.0]]}'
    (tmp_path / "q.json.gz").write_bytes(gzip.compress(text + rows))
    with pytest.raises(ModelError, match=r"q\.json\.gz"):
        load_weights(tmp_path)


def test_whole_signs_find_their_rows(owners):
    alike = [("ne", ["ar"]), ("", ["far"])]
    np.testing.assert_allclose(owners.sums([alike]), owners.sums([[("", whole(alike))]]))
