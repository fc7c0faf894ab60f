import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graphbuild.query.syntax import (
    declared_prefixes,
    has_service,
    paged,
    query_form,
    tokens,
    used_prefixes,
)


@pytest.fixture(scope="module")
def w3c_queries(shared):
    """The queries of the W3C test suites that call no other endpoint."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((shared / "data" / "suites" / "rdf-tests").rglob("*.rq"))
    ]
    return [text for text in texts if not has_service(text)]


def parses(text):
    try:
        Store().query(text, base_iri="http://example.org/")
    except SyntaxError:
        return False
    except RuntimeError:  # an unknown function, found when the query is evaluated
        return True
    return True


def renamed(text):
    return "".join(
        f"{token.text[0]}renamed_{token.text[1:]}" if token.kind == "variable" else token.text
        for token in tokens(text)
    )


def kinds(text):
    return [(token.kind, token.text) for token in tokens(text) if token.kind != "space"]


def test_tokens_of_the_w3c_queries_joined_are_the_queries(w3c_queries):
    assert len(w3c_queries) > 350
    for text in w3c_queries:
        assert "".join(token.text for token in tokens(text)) == text


def test_renaming_every_variable_changes_no_verdict_of_the_parser(w3c_queries):
    changed = [text for text in w3c_queries if parses(renamed(text)) != parses(text)]
    assert changed == []


def test_w3c_queries_hold_valid_and_invalid_ones(w3c_queries):
    valid = sum(map(parses, w3c_queries))
    assert 0 < valid < len(w3c_queries)


@given(st.text())
def test_tokens_of_any_text_joined_are_the_text(text):
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?a$b", [("variable", "?a"), ("variable", "$b")]),
        ('"a\\"?b"', [("string", '"a\\"?b"')]),
        ('"""a "?b" """', [("string", '"""a "?b" """')]),
        ("'''it's\n?b'''", [("string", "'''it's\n?b'''")]),
        ("<http://a/#?b>", [("iri", "<http://a/#?b>")]),
        ("?a<?b", [("variable", "?a"), ("other", "<"), ("variable", "?b")]),
        ("# ?a\n?b", [("comment", "# ?a"), ("variable", "?b")]),
        ("foaf:name?b", [("pname", "foaf:name"), ("variable", "?b")]),
        (":a.b.", [("pname", ":a.b"), ("other", ".")]),
        (r"ex:a\,b", [("pname", r"ex:a\,b")]),
        ("_:b1", [("pname", "_:b1")]),
        ('"x"@en-GB', [("string", '"x"'), ("langtag", "@en-GB")]),
        ("1.5e-3 .5 7.", [("number", "1.5e-3"), ("number", ".5"), ("number", "7"), ("other", ".")]),
        ("?größe", [("variable", "?größe")]),
        ('"never closed', [("other", '"'), ("word", "never"), ("word", "closed")]),
    ],
)
def test_text_is_cut_as_the_grammar_says(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select ?a {}", "select"),
        ("# DROP ALL\nPREFIX drop: <http://a/> BASE <http://b/> ASK {}", "ask"),
        ("CONSTRUCT {} {}", "construct"),
        ("PREFIX a: <http://a/> describe a:select", "describe"),
        ("DROP ALL", "update"),
        ("PREFIX a: <http://a/> insert data {}", "update"),
        ("WITH <http://a/> DELETE {} WHERE {}", "update"),
        ("hello DROP ALL", None),
        ("", None),
    ],
)
def test_form_is_the_first_keyword_after_the_prologue(text, form):
    assert query_form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://a/> {} }",
        "ASK { service silent ?where {} }",
        "ASK { SERVICE\n# here\n<http://a/> {} }",
        "ASK { FILTER EXISTS{SERVICE<http://a/>{}} }",
    ],
)
def test_service_is_found_however_it_is_written(text):
    assert has_service(text)


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?a ?b "SERVICE <http://a/> {}" }',
        "ASK { ?SERVICE $service <http://a/SERVICE> } # SERVICE <http://a/> {}",
        "PREFIX SERVICE: <http://a/> ASK { SERVICE:a SERVICE:b a:SERVICE }",
    ],
)
def test_service_in_names_and_strings_is_none(text):
    assert not has_service(text)


def test_service_written_with_escapes_is_no_sparql():
    with pytest.raises(SyntaxError):
        Store().query("ASK { \\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?a {}", "SELECT ?a {} LIMIT 3 OFFSET 4"),
        ("SELECT ?a {} # end", "SELECT ?a {} LIMIT 3 OFFSET 4 # end"),
        ("SELECT ?a {} limit 9", "SELECT ?a {} limit 3 OFFSET 4"),
        ("SELECT ?a {} OFFSET 1 LIMIT 2", "SELECT ?a {} OFFSET 4 LIMIT 3"),
        (
            "SELECT ?a { {SELECT ?a {} LIMIT 1} }",
            "SELECT ?a { {SELECT ?a {} LIMIT 1} } LIMIT 3 OFFSET 4",
        ),
        ("SELECT ?a {} VALUES ?a {1}", "SELECT ?a {} LIMIT 3 OFFSET 4 VALUES ?a {1}"),
        (
            'SELECT ?a {} ORDER BY STR("LIMIT 7")',
            'SELECT ?a {} ORDER BY STR("LIMIT 7") LIMIT 3 OFFSET 4',
        ),
        ("DESCRIBE <http://a/>", "DESCRIBE <http://a/> LIMIT 3 OFFSET 4"),
    ],
)
def test_limit_and_offset_touch_only_the_outermost_select(text, expected):
    assert paged(text, 3, 4) == expected
    assert parses(expected)


def test_no_limit_and_no_offset_leave_the_query():
    assert paged("SELECT ?a {} LIMIT 5") == "SELECT ?a {} LIMIT 5"


def test_prefixes_are_told_apart_by_use():
    text = 'PREFIX a: <http://a/> PREFIX : <http://b/> ASK { a:x c:y "d:z" ; :w _:v }'
    assert used_prefixes(text) == {"a", "c", ""}
    assert declared_prefixes(text) == {"a": "http://a/", "": "http://b/"}


def test_a_hostile_text_is_cut_in_linear_time():
    text = '"' * 20_000 + "a:" + "." * 20_000 + "<" * 20_000 + "'''" * 20_000
    assert re.sub(r"\s", "", "".join(token.text for token in tokens(text))) == text
