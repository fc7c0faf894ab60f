"""Read RDF in any syntax: graphs of ours, and those of others by the vocabularies they use."""

from collections.abc import Iterator
from datetime import date

from graphbuild.records import Record, Rejected
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, source_of
from graphbuild.sources.rdf.graph import Graph, Quad
from graphbuild.sources.rdf.own import is_ours, own_records
from graphbuild.sources.rdf.syntax import parsed, syntax_of

NAME = "rdf"


def recognises(head: Head) -> bool:
    """Say whether the input starts like an RDF document."""
    return syntax_of(head.text) is not None


def read_rdf(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the records of one graph."""
    graph = Graph()
    broken: list[Rejected] = []
    graph.add(_good(parsed(file), broken))
    if is_ours(graph):
        yield from own_records(graph)
    else:
        when = captured.isoformat() if captured else None
        yield source_of(file, NAME, "an RDF graph", when)
    yield from broken


def _good(stream: Iterator[Quad | Rejected], broken: list[Rejected]) -> Iterator[Quad]:
    """Yield the triples, and put aside what is broken."""
    for each in stream:
        if isinstance(each, Rejected):
            broken.append(each)
        else:
            yield each


FORMAT = Format(NAME, "RDF", 1, recognises, read_rdf)
