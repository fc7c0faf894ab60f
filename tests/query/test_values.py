import pytest

from graphbuild.errors import NoSuchEntityError, ParameterError
from graphbuild.query.catalogue import parse
from graphbuild.query.values import bound, is_iri

HEADER = """\
#+ defaults: [{year: 2000}]
#+ enumerate: [{order: [name, year]}]
#+ params:
#+   person: {class: "foaf:Person", example: "Ada"}
#+   year: {min: 1900, max: 2100, example: 2020}
#+   code: {pattern: "[a-z]{2}", example: "ab"}
"""


def find(name, kind):
    if name == "nobody":
        raise NoSuchEntityError("no entity")
    return f"https://example.org/{kind}/{name}"


def result(pattern, given):
    return bound(parse(f"{HEADER}ASK {{ {pattern} }}", "x.rq"), given, find).splitlines()[-1]


def test_a_name_is_looked_up_by_the_class_of_the_parameter():
    text = result("?s ?p ?_person_iri", {"person": ["Ada"]})
    assert text == "ASK { ?s ?p <https://example.org/foaf:Person/Ada> }"


@pytest.mark.parametrize("iri", ["http://a/b", "https://a/b", "urn:x:y", "<http://a/b>"])
def test_an_iri_is_taken_as_it_is(iri):
    text = result("?s ?p ?_person_iri", {"person": [iri]})
    assert text == f"ASK {{ ?s ?p <{iri.strip('<>')}> }}"


def test_a_name_with_a_colon_is_a_name():
    assert not is_iri("OTO: a method")
    assert not is_iri("doi: in words")
    assert not is_iri("topic/arxiv:cs.LG")


def test_an_error_of_the_look_up_is_passed_on():
    with pytest.raises(NoSuchEntityError):
        result("?s ?p ?_person_iri", {"person": ["nobody"]})


def test_a_curie_of_the_vocabulary_is_an_iri_where_no_class_is_wanted():
    assert result("?s ?p ?_x_iri", {"x": ["foaf:Person"]}).endswith(
        "<http://xmlns.com/foaf/0.1/Person> }"
    )


def test_a_name_is_looked_up_among_all_where_no_class_is_wanted():
    assert "<https://example.org/None/Ada>" in result("?s ?p ?_x_iri", {"x": ["Ada"]})


def test_every_member_of_a_list_is_looked_up():
    text = result("VALUES ?_person_multi_iri {}", {"person": ["Ada", "http://a/b"]})
    assert "{ <https://example.org/foaf:Person/Ada> <http://a/b> }" in text


WORDS = '#+ params: {hits: {kind: search, class: "gb:Paper"}}\nASK { VALUES ?_hits_multi_iri {} }'


def searched(given, search):
    return bound(parse(WORDS, "x.rq"), {"hits": given}, find, search).splitlines()[-1]


def test_words_stand_for_all_that_a_search_finds_best_first():
    def search(words, kind):
        return [f"http://a/{kind}/{words}/{place}" for place in (1, 2)]

    assert searched(["looms"], search) == (
        "ASK { VALUES ?_hits_multi_iri { <http://a/gb:Paper/looms/1> <http://a/gb:Paper/looms/2> } }"
    )


def test_an_iri_is_not_searched_for():
    assert "{ <http://a/b> }" in searched(["http://a/b"], None)


def test_words_are_refused_where_there_is_no_search():
    with pytest.raises(ParameterError, match="in a graph folder only"):
        searched(["looms"], None)


def test_a_default_stands_in_for_a_missing_value():
    assert '"2000"^^' in result("?s ?p ?_year_integer", {})
    assert '"1999"^^' in result("?s ?p ?_year_integer", {"year": ["1999"]})


@pytest.mark.parametrize(
    ("pattern", "given", "message"),
    [
        (
            "?s ?p ?_year_integer",
            {"year": ["1"]},
            "'1' is less than 1900; write for example '2020'",
        ),
        ("?s ?p ?_year_integer", {"year": ["9999"]}, "'9999' is more than 2100"),
        ("?s ?p ?_year_integer", {"year": ["abc"]}, "'abc' is no whole number"),
        ("?s ?p ?_code_literal", {"code": ["abc"]}, r"'abc' does not match \[a-z\]\{2\}"),
        ("?s ?p ?_order_literal", {"order": ["size"]}, "'size' is none of name, year"),
        ("?s ?p ?_code_literal", {}, "'code' needs a value, for example 'ab'"),
        ("?s ?p ?_code_literal", {"code": ["ab", "cd"]}, "'code' takes one value, not 2"),
        ("?s ?p ?_code_literal", {"kode": ["ab"]}, "no parameter 'kode'; it has: code"),
        ("VALUES ?_person_multi_iri {}", {}, "'person' needs a value"),
    ],
)
def test_a_wrong_value_is_refused_by_name(pattern, given, message):
    with pytest.raises(ParameterError, match=message):
        result(pattern, given)
