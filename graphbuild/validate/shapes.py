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
    """A shapes graph and where it comes from."""

    graph: Graph
    names: tuple[str, ...]


def shipped_shapes() -> Shapes:
    """Return the shapes of our own graphs."""
    names = walk("shapes", ".ttl")
    rows = [row for name in names for row in turtle_rows(read("shapes", name))]
    return Shapes(graph_of(rows), tuple(names))


def load_shapes(paths: Iterable[Path]) -> Shapes:
    """Return the shapes of files and folders.

    Raises:
        ShapesError: a file is not RDF, holds no shape, or uses a term that SHACL does not have.
    """
    graph, names = Graph(), []
    for file in _files(paths):
        try:
            part = graph_of(rows_of(file, rename=True))
        except GraphBuildError as error:
            raise ShapesError(str(error)) from error
        _refuse(part, file)
        graph += part
        names.append(str(file))
    return Shapes(graph, tuple(names))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise ShapesError(f"{path}: no such file or folder")
        if not path.is_dir():
            yield path
            continue
        inside = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
        if not inside:
            raise ShapesError(f"{path}: the folder holds no RDF files")
        yield from inside


def _refuse(graph: Graph, file: Path) -> None:
    typed = set(graph.objects(None, RDF.type)) & {SH.NodeShape, SH.PropertyShape}
    if not typed and not any((None, sign, None) in graph for sign in SIGNS):
        raise ShapesError(f"{file}: holds no SHACL shape")
    for name in sorted(_unknown(graph)):
        near = get_close_matches(name, [str(term).removeprefix(SHACL) for term in dir(SH)], 1)
        hint = f"; did you mean sh:{near[0]}?" if near else ""
        raise ShapesError(f"{file}: SHACL has no sh:{name}, so it would check nothing{hint}")


def _unknown(graph: Graph) -> Iterator[str]:
    """Yield the names that shapes use and SHACL does not have; data may stand beside shapes."""
    for subject, predicate, value in graph:
        for name in _names((predicate, value)):
            is_shape = isinstance(subject, BNode) or _has_shacl(graph, subject)
            if f"{SHACL}{name}" not in SH and is_shape:
                yield name


def _has_shacl(graph: Graph, node: Node) -> bool:
    pairs = graph.predicate_objects(node)
    return any(f"{SHACL}{name}" in SH for pair in pairs for name in _names(pair))


def _names(terms: Iterable[Node]) -> Iterator[str]:
    """Yield the local names of the terms that are in the namespace of SHACL."""
    for term in terms:
        if isinstance(term, URIRef) and term.startswith(SHACL) and term != URIRef(SHACL):
            yield term.removeprefix(SHACL)
