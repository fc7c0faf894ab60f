"""Translate a whole query to one statement of SQL."""

from dataclasses import dataclass, replace
from pathlib import Path

from graphbuild.query.analytic.columns import Relation
from graphbuild.query.analytic.database import Database, opened
from graphbuild.query.analytic.output import Decoder, prepare, provide
from graphbuild.query.analytic.parse import parse
from graphbuild.query.analytic.patterns import Patterns
from graphbuild.query.analytic.reader import HIDDEN
from graphbuild.query.analytic.selects import Selects, slicing, sorting
from graphbuild.query.analytic.spelled import written
from graphbuild.query.analytic.tree import Query, Select, Term, Triple, Unsupported, Var


@dataclass(frozen=True)
class Plan:
    """How a query is answered.

    The solutions are found first, as numbers, then the terms that these stand for, then written:
    so the engine knows how few it has to look up.

    Attributes:
        form: ``select``, ``ask`` or ``construct``.
        names: of the columns of a SELECT.
        sql: the statement; its columns are terms in N-Triples form.
        steps: statements that go before it.
        template: of a CONSTRUCT: for each part of each triple, its column or its text.
        slow: what is answered rightly, but may take long or has several right answers.
    """

    form: str
    names: tuple[str, ...]
    sql: str
    template: tuple[tuple[int | str, int | str, int | str], ...] = ()
    slow: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def compiled(query: Query, database: Database) -> Plan:
    """Return how a query is answered; views that it needs are made.

    Raises:
        Unsupported: the columns cannot answer it exactly.
    """
    patterns = Patterns(database)
    make = {"select": _select, "ask": _ask, "construct": _construct}[query.form]
    plan = make(query, patterns)
    sql = " ".join((*plan.steps, plan.sql))
    database.define(sql)
    provide(database, sql)
    return replace(plan, slow=tuple(dict.fromkeys(patterns.slow)))


def _select(query: Query, patterns: Patterns) -> Plan:
    found, keys = Selects(patterns).ordered(query.select)
    names = tuple(name for name, _ in query.select.shown) or tuple(found.columns)
    if not names:
        raise Unsupported("a SELECT of no variables")
    steps, sql = _decoded(found, keys, query.select, list(names))
    return Plan("select", names, sql, steps=steps)


def _ask(query: Query, patterns: Patterns) -> Plan:
    found, _ = Selects(patterns).ordered(replace(query.select, order=()))
    rows = f"SELECT 1 FROM ({found.sql}) LIMIT 1 OFFSET {query.select.offset}"
    if query.select.limit == 0:
        rows += " WHERE false"
    return Plan("ask", (), rows)


def _construct(query: Query, patterns: Patterns) -> Plan:
    wanted: list[str] = []
    template = tuple(_parts(triple, wanted) for triple in query.template)
    shown = tuple((name, None) for name in dict.fromkeys(wanted))
    select = replace(query.select, shown=shown)
    if not shown:
        raise Unsupported("a CONSTRUCT without variables")
    found, keys = Selects(patterns).ordered(select)
    names = [name for name, _ in shown]
    steps, sql = _decoded(found, keys, select, names)
    return Plan("construct", (), sql, template, steps=steps)


def _parts(triple: Triple, wanted: list[str]) -> tuple[int | str, int | str, int | str]:
    def part(node: object) -> int | str:
        if isinstance(node, Var):
            if node.name.startswith(HIDDEN):
                raise Unsupported("CONSTRUCT of new blank nodes")
            if node.name not in wanted:
                wanted.append(node.name)
            return wanted.index(node.name)
        if isinstance(node, Term):
            return written(node)
        iri = getattr(node, "iri", None)
        if iri is None:
            raise Unsupported("a path in a template")
        return f"<{iri}>"

    return part(triple.subject), part(triple.predicate), part(triple.object)


def _decoded(
    found: Relation, keys: list[str], select: Select, names: list[str]
) -> tuple[tuple[str, ...], str]:
    """Return the statements that find solutions, sorted and cut, and the one that writes terms."""
    decoder = Decoder("a")
    texts = [
        decoder.text(found.columns[name]) if name in found.columns else "NULL" for name in names
    ]
    inner = f"SELECT * FROM ({found.sql}){sorting(keys)}{slicing(select)}"
    shown = ", ".join(f"{text} AS c{place}" for place, text in enumerate(texts))
    if not decoder.ids:
        return (), f"SELECT {shown} FROM ({inner}) a{sorting(keys)}"
    ids = " UNION ALL ".join(f"SELECT {name} FROM found" for name in decoder.ids)
    told = f"FROM all_term JOIN all_suffix USING (suffix) WHERE id IN ({ids})"
    return (
        f"CREATE OR REPLACE TEMP TABLE found AS {inner}",
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT id, lex, suffix, text {told}",
    ), f"SELECT {shown} FROM found a{decoder.joins}{sorting(keys)}"


def fragment(text: str, prefixes: dict[str, str], columns: Path) -> list[str]:
    """Return what in a query the columns do not answer exactly; nothing if they answer it.

    What is in the fragment depends on the graph too: whether a predicate has numbers of one
    datatype only, for example.

    Raises:
        duckdb.Error: the columns cannot be read.
    """
    try:
        with opened(columns) as database:
            prepare(database.connection)
            compiled(parse(text, prefixes), database)
    except Unsupported as reason:
        return [str(reason)]
    return []
