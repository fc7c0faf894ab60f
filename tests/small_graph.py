"""A small graph folder of fabricated people and papers, made without the build."""

from pathlib import Path

import duckdb
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from graphbuild.store.folder import Build, GraphFolder, Input, commit, writing
from graphbuild.store.labels import Label, write_labels

BASE = "https://w3id.org/graphbuild/"
HEAD = """
@prefix : <https://w3id.org/graphbuild/id/> .
@prefix gb: <https://w3id.org/graphbuild/ontology#> .
@prefix fabio: <http://purl.org/spar/fabio/> .
@prefix frbr: <http://purl.org/vocab/frbr/core#> .
@prefix pro: <http://purl.org/spar/pro/> .
@prefix schema: <https://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sosa: <http://www.w3.org/ns/sosa/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ENTITIES = r"""
:record\/aaaa a gb:SourceRecord ; dcterms:identifier "page.txt" ;
  dcterms:title "Ada Example" ; dcterms:format "profile-page" ; gb:sha256 "aa" ; gb:capturedOn "2025-03-04"^^xsd:date .
:record\/aaaa-e01 a gb:SourceRecord ; gb:line 9 ; gb:textAsWritten "LGMar 2, 2021Code" ;
  dcterms:isPartOf :record\/aaaa .

:person\/ada a foaf:Person ; foaf:name "Ada Example" ; foaf:givenName "Ada" ;
  foaf:familyName "Example" ; gb:identityStatus gb:JoinedByEvidence ; skos:altLabel "A. Example" ;
  gb:possiblySame :person\/ada2 ; prov:wasDerivedFrom :record\/aaaa .
:person\/ada2 a foaf:Person ; foaf:name "Ada Example" ; gb:identityStatus gb:NameOnly ;
  gb:possiblySame :person\/ada .
:person\/ben a foaf:Person ; foaf:name "Ben Sample" ; gb:identityStatus gb:NameOnly .
:person\/cleo a foaf:Person ; foaf:name "Cleo <b>Bold</b>" ; gb:identityStatus gb:Identified .

:paper\/p1 a gb:Paper ; dcterms:title "GEARS: Gears & Wheels" ;
  frbr:realizationOf :work\/p1 ; dcterms:issued "2021-03-02"^^xsd:date ;
  dcterms:abstract "Wheels turn.\nGears turn \"wheels\"." ; gb:authorListStatus gb:Truncated ; gb:listedAuthorCount 2 ; gb:authorCountAtLeast 3 ;
  dcterms:creator :person\/ada, :person\/ben, :person\/cleo ;
  pro:isDocumentContextFor :authorship\/p1-1, :authorship\/p1-2, :authorship\/p1-3 ;
  dcterms:subject :topic\/arxiv:cs.LG ; gb:flaggedBySource true ; gb:introduces :method\/gears ;
  gb:hasCode :repo\/github.com:ada:gears ; gb:hasReleasedCode :repo\/github.com:ada:gears ;
  prov:wasDerivedFrom :record\/aaaa-e01 .
:work\/p1 a fabio:ScholarlyWork .
:authorship\/p1-1 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\/ben ;
  gb:ordinal 1 ; gb:nameAsWritten "Ben Sample" .
:authorship\/p1-2 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\/cleo ;
  gb:ordinal 2 ; gb:nameAsWritten "Cleo <b>Bold</b>" .
:authorship\/p1-3 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\/ada ;
  gb:ordinalAtLeast 3 ; gb:nameAsWritten "Ada Example" ; gb:authorshipEvidence gb:ProfileMembership .

:paper\/p2 a gb:Paper ; dcterms:title "Levers" ; dcterms:issued "2023"^^xsd:gYear ;
  gb:issuedMonthDay "--05-14"^^xsd:gMonthDay ; gb:issuedStatus gb:YearInferred ; gb:yearInferenceRule "the page leaves the current year out" ;
  gb:authorListStatus gb:Complete ; gb:authorCount 2 ; gb:listedAuthorCount 2 ;
  dcterms:creator :person\/ada, :person\/ben ;
  pro:isDocumentContextFor :authorship\/p2-1, :authorship\/p2-2 ;
  dcterms:subject :topic\/arxiv:cs.LG ;
  gb:hasCode :repo\/github.com:ada:gears ; gb:promisesCode :repo\/github.com:ada:gears .
:authorship\/p2-1 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\/ada ;
  gb:ordinal 1 ; gb:nameAsWritten "A. Example" .
:authorship\/p2-2 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\/ben ;
  gb:ordinal 2 ; gb:nameAsWritten "Ben Sample" .

:paper\/p3 a gb:Paper ; dcterms:title "Undated Pulleys" ; gb:issuedStatus gb:YearUnknown ;
  gb:issuedMonthDay "--01-05"^^xsd:gMonthDay ; gb:authorListStatus gb:Complete ; dcterms:creator :person\/ada2 ;
  pro:isDocumentContextFor :authorship\/p3-1 .
:authorship\/p3-1 a gb:Authorship ; pro:withRole pro:author ; pro:isHeldBy :person\/ada2 ;
  gb:ordinal 1 ; gb:nameAsWritten "Ada Example" .

:repo\/github.com:ada:gears a gb:CodeRepository ; schema:name "Ada/Gears" ;
  schema:codeRepository <https://github.com/ada/gears> ; gb:forge <https://github.com/> ; gb:possibleOwner :person\/ada .
:codelink\/p1-x a gb:CodeLink ; gb:linkPaper :paper\/p1 ;
  gb:linkRepository :repo\/github.com:ada:gears ; gb:stance gb:Released ; gb:linkContent gb:Code, gb:Data ;
  gb:isOfficial true ; gb:mentionedInPaper true ; gb:textAsWritten "Code and data are here." ; gb:urlAsWritten "https://github.com/Ada/Gears" .
:codelink\/p2-x a gb:CodeLink ; gb:linkPaper :paper\/p2 ;
  gb:linkRepository :repo\/github.com:ada:gears ; gb:stance gb:Promised ; gb:linkContent gb:Code ;
  gb:isOfficial true ; gb:mentionedInPaper true ; gb:textAsWritten "Code will come." ; gb:urlAsWritten "https://github.com/ada/gears" .

:method\/gears a gb:Method ; skos:prefLabel "GEARS" ; gb:inFamily :family\/gears ;
  gb:implementedIn :repo\/github.com:ada:gears .
:family\/gears a gb:MethodFamily ; skos:prefLabel "GEARS family" .
:topic\/arxiv:cs.LG a skos:Concept ; skos:prefLabel "Machine Learning"@en ; skos:notation "cs.LG" .
:profile\/ada a gb:Profile ; foaf:name "Ada Example" ; gb:listedPaperCount 3 ;
  gb:describes :person\/ada, :person\/ada2 ;
  gb:lists :paper\/p1, :paper\/p2, :paper\/p3 ;
  gb:possibleConflation "two groups of papers share no author" .
:observation\/ada-h-index a gb:MetricObservation ; sosa:hasFeatureOfInterest :profile\/ada ;
  sosa:observedProperty :metric\/h-index ; sosa:hasSimpleResult 7 ; gb:textAsWritten "h-index7" .
:metric\/h-index a gb:Metric ; skos:prefLabel "h-index"@en .
"""
LABELS = (
    ("person/ada", "foaf:Person", "Ada Example", "2 papers", 2),
    ("person/ada2", "foaf:Person", "Ada Example", "1 paper", 1),
    ("person/ben", "foaf:Person", "Ben Sample", "2 papers", 2),
    ("person/cleo", "foaf:Person", "Cleo <b>Bold</b>", "1 paper", 1),
    ("paper/p1", "gb:Paper", "GEARS: Gears & Wheels", "2021", 1),
    ("paper/p2", "gb:Paper", "Levers", "2023", 1),
    ("paper/p3", "gb:Paper", "Undated Pulleys", "", 1),
    ("repo/github.com:ada:gears", "gb:CodeRepository", "Ada/Gears", "2 papers", 2),
    ("method/gears", "gb:Method", "GEARS", "", 1),
    ("family/gears", "gb:MethodFamily", "GEARS family", "", 1),
    ("topic/arxiv:cs.LG", "skos:Concept", "cs.LG", "", 1),
    ("profile/ada", "gb:Profile", "Ada Example's page", "", 1),
)


def turtle(text: str) -> list[Triple]:
    """Return the triples of some Turtle in the prefixes of this module."""
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def literal(text: str) -> Triple:
    """Return a triple that gives a paper this title."""
    title = NamedNode("http://purl.org/dc/terms/title")
    return Triple(NamedNode(f"{BASE}id/paper/naughty"), title, Literal(text))


def small_graph(folder: Path, triples: list[Triple] | None = None) -> GraphFolder:
    """Make the graph folder; other triples may stand in for the usual ones."""
    triples = turtle(ENTITIES) if triples is None else triples
    with writing(folder) as fresh:
        (fresh / "triples").mkdir()
        _write_columns(triples, fresh / "triples" / "triples.parquet")
        _write_store(triples, fresh / "store")
        write_labels(fresh / "search.db", [Label(f"{BASE}id/{row[0]}", *row[1:]) for row in LABELS])
        build = Build(
            data=fresh.name,
            version="0.1.0",
            base=BASE,
            as_of="2025-03-04",
            inputs=(Input("page.txt", "profile-page", "aa", 1234),),
            counts={"triples": len(triples)},
            rejected=0,
            undecided=1,
            seconds={"read": 0.25, "load": 0.5},
        )
        return commit(folder, build)


def _write_columns(triples: list[Triple], path: Path) -> None:
    rows = [tuple(map(str, triple)) for triple in triples]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (s VARCHAR, p VARCHAR, o VARCHAR)")
        if rows:
            connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        order = "SELECT DISTINCT s, p, o FROM t ORDER BY s, p, o"
        connection.execute(f"COPY ({order}) TO '{path}' (FORMAT parquet)")


def _write_store(triples: list[Triple], path: Path) -> None:
    lines = "".join(f"{triple} .\n" for triple in triples)
    store = Store(str(path))
    store.bulk_load(lines, format=RdfFormat.N_TRIPLES)
    store.flush()
