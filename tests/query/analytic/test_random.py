"""Whatever is asked, the columns answer as the store does, or say that they do not answer."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.query.analytic.tree import Unsupported
from tests.query.analytic.made import HEAD, Made, columns_of, difference, differs

QUERIES = 8


@settings(max_examples=5, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_random_queries_about_random_graphs_have_the_answer_of_the_store(seed):
    made = Made(seed)
    with tempfile.TemporaryDirectory() as folder, columns_of(made.graph(), Path(folder)) as both:
        for _ in range(QUERIES):
            query = made.query()
            assert difference(*both, query) in ("", "not answered"), query


GRAPH = """@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :p :b ; :i 1 ; :d 1.5 ; :t "x" ; :l "x"@en ; :y "2020"^^xsd:gYear ; :when "2020-02-01"^^xsd:date .
:b :p :c ; :i 2 ; :d 2.25 ; :t "y\\"\\\\\\n\\té" ; :l "y" ; :y "2021"^^xsd:gYear .
:c :p :a ; :i 4 ; :t "" ; :l "z"@de-AT ; :mixed 1, 1.0, "a", :a .
:d :i -3 ; :q :d ; :big 9223372036854775807 ; :p :a, :d .
"""
ANSWERED = [
    "SELECT * { ?s :p ?o }",
    "SELECT ?s { ?s :t ?t FILTER(?t = \"y\\\"\\\\\\n\\té\") }",
    "SELECT (SUM(?i) AS ?n) (AVG(?i) AS ?m) (MIN(?i) AS ?l) (MAX(?d) AS ?h) { ?s :i ?i ; :d ?d }",
    "SELECT (AVG(?i) AS ?m) { ?s :i ?i }",
    "SELECT ?s (?i / 3 AS ?x) (?d / ?i AS ?y) (?d * ?i AS ?z) (-?d AS ?w) { ?s :i ?i ; :d ?d }",
    "SELECT ?s (ROUND(?d) AS ?x) (FLOOR(-?d) AS ?y) (CEIL(?d) AS ?z) { ?s :d ?d }",
    "SELECT ?s ?d { ?s :i ?i OPTIONAL { ?s :d ?d FILTER(?i > 1) } }",
    "SELECT * { ?s :i ?i OPTIONAL { { ?s :p ?o FILTER(?i > 1) } } }",
    "SELECT * { ?s :i ?i OPTIONAL { { ?s :p ?o FILTER(?o != :c) } FILTER(?i > 1) } }",
    "SELECT ?s { ?s :i ?i FILTER NOT EXISTS { ?s :d ?d FILTER(?d > ?i) } }",
    "SELECT ?s { ?s :i ?i MINUS { ?s :d ?d } }",
    "SELECT ?a ?b { ?a :p+ ?b } ORDER BY ?a ?b",
    "SELECT ?b { :a :p* ?b }",
    "SELECT ?a { ?a (:p/^:p) :a }",
    "SELECT ?a ?b { ?a !(:p|:i) ?b }",
    "SELECT ?b (COUNT(*) AS ?n) { ?b (!(:q|^:i)/(:p)+) ?a FILTER(ISLITERAL(?b)) } GROUP BY ?b",
    "ASK { :a :p+ :a }",
    "ASK { :a :q :b }",
    "CONSTRUCT { ?o :back ?s } { ?s :p ?o }",
    "SELECT ?s (YEAR(?y) AS ?n) (MONTH(?w) AS ?m) { ?s :y ?y OPTIONAL { ?s :when ?w } }",
    "SELECT ?l (LANG(?l) AS ?g) { ?s :l ?l FILTER(LANGMATCHES(LANG(?l), \"*\")) }",
    "SELECT ?t (COUNT(*) AS ?n) { { ?s :t ?t } UNION { ?s :l ?t } } GROUP BY ?t HAVING(COUNT(*) < 2)",
    "SELECT ?s ?v { VALUES (?s ?v) { (:a 1) (:new \"new\"@en) (UNDEF 7) } }",
    "SELECT ?s ?i { VALUES ?i { 1 2 99 } ?s :i ?i }",
    "SELECT ?s (COALESCE(?d, ?none, \"no\") AS ?x) { ?s :i ?i OPTIONAL { ?s :l ?d FILTER(false) } }",
    "SELECT ?n { { SELECT (COUNT(?s) AS ?n) { ?s :p ?o } } FILTER(?n = 5) }",
    "SELECT ?s { ?s :i ?i } ORDER BY DESC(?i) LIMIT 2",
    "SELECT ?s { { SELECT ?s { ?s :i ?i } ORDER BY ?i LIMIT 1 OFFSET 1 } ?s :p ?o }",
    "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "SELECT ?x ?X { ?x :p ?X }",
    "SELECT ?o { :c :mixed ?o FILTER(?o = 1) }",
    "SELECT (?o + 1 AS ?x) { :c :mixed ?o }",
    "SELECT (SUM(?o) AS ?x) (AVG(?o) AS ?y) { :c :mixed ?o }",
    "SELECT (SUM(?o) AS ?x) (AVG(?o) AS ?y) { ?s :i|:d ?o }",
    "SELECT ?s (SUM(?o) AS ?x) (AVG(?o) AS ?y) { ?s :i|:d ?o } GROUP BY ?s",
    "SELECT ?s ?x { ?s :i ?i OPTIONAL { ?s :l ?l } BIND(COALESCE(?l, ?s) AS ?x) } ORDER BY ?x ?s",
    "SELECT ?s ?t { ?s :i ?i OPTIONAL { ?s :t ?t FILTER(REPLACE(?t, \"y\", \"\") != ?t) } }",
    "SELECT ?s { ?s :i ?i FILTER NOT EXISTS { ?s :t ?t FILTER EXISTS { ?o :t ?t } } }",
    "SELECT ?s { ?s :t ?t FILTER REGEX(?t, \"(?=x)\") }",
    "SELECT ?s (REPLACE(?t, \"[xy]\", \"_\\t\") AS ?x) { ?s :t ?t } ORDER BY ?s",
    "SELECT ?s ?x { ?s :i ?i BIND(IF(?i > 1, ?i, STR(?s)) AS ?x) FILTER(?x != 2) }",
    "SELECT ?x { { ?s :t ?x } UNION { ?s :i ?i BIND(?i + 1 AS ?x) } }",
    "SELECT ?s ?x { { ?s :i ?x } { ?t :i ?i BIND(?i * 2 AS ?x) } }",
    "SELECT ?s { ?s :i ?i FILTER(EXISTS { ?s :t ?t FILTER(?i > 2) } || ?i < 0) }",
    "SELECT ?s (EXISTS { ?s :d ?d } AS ?x) { ?s :i ?i }",
    "SELECT (SUM(?d * ?d) AS ?x) { ?s :d ?d }",
    "SELECT ?s { ?s :when ?w FILTER(STRDT(CONCAT(STR(?w), \"T00:00:00+02:00\"), xsd:dateTime) < xsd:dateTime(\"2021-01-01T00:00:00Z\")) }",
    "SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?o BIND(DATATYPE(?o) AS ?x) } GROUP BY ?x",
    "SELECT ?o { ?s ?p ?o FILTER(DATATYPE(?o) IN (xsd:integer, xsd:string)) }",
    "SELECT (DATATYPE(?i + 1) AS ?x) (DATATYPE(?d) AS ?y) (DATATYPE(?s) AS ?z) { ?s :i ?i ; :d ?d }",
    "SELECT DISTINCT ?x { ?s :d ?d BIND(xsd:double(?d) AS ?x) }",
    "SELECT ?s (SHA1(STR(?s)) AS ?x) (STRLANG(\"a\", \"EN\") AS ?y) { ?s :i ?i }",
    "SELECT ?s ?x { ?s :l ?l BIND(UCASE(?l) AS ?x) }",
]  # fmt: skip
LEFT_TO_THE_STORE = {
    "SELECT (NOW() AS ?n) {}": "the function NOW",
    "SELECT REDUCED ?s { ?s :p ?o }": "REDUCED, whose answer is open",
    "DESCRIBE :a": "DESCRIBE as a form of query",
    "SELECT * { GRAPH ?g { ?s :p ?o } }": "GRAPH",
    "SELECT * FROM <http://e/g> { ?s :p ?o }": "FROM",
    "SELECT ?o { :c :mixed ?o } ORDER BY ?o": "the order of literals of several kinds",
    "SELECT (SUM(xsd:double(?d)) AS ?x) { ?s :d ?d }":
        "computing with what may have several datatypes",
    "SELECT (MAX(?o) AS ?x) { :c :mixed ?o }":
        "MAX of IRIs and literals, or of literals that tie",
    "SELECT (UUID() AS ?x) {}": "the function UUID",
    "SELECT ?s { ?s :i ?i FILTER(EXISTS { ?s :p ?o MINUS { ?s :q ?o } } || ?i < 0) }":
        "EXISTS that uses a binding in part of its pattern",
}  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with columns_of(GRAPH, tmp_path_factory.mktemp("both")) as both:
        yield both


@pytest.mark.parametrize("query", ANSWERED)
def test_these_are_answered_as_the_store_does(both, query):
    assert differs(*both, HEAD + query) is None


@pytest.mark.parametrize(("query", "reason"), LEFT_TO_THE_STORE.items())
def test_what_is_not_answered_exactly_is_said(both, query, reason):
    with pytest.raises(Unsupported) as refusal:
        differs(*both, HEAD + query)
    assert str(refusal.value) == reason


def test_a_sum_that_is_too_large_is_left_to_the_store(both):
    with pytest.raises(duckdb.Error, match=r"[Oo]ut of [Rr]ange|[Oo]verflow"):
        differs(*both, f"{HEAD}SELECT (SUM(?i) AS ?x) {{ :d :big|:i ?i . ?s :p ?o }}")
