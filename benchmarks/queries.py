"""Time the canned queries on a made-up graph: ``python -m benchmarks.queries``.

Each query is asked about an entity that the graph says much of. The start of its worker is counted.
Engines take turns, the median of the rounds is told, and a query that does not end in its time is
told as such. rdflib holds the graph in memory; it is asked with ``--rdflib``.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.works import write_works
from graphbuild.errors import QueryTimeoutError
from graphbuild.query.catalogue import CannedQuery, Parameter, load_all
from graphbuild.query.evaluate import evaluation
from graphbuild.query.run import completed
from graphbuild.query.solutions import select
from graphbuild.query.values import bound
from graphbuild.store.folder import GraphFolder, open_graph
from graphbuild.store.places import searcher

BUSIEST = {
    "foaf:Person": "?a dcterms:creator ?x",
    "gb:Paper": "?a cito:cites ?x",
    "gb:Venue": "?a gb:venue ?x",
    "skos:Concept": "?a dcterms:subject ?x",
    "foaf:Organization": "?a pro:relatesToOrganization ?x",
    "gb:CodeRepository": "?a gb:linkRepository ?x",
}
"""What makes an entity of each class busy: the one in most of these is asked about."""

WORDS = {"paper-find": "ba", "paper-search": "ba"}
NO_ANSWER = float("inf")


def main() -> None:
    """Run what is asked for and print it as a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--works", type=int, default=10_000, help="works to make up")
    parser.add_argument("--graph", type=Path, help="graph folder to take in their place")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--rdflib", action="store_true", help="ask rdflib too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = given.graph or built(Path(temporary), given.works)
        graph = open_graph(place)
        engines: dict[str, Callable[[str], float]] = {
            "graphbuild": lambda text: timed(graph, text, given.timeout)
        }
        if given.rdflib:
            engines["rdflib"] = rdflib_engine(graph)
        tell(graph, engines, given.rounds)


def built(folder: Path, works: int) -> Path:
    """Build a graph of made-up works."""
    write_works(works, folder / "works", 4)
    place = folder / "graph"
    command = [sys.executable, "-m", "graphbuild", "build", str(folder / "works"), "-o", str(place)]
    subprocess.run(command, check=True)
    return place


def tell(graph: GraphFolder, engines: dict[str, Callable[[str], float]], rounds: int) -> None:
    """Print the median processor milliseconds of each query and engine."""
    print("| Query |", " | ".join(f"{name}, proc. ms" for name in engines), "|")
    print("| --- |", " | ".join("--:" for _ in engines), "|")
    for query, text in asked(graph):
        taken: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(rounds):
            for name, engine in engines.items():
                if NO_ANSWER not in taken[name]:
                    taken[name].append(engine(text))
        cells = [_cell(times) for times in taken.values()]
        print(f"| `{query.id}` |", " | ".join(cells), "|", flush=True)


def _cell(times: list[float]) -> str:
    if NO_ANSWER in times:
        return "not in its time"
    return f"{1000 * statistics.median(times):,.1f}"


def asked(graph: GraphFolder) -> Iterator[tuple[CannedQuery, str]]:
    """Yield the queries with values; those about kinds that the graph has not are left out."""
    busiest = {kind: _busiest(graph, pattern) for kind, pattern in BUSIEST.items()}
    for query in load_all():
        needed = [each for each in query.parameters if each.required and each.default is None]
        values = {each.name: _value(query, each, busiest) for each in needed}
        if all(values.values()):
            given = {name: [value] for name, value in values.items()}
            yield query, completed(bound(query, given, lambda name, _: name, searcher(graph)))


def _value(query: CannedQuery, parameter: Parameter, busiest: dict[str, list[str]]) -> str:
    if parameter.search or parameter.name == "words":
        return WORDS[query.id]
    if parameter.kind in busiest:
        found = busiest[parameter.kind]
        return "".join(found[1:2] if parameter.name == "other" else found[:1])
    return (parameter.example or "") if parameter.type != "iri" or _is_metric(parameter) else ""


def _is_metric(parameter: Parameter) -> bool:
    return parameter.name == "metric"


def _busiest(graph: GraphFolder, pattern: str) -> list[str]:
    text = f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 2"
    return [str(row[0]) for row in select(graph, text, 600).values()]


def timed(graph: GraphFolder, text: str, timeout: float) -> float:
    """Return the worker's processor seconds until the answer is complete, its start among them."""
    form = "nt" if "CONSTRUCT" in text else "tsv"
    start = _workers()
    try:
        with evaluation(graph, text, form, timeout) as answer:
            answer.read()
    except QueryTimeoutError:
        return NO_ANSWER
    return _workers() - start


def _workers() -> float:
    """Return the processor seconds of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rdflib_engine(graph: GraphFolder) -> Callable[[str], float]:
    """Return what asks rdflib, which holds the graph in memory."""
    from rdflib import Graph

    from graphbuild.store.columns import read_lines

    held = Graph()
    for lines, _ in read_lines(graph):
        held.parse(data=lines, format="nt")

    def ask(text: str) -> float:
        start = time.process_time()
        list(held.query(text))
        return time.process_time() - start

    return ask


if __name__ == "__main__":
    main()
