"""Count what the target of a profile cannot hold: the statements that none of its queries asks for.

A query asks for the statements of its triple patterns: a property, of the class that the same
query gives their subject, or of any. So the report follows the queries and cannot fall behind.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from pyparsing import ParseException
from rdflib import URIRef, Variable
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graphbuild.errors import ProfileError
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import curie
from graphbuild.publish.constructed import completed
from graphbuild.publish.profiles import CONSTRUCTED, Profile
from graphbuild.store.columns import opened
from graphbuild.store.folder import GraphFolder

ANY = ""
COUNTED = """
WITH class AS MATERIALIZED (SELECT s, o AS c FROM triples WHERE p = $type),
kept AS (
    SELECT s, h.p FROM class JOIN held h ON h.c = class.c
), lost AS (
    SELECT t.s, t.p, t.o FROM triples t
    WHERE p <> $type AND p NOT IN (SELECT p FROM held WHERE c = '')
        AND NOT EXISTS (FROM kept k WHERE k.s = t.s AND k.p = t.p)
    UNION ALL SELECT s, $type, c FROM class WHERE c NOT IN (SELECT c FROM named)
)
SELECT coalesce(k.c, '') AS c, p, count(*) AS n
FROM lost LEFT JOIN (SELECT s, min(c) AS c FROM class GROUP BY s) k USING (s)
GROUP BY ALL ORDER BY n DESC, c, p
"""


class Loss(msgspec.Struct, frozen=True):
    """Statements that stay behind.

    Attributes:
        statements: how many.
        of: what they are of: a class as a CURIE, or the name of a table.
        property: the property as a CURIE, or the field of the table.
        reason: why, where the profile says so.
    """

    statements: int
    of: str
    property: str
    reason: str = ""


def losses(graph: GraphFolder, profile: Profile) -> list[Loss]:
    """Return what stays behind when a profile makes an export, most first.

    Raises:
        ProfileError: a query of the profile is no SPARQL.
        GraphError: the graph cannot be read.
    """
    if profile.manifest.format == "text":
        return _unused(graph, profile)
    if profile.manifest.format not in CONSTRUCTED:
        return []
    held, named = _asked(profile)
    with opened(graph) as connection:
        connection.execute("CREATE TABLE held (c VARCHAR, p VARCHAR)")
        connection.execute("CREATE TABLE named (c VARCHAR)")
        if held:
            connection.executemany("INSERT INTO held VALUES (?, ?)", sorted(held))
        if named:
            connection.executemany("INSERT INTO named VALUES (?)", [[c] for c in sorted(named)])
        found = connection.execute(COUNTED, {"type": v.TYPE}).fetchall()
    return [_loss(row, profile.manifest.losses) for row in found]


def _loss(row: tuple[str, str, int], reasons: Mapping[str, str]) -> Loss:
    kind, predicate, count = row
    name = curie(predicate[1:-1])
    return Loss(count, curie(kind[1:-1]), name, reasons.get(name, ""))


def _unused(graph: GraphFolder, profile: Profile) -> list[Loss]:
    """Return how many values of each field the template of a profile does not use."""
    from graphbuild.publish.templated import fields_used, table_rows, values

    manifest = profile.manifest
    used = fields_used(profile) | set(manifest.holds)
    counted = Counter(
        path for row in table_rows(graph, manifest.table) for path in values(row, used)
    )
    return [
        Loss(count, manifest.table, path, manifest.losses.get(path, ""))
        for path, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _asked(profile: Profile) -> tuple[set[tuple[str, str]], set[str]]:
    """Return pairs of a class, or any, and a property; and every IRI that is named."""
    held: set[tuple[str, str]] = set()
    named: set[str] = set()
    for name, text in profile.queries.items():
        try:
            algebra = translateQuery(parseQuery(completed(text, profile.prefixes))).algebra
        except ParseException as error:
            raise ProfileError(f"profile {profile.name}: {name}: {error}") from error
        triples = list(_triples(algebra.p))
        classes: dict[Any, set[str]] = {}
        for s, p, o in triples:
            if str(p) == v.TYPE[1:-1] and isinstance(o, URIRef):
                classes.setdefault(s, set()).add(f"<{o}>")
                named.add(f"<{o}>")
        for s, p, _ in triples:
            for predicate in _properties(p):
                held |= {(c, f"<{predicate}>") for c in classes.get(s, {ANY})}
    return held, named


def _properties(p: Any) -> Iterator[URIRef]:  # noqa: ANN401 - rdflib's terms and paths
    if isinstance(p, URIRef):
        yield p
    elif isinstance(p, PropertyPath):
        for part in vars(p).values():
            for each in part if isinstance(part, list) else [part]:
                yield from _properties(each)


def _triples(part: Any) -> Iterator[tuple[Any, Any, Any]]:  # noqa: ANN401 - rdflib's algebra
    if isinstance(part, CompValue):
        if part.name == "BGP":
            yield from part.triples
        for key, value in part.items():
            if key not in ("triples", "_vars"):
                yield from _triples(value)
    elif isinstance(part, list) and not isinstance(part, Variable):
        for each in part:
            yield from _triples(each)
