"""ORCID records in both versions and both syntaxes."""

import io
import json
import tarfile

import pytest
from hypothesis import given

from graphbuild.parts import Affiliation, Container, Funding, OrganizationName, Relation, VenueName
from graphbuild.records import Author, Paper
from graphbuild.sources import format_of
from graphbuild.sources.files import InputFile, find_inputs
from graphbuild.sources.orcid import FORMAT
from tests.sources.inputs import damaged, head_of, records_of, rejected, survives

ADA = "0000-0002-1825-0097"
BO = "0000-0001-5109-3700"


def value(text):
    return {"value": text}


def external(kind, written, relationship="self", url=None):
    return {
        "external-id-type": kind,
        "external-id-value": written,
        "external-id-relationship": relationship,
        "external-id-url": url and value(url),
    }


def work(title="On Looms", *ids, **more):
    return {
        "title": {"title": value(title), "subtitle": None, "translated-title": None},
        "external-ids": {"external-id": list(ids)},
        "type": "journal-article",
        **{key.replace("_", "-"): each for key, each in more.items()},
    }


def employment(name, source=None, written=None, department=None):
    known = {
        "disambiguated-organization-identifier": written,
        "disambiguation-source": source,
    }
    return {
        "department-name": department,
        "organization": {"name": name, "disambiguated-organization": known if source else None},
    }


def record(*groups, person=None, employments=(), orcid=ADA):
    return {
        "orcid-identifier": {"uri": f"https://orcid.org/{orcid}", "path": orcid},
        "person": person
        or {"name": {"given-names": value("Ada"), "family-name": value("Example")}},
        "activities-summary": {
            "employments": {
                "affiliation-group": [
                    {"summaries": [{"employment-summary": e}]} for e in employments
                ]
            },
            "works": {"group": [{"work-summary": list(group)} for group in groups]},
        },
    }


def read(document):
    return records_of(FORMAT, json.dumps(document))


FULL = record(
    [work("On Looms", external("doi", "10.1000/LOOMS"), publication_date={"year": value("2020")})],
    person={
        "name": {
            "given-names": value("Ada"),
            "family-name": value("van Example"),
            "credit-name": value("A. van Example"),
        },
        "other-names": {"other-name": [{"content": "Ada Sample"}, {"content": "A. van Example"}]},
        "researcher-urls": {
            "researcher-url": [{"url": value("https://ada.example")}, {"url": value("ada")}]
        },
        "keywords": {"keyword": [{"content": "weaving"}, {"content": "weaving"}]},
        "external-identifiers": {
            "external-identifier": [
                external("Scopus Author ID", "7", url="https://www.scopus.example/7"),
                external("ISNI", "0000 0004 6066 7763"),
            ]
        },
    },
    employments=[
        employment("Example University", "ROR", "https://ror.org/05h1kgg64", "Weaving"),
        employment("Example Fund", "FUNDREF", "http://dx.doi.org/10.13039/100000001"),
        employment("Example Trust", "FUNDREF", "100000002"),
        employment("Example Lab", "GRID", "grid.509120.f"),
        employment("Example Press", "RINGGOLD", "5488"),
        employment("Example Guild"),
    ],
)

XML = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<record:record path="/{ADA}" xmlns:record="http://www.orcid.org/ns/record"
  xmlns:common="http://www.orcid.org/ns/common" xmlns:person="http://www.orcid.org/ns/person"
  xmlns:personal-details="http://www.orcid.org/ns/personal-details"
  xmlns:other-name="http://www.orcid.org/ns/other-name"
  xmlns:keyword="http://www.orcid.org/ns/keyword"
  xmlns:activities="http://www.orcid.org/ns/activities"
  xmlns:employment="http://www.orcid.org/ns/employment" xmlns:work="http://www.orcid.org/ns/work"
  xmlns:researcher-url="http://www.orcid.org/ns/researcher-url">
 <common:orcid-identifier><common:uri>https://orcid.org/{ADA}</common:uri>
  <common:path>{ADA}</common:path></common:orcid-identifier>
 <person:person>
  <person:name><personal-details:given-names>Ada</personal-details:given-names>
   <personal-details:family-name>Example</personal-details:family-name></person:name>
  <other-name:other-names><other-name:other-name><common:created-date>2020-01-01</common:created-date>
   <other-name:content>Ada Sample</other-name:content></other-name:other-name></other-name:other-names>
  <researcher-url:researcher-urls><researcher-url:researcher-url>
   <researcher-url:url>https://ada.example</researcher-url:url>
  </researcher-url:researcher-url></researcher-url:researcher-urls>
  <keyword:keywords><keyword:keyword><keyword:content>weaving</keyword:content></keyword:keyword>
   <keyword:keyword><keyword:content>looms</keyword:content></keyword:keyword></keyword:keywords>
 </person:person>
 <activities:activities-summary>
  <activities:employments><activities:affiliation-group><employment:employment-summary>
   <common:organization><common:name>Example Lab</common:name><common:disambiguated-organization>
    <common:disambiguated-organization-identifier>grid.509120.f</common:disambiguated-organization-identifier>
    <common:disambiguation-source>GRID</common:disambiguation-source>
   </common:disambiguated-organization></common:organization>
  </employment:employment-summary></activities:affiliation-group></activities:employments>
  <activities:works><activities:group>
   <work:work-summary put-code="1" path="/{ADA}/work/1" display-index="0">
    <work:title><common:title>On Looms</common:title></work:title>
    <common:external-ids><common:external-id>
     <common:external-id-type>doi</common:external-id-type>
     <common:external-id-value>10.1000/LOOMS</common:external-id-value>
     <common:external-id-relationship>self</common:external-id-relationship>
    </common:external-id></common:external-ids>
    <work:type>journal-article</work:type>
    <common:publication-date><common:year>2020</common:year><common:month>05</common:month>
    </common:publication-date>
    <work:journal-title>Journal of Looms</work:journal-title>
   </work:work-summary></activities:group></activities:works>
 </activities:activities-summary>
</record:record>
"""


def test_a_person_with_all_names_pages_and_employers():
    author = read(FULL)[0]
    assert isinstance(author, Author)
    assert author.ids == (f"orcid:{ADA}", "isni:0000000460667763")
    assert (author.name, author.given, author.family) == ("A. van Example", "Ada", "van Example")
    assert author.other_names == ("Ada van Example", "Ada Sample")
    assert author.urls == ("https://ada.example", "https://www.scopus.example/7")
    assert author.malformed_ids == (("url", "ada"),)
    assert author.keywords == ("weaving",)
    assert author.affiliations == (
        Affiliation(
            "Weaving, Example University",
            (OrganizationName("Example University", ("ror:05h1kgg64",)),),
        ),
        Affiliation(
            "Example Fund", (OrganizationName("Example Fund", ("doi:10.13039/100000001",)),)
        ),
        Affiliation(
            "Example Trust", (OrganizationName("Example Trust", ("doi:10.13039/100000002",)),)
        ),
        Affiliation("Example Lab", (OrganizationName("Example Lab", ("grid:grid.509120.f",)),)),
        Affiliation("Example Press", (OrganizationName("Example Press", (), ("ringgold:5488",)),)),
        Affiliation("Example Guild", (OrganizationName("Example Guild"),)),
    )


def test_a_work_says_that_the_person_is_among_its_authors():
    _, paper = read(FULL)
    assert isinstance(paper, Paper)
    assert (paper.ids, paper.issued.value, paper.author_list) == (
        ("doi:10.1000/looms",),
        "2020",
        "unknown",
    )
    [author] = paper.authors
    assert (author.name, author.position, author.from_profile) == ("A. van Example", None, True)
    assert author.ids == (f"orcid:{ADA}",)


def test_xml_says_the_same_as_json():
    author, paper = records_of(FORMAT, XML)
    assert (author.ids, author.name, author.origin.line) == ((f"orcid:{ADA}",), "Ada Example", 9)
    assert (author.given, author.family) == ("Ada", "Example")
    assert (author.other_names, author.keywords) == (("Ada Sample",), ("weaving", "looms"))
    assert author.urls == ("https://ada.example",)
    assert author.affiliations[0].organizations[0].ids == ("grid:grid.509120.f",)
    assert (paper.ids, paper.issued.value) == (("doi:10.1000/looms",), "2020-05")
    assert paper.venue == VenueName("Journal of Looms", (), "journal")
    assert paper.origins[0].id == f"/{ADA}/work/1"


def test_version_2_has_no_groups_of_employments_and_writes_words_in_capitals():
    old = record([work("Old", external("doi", "10.1000/old", "SELF")) | {"type": "BOOK_CHAPTER"}])
    old["activities-summary"]["employments"] = {"employment-summary": [employment("Example Guild")]}
    author, paper = read(old)
    assert author.affiliations[0].written == "Example Guild"
    assert (paper.kind, paper.ids) == ("chapter", ("doi:10.1000/old",))


def test_a_person_who_shows_no_name_is_called_by_the_identifier():
    author, paper = read(record([work()], person={"name": None}))
    assert (author.name, author.given, paper.authors[0].name) == (ADA, "", ADA)


def test_of_a_group_the_preferred_description_and_those_with_other_identifiers_are_read():
    same = external("doi", "10.1000/a")
    group = [
        work("Worse", same, display_index="0"),
        work("Better", same, display_index=1),
        work("Preprint", same, external("arxiv", "2001.00001"), display_index="0"),
    ]
    _, *papers = read(record(group))
    assert [paper.title for paper in papers] == ["Better", "Preprint"]


def test_identifiers_of_a_work_by_what_they_are_to_it():
    _, chapter, report = read(
        record(
            [
                work(
                    "Chapter",
                    external("doi", "10.1000/c"),
                    external("doi", "10.1000/book", "part-of"),
                    external("doi", "10.1000/v1", "version-of"),
                    external("isbn", "9783161484100"),
                    external("grant_number", "G-7", "funded-by"),
                    external("eid", "2-s2.0-1", url="https://www.scopus.example/eid/1"),
                    external("pmid", "no number"),
                )
                | {"type": "book-chapter", "journal-title": value("The Book")}
            ],
            [
                work("Report", external("isbn", "9783161484100"), external("issn", "1570-0844"))
                | {"type": "report", "url": value("https://reports.example/1")}
            ],
        )
    )
    assert chapter.ids == ("doi:10.1000/c",)
    assert chapter.container == Container("The Book", ("isbn:9783161484100",))
    assert chapter.venue is None
    assert chapter.relations == (
        Relation("part-of", "doi:10.1000/book"),
        Relation("version-of", "doi:10.1000/v1"),
    )
    assert chapter.funding == (Funding(awards=("G-7",)),)
    assert chapter.urls == ("https://www.scopus.example/eid/1",)
    assert chapter.malformed_ids == (("pmid", "no number"),)
    assert (report.ids, report.urls) == (("isbn:9783161484100",), ("https://reports.example/1",))
    assert report.venue == VenueName("", ("issn:1570-0844",))


def contributors(*people):
    return {
        "contributor": [
            {
                "contributor-orcid": orcid and {"path": orcid},
                "credit-name": value(name),
                "contributor-attributes": {"contributor-role": role},
            }
            for name, orcid, role in people
        ]
    }


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (
            [("Bo Sample", BO, "author"), ("Ada Example", None, None)],
            [("Bo Sample", 1, BO), ("Ada Example", 2, ADA)],
        ),
        (
            [("A. E.", ADA, "author"), ("Bo Sample", None, "author")],
            [("A. E.", 1, ADA), ("Bo Sample", 2, None)],
        ),
        (
            [("Bo Sample", None, "author"), ("Cy Editor", None, "editor")],
            [("Bo Sample", 1, None), ("Ada Example", None, ADA)],
        ),
        (
            [("Ada Example", None, None), ("Ada Example", None, None)],
            [("Ada Example", 1, None), ("Ada Example", 2, None), ("Ada Example", None, ADA)],
        ),
    ],
    ids=["by name", "by identifier", "not among them", "two of the name"],
)
def test_contributors_are_authors_in_their_order(people, expected):
    full = work(contributors=contributors(*people))
    authors = read(record([full]))[1].authors
    ids = [author.ids[0].removeprefix("orcid:") if author.ids else None for author in authors]
    assert [(a.name, a.position) for a in authors] == [(name, place) for name, place, _ in expected]
    assert ids == [known for _, _, known in expected]


def test_fifty_contributors_may_not_be_all():
    people = [(f"P{n} Sample", None, None) for n in range(50)]
    assert read(record([work(contributors=contributors(*people))]))[1].author_list == "truncated"


def test_parts_of_a_record_are_read_alone():
    person = {"name": {"given-names": value("Ada"), "credit-name": None}, "path": f"/{ADA}/person"}
    works = {"group": [{"work-summary": [work("One")]}], "path": f"/{ADA}/works"}
    single = work("Two") | {"path": f"/{ADA}/work/7"}
    bulk = {"bulk": [{"work": single}, {"error": {"response-code": 404}}]}
    for document in (person, works, single, bulk):
        assert FORMAT.recognises(head_of(json.dumps(document)))
    assert [r.name for r in read(person)] == ["Ada"]
    for document in (works, single, bulk):
        [paper] = read(document)
        assert paper.authors[0].ids == (f"orcid:{ADA}",)


def test_a_work_of_nobody_in_particular_has_no_authors():
    [paper] = read(work("Alone", external("doi", "10.1000/x")))
    assert (paper.authors, paper.ids) == ((), ("doi:10.1000/x",))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (record(orcid="0000-0002-1825-0098"), "'0000-0002-1825-0098' is no ORCID iD"),
        (record([work("")]), "the work has no title"),
        ({"orcid-identifier": 5}, "no record of ORCID: Expected `object | null`, got `int` - at"),
        ({"external-id-type": "x"}, "neither a person nor a work of ORCID"),
    ],
)
def test_what_cannot_be_read_says_why(document, reason):
    [bad] = rejected(read(document))
    assert bad.reason.startswith(reason)
    assert bad.line == 1


def test_broken_xml_costs_its_record():
    [bad] = records_of(FORMAT, XML.replace("</person:name>", ""))
    assert bad.reason.startswith("not well-formed")


def test_other_formats_are_not_taken_for_orcid():
    for other in (
        '<?xml version="1.0"?><record xmlns="http://www.openarchives.org/OAI/2.0/"/>',
        '{"orcid": "https://orcid.org/0000-0002-1825-0097", "display_name": "Ada"}',
        f"<works>{ADA}</works>",
    ):
        assert not FORMAT.recognises(head_of(other))


def test_the_public_data_file_is_an_archive_of_records(tmp_path):
    archive = tmp_path / "ORCID_summaries.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        for number in (0, 1):
            data = XML.replace("On Looms", f"On Looms {number}").encode()
            entry = tarfile.TarInfo(f"ORCID_summaries/097/{ADA}-{number}.xml")
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    spool = tmp_path / "spool"
    spool.mkdir()
    files = list(find_inputs((str(archive),), spool))
    assert [format_of(file) for file in files] == ["orcid", "orcid"]
    found = [record for file in files for record in FORMAT.read(file, None)]
    assert [r.title for r in found if isinstance(r, Paper)] == ["On Looms 0", "On Looms 1"]


def test_the_audit_knows_both_syntaxes(tmp_path):
    for name, content in (("x.json", json.dumps(FULL)), ("x.xml", XML)):
        path = tmp_path / name
        path.write_text(content)
        [fields] = FORMAT.fields(InputFile(name, path, "ab" * 32, 1))
        assert fields[next(key for key in fields if key.endswith("family-name"))]
    assert not fields["record/person/other-names/other-name/created-date"]


@given(damaged(json.dumps(FULL)))
def test_arbitrary_json_ends_in_records(data):
    survives(FORMAT, data)


@given(damaged(XML))
def test_arbitrary_xml_ends_in_records(data):
    survives(FORMAT, data)


def test_real_records(shared):
    folder = shared / "data" / "orcid"
    read = {
        path.name: records_of(FORMAT, path.read_bytes(), path.name)
        for path in sorted(folder.rglob("*record*"))
    }
    owner = "orcid:0000-0003-0902-4386"
    new, same = (
        read["test-conversionlib-record-3.0.json"],
        read["test-conversionlib-record-3.0.xml"],
    )
    assert (
        new[0].ids[0]
        == same[0].ids[0]
        == read["test-conversionlib-record-2.1.json"][0].ids[0]
        == owner
    )
    stated = json.loads((folder / "test-conversionlib-record-3.0.json").read_text())
    groups = stated["activities-summary"]["works"]["group"]
    papers = [each for each in new if isinstance(each, Paper)]
    assert len(groups) == 37
    assert len(papers) >= len(groups)
    assert {paper.title for paper in papers} == {p.title for p in same if isinstance(p, Paper)}
    assert [a.organizations[0].ids for a in new[0].affiliations] == [
        a.organizations[0].ids for a in same[0].affiliations
    ]
    assert not [bad for records in read.values() for bad in rejected(records)]
    [listed] = records_of(
        FORMAT, (folder / "samples-3.0/work-51-contributors-3.0.json").read_bytes()
    )
    assert (listed.authors[0].name, listed.authors[0].position) == ("Jordan", 1)
    assert listed.author_list == "truncated"
