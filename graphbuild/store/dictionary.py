"""Write a graph as numbered terms and numbered triples, for questions about the whole graph.

The file is a DuckDB database that is only read afterwards:

    p1, p2, ...  s, o: the triples of one predicate, in the order of their subjects
    predicate    number, id, iri, triples, kinds: which kinds of objects it has, as bits
    term         id, lex, suffix: blank nodes, then IRIs, each in order; then literals, those of one
                 predicate together
    suffix       suffix, text: what follows a literal's closing quote; 0 is none
    worth        id, kind, i, n, f, lex, suffix: literals with a datatype, see `Worth`
    landmark     id, lex: every thousandth IRI, to find one by its text
    size         blanks, iris, terms, triples, version: ids are below these numbers
"""

from itertools import islice
from pathlib import Path

import duckdb
import msgspec

from graphbuild.store.columns import unescaped
from graphbuild.store.engine import engine
from graphbuild.store.worth import Kind, worths

VERSION = 1
IRI, BLANK, STRING = -1, -2, 0
"""Numbers of suffixes."""

APART = 1024
"""Terms between two landmarks."""

MEMORY = "1GB"
"""What may be held in memory while it is made; more goes to disk."""

LARGE = 16 << 20
"""Bytes of triples from which on the database has blocks of the usual size.

Every table and index takes a block at least, so that the usual 256 KB each make 20 MB of a thousand
triples; of 16 KB they make one.
"""

AT_ONCE = 20_000

PREDICATES = """
CREATE TABLE predicate AS
SELECT row_number() OVER (ORDER BY p) AS number, p AS iri, count(*) AS triples
FROM triples GROUP BY p
"""

OBJECTS = """
CREATE TEMP TABLE object AS
SELECT o AS text, min(number) AS first FROM triples JOIN predicate ON p = iri GROUP BY o
"""

TYPED = r"""SELECT text FROM object WHERE text[1] = '"' AND suffix(text, '>')"""

NOTED = """
INSERT INTO typed SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),
    unnest(?::TINYINT[]), unnest(?::BIGINT[]), unnest(?::HUGEINT[]), unnest(?::DOUBLE[])
"""

PARTS = r"""
CREATE TEMP TABLE part AS
WITH literal AS (
    SELECT text, first, CASE WHEN suffix(text, '"') THEN ''
        ELSE lower(regexp_extract(text, '"(@[A-Za-z0-9-]+)$', 1)) END AS tail
    FROM object WHERE text[1] = '"' AND NOT suffix(text, '>')),
plain AS (
    SELECT text, first, text[2 : length(text) - length(tail) - 1] AS raw, tail FROM literal),
node AS (
    SELECT DISTINCT s AS text FROM triples UNION
    SELECT text FROM object WHERE text[1] <> '"' UNION SELECT iri FROM predicate)
SELECT text, CASE WHEN text[1] = '<' THEN text[2 : -2] ELSE text[3 :] END AS lex,
    NULL AS tail, CASE WHEN text[1] = '<' THEN 0 ELSE -1 END AS rank FROM node
UNION ALL
SELECT text, CASE WHEN NOT contains(raw, '\') THEN raw
    WHEN regexp_matches(raw, '\\[uUbf]') THEN unescaped(raw)
    ELSE replace(replace(replace(replace(replace(replace(raw,
        '\\', chr(1)), '\"', '"'), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)), chr(1), '\') END,
    tail, first FROM plain
UNION ALL
SELECT text, typed.lex, tail, first FROM object JOIN typed USING (text)
"""

SUFFIXES = f"""
CREATE TABLE suffix AS
SELECT row_number() OVER (ORDER BY tail) - 1 AS suffix, tail AS text
FROM (SELECT '' AS tail UNION SELECT tail FROM part WHERE tail IS NOT NULL);
INSERT INTO suffix VALUES ({IRI}, '>'), ({BLANK}, '_');
"""  # noqa: S608 - made of constants

TERMS = f"""
CREATE TEMP TABLE numbered AS
SELECT lex, suffix, any_value(text) AS text, count(*) AS spellings
FROM (SELECT part.text, lex, rank, CASE rank WHEN 0 THEN {IRI} WHEN -1 THEN {BLANK}
        ELSE suffix.suffix END AS suffix
    FROM part LEFT JOIN suffix ON suffix.text = tail)
GROUP BY lex, suffix ORDER BY min(rank), lex, suffix;
CREATE TABLE term AS
SELECT rowid::INTEGER AS id, lex, suffix::INTEGER AS suffix FROM numbered ORDER BY rowid;
"""  # noqa: S608 - made of constants

WORTHS = """
CREATE TABLE worth AS
SELECT id, kind, i, n, f, lex, term.suffix FROM term JOIN suffix USING (suffix)
JOIN (SELECT DISTINCT lex, tail, kind, i, n, f FROM typed) found USING (lex) WHERE text = found.tail
ORDER BY id
"""

NAMES = """
CREATE TEMP TABLE name AS
SELECT text, rowid::INTEGER AS id FROM numbered WHERE spellings = 1
UNION ALL
SELECT part.text, numbered.rowid::INTEGER FROM part JOIN suffix ON suffix.text = part.tail
JOIN numbered ON numbered.lex = part.lex AND numbered.suffix = suffix.suffix WHERE spellings > 1
"""

SIZE = f"""
CREATE TABLE size AS
SELECT count(*) FILTER (suffix = {BLANK}) AS blanks, count(*) FILTER (suffix < 0) AS iris,
    count(*) AS terms, (SELECT count(*) FROM triples) AS triples, {VERSION} AS version FROM term;
CREATE TABLE landmark AS SELECT id, lex FROM term WHERE suffix = {IRI} AND id % {APART} = 0;
"""  # noqa: S608 - made of constants

KIND = f"""
CASE WHEN kind IS NOT NULL THEN kind WHEN o.id < blanks THEN {Kind.BLANK:d}
    WHEN o.id < iris THEN {Kind.IRI:d} WHEN suffix.text = '' THEN {Kind.STRING:d}
    ELSE {Kind.LANGUAGE:d} END
"""

TRIPLES = """
CREATE TEMP TABLE encoded AS
SELECT {distinct} s.id AS s, number AS p, o.id AS o
FROM triples JOIN name s ON s.text = triples.s JOIN predicate ON iri = p
JOIN name o ON o.text = triples.o ORDER BY p, s, o
"""

KINDS = f"""
CREATE OR REPLACE TABLE predicate AS
SELECT number, term.id, lex AS iri, found.triples, found.kinds
FROM predicate JOIN term ON lex = iri[2 : -2] AND suffix = {IRI} JOIN (
    SELECT p, count(*) AS triples, bit_or(1::INTEGER << ({KIND})::INTEGER) AS kinds
    FROM encoded e, size JOIN term o ON o.id = e.o LEFT JOIN worth USING (id)
    LEFT JOIN suffix ON suffix.suffix = o.suffix GROUP BY p
) found ON p = number ORDER BY number
"""  # noqa: S608 - made of constants


def write_dictionary(triples: Path, target: Path, extent: Path) -> None:
    """Write the numbered terms and triples of a graph.

    Args:
        triples: the Parquet file with columns s, p, o in N-Triples form.
        target: the database to write.
        extent: the file for how many triples each predicate has.

    Raises:
        GraphError: the database cannot be written.
        OSError: the other file cannot.
    """
    with engine(f"{target}: cannot be written") as connection:
        connection.execute("SET memory_limit = ?", [MEMORY])
        source, file = (str(path).replace("'", "''") for path in (triples, target))
        block = 16_384 if triples.stat().st_size < LARGE else 262_144
        connection.execute(f"ATTACH '{file}' AS made (BLOCK_SIZE {block})")
        connection.execute("USE made")
        connection.execute(f"CREATE TEMP VIEW triples AS FROM read_parquet('{source}')")
        encode(connection)
        counted = connection.execute("SELECT iri, triples FROM predicate ORDER BY iri").fetchall()
        connection.execute("USE memory; DETACH made")
    extent.write_bytes(msgspec.json.format(msgspec.json.encode(dict(counted))))


def encode(connection: duckdb.DuckDBPyConnection) -> None:
    """Number what view ``triples`` holds; write the tables into the current database."""
    connection.create_function("unescaped", unescaped, [str], str)
    for step in (PREDICATES, OBJECTS):
        connection.execute(step)
    _note_typed(connection)
    for step in (PARTS, SUFFIXES, TERMS, WORTHS, NAMES, SIZE):
        connection.execute(step)
    connection.execute("DROP TABLE part; DROP TABLE object")
    merged = connection.execute("SELECT max(spellings) > 1 FROM numbered").fetchone() == (True,)
    connection.execute(TRIPLES.format(distinct="DISTINCT" if merged else ""))
    connection.execute(KINDS)
    for (number,) in connection.execute("SELECT number FROM predicate").fetchall():
        connection.execute(
            f"CREATE TABLE p{number} AS SELECT s, o FROM encoded WHERE p = {number}"  # noqa: S608
        )
    connection.execute("DROP TABLE encoded; DROP TABLE name; DROP TABLE numbered; DROP TABLE typed")


def _note_typed(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a table of the literals that have a datatype, and what they are worth."""
    connection.execute(
        "CREATE TEMP TABLE typed (text VARCHAR, lex VARCHAR, tail VARCHAR, kind TINYINT, i BIGINT, "
        "n HUGEINT, f DOUBLE)"
    )
    texts = (text for (text,) in connection.execute(TYPED).fetchall())
    found = worths(texts)
    while some := list(islice(found, AT_ONCE)):
        rows = [(text, *worth) for text, worth in some]
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(NOTED, columns)
