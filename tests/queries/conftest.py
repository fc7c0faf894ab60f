from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph

from graphbuild.build import Options, build
from graphbuild.query.catalogue import CannedQuery
from graphbuild.query.values import bound
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.links import LinkSet, write_links
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.entities import find_entity
from graphbuild.store.folder import LOCK, GraphFolder
from graphbuild.store.formats import export
from graphbuild.store.places import searcher
from graphbuild.tombstones import KEY, Forgotten, Marked, remember
from tests.servers import oxigraph_server, virtuoso_server

FOLDER = Path(__file__).resolve().parents[2] / "examples"
EXAMPLES = tuple(
    str(FOLDER / name) for name in ("profile-page.txt", "library.jsonl", "citations.jsonl")
)
CAPTURED = date(2026, 11, 23)

LINKS = [
    Judgement(ours, f"http://vivo.example.org/individual/{theirs}", "same", 1.0, ())
    for ours, theirs in (("doi:10.5555/knots.2019", "p19"), ("orcid:0000-0009-9000-0018", "n7"))
]
"""What a made-up institution has of the example."""


SECRET = bytes(32)
PLACE = ("place", "doi:10.5555/data.900", "abel thorne")
"""A place in the example whose holder was forgotten; a real key is random."""


def forget_place(folder: Path) -> None:
    known = Forgotten(SECRET)
    marks = (known.mark(*PLACE), known.mark("shape", "a thorne"))
    (folder / KEY).write_text(SECRET.hex(), encoding="ascii")
    remember(folder, [Marked(known.mark("person", "somebody"), "2026-11-24", marks)])


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> GraphFolder:
    """Return the graph of the shipped examples, which the examples in queries' help are about."""
    folder = tmp_path_factory.mktemp("example") / "graph"
    write_links(folder, "vivo", LinkSet("http://vivo.example.org"), LINKS)
    (folder / LOCK).touch()
    forget_place(folder)
    return build(Options(EXAMPLES, folder, as_of=CAPTURED, keep_sources=True)).graph


@pytest.fixture(scope="session")
def other_engine(example) -> Graph:
    """Return the same graph in rdflib."""
    from graphbuild.store.columns import read_lines

    graph = Graph()
    for lines, _ in read_lines(example):
        graph.parse(lines, format="nt")
    return graph


@pytest.fixture(scope="session")
def dump(example, tmp_path_factory) -> Path:
    """Return the same graph as N-Triples."""
    from graphbuild.store.columns import read_lines

    file = tmp_path_factory.mktemp("dump") / "graph.nt"
    file.write_bytes(b"".join(lines for lines, _ in read_lines(example)))
    return file


@pytest.fixture(scope="session")
def quads(example, tmp_path_factory) -> Path:
    """Return the same graph, and what each source says, as N-Quads."""
    file = tmp_path_factory.mktemp("dump") / "graph.nq"
    export(example, file, "nq")
    return file


@pytest.fixture(scope="session")
def oxigraph(quads, tmp_path_factory) -> Iterator[Endpoint]:
    """Lend the same graph behind an Oxigraph server."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph") / "store", quads) as url:
        yield Endpoint(f"{url}/query", f"{url}/query")


@pytest.fixture(scope="session")
def virtuoso(dump) -> Iterator[Endpoint]:
    """Lend the same graph behind a Virtuoso server."""
    with virtuoso_server(dump.parent, dump) as url:
        yield Endpoint(url, url)


@pytest.fixture(scope="session")
def asked(example):
    """Return a query's text with its own examples as values: those it needs, or all."""

    def text(query: CannedQuery, *, options: bool) -> str:
        given = {
            parameter.name: [parameter.example]
            for parameter in query.parameters
            if options or (parameter.required and parameter.default is None)
        }
        return bound(
            query, given, lambda name, kind: find_entity(example, name, kind), searcher(example)
        )

    return text
