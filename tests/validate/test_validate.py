import json
from unittest.mock import patch

import pytest
from rdflib import RDF, SH, Graph, URIRef

from graphbuild.errors import InputError, ShapesError
from graphbuild.validate import ENGINES, validate
from graphbuild.validate.data import held, read_rdf, turtle_rows
from graphbuild.validate.paths import path_text
from graphbuild.validate.reference import PreparedGraph
from graphbuild.validate.report import Report, Result, report_of
from graphbuild.validate.reports import WRITERS
from graphbuild.validate.reports.words import Manner
from graphbuild.validate.shapes import Shapes, load_shapes

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
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix gb: <https://w3id.org/graphbuild/ontology#> .
:b1 a :Book ; :author :ada ; prov:wasDerivedFrom :entry .
:b2 a :Book ; :title "x" .
:bo :knows :ada .
:entry dcterms:isPartOf :page ; gb:line 7 .
:page dcterms:identifier "page.txt" .
"""


def told(report: Report, form: str = "text", **manner) -> str:
    return "".join(WRITERS[form](report, Manner(**manner)))


def found(data: str, shapes: Shapes, engine: str = "columnar") -> Report:
    """Return a report that outlives its data graph."""
    with held(turtle_rows(data)) as connection:
        report = validate(connection, shapes, engine)
        return report_of(report.results, report.unused)


HEAD = SHAPES[: SHAPES.index(":Book a")]


def shapes_of(tmp_path, text: str) -> Shapes:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + text.removeprefix(HEAD), encoding="utf-8")
    return load_shapes([path])


@pytest.fixture
def shapes(tmp_path):
    return shapes_of(tmp_path, SHAPES)


@pytest.fixture(params=ENGINES)
def engine(request) -> str:
    return request.param


@pytest.fixture
def report(shapes, engine) -> Report:
    return found(DATA, shapes, engine)


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
    assert "no data for these shapes: Map" in told(report)


@pytest.mark.parametrize(
    ("target", "unused"),
    [
        ("sh:targetClass :Book", ()),
        ("sh:targetClass :Work", ()),
        ("sh:targetClass :Atlas", ("S",)),
        ("sh:targetSubjectsOf :author", ()),
        ("sh:targetSubjectsOf :editor", ("S",)),
        ("sh:targetObjectsOf :knows", ()),
        ("sh:targetObjectsOf :editor", ("S",)),
        ("sh:targetNode :nobody", ()),
        ("a <http://www.w3.org/2000/01/rdf-schema#Class>", ("S",)),
        ("sh:property [ sh:path :title ; sh:maxCount 1 ]", ()),
    ],
)
def test_shape_without_data_is_told_whatever_its_target(tmp_path, target, unused, engine):
    data = f"{DATA} :Book rdfs:subClassOf :Print . :Print rdfs:subClassOf :Work ."
    shapes = shapes_of(tmp_path, f":S a sh:NodeShape ; {target} .")
    assert found(data, shapes, engine).unused == unused


def test_empty_graph_has_no_data_for_any_shape_and_needs_no_note(shapes, engine):
    assert found("", shapes, engine) == Report(())


def test_shapes_without_messages_say_which_parameter_is_not_met(tmp_path, engine):
    shapes = shapes_of(
        tmp_path,
        ":S a sh:NodeShape ; sh:targetClass :Book ; sh:property [ sh:path :isbn ; sh:minCount 1 ] ;"
        " sh:nodeKind sh:Literal ; sh:or ( [ sh:class :A ] [ sh:class :B ] ) .",
    )
    text = told(found(DATA, shapes, engine))
    assert "Does not meet sh:minCount 1.\n           2 × shape S, path " in text
    assert "Does not meet sh:nodeKind Literal." in text
    assert "Does not meet sh:or." in text


def test_warnings_fail_only_a_strict_check():
    warned = report_of((Result("Warning", "S", "m", "<urn:a>", "", "", "urn:c"),))
    noted = report_of((Result("Info", "S", "m", "<urn:a>", "", "", "urn:c"),))
    assert (warned.conforms(), warned.conforms(strict=True)) == (True, False)
    assert noted.conforms(strict=True)


def test_text_ends_with_one_clear_line(report):
    assert told(report).endswith("does not conform: 1 violation, 1 warning, 0 notes\n")
    assert told(Report(())) == "conforms: 0 violations, 0 warnings, 0 notes\n"


def test_text_shows_examples_first_and_all_on_demand():
    many = tuple(Result("Info", "S", "m", f"<urn:{n}>", "", "", "urn:c") for n in range(5))
    assert "and 3 more (--details lists them)" in told(report_of(many))
    assert "<urn:4>" in told(report_of(many), details=True)


def test_terminal_escapes_in_data_are_not_obeyed():
    result = Result("Violation", "S", "m", "<urn:a>", "", '"\x1b[2J"', "urn:c")
    assert "\x1b" not in told(report_of([result]))


@pytest.mark.parametrize("form", ["json", "jsonl", "ttl", "sarif"])
def test_terminal_escapes_are_written_as_escapes(form):
    value = '"a\\u001B[2J\\u009B31m\\u202Eb\\nc"'
    text = told(report_of([Result("Violation", "S", "m\x9b", "<urn:a>", "", value, "urn:c")]), form)
    assert not set("\x1b\x9b\u202e") & set(text)
    assert "m\\u009b" in text


def test_value_of_many_lines_stays_whole(tmp_path, engine):
    data = '@prefix : <https://kg.example.org/> . :b a :Book ; :title "a\\n\\"b\\"" .'
    shapes = shapes_of(
        tmp_path,
        ":S a sh:NodeShape ; sh:targetClass :Book ; sh:property [ sh:path :title ; sh:maxLength 1 ] .",
    )
    report = found(data, shapes, engine)
    graph = Graph().parse(data=told(report, "ttl"), format="turtle")
    assert [str(value) for value in graph.objects(None, SH.value)] == ['a\n"b"']
    assert 'value "a\\n' in told(report)


def test_json_holds_everything(report):
    whole = json.loads(told(report, "json"))
    assert whole["conforms"] is False
    assert whole["counts"] == {"Violation": 1, "Warning": 1, "Info": 0}
    assert whole["results"][0]["message"] == "Give it a title."


def test_turtle_is_a_validation_report(report):
    graph = Graph().parse(data=told(report, "ttl"), format="turtle")
    [node] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms).toPython() is False
    assert len(list(graph.objects(node, SH.result))) == 2
    paths = {path_text(path, graph) for path in graph.objects(None, SH.resultPath)}
    assert paths == {result.path for result in report.results}


def test_named_source_shape_is_in_the_report(tmp_path, engine):
    shapes = shapes_of(
        tmp_path,
        ":S a sh:NodeShape ; sh:targetClass :Book ; sh:property :Isbn . :Isbn sh:path :isbn ; sh:minCount 1 .",
    )
    report = found(DATA, shapes, engine)
    graph = Graph().parse(data=told(report, "ttl"), format="turtle")
    assert set(graph.objects(None, SH.sourceShape)) == {URIRef("https://kg.example.org/Isbn")}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a> <b> <c> .", "holds no SHACL shape"),
        ("<a> <b> ", "not Turtle: Parser error at line 1"),
    ],
)
def test_file_that_is_no_shapes_graph_is_refused(tmp_path, text, reason):
    path = tmp_path / "s.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ShapesError, match=reason):
        load_shapes([path])


def test_shapes_that_the_engine_cannot_use_are_refused(tmp_path, engine):
    path = tmp_path / "s.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <s> a sh:NodeShape ; sh:targetNode <n> ; sh:property [ sh:minCount 1 ] .",
        encoding="utf-8",
    )
    with pytest.raises(ShapesError, match="the shapes cannot be used: "):
        found("", load_shapes([path]), engine)


@pytest.mark.parametrize(
    ("constraint", "reason"),
    [
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this :x " ]', "not SPARQL"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this none:x 1 }" ]', "not SPARQL"),
        ('sh:property [ sh:path :title ; sh:pattern "(" ]', "missing "),
        ('sh:property [ sh:path :title ; sh:minCount "one" ]', "minCount.* must be "),
        (
            'sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <http://x.example/> { ?a ?b 1 } }" ]',
            "SERVICE",
        ),
        (
            'sh:sparql [ sh:select "SELECT $this WHERE {SERVICE<http://x.example/> { ?a ?b 1 } }" ]',
            "SERVICE",
        ),
    ],
)
def test_constraint_that_cannot_be_used_is_told_in_one_line(tmp_path, constraint, reason, engine):
    shapes = shapes_of(tmp_path, f":Book a sh:NodeShape ; sh:targetClass :Book ; {constraint} .")
    with pytest.raises(ShapesError, match=f"^the shapes cannot be used: .*{reason}") as caught:
        found(DATA, shapes, engine)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("shape", "hint"),
    [
        (":S a sh:NodeShape ; sh:minCout 1", "SHACL has no sh:minCout"),
        (":S a sh:NodeShape ; sh:minCout 1", "did you mean sh:minCount"),
        (":S sh:targetClass :Book ; sh:severity sh:Violatoin", "did you mean sh:Violation"),
        (":S sh:targetClass :Book ; sh:nodeKind sh:Literl", "did you mean sh:Literal"),
    ],
)
def test_misspelt_terms_are_told(tmp_path, shape, hint):
    [doubt] = shapes_of(tmp_path, f"{shape} .").doubts
    assert "so it checks nothing" in doubt
    assert hint in doubt


def test_data_beside_shapes_may_use_any_term(tmp_path):
    shape = ":S a sh:NodeShape ; sh:targetNode :n ; sh:nodeKind sh:IRI . :n :p 1 ."
    assert shapes_of(tmp_path, f"{shape} :n sh:nodeShap :S .").doubts == ()


def test_every_term_of_the_standard_is_known(shared, tmp_path):
    standard = shared / "data/vocabularies/shacl/shacl.ttl"
    terms = {s for s in Graph().parse(standard).subjects() if str(s).startswith(str(SH))}
    uses = " ".join(f":S :uses <{term}> ." for term in terms)
    assert len(terms) > 200
    assert shapes_of(tmp_path, f":S a sh:NodeShape . {uses}").doubts == ()


def test_ill_typed_values_are_reported_and_nothing_else_is_said(tmp_path, capfd, caplog, engine):
    data = tmp_path / "d.ttl"
    data.write_text(
        "@prefix : <https://kg.example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
        ' :b a :Book ; :date "2020-13-45"^^xsd:date ; :pages "many"^^xsd:integer ; :new "so"^^xsd:boolean .',
        encoding="utf-8",
    )
    shapes = shapes_of(
        tmp_path,
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . :Book a sh:NodeShape ; sh:targetClass :Book ;"
        " sh:property [ sh:path :date ; sh:datatype xsd:date ] ;"
        " sh:property [ sh:path :pages ; sh:lessThan :date ] ;"
        " sh:property [ sh:path :new ; sh:datatype xsd:boolean ] .",
    )
    with read_rdf(data) as connection:
        report = validate(connection, shapes, engine)
        told(report, "ttl")
        report.results  # noqa: B018 - told while the data graph is open
    assert [(r.message, r.value.partition("^^")[0]) for r in report.results] == [
        ("Does not meet sh:datatype xsd:boolean.", '"so"'),
        ("Does not meet sh:datatype xsd:date.", '"2020-13-45"'),
        ("Does not meet sh:lessThan https://kg.example.org/date.", '"many"'),
    ]
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_queries_may_use_prefixes_that_an_imported_shapes_graph_declares(tmp_path, engine):
    shapes = shapes_of(
        tmp_path,
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . :imported sh:declare"
        ' [ sh:prefix "kg" ; sh:namespace "https://kg.example.org/" ] . :shapes owl:imports :imported .'
        " :S a sh:NodeShape ; sh:targetClass :Book ; sh:sparql [ sh:prefixes :shapes ;"
        ' sh:message "By {?value}." ; sh:select "SELECT $this ?value WHERE { $this kg:author ?value }" ] .',
    )
    [result] = found(DATA, shapes, engine).results
    assert result.focus == "<https://kg.example.org/b1>"
    assert result.value == "<https://kg.example.org/ada>"


def test_text_of_a_query_is_parsed_once():
    graph = PreparedGraph(Graph().parse(data=DATA, format="turtle"), Graph())
    text = "PREFIX : <https://kg.example.org/> SELECT ?b WHERE { ?b a :Book }"
    first = graph.query(text)
    with patch("graphbuild.validate.reference.prepareQuery", side_effect=AssertionError):
        assert len(graph.query(text)) == len(first) == 2


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
    with pytest.raises(InputError, match="says no RDF format"), read_rdf(path):
        pass


def test_named_graphs_are_read_too(tmp_path):
    path = tmp_path / "d.nq"
    path.write_text(
        "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:d> .\n", encoding="utf-8"
    )
    with read_rdf(path) as connection:
        assert connection.execute("SELECT count(*) FROM triples").fetchone() == (2,)
