"""Signs and weights: the one mechanism by which a choice is made and explained; `extract.training.learn` learns them.

A *question* is a choice that comes again and again: whose a figure is, which label a name has. A *sign* is a named feature that a
reader understands (`between: won`). A *weight* says how much a sign speaks for an answer; weights are learned from annotated
text and stand in a file for each question. The greatest sum wins: this is the conditional logit model (McFadden, 1974), and with
fixed labels multinomial logistic regression. Where what a sign says depends on the others, hidden units stand between.
"""

from extract.weigh.files import WeightSet, load_weights
from extract.weigh.weights import Told, Weights

__all__ = ["Told", "WeightSet", "Weights", "load_weights"]
