import json

import pytest
from click.testing import CliRunner
from pyarrow import feather, parquet

from graphbuild.cli import main
from tests.small_graph import BASE, small_graph

PEOPLE = "SELECT ?p ?c { ?p a foaf:Person ; a ?c ; foaf:name ?n } ORDER BY ?n ?p"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("columns") / "graph")


def run(graph, *arguments):
    return CliRunner().invoke(main, ["query", *arguments, "--graph", str(graph.path)])


def test_labels_stand_beside_the_iris_that_have_one(graph):
    found = run(graph, PEOPLE, "--labels", "--limit", "1")
    iri = "http://xmlns.com/foaf/0.1/Person"
    assert found.stdout.splitlines() == ["p,pLabel,c", f"{BASE}id/person/ada,Ada Example,{iri}"]


def test_curies_stand_for_iris_of_the_vocabulary(graph):
    found = run(graph, PEOPLE, "--curies", "--limit", "1", "--no-headers")
    assert found.stdout == f"{BASE}id/person/ada,foaf:Person\n"
    found = run(graph, PEOPLE, "--curies", "--labels", "--limit", "1", "--format", "json")
    [row] = json.loads(found.stdout)
    assert (row["pLabel"], row["c"]) == ("Ada Example", "foaf:Person")


def test_tsv_of_changed_rows_has_terms(graph):
    found = run(graph, PEOPLE, "--labels", "--limit", "1", "--format", "tsv")
    assert found.stdout.splitlines()[0] == "?p\t?pLabel\t?c"
    assert found.stdout.splitlines()[1].startswith(f'<{BASE}id/person/ada>\t"Ada Example"\t<http')


def test_csv_of_changed_rows_is_quoted_as_csv(graph):
    text = 'SELECT ("a,\\"b\\"\\nc" AS ?x) {}'
    plain, changed = run(graph, text), run(graph, text, "--labels")
    assert changed.stdout.splitlines() == plain.stdout.splitlines()


def test_record_view_has_a_line_for_each_column(graph):
    found = run(graph, PEOPLE, "--wide", "--limit", "2")
    assert found.stdout.splitlines() == [
        "p  person/ada", "c  foaf:Person", "", "p  person/ada2", "c  foaf:Person",
    ]  # fmt: skip


def test_raw_is_the_first_value_alone(graph):
    assert run(graph, "SELECT (COUNT(*) AS ?n) { ?s a gb:Paper }", "--raw").stdout == "3\n"
    assert run(graph, "SELECT ?s { ?s a gb:Nothing }", "--raw").stdout == ""


def test_parquet_and_arrow_have_types(graph, tmp_path):
    text = "SELECT ?n (COUNT(?w) AS ?papers) { ?w dcterms:creator/foaf:name ?n } GROUP BY ?n ORDER BY ?n"
    for name, read in (("x.parquet", parquet.read_table), ("x.arrow", feather.read_table)):
        assert run(graph, text, "--output", str(tmp_path / name)).exit_code == 0
        table = read(tmp_path / name)
        assert table.column_names == ["n", "papers"]
        assert table.column("papers").to_pylist() == [3, 2, 1]


def test_formats_that_the_engine_writes_take_no_labels(graph):
    found = run(graph, PEOPLE, "--labels", "--format", "srj")
    assert found.exit_code == 2
    assert "srj takes no --labels" in found.stderr
