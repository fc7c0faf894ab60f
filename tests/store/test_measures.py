"""What a build counts is what the canned queries define, and what can be counted by hand."""

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graphbuild.api import Graph
from graphbuild.build import Options, build
from graphbuild.errors import QueryError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.catalogue import load
from graphbuild.query.solutions import select
from graphbuild.query.values import bound
from graphbuild.store.measures import LEADERS, MEASURINGS, numbers, of_lines

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ALL = ("profile-page.txt", "library.jsonl", "citations.jsonl")
KEPT = """
SELECT ?entity ?partner ?year ?value {
  ?measuring a gb:Measuring ; sosa:usedProcedure <https://w3id.org/graphbuild/id/query/measure-%s> .
  ?measure gb:measuredIn ?measuring ; sosa:hasSimpleResult ?value
  OPTIONAL { ?measure gb:ofYear ?year }
  OPTIONAL { ?measure sosa:hasFeatureOfInterest ?entity }
  OPTIONAL { ?measure sosa:hasFeatureOfInterest ?partner FILTER(STR(?partner) > STR(?entity)) }
}
"""


def made(folder, *, files=ALL, **options):
    inputs = tuple(str(EXAMPLES / name) for name in files)
    return build(Options(inputs, folder / "graph", jobs=1, **options)).graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return made(tmp_path_factory.mktemp("measures"), as_of=date(2026, 11, 23))


def values(rows):
    return [tuple(None if term is None else term.value for term in row) for row in rows]


@pytest.mark.parametrize("measuring", MEASURINGS, ids=lambda each: each.key)
def test_kept_numbers_are_those_of_the_query_that_defines_them(graph, measuring):
    query = load(f"measure-{measuring.key}")
    defined = set(values(select(graph, query.text).rows))
    kept = set()
    for entity, partner, year, value in values(select(graph, KEPT % measuring.key).rows):
        if partner is not None:
            kept.add((entity, partner, value))
        elif not measuring.key.startswith("pair"):
            kept.add((year or entity, value))
    assert kept == defined
    assert defined
    assert min(int(row[-1]) for row in kept) >= measuring.least


def lines(tmp_path, text):
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    file = tmp_path / "lines.nt"
    triples = parse(f"{head}@prefix : <http://e/> .\n{text}", format=RdfFormat.TURTLE)
    file.write_text("".join(f"{quad.triple} .\n" for quad in triples), encoding="utf-8")
    return of_lines([file])


def counted(tmp_path, text):
    """Return what is counted, by measuring: entity, partner and number, without IRIs' beginnings."""
    found = {}
    for measuring, (entity, partner, value, _) in numbers(lines(tmp_path, text), tmp_path):
        short = tuple(each.removeprefix("<http://e/").rstrip(">") for each in (entity, partner))
        found.setdefault(measuring.key, {})[" ".join(short).strip()] = value
    return found


CITED = """
:a a gb:Paper ; dcterms:creator :ada, :ben ; gb:venue :v ; dcterms:issued "2001-05"^^xsd:gYearMonth ;
  dcterms:subject :t ; pro:isDocumentContextFor :a1, :a2 ; gb:associatedOrganization :acme .
:a1 pro:relatesToOrganization :uni . :a2 pro:relatesToOrganization :uni, :acme .
:b a gb:Paper ; dcterms:creator :ada, :ben ; gb:venue :v ; dcterms:issued "2001"^^xsd:gYear .
:c a gb:Paper ; dcterms:creator :ada, :ben ; cito:cites :a, :b .
:d a gb:ResearchData ; dcterms:creator :ben ; dcterms:subject :t ; cito:cites :a, :b, :c .
"""


def test_numbers_can_be_counted_by_hand(tmp_path):
    # a and b are cited by c and d, c by d. The data d are cited by nothing and are no paper.
    assert counted(tmp_path, CITED) == {
        "person-paper-count": {"ada": 3, "ben": 3},
        "person-citation-count": {"ada": 5, "ben": 5},
        "person-h-index": {"ada": 2, "ben": 2},
        "venue-paper-count": {"v": 2},
        "venue-citation-count": {"v": 4},
        "venue-h-index": {"v": 2},
        "topic-paper-count": {"t": 1},
        "topic-citation-count": {"t": 2},
        "topic-h-index": {"t": 1},
        "organisation-paper-count": {"acme": 1, "uni": 1},
        "organisation-citation-count": {"acme": 2, "uni": 2},
        "organisation-h-index": {"acme": 1, "uni": 1},
        "year-paper-count": {"2001": 2},
        "year-citation-count": {"2001": 4},
        "pair-shared-paper-count": {"ada ben": 3},
    }


def test_without_citations_nothing_is_said_of_them(tmp_path):
    text = ":a a gb:Paper ; dcterms:creator :ada . :b a gb:Paper ; dcterms:creator :ada ."
    assert counted(tmp_path, text) == {"person-paper-count": {"ada": 2}}


def test_a_paper_of_very_many_authors_ties_nobody(tmp_path):
    many = ", ".join(f":p{number}" for number in range(201))
    text = f":a a gb:Paper ; dcterms:creator {many} . :b a gb:Paper ; dcterms:creator {many} ."
    assert list(counted(tmp_path, text)) == ["person-paper-count"]


def test_only_the_largest_numbers_lead_and_ties_are_broken_by_iri(tmp_path):
    topics = ", ".join(f":t{number:04}" for number in range(LEADERS + 1))
    text = f":a a gb:Paper ; dcterms:subject {topics} . :b a gb:Paper ; dcterms:subject :t{LEADERS:04} ."
    found = [number for _, number in numbers(lines(tmp_path, text), tmp_path)]
    leading = [each.entity for each in found if each.leads]
    assert len(leading) == LEADERS
    assert leading[0] == f"<http://e/t{LEADERS:04}>"
    assert f"<http://e/t{LEADERS - 1:04}>" not in leading


def test_ranking_is_led_by_the_largest(graph):
    rows = values(select(graph, _ranking(graph, "person", "citation-count")).rows)
    numbers_ = [int(row[0]) for row in rows]
    assert numbers_ == sorted(numbers_, reverse=True)
    assert {row[2] for row in rows} == {"2026-11-23T00:00:00Z"}
    assert {row[4] for row in rows} == {"measure-person-citation-count"}


def _ranking(graph, kind, metric):
    return bound(load("ranking"), {"kind": [kind], "metric": [metric]}, lambda name, _: name)


def test_day_of_the_data_is_not_guessed(tmp_path):
    plain = made(tmp_path, files=("citations.jsonl",))
    text = "SELECT ?when { ?m a gb:Measuring OPTIONAL { ?m sosa:resultTime ?when } }"
    assert {row[0] for row in select(plain, text).rows} == {None}


def test_a_build_without_measures_has_none_and_the_next_one_remembers(tmp_path):
    first = made(tmp_path, files=("citations.jsonl",), measures=False)
    assert "measures" not in first.build.counts
    assert select(first, "SELECT ?m { ?m a gb:Measure }").rows == []
    assert "measures = false" in (first.path / "graph.toml").read_text(encoding="utf-8")
    with pytest.raises(QueryError, match=r"^ranking needs the numbers that a build counts, and "):
        Graph(first).query("ranking")
