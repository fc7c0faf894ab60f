"""Choose the engine for a query: look-ups go to the store, questions about much to the columns.

The store finds what a constant is in within a thousandth of a second, and takes about twenty
microseconds for each step on disk; the columns take a third of a second to begin with, and hardly
more for a million. So it is estimated how much the store would have to begin with.
"""

from itertools import islice
from typing import NamedTuple

import msgspec

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.engines import Engine
from graphbuild.query.patterns import Group, Pattern, groups_of, is_variable
from graphbuild.query.syntax import declared_prefixes, query_form, significant
from graphbuild.store.folder import GraphFolder

MUCH = 20_000
"""Triples that the store needs about as long for as the columns need to begin."""

MANY = 5_000
"""What a constant may be in before a query about it is no look-up any more."""

SORTED = ("ORDER", "GROUP", "DISTINCT", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE",
          "GROUP_CONCAT")  # fmt: skip
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Choice(NamedTuple):
    """An engine, and why it was chosen."""

    engine: Engine
    reason: str


def choice(graph: GraphFolder, text: str) -> Choice:
    """Return the engine that is likely to be quicker."""
    if not graph.columns.exists() or not graph.extent.exists():
        return Choice("store", "this graph has no columns; build it again")
    form = query_form(text)
    if form not in ("select", "ask", "construct"):
        return Choice("store", f"{(form or 'such').upper()} is answered by the store")
    if form != "construct" and _is_short(text, form):
        return Choice("store", "the first few solutions are all it asks for")
    extent: dict[str, int] = msgspec.json.decode(graph.extent.read_bytes())
    return _Estimate(graph, extent, {**PREFIXES, **declared_prefixes(text)}).of(text)


def _is_short(text: str, form: str) -> bool:
    """Tell whether the store may stop after a few solutions."""
    words = significant(text)
    whole = any(word.is_word(*SORTED) for word in words)
    return not whole and (form == "ask" or any(word.is_word("LIMIT") for word in words))


class _Estimate:
    def __init__(
        self, graph: GraphFolder, extent: dict[str, int], prefixes: dict[str, str]
    ) -> None:
        self._graph = graph
        self._extent = extent
        self._all = sum(extent.values())
        self._prefixes = prefixes

    def of(self, text: str) -> Choice:
        least = Choice("store", "it is about a few things")
        for where in groups_of(text):
            for group in where.walk():
                found = self._of_group(group)
                if found is not None:
                    return found
        return least

    def _of_group(self, group: Group) -> Choice | None:
        """Return the columns if the store would begin with much; None if not."""
        for pattern in group.patterns:
            size = self._size(pattern.predicate)
            if pattern.predicate.endswith(("+", "*")) and size > MUCH:
                return Choice("columns", f"{_shown(pattern)} goes on through {size:,} triples")
        if group.kind in ("OPTIONAL", "EXISTS", "NOT EXISTS") or not group.patterns:
            return None
        start = min(group.patterns, key=self._start)
        size = self._start(start)
        limit = MANY if start.is_held else MUCH
        if size < limit:
            return None
        more = "or more " if start.is_held else ""
        return Choice("columns", f"it begins with {_shown(start)}: {size:,} {more}triples")

    def _start(self, pattern: Pattern) -> int:
        """Return how many triples match a pattern, by itself; as far as that matters."""
        if not is_variable(pattern.subject):
            return 1
        if pattern.is_held:
            return self._held(pattern)
        return self._size(pattern.predicate)

    def _held(self, pattern: Pattern) -> int:
        """Return how many triples have a constant as their object, counted up to a limit."""
        from pyoxigraph import NamedNode, Store

        predicate, object = (self._iri(part) for part in (pattern.predicate, pattern.object))
        if not predicate or not object:
            return 1
        try:
            store = Store.read_only(str(self._graph.store))
            found = store.quads_for_pattern(None, NamedNode(predicate), NamedNode(object), None)
            return sum(1 for _ in islice(found, MANY))
        except (OSError, ValueError):
            return 1

    def _size(self, predicate: str) -> int:
        """Return how many triples a predicate or the parts of a path have; at least one of them."""
        names = predicate.replace("^", " ").replace("(", " ").replace(")", " ")
        for sign in "/|*+?!":
            names = names if "<" in names else names.replace(sign, " ")
        if is_variable(predicate) or "!" in predicate:
            return self._all
        sizes = [self._extent.get(self._iri(name), 0) for name in names.split()]
        return min(sizes, default=0)

    def _iri(self, text: str) -> str:
        if text == "a":
            return TYPE
        if text.startswith("<") and text.endswith(">"):
            return text[1:-1]
        prefix, colon, local = text.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else ""


def _shown(pattern: Pattern) -> str:
    return f"{pattern.subject} {pattern.predicate} {pattern.object}"
