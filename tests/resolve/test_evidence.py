import numpy as np

from graphbuild.parts import Authorship, Origin
from graphbuild.records import Paper
from graphbuild.resolve.commonness import namesakes
from graphbuild.resolve.evidence import Block, Comparison, context
from graphbuild.resolve.mentions import read_mentions
from graphbuild.resolve.people import resolve_people
from graphbuild.resolve.rules import shipped_rules


def paper(key: str, title: str, *names: str) -> tuple[str, Paper]:
    authors = tuple(Authorship(name, place) for place, name in enumerate(names, 1))
    return key, Paper(title, "complete", (Origin(key, 1),), authors)


def compared(papers: dict[str, Paper]) -> Comparison:
    """Compare the mentions of the first author of paper p1, each a group of its own."""
    rules = shipped_rules().people
    mentions, columns = read_mentions(papers, {}, {}, rules.longest_paired)
    name = next(each.name for each in mentions if each.paper == "p1")
    rows = np.array([n for n, each in enumerate(mentions) if each.name == name])
    gathered = Block(columns, columns.name_of[int(rows[0])], rows)
    return Comparison(context(columns, rules), gathered, np.arange(len(rows)))


def title_words(papers: dict[str, Paper]) -> str:
    told = dict(compared(papers).evidence(0, 1))
    return told.get("similar-titles", "")


def test_stop_words_of_any_language_are_no_shared_words_of_titles():
    papers = dict([
        paper("p1", "Les modèles pour des étoffes", "Ada Examplova"),
        paper("p2", "Modèles: les fibres pour des loups", "Ada Examplova"),
    ])  # fmt: skip
    assert title_words(papers) == ""


def test_rare_words_are_shared_words_of_titles():
    papers = dict([
        paper("p1", "Les jacquards et des étoffes", "Ada Examplova"),
        paper("p2", "Jacquards dans les fibres", "Ada Examplova"),
        paper("p3", "Something else", "Bo Samplesen"),
    ])  # fmt: skip
    assert title_words(papers) == "titles share jacquards"


def test_word_in_very_many_titles_is_no_shared_word():
    others = [paper(f"q{n}", f"Fibre q{n}", f"Person{n} Samplesen") for n in range(30)]
    papers = dict([
        paper("p1", "Looms one", "Ada Examplova"),
        paper("p2", "Looms two", "Ada Examplova"),
        *(paper(f"o{n}", f"Looms o{n}", f"Other{n} Samplesen") for n in range(8)),
        *others,
    ])  # fmt: skip
    assert title_words(papers) == "titles share looms"  # ten titles of forty: too few to tell
    key, more = paper("o8", "Looms o8", "Other8 Samplesen")
    assert title_words(papers | {key: more}) == ""


def test_one_common_coauthor_does_not_tie_a_common_name():
    assert namesakes("wei wang") > 1
    assert namesakes("john smith") > 7 / 3
    papers = dict([
        paper("p1", "Jacquards of tartan weft", "Wei Wang", "John Smith"),
        paper("p2", "Jacquards of tartan weft again", "Wei Wang", "John Smith"),
    ])  # fmt: skip
    assert compared(papers).odds[0, 1] <= 0
    assert len(resolve_people(papers, []).members) == 4


def test_rare_coauthors_tie_a_common_name():
    names = ("Wei Wang", "Ada Examplova", "Bo Samplesen")
    papers = dict([paper("p1", "One", *names), paper("p2", "Two", *names)])
    assert len(resolve_people(papers, []).members) == 3
