"""Put values in the place of a query's parameters, as RDF terms and never as text."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode

from graphbuild.errors import ParameterError
from graphbuild.query.parameters import EXAMPLES, Placeholder, Type, placeholder, placeholders
from graphbuild.query.syntax import Token, tokens

Values = Mapping[str, str | Sequence[str]]
"""What was given for each parameter, as people write it; a list takes a sequence."""

SCHEMES = frozenset({"doi", "hdl", "http", "https", "info", "isbn", "tag", "urn"})
"""Schemes that an IRI parameter takes: names of things, nothing that a reader would run."""

XSD = "http://www.w3.org/2001/XMLSchema#"
NOTHING = Token("other", "", 0)
INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)")
DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]{1,3}")


def bind(text: str, values: Values) -> str:
    """Return a query in which values stand where its parameters stood.

    An optional parameter without a value stays a variable, which no solution binds, so
    ``COALESCE(?__year_integer, 0)`` is 0. An optional list without values is no restriction.

    Args:
        text: a query; a parameter inside a string, a comment or an IRI is none.
        values: by name of the parameter.

    Raises:
        ParameterError: a value is missing, of the wrong type, or for no parameter.
    """
    wanted = placeholders(text)
    _check_names(wanted, values)
    parts: list[str] = []
    before = [NOTHING, NOTHING]
    for token in tokens(text):
        parts.append(_bound(token, before, values))
        if token.kind not in {"space", "comment"}:
            before = [before[1], token]
    return "".join(parts)


def term(parameter: Placeholder, value: str | Sequence[str]) -> str:
    """Return a value as a term in SPARQL, e.g. ``"Ada Example"@en``.

    Raises:
        ParameterError: the value is not of the parameter's type.
    """
    if not isinstance(value, str):
        raise ParameterError(f"parameter {parameter.name!r} takes one value, not {len(value)}")
    try:
        return _SERIALISERS[parameter.type](value)
    except ValueError as error:
        example = EXAMPLES[parameter.type]
        raise ParameterError(
            f"parameter {parameter.name!r}: {value!r} {error}; write for example {example!r}"
        ) from error


def _bound(token: Token, before: list[Token], values: Values) -> str:
    found = placeholder(token)
    if found is not None and not found.multi and found.name in values:
        return term(found, values[found.name])
    listed = placeholder(before[1])
    if listed is not None and listed.multi and before[0].is_word("VALUES") and token.text == "{":
        return f"{{ {_members(listed, values.get(listed.name, ()))} "
    return token.text


def _check_names(wanted: Mapping[str, Placeholder], values: Values) -> None:
    for name in values:
        if name not in wanted:
            known = ", ".join(wanted) or "none"
            raise ParameterError(f"the query has no parameter {name!r}; it has: {known}")
    for name, parameter in wanted.items():
        if parameter.required and (name not in values or values[name] in ((), [])):
            example = EXAMPLES[parameter.type]
            raise ParameterError(
                f"parameter {name!r} needs a value, for example {name}={example!r}"
            )


def _members(parameter: Placeholder, values: str | Sequence[str]) -> str:
    members = [values] if isinstance(values, str) else values
    return " ".join(term(parameter, value) for value in members) or "UNDEF"


def _iri(value: str) -> str:
    iri = value.removeprefix("<").removesuffix(">")
    scheme, colon, _ = iri.partition(":")
    if not colon or scheme.lower() not in SCHEMES:
        raise ValueError(f"is no IRI of a scheme that is allowed ({', '.join(sorted(SCHEMES))})")
    try:
        return str(NamedNode(iri))
    except ValueError as error:
        raise ValueError(f"is no IRI ({error})") from error


def _integer(value: str) -> str:
    if not INTEGER.fullmatch(value):
        raise ValueError("is no whole number")
    return str(Literal(value, datatype=NamedNode(f"{XSD}integer")))


def _number(value: str) -> str:
    for pattern, datatype in ((INTEGER, "integer"), (DECIMAL, "decimal"), (DOUBLE, "double")):
        if pattern.fullmatch(value):
            return str(Literal(value, datatype=NamedNode(f"{XSD}{datatype}")))
    raise ValueError("is no number")


def _literal(value: str) -> str:
    try:
        return str(Literal(value))
    except (ValueError, TypeError) as error:
        raise ValueError("is no Unicode text") from error


def _date(value: str) -> str:
    try:
        stated = date.fromisoformat(value).isoformat() == value
    except ValueError:
        stated = False
    if not stated:
        raise ValueError("is no date")
    return str(Literal(value, datatype=NamedNode(f"{XSD}date")))


def _english(value: str) -> str:
    return f"{_literal(value)}@en"  # as str(Literal(value, language="en")) writes it


_SERIALISERS: dict[Type, Callable[[str], str]] = {
    "iri": _iri,
    "integer": _integer,
    "number": _number,
    "literal": _literal,
    "xsd_date": _date,
    "en": _english,
}
