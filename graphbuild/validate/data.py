"""Lend data graphs for validation: a graph folder's triples, an RDF file, or few triples at hand.

Each comes as a DuckDB connection in which ``triples`` has the columns s, p, o in N-Triples form,
each triple once.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import duckdb
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from graphbuild.errors import InputError
from graphbuild.store.columns import Row
from graphbuild.store.engine import engine
from graphbuild.validate.quiet import quiet
from graphbuild.validate.terms import as_node

SUFFIXES = {
    ".jsonld": RdfFormat.JSON_LD,
    ".n3": RdfFormat.N3,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}
LINES_AT_ONCE = 50_000
SPLIT = """
CREATE TABLE triples AS
SELECT DISTINCT split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p,
    line[length(s) + length(p) + 3 :] AS o
FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, delim = E'\\x01', quote = '',
    escape = '', new_line = '\\n', auto_detect = false, max_line_size = 100000000)
"""


@contextmanager
def read_rdf(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend the triples of an RDF file, those of named graphs too; nothing is fetched.

    Raises:
        InputError: the file cannot be read, or is not in the format that its name says.
    """
    with tempfile.TemporaryDirectory() as spool, engine(f"{path}: cannot be read") as connection:
        lines = Path(spool) / "triples"
        with lines.open("w", encoding="utf-8", newline="\n") as file:
            rows = (f"{' '.join(row)}\n" for row in rows_of(path))
            while some := list(islice(rows, LINES_AT_ONCE)):
                file.write("".join(some))
        connection.execute(SPLIT, [str(lines)])
        lines.unlink()
        yield connection


@contextmanager
def held(rows: Iterable[Row]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend few triples that are at hand."""
    with engine("the triples cannot be held") as connection:
        connection.execute("CREATE TABLE triples (s VARCHAR, p VARCHAR, o VARCHAR)")
        columns = [list(column) for column in zip(*set(rows), strict=True)] or [[], [], []]
        unnested = ", ".join(["unnest(?::VARCHAR[])"] * 3)
        connection.execute(f"INSERT INTO triples SELECT {unnested}", columns)
        yield connection


def rows_of(path: Path, *, rename: bool = False) -> Iterator[Row]:
    """Yield the triples of an RDF file in N-Triples form, as they stand in it.

    Args:
        path: the file; the end of its name says its format.
        rename: give blank nodes labels that no other file has.

    Raises:
        InputError: the file cannot be read, or is not in the format that its name says.
    """
    syntax = SUFFIXES.get(path.suffix.lower())
    if syntax is None:
        known = " ".join(SUFFIXES)
        raise InputError(f"the end of the name says no RDF format ({known})", location=str(path))
    try:
        for quad in parse(
            path=str(path),
            format=syntax,
            base_iri=path.resolve().as_uri(),
            rename_blank_nodes=rename,
        ):
            yield str(quad.subject), str(quad.predicate), str(quad.object)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=str(path)) from error
    except SyntaxError as error:
        raise InputError(f"not {syntax.name}: {error.msg}", location=str(path)) from error


def turtle_rows(text: str) -> Iterator[Row]:
    """Yield the triples of Turtle that is known to be right, its blank nodes named anew."""
    for quad in parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=True):
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def graph_of(rows: Iterable[Row]) -> Graph:
    """Return triples as a graph of rdflib, every literal as it is written."""
    graph = Graph()
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        with quiet():
            for row in rows:
                graph.add(tuple(map(as_node, row)))  # type: ignore[arg-type]
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return graph
