import pytest

from graphbuild.errors import GraphError
from graphbuild.store.labels import Label, write_labels
from graphbuild.store.search import Found, search

LABELS = [
    Label("person/1", "foaf:Person", "René Vidal", "12 papers", 12),
    Label("person/1", "foaf:Person", "R. Vidal", "12 papers", 12),
    Label("person/2", "foaf:Person", "Wei Li", "3 papers", 3),
    Label("person/3", "foaf:Person", "Wei Li", "7 papers", 7),
    Label("paper/1", "gb:Paper", 'Neural Collapse in "Looms"', "Wei Li, 2021", 1),
    Label("paper/1", "gb:Paper", "doi:10.1000/looms", "Wei Li, 2021", 1),
    Label("paper/2", "gb:Paper", "Looms", "Wei Li, 2022", 1),
    Label("paper/3", "gb:Paper", "Looms and a Collapse of Weaving", "Ada Example, 2023", 1),
    Label("paper/4", "gb:Paper", "织机的历史", "Wei Li, 2020", 1),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "search.db"
    write_labels(path, LABELS)
    return path


def found(index, words, kind=None, limit=10):
    return [hit.iri for hit in search(index, words, kind, limit).hits]


@pytest.mark.parametrize(
    ("words", "iris"),
    [
        ("vidal", ["person/1"]),
        ("RENÉ", ["person/1"]),
        ("rene vid", ["person/1"]),
        ("wei li", ["person/3", "person/2"]),
        ("coll loom", ["paper/1", "paper/3"]),
        ("10.1000/looms", ["paper/1"]),
        ("织机", ["paper/4"]),
    ],
)
def test_words_and_their_beginnings_are_found(index, words, iris):
    assert found(index, words) == iris


def test_entity_of_exactly_that_name_comes_first(index):
    assert found(index, "looms") == ["paper/2", "paper/1", "paper/3"]


def test_entity_comes_once_by_its_first_name(index):
    [hit] = search(index, "r vidal").hits
    assert (hit.label, hit.matched) == ("René Vidal", "R. Vidal")
    [hit] = search(index, "vidal").hits
    assert hit.label == hit.matched == "René Vidal"


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("nueral colapse", "neural collapse"),  # exchanged, missing
        ("neurral", "neural"),  # one too many
        ("collaqse", "collapse"),  # wrong
        ("collpase neural", "collapse neural"),
        ("colalpsse", "collapse"),  # two slips in a long word
    ],
)
def test_slips_are_forgiven(index, words, read_as):
    answer = search(index, words)
    assert answer.read_as == read_as
    assert "paper/1" in [hit.iri for hit in answer.hits]


@pytest.mark.parametrize("words", ["wej", "nuearl", "xollapzz", ""])
def test_too_many_slips_find_nothing(index, words):
    assert search(index, words) == Found(())


def test_where_no_name_holds_all_words_some_do(index):
    answer = search(index, "vidal collapse")
    assert answer.some_words
    assert {hit.iri for hit in answer.hits} == {"person/1", "paper/1", "paper/3"}


def test_class_and_limit_hold(index):
    assert found(index, "looms", "foaf:Person") == []
    assert found(index, "looms", "gb:Paper", limit=1) == ["paper/2"]


@pytest.mark.parametrize("words", ['"', '" OR 1', "NEAR(", "a* b*", "'; DROP TABLE label", "-x"])
def test_signs_of_the_search_language_mean_nothing(index, words):
    assert isinstance(search(index, words), Found)


def test_damaged_index_is_a_graph_error(tmp_path):
    (tmp_path / "search.db").write_bytes(b"no index" * 200)
    with pytest.raises(GraphError, match="build the graph again"):
        search(tmp_path / "search.db", "looms")
