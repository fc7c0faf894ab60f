"""The flat tables of a graph: their columns, what each says, and the predicate it comes from."""

from dataclasses import dataclass
from typing import Literal

from graphbuild.mapping import vocabulary as v

Kind = Literal["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR[]"]


@dataclass(frozen=True)
class Column:
    """A column of a table whose rows are entities.

    Attributes:
        name: of the column.
        predicate: whose value it holds.
        doc: what it says.
        kind: its type in SQL; a list holds all values, every other kind one.
        inverse: it holds the subject that has the row's entity as its value.
        year: it holds the year of a date.
    """

    name: str
    predicate: str
    doc: str
    kind: Kind = "VARCHAR"
    inverse: bool = False
    year: bool = False


@dataclass(frozen=True)
class Table:
    """A table of one row for each entity of a class.

    Attributes:
        doc: what a row is.
        of: the class.
        columns: after ``iri``, which is the entity.
    """

    doc: str
    of: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Reckoned:
    """A table that is computed of the others.

    Attributes:
        doc: what a row is.
        columns: names with what they say.
        sql: gives the rows.
    """

    doc: str
    columns: dict[str, str]
    sql: str


def _ids(*schemes: str) -> tuple[Column, ...]:
    return tuple(
        Column(scheme, v.IDENTIFIERS[scheme], f"its {scheme} identifier, as an address")
        for scheme in schemes
    )


def _entity(of: str, name: str, *columns: Column, doc: str) -> Table:
    title = v.TITLE if name == "title" else v.NAME
    return Table(doc, of, (Column(name, title, f"its {name}"), *columns))


TABLES: dict[str, Table] = {
    "papers": _entity(
        v.PAPER,
        "title",
        Column("year", v.ISSUED, "year of publication", "BIGINT", year=True),
        Column("issued", v.ISSUED, "date of publication, as precise as it is known"),
        Column("venue", v.VENUE, "IRI of the venue, see venues"),
        Column("authors", v.AUTHOR_COUNT, "number of authors, where all are known", "BIGINT"),
        Column("author_list", v.AUTHOR_LIST_STATUS, "whether the list of authors is complete"),
        Column("open_access", v.OPEN_ACCESS, "kind of open access, as a source states it"),
        Column("retracted", v.RETRACTED, "whether a source says that it is retracted", "BOOLEAN"),
        *_ids("doi", "arxiv", "acl", "openalex", "dblp", "pmid"),
        Column("abstract", v.ABSTRACT, "the abstract"),
        doc="a paper, which is one version of a work",
    ),
    "people": _entity(
        v.PERSON,
        "name",
        Column("given", v.GIVEN_NAME, "given names"),
        Column("family", v.FAMILY_NAME, "family name"),
        Column("identity", v.IDENTITY, "how sure it is that this is one person, and which"),
        Column("other_names", v.ALT_LABEL, "other spellings", "VARCHAR[]"),
        Column("possibly_same", v.POSSIBLY_SAME, "people that may be the same", "VARCHAR[]"),
        *_ids("orcid", "openalex", "dblp"),
        doc="a person; one whom only a name tells is its own person",
    ),
    "authorships": Table(
        "one author of one paper",
        v.AUTHORSHIP,
        (
            Column("paper", v.HAS_AUTHORSHIP, "IRI of the paper", inverse=True),
            Column("person", v.HELD_BY, "IRI of the person"),
            Column("role", v.ROLE, "author or editor"),
            Column("position", v.ORDINAL, "place in the list, from 1", "BIGINT"),
            Column("position_at_least", v.ORDINAL_AT_LEAST, "if only that is known", "BIGINT"),
            Column("name_as_written", v.NAME_AS_WRITTEN, "the name on the paper"),
            Column("corresponding", v.IS_CORRESPONDING, "whether to be written to", "BOOLEAN"),
            Column("organisations", v.RELATED_ORGANIZATION, "IRIs, see organisations", "VARCHAR[]"),
            Column(
                "affiliations_as_written", v.AFFILIATION_AS_WRITTEN, "on the paper", "VARCHAR[]"
            ),
        ),
    ),
    "venues": _entity(
        v.VENUE_CLASS,
        "title",
        Column("publisher", v.PUBLISHER, "IRI of the publisher"),
        *_ids("issn", "openalex", "dblp"),
        doc="a journal, conference, workshop or repository",
    ),
    "topics": Table(
        "a topic of some scheme",
        v.CONCEPT,
        (
            Column("label", v.PREF_LABEL, "its name, in English where there is one"),
            Column("scheme", v.IN_SCHEME, "IRI of the scheme that it belongs to"),
            Column("broader", v.BROADER, "IRIs of wider topics", "VARCHAR[]"),
        ),
    ),
    "organisations": _entity(
        v.ORGANIZATION,
        "name",
        Column("country", v.COUNTRY, "code of the country"),
        Column("place", v.LOCALITY, "town"),
        *_ids("ror", "grid", "openalex", "wikidata"),
        doc="a university, company, funder or publisher",
    ),
    "repositories": Table(
        "a code repository",
        v.CODE_REPOSITORY,
        (
            Column("name", v.REPOSITORY_NAME, "owner and name"),
            Column("url", v.REPOSITORY_URL, "its address"),
            Column("forge", v.FORGE, "the site it is on"),
        ),
    ),
    "code_links": Table(
        "a statement that a paper has code, data or models at some place",
        v.CODE_LINK,
        (
            Column("paper", v.LINK_PAPER, "IRI of the paper"),
            Column("repository", v.LINK_REPOSITORY, "IRI of the repository"),
            Column("stance", v.STANCE_OF_LINK, "released, promised or mentioned"),
            Column("official", v.IS_OFFICIAL, "whether it is the authors' own", "BOOLEAN"),
            Column("sentence", v.TEXT_AS_WRITTEN, "the words that say so"),
        ),
    ),
    "observations": Table(
        "a number that a source states about something",
        v.METRIC_OBSERVATION,
        (
            Column("about", v.FEATURE_OF_INTEREST, "IRI of what it is about"),
            Column("metric", v.OBSERVED_PROPERTY, "IRI of what is measured"),
            Column("value", v.RESULT, "the number", "DOUBLE"),
            Column("observed", v.RESULT_TIME, "when it was so, if known"),
        ),
    ),
}
"""Tables of entities. Values are text without RDF's signs; NULL means not stated."""

PAIRS: dict[str, tuple[str, dict[str, str], str]] = {
    "citations": (
        "a paper cites another paper of the graph",
        {"citing": "IRI of the paper that cites", "cited": "IRI of the paper that is cited"},
        v.CITES,
    ),
    "paper_topics": (
        "a paper is about a topic",
        {"paper": "IRI of the paper", "topic": "IRI, see topics"},
        v.SUBJECT,
    ),
    "paper_people": (
        "a person wrote a paper: authorships without their places",
        {"paper": "IRI of the paper", "person": "IRI, see people"},
        v.CREATOR,
    ),
}
"""Tables of pairs: what a row is, its columns, the predicate that ties them."""

HELD = """
SELECT DISTINCT kind, entity, paper FROM (
    SELECT 'person' AS kind, person AS entity, paper FROM paper_people
    UNION ALL SELECT 'venue', venue, iri FROM papers WHERE venue IS NOT NULL
    UNION ALL SELECT 'topic', topic, paper FROM paper_topics
    UNION ALL
    SELECT 'organisation', unnest(organisations), paper FROM authorships WHERE paper IS NOT NULL
)
"""
RECKONED: dict[str, Reckoned] = {
    "measures": Reckoned(
        "a person, venue, topic or organisation, counted over its papers in the graph",
        {
            "kind": "person, venue, topic or organisation",
            "iri": "the entity",
            "papers": "how many papers it has in the graph",
            "first_year": "year of the first of them that is dated",
            "last_year": "year of the last",
            "citations": "how often papers of the graph cite them; NULL where it has no citations",
            "h_index": "the largest h such that h of them are cited h times each by papers of "
            "the graph; NULL where it has no citations. Lower than over all literature",
        },
        f"""
        WITH times AS (SELECT cited, count(*) AS n FROM citations GROUP BY cited),
        held AS ({HELD}),
        ranked AS (
            SELECT kind, entity, year, coalesce(n, 0) AS n,
                row_number() OVER (PARTITION BY kind, entity ORDER BY coalesce(n, 0) DESC) AS place
            FROM held LEFT JOIN papers ON papers.iri = paper LEFT JOIN times ON cited = paper
        )
        SELECT kind, entity AS iri, count(*) AS papers,
            min(year) AS first_year, max(year) AS last_year,
            CASE WHEN EXISTS (FROM citations) THEN sum(n)::BIGINT END AS citations,
            CASE WHEN EXISTS (FROM citations) THEN count(*) FILTER (n >= place) END AS h_index
        FROM ranked GROUP BY kind, entity ORDER BY kind, papers DESC, entity
        """,  # noqa: S608 - constants only
    ),
    "years": Reckoned(
        "a year, counted over the papers of the graph",
        {"year": "of publication; NULL for papers without one", "papers": "how many papers"},
        "SELECT year, count(*) AS papers FROM papers GROUP BY year ORDER BY year NULLS LAST",
    ),
    "coauthors": Reckoned(
        "two people who wrote papers together",
        {
            "person": "IRI of the one",
            "coauthor": "IRI of the other, which comes after it in the order of IRIs",
            "papers": "how many papers they share; those of more than 200 people do not count",
            "fractional": "the same, each paper of n people counted as 1 / (n - 1)",
            "first_year": "year of the first of them that is dated",
            "last_year": "year of the last",
        },
        """
        WITH sized AS (
            SELECT paper, person, count(*) OVER (PARTITION BY paper) AS size FROM paper_people
        )
        SELECT one.person, other.person AS coauthor, count(*) AS papers,
            round(sum(1.0 / (one.size - 1)), 4) AS fractional,
            min(year) AS first_year, max(year) AS last_year
        FROM sized AS one
        JOIN sized AS other ON one.paper = other.paper AND one.person < other.person
        LEFT JOIN papers ON papers.iri = one.paper
        WHERE one.size <= 200
        GROUP BY ALL ORDER BY papers DESC, 1, 2
        """,
    ),
}
"""Measures that SPARQL computes slowly; `DEFINITIONS` says what they are in SPARQL."""

TIMES = """{ SELECT ?%s (COUNT(*) AS ?%s) WHERE { ?citing cito:cites ?%s } GROUP BY ?%s }"""
DEFINITIONS = {
    "papers": """
SELECT ?entity (COUNT(DISTINCT ?paper) AS ?value) WHERE { ?paper TIE ?entity } GROUP BY ?entity""",
    "citations": """
SELECT ?entity (COUNT(*) AS ?value) WHERE { ?paper TIE ?entity . ?citing cito:cites ?paper }
GROUP BY ?entity""",
    "h_index": f"""
SELECT ?entity (MAX(?least) AS ?value) WHERE {{
  {{
    SELECT ?entity ?n (COUNT(DISTINCT ?other) AS ?asMuch) WHERE {{
      ?paper TIE ?entity {TIMES % ("paper", "n", "paper", "paper")}
      ?other TIE ?entity {TIMES % ("other", "m", "other", "other")}
      FILTER(?m >= ?n)
    }} GROUP BY ?entity ?n
  }}
  BIND(IF(?n < ?asMuch, ?n, ?asMuch) AS ?least)
}} GROUP BY ?entity""",
}
"""What the columns of ``measures`` are in SPARQL, where TIE is the property that leads from a paper
to the entity: ``dcterms:creator``, ``gb:venue`` or ``dcterms:subject``. Entities of which it counts
nothing have no row there and a 0 in the table."""
