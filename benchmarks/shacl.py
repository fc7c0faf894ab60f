"""Measure checking against loading: all our shapes, on made-up graphs of several sizes.

    python -m benchmarks.shacl [PAPERS ...]        (default: 250 15000; 85 triples a paper)
    python -m benchmarks.shacl --copies 8 15000    (a larger graph: copies with other IRIs)

Prints the seconds on the clock and of processors, and what the latter are to those that the same
triples take to load into the store (bulk load and compaction): on a busy machine the clock says
little. pySHACL runs up to 30,000 triples, SPARQL up to 2 million.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from pyoxigraph import RdfFormat, Store

from benchmarks.made_records import records
from graphbuild.build import Options, build
from graphbuild.store.columns import opened, read_lines
from graphbuild.store.folder import GraphFolder
from graphbuild.validate import validate
from graphbuild.validate.remote.engine import select
from graphbuild.validate.remote.engine import validate as by_sparql
from graphbuild.validate.shapes import shipped_shapes

REFERENCE_LIMIT, SPARQL_LIMIT = 30_000, 2_000_000
COPIES = """
CREATE TABLE triples AS
SELECT {s} AS s, p, {o} AS o FROM read_parquet('{file}'), range({copies}) c(n)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=int, nargs="*", default=[250, 15_000])
    parser.add_argument("--copies", type=int, default=1)
    given = parser.parse_args()
    print(f"{'triples':>12} {'way':<10} {'clock':>8} {'CPU':>8} {'/ loading':>10} {'peak MB':>8}")
    for papers in given.papers:
        with tempfile.TemporaryDirectory() as folder:
            measure(made(papers, Path(folder)), given.copies, Path(folder))


def made(papers: int, folder: Path) -> GraphFolder:
    """Return a graph of so many made-up papers."""
    with (folder / "records.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in records(papers))
    return build(Options((str(folder / "records.jsonl"),), folder / "graph")).graph


def measure(graph: GraphFolder, copies: int, folder: Path) -> None:
    """Print how long it takes to load and to check a graph, or copies of it."""
    shapes = shipped_shapes()
    triples = graph.build.counts["triples"]
    if copies > 1:
        with duckdb.connect(str(folder / "copies.db")) as data:
            names = [f"replace({x}, '/id/', '/id/' || n || '-')" for x in "so"]
            sql = COPIES.format(s=names[0], o=names[1], file=graph.triples, copies=copies)
            data.execute(sql)
            timed(triples * copies, "columnar", lambda: validate(data, shapes), None)
        return
    loading = timed(triples, "loading", lambda: load(graph, folder), None)
    with opened(graph) as data:
        timed(triples, "columnar", lambda: validate(data, shapes), loading)
    if triples < SPARQL_LIMIT:
        store = Store.read_only(str(graph.store))
        timed(triples, "SPARQL", lambda: by_sparql(lambda q: select(store, q), shapes), loading)
    if triples < REFERENCE_LIMIT:
        with opened(graph) as data:
            timed(triples, "pySHACL", lambda: validate(data, shapes, "reference"), loading)


def load(graph: GraphFolder, folder: Path) -> None:
    """Load the triples of a graph into a new store, as a build does."""
    lines = folder / "lines.nt"
    with lines.open("wb") as file:
        file.writelines(part for part, _ in read_lines(graph))
    store = Store(str(folder / "loaded"))
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
