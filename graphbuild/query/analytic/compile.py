"""Translate a whole query to one statement of SQL."""

from dataclasses import dataclass, replace
from pathlib import Path

from graphbuild.query.analytic.columns import Relation
from graphbuild.query.analytic.database import Database, opened
from graphbuild.query.analytic.output import Decoder, prepare
from graphbuild.query.analytic.parse import parse
from graphbuild.query.analytic.patterns import Patterns
from graphbuild.query.analytic.reader import HIDDEN
from graphbuild.query.analytic.selects import Selects, slicing, sorting
from graphbuild.query.analytic.tree import Query, Select, Term, Triple, Unsupported, Var
from graphbuild.store.worth import Kind


@dataclass(frozen=True)
class Plan:
    """How a query is answered.

    Attributes:
        form: ``select``, ``ask`` or ``construct``.
        names: of the columns of a SELECT.
        sql: the statement; its columns are terms in N-Triples form.
        template: of a CONSTRUCT: for each part of each triple, its column or its text.
        slow: what is answered rightly, but may take long or has several right answers.
    """

    form: str
    names: tuple[str, ...]
    sql: str
    template: tuple[tuple[int | str, int | str, int | str], ...] = ()
    slow: tuple[str, ...] = ()


def compiled(query: Query, database: Database) -> Plan:
    """Return how a query is answered; views that it needs are made.

    Raises:
        Unsupported: the columns cannot answer it exactly.
    """
    patterns = Patterns(database)
    make = {"select": _select, "ask": _ask, "construct": _construct}[query.form]
    plan = make(query, patterns)
    database.define()
    return replace(plan, slow=tuple(dict.fromkeys(patterns.slow)))


def _select(query: Query, patterns: Patterns) -> Plan:
    found, keys = Selects(patterns).ordered(query.select)
    names = tuple(name for name, _ in query.select.shown) or tuple(found.columns)
    if not names:
        raise Unsupported("a SELECT of no variables")
    return Plan("select", names, _decoded(found, keys, query.select, list(names)))


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
    return Plan("construct", (), _decoded(found, keys, select, names), template)


def _parts(triple: Triple, wanted: list[str]) -> tuple[int | str, int | str, int | str]:
    def part(node: object) -> int | str:
        if isinstance(node, Var):
            if node.name.startswith(HIDDEN):
                raise Unsupported("CONSTRUCT of new blank nodes")
            if node.name not in wanted:
                wanted.append(node.name)
            return wanted.index(node.name)
        if isinstance(node, Term):
            return _text(node)
        iri = getattr(node, "iri", None)
        if iri is None:
            raise Unsupported("a path in a template")
        return f"<{iri}>"

    return part(triple.subject), part(triple.predicate), part(triple.object)


def _text(term: Term) -> str:
    if term.kind == Kind.IRI:
        return f"<{term.text}>"
    text = term.text
    for sign, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, escape)
    return f'"{text}"{term.suffix}'


def _decoded(found: Relation, keys: list[str], select: Select, names: list[str]) -> str:
    """Return the statement that sorts and cuts solutions, and only then writes terms as text."""
    decoder = Decoder("a")
    texts = [
        decoder.text(found.columns[name]) if name in found.columns else "NULL" for name in names
    ]
    inner = f"SELECT * FROM ({found.sql}){sorting(keys)}{slicing(select)}"
    shown = ", ".join(f"{text} AS c{place}" for place, text in enumerate(texts))
    return f"SELECT {shown} FROM ({inner}) a{decoder.joins}{sorting(keys)}"


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
