"""Time fourteen questions on both engines and on others: ``python -m benchmarks.questions``.

The questions are those that peers were measured on, written as they come to mind, in the
vocabulary of graphbuild. Each engine of ours answers in a process of its own, whose start is
counted; of the columns the time of the engine alone is told too. All take turns. Peers are open
already when they are asked: DuckDB over flat tables (``flat``), maplib and rdflib, by a Python that
has them (``--python``), and a server with the same triples, by the address of its endpoint:

    python -m benchmarks.questions --graph G --python .venv-bench/bin/python
        --peers flat maplib "http://localhost:8890/sparql?default-graph-uri=urn:g"
"""

import argparse
import io
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import question_peers
from benchmarks.queries import built
from benchmarks.question_peers import Job
from graphbuild.errors import QueryError, QueryTimeoutError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.analytic.answer import answer
from graphbuild.query.analytic.database import opened
from graphbuild.query.analytic.output import prepare
from graphbuild.query.analytic.routing import choice
from graphbuild.query.engines import Engine
from graphbuild.query.evaluate import evaluation
from graphbuild.query.run import completed
from graphbuild.query.solutions import select
from graphbuild.store.folder import GraphFolder, open_graph

WORD = "kihapi"
"""Stands in some of the titles that are made up."""

QUESTIONS = {
    "an author's papers by year": "SELECT ?y (COUNT(?w) AS ?n) { ?w dcterms:creator <AUTHOR> ; "
    "dcterms:issued ?d BIND(YEAR(?d) AS ?y) } GROUP BY ?y ORDER BY ?y",
    "top co-authors": "SELECT ?a ?name (COUNT(DISTINCT ?w) AS ?n) { "
    "?w dcterms:creator <AUTHOR>, ?a "
    "FILTER(?a != <AUTHOR>) OPTIONAL { ?a foaf:name ?name } } GROUP BY ?a ?name "
    "ORDER BY DESC(?n) ?a LIMIT 10",
    "a topic's papers": "SELECT ?w ?t { "
    "?w dcterms:subject <TOPIC> ; dcterms:title ?t } ORDER BY ?w",
    "h-index of a venue": "SELECT (MAX(?h) AS ?hindex) { { SELECT ?w ?c (COUNT(?w2) AS ?h) { "
    "{ SELECT ?w (COUNT(?x) AS ?c) { ?w gb:venue <VENUE> . ?x cito:cites ?w } GROUP BY ?w } "
    "{ SELECT ?w2 (COUNT(?x2) AS ?c2) { ?w2 gb:venue <VENUE> . ?x2 cito:cites ?w2 } GROUP BY ?w2 } "
    "FILTER(?c2 >= ?c) } GROUP BY ?w ?c } FILTER(?c >= ?h) }",
    "co-authors at two hops": "SELECT (COUNT(DISTINCT ?b) AS ?n) { <AUTHOR> "
    "^dcterms:creator/dcterms:creator/^dcterms:creator/dcterms:creator ?b }",
    "reachable by + path": "SELECT (COUNT(?b) AS ?n) { <AUTHOR> "
    "(^dcterms:creator/dcterms:creator)+ ?b }",
    "topic x year, top 100": "SELECT ?t ?y (COUNT(?w) AS ?n) { ?w dcterms:subject ?t ; "
    "dcterms:issued ?d BIND(YEAR(?d) AS ?y) } GROUP BY ?t ?y ORDER BY DESC(?n) ?t ?y LIMIT 100",
    "count everything": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "title contains a word": "SELECT ?w ?t { ?w a gb:Paper ; dcterms:title ?t "
    f'FILTER(CONTAINS(LCASE(STR(?t)), "{WORD}")) }}',
    "record view, OPTIONALs": "SELECT ?w ?t ?d ?v ?a ?name ?orcid { ?w dcterms:creator <AUTHOR> "
    "OPTIONAL { ?w dcterms:title ?t } OPTIONAL { ?w dcterms:issued ?d } "
    "OPTIONAL { ?w gb:venue ?v } OPTIONAL { ?w dcterms:creator ?a OPTIONAL { ?a foaf:name ?name } "
    "OPTIONAL { ?a gb:orcid ?orcid } } } ORDER BY ?w ?a",
    "citations by institution": "SELECT ?i (COUNT(?x) AS ?cit) { { SELECT DISTINCT ?w ?i { "
    "?w pro:isDocumentContextFor ?h . ?h pro:relatesToOrganization ?i } } ?x cito:cites ?w } "
    "GROUP BY ?i ORDER BY DESC(?cit) ?i LIMIT 10",
    "CONSTRUCT, VALUES": "CONSTRUCT { ?w ?p ?o . ?a foaf:name ?n } { VALUES ?w { <PAPER> } "
    "?w ?p ?o OPTIONAL { ?w dcterms:creator ?a . ?a foaf:name ?n } }",
    "no ORCID, NOT EXISTS": "SELECT (COUNT(?w) AS ?n) { ?w a gb:Paper FILTER NOT EXISTS { "
    "?w dcterms:creator ?a . ?a gb:orcid ?o } }",
    "self-citing papers": "SELECT (COUNT(DISTINCT ?w) AS ?n) { ?w cito:cites ?x ; "
    "dcterms:creator ?a . ?x dcterms:creator ?a }",
}
BUSY = {
    "AUTHOR": "?x dcterms:creator ?it",
    "TOPIC": "?x dcterms:subject ?it",
    "VENUE": "?x gb:venue ?it",
    "PAPER": "?x cito:cites ?it . ?it dcterms:creator ?a",
}
NO_ANSWER = float("nan")
WAYS: tuple[Engine, ...] = ("columns", "auto", "store")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--works", type=int, default=10_000, help="works to make up")
    parser.add_argument("--graph", type=Path, help="graph folder to take in their place")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument(
        "--peers", nargs="*", default=["flat"], help="flat, maplib, rdflib or a URL"
    )
    parser.add_argument("--python", default=sys.executable, help="that has the peers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        graph = open_graph(given.graph or built(Path(temporary), given.works))
        print(f"{graph.build.counts.get('triples', 0):,} triples")
        about, texts = asked(graph)
        job = Job(str(graph.triples), texts, about, given.timeout)
        peers = [Peer(given.python, engine, job) for engine in given.peers]
        named = ["server" if peer.startswith("http") else peer for peer in given.peers]
        heads = ["columns alone, ms", "columns", "auto", "store", *named]
        print(f"| Question | auto takes | {' | '.join(heads)} |")
        print(f"| --- | --- |{' --: |' * len(heads)}")
        for name, text in texts.items():
            ways: list[Callable[[], float]] = [
                partial(alone, graph, text),
                *(partial(whole, graph, text, way, given.timeout) for way in WAYS),
                *(partial(peer.seconds, name) for peer in peers),
            ]
            cells = _cells(ways, given.rounds)
            print(f"| {name} | {choice(graph, text).engine} |", " | ".join(cells), "|", flush=True)


class Peer:
    """Another engine, in a process of its own that imports nothing of graphbuild."""

    def __init__(self, python: str, engine: str, job: Job) -> None:
        script = str(Path(question_peers.__file__))
        command = [python, "-P", script, engine]
        pipe = subprocess.PIPE
        self._worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._write(json.dumps(job._asdict()))

    def seconds(self, name: str) -> float:
        """Return the seconds that a question takes; not a number if there is no answer."""
        try:
            self._write(name)
        except BrokenPipeError:
            return NO_ANSWER
        line = self._worker.stdout.readline() if self._worker.stdout else ""
        found = json.loads(line or "null")
        return NO_ANSWER if found is None else float(found[0])

    def _write(self, line: str) -> None:
        if self._worker.stdin:
            self._worker.stdin.write(f"{line}\n")
            self._worker.stdin.flush()


def asked(graph: GraphFolder) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the graph says most of, and the questions, about that."""
    about = {"gb": PREFIXES["gb"], "word": WORD}
    for name, pattern in BUSY.items():
        most = "GROUP BY ?it ORDER BY DESC(COUNT(*)) ?it LIMIT 1"
        [[iri]] = select(graph, f"SELECT ?it {{ {pattern} }} {most}", 600).values()
        about[name] = str(iri)
    texts = {}
    for name, text in QUESTIONS.items():
        of = re.sub("<([A-Z]+)>", lambda match: f"<{about[match[1]]}>", text)
        texts[name] = completed(of)
    return about, texts


def _cells(ways: list[Callable[[], float]], rounds: int) -> list[str]:
    """Return what each way takes, in turns; what has no answer is not asked again."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, times in zip(ways, taken, strict=True):
            if not any(time != time for time in times):
                times.append(way())
    return [_cell(times) for times in taken]


def _cell(times: list[float]) -> str:
    if any(time != time for time in times):
        return "no answer"
    return f"{1000 * statistics.median(times):,.0f}"


def whole(graph: GraphFolder, text: str, engine: Engine, timeout: float) -> float:
    """Return the seconds of a whole process; not a number if it is stopped or refuses."""
    form = "nt" if "CONSTRUCT" in text else "tsv"
    start = time.perf_counter()
    try:
        with evaluation(graph, text, form, timeout, engine) as answered:
            answered.read()
    except (QueryError, QueryTimeoutError):
        return NO_ANSWER
    return time.perf_counter() - start


def alone(graph: GraphFolder, text: str) -> float:
    """Return the seconds that the columns take once they are open."""
    form = "nt" if "CONSTRUCT" in text else "tsv"
    with opened(graph.columns) as database:
        prepare(database.connection)
        start = time.perf_counter()
        answer(database, text, PREFIXES, form, io.BytesIO())
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
