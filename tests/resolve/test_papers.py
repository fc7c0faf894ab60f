from graphbuild.parts import Authorship, Origin, PartialDate
from graphbuild.records import Paper
from graphbuild.resolve.papers import Papers, group_papers


def paper(
    record: str, title: str = "A Title", first: str = "Ada Example", date: str = "2023-03-13"
) -> Paper:
    issued = PartialDate(date, date) if date else None
    return Paper(title, "complete", (Origin(record, 1),), (Authorship(first, 1),), issued=issued)


def grouped(*papers: Paper) -> list[list[str]]:
    groups = group_papers(papers).groups
    return sorted(sorted(each.origins[0].record for each in group) for group in groups.values())


def test_spelling_of_the_title_does_not_matter():
    assert grouped(paper("a"), paper("b", "A  title!")) == [["a", "b"]]


def test_other_first_author_is_another_paper():
    assert grouped(paper("a"), paper("b", first="Bo Sample")) == [["a"], ["b"]]


def test_other_year_is_another_paper_and_an_open_question():
    found = group_papers([paper("a"), paper("b", date="2024-01-01")])
    groups, undecided = found.groups, found.judgements
    assert len(groups) == 2
    assert [case.decision for case in undecided] == ["undecided"]
    assert undecided[0].evidence[0][1] == "same title and first author, but years 2023 and 2024"


def test_record_without_year_joins_the_only_year():
    assert grouped(paper("a"), paper("b", date="--03-13"), paper("c", date="")) == [["a", "b", "c"]]


def test_record_without_year_chooses_between_no_two_years():
    found = grouped(paper("a"), paper("b", date="2024"), paper("c", date="--03-13"))
    assert found == [["a"], ["b"], ["c"]]


def test_key_does_not_depend_on_an_inferred_year():
    stated = paper("a", date="--03-13")
    inferred = PartialDate("Mar 13", "--03-13", "2026-03-13", "rule")
    [key] = group_papers([stated]).groups
    [other] = group_papers(
        [Paper(stated.title, "complete", stated.origins, stated.authors, issued=inferred)]
    ).groups
    assert key == other


def test_nothing_gives_nothing():
    assert group_papers([]) == Papers({}, {}, {}, [])
