"""What a body is that its document calls by a name that many have (`Labour`, `EU`, `State Department`, `CEC`).

Such names meet across documents where the country and the name in full agree, and stay apart where they do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.documents import Cluster, DocumentClusters
from extract.resolve.entities.groups import Owner

_ONE_SIDED = 0.9  # of the documents that tell: so many of them settle what the others mean
_ENOUGH = 3  # documents that tell
_TELLING = 3  # letters of an acronym that is hardly two bodies'

Key = tuple[str, ...]
_NOBODY: Counter[Owner] = Counter()
_NOWHERE: Mapping[str, Counter[Owner]] = {}


class MeantBodies:
    """The owners of bodies without a complete name; `complete` gives that of a cluster with one."""

    def __init__(self, comparer: NameComparer, complete: Callable[[Cluster], Owner | None]) -> None:
        self._comparer = comparer
        self._complete = complete
        self._in_full: dict[Key, dict[str, Counter[Owner]]] = defaultdict(lambda: defaultdict(Counter))
        self._anywhere: dict[Key, Counter[Owner]] = {}
        self._usual: dict[Key, Counter[str]] = defaultdict(Counter)
        self._people: dict[tuple[Key, Owner], set[str]] = defaultdict(set)
        self._keys: Callable[[Form], list[Key]] = cache(lambda form: [*_keys(form, comparer)])
        self._all_keys: Callable[[tuple[Form, ...]], list[Key]] = cache(self._keys_of)
        self._lands: Callable[[Form], list[str]] = cache(lambda form: [*_lands(form.text, comparer)])
        self._country_of: Callable[[str], str | None] = cache(comparer.lexicon.country_of)

    def learn(self, document: DocumentClusters) -> None:
        """Looks at a document; all of them first."""
        for cluster in document.clusters:
            if cluster.kind == "body":
                self._learn(document, cluster)

    def _learn(self, document: DocumentClusters, cluster: Cluster) -> None:
        """What the names of a cluster stand for, by country, and in which countries a name is used."""
        owner, lands = self._complete(cluster), self._places(cluster)
        telling = [form for form in cluster.mentions if not owner or self._tells(form)]
        for key in {key for form in telling for key in self._keys(form)}:
            if owner:
                self._people[key, owner] |= document.people
                for place in self._used_in(document, cluster, lands, key):
                    self._in_full[key][place][owner] += 1
            elif country := _country_of(document, lands):
                self._usual[key][country] += 1

    def _used_in(self, document: DocumentClusters, cluster: Cluster, lands: set[str], key: Key) -> Iterable[str]:
        """Where a body is called so: in the land of its name, else of its document; an acronym wherever that speaks of."""
        country = document.country
        if _is_acronym(key):
            return lands | ({country} if country else document.countries.keys()) or {""}
        everywhere = not country or any(self._comparer.body(form.text).regions for form in cluster.forms)  # `European Union`
        return lands or {"" if everywhere else str(country)}

    def _tells(self, form: Form) -> bool:
        """Whether a form of a body that is named in full may be used elsewhere for it: an acronym, or all of its name."""
        return bool(self._comparer.body(form.text).acronym) or self._comparer.is_complete(form)

    def _places(self, cluster: Cluster) -> set[str]:
        """The lands in the names of a cluster: `Scottish Labour` is not Britain's."""
        lands = {land for form in cluster.mentions for land in self._lands(form)}
        for near in {name.near for found in cluster.mentions.values() for name, _ in found.names if name.near}:
            if land := self._country_of(near):
                lands.add(land)
        return lands

    def owner(self, document: DocumentClusters, cluster: Cluster) -> Owner | None:
        """What a cluster without a complete name belongs to; None where it is known in its document alone."""
        keys = self._all_keys(tuple(cluster.mentions))
        is_party = any(name.label == "PARTY" for name, _ in cluster.names)
        lands = self._places(cluster)
        country = _country_of(document, lands)
        found = self._known(cluster) if keys else None
        for key in keys:
            if found := found or self._explained(document, key, country, is_party):
                return found
        return self._of_country(document, cluster, lands, keys[0], country, is_party) if keys else None

    def _keys_of(self, forms: Iterable[Form]) -> list[Key]:
        """The keys of all forms of a cluster, the longest first."""
        return sorted({key for form in forms for key in self._keys(form)}, key=lambda key: (-len(" ".join(key)), key))

    def _known(self, cluster: Cluster) -> Owner | None:
        """A body that is known everywhere by this acronym or nickname (`EU`), unless the corpus explains it otherwise."""
        for form in cluster.forms:
            usual = self._comparer.lexicon.maps["body_names"].get(form.text.lower())
            if usual and not self._comparer.body(usual).generic:
                full = next(iter(self._keys(Form(cluster.kind, usual))), ())
                owners = self._owners(full)
                return owners.most_common(1)[0][0] if owners else Owner(cluster.kind, usual)
        return None

    def likeliest(self, cluster: Cluster) -> Owner | None:
        """The body that most documents call in full by a name of the cluster, whatever they speak of; None without one."""
        found = sum((self._owners(key) for form in cluster.forms for key in self._keys(form)), Counter[Owner]())
        return min(found, key=lambda owner: (-found[owner], owner.name), default=None)

    def _owners(self, key: Key, country: str | None = None) -> Counter[Owner]:
        by_country = self._in_full.get(key, _NOWHERE)
        if country is not None:
            return by_country.get(country, _NOBODY)
        if key not in self._anywhere:
            self._anywhere[key] = sum(by_country.values(), Counter[Owner]())
        return self._anywhere[key]

    def _explained(self, document: DocumentClusters, key: Key, country: str | None, is_party: bool) -> Owner | None:
        """The one body that documents which agree with this one call in full by this name and a place.

        They name its country, or a person whom it names; an acronym of three letters may be explained anywhere, if it is once.
        """
        for owners in self._explaining(document, key, country, is_party) if key in self._in_full else ():
            if owners:
                first, count = min(owners.items(), key=lambda item: (-item[1], item[0].name))
                if count >= _ONE_SIDED * owners.total():
                    return first
        return None

    def _explaining(self, document: DocumentClusters, key: Key, country: str | None, is_party: bool) -> Iterator[Counter[Owner]]:
        """Those that the country, then the other countries, then the people of a document speak for; then all."""
        if country:
            yield self._owners(key, country)
        if not (is_party and (country or not _is_acronym(key))):  # every country has a `Communist Party`
            yield sum(filter(None, (self._owners(key, place) for place in document.countries)), Counter())
        yield Counter({owner: 1 for owner in self._owners(key) if not self._people[key, owner].isdisjoint(document.people)})
        elsewhere = self._usual.get(key, {}).keys() - self._in_full[key].keys()
        if _is_acronym(key) and len(key[0]) >= _TELLING and not document.countries and not elsewhere:
            yield self._owners(key)

    def _of_country(
        self, document: DocumentClusters, cluster: Cluster, lands: set[str], key: Key, country: str | None, is_party: bool
    ) -> Owner | None:
        """The body of that name in the country that the document speaks of, or names and nearly all with the name speak of."""
        words = {word for part in key for word in part.split()}
        if not is_party and words & self._comparer.lexicon["local_bodies"]:
            return None
        usual = self._usual[key]
        (first, count), *_ = [*usual.most_common(1), ("", 0)]
        one_sided = count >= _ENOUGH and count >= _ONE_SIDED * usual.total() and first in document.countries
        if _is_acronym(key) and len(key[0]) >= _TELLING and not (is_party and len(usual) > 1):
            return Owner(cluster.kind, key[0])
        country = first if one_sided and not lands else country
        return Owner(cluster.kind, " ".join(key), sense=country) if country else None


def _keys(form: Form, comparer: NameComparer) -> Iterator[Key]:
    """Under which keys a form tells what others mean: an acronym's letters, the words that are left without places."""
    name = comparer.body(form.text)
    if name.acronym:
        yield (name.acronym.upper(),)
        return
    words = [word for word in name.words if word not in name.places]
    words[-1:] = map(_one_member, words[-1:])
    if telling := tuple(sorted(word for word in words if word != "party")) or tuple(words):
        yield telling


def _lands(text: str, comparer: NameComparer) -> Iterator[str]:
    """The lands in the name of a body."""
    return (place for place in comparer.body(text).regions if comparer.lexicon.country_of(place))


def _country_of(document: DocumentClusters, lands: set[str]) -> str | None:
    """The country that stands before a name, else that of the document."""
    return next(iter(lands)) if len(lands) == 1 else document.country


def _one_member(word: str) -> str:
    """`conservative` for `conservatives`, `democratic` for `democrats`: what their party is called by."""
    one = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return "democratic" if one == "democrat" else one


def _is_acronym(key: Key) -> bool:
    return len(key) == 1 and key[0].isupper()
