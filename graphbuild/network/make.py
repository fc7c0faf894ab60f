"""Make a network of a graph's triples: nodes, ties, and what is said of the nodes."""

from dataclasses import dataclass
from typing import Any

import duckdb
import networkx as nx

from graphbuild.mapping import vocabulary as v
from graphbuild.network.kinds import Kind
from graphbuild.network.names import names_of, status_of, unique
from graphbuild.store.columns import plain
from graphbuild.store.places import Place, triples_with

ISSUED = """
CREATE TEMP TABLE issued AS
SELECT s, min(TRY_CAST(substr(o, 2, 4) AS INTEGER)) AS year
FROM triples WHERE p = ? GROUP BY s
"""
MEMBERS = r"""
CREATE TEMP TABLE member AS
WITH bound AS (
    SELECT s, max(TRY_CAST(regexp_extract(o, '^"(\d+)"', 1) AS INTEGER)) AS number
    FROM triples WHERE p = $at_least GROUP BY s
), stated AS ({members})
SELECT
    unit, node, year,
    greatest(count(*) OVER (PARTITION BY unit), coalesce(number, 0)) AS size, dated
FROM stated
LEFT JOIN issued ON issued.s = dated
LEFT JOIN bound ON bound.s = unit
WHERE ($first IS NULL OR year >= $first) AND ($last IS NULL OR year <= $last)
"""
NODES = """
SELECT node, count(*), min(year), max(year) FROM member
GROUP BY node HAVING count(*) >= ? ORDER BY node
"""
TIES = """
SELECT one.node, other.node, count(*), round(sum(1.0 / (one.size - 1)), 4),
    least(min(one.year), min(other.year)), greatest(max(one.year), max(other.year))
FROM member AS one JOIN member AS other
    ON one.unit = other.unit AND one.node < other.node
WHERE one.size <= ?
GROUP BY ALL HAVING count(*) >= ? ORDER BY 1, 2
"""
POINTING_NODES = """
WITH said AS (
    SELECT node, 1 AS times FROM member UNION ALL SELECT unit, 0 FROM member
)
SELECT node, sum(times)::BIGINT, min(year), max(year) FROM said
LEFT JOIN issued ON issued.s = node
GROUP BY node HAVING sum(times) >= ? ORDER BY node
"""
POINTING_TIES = """
SELECT unit, node, 1, round(1.0 / size, 4), year, year FROM member
WHERE size <= ? AND 1 >= ? ORDER BY unit, node
"""
TOO_MANY = "SELECT count(DISTINCT unit) FROM member WHERE size > ?"
SPAN = "SELECT count(DISTINCT dated), min(year), max(year) FROM member"
NUMBERS = ("weight", "fractional", "first_year", "last_year")


@dataclass(frozen=True)
class Selection:
    """Which papers, nodes and ties count.

    Attributes:
        first_year: papers from this year on; with it or ``last_year``, undated papers do not count.
        last_year: papers up to this year.
        min_papers: nodes with at least so many papers, or whatever they are counted by.
        min_weight: ties of at least so many shared papers, or whatever ties them.
        most_members: a paper with more authors than this ties nobody, for it says little and its
            pairs are too many; likewise a work that is cited by more papers, and so on.
    """

    first_year: int | None = None
    last_year: int | None = None
    min_papers: int = 1
    min_weight: int = 1
    most_members: int = 200


def make(kind: Kind, graph: Place, selection: Selection) -> nx.Graph:
    """Return a network of a graph; of citations, a directed one.

    A node is an IRI with ``label`` (unique), ``name``, how many papers or other units it has under
    the name that ``sized_by`` of the network tells, and the ``first_year`` and ``last_year`` of
    these (in the network of citations, of the paper itself); a person
    also with ``identity`` (identified, joined by evidence, name only) and ``undecided`` (may be
    the same as another node). An edge has ``weight``, the number of shared units, with
    ``first_year`` and ``last_year``, and ``fractional``: each shared unit of n members counts
    1 / (n - 1) (Newman 2001, doi 10.1103/PhysRevE.64.016132), each of n references 1 / n. Where a
    source cuts a list of authors short, n is the lower bound. A year that is not known is left out.

    Raises:
        GraphError: the graph's triples cannot be read.
        EndpointError: the endpoint does not answer, or not wholly.
    """
    with triples_with(graph, _predicates(kind)) as connection:
        connection.execute(ISSUED, [v.ISSUED])
        values = {"at_least": v.AUTHOR_COUNT_AT_LEAST, **kind.values}
        years = {"first": selection.first_year, "last": selection.last_year}
        connection.execute(MEMBERS.format(members=kind.members), values | years)
        network = (nx.DiGraph if kind.directed else nx.Graph)(
            title=kind.title,
            nodes_are=kind.nodes,
            sized_by=kind.counts,
            tied_by=kind.units,
            **_extent(connection, selection),
        )
        _add_nodes(network, connection, kind, selection)
        asked = POINTING_TIES if kind.directed else TIES
        limits = [selection.most_members, selection.min_weight]
        for one, other, *numbers in connection.execute(asked, limits).fetchall():
            if one[1:-1] in network and other[1:-1] in network:
                network.add_edge(one[1:-1], other[1:-1], **_stated(NUMBERS, numbers))
    return network


def _predicates(kind: Kind) -> list[str]:
    """Return what the network is made of."""
    wanted = [*kind.values.values(), v.ISSUED, v.AUTHOR_COUNT_AT_LEAST, *kind.labels]
    if kind.of_papers:
        wanted += [v.HAS_AUTHORSHIP, v.ORDINAL, v.HELD_BY, v.FAMILY_NAME]
    if kind.nodes == "people":
        wanted += [v.IDENTITY, v.POSSIBLY_SAME]
    return list(dict.fromkeys(wanted))


def _extent(connection: duckdb.DuckDBPyConnection, selection: Selection) -> dict[str, Any]:
    [numbers] = connection.execute(SPAN).fetchall()
    [(left_out,)] = connection.execute(TOO_MANY, [selection.most_members]).fetchall()
    names = ("papers", "first_year", "last_year")
    return _stated(names, numbers) | {"units_left_out": left_out}


def _add_nodes(
    network: nx.Graph, connection: duckdb.DuckDBPyConnection, kind: Kind, selection: Selection
) -> None:
    asked = POINTING_NODES if kind.directed else NODES
    # Papers that nobody cites belong to the network too, unless it is cut.
    least = 0 if selection.min_papers == 1 else selection.min_papers
    rows = connection.execute(asked, [least]).fetchall()
    names, labels = names_of(connection, kind)
    status = status_of(connection) if kind.nodes == "people" else None
    called = unique({node: labels.get(node) or plain(node) for node, *_ in rows})
    for node, *numbers in rows:
        network.add_node(
            node[1:-1],
            label=called[node],
            name=names.get(node, ""),
            **(status(node) if status else {}),
            **_stated((kind.counts, "first_year", "last_year"), numbers),
        )


def _stated(names: tuple[str, ...], values: tuple[Any, ...] | list[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
