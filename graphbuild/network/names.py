"""Say what the nodes of a network are called: people and topics by name, papers as one cites."""

from collections import Counter
from collections.abc import Callable, Mapping
from textwrap import shorten
from typing import Any

import duckdb

from graphbuild.mapping import vocabulary as v
from graphbuild.network.kinds import Kind
from graphbuild.store.columns import plain
from graphbuild.text import clean

SAID = """
SELECT s, p, o FROM triples WHERE list_contains($wanted, p)
    AND s IN (SELECT node FROM member UNION ALL SELECT unit FROM member) ORDER BY s, p, o
"""
FIRST_AUTHORS = """
SELECT held.s, min(family.o) FROM triples AS held
JOIN triples AS number ON number.s = held.o AND number.p = $ordinal AND number.o LIKE '"1"%'
JOIN triples AS holder ON holder.s = held.o AND holder.p = $held_by
JOIN triples AS family ON family.s = holder.o AND family.p = $family
WHERE held.p = $has AND held.s IN (SELECT node FROM member UNION ALL SELECT unit FROM member)
GROUP BY held.s
"""
LONGEST = 40
"""Characters of a title that stands in for an author."""

STATUS = {
    v.IDENTITY_STATUS["identified"]: "identified",
    v.IDENTITY_STATUS["joined"]: "joined by evidence",
    v.IDENTITY_STATUS["name-only"]: "name only",
}


def names_of(
    connection: duckdb.DuckDBPyConnection, kind: Kind
) -> tuple[dict[str, str], dict[str, str]]:
    """Return by node what it is called in full, and what is written beside it in a picture.

    A paper is called by its title, and written as the family name of its first author and its
    year; where either is not stated, by its title.
    """
    rows = _said(connection, kind.labels)
    english = sorted(rows, key=lambda row: row[2].endswith("@en"))
    names = {node: clean(plain(term)) for node, _, term in english}
    if not kind.of_papers:
        return names, names
    years = {node: term[1:5] for node, _, term in _said(connection, (v.ISSUED,))}
    values = {"has": v.HAS_AUTHORSHIP, "ordinal": v.ORDINAL, "held_by": v.HELD_BY}
    found = connection.execute(FIRST_AUTHORS, values | {"family": v.FAMILY_NAME}).fetchall()
    cited = {
        paper: f"{clean(plain(name))} {years[paper]}" for paper, name in found if paper in years
    }
    titles = {node: shorten(name, LONGEST, placeholder=" …") for node, name in names.items()}
    return names, titles | cited


def status_of(connection: duckdb.DuckDBPyConnection) -> Callable[[str], dict[str, Any]]:
    """Return what tells of a person how sure its identity is."""
    rows = _said(connection, (v.IDENTITY, v.POSSIBLY_SAME))
    status = {person: term for person, predicate, term in rows if predicate == v.IDENTITY}
    undecided = {person for person, predicate, _ in rows if predicate == v.POSSIBLY_SAME}
    return lambda person: {
        "identity": STATUS.get(status.get(person, ""), "not stated"),
        "undecided": person in undecided,
    }


def unique(names: Mapping[str, str]) -> dict[str, str]:
    """Give nodes that share a name the shortest part of their keys that tells all apart."""
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


def _said(
    connection: duckdb.DuckDBPyConnection, predicates: tuple[str, ...]
) -> list[tuple[str, str, str]]:
    return connection.execute(SAID, {"wanted": list(predicates)}).fetchall()
