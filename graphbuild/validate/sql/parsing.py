"""Parse the SPARQL of constraints, and refuse what SHACL does not allow in it."""

from functools import cache
from typing import Any

from pyparsing import ParseException
from rdflib import XSD, Literal, Variable
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graphbuild.errors import ShapesError
from graphbuild.validate.model import Query, Shape
from graphbuild.validate.sql.memory import remember, remembered

TRUE, FALSE = (
    Literal("true", datatype=XSD.boolean),
    Literal("false", datatype=XSD.boolean),
)
UNSUPPORTED = ("shapesGraph", "currentShape")
REFUSED = {
    "MinusGraphPattern": "MINUS",
    "InlineData": "VALUES",
    "ServiceGraphPattern": "SERVICE",
}
SPECIFICATION = "https://www.w3.org/TR/shacl/#pre-binding"


@cache
def parsed(query: Query, shape: Shape) -> CompValue:
    """Return the algebra of a query.

    What was parsed once is remembered: rdflib takes longer for the queries of our shapes than all
    that is done with them.

    Raises:
        ShapesError: it is no SPARQL, or SPARQL that SHACL does not allow.
    """
    known = remembered(query)
    if known is not None:
        return known
    algebra = _parsed(query, shape)
    remember(query, algebra)
    return algebra


def _parsed(query: Query, shape: Shape) -> CompValue:
    try:
        tree = parseQuery(query.text)
        _check(tree, shape, ask=query.ask)
        algebra: CompValue = translateQuery(tree).algebra
    except (ParseException, RecursionError) as error:
        raise _error(shape, f"not SPARQL ({' '.join(str(error).split())})") from error
    except Exception as error:
        if type(error) is not Exception:  # rdflib raises these of prefixes that it does not know.
            raise
        raise _error(shape, f"not SPARQL ({error})") from error
    return algebra


def _check(tree: Any, shape: Shape, *, ask: bool) -> None:  # noqa: ANN401 - rdflib's tree
    """Refuse what SHACL does not allow, and mend what rdflib drops.

    Raises:
        ShapesError: the query holds something that is not allowed.
    """

    def look(part: object) -> None:
        name = getattr(part, "name", "")
        if name in REFUSED:
            why = "nothing is fetched" if name == "ServiceGraphPattern" else SPECIFICATION
            raise _error(shape, f"{REFUSED[name]} is not allowed ({why})")
        if isinstance(part, Variable) and str(part) in UNSUPPORTED:
            raise _error(shape, f"${part} is not supported")
        if isinstance(part, CompValue):
            _check_part(part, shape, ("this", "value") if ask else ("this",))

    traverse(tree, visitPre=look)


def _check_part(part: CompValue, shape: Shape, bound: tuple[str, ...]) -> None:
    if part.name == "Bind" and str(part.var) in bound:
        raise _error(shape, f"${part.var} must not be bound again ({SPECIFICATION})")
    if part.name == "SubSelect" and "this" not in _returned(part):
        raise _error(shape, f"a subquery must return $this ({SPECIFICATION})")
    if part.name == "Filter" and _innermost(part.expr) == FALSE:
        part["expr"] = CompValue("UnaryNot", expr=TRUE)  # rdflib drops FILTER(false).


def _innermost(part: Any) -> Any:  # noqa: ANN401 - rdflib's parts
    while isinstance(part, CompValue) and list(part) == ["expr"]:
        part = part.expr
    return part


def _returned(subquery: CompValue) -> set[str]:
    """Return the variables that a subquery returns; with ``*``, those of its triples."""
    if subquery.projection:
        return {str(e.var if e.var is not None else e.evar) for e in subquery.projection}
    found: set[str] = set()

    def look(part: object) -> None:
        if getattr(part, "name", "") == "TriplesBlock":
            found.update(str(n) for triple in part.triples for n in triple)  # type: ignore[attr-defined]

    traverse(subquery, visitPre=look)
    return found


def _error(shape: Shape, reason: str) -> ShapesError:
    return ShapesError(f"the shapes cannot be used: {reason} in shape {shape.name}")
