import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from tests.sources.pages import TOP, entry

PAGE = TOP + entry("CVMar 13, 2023", "On Threads", "Ada Example, Bo Sample", None)


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    assert run("build", folder / "page.txt", "-o", folder / "g").exit_code == 0
    return folder / "g"


def test_graph_conforms_and_its_warnings_are_told(graph):
    result = run("check", graph)
    assert result.exit_code == 0
    assert "The page claims 9 papers but shows 1" in result.output
    assert result.output.splitlines()[-1].startswith("conforms: 0 violations, 1 warning, ")


def test_strict_check_ends_with_status_1(graph):
    assert run("check", graph, "--strict").exit_code == 1


def test_report_is_kept_in_the_graph_folder(graph):
    run("check", graph)
    [report] = graph.glob("build-*/report.ttl")
    assert "ValidationReport" in report.read_text(encoding="utf-8")


def test_graph_is_checked_even_where_the_report_cannot_be_kept(graph):
    run("check", graph)
    [report] = graph.glob("build-*/report.ttl")
    report.unlink()
    report.mkdir()
    result = run("check", graph)
    report.rmdir()
    assert result.exit_code == 0
    assert "Note: the report is not kept: " in result.stderr
    assert result.stdout.splitlines()[-1].startswith("conforms: ")


def test_own_shapes_leave_the_kept_report_alone(graph, tmp_path):
    run("check", graph)
    [report] = graph.glob("build-*/report.ttl")
    before = report.read_bytes()
    shapes = tmp_path / "s.ttl"
    shapes.write_text(
        "<urn:S> a <http://www.w3.org/ns/shacl#NodeShape> .",
        encoding="utf-8",
    )
    assert run("check", graph, "--shapes", shapes).stdout == (
        "conforms: 0 violations, 0 warnings, 0 notes\n"
    )
    assert report.read_bytes() == before


@pytest.mark.parametrize("form", ["text", "json", "ttl"])
def test_signs_that_a_terminal_obeys_do_not_reach_it(tmp_path, form):
    data = tmp_path / "d.ttl"
    data.write_text(
        r'<urn:p> a <https://w3id.org/graphbuild/ontology#Paper> ; <urn:q> "\u001B[2J\u009B1m\u202E" .',
        encoding="utf-8",
    )
    result = run("check", data, "--format", form)
    assert result.exit_code == 1
    assert not set("\x1b\x9b\u202e") & set(result.output)


def test_report_can_be_written_as_json(graph, tmp_path):
    run("check", graph, "--format", "json", "--output", tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["conforms"] is True


def test_own_shapes_take_the_place_of_ours_or_join_them(graph, tmp_path):
    shapes = tmp_path / "s.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gb: <https://w3id.org/graphbuild/ontology#> ."
        "<urn:S> a sh:NodeShape ; sh:targetClass gb:Paper ;"
        " sh:property [ sh:path gb:doi ; sh:minCount 1 ; sh:message 'No DOI.' ] .",
        encoding="utf-8",
    )
    alone = run("check", graph, "--shapes", shapes)
    both = run("check", graph, "--shapes", shapes, "--shapes", "default")
    assert alone.exit_code == both.exit_code == 1
    assert "No DOI." in alone.output
    assert "claims 9 papers" not in alone.output
    assert "claims 9 papers" in both.output


def test_what_changed_by_an_added_source_is_checked_alone(tmp_path):
    for name, title in (("one", "On Threads"), ("two", "On Warps")):
        record = {"title": title, "ids": [f"doi:10.1000/{name}"], "authors": []}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    graph = tmp_path / "g"
    run("build", tmp_path / "one.jsonl", "-o", graph)
    first = run("check", graph, "--only-changed")
    assert "Note: all is checked: " in first.stderr
    assert "On Threads" in first.output
    run("build", "--add", tmp_path / "two.jsonl", graph)
    [kept] = graph.glob("build-*/report.ttl")
    before = kept.read_bytes()
    result = run("check", graph, "--only-changed")
    assert "On Warps" in result.output
    assert "On Threads" not in result.output
    assert "NOTE       only what changed is checked: " in result.output
    assert kept.read_bytes() == before


def test_rdf_file_is_checked_without_a_graph_folder(tmp_path):
    data = tmp_path / "d.ttl"
    data.write_text("<urn:p> a <https://w3id.org/graphbuild/ontology#Paper> .", encoding="utf-8")
    result = run("check", data)
    assert result.exit_code == 1
    assert "A paper must be a version of exactly one work" in result.output


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["nowhere"], 5, "no such graph"),
        (["LICENSE"], 5, "says no RDF format"),
        (["--shapes", "nowhere.ttl"], 5, "no such file"),
        (["--formt", "json"], 2, "No such option"),
        (["--only-changed", "--engine", "sparql"], 2, "needs a graph folder"),
    ],
)
def test_wrong_command_is_told_in_one_line(graph, arguments, status, words):
    result = run("check", *(arguments if arguments[0][0] != "-" else [graph, *arguments]))
    assert result.exit_code == status
    assert words in result.output
    assert "Traceback" not in result.output
