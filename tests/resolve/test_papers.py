import msgspec
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.fuse.papers import fuse_papers
from graphbuild.parts import Authorship, Origin, PartialDate, Relation, VenueName
from graphbuild.records import Paper
from graphbuild.resolve.judgements import Judgement, latest
from graphbuild.resolve.papers import Papers, group_papers
from graphbuild.resolve.published import anchors_of, published_of


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


def test_two_reports_of_one_title_in_one_file_are_two_papers():
    one, two = (msgspec.structs.replace(paper(key), kind="report") for key in ("f-e1", "f-e2"))
    assert grouped(one, two) == [["f-e1"], ["f-e2"]]
    placed = [msgspec.structs.replace(each, venue=VenueName("Looms")) for each in (one, two)]
    assert grouped(*placed) == [["f-e1", "f-e2"]]


def test_report_in_two_files_is_one_paper():
    one, two = (msgspec.structs.replace(paper(key), kind="report") for key in ("f-e1", "g-e1"))
    assert grouped(one, two) == [["f-e1", "g-e1"]]


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


def known(record: str, *ids: str, title: str = "A Title", **fields) -> Paper:
    return msgspec.structs.replace(paper(record, title, **fields), ids=ids)


def test_shared_identifier_joins_whatever_year_and_author_say():
    found = grouped(
        known("a", "doi:10.1/x", "openalex:W1"),
        known("b", "openalex:W1", first="A. Example", date="2022"),
        known("c", "doi:10.1/x", title="A Title: And More", date=""),
    )
    assert found == [["a", "b", "c"]]


def test_identifier_on_another_title_is_reported_and_not_followed():
    found = group_papers([known("a", "doi:10.1/x"), known("b", "doi:10.1/x", title="Looms of Old")])
    assert sorted(found.groups) != ["doi:10.1/x"]
    assert found.by_id["doi:10.1/x"] == "doi:10.1/x"
    [case] = found.judgements
    assert (case.decision, "their titles differ" in case.evidence[0][1]) == ("different", True)
    [other] = [r for key, group in found.groups.items() for r in group if key != "doi:10.1/x"]
    assert (other.ids, other.malformed_ids) == ((), (("doi", "10.1/x"),))


def test_two_dois_are_two_papers_of_one_work():
    title = "On Looms That Learn"
    found = group_papers(
        [known("a", "doi:10.1/x", title=title), known("b", "doi:10.1/y", title=title)]
    )
    assert sorted(found.groups) == ["doi:10.1/x", "doi:10.1/y"]
    assert len(set(found.works.values())) == 1


def test_preprint_and_publication_are_two_papers_of_one_work():
    preprint = msgspec.structs.replace(
        known("a", "arxiv:2301.00001"),
        kind="preprint",
        relations=(Relation("preprint-of", "doi:10.1/x"),),
    )
    found = group_papers([preprint, known("b", "doi:10.1/x", title="Another Title", date="2024")])
    assert found.works == {"arxiv:2301.00001": "arxiv:2301.00001", "doi:10.1/x": "arxiv:2301.00001"}


def test_doi_of_arxiv_stands_for_its_number():
    found = grouped(known("a", "doi:10.48550/arxiv.2301.00001"), known("b", "arxiv:2301.00001"))
    assert found == [["a", "b"]]


def test_replaced_identifier_is_followed():
    papers = [known("a", "openalex:W1", date="2020"), known("b", "openalex:W2")]
    assert len(group_papers(papers, {"openalex:W1": "openalex:W2"}).groups) == 1


def test_papers_without_authors_need_more_than_a_title():
    prefaces = [
        msgspec.structs.replace(
            paper(record, "Preface"), authors=(), venue=VenueName(venue), ids=ids
        )
        for record, venue, ids in (("a", "Looms", ()), ("b", "Wheels", ()), ("c", "Looms", ()))
    ]
    assert grouped(*prefaces) == [["a", "c"], ["b"]]


RECORDS = st.lists(
    st.builds(
        known,
        st.integers().map(str),
        st.sampled_from(["doi:10.1/a", "doi:10.1/b", "openalex:W1", "arxiv:2301.00001"]),
        title=st.sampled_from(["Looms That Learn", "Looms That Learn!", "Wheels of Old Mills"]),
        date=st.sampled_from(["", "2020", "2021-02"]),
    ),
    max_size=8,
    unique_by=lambda each: each.origins[0].record,
)


@given(RECORDS, st.randoms())
def test_no_record_is_lost_and_order_does_not_matter(records, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    one, other = group_papers(records), group_papers(shuffled)
    names = [[r.origins[0].record for r in group] for group in one.groups.values()]
    assert sorted(each for group in names for each in group) == sorted(
        r.origins[0].record for r in records
    )
    assert {key: sorted(map(repr, group)) for key, group in one.groups.items()} == {
        key: sorted(map(repr, group)) for key, group in other.groups.items()
    }


def test_records_without_a_title_are_never_one_paper():
    assert grouped(paper("a", ""), paper("b", "")) == [["a"], ["b"]]


def test_title_comes_from_a_record_that_has_one():
    found = group_papers(
        [
            Paper("", "complete", (Origin("a", 1),), (Authorship("Ada", 1),), ids=("doi:10.1/x",)),
            Paper("On Looms", "unknown", (Origin("b", 1),), ids=("doi:10.1/x",)),
        ]
    )
    [group] = found.groups.values()
    assert fuse_papers(group).title == "On Looms"


def apart(left: str, right: str) -> list[Judgement]:
    return [Judgement(left, right, "different", 1.0, (), "curator", "2026-01-01")]


def parted(judged: list[Judgement], *papers: Paper) -> list[list[str]]:
    """Group papers twice, the second time with what the first published."""
    found = group_papers(papers, judged=judged)
    published = published_of(anchors_of("paper", found.anchors, found.kept)).of("paper")
    again = group_papers(papers, published=published, judged=judged)
    assert again.groups.keys() == found.groups.keys()
    return sorted(sorted(r.origins[0].record for r in group) for group in again.groups.values())


def test_judgement_parts_records_that_share_title_author_and_year():
    papers = paper("a"), paper("b"), paper("c")
    assert parted([], *papers) == [["a", "b", "c"]]
    assert parted(apart("a", "b"), *papers) == [["a", "c"], ["b"]]
    assert parted(apart("b", "a"), *papers) == [["a", "c"], ["b"]]


def test_judgement_parts_records_that_share_an_identifier():
    one, other = (
        msgspec.structs.replace(paper(name, date=date), ids=("doi:10.5555/x",))
        for name, date in (("a", "2020"), ("b", "2023"))
    )
    assert parted([], one, other) == [["a", "b"]]
    assert parted(apart("a", "b"), one, other) == [["a"], ["b"]]


def test_judgement_on_keys_of_papers_keeps_apart_what_later_shares_an_identifier():
    first = msgspec.structs.replace(paper("a", date="2020"), ids=("doi:10.5555/x",))
    second = msgspec.structs.replace(paper("b", date="2023"), ids=("doi:10.5555/y",))
    link = msgspec.structs.replace(paper("c", date="2020"), ids=("doi:10.5555/x", "doi:10.5555/y"))
    assert parted([], first, second, link) == [["a", "b", "c"]]
    judged = apart("doi:10.5555/x", "doi:10.5555/y")
    assert parted(judged, first, second) == [["a"], ["b"]]
    groups = parted(judged, first, second, link)
    assert not any({"a", "b"} <= set(group) for group in groups)


def test_judgement_taken_back_joins_again():
    papers = paper("a"), paper("b")
    back = Judgement("a", "b", "undecided", 1.0, (), "curator", "2026-01-02")
    assert parted(latest([*apart("a", "b"), back]), *papers) == [["a", "b"]]
