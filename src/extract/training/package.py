"""Packaging: the model on disk with its card, small enough to ship."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language

from extract.training.measure import RECORDED, Tally

MAX_BYTES = 15 << 20
_CARD = Path(__file__).with_name("card.md")
_SHOWN = {"crossner_politics.dev": "politics (Wikipedia)", "fewnerd.dev": "Few-NERD", "gmb.dev": "GMB (news)"} | {
    "docred.test": "DocRED (Wikipedia openings)",
    "uner_ewt.test": "web text (EWT)",
    "btc.dev": "tweets (Broad Twitter)",
    "wnut17.dev": "noisy text (WNUT17)",
}


def save(nlp: Language, folder: Path, version: str, scores: Mapping[str, tuple[Tally, Tally]]) -> int:
    """Writes model and card, in place of what was there; gives the size in bytes. Raises ValueError if too large to ship."""
    nlp.meta.update(
        name="extract_names",
        version=version,
        description="Names in English political documents",
        license="CC BY-SA 4.0",
        author="The extract developers",
        performance={name: round(exact.f1() or 0, 3) for name, (exact, _) in scores.items()},
    )
    shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(folder, exclude=["vocab"])  # hashes need no vocabulary, and that of the training texts is large
    (folder / "README.md").write_text(_CARD.read_text("utf-8").replace("{scores}", score_table(scores)), "utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MAX_BYTES:
        raise ValueError(f"{folder} takes {size} bytes, more than {MAX_BYTES}: lower the rows of the embedding in config.cfg")
    return size


def score_table(scores: Mapping[str, tuple[Tally, Tally]]) -> str:
    """Exact F1 by set: all, collapsed, and label by label, as a Markdown table."""
    head = ["set", "all", "collapsed", *RECORDED]
    rows = [[_SHOWN.get(name, name), *_percents(exact, collapsed)] for name, (exact, collapsed) in scores.items()]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _percents(exact: Tally, collapsed: Tally) -> list[str]:
    figures = [exact.f1(), collapsed.f1(), *(exact.f1(label) for label in RECORDED)]
    return ["–" if figure is None else f"{100 * figure:.1f}" for figure in figures]
