"""The plan of a site: two sorted files, of what pages say and of all entities."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graphbuild.site.page import Link
from graphbuild.site.places import Places, href
from graphbuild.store.columns import plain
from graphbuild.store.engine import engine

BATCH = 10_000
COLUMNS = "iri, slug, bucket, label, date, papers"


class Listed(NamedTuple):
    """An entity as lists show it.

    Attributes:
        iri: in N-Triples form.
        slug: its class.
        bucket: the letter it is found under.
        label: its name as a term, None when it has none.
        date: when it was issued, as a term.
        papers: how many papers gather around it.
    """

    iri: str
    slug: str
    bucket: str
    label: str | None
    date: str | None
    papers: int

    def link(self, places: Places, depth: int) -> Link:
        """Return the link to its page from one that lies some folders deep."""
        stem = places.stem(self.iri[1:-1])
        text = plain(self.label) if self.label else stem.partition("/")[2]
        return Link(text, href(f"{stem}.html", depth), self.note, self.slug)

    @property
    def note(self) -> str:
        """What tells it from others of its name."""
        if self.date:
            return plain(self.date)[:4]
        return f"{self.papers:,} paper{'s' * (self.papers != 1)}" if self.papers else ""


@dataclass(frozen=True)
class Plan:
    """What is to be written.

    Attributes:
        rows: Parquet file of what pages say, sorted by page.
        entities: Parquet file of all entities, sorted by class, letter and name.
        pages: number of pages of entities.
    """

    rows: Path
    entities: Path
    pages: int

    def slugs(self, start: int, end: int) -> dict[int, str]:
        """Return the classes of some pages."""
        with engine(f"{self.entities}: cannot be read") as connection:
            found = connection.execute(
                "SELECT id, slug FROM read_parquet(?) WHERE id >= ? AND id < ?",
                [str(self.entities), start, end],
            )
            return dict(found.fetchall())

    def listed(self) -> Iterator[Listed]:
        """Yield all entities by class, letter and name."""
        yield from self.ask(f"SELECT {COLUMNS} FROM read_parquet($path)")  # noqa: S608 - constant

    def foremost(self, slug: str, number: int) -> list[Listed]:
        """Return the entities of a class around which most papers gather."""
        return list(
            self.ask(
                f"SELECT {COLUMNS} FROM read_parquet($path) WHERE slug = $slug AND papers > 0 "  # noqa: S608
                "ORDER BY papers DESC, key, iri LIMIT $number",
                slug=slug,
                number=number,
            )
        )

    def counts(self) -> dict[str, int]:
        """Return how many entities each class has."""
        with engine(f"{self.entities}: cannot be read") as connection:
            found = connection.execute(
                "SELECT slug, count(*) FROM read_parquet(?) GROUP BY slug", [str(self.entities)]
            )
            return dict(found.fetchall())

    def buckets(self, slug: str) -> list[tuple[str, int]]:
        """Return the letters of a class, and how many entities each has."""
        with engine(f"{self.entities}: cannot be read") as connection:
            found = connection.execute(
                "SELECT bucket, count(*) FROM read_parquet(?) WHERE slug = ? "
                "GROUP BY bucket ORDER BY bucket",
                [str(self.entities), slug],
            )
            return found.fetchall()

    def years(self) -> list[tuple[int, int]]:
        """Return how many papers there are of each year, in order."""
        with engine(f"{self.entities}: cannot be read") as connection:
            found = connection.execute(
                "SELECT year, count(*) FROM read_parquet(?) WHERE slug = 'paper' "
                "AND year IS NOT NULL GROUP BY year ORDER BY year",
                [str(self.entities)],
            )
            return found.fetchall()

    def ask(self, question: str, **values: object) -> Iterator[Listed]:
        """Yield the rows of a question about the entities; their file is ``$path``."""
        with engine(f"{self.entities}: cannot be read") as connection:
            found = connection.execute(question, {"path": str(self.entities), **values})
            while batch := found.fetchmany(BATCH):
                yield from map(Listed._make, batch)


def quoted(path: Path) -> str:
    """Return a path for a string of SQL."""
    return str(path).replace("'", "''")
