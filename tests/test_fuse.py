from hypothesis import given
from hypothesis import strategies as st

from graphbuild.fuse import fuse
from graphbuild.fuse.papers import fuse_papers
from graphbuild.fuse.registers import Registers
from graphbuild.parts import Authorship, CodeLink, Introduction, Origin, PartialDate, TopicLink
from graphbuild.records import Institution, Paper, Profile
from graphbuild.resolve.papers import group_papers
from graphbuild.resolve.people import resolve_people

LINK = CodeLink(
    "https://github.com/Ada/Engine", "released", ("code",), True, "Code: …", "github.com/Ada/Engine"
)
SHORT = Paper(
    "A Title",
    "truncated",
    (Origin("a-e01", 3),),
    (Authorship("Ada Example", 1), Authorship("Bo Sample", None, 2, from_profile=True)),
    issued=PartialDate("May 14", "--05-14"),
    code_links=(LINK,),
    topics=(TopicLink("CV", "arxiv:cs.CV"),),
    organizations=("acme",),
    profiles=("a",),
)
FULL = Paper(
    "A Title!",
    "complete",
    (Origin("b-e07", 9),),
    (Authorship("Ada Example", 1), Authorship("Cy Specimen", 2)),
    abstract="Looms are slow.",
    issued=PartialDate("May 14, 2024", "2024-05-14"),
    code_flag=True,
    introduces=(Introduction("LoomV2", "method", (("title", "A Title"),)),),
    organizations=("acme", "lab"),
    profiles=("b",),
)


def entities(*papers: Paper, name: str = "Ada Example"):
    profiles = [
        Profile(key, name, Origin(key, 1))
        for key in sorted({p for r in papers for p in r.profiles})
    ]
    groups = group_papers(papers).groups
    fused = {key: fuse_papers(records) for key, records in groups.items()}
    return fuse(fused, resolve_people(fused, profiles), Registers(profiles=tuple(profiles)))


def test_single_record_stays_as_it_is():
    assert fuse_papers([SHORT]) is SHORT


def test_complete_list_wins_and_drops_an_author_only_a_page_claims():
    assert fuse_papers([SHORT, FULL]).authors == FULL.authors


def test_truncated_lists_keep_every_author():
    other = Paper(
        "A Title",
        "truncated",
        (Origin("c", 1),),
        (Authorship("Ada Example", 1), Authorship("Di Token", None, 2, from_profile=True)),
    )
    assert [a.name for a in fuse_papers([SHORT, other]).authors] == [
        "Ada Example",
        "Bo Sample",
        "Di Token",
    ]


def test_lists_are_united_and_nothing_is_lost():
    fused = fuse_papers([SHORT, FULL])
    assert fused.abstract == "Looms are slow."
    assert fused.issued == FULL.issued
    assert fused.organizations == ("acme", "lab")
    assert fused.code_links == (LINK,)
    assert fused.code_flag
    assert fused.topics == SHORT.topics
    assert [i.name for i in fused.introduces] == ["LoomV2"]
    assert fused.profiles == ("a", "b")
    assert [origin.record for origin in fused.origins] == ["a-e01", "b-e07"]


@given(st.permutations([SHORT, FULL, Paper("a title", "unknown", (Origin("c", 1),))]))
def test_order_of_records_does_not_matter(records):
    assert fuse_papers(records) == fuse_papers(
        [SHORT, FULL, Paper("a title", "unknown", (Origin("c", 1),))]
    )


def test_repository_takes_the_commonest_spelling_and_knows_who_may_own_it():
    lower = CodeLink(
        "https://github.com/ada/engine", "promised", ("code",), True, "…", "github.com/ada/engine"
    )
    papers = [
        Paper("One", "complete", (Origin("p1", 1),), (Authorship("Ada Example", 1),), code_links=(LINK,)),
        Paper("Two", "complete", (Origin("p2", 1),), (Authorship("Bo Sample", 1),), code_links=(LINK,)),
        Paper("Three", "complete", (Origin("p3", 1),), (Authorship("A Da", 1),), code_links=(lower,)),
    ]  # fmt: skip
    found = entities(*papers)
    [repository] = found.repositories.values()
    assert (repository.key, repository.name) == ("github.com:ada:engine", "Ada/Engine")
    assert repository.url == "https://github.com/ada/engine"
    assert repository.records == ("p1", "p2", "p3")
    assert [found.people[key].name for key in repository.possible_owners] == ["A Da"]


def test_person_takes_the_commonest_spelling_of_the_name():
    names = ["René Vidal", "René Vidal", "Rene Vidal"]
    papers = [
        Paper(
            f"T{n}",
            "complete",
            (Origin(f"p{n}", 1),),
            (Authorship(name, 1), Authorship("Bo Sample", 2)),
        )
        for n, name in enumerate(names)
    ]
    [person] = [p for p in entities(*papers).people.values() if p.family == "Vidal"]
    assert (person.name, person.other_names, person.given) == (
        "René Vidal",
        ("Rene Vidal",),
        "René",
    )
    assert (person.status, len(person.papers)) == ("joined", 3)


def test_organisations_of_one_name_are_one_mention_in_two_places():
    other = Paper("Other", "complete", (Origin("d", 1),), organizations=("ACME",))
    organizations = entities(SHORT, other).organizations
    assert [(o.name, o.records) for o in organizations.values()] == [("acme", ("a-e01", "d"))]


def test_profile_lists_its_papers_and_its_possible_mixture():
    second = Paper(
        "Other", "complete", (Origin("a-e02", 9),), (Authorship("Ada Example", 1),), profiles=("a",)
    )
    found = entities(SHORT, second)
    assert len(found.lists["a"]) == 2
    assert "2 papers standing alone" in found.conflations["a"]
    assert len(found.owners["a"]) == 2


def test_place_of_a_record_that_is_a_paper_too_is_kept_with_the_paper_alone():
    shared, own = FULL.origins[0], Origin("c-1", 4)
    known = Registers(
        institutions=tuple(
            Institution((f"openalex:I{number}",), "Acme", origin)
            for number, origin in enumerate((shared, shared, own, own))
        )
    )
    papers = {"p": FULL}
    found = fuse(papers, resolve_people(papers, ()), known)
    assert list(found.origins.values()) == [own]
