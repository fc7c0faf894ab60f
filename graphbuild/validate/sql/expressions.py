"""Translate expressions of SPARQL (section 17) to SQL: an error is NULL, as both have it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from rdflib import Literal, URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue, Expr

from graphbuild.store.columns import XSD
from graphbuild.validate.sql.terms import (
    ID,
    NUMBER,
    TEXT,
    TRUTH,
    Column,
    Untranslatable,
    constant,
    fact_of,
    number_of,
    quoted,
    string_of,
    text_of,
)
from graphbuild.validate.terms import as_text

Scope = Mapping[str, Column]
COMPARED = {"=", "!=", "<", ">", "<=", ">="}
NOTHING = Column("NULL::INTEGER", ID)
GROUP = re.compile(r"\$([0-9])")
REPLACEMENT = re.compile(r"(?:[^$\\]|\$[0-9](?![0-9]))*")


class Expressions:
    """Translates expressions.

    Args:
        number: gives the number of a term in the data graph.
        exists: translates the pattern of EXISTS within a scope to a condition.
    """

    def __init__(
        self, number: Callable[[str], int | None], exists: Callable[[CompValue, Scope], str]
    ) -> None:
        self._number = number
        self._exists = exists

    def column(self, part: Any, scope: Scope) -> Column:  # noqa: ANN401 - rdflib's parts
        """Return the column of an expression.

        Raises:
            Untranslatable: it has no translation.
        """
        if isinstance(part, Variable):
            return scope.get(str(part), NOTHING)
        if isinstance(part, URIRef | Literal):
            text = as_text(part)
            return constant(text, self._number(text))
        name = getattr(part, "name", type(part).__name__)
        translate = getattr(self, f"_{name.lower()}", None)
        if translate is None:
            raise Untranslatable(name.removeprefix("Builtin_"))
        column: Column = translate(part, scope)
        return column

    def truth(self, part: Any, scope: Scope) -> str:  # noqa: ANN401
        """Return the effective boolean value (section 17.2.2) of an expression."""
        column = self.column(part, scope)
        if column.kind == TRUTH:
            return column.sql
        if column.kind == NUMBER:
            return f"({column.sql} <> 0)"
        if column.kind == TEXT:
            return f"({column.sql} <> '')"
        boolean = f"(SELECT n FROM worth WHERE worth.id = {column.sql} AND kind = 'boolean')"
        return (
            f"coalesce({boolean} <> 0, {number_of(column)} <> 0, length({string_of(column)}) > 0)"
        )

    def _conditionalorexpression(self, part: CompValue, scope: Scope) -> Column:
        return self._joined(part, scope, " OR ")

    def _conditionalandexpression(self, part: CompValue, scope: Scope) -> Column:
        return self._joined(part, scope, " AND ")

    def _joined(self, part: CompValue, scope: Scope, sign: str) -> Column:
        parts = [part.expr, *part.other]
        return Column(f"({sign.join(self.truth(each, scope) for each in parts)})", TRUTH)

    def _unarynot(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"(NOT {self.truth(part.expr, scope)})", TRUTH)

    def _unaryminus(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"(-{number_of(self.column(part.expr, scope))})", NUMBER)

    def _truefilter(self, _part: CompValue, _scope: Scope) -> Column:
        return Column("TRUE", TRUTH)

    def _relationalexpression(self, part: CompValue, scope: Scope) -> Column:
        left = self.column(part.expr, scope)
        if part.op in ("IN", "NOT IN"):
            members = [self._compared(left, "=", self.column(m, scope)) for m in part.other]
            among = f"({' OR '.join(members) or 'FALSE'})"
            return Column(among if part.op == "IN" else f"(NOT {among})", TRUTH)
        return Column(self._compared(left, part.op, self.column(part.other, scope)), TRUTH)

    def _compared(self, left: Column, sign: str, right: Column) -> str:
        """Return a comparison: by number, string, truth or time; only (in)equality of all else."""
        kinds = {left.kind, right.kind}
        if kinds == {TRUTH} or kinds == {TEXT}:
            return f"({left.sql} {sign} {right.sql})"
        if NUMBER in kinds:
            return f"({number_of(left)} {sign} {number_of(right)})"
        if kinds == {ID} and sign in ("=", "!=") and (left.node or right.node):
            return f"({left.sql} {sign} {right.sql})"
        if kinds == {ID}:
            return _terms_compared(left, sign, right)
        if TEXT in kinds:
            return self._with_text(left, sign, right)
        raise Untranslatable("a comparison with a truth value")

    def _with_text(self, left: Column, sign: str, right: Column) -> str:
        """Return a comparison of a string with a term; a term of another kind is unequal."""
        term = left if left.kind == ID else right
        compared = f"({_simple(left)} {sign} {_simple(right)})"
        if sign not in ("=", "!="):
            return compared
        other = f"CASE WHEN {term.sql} IS NULL THEN NULL ELSE {str(sign == '!=').upper()} END"
        return f"coalesce({compared}, {other})"

    def _additiveexpression(self, part: CompValue, scope: Scope) -> Column:
        return self._computed(part, scope)

    def _multiplicativeexpression(self, part: CompValue, scope: Scope) -> Column:
        return self._computed(part, scope)

    def _computed(self, part: CompValue, scope: Scope) -> Column:
        sql = number_of(self.column(part.expr, scope))
        for sign, other in zip(part.op, part.other, strict=True):
            right = number_of(self.column(other, scope))
            sql = f"({sql} / nullif({right}, 0))" if sign == "/" else f"({sql} {sign} {right})"
        return Column(sql, NUMBER)

    def _builtin_bound(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"({self.column(part.arg, scope).sql} IS NOT NULL)", TRUTH)

    def _builtin_str(self, part: CompValue, scope: Scope) -> Column:
        return Column(text_of(self.column(part.arg, scope)), TEXT)

    def _builtin_strlen(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"length({string_of(self.column(part.arg, scope))})::DOUBLE", NUMBER)

    def _builtin_lcase(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"lower({string_of(self.column(part.arg, scope))})", TEXT)

    def _builtin_ucase(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"upper({string_of(self.column(part.arg, scope))})", TEXT)

    def _builtin_lang(self, part: CompValue, scope: Scope) -> Column:
        column = self.column(part.arg, scope)
        if column.kind != ID:
            return Column("''", TEXT)
        suffix = fact_of(column, "suffix")
        tag = f"CASE WHEN {suffix}[1] = '@' THEN lower({suffix}[2:]) ELSE '' END"
        return Column(f"CASE WHEN {fact_of(column, 'kind')} = 2 THEN {tag} END", TEXT)

    def _builtin_datatype(self, _part: CompValue, _scope: Scope) -> Column:
        raise Untranslatable("DATATYPE")

    def _builtin_isiri(self, part: CompValue, scope: Scope) -> Column:
        return self._of_kind(part, scope, 0)

    _builtin_isuri = _builtin_isiri

    def _builtin_isblank(self, part: CompValue, scope: Scope) -> Column:
        return self._of_kind(part, scope, 1)

    def _builtin_isliteral(self, part: CompValue, scope: Scope) -> Column:
        return self._of_kind(part, scope, 2)

    def _builtin_isnumeric(self, part: CompValue, scope: Scope) -> Column:
        column = self.column(part.arg, scope)
        bound = f"CASE WHEN {column.sql} IS NOT NULL THEN {number_of(column)} IS NOT NULL END"
        return Column(bound, TRUTH)

    def _of_kind(self, part: CompValue, scope: Scope, kind: int) -> Column:
        column = self.column(part.arg, scope)
        if column.kind == ID:
            return Column(f"({fact_of(column, 'kind')} = {kind})", TRUTH)
        return Column(f"(CASE WHEN {column.sql} IS NOT NULL THEN {kind == 2} END)", TRUTH)

    def _builtin_langmatches(self, part: CompValue, scope: Scope) -> Column:
        tag = f"lower({string_of(self.column(part.arg1, scope))})"
        wanted = f"lower({string_of(self.column(part.arg2, scope))})"
        some = f"({wanted} = '*' AND {tag} <> '')"
        prefix = f"starts_with({tag}, {wanted} || '-')"
        return Column(f"({some} OR {tag} = {wanted} OR {prefix})", TRUTH)

    def _builtin_contains(self, part: CompValue, scope: Scope) -> Column:
        return self._of_two("contains", part, scope)

    def _builtin_strstarts(self, part: CompValue, scope: Scope) -> Column:
        return self._of_two("starts_with", part, scope)

    def _builtin_strends(self, part: CompValue, scope: Scope) -> Column:
        return self._of_two("ends_with", part, scope)

    def _of_two(self, name: str, part: CompValue, scope: Scope) -> Column:
        left, right = (string_of(self.column(a, scope)) for a in (part.arg1, part.arg2))
        return Column(f"{name}({left}, {right})", TRUTH)

    def _function(self, part: CompValue, scope: Scope) -> Column:
        """A cast to a number; no other function has a name of its own."""
        name = str(part.iri).removeprefix(XSD)
        if name not in ("integer", "decimal", "double", "float") or len(part.expr) != 1:
            raise Untranslatable(f"the function <{part.iri}>")
        column = self.column(part.expr[0], scope)
        number = column.kind == NUMBER
        cast = column.sql if number else f"try_cast({text_of(column)} AS DOUBLE)"
        return Column(f"trunc({cast})" if name == "integer" else cast, NUMBER)

    def _builtin_concat(self, part: CompValue, scope: Scope) -> Column:
        parts = [string_of(self.column(each, scope)) for each in part.arg]
        return Column(f"({' || '.join(parts)})", TEXT)

    def _builtin_substr(self, part: CompValue, scope: Scope) -> Column:
        text = string_of(self.column(part.arg, scope))
        start = f"{number_of(self.column(part.start, scope))}::BIGINT"
        length = part.length
        size = f", {number_of(self.column(length, scope))}::BIGINT" if length is not None else ""
        return Column(f"substr({text}, {start}{size})", TEXT)

    def _builtin_regex(self, part: CompValue, scope: Scope) -> Column:
        flags = part.flags
        if not isinstance(part.pattern, Literal) or (flags and str(flags) != "i"):
            raise Untranslatable("REGEX with a computed pattern or flags")
        text = string_of(self.column(part.text, scope))
        option = ", 'i'" if flags else ""
        return Column(f"regexp_matches({text}, {quoted(str(part.pattern))}{option})", TRUTH)

    def _builtin_replace(self, part: CompValue, scope: Scope) -> Column:
        fixed = isinstance(part.pattern, Literal) and isinstance(part.replacement, Literal)
        if not fixed or part.flags:
            raise Untranslatable("REPLACE with a computed pattern, computed new text or flags")
        text, pattern = string_of(self.column(part.arg, scope)), quoted(str(part.pattern))
        new = quoted(_replacement(str(part.replacement)))
        return Column(f"regexp_replace({text}, {pattern}, {new}, 'g')", TEXT)

    def _builtin_abs(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"abs({number_of(self.column(part.arg, scope))})", NUMBER)

    def _builtin_floor(self, part: CompValue, scope: Scope) -> Column:
        return Column(f"floor({number_of(self.column(part.arg, scope))})", NUMBER)

    def _builtin_sameterm(self, part: CompValue, scope: Scope) -> Column:
        left, right = self.column(part.arg1, scope), self.column(part.arg2, scope)
        if {left.kind, right.kind} != {ID}:
            raise Untranslatable("sameTerm of a computed value")
        return Column(f"({left.sql} = {right.sql})", TRUTH)

    def _builtin_if(self, part: CompValue, scope: Scope) -> Column:
        chosen = [self.column(each, scope) for each in (part.arg2, part.arg3)]
        if len({each.kind for each in chosen}) > 1:
            raise Untranslatable("IF of two kinds")
        yes, no = chosen
        test = self.truth(part.arg1, scope)
        return Column(
            f"(CASE {test} WHEN TRUE THEN {yes.sql} WHEN FALSE THEN {no.sql} END)", yes.kind
        )

    def _builtin_coalesce(self, part: CompValue, scope: Scope) -> Column:
        chosen = [self.column(each, scope) for each in part.arg]
        chosen = [each for each in chosen if each is not NOTHING]
        kinds = {each.kind for each in chosen}
        if len(kinds) > 1 and kinds <= {ID, TEXT}:
            chosen = [Column(string_of(each), TEXT) for each in chosen]
        elif len(kinds) > 1:
            raise Untranslatable("COALESCE of several kinds")
        if not chosen:
            return NOTHING
        return Column(f"coalesce({', '.join(each.sql for each in chosen)})", chosen[0].kind)

    def _builtin_exists(self, part: Expr, scope: Scope) -> Column:
        return Column(self._exists(part.graph, scope), TRUTH)

    def _builtin_notexists(self, part: Expr, scope: Scope) -> Column:
        return Column(f"(NOT {self._exists(part.graph, scope)})", TRUTH)


def _replacement(text: str) -> str:
    r"""Return the new text of REPLACE as DuckDB writes it: ``\1`` for ``$1``.

    Raises:
        Untranslatable: it names a group that DuckDB cannot, or not as XPath allows.
    """
    if not REPLACEMENT.fullmatch(text):
        raise Untranslatable(f"REPLACE by {text!r}")
    return GROUP.sub(r"\\\1", text)


def _simple(column: Column) -> str:
    """Return the characters of a plain string."""
    if column.kind == TEXT:
        return column.sql
    return (
        "lexical_of((SELECT term.t FROM term JOIN suffix USING (id) WHERE suffix.kind = 2 AND "
        f"term.id = {column.sql} AND suffix.suffix = ''))"
    )


def _terms_compared(left: Column, sign: str, right: Column) -> str:
    """Return a comparison of two terms: values of one kind in order, all others (un)equal."""

    def worth(column: Column, what: str) -> str:
        return f"(SELECT {what} FROM worth WHERE worth.id = {column.sql})"

    ordered = (
        f"coalesce(CASE WHEN {worth(left, 'kind')} = {worth(right, 'kind')} "
        f"THEN {worth(left, 'n')} {sign} {worth(right, 'n')} END, "
        f"{_simple(left)} {sign} {_simple(right)})"
    )
    if sign not in ("=", "!="):
        return ordered
    return f"coalesce({ordered}, ({left.sql} {sign} {right.sql}))"
