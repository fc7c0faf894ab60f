"""Read RDF in any syntax: graphs of ours, and those of others by the vocabularies they use."""

from collections.abc import Iterator
from datetime import date

from graphbuild.records import Record, Rejected
from graphbuild.sources.fields import Fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, source_of
from graphbuild.sources.rdf.graph import Graph, Quad
from graphbuild.sources.rdf.others import is_read, records_of
from graphbuild.sources.rdf.own import is_ours, own_records
from graphbuild.sources.rdf.syntax import parsed, syntax_of
from graphbuild.sources.rdf.words import READ

NAME = "rdf"


def recognises(head: Head) -> bool:
    """Say whether the input starts like an RDF document."""
    return syntax_of(head.text) is not None


def read_rdf(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the records of one graph."""
    yield from _read(Graph(), file, captured)


def read_with_iris(file: InputFile) -> Iterator[Record]:
    """Yield the records of one graph, the IRI of each resource among its identifiers; see `OWN`."""
    yield from _read(Graph(keep_iris=True), file, None)


def _read(graph: Graph, file: InputFile, captured: date | None) -> Iterator[Record]:
    broken: list[Rejected] = []
    graph.add(_good(parsed(file), broken))
    if is_ours(graph):
        yield from own_records(graph)
    else:
        when = captured.isoformat() if captured else None
        yield source_of(file, NAME, "an RDF graph", when)
        yield from records_of(graph, file)
    yield from broken


def _good(stream: Iterator[Quad | Rejected], broken: list[Rejected]) -> Iterator[Quad]:
    """Yield the triples, and put aside what is broken."""
    for each in stream:
        if isinstance(each, Rejected):
            broken.append(each)
        else:
            yield each


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which properties each resource states, and whether they are read."""
    graph = Graph()
    graph.add(_good(parsed(file), []))
    ours = is_ours(graph)
    for node in graph.subjects():
        known = ours or is_read(node)
        yield {name: ours or (known and name in READ) for name in graph.names(node.iri)}


FORMAT = Format(
    NAME,
    "RDF in any syntax: exports of graphbuild, and graphs of others",
    1,
    recognises,
    read_rdf,
    fields_of,
)
