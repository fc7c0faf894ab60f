from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.parts import Authorship, Origin, PartialDate
from graphbuild.sources.profile_page import recognises
from tests.sources.pages import TOP, Read, entry, head_of, page


def test_header_is_taken_apart():
    paper = page(entry("CVMar 13, 2023Code")).paper
    assert paper.issued == PartialDate("Mar 13, 2023", "2023-03-13")
    assert paper.topics[0].written == "CV"
    assert paper.code_flag


@pytest.mark.parametrize(
    ("header", "category"),
    [
        ("LGMar 13, 2023", "LG"),
        ("AIMay 14Code", "AI"),
        ("quant-phJul 1, 2020", "quant-ph"),
        ("hep-thDec 31, 1999Code", "hep-th"),
        ("stat.MEFeb 3, 2021", "stat.ME"),
        ("astro-ph.GAApr 2, 2022", "astro-ph.GA"),
        ("MLMay 3, 2022", "ML"),
    ],
)
def test_category_is_cut_off_from_the_date(header, category):
    assert page(entry(header)).paper.topics[0].written == category


def test_header_without_category_has_no_topic():
    assert page(entry("Mar 13, 2023")).paper.topics == ()


def test_record_knows_its_place_and_its_heading():
    paper = page(entry("LGMar 13, 2023"), entry("CVMay 2, 2021Code", "Other")).papers[1]
    assert paper.origins == (Origin(f"{'ab' * 8}-e02", 17, "CVMay 2, 2021Code"),)


def test_missing_year_is_not_guessed():
    paper = page(entry("AIMay 14")).paper
    assert paper.issued == PartialDate("May 14", "--05-14")


def test_year_of_capture_is_inferred_and_said_to_be():
    paper = page(entry("AIMay 14"), captured=date(2026, 11, 23)).paper
    assert paper.issued is not None
    assert (paper.issued.value, paper.issued.inferred) == ("--05-14", "2026-05-14")
    assert "leaves out the year of capture" in paper.issued.rule


def test_day_after_the_capture_gets_no_year():
    paper = page(entry("AIDec 24"), captured=date(2026, 11, 23)).paper
    assert paper.issued == PartialDate("Dec 24", "--12-24")


def test_page_that_states_the_year_of_capture_somewhere_gets_none_inferred():
    papers = page(entry("AIMay 14"), entry("AIMay 2, 2026"), captured=date(2026, 11, 23)).papers
    assert papers[0].issued == PartialDate("May 14", "--05-14")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("LGFeb 30, 2023", PartialDate("Feb 30, 2023", "2023-02")),
        ("LGFeb 29, 2024", PartialDate("Feb 29, 2024", "2024-02-29")),
        ("LGFeb 29", PartialDate("Feb 29", "--02-29")),
        ("LGFeb 30", None),
    ],
)
def test_impossible_day_keeps_what_is_possible(header, expected):
    assert page(entry(header)).paper.issued == expected


def test_leap_day_gets_no_year_that_has_none():
    paper = page(entry("LGFeb 29"), captured=date(2026, 11, 23)).paper
    assert paper.issued == PartialDate("Feb 29", "--02-29")


def test_complete_list_has_positions_and_no_more():
    paper = page(entry(authors="Bo Sample, Ada Example")).paper
    assert paper.author_list == "complete"
    assert paper.authors == (Authorship("Bo Sample", 1), Authorship("Ada Example", 2))


def test_et_al_is_no_author_and_hides_the_owner_behind_the_list():
    paper = page(entry(authors="Bo Sample, Cy Specimen, Di Token et al.")).paper
    assert paper.author_list == "truncated"
    assert [author.name for author in paper.authors[:3]] == ["Bo Sample", "Cy Specimen", "Di Token"]
    assert paper.authors[3] == Authorship("Ada Example", None, 4, from_profile=True)


def test_visible_owner_is_not_added_again():
    paper = page(entry(authors="Bo Sample, ADA EXAMPLE et al.")).paper
    assert [author.position for author in paper.authors] == [1, 2]


def test_complete_list_without_the_owner_gets_no_owner():
    assert len(page(entry(authors="Bo Sample, Cy Specimen")).paper.authors) == 2


def test_single_author_is_an_author():
    assert page(entry(authors="Ada Example")).paper.authors == (Authorship("Ada Example", 1),)


def test_organisation_behind_the_dot_is_tied_to_nobody():
    paper = page(entry(authors="Ada Example, Bo Sample et al. · acme · Lab 9")).paper
    assert paper.organizations == ("acme", "Lab 9")
    assert paper.author_list == "truncated"
    assert paper.authors[1].name == "Bo Sample"


def test_numbers_of_the_site_become_observations():
    observations = page(captured=date(2026, 11, 23)).observations
    assert {metric: o.value for metric, o in observations.items()} == {
        "h-index": 3,
        "paper-count": 9,
        "citation-count": 1234,
    }
    assert observations["paper-count"].written == ("9papers", "9 Papers")
    assert observations["h-index"].observed == "2026-11-23"


def test_without_capture_date_numbers_are_undated():
    assert page().observations["h-index"].observed is None


def test_contradicting_counts_are_both_kept():
    read = Read("Ada Example\n\nh-index3\n9papers\n\n8 Papers\n")
    values = [r.value for r in read.records if getattr(r, "metric", "") == "paper-count"]
    assert values == [9, 8]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,884", 1884),
        ("1884", 1884),
        ("1.884", 1884),
        ("1\u202f884", 1884),
        ("12,345,678", 12345678),
    ],
)
def test_thousands_separators_do_not_matter(written, value):
    read = Read(f"Ada Example\n\nLG\nh-index3\n{written}citations\n")
    assert read.observations["citation-count"].value == value


def test_score_with_decimals_is_no_integer():
    assert (
        Read("A\n\nLG\nh-index3\nNovelty57.5%\n").observations["profile-page:novelty"].value
        == "57.5"
    )


def test_page_without_papers_is_a_profile():
    read = page()
    assert read.papers == []
    assert read.profile.name == "Ada Example"
    assert read.profile.topic is not None
    assert read.profile.topic.topic == "arxiv:cs.LG"


def test_page_without_abstracts_has_papers():
    papers = page(entry(abstract=None), entry(title="Other", abstract=None)).papers
    assert [(paper.title, paper.abstract) for paper in papers] == [("A Title", ""), ("Other", "")]


def test_abstract_of_several_paragraphs_is_one():
    assert page(entry(abstract="One.\n\nTwo.")).paper.abstract == "One. Two."


def test_tex_is_readable_and_kept():
    paper = page(entry(abstract=r"Only $O(N)$ steps, 3\% more.")).paper
    assert paper.abstract == "Only O(N) steps, 3% more."
    assert paper.abstract_written == r"Only $O(N)$ steps, 3\% more."


def test_text_without_tex_is_kept_once():
    assert page(entry()).paper.abstract_written == ""


def test_header_in_running_text_starts_no_entry():
    paper = page(entry(abstract="We wrote\nLGMar 13, 2023\nin a table.")).paper
    assert paper.abstract == "We wrote LGMar 13, 2023 in a table."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\nLGMar 13, 2023\n", "no title and no authors"),
        ("\nLGMar 13, 2023\nA Title\n", "a title but no authors"),
        (
            "\nLGMar 13, 2023\nA Title\n\n" + "A long sentence without any commas. " * 9,
            "no list of authors",
        ),
        ("\nLGMar 13, 2023\nA \udc80 Title\n\nAda Example\n", "not UTF-8"),
        ("\nLGMar 13, 2023\nA \uffff\n\nAda Example\n", "longer than 1,000,000"),
    ],
)
def test_entry_that_cannot_be_read_is_rejected_with_its_line(text, reason):
    [rejected] = page(text).rejected
    assert reason in rejected.reason
    assert rejected.line == 10
    assert rejected.text.startswith("LGMar 13, 2023")
    rejected.text.encode()


def test_rejected_entry_costs_no_other_and_keeps_the_count():
    read = page(entry(), "\nLGMar 13, 2023\nA Title\n", entry(title="Third"))
    assert [paper.title for paper in read.papers] == ["A Title", "Third"]
    assert read.papers[1].origins[0].record == f"{'ab' * 8}-e03"
    assert len(read.rejected) == 1


def test_source_says_what_was_read():
    source = page(captured=date(2026, 11, 23)).source
    assert (source.key, source.name, source.captured) == ("ab" * 8, "page.txt", "2026-11-23")


def test_system_named_by_its_repository_alone_is_found():
    text = "Source code can be found at https://github.com/ada/WeaveNet."
    [found] = page(entry(abstract=text)).paper.introduces
    assert (found.name, found.evidence) == ("WeaveNet", (("repository", text),))


def test_repository_of_two_papers_names_neither():
    text = "Source code can be found at https://github.com/ada/WeaveNet."
    papers = page(entry(abstract=text), entry(title="Other", abstract=text)).papers
    assert [paper.introduces for paper in papers] == [(), ()]


@pytest.mark.parametrize(
    "text",
    [TOP, "Ada\n\nh-index3\n\nLGMar 13, 2023\nT\n\nAda\n", "Ada\n\n12papers\n3citations\n"],
)
def test_page_is_recognised_by_its_content(text):
    assert recognises(head_of(text))


@pytest.mark.parametrize("text", ["", "Dear Ada,\n\nhello", "{}", "h-index3", "@article{x,\n}"])
def test_other_text_is_not_taken_for_a_page(text):
    assert not recognises(head_of(text))


@given(st.text())
def test_any_text_is_read_without_an_exception(text):
    assert Read(text).source.format == "profile-page"


@given(
    st.lists(st.sampled_from(["LGMar 13, 2023", "", "A, B", "x" * 90, "et al.", "· a", "h-index3"]))
)
def test_any_order_of_lines_is_read_without_an_exception(lines):
    read = Read("\n".join(lines))
    assert len(read.papers) + len(read.rejected) <= len(lines)
