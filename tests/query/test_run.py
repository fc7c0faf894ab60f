import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from graphbuild.errors import (
    GraphError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from graphbuild.query.run import Evaluation
from graphbuild.query.solutions import ask, construct, select

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROOT = Path(__file__).resolve().parents[2]


def children(parent):
    """Process ids of the children of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            after_name = stat.read_text().rpartition(")")[2].split()
            found += [stat.parent] if int(after_name[1]) == parent else []
    return found


def wait_for(condition):
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        os.sched_yield()


def test_select_gives_columns_and_typed_terms(graph):
    result = select(
        graph,
        "SELECT ?title ?position ?nothing { ?p dcterms:title ?title . "
        "?p pro:isDocumentContextFor ?a . ?a gb:ordinal ?position } ORDER BY ?title ?position",
    )
    assert result.columns == ("title", "position", "nothing")
    assert result.rows[0] == (Literal("GEARS: Gears & Wheels"), Literal(1), None)
    assert result.values()[-1] == ("Undated Pulleys", 1, None)


def test_ask_gives_the_answer(graph):
    assert ask(graph, "ASK { ?p a gb:Paper }") is True
    assert ask(graph, "ASK { ?p a gb:Nothing }") is False


def test_construct_gives_triples(graph):
    triples = construct(graph, "CONSTRUCT { ?p a gb:Paper } { ?p a gb:Paper }")
    assert {triple.object for triple in triples} == {
        NamedNode("https://w3id.org/graphbuild/ontology#Paper")
    }
    assert len(triples) == 3


def test_an_endless_query_is_stopped_at_its_limit(wide_graph):
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 1 s"):
        select(wide_graph, ENDLESS, timeout=1)
    assert time.monotonic() - start < 5


def test_leaving_the_block_ends_the_worker(wide_graph):
    with Evaluation(wide_graph, ENDLESS, "csv") as evaluation:
        assert evaluation.wait(0.01) is False
        assert evaluation._worker.poll() is None
    assert evaluation._worker.poll() == -signal.SIGKILL


def test_a_slow_reader_does_not_spend_the_time_of_the_query(wide_graph):
    with Evaluation(wide_graph, "SELECT ?a ?b ?c { ?a ?b ?c }", "csv", timeout=20) as evaluation:
        evaluation.read(10)
        evaluation._left = 0.5
        wait_for(lambda: evaluation.wait(0))
        assert evaluation._left > 0.4


def test_rows_arrive_before_the_query_ends(wide_graph):
    product = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with Evaluation(wide_graph, product, "csv", timeout=30) as evaluation:
        assert evaluation.read(1000).startswith(b"a,d,g\r\n")


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT ({'STR(' * 2000}'a'{')' * 2000} AS ?x) {{}}",
        f"ASK {'{' * 30_000}{'}' * 30_000}",
    ],
    ids=["functions", "groups"],
)
def test_deep_nesting_breaks_only_the_worker(graph, text):
    with pytest.raises(QueryRefusedError, match="nested too deeply, out of memory"):
        select(graph, text, timeout=30)


@pytest.mark.parametrize("text", ["DROP ALL", "INSERT DATA { <a:> <b:> <c:> }", "LOAD <http://a/>"])
def test_updates_are_refused_and_the_reason_is_given(graph, text):
    with pytest.raises(QueryRefusedError, match="an update is refused: queries only read"):
        select(graph, text)


def test_service_is_refused_and_the_reason_is_given(graph):
    with pytest.raises(
        QueryRefusedError,
        match=r"SERVICE <http://127.0.0.1:9/> is refused: only hosts that are allowed",
    ):
        select(graph, "SELECT ?a { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }")


def test_an_unknown_function_is_a_bad_query(graph):
    with pytest.raises(QueryError, match="custom function <http://a/f> is not supported"):
        select(graph, "SELECT (<http://a/f>(1) AS ?x) {}")


def test_a_store_that_is_gone_is_said_so(tmp_path):
    class Gone:
        store = columns = extent = tmp_path / "gone"

    with pytest.raises(GraphError, match=r"gone: .*build the graph again"):
        select(Gone(), "ASK {}")


def test_modules_of_the_current_folder_stay_out_of_the_worker(graph, tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert ask(graph, "ASK {}") is True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look in")
def test_ctrl_c_stops_the_query_and_its_worker(wide_graph):
    command = [sys.executable, str(ROOT / "cli.py"), "query", ENDLESS, "-g", str(wide_graph.path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    ) as process:
        wait_for(lambda: children(process.pid))
        workers = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert (out, b"Traceback" in error) == (b"", False)
    assert not any(worker.exists() for worker in workers)


def test_a_reader_that_goes_away_ends_the_query_quietly(wide_graph):
    product = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
    command = [sys.executable, str(ROOT / "cli.py"), "query", product, "-g", str(wide_graph.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"a,d\r\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=20)


def error_of(graph, text):
    with pytest.raises(QuerySyntaxError) as caught:
        select(graph, text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("SELCT ?x { ?x ?y ?z }", 1, 1, "unexpected SELCT; did you mean SELECT?"),
        ("SELECT COUNT(?x) { ?x ?y ?z }", 1, 8, "unexpected COUNT"),
        ("SELECT ?n, ?m { ?n ?y ?m }", 1, 10, "unexpected ,"),
        ('SELECT ?x {\n\t?x ?y "abc" "def" }', 2, 14, 'unexpected "def"'),
        ("SELECT ?x {\n ?x ?y ?z FILTR(?z) }", 2, 11, "did you mean FILTER?"),
        ("SELECT ?x WHERE {\n ?x ?y ?z ", 1, 17, "this { is not closed"),
        ("SELECT ?x { ?x ?y ?z }}", 1, 23, "unexpected }"),
        ('SELECT ?x { ?x ?y "never closed }', 1, 19, "this string is not closed"),
        ("SELECT ?x { ?x foa:name ?z }", 1, 16, "foa: is not declared; did you mean foaf:?"),
        ("SELECT ?x { FILTER(nope:f(?x)) }", 1, 20, "nope: is not declared; declare it"),
        ("SELECT ?x { ?x ?y <a b> }", 1, 19, "this is no absolute IRI"),
        ("SELECT ?x { ?x ?y ?z } LIMIT ten", 1, 30, "unexpected ten"),
        (
            "SELECT ?x (COUNT(?y) AS ?n) { ?x ?y ?z } GROUP BY ?z",
            1,
            53,
            "a column of SELECT is neither in GROUP BY nor counted or summed",
        ),
        ("SELECT ?x { ?x ?y ?z } GROUP BY", 1, 32, "the query ends too early"),
        ("SELECT ?x { ?x ?y '日本𝒳' ?z }", 1, 25, "unexpected ?z"),
        ("", 1, 1, "the query ends too early"),
        (
            "SELECT ?x (COUNT(?y) AS ?n) { ?x ?z ?y }",
            1,
            41,
            "a column of SELECT is neither in GROUP BY",
        ),
    ],
)
def test_a_syntax_error_names_line_column_and_reason(graph, text, line, column, reason):
    error = error_of(graph, text)
    assert (error.line, error.column) == (line, column)
    assert reason in str(error)


def test_a_syntax_error_shows_the_line_and_a_caret(graph):
    message = str(error_of(graph, "SELECT ?x {\n  ?x ?y } \n"))
    assert message.splitlines() == ["2:9: unexpected }", "    ?x ?y } ", "          ^"]


def test_the_line_of_a_syntax_error_is_cut_and_harmless(graph):
    message = str(error_of(graph, f'SELECT ?x {{ ?x ?y "{"y" * 500}\x1b[2J" ?z 5 }}'))
    assert max(map(len, message.splitlines())) < 120
    assert "\x1b" not in message
