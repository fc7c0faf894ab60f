"""Open the numbered terms and triples of a graph, and find constants in them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graphbuild.query.analytic.tree import Term, Unsupported
from graphbuild.store.dictionary import APART, IRI, STRING, VERSION
from graphbuild.store.worth import Kind

FOREIGN_DATATYPE, FOREIGN_LANGUAGE = 500_000, 1_000_000
"""Numbers of suffixes that only a query has begin here."""

FOREIGN = (
    "term (id INTEGER, lex VARCHAR, suffix INTEGER)",
    "suffix (suffix INTEGER, text VARCHAR)",
    "worth (id INTEGER, kind TINYINT, i BIGINT, n HUGEINT, f DOUBLE, lex VARCHAR, suffix INTEGER)",
)
"""Tables of what only the query has."""


WRITTEN = """
CREATE OR REPLACE TEMP VIEW all_written AS
SELECT id, term_text(lex, suffix, text) AS lex FROM all_term JOIN all_suffix USING (suffix)
"""
"""Terms in N-Triples form."""


@dataclass(frozen=True)
class Predicate:
    """A predicate: its number and id, how many triples it has, and the kinds of their objects."""

    number: int
    id: int
    triples: int
    kinds: frozenset[Kind]


class Database:
    """What a graph's numbered terms and triples hold.

    Attributes:
        predicates: by IRI.
        blanks: ids below it are blank nodes.
        iris: ids below it are blank nodes or IRIs.
        languages: suffixes from 1 to it are languages.
        foreign: terms that only the query has, with the ids that they got.
        provided: functions of our own that SQL may call.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        [(self.blanks, self.iris, version)] = connection.execute(
            "SELECT blanks, iris, version FROM size"
        ).fetchall()
        if version != VERSION:
            raise Unsupported("columns of another version; build the graph again")
        rows = connection.execute(
            "SELECT iri, number, id, triples, kinds FROM predicate"
        ).fetchall()
        self.predicates = {
            iri: Predicate(number, term, triples, kinds_of(bits))
            for iri, number, term, triples, bits in rows
        }
        self._suffixes: dict[str, int] = dict(
            connection.execute("SELECT text, suffix FROM suffix").fetchall()
        )
        self.languages = sum(text.startswith("@") for text in self._suffixes)
        self.foreign: dict[Term, int] = {}
        self.provided: set[str] = set()
        self._foreign_suffixes: dict[str, int] = {}
        self._known: dict[Term, int | None] = {}

    def known(self, term: Term) -> int | None:
        """Return the id of a term of the graph; None if the graph does not have it."""
        if term not in self._known:
            self._known[term] = self._look_up(term)
        return self._known[term]

    def id(self, term: Term) -> int:
        """Return the id of a term; one below zero if only the query has it."""
        known = self.known(term)
        return self.foreign.setdefault(term, -1 - len(self.foreign)) if known is None else known

    def _look_up(self, term: Term) -> int | None:
        if term.kind == Kind.IRI:
            return self._look_up_iri(term.text)
        suffix = self._suffixes.get(term.suffix)
        table = "term" if term.worth is None else "worth"
        found = self.connection.execute(
            f"SELECT id FROM {table} WHERE lex = ? AND suffix = ?",
            [term.text, suffix],
        ).fetchone()
        return None if found is None else int(found[0])

    def _look_up_iri(self, text: str) -> int | None:
        start = self.connection.execute(
            "SELECT max(id) FROM landmark WHERE lex <= ?", [text]
        ).fetchone()
        first = (start or (None,))[0] or 0
        found = self.connection.execute(
            "SELECT id FROM term WHERE id BETWEEN ? AND ? AND lex = ? AND suffix = ?",
            [first, first + APART, text, IRI],
        ).fetchone()
        return None if found is None else int(found[0])

    def define(self, sql: str) -> None:
        """Make the views that statements ask: the graph's tables, and what only the query has."""
        execute = self.connection.execute
        self._foreign_suffixes.clear()
        for table in FOREIGN if self.foreign else ():
            execute(f"CREATE OR REPLACE TEMP TABLE foreign_{table}")
        for term, number in self.foreign.items():
            self._note(term, number)
        for table in FOREIGN:
            name = table.partition(" ")[0]
            more = f" UNION ALL FROM foreign_{name}" if self.foreign else ""
            execute(f"CREATE OR REPLACE TEMP VIEW all_{name} AS FROM {name}{more}")
        if "all_written" in sql:
            execute(WRITTEN)
        if "every" in sql:
            execute(f"CREATE OR REPLACE TEMP VIEW every AS {self._every()}")

    def _every(self) -> str:
        triples = (
            f"SELECT s, {each.id} AS p, o FROM p{each.number}" for each in self.predicates.values()
        )
        return " UNION ALL ".join(triples) or "SELECT 0 AS s, 0 AS p, 0 AS o WHERE false"

    def _note(self, term: Term, number: int) -> None:
        execute = self.connection.execute
        suffix = self._suffix(term, number)
        execute("INSERT INTO foreign_term VALUES (?, ?, ?)", [number, term.text, suffix])
        if term.worth is not None:
            worth = term.worth
            row = [number, worth.kind, worth.whole, worth.scaled, worth.double, term.text, suffix]
            execute("INSERT INTO foreign_worth VALUES (?, ?, ?, ?::HUGEINT, ?, ?, ?)", row)

    def _suffix(self, term: Term, number: int) -> int:
        if term.kind in (Kind.IRI, Kind.STRING):
            return IRI if term.kind == Kind.IRI else STRING
        known = self._suffixes.get(term.suffix, self._foreign_suffixes.get(term.suffix))
        if known is not None:
            return known
        first = FOREIGN_LANGUAGE if term.kind == Kind.LANGUAGE else FOREIGN_DATATYPE
        made = self._foreign_suffixes[term.suffix] = first - number
        insert = "INSERT INTO foreign_suffix VALUES (?, ?)"
        self.connection.execute(insert, [made, term.suffix])
        return made


def kinds_of(bits: int) -> frozenset[Kind]:
    """Return the kinds that bits stand for.

    >>> kinds_of(6) == {Kind.IRI, Kind.STRING}
    True
    """
    return frozenset(kind for kind in Kind if bits >> kind & 1)


@contextmanager
def opened(path: Path, *, memory: str = "", threads: int = 2) -> Iterator[Database]:
    """Lend a graph's numbered terms and triples, to be read only, and nothing else of the machine.

    Args:
        path: the database.
        memory: the most that may be held in memory, e.g. ``4GB``; more goes to disk.
        threads: how many processors may be used.

    Raises:
        Unsupported: the file is of another version.
        duckdb.Error: it cannot be read.
    """
    with (
        tempfile.TemporaryDirectory(prefix="graphbuild-") as spill,
        duckdb.connect(config={"temp_directory": spill, "threads": threads}) as connection,
    ):
        if memory:
            connection.execute("SET memory_limit = ?", [memory])
        file = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{file}' AS graph (READ_ONLY)")
        connection.execute("USE graph")
        for setting in SHUT:
            connection.execute(setting)
        yield Database(connection)


SHUT = (
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
"""No file but this, no network, no extension, and no way to open them again."""
