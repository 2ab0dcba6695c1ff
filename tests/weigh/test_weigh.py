"""Weights are learned, kept and told; the same examples give the same weights."""

import gzip

import pytest

from extract.errors import ModelError
from extract.training.learn import Example, learn
from extract.weigh import load_weights
from extract.weigh.files import save_weights
from extract.weigh.weights import softmax, whole

OWNERS = [
    Example([["before: won", "near"], ["behind: of"], ["nobody"]], frozenset({0})),
    Example([["behind: of", "near"], ["before: won"], ["nobody"]], frozenset({1})),
    Example([["behind: of"], ["nobody"]], frozenset({1})),
    Example([["behind: of"], ["near"], ["nobody"]], frozenset({2})),
]
COLOURS = [
    Example([[word]], frozenset({index % 2})) for index, word in enumerate(("blood", "sea", "blood", "sea", "rust", "ink"))
]


FILE = b'{"version": 3, "question": "q", "labels": [], "signs": [], "out": null}\n'
"""All but the row that all candidates have."""


def test_the_candidate_with_the_telling_signs_wins():
    weights = learn("owner", OWNERS, penalty=0.1, least=1)
    sums = [weights.sums([[("", signs)] for signs in example.candidates])[:, 0] for example in OWNERS]
    assert [of.argmax() for of in sums] == [0, 1, 1, 2]
    assert weights.told([("", ["before: won", "near", "unheard of"])])[0].sign == "before: won"


def test_signs_that_begin_alike_weigh_what_whole_ones_do():
    weights = learn("owner", OWNERS, penalty=0.1, least=1)
    alike = [("before: ", ["won", "lost"]), ("ne", ["ar"])]
    assert whole(alike) == ["before: won", "before: lost", "near"]
    found, wanted = weights.sums([alike, [("", whole(alike))]])[:, 0]
    assert found == wanted != 0


def test_of_several_right_candidates_one_is_enough():
    examples = [Example([["twin"], ["twin"], ["other"]], frozenset({0, 1}))] * 3
    weights = learn("owner", examples)
    twin, other = weights.sums([[("", ["twin"])], [("", ["other"])]])[:, 0]
    assert twin > other


def test_a_label_is_weighed_among_those_allowed():
    weights = learn("colour", COLOURS, labels=("red", "blue"), least=1)
    assert weights.label([("", ["blood"])]) == "red"
    assert weights.label([("se", ["a"])]) == "blue"
    assert weights.label([("", ["sea"])], never={"blue"}) == "red"
    assert weights.told([("", ["sea"])], "blue")[0].weight > 0


def test_signs_too_rare_weigh_nothing():
    assert "rust" not in learn("colour", COLOURS, labels=("red", "blue"), least=2).signs


def test_the_probabilities_of_candidates_sum_to_one():
    likely = softmax([2.0, 1.0, 0.0])
    assert sum(likely) == pytest.approx(1)
    assert likely[0] > 0.5


def test_a_file_gives_the_same_weights_again(tmp_path):
    weights = learn("colour", COLOURS, labels=("red", "blue"), least=1)
    first = save_weights(weights, tmp_path).read_bytes()
    again = load_weights(tmp_path)["colour"]
    assert (again.labels, again.signs, again.rows.tolist()) == (weights.labels, weights.signs, weights.rows.tolist())
    assert save_weights(learn("colour", COLOURS, labels=("red", "blue"), least=1), tmp_path).read_bytes() == first


@pytest.mark.parametrize(
    "content",
    [
        b"no gzip",
        gzip.compress(b"{}")[:-9],
        gzip.compress(b"[1]"),
        gzip.compress(FILE + b"\0\0")[:-4],
        gzip.compress(FILE),
        gzip.compress(FILE.replace(b"3", b"99") + b"\0\0"),
        gzip.compress(FILE.replace(b"[]", b"2") + b"\0\0"),
        gzip.compress(FILE.replace(b"null", b"[[1.0, 2.0]]") + b"\0\0\0\0"),
    ],
)
def test_a_broken_file_is_named(tmp_path, content):
    (tmp_path / "q.json.gz").write_bytes(content)
    with pytest.raises(ModelError, match=r"q\.json\.gz"):
        load_weights(tmp_path)


def test_a_question_without_weights_is_named(tmp_path):
    with pytest.raises(ModelError, match="nowhere"):
        load_weights()["nowhere"]
