import msgspec
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.parts import Authorship, Origin, PartialDate, TopicLink
from graphbuild.records import Author, Paper, Profile
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.people import resolve_people

PROFILE = Profile("page", "Ada Example", Origin("page", 1))


def paper(key: str, *names: str, on_page: bool = True) -> tuple[str, Paper]:
    authors = tuple(Authorship(name, place) for place, name in enumerate(names, 1))
    profiles = ("page",) if on_page else ()
    return key, Paper(f"Title {key}", "complete", (Origin(key, 1),), authors, profiles=profiles)


def groups(papers, judged=()):
    people = resolve_people(dict(papers), [PROFILE], judged)
    return sorted(sorted(m.key for m in members) for members in people.members.values())


def test_same_name_alone_is_no_evidence():
    papers = [paper("p1", "Wei Li", on_page=False), paper("p2", "Wei Li", on_page=False)]
    assert groups(papers) == [["p1#wei-li"], ["p2#wei-li"]]


def test_shared_coauthor_joins_both_names():
    papers = [paper("p1", "Ada Example", "Bo Sample"), paper("p2", "Bo Sample", "Ada Example")]
    assert groups(papers) == [
        ["p1#ada-example", "p2#ada-example"],
        ["p1#bo-sample", "p2#bo-sample"],
    ]


def test_chain_of_coauthors_joins_through():
    papers = [
        paper("p1", "Ada Example", "Bo Sample"),
        paper("p2", "Ada Example", "Bo Sample", "Cy Specimen"),
        paper("p3", "Ada Example", "Cy Specimen"),
    ]
    assert ["p1#ada-example", "p2#ada-example", "p3#ada-example"] in groups(papers)


def test_two_authors_of_one_paper_are_never_one_person():
    papers = [
        paper("p1", "Wei Li", "Bo Sample", on_page=False),
        paper("p2", "Wei Li", "Wei Li", "Bo Sample", on_page=False),
    ]
    for group in groups(papers):
        assert len({key.partition("#")[0] for key in group}) == len(group)


def test_page_alone_leaves_it_undecided():
    people = resolve_people(
        dict([paper("p1", "Ada Example"), paper("p2", "Ada Example")]), [PROFILE]
    )
    assert len(people.members) == 2
    assert len(people.undecided) == 1
    [case] = people.judgements
    assert (case.decision, case.evidence[0][0]) == ("undecided", "same-profile")


def test_every_single_is_compared_with_every_group():
    papers = [
        paper("p1", "Ada Example", "Bo Sample"),
        paper("p2", "Ada Example", "Bo Sample"),
        paper("p3", "Ada Example", "Cy Specimen"),
        paper("p4", "Ada Example", "Cy Specimen"),
        paper("p5", "Ada Example"),
    ]
    people = resolve_people(dict(papers), [PROFILE])
    assert len(people.undecided) == 3
    assert [len(people.members[person]) for person in people.owners["page"]] == [2, 2, 1]


def test_mixed_page_is_described_in_words():
    papers = [
        paper("p1", "Ada Example", "Bo Sample"),
        paper("p2", "Ada Example", "Bo Sample"),
        paper("p3", "Ada Example", "Cy Specimen"),
    ]
    people = resolve_people(dict(papers), [PROFILE])
    assert people.pages["page"] == (
        "the 3 papers that this page lists fall into a group of 2 and 1 paper standing alone; "
        "no visible co-author ties one part to another"
    )


def test_topics_and_years_of_the_groups_of_a_page_are_told():
    def on(key, companion, year, topic):
        key, record = paper(key, "Ada Example", companion)
        topics = (TopicLink(topic, f"own:{topic}"),)
        return key, msgspec.structs.replace(record, issued=PartialDate(year, year), topics=topics)

    papers = [
        on("p1", "Bo Sample", "2020", "Weaving"), on("p2", "Bo Sample", "2021", "Weaving"),
        on("p3", "Bo Sample", "2022", "Knots"), on("p4", "Cy Specimen", "1998", "Optics"),
        on("p5", "Cy Specimen", "1999", "Optics"), on("p6", "Di Token", "2020", "Optics"),
    ]  # fmt: skip
    assert resolve_people(dict(papers), [PROFILE]).pages["page"] == (
        "the 6 papers that this page lists fall into a group of 3, a group of 2 and 1 paper "
        "standing alone; no visible co-author ties one part to another; of the groups of 3 and 2, "
        "no topic of the one is a topic of the other, which write on Weaving and on Optics; "
        "21 years lie between them"
    )


def test_page_of_one_person_is_not_called_mixed():
    people = resolve_people(dict([paper("p1", "Ada Example")]), [PROFILE])
    assert people.pages == {}


def test_page_without_papers_has_no_owner():
    assert resolve_people({}, [PROFILE]).owners == {"page": ()}


def test_curator_joins_what_rules_leave_open():
    papers = [paper("p1", "Ada Example"), paper("p2", "Ada Example")]
    judged = [Judgement("p1#ada-example", "p2#ada-example", "same", 1.0, (), "curator")]
    people = resolve_people(dict(papers), [PROFILE], judged)
    assert len(people.members) == 1
    assert people.undecided == ()


def test_curator_splits_what_rules_join():
    papers = [paper("p1", "Ada Example", "Bo Sample"), paper("p2", "Ada Example", "Bo Sample")]
    judged = [Judgement("p1#ada-example", "p2#ada-example", "different", 1.0, (), "curator")]
    assert ["p1#ada-example"] in groups(papers, judged)
    people = resolve_people(dict(papers), [PROFILE], judged)
    assert people.undecided == ()
    assert "different" in {case.decision for case in people.judgements if case.by == "rules"}


def test_judgement_on_what_is_not_there_does_no_harm():
    judged = [Judgement("p1#ada-example", "p9#nobody", "same", 1.0, (), "curator")]
    assert groups([paper("p1", "Ada Example")], judged) == [["p1#ada-example"]]


NAMES = st.lists(
    st.sampled_from(["Ada Example", "Bo Sample", "Cy Specimen", "Di Token"]), min_size=1, max_size=4
)


@given(st.lists(NAMES, max_size=6), st.randoms())
def test_order_of_papers_does_not_matter_and_no_paper_seats_one_person_twice(lists, random):
    papers = [paper(f"p{number}", *names) for number, names in enumerate(lists)]
    shuffled = random.sample(papers, len(papers))
    assert groups(papers) == groups(shuffled)
    for group in groups(papers):
        assert len({key.partition("#")[0] for key in group}) == len(group)


def test_paper_of_very_many_authors_pairs_nobody():
    crowd = [f"Person {chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(101)]
    papers = [paper("p1", *crowd, on_page=False), paper("p2", *crowd, on_page=False)]
    assert len(groups(papers)) == 202


def with_ids(entry, **ids):
    key, record = entry
    authors = tuple(
        msgspec.structs.replace(author, ids=(ids[author.name.split()[0]],))
        if author.name.split()[0] in ids
        else author
        for author in record.authors
    )
    return key, msgspec.structs.replace(record, authors=authors)


ORCID, OTHER = "orcid:0000-0002-1825-0097", "orcid:0000-0001-5109-3700"


def test_shared_identifier_joins_whatever_the_names():
    papers = [
        with_ids(paper("p1", "Ada Example"), Ada=ORCID),
        with_ids(paper("p2", "Ada Loom"), Ada=ORCID),
    ]
    people = resolve_people(dict(papers), [])
    assert list(people.members) == [ORCID]


def test_two_orcids_are_two_people_whatever_the_coauthors():
    papers = [
        with_ids(paper("p1", "Ada Example", "Bo Sample"), Ada=ORCID),
        with_ids(paper("p2", "Ada Example", "Bo Sample"), Ada=OTHER),
    ]
    people = resolve_people(dict(papers), [])
    assert {ORCID, OTHER} < set(people.members)
    assert "different" in {case.decision for case in people.judgements}


def test_register_names_a_person_and_knows_some_without_papers():
    authors = [
        Author((ORCID, "openalex:A1"), "Ada M. Example", Origin("r-1", 1)),
        Author((OTHER,), "Cy Specimen", Origin("r-2", 2)),
    ]
    papers = [with_ids(paper("p1", "A. Example"), **{"A.": "openalex:A1"})]
    people = resolve_people(dict(papers), [], authors=authors)
    assert [m.written for m in people.members[ORCID]] == ["A. Example"]
    assert people.members[OTHER] == ()
    assert [author.name for author in people.registered[OTHER]] == ["Cy Specimen"]


def test_register_that_tells_people_apart_is_obeyed():
    authors = [
        Author(("acl-person:ada-1",), "Ada", Origin("r-1", 1), not_ids=("acl-person:ada-2",)),
        Author(("acl-person:ada-2",), "Ada", Origin("r-2", 2)),
    ]
    papers = [
        with_ids(paper("p1", "Ada Example", "Bo Sample"), Ada="acl-person:ada-1"),
        with_ids(paper("p2", "Ada Example", "Bo Sample"), Ada="acl-person:ada-2"),
    ]
    people = resolve_people(dict(papers), [], authors=authors)
    assert {"acl-person:ada-1", "acl-person:ada-2"} < set(people.members)


def test_organisation_as_author_is_no_person():
    key, record = paper("p1", "Guild of Weavers")
    group = msgspec.structs.replace(record.authors[0], organization=True)
    people = resolve_people({key: msgspec.structs.replace(record, authors=(group,))}, [])
    assert people.members == {}
