import pytest

from graphbuild.errors import AmbiguousEntityError, GraphError, NoSuchEntityError
from graphbuild.store.description import Source, describe, resolve, statements
from graphbuild.store.facts import facts_of_folder
from tests.small_graph import BASE, small_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("description") / "graph")


@pytest.fixture(scope="module")
def facts(graph):
    return facts_of_folder(graph)


@pytest.fixture(scope="module")
def said(facts):
    def rows(entity, title):
        description = describe(facts, f"{BASE}id/{entity}")
        [part] = [part for part in description.parts if part.title == title] or [None]
        if part is None:
            return None
        keep = [number for number, name in enumerate(part.columns) if name != "iri"]
        return [tuple(row[number] for number in keep) for row in part.rows]

    return rows


def test_authors_stand_in_order_and_the_unlisted_one_last(said):
    assert said("paper/p1", "authors") == [
        ("1st", "Ben Sample", ""),
        ("2nd", "Cleo <b>Bold</b>", ""),
        ("3rd or later", "Ada Example", "not in the list; the profile page lists the paper"),
    ]


def test_other_spelling_of_an_author_is_told(said):
    assert said("paper/p2", "authors")[0] == ("1st", "Ada Example", "written A. Example")


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ("paper/p1", "cut short by the source; at least 3 authors"),
        ("paper/p2", "complete, 2 authors"),
        ("paper/p3", "complete"),
    ],
)
def test_author_list_says_whether_it_is_whole(said, paper, words):
    assert said(paper, "author list") == [(words,)]


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ("paper/p1", "2021-03-02"),
        ("paper/p2", "2023 (year inferred): the page leaves the current year out"),
        ("paper/p3", "Jan 5, year not stated"),
    ],
)
def test_date_says_what_is_known_of_it(said, paper, words):
    assert said(paper, "date") == [(words,)]


def test_code_is_told_with_stance_and_words(said):
    released = ("Ada/Gears", "code and data released", '"Code and data are here."')
    assert said("paper/p1", "code") == [released]
    assert said("paper/p2", "code") == [("Ada/Gears", "code promised", '"Code will come."')]


def test_papers_of_a_person_come_newest_first_with_position(said):
    assert said("person/ada", "papers") == [
        ("2023 (year inferred)", "1st", "Levers"),
        ("2021-03-02", "3rd or later", "GEARS: Gears & Wheels"),
    ]


def test_coauthors_are_counted_without_the_person(said):
    assert said("person/ada", "co-authors") == [
        ("2 papers", "Ben Sample"),
        ("1 paper", "Cleo <b>Bold</b>"),
    ]


def test_people_of_one_name_are_told_apart_by_their_ids(said):
    people = said("topic/arxiv:cs.LG", "authors")
    assert people == [
        ("2 papers", "Ada Example"),
        ("2 papers", "Ben Sample"),
        ("1 paper", "Cleo <b>Bold</b>"),
    ]
    assert said("profile/ada", "people it describes") == [
        ("Ada Example", "2 papers", "person/ada"),
        ("Ada Example", "1 paper", "person/ada2"),
    ]


def test_undecided_identity_is_said_in_words(said):
    assert said("person/ada", "may be the same as") == [("Ada Example", "1 paper", "person/ada2")]
    assert said("person/ada", "identity") == [("evidence joins these papers to one person",)]
    status = "known by name only; nobody has decided who this is"
    assert said("person/ada2", "identity") == [(status,)]


def test_papers_of_a_repository_come_with_stance(said):
    assert said("repo/github.com:ada:gears", "papers") == [
        ("2023 (year inferred)", "code promised", "Levers"),
        ("2021-03-02", "code and data released", "GEARS: Gears & Wheels"),
    ]
    assert said("repo/github.com:ada:gears", "implements") == [("GEARS",)]


def test_topic_family_method_and_profile_have_their_parts(said):
    assert said("topic/arxiv:cs.LG", "notation") == [("cs.LG",)]
    assert said("family/gears", "versions") == [("GEARS",)]
    assert said("method/gears", "family") == [("GEARS family",)]
    assert said("profile/ada", "states") == [("h-index", "7", '"h-index7"', "date not stated")]
    mixed = [("two groups of papers share no author",)]
    assert said("profile/ada", "may mix people") == mixed


def test_source_record_tells_its_line_and_what_it_states(said):
    assert said("record/aaaa-e01", "as written") == [("LGMar 2, 2021Code",)]
    assert said("record/aaaa-e01", "states") == [("paper", "GEARS: Gears & Wheels")]
    assert said("record/aaaa", "entries") == [("line 9", "LGMar 2, 2021Code")]


def test_class_without_a_form_of_its_own_is_told_property_by_property(said):
    assert said("authorship/p1-3", "ordinal at least") == [("3",)]
    assert said("authorship/p1-3", "is held by") == [("Ada Example",)]
    referring = [("is document context for", "GEARS: Gears & Wheels")]
    assert said("authorship/p1-3", "referred to by") == referring


def test_sources_name_file_entry_line_and_words(facts):
    description = describe(facts, f"{BASE}id/paper/p1")
    assert description.sources == (Source("page.txt", 1, 9, "LGMar 2, 2021Code"),)
    assert describe(facts, f"{BASE}id/person/ada").sources == (
        Source("page.txt", None, None, None),
    )


@pytest.mark.parametrize(
    "text", ["GEARS: Gears & Wheels", "paper/p1", f"{BASE}id/paper/p1", f"<{BASE}id/paper/p1>"]
)
def test_entity_is_found_by_name_id_and_iri(graph, facts, text):
    assert resolve(graph, facts, text) == f"{BASE}id/paper/p1"


def test_entity_without_a_name_is_found_by_its_id(graph, facts):
    assert resolve(graph, facts, "authorship/p1-3") == f"{BASE}id/authorship/p1-3"


def test_shared_and_unknown_names_are_refused(graph, facts):
    with pytest.raises(AmbiguousEntityError, match="2 entities"):
        resolve(graph, facts, "Ada Example")
    with pytest.raises(NoSuchEntityError):
        resolve(graph, facts, "Nobody > <x")


def test_statements_hold_the_entity_first_and_then_its_details(facts):
    subjects = [row[0][1:-1] for row in statements(facts, f"{BASE}id/paper/p1")]
    assert subjects[0] == f"{BASE}id/paper/p1"
    assert {subject.removeprefix(f"{BASE}id/") for subject in subjects} == {
        "paper/p1",
        "authorship/p1-1",
        "authorship/p1-2",
        "authorship/p1-3",
        "codelink/p1-x",
    }


def test_missing_store_is_a_graph_error(tmp_path):
    graph = small_graph(tmp_path / "graph")
    graph.store.rename(tmp_path / "gone")
    with pytest.raises(GraphError, match="build the graph again"):
        facts_of_folder(graph)
