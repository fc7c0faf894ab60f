"""Say in SQL what the variables and constants of triple patterns are."""

from dataclasses import replace

from graphbuild.query.analytic.columns import ID, Column, Names
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.tree import Term, Var
from graphbuild.store.worth import Kind

NOTHING_SHOWN = "1 AS one"


class TripleColumns:
    """The columns of triple patterns, and the conditions that they have to meet.

    Args:
        database: the graph.
        names: gives names to columns.
    """

    def __init__(self, database: Database, names: Names) -> None:
        self._database, self._names = database, names
        self._sources: dict[str, str] = {}
        self.columns: dict[str, Column] = {}
        self.conditions: list[str] = []

    def add(self, node: Term | Var, sql: str, kinds: frozenset[Kind]) -> None:
        """Add a subject, predicate or object: its column, and what it may be."""
        if isinstance(node, Term):
            known = self._database.known(node)
            self.conditions.append("FALSE" if known is None else f"{sql} = {known}")
        elif node.name in self._sources:
            self.conditions.append(f"{self._sources[node.name]} = {sql}")
            held = self.columns[node.name]
            self.columns[node.name] = replace(held, kinds=held.kinds & kinds)
        else:
            self._sources[node.name] = sql
            own = self._names.variable(node.name)
            self.columns[node.name] = Column(own, ID, kinds, certain=True)

    def shown(self) -> str:
        """Return what to select."""
        return (
            ", ".join(f"{sql} AS {self.columns[name].sql}" for name, sql in self._sources.items())
            or NOTHING_SHOWN
        )
