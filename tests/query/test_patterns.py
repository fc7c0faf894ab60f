import pytest

from graphbuild.query.patterns import Pattern, groups_of


def patterns(text):
    return [
        (part.subject, part.predicate, part.object)
        for where in groups_of(text)
        for group in where.walk()
        for part in group.patterns
    ]


def kinds(text):
    return [group.kind for where in groups_of(text) for group in where.walk()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("?a a gb:Paper", [("?a", "a", "gb:Paper")]),
        ("?a ?b ?c . ?d ?e ?f", [("?a", "?b", "?c"), ("?d", "?e", "?f")]),
        ("?a x:b ?c, ?d ; x:e 5 ;", [("?a", "x:b", "?c"), ("?a", "x:b", "?d"), ("?a", "x:e", "5")]),
        ('?a x:b "w;.{"@en . ?c x:d true', [("?a", "x:b", '"w;.{"@en'), ("?c", "x:d", "true")]),
        ('?a x:b "1"^^xsd:byte', [("?a", "x:b", '"1"^^xsd:byte')]),
        ("?a x:b*/(^x:c|!x:d)+ ?e", [("?a", "x:b*/(^x:c|!x:d)+", "?e")]),
        ("?a x:b? ?e ; a ?f", [("?a", "x:b?", "?e"), ("?a", "a", "?f")]),
        ("[] x:b [ x:c (1 2) ] . ?d x:e ?f", [("[]", "x:b", "[]"), ("?d", "x:e", "?f")]),
        (
            "?a x:b ?c FILTER(?c > 1 && (?c < 5)) ?d x:e ?f",
            [("?a", "x:b", "?c"), ("?d", "x:e", "?f")],
        ),
        (
            "?a x:b ?c BIND(IF(?c, 1, 2) AS ?d) ?d x:e ?f",
            [("?a", "x:b", "?c"), ("?d", "x:e", "?f")],
        ),
    ],
)
def test_triple_patterns_are_read(body, expected):
    assert patterns(f"SELECT ?a WHERE {{ {body} }} ORDER BY ?a") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { ?a ?b ?c OPTIONAL { ?d ?e ?f } }", ["WHERE", "OPTIONAL"]),
        ("ASK { { ?a ?b ?c } UNION { ?d ?e ?f } }", ["WHERE", "UNION", "UNION"]),
        ("ASK { { ?a ?b ?c } { ?d ?e ?f } MINUS { ?g ?h ?i } }", ["WHERE", "", "", "MINUS"]),
        ("ASK { FILTER NOT EXISTS { ?a ?b ?c } BIND(EXISTS { ?d ?e ?f } AS ?g) }",
         ["WHERE", "NOT EXISTS", "EXISTS"]),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?d ?e ?f }", ["WHERE"]),
        ("ASK { { SELECT ?a (COUNT(*) AS ?n) WHERE { ?a ?b ?c } GROUP BY ?a LIMIT 3 } }",
         ["WHERE", "", "WHERE"]),
        ("ASK { VALUES ?a { 1 2 } }", ["WHERE", "VALUES"]),
    ],
)  # fmt: skip
def test_groups_are_told_by_what_stands_before_them(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("block", "rows"),
    [
        ("?a { <http://e/1> }", 1),
        ('?a { "x"@en "y" }', 2),
        ('?a { "1"^^xsd:byte }', 1),
        ("(?a ?b) { (1 2) (3 4) }", 2),
        ("?a {}", 0),
    ],
)
def test_rows_of_values_are_counted(block, rows):
    [where] = groups_of(f"ASK {{ VALUES {block} }}")
    assert where.groups[0].rows == rows


@pytest.mark.parametrize("text", ["", "{", "SELECT", "ASK { ?a", "ASK { ?a ?b", "} }", "ASK { [ ("])
def test_what_is_no_sparql_does_no_harm(text):
    assert isinstance(groups_of(text), list)


def test_a_class_alone_holds_no_pattern_down():
    assert not Pattern("?a", "a", "gb:Paper").is_held
    assert Pattern("?a", "foaf:name", '"Ada"').is_held
    assert Pattern("?a", "foaf:knows", "?_person_iri").is_held
    assert not Pattern("?a", "foaf:knows", "?__person_iri").is_held
