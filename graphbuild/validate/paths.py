"""Property paths of SHACL (section 2.3.1): as a value, as text and as RDF.

The text is that of SPARQL, with brackets around every sequence and alternative:
``(<http://xmlns.com/foaf/0.1/knows>/^<http://xmlns.com/foaf/0.1/knows>*)``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graphbuild.errors import ShapesError

TOKEN = re.compile(r"<[^>]*>|[()/|^*+?]")
SUFFIXES = {"*": SH.zeroOrMorePath, "+": SH.oneOrMorePath, "?": SH.zeroOrOnePath}
CHANGED = {"^": SH.inversePath, **SUFFIXES}
SPECIFICATION = "https://www.w3.org/TR/shacl/#property-paths"


@dataclass(frozen=True)
class Path:
    """A property path.

    Attributes:
        sign: ``""`` for a predicate, or ``/`` ``|`` ``^`` ``*`` ``+`` ``?``.
        iri: the predicate, as a term.
        parts: the paths that the sign joins or changes.
    """

    sign: str
    iri: str = ""
    parts: "tuple[Path, ...]" = ()

    @property
    def text(self) -> str:
        """The path as SPARQL writes it."""
        if not self.sign:
            return self.iri
        if self.sign in "/|":
            return f"({self.sign.join(part.text for part in self.parts)})"
        inner = self.parts[0].text
        if not (inner.startswith(("<", "(")) and inner.endswith((">", ")"))):
            inner = f"({inner})"
        return f"^{inner}" if self.sign == "^" else f"{inner}{self.sign}"

    @property
    def turtle(self) -> str:
        """The path as Turtle writes it, with ``sh:`` for the namespace of SHACL."""
        if not self.sign:
            return self.iri
        parts = " ".join(part.turtle for part in self.parts)
        if self.sign == "/":
            return f"( {parts} )"
        if self.sign == "|":
            return f"[ sh:alternativePath ( {parts} ) ]"
        return f"[ sh:{CHANGED[self.sign].fragment} {parts} ]"

    def inverse(self) -> "Path":
        """Return the path that leads back, with ``^`` at predicates only."""
        if not self.sign:
            return Path("^", parts=(self,))
        if self.sign == "^":
            return self.parts[0].plain()
        parts = tuple(part.inverse() for part in self.parts)
        return Path(self.sign, parts=parts[::-1] if self.sign == "/" else parts)

    def plain(self) -> "Path":
        """Return the same path with ``^`` at predicates only."""
        if self.sign == "^":
            return self.parts[0].inverse()
        return Path(self.sign, self.iri, tuple(part.plain() for part in self.parts))

    def predicates(self) -> Iterator[str]:
        """Yield the predicates in the path, as terms."""
        if not self.sign:
            yield self.iri
        for part in self.parts:
            yield from part.predicates()


def read_path(node: Node, graph: Graph) -> Path:
    """Return a path that a graph holds.

    Raises:
        ShapesError: the node is no path, or one that contains itself.
    """
    return _read(node, graph, frozenset())


def path_text(node: Node, graph: Graph) -> str:
    """Return the text of a path that a graph holds."""
    return read_path(node, graph).text


def add_path(text: str, graph: Graph) -> Node:
    """Add the path that a text stands for to a graph, and return its node."""
    return _Reader(text, graph).path()


def _read(node: Node, graph: Graph, above: frozenset[Node]) -> Path:
    if isinstance(node, URIRef):
        return Path("", node.n3())
    if node in above:
        raise ShapesError(f"a path must not contain itself ({SPECIFICATION})")
    above |= {node}
    if (node, RDF.first, None) in graph:
        return Path("/", parts=tuple(_read(step, graph, above) for step in graph.items(node)))
    for sign, predicate in CHANGED.items():
        inner = graph.value(node, predicate)
        if inner is not None:
            return Path(sign, parts=(_read(inner, graph, above),))
    choices = graph.value(node, SH.alternativePath)
    if choices is None:
        raise ShapesError(f"sh:path must be an IRI or a path ({SPECIFICATION})")
    return Path("|", parts=tuple(_read(step, graph, above) for step in graph.items(choices)))


class _Reader:
    def __init__(self, text: str, graph: Graph) -> None:
        self._tokens = [*TOKEN.findall(text), ""]
        self._graph = graph

    def path(self) -> Node:
        if self._tokens[0] == "^":
            self._tokens.pop(0)
            return self._node(SH.inversePath, self._step())
        return self._step()

    def _step(self) -> Node:
        token = self._tokens.pop(0)
        node: Node = self._list() if token == "(" else URIRef(token[1:-1])  # noqa: S105
        while self._tokens[0] in SUFFIXES:
            node = self._node(SUFFIXES[self._tokens.pop(0)], node)
        return node

    def _list(self) -> Node:
        steps, sign = [self.path()], self._tokens[0]
        while self._tokens.pop(0) == sign != ")":
            steps.append(self.path())
        if len(steps) == 1:
            return steps[0]
        node = BNode()
        Collection(self._graph, node, steps)
        return self._node(SH.alternativePath, node) if sign == "|" else node

    def _node(self, predicate: URIRef, value: Node) -> Node:
        node = BNode()
        self._graph.add((node, predicate, value))
        return node
