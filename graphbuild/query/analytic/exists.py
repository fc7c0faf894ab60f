"""Find the variables of a part of a query, and tell whether EXISTS may be asked by a join."""

from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass

from graphbuild.query.analytic.tree import (
    Basic,
    Extend,
    Filter,
    Join,
    LeftJoin,
    Minus,
    Pattern,
    Select,
    Union,
    Values,
    Var,
)


def mentioned(part: object) -> set[str]:
    """Return the names of all variables in a pattern or expression, hidden ones too.

    >>> from graphbuild.query.analytic.tree import Call
    >>> sorted(mentioned(Call("=", (Var("a"), Var("b")))))
    ['a', 'b']
    """
    if isinstance(part, tuple):
        return {name for each in part for name in mentioned(each)}
    if not is_dataclass(part):
        return set()
    found = {name for field in fields(part) for name in mentioned(getattr(part, field.name))}
    match part:
        case Var() | Extend():
            found.add(part.name)
        case Values():
            found.update(part.names)
        case Select():
            found.update(name for name, _ in (*part.shown, *(part.groups or ())))
    return found


def is_joinable(pattern: Pattern, outer: AbstractSet[str]) -> bool:
    """Say whether putting outer bindings into a pattern is the same as joining them to it.

    It is not where a variable of theirs is bound in an OPTIONAL, taken away by MINUS, computed
    with, or seen by a condition, before the pattern itself binds it (section 18.6).
    """
    match pattern:
        case Basic() | Values():
            return True
        case Join() | Union():
            return is_joinable(pattern.left, outer) and is_joinable(pattern.right, outer)
        case Filter():
            own = mentioned(pattern.conditions) & outer <= _bound(pattern.pattern)
            return own and is_joinable(pattern.pattern, outer)
        case Extend():
            own = (mentioned(pattern.expression) | {pattern.name}) & outer <= _bound(
                pattern.pattern
            )
            return own and is_joinable(pattern.pattern, outer)
        case LeftJoin():
            own = mentioned((pattern.right, pattern.conditions)) & outer <= _bound(pattern.left)
            return own and all(is_joinable(p, outer) for p in (pattern.left, pattern.right))
        case Minus():
            return not mentioned(pattern.right) & outer and is_joinable(pattern.left, outer)
        case Select():
            return not mentioned(pattern) & outer


def _bound(pattern: Pattern) -> set[str]:
    """Return variables that triple patterns bind in every solution."""
    match pattern:
        case Basic():
            return mentioned(pattern)
        case Join():
            return _bound(pattern.left) | _bound(pattern.right)
        case LeftJoin() | Minus():
            return _bound(pattern.left)
        case Filter() | Extend():
            return _bound(pattern.pattern)
        case _:
            return set()
