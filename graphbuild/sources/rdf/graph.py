"""A graph in memory, asked by resource and property."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "bido": "http://purl.org/spar/bido/",
    "c4o": "http://purl.org/spar/c4o/",
    "cito": "http://purl.org/spar/cito/",
    "codemeta": "https://w3id.org/codemeta/terms/",
    "datacite": "http://purl.org/spar/datacite/",
    "dbo": "https://dbpedia.org/ontology/",
    "dbp": "https://dbpedia.org/property/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "gb": "https://w3id.org/graphbuild/ontology#",
    "geonames": "http://www.geonames.org/ontology#",
    "literal": "http://www.essepuntato.it/2010/06/literalreification/",
    "obo": "http://purl.obolibrary.org/obo/",
    "oco": "https://w3id.org/oc/ontology/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "soa": "https://semopenalex.org/ontology/",
    "sosa": "http://www.w3.org/ns/sosa/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "vivo": "http://vivoweb.org/ontology/core#",
}
Quad = ox.Quad

SAME = {
    "http://schema.org/": "https://schema.org/",
    "https://codemeta.github.io/terms/": "https://w3id.org/codemeta/terms/",
    "http://dbpedia.org/ontology/": "https://dbpedia.org/ontology/",
    "http://dbpedia.org/property/": "https://dbpedia.org/property/",
    "https://semopenalex.org/class/": "https://semopenalex.org/ontology/",
    "https://semopenalex.org/property/": "https://semopenalex.org/ontology/",
}
"""Namespaces that sources use for the one on the right."""

NAMESPACES = {iri: prefix for prefix, iri in PREFIXES.items()} | {
    old: next(prefix for prefix, iri in PREFIXES.items() if iri == now) for old, now in SAME.items()
}


class Text(NamedTuple):
    """A literal."""

    value: str
    language: str


OWN = "target"
"""Scheme of the identifier that a resource has by its own IRI, where records are to carry it."""


class Graph:
    """The triples of a graph, whatever named graph they are in; properties by their CURIE.

    Args:
        keep_iris: records carry the IRI of their resource as an identifier of the scheme `OWN`.
    """

    def __init__(self, *, keep_iris: bool = False) -> None:
        self.keep_iris = keep_iris
        self._by_subject: dict[str, dict[str, dict[str | Text, None]]] = {}
        self._by_object: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self._by_type: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._curies: dict[str, str] = {}

    def add(self, quads: Iterable[Quad]) -> None:
        """Add triples; triples about triples are passed over."""
        for quad in quads:
            subject, target = _term(quad.subject), _term(quad.object)
            if not isinstance(subject, str) or target is None:
                continue
            name = self.curie(quad.predicate.value)
            self._by_subject.setdefault(subject, {}).setdefault(name, {})[target] = None
            if isinstance(target, str):
                if name == "rdf:type":
                    self._by_type[self.curie(target)][subject] = None
                else:
                    self._by_object[target][name, subject] = None

    def curie(self, iri: str) -> str:
        """Return an IRI in one of the prefixes, or as it is."""
        if iri not in self._curies:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = NAMESPACES.get(iri[:cut])
            self._curies[iri] = f"{prefix}:{iri[cut:]}" if prefix else iri
        return self._curies[iri]

    def subjects(self) -> Iterator["Node"]:
        """Yield all resources of which something is stated, in the order of the input."""
        return (Node(self, subject) for subject in self._by_subject)

    def of_type(self, name: str) -> Iterator["Node"]:
        """Yield the resources of a class."""
        return (Node(self, subject) for subject in self._by_type.get(name, ()))

    def values(self, subject: str, name: str) -> Iterable[str | Text]:
        """Return what a resource has under a property: IRIs as text, and literals."""
        return self._by_subject.get(subject, {}).get(name, ())

    def names(self, subject: str) -> Iterable[str]:
        """Return the properties of a resource."""
        return self._by_subject.get(subject, ())

    def is_inside(self, iri: str) -> bool:
        """Say whether a resource without an IRI belongs to another one."""
        return iri.startswith("_:") and bool(self._by_object.get(iri))

    def pointing(self, target: str, name: str) -> list[str]:
        """Return the resources that have this one under a property."""
        return [subject for known, subject in self._by_object.get(target, ()) if known == name]


class Node:
    """A resource of a graph."""

    def __init__(self, graph: Graph, iri: str) -> None:
        self.graph = graph
        self.iri = iri

    def __bool__(self) -> bool:
        return bool(self.iri)

    def own_id(self) -> tuple[str, ...]:
        """Return the resource's IRI as an identifier, where records are to carry it."""
        named = self.graph.keep_iris and self.iri and not self.iri.startswith("_:")
        return (f"{OWN}:{self.iri}",) if named else ()

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return the literals under any of these properties, each once."""
        found = (each for name in names for each in self.graph.values(self.iri, name))
        return tuple(dict.fromkeys(each.value for each in found if isinstance(each, Text)))

    def text(self, *names: str) -> str:
        """Return the first literal under the first of these properties that has one."""
        return next(iter(self.texts(*names)), "")

    def literals(self, *names: str) -> list[Text]:
        """Return the literals under these properties with their languages."""
        found = (each for name in names for each in self.graph.values(self.iri, name))
        return [each for each in found if isinstance(each, Text)]

    def iris(self, *names: str) -> tuple[str, ...]:
        """Return the IRIs under any of these properties."""
        found = (each for name in names for each in self.graph.values(self.iri, name))
        return tuple(dict.fromkeys(each for each in found if isinstance(each, str)))

    def nodes(self, *names: str) -> list["Node"]:
        """Return the resources under any of these properties."""
        return [Node(self.graph, iri) for iri in self.iris(*names)]

    def node(self, *names: str) -> "Node":
        """Return the first of them; one without IRI, of which nothing is stated, for none."""
        return next(iter(self.nodes(*names)), Node(self.graph, ""))

    def pointing(self, *names: str) -> list["Node"]:
        """Return the resources that have this one under any of these properties."""
        found = (each for name in names for each in self.graph.pointing(self.iri, name))
        return [Node(self.graph, iri) for iri in found]

    def types(self) -> tuple[str, ...]:
        """Return the CURIEs of its classes."""
        return tuple(map(self.graph.curie, self.iris("rdf:type")))


def _term(term: object) -> str | Text | None:
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        return Text(term.value, term.language or "")
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else None
