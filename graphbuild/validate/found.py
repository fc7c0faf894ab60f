"""Make a report of what the columnar engine found."""

import re
from collections.abc import Iterable

import numpy as np

from graphbuild.mapping.vocabulary import curie
from graphbuild.store.columns import is_iri, plain
from graphbuild.validate.checks import Failed
from graphbuild.validate.columnar import Found
from graphbuild.validate.columns import Columns
from graphbuild.validate.model import SHACL, Constraint, Shape, component_iri
from graphbuild.validate.report import Group, Kind, Result
from graphbuild.validate.sources import described

VARIABLE = re.compile(r"\{[?$](\w+)\}")


def groups(found: Iterable[Found], columns: Columns) -> list[Group]:
    """Return what was found in groups, the results of each told only on demand."""
    parts: dict[Kind, list[Failed]] = {}
    for shape, constraint, failed in found:
        parts.setdefault(kind_of(shape, constraint, failed.path), []).append(failed)
    return [_group(kind, failed, columns) for kind, failed in parts.items()]


def message_of(shape: Shape, constraint: Constraint) -> str:
    """Return the message of a shape or of its SPARQL, or else which parameter is not met."""
    messages = constraint.query.messages if constraint.query else ()
    if messages or shape.messages:
        return " / ".join(messages or shape.messages)
    if constraint.parameter in ("sparql", "component"):
        return f"Does not meet {curie(component_iri(constraint)).removeprefix(SHACL)}."
    return f"Does not meet sh:{constraint.parameter}{_told(constraint)}."


def _told(constraint: Constraint) -> str:
    if constraint.shapes or constraint.parameter in ("in", "closed", "languageIn", "uniqueLang"):
        return ""
    if not constraint.terms:
        return f" {constraint.number}"
    term = constraint.terms[0]
    if is_iri(term):
        return f" {curie(plain(term)).removeprefix(SHACL)}"
    told = plain(term) if term.startswith('"') else term
    return f" {told}"


def _words(term: str) -> str:
    return term if term.startswith("_:") else plain(term)


def kind_of(shape: Shape, constraint: Constraint, path: str) -> Kind:
    """Return what the results of a constraint have in common; a path takes the shape's place."""
    return Kind(
        severity=shape.severity,
        shape=shape.name,
        message=message_of(shape, constraint),
        path=path or (shape.path.text if shape.path else ""),
        component=component_iri(constraint),
        source_shape=shape.key[1:-1] if is_iri(shape.key) else "",
    )


def _group(kind: Kind, parts: list[Failed], columns: Columns) -> Group:
    def tell(number: int | None) -> list[Result]:
        results = [result for part in parts for result in _results(kind, part, columns, number)]
        results.sort(key=lambda result: (result.focus, result.value))
        return described(results[:number], columns)

    return Group(kind, sum(len(part.focus) for part in parts), tell)


def _results(kind: Kind, part: Failed, columns: Columns, number: int | None) -> Iterable[Result]:
    """Yield the results of a part, or at least those of so many focus nodes that come first."""
    rows = np.arange(len(part.focus))
    if number is not None and len(rows) > number:
        rows = np.flatnonzero(np.isin(part.focus, columns.first(part.focus, number)))
    focus = columns.texts(part.focus[rows])
    values = [""] * len(rows) if part.value is None else columns.texts(part.value[rows])
    for place, row in enumerate(rows.tolist()):
        words = part.words[row] if part.words else {}
        yield Result(
            severity=kind.severity,
            shape=kind.shape,
            message=filled(kind.message, words, focus[place], values[place]),
            focus=focus[place],
            path=kind.path,
            value=values[place],
            component=kind.component,
            source_shape=kind.source_shape,
        )


def filled(message: str, words: dict[str, str], focus: str, value: str) -> str:
    """Return a message with the values of its variables; one without value stays as it is."""
    if "{" not in message:
        return message
    terms = {"this": focus, "value": value, **words}
    known = {name: _words(term) for name, term in terms.items() if term}
    return VARIABLE.sub(lambda match: known.get(match[1], match[0]), message)
