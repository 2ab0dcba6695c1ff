"""What a step by which an owner is looked for says."""

from __future__ import annotations

from dataclasses import dataclass

from extract.resolve.fact import Owner


@dataclass(frozen=True, slots=True)
class Choice:
    """The owners of a figure, whether each of them has it, and by which step."""

    owners: tuple[Owner, ...] = ()
    each: bool = False
    how: str = "no owner beside it"


NOBODY = Choice()
