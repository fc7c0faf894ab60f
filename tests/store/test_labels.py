import pytest

from graphbuild.errors import AmbiguousEntityError, NoSuchEntityError
from graphbuild.store.entities import find_entity
from graphbuild.store.folder import Build, GraphFolder
from graphbuild.store.labels import Label, labels_of, named, write_labels

BASE = "https://kg.example.org/"
LABELS = [
    Label(f"{BASE}id/person/1", "foaf:Person", "René Vidal", "12 papers", 12),
    Label(f"{BASE}id/person/1", "foaf:Person", "R. Vidal", "12 papers", 12),
    Label(f"{BASE}id/person/2", "foaf:Person", "Wei Li", "3 papers", 3),
    Label(f"{BASE}id/person/3", "foaf:Person", "Wei Li", "7 papers", 7),
    Label(f"{BASE}id/paper/1", "gb:Paper", 'Neural Collapse in "Looms"', "Wei Li, 2021", 1),
    Label(f"{BASE}id/repo/github.com:ada:engine", "gb:CodeRepository", "github:ada/engine", "", 1),
]


@pytest.fixture
def graph(tmp_path):
    build = Build("build-0001", "0.1.0", BASE, None, (), {}, 0, 0, {})
    (tmp_path / "build-0001").mkdir()
    graph = GraphFolder(tmp_path, build)
    write_labels(graph.search, LABELS)
    return graph


def test_name_is_found_whatever_its_spelling(graph):
    assert find_entity(graph, "rene vidal") == f"{BASE}id/person/1"
    assert find_entity(graph, "R Vidal", "foaf:Person") == f"{BASE}id/person/1"


@pytest.mark.parametrize(
    "text",
    [f"<{BASE}id/person/2>", f"{BASE}id/person/2", "person/2"],
)
def test_iri_is_taken_as_it_is(graph, text):
    assert find_entity(graph, text) == f"{BASE}id/person/2"


def test_identifier_is_found(graph):
    assert find_entity(graph, "github:ada/engine").endswith("repo/github.com:ada:engine")


def test_ambiguous_name_is_listed_not_guessed(graph):
    with pytest.raises(AmbiguousEntityError) as caught:
        find_entity(graph, "Wei Li")
    first, *rest = str(caught.value).splitlines()
    assert first == "'Wei Li' is the name of 2 entities; give one of these IRIs:"
    assert rest == [
        f"  <{BASE}id/person/3>  Wei Li  (foaf:Person; 7 papers)",
        f"  <{BASE}id/person/2>  Wei Li  (foaf:Person; 3 papers)",
    ]


def test_unknown_name_brings_up_what_is_near(graph):
    with pytest.raises(
        NoSuchEntityError, match=r"no entity is called 'Vidal'; did you mean:\n.*René Vidal"
    ):
        find_entity(graph, "Vidal")


def test_name_of_another_class_is_not_found(graph):
    with pytest.raises(NoSuchEntityError, match="no entity of class gb:Paper is called 'Wei Li'"):
        find_entity(graph, "Wei Li", "gb:Paper")


def test_all_names_of_an_entity_are_known(graph):
    assert [label.label for label in labels_of(graph.search, f"{BASE}id/person/1")] == [
        "René Vidal",
        "R. Vidal",
    ]
    assert len(named(graph.search, "wei li")) == 2
