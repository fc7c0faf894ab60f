"""Load shapes graphs: the shipped ones, or the user's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from graphbuild.errors import GraphBuildError, ShapesError
from graphbuild.resources import read, walk
from graphbuild.validate.data import SUFFIXES, load_rdf

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
SIGNS = (*TARGETS, SH.property, SH.path, SH["not"], SH["and"], SH["or"], SH.xone)


@dataclass(frozen=True)
class Shapes:
    """A shapes graph and where it comes from."""

    graph: Graph
    names: tuple[str, ...]


def shipped_shapes() -> Shapes:
    """Return the shapes of our own graphs."""
    graph = Graph()
    names = walk("shapes", ".ttl")
    for name in names:
        graph.parse(data=read("shapes", name), format="turtle")
    return Shapes(graph, tuple(names))


def load_shapes(paths: Iterable[Path]) -> Shapes:
    """Return the shapes of files and folders.

    Raises:
        ShapesError: a file is not RDF, holds no shape, or uses a term that SHACL does not have.
    """
    graph, names = Graph(), []
    for file in _files(paths):
        try:
            part = load_rdf(file)
        except GraphBuildError as error:
            raise ShapesError(str(error)) from error
        _refuse(part, file)
        graph += part
        names.append(str(file))
    return Shapes(graph, tuple(names))


def unused_shapes(data: Graph, shapes: Shapes) -> tuple[str, ...]:
    """Return the names of the shapes whose target class has no member in the data."""
    unused = set()
    for shape, kind in shapes.graph.subject_objects(SH.targetClass):
        if not any(_members(data, kind)):
            unused.add(str(shape).rpartition("#")[2].rpartition("/")[2])
    return tuple(sorted(unused))


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
    for predicate in sorted(set(graph.predicates()), key=str):
        name = str(predicate).removeprefix(str(SH))
        if name != str(predicate) and predicate not in SH:
            terms = [term.removeprefix(str(SH)) for term in map(str, dir(SH))]
            near = get_close_matches(name, terms, 1)
            hint = f"; did you mean sh:{near[0]}?" if near else ""
            raise ShapesError(f"{file}: SHACL has no sh:{name}, so it would check nothing{hint}")


def _members(data: Graph, kind: Node) -> Iterator[Node]:
    yield from data.subjects(RDF.type, kind)
    for narrower in data.subjects(RDFS.subClassOf, kind):
        if isinstance(narrower, URIRef) and narrower != kind:
            yield from data.subjects(RDF.type, narrower)
