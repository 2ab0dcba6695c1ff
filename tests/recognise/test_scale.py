"""Many candidates are weighed at once, each as if it were alone."""

import pickle

import numpy as np
import pytest

from extract.recognise.scale import NOTHING, Groups, Row, Scale, Sheet, Table, within
from extract.weigh.weights import Weights, softmax

WEIGHTS = Weights("colour", ("red", "blue"), ("blood", "deep", "sea"), np.array([(0, 0), (2, -1), (0, 0.5), (-1, 1.5)]))


def alone(signs):
    return softmax(WEIGHTS.sums([[("", signs)]])[0])


@pytest.fixture
def groups():
    return Groups()


def numbers_of(sheet):
    return [sorted(number for number in row if number != NOTHING) for row in sheet]


def test_a_candidate_has_the_sum_of_its_groups(groups):
    blood, sea = groups["blood", "unheard of"], groups["sea", "deep"]
    sheet = Sheet.of([[blood, NOTHING, sea]], [([2, 0], [blood, blood]), ([2], [sea])])
    found = Scale(WEIGHTS, groups).probabilities(sheet).tolist()
    signs = ["blood", "blood"], [], ["sea", "deep", "sea", "deep", "blood"]
    assert found == [pytest.approx(alone(each)) for each in signs]


def test_of_no_candidates_there_is_nothing_to_tell(groups):
    assert Scale(WEIGHTS, groups).probabilities(Sheet.of([[]])).tolist() == []


def test_groups_that_come_later_are_weighed_too(groups):
    scale = Scale(WEIGHTS, groups)
    for sign in ("blood", *(f"sign {number}" for number in range(100)), "sea"):
        number = groups[sign,]
        assert scale.probabilities(Sheet.of([[number]])).tolist() == [pytest.approx(alone([sign]))]


def test_a_sheet_can_be_cut_and_joined(groups):
    a, b, c, d = (groups[sign,] for sign in ("a", "b", "c", "d"))
    sheet = Sheet.of([[a, b, c]], [([2, 0, 2], [a, d, b])])
    assert numbers_of(sheet) == [[a, d], [b], [a, b, c]]
    assert numbers_of(sheet.only([0, 2])) == [[a, d], [a, b, c]]
    assert numbers_of(sheet.only([1, 2]) + Sheet.of([[c, d]], [([0], [d])])) == [[b, c, d], [a, b, c, d]]


def test_a_scale_can_be_pickled(groups):
    scale = pickle.loads(pickle.dumps(Scale(WEIGHTS, groups)))
    sheet = Sheet.of([[scale.groups["sea",]]])
    assert scale.probabilities(sheet).tolist() == [pytest.approx(alone(["sea"]))]


def test_what_a_group_is_made_of_leads_to_its_number(groups):
    row, table = Row(groups, 2, lambda of, how: (f"{of} {how}",)), Table(groups, lambda of: (f"{of[0]} {of[1]}",))
    numbers = row.all(np.array([7, 0, 900, 7]), np.array([1, 0, 1, 1])).tolist()
    assert [groups.all[number] for number in numbers] == [("7 1",), ("0 0",), ("900 1",), ("7 1",)]
    assert table.all([(7, 1), (0, 0), (900, 1), (7, 1)], 4).tolist() == numbers
    assert row.all(np.array([], int), 0).tolist() == []


def test_what_lies_within_limits_is_told_with_their_number():
    owners, numbers = within(np.array([3, 5, 9]), np.array([5, 4, 10]))
    assert [*zip(owners.tolist(), numbers.tolist(), strict=True)] == [(0, 3), (0, 4), (2, 9)]
