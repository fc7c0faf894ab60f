"""Look things up in a graph behind a SPARQL endpoint, in as few requests as possible."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import duckdb
from pyoxigraph import Literal, NamedNode, Quad, Store

from graphbuild.errors import EndpointError
from graphbuild.identifiers import SCHEMES, address, from_url, identifier
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import PREFIXES, curie
from graphbuild.store.answers import Term, rows, triples
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.engine import engine
from graphbuild.store.entities import the_one
from graphbuild.store.facts import NAMES, Facts
from graphbuild.store.labels import Label
from graphbuild.terms import REFERENCE_BASE, Minter

BATCH = 100
"""Entities that one request describes."""

PAGE = 10_000
"""Rows that servers give at once, at the least; more are asked for page by page."""

NAMED = """
SELECT DISTINCT ?entity ?class ?name WHERE {{
  VALUES ?name {{ {names} }} VALUES ?as {{ {properties} }}
  ?entity ?as ?name ; a ?class .{wanted}
}} ORDER BY ?entity ?class"""
KNOWN = "SELECT ?entity ?class WHERE {{ ?entity ?as {iri} ; a ?class .{wanted} }} ORDER BY ?entity"


def facts_of_endpoint(endpoint: Endpoint, about: Iterable[str] = ()) -> Facts:
    """Return look-ups on the graph of an endpoint.

    Args:
        endpoint: who is asked.
        about: IRIs of entities that will be looked at, which are fetched together.
    """
    store = _Fetching(endpoint)
    store.expect(map(NamedNode, about))
    return Facts(store, Minter(REFERENCE_BASE))


class _Fetching:
    """Finds triples as a `Store` does, and fetches what it has not yet.

    Who looks at one entity looks at its neighbours next: they are fetched together.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._store = Store()
        self._described: set[NamedNode] = set()
        self._referred: set[NamedNode] = set()
        self._next: dict[NamedNode, None] = {}

    def quads_for_pattern(
        self, subject: NamedNode | None, predicate: NamedNode | None, object: NamedNode | None
    ) -> Iterable[Quad]:
        """Return the triples that fit; subject or object is given."""
        if subject is not None:
            self._describe(subject)
        elif object is not None:
            self._refer(object)
        return self._store.quads_for_pattern(subject, predicate, object)

    def expect(self, subjects: Iterable[NamedNode]) -> None:
        """Say what will be looked at next, so that it is fetched together."""
        self._next.update(dict.fromkeys(each for each in subjects if each not in self._described))

    def _describe(self, subject: NamedNode) -> None:
        if subject in self._described:
            return
        self._next.pop(subject, None)
        batch = [subject, *list(self._next)[: BATCH - 1]]
        for node in batch:
            self._next.pop(node, None)
        self._described.update(batch)
        some = " ".join(map(str, batch))
        self._fetch(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {some} }} ?s ?p ?o }}")

    def _refer(self, object: NamedNode) -> None:
        if object not in self._referred:
            self._referred.add(object)
            self._fetch(f"CONSTRUCT {{ ?s ?p {object} }} WHERE {{ ?s ?p {object} }}")

    def _fetch(self, text: str) -> None:
        with triples(self._endpoint, text) as found:
            for triple in found:
                self._store.add(Quad(triple.subject, triple.predicate, triple.object))
                for node in (triple.subject, triple.object):
                    if isinstance(node, NamedNode) and node not in self._described:
                        self._next[node] = None


def find_remote(endpoint: Endpoint, text: str, kind: str | None = None) -> str:
    """Return the IRI of the one entity that ``text`` stands for; see `find_entity`.

    Names must be spelt as the graph has them, without a language or in English.
    """
    iri = text.removeprefix("<").removesuffix(">")
    if iri.startswith(("http://", "https://", "urn:")) and _is_subject(endpoint, iri):
        return iri
    wanted = f" ?entity a {_class(kind)} ." if kind else ""
    found = list(_identified(endpoint, text, wanted)) or list(_named(endpoint, text, wanted))
    return the_one(found, text, kind)


def _class(kind: str) -> str:
    prefix, _, name = kind.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


def _is_subject(endpoint: Endpoint, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return bool(rows(endpoint, f"SELECT ?p WHERE {{ {node} ?p ?o }} LIMIT 1"))


def _identified(endpoint: Endpoint, text: str, wanted: str) -> Iterator[Label]:
    scheme, _, value = text.partition(":")
    known = identifier(scheme, value) if scheme in SCHEMES else from_url(text)
    if known:
        asked = KNOWN.format(iri=f"<{address(known)}>", wanted=wanted)
        yield from _labels((iri, kind, known) for iri, kind in rows(endpoint, asked))


def _named(endpoint: Endpoint, text: str, wanted: str) -> Iterator[Label]:
    names = " ".join(map(str, (Literal(text), Literal(text, language="en"))))
    properties = " ".join((*NAMES, v.ALT_LABEL))
    asked = NAMED.format(names=names, properties=properties, wanted=wanted)
    yield from _labels((iri, kind, text) for iri, kind, _ in rows(endpoint, asked))


def _labels(found: Iterable[tuple[Term | None, Term | None, str]]) -> Iterator[Label]:
    seen = set()
    for iri, kind, name in found:
        if isinstance(iri, NamedNode) and isinstance(kind, NamedNode) and iri not in seen:
            seen.add(iri)
            yield Label(iri.value, curie(kind.value), name, "", 0)


@contextmanager
def fetched(endpoint: Endpoint, predicates: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection in which ``triples`` holds all triples of these predicates.

    They are asked for page by page, and counted: a server that gives less than it has is an error.
    """
    with engine(f"{endpoint}: its triples cannot be kept") as connection:
        connection.execute("CREATE TEMP TABLE triples (s VARCHAR, p VARCHAR, o VARCHAR)")
        for predicate in predicates:
            for page in _pages(endpoint, predicate):
                connection.executemany("INSERT INTO triples VALUES (?, ?, ?)", page)
        yield connection


def _pages(endpoint: Endpoint, predicate: str) -> Iterator[list[tuple[str, str, str]]]:
    asked = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s {predicate} ?o }}"
    [(number,)] = rows(endpoint, asked)
    total = int(number.value) if isinstance(number, Literal) else 0
    got = 0
    while got < total:
        endpoint.tell(f"{endpoint}: {got:,} of {total:,} {curie(predicate[1:-1])}")
        page = rows(endpoint, _page(predicate, got))
        if not page:
            raise EndpointError(
                f"{endpoint}: says that it has {total:,} triples of {curie(predicate[1:-1])} but "
                f"gives {got:,}; its limits are too narrow for this"
            )
        got += len(page)
        yield [(str(s), predicate, str(o)) for s, o in page]


def _page(predicate: str, start: int) -> str:
    return f"SELECT ?s ?o WHERE {{ ?s {predicate} ?o }} ORDER BY ?s ?o LIMIT {PAGE} OFFSET {start}"
