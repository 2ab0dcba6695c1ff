"""What linking a corpus gives: entities with their spellings and reasons, and the pairs that are left to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from extract.resolve.entities.relation import Link

Place = tuple[str, int]  # a mention: the name of its document, its number among the document's mentions


@dataclass(frozen=True, slots=True)
class Variant:
    """One spelling of an entity: how often it stands in the corpus, why it belongs, and where it stands first."""

    text: str
    count: int
    link: Link
    reason: str
    score: float
    first: Place


@dataclass(frozen=True, slots=True)
class Registered:
    """The entry of the user's register that an entity is: its id and name there, how surely, and why."""

    id: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One named thing."""

    id: str
    label: str
    name: str
    variants: tuple[Variant, ...]
    mentions: int
    documents: int
    given: str | None = None
    patronymic: str | None = None
    family: str | None = None
    registered: Registered | None = None


@dataclass(frozen=True, slots=True)
class ReviewSide:
    """One side of an open pair: the spelling, its entity, and a mention that shows it."""

    text: str
    entity: str
    mention: Place


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two spellings that may be one thing and were not joined. `key` is the same whenever the pair comes up.

    `worth`: how many mentions an answer moves, fewer the surer the score is; `asked`: it is one of the few that are worth asking.

    `more` are other entities with one of the two spellings, of which the same is asked.
    """

    key: str
    label: str
    a: ReviewSide
    b: ReviewSide
    score: float
    worth: float
    reasons: tuple[str, ...]
    more: tuple[ReviewSide, ...] = ()
    asked: bool = False


@dataclass(frozen=True)
class Linking:
    """The entities of a corpus, in the order of their label and name; every name mention has one."""

    entities: tuple[Entity, ...]
    entity_of: Mapping[Place, str]
    review: tuple[ReviewPair, ...] = ()

    @cached_property
    def label_of(self) -> Mapping[Place, str]:
        """The label of each mention's entity."""
        labels = {entity.id: entity.label for entity in self.entities}
        return {place: labels[entity] for place, entity in self.entity_of.items()}


@dataclass(frozen=True)
class Linked:
    """The same of documents that are not at hand: `documents` gives the places of the entities of each one's mentions."""

    entities: tuple[Entity, ...]
    review: tuple[ReviewPair, ...]
    documents: Callable[[], Iterator[tuple[str, dict[int, int]]]]
