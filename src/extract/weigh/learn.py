"""Weights out of examples: penalised maximum likelihood, the same result each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.errors import ModelError
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
    `right`: the indices of the right candidates (any of them will do) or of the label. `weight`: how much it counts.
    """

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]
    weight: float = 1.0


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
    try:
        from scipy.optimize import minimize  # only training needs it
    except ImportError as error:
        raise ModelError("learning weights needs scipy: pip install 'extract[train]'") from error

    data = [example for example in examples if example.right]
    counts = Counter(sign for example in data for sign in {sign for signs in example.candidates for sign in signs})
    column = {sign: index for index, sign in enumerate(sorted(sign for sign, count in counts.items() if count >= least))}
    known = dict(prior.table) if prior else {}
    if column:
        problem = _Problem(data, column, width := max(1, len(labels)))
        before = np.array([known.pop(sign, (0.0,) * width) for sign in column]).ravel()
        found = minimize(problem.loss, before, args=(penalty, before), jac=True, method="L-BFGS-B", options=_STOP)
        table = found.x.reshape(len(column), width).round(_DECIMALS)
        known |= {sign: row.tolist() for sign, row in zip(column, table, strict=True) if abs(row).max() >= _NEGLIGIBLE}
    return Weights(question, tuple(labels), known)


class _Problem:
    """The examples as a sparse matrix: a row for each candidate, or for each example of a question with labels."""

    def __init__(self, data: Sequence[Example], column: dict[str, int], width: int) -> None:
        from scipy.sparse import csr_matrix

        rows = [[column[sign] for sign in signs if sign in column] for example in data for signs in example.candidates]
        ends = np.cumsum([0, *map(len, rows)])
        flat = np.fromiter((index for row in rows for index in row), dtype=np.int64, count=int(ends[-1]))
        self.width = width
        self.matrix: Any = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(column)))
        self.weights: NDArray[Any] = np.array([example.weight for example in data])
        sizes = [width if width > 1 else len(example.candidates) for example in data]
        self.starts = np.cumsum([0, *sizes])[:-1]
        self.group = np.repeat(np.arange(len(data)), sizes)
        self.right: NDArray[Any] = np.zeros(sum(sizes))
        for start, example in zip(self.starts, data, strict=True):
            self.right[[start + index for index in example.right]] = 1.0

    def loss(self, flat: NDArray[Any], penalty: float, before: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        """The penalised negative log likelihood and its gradient."""
        table = flat.reshape(-1, self.width)
        change = flat - before
        sums = (self.matrix @ table).ravel()
        top = np.maximum.reduceat(sums, self.starts)[self.group]
        powers = np.exp(sums - top)
        likely = powers / np.add.reduceat(powers, self.starts)[self.group]
        of_right = np.maximum(np.add.reduceat(likely * self.right, self.starts), 1e-300)
        slope = (likely - likely * self.right / of_right[self.group]) * self.weights[self.group]
        gradient = (self.matrix.T @ slope.reshape(-1, self.width)).ravel() + penalty * change
        loss = -float(self.weights @ np.log(of_right)) + 0.5 * penalty * float(change @ change)
        return loss, gradient
