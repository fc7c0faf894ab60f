"""Syntaxes of RDF: recognised by content, guarded, and one bad line costs itself."""

import json

import pytest
from hypothesis import given

from graphbuild.records import Paper
from graphbuild.sources.rdf.reader import FORMAT
from graphbuild.sources.rdf.syntax import Syntax, syntax_of
from tests.sources.inputs import damaged, head_of, records_of, rejected, survives

TITLE = "<http://purl.org/dc/terms/title>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LINE = f'<http://x.example/1> {TITLE} "On Looms" .\n'
CLASS = f"<http://x.example/1> {TYPE} <http://purl.org/spar/fabio/Book> .\n"
XML = (
    '<?xml version="1.0"?>{}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:d="http://purl.org/dc/terms/"><b:Book xmlns:b="http://purl.org/spar/fabio/" '
    'rdf:about="http://x.example/1"><d:title>On Looms</d:title></b:Book></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        (LINE, Syntax.N_QUADS),
        ("# made by hand\n\n" + LINE, Syntax.N_QUADS),
        (LINE.replace(" .", " <http://x.example/g> ."), Syntax.N_QUADS),
        ("\ufeff@prefix a: <http://x.example/> .\na:b a a:c .", Syntax.TRIG),
        ("#\nPREFIX a: <http://x.example/>\na:b a a:c .", Syntax.TRIG),
        ("@base <http://x.example/> .", Syntax.TRIG),
        (XML.format(""), Syntax.RDF_XML),
        (XML.format("<!-- x --><!DOCTYPE rdf:RDF [<!ENTITY a 'b'>]>"), Syntax.RDF_XML),
        ('{"@context": {}, "@id": "http://x.example/1"}', Syntax.JSON_LD),
        ('[{"@type": ["http://x.example/c"]}]', Syntax.JSON_LD),
        ("prefix is a word", None),
        ("<html><body>RDF</body></html>", None),
        ("<a> <b> <c>", None),
        ('{"title": "x", "authors": ["@type"]}', None),
        ("@article{x, title = {y}}", None),
    ],
)
def test_a_syntax_is_recognised_by_its_start(text, syntax):
    assert syntax_of(text) == syntax
    assert FORMAT.recognises(head_of(text, "x.rdf")) == (syntax is not None)


@pytest.mark.parametrize("text", [LINE + CLASS, XML.format(""), XML.format("<!DOCTYPE rdf:RDF>")])
def test_every_syntax_gives_the_same_record(text):
    [book] = records_of(FORMAT, text)
    assert isinstance(book, Paper)
    assert (book.title, book.kind, book.origins[0].id) == ("On Looms", "book", "http://x.example/1")


def test_a_broken_line_costs_itself():
    book, bad = records_of(FORMAT, LINE + "<http://x.example/1> nonsense .\n" + CLASS)
    assert book.title == "On Looms"
    assert (bad.line, bad.text) == (2, "<http://x.example/1> nonsense .\n")
    assert bad.reason.startswith("no RDF: ")


def test_what_comes_before_a_mistake_in_turtle_is_read():
    text = f'@prefix a: <http://x.example/> .\na:1 {TITLE} "On Looms" ; a <http://purl.org/spar/fabio/Book> .\n?'
    book, bad = records_of(FORMAT, text)
    assert (book.title, bad.line) == ("On Looms", 3)
    assert bad.reason.endswith("; the rest of the file is not read")


def test_entities_are_refused_before_they_are_expanded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = XML.format(f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>').replace("On Looms", "&l11;")
    [bad] = records_of(FORMAT, bomb)
    assert bad.reason.startswith("its DOCTYPE declares entities")


@pytest.mark.parametrize(
    "context",
    ["https://evil.example/x", ["https://evil.example/x"], {"@import": "https://evil.example/x"}],
)
def test_remote_contexts_are_not_fetched(context):
    document = {
        "@context": context,
        "@id": "http://x.example/1",
        "@type": "http://purl.org/spar/fabio/Book",
        "http://purl.org/dc/terms/title": "On Looms",
        "unknown": "left out",
    }
    [book] = records_of(FORMAT, json.dumps(document))
    assert book.title == "On Looms"


def test_json_that_is_broken_names_the_reason():
    [bad] = rejected(records_of(FORMAT, '{"@context": "https://schema.org", "name": '))
    assert bad.reason.startswith("no RDF: ")


def test_broken_iris_are_let_through():
    [book] = records_of(
        FORMAT,
        LINE
        + CLASS
        + "<http://x.example/1> <http://www.w3.org/2002/07/owl#sameAs> <http://[x y> .\n",
    )
    assert book.title == "On Looms"


@given(
    damaged(XML.format(""))
    | damaged(LINE + CLASS)
    | damaged('{"@context": "http://schema.org", "@type": "Book", "name": "x"}')
)
def test_arbitrary_bytes_end_in_records(data):
    survives(FORMAT, data)
