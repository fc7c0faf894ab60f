"""Every constraint of every shape has data that violates it, and the valid example does not."""

from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from graphbuild.build import Options, build
from graphbuild.mapping import vocabulary
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.store.columns import read_rows
from graphbuild.validate import validate
from graphbuild.validate.data import graph_of, held
from graphbuild.validate.report import Report, report_of
from graphbuild.validate.shapes import shipped_shapes
from graphbuild.validate.terms import as_text
from tests.shapes.cases import CASES, Case

VALID = (Path(__file__).parent / "valid.ttl").read_text(encoding="utf-8")
HEAD = VALID[: VALID.index("\n\n")].partition("\n")[2]
BASE = "https://kg.example.org/id/"


def changed(case: Case, number: int) -> Graph:
    """Return the valid example with one change, its IRIs moved to a place of their own."""
    graph = Graph().parse(data=VALID, format="turtle")
    for line in case.change.splitlines():
        if line.startswith("- "):
            subject, predicate = line[2:].split()
            [(s, p, _)] = Graph().parse(data=f"{HEAD}\n{subject} {predicate} 0 .", format="turtle")
            graph.remove((s, p, None))
        else:
            graph.parse(data=f"{HEAD}\n{line} .", format="turtle")
    return Graph().parse(
        data=graph.serialize(format="nt").replace(BASE, f"{BASE}{number}/"), format="nt"
    )


def checked(graph: Graph) -> Report:
    """Return what our shapes find, told while the data graph is open."""
    rows = [tuple(as_text(term) for term in triple) for triple in graph]
    with held(rows) as data:
        report = validate(data, shipped_shapes())
        return report_of(report.results, report.unused)


@pytest.fixture(scope="module")
def found():
    """Validate the changed examples, several at a time, and return the results by case."""
    results: dict[int, list] = {number: [] for number in range(len(CASES))}
    for numbers in batched(range(len(CASES))):
        merged = Graph()
        for number in numbers:
            merged += changed(CASES[number], number)
        for result in checked(merged).results:
            place = result.focus.removeprefix(f"<{BASE}").split("/")[0]
            for number in [int(place)] if place.isdigit() else numbers:
                results[number].append(result)
    return results


def batched(numbers):
    """Yield few cases at a time; one that changes what all examples share comes alone."""
    alone = [number for number in numbers if "graphbuild/id/metric" in CASES[number].change]
    others = [number for number in numbers if number not in alone]
    yield from ([number] for number in alone)
    yield from (others[start : start + 6] for start in range(0, len(others), 6))


def test_valid_example_has_no_findings_and_data_for_every_shape():
    report = checked(Graph().parse(data=VALID, format="turtle"))
    assert report.results == ()
    assert report.unused == ()


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=lambda n: f"{n}-{CASES[n].focus}-{CASES[n].message[:30]}"
)
def test_broken_example_is_found(found, number):
    case = CASES[number]
    hits = [
        (r.focus.rstrip(">").rpartition("/")[2], r.severity)
        for r in found[number]
        if r.message.startswith(case.message)
    ]
    assert (case.focus, case.severity) in hits


def test_every_message_has_a_case_that_brings_it_up(found):
    shapes = shipped_shapes().graph
    nested = {
        message
        for shape in shapes.subjects(SH.message)
        if _is_nested(shapes, shape)
        for message in shapes.objects(shape, SH.message)
    }
    messages = {m for m in shapes.objects(None, SH.message) if m not in nested}
    brought_up = {result.message for results in found.values() for result in results}
    missing = [
        m for m in messages if not any(r.startswith(str(m).partition("{")[0]) for r in brought_up)
    ]
    assert missing == []


def _is_nested(shapes: Graph, shape) -> bool:
    """Say whether a shape is only a part of a logical constraint, whose message counts."""
    return not any(
        (owner, RDF.type, SH.NodeShape) in shapes or (None, SH.sparql, shape) in shapes
        for owner in [shape, *shapes.subjects(SH.property, shape)]
    )


def test_every_constraint_has_a_message():
    shapes = shipped_shapes().graph
    owners = {
        o for s in shapes.subjects(RDF.type, SH.NodeShape) for o in shapes.objects(s, SH.property)
    }
    owners |= set(shapes.objects(None, SH.sparql))
    closed = set(shapes.subjects(SH.closed, Literal(True)))
    bare = {o for s in closed for o in shapes.objects(s, SH.property)}
    assert [o for o in owners - bare if shapes.value(o, SH.message) is None] == []
    assert [shape for shape in closed if shapes.value(shape, SH.message) is None] == []


def test_every_property_that_we_write_has_a_shape():
    shapes = shipped_shapes().graph
    paths = set(shapes.objects(None, SH.path))
    for name, value in vars(vocabulary).items():
        if name.isupper() and isinstance(value, str) and value.startswith("<"):
            iri = URIRef(value[1:-1])
            is_class = (None, SH.targetClass, iri) in shapes
            is_value = (None, RDF.first, iri) in shapes or (None, SH.hasValue, iri) in shapes
            assert is_class or is_value or iri in paths or iri == RDF.type, name


def unshaped(graph: Graph) -> set[tuple[str, str]]:
    """Return class and property where a statement is on no shape of any of its subject's classes."""
    shapes = shipped_shapes().graph
    known = {
        (kind, path)
        for shape, kind in shapes.subject_objects(SH.targetClass)
        for path in shapes.objects(shape, SH.property / SH.path)
    }
    return {
        (kind, predicate)
        for subject, predicate in graph.subject_predicates()
        for kind in graph.objects(subject, RDF.type)
        if predicate != RDF.type
        and not any((each, predicate) in known for each in graph.objects(subject, RDF.type))
    }


def test_every_statement_is_on_a_shape_of_its_class(tmp_path):
    page = Path(__file__).parents[2] / "examples" / "profile-page.txt"
    graph = graph_of(read_rows(build(Options((str(page),), tmp_path / "g")).graph))
    assert len(set(graph.objects(None, RDF.type))) > 15
    assert unshaped(graph) == set()
    assert unshaped(Graph().parse(data=VALID, format="turtle")) == set()


def test_shape_tells_its_constraints_apart_by_their_messages():
    shapes = shipped_shapes().graph
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        parts = [*shapes.objects(shape, SH.property), *shapes.objects(shape, SH.sparql)]
        told = [m for part in parts for m in shapes.objects(part, SH.message)]
        assert len(told) == len(set(told)), shape


def test_every_class_of_ours_keeps_unknown_properties_out():
    shapes = shipped_shapes().graph
    closed = {
        kind
        for shape in shapes.subjects(SH.closed, Literal(True))
        for kind in shapes.objects(shape, SH.targetClass)
    }
    targets = set(shapes.objects(None, SH.targetClass))
    assert {kind for kind in targets if str(kind).startswith(PREFIXES["gb"])} <= closed


def test_namespaces_of_shapes_and_vocabulary_agree():
    namespaces = dict(shipped_shapes().graph.namespaces())
    assert {p: ns for p, ns in PREFIXES.items() if str(namespaces.get(p, ns)) != ns} == {}
