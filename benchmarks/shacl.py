"""Measure checking against loading: all our shapes, on made-up graphs of several sizes.

    python -m benchmarks.shacl [PAPERS ...]        (default: 250 2850; 91 triples a paper)
    python -m benchmarks.shacl --copies 5 2850     (a larger graph: copies with other IRIs)
    python -m benchmarks.shacl --graph FOLDER      (a graph at hand, by columns; it is only read)
    python -m benchmarks.shacl --suite FOLDER      (besides: how much of the W3C suite is passed)

Prints the seconds on the clock and of processors, and what the latter are to those that the same
triples take to load into the store (bulk load and compaction): on a busy machine the clock says
little. pySHACL runs up to 30,000 triples, SPARQL up to 2 million.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from pyoxigraph import RdfFormat, Store

from benchmarks.made_records import records
from benchmarks.shacl_suite import table
from graphbuild.build import Options, build
from graphbuild.store.columns import opened
from graphbuild.store.folder import GraphFolder, open_graph
from graphbuild.validate import validate
from graphbuild.validate.data import read_rdf
from graphbuild.validate.remote.engine import select
from graphbuild.validate.remote.engine import validate as by_sparql
from graphbuild.validate.shapes import shipped_shapes

REFERENCE_LIMIT, SPARQL_LIMIT = 30_000, 2_000_000
AT_ONCE = 50_000
COPIES = """
CREATE TABLE triples AS
SELECT {s} AS s, p, {o} AS o FROM read_parquet('{file}'), range({copies}) c(n)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=int, nargs="*", default=[250, 2_850])
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--graph", type=Path, help="a graph folder to check instead")
    parser.add_argument(
        "--suite", type=Path, help="data-shapes-test-suite/tests of w3c/data-shapes"
    )
    given = parser.parse_args()
    print(f"busy before: {os.getloadavg()[0]:.1f} processes")
    print(f"{'triples':>12} {'way':<10} {'clock':>8} {'CPU':>8} {'/ loading':>10} {'peak MB':>8}")
    if given.graph:
        columns_only(open_graph(given.graph))
    for papers in () if given.graph else given.papers:
        with tempfile.TemporaryDirectory() as folder:
            measure(made(papers, Path(folder)), given.copies, Path(folder))
    if given.suite:
        table(given.suite.resolve())


def columns_only(graph: GraphFolder) -> None:
    """Print how long it takes to check a graph by columns."""
    shapes = shipped_shapes()
    with opened(graph) as data:
        timed(graph.build.counts["triples"], "columnar", lambda: validate(data, shapes), None)


def made(papers: int, folder: Path) -> GraphFolder:
    """Return a graph of so many made-up papers."""
    with (folder / "records.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in records(papers))
    return build(Options((str(folder / "records.jsonl"),), folder / "graph")).graph


def measure(graph: GraphFolder, copies: int, folder: Path) -> None:
    """Print how long it takes to load and to check a graph, or copies of it."""
    with duckdb.connect(str(folder / "copies.db")) as data:
        names = [f"replace({x}, '/id/', '/id/' || n || '-')" for x in "so"]
        data.execute(COPIES.format(s=names[0], o=names[1], file=graph.triples, copies=copies))
        ways(data, graph.build.counts["triples"] * copies, folder)


def ways(data: duckdb.DuckDBPyConnection, triples: int, folder: Path) -> None:
    """Print how long each way takes that is made for so many triples."""
    shapes = shipped_shapes()
    if triples >= SPARQL_LIMIT:
        timed(triples, "columnar", lambda: validate(data, shapes), None)
        return
    write_lines(data, folder / "lines.nt")
    store = Store(str(folder / "loaded"))
    loading = timed(triples, "loading", lambda: load(folder / "lines.nt", store), None)
    timed(triples, "columnar", lambda: validate(data, shapes), loading)
    timed(triples, "SPARQL", lambda: by_sparql(lambda q: select(store, q), shapes), loading)
    if triples < REFERENCE_LIMIT:
        with read_rdf(folder / "lines.nt") as again:
            timed(triples, "pySHACL", lambda: validate(again, shapes, "reference"), loading)


def write_lines(data: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Write triples as N-Triples."""
    found = data.execute("SELECT concat(s, ' ', p, ' ', o, E' .\n') FROM triples")
    with file.open("w", encoding="utf-8") as lines:
        while some := found.fetchmany(AT_ONCE):
            lines.writelines(line for (line,) in some)


def load(lines: Path, store: Store) -> None:
    """Load triples into a new store, as a build does."""
    store.bulk_load(path=str(lines), format=RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()


def timed(triples: int, way: str, what: Callable[[], Any], loading: float | None) -> float:
    """Print how long something takes, and return the seconds of processors."""
    start, used = time.perf_counter(), time.process_time()
    what()
    clock, seconds = time.perf_counter() - start, time.process_time() - used
    ratio = f"{seconds / loading:10.2f}" if loading else f"{'':10}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{triples:12,} {way:<10} {clock:8.2f} {seconds:8.2f} {ratio} {peak:8,}", flush=True)
    return seconds


if __name__ == "__main__":
    main()
