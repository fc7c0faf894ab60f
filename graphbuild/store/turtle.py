"""Write triples as Turtle that reads well: prefixes sorted, the class first, subjects apart.

<https://w3id.org/graphbuild/id/paper/x> a gb:Paper ;
  dcterms:issued "2021-03-02"^^xsd:date ;
  dcterms:title "A title" .
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from graphbuild.store.columns import XSD, Row, is_iri

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
NAMESPACE = re.compile(r"<(.*[/#])([A-Za-z_][A-Za-z0-9_-]*)>")
BARE = {
    f"<{XSD}boolean>": re.compile(r"true|false"),
    f"<{XSD}integer>": re.compile(r"0|-?[1-9][0-9]*"),
    f"<{XSD}decimal>": re.compile(r"-?[0-9]+\.[0-9]+"),
}
"""Literals that Turtle takes without quotes and datatype (Turtle 1.1, section 2.5), as far as
readers keep the digits as they are: some make ``007`` a ``7``."""


class _Shortener:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}

    def name(self, iri: str) -> str:
        """Return the short form of a predicate, class or datatype; those are few, so it is kept."""
        short = self._known.get(iri)
        if short is None:
            short = self._known[iri] = "a" if iri == RDF_TYPE else self.term(iri)
        return short

    def term(self, term: str) -> str:
        if is_iri(term):
            match = NAMESPACE.fullmatch(term)
            prefix = self._prefixes.get(match[1]) if match else None
            return term if match is None or prefix is None else f"{prefix}:{match[2]}"
        if not term.endswith(">") or not term.startswith('"'):
            return term
        text, _, datatype = term.rpartition("^^")
        if datatype in BARE and BARE[datatype].fullmatch(text, 1, len(text) - 1):
            return text[1:-1]
        return f"{text}^^{self.name(datatype)}"


def write_turtle(rows: Iterable[Row], prefixes: Mapping[str, str], file: BinaryIO) -> int:
    """Write triples that are sorted by subject and predicate, and return how many they were."""
    file.writelines(f"@prefix {name}: <{prefixes[name]}> .\n".encode() for name in sorted(prefixes))
    return _write_subjects(rows, _Shortener(prefixes), file)


def write_trig(
    rows: Iterable[Row],
    named: Iterable[tuple[str, Iterable[Row]]],
    prefixes: Mapping[str, str],
    file: BinaryIO,
) -> int:
    """Write triples, and those of named graphs, as TriG; return how many they were together.

    Args:
        rows: the default graph, sorted by subject and predicate.
        named: the IRI of each graph, in angle brackets, with its triples sorted so.
        prefixes: short names of namespaces.
        file: where to.
    """
    count = write_turtle(rows, prefixes, file)
    shorten = _Shortener(prefixes)
    for graph, inside in named:
        file.write(f"\n{shorten.term(graph)} {{\n".encode())
        count += _write_subjects(inside, shorten, file)
        file.write(b"}\n")
    return count


def _write_subjects(rows: Iterable[Row], shorten: _Shortener, file: BinaryIO) -> int:
    count = 0
    for subject, group in groupby(rows, key=itemgetter(0)):
        statements = list(group)
        lines = " ;\n  ".join(_predicates(statements, shorten))
        file.write(f"\n{shorten.term(subject)} {lines} .\n".encode())
        count += len(statements)
    return count


def _predicates(rows: list[Row], shorten: _Shortener) -> Iterator[str]:
    # Stable sort: after the class, everything stays in its order.
    rows.sort(key=lambda row: row[1] != RDF_TYPE)
    for predicate, group in groupby(rows, key=itemgetter(1)):
        objects = ", ".join([shorten.term(row[2]) for row in group])
        yield f"{shorten.name(predicate)} {objects}"
