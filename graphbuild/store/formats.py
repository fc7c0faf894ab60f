"""Export a graph as an RDF file: sorted, the same bytes every time, whole or not at all."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, cast

import msgspec

from graphbuild import resources
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.store.columns import read_lines, read_rows, read_statements
from graphbuild.store.folder import GraphFolder
from graphbuild.store.jsonld import Context, write_jsonld
from graphbuild.store.output import written
from graphbuild.store.rdfxml import write_rdfxml
from graphbuild.store.turtle import write_trig, write_turtle

GZIP = ".gz"
GZIP_LEVEL = 6


@dataclass(frozen=True)
class Format:
    """An RDF syntax: its name for people, the ends of its file names, and what writes it.

    ``write`` puts a whole graph into a file and returns the number of triples. What sources say by
    themselves, where it is kept, is in named graphs: only syntaxes that have such can write it.
    """

    title: str
    suffixes: tuple[str, ...]
    write: Callable[[GraphFolder, BinaryIO], int]


def format_of(path: PurePath) -> str | None:
    """Return the name of the format that a file name ends with, or None.

    >>> format_of(PurePath("graph.ttl")), format_of(PurePath("graph.nt.gz"))
    ('ttl', 'nt')
    """
    name = path.name.lower().removesuffix(GZIP)
    for key, syntax in FORMATS.items():
        if name.endswith(syntax.suffixes):
            return key
    return None


LINES = ("nt", "nq", "ttl", "trig")
"""Names of the formats to whose end N-Triples may be added."""


def export(graph: GraphFolder, target: Path, name: str, more: bytes = b"") -> int:
    """Write a graph in the format of this name and return the number of triples.

    Args:
        graph: the graph to write.
        target: the file; ``-`` is standard output, and a name that ends in ``.gz`` is compressed.
        name: a key of `FORMATS`.
        more: N-Triples to add at the end, one a line; the format is one of `LINES`.

    Raises:
        GraphBuildError: the graph cannot be read, the file cannot be written, or the format
            cannot say what the graph holds. What was at ``target`` is unchanged.
    """
    with packed(target) as file:
        count = FORMATS[name].write(graph, file)
        file.write(more)
        return count + more.count(b"\n")


@contextmanager
def packed(target: Path) -> Iterator[BinaryIO]:
    """Lend a file as `written` does, compressed where the name ends in ``.gz``."""
    with written(target) as file:
        if target.suffix.lower() != GZIP:
            yield file
            return
        # No file name and time stamp in the header: the same graph gives the same bytes.
        with gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as lent:
            yield cast("BinaryIO", lent)


def _write_ntriples(graph: GraphFolder, file: BinaryIO) -> int:
    count = 0
    for lines, number in read_lines(graph):
        file.write(lines)
        count += number
    return count


def _write_turtle(graph: GraphFolder, file: BinaryIO) -> int:
    return write_turtle(read_rows(graph), PREFIXES, file)


def _write_nquads(graph: GraphFolder, file: BinaryIO) -> int:
    count = _write_ntriples(graph, file)
    for name, rows in read_statements(graph):
        for s, p, o in rows:
            file.write(f"{s} {p} {o} {name} .\n".encode())
            count += 1
    return count


def _write_trig(graph: GraphFolder, file: BinaryIO) -> int:
    return write_trig(read_rows(graph), read_statements(graph), PREFIXES, file)


def _write_rdfxml(graph: GraphFolder, file: BinaryIO) -> int:
    return write_rdfxml(read_rows(graph), PREFIXES, file)


def _write_jsonld(graph: GraphFolder, file: BinaryIO) -> int:
    return write_jsonld(read_rows(graph), shipped_context(), file)


def shipped_context() -> Context:
    """Return our JSON-LD context."""
    document = msgspec.json.decode(
        resources.read("ontology", "context.jsonld"), type=dict[str, dict[str, object]]
    )
    return document["@context"]


FORMATS: Mapping[str, Format] = {
    "nt": Format("N-Triples", (".nt",), _write_ntriples),
    "ttl": Format("Turtle", (".ttl",), _write_turtle),
    # Where no source's own statements are kept, TriG is Turtle and N-Quads are N-Triples.
    "nq": Format("N-Quads", (".nq",), _write_nquads),
    "trig": Format("TriG", (".trig",), _write_trig),
    "rdf": Format("RDF/XML", (".rdf", ".xml"), _write_rdfxml),
    "jsonld": Format("JSON-LD", (".jsonld", ".json"), _write_jsonld),
}
"""Every format by the name it has on the command line."""
