"""Answer the fourteen questions on other engines, one engine to a process.

    python benchmarks/question_peers.py flat|maplib|rdflib|URL

The first line of standard input is a job, as JSON: a Parquet file of triples (s, p, o in N-Triples
form), the questions by name, and how many seconds each may take. Each line that follows is the name
of a question; it is asked, and the seconds and the rows of its answer are printed, or null.
``flat`` is DuckDB over tables made by hand for these questions, with SQL written by hand; a URL is
a SPARQL endpoint that holds the graph, and ``default-graph-uri`` may stand in it. Nothing of
graphbuild is imported.
"""

import json
import re
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import Request, urlopen

Ask = Callable[[str, str], int]
"""Answers a question, by name and text; returns the number of rows."""

TABLES = """
CREATE TABLE triple AS SELECT s, p, o FROM read_parquet('{triples}');
CREATE TABLE creator AS SELECT s AS work, o AS person FROM triple
    WHERE p = '<http://purl.org/dc/terms/creator>';
CREATE TABLE issued AS SELECT s AS work, o[2:5]::INTEGER AS year FROM triple
    WHERE p = '<http://purl.org/dc/terms/issued>';
CREATE TABLE date AS SELECT s AS work, o AS date FROM triple
    WHERE p = '<http://purl.org/dc/terms/issued>';
CREATE TABLE subject AS SELECT s AS work, o AS topic FROM triple
    WHERE p = '<http://purl.org/dc/terms/subject>';
CREATE TABLE title AS SELECT s AS work, o AS title FROM triple
    WHERE p = '<http://purl.org/dc/terms/title>';
CREATE TABLE venue AS SELECT s AS work, o AS venue FROM triple WHERE p = '<{gb}venue>';
CREATE TABLE orcid AS SELECT s AS person, o AS orcid FROM triple WHERE p = '<{gb}orcid>';
CREATE TABLE paper AS SELECT s AS work FROM triple
    WHERE p = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>' AND o = '<{gb}Paper>';
CREATE TABLE name AS SELECT s AS person, o AS name FROM triple
    WHERE p = '<http://xmlns.com/foaf/0.1/name>';
CREATE TABLE cites AS SELECT s AS work, o AS cited FROM triple
    WHERE p = '<http://purl.org/spar/cito/cites>';
CREATE TABLE held AS SELECT DISTINCT a.s AS work, b.o AS org
    FROM triple a JOIN triple b ON a.o = b.s
    WHERE a.p = '<http://purl.org/spar/pro/isDocumentContextFor>'
    AND b.p = '<http://purl.org/spar/pro/relatesToOrganization>'
"""
SQL = {
    "an author's papers by year": "SELECT year, count(*) FROM creator JOIN issued USING (work) "
    "WHERE person = '<AUTHOR>' GROUP BY 1 ORDER BY 1",
    "top co-authors": "SELECT b.person, name, count(DISTINCT b.work) n FROM creator a "
    "JOIN creator b USING (work) LEFT JOIN name ON name.person = b.person "
    "WHERE a.person = '<AUTHOR>' AND b.person <> '<AUTHOR>' GROUP BY 1, 2 "
    "ORDER BY n DESC, 1 LIMIT 10",
    "a topic's papers": "SELECT work, title FROM subject JOIN title USING (work) "
    "WHERE topic = '<TOPIC>' ORDER BY 1",
    "h-index of a venue": "WITH c AS (SELECT cited, count(*) n FROM cites JOIN venue v "
    "ON v.work = cited WHERE venue = '<VENUE>' GROUP BY 1), r AS (SELECT n, count(*) OVER "
    "(ORDER BY n DESC RANGE UNBOUNDED PRECEDING) h FROM c) SELECT max(h) FROM r WHERE n >= h",
    "co-authors at two hops": "SELECT count(DISTINCT d.person) FROM creator a JOIN creator b "
    "USING (work) JOIN creator c ON c.person = b.person JOIN creator d ON d.work = c.work "
    "WHERE a.person = '<AUTHOR>'",
    "reachable by + path": "WITH RECURSIVE r(p) AS (SELECT y.person FROM creator x JOIN creator y "
    "USING (work) WHERE x.person = '<AUTHOR>' UNION SELECT y.person FROM r JOIN creator x "
    "ON x.person = r.p JOIN creator y ON y.work = x.work) SELECT count(*) FROM r",
    "topic x year, top 100": "SELECT topic, year, count(*) n FROM subject JOIN issued USING (work) "
    "GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT 100",
    "count everything": "SELECT count(*) FROM triple",
    "title contains a word": "SELECT work, title FROM paper JOIN title USING (work) "
    "WHERE contains(lower(title), '{word}')",
    "record view, OPTIONALs": "SELECT a.work, title, date, venue, b.person, name, orcid "
    "FROM creator a LEFT JOIN title ON title.work = a.work LEFT JOIN date ON date.work = a.work "
    "LEFT JOIN venue ON venue.work = a.work LEFT JOIN creator b ON b.work = a.work "
    "LEFT JOIN name ON name.person = b.person LEFT JOIN orcid ON orcid.person = b.person "
    "WHERE a.person = '<AUTHOR>' ORDER BY 1, 5",
    "citations by institution": "SELECT org, count(*) n FROM held JOIN cites ON cited = held.work "
    "GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10",
    "CONSTRUCT, VALUES": "SELECT s, p, o FROM triple WHERE s = '<PAPER>' UNION SELECT person, "
    "'<http://xmlns.com/foaf/0.1/name>', name FROM creator JOIN name USING (person) "
    "WHERE work = '<PAPER>'",
    "no ORCID, NOT EXISTS": "SELECT count(*) FROM paper WHERE NOT EXISTS (SELECT 1 FROM creator "
    "JOIN orcid USING (person) WHERE creator.work = paper.work)",
    "self-citing papers": "SELECT count(DISTINCT c.work) FROM cites c JOIN creator a "
    "ON a.work = c.work JOIN creator b ON b.work = c.cited AND b.person = a.person",
}


WHOLE = ("count everything", "CONSTRUCT, VALUES")
"""Questions about all predicates, of which maplib gets those of the other questions only."""

ENDLESS = "reachable by + path"
"""What maplib did not end, nor could be stopped at, in two minutes and a million triples."""

MEMORY = 10 << 30
"""The most that a peer may take."""


class Job(NamedTuple):
    """What is asked, and of what.

    Attributes:
        about: what stands for what in hand-written SQL: ``AUTHOR`` and so on, ``word``, ``gb``.
    """

    triples: str
    questions: dict[str, str]
    about: dict[str, str]
    timeout: float


def flat(job: Job, folder: Path) -> Ask:
    """Return what asks flat tables on disk, by SQL written by hand."""
    import duckdb

    file = str(folder / "flat.duckdb")
    with duckdb.connect(file, config={"threads": 2, "memory_limit": "2GB"}) as made:
        made.execute(of_tables(job, TABLES))
    connection = duckdb.connect(file, read_only=True, config={"threads": 2})

    def ask(name: str, _: str) -> int:
        sql = SQL[name].replace("{word}", job.about["word"])
        for held, iri in job.about.items():
            sql = sql.replace(f"<{held}>", f"<{iri}>")
        return len(connection.execute(sql).fetchall())

    return ask


def maplib(job: Job, folder: Path) -> Ask:
    """Return what asks maplib, which holds the triples of the predicates asked for in memory.

    Given all of 19.6 million triples it took more than 20 GB.
    """
    import maplib as engine

    lines = written(job, folder, set(re.findall("p = '(<.*?>)'", of_tables(job, TABLES))))
    model = engine.Model()
    model.read(str(lines), format="ntriples")
    lines.unlink()

    def ask(name: str, text: str) -> int:
        if name in WHOLE or name == ENDLESS:
            raise ValueError("not asked")
        found = model.query(text)
        frames = found if isinstance(found, list) else [found]
        return sum(len(frame) for frame in frames)

    return ask


def rdflib(job: Job, folder: Path) -> Ask:
    """Return what asks rdflib, which holds the graph in memory."""
    from rdflib import Graph

    graph = Graph()
    graph.parse(written(job, folder), format="nt")
    return lambda _, text: len(list(graph.query(text)))


def endpoint(url: str, timeout: float) -> Ask:
    """Return what asks a server over HTTP."""

    def ask(_: str, text: str) -> int:
        is_graph = "CONSTRUCT" in text
        kind = "text/plain" if is_graph else "text/tab-separated-values"
        sign = "&" if "?" in url else "?"
        request = Request(f"{url}{sign}{urlencode({'query': text})}", headers={"Accept": kind})  # noqa: S310 - what the user gave
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return answer.read().count(b"\n") - (0 if is_graph else 1)

    return ask


def of_tables(job: Job, sql: str) -> str:
    """Return SQL about the triples of a job."""
    return sql.format(triples=job.triples, gb=job.about["gb"])


def written(job: Job, folder: Path, predicates: Collection[str] = ()) -> Path:
    """Write the triples, or those of some predicates, as N-Triples."""
    import duckdb

    lines = folder / "triples.nt"
    wanted = ", ".join(f"'{each}'" for each in predicates)
    only = f" WHERE p IN ({wanted})" if predicates else ""
    found = duckdb.execute(f"SELECT s, p, o FROM read_parquet('{job.triples}'){only}")  # noqa: S608
    with lines.open("w", encoding="utf-8") as file:
        while rows := found.fetchmany(50_000):
            file.writelines(f"{s} {p} {o} .\n" for s, p, o in rows)
    return lines


def timed(job: Job, ask: Ask, name: str) -> tuple[float, int] | None:
    """Return the seconds of a question and the rows of its answer; None if it has none."""
    signal.setitimer(signal.ITIMER_REAL, job.timeout)
    start = time.perf_counter()
    try:
        rows = ask(name, job.questions[name])
        return time.perf_counter() - start, rows
    except (OSError, RuntimeError, ValueError, TypeError) as error:
        sys.stderr.write(f"{name}: {type(error).__name__} {str(error)[:200]}\n")
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _stop(_number: int, _frame: object) -> None:
    raise TimeoutError("too long")


def main() -> None:
    """Do the job of standard input."""
    engine, job = sys.argv[1], Job(**json.loads(sys.stdin.readline()))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _stop)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if engine.startswith("http"):
            ask = endpoint(engine, job.timeout)
        else:
            ask = {"flat": flat, "maplib": maplib, "rdflib": rdflib}[engine](job, folder)
        for line in sys.stdin:
            print(json.dumps(timed(job, ask, line.strip())), flush=True)


if __name__ == "__main__":
    main()
