"""Read the expressions of a query (SPARQL 1.1 grammar, rules 107 to 128)."""

from collections.abc import Callable

from graphbuild.query.analytic.reader import Reader
from graphbuild.query.analytic.tree import (
    Aggregate,
    Call,
    Exists,
    Expression,
    Pattern,
    Term,
    Unsupported,
    Var,
)
from graphbuild.store.worth import Kind

COMPARISONS = ("<=", ">=", "!=", "=", "<", ">")
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


class ExpressionReader:
    """Reads expressions.

    Args:
        reader: what the tokens are taken from.
        group: reads the group that EXISTS asks about.
    """

    def __init__(self, reader: Reader, group: Callable[[], Pattern]) -> None:
        self._reader = reader
        self._group = group

    def expression(self) -> Expression:
        """Read an expression."""
        left = self._and()
        while self._reader.took("||"):
            left = Call("||", (left, self._and()))
        return left

    def constraint(self) -> Expression:
        """Read what a FILTER or HAVING demands: in brackets, or a call."""
        return self._primary()

    def _and(self) -> Expression:
        left = self._relation()
        while self._reader.took("&&"):
            left = Call("&&", (left, self._relation()))
        return left

    def _relation(self) -> Expression:
        left = self._sum()
        for sign in COMPARISONS:
            if self._reader.took(sign):
                return Call(sign, (left, self._sum()))
        if self._reader.took("IN"):
            return Call("IN", (left, *self.arguments()))
        if self._reader.here.is_word("NOT") and self._reader.ahead().is_word("IN"):
            self._reader.step()
            self._reader.step()
            return Call("!", (Call("IN", (left, *self.arguments())),))
        return left

    def _sum(self) -> Expression:
        left = self._product()
        while self._reader.here.text in ("+", "-"):
            sign = self._reader.step().text
            left = Call(sign, (left, self._product()))
        return left

    def _product(self) -> Expression:
        left = self._unary()
        while self._reader.here.text in ("*", "/"):
            sign = self._reader.step().text
            left = Call(sign, (left, self._unary()))
        return left

    def _unary(self) -> Expression:
        if self._reader.here.text in ("!", "-", "+") and self._reader.here.kind == "other":
            sign = self._reader.step().text
            name = {"!": "!", "-": "NEGATIVE", "+": "POSITIVE"}[sign]
            return Call(name, (self._unary(),))
        return self._primary()

    def _primary(self) -> Expression:
        reader = self._reader
        if reader.took("("):
            inner = self.expression()
            reader.need(")")
            return inner
        if reader.here.kind == "variable":
            return Var(reader.variable())
        if reader.here.kind == "word" and not reader.sees_term():
            return self._built_in()
        term = reader.term()
        if term.kind == Kind.IRI and reader.sees("("):
            return Call(term.text, self.arguments())
        return term

    def _built_in(self) -> Expression:
        reader = self._reader
        name = reader.step().text.upper()
        if name == "NOT" or name == "EXISTS":
            if name == "NOT":
                reader.need("EXISTS")
            return Exists(self._group(), negated=name == "NOT")
        if name in AGGREGATES:
            return self._aggregate(name)
        if not reader.sees("("):
            raise Unsupported(f"syntax: {name}")
        if name in ("IRI", "URI") and reader.base:
            raise Unsupported(f"{name} beside BASE")
        return Call(name, self.arguments())

    def _aggregate(self, name: str) -> Aggregate:
        reader = self._reader
        reader.need("(")
        distinct = reader.took("DISTINCT")
        arg = None if reader.took("*") else self.expression()
        separator = " "
        if reader.took(";"):
            reader.need("SEPARATOR")
            reader.need("=")
            separator = reader.string()
        reader.need(")")
        return Aggregate(name, arg, distinct, separator)

    def arguments(self) -> tuple[Expression, ...]:
        """Read arguments in brackets."""
        reader = self._reader
        reader.need("(")
        if reader.took(")"):
            return ()
        if reader.took("DISTINCT"):
            raise Unsupported("a function of your own that aggregates")
        found = [self.expression()]
        while reader.took(","):
            found.append(self.expression())
        reader.need(")")
        return tuple(found)


def constant(expression: Expression) -> Term | None:
    """Return an expression that is a constant, or None."""
    return expression if isinstance(expression, Term) else None
