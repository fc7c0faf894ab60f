import json
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from rdflib import SH, Graph, Literal, URIRef

from graphbuild.cli import main
from graphbuild.validate.paths import path_text
from graphbuild.validate.report import Result, report_of
from graphbuild.validate.reports import WRITERS
from graphbuild.validate.reports.words import Manner, short

RESULTS = [
    Result("Violation", "Paper", "Say {?value}.", "<urn:a>", "<urn:p>", '"<b>"', "urn:c#In",
           entity="Paper 'A & B' <urn:a>", source="page.txt line 7; page.txt line 9"),
    Result("Warning", "Person", "Look.", "<urn:b>", "", "", "urn:c#Class", source="other.jsonl"),
    Result("Info", "Person", "Do.", "<urn:c>", "", "", "urn:c#Class"),
]  # fmt: skip


def told(form: str, results=RESULTS, **manner) -> str:
    return "".join(WRITERS[form](report_of(results), Manner(**manner)))


def test_summary_by_shape_and_severity_comes_first():
    assert told("text").splitlines()[:3] == [
        "Shape   Violations    Warnings       Notes",
        "Paper            1           0           0",
        "Person           0           1           1",
    ]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ('"1884"^^<http://www.w3.org/2001/XMLSchema#integer>', "1884"),
        ('"a text"', '"a text"'),
        ('"a"@en', '"a"@en'),
        ("<http://purl.org/dc/terms/title>", "dcterms:title"),
    ],
)
def test_terms_are_told_as_people_write_them(term, words):
    assert short(term) == words


def test_json_lines_hold_one_result_each():
    assert [json.loads(line)["focus"] for line in told("jsonl").splitlines()] == [
        "<urn:a>", "<urn:b>", "<urn:c>",
    ]  # fmt: skip


def test_sarif_names_rule_level_and_source_record():
    [run] = json.loads(told("sarif"))["runs"]
    first, second, third = run["results"]
    assert [each["level"] for each in run["results"]] == ["error", "warning", "note"]
    assert run["tool"]["driver"]["rules"][0]["id"] == first["ruleId"] == "Paper/In"
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "page.txt"}, "region": {"startLine": 7}}
    assert second["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "other.jsonl"}
    }
    assert "physicalLocation" not in third["locations"][0]


@pytest.mark.parametrize(("strict", "failures"), [(False, 1), (True, 2)])
def test_junit_fails_by_violations_and_if_strict_by_warnings(strict, failures):
    tree = ET.fromstring(told("junit", strict=strict))  # noqa: S314 - our own
    assert len(tree.findall(".//testcase")) == 3
    assert len(tree.findall(".//failure")) == failures
    assert "Paper 'A & B'" in tree.find(".//failure").text


def test_junit_of_nothing_has_one_case_that_passes():
    tree = ET.fromstring(told("junit", []))  # noqa: S314
    assert (len(tree.findall(".//testcase")), len(tree.findall(".//failure"))) == (1, 0)


def test_page_is_one_file_that_shows_charts_and_escapes_all():
    page = told("html", subject="my <graph>")
    assert page.count("<section><h2>By") == 2
    assert "page.txt</b>" in page
    assert "source not stated" in page
    assert "my &lt;graph&gt;" in page
    assert '<b>"' not in page
    assert "http" not in page
    assert "src=" not in page


def test_turtle_holds_all_that_a_result_says():
    result = Result(
        "urn:worse", "S", 'Say "no"\x1b\u202e\nor not.', "_:b1", "(<urn:p>/^<urn:q>)",
        '"a \\"b\\""@en', "urn:c#In", source_shape="urn:S",
    )  # fmt: skip
    text = told("ttl", [result, result])
    assert "\x1b" not in text
    graph = Graph().parse(data=text, format="turtle")
    first, second = (URIRef(f"urn:graphbuild:report:{number}") for number in (1, 2))
    assert graph.value(first, SH.resultMessage) == Literal(result.message)
    assert graph.value(first, SH.value) == Literal('a "b"', lang="en")
    assert graph.value(first, SH.resultSeverity) == URIRef("urn:worse")
    assert graph.value(first, SH.sourceShape) == URIRef("urn:S")
    assert path_text(graph.value(first, SH.resultPath), graph) == result.path
    assert graph.value(first, SH.focusNode) == graph.value(second, SH.focusNode)


def test_turtle_of_a_kept_report_can_be_read_whatever_vocabulary_a_path_is_of():
    result = Result("Info", "S", "Do.", "<urn:a>", "<http://www.w3.org/ns/sosa/x>", "", "urn:c#In")
    [path] = Graph().parse(data=told("ttl", [result]), format="turtle").objects(None, SH.resultPath)
    assert path == URIRef("http://www.w3.org/ns/sosa/x")


DATA = '<urn:a> <urn:p> "" .\n<urn:b> <urn:p> "" .\n'
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:minLength 1 ] .
<urn:T> sh:targetSubjectsOf <urn:p> ; sh:nodeKind sh:Literal .
"""


@pytest.fixture
def check(tmp_path):
    (tmp_path / "d.nt").write_text(DATA, encoding="utf-8")
    (tmp_path / "s.ttl").write_text(SHAPES, encoding="utf-8")

    def run(*arguments):
        given = ["check", str(tmp_path / "d.nt"), "--shapes", str(tmp_path / "s.ttl"), *arguments]
        return CliRunner().invoke(main, [str(each) for each in given])

    return run


@pytest.mark.parametrize("form", ["json", "jsonl", "ttl"])
def test_baseline_leaves_only_what_is_new(check, tmp_path, form):
    old = tmp_path / f"old.{form}"
    assert check("--format", form, "--output", old).exit_code == 1
    assert check("--baseline", old).stdout.endswith("conforms: 0 violations, 0 warnings, 0 notes\n")
    (tmp_path / "d.nt").write_text(f'{DATA}<urn:c> <urn:p> "" .\n', encoding="utf-8")
    result = check("--baseline", old)
    assert result.exit_code == 1
    assert "<urn:c>" in result.stdout
    assert "<urn:a>" not in result.stdout


def test_file_that_is_no_report_is_no_baseline(check, tmp_path):
    (tmp_path / "no.json").write_text("[]", encoding="utf-8")
    result = check("--baseline", tmp_path / "no.json")
    assert result.exit_code == 5
    assert "is no report that graphbuild check wrote" in result.stderr


def test_one_shape_can_be_told_alone_and_in_full(check):
    result = check("--shape", "urn:T")
    assert "shape urn:T" in result.stdout
    assert "shape urn:S" not in result.stdout
    assert result.stdout.endswith("does not conform: 2 violations, 0 warnings, 0 notes\n")


def test_profile_tells_the_constraints(check):
    assert "urn:S urn:p sh:minLength" in check("--profile").stderr


def test_engines_can_be_chosen(check):
    assert check("--engine", "reference").stdout == check().stdout


def test_shapes_are_linted_against_the_data(check, tmp_path):
    assert check("--lint-shapes").exit_code == 0
    (tmp_path / "s.ttl").write_text(SHAPES.replace("Of <urn:p>", "Of <urn:q>"), encoding="utf-8")
    result = check("--lint-shapes")
    assert result.exit_code == 1
    assert "urn:S: its target matches nothing in the data" in result.stdout
