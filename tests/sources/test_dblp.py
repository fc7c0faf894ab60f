"""dblp in XML: publications, persons, and names that several people have."""

from collections import Counter

from hypothesis import given

from graphbuild.parts import Affiliation, Container, VenueName
from graphbuild.records import Author, Paper, Redirect, Rejected
from graphbuild.sources.dblp import FORMAT, recognises
from graphbuild.sources.files import InputFile
from tests.sources.inputs import damaged, head_of, input_of, records_of, survives

SMALL = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<inproceedings key="conf/looms/ExampleS24" mdate="2024-05-01">
<author orcid="0000-0002-1825-0097">J&uuml;rgen Example</author>
<author>Bo Sample 0002</author><author>Bo Sample</author><author orcid="1">Ada Loom</author>
<title>On H<sub>2</sub>O &amp; <i>looms</i>.</title><pages>7-19</pages><year>2024</year>
<booktitle>LOOMS</booktitle><crossref>conf/looms/2024</crossref>
<ee type="oa">https://doi.org/10.1000/LOOM.1</ee><ee>https://example.org/1</ee>
<ee>https://arxiv.org/abs/2401.00001</ee>
<cite>journals/x/Y99</cite><cite>...</cite>
<url>db/conf/looms/looms2024.html#ExampleS24</url>
</inproceedings>
<proceedings key="conf/looms/2024"><editor>Ada Loom</editor><title>Looms 2024.</title>
<publisher>Acme</publisher><isbn>978-3-16-148410-0</isbn><year>2024</year></proceedings>
<article key="journals/corr/abs-2401-00001" publtype="informal withdrawn">
<author>Ada Loom</author><title>Why looms?</title><journal>CoRR</journal><month>May</month>
<volume>abs/2401.00001</volume><year>2024</year><ee>https://arxiv.org/abs/2401.00001</ee></article>
<phdthesis key="phd/Loom20"><author>Ada Loom</author><title>...</title><school>Oslo</school>
<year>2020</year><note>print</note></phdthesis>
<www key="homepages/12/345"><author>Ada Loom</author><author>Ada L. Loom</author>
<title>Home Page</title><note type="affiliation">Oslo</note><note type="award">Best</note>
<url>https://orcid.org/0000-0002-1825-0097</url><url>https://example.org/ada</url></www>
<www key="homepages/o/Old"><crossref>homepages/12/345</crossref></www>
<www key="homepages/s/BoSample" publtype="disambiguation"><author>Bo Sample</author></www>
<article key="journals/x/Empty"></article>
</dblp>"""


def small():
    return records_of(FORMAT, SMALL.encode("iso-8859-1"))


def test_a_paper():
    paper = small()[0]
    assert isinstance(paper, Paper)
    assert paper.title == "On H2O & looms"
    assert [(a.name, a.ids) for a in paper.authors] == [
        ("Jürgen Example", ("orcid:0000-0002-1825-0097", "dblp-name:Jürgen_Example")),
        ("Bo Sample", ("dblp-name:Bo_Sample_0002",)),
        ("Bo Sample", ()),
        ("Ada Loom", ("dblp-name:Ada_Loom",)),
    ]
    assert paper.authors[3].malformed_ids == (("orcid", "1"),)
    assert paper.ids == ("dblp:conf/looms/ExampleS24", "doi:10.1000/loom.1")
    assert paper.urls == ("https://example.org/1",)
    assert (paper.kind, paper.kind_written) == ("conference-paper", "inproceedings")
    assert paper.venue == VenueName("LOOMS", ("dblp-stream:conf/looms",), "conference")
    assert paper.container == Container("LOOMS", ("dblp:conf/looms/2024",), "proceedings")
    assert (paper.first_page, paper.last_page, paper.issued.value) == ("7", "19", "2024")
    assert paper.references == ("dblp:journals/x/Y99",)
    assert (paper.open_access, paper.author_list) == ("oa", "complete")
    assert (paper.origins[0].line, paper.origins[0].id) == (4, "conf/looms/ExampleS24")


def test_volumes_preprints_and_theses():
    volume, preprint, thesis = small()[1:4]
    assert (volume.kind, volume.author_list, volume.publisher.name) == (
        "proceedings", "complete", "Acme",
    )  # fmt: skip
    assert volume.ids == ("dblp:conf/looms/2024", "isbn:9783161484100")
    assert [(a.name, a.role) for a in volume.authors] == [("Ada Loom", "editor")]
    assert (preprint.kind, preprint.retracted, preprint.issued.value) == (
        "preprint", True, "2024-05",
    )  # fmt: skip
    assert preprint.ids == ("dblp:journals/corr/abs-2401-00001", "arxiv:2401.00001")
    assert preprint.venue == VenueName("CoRR", ("dblp-stream:journals/corr",), "repository")
    assert (thesis.kind, thesis.title, thesis.organizations, thesis.comment) == (
        "doctoral-thesis", "...", ("Oslo",), "print",
    )  # fmt: skip


def test_persons():
    author, redirect, empty = small()[4:]
    assert isinstance(author, Author)
    assert author.ids == (
        "dblp-person:12/345", "dblp-name:Ada_Loom", "dblp-name:Ada_L._Loom",
        "orcid:0000-0002-1825-0097",
    )  # fmt: skip
    assert (author.name, author.other_names) == ("Ada Loom", ("Ada L. Loom",))
    assert author.affiliations == (Affiliation("Oslo"),)
    assert author.urls == ("https://example.org/ada",)
    assert isinstance(redirect, Redirect)
    assert (redirect.old, redirect.new) == ("dblp-person:o/Old", "dblp-person:12/345")
    assert isinstance(empty, Rejected)
    assert (empty.id, empty.reason) == ("journals/x/Empty", "it states nothing")


def test_a_page_of_a_person():
    page = """<dblpperson name="Ada Loom" pid="12/345"><person key="homepages/12/345">
<author pid="12/345">Ada Loom</author></person><r><book key="books/x/Loom24">
<author pid="12/345">Ada Loom</author><title>Looms.</title></book></r></dblpperson>"""
    author, book = records_of(FORMAT, page)
    assert author.ids[0] == book.authors[0].ids[0] == "dblp-person:12/345"


def test_one_malformed_record_costs_one():
    broken = SMALL.replace("<publisher>Acme</publisher>", "<publisher>Acme")
    kinds = [type(record) for record in records_of(FORMAT, broken.encode("iso-8859-1"))]
    assert kinds == [Paper, Rejected, Paper, Paper, Author, Redirect, Rejected]


def test_recognition_and_fields(tmp_path):
    assert recognises(head_of(SMALL))
    assert not recognises(head_of("<feed/>"))
    assert not recognises(head_of("dblp"))
    first = next(FORMAT.fields(input_of(tmp_path, SMALL.encode("iso-8859-1"))))
    assert first["inproceedings/author/@orcid"]
    assert not first["inproceedings/@mdate"]


@given(damaged(SMALL.encode("iso-8859-1")))
def test_any_bytes_are_survived(data):
    survives(FORMAT, data)


def test_the_excerpt(shared):
    path = shared / "data/dblp/xml/dblp-excerpt.xml"
    _, *records = FORMAT.read(InputFile(path.name, path, "ab" * 32, 1), None)
    assert Counter(map(type, records)) == {Paper: 91, Rejected: 1}
    assert "Premature end of data" in records[-1].reason  # Its last tag should close the first.
    papers = {record.origins[0].id: record for record in records[:-1]}
    pena = papers["journals/cacm/PenaHC06"].authors
    assert [a.name for a in pena] == ["Joaquín Peña", "Michael G. Hinchey", "Antonio Ruiz Cortés"]
    assert sum("orcid:" in "".join(a.ids) for p in papers.values() for a in p.authors) == 20
