import json

import pytest
from rdflib import RDF, SH, Graph

from graphbuild.errors import InputError, ShapesError
from graphbuild.validate import validate
from graphbuild.validate.data import load_rdf
from graphbuild.validate.report import Report, Result, as_json, as_text, as_turtle
from graphbuild.validate.shapes import load_shapes

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://kg.example.org/> .
:Book a sh:NodeShape ; sh:targetClass :Book ;
  sh:property [ sh:path :title ; sh:minCount 1 ; sh:message "Give it a title." ] ;
  sh:property [ sh:path ( :author [ sh:inversePath :knows ] ) ; sh:maxCount 0 ; sh:severity sh:Warning ;
    sh:message "Known author." ] .
:Map a sh:NodeShape ; sh:targetClass :Map ; sh:property [ sh:path :scale ; sh:minCount 1 ] .
"""
DATA = """
@prefix : <https://kg.example.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix gb: <https://w3id.org/graphbuild/ontology#> .
:b1 a :Book ; :author :ada ; prov:wasDerivedFrom :entry .
:b2 a :Book ; :title "x" .
:bo :knows :ada .
:entry dcterms:isPartOf :page ; gb:line 7 .
:page dcterms:identifier "page.txt" .
"""


@pytest.fixture
def shapes(tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, encoding="utf-8")
    return load_shapes([path])


@pytest.fixture
def report(shapes) -> Report:
    return validate(Graph().parse(data=DATA, format="turtle"), shapes)


def test_results_say_what_where_and_from_which_record(report):
    violation, warning = report.results
    assert violation.severity == "Violation"
    assert violation.shape == "Book"
    assert violation.message == "Give it a title."
    assert violation.focus == "<https://kg.example.org/b1>"
    assert violation.path == "<https://kg.example.org/title>"
    assert violation.source == "page.txt line 7"
    assert violation.component == str(SH.MinCountConstraintComponent)
    assert warning.severity == "Warning"
    assert warning.path == "(<https://kg.example.org/author>/^<https://kg.example.org/knows>)"


def test_shape_without_data_is_reported(report):
    assert report.unused == ("Map",)
    assert "no data for these shapes: Map" in as_text(report)


def test_warnings_fail_only_a_strict_check():
    warned = Report((Result("Warning", "S", "m", "<urn:a>", "", "", "urn:c"),))
    noted = Report((Result("Info", "S", "m", "<urn:a>", "", "", "urn:c"),))
    assert (warned.conforms(), warned.conforms(strict=True)) == (True, False)
    assert noted.conforms(strict=True)


def test_text_ends_with_one_clear_line(report):
    assert as_text(report).endswith("does not conform: 1 violation, 1 warning, 0 notes\n")
    assert as_text(Report(())) == "conforms: 0 violations, 0 warnings, 0 notes\n"


def test_text_shows_examples_first_and_all_on_demand():
    many = tuple(Result("Info", "S", "m", f"<urn:{n}>", "", "", "urn:c") for n in range(5))
    assert "and 3 more (--all lists them)" in as_text(Report(many))
    assert "<urn:4>" in as_text(Report(many), everything=True)


def test_terminal_escapes_in_data_are_not_obeyed():
    result = Result("Violation", "S", "m", "<urn:a>", "", '"\x1b[2J"', "urn:c")
    assert "\x1b" not in as_text(Report((result,)))


def test_json_holds_everything(report):
    whole = json.loads(as_json(report))
    assert whole["conforms"] is False
    assert whole["counts"] == {"Violation": 1, "Warning": 1, "Info": 0}
    assert whole["results"][0]["message"] == "Give it a title."


def test_turtle_is_a_validation_report(report):
    graph = Graph().parse(data=as_turtle(report), format="turtle")
    [node] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms).toPython() is False
    assert len(list(graph.objects(node, SH.result))) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a> <b> <c> .", "holds no SHACL shape"),
        ("<a> <b> ", "not Turtle: Parser error at line 1"),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <s> a sh:NodeShape ; sh:minCout 1 .",
            r"SHACL has no sh:minCout, so it would check nothing; did you mean sh:minCount\?",
        ),
    ],
)
def test_file_that_is_no_shapes_graph_is_refused(tmp_path, text, reason):
    path = tmp_path / "s.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ShapesError, match=reason):
        load_shapes([path])


def test_shapes_that_the_engine_cannot_use_are_refused(tmp_path):
    path = tmp_path / "s.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <s> a sh:NodeShape ; sh:targetNode <n> ; sh:property [ sh:minCount 1 ] .",
        encoding="utf-8",
    )
    with pytest.raises(ShapesError, match="the shapes cannot be used: "):
        validate(Graph(), load_shapes([path]))


def test_missing_shapes_and_empty_folders_are_named(tmp_path):
    with pytest.raises(ShapesError, match=r"nowhere\.ttl: no such file"):
        load_shapes([tmp_path / "nowhere.ttl"])
    with pytest.raises(ShapesError, match="holds no RDF files"):
        load_shapes([tmp_path])


def test_folder_of_shapes_is_read_whole(tmp_path):
    (tmp_path / "one.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "two.ttl").write_text(SHAPES.replace(":Map", ":Chart"), encoding="utf-8")
    assert len(load_shapes([tmp_path]).names) == 2


def test_file_of_no_rdf_format_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="says no RDF format"):
        load_rdf(path)


def test_named_graphs_are_read_too(tmp_path):
    path = tmp_path / "d.nq"
    path.write_text(
        "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:d> .\n", encoding="utf-8"
    )
    assert len(load_rdf(path)) == 2
