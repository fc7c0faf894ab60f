"""Crossref's XML becomes the papers that its JSON becomes."""

from pathlib import Path

from graphbuild.records import Paper, Rejected, Venue
from graphbuild.sources import SOURCES, format_of, read_records
from graphbuild.sources.files import InputFile

DEPOSIT = """<?xml version="1.0"?>
<doi_batch xmlns="http://www.crossref.org/schema/4.4.0" xmlns:rel="http://www.crossref.org/relations.xsd"
 xmlns:ai="http://www.crossref.org/AccessIndicators.xsd" xmlns:fr="http://www.crossref.org/fundref.xsd">
<head><registrant>Loom Society</registrant></head><body>
<journal>
 <journal_metadata language="en"><full_title>Journal of Looms</full_title>
  <abbrev_title>J. Looms</abbrev_title><issn media_type="print">1570-0844</issn>
  <doi_data><doi>10.5555/looms</doi><resource>https://looms.example.org</resource></doi_data>
 </journal_metadata>
 <journal_issue><publication_date><year>2024</year></publication_date>
  <journal_volume><volume>7</volume></journal_volume><issue>2</issue></journal_issue>
 <journal_article><titles><title>On <i>Looms</i></title><subtitle>A study</subtitle></titles>
  <contributors>
   <person_name sequence="first" contributor_role="author"><given_name>Ada</given_name>
    <surname>Example</surname><affiliations><institution><institution_name>Loom Lab</institution_name>
     <institution_id type="ror">https://ror.org/02jbv0t02</institution_id></institution></affiliations>
    <ORCID>https://orcid.org/0000-0002-1825-0097</ORCID></person_name>
   <organization sequence="additional" contributor_role="author">Weavers Group</organization>
   <person_name contributor_role="editor"><given_name>Cy</given_name><surname>Specimen</surname></person_name>
  </contributors>
  <publication_date media_type="print"><month>5</month><year>2024</year></publication_date>
  <publication_date media_type="online"><month>3</month><day>02</day><year>2024</year></publication_date>
  <pages><first_page>10</first_page><last_page>19</last_page></pages>
  <fr:program name="fundref"><fr:assertion name="fundgroup">
   <fr:assertion name="funder_name">Loom Fund
    <fr:assertion name="funder_identifier">https://doi.org/10.13039/100000001</fr:assertion></fr:assertion>
   <fr:assertion name="award_number">L-7</fr:assertion></fr:assertion></fr:program>
  <ai:program name="AccessIndicators"><ai:license_ref applies_to="vor">https://creativecommons.org/licenses/by/4.0/</ai:license_ref>
   <ai:license_ref applies_to="tdm">https://mining.example.org</ai:license_ref></ai:program>
  <rel:program><rel:related_item>
   <rel:intra_work_relation relationship-type="hasPreprint" identifier-type="doi">10.5555/pre</rel:intra_work_relation>
  </rel:related_item></rel:program>
  <doi_data><doi>10.5555/A1</doi><resource>https://looms.example.org/1</resource>
   <collection property="crawler-based"><item><resource>https://looms.example.org/check.pdf</resource></item></collection>
   <collection property="text-mining"><item><resource>https://looms.example.org/1.pdf</resource></item></collection>
  </doi_data>
  <citation_list><citation key="1"><doi>10.5555/CITED</doi><volume>99</volume></citation></citation_list>
  <component_list><component><titles><title>Figure 1</title></titles>
   <doi_data><doi>10.5555/A1.f1</doi></doi_data></component></component_list>
 </journal_article>
 <journal_article><titles><title>No DOI</title></titles></journal_article>
 <journal_article><titles><title>Second</title></titles>
  <doi_data><doi>10.5555/A2</doi></doi_data></journal_article>
</journal>
<conference>
 <event_metadata><conference_name>Looms 2024</conference_name><conference_acronym>LM</conference_acronym>
  <conference_date start_year="2024" start_month="6" start_day="1" end_year="2024" end_month="6" end_day="3"/>
 </event_metadata>
 <proceedings_metadata><proceedings_title>Proceedings of Looms</proceedings_title>
  <publisher><publisher_name>Loom Press</publisher_name></publisher><isbn>978-3-16-148410-0</isbn>
 </proceedings_metadata>
 <conference_paper><contributors/><titles><title>Third</title></titles>
  <doi_data><doi>10.5555/C1</doi></doi_data></conference_paper>
</conference>
</body></doi_batch>"""


def read(tmp_path: Path, text: str):
    path = tmp_path / "deposit.xml"
    path.write_text(text, encoding="utf-8")
    file = InputFile(str(path), path, "ab" * 32, 1)
    assert format_of(file) == "crossref-xml"
    return list(read_records(file, "crossref-xml", None))[1:]


def test_article_with_all_that_it_states(tmp_path):
    _, article, *_ = read(tmp_path, DEPOSIT)
    assert isinstance(article, Paper)
    assert (article.title, article.other_titles) == ("On Looms", ("A study",))
    assert article.ids == ("doi:10.5555/a1",)
    assert [(a.name, a.role, a.organization) for a in article.authors] == [
        ("Ada Example", "author", False),
        ("Weavers Group", "author", True),
        ("Cy Specimen", "editor", False),
    ]
    ada = article.authors[0]
    assert ada.ids == ("orcid:0000-0002-1825-0097",)
    assert [(o.name, o.ids) for o in ada.affiliations[0].organizations] == [
        ("Loom Lab", ("ror:02jbv0t02",))
    ]
    assert article.issued is not None
    assert article.issued.value == "2024-03-02"
    assert (article.volume, article.issue, article.first_page, article.last_page) == (
        *("7", "2", "10", "19"),
    )
    assert article.references == ("doi:10.5555/cited",)
    assert article.licenses == ("https://creativecommons.org/licenses/by/4.0/",)
    assert [(r.kind, r.id) for r in article.relations] == [("version-of", "doi:10.5555/pre")]
    assert article.urls == ("https://looms.example.org/1", "https://looms.example.org/1.pdf")
    [funding] = article.funding
    assert (funding.funder.name, funding.funder.ids, funding.awards) == (
        "Loom Fund",
        ("doi:10.13039/100000001",),
        ("L-7",),
    )


def test_journal_is_a_venue_and_that_of_all_its_articles(tmp_path):
    journal, first, bad, second, _ = read(tmp_path, DEPOSIT)
    assert isinstance(journal, Venue)
    assert journal.ids == ("issn:1570-0844", "doi:10.5555/looms")
    assert first.venue == second.venue
    assert (second.venue.name, second.venue.ids) == ("Journal of Looms", ("issn:1570-0844",))
    assert (second.volume, second.issued.value) == ("7", "2024")
    assert isinstance(bad, Rejected)
    assert bad.reason == "it has no DOI"


def test_conference_paper_has_meeting_and_volume_and_nothing_of_the_journal(tmp_path):
    paper = read(tmp_path, DEPOSIT)[-1]
    assert paper.kind == "conference-paper"
    assert (paper.event.name, paper.event.date) == ("Looms 2024", "2024-06-01/2024-06-03")
    assert (paper.container.title, paper.container.ids) == (
        "Proceedings of Looms",
        ("isbn:9783161484100",),
    )
    assert (paper.publisher.name, paper.volume, paper.venue) == ("Loom Press", "", None)
    assert paper.issued is None


def test_what_is_read_and_what_is_not(tmp_path):
    read(tmp_path, DEPOSIT)
    path = tmp_path / "deposit.xml"
    told = list(SOURCES["crossref-xml"].fields(InputFile(str(path), path, "ab" * 32, 1)))
    article = next(each for each in told if "journal_article/titles/title" in each)
    assert article["journal_article/titles/title"]
    assert not article["journal_article/component_list"]


def test_the_real_files(shared):
    names = [*(shared / "data/jose").glob("*.crossref.xml"), shared / "data/crossref/crossref.xml"]
    papers = []
    for path in names:
        file = InputFile(str(path), path, "ab" * 32, 1)
        found = list(read_records(file, format_of(file), None))
        assert not any(isinstance(each, Rejected) for each in found)
        papers += [each for each in found if isinstance(each, Paper)]
    assert len(papers) == len(names) == 28
    assert all(each.title and each.authors and each.issued and each.venue for each in papers)
    first = next(each for each in papers if "doi:10.21105/jose.00019" in each.ids)
    assert first.authors[0].name == "Andrew R. McCluskey"
    assert (first.issued.value, first.volume, first.issue) == ("2018-07-16", "1", "2")
