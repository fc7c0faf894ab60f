import pytest

from graphbuild.errors import QueryError
from graphbuild.query import catalogue

FULL = """\
#+ summary: Co-authors of one person
#+ description: >-
#+   Everyone who shares
#+   a paper.
#+ tags:
#+   - person
#+   - network
#+ pagination: 100
#+ defaults:
#+   - fromYear: 1900
#+ enumerate:
#+   - order:
#+     - papers
#+     - name
#+ params:
#+   person: {class: "foaf:Person", help: "name", example: "Ada Example"}
#+   fromYear: {min: 1600, max: 2100, help: "first year", example: 1999}
#+   word: {pattern: "[a-z]+"}
#+ view: {kind: graph, source: person}
SELECT ?a WHERE { ?a ?_person_iri ?_fromYear_integer , ?__word_literal , ?_order_literal }
ORDER BY ?a
"""


@pytest.fixture
def full():
    return catalogue.parse(FULL, "author/co-authors.rq")


def test_the_name_of_the_file_is_the_id(full):
    assert (full.id, full.folder) == ("co-authors", "author")


def test_the_header_describes_the_query(full):
    assert full.summary == "Co-authors of one person"
    assert full.description == "Everyone who shares a paper."
    assert full.tags == ("person", "network")
    assert full.view == {"kind": "graph", "source": "person"}
    assert full.form == "select"
    assert full.unknown == ()


def test_parameters_are_typed_in_the_order_of_the_query(full):
    person, year, word, order = full.parameters
    assert (person.name, person.type, person.required, person.kind) == (
        "person",
        "iri",
        True,
        "foaf:Person",
    )
    assert (person.help, person.example) == ("name", "Ada Example")
    assert (year.default, year.minimum, year.maximum, year.example) == ("1900", 1600, 2100, "1999")
    assert (word.required, word.pattern) == (False, "[a-z]+")
    assert order.choices == ("papers", "name")


def test_the_text_is_the_whole_file_so_that_lines_count_right(full):
    assert full.text == FULL


def test_a_query_without_header_has_its_parameters():
    query = catalogue.parse("ASK { ?a ?b ?_x_iri }", "x.rq")
    assert (query.summary, [parameter.name for parameter in query.parameters]) == ("", ["x"])


def test_what_the_header_says_of_nothing_is_kept_for_the_lint():
    text = "#+ sumary: x\n#+ params: {y: {exmaple: 1}}\nASK {}"
    assert catalogue.parse(text, "x.rq").unknown == ("exmaple", "sumary", "y")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("summary: [", "is no YAML"),
        ("summary: !!python/object:os.system x", "is no YAML"),
        ("just words", "no YAML mapping"),
        ("summary: [a]", "should be a str"),
        ("tags: author", "should be a list"),
        ("params: {x: 5}", "should be a dict"),
        ("params: {x: {min: low}}", "could not convert"),
    ],
)
def test_a_wrong_header_is_one_line_that_names_the_file(header, reason):
    with pytest.raises(QueryError, match=reason) as caught:
        catalogue.parse(f"#+ {header}\nASK {{ ?a ?b ?_x_integer }}", "mine.rq")
    assert str(caught.value).startswith("mine.rq: ")
    assert "\n" not in str(caught.value)


def test_the_shipped_queries_are_found_by_id():
    assert "author-works" in catalogue.ids()
    assert catalogue.load("author-works").folder == "author"


def test_ids_are_unique_over_all_folders():
    assert len(catalogue.load_all()) == len(catalogue.ids()) == len(set(catalogue.ids()))


def test_a_wrong_id_is_met_with_one_that_comes_near():
    with pytest.raises(
        QueryError, match=r"no canned query 'author-work'; did you mean author-works"
    ):
        catalogue.load("author-work")


def test_a_part_of_an_id_comes_near():
    assert "dq-possible-conflation" in catalogue.close_to("conflation")


def test_a_hopeless_id_is_met_with_the_list():
    with pytest.raises(QueryError, match="see: graphbuild queries"):
        catalogue.load("zzzzzzzz")
