import pytest

from graphbuild.query.advice import advice


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("VALUES ?p { <http://e/p> } ?p x:t ?t", "VALUES ?p has one row"),
        ("VALUES (?p ?q) { (1 2) } ?p x:t ?q", "VALUES ?p ?q has one row"),
        (
            "?a x:p ?b OPTIONAL { ?b x:q ?c } ?a x:r ?d",
            "the required pattern ?a x:r ?d stands after",
        ),
        ("?a a x:C FILTER NOT EXISTS { ?a x:p ?b }", "write MINUS { ?a x:p ?b }"),
        ("?a x:p ?b OPTIONAL { ?c x:q ?d . ?d x:r ?a }", "in OPTIONAL, ?c x:q ?d comes first"),
        ("{ ?a x:p ?b . ?b x:q 5 } UNION { ?a x:p 6 }", "in UNION, ?a x:p ?b comes first"),
        ("?a ?b ?c", "?a ?b ?c goes through the whole graph"),
    ],
)
def test_each_slow_way_of_asking_is_named_with_its_rewrite(body, hint):
    found = advice(f"SELECT ?a WHERE {{ {body} }}")
    assert len(found) == 1
    assert hint in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?t { VALUES ?p { 1 2 } ?p x:t ?t }",
        "SELECT ?t { VALUES ?_p_multi_iri { <http://e/p> } ?_p_multi_iri x:t ?t }",
        "SELECT ?t { ?a x:p ?b . ?a x:r ?d OPTIONAL { ?b x:q ?c } }",
        "SELECT ?t { ?a x:p ?b OPTIONAL { ?b x:q ?c } FILTER(?b > 1) BIND(1 AS ?one) }",
        "SELECT ?t { <http://e/a> x:p ?b FILTER NOT EXISTS { ?b x:p ?c } }",
        "SELECT ?t { ?a a x:C MINUS { ?a x:p ?b } }",
        "SELECT ?t { ?a x:p ?b OPTIONAL { ?d x:r ?a . ?c x:q ?d } }",
        "SELECT ?t { ?a x:p ?b OPTIONAL { ?b x:q ?c OPTIONAL { ?c x:q ?d . ?d x:r ?e } } }",
        "SELECT ?a { ?a ?b ?c } LIMIT 5",
        "SELECT ?b (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?b",
        "SELECT ?a { <http://e/a> ?b ?c }",
        "ASK { ?a ?b ?c }",
        "no SPARQL at all",
    ],
)
def test_good_queries_are_let_be(text):
    assert advice(text) == []


def test_a_hint_is_given_once():
    twice = "SELECT ?a { { ?a x:p ?b . ?b x:q 5 } UNION { ?a x:p ?b . ?b x:q 5 } }"
    assert len(advice(twice)) == 1
