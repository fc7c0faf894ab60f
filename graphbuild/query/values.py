"""Turn what people give for the parameters of a canned query into values that can be bound."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from graphbuild.errors import ParameterError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.bind import SCHEMES, bind
from graphbuild.query.catalogue import CannedQuery, Parameter

IDENTIFIERS = frozenset({"doi", "isbn"})
"""Schemes of IRIs that are also schemes of identifiers, by which entities are found."""

Finder = Callable[[str, str | None], str]
"""Gives the IRI of the entity that a name stands for, by name and CURIE of its class."""

Searcher = Callable[[str, str | None], Sequence[str]]
"""Gives the IRIs of the entities whose names hold some words, by words and CURIE of their class."""


def bound(
    query: CannedQuery,
    given: Mapping[str, Sequence[str]],
    find: Finder,
    search: Searcher | None = None,
) -> str:
    """Return the text of a query with the values that were given, and defaults for the others.

    Args:
        query: a query with parameters.
        given: values by name of the parameter, each a list as it came from the command line.
        find: finds the entity that a name stands for.
        search: finds all entities whose names hold words; None where that cannot be done.

    Raises:
        ParameterError: a value is missing, wrong, or for no parameter; or words are to be searched
            for where that cannot be done.
        EntityError: a name stands for no entity, or for several.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    values: dict[str, str | Sequence[str]] = {}
    for name, texts in given.items():
        parameter = known.get(name)
        if parameter is None:
            raise ParameterError(
                f"the query has no parameter {name!r}; it has: {', '.join(known) or 'none'}"
            )
        ready = [iri for text in texts for iri in _meant(parameter, text, find, search)]
        if len(ready) > 1 and not parameter.multi:
            raise ParameterError(f"parameter {name!r} takes one value, not {len(ready)}")
        values[name] = ready if parameter.multi else ready[0]
    for parameter in query.parameters:
        if parameter.name not in values:
            values.update(_default(parameter, find))
    return bind(query.text, values)


def is_iri(text: str) -> bool:
    """Tell whether a value is an IRI, and not a name such as ``OTO: a method``.

    ``doi:...`` and ``isbn:...`` are identifiers that entities go by; in angle brackets they are
    IRIs.
    """
    scheme, colon, rest = text.removeprefix("<").partition(":")
    if scheme.lower() in IDENTIFIERS and not text.startswith("<"):
        return False
    return bool(colon) and scheme.lower() in SCHEMES and not rest[:1].isspace()


def _default(parameter: Parameter, find: Finder) -> dict[str, str]:
    if parameter.default is not None:
        return {parameter.name: _value(parameter, parameter.default, find)}
    if parameter.required and not parameter.multi:
        example = f", for example {parameter.example!r}" if parameter.example else ""
        raise ParameterError(f"parameter {parameter.name!r} needs a value{example}")
    return {}


def _meant(parameter: Parameter, text: str, find: Finder, search: Searcher | None) -> Sequence[str]:
    """Return the values that a text stands for: one, or all that a search finds."""
    if not parameter.search or is_iri(text):
        return [_value(parameter, text, find)]
    if search is None:
        _refuse(parameter, text, "can be searched for in a graph folder only, not at an endpoint")
    return search(text, parameter.kind)


def _value(parameter: Parameter, text: str, find: Finder) -> str:
    if parameter.choices and text not in parameter.choices:
        _refuse(parameter, text, f"is none of {', '.join(parameter.choices)}")
    if parameter.pattern is not None and not re.fullmatch(parameter.pattern, text):
        _refuse(parameter, text, f"does not match {parameter.pattern}")
    if parameter.minimum is not None or parameter.maximum is not None:
        _check_range(parameter, text)
    if parameter.type != "iri" or is_iri(text):
        return text
    prefix, _, name = text.partition(":")
    if parameter.kind is None and prefix in PREFIXES:
        return PREFIXES[prefix] + name
    return find(text, parameter.kind)


def _check_range(parameter: Parameter, text: str) -> None:
    try:
        number = float(text)
    except ValueError:
        return  # binding says better what is wrong
    if parameter.minimum is not None and number < parameter.minimum:
        _refuse(parameter, text, f"is less than {parameter.minimum:g}")
    if parameter.maximum is not None and number > parameter.maximum:
        _refuse(parameter, text, f"is more than {parameter.maximum:g}")


def _refuse(parameter: Parameter, text: str, reason: str) -> NoReturn:
    example = f"; write for example {parameter.example!r}" if parameter.example else ""
    raise ParameterError(f"parameter {parameter.name!r}: {text!r} {reason}{example}")
