"""What linking a corpus works with: groups of clusters, and what each belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.resolve.entities.documents import Cluster
from extract.resolve.entities.register import Entry


@dataclass(frozen=True, slots=True)
class Owner:
    """What a cluster belongs to: an alias entry, a complete name, a name in one `sense`, or itself in a `document`.

    `sense` tells things of one name apart: the country of a body, the world that a person is known in, an entry of the register.
    """

    kind: str
    name: str
    document: str = ""
    alias: int = -1
    sense: str = ""


@dataclass(slots=True)
class Group:
    """The clusters of one entity, each with the name of its document, and its entry in the register, if it has one.

    `agrees`: a document names the country of the entry.
    """

    owner: Owner
    clusters: list[tuple[str, Cluster]] = field(default_factory=list)
    entry: Entry | None = None
    agrees: bool = False
