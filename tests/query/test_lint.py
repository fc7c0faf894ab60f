import pytest

from graphbuild.query.catalogue import load_all, parse
from graphbuild.query.lint import lint

HEADER = '#+ summary: x\n#+ params: {x: {help: "h", example: "https://example.org/"}}\n'
GOOD = HEADER + "SELECT ?a (?_x_iri AS ?b) WHERE { ?a ?c ?_x_iri } ORDER BY ?a"


def problems(text, name="folder/good-name.rq"):
    return lint(parse(text, name))


@pytest.mark.parametrize("query", load_all(), ids=lambda query: query.id)
def test_every_shipped_query_keeps_the_rules(query):
    assert lint(query) == []


@pytest.mark.parametrize("query", load_all(), ids=lambda query: query.id)
def test_every_shipped_query_is_sparql_for_another_parser(query):
    algebra = pytest.importorskip("rdflib.plugins.sparql")
    algebra.prepareQuery(query.text)


def test_a_good_query_has_no_problems():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("summary: x", "tags: [a]", "no summary"),
        ('example: "https://example.org/"', "min: 1", "'x' has no example"),
        ('help: "h", ', "", "'x' has no help"),
        ('help: "h"', 'help: "h", kind: search', "'x' is searched for, so it is ?_name_multi_iri"),
        ("params: {x:", "params: {y: {}, x:", "says something of 'y'"),
        ("?a ?c ?_x_iri", "?a ?c ?_x_iri OPTIONAL", "is no SPARQL as it stands"),
        ("(?_x_iri AS ?b)", "?_x_iri", "is no SPARQL with values"),
        ("ORDER BY ?a", "GROUP BY ?a ?_x_iri ORDER BY ?a", "is no SPARQL with values"),
        ("ORDER BY ?a", "ORDER BY ?_x_iri ?a", "is no SPARQL with values"),
        ("?a ?c ?_x_iri", "?a ?c ?_x_iri FILTER(BOUND(?_x_iri))", "is no SPARQL with values"),
        ("?a (?_x_iri AS ?b)", "*", "SELECT * gives other columns"),
        ("ORDER BY ?a", "", "a SELECT needs ORDER BY"),
        ("ORDER BY ?a", "ORDER BY ?c", "ORDER BY must end in"),
        ("?a ?c ?_x_iri", "?a ?c ?_x_iri {SELECT ?a {?a ?d ?e} LIMIT 1}", "LIMIT without ORDER BY"),
        ("?a ?c ?_x_iri", "SERVICE <http://e/> {?a ?c ?_x_iri}", "calls another endpoint"),
        ("?a ?c ?_x_iri", "?a ?c ?_x_iri LATERAL {?a ?d ?e}", "LATERAL is not SPARQL 1.1"),
        ("?a ?c ?_x_iri", "?a ?c ?_x_iri FILTER(<http://e/f>(?a))", "a function of one engine"),
        ("SELECT", "PREFIX e: <http://e/> SELECT", "e: is declared and not used"),
        ("?c", "foaf:name", "foaf: is not declared"),
        ("?c", "?my_name", "?my_name is not written in camelCase"),
        ("?_x_iri", "?_X_iri", "'X' is not written in camelCase"),
        ("_x_iri", "_limit_iri", "'limit' hides an option"),
        ("?a ?c ?_x_iri", "?a ?c ?_x_iri OPTIONAL {?a ?d ?e} ?a ?f ?g", "stands after an OPTIONAL"),
        ("?a ?c ?_x_iri", "?a ?c ?d", "?a ?c ?d goes through the whole graph"),
    ],
)
def test_each_rule_is_watched(old, new, problem):
    found = problems(GOOD.replace(old, new))
    assert any(problem in one for one in found), found


def test_a_prefix_of_the_vocabulary_means_what_it_says():
    text = GOOD.replace("SELECT", "PREFIX foaf: <http://e/> SELECT").replace("?c", "foaf:name")
    assert problems(text) == ["the prefix foaf: is not <http://xmlns.com/foaf/0.1/>"]


def test_an_id_is_words_joined_by_hyphens():
    assert problems(GOOD, "folder/My_Query.rq") == [
        "the id 'My_Query' is not words in lower case, joined by hyphens"
    ]


def test_an_update_is_no_canned_query():
    assert "is no SELECT, ASK, CONSTRUCT or DESCRIBE" in problems("#+ summary: x\nDROP ALL")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
        "ASK { ?a ?b ?c }",
        "CONSTRUCT { ?a a ?c } { ?a a ?c }",
        "SELECT ?b (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?b ORDER BY DESC(?n) ?b",
    ],
)
def test_one_row_and_no_rows_need_no_order(text):
    assert problems(f"#+ summary: x\n{text}") == []


def test_groups_are_told_apart_by_what_they_are_grouped_by():
    text = "SELECT ?b (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?b ORDER BY DESC(?n)"
    assert problems(f"#+ summary: x\n{text}") == [
        "ORDER BY must end in what tells two results apart, one of ?b"
    ]


def test_every_option_of_the_command_is_reserved():
    from graphbuild.cli.query import query
    from graphbuild.query.lint import RESERVED

    options = {name.lstrip("-") for parameter in query.params for name in parameter.opts}
    long = {name for name in options if len(name) > 1} - {"question"}
    assert long <= RESERVED
