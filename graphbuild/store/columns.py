"""Read a graph's triples from its Parquet columns: all of them in order, or by SQL.

A triple is a row of three terms in N-Triples form, as the columns hold them; an entry of a dump
of many millions of triples is not made an object of, because that costs ten times as much.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import duckdb

from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder

Row = tuple[str, str, str]

BATCH = 20_000
LINES = "SELECT s || ' ' || p || ' ' || o || E' .\\n' FROM triples"
ROWS = "SELECT s, p, o FROM triples"
STATEMENTS = "SELECT g, s, p, o FROM read_parquet(?)"
XSD = "http://www.w3.org/2001/XMLSchema#"
LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Literal(NamedTuple):
    """A literal: its characters, the IRI of its datatype, its language or an empty string."""

    text: str
    datatype: str
    language: str


@contextmanager
def opened(graph: GraphFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection in which view ``triples`` has the columns s, p, o in N-Triples form.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    failed = f"{graph.path}: its triples cannot be read; build the graph again"
    with viewed(graph.triples, failed) as connection:
        yield connection


@contextmanager
def viewed(triples: Path, failed: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection as `opened` does, for the columns of a graph that is not complete yet.

    Args:
        triples: the columns.
        failed: what to say when they cannot be read.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    path = str(triples).replace("'", "''")
    with engine(failed) as connection:
        connection.execute(f"CREATE VIEW triples AS FROM read_parquet('{path}')")
        yield connection


def read_lines(graph: GraphFolder) -> Iterator[tuple[bytes, int]]:
    """Yield the graph as N-Triples in the order of the columns: many lines and their number.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    with opened(graph) as connection:
        yield from lines_of(connection)


def lines_of(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[bytes, int]]:
    """Yield the triples that a connection holds as N-Triples: many lines and their number."""
    found = connection.execute(LINES)
    while batch := found.fetchmany(BATCH):
        yield "".join([line for (line,) in batch]).encode(), len(batch)


def read_rows(graph: GraphFolder) -> Iterator[Row]:
    """Yield the triples of a graph in the order of the columns: by subject, predicate, object.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    with opened(graph) as connection:
        found = connection.execute(ROWS)
        while batch := found.fetchmany(BATCH):
            yield from batch


def read_statements(graph: GraphFolder) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield what each source says by itself: the source's IRI in angle brackets, and triples.

    Nothing is yielded where the graph does not keep it.

    Raises:
        GraphError: the file is damaged.
    """
    if graph.statements.exists():
        with engine(f"{graph.statements}: cannot be read; build the graph again") as connection:
            found = connection.execute(STATEMENTS, [str(graph.statements)])
            batches = iter(lambda: found.fetchmany(BATCH), [])
            quads: Iterator[tuple[str, str, str, str]] = chain.from_iterable(batches)
            for name, rows in groupby(quads, key=itemgetter(0)):
                yield name, ((s, p, o) for _, s, p, o in rows)


def is_iri(term: str) -> bool:
    """Say whether a term is an IRI."""
    return term.startswith("<") and not term.startswith("<<")


def literal(term: str) -> Literal:
    r"""Return the parts of a literal.

    >>> literal('"say \\"hi\\""@en').text, literal('"2020"^^<http://e/year>').datatype
    ('say "hi"', 'http://e/year')
    """
    end = term.rindex('"')
    text, suffix = term[1:end], term[end + 1 :]
    text = unescaped(text)
    if suffix.startswith("@"):
        return Literal(text, LANGUAGE, suffix[1:])
    return Literal(text, suffix[3:-1] if suffix else f"{XSD}string", "")


def unescaped(text: str) -> str:
    """Return the characters that stand between the quotes of a literal."""
    return ESCAPED.sub(_character, text) if "\\" in text else text


def plain(term: str) -> str:
    """Return the IRI or the characters that a term stands for.

    >>> plain('<http://e/a>'), plain('"2020"^^<http://e/year>')
    ('http://e/a', '2020')
    """
    return term[1:-1] if is_iri(term) else literal(term).text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else CHARACTERS.get(match[3], match[3])
