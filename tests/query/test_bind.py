import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from graphbuild.errors import ParameterError
from graphbuild.query.bind import bind
from graphbuild.query.parameters import placeholders
from graphbuild.query.syntax import tokens

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'\\{}<>#?@^.;\n\r\t\u2028\u00a0\x00\x1b\u202e😀 "),
        st.characters(exclude_categories=["Cs"]),
    )
)
ECHO = "SELECT (?_value_literal AS ?value) WHERE { FILTER(true) }"


def answer(text):
    return [tuple(row) for row in Store().query(text)]


@settings(max_examples=3000, deadline=None)
@given(HOSTILE)
def test_hostile_literals_come_back_equal(value):
    assert answer(bind(ECHO, {"value": value})) == [(Literal(value),)]


@settings(max_examples=1000, deadline=None)
@given(HOSTILE)
def test_a_value_is_one_term_and_no_more_tokens(value):
    bound = bind(ECHO.replace("_literal", "_en"), {"value": value})
    expected = len(tokens(ECHO)) + 1  # the language tag
    assert len(tokens(bound)) == expected


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
def test_the_number_of_tokens_stays(value):
    assert len(tokens(bind(ECHO, {"value": value}))) == len(tokens(ECHO))


@settings(max_examples=1000, deadline=None)
@given(HOSTILE)
def test_an_iri_is_one_token_or_refused(value):
    text = "ASK { ?s ?p ?_thing_iri }"
    try:
        bound = bind(text, {"thing": f"https://example.org/{value}"})
    except ParameterError:
        return
    assert len(tokens(bound)) == len(tokens(text))


@pytest.mark.parametrize(
    "value",
    [
        '" } ; DROP ALL #',
        '" } UNION { ?s ?p ?o } #',
        "\\",
        '\\" } #',
        '"""',
        "?_value_literal",
        "\n#",
        "} LIMIT 1 #",
    ],
)
def test_injection_stays_a_string(value):
    assert answer(bind(ECHO, {"value": value})) == [(Literal(value),)]


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org/> } ; DROP ALL #",
        "https://example.org/a b",
        "https://example.org/\n",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "example.org",
        "",
        "<>",
        'https://example.org/"',
    ],
)
def test_what_is_no_harmless_iri_is_refused(value):
    with pytest.raises(ParameterError, match="parameter 'thing'"):
        bind("ASK { ?s ?p ?_thing_iri }", {"thing": value})


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("https://example.org/a", "<https://example.org/a>"),
        ("<https://example.org/a>", "<https://example.org/a>"),
        ("urn:isbn:123", "<urn:isbn:123>"),
        ("doi:10.1234/abc", "<doi:10.1234/abc>"),
    ],
)
def test_iris_are_taken_with_or_without_brackets(value, term):
    assert bind("ASK { ?s ?p ?_thing_iri }", {"thing": value}) == f"ASK {{ ?s ?p {term} }}"


XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "-7", Literal("-7", datatype=NamedNode(f"{XSD}integer"))),
        ("number", "7", Literal("7", datatype=NamedNode(f"{XSD}integer"))),
        ("number", "7.5", Literal("7.5", datatype=NamedNode(f"{XSD}decimal"))),
        ("number", "7e2", Literal("7e2", datatype=NamedNode(f"{XSD}double"))),
        ("xsd_date", "2024-02-29", Literal("2024-02-29", datatype=NamedNode(f"{XSD}date"))),
        ("en", "a b", Literal("a b", language="en")),
        ("literal", "7", Literal("7")),
    ],
)
def test_the_suffix_of_the_variable_decides_the_type(kind, value, term):
    assert bind(f"ASK {{ ?s ?p ?_x_{kind} }}", {"x": value}) == f"ASK {{ ?s ?p {term} }}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "abc"),
        ("integer", "1.5"),
        ("integer", "9" * 30),
        ("integer", "١٢"),
        ("number", "1,5"),
        ("number", "NaN"),
        ("xsd_date", "2023-02-29"),
        ("xsd_date", "20230201"),
        ("xsd_date", "2023"),
        ("literal", "\ud800"),
        ("en", "\ud800"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_in_one_line(kind, value):
    with pytest.raises(ParameterError) as caught:
        bind(f"ASK {{ ?s ?p ?_x_{kind} }}", {"x": value})
    assert str(caught.value).startswith("parameter 'x': ")
    assert "write for example" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?s ?p "?_x_literal" }',
        "ASK { ?s ?p '''?_x_literal''' }",
        "ASK { ?s ?p <http://a/?_x_literal> }",
        "ASK { } # ?_x_literal",
        "ASK { ?s ?p ?_x_literals , ?x_literal , ?_xy_z_literal }",
    ],
)
def test_only_a_variable_of_exactly_this_name_is_a_parameter(text):
    assert bind(text, {}) == text


def test_a_parameter_leaves_one_alone_that_begins_like_it():
    text = "ASK { ?s ?_a_literal ?_ab_literal }"
    assert bind(text, {"a": "1", "ab": "2"}) == 'ASK { ?s "1" "2" }'


def test_a_required_parameter_without_value_is_named_with_an_example():
    with pytest.raises(ParameterError, match=r"^parameter 'year' needs a value, .* year='2020'$"):
        bind("ASK { ?s ?p ?_year_integer }", {})


def test_an_unknown_parameter_is_named_with_those_there_are():
    with pytest.raises(ParameterError, match=r"no parameter 'yaer'; it has: year"):
        bind("ASK { ?s ?p ?_year_integer }", {"year": "1", "yaer": "2"})


@pytest.mark.parametrize(("values", "rows"), [({}, 3), ({"from": "2"}, 2)])
def test_an_optional_parameter_works_set_and_unset(values, rows):
    text = """SELECT ?y { VALUES ?y { 1 2 3 } FILTER(?y >= COALESCE(?__from_integer, 0)) }"""
    assert len(answer(bind(text, values))) == rows


@pytest.mark.parametrize(
    ("text", "values", "rows"),
    [
        ("VALUES ?_x_multi_iri {}", {"x": ["http://a/1", "http://a/2"]}, 2),
        ("VALUES ?_x_multi_iri { }", {"x": ["http://a/1"]}, 1),
        ("VALUES ?__x_multi_iri {}", {"x": ["http://a/1", "http://a/2"]}, 2),
        ("VALUES ?__x_multi_iri # all\n{}", {}, 1),
    ],
)
def test_a_list_fills_the_empty_values_block(text, values, rows):
    assert len(answer(bind(f"SELECT ?x {{ {text} }}", values))) == rows


def test_an_optional_list_without_values_restricts_nothing():
    text = "SELECT ?v { VALUES ?__x_multi_iri {} VALUES ?v { <http://a/1> <http://a/2> } }"
    assert len(answer(bind(text + " ", {}))) == 2


def test_a_required_list_needs_a_value():
    with pytest.raises(ParameterError, match="'x' needs a value"):
        bind("ASK { VALUES ?_x_multi_iri {} }", {"x": []})


def test_braces_after_a_list_that_is_not_in_values_stay():
    text = "SELECT ?_x_multi_iri { VALUES ?_x_multi_iri {} }"
    bound = bind(text, {"x": ["http://a/1"]})
    assert bound == "SELECT ?_x_multi_iri { VALUES ?_x_multi_iri { <http://a/1> } }"


def test_each_member_of_a_list_is_checked():
    with pytest.raises(ParameterError, match="javascript"):
        bind("ASK { VALUES ?_x_multi_iri {} }", {"x": ["http://a/1", "javascript:x"]})


def test_one_value_is_wanted_where_no_list_is():
    with pytest.raises(ParameterError, match="takes one value, not 2"):
        bind(ECHO, {"value": ["a", "b"]})


def test_one_name_with_two_types_is_refused():
    with pytest.raises(ParameterError, match=r"used as .* and in another way"):
        placeholders("ASK { ?s ?_a_iri ?__a_iri }")
