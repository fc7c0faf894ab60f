"""Read a whole query into its algebra (SPARQL 1.1, section 18.2)."""

from graphbuild.query.analytic.expressions import ExpressionReader
from graphbuild.query.analytic.reader import Reader
from graphbuild.query.analytic.tree import (
    Basic,
    Expression,
    Extend,
    Filter,
    Join,
    LeftJoin,
    Minus,
    Order,
    Pattern,
    Query,
    Select,
    Term,
    Triple,
    Union,
    Unsupported,
    Values,
)
from graphbuild.query.analytic.triples import TripleReader

ELSEWHERE = ("GRAPH", "SERVICE", "LATERAL")


def parse(text: str, prefixes: dict[str, str]) -> Query:
    """Return the algebra of a query.

    Args:
        text: a query that the store's parser takes.
        prefixes: namespaces that it need not declare.

    Raises:
        Unsupported: it holds something that the columns never answer.
    """
    return _Parser(Reader(text, prefixes)).query()


class _Parser:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._expressions = ExpressionReader(reader, self._group)
        self._triples = TripleReader(reader)

    def query(self) -> Query:
        self._prologue()
        reader = self._reader
        if reader.took("SELECT"):
            return Query("select", self._with_values(self._select()))
        if reader.took("ASK"):
            return Query("ask", self._with_values(self._where(Select(Basic()))))
        if reader.took("CONSTRUCT"):
            return self._construct()
        raise Unsupported(f"{reader.here.text.upper()} as a form of query")

    def _prologue(self) -> None:
        reader = self._reader
        while reader.here.is_word("PREFIX", "BASE", "VERSION"):
            if reader.took("PREFIX"):
                name = reader.step().text.removesuffix(":")
                reader.prefixes[name] = reader.iri()
            elif reader.took("BASE"):
                reader.base = reader.iri()
            else:
                raise Unsupported("VERSION")

    def _construct(self) -> Query:
        reader = self._reader
        if reader.sees("{"):
            template = self._template()
            return Query("construct", self._with_values(self._where(Select(Basic()))), template)
        self._no_dataset()
        reader.need("WHERE")
        template = self._template()
        select = self._modifiers(Select(Basic(template)))
        return Query("construct", self._with_values(select), template)

    def _template(self) -> tuple[Triple, ...]:
        self._reader.need("{")
        found = self._triples.block()
        self._reader.need("}")
        return found

    def _select(self) -> Select:
        reader = self._reader
        distinct = reader.took("DISTINCT")
        if reader.took("REDUCED"):
            raise Unsupported("REDUCED, whose answer is open")
        shown: list[tuple[str, Expression | None]] = []
        while not reader.took("*"):
            if reader.took("("):
                shown.append(self._named())
            elif reader.here.kind == "variable":
                shown.append((reader.variable(), None))
            else:
                break
        return self._where(Select(Basic(), tuple(shown), distinct))

    def _named(self) -> tuple[str, Expression]:
        """Read ``expression AS ?name)``."""
        expression = self._expressions.expression()
        self._reader.need("AS")
        name = self._reader.variable()
        self._reader.need(")")
        return name, expression

    def _no_dataset(self) -> None:
        if self._reader.here.is_word("FROM"):
            raise Unsupported("FROM")

    def _where(self, select: Select) -> Select:
        self._no_dataset()
        self._reader.took("WHERE")
        return self._modifiers(_with(select, pattern=self._group()))

    def _modifiers(self, select: Select) -> Select:
        reader = self._reader
        if reader.took("GROUP"):
            reader.need("BY")
            select = _with(select, groups=tuple(self._keys()))
        having: list[Expression] = []
        if reader.took("HAVING"):
            while not reader.here.is_word("ORDER", "LIMIT", "OFFSET", "VALUES") and self._goes_on():
                having.append(self._expressions.constraint())
        order: list[Order] = []
        if reader.took("ORDER"):
            reader.need("BY")
            while not reader.here.is_word("LIMIT", "OFFSET", "VALUES") and self._goes_on():
                order.append(self._criterion())
        select = _with(select, having=tuple(having), order=tuple(order))
        return self._sliced(select)

    def _goes_on(self) -> bool:
        return self._reader.here.text not in ("", "}")

    def _sliced(self, select: Select) -> Select:
        reader = self._reader
        while reader.here.is_word("LIMIT", "OFFSET"):
            if reader.took("LIMIT"):
                select = _with(select, limit=int(reader.step().text))
            else:
                reader.need("OFFSET")
                select = _with(select, offset=int(reader.step().text))
        return select

    def _keys(self) -> list[tuple[str, Expression | None]]:
        reader = self._reader
        found: list[tuple[str, Expression | None]] = []
        while self._goes_on() and not reader.here.is_word(
            "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"
        ):
            if reader.here.kind == "variable":
                found.append((reader.variable(), None))
            elif reader.took("("):
                found.append(self._key())
            else:
                found.append((reader.made().name, self._expressions.constraint()))
        return found

    def _key(self) -> tuple[str, Expression]:
        expression = self._expressions.expression()
        name = self._reader.variable() if self._reader.took("AS") else self._reader.made().name
        self._reader.need(")")
        return name, expression

    def _criterion(self) -> Order:
        descending = self._reader.took("DESC")
        if not descending:
            self._reader.took("ASC")
        return Order(self._expressions.constraint(), descending)

    def _with_values(self, select: Select) -> Select:
        if not self._reader.took("VALUES"):
            return select
        return _with(select, pattern=Join(select.pattern, self._values()))

    def _group(self) -> Pattern:
        group, filters = self._scope()
        return Filter(filters, group) if filters else group

    def _scope(self) -> tuple[Pattern, tuple[Expression, ...]]:
        """Read a group; return what it matches, and the filters of itself, of no group in it."""
        reader = self._reader
        reader.need("{")
        if reader.took("SELECT"):
            found: tuple[Pattern, tuple[Expression, ...]] = self._with_values(self._select()), ()
        else:
            found = self._parts()
        reader.need("}")
        return found

    def _parts(self) -> tuple[Pattern, tuple[Expression, ...]]:
        group: Pattern = Basic()
        filters: list[Expression] = []
        while not self._reader.sees("}"):
            if self._reader.took("FILTER"):
                filters.append(self._expressions.constraint())
            elif not self._reader.took("."):
                group = self._part(group)
        return group, tuple(filters)

    def _part(self, group: Pattern) -> Pattern:
        reader = self._reader
        if reader.took("OPTIONAL"):
            return LeftJoin(group, *self._scope())
        if reader.took("MINUS"):
            return Minus(group, self._group())
        if reader.took("BIND"):
            reader.need("(")
            return Extend(group, *self._named())
        if reader.took("VALUES"):
            return joined(group, self._values())
        if reader.here.is_word(*ELSEWHERE):
            raise Unsupported(reader.here.text.upper())
        return joined(group, self._alternatives() if reader.sees("{") else self._basic())

    def _basic(self) -> Basic:
        found = self._triples.block()
        if not found:
            raise Unsupported(f"syntax: {self._reader.here.text}")
        return Basic(found)

    def _alternatives(self) -> Pattern:
        found = self._group()
        while self._reader.took("UNION"):
            found = Union(found, self._group())
        return found

    def _values(self) -> Values:
        reader = self._reader
        many = reader.took("(")
        names: list[str] = []
        while reader.here.kind == "variable":
            names.append(reader.variable())
        if many:
            reader.need(")")
        rows: list[tuple[Term | None, ...]] = []
        reader.need("{")
        while not reader.took("}"):
            rows.append(self._row() if many else (self._value(),))
        return Values(tuple(names), tuple(rows))

    def _row(self) -> tuple[Term | None, ...]:
        self._reader.need("(")
        found: list[Term | None] = []
        while not self._reader.took(")"):
            found.append(self._value())
        return tuple(found)

    def _value(self) -> Term | None:
        return None if self._reader.took("UNDEF") else self._reader.term()


def joined(left: Pattern, right: Pattern) -> Pattern:
    """Return both patterns, triple patterns that follow each other as one."""
    if isinstance(left, Basic) and isinstance(right, Basic):
        return Basic(left.triples + right.triples)
    return right if left == Basic() else Join(left, right)


def _with(select: Select, **changed: object) -> Select:
    from dataclasses import replace

    return replace(select, **changed)  # type: ignore[arg-type] # its own fields
