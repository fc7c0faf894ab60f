"""What the first canned queries answer over the small graph, worked out by hand."""

import pytest

from graphbuild.query.catalogue import load
from graphbuild.query.solutions import select
from graphbuild.query.values import bound
from tests.small_graph import BASE

ID = f"{BASE}id/"


@pytest.fixture
def answer(graph):
    def run(name, **given):
        values = {key: [value] for key, value in given.items()}
        return select(graph, bound(load(name), values, lambda text, _: ID + text)).values()

    return run


def test_works_of_an_author_come_newest_first(answer):
    assert answer("author-works", person="person/ada") == [
        ("2023", "Levers", 1, f"{ID}paper/p2"),
        ("2021-03-02", "GEARS: Gears & Wheels", None, f"{ID}paper/p1"),
    ]


def test_works_without_a_year_are_left_out_only_when_a_year_is_wanted(answer):
    undated = [(None, "Undated Pulleys", 1, f"{ID}paper/p3")]
    assert answer("author-works", person="person/ada2") == undated
    assert answer("author-works", person="person/ada2", fromYear="1900") == []


def test_coauthors_share_papers_over_years(answer):
    assert answer("author-coauthors", person="person/ada") == [
        ("Ben Sample", 2, "2021", "2023", f"{ID}person/ben"),
        ("Cleo <b>Bold</b>", 1, "2021", "2021", f"{ID}person/cleo"),
    ]


def test_coauthors_of_few_papers_can_be_left_out(answer):
    rows = answer("author-coauthors", person="person/ada", minPapers="2")
    assert [row[0] for row in rows] == ["Ben Sample"]


def test_someone_without_coauthors_has_none(answer):
    assert answer("author-coauthors", person="person/ada2") == []


def test_repositories_of_several_papers_name_them_oldest_first(answer):
    assert [row[:6] for row in answer("repo-families")] == [
        ("Ada/Gears", 2, "2021-03-02", "as stated", "GEARS: Gears & Wheels", "GEARS"),
        ("Ada/Gears", 2, "2023", "year inferred", "Levers", None),
    ]


def test_profiles_that_may_mix_people_come_with_the_evidence(answer):
    evidence = "two groups of papers share no author"
    assert answer("dq-possible-conflation") == [("Ada Example", 3, 2, evidence, f"{ID}profile/ada")]


def test_classes_are_counted_most_entities_first(answer):
    rows = answer("class-counts")
    assert [count for _, count in rows] == sorted((count for _, count in rows), reverse=True)
    assert dict(rows)["https://w3id.org/graphbuild/ontology#Paper"] == 3
    assert dict(rows)["http://xmlns.com/foaf/0.1/Person"] == 4
