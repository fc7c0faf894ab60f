"""Translate the functions on strings to SQL (SPARQL 1.1, section 17.4.3)."""

import re
from typing import TYPE_CHECKING

from graphbuild.query.analytic.columns import (
    BOOL,
    DATATYPES,
    ID,
    INT,
    LITERALS,
    STR,
    TERM,
    Column,
    quoted,
    value,
)
from graphbuild.query.analytic.tree import Expression, Term, Unsupported
from graphbuild.query.analytic.values import cases
from graphbuild.store.columns import LANGUAGE, XSD
from graphbuild.store.worth import Kind

if TYPE_CHECKING:
    from graphbuild.query.analytic.functions import Functions

PLAIN_PATTERN = re.compile(
    r"(?:[^\\\[\](){}^$.|?*+]|\\[bdDwWsSnt.\\|()\[\]{}^$?*+\-]|[(.|?*+)^$]"
    r"|\{\d{1,2}(?:,\d{0,2})?\}|\[\^?(?:[^\\\[\]&~^-]|[A-Za-z0-9]-[A-Za-z0-9]|\\[dws.\-\]])+\])*"
)
"""Regular expressions that both engines read alike; in ASCII they also find the same."""

GROUP = re.compile(r"\(\?")


def string(f: "Functions", arg: Expression) -> Column:
    """Return STR."""
    column = f.column(arg)
    if column.holds == STR and not column.language:
        return column
    certain = column.certain and Kind.BLANK not in column.kinds and column.holds == ID
    return value(f.values.lexical(column), STR, certain=certain)


def language(f: "Functions", arg: Expression) -> Column:
    """Return LANG."""
    column = f.column(arg)
    if column.language:
        raise Unsupported("the language of a computed text")
    if not column.kinds & {Kind.LANGUAGE}:
        return value(cases([(f.values.among(column, LITERALS), "''")]), STR)
    alias = f.scope.fact(column, "term")
    tail = f"(SELECT text[2:] FROM all_suffix WHERE suffix = {alias}.suffix)"
    tag = cases([(f.values.among(column, {Kind.LANGUAGE}), tail)], "''")
    return value(cases([(f.values.among(column, LITERALS), tag)]), STR)


def datatype(f: "Functions", arg: Expression) -> Column:
    """Return DATATYPE."""
    column = f.column(arg)
    if column.language:
        raise Unsupported("the datatype of a computed text")
    kinds = frozenset({Kind.IRI})
    if column.holds != ID:
        name = quoted(f"<{XSD}{DATATYPES.get(column.holds, 'string')}>")
        f.values.among(column, LITERALS)
        return Column(f"CASE WHEN {column.sql} IS NOT NULL THEN {name} END", TERM, kinds)
    alias = f.scope.fact(column, "term")
    tail = f"(SELECT text FROM all_suffix WHERE suffix = {alias}.suffix)"
    name = f"CASE WHEN {tail} = '' THEN {quoted(f'<{XSD}string>')} WHEN starts_with({tail}, '@') "
    name += f"THEN {quoted(f'<{LANGUAGE}>')} ELSE {tail}[3:] END"
    sql = f"CASE WHEN {f.values.among(column, LITERALS)} THEN {name} END"
    return Column(sql if column.kinds & LITERALS else "NULL::VARCHAR", TERM, kinds)


def language_matches(f: "Functions", arg: Expression, wanted: Expression) -> Column:
    """Return LANGMATCHES."""
    tag, wish = (f"lower({f.text(each)[0]})" for each in (arg, wanted))
    some = f"({wish} = '*' AND {tag} <> '')"
    begins = f"starts_with({tag}, {wish} || '-')"
    return value(f"({some} OR {tag} = {wish} OR {begins})", BOOL)


def length(f: "Functions", arg: Expression) -> Column:
    """Return STRLEN."""
    return value(f"length({f.text(arg)[0]})", INT)


def test(f: "Functions", name: str, text: Expression, part: Expression) -> Column:
    """Return CONTAINS, STRSTARTS or STRENDS."""
    (one, _), (other, tagged) = f.text(text), f.text(part)
    if tagged:
        raise Unsupported("comparing with a text that may have a language")
    return value(f"{name}({one}, {other})", BOOL)


def cased(f: "Functions", name: str, arg: Expression) -> Column:
    """Return LCASE or UCASE; beyond ASCII the store's engine itself is asked."""
    text, tagged = f.text(arg)
    plain = f"strlen({text}) = length({text})"
    sql = f"CASE WHEN {plain} THEN {name}({text}) ELSE {name}_all({text}) END"
    return value(sql, STR, language=tagged)


def concatenation(f: "Functions", *args: Expression) -> Column:
    """Return CONCAT."""
    texts = [f.text(each) for each in args]
    if any(tagged for _, tagged in texts):
        raise Unsupported("CONCAT of texts with a language")
    return value(f"({' || '.join(sql for sql, _ in texts)})" if texts else "''", STR)


def substring(
    f: "Functions", arg: Expression, start: Expression, size: Expression | None = None
) -> Column:
    """Return SUBSTR, of whole places."""
    (text, tagged), first = f.text(arg), f.number(start)
    count = f.number(size) if size is not None else None
    if first.holds != INT or (count is not None and count.holds != INT):
        raise Unsupported("SUBSTR by numbers that are not whole")
    begin = f"greatest({first.sql}, 1)"
    if count is None:
        sql = f"substr({text}, {begin})"
    else:
        end = f"({first.sql} + {count.sql})"
        sql = f"substr({text}, {begin}, greatest({end} - {begin}, 0))"
    known = " AND ".join(f"{each.sql} IS NOT NULL" for each in (first, count) if each)
    return value(f"CASE WHEN {known} THEN {sql} END", STR, language=tagged)


def beside(f: "Functions", name: str, arg: Expression, part: Expression) -> Column:
    """Return STRBEFORE or STRAFTER."""
    (text, tagged), (other, odd) = f.text(arg), f.text(part)
    if tagged or odd:
        raise Unsupported(f"{name} of a text with a language")
    place = f"strpos({text}, {other})"
    rest = {
        "STRBEFORE": f"substr({text}, 1, {place} - 1)",
        "STRAFTER": f"substr({text}, {place} + length({other}))",
    }[name]
    empty = "''" if name == "STRBEFORE" else text
    start = f"CASE WHEN {place} IS NULL THEN NULL WHEN {other} = '' THEN {empty}"
    return value(f"{start} WHEN {place} = 0 THEN '' ELSE {rest} END", STR)


def matches(
    f: "Functions", arg: Expression, pattern: Expression, flags: Expression | None = None
) -> Column:
    """Return REGEX; beyond ASCII the store's engine itself is asked."""
    text, _ = f.text(arg)
    wanted, options = _pattern(pattern, flags)
    own = f"regexp_matches({text}, {quoted(_with(options) + wanted)})"
    exact = f"matches_all({text}, {quoted(wanted)}, {quoted(options)})"
    return value(f"CASE WHEN strlen({text}) = length({text}) THEN {own} ELSE {exact} END", BOOL)


def _pattern(pattern: Expression, flags: Expression | None) -> tuple[str, str]:
    """Return a regular expression and its flags, if both engines read them alike."""
    options = flags.text if isinstance(flags, Term) else ""
    known = flags is None or isinstance(flags, Term)
    if not isinstance(pattern, Term) or not known or set(options) - {"i"}:
        raise Unsupported("a regular expression that is computed, or has other flags than i")
    if not PLAIN_PATTERN.fullmatch(pattern.text) or GROUP.search(pattern.text):
        raise Unsupported("a regular expression that engines read differently")
    return pattern.text, options


def _with(options: str) -> str:
    return "(?i)" if "i" in options else ""
