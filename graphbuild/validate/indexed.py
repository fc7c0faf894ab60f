"""A graph of shapes that looks statements up in dictionaries: reading shapes asks for many."""

from collections.abc import Generator
from types import NoneType
from typing import Any

from rdflib import Graph, URIRef
from rdflib.term import Node

Index = dict[tuple[Any, Any], list[Node]]


class Indexed(Graph):
    """A graph that does not change any more, as it was when this was made."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier)
        self._objects: Index = {}
        self._subjects: Index = {}
        self._about: dict[Node, list[tuple[Node, Node]]] = {}
        self._naming: dict[Node, list[Node]] = {}
        for s, p, o in graph:
            self._naming.setdefault(o, []).append(s)
            self._about.setdefault(s, []).append((p, o))
            self._objects.setdefault((s, p), []).append(o)
            self._subjects.setdefault((p, o), []).append(s)

    def objects(
        self,
        subject: Any = None,  # noqa: ANN401 - as rdflib's
        predicate: Any = None,  # noqa: ANN401
        unique: bool = False,  # noqa: FBT001, FBT002
    ) -> Generator[Node, None, None]:
        """Yield the objects of a subject and a predicate."""
        if subject is None or type(predicate) is not URIRef:
            yield from super().objects(subject, predicate, unique)
        else:
            yield from self._objects.get((subject, predicate), ())

    def subjects(
        self,
        predicate: Any = None,  # noqa: ANN401 - as rdflib's
        object: Any = None,  # noqa: ANN401
        unique: bool = False,  # noqa: FBT001, FBT002
    ) -> Generator[Node, None, None]:
        """Yield the subjects of a predicate and an object."""
        if object is None or type(predicate) not in (URIRef, NoneType):
            yield from super().subjects(predicate, object, unique)
        elif predicate is None:
            yield from self._naming.get(object, ())
        else:
            yield from self._subjects.get((predicate, object), ())

    def predicate_objects(
        self,
        subject: Any = None,  # noqa: ANN401 - as rdflib's
        unique: bool = False,  # noqa: FBT001, FBT002
    ) -> Generator[tuple[Node, Node], None, None]:
        """Yield the predicates and objects of a subject."""
        if subject is None:
            yield from super().predicate_objects(subject, unique)
        else:
            yield from self._about.get(subject, ())
