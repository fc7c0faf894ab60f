"""Write an expression of a query as SPARQL again, for the store's engine to evaluate it."""

from collections.abc import Mapping

from graphbuild.query.analytic.tree import Call, Expression, Term, Unsupported, Var
from graphbuild.store.columns import XSD
from graphbuild.store.worth import Kind

INFIX = ("||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/")
PREFIX = {"!": "!", "NEGATIVE": "-", "POSITIVE": "+"}
FUNCTIONS = frozenset({
    "ABS", "BOUND", "CEIL", "COALESCE", "CONCAT", "CONTAINS", "DATATYPE", "DAY", "ENCODE_FOR_URI",
    "FLOOR", "HOURS", "IF", "IRI", "ISBLANK", "ISIRI", "ISLITERAL", "ISNUMERIC", "ISURI", "LANG",
    "LANGMATCHES", "LCASE", "MD5", "MINUTES", "MONTH", "REGEX", "REPLACE", "ROUND", "SAMETERM",
    "SECONDS", "SHA1", "SHA256", "SHA384", "SHA512", "STR", "STRAFTER", "STRBEFORE", "STRDT",
    "STRENDS", "STRLANG", "STRLEN", "STRSTARTS", "SUBSTR", "TIMEZONE", "TZ", "UCASE", "URI", "YEAR",
})  # fmt: skip
"""What gives the same for the same arguments; not ``NOW``, ``RAND``, ``UUID`` or ``BNODE``."""

CASTS = frozenset(
    f"{XSD}{name}"
    for name in (
        "boolean", "date", "dateTime", "dayTimeDuration", "decimal", "double", "duration", "float",
        "integer", "string", "time", "yearMonthDuration",
    )
)  # fmt: skip
ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def spelled(expression: Expression, names: Mapping[str, str]) -> str:
    """Return an expression as SPARQL.

    Args:
        expression: without aggregates and EXISTS.
        names: what its variables are to be called; one without a name is never bound.

    Raises:
        Unsupported: it holds what does not give the same for the same arguments.

    >>> spelled(Call("=", (Var("a"), Call("LCASE", (Term("x", Kind.STRING),)))), {"a": "v0"})
    '(?v0 = LCASE("x"))'
    """
    match expression:
        case Var():
            return f"?{names.get(expression.name, 'none')}"
        case Term():
            return written(expression)
        case Call():
            return _call(expression, [spelled(each, names) for each in expression.args])
        case _:
            raise Unsupported("EXISTS or an aggregate within another expression")


def _call(call: Call, args: list[str]) -> str:
    if call.name in INFIX:
        return f"({f' {call.name} '.join(args)})"
    if call.name in PREFIX:
        return f"({PREFIX[call.name]} {args[0]})"
    if call.name == "IN":
        return f"({args[0]} IN ({', '.join(args[1:])}))"
    if call.name in FUNCTIONS:
        return f"{call.name}({', '.join(args)})"
    if call.name in CASTS:
        return f"<{call.name}>({', '.join(args)})"
    raise Unsupported(f"the function {call.name}")


def written(term: Term) -> str:
    """Return a term in N-Triples form."""
    return f"<{term.text}>" if term.kind == Kind.IRI else literal_text(term.text, term.suffix)


def literal_text(text: str, suffix: str) -> str:
    """Return a literal in N-Triples form, as all of the columns' answers have it."""
    for sign, escape in ESCAPES:
        text = text.replace(sign, escape)
    return f'"{text}"{suffix}'
