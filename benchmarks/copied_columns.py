"""Write the columns of a larger graph.

    python -m benchmarks.copied_columns COLUMNS TIMES TARGET

Every entity of the graph stands in it so many times, under IRIs of its own, with all its triples;
classes, predicates and literals are shared. Nothing but the columns is written, by SQL: a build of
fifty million triples would take an hour, and a question to the columns reads nothing else.
"""

import sys

import duckdb

ENTITY = "suffix = -1 AND contains(lex, '/graphbuild/id/')"
STEPS = """
CREATE TABLE suffix AS FROM old.suffix;
CREATE TEMP TABLE named AS
SELECT row_number() OVER (ORDER BY suffix >= 0, CASE WHEN suffix < 0 THEN lex END, old) - 1 AS id, *
FROM (
    SELECT id AS old, c, suffix,
        CASE WHEN c = 0 THEN lex ELSE replace(lex, '/id/', '/id/' || c || '-') END AS lex
    FROM old.term, range({times}) copies(c) WHERE c = 0 OR {entity});
CREATE TABLE term AS
SELECT id::INTEGER AS id, lex, suffix FROM named ORDER BY named.id;
CREATE TEMP TABLE shared AS SELECT old, id FROM named WHERE c = 0 AND NOT ({entity});
CREATE TEMP TABLE entity AS SELECT old, c, id FROM named WHERE {entity};
CREATE TABLE worth AS
SELECT shared.id::INTEGER AS id, kind, i, n, f, lex, suffix
FROM old.worth JOIN shared ON worth.id = old ORDER BY 1;
CREATE TABLE predicate AS
SELECT number, shared.id::INTEGER AS id, iri, triples * {times} AS triples, kinds
FROM old.predicate JOIN shared ON predicate.id = old ORDER BY number;
CREATE TABLE landmark AS SELECT id, lex FROM term WHERE suffix = -1 AND id % 1024 = 0;
"""
TRIPLES = """
CREATE TABLE p{number} AS
SELECT coalesce(es.id, ss.id)::INTEGER AS s, coalesce(eo.id, so.id)::INTEGER AS o
FROM (SELECT s, o, c FROM old.p{number}, range({times}) copies(c)) t
LEFT JOIN entity es ON es.old = t.s AND es.c = t.c LEFT JOIN shared ss ON ss.old = t.s
LEFT JOIN entity eo ON eo.old = t.o AND eo.c = t.c LEFT JOIN shared so ON so.old = t.o
GROUP BY 1, 2 ORDER BY 1, 2
"""
SIZE = """
CREATE TABLE size AS
SELECT (SELECT count(*) FROM term WHERE suffix = -2) AS blanks,
    (SELECT count(*) FROM term WHERE suffix < 0) AS iris, (SELECT count(*) FROM term) AS terms,
    {triples} AS triples, (SELECT version FROM old.size) AS version
"""


def copy(source: str, times: int, target: str) -> int:
    """Write the columns and return the number of triples."""
    with duckdb.connect(target, config={"threads": 2}) as made:
        made.execute("SET memory_limit = '3GB'")
        made.execute(f"ATTACH '{source}' AS old (READ_ONLY)")
        made.execute(STEPS.format(times=times, entity=ENTITY))
        triples = 0
        for (number,) in made.execute("SELECT number FROM old.predicate ORDER BY 1").fetchall():
            made.execute(TRIPLES.format(number=number, times=times))
            [(count,)] = made.execute(f"SELECT count(*) FROM p{number}").fetchall()  # noqa: S608
            made.execute("UPDATE predicate SET triples = ? WHERE number = ?", [count, number])
            triples += count
        made.execute(SIZE.format(triples=triples))
    return triples


if __name__ == "__main__":
    print(f"{copy(sys.argv[1], int(sys.argv[2]), sys.argv[3]):,} triples")
