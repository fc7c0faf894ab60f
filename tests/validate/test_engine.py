"""What only the columnar engine does: recursion, translation of SPARQL, timings."""

import pytest
from pyoxigraph import RdfFormat, Store

from graphbuild.errors import ShapesError
from graphbuild.store.columns import XSD, Literal, plain
from graphbuild.validate import validate
from graphbuild.validate.columns import Columns
from graphbuild.validate.data import graph_of, held, turtle_rows
from graphbuild.validate.lint import lint
from graphbuild.validate.literals import fits, less, value
from graphbuild.validate.report import report_of
from graphbuild.validate.reports.timings import timings
from graphbuild.validate.shapes import Shapes, shipped_shapes

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://kg.example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def shapes_of(text: str) -> Shapes:
    return Shapes(graph_of(turtle_rows(HEAD + text)), ())


def found(data: str, shapes: str, engine: str = "columnar", told=None):
    with held(turtle_rows(HEAD + data)) as connection:
        report = validate(connection, shapes_of(shapes), engine, told or (lambda _: None))
        return report_of(report.results, report.unused)


def nodes(report):
    return [r.focus.rpartition("/")[2].rstrip(">") for r in report.results]


# Each pair has one number by DuckDB's hash, also with something before or behind it.
ALIKE = [("5018/0004018", "5017/0004017"), ("5187/0004187", "5188/0004188")]


def test_terms_of_one_hash_stay_two_terms():
    dois = [f"<https://doi.org/10.{number}>" for pair in ALIKE for number in pair]
    data = " ".join(f":a{n} :doi {doi} ." for n, doi in enumerate(dois)) + f" :a0 :doi {dois[1]} ."
    shapes = ":S sh:targetSubjectsOf :doi ; sh:property [ sh:path :doi ; sh:maxCount 1 ] ."
    with held(turtle_rows(HEAD + data)) as connection:
        (alike,) = connection.execute(
            "SELECT count(DISTINCT hash(o)) FROM (SELECT DISTINCT o FROM triples)"
        ).fetchone()
        assert alike < len(dois)
    assert nodes(found(data, shapes)) == ["a0"]


def test_positive_recursion_means_the_largest_set_that_conforms():
    shapes = (
        ":S sh:targetSubjectsOf :next ; sh:property [ sh:path :next ; sh:node :Good ] ."
        " :Good a sh:NodeShape ; sh:property [ sh:path :name ; sh:minCount 1 ] ;"
        " sh:property [ sh:path :next ; sh:node :Good ] ."
    )
    circle = ":a :name 1 ; :next :b . :b :name 2 ; :next :a ."
    assert nodes(found(circle, shapes)) == []
    broken = ":a :name 1 ; :next :b . :b :name 2 ; :next :c . :c :next :a ."
    assert nodes(found(broken, shapes)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("part", "parameter"),
    [
        ("sh:not :S", "not"),
        ("sh:xone ( :S )", "xone"),
        ("sh:property [ sh:path :p ; sh:qualifiedValueShape :S ; sh:qualifiedMaxCount 1 ]",
         "qualifiedMaxCount"),
    ],
)  # fmt: skip
def test_recursion_through_negation_is_refused_by_name(part, parameter):
    with pytest.raises(ShapesError, match=f"shape .*S.* is recursive through sh:{parameter}"):
        found(":a :p :a .", f":S sh:targetNode :a ; {part} .")


def test_shape_that_leads_to_itself_by_properties_only_is_refused():
    with pytest.raises(ShapesError, match="recursive through sh:property"):
        found(":a :p :a .", ":S sh:targetNode :a ; sh:path :p ; sh:property :S .")


@pytest.mark.parametrize("name", ["rule", "target", "expression", "js"])
def test_what_is_not_supported_is_refused_by_name(name):
    with pytest.raises(ShapesError, match=f"sh:{name} at .* is not supported"):
        found(":a :p 1 .", f":S sh:targetNode :a ; sh:{name} [ sh:select 'x' ] .")


def test_sparql_without_translation_is_left_to_the_reference_engine_at_its_focus_nodes():
    told = []
    shapes = (
        ":S sh:targetClass :Book ; sh:sparql [ sh:message 'Many: {?value}.' ; sh:select '''"
        " SELECT $this (GROUP_CONCAT(?t) AS ?value) WHERE { $this <https://kg.example.org/t> ?t }"
        " GROUP BY $this HAVING (COUNT(?t) > 1) ''' ] ; sh:property [ sh:path :t ; sh:maxCount 2 ] ."
        " :T sh:targetNode :b ; sh:nodeKind sh:Literal ."
    )
    data = ":a a :Book ; :t 'x', 'y' . :b :t 'x', 'y' ."
    fast = found(data, shapes, told=told.append)
    assert nodes(fast) == ["a", "b"]
    assert fast.results == found(data, shapes, "reference").results
    assert "shape S uses GROUPCONCAT, which is left to the reference engine: 1 nodes" in told[0]


@pytest.mark.parametrize("engine", ["columnar", "reference"])
def test_query_that_fails_on_the_data_is_named(engine):
    shapes = (
        ":S sh:targetClass :Book ; sh:sparql [ sh:message 'Odd.' ; sh:select '''"
        " SELECT $this (SUM(?t) AS ?value) WHERE { $this <https://kg.example.org/t> ?t }"
        " GROUP BY $this HAVING (SUM(?t) > 1)''' ] ."
    )
    with pytest.raises(ShapesError, match=r"the shapes cannot be used: .*numeric"):
        found(":a a :Book ; :t 'x' .", shapes, engine)


def test_what_duckdb_does_not_run_is_told_in_words_and_still_found():
    shapes = (
        ":S sh:targetClass :Book ; sh:sparql [ sh:message 'Odd.' ; sh:select '''"
        " SELECT $this ?value WHERE { $this <https://kg.example.org/t> ?value"
        ' FILTER(REGEX(?value, "^(?=x)")) }'
        "''' ] ."
    )
    told = []
    data = ":a a :Book ; :t 'x' . :b a :Book ; :t 'y' ."
    fast = found(data, shapes, told=told.append)
    assert nodes(fast) == ["a"]
    assert fast.results == found(data, shapes, "reference").results
    assert "uses SPARQL that DuckDB does not run (invalid perl operator: (?=), which" in told[0]


SELECTS = [
    "$this :n ?value FILTER(?value > 3)",
    "$this :n ?value FILTER(!(?value <= 3) && ?value != 7)",
    "$this :n ?value FILTER(?value IN (3, 4.5, 'x'))",
    "$this :n ?value FILTER(?value = 4)",
    "$this :n ?value FILTER(STR(?value) = '4')",
    "$this :n ?value FILTER(isNumeric(?value) || isIRI(?value))",
    "$this :t ?value FILTER(STRLEN(?value) > 3 && CONTAINS(?value, 'o'))",
    "$this :t ?value FILTER(REGEX(?value, '^L', 'i'))",
    "$this :t ?value FILTER(LANG(?value) = 'en')",
    "$this :t ?value FILTER(LANGMATCHES(LANG(?value), 'en'))",
    "$this :t ?value FILTER(LCASE(STR(?value)) = 'loom')",
    "$this :t ?value FILTER(?value < 'm')",
    "$this :d ?value FILTER(?value < '2020-06-01'^^xsd:date)",
    "$this :d ?value . $this :e ?other FILTER(?value > ?other)",
    "$this :n ?value OPTIONAL { $this :d ?d } FILTER(!BOUND(?d))",
    "$this :n ?value OPTIONAL { $this :d ?d FILTER(?value > 3) } FILTER(BOUND(?d))",
    "{ $this :n ?value } UNION { $this :t ?value }",
    "$this :n ?value FILTER NOT EXISTS { $this :t ?t FILTER(STRLEN(?t) > ?value) }",
    "$this :n ?value FILTER EXISTS { $this :d ?d }",
    "$this :n ?n BIND(?n * 2 + 1 AS ?value) FILTER(?value > 8)",
    "$this :k/:n ?value",
    "$this :k+ ?value",
    "$this ^:k ?value",
    "$this (:k|:n) ?value",
    "$this ?p ?value FILTER(?p = :n)",
    "$this :n ?value FILTER(COALESCE(?nothing, ?value) = ?value)",
    "$this :n ?value FILTER(IF(?value > 3, true, false))",
    "$this :k ?value FILTER(sameTerm(?value, :b))",
    "{ SELECT $this (COUNT(?n) AS ?value) WHERE { $this :n ?n } GROUP BY $this }",
    "{ SELECT $this (MAX(?m) AS ?value) WHERE { $this :m ?m } GROUP BY $this }",
    "{ SELECT $this (SUM(?m) AS ?value) (MIN(?m) AS ?x) WHERE { $this :m ?m } GROUP BY $this } FILTER(?x < 3)",
]
GRAPH = """
:a a :X ; :n 3 , 4 ; :t "loom" , "Loom"@en ; :d "2020-01-02"^^xsd:date ; :k :b .
:b a :X ; :n 7 , 4.5 ; :t "warp \\"quoted\\"" , "fil"@fr ; :e "2019-01-02"^^xsd:date ; :k :c .
:c a :X ; :m 2 , 5 ; :n 1 , "many" ; :d "2021-01-02"^^xsd:date ; :e "2020-12-31"^^xsd:date ; :k :a .
"""


@pytest.mark.parametrize("where", SELECTS)
def test_translated_sparql_finds_what_another_engine_finds(where):
    select = f"SELECT DISTINCT $this ?value WHERE {{ {where} }}"
    text = (
        ":on sh:declare [ sh:prefix '' ; sh:namespace 'https://kg.example.org/' ] ,"
        f" [ sh:prefix 'xsd' ; sh:namespace '{XSD}' ] ."
        " :S sh:targetClass :X ; sh:sparql [ sh:prefixes :on ; sh:message 'No.' ;"
        f' sh:select """{select}""" ] .'
    )
    told = []
    fast = found(GRAPH, text, told=told.append)
    store = Store()
    store.load(HEAD + GRAPH, format=RdfFormat.TURTLE)
    prefixes = f"PREFIX : <https://kg.example.org/> PREFIX xsd: <{XSD}>"
    other = {(str(this), value.value) for this, value in store.query(f"{prefixes} {select}")}
    assert told == []
    assert {(r.focus, plain(r.value)) for r in fast.results} == other
    assert other


@pytest.mark.parametrize(
    ("datatype", "right", "wrong"),
    [
        (
            "date",
            ["2020-02-29", "-0044-03-15", "2020-01-01Z"],
            ["2019-02-29", "20-01-01", "2020-1-1"],
        ),
        (
            "dateTime",
            ["2020-01-01T24:00:00", "2020-01-01T10:00:00.5+14:00"],
            ["2020-01-01T24:00:01"],
        ),
        ("gYear", ["2020", "-0001"], ["20", "02020"]),
        ("gMonthDay", ["--02-29"], ["--02-30"]),
        ("integer", ["007", "-1", "+5"], ["1.0", ""]),
        ("byte", ["127"], ["128", "c"]),
        ("nonNegativeInteger", ["0"], ["-1"]),
        ("decimal", ["1.", ".5"], ["1e3", "."]),
        ("double", ["1e3", "INF", "NaN"], ["inf"]),
        ("boolean", ["1", "true"], ["yes"]),
        ("duration", ["P1Y", "-PT1.5S"], ["P", "P1YT"]),
        ("string", ["anything"], []),
        ("unheardOf", ["anything"], []),
    ],
)
def test_texts_fit_their_datatypes(datatype, right, wrong):
    assert all(fits(Literal(text, f"{XSD}{datatype}", "")) for text in right)
    assert not any(fits(Literal(text, f"{XSD}{datatype}", "")) for text in wrong)


@pytest.mark.parametrize(
    ("datatype", "one", "other", "less_", "or_equal"),
    [
        ("integer", "2", "10", True, True),
        ("decimal", "1.0", "1", False, True),
        ("dateTime", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+02:00", False, False),
        ("dateTime", "2020-01-01T00:00:00", "2020-01-01T13:00:00Z", False, False),
        ("dateTime", "2020-01-01T00:00:00", "2020-01-01T15:00:00Z", True, True),
        ("date", "2020-01-01", "2020-01-01", False, True),
        ("string", "a", "b", True, True),
        ("double", "NaN", "1", False, False),
        ("anyURI", "a", "b", False, False),
    ],
)
def test_values_are_less_as_sparql_says(datatype, one, other, less_, or_equal):
    left, right = (value(Literal(text, f"{XSD}{datatype}", "")) for text in (one, other))
    assert less(left, right, or_equal=False) is less_
    assert less(left, right, or_equal=True) is or_equal


def test_terms_that_a_query_made_have_numbers():
    with held([("<urn:a>", "<urn:p>", '"x"')]) as connection:
        columns = Columns(connection)
        assert columns.texts(columns.added(['"new"', "<urn:a>", '"new"'])) == [
            '"new"', "<urn:a>", '"new"',
        ]  # fmt: skip


def test_timings_tell_the_slowest_constraints():
    with held(turtle_rows(f"{HEAD} :a :p 1 .")) as connection:
        report = validate(connection, shapes_of(":S sh:targetNode :a ; sh:nodeKind sh:IRI ."))
    assert "S sh:nodeKind" in timings(report)
    assert timings(report).endswith("1 constraints")


def test_shipped_shapes_have_nothing_that_the_linter_finds():
    assert lint(shipped_shapes()) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sh:path :p ; sh:minCount 2 ; sh:maxCount 1", "sh:minCount 2 is more than sh:maxCount 1"),
        ("sh:path :p ; sh:minInclusive 2 ; sh:maxInclusive 1", "sh:minInclusive is more than"),
        ("sh:path :p ; sh:datatype xsd:date ; sh:class :C", "nothing has a sh:datatype and is"),
        ("sh:path :p ; sh:nodeKind sh:Literal ; sh:class :C", "no literal is an instance"),
        ("sh:path :p ; sh:pattern '('", "is no regular expression"),
        ("sh:path :p ; sh:pattern 'a$b'", "wants text after its end"),
        ("sh:path :p ; sh:pattern '^x' ; sh:in ( 'ab' )", "matches no value of sh:in"),
        ("sh:path :p ; sh:in ()", "sh:in lists nothing"),
        ("sh:path :p ; sh:in ( 1 ) ; sh:datatype xsd:string", "no value of sh:in has the"),
        ("sh:path :p ; sh:in ( 1 ) ; sh:hasValue 2", "is not in the list of sh:in"),
        ("sh:path <https://w3id.org/graphbuild/ontology#doii>", "does not know gb:doii"),
    ],
)
def test_linter_finds_what_cannot_be_right(text, problem):
    [found_] = lint(shapes_of(f":S sh:targetNode :a ; sh:property [ {text} ] ."))
    assert problem in found_
