"""Flat tables, on a graph whose numbers can be worked out by hand."""

import csv
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from graphbuild.cli import main
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.store.flat import NAMES, columns_of, flat
from graphbuild.store.flat_tables import DEFINITIONS
from tests.small_graph import BASE, small_graph, turtle

ID = f"{BASE}id/"
CITED = """
:person\\/ada a foaf:Person ; foaf:name "Ada \\"the first\\" Example" ; foaf:familyName "Example" ;
  skos:altLabel "A. Example", "A\\\\da" .
:person\\/ben a foaf:Person ; foaf:name "Ben" .
:venue\\/v a gb:Venue ; dcterms:title "Loom Letters" .
:org\\/u a foaf:Organization ; foaf:name "Loom University" .
:topic\\/t a skos:Concept ; skos:prefLabel "Webstuhl"@de, "loom"@en .
:paper\\/a a gb:Paper ; dcterms:creator :person\\/ada, :person\\/ben ; gb:venue :venue\\/v ;
  dcterms:title "On Looms" ; dcterms:issued "2001-05"^^xsd:gYearMonth ; dcterms:subject :topic\\/t ;
  pro:isDocumentContextFor :authorship\\/a-1 .
:authorship\\/a-1 a gb:Authorship ; pro:isHeldBy :person\\/ada ; gb:ordinal 1 ;
  pro:relatesToOrganization :org\\/u ; gb:isCorresponding true .
:paper\\/b a gb:Paper ; dcterms:creator :person\\/ada ; gb:venue :venue\\/v .
:paper\\/c a gb:Paper ; dcterms:creator :person\\/ada ; dcterms:issued "2003"^^xsd:gYear ;
  <http://purl.org/spar/cito/cites> :paper\\/a, :paper\\/b .
:paper\\/d a gb:Paper ; dcterms:creator :person\\/ben ; gb:retracted true ;
  <http://purl.org/spar/cito/cites> :paper\\/a, :paper\\/b, :paper\\/c .
:paper\\/e a gb:Paper ; <http://purl.org/spar/cito/cites> :paper\\/a .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("flat") / "graph", turtle(CITED))


@pytest.fixture
def tables(graph):
    with flat(graph) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_values_are_text_without_signs_and_lists_are_whole(tables):
    [ada] = tables(
        f"SELECT name, family, given, other_names FROM people WHERE iri = '{ID}person/ada'"
    )
    assert ada == ('Ada "the first" Example', "Example", None, ["A. Example", "A\\da"])
    assert tables("SELECT label FROM topics") == [("loom",)]


def test_dates_have_a_year_and_the_precision_that_is_known(tables):
    assert tables("SELECT right(iri, 1), year, issued, retracted FROM papers ORDER BY 1") == [
        ("a", 2001, "2001-05", None),
        ("b", None, None, None),
        ("c", 2003, "2003", None),
        ("d", None, None, True),
        ("e", None, None, None),
    ]


def test_authorship_names_paper_person_and_organisations(tables):
    asked = "SELECT paper, person, position, corresponding, organisations FROM authorships"
    assert tables(asked) == [
        (f"{ID}paper/a", f"{ID}person/ada", 1, True, [f"{ID}org/u"]),
    ]


def test_pairs(tables):
    assert len(tables("FROM citations")) == 6
    assert tables("FROM paper_topics") == [(f"{ID}paper/a", f"{ID}topic/t")]


def test_measures(tables):
    # a is cited by c, d and e; b by c and d; c by d.
    asked = "SELECT right(iri, 3), papers, first_year, last_year, citations, h_index FROM measures"
    assert sorted(tables(asked)) == [
        ("ada", 3, 2001, 2003, 6, 2),
        ("ben", 2, 2001, 2001, 3, 1),
        ("c/t", 1, 2001, 2001, 3, 1),
        ("e/v", 2, 2001, 2001, 5, 2),
        ("g/u", 1, 2001, 2001, 3, 1),
    ]
    assert tables("FROM years") == [(2001, 1), (2003, 1), (None, 3)]
    assert tables("FROM coauthors") == [(f"{ID}person/ada", f"{ID}person/ben", 1, 1.0, 2001, 2001)]


@pytest.mark.parametrize("measure", DEFINITIONS)
@pytest.mark.parametrize(
    ("kind", "tie"),
    [("person", "dcterms:creator"), ("venue", "gb:venue"), ("topic", "dcterms:subject")],
)
def test_measures_are_what_their_sparql_says(graph, tables, measure, kind, tie):
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    store = Store.read_only(str(graph.store))
    answer = store.query(prefixes + DEFINITIONS[measure].replace("TIE", tie))
    defined = {row["entity"].value: int(row["value"].value) for row in answer}
    found = dict(tables(f"SELECT iri, {measure} FROM measures WHERE kind = '{kind}'"))
    assert {iri: value for iri, value in found.items() if value} == defined
    assert defined


def test_graph_without_citations_has_no_counts_of_them(tmp_path):
    text = ":paper\\/a a gb:Paper ; dcterms:creator :person\\/ada ."
    with flat(small_graph(tmp_path / "graph", turtle(text))) as connection:
        [row] = connection.execute("SELECT papers, citations, h_index FROM measures").fetchall()
    assert row == (1, None, None)


def test_all_columns_are_said_and_there(tables):
    for name in NAMES:
        there = [row[0] for row in tables(f"DESCRIBE {name}")]
        assert there == [column for column, _ in columns_of(name)]
        assert all(doc for _, doc in columns_of(name))


def test_documentation_names_every_table_and_column(graph):
    text = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
    for name in NAMES:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}`"))
        for column, _ in columns_of(name):
            assert f"`{column}`" in row, (name, column)


def test_command_lists_and_writes(graph, tmp_path):
    run = CliRunner()
    listed = run.invoke(main, ["tables", str(graph.path)])
    assert "people                    2  a person" in listed.stdout
    said = run.invoke(main, ["tables", str(graph.path), "--columns", "measures"])
    assert "h_index" in said.stdout
    wrong = run.invoke(main, ["tables", str(graph.path), "--only", "loom"])
    assert (wrong.exit_code, "coauthors" in wrong.stderr) == (2, True)
    done = run.invoke(main, ["tables", str(graph.path), "--to", str(tmp_path), "--as", "csv"])
    assert done.exit_code == 0
    assert {path.stem for path in tmp_path.iterdir()} == set(NAMES)
    rows = list(csv.DictReader((tmp_path / "people.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0]["other_names"] == "A. Example; A\\da"


def test_files_are_read_by_data_frames(graph, tmp_path):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    only = ["--only", "measures", "--only", "people"]
    CliRunner().invoke(main, ["tables", str(graph.path), "--to", str(tmp_path), *only])
    measures = pandas.read_parquet(tmp_path / "measures.parquet")
    people = pandas.read_parquet(tmp_path / "people.parquet")
    ranked = measures.merge(people, on="iri").sort_values("h_index", ascending=False)
    assert ranked["name"].tolist() == ['Ada "the first" Example', "Ben"]
    assert polars.read_parquet(tmp_path / "people.parquet").height == 2
    sql = f"SELECT max(h_index) FROM '{tmp_path}/measures.parquet'"
    assert duckdb.sql(sql).fetchall() == [(2,)]
