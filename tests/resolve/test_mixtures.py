import msgspec

from graphbuild.parts import Authorship, Origin, PartialDate
from graphbuild.records import Paper
from graphbuild.resolve.people import resolve_people

GUESSED = "openalex:A5"


def paper(key, companion, year="2020"):
    authors = (Authorship("Wei Li", 1, ids=(GUESSED,)), Authorship(companion, 2))
    return key, Paper(
        f"Title {key}", "complete", (Origin(key, 1),), authors, issued=PartialDate(year, year)
    )


def mixed(*papers):
    return resolve_people(dict(papers), ()).mixed


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
