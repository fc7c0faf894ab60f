"""Whatever records of one paper say: fusing loses nothing, and no order of theirs matters."""

from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.fuse.choice import TOGETHER, source_of
from graphbuild.fuse.papers import ALL, fuse_papers
from graphbuild.names import person_key
from graphbuild.parts import (
    Affiliation,
    Authorship,
    CodeLink,
    Container,
    Count,
    Event,
    Funding,
    Introduction,
    OrganizationName,
    Origin,
    PartialDate,
    Relation,
    Revision,
    TopicLink,
    VenueName,
)
from graphbuild.records import Paper

WORDS = ("", "On Looms", "on looms!", "Looms", "Threads")
NAMES = ("Ada Example", "Bo Sample", "Cy Specimen", "ada example")
ORGANIZATIONS = tuple(map(OrganizationName, ("Loom Works", "Weavers")))
SCALARS = {
    "kind": (None, "article", "preprint"),
    "issued": (
        None,
        *(PartialDate(each, each) for each in ("2023", "2023-05", "2024", "--05-14")),
    ),
    "venue": (None, VenueName("Looms"), VenueName("Looms", ("issn:1570-0844",))),
    "event": (None, Event("LOOM 2023"), Event("LOOM 2024")),
    "container": (None, Container("Proceedings"), Container("Volume")),
    "publisher": (None, *ORGANIZATIONS),
    "submitted": (None, PartialDate("2022", "2022")),
}
LISTED = {
    "topics": (TopicLink("CV", "arxiv:cs.CV"), TopicLink("LG", "arxiv:cs.LG")),
    "malformed_ids": (("doi", "10"), ("arxiv", "x")),
    "funding": (Funding(ORGANIZATIONS[0], ("7",)), Funding(None, ("8",))),
    "relations": (Relation("version-of", "doi:10.1000/a"), Relation("corrects", "doi:10.1000/b")),
    "counts": (Count("citation-count", 7), Count("citation-count", 9)),
    "revisions": (Revision("v1"), Revision("v2")),
}


def author(random):
    return Authorship(
        random.choice(NAMES),
        random.choice((None, 1, 2)),
        ids=tuple(random.sample(("orcid:1", "openalex:A1"), random.randrange(3))),
        affiliations=random.choice(((), (Affiliation("Loom Works"),), (Affiliation("Weavers"),))),
        role=random.choice(("author", "author", "editor")),
        suffix=random.choice(("", "Jr.")),
    )


def link(random):
    return CodeLink(
        random.choice(("https://github.com/a/b", "https://loom.example.org")),
        random.choice(("released", "promised", "mentioned")),
        random.choice(((), ("code",), ("data",))),
        random.random() < 0.5,
        random.choice(("Code is here.", "There.")),
    )


def introduction(random):
    return Introduction(random.choice(("LoomV2", "loomv2", "Thread")), "method", (("a", "b"),))


def some(random, values, most=2):
    return tuple(random.sample(values, random.randint(0, most)))


def record(source, random):
    """Return a record of a source; `TOGETHER` and `ALL` say which fields a record has."""
    single = {field: random.choice(SCALARS.get(field, WORDS)) for field in TOGETHER}
    beside = {each: random.choice(WORDS) for others in TOGETHER.values() for each in others}
    return Paper(
        origins=(Origin(f"{source}-e1", 1),),
        author_list=random.choice(("complete", "truncated", "unknown")),
        authors=tuple(author(random) for _ in range(random.randrange(4))),
        code_links=tuple(link(random) for _ in range(random.randrange(3))),
        introduces=tuple(introduction(random) for _ in range(random.randrange(3))),
        profiles=some(random, ("p", "q")),
        code_flag=random.random() < 0.2,
        retracted=random.random() < 0.2,
        **single,
        **beside,
        **{field: some(random, LISTED.get(field, WORDS[1:])) for field in ALL},
    )


def records_of(random):
    return [record(source, random) for source in "abcd"[: random.randint(2, 4)]]


RECORDS = st.integers(0, 2**32).map(Random).map(records_of)
TRUST = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))


@given(RECORDS, TRUST)
def test_order_of_records_does_not_matter_whoever_is_trusted(records, trust):
    fused = fuse_papers(records, trust)
    for order in permutations(records):
        assert fuse_papers(order, trust) == fused


@given(RECORDS, TRUST)
def test_every_value_of_a_list_is_kept_once(records, trust):
    fused = fuse_papers(records, trust)
    for field in (*ALL, "profiles", "origins"):
        kept = getattr(fused, field)
        assert set(kept) == {value for each in records for value in getattr(each, field)}
        assert len(set(kept)) == len(kept)
    links = {link.url_written for each in records for link in each.code_links}
    assert sorted(link.url_written for link in fused.code_links) == sorted(links)
    assert {each.name.casefold() for each in fused.introduces} == {
        each.name.casefold() for record in records for each in record.introduces
    }
    assert fused.code_flag == any(each.code_flag for each in records)
    assert fused.retracted == any(each.retracted for each in records)


@given(RECORDS, TRUST)
def test_what_any_record_states_is_stated_by_the_most_trusted_that_states_it(records, trust):
    fused = fuse_papers(records, trust)
    for field, others in TOGETHER.items():
        stating = [each for each in records if getattr(each, field)]
        least = min((trust.get(source_of(each), len(trust)) for each in stating), default=None)
        best = [each for each in stating if trust.get(source_of(each), len(trust)) == least]
        for name in (field, *others) if stating else ():
            assert getattr(fused, name) in [getattr(each, name) for each in best]


@given(RECORDS, TRUST)
def test_what_is_stated_beside_a_value_is_not_lost_where_nobody_states_the_value(records, trust):
    fused = fuse_papers(records, trust)
    for field, others in TOGETHER.items():
        if not any(getattr(each, field) for each in records):
            for name in others:
                assert bool(getattr(fused, name)) == any(getattr(each, name) for each in records)


@given(RECORDS, TRUST)
def test_nobody_is_dropped_whom_no_complete_list_leaves_out(records, trust):
    fused = fuse_papers(records, trust)
    named = {person_key(author.name) for author in fused.authors}
    for each in records:
        for author in each.authors:
            if fused.author_list != "complete" or author.role == "editor":
                assert person_key(author.name) in named


@given(RECORDS, TRUST)
def test_what_is_said_of_an_author_of_a_name_that_all_records_have_once_is_united(records, trust):
    fused = fuse_papers(records, trust)
    for kept in fused.authors:
        same = [
            [a for a in each.authors if person_key(a.name) == person_key(kept.name)]
            for each in records
        ]
        if any(len(some) > 1 or any(a.role != kept.role for a in some) for some in same):
            continue
        ids = {known for some in same for author in some for known in author.ids}
        assert set(kept.ids) == ids
        assert bool(kept.affiliations) == any(a.affiliations for some in same for a in some)
        assert bool(kept.suffix) == any(a.suffix for some in same for a in some)


@given(RECORDS, TRUST)
def test_no_place_in_the_list_is_given_to_two_by_fusing(records, trust):
    fused = fuse_papers(records, trust)
    for each in records:
        stated = [(a.role, a.position) for a in each.authors if a.position is not None]
        if len(stated) > len(set(stated)):
            return  # a source that contradicts itself
    places = [(a.role, a.position) for a in fused.authors if a.position is not None]
    assert len(places) == len(set(places))
