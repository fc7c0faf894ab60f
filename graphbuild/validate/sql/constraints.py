"""Evaluate the SPARQL of constraints for all focus nodes at once."""

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
from rdflib import Literal, URIRef
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from graphbuild import terms
from graphbuild.store.columns import XSD, literal
from graphbuild.validate.checks import Failed
from graphbuild.validate.columns import Columns, Ids
from graphbuild.validate.literals import NUMBERS, TIMES, value
from graphbuild.validate.model import Constraint, Query, Schema, Shape
from graphbuild.validate.paths import Path
from graphbuild.validate.sql.parsing import parsed
from graphbuild.validate.sql.patterns import EVERY, Patterns, Relation
from graphbuild.validate.sql.terms import ID, NUMBER, TRUTH, Column, Untranslatable, text_of
from graphbuild.validate.terms import as_text
from graphbuild.validate.walk import Pairs, follow

LEXICAL = r"""
CREATE OR REPLACE MACRO inside(t) AS regexp_extract(t, '^"((?s:.*))"', 1);
CREATE OR REPLACE MACRO lexical(t) AS CASE t[1] WHEN '<' THEN t[2:-2] WHEN '_' THEN NULL
    ELSE CASE WHEN contains(t, '\') THEN replace(replace(replace(replace(replace(replace(inside(t),
        '\\', chr(1)), '\"', '"'), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)), chr(1), '\')
    ELSE inside(t) END END;
CREATE OR REPLACE MACRO lexical_of(t) AS list_transform([t], lambda one: lexical(one))[1];
"""
# lexical_of looks up a subquery once. It stands around subqueries: inside them, DuckDB would take
# all terms apart before it joins the few that are asked for.
WORTH = """
CREATE TABLE number AS
SELECT id, try_cast(trim(lexical(t)) AS DOUBLE) AS n FROM term JOIN suffix USING (id)
WHERE suffix IN (SELECT unnest(?));
CREATE TABLE worth AS
SELECT id, 'number' AS kind, n FROM number
UNION ALL
SELECT id, 'boolean', CASE WHEN lexical(t) IN ('true', '1') THEN 1.0 ELSE 0.0 END
FROM term JOIN suffix USING (id) WHERE suffix = '^^<{xsd}boolean>'
UNION ALL
SELECT id, kind, n FROM moment
"""


class SparqlChecks:
    """Evaluates SPARQL-based constraints over the columns of a data graph."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._tables: dict[Path | str, str] = {}
        self._ready = False

    def failed(
        self, shape: Shape, constraint: Constraint, focus: Ids, pairs: Pairs
    ) -> Iterator[Failed]:
        """Yield what fails a constraint.

        Raises:
            ShapesError: the query is no SPARQL, or is one that SHACL does not allow.
            Untranslatable: the query is right, but has no translation.
        """
        query = constraint.query or Query("")
        algebra = parsed(query, shape)
        self._prepare()
        try:
            if query.ask:
                yield self._asked(algebra, pairs, query)
            else:
                yield from self._selected(algebra, focus, query)
        except duckdb.Error as error:
            raise Untranslatable(f"SPARQL that DuckDB does not run ({_reason(error)})") from error

    def _asked(self, algebra: CompValue, pairs: Pairs, query: Query) -> Failed:
        """Return the value nodes for which an ASK query is false."""
        patterns = self._patterns()
        outer = {"value": Column("f.value", ID), **self._outer(query)}
        relation = patterns.relation(algebra.p, outer)
        same = _conditions(relation, outer)
        with_table = {"this": pairs.focus, "value": pairs.value}
        found = self._run(
            f"SELECT f.this, f.value FROM focus f WHERE NOT EXISTS "
            f"(SELECT 1 FROM ({relation.sql}) q WHERE {same})",
            with_table,
        )
        focus, values = found["this"].astype(np.int32), found["value"].astype(np.int32)
        words = [_bound_words(query)] * len(focus)
        return Failed(focus, values, words=words if query.bound else None)

    def _outer(self, query: Query) -> dict[str, Column]:
        """Return what is bound before a query: $this, and the values of parameters."""
        numbers = self._columns.numbers(term for _, term in query.bound)
        bound = {name: Column(str(numbers[term]), ID) for name, term in query.bound}
        return {"this": Column("f.this", ID), **bound}

    def _selected(self, algebra: CompValue, focus: Ids, query: Query) -> Iterator[Failed]:
        """Yield the solutions of a SELECT query, which are what fails."""
        outer = self._outer(query)
        relation = self._patterns().relation(algebra.p, outer)
        shown = [
            f'{_told(relation, name)} AS "{name}"' for name in relation.kinds if name != "this"
        ]
        sql = (
            f"SELECT {', '.join(['f.this AS this', *shown])} FROM focus f, LATERAL "
            f"({relation.sql}) q WHERE {_conditions(relation, outer)}"
        )
        found = self._run(sql, {"this": focus})
        if len(found["this"]) == 0:
            return
        yield from self._failures(found, relation, query)

    def _failures(
        self, found: dict[str, Any], relation: Relation, query: Query
    ) -> Iterator[Failed]:
        focus = found["this"].astype(np.int32)
        texts = {
            name: self._texts(found[name], relation.kinds[name])
            for name in relation.kinds
            if name != "this"
        }
        values = texts.get("value", [""] * len(focus))
        ids = self._columns.added(values) if any(values) else focus
        words = (
            [
                {name: text for name in texts if (text := texts[name][row])}
                for row in range(len(focus))
            ]
            if _has_variables(query)
            else []
        )
        paths = np.array(texts.get("path", [""] * len(focus)), dtype=object)
        for path in sorted(set(paths)):
            rows = np.flatnonzero(paths == path)
            told = (
                [{**_bound_words(query), **words[row]} for row in rows.tolist()] if words else None
            )
            yield Failed(focus[rows], ids[rows], path, told)

    def _texts(self, column: Any, kind: str) -> list[str]:  # noqa: ANN401 - numpy, masked or not
        unbound = np.ma.getmaskarray(column)
        if kind == ID:
            texts = self._columns.texts(np.ma.filled(column, 0).astype(np.int32))
        else:
            texts = [_term(each, kind) for each in np.ma.filled(column, "").tolist()]
        return ["" if absent else text for absent, text in zip(unbound, texts, strict=True)]

    def _run(self, sql: str, focus: dict[str, Ids]) -> dict[str, Any]:
        connection = self._columns.connection
        connection.register("focus", focus)
        try:
            return connection.execute(sql).fetchnumpy()
        finally:
            connection.unregister("focus")

    def _patterns(self) -> Patterns:
        numbers = self._columns.numbers
        return Patterns(lambda term: numbers([term]).get(term), self._table)

    def _table(self, path: Path) -> str:
        """Return the table of the pairs that a path joins, made when it is first asked for."""
        if path not in self._tables:
            every = np.arange(self._columns.size, dtype=np.int32)
            pairs = follow(self._columns, path.plain(), every)
            self._tables[path] = f"path{len(self._tables)}"
            self._columns.connection.register(
                self._tables[path], {"s": pairs.focus, "o": pairs.value}
            )
        return self._tables[path]

    def _prepare(self) -> None:
        if self._ready:
            return
        self._ready = True
        connection = self._columns.connection
        connection.execute(LEXICAL)
        s, p, o = self._columns.statements()
        connection.register(EVERY, {"s": s, "p": p, "o": o})
        connection.register("moment", self._moments())
        numbers = [f"^^<{XSD}{name}>" for name in sorted(NUMBERS)]
        connection.execute(WORTH.format(xsd=XSD).partition(";")[0], [numbers])
        connection.execute(WORTH.format(xsd=XSD).partition(";")[2])

    def _moments(self) -> dict[str, Any]:
        """Return when dates and times are, in seconds."""
        names = self._columns.datatype_names
        wanted = [number for number, name in enumerate(names) if name.removeprefix(XSD) in TIMES]
        ids = np.flatnonzero(np.isin(self._columns.datatypes, wanted)).astype(np.int32)
        worth = [value(literal(text)) for text in self._columns.texts(ids)]
        known = np.array([each is not None for each in worth], np.bool_)
        return {
            "id": ids[known],
            "kind": np.array([f"{w.kind} {w.zoned}" for w in worth if w], dtype=str),
            "n": np.array([w.worth.timestamp() for w in worth if w], np.float64),
        }


def query_terms(schema: Schema) -> set[str]:
    """Return the literals and IRIs in the SPARQL of constraints; a data graph may lack them.

    Raises:
        ShapesError: a query is no SPARQL, or is one that SHACL does not allow.
    """
    found: set[str] = set()

    def look(part: object) -> None:
        if isinstance(part, Literal | URIRef):
            found.add(as_text(part))

    for shape in schema.shapes.values():
        for constraint in shape.constraints:
            if constraint.query is not None:
                traverse(parsed(constraint.query, shape), visitPre=look)
    return found


def _conditions(relation: Relation, outer: dict[str, Column]) -> str:
    """Return the condition that a relation agrees with what is bound before."""
    shared = sorted(relation.kinds.keys() & outer.keys())
    conditions = []
    for name in shared:
        same = f'q."{name}" = {outer[name].sql}'
        conditions.append(same if name in relation.certain else f'({same} OR q."{name}" IS NULL)')
    return " AND ".join(conditions) or "TRUE"


def _told(relation: Relation, name: str) -> str:
    column = Column(f'q."{name}"', relation.kinds[name])
    return column.sql if column.kind == ID else text_of(column)


def _reason(error: duckdb.Error) -> str:
    """Return in a few words why DuckDB did not run a query, without the name of the class."""
    return str(error).partition("\n")[0].partition(" Error: ")[2].rstrip("!") or "no reason given"


def _term(text: str, kind: str) -> str:
    if kind == NUMBER:
        return terms.integer(int(text)) if text.lstrip("-").isdigit() else terms.decimal(text)
    if kind == TRUTH:
        return terms.TRUE if text == "true" else terms.FALSE
    return terms.literal(text)


def _has_variables(query: Query) -> bool:
    return not query.messages or any("{" in message for message in query.messages)


def _bound_words(query: Query) -> dict[str, str]:
    return dict(query.bound)
