"""Choose the engine for a query: look-ups go to the store, questions about much to the columns.

The store finds what a constant is in within a thousandth of a second; the columns take a fifth of a
second to begin with, more on a busy machine, and hardly more for a million triples. So the seconds
of the store are estimated, rather too few than too many, and it is left only where they are many.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.engines import Engine
from graphbuild.query.patterns import Group, Pattern, groups_of, is_variable
from graphbuild.query.syntax import declared_prefixes, query_form, significant
from graphbuild.store.folder import GraphFolder

LONG = 1.0
"""Seconds of the store that are worth beginning with the columns."""

STEP, READ = 20e-6, 1.5e-6
"""Seconds that the store takes to look up one more triple on disk, and to read the next one."""

FAN = 4
"""For how many triples of another pattern one solution may be looked up."""

AROUND = 10
"""How often a path without an end that is known goes over the same triples, at least."""

COUNTED = 20_000
"""Triples with one object that are counted at most."""

SORTED = ("ORDER", "GROUP", "DISTINCT", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE",
          "GROUP_CONCAT")  # fmt: skip
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Choice(NamedTuple):
    """An engine, and why it was chosen."""

    engine: Engine
    reason: str


class _Cost(NamedTuple):
    """Seconds of the store, and what it needs them for."""

    seconds: float
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
        costs = [cost for where in groups_of(text) for cost in self._costs(where, 0)]
        seconds = sum(cost.seconds for cost in costs)
        if seconds < LONG:
            return Choice("store", "it is unlikely to take the store long")
        reason = max(costs).reason
        return Choice("columns", f"it may take the store {seconds:,.0f} s or more: {reason}")

    def _costs(self, group: Group, outer: int) -> Iterator[_Cost]:
        """Yield what the store does for a group and those in it; once, or per solution outside."""
        rows = outer
        if group.patterns and group.kind in ("EXISTS", "NOT EXISTS"):
            yield self._asked_each_time(group.patterns, outer)
        elif group.patterns and group.kind == "OPTIONAL":
            yield from (self._joined(pattern, outer) for pattern in group.patterns)
        elif group.patterns:
            first, rows = self._first(group)
            size = self._size(first.predicate) if not _is_constant(first) else rows
            seconds = size * READ if rows == size else rows * FAN * STEP
            yield _Cost(seconds, f"it begins with {_shown(first)}: {rows:,} triples")
            others = (pattern for pattern in group.patterns if pattern is not first)
            yield from (self._joined(pattern, rows) for pattern in others)
        yield from (self._followed(pattern) for pattern in group.patterns)
        for inner in group.groups:
            yield from self._costs(inner, rows)

    def _joined(self, pattern: Pattern, rows: int) -> _Cost:
        fan = 1 if _is_constant(pattern) else FAN
        size = min(self._size(pattern.predicate), rows * fan)
        return _Cost(size * STEP, f"it looks up {_shown(pattern)} {size:,} times")

    def _asked_each_time(self, patterns: list[Pattern], rows: int) -> _Cost:
        """Return the cost of EXISTS: the store reads one of several patterns for each solution."""
        size = min(self._size(pattern.predicate) for pattern in patterns)
        each = STEP if len(patterns) == 1 else max(STEP, size * READ)
        return _Cost(rows * each, f"it asks {rows:,} times for {_shown(patterns[0])}")

    def _followed(self, pattern: Pattern) -> _Cost:
        if not pattern.predicate.endswith(("+", "*")):
            return _Cost(0, "")
        size = self._size(pattern.predicate)
        times = 1 if _is_constant(pattern) else AROUND
        return _Cost(size * times * STEP, f"{_shown(pattern)} goes on through {size:,} triples")

    def _first(self, group: Group) -> tuple[Pattern, int]:
        """Return the pattern that is best to begin with, and how many solutions it has."""
        given = {name: part.rows for part in group.groups for name in part.variables}

        def start(pattern: Pattern) -> int:
            few = [given[name] for name in pattern.variables if name in given]
            return min([self._start(pattern), *few])

        first = min(group.patterns, key=start)
        rows = start(first)
        for pattern in group.patterns:
            if rows > COUNTED and pattern.predicate in ("a", "rdf:type"):
                first, rows = min((first, rows), (pattern, self._held(pattern)), key=lambda x: x[1])
        return first, rows

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

        if is_variable(pattern.object):
            return self._all
        predicate, object = (self._iri(part) for part in (pattern.predicate, pattern.object))
        if not predicate or not object:
            return 1
        try:
            store = Store.read_only(str(self._graph.store))
            found = store.quads_for_pattern(None, NamedNode(predicate), NamedNode(object), None)
            return sum(1 for _ in islice(found, COUNTED))
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


def _is_constant(pattern: Pattern) -> bool:
    return not (is_variable(pattern.subject) and is_variable(pattern.object))
