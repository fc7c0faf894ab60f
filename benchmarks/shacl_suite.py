"""Run the W3C test suite of SHACL with all engines, and print how many cases each passes.

    python -m benchmarks.shacl_suite FOLDER

FOLDER is ``data-shapes-test-suite/tests`` of w3c/data-shapes. A case passes when the whole report
is right: the same results with focus node, path, value, severity, constraint component and source
shape, as often as expected (blank nodes count as one); or a failure where one is due.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat, Store
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from graphbuild.errors import ShapesError
from graphbuild.validate import validate
from graphbuild.validate.data import graph_of, read_rdf, rows_of
from graphbuild.validate.paths import path_text
from graphbuild.validate.places import ENGINE_NAMES, SPARQL
from graphbuild.validate.remote.engine import select
from graphbuild.validate.remote.engine import validate as by_sparql
from graphbuild.validate.report import Report
from graphbuild.validate.shapes import Shapes
from graphbuild.validate.terms import as_text

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
PARTS = ("core", "sparql")
FAILURE, REFUSED = "failure", "refused"
UNABLE = re.compile("cannot be asked of an endpoint|is not supported")

Outcome = Counter[tuple[str, ...]] | str


class Case(NamedTuple):
    """One case: its name, its two graphs, and the results that are due."""

    name: str
    data: Path
    shapes: Path
    due: Outcome


def cases(root: Path, part: str) -> Iterator[Case]:
    """Yield the cases of a part of the suite, by the names of their files."""
    for file in sorted((root / part).rglob("*.ttl")):
        graph = graph_of(rows_of(file))
        for node in graph.subjects(RDF.type, SHT.Validate):
            action, due = graph.value(node, MF.action), graph.value(node, MF.result)
            yield Case(
                str(file.relative_to(root)).removesuffix(".ttl"),
                _file(graph.value(action, SHT.dataGraph)),
                _file(graph.value(action, SHT.shapesGraph)),
                FAILURE if due == SHT.Failure else Counter(_results(graph, due)),
            )


def outcome(case: Case, engine: str) -> Outcome:
    """Return what an engine makes of a case."""
    try:
        shapes = Shapes(graph_of(rows_of(case.shapes)), ())
        with _reported(case, shapes, engine) as report:
            return Counter(
                (
                    blank(result.focus),
                    result.path,
                    blank(result.value),
                    result.severity,
                    result.component,
                    result.source_shape or "_",
                )
                for result in report.results
            )
    except ShapesError as error:
        return REFUSED if UNABLE.search(str(error)) and case.due != FAILURE else FAILURE


@contextmanager
def _reported(case: Case, shapes: Shapes, engine: str) -> Iterator[Report]:
    if engine != SPARQL:
        with read_rdf(case.data) as data:
            yield validate(data, shapes, engine)
        return
    store = Store()
    store.load(path=str(case.data), format=RdfFormat.TURTLE, base_iri=case.data.as_uri())
    yield by_sparql(lambda text: select(store, text), shapes)


def main() -> None:
    """Print the table, and the cases that are not passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    table(parser.parse_args().folder.resolve())


def table(root: Path) -> None:
    """Print how many cases of a folder each engine passes, and which it does not.

    Raises:
        SystemExit: the folder holds no cases.
    """
    print(f"{'':12}{'cases':>8}" + "".join(f"{engine:>12}" for engine in ENGINE_NAMES))
    failed = []
    for part in PARTS:
        some = list(cases(root, part))
        if not some:
            raise SystemExit(f"{root}: holds no cases in {part}/; name the folder that has them")
        passed = Counter[str]()
        for case in some:
            for engine in ENGINE_NAMES:
                got = outcome(case, engine)
                passed[engine] += got == case.due
                word = "refused by name" if got == REFUSED else "differs"
                failed += [] if got == case.due else [f"{engine}: {case.name} {word}"]
        print(f"{part:12}{len(some):8}" + "".join(f"{passed[e]:12}" for e in ENGINE_NAMES))
    print("\n".join(sorted(failed)))


def _file(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))


def _results(graph: Graph, report: Node | None) -> Iterator[tuple[str, ...]]:
    for node in graph.objects(report, SH.result):
        path = graph.value(node, SH.resultPath)
        severity = str(graph.value(node, SH.resultSeverity))
        shape = graph.value(node, SH.sourceShape)
        yield (
            _text(graph.value(node, SH.focusNode)),
            "" if path is None else path_text(path, graph),
            _text(graph.value(node, SH.value)),
            severity.removeprefix(str(SH)) if severity.startswith(str(SH)) else severity,
            str(graph.value(node, SH.sourceConstraintComponent)),
            str(shape) if isinstance(shape, URIRef) else "_",
        )


def _text(node: Node | None) -> str:
    return "" if node is None else "_" if isinstance(node, BNode) else as_text(node)


def blank(text: str) -> str:
    """Return a term; all blank nodes are one."""
    return "_" if text.startswith("_:") else text


if __name__ == "__main__":
    main()
