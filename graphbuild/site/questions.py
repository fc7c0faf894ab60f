"""The questions that gather what pages say, in DuckDB's SQL.

Tables that `planning` makes before: ``triples``, ``described`` (s, p, o), and small tables of
classes and properties. Rows have the columns of `COLUMNS`; what they mean depends on the part.
"""

from enum import IntEnum

SHOWN = 50
"""Entities that a page lists of those that refer to it by one property; all are counted."""

COMPANY_SHOWN = 15
RECORDS_SHOWN = 50
CROWD = 100
"""Papers of more people do not count for who works with whom: it would say nothing."""

COLUMNS = """
page INTEGER, part TINYINT, a VARCHAR, p VARCHAR, place INTEGER, o VARCHAR,
label VARCHAR, slug VARCHAR, extra VARCHAR, number BIGINT
"""


class Part(IntEnum):
    """What a row says.

    Attributes:
        OWN: a statement about the entity; label, slug: of the object, if it is an entity;
            extra: its date.
        DETAIL: a statement about a node that details the entity; as OWN.
        REFERRING: a is an entity that refers by p, in order of place; extra: its date;
            number: how many do; o: its ordinal where p is a part in its list of authors.
        COMPANY: o is often met by p among the papers of the entity; number: on how many papers.
        YEARS: extra is a year; number: how many papers of the entity.
        RECORDS: o is a record that states the entity; label: what its input is called;
            a: that input; p: its words; place: its line; number: how many records do.
        DESCRIBED: a statement of schema.org; label, slug: of the object, if it is an entity.
    """

    OWN = 0
    DETAIL = 1
    REFERRING = 2
    COMPANY = 3
    YEARS = 4
    RECORDS = 5
    DESCRIBED = 6


PREPARED = (
    r"""
    CREATE MACRO folded(t) AS trim(regexp_replace(strip_accents(lower(regexp_replace(
        CASE WHEN t[1] = '"' THEN regexp_extract(t, '^"((?s:.*))"', 1) ELSE t END,
        '\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)', ' ', 'g'))), '[^\p{L}\p{N}]+', ' ', 'g'))
    """,
    f"CREATE TABLE row ({COLUMNS})",
    """
    CREATE TABLE shared_work AS
    SELECT o AS s FROM triples WHERE p = realization_() GROUP BY o HAVING count(*) > 1
    """,
    """
    CREATE TABLE entry AS
    SELECT s, min(o) AS input FROM triples WHERE p = part_of_() GROUP BY s
    """,
    """
    CREATE TABLE classed AS
    SELECT s, coalesce(arg_min(slug, rank), 'other') AS slug,
        bool_or(o IN (FROM detail_class)) AS is_detail
    FROM triples LEFT JOIN kind ON o = class WHERE p = type_() GROUP BY s
    """,
    """
    CREATE TABLE named AS
    SELECT s, min({'rank': rank, 'o': o}).o AS label
    FROM triples JOIN name_of USING (p) GROUP BY s
    """,
    """
    CREATE TABLE dated AS SELECT s, min(o) AS date, try_cast(min(o)[2:5] AS INTEGER) AS year
    FROM triples WHERE p = issued_() GROUP BY s
    """,
    """
    CREATE TABLE entity AS
    SELECT (row_number() OVER (ORDER BY s) - 1)::INTEGER AS id, s AS iri, slug, label, date, year
    FROM classed LEFT JOIN named USING (s) LEFT JOIN dated USING (s)
    WHERE NOT is_detail AND slug IN (FROM wanted)
        AND (slug <> 'work' OR s IN (FROM shared_work))
        AND (slug <> 'source' OR s NOT IN (SELECT s FROM entry))
    ORDER BY s
    """,
    """
    CREATE TABLE detail AS
    SELECT t.s AS node, e.id AS page FROM triples t JOIN entity e ON t.o = e.iri
    WHERE t.p IN (FROM detailing) AND t.s NOT IN (SELECT iri FROM entity)
    UNION
    SELECT t.o, e.id FROM triples t JOIN entity e ON t.s = e.iri
    WHERE t.p IN (FROM detailed_by) AND t.o NOT IN (SELECT iri FROM entity)
        AND t.o IN (SELECT s FROM classed)
    """,
    """
    CREATE TABLE edge AS
    SELECT a.id AS a, t.p, b.id AS b, NULL::VARCHAR AS node
    FROM triples t JOIN entity a ON t.s = a.iri JOIN entity b ON t.o = b.iri
    WHERE t.p NOT IN (derived_(), part_of_())
    UNION ALL
    SELECT d.page, t.p, b.id, d.node
    FROM detail d JOIN triples t ON t.s = d.node JOIN entity b ON t.o = b.iri
    WHERE b.id <> d.page AND t.p NOT IN (derived_(), interest_(), measured_())
    """,
    "CREATE TABLE ordinal AS SELECT s AS node, o AS ordinal FROM triples WHERE p = ordinal_()",
    """
    CREATE TABLE member AS
    SELECT DISTINCT b AS page, a AS paper FROM edge WHERE p IN (FROM grouping)
    """,
    """
    CREATE TABLE listed AS
    WITH counted AS (SELECT page, count(*) AS papers FROM member GROUP BY page),
    written AS (SELECT s, min(o) FILTER (p = family_()) AS family,
        min(o) FILTER (p = given_()) AS given FROM triples WHERE p IN (family_(), given_())
        GROUP BY s),
    keyed AS (
        SELECT id, iri, slug, label, date, year, coalesce(papers, 0) AS papers, folded(CASE
            WHEN family IS NOT NULL THEN family || ' ' || coalesce(given, '')
            ELSE coalesce(label, iri) END) AS key
        FROM entity LEFT JOIN counted ON page = id LEFT JOIN written ON written.s = iri
    )
    SELECT *, CASE WHEN key[1] BETWEEN 'a' AND 'z' THEN key[1]
        WHEN key[1] BETWEEN '0' AND '9' THEN '0-9' ELSE 'other' END AS bucket FROM keyed
    """,
    f"""
    CREATE TABLE crowd AS
    SELECT a AS paper FROM edge WHERE p = creator_() GROUP BY a HAVING count(*) > {CROWD}
    """,
    """
    CREATE TABLE met AS
    SELECT DISTINCT a AS paper, p, b FROM edge
    WHERE p IN (FROM company) AND a NOT IN (FROM crowd)
    """,
)

FAR = "far.label, far.slug, far.date, 0"
OWN = f"""
SELECT e.id, {{part}}, t.s, t.p, 0, t.o, {FAR}
FROM triples t JOIN entity e ON t.s = e.iri LEFT JOIN entity far ON t.o = far.iri
"""
DETAIL = f"""
SELECT d.page, {{part}}, t.s, t.p, 0, t.o, {FAR}
FROM detail d JOIN triples t ON t.s = d.node LEFT JOIN entity far ON t.o = far.iri
"""
REFERRING = f"""
SELECT b, {{part}}, far.iri, p, place, ordinal, far.label, far.slug, far.date, total FROM (
    SELECT b, a, p, ordinal, count(*) OVER (PARTITION BY b, p) AS total,
        row_number() OVER (PARTITION BY b, p ORDER BY date DESC NULLS LAST, a)::INTEGER AS place
    FROM (
        SELECT b, a, p, min(ordinal) AS ordinal FROM edge LEFT JOIN ordinal USING (node)
        WHERE p NOT IN (FROM skipped) GROUP BY b, a, p
    ) JOIN entity ON a = id
    QUALIFY place <= {SHOWN}
) JOIN entity far ON a = far.id
"""
# People of an organisation are those who say so, not all who wrote a paper with them.
COMPANY = f"""
SELECT page, {{part}}, '', p, place, far.iri, far.label, far.slug, NULL, number FROM (
    SELECT page, p, b, number, row_number() OVER (
        PARTITION BY page, p ORDER BY number DESC, b)::INTEGER AS place
    FROM (
        SELECT page, p, b, count(*) AS number
        FROM member JOIN entity e ON page = e.id JOIN met USING (paper)
        WHERE b <> page AND NOT (slug = 'organisation' AND p = creator_())
        GROUP BY page, p, b
        UNION ALL
        SELECT o.b, creator_(), h.b, count(DISTINCT o.a) FROM edge o JOIN edge h USING (node)
        WHERE o.p = organisation_() AND h.p = held_by_() GROUP BY o.b, h.b
        UNION ALL
        SELECT h.b, organisation_(), o.b, count(DISTINCT o.a) FROM edge o JOIN edge h USING (node)
        WHERE o.p = organisation_() AND h.p = held_by_() GROUP BY h.b, o.b
    )
    QUALIFY place <= {COMPANY_SHOWN}
) JOIN entity far ON b = far.id
"""
YEARS = """
SELECT page, {part}, '', '', year, '', NULL, NULL, year::VARCHAR, count(*)
FROM member JOIN entity ON paper = id WHERE year IS NOT NULL GROUP BY page, year
"""
RECORDS = f"""
SELECT page, {{part}}, input, written, place, record, label, NULL, NULL, total FROM (
    SELECT e.id AS page, t.o AS record, coalesce(entry.input, t.o) AS input, text.o AS written,
        coalesce(try_cast(split_part(line.o, '"', 2) AS INTEGER), 0) AS place,
        count(*) OVER (PARTITION BY e.id) AS total,
        row_number() OVER (PARTITION BY e.id ORDER BY place, t.o) AS nth
    FROM triples t JOIN entity e ON t.s = e.iri LEFT JOIN entry ON t.o = entry.s
    LEFT JOIN triples line ON line.s = t.o AND line.p = line_()
    LEFT JOIN triples text ON text.s = t.o AND text.p = written_()
    WHERE t.p = derived_()
    QUALIFY nth <= {RECORDS_SHOWN}
) LEFT JOIN named ON named.s = input
"""
DESCRIBED = f"""
SELECT e.id, {{part}}, t.s, t.p, 0, t.o, {FAR}
FROM described t JOIN entity e ON t.s = e.iri LEFT JOIN entity far ON t.o = far.iri
UNION ALL
SELECT d.page, {{part}}, t.s, t.p, 0, t.o, {FAR}
FROM described t JOIN detail d ON t.s = d.node LEFT JOIN entity far ON t.o = far.iri
"""
ROWS = {
    part: text.format(part=int(part))
    for part, text in zip(
        Part, (OWN, DETAIL, REFERRING, COMPANY, YEARS, RECORDS, DESCRIBED), strict=True
    )
}
"""The question for each part."""
