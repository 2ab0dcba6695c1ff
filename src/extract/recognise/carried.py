"""What our components leave on a Doc, as plain data and back: so Docs can go to bytes, into a DocBin, and to other processes.

spaCy writes `doc.user_data` with srsly's msgpack, which asks the functions that are registered here about what it does not know.
Only the classes of `_CLASSES` come back, made of plain data; nothing is imported or called by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel
from srsly.msgpack import msgpack_decoders, msgpack_encoders

from extract.normalise.calendar import Point
from extract.normalise.dates.reading import DateReading, Offset
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.normalise.values import DateValue, NameValue, PercentValue, PersonValue, RuleValue, SeatsValue
from extract.recognise.mention import Lost
from extract.sources.document import Block, Cell, Document, Field, Mark, OffsetMap
from extract.text.document import Cache

_CLASSES: Mapping[str, type[Any]] = {
    each.__name__: each
    for each in (
        *(Document, OffsetMap, Block, Cell, Field, Mark, Lost),
        *(Point, Offset, DateReading, Amount, PercentReading, SeatsReading),
        *(DateValue, NameValue, PersonValue, PercentValue, SeatsValue, RuleValue),
        *(Decimal, frozenset),
    )
}
_KEY = "extract.class"
_Chain = Callable[[Any], Any] | None


def encode(data: Any, chain: _Chain = None) -> Any:
    """An object of ours as a mapping of plain data; anything else as the next in the chain says."""
    if isinstance(data, Cache):
        return None
    name = type(data).__name__
    if _CLASSES.get(name) is not type(data):
        return data if chain is None else chain(data)
    if isinstance(data, BaseModel):
        return {_KEY: name, "of": data.model_dump_json()}
    if is_dataclass(data):
        return {_KEY: name, "of": [getattr(data, each.name) for each in fields(data)]}
    return {_KEY: name, "of": [sorted(data)] if isinstance(data, frozenset) else [str(data)]}


def decode(data: Any, chain: _Chain = None) -> Any:
    """The object that a mapping of ours stands for; any other as the next in the chain says."""
    made = _CLASSES.get(data[_KEY]) if isinstance(data, dict) and data.keys() == {_KEY, "of"} else None
    if made is None:
        return data if chain is None else chain(data)
    if issubclass(made, BaseModel):
        return made.model_validate_json(data["of"])
    return made(*map(_tuples, data["of"]))


def _tuples(data: Any) -> Any:
    """Lists, as msgpack gives them, as the tuples that they were; what is in mappings (metadata) stays."""
    return tuple(map(_tuples, data)) if isinstance(data, list) else data


msgpack_encoders.register("extract", func=encode)
msgpack_decoders.register("extract", func=decode)
