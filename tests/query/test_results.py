import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from graphbuild.query import formats
from graphbuild.query.results import Layout, Terminal, write, write_answer
from graphbuild.query.run import Evaluation
from graphbuild.query.tables import shortener, text_table

XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = """SELECT ?name ?n ?iri { VALUES (?name ?n ?iri) {
  ("Ada" 7 <https://w3id.org/graphbuild/id/person/ada>)
  ("a|b\\n<b>c</b>\\u001b[2J" 12.5 foaf:Person)
  ("x"@en 1e3 UNDEF)
} } ORDER BY ?n"""
SHORT = shortener("https://w3id.org/graphbuild/")


@pytest.fixture
def written(graph):
    def run(text, format, **layout):
        sink = io.BytesIO()
        with Evaluation(graph, text, formats.transport(format, "select"), 20) as evaluation:
            write(evaluation, format, sink, Layout("A <title>", SHORT, **layout))
        return sink.getvalue().decode()

    return run


def test_a_table_is_aligned_numbers_to_the_right(written):
    assert written(VALUES, "table").splitlines() == [
        "name                    n  iri",
        "───────────────────  ────  ───────────",
        "Ada                     7  person/ada",
        "a|b <b>c</b>\\x1b[2J  12.5  foaf:Person",
        "x                    1000",
    ]


def test_a_table_is_cut_to_the_terminal_widest_column_first(written):
    text = 'SELECT ("abcdefghijklmnopqrstuvwxyz" AS ?long) (7 AS ?n) {}'
    assert written(text, "table", width=15).splitlines()[2] == "abcdefghijk…  7"


def test_wide_letters_are_counted_as_wide(written):
    text = 'SELECT ("日本" AS ?a) ("x" AS ?b) {}'
    assert written(text, "table").splitlines() == ["a     b", "────  ─", "日本  x"]


def test_headers_are_bold_only_in_colour(written):
    text = "SELECT (7 AS ?n) {}"
    assert written(text, "table", colour=True).startswith("\x1b[1mn\x1b[0m\n")
    assert "\x1b" not in written(text, "table")


def test_no_rows_leave_the_headers(written):
    assert written("SELECT ?a ?b { FILTER(false) }", "table") == "a  b\n─  ─\n"


@pytest.mark.parametrize(
    ("format", "expected"),
    [("table", "7\n"), ("csv", "7\r\n"), ("tsv", "7\n")],
)
def test_headers_can_be_left_out(written, format, expected):
    assert written("SELECT (7 AS ?n) {}", format, headers=False) == expected


def test_csv_holds_the_bare_values(written):
    rows = list(csv.reader(io.StringIO(written(VALUES, "csv"), newline="")))
    assert rows[0] == ["name", "n", "iri"]
    assert rows[2] == ["a|b\n<b>c</b>\x1b[2J", "12.5", "http://xmlns.com/foaf/0.1/Person"]
    assert rows[3][2] == ""


def test_tsv_holds_terms(written):
    line = written(VALUES, "tsv").splitlines()[1]
    assert line == '"Ada"\t7\t<https://w3id.org/graphbuild/id/person/ada>'


def test_json_is_an_array_of_plain_objects(written):
    assert json.loads(written(VALUES, "json")) == [
        {"name": "Ada", "n": 7, "iri": "https://w3id.org/graphbuild/id/person/ada"},
        {"name": "a|b\n<b>c</b>\x1b[2J", "n": 12.5, "iri": "http://xmlns.com/foaf/0.1/Person"},
        {"name": "x", "n": 1000.0, "iri": None},
    ]


def test_json_without_rows_is_an_empty_array(written):
    assert json.loads(written("SELECT ?a { FILTER(false) }", "json")) == []


def test_json_lines_are_one_object_each(written):
    lines = written(VALUES, "jsonl").splitlines()
    assert [json.loads(line)["n"] for line in lines] == [7, 12.5, 1000]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("true", True),
        ("1234567890.12345678901", "1234567890.12345678901"),
        (f'"INF"^^<{XSD}double>', "INF"),
        (f'"NaN"^^<{XSD}double>', "NaN"),
        (f'"2021"^^<{XSD}gYear>', "2021"),
        (f'"abc"^^<{XSD}integer>', "abc"),
        ("900719925474099300", 900719925474099300),
    ],
)
def test_json_says_only_what_is_exact(written, term, expected):
    text = written(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}", "jsonl")
    assert json.loads(text) == {"x": expected}


def test_markdown_is_escaped(written):
    assert written(VALUES, "md").splitlines() == [
        "| name | n | iri |",
        "| --- | --- | --- |",
        "| Ada | 7 | person/ada |",
        r"| a\|b \<b\>c\</b\>\\x1b\[2J | 12.5 | foaf:Person |",
        "| x | 1000 |  |",
    ]


def test_an_html_page_is_escaped_and_links_only_the_web(written):
    page = written(VALUES, "html")
    assert "<title>A &lt;title&gt;</title>" in page
    assert "<td>a|b &lt;b&gt;c&lt;/b&gt;\\x1b[2J</td>" in page
    assert '<a href="https://w3id.org/graphbuild/id/person/ada">person/ada</a>' in page
    assert "<script" not in page
    hostile = written("SELECT (<javascript:alert(1)> AS ?x) {}", "html")
    assert "<a " not in hostile


def test_sparql_json_and_xml_are_those_of_the_standard(written):
    parsed = json.loads(written(VALUES, "srj"))
    assert parsed["head"]["vars"] == ["name", "n", "iri"]
    text = "SELECT (7 AS ?n) {}"
    root = ET.fromstring(written(text, "srx"))  # noqa: S314 - our own output
    assert root.tag == "{http://www.w3.org/2005/sparql-results#}sparql"


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "table", "md", "html", "srj"])
def test_a_terminal_gets_no_control_characters(written, format):
    assert "\x1b" not in written(VALUES, format, terminal=True)


def test_a_character_cut_in_two_reaches_the_terminal_whole():
    sink = io.BytesIO()
    terminal = Terminal(sink)
    for byte in "é\r\n\x1b".encode():
        terminal.write(bytes([byte]))
    assert sink.getvalue().decode() == "é\n\\x1b"


def test_turtle_uses_the_prefixes_in_order(graph):
    sink = io.BytesIO()
    with Evaluation(graph, "CONSTRUCT { ?p a gb:Paper } { ?p a gb:Paper }", "ttl") as evaluation:
        write(evaluation, "ttl", sink, Layout("x", SHORT))
    lines = sink.getvalue().decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert lines[-1].endswith(" a gb:Paper .")


@pytest.mark.parametrize(
    ("format", "expected"),
    [("text", b"true\n"), ("json", b"true\n"), ("srj", b'"boolean":true}\n')],
)
def test_the_answer_of_ask_is_written_and_returned(graph, format, expected):
    sink = io.BytesIO()
    with Evaluation(graph, "ASK {}", formats.transport(format, "ask")) as evaluation:
        assert write_answer(evaluation, format, sink) is True
    assert sink.getvalue().endswith(expected)


def test_the_answer_of_ask_can_be_xml(graph):
    sink = io.BytesIO()
    with Evaluation(graph, "ASK { FILTER(false) }", "srx") as evaluation:
        assert write_answer(evaluation, "srx", sink) is False
    assert b"<boolean>false</boolean>" in sink.getvalue()


def test_long_results_pass_through_whole(wide_graph):
    sink = io.BytesIO()
    with Evaluation(wide_graph, "SELECT ?a ?b ?c { ?a ?b ?c }", "csv", 60) as evaluation:
        write(evaluation, "csv", sink, Layout("x", SHORT))
    assert sink.getvalue().count(b"\n") == 20_001


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/graphbuild/id/repo/github.com:a:b", "repo/github.com:a:b"),
        ("https://w3id.org/graphbuild/ontology#Paper", "gb:Paper"),
        ("https://schema.org/name", "schema:name"),
        ("https://schema.org/a/b", "https://schema.org/a/b"),
        ("https://schema.org/", "https://schema.org/"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_iris_are_shortened_only_where_that_is_clear(iri, short):
    assert SHORT(iri) == short


def test_many_columns_share_a_narrow_terminal():
    columns = tuple(f"column{number}" for number in range(10))
    lines = list(text_table(columns, [], SHORT, 40))
    assert lines[0].split() == [f"{name[:5]}…" for name in columns]


@pytest.mark.parametrize(
    ("suffix", "form", "name"),
    [
        (".csv", "select", "csv"),
        (".TSV", "select", "tsv"),
        (".txt", "select", "table"),
        (".txt", "ask", "text"),
        (".json", "ask", "json"),
        (".ttl", "construct", "ttl"),
        (".csv", "construct", None),
        (".foo", "select", None),
        ("", "select", None),
    ],
)
def test_the_end_of_a_file_name_means_a_format(suffix, form, name):
    assert formats.named_by(suffix, form) == name


def test_json_ld_brings_the_part_of_the_context_that_it_uses(graph):
    sink = io.BytesIO()
    with Evaluation(graph, "CONSTRUCT { ?p foaf:name ?n } { ?p foaf:name ?n }", "nt") as evaluation:
        write(evaluation, "jsonld", sink, Layout("x", SHORT))
    document = json.loads(sink.getvalue())
    assert document["@context"]["name"] == "foaf:name"
    assert document["@context"]["id"] == "@id"
    assert "title" not in document["@context"]
    people = [node["name"] for node in document["@graph"] if "/person/" in node["id"]]
    assert people == ["Ada Example", "Ada Example", "Ben Sample", "Cleo <b>Bold</b>"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # in rdflib's reader
def test_json_ld_is_the_graph_for_another_reader(graph):
    rdflib = pytest.importorskip("rdflib")
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    written = {}
    for format in ("nt", "jsonld"):
        sink = io.BytesIO()
        with Evaluation(graph, text, "nt") as evaluation:
            write(evaluation, format, sink, Layout("x", SHORT))
        syntax = {"nt": "nt", "jsonld": "json-ld"}[format]
        written[format] = set(rdflib.Graph().parse(data=sink.getvalue(), format=syntax))
    assert written["nt"] == written["jsonld"]
