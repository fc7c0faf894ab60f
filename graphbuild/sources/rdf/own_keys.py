"""Take the keys and identifiers of a graph of ours out of its IRIs."""

from typing import NamedTuple
from urllib.parse import unquote

from graphbuild.identifiers import SCHEMES, address
from graphbuild.sources.rdf.graph import Node

PROPERTIES = {
    "doi": "gb:doi",
    "arxiv": "gb:arxiv",
    "acl": "gb:aclAnthology",
    "acl-person": "gb:aclAnthology",
    "acl-venue": "gb:aclAnthology",
    "openalex": "gb:openalex",
    "dblp": "gb:dblp",
    "dblp-person": "gb:dblp",
    "dblp-stream": "gb:dblp",
    "semantic-scholar": "gb:semanticScholar",
    "openreview": "gb:openReview",
    "dblp-name": "gb:dblp",
    "pwc": "gb:papersWithCode",
    "acl-event": "gb:aclAnthology",
}
"""The properties that are not called like their schemes."""


class Minted(NamedTuple):
    """The kind and key that an IRI of ours was minted from."""

    kind: str
    key: str


def minted(node: Node) -> Minted:
    """Return kind and key of an entity's IRI.

    >>> from graphbuild.sources.rdf.graph import Graph
    >>> minted(Node(Graph(), "https://kg.example.org/id/paper/doi:10.1000~1xyz"))
    Minted(kind='paper', key='doi:10.1000/xyz')
    """
    kind, _, key = node.iri.rpartition("/id/")[2].partition("/")
    return Minted(kind, unquote(key).replace("~1", "/").replace("~0", "~"))


def ids_of(node: Node) -> tuple[str, ...]:
    """Return the identifiers that an entity states, the one that makes its key first."""
    found = {
        known
        for scheme in SCHEMES
        for iri in node.iris(PROPERTIES.get(scheme, f"gb:{scheme}"))
        if (known := _identifier(scheme, iri))
    }
    key = minted(node).key
    return (*sorted(found, key=lambda known: (known != key, known)), *node.own_id())


def malformed_of(node: Node) -> tuple[tuple[str, str], ...]:
    """Return the identifiers that an entity has as written, because they break the rules."""
    pairs = (text.partition(": ") for text in node.texts("gb:malformedIdentifier"))
    return tuple((scheme, written) for scheme, _, written in pairs)


def outside_id(iri: str) -> str:
    """Return the identifier that an IRI outside the graph stands for, or the IRI itself."""
    return next((known for scheme in SCHEMES if (known := _identifier(scheme, iri))), iri)


def _identifier(scheme: str, iri: str) -> str | None:
    rule = SCHEMES[scheme]
    if not iri.startswith(rule.address):
        return None
    value = unquote(iri[len(rule.address) : len(iri) - len(rule.after)])
    known = f"{scheme}:{value}"
    fits = rule.pattern.fullmatch(value)
    return known if fits and address(known) == iri else None
