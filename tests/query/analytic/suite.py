"""The W3C's cases of SPARQL 1.1 queries, each asked of the columns.

``python -m tests.query.analytic.suite FOLDER`` prints what becomes of them, part by part.
"""

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyoxigraph as ox

from graphbuild.query.analytic.answer import answer
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.store.columns import XSD
from tests.query.analytic.made import KNOWN, encoded

PARTS = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping",
    "negation", "project-expression", "property-path", "subquery",
)  # fmt: skip
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QUERY = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
CASES = f"""PREFIX mf: <{MANIFEST}> PREFIX qt: <{QUERY}>
SELECT ?case ?query ?data ?result {{
    ?case a mf:QueryEvaluationTest ; mf:action ?action ; mf:result ?result .
    ?action qt:query ?query
    OPTIONAL {{ ?action qt:data ?data }}
    FILTER NOT EXISTS {{ ?action qt:graphData|qt:serviceData ?named }} }} ORDER BY ?data ?case"""
NAMED = f"""PREFIX mf: <{MANIFEST}> PREFIX qt: <{QUERY}>
SELECT ?case {{ ?case a mf:QueryEvaluationTest ; mf:action/(qt:graphData|qt:serviceData) ?named }}"""
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
RESULTS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON}
NUMERIC = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True)
class Case:
    """A query, the graph it is asked about, and the answer that is due."""

    name: str
    query: Path
    data: Path | None
    result: Path

    @property
    def text(self) -> str:
        """The query, with its own address as its base."""
        return f"BASE <{self.query.as_uri()}>\n{self.query.read_text(encoding='utf-8')}"

    @property
    def graph(self) -> tuple[str, ox.RdfFormat, str]:
        """The graph, its format and its base."""
        if self.data is None:
            return "", ox.RdfFormat.TURTLE, self.query.as_uri()
        return self.data.read_text(), FORMATS[self.data.suffix], self.data.as_uri()


def cases(suite: Path, part: str) -> Iterator[Case]:
    """Yield the cases of one part that ask about one graph."""
    for row in _manifest(suite, part).query(CASES):
        name, query, data, result = (row[key] for key in ("case", "query", "data", "result"))
        yield Case(name.value.rpartition("#")[2], _path(query), data and _path(data), _path(result))


def several_graphs(suite: Path, part: str) -> int:
    """Return how many cases are about named graphs or other endpoints, which the columns lack."""
    return len({row["case"] for row in _manifest(suite, part).query(NAMED)})


def _manifest(suite: Path, part: str) -> Any:
    file = suite / part / "manifest.ttl"
    store = ox.Store()
    store.load(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=file.resolve().as_uri())
    return store


def _path(node: Any) -> Path:
    return Path(node.value.removeprefix("file://"))


def outcomes(suite: Path, part: str, folder: Path) -> dict[Case, str]:
    """Return what becomes of each case.

    That is ``right``, ``refused``, ``departs`` (answered as the store does, and otherwise than the
    suite) or what is ``wrong``.
    """
    found: dict[Case, str] = {}
    for graph, some in groupby(cases(suite, part), lambda case: case.graph):
        with encoded(graph[0], folder, *graph[1:]) as database:
            found |= {case: _outcome(case, database) for case in some}
    return found


def _outcome(case: Case, database: Database) -> str:
    output = io.BytesIO()
    form = "nt" if case.result.suffix == ".ttl" else "srj"
    database.foreign.clear()
    try:
        answer(database, case.text, {}, form, output)
    except Unsupported:
        return "refused"
    except duckdb.Error as error:
        return "refused" if any(known in str(error) for known in KNOWN) else f"wrong: {error}"
    own = _read(output.getvalue(), ".nt" if form == "nt" else ".srj")
    due = _read(case.result.read_bytes(), case.result.suffix, case.result.as_uri())
    if own == due:
        return "right"
    return "departs" if own == _of_the_store(case) else f"wrong: {own} is not {due}"


def right_in_the_store(case: Case) -> bool:
    """Return whether the store gives the answer that is due."""
    due = _read(case.result.read_bytes(), case.result.suffix, case.result.as_uri())
    return _of_the_store(case) == due


def _of_the_store(case: Case) -> object:
    turtle, format, base = case.graph
    store = ox.Store()
    store.load(turtle.encode(), format=format, base_iri=base)
    found: Any = store.query(case.text)
    if isinstance(found, ox.QueryTriples):
        return _graph(found)
    return _read(found.serialize(format=ox.QueryResultsFormat.JSON), ".srj")


def _read(content: bytes, suffix: str, base: str | None = None) -> object:
    """Return an answer so that equal ones are equal: names of blank nodes do not matter."""
    if suffix in FORMATS:
        quads = ox.parse(content, format=FORMATS[suffix], base_iri=base)
        return _graph(quad.triple for quad in quads)
    found = ox.parse_query_results(content, format=RESULTS[suffix])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    rows = Counter(tuple((name, row[name]) for name in names) for row in found)
    return frozenset(names), _graph(_triples(rows))


def _triples(rows: Counter[Any]) -> Iterator[ox.Triple]:
    """Yield solutions as a graph, in which blank nodes may be compared."""
    for row, number in rows.items():
        node = ox.BlankNode()
        yield ox.Triple(node, ox.NamedNode("urn:times"), ox.Literal(number))
        for name, value in row:
            if value is not None:
                yield ox.Triple(node, ox.NamedNode(f"urn:name:{name}"), value)


def _graph(triples: Iterable[Any]) -> frozenset[str]:
    data = ox.Dataset(
        ox.Quad(each.subject, each.predicate, _by_value(each.object)) for each in triples
    )
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, data))


def _by_value(term: Any) -> Any:
    """Return a number or truth in one way of writing, as the store keeps it: by its value."""
    if isinstance(term, ox.Literal) and term.datatype.value == f"{XSD}boolean":
        truth = {"0": "false", "1": "true"}
        return ox.Literal(truth.get(term.value, term.value), datatype=term.datatype)
    if isinstance(term, ox.Literal) and term.datatype.value in NUMERIC:
        try:
            number = Decimal(term.value)
        except ArithmeticError:
            return term
        return ox.Literal(f"{number.normalize():f}", datatype=term.datatype)
    return term


def main() -> None:
    """Print a table of outcomes."""
    suite = Path(sys.argv[1])
    total: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for part in PARTS:
            found = outcomes(suite, part, Path(folder))
            ends = Counter(end.partition(":")[0] for end in found.values())
            ends["refused"] += several_graphs(suite, part)
            total += ends
            sys.stdout.write(_line(part, ends))
            for case, end in found.items():
                if end not in ("right", "refused"):
                    sys.stderr.write(f"{part}/{case.name} {end}\n")
                if not right_in_the_store(case):
                    sys.stderr.write(f"{part}/{case.name} is answered otherwise by the store\n")
    sys.stdout.write(_line("all", total))


def _line(part: str, ends: Counter[str]) -> str:
    return f"| {part} | {ends['right']} | {ends['refused']} | {ends['departs'] + ends['wrong']} |\n"


if __name__ == "__main__":
    main()
