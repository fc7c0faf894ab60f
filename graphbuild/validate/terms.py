"""Terms of rdflib and their N-Triples text, which is how all else knows a term."""

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from graphbuild.store.columns import literal

TRUE = ("true", "1")


def as_text(term: Node) -> str:
    """Return a term in N-Triples form, on one line whatever it holds."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    if not isinstance(term, Literal):
        return term.n3()
    if term.language:
        return str(ox.Literal(term, language=term.language))
    return str(ox.Literal(term, datatype=ox.NamedNode(term.datatype or XSD.string)))


def as_node(text: str) -> URIRef | BNode | Literal:
    """Return the term that a text stands for; a blank node keeps its label."""
    if text.startswith("<"):
        return URIRef(text[1:-1])
    if text.startswith("_:"):
        return BNode(text[2:])
    parts = literal(text)
    if parts.language:
        return Literal(parts.text, lang=parts.language)
    datatype = None if parts.datatype == str(XSD.string) else URIRef(parts.datatype)
    return Literal(parts.text, datatype=datatype, normalize=False)
