import json
import signal
import sys

import pytest

from graphbuild.errors import GraphError, QuerySyntaxError, QueryTimeoutError
from graphbuild.query.analytic import routing
from graphbuild.query.analytic.routing import choice
from graphbuild.query.analytic.run import ColumnsEvaluation, RoutedEvaluation, plan_of
from graphbuild.query.evaluate import evaluation
from graphbuild.query.explain import explained
from graphbuild.query.run import Evaluation, NotExactError
from tests.small_graph import small_graph

PAPERS = "SELECT ?p ?t { ?p a gb:Paper ; dcterms:title ?t }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d || ?d != ?g) }"
EX = "PREFIX ex: <http://example.org/> "


def told(graph, text, format, engine):
    with evaluation(graph, text, format, 30, engine) as answer:
        return answer.read()


@pytest.mark.parametrize("format", ["csv", "tsv", "srj", "srx"])
def test_every_format_is_the_same_from_both_engines(columned, format):
    text = f"{PAPERS} ORDER BY ?p"
    assert told(columned, text, format, "columns") == told(columned, text, format, "store")


@pytest.mark.parametrize("format", ["srj", "srx"])
def test_yes_and_no_are_too(columned, format):
    for text in ("ASK { ?p a gb:Paper }", "ASK { ?p a gb:Nothing }"):
        assert told(columned, text, format, "columns") == told(columned, text, format, "store")


def test_a_graph_comes_as_turtle_and_triples(columned):
    text = "CONSTRUCT { ?p a gb:Paper } { ?p a gb:Paper }"
    own = told(columned, text, "nt", "columns").splitlines()
    assert sorted(own) == sorted(told(columned, text, "nt", "store").splitlines())
    assert len(own) == 3
    assert told(columned, text, "ttl", "columns").startswith(b"@prefix")


def test_wrong_sparql_is_pointed_at(columned):
    with pytest.raises(QuerySyntaxError):
        told(columned, "SELECT ?t { ?p }", "csv", "columns")


def test_what_the_columns_do_not_answer_is_refused_or_left_to_the_store(columned):
    text = "SELECT (COUNT(?p) AS ?n) (SAMPLE(NOW()) AS ?t) { ?p a gb:Paper }"
    with pytest.raises(NotExactError, match="NOW"):
        told(columned, text, "csv", "columns")
    with RoutedEvaluation(columned, text, "csv", 30) as answer:
        assert answer.read().startswith(b"n,t\r\n3,")


def test_routed_bytes_come_in_pieces(columned):
    text = f"{PAPERS} ORDER BY ?p"
    with RoutedEvaluation(columned, text, "csv", 30) as answer:
        assert answer.wait() is True
        pieces = iter(lambda: answer.read(7), b"")
        assert b"".join(pieces) == told(columned, text, "csv", "store")


def test_an_endless_query_is_stopped(chain):
    stopped = pytest.raises(QueryTimeoutError, match=r"stopped after 2 s")
    with ColumnsEvaluation(chain.graph, ENDLESS, "csv", 2) as answer, stopped:
        answer.read()


POOR = """
from graphbuild.query.analytic import worker
worker.MEMORY = 2 << 20
worker.main()
"""
ORDERED = f"{EX}SELECT ?a ?m {{ ?a ex:number ?m }} ORDER BY ?m ?a"


@pytest.fixture
def poor(monkeypatch, tmp_path):
    """Have the columns take 2 MB."""
    (tmp_path / "poor.py").write_text(POOR, encoding="utf-8")
    command = (sys.executable, "-P", str(tmp_path / "poor.py"))
    monkeypatch.setattr(ColumnsEvaluation, "COMMAND", command)


@pytest.mark.usefixtures("poor")
def test_what_needs_more_memory_is_said_in_a_line_or_left_to_the_store(chain):
    refused = pytest.raises(NotExactError, match=r"^the columns have too little memory")
    with ColumnsEvaluation(chain.graph, ORDERED, "csv", 60) as answer, refused:
        answer.read()
    with RoutedEvaluation(chain.graph, ORDERED, "csv", 60) as answer:
        assert answer.read().count(b"\n") == chain.length + 1


def test_columns_whose_process_is_killed_leave_the_question_to_the_store(columned):
    with RoutedEvaluation(columned, PAPERS, "csv", 60) as answer:
        answer._current._worker.send_signal(signal.SIGKILL)
        assert answer.read().count(b"\n") == 4


def test_control_c_ends_a_question_at_once(chain):
    with ColumnsEvaluation(chain.graph, ENDLESS, "csv", 60) as answer:
        assert answer.wait(1) is False
        answer._worker.send_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            answer.read()


def test_an_answer_of_many_rows_comes_whole(chain):
    text = f"{EX}SELECT ?a ?m {{ ?a ex:number ?m }} ORDER BY ?a"
    assert told(chain.graph, text, "tsv", "columns") == told(chain.graph, text, "tsv", "store")


def test_a_graph_without_columns_says_so(tmp_path):
    graph = small_graph(tmp_path / "kg")
    with pytest.raises(GraphError, match="build the graph again"):
        ColumnsEvaluation(graph, PAPERS, "csv")
    assert choice(graph, PAPERS).engine == "store"


@pytest.fixture
def hasty(monkeypatch):
    """Have what takes the store a hundredth of a second go to the columns."""
    monkeypatch.setattr(routing, "LONG", 0.01)


@pytest.mark.usefixtures("hasty")
def test_questions_about_much_go_to_the_columns_and_look_ups_to_the_store(chain):
    def engine(text):
        return choice(chain.graph, EX + text).engine

    assert engine("SELECT ?m (COUNT(?n) AS ?k) { ?n ex:number ?m } GROUP BY ?m") == "columns"
    assert engine("SELECT (COUNT(*) AS ?k) { ?a ?b ?c }") == "columns"
    assert engine("ASK { ex:n00000 ex:next+ ex:n00009 }") == "store"
    assert engine("SELECT ?m { ex:n00001 ex:number ?m }") == "store"
    assert engine("SELECT ?n { ?n ex:next ex:n00001 ; ex:number ?m }") == "store"
    assert engine("SELECT ?n { ?n ex:number ?m } LIMIT 5") == "store"
    assert engine("DESCRIBE ex:n00001") == "store"


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("SELECT (COUNT(*) AS ?k) { ?a ex:next+ ?b }", "columns"),
        ("SELECT ?a { ?a ex:number ?k MINUS { ?a ex:next ?b } }", "store"),
        ("SELECT ?a { ?a ex:next ?k FILTER NOT EXISTS { ?b ex:next ?a ; ex:number ?m } }", "columns"),
        ("SELECT (COUNT(*) AS ?k) { ex:n00007 ex:next+ ?b }", "store"),
        ("SELECT ?m (COUNT(?n) AS ?k) { ?n ex:number ?m } GROUP BY ?m", "store"),
        ("SELECT ?a { ?a ex:number ?m FILTER NOT EXISTS { ?a ex:next ?b } }", "store"),
        ("CONSTRUCT { ?n ?p ?o } { VALUES ?n { ex:n00001 } ?n ?p ?o }", "store"),
    ],
)  # fmt: skip
def test_the_columns_are_for_what_takes_the_store_seconds(chain, text, engine):
    """By 20 microseconds a look-up and 1.5 a triple: 21,000 of them are not much by themselves."""
    assert choice(chain.graph, EX + text).engine == engine


@pytest.mark.usefixtures("hasty")
def test_both_engines_count_the_chain_alike(chain):
    text = f"{EX}SELECT ?m (COUNT(?n) AS ?k) {{ ?n ex:number ?m }} GROUP BY ?m ORDER BY ?m"
    with evaluation(chain.graph, text, "csv", 30) as answer:
        assert isinstance(answer, RoutedEvaluation)
        lines = answer.read().decode().split()
    assert lines == ["m,k", *(f"{rest},{chain.length // 7}" for rest in range(7))]


@pytest.mark.usefixtures("hasty")
def test_an_explanation_names_the_engine_the_reason_and_the_sql(chain):
    text = f"{EX}SELECT (COUNT(?n) AS ?k) {{ ?n ex:number ?m }}"
    engine, _, sql, *plan = explained(chain.graph, text, 30)
    assert engine.startswith("engine: the columns, because it may take the store ")
    assert engine.endswith(" s or more: it begins with ?n ex:number ?m: 21,000 triples")
    assert sql.startswith("SELECT ")
    assert plan
    first, *_ = explained(chain.graph, f"{EX}SELECT ?m {{ ex:n00001 ex:number ?m }}", 30)
    assert first == "engine: the store, because it is unlikely to take the store long"


@pytest.mark.usefixtures("hasty")
def test_an_explanation_says_why_the_columns_do_not_answer(chain):
    text = f"{EX}SELECT (SAMPLE(?m) AS ?k) (NOW() AS ?t) {{ ?n ex:number ?m }}"
    first, *_ = explained(chain.graph, text, 30)
    assert first == "engine: the store, because the columns do not answer the function NOW exactly"
    with pytest.raises(NotExactError):
        list(explained(chain.graph, text, 30, "columns"))


def test_the_plan_is_json_of_the_worker(columned):
    assert json.loads(json.dumps(plan_of(columned, PAPERS, 30))).keys() == {"sql", "plan", "slow"}


def test_the_store_is_what_updates_and_sequences_are_for(columned):
    with Evaluation(columned, [PAPERS, PAPERS], "csv") as answer:
        assert answer.read().count(b"p,t\r\n") == 2
