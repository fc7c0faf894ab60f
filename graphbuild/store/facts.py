"""Look up what a graph says of one entity at a time, through the indexes of its store."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Store

from graphbuild.errors import GraphError
from graphbuild.mapping import vocabulary as v
from graphbuild.store.folder import GraphFolder
from graphbuild.store.iris import minter_of
from graphbuild.terms import Minter

NAMES = (v.NAME, v.TITLE, v.PREF_LABEL, v.REPOSITORY_NAME, v.IDENTIFIER)
"""What an entity may be called by, the first one stated counts."""


class Finding(Protocol):
    """Finds triples by what is known of them, as a `Store` does."""

    def quads_for_pattern(
        self, subject: NamedNode | None, predicate: NamedNode | None, object: NamedNode | None
    ) -> Iterable[Quad]:
        """Return the triples that fit."""


class Facts:
    """Answers look-ups on one graph. IRIs are given and come back without angle brackets.

    Predicates are the constants of the vocabulary. Every answer is sorted, so it is the same
    every time.

    Args:
        store: finds triples.
        mint: mints the IRIs of the graph's entities.
    """

    def __init__(self, store: Finding, mint: Minter) -> None:
        self._store = store
        self._ids = f"{mint.base}id/"
        self._mint = mint
        self._called: dict[str, str] = {}

    def knows(self, iri: str) -> bool:
        """Say whether anything is stated of an IRI."""
        try:
            subject = NamedNode(iri)
        except ValueError:
            return False
        return next(iter(self._store.quads_for_pattern(subject, None, None)), None) is not None

    def whole(self, short: str) -> str:
        """Return the IRI of the part that `short` gives."""
        return f"{self._ids}{short}"

    def texts(self, iri: str, predicate: str) -> list[str]:
        """Return the values of a property: lexical forms of literals, IRIs."""
        return sorted(term.value for term in self._objects(iri, predicate))

    def text(self, iri: str, predicate: str) -> str:
        """Return the first value of a property, empty when it is not stated."""
        return next(iter(self.texts(iri, predicate)), "")

    def subjects(self, predicate: str, iri: str) -> list[str]:
        """Return the entities that refer to this one by a property."""
        quads = self._store.quads_for_pattern(None, _node(predicate), NamedNode(iri))
        return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))

    def outgoing(self, iri: str) -> Iterator[tuple[str, NamedNode | Literal]]:
        """Yield every property of an entity with a value, sorted."""
        quads = self._store.quads_for_pattern(NamedNode(iri), None, None)
        pairs = [(quad.predicate.value, quad.object) for quad in quads]
        for predicate, value in sorted(pairs, key=lambda pair: (pair[0], str(pair[1]))):
            if isinstance(value, (NamedNode, Literal)):
                yield predicate, value

    def incoming(self, iri: str) -> Iterator[tuple[str, str]]:
        """Yield property and subject of every triple that has this entity as its object, sorted."""
        quads = self._store.quads_for_pattern(None, None, NamedNode(iri))
        for quad in sorted(quads, key=lambda quad: (quad.predicate.value, str(quad.subject))):
            if isinstance(quad.subject, NamedNode):
                yield quad.predicate.value, quad.subject.value

    def statements(self, iri: str) -> list[tuple[str, str, str]]:
        """Return the triples about an entity in N-Triples form, sorted."""
        quads = self._store.quads_for_pattern(NamedNode(iri), None, None)
        return sorted((str(q.subject), str(q.predicate), str(q.object)) for q in quads)

    def label(self, iri: str) -> str:
        """Return what an entity is called, empty when it has no name."""
        if iri not in self._called:
            found = (self.text(iri, predicate) for predicate in NAMES)
            self._called[iri] = next(filter(None, found), "")
        return self._called[iri]

    def name(self, iri: str) -> str:
        """Return what an entity is called, or the short form of its IRI when it has no name."""
        return self.label(iri) or self.short(iri)

    def minted(self, kind: str, key: str) -> str:
        """Return the IRI of an entity by kind and key."""
        return self._mint.iri(kind, key)[1:-1]

    def key(self, iri: str) -> tuple[str, str]:
        """Return kind and key of an entity of this graph, both empty for any other IRI."""
        return self._mint.key(iri)

    def short(self, iri: str) -> str:
        """Return the part of an IRI that ``show`` takes: ``paper/x`` of ``{base}id/paper/x``."""
        return iri.removeprefix(self._ids)

    def _objects(self, iri: str, predicate: str) -> Iterator[NamedNode | Literal]:
        for quad in self._store.quads_for_pattern(NamedNode(iri), _node(predicate), None):
            if isinstance(quad.object, (NamedNode, Literal)):
                yield quad.object


def facts_of_folder(graph: GraphFolder) -> Facts:
    """Return look-ups on a graph folder.

    Raises:
        GraphError: the graph's store cannot be opened.
    """
    try:
        return Facts(Store.read_only(str(graph.store)), minter_of(graph))
    except OSError as error:
        raise GraphError(
            f"{graph.path}: its store cannot be read ({error}); build the graph again"
        ) from error


def _node(term: str) -> NamedNode:
    return NamedNode(term[1:-1])
