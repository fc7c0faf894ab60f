import msgspec

from graphbuild.parts import Authorship, Count, Origin, PartialDate, TopicLink
from graphbuild.records import Author, Paper
from graphbuild.resolve.people import resolve_people

GUESSED = "openalex:A5"


def paper(key, companion, year="2020", topic=""):
    authors = (Authorship("Wei Li", 1, ids=(GUESSED,)), Authorship(companion, 2))
    return key, Paper(
        f"Title {key}",
        "complete",
        (Origin(key, 1),),
        authors,
        issued=PartialDate(year, year),
        topics=(TopicLink(topic, f"own:{topic}"),) if topic else (),
    )


def mixed(*papers, authors=()):
    return resolve_people(dict(papers), (), authors=authors).mixed


def test_identifier_over_papers_without_common_coauthors_is_flagged():
    [(person, why)] = mixed(
        paper("a1", "Ada Example"), paper("a2", "Ada Example"),
        paper("b1", "Bo Sample", "2001"), paper("b2", "Bo Sample", "2003"),
    ).items()  # fmt: skip
    assert person == GUESSED
    assert why == (
        "one identifier joins groups of 2 papers (2020 to 2020) and 2 papers (2001 to 2003), "
        "which share neither co-author nor venue nor affiliation"
    )


def two_groups(first="", second="", years=("2020", "2018")):
    return mixed(
        paper("a1", "Ada Example", years[0], first), paper("a2", "Ada Example", years[0], first),
        paper("b1", "Bo Sample", years[1], second), paper("b2", "Bo Sample", years[1], second),
    )  # fmt: skip


def test_topics_of_the_groups_are_told_where_they_have_none_in_common():
    [why] = two_groups("Weaving", "Optics").values()
    assert why.endswith(
        "; no topic of the one is a topic of the other, which write on Weaving and on Optics"
    )


def test_common_topic_ties_the_papers():
    assert two_groups("Weaving", "Weaving") == {}


def test_years_without_a_paper_speak_for_two_people_whatever_the_topic():
    [why] = two_groups("Weaving", "Weaving", ("2020", "1999")).values()
    assert why.endswith("; 21 years lie between them")
    assert two_groups("Weaving", "Weaving", ("2020", "2001")) == {}


def test_nobody_writes_for_longer_than_a_life():
    [why] = mixed(
        *(paper(year, "Ada Example", year) for year in ("1930", "1950", "1990", "2010"))
    ).values()
    assert why == "the papers are from 1930 to 2010, more than 75 years"
    assert mixed(*(paper(y, "Ada Example", y) for y in ("1930", "1950", "1990", "2005"))) == {}


def test_numbers_of_a_register_that_cannot_be_true_together_are_flagged():
    counts = (Count("h-index", 12), Count("paper-count", 9), Count("citation-count", 100))
    author = Author((GUESSED,), "Wei Li", Origin("r-1", 1), counts=counts)
    [why] = mixed(paper("a1", "Ada Example"), authors=[author]).values()
    assert why == (
        "an h-index of 12 needs as many papers, and 9 are stated; "
        "an h-index of 12 needs 144 citations, and 100 are stated"
    )


def test_common_coauthor_ties_the_papers():
    papers = [paper(key, "Ada Example") for key in ("a1", "a2", "b1", "b2")]
    assert mixed(*papers) == {}


def test_few_papers_say_nothing():
    assert mixed(paper("a1", "Ada Example"), paper("b1", "Bo Sample")) == {}


def test_two_orcids_under_one_identifier_are_flagged():
    key, record = paper("a1", "Ada Example")
    both = (GUESSED, "orcid:0000-0002-1825-0097", "orcid:0000-0001-5109-3700")
    authors = (msgspec.structs.replace(record.authors[0], ids=both), record.authors[1])
    [why] = mixed((key, msgspec.structs.replace(record, authors=authors))).values()
    assert why == ("several ORCIDs are given: orcid:0000-0001-5109-3700, orcid:0000-0002-1825-0097")
