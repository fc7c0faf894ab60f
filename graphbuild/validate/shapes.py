"""Load shapes graphs: the shipped ones, or the user's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from graphbuild.errors import GraphBuildError, ShapesError
from graphbuild.resources import read, walk
from graphbuild.validate.data import SUFFIXES, graph_of, rows_of, turtle_rows

SHACL = str(SH)
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
SIGNS = (*TARGETS, SH.property, SH.path, SH["not"], SH["and"], SH["or"], SH.xone)


@dataclass(frozen=True)
class Shapes:
    """A shapes graph and where it comes from.

    Attributes:
        doubts: what SHACL does not know in it, and so checks nothing, one line each.
    """

    graph: Graph
    names: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def __add__(self, other: "Shapes") -> "Shapes":
        return Shapes(
            self.graph + other.graph, self.names + other.names, self.doubts + other.doubts
        )


def shipped_shapes() -> Shapes:
    """Return the shapes of our own graphs."""
    names = walk("shapes", ".ttl")
    rows = [row for name in names for row in turtle_rows(read("shapes", name))]
    return Shapes(graph_of(rows), tuple(names))


def load_shapes(paths: Iterable[Path]) -> Shapes:
    """Return the shapes of files and folders.

    Raises:
        ShapesError: a file is not RDF, or a file or folder holds no shape.
    """
    graph = Graph()
    names: list[str] = []
    doubts: list[str] = []
    for path in paths:
        inside = Graph()
        for file in _files(path):
            try:
                part = graph_of(rows_of(file, rename=True))
            except GraphBuildError as error:
                raise ShapesError(str(error)) from error
            inside += part
            names.append(str(file))
            doubts += _doubts(part, file)
        if not _has_shapes(inside):
            raise ShapesError(f"{path}: holds no SHACL shape")
        graph += inside
    return Shapes(graph, tuple(names), tuple(doubts))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise ShapesError(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    inside = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
    if not inside:
        raise ShapesError(f"{path}: the folder holds no RDF files")
    return inside


def _has_shapes(graph: Graph) -> bool:
    typed = set(graph.objects(None, RDF.type)) & {SH.NodeShape, SH.PropertyShape}
    return bool(typed) or any((None, sign, None) in graph for sign in SIGNS)


def _doubts(graph: Graph, file: Path) -> Iterator[str]:
    for name in sorted(_unknown(graph)):
        near = get_close_matches(name, [str(term).removeprefix(SHACL) for term in dir(SH)], 1)
        hint = f"; did you mean sh:{near[0]}?" if near else ""
        yield f"{file}: SHACL has no sh:{name}, so it checks nothing{hint}"


def _unknown(graph: Graph) -> set[str]:
    """Return the names that shapes use and SHACL does not have; data may stand beside shapes."""
    found = set()
    for subject, predicate, value in graph:
        for name in _names((predicate, value)):
            is_shape = isinstance(subject, BNode) or _has_shacl(graph, subject)
            if f"{SHACL}{name}" not in SH and is_shape:
                found.add(name)
    return found


def _has_shacl(graph: Graph, node: Node) -> bool:
    pairs = graph.predicate_objects(node)
    return any(f"{SHACL}{name}" in SH for pair in pairs for name in _names(pair))


def _names(terms: Iterable[Node]) -> Iterator[str]:
    """Yield the local names of the terms that are in the namespace of SHACL."""
    for term in terms:
        if isinstance(term, URIRef) and term.startswith(SHACL) and term != URIRef(SHACL):
            yield term.removeprefix(SHACL)
