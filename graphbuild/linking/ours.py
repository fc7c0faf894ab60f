"""What our graph has: names and identifiers of entities, from its columns."""

from dataclasses import dataclass, field

import duckdb

from graphbuild.identifiers import from_url
from graphbuild.mapping import vocabulary as v
from graphbuild.store.columns import plain
from graphbuild.terms import Minter
from graphbuild.text import name_key

CLASSES = {
    "person": v.PERSON, "paper": v.PAPER, "org": v.ORGANIZATION, "venue": v.VENUE_CLASS
}  # fmt: skip
NAMES = (v.NAME, v.TITLE)
STATED = """
SELECT s, p, o FROM triples
WHERE s IN (SELECT s FROM triples WHERE p = $type AND o = $class) AND p IN (SELECT unnest($asked))
ORDER BY s, p, o
"""


@dataclass
class Ours:
    """One entity of ours.

    Attributes:
        name: what it is called.
        names: all its names, as keys.
        ids: its identifiers.
    """

    name: str = ""
    names: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


def ours_of(connection: duckdb.DuckDBPyConnection, kind: str, mint: Minter) -> dict[str, Ours]:
    """Return our entities of one kind, by key.

    Args:
        connection: lends the graph's triples.
        kind: one of `CLASSES`.
        mint: knows the keys behind the graph's IRIs.
    """
    asked = [*NAMES, v.ALT_LABEL, *sorted(set(v.IDENTIFIERS.values()))]
    found = connection.execute(STATED, {"type": v.TYPE, "class": CLASSES[kind], "asked": asked})
    ours: dict[str, Ours] = {}
    for s, p, o in found.fetchall():
        entity = ours.setdefault(mint.key(s[1:-1])[1], Ours())
        if p in NAMES:
            entity.name = plain(o)
        if p in NAMES or p == v.ALT_LABEL:
            entity.names.add(name_key(plain(o)))
        elif known := from_url(o[1:-1]):
            entity.ids.add(known)
    return ours
