"""The co-author network: people, tied by the papers that they wrote together."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import duckdb
import networkx as nx

from graphbuild.mapping import vocabulary as v
from graphbuild.store.columns import plain
from graphbuild.store.places import Place, triples_with
from graphbuild.text import clean

WRITERS = r"""
CREATE TEMP TABLE writer AS
WITH issued AS (
    SELECT s, min(TRY_CAST(substr(o, 2, 4) AS INTEGER)) AS year
    FROM triples WHERE p = $issued GROUP BY s
), bound AS (
    SELECT s, max(TRY_CAST(regexp_extract(o, '^"(\d+)"', 1) AS INTEGER)) AS number
    FROM triples WHERE p = $at_least GROUP BY s
)
SELECT
    written.s AS paper, written.o AS person, year,
    greatest(count(*) OVER (PARTITION BY written.s), coalesce(number, 0)) AS authors
FROM triples AS written
LEFT JOIN issued ON issued.s = written.s
LEFT JOIN bound ON bound.s = written.s
WHERE written.p = $creator
    AND ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last)
"""
PEOPLE = """
SELECT person, count(*), min(year), max(year) FROM writer
GROUP BY person HAVING count(*) >= ? ORDER BY person
"""
TIES = """
SELECT one.person, other.person, count(*), round(sum(1.0 / (one.authors - 1)), 4),
    min(one.year), max(one.year)
FROM writer AS one JOIN writer AS other
    ON one.paper = other.paper AND one.person < other.person
WHERE one.authors <= ?
GROUP BY ALL HAVING count(*) >= ? ORDER BY 1, 2
"""
SAID = """
SELECT s, p, o FROM triples
WHERE list_contains($wanted, p) AND s IN (SELECT person FROM writer) ORDER BY s, p, o
"""
TOO_MANY = "SELECT count(DISTINCT paper) FROM writer WHERE authors > ?"
SPAN = "SELECT count(DISTINCT paper), min(year), max(year) FROM writer"

PREDICATES = (
    v.CREATOR, v.ISSUED, v.AUTHOR_COUNT_AT_LEAST, v.NAME, v.IDENTITY, v.POSSIBLY_SAME,
)  # fmt: skip
"""What the network is made of."""

STATUS = {
    v.IDENTITY_STATUS["identified"]: "identified",
    v.IDENTITY_STATUS["joined"]: "joined by evidence",
    v.IDENTITY_STATUS["name-only"]: "name only",
}


@dataclass(frozen=True)
class Selection:
    """Which papers, people and ties count.

    Attributes:
        first_year: papers from this year on; with it or ``last_year``, undated papers do not count.
        last_year: papers up to this year.
        min_papers: people with at least so many papers.
        min_weight: ties of at least so many shared papers.
        most_authors: papers with more authors than this tie nobody, for they say little and
            their pairs are too many.
    """

    first_year: int | None = None
    last_year: int | None = None
    min_papers: int = 1
    min_weight: int = 1
    most_authors: int = 200


def coauthors(graph: Place, selection: Selection) -> nx.Graph:
    """Return the co-author network of a graph.

    A node is the IRI of a person with ``label`` (unique), ``name``, ``papers``, ``identity``
    (identified, joined by evidence, name only), ``undecided`` (may be the same as another node),
    ``first_year`` and ``last_year``. An edge has ``weight``, the number of shared papers, with
    ``first_year`` and ``last_year``, and ``fractional``: each shared paper of n authors counts
    1 / (n - 1) (Newman 2001, doi 10.1103/PhysRevE.64.016132). Where a source cuts a list of
    authors short, n is the lower bound. A year that is not known is left out.

    Raises:
        GraphError: the graph's triples cannot be read.
        EndpointError: the endpoint does not answer, or not wholly.
    """
    with triples_with(graph, PREDICATES) as connection:
        values = {"issued": v.ISSUED, "at_least": v.AUTHOR_COUNT_AT_LEAST, "creator": v.CREATOR}
        years = {"first": selection.first_year, "last": selection.last_year}
        connection.execute(WRITERS, values | years)
        network = nx.Graph(title="Co-authors", **_extent(connection, selection))
        _add_people(network, connection, selection)
        for one, other, *numbers in connection.execute(
            TIES, [selection.most_authors, selection.min_weight]
        ).fetchall():
            if one[1:-1] in network and other[1:-1] in network:
                names = ("weight", "fractional", "first_year", "last_year")
                network.add_edge(one[1:-1], other[1:-1], **_stated(names, numbers))
    return network


def _extent(connection: duckdb.DuckDBPyConnection, selection: Selection) -> dict[str, Any]:
    [numbers] = connection.execute(SPAN).fetchall()
    [(left_out,)] = connection.execute(TOO_MANY, [selection.most_authors]).fetchall()
    names = ("papers", "first_year", "last_year")
    return _stated(names, numbers) | {"papers_left_out": left_out}


def _add_people(
    network: nx.Graph, connection: duckdb.DuckDBPyConnection, selection: Selection
) -> None:
    names, status, undecided = _said(connection)
    people = connection.execute(PEOPLE, [selection.min_papers]).fetchall()
    labels = _unique({person: names.get(person) or plain(person) for person, *_ in people})
    for person, *numbers in people:
        network.add_node(
            person[1:-1],
            label=labels[person],
            name=names.get(person, ""),
            identity=STATUS.get(status.get(person, ""), "not stated"),
            undecided=person in undecided,
            **_stated(("papers", "first_year", "last_year"), numbers),
        )


def _said(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, str], dict[str, str], set[str]]:
    wanted = [v.NAME, v.IDENTITY, v.POSSIBLY_SAME]
    rows = connection.execute(SAID, {"wanted": wanted}).fetchall()
    names = {person: clean(plain(term)) for person, predicate, term in rows if predicate == v.NAME}
    status = {person: term for person, predicate, term in rows if predicate == v.IDENTITY}
    undecided = {person for person, predicate, _ in rows if predicate == v.POSSIBLY_SAME}
    return names, status, undecided


def _unique(names: dict[str, str]) -> dict[str, str]:
    """Give people who share a name the shortest part of their keys that tells all apart."""
    often = Counter(names.values())
    keys = {iri: iri[1:-1].rpartition("/")[2] for iri in names if often[names[iri]] > 1}
    length = next(
        (size for size in range(4, 40) if len({key[:size] for key in keys.values()}) == len(keys)),
        None,
    )
    return {
        iri: f"{name} [{keys[iri][:length]}]" if iri in keys else name
        for iri, name in names.items()
    }


def _stated(names: tuple[str, ...], values: tuple[Any, ...] | list[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
