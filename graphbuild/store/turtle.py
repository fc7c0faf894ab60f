"""Write triples as Turtle that reads well: prefixes sorted, the class first, subjects apart.

<https://w3id.org/graphbuild/id/paper/x> a gb:Paper ;
  dcterms:issued "2021-03-02"^^xsd:date ;
  dcterms:title "A title" .
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
NAMESPACE = re.compile(r"(.*[/#])([A-Za-z_][A-Za-z0-9_-]*)", re.DOTALL)
BARE = {
    f"{XSD}boolean": re.compile(r"true|false"),
    f"{XSD}integer": re.compile(r"0|-?[1-9][0-9]*"),
    f"{XSD}decimal": re.compile(r"-?[0-9]+\.[0-9]+"),
}
"""Literals that Turtle takes without quotes and datatype (Turtle 1.1, section 2.5), as far as
readers keep the digits as they are: some make ``007`` a ``7``."""


class _Shortener:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}

    def term(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if isinstance(term, Literal):
            return self._literal(term)
        return str(term)

    def _iri(self, iri: str) -> str:
        match = NAMESPACE.fullmatch(iri)
        prefix = self._prefixes.get(match[1]) if match else None
        return f"<{iri}>" if match is None or prefix is None else f"{prefix}:{match[2]}"

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype.value
        if literal.language or datatype == f"{XSD}string":
            return str(literal)
        if datatype in BARE and BARE[datatype].fullmatch(literal.value):
            return literal.value
        return f"{Literal(literal.value)}^^{self._iri(datatype)}"


def write_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str], file: BinaryIO) -> int:
    """Write triples that are sorted by subject and predicate, and return how many they were."""
    shorten = _Shortener(prefixes)
    file.writelines(f"@prefix {name}: <{prefixes[name]}> .\n".encode() for name in sorted(prefixes))
    count = 0
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        statements = list(group)
        lines = " ;\n  ".join(_predicates(statements, shorten))
        file.write(f"\n{shorten.term(subject)} {lines} .\n".encode())
        count += len(statements)
    return count


def _predicates(triples: list[Triple], shorten: _Shortener) -> Iterator[str]:
    # Stable sort: after the class, everything stays in its order.
    triples.sort(key=lambda triple: triple.predicate != RDF_TYPE)
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        verb = "a" if predicate == RDF_TYPE else shorten.term(predicate)
        yield f"{verb} {', '.join(shorten.term(triple.object) for triple in group)}"
