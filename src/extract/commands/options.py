"""The options that several commands have."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from dataclasses import MISSING, fields
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from extract.settings import LINKING, Profile, Settings
from extract.sources import FORMATS, HtmlPart

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Rule files that add to the packaged ones; same name replaces.")
]
ModelOption = Annotated[
    str, typer.Option("--model", metavar="NAME|PATH|none", help="A spaCy model for names: `default` is the shipped one.")
]
DatesOption = Annotated[
    Profile,
    typer.Option(
        "--dates",
        help="`vague`: also record `now`, `recently`, `several years`. `timeml`: all that TimeML annotates.",
    ),
]
WeightsOption = Annotated[
    Path | None, typer.Option("--weights", metavar="DIR", help="Weights that `extract train` made, instead of the packaged ones.")
]
AliasesOption = Annotated[Path | None, typer.Option(help="The alias file; else `aliases.yml` of the output folder or the rules.")]
RegisterOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv", help="A register of yours (id, name, aliases, label, …): names are linked to it."),
]
MergeAboveOption = Annotated[
    float,
    typer.Option(min=0, max=1, help="Names are one only where the score of that is as high; other pairs go to the review."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout instead of a table.")]

_SETTINGS = {
    "rules": RulesOption,
    "model": ModelOption,
    "format": Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; else recognised.")],
    "encoding": Annotated[str | None, typer.Option(help="Of all sources, say `cp1251`; else UTF-8, or as the file itself says.")],
    "max_bytes": Annotated[int, typer.Option(help="Larger files fail.", min=1)],
    "text_field": Annotated[str | None, typer.Option(help="JSON Lines: the field with the text.")],
    "id_field": Annotated[str | None, typer.Option(help="JSON Lines: the field that names the record.")],
    "html": Annotated[HtmlPart, typer.Option(help="Of a web page its `article`, or the `whole`.")],
    "dates": DatesOption,
    "weights": WeightsOption,
    "labels": Annotated[
        list[str], typer.Option("--label", metavar="LABEL", help="A further label of the model's to keep; may be given again.")
    ],
    "aliases": AliasesOption,
    "register": RegisterOption,
    "merge_above": MergeAboveOption,
}


def with_settings(command: Callable[..., None], names: Collection[str] = tuple(_SETTINGS)) -> Callable[..., None]:
    """A command that has an option for each field of the Settings (of `names`) that it takes as `settings`."""
    defaults = {item.name: item.default for item in fields(Settings) if item.default is not MISSING}
    own = inspect.signature(command, eval_str=True)
    before = [parameter for parameter in own.parameters.values() if parameter.name != "settings"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=annotation)
        for name, annotation in _SETTINGS.items()
        if name in names
    ]

    @wraps(command)
    def run(**given: Any) -> None:
        chosen = {name: given.pop(name) for name in names}
        command(**given, settings=Settings(**chosen))

    run.__signature__ = own.replace(parameters=[*before, *added])  # type: ignore[attr-defined]
    return run


with_map_settings = partial(with_settings, names=tuple(name for name in _SETTINGS if name not in LINKING))
with_link_settings = partial(with_settings, names=("rules", *LINKING))
