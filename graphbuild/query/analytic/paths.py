"""Translate property paths to SQL: subselects with the columns s and o (section 18.4)."""

from graphbuild.query.analytic.columns import NODES
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.tree import (
    Alternative,
    Inverse,
    Link,
    Negated,
    Node,
    Path,
    Repeated,
    Sequence,
    Term,
    Unsupported,
)
from graphbuild.store.worth import Kind

EVERYTHING = frozenset(Kind)
NO_PAIRS = "SELECT 0::INTEGER AS s, 0::INTEGER AS o WHERE false"
NODES_OF_ALL = "SELECT s AS n FROM every UNION SELECT o FROM every"


class Paths:
    """Translates paths.

    Args:
        database: the graph.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def table(self, path: Path, start: Node, end: Node) -> tuple[str, frozenset[Kind]]:
        """Return what to select the pairs of a path from, and the kinds of terms it ends at.

        Args:
            path: the path.
            start: where it starts: a constant keeps the search of a repeated path to it.
            end: where it ends, likewise.
        """
        if isinstance(path, Link):
            known = self._database.predicates.get(path.iri)
            return (f"p{known.number}", known.kinds) if known else (f"({NO_PAIRS})", NODES)
        return f"({self._pairs(path, start, end)})", self.ends(path)

    def ends(self, path: Path) -> frozenset[Kind]:
        """Return the kinds of terms that a path may end at."""
        match path:
            case Link():
                known = self._database.predicates.get(path.iri)
                return known.kinds if known else frozenset()
            case Sequence():
                return self.ends(path.parts[-1])
            case Alternative():
                return frozenset[Kind]().union(*map(self.ends, path.parts))
            case Repeated() if path.sign == "+":
                return self.ends(path.path)
            case Inverse():
                return self.starts(path.path)
            case _:
                return EVERYTHING

    def starts(self, path: Path) -> frozenset[Kind]:
        """Return the kinds of terms that a path may start at: literals too, where it goes back."""
        match path:
            case Link():
                return NODES
            case Inverse():
                return self.ends(path.path)
            case Sequence():
                return self.starts(path.parts[0])
            case Alternative():
                return frozenset[Kind]().union(*map(self.starts, path.parts))
            case Repeated() if path.sign == "+":
                return self.starts(path.path)
            case _:
                return EVERYTHING

    def _pairs(self, path: Path, start: Node | None, end: Node | None) -> str:
        match path:
            case Link():
                known = self._database.predicates.get(path.iri)
                return f"SELECT s, o FROM p{known.number}" if known else NO_PAIRS
            case Inverse():
                return f"SELECT o AS s, s AS o FROM ({self._pairs(path.path, end, start)})"
            case Sequence():
                return self._sequence(path, start, end)
            case Alternative():
                return self._alternative(path, start, end)
            case Negated():
                return self._negated(path)
            case Repeated():
                return self._repeated(path, start, end)

    def _sequence(self, path: Sequence, start: Node | None, end: Node | None) -> str:
        last = len(path.parts) - 1
        tables = [
            f"({self._pairs(part, None if n else start, end if n == last else None)}) j{n}"
            for n, part in enumerate(path.parts)
        ]
        joined = " AND ".join(f"j{n}.o = j{n + 1}.s" for n in range(last))
        return f"SELECT j0.s AS s, j{last}.o AS o FROM {', '.join(tables)} WHERE {joined}"

    def _alternative(self, path: Alternative, start: Node | None, end: Node | None) -> str:
        """Return the pairs of any part, each once: so counts the store."""
        pairs = (self._pairs(part, start, end) for part in path.parts)
        return " UNION ".join(f"SELECT s, o FROM ({each})" for each in pairs)

    def _negated(self, path: Negated) -> str:
        parts = []
        for names, shown, wanted in (
            (path.forward, "s, o", path.both[0]),
            (path.backward, "o AS s, s AS o", path.both[1]),
        ):
            known = [
                self._database.predicates[n].id for n in names if n in self._database.predicates
            ]
            test = f" WHERE p NOT IN ({', '.join(map(str, known))})" if known else ""
            if wanted:
                parts.append(f"SELECT {shown} FROM every{test}")
        return " UNION ".join(parts)

    def _repeated(self, path: Repeated, start: Node | None, end: Node | None) -> str:
        one = self._pairs(path.path, None, None)
        held = start if isinstance(start, Term) else end if isinstance(end, Term) else None
        if held is not None and held is end:
            one = f"SELECT o AS s, s AS o FROM ({one})"
        steps = self._from_one(path, one, held) if held is not None else self._from_all(path, one)
        if held is not None and held is end:
            return f"SELECT o AS s, s AS o FROM ({steps})"
        return steps

    def _from_one(self, path: Repeated, one: str, held: Term) -> str:
        """Return what a path reaches from one term."""
        known = self._database.known(held)
        if path.sign != "+" and (known is None or not self._is_node(known)):
            raise Unsupported("a path of no length from what is no node of the graph")
        start = -1 if known is None else known
        if path.sign == "?":
            step = f"SELECT o FROM ({one}) WHERE s = {start}"
            return f"SELECT {start} AS s, o FROM (SELECT {start} AS o UNION {step})"
        first = (
            f"SELECT {start}::INTEGER AS o"
            if path.sign == "*"
            else f"SELECT o FROM ({one}) WHERE s = {start}"
        )
        return (
            f"WITH RECURSIVE r AS ({first} UNION SELECT e.o FROM r JOIN ({one}) e ON e.s = r.o) "
            f"SELECT {start} AS s, o FROM r"
        )

    def _from_all(self, path: Repeated, one: str) -> str:
        """Return all pairs that a path joins."""
        none = f"SELECT n AS s, n AS o FROM ({NODES_OF_ALL})"
        if path.sign == "?":
            return f"SELECT s, o FROM ({none}) UNION SELECT s, o FROM ({one})"
        closure = (
            f"WITH RECURSIVE r AS (SELECT s, o FROM ({one}) UNION "
            f"SELECT r.s, e.o FROM r JOIN ({one}) e ON e.s = r.o) SELECT s, o FROM r"
        )
        return closure if path.sign == "+" else f"SELECT s, o FROM ({closure}) UNION {none}"

    def _is_node(self, number: int) -> bool:
        found = self._database.connection.execute(
            " UNION ALL ".join(
                f"(SELECT 1 FROM p{each.number} WHERE s = {number} OR o = {number} LIMIT 1)"
                for each in self._database.predicates.values()
            )
        )
        return found.fetchone() is not None
