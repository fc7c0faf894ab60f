"""What changed is checked, and all that sees it: with the findings before, that is everything."""

import random
from collections import Counter

import pytest

from graphbuild.store.touched import Touched
from graphbuild.validate import engine
from graphbuild.validate.changed import Changes
from graphbuild.validate.columns import Columns
from graphbuild.validate.data import graph_of, held, turtle_rows
from graphbuild.validate.schema import read_schema
from graphbuild.validate.shapes import Shapes, shipped_shapes
from tests.validate.test_differential import ODD

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://kg.example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
NODE = ("<", "_")


def touched_between(before, after):
    """Return what differs between two graphs."""
    gone, new = set(before) - set(after), set(after) - set(before)
    changed = {s for s, _, _ in gone | new}
    return Touched(
        frozenset(changed), frozenset(o for _, _, o in gone if o[0] in NODE) - frozenset(changed)
    )


def found(rows, shapes, touched=None):
    with held(rows) as data:
        report = engine.validate(data, shapes, touched=touched)
        results = Counter((r.shape, r.focus, r.path, r.value, r.message) for r in report.results)
        return results, report.notes


def looked_at(rows, shapes, touched):
    """Return the nodes that each shape is checked at, and its other focus nodes."""
    schema = read_schema(shapes.graph)
    with held(rows) as data:
        columns = Columns(data, schema.terms())
        changes = Changes(columns, schema, touched)
        evaluation = engine.Evaluation(columns, schema)
        looked, left = {}, {}
        for shape in schema.roots():
            focus = evaluation.focus(shape)
            nodes = {t for _, ids in changes.split(shape, focus) for t in columns.texts(ids)}
            looked[shape.name] = nodes
            left[shape.name] = set(columns.texts(focus)) - nodes
        return looked, left


def check(before, after, shapes):
    """Assert that old findings and those of what changed are all; return the latter."""
    touched = touched_between(before, after)
    only, notes = found(after, shapes, touched)
    looked, left = looked_at(after, shapes, touched)
    old = found(before, shapes)[0]
    carried = Counter({result: n for result, n in old.items() if result[1] in left[result[0]]})
    assert carried + only == found(after, shapes)[0]
    return only, notes, looked


def altered(rows, seed, number):
    """Return triples of which so many are gone, and as many new."""
    chance = random.Random(seed)  # noqa: S311 - changes, no secret
    rows = sorted(rows)
    nodes = sorted({s for s, _, _ in rows})
    gone = set(chance.sample(rows, number))
    predicates = sorted({p for _, p, _ in rows})
    new = [
        (chance.choice(nodes), chance.choice(predicates), chance.choice([*ODD, *nodes]))
        for _ in range(number)
    ]
    return [*(row for row in rows if row not in gone), *new]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("number", range(3))
def test_findings_before_and_of_what_changed_are_all_findings(graphs, number, seed):
    before = altered(graphs[number], seed, 12)
    after = altered(before, seed + 100, 3)
    _, notes, looked = check(before, after, shipped_shapes())
    assert sum(map(len, looked.values())) < len({s for s, _, _ in after})
    assert len(notes) == 1  # No shape of ours must be checked whole.


def test_nothing_changed_means_nothing_is_looked_at(graphs):
    only, notes, _ = check(graphs[2], graphs[2], shipped_shapes())
    assert only == Counter()
    assert notes == ("only what changed is checked: 0 nodes that state or see something new",)


BEFORE = (
    ":a a :Book ; :by :p ; :next :b . :b a :Book ; :by :q . :p a :Writer . :q a :Poet ; :likes :x ."
    " :Poet rdfs:subClassOf :Writer . :c a :Book ; :by :p ; :in :l . :l :of :k ."
)
CASES = {
    "a class below is none any more": (
        "sh:property [ sh:path :by ; sh:class :Writer ]",
        ":Poet rdfs:subClassOf :Writer", "", "b",
    ),
    "a value says something else": (
        "sh:property [ sh:path ( :by :likes ) ; sh:maxCount 0 ]", "", ":p :likes :x", "a c",
    ),
    "nobody leads there any more": (
        "sh:property [ sh:path [ sh:inversePath :next ] ; sh:maxCount 0 ]", ":a :next :b", "", "",
    ),
    "somebody leads there now": (
        "sh:property [ sh:path [ sh:inversePath :next ] ; sh:maxCount 0 ]", "", ":b :next :c", "b c",
    ),
    "a long way": (
        "sh:property [ sh:path [ sh:oneOrMorePath :next ] ; sh:maxCount 1 ]",
        "", ":b :next :c", "a",
    ),
    "a shape of values": (
        "sh:property [ sh:path :by ; sh:node [ sh:property [ sh:path :likes ; sh:maxCount 0 ] ] ]",
        "", ":p :likes :x", "a c",
    ),
    "a closed value": (
        ("sh:property [ sh:path :by ; sh:node [ sh:closed true ; sh:ignoredProperties"
        " ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ] ]"),
        "", ":p :odd 1", "a c",
    ),
    "a query that looks back": (
        ('sh:sparql [ sh:message "No." ; sh:select "SELECT $this WHERE {'
        ' ?o <https://kg.example.org/next> $this . ?o <https://kg.example.org/by> ?p }" ]'),
        "", ":a :next :c", "b c",
    ),
    "a query that wants what is not": (
        ('sh:sparql [ sh:message "No." ; sh:select "SELECT $this WHERE { $this a ?k FILTER NOT'
        ' EXISTS { $this <https://kg.example.org/in>/<https://kg.example.org/of> ?x } }" ]'),
        ":l :of :k", "", "c",
    ),
    "a subquery": (
        ('sh:sparql [ sh:message "No." ; sh:select "SELECT $this WHERE { { SELECT $this (COUNT(?p)'
        ' AS ?n) WHERE { $this <https://kg.example.org/by> ?p } GROUP BY $this } FILTER(?n > 1) }"'
        " ]"),
        "", ":a :by :q", "a",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_sees_a_change_is_found(name):
    shape, gone, new, due = CASES[name]
    shapes = Shapes(
        graph_of(turtle_rows(f"{HEAD} :S a sh:NodeShape ; sh:targetClass :Book ; {shape} .")), ()
    )
    before = list(turtle_rows(HEAD + BEFORE))
    lost = set(turtle_rows(f"{HEAD} {gone} .")) if gone else set()
    added = list(turtle_rows(f"{HEAD} {new} .")) if new else []
    after = [row for row in before if row not in lost] + added
    only, notes, _ = check(before, after, shapes)
    assert {focus.rpartition("/")[2][:-1] for _, focus, *_ in only} == set(due.split())
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("$this a ?k . ?other <urn:p> ?o", "looks beyond what its focus nodes lead to"),
        ("$this ?p ?o", "asks for any predicate"),
        ("$this !<urn:p> ?o", "uses a negated property set"),
    ],
)
def test_query_without_bounds_is_asked_of_all_nodes_and_that_is_said(where, why):
    shapes = Shapes(
        graph_of(
            turtle_rows(
                f'{HEAD} :S sh:targetClass :Book ; sh:sparql [ sh:message "No." ;'
                f' sh:select "SELECT $this WHERE {{ {where} }}" ] .'
            )
        ),
        (),
    )
    before = list(turtle_rows(HEAD + BEFORE))
    _, notes, looked = check(before, before, shapes)
    assert len(looked["S"]) == 3
    assert why in notes[1]
