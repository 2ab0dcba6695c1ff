"""What a part of the pipeline stumbles over, found out so that only that is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from extract.recognise.mention import Mention
from extract.records.record import FailureLine, Place
from extract.resolve.fact import Fact
from extract.sources.document import Document

REPORT = "Report it, with the document."
_MOST = 5  # culprits of one step in one document; beyond, all its facts are lost

# Whose mentions a step values: without them it has nothing to do.
_VALUED: Mapping[str, Collection[str]] = {"rules": ("rules",), "dates": ("dates",), "figures": ("percentages", "seats")}


@dataclass(frozen=True, slots=True)
class Stumble:
    """A finder, or a step that completes what finders found, that met an error: its records are lost, all or (`place`) some."""

    finder: str
    error: Exception
    place: tuple[int, int] | None = None

    def line(self, document: Document) -> FailureLine:
        """The line of `failures.jsonl`."""
        place = None
        if self.place:
            with suppress(ValueError):  # what begins or ends on a character that the reader put in has no place
                start, end = document.to_source(*self.place)
                place = Place(start=start, end=end)
        return FailureLine(
            document=document.name,
            stage="extract",
            finder=self.finder,
            place=place,
            error=f"{type(self.error).__name__}: {self.error}",
            hint=REPORT,
        )


def without_culprits(
    name: str,
    step: Callable[[Sequence[Mention]], dict[int, Fact]],
    mentions: Sequence[Mention],
    error: Exception,
    stumbles: list[Stumble],
) -> dict[int, Fact]:
    """The facts of a step that stumbled with `error`, without the mentions that make it stumble, each found by halving.

    What is lost goes to `stumbles`: these mentions, or where it is not they, or too many, the step as a whole.
    """
    valued = [number for number, mention in enumerate(mentions) if mention.component in _VALUED.get(name, ())]

    def run(kept: Collection[int]) -> dict[int, Fact] | Exception:
        left_out = set(valued).difference(kept)
        try:
            return step([_hidden(mention) if number in left_out else mention for number, mention in enumerate(mentions)])
        except Exception as trouble:  # whatever it stumbles over
            return trouble

    lost: list[Stumble] = []
    kept = valued
    while len(lost) < _MOST and kept and not isinstance(run([]), Exception):
        good, bad = 0, len(kept)
        while bad - good > 1:
            middle = (good + bad) // 2
            if isinstance(trouble := run(kept[:middle]), Exception):
                bad, error = middle, trouble
            else:
                good = middle
        culprit = mentions[kept[bad - 1]]
        lost.append(Stumble(name, error, (culprit.start, culprit.end)))
        kept = [*kept[: bad - 1], *kept[bad:]]
        facts = run(kept)
        if not isinstance(facts, Exception):
            stumbles += lost
            return facts
        error = facts
    stumbles.append(Stumble(name, error))
    return {}


def _hidden(mention: Mention) -> Mention:
    """A mention that no step looks at, in the place of one, so that the others keep their numbers."""
    return replace(mention, label="LOST", component="lost", reading=None)
