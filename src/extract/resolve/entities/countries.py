"""Which country a document speaks of, by the places, peoples and bodies that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter

from extract.resolve.entities.comparing import Form, NameComparer


def countries(forms: Iterable[tuple[Form, int]], comparer: NameComparer) -> Counter[str]:
    """How often a document names each country (lower case): itself, its parts, people or capital, or in a name."""
    found: Counter[str] = Counter()
    for form, count in forms:
        if form.kind in ("place", "people"):
            named = {comparer.lexicon.country_of(form.text)}
        elif form.kind == "person":
            continue
        else:
            named = {comparer.lexicon.country_of(place) for place in comparer.body(form.text).regions}
        for country in named - {None}:
            found[str(country)] += count
    return found


def clearly_first(found: Mapping[str, int], often: int = 2, lead: float = 1.5) -> str | None:
    """The country (or world) that is named `often` and `lead` times as often as any other, None without one."""
    (first, most), (_, second) = [*sorted(found.items(), key=itemgetter(1), reverse=True), ("", 0), ("", 0)][:2]
    return first if most >= often and most >= lead * second else None
