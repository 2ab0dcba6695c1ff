"""What linking a corpus works with: groups of clusters, ties between complete forms, and doubts."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.resolve.entities.comparing import Form
from extract.resolve.entities.documents import Cluster
from extract.resolve.entities.linking import Place
from extract.resolve.entities.register import Entry
from extract.resolve.entities.relation import Relation


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


@dataclass(frozen=True, slots=True)
class Tie:
    """Two complete forms that may be one, with mentions that show them."""

    a: Form
    b: Form
    relation: Relation
    evidence: tuple[Place, Place]


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two forms that may be one thing and were not joined, with mentions that show them."""

    a: Form
    b: Form
    reason: str
    score: float
    evidence: tuple[Place, Place]
