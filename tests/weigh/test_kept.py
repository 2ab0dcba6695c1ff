"""Sums of groups of signs are those of the signs, and a known key is not looked at again."""

from extract.weigh import Weights
from extract.weigh.kept import Kept, signs_of

OWNER = Weights("owner", (), {"won": (1.5,), "lost": (-0.5,)})
ROLE = Weights("role", ("won", "held"), {"won": (1.0, -1.0), "had": (-2.0, 2.0)})


def test_a_sum_is_that_of_all_signs():
    groups = [(None, ["won", "unknown"]), ("here", ["lost"])]
    assert Kept(OWNER).sum(groups) == OWNER.sum(signs_of(groups)) == 1.0
    assert Kept(ROLE).sums([(None, ["won"]), ("here", ["had", "unknown"])]) == (-1.0, 1.0)


def test_the_signs_of_a_known_key_are_not_looked_at():
    kept = Kept(OWNER)
    assert kept.sum([("here", ["won"])]) == 1.5
    assert kept.sum([("here", iter([]))]) == 1.5
