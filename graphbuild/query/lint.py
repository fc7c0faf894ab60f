"""Say what is wrong with a canned query, by the rules that docs/queries.md gives."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pyoxigraph import Store

from graphbuild.errors import GraphBuildError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.advice import advice
from graphbuild.query.bind import bind
from graphbuild.query.catalogue import CannedQuery
from graphbuild.query.parameters import EXAMPLES, option_name, placeholder
from graphbuild.query.syntax import (
    Token,
    declared_prefixes,
    has_service,
    query_form,
    significant,
    used_prefixes,
)

CAMEL_CASE = re.compile(r"[a-z][A-Za-z0-9]*")
KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RESERVED = frozenset(
    {
        "allow-host",
        "chart",
        "curies",
        "debug",
        "endpoint",
        "engine",
        "exit-status",
        "explain",
        "file",
        "format",
        "graph",
        "help",
        "iris",
    }
    | {"labels", "limit", "no-headers", "offset", "output", "param", "raw", "show", "time"}
    | {"timeout", "wide"}
)
"""Options of the command line, which a parameter would hide."""

EXTENSIONS = frozenset(
    {"LATERAL", "ADJUST", "TRIPLE", "ISTRIPLE", "SUBJECT", "PREDICATE", "OBJECT"}
    | {"LANGDIR", "HASLANG", "HASLANGDIR", "STRLANGDIR", "VERSION"}
)
"""Words that are not SPARQL 1.1, so that other engines refuse them."""


def lint(query: CannedQuery) -> list[str]:
    """Return what is wrong with a query, in words; nothing when all is well."""
    return [problem for rule in RULES for problem in rule(query)]


def _describes_itself(query: CannedQuery) -> Iterator[str]:
    if not query.summary:
        yield "no summary"
    if not KEBAB_CASE.fullmatch(query.id):
        yield f"the id {query.id!r} is not words in lower case, joined by hyphens"
    for name in query.unknown:
        yield f"the header says something of {name!r}, which means nothing here"


def _has_good_parameters(query: CannedQuery) -> Iterator[str]:
    for parameter in query.parameters:
        if not CAMEL_CASE.fullmatch(parameter.name):
            yield f"the parameter {parameter.name!r} is not written in camelCase"
        if not parameter.help:
            yield f"the parameter {parameter.name!r} has no help"
        if parameter.example is None:
            yield f"the parameter {parameter.name!r} has no example"
        if parameter.search and not (parameter.multi and parameter.required):
            yield f"the parameter {parameter.name!r} is searched for, so it is ?_name_multi_iri"
        if option_name(parameter.name) in RESERVED:
            yield f"the parameter {parameter.name!r} hides an option of the command"


def _parses(query: CannedQuery) -> Iterator[str]:
    """Parse the raw text and the bound one: a parameter must stand where a term may stand."""
    if has_service(query.text):  # the engine would call the endpoint
        return
    values = {parameter.name: EXAMPLES[parameter.type] for parameter in query.parameters}
    for state, text in (("as it stands", query.text), ("with values", None)):
        try:
            Store().query(bind(query.text, values) if text is None else text)
        except (SyntaxError, RuntimeError, GraphBuildError) as error:
            yield f"is no SPARQL {state}: {error}"


def _only_reads(query: CannedQuery) -> Iterator[str]:
    if query_form(query.text) in {None, "update"}:
        yield "is no SELECT, ASK, CONSTRUCT or DESCRIBE"
    if has_service(query.text):
        yield "calls another endpoint by SERVICE"


def _is_standard(query: CannedQuery) -> Iterator[str]:
    found = significant(query.text)
    for token in found:
        if token.is_word(*EXTENSIONS):
            yield f"{token.text} is not SPARQL 1.1"
    for name, bracket in pairwise(found):
        if bracket.text == "(" and _is_foreign_function(name):
            yield f"{name.text}(...) is a function of one engine only"


def _is_foreign_function(token: Token) -> bool:
    return token.kind == "iri" or (token.kind == "pname" and not token.text.startswith("xsd:"))


def _declares_prefixes(query: CannedQuery) -> Iterator[str]:
    declared, used = declared_prefixes(query.text), used_prefixes(query.text)
    for prefix in sorted(used - declared.keys()):
        yield f"the prefix {prefix}: is not declared"
    for prefix in sorted(declared.keys() - used):
        yield f"the prefix {prefix}: is declared and not used"
    for prefix, namespace in declared.items():
        if PREFIXES.get(prefix, namespace) != namespace:
            yield f"the prefix {prefix}: is not <{PREFIXES[prefix]}>"


def _names_results_well(query: CannedQuery) -> Iterator[str]:
    for token in significant(query.text):
        plain = token.kind == "variable" and placeholder(token) is None
        if plain and not CAMEL_CASE.fullmatch(token.text[1:]):
            yield f"the variable {token.text} is not written in camelCase"


@dataclass
class _Select:
    """What one SELECT, or one pair of braces, says about its results and their order."""

    projected: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    aggregates: bool = False
    star: bool = False
    limited: bool = False
    clause: str = ""


def _is_ordered(query: CannedQuery) -> Iterator[str]:
    selects = list(_selects(significant(query.text)))
    if any(select.star for select in selects):
        yield "SELECT * gives other columns when a variable is added; name them"
    if any(select.limited and not select.order for select in selects):
        yield "LIMIT without ORDER BY gives other results each time"
    outer = selects[-1]
    if query.form != "select" or (outer.aggregates and not outer.group):
        return
    breakers = outer.group or outer.projected
    if not outer.order:
        yield "a SELECT needs ORDER BY"
    elif outer.order[-1] not in breakers:
        names = ", ".join(breakers)
        yield f"ORDER BY must end in what tells two results apart, one of {names}"


def _selects(found: list[Token]) -> Iterator[_Select]:
    """Yield every pair of braces of a query, and last the query itself."""
    open_now = [_Select()]
    for before, token in zip([Token("other", "", 0), *found], found, strict=False):
        if token.text == "{":
            open_now[-1].clause = ""
            open_now.append(_Select())
        elif token.text == "}" and len(open_now) > 1:
            yield open_now.pop()
        else:
            _note(open_now[-1], token, before)
    yield open_now[0]


AGGREGATES = ("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM")


def _note(select: _Select, token: Token, before: Token) -> None:
    if token.is_word("SELECT", "WHERE", "HAVING", "LIMIT", "OFFSET", "VALUES", "FROM"):
        select.clause = token.text.upper()
        select.limited |= token.is_word("LIMIT")
    elif token.is_word("BY"):
        select.clause = before.text.upper()
    elif token.is_word(*AGGREGATES):
        select.aggregates |= select.clause == "SELECT"
    elif token.text == "*" and before.is_word("SELECT", "DISTINCT", "REDUCED"):
        select.star |= select.clause == "SELECT"
    elif token.kind == "variable":
        lists = {"SELECT": select.projected, "GROUP": select.group, "ORDER": select.order}
        lists.get(select.clause, []).append(token.text)


def _is_fast(query: CannedQuery) -> Iterator[str]:
    yield from advice(query.text)


RULES: tuple[Callable[[CannedQuery], Iterator[str]], ...] = (
    _describes_itself,
    _has_good_parameters,
    _parses,
    _only_reads,
    _is_standard,
    _declares_prefixes,
    _names_results_well,
    _is_ordered,
    _is_fast,
)
