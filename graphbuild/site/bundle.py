"""What a page is made from: the rows of one entity, looked up by node and property."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import duckdb

from graphbuild.site.questions import Part
from graphbuild.store.columns import Row, plain
from graphbuild.store.engine import engine

BATCH = 20_000
READ = "FROM read_parquet(?) WHERE page >= ? AND page < ?"


class Wide(NamedTuple):
    """One row of the plan; see `questions.Part`."""

    page: int
    part: int
    a: str
    p: str
    place: int
    o: str
    label: str | None
    slug: str | None
    extra: str | None
    number: int


class Value(NamedTuple):
    """The object of a statement.

    Attributes:
        term: in N-Triples form.
        label: name of the entity that it is, as a term; None where it has no page or no name.
        slug: class of that entity, None where it has no page.
        date: when that entity was issued, as a term.
    """

    term: str
    label: str | None
    slug: str | None
    date: str | None


@dataclass(frozen=True)
class Bundle:
    """All rows of one entity. It tells texts as `words` wants them.

    Attributes:
        iri: the entity.
        statements: those about the entity and its details, in N-Triples form.
        values: the same by node and property.
        rows: the rows of the other parts, in their order.
    """

    iri: str
    statements: list[Row]
    values: dict[str, dict[str, list[Value]]]
    rows: dict[int, list[Wide]] = field(default_factory=dict)

    def of(self, node: str, predicate: str) -> list[Value]:
        """Return the values of a property; node without angle brackets."""
        return self.values.get(f"<{node}>", {}).get(predicate, [])

    def texts(self, iri: str, predicate: str, /) -> list[str]:
        """Return the values of a property as text, sorted."""
        return sorted(plain(value.term) for value in self.of(iri, predicate))

    def text(self, iri: str, predicate: str, /) -> str:
        """Return the first value of a property, empty when it is not stated."""
        return next(iter(self.texts(iri, predicate)), "")

    def details(self, predicate: str, value: str) -> list[str]:
        """Return the details that have this value of a property, without angle brackets."""
        return [
            node[1:-1]
            for node, said in self.values.items()
            if any(each.term == value for each in said.get(predicate, ()))
        ]

    def part(self, part: Part) -> list[Wide]:
        """Return the rows of a part."""
        return self.rows.get(part, [])


def read_bundles(rows: Path, start: int, end: int) -> Iterator[tuple[list[Wide], Bundle]]:
    """Yield the rows of pages that are numbered from ``start`` to before ``end``, and of each what
    they say.
    """
    with engine(f"{rows}: cannot be read") as connection:
        connection.execute("SET threads = 1")
        connection.execute("SET memory_limit = '400MB'")
        found = connection.execute(READ, [str(rows), start, end])
        for _, group in groupby(_fetched(found), key=itemgetter(0)):
            some = list(group)
            yield some, bundled(some)


def bundled(rows: Iterable[Wide]) -> Bundle:
    """Return the bundle of the rows of one page."""
    statements: list[Row] = []
    values: dict[str, dict[str, list[Value]]] = {}
    others: dict[int, list[Wide]] = {}
    iri = ""
    for row in rows:
        if row.part > Part.DETAIL:
            others.setdefault(row.part, []).append(row)
            continue
        if row.part == Part.OWN:
            iri = row.a[1:-1]
        statements.append((row.a, row.p, row.o))
        value = Value(row.o, row.label, row.slug, row.extra)
        values.setdefault(row.a, {}).setdefault(row.p, []).append(value)
    return Bundle(iri, statements, values, others)


def _fetched(found: duckdb.DuckDBPyConnection) -> Iterator[Wide]:
    while batch := found.fetchmany(BATCH):
        yield from map(Wide._make, batch)
