"""Weights out of examples: penalised maximum likelihood, the same result each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.errors import ModelError
from extract.weigh.files import PARTS
from extract.weigh.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEGLIGIBLE = 0.02
"""A sign whose row has nothing greater than this has none: it changes no answer, and tables that are small are fast."""
_STOP = {"maxiter": 200, "maxcor": 10, "ftol": 1e-6}
_BATCH, _FEWEST_STEPS = 128, 300
_RATE, _WARM = 2e-3, 0.1
_DROPPED = np.float32(0.3)
"""The share of signs, and of hidden units, that a step does without (dropout; Srivastava et al., 2014)."""


@dataclass(frozen=True, slots=True)
class Example:
    """A choice that a reader made.

    `candidates`: the signs of each candidate; of a question with labels just one, whose signs are weighed for every label.
    `right`: the indices of the right candidates (any of them will do) or of the label. `weight`: how much it counts. `shared`:
    signs that all candidates have; they tell only in company.
    """

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]
    weight: float = 1.0
    shared: Sequence[str] = ()


def learn(
    question: str,
    examples: Iterable[Example],
    labels: Sequence[str] = (),
    penalty: float = 1.0,
    least: int = 2,
    prior: Weights | None = None,
    units: int = 0,
    rounds: int = 8,
) -> Weights:
    """The weights under which the right answers of the examples are likeliest, less `penalty` / 2 for the squares of the rows.

    Signs that stand in fewer than `least` examples get no row. Needs scipy (`pip install extract[train]`). Where several
    candidates are right, it is the sum of their probabilities that counts. With `prior`, weights known before, it is the squares
    of what they change by: few examples change little, and what they do not speak of stays. With so many hidden `units` each
    example is seen in so many `rounds`, in random order.
    """
    data = [example for example in examples if example.right]
    known = dict(zip(prior.signs, prior.rows[1:], strict=True)) if prior else {}
    signs, chance, width = sorted(known.keys() | _frequent(data, least)), np.random.default_rng(0), max(1, len(labels))
    state: list[NDArray[Any]]
    if prior:
        nothing = np.zeros_like(prior.rows[0])
        state = [np.array([prior.rows[0], *(known.get(sign, nothing) for sign in signs)])]
        state += [] if prior.out is None else [prior.out.copy()]
    elif units:
        state = [chance.normal(0, 0.1, (len(signs) + 1, units)), chance.uniform(-1, 1, (units, width)) / np.sqrt(units)]
    else:
        state = [np.zeros((len(signs) + 1, width))]
    if data and signs:
        problem = _Problem(data, signs, width)
        if len(state) > 1:
            state = [each.astype(np.float32) for each in state]
            _Descent(problem, state, [each.copy() if prior else 0 for each in state], penalty, chance).go(rounds)
        else:
            state = [problem.least(state[0].astype(float), penalty)]
    rows, out = state[0], None if len(state) == 1 else state[1].round(4)
    parts = PARTS[out is not None]
    rows = (rows * parts).round().clip(-32767, 32767) / parts
    kept = np.flatnonzero(abs(rows[1:]).max(axis=1) >= _NEGLIGIBLE)
    found = tuple([signs[place] for place in kept.tolist()])
    return Weights(question, tuple(labels), found, rows[[0, *(kept + 1)]].astype(state[0].dtype), out)


def _frequent(data: Iterable[Example], least: int) -> set[str]:
    """The signs that stand in so many examples."""
    counts = Counter(sign for one in data for sign in {*one.shared, *chain.from_iterable(one.candidates)})
    return {sign for sign, count in counts.items() if count >= least}


class _Problem:
    """The examples as sparse matrices: `matrix` has a row for each candidate, or for each example of a question with labels.

    `shared` has one for each example, `ends` where its candidates end; `right` is 1 for each candidate, or label, that is right.
    """

    def __init__(self, data: Sequence[Example], signs: Sequence[str], width: int) -> None:
        column = {sign: number for number, sign in enumerate(signs, 1)}
        self.width = width
        self.matrix = _sparse((signs for one in data for signs in one.candidates), column)
        self.shared = _sparse((one.shared for one in data), column)
        self.weights: NDArray[Any] = np.array([one.weight for one in data])
        self.ends = np.cumsum([0, *(len(one.candidates) for one in data)])
        self.right: NDArray[Any] = np.zeros(self.ends[-1] * width)
        for start, one in zip(self.ends * width, data, strict=False):
            self.right[[start + index for index in one.right]] = 1.0

    def least(self, before: NDArray[Any], penalty: float) -> NDArray[Any]:
        """The rows where the loss is least, without hidden units."""
        from scipy.optimize import minimize  # only training needs it

        starts, flat = self.ends[:-1] * self.width, before.ravel()

        def loss(rows: NDArray[Any]) -> tuple[float, NDArray[Any]]:
            sums, change = (self.matrix @ rows.reshape(-1, self.width)).ravel(), rows - flat
            of_right, slope = _slopes(sums, starts, self.right, self.weights)
            gradient = (self.matrix.T @ slope.reshape(-1, self.width)).ravel() + penalty * change
            return -float(self.weights @ np.log(of_right)) + 0.5 * penalty * float(change @ change), gradient

        return minimize(loss, flat, jac=True, method="L-BFGS-B", options=_STOP).x.reshape(before.shape)  # type: ignore[no-any-return]


def _sparse(rows: Iterable[Iterable[str]], column: dict[str, int]) -> Any:
    """The matrix with a one in the columns of each row."""
    try:
        from scipy.sparse import csr_matrix  # only training needs it
    except ImportError as error:
        raise ModelError("learning weights needs scipy: pip install 'extract[train]'") from error
    places = [[column[sign] for sign in row if sign in column] for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    flat = np.fromiter(chain.from_iterable(places), dtype=np.int64, count=int(ends[-1]))
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(places), len(column) + 1))


def _slopes(
    sums: NDArray[Any], starts: NDArray[Any], right: NDArray[Any], weights: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The probability of what is right in each group (they begin at `starts`), and the slope of its loss at each sum."""
    group = np.arange(len(starts)).repeat(np.diff(starts, append=len(sums)))
    powers = np.exp(sums - np.maximum.reduceat(sums, starts)[group])
    likely = powers / np.add.reduceat(powers, starts)[group]
    of_right = np.maximum(np.add.reduceat(likely * right, starts), 1e-300)
    return of_right, (likely - likely * right / of_right[group]) * weights[group]


class _Descent:
    """The way down, by Adam (Kingma and Ba, 2015): the two arrays of `state`, rows and out, are changed in place."""

    def __init__(
        self, problem: _Problem, state: Sequence[NDArray[Any]], before: Sequence[Any], penalty: float, chance: np.random.Generator
    ) -> None:
        """`before`: from what the squares count."""
        self.problem, self.state, self.before, self.chance = problem, state, before, chance
        self.penalty = penalty / len(problem.weights)
        self.means = [(np.zeros_like(each), np.zeros_like(each)) for each in state]

    def go(self, rounds: int) -> None:
        """All steps: faster and faster at first, then slower and slower."""
        batches = -(-len(self.problem.weights) // _BATCH)
        steps = max(_FEWEST_STEPS, rounds * batches)
        for step, chosen in zip(range(steps), self._batches(), strict=False):
            done = step / steps
            rate = _RATE * (done / _WARM if done < _WARM else 0.5 + 0.5 * np.cos(np.pi * (done - _WARM) / (1 - _WARM)))
            self._step(self._gradients(chosen), rate, step + 1)

    def _batches(self) -> Iterator[NDArray[Any]]:
        while True:
            order = self.chance.permutation(len(self.problem.weights))
            yield from (order[first : first + _BATCH] for first in range(0, len(order), _BATCH))

    def _gradients(self, chosen: NDArray[Any]) -> list[NDArray[Any]]:
        """The slopes of rows and out for some of the examples."""
        (rows, out), problem, width = self.state, self.problem, self.problem.width
        first = problem.ends[chosen]
        counts = problem.ends[chosen + 1] - first
        begins = counts.cumsum() - counts
        numbers = np.arange(counts.sum()) + (first - begins).repeat(counts)
        candidates, shared = self._some(problem.matrix[numbers]), self._some(problem.shared[chosen])
        units = candidates @ rows + (shared @ rows).repeat(counts, axis=0) + rows[0]
        passed = (units > 0) * self._kept(units.shape)
        hidden = units * passed
        right = problem.right.reshape(-1, width)[numbers].ravel()
        _, slope = _slopes((hidden @ out).ravel(), begins * width, right, problem.weights[chosen])
        slope = slope.reshape(-1, width).astype(np.float32) / np.float32(len(chosen))
        of_units = (slope @ out.T) * passed
        of_rows = candidates.T @ of_units + shared.T @ np.add.reduceat(of_units, begins)
        of_rows[0] = of_units.sum(axis=0)
        return [of_rows, hidden.T @ slope]

    def _some(self, signs: Any) -> Any:
        """The signs without those that a step does without."""
        signs.data = self._kept(len(signs.data))
        return signs

    def _kept(self, shape: Any) -> NDArray[Any]:
        kept: NDArray[Any] = self.chance.random(shape, dtype=np.float32) >= _DROPPED
        return kept / (1 - _DROPPED)

    def _step(self, gradients: Sequence[NDArray[Any]], rate: float, step: int) -> None:
        for each, before, gradient, (mean, square) in zip(self.state, self.before, gradients, self.means, strict=True):
            gradient += self.penalty * (each - before)
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            each -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
