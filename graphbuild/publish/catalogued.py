"""Describe a graph as VoID and DCAT-AP do: what it holds, what it links to, where it can be had.

Written as text and never read back from the store, which would rewrite the datatypes that
DCAT-AP demands. Counts come from the columns, byte sizes and checksums from the files.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.store.columns import Row, lines_of, opened
from graphbuild.store.folder import GraphFolder
from graphbuild.store.formats import packed
from graphbuild.store.turtle import write_turtle
from graphbuild.terms import date, integer, link, literal

NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": PREFIXES["dcterms"],
    "foaf": PREFIXES["foaf"],
    "rdf": PREFIXES["rdf"],
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": PREFIXES["xsd"],
    **{name: PREFIXES[name] for name in ("gb", "fabio", "skos", "schema", "pro")},
}
NAMESPACE = re.compile(r"(?<=[/#])[^/#]*$")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
PARQUET = "application/vnd.apache.parquet"
SUBJECTS = """
SELECT count(*), count(DISTINCT s), count(DISTINCT o), count(DISTINCT p) FROM triples
"""
CLASSES = "SELECT o, count(*) FROM triples WHERE p = ? GROUP BY o ORDER BY o"
PROPERTIES = "SELECT p, count(*) FROM triples GROUP BY p ORDER BY p"
LINKS = """
SELECT p, regexp_extract(o, '^<([a-z]+:(?://[^/]+/)?)', 1) AS space, count(*) FROM triples
WHERE p IN (SELECT unnest(?)) AND o[1] = '<' GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class File:
    """A file in which the graph can be had.

    Attributes:
        name: its name.
        media_type: IRI of its media type.
        size: number of bytes.
        sha256: checksum, in hexadecimal digits.
        packing: IRI of the media type that it is packed in, empty for none.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    packing: str = ""


def write_description(graph: GraphFolder, target: Path, place: str | None) -> int:
    """Write the description of a graph as Turtle and return the number of triples.

    Args:
        graph: the graph.
        target: the file; ``-`` is standard output.
        place: web address of the folder in which the files of the graph are published; None for
            the graph's own base.

    Raises:
        GraphBuildError: the graph cannot be read, or the file cannot be written.
    """
    rows = described(graph, place)
    with packed(target) as file:
        return write_turtle(rows, NAMESPACES, file)


def described(graph: GraphFolder, place: str | None) -> list[Row]:
    """Return the triples that describe a graph, sorted; arguments as of `write_description`."""
    with opened(graph) as connection:
        files = [_dump(connection), file_of(graph.triples, graph.triples.name, PARQUET)]
        return sorted(set(description(graph, connection, files, place or graph.build.base)))


def file_of(path: Path, name: str, media_type: str, packing: str = "") -> File:
    """Return what is to be told of a file; its media types are given after the register's IRI."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    packed_in = f"{MEDIA_TYPES}{packing}" if packing else ""
    return File(
        name, f"{MEDIA_TYPES}{media_type}", path.stat().st_size, digest.hexdigest(), packed_in
    )


def _dump(connection: duckdb.DuckDBPyConnection) -> File:
    """Return the N-Triples file that ``export --to graph.nt`` writes, without writing it."""
    size, digest = 0, hashlib.sha256()
    for lines, _ in lines_of(connection):
        size += len(lines)
        digest.update(lines)
    media_type = f"{MEDIA_TYPES}application/n-triples"
    return File("graph.nt", media_type, size, digest.hexdigest())


def _term(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return f"<{NAMESPACES[prefix]}{name}>"


def _said(subject: str, pairs: list[tuple[str, str]]) -> Iterator[Row]:
    for predicate, value in pairs:
        yield subject, _term(predicate), value


def description(
    graph: GraphFolder, connection: duckdb.DuckDBPyConnection, files: list[File], place: str
) -> Iterator[Row]:
    """Yield the triples that describe a graph.

    Args:
        graph: the graph.
        connection: its view ``triples`` holds what is published of the graph.
        files: where that can be had; the first one is the dump.
        place: web address of the folder of these files.
    """
    dataset = f"<{graph.build.base}id/dataset>"
    yield from _said(dataset, _summary(graph, connection))
    yield dataset, _term("void:dataDump"), _address(place, files[0])
    if graph.build.as_of:
        yield dataset, _term("dcterms:modified"), date(graph.build.as_of)
    yield from _partitions(connection, dataset)
    yield from _linksets(connection, dataset, graph.build.base)
    for file in files:
        yield from _distribution(dataset, file, place)


def _summary(graph: GraphFolder, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return what is said of a graph as a whole."""
    build = graph.build
    found = connection.execute(SUBJECTS).fetchone() or (0, 0, 0, 0)
    [triples, subjects, objects, properties] = found
    contents = ", ".join(f"{number:,} {kind}" for kind, number in build.counts.items() if number)
    return [
        ("rdf:type", _term("dcat:Dataset")),
        ("rdf:type", _term("void:Dataset")),
        ("dcterms:title", literal(f"Scholarly knowledge graph {graph.path.resolve().name}")),
        ("dcterms:description", literal(f"Made by graphbuild {build.version}: {contents}")),
        ("dcterms:conformsTo", f"<{PREFIXES['gb'].removesuffix('#')}>"),
        ("void:uriSpace", literal(f"{build.base}id/")),
        ("void:triples", integer(triples)),
        ("void:distinctSubjects", integer(subjects)),
        ("void:distinctObjects", integer(objects)),
        ("void:properties", integer(properties)),
    ]


def _partitions(connection: duckdb.DuckDBPyConnection, dataset: str) -> Iterator[Row]:
    """Yield how many entities each class has, and how many triples each property."""
    classes = connection.execute(CLASSES, [v.TYPE]).fetchall()
    properties = connection.execute(PROPERTIES).fetchall()
    spaces: set[str] = set()
    for kind, counted, found in (
        ("class", "entities", classes),
        ("property", "triples", properties),
    ):
        for number, (term, count) in enumerate(found, 1):
            node = f"{dataset[:-1]}/{kind}/{number}>"
            spaces.add(NAMESPACE.sub("", term[1:-1]))
            yield from _said(node, [(f"void:{kind}", term), (f"void:{counted}", integer(count))])
            yield dataset, _term(f"void:{kind}Partition"), node
    for space in sorted(spaces):
        yield dataset, _term("void:vocabulary"), f"<{space}>"


def _linksets(connection: duckdb.DuckDBPyConnection, dataset: str, base: str) -> Iterator[Row]:
    predicates = sorted(set(v.IDENTIFIERS.values()) | {v.CITES_OUTSIDE})
    found = connection.execute(LINKS, [predicates]).fetchall()
    for number, (predicate, space, count) in enumerate(found, 1):
        if base.startswith(space):
            continue
        node, target = (f"{dataset[:-1]}/{kind}/{number}>" for kind in ("linkset", "target"))
        yield from _said(
            node,
            [
                ("rdf:type", _term("void:Linkset")),
                ("void:linkPredicate", predicate),
                ("void:subjectsTarget", dataset),
                ("void:objectsTarget", target),
                ("void:triples", integer(count)),
            ],
        )
        yield from _said(
            target, [("rdf:type", _term("void:Dataset")), ("void:uriSpace", literal(space))]
        )
        yield dataset, _term("void:subset"), node


def _distribution(dataset: str, file: File, place: str) -> Iterator[Row]:
    node = f"{dataset[:-1]}/file/{file.name}>"
    checksum = f"{dataset[:-1]}/file/{file.name}/sha256>"
    address = _address(place, file)
    yield dataset, _term("dcat:distribution"), node
    yield from _said(
        node,
        [
            ("rdf:type", _term("dcat:Distribution")),
            ("dcterms:title", literal(file.name)),
            ("dcat:accessURL", address),
            ("dcat:downloadURL", address),
            ("dcat:mediaType", f"<{file.media_type}>"),
            ("dcat:byteSize", f'"{file.size}"^^{_term("xsd:nonNegativeInteger")}'),
            ("spdx:checksum", checksum),
        ],
    )
    if file.packing:
        yield node, _term("dcat:compressFormat"), f"<{file.packing}>"
    yield from _said(
        checksum,
        [
            ("rdf:type", _term("spdx:Checksum")),
            ("spdx:algorithm", _term("spdx:checksumAlgorithm_sha256")),
            ("spdx:checksumValue", f'"{file.sha256}"^^{_term("xsd:hexBinary")}'),
        ],
    )


def _address(place: str, file: File) -> str:
    return link(f"{place.removesuffix('/')}/{file.name}")
