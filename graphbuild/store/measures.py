"""Count in a graph what everybody asks and SPARQL counts slowly, all at once, on its columns.

Counted are papers, citations and the h-index of people, venues, topics and organisations, papers
and citations of years, and the papers that two people share. What each number is in SPARQL stands
in ``queries/measures/KIND-METRIC.rq``; tests hold the two to agree.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.measure import Measuring, Number
from graphbuild.store.engine import engine
from graphbuild.store.triples import MEMORY, TERMS

LEADERS = 1000
"""Entities that a ranking finds without looking at all others."""

MOST_AUTHORS = 200
"""A paper of more authors ties nobody: its pairs would outnumber all others."""

AT_ONCE = 10_000
USED = (
    v.TYPE, v.CREATOR, v.VENUE, v.SUBJECT, v.CITES, v.ISSUED, v.HAS_AUTHORSHIP,
    v.RELATED_ORGANIZATION, v.ASSOCIATED_ORGANIZATION,
)  # fmt: skip

KINDS = {
    "person": ("foaf:Person", 2),
    "venue": ("gb:Venue", 1),
    "topic": ("skos:Concept", 1),
    "organisation": ("foaf:Organization", 1),
}
"""The class of each kind, and the least number that is kept: most people have one paper only."""

MEASURINGS = (
    *(
        Measuring(f"{kind}-{metric}", named, metric, least)
        for kind, (named, least) in KINDS.items()
        for metric in ("paper-count", "citation-count", "h-index")
    ),
    Measuring("year-paper-count", "", "paper-count", 1),
    Measuring("year-citation-count", "", "citation-count", 1),
    Measuring("pair-shared-paper-count", "foaf:Person", "shared-paper-count", 3),
)
"""All that is measured."""

PREPARED = f"""
CREATE TEMP TABLE said AS SELECT DISTINCT s, p, o FROM ({{source}}) WHERE p IN {USED!r};
CREATE TEMP TABLE paper AS SELECT s AS paper FROM said WHERE p = '{v.TYPE}' AND o = '{v.PAPER}';
CREATE TEMP TABLE held AS SELECT DISTINCT kind, entity, paper FROM (
    SELECT CASE p WHEN '{v.CREATOR}' THEN 'person' WHEN '{v.VENUE}' THEN 'venue'
        WHEN '{v.SUBJECT}' THEN 'topic' ELSE 'organisation' END AS kind, o AS entity, s AS paper
    FROM said WHERE p IN ('{v.CREATOR}', '{v.VENUE}', '{v.SUBJECT}', '{v.ASSOCIATED_ORGANIZATION}')
    UNION ALL
    SELECT 'organisation', place.o, part.s
    FROM said AS part JOIN said AS place ON place.s = part.o
    WHERE part.p = '{v.HAS_AUTHORSHIP}' AND place.p = '{v.RELATED_ORGANIZATION}'
) SEMI JOIN paper USING (paper);
CREATE TEMP TABLE cited AS SELECT o AS paper, count(*) AS times
    FROM said WHERE p = '{v.CITES}' GROUP BY o;
CREATE TEMP TABLE dated AS SELECT s AS paper, min(o[2:5]) AS year
    FROM said SEMI JOIN paper ON paper = s WHERE p = '{v.ISSUED}' GROUP BY s;
"""  # noqa: S608 - terms of ours
COUNTED = f"""
WITH placed AS (
    SELECT kind, entity, coalesce(times, 0) AS times,
        row_number() OVER (PARTITION BY kind, entity ORDER BY coalesce(times, 0) DESC) AS place
    FROM held LEFT JOIN cited USING (paper)
), counted AS (
    SELECT kind, entity, count(*) AS papers, sum(times)::BIGINT AS citations,
        count(*) FILTER (times >= place) AS h
    FROM placed GROUP BY kind, entity
), by_year AS (
    SELECT year, count(*) AS papers, sum(coalesce(times, 0))::BIGINT AS citations
    FROM dated LEFT JOIN cited USING (paper) GROUP BY year
), tied AS (
    SELECT entity, paper, count(*) OVER (PARTITION BY paper) AS size FROM held WHERE kind = 'person'
), pairs AS (
    SELECT one.entity AS entity, other.entity AS partner, count(*) AS papers
    FROM tied AS one JOIN tied AS other ON one.paper = other.paper AND one.entity < other.entity
    WHERE one.size <= {MOST_AUTHORS} GROUP BY ALL
), numbers AS (
    SELECT kind || '-paper-count' AS measuring, entity, NULL AS partner, papers AS number
    FROM counted
    UNION ALL SELECT kind || '-citation-count', entity, NULL, citations FROM counted
    UNION ALL SELECT kind || '-h-index', entity, NULL, h FROM counted
    UNION ALL SELECT 'year-paper-count', year, NULL, papers FROM by_year
    UNION ALL SELECT 'year-citation-count', year, NULL, citations FROM by_year
    UNION ALL SELECT 'pair-shared-paper-count', entity, partner, papers FROM pairs
)
SELECT measuring, entity, partner, number, row_number() OVER (
    PARTITION BY measuring ORDER BY number DESC, entity, partner) AS place
FROM numbers JOIN least USING (measuring) WHERE number >= least
ORDER BY measuring, place
"""  # noqa: S608 - numbers of ours


def of_lines(paths: Sequence[Path]) -> str:
    """Return the SQL that reads the triples of N-Triples files."""
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return TERMS.replace("?", f"[{listed}]", 1)


def numbers(source: str, spill: Path) -> Iterator[tuple[Measuring, Number]]:
    """Yield all that can be counted, measuring by measuring, the largest numbers first.

    Where nothing cites anything, citations are not known, so nothing is said of them.

    Args:
        source: SQL that gives the triples as columns s, p, o in N-Triples form.
        spill: an existing folder for what memory does not hold.

    Raises:
        GraphError: the triples cannot be read.
    """
    with engine("the measures cannot be computed") as connection:
        connection.execute("SET temp_directory = ?", [str(spill)])
        connection.execute("SET memory_limit = ?", [MEMORY])
        connection.execute(PREPARED.format(source=source))
        connection.execute("CREATE TEMP TABLE least (measuring VARCHAR, least BIGINT)")
        known = {each.key: each for each in MEASURINGS}
        rows = [[each.key, each.least] for each in MEASURINGS]
        connection.executemany("INSERT INTO least VALUES (?, ?)", rows)
        yield from ((known[key], number) for key, number in _counted(connection))


def _counted(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Number]]:
    found = connection.execute(COUNTED)
    while rows := found.fetchmany(AT_ONCE):
        for key, entity, partner, number, place in rows:
            yield key, Number(entity, partner or "", number, leads=place <= LEADERS)
