"""Use a graph from Python: ``graphbuild.open("my-graph")``.

>>> import graphbuild
>>> graph = graphbuild.open("my-graph")                        # doctest: +SKIP
>>> for row in graph.query("coauthors", person="Jun Hadley"):  # doctest: +SKIP
...     print(row.name, row.papers)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import networkx as nx
from pyoxigraph import Literal, NamedNode

from graphbuild.errors import GraphError, QueryError, ShapesError
from graphbuild.mapping.vocabulary import TYPE
from graphbuild.network import NETWORKS, Selection
from graphbuild.network.answers import from_answer
from graphbuild.query import catalogue
from graphbuild.query.catalogue import CannedQuery
from graphbuild.query.formats import GRAPH_FORMS
from graphbuild.query.measured import refuse_unmeasured
from graphbuild.query.parameters import option_name
from graphbuild.query.rows import About, Rows
from graphbuild.query.run import DEFAULT_TIMEOUT
from graphbuild.query.solutions import BOOLEAN, Result, Row, ask, construct, select
from graphbuild.query.syntax import paged
from graphbuild.query.tables import shortener
from graphbuild.query.values import bound
from graphbuild.store.description import Description, describe, resolve
from graphbuild.store.endpoint import Endpoint, endpoint
from graphbuild.store.folder import GraphFolder, open_graph
from graphbuild.store.places import Place, base_of, entity, facts_of, searcher
from graphbuild.store.search import Hit, search
from graphbuild.store.summary import Summary, summarise
from graphbuild.validate.places import ENGINE_NAMES, reported
from graphbuild.validate.report import Report, report_of
from graphbuild.validate.shapes import load_shapes, shipped_shapes

ALIASES = Path("endpoints.toml")
Value = str | int | float | Sequence[str]


def open(where: str | Path) -> "Graph":
    """Return the graph in a folder, or behind a SPARQL endpoint.

    Args:
        where: path of a graph folder, or the http(s) address of an endpoint.

    Raises:
        GraphError: the folder holds no graph that can be read.
        EndpointError: a password would be sent in the clear.
    """
    if str(where).startswith(("http://", "https://")):
        return Graph(endpoint(str(where), ALIASES))
    return Graph(open_graph(Path(where)))


@dataclass(frozen=True)
class Graph:
    """A graph that can be asked. `open` returns one.

    Attributes:
        place: where it is.
    """

    place: Place

    def query(
        self,
        question: str,
        /,
        *,
        limit: int | None = None,
        offset: int | None = None,
        timeout: float | None = DEFAULT_TIMEOUT,
        parameters: Mapping[str, Value] | None = None,
        **named: Value,
    ) -> Rows:
        """Return the answer to a canned query or to SPARQL as rows.

        A SELECT has a column for each variable, a CONSTRUCT or DESCRIBE ``subject``, ``predicate``
        and ``object``, an ASK one row with ``answer``.

        Args:
            question: name of a canned query (``graph.queries()`` lists them), or SPARQL, in which
                the usual prefixes need not be declared.
            limit: at most so many rows.
            offset: skip so many.
            timeout: seconds until the query is stopped; None for no limit.
            parameters: values of the query's parameters by name. Where an entity is wanted, its
                name, an identifier or its IRI will do; a list is given as a list.
            named: the same, as arguments: ``person="Ada Example"``, ``from_year=2020``.

        Raises:
            QueryError: there is no such query, it is wrong, or a parameter is.
            EntityError: a name stands for no entity, or for several; the message lists them.
            QueryTimeoutError: it took too long.
            GraphError, EndpointError: the graph cannot be read.
        """
        canned = _asked(question)
        text, constants = self._bound(canned, {**(parameters or {}), **named})
        found = _answer(self.place, canned, paged(text, limit, offset), timeout)
        short = shortener(base_of(self.place))
        about = About(canned.summary, canned.view, constants, short)
        return Rows(found.columns, found.rows, about)

    def _bound(self, query: CannedQuery, values: Mapping[str, Value]) -> tuple[str, dict[str, str]]:
        """Return a query with its values, and the values with IRIs in place of names."""
        given = {_parameter(query, name): _texts(value) for name, value in values.items()}
        iris: dict[str, str] = {}

        def find(name: str, kind: str | None) -> str:
            return iris.setdefault(name, self.entity(name, kind))

        refuse_unmeasured(query, self.place)
        text = bound(query, given, find, searcher(self.place))
        return text, {name: iris.get(texts[0], texts[0]) for name, texts in given.items()}

    def ask(self, question: str, /, *, timeout: float | None = DEFAULT_TIMEOUT) -> bool:
        """Return what an ASK answers. Raises as `query` does."""
        return ask(self.place, question, timeout)

    def queries(self, word: str = "") -> list[CannedQuery]:
        """Return the canned queries, or those whose id, summary or tags hold a word."""
        return [
            each
            for each in catalogue.load_all()
            if word.lower() in " ".join((each.id, each.summary, *each.tags)).lower()
        ]

    def entity(self, name: str, kind: str | None = None) -> str:
        """Return the IRI of the one entity that a name, title or identifier stands for.

        Args:
            name: what it is called; an IRI stands for itself.
            kind: CURIE of its class, e.g. ``foaf:Person``.

        Raises:
            EntityError: it stands for no entity, or for several; the message lists them.
        """
        return entity(self.place, name, kind)

    def find(self, words: str, kind: str | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Return the entities whose names hold the words, also misspelt, best match first.

        Raises:
            GraphError: the graph has no label index, as an endpoint has none.
        """
        return search(self._folder("find").search, words, kind, limit).hits

    def describe(self, name: str) -> Description:
        """Return all that is said of one entity, with its sources. Raises as `entity` does."""
        facts = facts_of(self.place)
        return describe(facts, resolve(self.place, facts, name))

    def network(
        self,
        name: str = "coauthors",
        selection: Selection | None = None,
        *,
        parameters: Mapping[str, Value] | None = None,
        **named: Value,
    ) -> nx.Graph:
        """Return a network of the graph's entities.

        Args:
            name: a key of `NETWORKS`, or the name of a canned query whose view is a graph.
            selection: which papers, nodes and ties count; all by default. Of a canned query
                its parameters say that.
            parameters: values of the query's parameters, as for `query`.
            named: the same, as arguments.

        Raises:
            QueryError: there is no such network, or a parameter is wrong.
            EntityError: a name stands for no entity, or for several.
            GraphError, EndpointError: the graph cannot be read.
        """
        if name in NETWORKS and not parameters and not named:
            return NETWORKS[name](self.place, selection or Selection())
        rows = self.query(name, parameters={**(parameters or {}), **named})
        view = rows.about.view
        if view.get("kind") != "graph":
            known = ", ".join(NETWORKS)
            raise QueryError(f"{name}: its answer is no network; built in are {known}")
        return from_answer(_ties(rows), self.place, rows.about.title, view.get("weight", ""))

    def check(self, *shapes: str | Path, engine: str = "columnar") -> Report:
        """Return what SHACL shapes find in the graph, most severe first.

        Args:
            shapes: files and folders of your own shapes; without any, the shipped ones.
            engine: ``columnar``, ``reference`` (pySHACL, slow) or ``sparql``, which an endpoint
                is always asked by.

        Raises:
            ShapesError: the shapes or the engine cannot be used.
            GraphError, EndpointError: the graph cannot be read.
        """
        if engine not in ENGINE_NAMES:
            raise ShapesError(f"{engine}: no such engine; there are {', '.join(ENGINE_NAMES)}")
        wanted = load_shapes(map(Path, shapes)) if shapes else shipped_shapes()
        with reported(self.place, wanted, engine) as report:
            return report_of(report.tell(), report.unused, report.timings)

    def summary(self) -> Summary:
        """Return counts by class and property, sources and dates.

        Raises:
            GraphError: the graph's triples cannot be read, or it is an endpoint.
        """
        return summarise(self._folder("summary"))

    def _folder(self, wanted: str) -> GraphFolder:
        if isinstance(self.place, Endpoint):
            raise GraphError(f"{self.place}: {wanted}() needs a graph folder, this is an endpoint")
        return self.place

    def _repr_html_(self) -> str:
        return f"<p>graphbuild graph <code>{escape(str(self))}</code></p>"

    def __str__(self) -> str:
        return str(self.place if isinstance(self.place, Endpoint) else self.place.path)


def _ties(rows: Rows) -> nx.Graph:
    """Return the ties of an answer; of triples those between entities, without their classes."""
    if "predicate" not in rows.columns:
        return rows.to_networkx()
    between = [row for row in rows.terms if isinstance(row[2], NamedNode) and str(row[1]) != TYPE]
    return Rows(rows.columns, between, rows.about).to_networkx()


def _asked(question: str) -> CannedQuery:
    if any(sign.isspace() or sign in "{}" for sign in question):
        return catalogue.parse(question, "query.rq")
    return catalogue.load(question)


def _parameter(query: CannedQuery, name: str) -> str:
    """Return the name of a parameter that Python has to spell otherwise: ``from_year``."""
    known = {option_name(each.name).replace("-", "_"): each.name for each in query.parameters}
    return known.get(name, name)


def _texts(value: Value) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else ([str(value)] if isinstance(value, (int, float)) else list(map(str, value)))
    )


def _answer(place: Place, query: CannedQuery, text: str, timeout: float | None) -> Result:
    form = query.form or "select"
    if form == "select":
        return select(place, text, timeout)
    if form in GRAPH_FORMS:
        triples = construct(place, text, timeout)
        rows: list[Row] = [(each.subject, each.predicate, each.object) for each in triples]
        return Result(("subject", "predicate", "object"), rows)
    truth = Literal("true" if ask(place, text, timeout) else "false", datatype=NamedNode(BOOLEAN))
    return Result(("answer",), [(truth,)])
