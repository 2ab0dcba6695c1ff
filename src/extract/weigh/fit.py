"""Perceptrons out of examples: step by step down the slope of the penalised likelihood, the same result each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.weigh.learn import Example, Problem, frequent, slopes, sparse
from extract.weigh.perceptron import STEP, Perceptron
from extract.weigh.scale import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNITS = 32
_BATCH = 128
_FEWEST_STEPS = 300
_RATE, _WARM = 2e-3, 0.1
_DROPPED = 0.3
"""The share of signs, and of hidden units, that a step does without (dropout; Srivastava et al., 2014)."""


def fit(
    question: str,
    examples: Iterable[Example],
    labels: Sequence[str] = (),
    penalty: float = 1.0,
    least: int = 2,
    prior: Perceptron | None = None,
    rounds: int = 8,
) -> Perceptron:
    """The perceptron under which the right answers of the examples are likeliest, less `penalty` / 2 for the squares of the rows.

    As in `learn` signs of fewer than `least` examples get no row, several candidates may be right, and with `prior` the squares
    are those of what changes. `rounds`: how often each example is seen. Needs scipy (`pip install extract[train]`).
    """
    data = [example for example in examples if example.right]
    known = dict(zip(prior.signs, prior.rows[1:], strict=True)) if prior else {}
    signs = sorted(known.keys() | frequent(data, least))
    chance = np.random.default_rng(0)
    if prior:
        rows = np.array([prior.rows[0], *(known.get(sign, np.zeros(len(prior.out))) for sign in signs)], dtype=np.float32)
        out = prior.out.copy()
    else:
        rows = chance.normal(0, 0.1, (len(signs) + 1, UNITS)).astype(np.float32)
        out = chance.uniform(-1, 1, (UNITS, max(1, len(labels)))).astype(np.float32) / np.float32(np.sqrt(UNITS))
    if data:
        column = {sign: number for number, sign in enumerate(signs, 1)}
        before = [each.copy() if prior else 0 for each in (rows, out)]
        _Descent(data, column, [rows, out], before, penalty, chance).go(rounds)
    rows = np.rint(rows / STEP).clip(-127, 127)
    kept = np.flatnonzero(rows[1:].any(axis=1))
    found = tuple([signs[place] for place in kept.tolist()])
    return Perceptron(question, tuple(labels), found, rows[[0, *(kept + 1)]].astype(np.float32) * np.float32(STEP), out.round(4))


class _Descent:
    """The way down, by Adam (Kingma and Ba, 2015): the two arrays of `state`, rows and out, are changed in place."""

    def __init__(
        self,
        data: Sequence[Example],
        column: dict[str, int],
        state: Sequence[NDArray[Any]],
        before: Sequence[Any],
        penalty: float,
        chance: np.random.Generator,
    ) -> None:
        """`before`: from what the squares count."""
        self.state, self.before, self.chance, self.penalty = state, before, chance, penalty / len(data)
        self.problem = Problem(data, column, state[1].shape[1], first=1)
        self.shared = sparse([[column[sign] for sign in one.shared if sign in column] for one in data], len(column) + 1)
        self.ends = np.cumsum([0, *(len(one.candidates) for one in data)])
        self.means = [(np.zeros_like(each), np.zeros_like(each)) for each in state]

    def go(self, rounds: int) -> None:
        """All steps: faster and faster at first, then slower and slower."""
        count = len(self.ends) - 1
        batches = -(-count // _BATCH)
        steps = max(_FEWEST_STEPS, rounds * batches)
        for step in range(steps):
            if step % batches == 0:
                order = self.chance.permutation(count)
            done = step / steps
            rate = _RATE * (done / _WARM if done < _WARM else 0.5 + 0.5 * np.cos(np.pi * (done - _WARM) / (1 - _WARM)))
            self._step(self._gradients(order[step % batches * _BATCH :][:_BATCH]), rate, step + 1)

    def _gradients(self, chosen: NDArray[Any]) -> list[NDArray[Any]]:
        """The slopes of rows and out for some of the examples."""
        (rows, out), problem, width = self.state, self.problem, self.problem.width
        owners, numbers = within(self.ends[chosen], self.ends[chosen + 1])
        candidates, shared = self._some(problem.matrix[numbers]), self._some(self.shared[chosen])
        units = candidates @ rows + (shared @ rows)[owners] + rows[0]
        passed = (units > 0) * (self.chance.random(units.shape, dtype=np.float32) >= _DROPPED) / np.float32(1 - _DROPPED)
        hidden = units * passed
        answers = (numbers[:, None] * width + np.arange(width)).ravel()
        _, slope = slopes((hidden @ out).ravel(), owners.repeat(width), problem.right[answers], problem.weights[chosen])
        slope = slope.reshape(-1, width).astype(np.float32) / np.float32(len(chosen))
        of_units = (slope @ out.T) * passed
        of_rows = candidates.T @ of_units + shared.T @ np.add.reduceat(of_units, np.searchsorted(owners, np.arange(len(chosen))))
        of_rows[0] = of_units.sum(axis=0)
        return [of_rows, hidden.T @ slope]

    def _some(self, signs: Any) -> Any:
        """The signs without those that a step does without."""
        signs.data = (self.chance.random(len(signs.data), dtype=np.float32) >= _DROPPED) / np.float32(1 - _DROPPED)
        return signs

    def _step(self, gradients: Sequence[NDArray[Any]], rate: float, step: int) -> None:
        for each, before, gradient, (mean, square) in zip(self.state, self.before, gradients, self.means, strict=True):
            gradient += self.penalty * (each - before)
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            each -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
