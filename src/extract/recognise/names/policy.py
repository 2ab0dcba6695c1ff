"""The policy of names in one place: which labels there are, what a model's labels mean, which signs are looked at.

A *candidate* is a stretch of words that may be a name. What is known of it are its *signs* (`signs.py`), short strings:

| sign | what it says |
| --- | --- |
| `by RULE LABEL` | a rule, the layout or a rule file's list proposes it |
| `model same LABEL`, `in`, `over`, `cross` | how it lies to a name that the model sees, and how sure that is (2 to 9) |
| `model might LABEL` | the model sees no name, but that is the likeliest label of one |
| `cut ...`, `add ...` | the words that the model has and the candidate has not, and the other way round |
| `first`, `last`, `word`, `in` | words of the candidate: their lists in `rules/names.yml`, and (`=`) the words themselves |
| `before`, `after`, `before2`, `after2` | the same of the words beside it |
| `shape`, `ending`, `words` | capitals and figures, the last letters, how many words |
| `block` | the block it stands in, and whether it fills it |
| `about` | how much the document speaks of elections, how long it is |

In a second look (`kin.py`) come signs of what the document says elsewhere: `own` and `again` (the answers of the first look, for
the candidate and for the same words elsewhere), `rival` (for stretches that overlap it), `family`, `part`, `initials`, `listed`.

What each sign weighs for each label is learned from annotated text: `names.first`, `names.again` in `weights/`; the same with
`unaided` for documents without a model. Of the candidates that overlap, the set is chosen that has the greatest sum of
probabilities, less `ENOUGH` for each.
"""

from __future__ import annotations

from collections.abc import Mapping

from extract.recognise.scale import Numbers

LABELS = ("PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW")
"""The labels of names."""

NONE = "NONE"
"""The answer of what is no name."""

ANSWERS = (NONE, *LABELS)
"""The labels of the questions, in the order of the weights."""


def likeliest(likely: Numbers) -> list[str]:
    """The likeliest label of each candidate, if it is a name; `likely`: a row of probabilities for each."""
    return [LABELS[index] for index in likely[:, 1:].argmax(axis=1).tolist()]


NO_NAMES = ("WORK", "PRODUCT", "MISC")
"""A model's labels for what is no name of ours; they speak against one."""

DEFAULT_LABELS: Mapping[str, str | None] = {
    **{label: label for label in (*LABELS, *NO_NAMES)},
    # OntoNotes 5 (en_core_web_*): numbers and dates are neither names nor anything else that matters here
    **dict.fromkeys(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"), None),
    "WORK_OF_ART": "WORK",
    "LANGUAGE": "MISC",
    "PER": "PERSON",  # CoNLL and WikiNER
}
"""From a model's label to ours; None, or not in the table: dropped."""

ENOUGH = 0.47
"""The probability of being a name from which on a stretch is one: a little under even, as names missed cost F1 more."""

LEAST = 0.03
"""A stretch less likely than that after the first look is not looked at again."""

ELSEWHERE = ("e0", "e1", "e2")
"""A document that speaks little of elections (`about` in `signs.py`)."""

PARTIES_ELSEWHERE = 0.03
"""How much rarer parties are there than in what the weights were learned from: the probability of PARTY is corrected by it.

Saerens and others, 2002: Adjusting the Outputs of a Classifier to New a Priori Probabilities.
"""
