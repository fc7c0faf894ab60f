"""Leave in a graph only what a licence allows to be given on.

A node is allowed when all the inputs that it comes from are (`prov:wasDerivedFrom`): of a node that
several inputs made, nobody can say which of its statements is whose. What is counted over the whole
graph comes from all inputs, and is left out. What comes from no input, such as a work or a former
IRI, is allowed where it is tied to something that is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec
from pyoxigraph import RdfFormat, Store

from graphbuild.errors import GraphError
from graphbuild.licences import NAMES, allows
from graphbuild.mapping import vocabulary as v
from graphbuild.publish.delta import quoted
from graphbuild.store.columns import lines_of, opened, plain
from graphbuild.store.folder import GraphFolder

INPUTS = """
SELECT i.s, i.o, coalesce(l.o, '') FROM triples h
JOIN triples i ON i.s = h.s AND i.p = $name
LEFT JOIN triples l ON l.s = h.s AND l.p = $licence
WHERE h.p = $hash ORDER BY i.o, i.s
"""
HIDE = """
CREATE TABLE refused AS
    SELECT s FROM inputs WHERE NOT allowed
    UNION SELECT t.s FROM triples t JOIN inputs i ON t.o = i.s AND NOT i.allowed
        WHERE t.p = $part;
CREATE TABLE hidden AS
    FROM refused
    UNION SELECT t.s FROM triples t JOIN refused r ON t.o = r.s WHERE t.p = $derived
    UNION SELECT s FROM triples WHERE p = $type AND o IN ($measure, $measuring);
CREATE TABLE made AS SELECT DISTINCT s FROM triples WHERE p = $derived
    UNION SELECT s FROM triples WHERE p = $hash OR p = $part;
CREATE TABLE stated AS FROM triples
    WHERE s NOT IN (FROM hidden) AND o NOT IN (FROM hidden);
CREATE TABLE tied AS
    SELECT DISTINCT o AS s FROM stated JOIN made USING (s) WHERE o[1] = '<'
    UNION SELECT DISTINCT stated.s FROM stated JOIN made ON stated.o = made.s
    UNION SELECT s FROM triples WHERE p = $type AND o IN ($concept, $scheme);
COPY (
    SELECT s, p, o FROM stated
    WHERE s IN (FROM made) OR s IN (FROM tied) ORDER BY s, p, o
) TO '{target}' (FORMAT parquet, COMPRESSION zstd)
"""


@dataclass(frozen=True)
class Leave:
    """What a licence leaves of a graph.

    Attributes:
        statements: how many there are.
        kept: how many of them are allowed.
        refused: names of the inputs that are not, with their licences or ``licence unknown``.
    """

    statements: int
    kept: int
    refused: tuple[tuple[str, str], ...]


@contextmanager
def licensed(graph: GraphFolder, wanted: str) -> Iterator[tuple[GraphFolder, Leave]]:
    """Lend a graph folder that holds only what may be given on under a licence.

    Its triples, store and tables are there; what serves to ask and to go on building is not.

    Args:
        graph: the graph.
        wanted: IRI of the licence.

    Raises:
        GraphError: no input of the graph allows it, or the graph cannot be read.
    """
    with TemporaryDirectory(prefix="graphbuild-") as scratch:
        inputs = _inputs(graph)
        allowed = {source for source, _, licence in inputs if licence and allows(licence, wanted)}
        if not allowed:
            raise GraphError(
                f"{graph.path}: no input has a licence that allows {short(wanted)}; state licences "
                "in graph.toml and build the graph again, see docs/exports.md"
            )
        copy = _folder(graph, Path(scratch), wanted, {source[1:-1] for source in allowed})
        with opened(graph) as connection:
            _filter(connection, copy, inputs, allowed)
        refused = tuple(
            (name, short(licence) if licence else "licence unknown")
            for source, name, licence in inputs
            if source not in allowed
        )
        with opened(copy) as connection:
            kept = _filled(connection, graph, copy)
        counts = {**graph.build.counts, "triples": kept}
        build = msgspec.structs.replace(copy.build, counts=counts)
        yield GraphFolder(copy.path, build), Leave(graph.build.counts["triples"], kept, refused)


def short(licence: str) -> str:
    """Return the name of a licence, or its IRI where it has none."""
    return next((name for name, iri in NAMES.items() if iri == licence), licence)


def _inputs(graph: GraphFolder) -> list[tuple[str, str, str]]:
    """Return source record, file name and licence of each input; the licence may be unknown."""
    values = {"name": v.IDENTIFIER, "licence": v.LICENSE, "hash": v.SHA256}
    with opened(graph) as connection:
        found = connection.execute(INPUTS, values).fetchall()
    return [(source, plain(name), licence[1:-1]) for source, name, licence in found]


def _folder(graph: GraphFolder, scratch: Path, wanted: str, keys: set[str]) -> GraphFolder:
    """Return an empty folder of the same name for what is allowed."""
    path = scratch / graph.path.resolve().name
    inputs = tuple(
        each
        for each in graph.build.inputs
        if any(key.endswith(f"/{each.sha256[:16]}") for key in keys)
    )
    build = msgspec.structs.replace(
        graph.build, data="licensed", inputs=inputs, identity=f"{graph.build.identity} {wanted}"
    )
    copy = GraphFolder(path, build)
    copy.triples.parent.mkdir(parents=True)
    copy.tables.mkdir()
    return copy


def _filter(
    connection: duckdb.DuckDBPyConnection,
    copy: GraphFolder,
    inputs: list[tuple[str, str, str]],
    allowed: set[str],
) -> None:
    """Write the triples that are allowed."""
    connection.execute("CREATE TABLE inputs (s VARCHAR, allowed BOOLEAN)")
    rows = [(source, source in allowed) for source, _, _ in inputs]
    connection.executemany("INSERT INTO inputs VALUES (?, ?)", rows)
    values = {
        "part": v.PART_OF,
        "derived": v.DERIVED_FROM,
        "type": v.TYPE,
        "hash": v.SHA256,
        "measure": v.MEASURE,
        "measuring": v.MEASURING,
        "concept": v.CONCEPT,
        "scheme": v.CONCEPT_SCHEME,
    }
    for statement in HIDE.format(target=quoted(copy.triples)).split(";"):
        named = {name: value for name, value in values.items() if f"${name}" in statement}
        connection.execute(statement, named)


def _filled(connection: duckdb.DuckDBPyConnection, graph: GraphFolder, copy: GraphFolder) -> int:
    """Write store and tables of the allowed triples, and return their number."""
    lines, number = copy.data / "lines.nt", 0
    with lines.open("wb") as file:
        for some, count in lines_of(connection):
            file.write(some)
            number += count
    store = Store(str(copy.store))
    store.bulk_load(path=str(lines), format=RdfFormat.N_TRIPLES)
    store.flush()
    lines.unlink()
    for table in sorted(graph.tables.glob("*.parquet")):
        connection.execute(
            f"COPY (FROM read_parquet('{quoted(table)}') WHERE '<' || iri || '>' IN "  # noqa: S608 - SQL of ours
            f"(SELECT s FROM triples WHERE p = '{v.TYPE}')) "
            f"TO '{quoted(copy.tables / table.name)}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return number
