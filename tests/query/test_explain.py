import re
import shutil
import sys
from pathlib import Path

import pytest

from graphbuild.errors import QueryRefusedError, QuerySyntaxError, QueryTimeoutError
from graphbuild.query import explain
from graphbuild.query.explain import GOOD, NO_ENDPOINT, NO_PROGRAM, explained
from graphbuild.store.endpoint import Endpoint

SLOW = "SELECT ?t { ?p gb:hasCode ?r OPTIONAL { ?p gb:comment ?c } ?p dcterms:title ?t }"
GOOD_ONE = "SELECT ?t { ?p dcterms:title ?t }"


@pytest.fixture
def engine():
    beside = Path(sys.executable).parent / "oxigraph"
    if not beside.is_file() and shutil.which("oxigraph") is None:
        pytest.skip("the program oxigraph is not installed")


@pytest.mark.usefixtures("engine")
def test_the_plan_says_how_many_results_each_step_has(graph):
    engine, hint, _, *steps = explained(graph, GOOD_ONE, 30)
    assert engine.startswith("engine: the store")
    assert hint == f"hint: {GOOD}"
    assert [re.sub(r" +[\d.]+  ", " | ", step.lstrip(), count=1) for step in steps] == [
        "4 | Project(?t)",
        "4 |   QuadPattern(?p dcterms:title ?t)",
    ]


@pytest.mark.usefixtures("engine")
def test_a_graph_is_planned_too(graph):
    *_, step = explained(graph, "CONSTRUCT { ?p a ?c } { ?p a gb:Paper ; a ?c }", 30)
    assert "QuadPattern" in step


@pytest.mark.usefixtures("engine")
def test_a_plan_that_takes_too_long_is_given_up(wide_graph):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(QueryTimeoutError):
        list(explained(wide_graph, endless, 0.5))


def test_without_the_program_the_hints_remain(graph, monkeypatch):
    monkeypatch.setattr(explain, "_program", lambda: None)
    _, hint, rest = explained(graph, SLOW, 30)
    assert "stands after an OPTIONAL" in hint
    assert rest == NO_PROGRAM


def test_an_endpoint_is_not_asked():
    assert list(explained(Endpoint("http://localhost:9/x"), GOOD_ONE, 30))[-1] == NO_ENDPOINT


@pytest.mark.parametrize(
    ("text", "error"),
    [("DROP ALL", QueryRefusedError), ("SELECT ?t { ?p }", QuerySyntaxError)],
)
def test_what_is_no_query_is_refused(graph, text, error):
    with pytest.raises(error):
        list(explained(graph, text, 30))
