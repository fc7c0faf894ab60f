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
from operator import itemgetter
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from graphbuild.errors import GraphBuildError
from graphbuild.store.columns import XSD, Literal, Row, is_iri, literal
from graphbuild.text import CONTROL

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE = f"<{RDF}type>"
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
        self._known: dict[str, tuple[str, str] | None] = {}

    def element(self, iri: str) -> tuple[str, str] | None:
        """Return the name of an element and the declaration it needs; None when XML has no name."""
        if iri not in self._known:
            self._known[iri] = self._split(iri)
        return self._known[iri]

    def _split(self, iri: str) -> tuple[str, str] | None:
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


def write_rdfxml(rows: Iterable[Row], prefixes: Mapping[str, str], file: BinaryIO) -> int:
    """Write triples that are sorted by subject and return how many they were.

    Raises:
        GraphBuildError: a predicate does not end in a name that XML allows.
    """
    known = {**prefixes, "rdf": RDF}
    declared = "".join(f"\n  xmlns:{name}={quoteattr(known[name])}" for name in sorted(known))
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode())
    names, count = Names(known), 0
    for subject, group in groupby(rows, key=itemgetter(0)):
        statements = list(group)
        file.write("".join(_node(subject, statements, names)).encode())
        count += len(statements)
    file.write(b"</rdf:RDF>\n")
    return count


def _node(subject: str, rows: list[Row], names: Names) -> Iterator[str]:
    name, declaration, said = "rdf:Description", "", None
    for row in rows:
        found = names.element(row[2][1:-1]) if row[1] == RDF_TYPE and is_iri(row[2]) else None
        if found:
            (name, declaration), said = found, row
            break
    yield f"  <{name}{declaration} {_reference(subject, 'about')}>\n"
    for row in rows:
        if row is not said:
            yield _property(row[1][1:-1], row[2], names)
    yield f"  </{name}>\n"


def _property(predicate: str, value: str, names: Names) -> str:
    found = names.element(predicate)
    if found is None:
        raise GraphBuildError(
            f"RDF/XML cannot say <{predicate}>, which ends in no XML name; use another format"
        )
    name, declaration = found
    if not value.startswith('"'):
        return f"    <{name}{declaration} {_reference(value, 'resource')}/>\n"
    parts = literal(value)
    text = escape(CONTROL_BUT_RETURN.sub("\ufffd", parts.text), REFERENCES)
    return f"    <{name}{declaration}{_kind(parts)}>{text}</{name}>\n"


def _reference(term: str, attribute: str) -> str:
    if term.startswith("_:"):
        return f"rdf:nodeID={quoteattr(term[2:])}"
    if not is_iri(term):
        raise GraphBuildError(f"RDF/XML cannot say {term}, a triple as a term; use another format")
    return f"rdf:{attribute}={quoteattr(term[1:-1])}"


def _kind(parts: Literal) -> str:
    if parts.language:
        return f" xml:lang={quoteattr(parts.language)}"
    return "" if parts.datatype == f"{XSD}string" else f" rdf:datatype={quoteattr(parts.datatype)}"
