"""Measure other SHACL engines on one data file and one file of shapes, and on the W3C suite.

    python benchmarks/shacl_peers.py ENGINE DATA.nt SHAPES.ttl
    python benchmarks/shacl_peers.py ENGINE FOLDER

Run by a Python that has the engines (pyshacl, oxrdflib, pyrudof, maplib); nothing of graphbuild is
imported. Prints seconds of processors for reading and validating, the results and the peak of
memory; or, for a folder of the suite, of how many cases the verdict (conforms or not) is right.
"""

import contextlib
import io
import logging
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Run = Callable[[], tuple[bool, int]]
"""Validates what was read: whether the data conforms, and how many results there are."""
SHT = "http://www.w3.org/ns/shacl-test#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"


def pyshacl(data: str, shapes: str, **how: Any) -> Run:  # noqa: ANN401 - pySHACL's options
    """Return the run of pySHACL in one of its modes."""
    import pyshacl as engine
    from rdflib import SH, Graph

    logging.getLogger("pyshacl").disabled = True
    graphs = [Graph(store=how.get("store", "default")), Graph()]
    for graph, file in zip(graphs, (data, shapes), strict=True):
        graph.parse(file, format="turtle", publicID=Path(file).as_uri())

    def run() -> tuple[bool, int]:
        options = {"sparql_mode": True} if how.get("sparql") else {"advanced": True}
        conforms, report, _ = engine.validate(graphs[0], shacl_graph=graphs[1], **options)
        return conforms, len(list(report.subject_objects(SH.result)))

    return run


def rudof(data: str, shapes: str, mode: str) -> Run:
    """Return the run of Rudof: its native or its SPARQL engine."""
    import pyrudof

    session = pyrudof.Rudof(pyrudof.RudofConfig())
    strict, turtle = pyrudof.ReaderMode.Strict, pyrudof.RDFFormat.Turtle
    texts = [Path(file).read_text(encoding="utf-8") for file in (data, shapes)]
    session.read_data(texts[0], turtle, Path(data).as_uri(), strict, False)  # noqa: FBT003
    session.read_shacl(texts[1], pyrudof.ShaclFormat.Turtle, Path(shapes).as_uri(), strict)

    def run() -> tuple[bool, int]:
        report = session.validate_shacl(getattr(pyrudof.ShaclValidationMode, mode))
        return report.conforms, len(report)

    return run


def maplib(data: str, shapes: str) -> Run:
    """Return the run of maplib, which has columns of polars."""
    import maplib as engine

    model = engine.Model()
    model.read(data, format="turtle", base_iri=Path(data).as_uri())
    model.read(shapes, format="turtle", graph="urn:shapes", base_iri=Path(shapes).as_uri())

    def run() -> tuple[bool, int]:
        report = model.validate(shape_graph="urn:shapes")
        return report.conforms, len(report.results() or ())

    return run


ENGINES: dict[str, Callable[[str, str], Run]] = {
    "pySHACL": pyshacl,
    "pySHACL on Oxigraph": lambda data, shapes: pyshacl(data, shapes, store="Oxigraph"),
    "pySHACL by SPARQL": lambda data, shapes: pyshacl(data, shapes, store="Oxigraph", sparql=True),
    "pyrudof": lambda data, shapes: rudof(data, shapes, "Native"),
    "pyrudof by SPARQL": lambda data, shapes: rudof(data, shapes, "Sparql"),
    "maplib": maplib,
}


def measure(engine: str, data: str, shapes: str) -> None:
    """Print what an engine takes."""
    start = time.process_time()
    run = ENGINES[engine](data, shapes)
    read = time.process_time()
    _, results = run()
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{engine:<22} {read - start:8.2f} {done - read:10.2f} {results:8,} {peak:8,}")


def suite(engine: str, root: Path) -> None:
    """Print how many verdicts of the suite are right."""
    for part in ("core", "sparql"):
        due = list(cases(root / part))
        right = sum(verdict(engine, data, shapes) == expected for data, shapes, expected in due)
        print(f"{engine:<22} {part:<8} {right:4} of {len(due)}")


def cases(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield data, shapes and the verdict that is due: true, false or failure."""
    from rdflib import RDF, SH, Graph, URIRef

    for file in sorted(folder.rglob("*.ttl")):
        graph = Graph().parse(file, format="turtle", publicID=file.as_uri())
        for case in graph.subjects(RDF.type, URIRef(f"{SHT}Validate")):
            action = graph.value(case, URIRef(f"{MF}action"))
            result = graph.value(case, URIRef(f"{MF}result"))
            files = (graph.value(action, URIRef(f"{SHT}{x}Graph")) for x in ("data", "shapes"))
            data, shapes = (str(each).removeprefix("file://") for each in files)
            failure = result == URIRef(f"{SHT}Failure")
            yield data, shapes, "failure" if failure else str(graph.value(result, SH.conforms))


def verdict(engine: str, data: str, shapes: str) -> str:
    """Return what an engine says of a case; whatever it raises is a failure."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return str(ENGINES[engine](data, shapes)()[0]).lower()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return "failure"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) == 3:
        suite(sys.argv[1], Path(sys.argv[2]).resolve())
    else:
        measure(*sys.argv[1:])
