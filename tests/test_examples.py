"""The shipped examples show what the real pages show; all numbers are counted by hand."""

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store

from graphbuild.build import Options, build
from graphbuild.mapping.vocabulary import PREFIXES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    return built(tmp_path_factory.mktemp("example"), "profile-page.txt", date(2026, 11, 23))


@pytest.fixture(scope="module")
def quiet(tmp_path_factory) -> Store:
    return built(tmp_path_factory.mktemp("quiet"), "quiet-page.txt", None)


def built(folder: Path, name: str, as_of: date | None) -> Store:
    graph = build(Options((str(EXAMPLES / name),), folder / "g", as_of=as_of)).graph
    return Store.read_only(str(graph.store))


def values(store: Store, query: str) -> list[str]:
    return [row[0].value for row in store.query(query, prefixes=PREFIXES)]


def count(store: Store, pattern: str) -> int:
    return int(values(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0])


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("?x a gb:Paper", 14),
        ("?a gb:nameAsWritten ?x . ?a a gb:Authorship", 11),
        ("?x a gb:Authorship ; gb:ordinal ?o", 40),
        ("?x gb:ordinalAtLeast 4 ; gb:authorshipEvidence gb:ProfileMembership", 4),
        ("?x gb:authorListStatus gb:Truncated", 10),
        ("?x gb:authorListStatus gb:Complete ; gb:authorCount 2", 2),
        ("?x gb:issuedStatus gb:YearInferred ; gb:yearInferenceRule ?rule", 3),
        ("?x gb:flaggedBySource true", 7),
        ("?x a gb:CodeRepository", 4),
        ("?x gb:hasCode/schema:codeRepository <https://github.com/tokafor/slim>", 3),
        ("?x gb:projectPage <https://northlab.github.io/SELVA/>", 1),
        ("?x gb:promisesCode ?r", 1),
        ("?x gb:hasData ?r ; gb:hasCode ?r", 1),
        ("?x gb:affiliationAsWritten 'northlab'", 2),
        ("?p a gb:Paper ; dcterms:subject ?x", 7),
        ("?a gb:assignmentTopic/skos:broader ?x", 4),
        ("?x a gb:MetricObservation ; sosa:resultTime ?t", 5),
        ("?x a gb:Paper ; gb:abstractAsWritten ?raw", 4),
        ("?x a foaf:Person ; foaf:name 'Mira Lindqvist'", 3),
        ("?x a gb:Profile ; gb:possibleConflation ?words ; gb:listedPaperCount 14", 1),
    ],
)
def test_example_shows_what_real_pages_show(store, pattern, number):
    assert count(store, pattern) == number


def test_no_single_person_holds_the_whole_page(store):
    query = """SELECT (COUNT(?p) AS ?n) WHERE {
        ?p dcterms:creator ?x . ?x foaf:name "Mira Lindqvist" } GROUP BY ?x ORDER BY DESC(?n)"""
    assert values(store, query) == ["11", "2", "1"]


def test_versions_of_a_method_follow_one_another(store):
    query = """SELECT (CONCAT(?new, " < ", ?old) AS ?step) WHERE {
        ?m gb:succeeds ?o . ?m skos:prefLabel ?new . ?o skos:prefLabel ?old } ORDER BY ?step"""
    assert values(store, query) == ["SLIMv2 < SLIM", "SLIMv3 < SLIMv2"]


def test_datasets_are_told_from_methods(store):
    query = "SELECT ?n WHERE { ?d a schema:Dataset ; skos:prefLabel ?n } ORDER BY ?n"
    assert values(store, query) == ["FiberInstruct", "LoomBench", "Madder-Bench"]


def test_tex_becomes_readable_text(store):
    [text] = values(
        store, "SELECT ?t { ?p gb:introduces/skos:prefLabel 'SLIMv2' ; dcterms:abstract ?t }"
    )
    assert "It runs 3× faster than its predecessor and loses only 0.4% accuracy." in text  # fmt: skip


def test_quiet_page_keeps_archives_and_claims_nothing_more(quiet):
    topics = "SELECT ?n WHERE { ?p dcterms:subject/skos:notation ?n . ?p a gb:Paper } ORDER BY ?n"
    assert values(quiet, topics) == ["hep-th", "math-ph", "quant-ph", "stat.ME"]
    assert count(quiet, "?x a gb:Paper ; gb:authorListStatus gb:Complete ; gb:authorCount 1") == 4
    assert count(quiet, "?x gb:issuedStatus gb:YearUnknown") == 1
    assert count(quiet, "?x a gb:Paper . FILTER EXISTS { ?x dcterms:abstract ?text }") == 0
    assert count(quiet, "?x a gb:CodeLink") == 0


def test_papers_without_any_coauthor_leave_open_who_wrote_them(quiet):
    assert count(quiet, "?x a foaf:Person ; gb:identityStatus gb:NameOnly") == 4
    assert count(quiet, "?x gb:possiblySame ?other") == 4
    assert count(quiet, "?x gb:possibleConflation ?why") == 0
