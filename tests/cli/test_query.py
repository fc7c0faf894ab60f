import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphbuild.cli import main
from graphbuild.store.folder import GraphFolder
from tests.small_graph import BASE, small_graph

ADA, BEN = f"{BASE}id/person/ada", f"{BASE}id/person/ben"
NAMES = "SELECT ?name { ?p foaf:name ?name ; gb:identityStatus ?s } ORDER BY ?name ?p"


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> GraphFolder:
    return small_graph(tmp_path_factory.mktemp("graph") / "kg")


@pytest.fixture
def ask(graph) -> Callable[..., Result]:
    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        command = ["query", *arguments, "--graph", str(graph.path)]
        return CliRunner().invoke(main, command, input=stdin)

    return run


@pytest.fixture
def query_file(tmp_path) -> Callable[[str], str]:
    def write(text: str) -> str:
        path = tmp_path / "mine.rq"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_canned_query_has_its_parameters_as_options(ask):
    result = ask("author-works", "--person", ADA)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "issued,title,position,paper",
        f"2023,Levers,1,{BASE}id/paper/p2",
        f"2021-03-02,GEARS: Gears & Wheels,,{BASE}id/paper/p1",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("author-works", "--person", "Ben Sample", "--from-year", "2022"),
        ("--person", "Ben Sample", "--from-year=2022", "author-works"),
        ("author-works", "-p", "person=ben sample", "-p", "fromYear=2022"),
        ("author-works", "-p", f"person={BEN}", "--from-year", "2022"),
        ("author-works", "--person", "person/ben", "--from-year", "2022"),
    ],
)
def test_options_stand_in_any_order_and_names_are_looked_up(ask, arguments):
    result = ask(*arguments)
    assert result.stdout.splitlines()[1:] == [f"2023,Levers,2,{BASE}id/paper/p2"]


def test_a_name_of_several_people_is_listed_and_not_guessed(ask):
    result = ask("author-works", "--person", "Ada Example")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "'Ada Example' is the name of 2 entities" in result.stderr
    assert f"<{ADA}>" in result.stderr


def test_a_name_of_nobody_is_said_so(ask):
    result = ask("author-works", "--person", "Zoe Nobody")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "no entity of class foaf:Person is called 'Zoe Nobody'" in result.stderr


def test_a_missing_parameter_is_named_with_an_example(ask):
    result = ask("author-works")
    assert result.exit_code == 3
    assert result.stderr == "Error: parameter 'person' needs a value, for example 'Jun Hadley'\n"


def test_a_wrong_value_is_one_line(ask):
    result = ask("author-works", "--person", ADA, "--from-year", "recent")
    assert result.exit_code == 3
    assert result.stderr.startswith("Error: parameter 'fromYear': 'recent' is no whole number")
    assert result.stderr.count("\n") == 1


def test_a_hostile_name_finds_nobody_and_does_no_harm(ask):
    result = ask("author-works", "--person", 'Ada" } ; DROP ALL # \x1b[2J')
    assert result.exit_code == 4
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("author-work", "did you mean author-works"),
        ("conflation", "did you mean dq-possible-conflation"),
        ("zzzzz", "see: graphbuild queries"),
    ],
)
def test_a_wrong_name_of_a_query_is_a_wrong_use(ask, name, hint):
    result = ask(name, "--person", "x")
    assert result.exit_code == 2
    assert f"no canned query '{name}'; " in result.stderr
    assert hint in result.stderr


def test_help_of_a_canned_query_shows_its_parameters(ask):
    text = ask("author-works", "--help").stdout
    assert "query author-works [OPTIONS]" in text
    assert "Papers of one person, newest first" in text
    assert "--person NAME" in text
    assert "a foaf:Person, by name or IRI; required" in " ".join(text.split())
    assert "--from-year INTEGER" in text
    assert '  graphbuild query author-works --person "Jun Hadley"' in text
    assert text.index("Parameters:") < text.index("--person") < text.index("Options:")


def test_help_of_the_command_shows_examples_line_by_line():
    text = CliRunner().invoke(main, ["query", "--help"]).stdout
    assert "\n    graphbuild query author-works --help\n" in text


def test_no_question_prints_help():
    result = CliRunner().invoke(main, ["query"])
    assert "NAME|TEXT|-" in result.output


def test_text_is_sparql_and_known_prefixes_need_no_declaration(ask):
    result = ask(NAMES, "--limit", "2", "--offset", "1")
    assert result.stdout.splitlines() == ["name", "Ada Example", "Ben Sample"]


def test_standard_input_is_a_query(ask):
    assert ask("-", stdin=NAMES).stdout.splitlines()[-1] == "Cleo <b>Bold</b>"


def test_standard_input_that_is_no_text_is_refused(ask):
    result = ask("-", stdin=b"\xff\xfe")
    assert (result.exit_code, result.stderr) == (5, "Error: -: is no UTF-8 text\n")


def test_parameters_of_a_file_are_options_too(ask, query_file):
    file = query_file(
        '#+ params: {who: {class: "foaf:Person", example: Ben}}\n'
        "SELECT ?name { ?_who_iri foaf:name ?name }"
    )
    assert ask("--file", file, "--who", "Ben Sample").stdout.splitlines() == ["name", "Ben Sample"]
    assert "--who NAME" in ask("--file", file, "--help").stdout


def test_parameters_of_text_are_options_too(ask):
    result = ask("SELECT (?_x_literal AS ?y) {}", "--x", 'a"b')
    assert result.stdout.splitlines() == ["y", '"a""b"']


def test_a_file_that_is_not_there_is_a_wrong_use(ask, tmp_path):
    assert ask("--file", str(tmp_path / "none.rq")).exit_code == 2


def test_a_file_that_is_no_text_is_refused(ask, tmp_path):
    path = tmp_path / "binary.rq"
    path.write_bytes(b"SELECT \xff")
    result = ask("--file", str(path))
    assert (result.exit_code, result.stderr) == (5, f"Error: {path}: is no UTF-8 text\n")


def test_a_byte_order_mark_is_no_part_of_a_query(ask, tmp_path):
    path = tmp_path / "bom.rq"
    path.write_bytes(b"\xef\xbb\xbfASK {}")
    assert ask("--file", str(path)).stdout == "true\n"


def test_a_file_and_a_name_are_one_too_many(ask, query_file):
    result = ask("class-counts", "--file", query_file("ASK {}"))
    assert result.exit_code == 2
    assert "by --file or as an argument, not both" in result.stderr


@pytest.mark.parametrize("extra", [(), ("--exit-status",)])
def test_ask_answers_yes_with_status_0(ask, extra):
    result = ask("ASK { ?p a gb:Paper }", *extra)
    assert (result.exit_code, result.stdout) == (0, "true\n")


@pytest.mark.parametrize(("extra", "status"), [((), 0), (("--exit-status",), 1)])
def test_ask_answers_no_with_status_1_when_asked_for(ask, extra, status):
    result = ask("ASK { ?p a gb:Nothing }", *extra)
    assert (result.exit_code, result.stdout, result.stderr) == (status, "false\n", "")


def test_construct_is_turtle_and_describe_json_ld(ask):
    assert "foaf:name" in ask("CONSTRUCT { ?p foaf:name ?n } { ?p foaf:name ?n }").stdout
    described = ask(f"DESCRIBE <{ADA}>", "-f", "jsonld").stdout
    (ada,) = json.loads(described)["@graph"]
    assert (ada["id"], ada["type"], ada["name"]) == (ADA, "Person", "Ada Example")


@pytest.mark.parametrize(
    ("text", "format", "able"),
    [
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "table", "use ttl, nt, jsonld"),
        ("DESCRIBE <http://a/>", "csv", "use ttl, nt, jsonld"),
        ("ASK {}", "csv", "use json, srj, srx, text"),
        (
            "SELECT ?a {}",
            "ttl",
            "use table, csv, tsv, json, jsonl, md, html, record, raw, parquet, arrow, srj, srx",
        ),
    ],
)
def test_a_format_that_cannot_hold_the_answer_is_a_wrong_use(ask, text, format, able):
    result = ask(text, "-f", format)
    assert (result.exit_code, result.stdout) == (2, "")
    assert able in " ".join(result.stderr.split())


def test_the_output_file_names_the_format(ask, tmp_path):
    path = tmp_path / "names.json"
    result = ask(NAMES, "--output", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(path.read_text(encoding="utf-8"))[0] == {"name": "Ada Example"}


def test_an_output_file_of_no_known_kind_is_a_wrong_use(ask, tmp_path):
    result = ask(NAMES, "-o", str(tmp_path / "names.data"))
    assert result.exit_code == 2
    assert "'names.data' does not say a format" in result.stderr


def test_an_output_file_survives_a_query_that_fails(ask, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("precious", encoding="utf-8")
    assert ask("SELECT ?x { nonsense", "-o", str(path)).exit_code == 3
    assert path.read_text(encoding="utf-8") == "precious"
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_file_that_cannot_be_written_is_said_so(ask, tmp_path):
    result = ask(NAMES, "-o", str(tmp_path / "none" / "names.csv"))
    assert result.exit_code == 5
    assert "names.csv: " in result.stderr


def test_show_prints_sparql_that_runs_elsewhere(ask):
    shown = ask("SELECT ?n { ?_who_iri foaf:name ?n }", "--who", "Ben Sample", "--show").stdout
    assert shown == (
        f"PREFIX foaf: <http://xmlns.com/foaf/0.1/>\nSELECT ?n {{ <{BEN}> foaf:name ?n }}\n"
    )


def test_time_is_told_on_standard_error(ask):
    result = ask("ASK {}", "--time")
    assert (result.stdout, result.stderr.endswith(" s\n")) == ("true\n", True)


@pytest.mark.parametrize("format", ["json", "md", "srj"])
def test_headers_are_left_out_only_where_there_are_any(ask, format):
    result = ask(NAMES, "-f", format, "--no-headers")
    assert result.exit_code == 2
    assert f"no meaning for the format {format}" in result.stderr


def test_iris_are_short_in_a_table_unless_asked_for(ask):
    text = f"SELECT ?p {{ VALUES ?p {{ <{ADA}> }} }}"
    assert "person/ada" in ask(text, "-f", "table").stdout.splitlines()[-1:]
    assert ADA in ask(text, "-f", "table", "--iris").stdout


@pytest.mark.parametrize("timeout", ["1", "1s", "1000ms", "0.02m"])
def test_a_time_limit_has_units_and_status_124(ask, timeout):
    many = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(6))
    result = ask(f"SELECT (COUNT(*) AS ?n) {{ {many} }}", "--timeout", timeout)
    assert (result.exit_code, result.stdout) == (124, "")
    assert "was stopped after 1" in result.stderr


def test_a_query_that_runs_long_is_told_how_to_be_quick(ask):
    many = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    query = f"SELECT (COUNT(*) AS ?n) {{ OPTIONAL {{ {many} }} ?p dcterms:title ?t }}"
    result = ask(query, "--timeout", "1.5s")
    assert "Hint: the required pattern ?p dcterms:title ?t stands after" in result.stderr
    assert result.exit_code == 124


def test_a_big_graph_gives_the_hint_before_it_is_asked(ask, monkeypatch):
    monkeypatch.setattr("graphbuild.cli.query.LARGE", 1)
    monkeypatch.setattr("graphbuild.cli.query.PATIENCE", 600)
    text = "SELECT ?t { ?p a gb:Paper OPTIONAL { ?p dcterms:issued ?d } ?p dcterms:title ?t }"
    result = ask(text)
    assert result.exit_code == 0
    assert result.stderr.count("Hint: the required pattern ?p dcterms:title ?t stands after") == 1


def test_explain_gives_hints_in_place_of_the_answer(ask):
    result = ask("SELECT ?t { ?p dcterms:title ?t }", "--explain")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "engine: the store, because this graph has no columns; build it again",
        "hint: nothing in it is known to be slow",
    ]


@pytest.mark.parametrize("timeout", ["0", "soon", "-1", "5 days", ""])
def test_a_time_limit_that_is_none_is_a_wrong_use(ask, timeout):
    assert ask("ASK {}", f"--timeout={timeout}").exit_code == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DROP ALL", "an update is refused: queries only read"),
        (
            "ASK { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
            "SERVICE <http://127.0.0.1:9/> is refused",
        ),
        (f"SELECT ({'STR(' * 2000}1{')' * 2000} AS ?x) {{}}", "nested too deeply"),
        ("SELECT ?x { ?x foaf:name }", "1:26: unexpected }"),
        ("hello world", "1:1: unexpected hello"),
    ],
)
def test_a_bad_query_ends_with_status_3_and_the_reason(ask, text, reason):
    result = ask(text)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"Error: {reason}") or reason in result.stderr


def test_a_syntax_error_counts_lines_of_what_the_user_wrote(ask, query_file):
    file = query_file("#+ summary: mine\nSELECT ?x {\n  ?x foaf:name\n}")
    assert ask("--file", file).stderr == "Error: 4:1: unexpected }\n  }\n  ^\n"


def test_a_graph_that_is_none_ends_with_status_5(tmp_path):
    result = CliRunner().invoke(main, ["query", "ASK {}", "-g", str(tmp_path)])
    assert result.exit_code == 5


def test_names_of_queries_complete():
    from graphbuild.cli.canned import Question

    items = Question().shell_complete(None, None, "author-w")
    assert [item.value for item in items] == ["author-works"]


def test_help_of_a_query_needs_no_heavy_import():
    root = Path(__file__).resolve().parents[2]
    script = (
        "import sys; from click.testing import CliRunner; from graphbuild.cli import main;"
        "CliRunner().invoke(main, ['query', 'author-works', '--help']);"
        "print(sorted({'rdflib', 'pyoxigraph', 'rich'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout == "[]\n"
