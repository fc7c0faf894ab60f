import pytest
from rdflib import SH, Graph, URIRef
from rdflib.compare import isomorphic

from graphbuild.validate.paths import add_path, path_text, read_path

PREFIX = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:p:> ."
SHAPE = URIRef("urn:p:shape")
PATHS = [
    (":a", "<urn:p:a>"),
    ("[ sh:inversePath :a ]", "^<urn:p:a>"),
    ("[ sh:zeroOrMorePath :a ]", "<urn:p:a>*"),
    ("[ sh:oneOrMorePath :a ]", "<urn:p:a>+"),
    ("[ sh:zeroOrOnePath :a ]", "<urn:p:a>?"),
    ("( :a :b :c )", "(<urn:p:a>/<urn:p:b>/<urn:p:c>)"),
    ("[ sh:alternativePath ( :a :b ) ]", "(<urn:p:a>|<urn:p:b>)"),
    ("( :a [ sh:inversePath :b ] )", "(<urn:p:a>/^<urn:p:b>)"),
    ("[ sh:inversePath [ sh:zeroOrMorePath :a ] ]", "^(<urn:p:a>*)"),
    ("[ sh:zeroOrMorePath [ sh:inversePath :a ] ]", "(^<urn:p:a>)*"),
    ("[ sh:oneOrMorePath ( :a :b ) ]", "(<urn:p:a>/<urn:p:b>)+"),
    (
        "( [ sh:alternativePath ( ( :a :b ) [ sh:zeroOrOnePath :c ] ) ] :d )",
        "(((<urn:p:a>/<urn:p:b>)|<urn:p:c>?)/<urn:p:d>)",
    ),
]


def shape(path: str) -> Graph:
    return Graph().parse(data=f"{PREFIX} :shape sh:path {path} .", format="turtle")


@pytest.mark.parametrize(("path", "text"), PATHS)
def test_path_is_told_as_sparql_writes_it(path, text):
    graph = shape(path)
    assert path_text(graph.value(SHAPE, SH.path), graph) == text


@pytest.mark.parametrize(("path", "text"), PATHS)
def test_path_comes_back_from_its_text(path, text):
    graph = Graph()
    graph.add((SHAPE, SH.path, add_path(text, graph)))
    assert isomorphic(graph, shape(path))


@pytest.mark.parametrize(("path", "text"), PATHS)
def test_path_is_written_as_turtle(path, text):
    graph = Graph()
    written = read_path(add_path(text, graph), graph).turtle
    assert isomorphic(shape(written), shape(path))
