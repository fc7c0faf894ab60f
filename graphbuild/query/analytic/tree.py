"""The parts of a SPARQL query as its algebra has them (SPARQL 1.1, section 18)."""

from dataclasses import dataclass, field

from graphbuild.store.worth import Kind, Worth


class Unsupported(Exception):  # noqa: N818 - nothing is wrong: the store answers instead
    """The columns cannot answer this exactly; the message names what is the reason."""


@dataclass(frozen=True)
class Term:
    """A constant: its characters, kind, and what follows its closing quote in N-Triples."""

    text: str
    kind: Kind
    suffix: str = ""
    worth: Worth | None = None


@dataclass(frozen=True)
class Var:
    """A variable; the name of a blank node's begins with ``_:``."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or operator by its name in capitals, or by the IRI of a cast."""

    name: str
    args: tuple["Expression", ...]


@dataclass(frozen=True)
class Exists:
    """EXISTS, or NOT EXISTS."""

    pattern: "Pattern"
    negated: bool


@dataclass(frozen=True)
class Aggregate:
    """An aggregate; without an argument it is about whole solutions."""

    name: str
    arg: "Expression | None"
    distinct: bool = False
    separator: str = " "


Expression = Term | Var | Call | Exists | Aggregate
Node = Term | Var


@dataclass(frozen=True)
class Link:
    """The path of one IRI."""

    iri: str


@dataclass(frozen=True)
class Inverse:
    """A path backwards."""

    path: "Path"


@dataclass(frozen=True)
class Sequence:
    """Paths one after the other."""

    parts: tuple["Path", ...]


@dataclass(frozen=True)
class Alternative:
    """Any of several paths."""

    parts: tuple["Path", ...]


@dataclass(frozen=True)
class Repeated:
    """A path with ``*``, ``+`` or ``?``."""

    path: "Path"
    sign: str


@dataclass(frozen=True)
class Negated:
    """Any predicate but these, forwards and backwards."""

    forward: tuple[str, ...]
    backward: tuple[str, ...]
    both: tuple[bool, bool]


Path = Link | Inverse | Sequence | Alternative | Repeated | Negated


@dataclass(frozen=True)
class Triple:
    """A triple pattern; its predicate is a variable or a path."""

    subject: Node
    predicate: Var | Path
    object: Node


@dataclass(frozen=True)
class Basic:
    """Triple patterns that all hold."""

    triples: tuple[Triple, ...] = ()


@dataclass(frozen=True)
class Join:
    """Both patterns."""

    left: "Pattern"
    right: "Pattern"


@dataclass(frozen=True)
class LeftJoin:
    """A pattern, and another where it is compatible and the conditions hold."""

    left: "Pattern"
    right: "Pattern"
    conditions: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Union:
    """Either pattern."""

    left: "Pattern"
    right: "Pattern"


@dataclass(frozen=True)
class Minus:
    """A pattern without what is compatible with another."""

    left: "Pattern"
    right: "Pattern"


@dataclass(frozen=True)
class Filter:
    """A pattern where all conditions hold."""

    conditions: tuple[Expression, ...]
    pattern: "Pattern"


@dataclass(frozen=True)
class Extend:
    """A pattern with one more variable."""

    pattern: "Pattern"
    name: str
    expression: Expression


@dataclass(frozen=True)
class Values:
    """Solutions that are written out; None is UNDEF."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True)
class Order:
    """One criterion of ORDER BY."""

    expression: Expression
    descending: bool = False


@dataclass(frozen=True)
class Select:
    """A SELECT, or what another form selects.

    Attributes:
        shown: variables with their expressions, None for plain ones; empty for ``*``.
    """

    pattern: "Pattern"
    shown: tuple[tuple[str, Expression | None], ...] = ()
    distinct: bool = False
    groups: tuple[tuple[str, Expression | None], ...] | None = None
    having: tuple[Expression, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0


Pattern = Basic | Join | LeftJoin | Union | Minus | Filter | Extend | Values | Select


@dataclass(frozen=True)
class Query:
    """A whole query: its form, what it selects and, of CONSTRUCT, its template."""

    form: str
    select: Select
    template: tuple[Triple, ...] = field(default=())
