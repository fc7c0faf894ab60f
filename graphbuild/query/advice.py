"""Say which parts of a query the engine is slow at, and how to write them instead.

The patterns are those that cost seconds or minutes where another wording costs milliseconds
(docs/performance.md). They are found in the text alone, so nothing is run, and nothing is said of
how much data there is.
"""

from collections.abc import Callable, Iterator

from graphbuild.query.parameters import VARIABLE
from graphbuild.query.patterns import Group, Pattern, groups_of, is_variable
from graphbuild.query.syntax import query_form, significant

AGGREGATES = ("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM")
FRUGAL = ("ask", "describe", None, "update")
"""Forms of queries that an unbound scan does not make long."""


def advice(text: str) -> list[str]:
    """Return hints on how to make a query faster, each with its rewrite; nothing if all is well.

    >>> advice("SELECT ?t { VALUES ?p { <http://example.org/p> } ?p dcterms:title ?t }")
    ['VALUES ?p has one row: write <...> in the place of ?p, which the engine looks up at once']
    """
    wheres = groups_of(text)
    hints = [hint for where in wheres for rule in RULES for hint in rule(where)]
    return list(dict.fromkeys([*hints, *_scans(text, wheres)]))


def _single_values(where: Group) -> Iterator[str]:
    for group in where.walk():
        if group.kind == "VALUES" and group.rows == 1 and not _is_list(group):
            names = " ".join(group.variables)
            yield (
                f"VALUES {names} has one row: write <...> in the place of {names}, "
                "which the engine looks up at once"
            )


def _is_list(group: Group) -> bool:
    match = VARIABLE.fullmatch(group.variables[0]) if len(group.variables) == 1 else None
    return match is not None and match["multi"] is not None


def _late_patterns(where: Group) -> Iterator[str]:
    for group in where.walk():
        optional = False
        for part in group.parts:
            optional |= isinstance(part, Group) and part.kind == "OPTIONAL"
            if optional and isinstance(part, Pattern):
                yield (
                    f"the required pattern {_shown(part)} stands after an OPTIONAL: "
                    "move it before, so that it narrows what the OPTIONAL is asked for"
                )
                break


def _wide_negations(where: Group) -> Iterator[str]:
    for group in where.walk():
        held = any(pattern.is_held for pattern in group.patterns) or any(
            each.kind in {"WHERE", "", "VALUES"} for each in group.groups
        )
        if not held and group.patterns:
            for each in group.groups:
                if each.kind == "NOT EXISTS":
                    inner = _shown(each.patterns[0]) if each.patterns else "..."
                    yield (
                        "FILTER NOT EXISTS is tried for every solution of a scan: "
                        f"write MINUS {{ {inner} }}, which is evaluated once"
                    )


def _unbound_first(where: Group) -> Iterator[str]:
    yield from _unbound_in(where, frozenset())


def _unbound_in(group: Group, known: frozenset[str]) -> Iterator[str]:
    for part in group.parts:
        if isinstance(part, Pattern):
            known |= part.variables
        elif part.kind in {"OPTIONAL", "UNION", "", "WHERE"}:
            yield from _first_of(part, known if part.kind == "OPTIONAL" else frozenset())
            yield from _unbound_in(part, known if part.kind == "OPTIONAL" else frozenset())
            known |= _bound_by(part)


def _first_of(group: Group, known: frozenset[str]) -> Iterator[str]:
    patterns = group.patterns
    if group.kind not in {"OPTIONAL", "UNION"} or len(patterns) < 2:
        return
    good = [pattern for pattern in patterns if pattern.is_held or pattern.variables & known]
    if good and patterns[0] not in good:
        yield (
            f"in {group.kind}, {_shown(patterns[0])} comes first and is bound by nothing: "
            f"put {_shown(good[0])} before it"
        )


def _bound_by(group: Group) -> frozenset[str]:
    parts = [pattern.variables for each in group.walk() for pattern in each.patterns]
    return frozenset().union(*parts)


def _scans(text: str, wheres: list[Group]) -> Iterator[str]:
    words = significant(text)
    if query_form(text) in FRUGAL or any(word.is_word("LIMIT", *AGGREGATES) for word in words):
        return
    for where in wheres:
        for group in where.walk():
            if _is_scan(group):
                yield (
                    f"{_shown(group.patterns[0])} goes through the whole graph: "
                    "name a property or an entity, or add LIMIT"
                )


def _is_scan(group: Group) -> bool:
    patterns = group.patterns
    everything = any(len(pattern.variables) == 3 for pattern in patterns)
    held = any(pattern.is_held or not is_variable(pattern.predicate) for pattern in patterns)
    return everything and not held and group.kind in {"WHERE", ""} and not group.groups


def _shown(pattern: Pattern) -> str:
    return f"{pattern.subject} {pattern.predicate} {pattern.object}"


RULES: tuple[Callable[[Group], Iterator[str]], ...] = (
    _single_values,
    _late_patterns,
    _wide_negations,
    _unbound_first,
)
