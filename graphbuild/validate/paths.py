"""Property paths of SHACL (section 2.3.1), as text and as RDF.

The text is that of SPARQL, with brackets around every sequence and alternative:
``(<http://xmlns.com/foaf/0.1/knows>/^<http://xmlns.com/foaf/0.1/knows>*)``.
"""

import re

from rdflib import SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

TOKEN = re.compile(r"<[^>]*>|[()/|^*+?]")
SUFFIXES = {"*": SH.zeroOrMorePath, "+": SH.oneOrMorePath, "?": SH.zeroOrOnePath}


def path_text(node: Node, graph: Graph) -> str:
    """Return the text of a path that a graph holds."""
    if isinstance(node, URIRef):
        return node.n3()
    inverted = graph.value(node, SH.inversePath)
    if inverted is not None:
        return f"^{_bracketed(inverted, graph)}"
    for sign, predicate in SUFFIXES.items():
        inner = graph.value(node, predicate)
        if inner is not None:
            return f"{_bracketed(inner, graph)}{sign}"
    choices = graph.value(node, SH.alternativePath)
    steps = graph.items(choices if choices is not None else node)
    joined = ("|" if choices is not None else "/").join(path_text(step, graph) for step in steps)
    return f"({joined})"


def add_path(text: str, graph: Graph) -> Node:
    """Add the path that a text stands for to a graph, and return its node."""
    return _Reader(text, graph).path()


def _bracketed(node: Node, graph: Graph) -> str:
    """Return the text of a part that a sign follows or precedes; two signs need brackets."""
    text = path_text(node, graph)
    return text if text.startswith(("<", "(")) and text.endswith((">", ")")) else f"({text})"


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
