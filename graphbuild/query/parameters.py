"""Find the parameters of a query: variables named ``?_name_type``, or ``?__name_type`` if optional.

A name is letters and digits; a list is ``VALUES ?_name_multi_iri {}``. The naming is that of BASIL
and grlc, so a query with parameters is SPARQL as it stands.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from graphbuild.errors import ParameterError
from graphbuild.query.syntax import Token, significant

Type = Literal["iri", "integer", "number", "literal", "xsd_date", "en"]
VARIABLE = re.compile(
    rf"[?$](?P<mark>__?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<multi>_multi(?=_iri$))?"
    rf"_(?P<type>{'|'.join(get_args(Type))})"
)
EXAMPLES: dict[str, str] = {
    "iri": "https://example.org/thing",
    "integer": "2020",
    "number": "0.5",
    "literal": "some words",
    "xsd_date": "2020-12-31",
    "en": "some words",
}
"""A value of each type."""


@dataclass(frozen=True)
class Placeholder:
    """A parameter as its variable states it.

    Attributes:
        name: what users call it.
        type: what its values are.
        required: whether the query means nothing without a value.
        multi: whether it takes a list.
    """

    name: str
    type: Type
    required: bool
    multi: bool


def placeholder(token: Token) -> Placeholder | None:
    """Return the parameter that a token stands for, or None.

    >>> from graphbuild.query.syntax import tokens
    >>> placeholder(*tokens("?__fromYear_integer"))
    Placeholder(name='fromYear', type='integer', required=False, multi=False)
    """
    match = VARIABLE.fullmatch(token.text) if token.kind == "variable" else None
    if match is None:
        return None
    kind: Type = match["type"]  # type: ignore[assignment] # the pattern takes no other word
    return Placeholder(match["name"], kind, match["mark"] == "_", match["multi"] is not None)


def placeholders(text: str) -> dict[str, Placeholder]:
    """Return the parameters of a query by name, in the order in which they first stand in it.

    Raises:
        ParameterError: one name is used with two types, or as required and as optional.
    """
    found: dict[str, Placeholder] = {}
    for token in significant(text):
        one = placeholder(token)
        if one is not None and found.setdefault(one.name, one) != one:
            raise ParameterError(
                f"parameter {one.name!r} is used as {token.text} and in another way; "
                "use one variable for one parameter"
            )
    return found


def option_name(name: str) -> str:
    """Return the option that a parameter has on the command line, without its hyphens.

    >>> option_name("fromYear")
    'from-year'
    """
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", name).lower()
