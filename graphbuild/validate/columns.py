"""A data graph in columns, its terms numbered: what whole-graph validation works on."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from graphbuild.store.columns import LANGUAGE, XSD

Ids = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]

IRI, BLANK, LITERAL = 0, 1, 2
SHORT = 2**15
NO_IDS: Ids = np.zeros(0, np.int32)

# The quickest first. DuckDB's own hash makes one number of some DOIs that differ in two digits,
# whatever is put before or behind them.
DIGESTS = ("hash", "md5_number", "sha256")

TERMS = """
CREATE TABLE term AS
SELECT (row_number() OVER () - 1)::INTEGER AS id, {digest}(t) AS h, any_value(t) AS t,
    count(*) AS n
FROM (
    SELECT s AS t FROM triples UNION SELECT p FROM triples UNION SELECT o FROM triples
    UNION SELECT unnest(?::VARCHAR[])
)
GROUP BY h
"""
EDGES = """
SELECT a.id AS s, p.id AS p, b.id AS o
FROM triples JOIN predicate p USING (p)
JOIN term a ON a.h = {digest}(s) JOIN term b ON b.h = {digest}(o)
"""
PREDICATES = """
CREATE TABLE predicate AS
SELECT p, (row_number() OVER (ORDER BY p) - 1)::INTEGER AS id
FROM (SELECT DISTINCT p FROM triples)
"""
SUFFIX = r"""
CREATE TABLE suffix AS
SELECT id, CASE t[1] WHEN '<' THEN 0 WHEN '_' THEN 1 ELSE 2 END::UTINYINT AS kind,
    CASE WHEN t[1] <> '"' OR t[-1] = '"' THEN ''
        ELSE regexp_extract(t, '"(@[^"]+|\^\^<[^">]+>)$', 1) END AS suffix,
    CASE WHEN t[1] = '<' THEN length(t) - 2 WHEN contains(t, '\') THEN -1
        ELSE length(t) - length(suffix) - 2 END::INTEGER AS length
FROM term
"""
FEATURES = """
SELECT kind, length, t.id AS suffix FROM suffix
JOIN (SELECT suffix, (row_number() OVER (ORDER BY suffix) - 1)::INTEGER AS id
    FROM (SELECT DISTINCT suffix FROM suffix)) t USING (suffix)
ORDER BY suffix.id
"""


class Edges(NamedTuple):
    """The statements of one predicate, sorted by subject and object, each once."""

    s: Ids
    o: Ids


class Columns:
    """A data graph whose terms are numbers from 0.

    Attributes:
        size: how many terms there are.
        kinds: of each term: IRI, BLANK or LITERAL.
        lengths: of each term, how many characters it stands for; -1 where that must be worked out.
        datatypes: of each term, the number of its datatype in `datatype_names`.
        datatype_names: IRIs of datatypes; the empty string for what is no literal.
        languages: of each term, the number of its language in `language_names`.
        language_names: language tags in lower case; the empty string for none.
        triples: how many statements there are.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, extra: Iterable[str] = ()) -> None:
        """Number the terms of view ``triples`` with columns s, p, o, and of ``extra``."""
        self.connection = connection
        named = sorted(extra)
        digest = _number(connection, named)
        self.size = self._one("SELECT count(*) FROM term")
        connection.execute(PREDICATES)
        found = connection.execute(EDGES.format(digest=digest)).fetchnumpy()
        self.triples = len(found["p"])
        self._sort(found["s"], found["p"], found["o"])
        self._describe()
        self._named = self._looked_up([*named, *self._spans])
        self._edges: dict[str, Edges] = {}
        self._inverse: dict[str, Edges] = {}

    def _one(self, sql: str) -> int:
        row = self.connection.execute(sql).fetchone() or (0,)
        return int(row[0])

    def _sort(self, s: Ids, p: Ids, o: Ids) -> None:
        names = self.connection.execute("SELECT p FROM predicate ORDER BY id").fetchall()
        # Numbers of 16 bits are sorted by radix.
        order = np.argsort(p.astype(np.int16) if len(names) < SHORT else p, kind="stable")
        self._s, self._o = s[order], o[order]
        ends = np.searchsorted(p[order], np.arange(len(names) + 1))
        self._spans = {
            name: slice(int(ends[i]), int(ends[i + 1])) for i, (name,) in enumerate(names)
        }

    def _describe(self) -> None:
        self.connection.execute(SUFFIX)
        found = self.connection.execute(FEATURES).fetchnumpy()
        self.kinds, self.lengths = found["kind"], found["length"]
        rows = self.connection.execute("SELECT DISTINCT suffix FROM suffix ORDER BY suffix")
        suffixes = [suffix for (suffix,) in rows.fetchall()]
        self.datatype_names = ["", f"{XSD}string", LANGUAGE]
        self.language_names = [""]
        datatype = np.array([self._datatype(suffix) for suffix in suffixes], np.int32)
        language = np.array([self._language(suffix) for suffix in suffixes], np.int32)
        self.datatypes = np.where(self.kinds == LITERAL, datatype[found["suffix"]], 0)
        self.languages = language[found["suffix"]]

    def _datatype(self, suffix: str) -> int:
        if not suffix.startswith("^"):
            return 2 if suffix else 1
        return _place(suffix[3:-1], self.datatype_names)

    def _language(self, suffix: str) -> int:
        return _place(suffix[1:].lower() if suffix.startswith("@") else "", self.language_names)

    @property
    def predicates(self) -> list[str]:
        """The predicates, as terms, sorted."""
        return list(self._spans)

    def edges(self, predicate: str) -> Edges:
        """Return the statements of a predicate, given as a term."""
        if predicate not in self._edges:
            span = self._spans.get(predicate, slice(0, 0))
            self._edges[predicate] = _sorted(self._s[span], self._o[span])
        return self._edges[predicate]

    def inverse(self, predicate: str) -> Edges:
        """Return the statements of a predicate with subject and object changed over."""
        if predicate not in self._inverse:
            edges = self.edges(predicate)
            self._inverse[predicate] = _sorted(edges.o, edges.s)
        return self._inverse[predicate]

    def ids(self, terms: Iterable[str]) -> Ids:
        """Return the numbers of terms, sorted; a term that is not known has none."""
        return np.array(sorted(self.numbers(terms).values()), np.int32)

    def statements(self) -> tuple[Ids, Ids, Ids]:
        """Return subjects, predicates and objects of all statements."""
        known = self.numbers(self._spans)
        p = np.empty(self.triples, np.int32)
        for name, span in self._spans.items():
            p[span] = known[name]
        return self._s, p, self._o

    def added(self, terms: list[str]) -> Ids:
        """Give numbers to terms that a query made, so that results can name them.

        Nothing but their text is known of them.
        """
        known = self.numbers(terms)
        new = sorted({term for term in terms if term not in known})
        last = self._one("SELECT max(id) FROM term")
        numbers = list(range(last + 1, last + 1 + len(new)))
        self.connection.execute(
            "INSERT INTO term SELECT unnest(?::INTEGER[]), 0, unnest(?::VARCHAR[]), 1",
            [numbers, new],
        )
        known |= dict(zip(new, numbers, strict=True))
        return np.array([known[term] for term in terms], np.int32)

    def numbers(self, terms: Iterable[str]) -> dict[str, int]:
        """Return the numbers of the terms that are known."""
        wanted = [*terms]
        if all(term in self._named for term in wanted):
            return {term: self._named[term] for term in wanted}
        return self._looked_up(wanted)

    def _looked_up(self, terms: list[str]) -> dict[str, int]:
        rows = self.connection.execute(
            "SELECT t, id FROM term WHERE t IN (SELECT unnest(?::VARCHAR[]))", [terms]
        )
        return dict(rows.fetchall())

    def first(self, ids: Ids, number: int) -> Ids:
        """Return those of some terms that come first by their text."""
        self.connection.register("wanted", {"id": ids})
        found: Ids = self.connection.execute(
            "SELECT DISTINCT id, t FROM wanted JOIN term USING (id) ORDER BY t LIMIT ?", [number]
        ).fetchnumpy()["id"]
        self.connection.unregister("wanted")
        return found

    def texts(self, ids: Ids) -> list[str]:
        """Return the terms of numbers, in their order."""
        if len(ids) == 0:
            return []
        self.connection.register("wanted", {"id": ids, "place": np.arange(len(ids))})
        rows = self.connection.execute(
            "SELECT t FROM wanted JOIN term USING (id) ORDER BY place"
        ).fetchall()
        self.connection.unregister("wanted")
        return [text for (text,) in rows]

    def mask(self, ids: Ids) -> Mask:
        """Return which terms are among some numbers."""
        flags = np.zeros(self.size, np.bool_)
        flags[ids] = True
        return flags


def _number(connection: duckdb.DuckDBPyConnection, extra: list[str]) -> str:
    """Number the terms by the first digest that tells them all apart, and return its name."""
    for digest in DIGESTS:
        connection.execute(TERMS.format(digest=digest), [extra])
        if connection.execute("SELECT 1 FROM term WHERE n > 1 LIMIT 1").fetchone() is None:
            return digest
        connection.execute("DROP TABLE term")
    raise AssertionError("two texts of one SHA-256")


def _sorted(first: Ids, second: Ids) -> Edges:
    order = np.lexsort((second, first))
    return Edges(first[order], second[order])


def _place(name: str, names: list[str]) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)
