"""Write triples as RDF/XML that every XML parser takes, whatever the literals hold.

    <gb:Paper rdf:about="https://w3id.org/graphbuild/id/paper/x">
      <dcterms:title>A title</dcterms:title>
    </gb:Paper>

XML 1.0 has no way to write control characters, so each becomes U+FFFD, the replacement character;
a carriage return becomes a reference, because XML would read it as a line feed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graphbuild.errors import GraphBuildError
from graphbuild.text import CONTROL

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
RESERVED = frozenset(
    [
        "Description",
        "RDF",
        "ID",
        "about",
        "bagID",
        "parseType",
        "resource",
        "nodeID",
        "datatype",
        "li",
    ]
)
CONTROL_BUT_RETURN = re.compile(rf"(?!\r){CONTROL.pattern}")
REFERENCES = {"\r": "&#13;"}


class Names:
    """Splits the IRIs of predicates and classes into prefix and local name, as XML wants."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}

    def element(self, iri: str) -> tuple[str, str] | None:
        """Return the name of an element and the declaration it needs; None when XML has no name."""
        match = LOCAL_NAME.search(iri)
        if match is None:
            return None
        namespace, local = iri[: match.start()], match[0]
        if not namespace or (namespace == RDF and local in RESERVED):
            return None
        prefix = self._prefixes.get(namespace)
        if prefix is not None:
            return f"{prefix}:{local}", ""
        return f"ns:{local}", f" xmlns:ns={quoteattr(namespace)}"


def write_rdfxml(triples: Iterable[Triple], prefixes: Mapping[str, str], file: BinaryIO) -> int:
    """Write triples that are sorted by subject and return how many they were.

    Raises:
        GraphBuildError: a predicate does not end in a name that XML allows.
    """
    known = {**prefixes, "rdf": RDF}
    declared = "".join(f"\n  xmlns:{name}={quoteattr(known[name])}" for name in sorted(known))
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode())
    names, count = Names(known), 0
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        statements = list(group)
        file.write("".join(_node(statements, names)).encode())
        count += len(statements)
    file.write(b"</rdf:RDF>\n")
    return count


def _node(triples: list[Triple], names: Names) -> Iterator[str]:
    subject = triples[0].subject
    kind = next((triple for triple in triples if _names_class(triple, names)), None)
    found = (
        names.element(kind.object.value) if kind and isinstance(kind.object, NamedNode) else None
    )
    name, declaration = found or ("rdf:Description", "")
    attribute = "rdf:nodeID" if isinstance(subject, BlankNode) else "rdf:about"
    yield f"  <{name}{declaration} {attribute}={quoteattr(str(getattr(subject, 'value')))}>\n"  # noqa: B009
    for triple in triples:
        if triple != kind:
            yield _property(triple, names)
    yield f"  </{name}>\n"


def _names_class(triple: Triple, names: Names) -> bool:
    return (
        triple.predicate.value == f"{RDF}type"
        and isinstance(triple.object, NamedNode)
        and names.element(triple.object.value) is not None
    )


def _property(triple: Triple, names: Names) -> str:
    found = names.element(triple.predicate.value)
    if found is None:
        raise GraphBuildError(
            f"RDF/XML cannot say {triple.predicate}, which ends in no XML name; use another format"
        )
    name, declaration = found
    value = triple.object
    if isinstance(value, NamedNode):
        return f"    <{name}{declaration} rdf:resource={quoteattr(value.value)}/>\n"
    if isinstance(value, BlankNode):
        return f"    <{name}{declaration} rdf:nodeID={quoteattr(value.value)}/>\n"
    if not isinstance(value, Literal):
        raise GraphBuildError(f"RDF/XML cannot say {value}, a triple as a term")
    text = escape(CONTROL_BUT_RETURN.sub("\ufffd", value.value), REFERENCES)
    return f"    <{name}{declaration}{_kind(value)}>{text}</{name}>\n"


def _kind(literal: Literal) -> str:
    if literal.language:
        return f" xml:lang={quoteattr(literal.language)}"
    datatype = literal.datatype.value
    return "" if datatype == XSD_STRING else f" rdf:datatype={quoteattr(datatype)}"
