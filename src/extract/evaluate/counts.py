"""Precision, recall and F1 from three counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of gold, how many predicted, how many of these right. Shares are from 0 to 1, 0 where nothing is to divide."""

    gold: float
    predicted: float
    correct_predicted: float
    correct_gold: float

    @classmethod
    def of(cls, gold: int, predicted: int, correct: int) -> Counts:
        """Counts where each right prediction is one right mention of gold."""
        return cls(gold, predicted, correct, correct)

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.correct_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found."""
        return self.correct_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float]:
        """Shares to four digits, and the counts."""
        shares = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return {**shares, "gold": self.gold, "predicted": self.predicted, "correct": round(self.correct_predicted, 4)}
