"""Weights out of examples: penalised maximum likelihood, the same result each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.errors import ModelError
from extract.weigh.scale import are_fresh
from extract.weigh.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DECIMALS = 3
_NEGLIGIBLE = 0.02
"""A sign that weighs less than this has no weight: it changes no answer, and tables that are small are fast."""
_STOP = {"maxiter": 200, "maxcor": 10, "ftol": 1e-6}


@dataclass(frozen=True, slots=True)
class Example:
    """A choice that a reader made.

    `candidates`: the signs of each candidate; of a question with labels just one, whose signs are weighed for every label.
    `right`: the indices of the right candidates (any of them will do) or of the label. `weight`: how much it counts. `shared`:
    signs that all candidates have; they tell only in company, so that `learn` leaves them out.
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
) -> Weights:
    """The weights under which the right answers of the examples are most likely, less `penalty` / 2 for the sum of their squares.

    Signs that stand in fewer than `least` examples get no weight. Needs scipy (`pip install extract[train]`). Where several
    candidates are right, it is the sum of their probabilities that counts. With `prior`, weights known before, it is the squares
    of what they change by: few examples change little, and what they do not speak of stays.
    """
    data = [example for example in examples if example.right]
    column = {sign: index for index, sign in enumerate(sorted(frequent(data, least)))}
    known = dict(prior.table) if prior else {}
    if column:
        problem = Problem(data, column, width := max(1, len(labels)))
        from scipy.optimize import minimize  # only training needs it

        before = np.array([known.pop(sign, (0.0,) * width) for sign in column]).ravel()
        found = minimize(problem.loss, before, args=(penalty, before), jac=True, method="L-BFGS-B", options=_STOP)
        table = found.x.reshape(len(column), width).round(_DECIMALS)
        known |= {sign: row.tolist() for sign, row in zip(column, table, strict=True) if abs(row).max() >= _NEGLIGIBLE}
    return Weights(question, tuple(labels), known)


def frequent(data: Iterable[Example], least: int) -> set[str]:
    """The signs that stand in so many examples."""
    counts = Counter(sign for one in data for sign in {*one.shared, *chain.from_iterable(one.candidates)})
    return {sign for sign, count in counts.items() if count >= least}


class Problem:
    """The examples as sparse matrices: `matrix` has a row for each candidate, or for each example of a question with labels.

    Answers are numbered through: example by example its candidates, or the labels. `group` has the number of its
    example, `right` 1 if it is right.
    """

    def __init__(self, data: Sequence[Example], column: dict[str, int], width: int, first: int = 0) -> None:
        """`first`: the number of the first column that is of a sign."""
        rows = [[column[sign] for sign in signs if sign in column] for one in data for signs in one.candidates]
        self.width, self.matrix = width, sparse(rows, first + len(column))
        self.weights: NDArray[Any] = np.array([example.weight for example in data])
        sizes = [width if width > 1 else len(example.candidates) for example in data]
        self.group = np.repeat(np.arange(len(data)), sizes)
        self.right: NDArray[Any] = np.zeros(sum(sizes))
        for start, example in zip(np.cumsum([0, *sizes]), data, strict=False):
            self.right[[start + index for index in example.right]] = 1.0

    def loss(self, flat: NDArray[Any], penalty: float, before: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        """The penalised negative log likelihood and its gradient."""
        table = flat.reshape(-1, self.width)
        change = flat - before
        of_right, slope = slopes((self.matrix @ table).ravel(), self.group, self.right, self.weights)
        gradient = (self.matrix.T @ slope.reshape(-1, self.width)).ravel() + penalty * change
        loss = -float(self.weights @ np.log(of_right)) + 0.5 * penalty * float(change @ change)
        return loss, gradient


def sparse(rows: Sequence[Sequence[int]], columns: int) -> Any:
    """The matrix with a one wherever a row says."""
    try:
        from scipy.sparse import csr_matrix  # only training needs it
    except ImportError as error:
        raise ModelError("learning weights needs scipy: pip install 'extract[train]'") from error

    ends = np.cumsum([0, *map(len, rows)])
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(ends[-1]))
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(rows), columns))


def slopes(
    sums: NDArray[Any], group: NDArray[Any], right: NDArray[Any], weights: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The probability of what is right in each group (numbered from 0 on, in order), and the slope of its loss at each sum."""
    starts = np.flatnonzero(are_fresh(group))
    powers = np.exp(sums - np.maximum.reduceat(sums, starts)[group])
    likely = powers / np.add.reduceat(powers, starts)[group]
    of_right = np.maximum(np.add.reduceat(likely * right, starts), 1e-300)
    return of_right, (likely - likely * right / of_right[group]) * weights[group]
