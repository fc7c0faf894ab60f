"""What a difference says of each entity: new, gone, changed, or replaced by another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import msgspec

from graphbuild.mapping import vocabulary as v
from graphbuild.publish.delta import Delta, quoted, working
from graphbuild.publish.sides import Side
from graphbuild.store.columns import BATCH, plain
from graphbuild.store.facts import NAMES

NAMED = ", ".join(f"'{name}'" for name in NAMES)
IDENTIFIERS = ", ".join(sorted({f"'{each}'" for each in v.IDENTIFIERS.values()}))
SET_UP = """
CREATE VIEW old AS FROM read_parquet('{old}');
CREATE VIEW new AS FROM read_parquet('{new}');
CREATE VIEW added AS FROM read_parquet('{added}');
CREATE VIEW removed AS FROM read_parquet('{removed}');
CREATE TABLE changed AS
    SELECT s, count(*) FILTER (gain) AS added, count(*) FILTER (NOT gain) AS removed
    FROM (SELECT s, true AS gain FROM added UNION ALL SELECT s, false FROM removed) GROUP BY s;
CREATE TABLE known AS
    SELECT s, bool_or(side = 'old') AS before, bool_or(side = 'new') AS after,
        coalesce(min(o) FILTER (p = '{type}' AND side = 'new'), min(o) FILTER (p = '{type}'), '')
            AS class,
        coalesce(min(o) FILTER (p IN ({names}) AND side = 'new'), min(o) FILTER (p IN ({names})),
            '') AS name
    FROM (SELECT *, 'old' AS side FROM old SEMI JOIN changed USING (s)
        UNION ALL SELECT *, 'new' FROM new SEMI JOIN changed USING (s)) GROUP BY s;
CREATE TABLE successor AS
    SELECT s, min(o) AS successor FROM added WHERE p = '{replaced}' GROUP BY s
    UNION ALL
    SELECT removed.s, min(new.s) FROM removed JOIN new ON removed.p = new.p AND removed.o = new.o
    JOIN known ON known.s = removed.s AND NOT known.after
    WHERE removed.p IN ({identifiers}) GROUP BY removed.s;
CREATE TABLE entity AS
    SELECT changed.s, class, name, added, removed, coalesce(successor, '') AS successor,
        CASE WHEN successor IS NOT NULL THEN 'replaced' WHEN NOT before THEN 'new'
            WHEN NOT after THEN 'gone' ELSE 'changed' END AS status
    FROM changed JOIN known USING (s) LEFT JOIN successor USING (s);
"""
COUNTED = "SELECT class, status, count(*) FROM entity GROUP BY class, status ORDER BY class, status"
LISTED = """
SELECT s, class, name, status, successor, added, removed FROM entity
ORDER BY status = 'changed', status, class, name, s
"""
STATED = """
SELECT '+', p, o FROM added WHERE s = $iri UNION ALL SELECT '-', p, o FROM removed WHERE s = $iri
ORDER BY 2, 1 DESC, 3
"""


class Entity(msgspec.Struct, frozen=True):
    """What changes of one entity.

    Attributes:
        iri: which one.
        kind: CURIE of its class, empty when it has none.
        name: what it is called, empty when it has no name.
        status: ``new``, ``gone``, ``changed``, or ``replaced`` by another IRI.
        successor: that IRI: stated, or one that has an identifier of it now.
        added: how many statements it gains.
        removed: how many it loses.
    """

    iri: str
    kind: str
    name: str
    status: str
    successor: str
    added: int
    removed: int


class Statement(msgspec.Struct, frozen=True):
    """A triple that an entity gains (``+``) or loses (``-``); its value in N-Triples form."""

    sign: str
    property: str
    value: str


class Changes:
    """Answers what a difference says of entities; made by `changes`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def counts(self) -> dict[str, dict[str, int]]:
        """Return by class how many entities have which status; nodes without a class under ''."""
        found: dict[str, dict[str, int]] = {}
        for kind, status, number in self._connection.execute(COUNTED).fetchall():
            found.setdefault(_class(kind), {})[status] = number
        return found

    def entities(self) -> Iterator[Entity]:
        """Yield the entities: those replaced, new and gone before those changed."""
        cursor = self._connection.cursor()
        found = cursor.execute(LISTED)
        while some := found.fetchmany(BATCH):
            for iri, kind, name, status, successor, added, removed in some:
                yield Entity(
                    _bare(iri), _class(kind), plain(name) if name else "", status,
                    _bare(successor), added, removed,
                )  # fmt: skip

    def statements(self, iri: str) -> list[Statement]:
        """Return what an entity gains and loses, by property."""
        subject = iri if iri.startswith("_:") else f"<{iri}>"
        found = self._connection.cursor().execute(STATED, {"iri": subject}).fetchall()
        return [Statement(sign, v.curie(_bare(p)), o) for sign, p, o in found]


@contextmanager
def changes(old: Side, new: Side, delta: Delta, folder: Path) -> Iterator[Changes]:
    """Lend what a difference says of entities.

    Raises:
        GraphError: the graphs cannot be read.
    """
    with working("the difference cannot be summed up", folder) as connection:
        files = {"old": old.triples, "new": new.triples}
        files |= {"added": delta.added, "removed": delta.removed}
        terms = {"type": v.TYPE, "replaced": v.REPLACED_BY}
        paths = {name: quoted(path) for name, path in files.items()}
        connection.execute(SET_UP.format(names=NAMED, identifiers=IDENTIFIERS, **terms, **paths))
        yield Changes(connection)


def _bare(iri: str) -> str:
    return iri.removeprefix("<").removesuffix(">")


def _class(iri: str) -> str:
    return v.curie(_bare(iri)) if iri else ""
