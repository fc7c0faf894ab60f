"""Articles in JATS."""

from hypothesis import given

from graphbuild.parts import Affiliation, Funding, OrganizationName, Relation, VenueName
from graphbuild.records import Paper, Rejected
from graphbuild.sources.files import InputFile
from graphbuild.sources.jats import FORMAT, recognises
from tests.sources.inputs import damaged, head_of, input_of, records_of, survives

SMALL = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="correction" xml:lang="en">
<front><journal-meta><journal-id journal-id-type="nlm-ta">J Looms</journal-id>
<journal-title>Journal of Looms</journal-title><issn>1570-0844</issn>
<publisher><publisher-name>Acme</publisher-name></publisher></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/LOOM</article-id>
<article-id pub-id-type="pmc">123</article-id><article-id pub-id-type="pii">x</article-id>
<title-group><article-title>On <italic>looms</italic><xref ref-type="fn">*</xref></article-title>
<subtitle>A study</subtitle></title-group>
<contrib-group>
<contrib contrib-type="author" corresp="yes"><contrib-id contrib-id-type="orcid">
https://orcid.org/0000-0002-1825-0097</contrib-id><name><surname>Example</surname>
<given-names>Ada</given-names><suffix>Jr.</suffix></name><xref ref-type="aff" rid="a1 a2"/></contrib>
<contrib contrib-type="author"><collab>Loom Group<contrib-group><contrib contrib-type="author">
<name><surname>Hidden</surname></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="author"><name><surname>Mononym</surname></name></contrib>
<contrib contrib-type="editor"><name><surname>Sample</surname><given-names>Bo</given-names></name>
</contrib>
<aff id="a1"><label>1</label><institution-wrap><institution-id>https://ror.org/02jbv0t02</institution-id>
<institution>Berkeley Lab</institution></institution-wrap>, <country>USA</country></aff>
<aff id="a2"><label>2</label>Oslo</aff></contrib-group>
<pub-date pub-type="ppub"><month>7</month><year>2024</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>05</month><year>2024</year></pub-date>
<volume>3</volume><issue>2</issue><elocation-id>e12</elocation-id>
<history><date date-type="received"><year>2023</year></date></history>
<permissions><license><license-p>Under <ext-link xlink:href="https://creativecommons.org/licenses/by/4.0/">CC</ext-link>
</license-p></license></permissions>
<related-article related-article-type="corrected-article" xlink:href="10.1000/OLD"/>
<abstract abstract-type="graphical"><p>Picture</p></abstract>
<abstract><sec><title>Aim</title><p>We weave.</p></sec></abstract>
<kwd-group><kwd>looms</kwd></kwd-group>
<funding-group><award-group><funding-source>Loom Fund<institution-id>http://dx.doi.org/10.13039/100000001</institution-id>
</funding-source><award-id>A-1</award-id></award-group><award-group><award-id>B-2</award-id></award-group>
</funding-group></article-meta></front>
<body><p>Text</p></body>
<back><ref-list><ref><element-citation><pub-id pub-id-type="pmid">77</pub-id>
<pub-id pub-id-type="doi">10.1000/cited</pub-id></element-citation></ref>
<ref><mixed-citation>No identifier</mixed-citation></ref></ref-list></back></article>"""


def test_an_article():
    [paper] = records_of(FORMAT, SMALL)
    assert isinstance(paper, Paper)
    assert (paper.title, paper.abstract, paper.other_titles) == (
        "On looms", "Aim We weave.", ("A study",),
    )  # fmt: skip
    assert (paper.kind, paper.kind_written, paper.language) == ("erratum", "correction", "en")
    assert paper.ids == ("doi:10.1000/loom", "pmcid:123")
    assert (paper.issued.value, paper.submitted.value) == ("2024-05-03", "2023")
    assert (paper.volume, paper.issue, paper.article_number) == ("3", "2", "e12")
    assert paper.venue == VenueName(
        "Journal of Looms", ("issn:1570-0844",), "journal", ("J Looms",)
    )
    assert paper.publisher == OrganizationName("Acme")
    assert paper.licenses == ("https://creativecommons.org/licenses/by/4.0/",)
    assert paper.keywords == ("looms",)
    assert paper.relations == (Relation("corrects", "doi:10.1000/old"),)
    assert paper.references == ("doi:10.1000/cited",)
    assert paper.funding == (
        Funding(OrganizationName("Loom Fund", ("doi:10.13039/100000001",)), ("A-1",)),
        Funding(None, ("B-2",)),
    )
    assert paper.origins[0].line == 3


def test_its_people():
    [paper] = records_of(FORMAT, SMALL)
    ada, group, mononym, editor = paper.authors
    assert (ada.name, ada.given, ada.family, ada.suffix) == (
        "Ada Example Jr.", "Ada", "Example", "Jr.",
    )  # fmt: skip
    assert (ada.ids, ada.corresponding) == (("orcid:0000-0002-1825-0097",), True)
    assert ada.affiliations == (
        Affiliation("Berkeley Lab , USA", (OrganizationName("Berkeley Lab", ("ror:02jbv0t02",)),)),
        Affiliation("Oslo"),
    )
    assert (group.name, group.organization, group.position) == ("Loom Group", True, 2)
    assert (mononym.name, mononym.family, mononym.corresponding) == ("Mononym", "", None)
    assert (editor.name, editor.role, editor.position) == ("Bo Sample", "editor", 1)


def test_without_front_matter():
    [bad] = records_of(FORMAT, "<article><body/></article>")
    assert isinstance(bad, Rejected)
    assert bad.reason == "it has no front matter"


def test_recognition_and_fields(tmp_path):
    assert recognises(head_of(SMALL))
    assert not recognises(head_of("<article><title>Of something else</title></article>"))
    assert not recognises(head_of("<dblp><article/></dblp>"))
    [stated] = FORMAT.fields(input_of(tmp_path, SMALL))
    assert stated["article/front/article-meta/contrib-group/contrib/@corresp"]
    assert not stated["article/body"]


@given(damaged(SMALL))
def test_any_bytes_are_survived(data):
    survives(FORMAT, data)


def test_real_articles(shared):
    paths = [*(shared / "data/jats/pmc").iterdir(), *(shared / "data/jose").glob("*.jats")]
    papers = {}
    for path in sorted(paths):
        assert recognises(head_of(path.read_bytes()))
        _, paper = FORMAT.read(InputFile(path.name, path, "ab" * 32, 1), None)
        assert isinstance(paper, Paper)
        papers[path.name] = paper
    assert len(papers) == 14
    assert all(any(i.startswith("doi:") for i in paper.ids) for paper in papers.values())
    assert all(paper.issued and paper.licenses for paper in papers.values())
    course = papers["10.21105.jose.00143.jats"]
    assert [a.family for a in course.authors] == ["Ford Versypt", "Mullins"]
    assert [len(a.affiliations) for a in course.authors] == [4, 3]
    assert [a.corresponding for a in course.authors] == [True, None]
