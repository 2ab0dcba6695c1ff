"""Many candidates are weighed at once, each as if it were alone."""

import pickle

import pytest

from extract.weigh.scale import NOTHING, Groups, Scale, Sheet
from extract.weigh.weights import Weights, softmax

WEIGHTS = Weights("colour", ("red", "blue"), {"blood": (2.0, -1.0), "sea": (-1.0, 1.5), "deep": (0.0, 0.5)})


def alone(signs):
    sums = WEIGHTS.sums([("", signs)])
    return softmax([*sums.values()])


@pytest.fixture
def groups():
    return Groups()


def numbers_of(sheet):
    return [sorted(number for number in row if number != NOTHING) for row in sheet]


def test_a_candidate_has_the_sum_of_its_groups(groups):
    blood, sea = groups["blood", "unheard of"], groups["sea", "deep"]
    sheet = Sheet.of(3, [[blood, NOTHING, sea]], [(2, blood), (0, blood), (2, sea)])
    found = Scale(WEIGHTS, groups).probabilities(sheet).tolist()
    signs = ["blood", "blood"], [], ["sea", "deep", "sea", "deep", "blood"]
    assert found == [pytest.approx(alone(each)) for each in signs]


def test_of_no_candidates_there_is_nothing_to_tell(groups):
    assert Scale(WEIGHTS, groups).probabilities(Sheet.of(0, [[]])).tolist() == []


def test_groups_that_come_later_are_weighed_too(groups):
    scale = Scale(WEIGHTS, groups)
    for sign in ("blood", *(f"sign {number}" for number in range(100)), "sea"):
        number = groups[sign,]
        assert scale.probabilities(Sheet.of(1, [[number]])).tolist() == [pytest.approx(alone([sign]))]


def test_a_sheet_can_be_cut_and_joined(groups):
    a, b, c, d = (groups[sign,] for sign in ("a", "b", "c", "d"))
    sheet = Sheet.of(3, [[a, b, c]], [(2, a), (0, d), (2, b)])
    assert numbers_of(sheet) == [[a, d], [b], [a, b, c]]
    assert numbers_of(sheet.only([0, 2])) == [[a, d], [a, b, c]]
    assert numbers_of(sheet.only([1, 2]) + Sheet.of(2, [[c, d]], [(0, d)])) == [[b, c, d], [a, b, c, d]]


def test_a_scale_can_be_pickled(groups):
    scale = pickle.loads(pickle.dumps(Scale(WEIGHTS, groups)))
    sheet = Sheet.of(1, [[scale.groups["sea",]]])
    assert scale.probabilities(sheet).tolist() == [pytest.approx(alone(["sea"]))]
