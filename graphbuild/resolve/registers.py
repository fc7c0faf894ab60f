"""Find the one key of whatever records name by identifiers, by a name, or by both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphbuild.resolve.keys import hashed
from graphbuild.resolve.published import Settled, keep
from graphbuild.text import name_key

ORGANIZATIONS = ("ror", "openalex", "wikidata", "isni", "grid", "doi")
VENUES = ("issn", "dblp-stream", "acl-venue", "openalex", "wikidata", "isbn", "doi")
TOPICS = ("arxiv", "openalex", "wikidata", "mag")
"""Schemes of identifiers, the one that makes the key first."""

NAME = "~"
"""Starts the anchor of an entity that is a name."""


class Register:
    """Entities of one kind, each known by identifiers that belong together.

    Identifiers that one record states of one entity are the same entity. A name without
    identifiers stands for the one entity that has both the name and identifiers, if there is
    exactly one, and otherwise for an entity that is only a name.

    Args:
        kind: a word that keeps keys of names apart from those of other kinds.
        order: schemes of identifiers, the one that makes the key first.
        replaced: identifiers that their register replaced, and by which.
    """

    def __init__(
        self, kind: str, order: tuple[str, ...], replaced: Mapping[str, str] | None = None
    ) -> None:
        self._kind = kind
        self._rank = {scheme: place for place, scheme in enumerate(order)}
        self._replaced = replaced or {}
        self._parent: dict[str, str] = {}
        self._best: dict[str, str] = {}
        self._named: dict[str, set[str]] = {}
        self.settled = Settled()

    def add(self, ids: Iterable[str], name: str = "") -> None:
        """Note that these identifiers, and this name, stand for one entity."""
        known = [self._now(each) for each in ids]
        if not known:
            return
        for each in known:
            self._parent.setdefault(each, each)
            self._best.setdefault(each, each)
        for each in known[1:]:
            self._join(known[0], each)
        if name:
            self._named.setdefault(name_key(name), set()).add(known[0])

    def key(self, ids: Sequence[str], name: str = "") -> str:
        """Return the key of what was added under these identifiers or this name."""
        natural = self._natural(ids, "" if ids else name_key(name))
        return self.settled.kept.keys.get(natural, natural)

    def _natural(self, ids: Iterable[str], name: str) -> str:
        """Return the key that an entity has unless an earlier build published another."""
        for each in ids:
            return self._best[self._find(self._now(each))]
        holders = {self._find(each) for each in self._named.get(name, ())}
        if len(holders) == 1:
            return self._best[holders.pop()]
        return hashed(self._kind, name)

    def settle(self, names: Iterable[str], published: Mapping[str, str]) -> None:
        """Give entities the keys under which an earlier build published them.

        Args:
            names: by which records name entities of which they state no identifier.
            published: the published key of each identifier and name.
        """
        anchors: defaultdict[str, list[str]] = defaultdict(list)
        for known in self._parent:
            anchors[self._natural((known,), "")].append(known)
        for old in self._replaced:
            if old in self:
                anchors[self._natural((old,), "")].append(old)
        bare = set(map(name_key, names))
        for name in sorted(bare | set(self._named)):
            key = self._natural((), name)
            if name in bare or key in anchors:
                anchors[key].append(NAME + name)
        self.settled = Settled(anchors, keep(anchors, published))

    def __contains__(self, known: str) -> bool:
        return self._now(known) in self._parent

    def _now(self, known: str) -> str:
        return self._replaced.get(known, known)

    def _find(self, known: str) -> str:
        parent = self._parent
        while parent[known] != known:
            parent[known] = known = parent[parent[known]]
        return known

    def _join(self, left: str, right: str) -> None:
        one, other = self._find(left), self._find(right)
        if one != other:
            self._parent[other] = one
            self._best[one] = min(self._best[one], self._best[other], key=self._order)

    def _order(self, known: str) -> tuple[int, str]:
        return self._rank.get(known.partition(":")[0], len(self._rank)), known


def replacements(redirects: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return where each replaced identifier leads in the end.

    Circles lead to the identifier that comes first by code point.

    >>> replacements([("openalex:W1", "openalex:W2"), ("openalex:W2", "openalex:W3")])
    {'openalex:W1': 'openalex:W3', 'openalex:W2': 'openalex:W3'}
    """
    step = {old: new for old, new in redirects if old != new}
    return {old: _end(old, step) for old in step}


def _end(start: str, step: Mapping[str, str]) -> str:
    seen = [start]
    while (after := step.get(seen[-1])) is not None:
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]
