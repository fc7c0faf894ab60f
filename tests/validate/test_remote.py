"""By SPARQL the same is found as by columns, in a store and at an endpoint."""

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from benchmarks.shacl_suite import REFUSED, cases, outcome
from graphbuild.cli import main
from graphbuild.errors import ShapesError
from graphbuild.validate.data import graph_of, turtle_rows
from graphbuild.validate.remote.engine import select, validate
from graphbuild.validate.reports.timings import timings
from graphbuild.validate.shapes import Shapes
from tests.servers import oxigraph_server
from tests.validate.test_suite import SUITE

REWRITTEN = {
    "core/node/maxExclusive-001",
    "core/node/minExclusive-001",
    "core/property/datatype-ill-formed",
}
"""The store writes 4.0 as 4 and has no xsd:byte."""

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://kg.example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def by_store(data: str, shapes: str):
    store = Store()
    store.load(f"@prefix : <https://kg.example.org/> . {data}", format=RdfFormat.TURTLE)
    graph = graph_of(turtle_rows(HEAD + shapes))
    return validate(lambda text: select(store, text), Shapes(graph, ()))


@pytest.mark.parametrize(("part", "refused"), [("core", 0), ("sparql", 11)])
def test_reports_are_those_of_the_suite_or_refused_by_name(shared, part, refused):
    found = [(case, outcome(case, "sparql")) for case in cases(shared / SUITE, part)]
    assert sum(got == REFUSED for _, got in found) == refused
    assert {c.name for c, got in found if got not in (c.due, REFUSED)} <= REWRITTEN


def test_day_that_no_month_has_is_found():
    report = by_store(
        ':a :on "2020-02-30"^^<http://www.w3.org/2001/XMLSchema#date> .'
        ' :b :on "2020-02-29"^^<http://www.w3.org/2001/XMLSchema#date> .',
        ":S sh:targetSubjectsOf :on ; sh:property [ sh:path :on ; sh:datatype xsd:date ] .",
    )
    assert [r.focus for r in report.results] == ["<https://kg.example.org/a>"]


def test_shape_without_data_is_told_and_messages_are_filled():
    report = by_store(
        ":a a :Book ; :pages 0 .",
        ":Book a sh:NodeShape ; sh:targetClass :Book ; sh:property [ sh:path :pages ;"
        ' sh:minInclusive 1 ; sh:message "{?value} pages?" ] .'
        " :Map a sh:NodeShape ; sh:targetClass :Map .",
    )
    assert [r.message for r in report.results] == ["0 pages?"]
    assert report.unused == ("Map",)


def test_recursion_is_refused_by_name():
    with pytest.raises(ShapesError, match="recursion in shape S cannot be asked"):
        by_store(":a :p :b .", ":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:node :S ] .")


def test_endpoint_is_checked_as_its_file_is(tmp_path):
    data, shapes = tmp_path / "d.nt", tmp_path / "s.ttl"
    data.write_text('<urn:a> <urn:title> "" .\n<urn:b> <urn:title> "x" .\n', encoding="utf-8")
    shapes.write_text(
        HEAD + "<urn:S> sh:targetSubjectsOf <urn:title> ;"
        ' sh:property [ sh:path <urn:title> ; sh:minLength 1 ; sh:message "Say it." ] .',
        encoding="utf-8",
    )
    with oxigraph_server(tmp_path / "store", data) as url:
        asked = CliRunner().invoke(
            main, ["check", "--endpoint", f"{url}/query", "--shapes", str(shapes)]
        )
    read = CliRunner().invoke(main, ["check", str(data), "--shapes", str(shapes)])
    assert asked.exit_code == read.exit_code == 1
    assert asked.stdout == read.stdout
    assert "VIOLATION  Say it." in asked.stdout


MANY = """:Book a sh:NodeShape ; sh:targetClass :Book ;
  sh:property [ sh:path :title ; sh:datatype xsd:string ; sh:maxCount 1 ] ,
    [ sh:path :by ; sh:class :Person ; sh:maxCount 2 ] .
:Map a sh:NodeShape ; sh:targetClass :Map ;
  sh:property [ sh:path :title ; sh:datatype xsd:string ; sh:maxCount 1 ] ,
    [ sh:path :by ; sh:or ( [ sh:class :Person ] [ sh:class :Firm ] ) ] ."""
RIGHT = (
    ":b a :Book ; :title 'B' ; :by :p , :q . :m a :Map ; :title 'M' ; :by :p ."
    " :p a :Person . :q a :Person . "
)


def queries_and_findings(data: str):
    """Return the queries that name a class of focus nodes, and the findings."""
    store, asked = Store(), []
    store.load(f"@prefix : <https://kg.example.org/> . {data}", format=RdfFormat.TURTLE)

    def ask(text: str):
        asked.append(text)
        return select(store, text)

    report = validate(ask, Shapes(graph_of(turtle_rows(HEAD + MANY)), ()))
    kinds = ("a <https://kg.example.org/Book>", "a <https://kg.example.org/Map>")
    found = {(r.shape, r.component.rpartition("#")[2], r.value) for r in report.results}
    return [text for text in asked if any(kind in text for kind in kinds)], found, report


def test_what_no_value_breaks_is_not_asked_of_each_shape():
    assert queries_and_findings(RIGHT)[:2] == ([], set())


@pytest.mark.parametrize(
    ("fault", "due"),
    [
        (":b :title 'C' .", {("Book", "MaxCountConstraintComponent", "")}),
        (":m :title 1 .", {("Map", "DatatypeConstraintComponent", '"1"^^<{}integer>'),
                           ("Map", "MaxCountConstraintComponent", "")}),
        (":f a :Firm . :b :by :f .", {("Book", "ClassConstraintComponent", "<https://kg.example.org/f>"),
                         ("Book", "MaxCountConstraintComponent", "")}),
        (":m :by 'Ada' .", {("Map", "OrConstraintComponent", '"Ada"')}),
        (":other :title 1 , 2 ; :by 'Ada' , 'Bo' , 'Cy' .", set()),
    ],
)  # fmt: skip
def test_what_a_value_breaks_is_asked_of_the_shapes_it_may_matter_to(fault, due):
    asked, found, _ = queries_and_findings(RIGHT + fault)
    assert asked
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert found == {(shape, component, value.format(xsd)) for shape, component, value in due}


def test_profile_tells_what_is_asked_of_all_shapes_at_once():
    told = timings(queries_and_findings(RIGHT)[2])
    assert "(all shapes) https://kg.example.org/title sh:maxCount" in told
    assert "(all shapes) https://kg.example.org/by sh:class" in told
