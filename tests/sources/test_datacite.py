"""DataCite in JSON and XML: the same work in both, and what is malformed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.parts import (
    Affiliation,
    Container,
    Count,
    Funding,
    OrganizationName,
    Relation,
    VenueName,
)
from graphbuild.records import Paper, Rejected, Source
from graphbuild.sources import datacite, datacite_xml, format_of, read_records
from graphbuild.sources.files import Head, InputFile

WORK = {
    "doi": "10.1000/LOOMS",
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Table"},
    "titles": [{"title": "Loom Data"}, {"title": "of 2024", "titleType": "Subtitle"}],
    "creators": [
        {
            "name": "Example, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Example",
            "nameIdentifiers": [
                {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
            ],
            "affiliation": [
                {"name": "Loom University", "affiliationIdentifier": "https://ror.org/02jbv0t02"}
            ],
        },
        {"name": "Loom Group", "nameType": "Organizational", "affiliation": []},
        {"name": "Sample, Bo", "affiliation": ["Yarn Ltd"]},
    ],
    "contributors": [
        {"name": "Ed Itor", "contributorType": "Editor"},
        {"name": "Loom Lab", "nameType": "Organizational", "contributorType": "HostingInstitution"},
    ],
    "publisher": {"name": "Loom Archive", "publisherIdentifier": "https://ror.org/02jbv0t02"},
    "publicationYear": 2024,
    "dates": [{"date": "2024-05-31", "dateType": "Issued"}, {"date": "2024-04", "dateType": "Submitted"}],
    "subjects": [{"subject": "looms"}],
    "language": "en",
    "alternateIdentifiers": [
        {"alternateIdentifier": "2405.00001", "alternateIdentifierType": "arXiv"},
        {"alternateIdentifier": "https://l.org/1", "alternateIdentifierType": "URL"},
        {"alternateIdentifier": "77-x", "alternateIdentifierType": "Local"},
    ],
    "relatedIdentifiers": [
        {"relatedIdentifier": "10.1000/paper", "relatedIdentifierType": "DOI", "relationType": "IsSupplementTo"},
        {"relatedIdentifier": "https://github.com/ada/loom/tree/v1", "relatedIdentifierType": "URL", "relationType": "IsSupplementTo"},
        {"relatedIdentifier": "10.1000/a", "relatedIdentifierType": "DOI", "relationType": "References"},
        {"relatedIdentifier": "10.1000/b", "relatedIdentifierType": "DOI", "relationType": "IsCitedBy"},
        {"relatedIdentifier": "1570-0844", "relatedIdentifierType": "ISSN", "relationType": "IsPartOf"},
        {"relatedIdentifier": "IE7", "relatedIdentifierType": "IGSN", "relationType": "References"},
    ],
    "version": "1.2",
    "rightsList": [{"rights": "CC BY", "rightsURI": "x", "rightsUri": "https://creativecommons.org/licenses/by/4.0/"}, {"rights": "Open"}],
    "descriptions": [
        {"description": "by hand", "descriptionType": "Methods"},
        {"description": "All looms.", "descriptionType": "Abstract"},
    ],
    "fundingReferences": [
        {"funderName": "Fund", "funderIdentifier": "https://doi.org/10.13039/100000001", "awardNumber": "A-1"},
        {"funderName": "", "awardNumber": ""},
    ],
}  # fmt: skip
SUMS = {"url": "https://l.org/landing", "citationCount": 3, "updated": "2025-01-02T20:17:53.000Z"}
XML = """<?xml version="1.0"?>
<resource xmlns="http://datacite.org/schema/kernel-4">
 <identifier identifierType="DOI">10.1000/LOOMS</identifier>
 <creators>
  <creator><creatorName nameType="Personal">Example, Ada</creatorName><givenName>Ada</givenName>
   <familyName>Example</familyName>
   <nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0097</nameIdentifier>
   <affiliation affiliationIdentifier="https://ror.org/02jbv0t02">Loom University</affiliation></creator>
  <creator><creatorName nameType="Organizational">Loom Group</creatorName></creator>
  <!-- a comment -->
  <creator><creatorName>Sample, Bo</creatorName><affiliation>Yarn Ltd</affiliation></creator>
 </creators>
 <contributors>
  <contributor contributorType="Editor"><contributorName>Ed Itor</contributorName></contributor>
  <contributor contributorType="HostingInstitution"><contributorName nameType="Organizational">Loom Lab</contributorName></contributor>
 </contributors>
 <titles><title>Loom Data</title><title titleType="Subtitle">of 2024</title></titles>
 <publisher publisherIdentifier="https://ror.org/02jbv0t02">Loom Archive</publisher>
 <publicationYear>2024</publicationYear>
 <subjects><subject>looms</subject></subjects>
 <dates><date dateType="Issued">2024-05-31</date><date dateType="Submitted">2024-04</date></dates>
 <language>en</language>
 <resourceType resourceTypeGeneral="Dataset">Table</resourceType>
 <alternateIdentifiers>
  <alternateIdentifier alternateIdentifierType="arXiv">2405.00001</alternateIdentifier>
  <alternateIdentifier alternateIdentifierType="URL">https://l.org/1</alternateIdentifier>
 </alternateIdentifiers>
 <relatedIdentifiers>
  <relatedIdentifier relatedIdentifierType="DOI" relationType="IsSupplementTo">10.1000/paper</relatedIdentifier>
  <relatedIdentifier relatedIdentifierType="URL" relationType="IsSupplementTo">https://github.com/ada/loom/tree/v1</relatedIdentifier>
  <relatedIdentifier relatedIdentifierType="DOI" relationType="References">10.1000/a</relatedIdentifier>
  <relatedIdentifier relatedIdentifierType="ISSN" relationType="IsPartOf">1570-0844</relatedIdentifier>
 </relatedIdentifiers>
 <version>1.2</version>
 <rightsList><rights rightsURI="https://creativecommons.org/licenses/by/4.0/">CC BY</rights><rights>Open</rights></rightsList>
 <descriptions><description descriptionType="Abstract">All looms.</description></descriptions>
 <fundingReferences><fundingReference><funderName>Fund</funderName>
  <funderIdentifier funderIdentifierType="Crossref Funder ID">https://doi.org/10.13039/100000001</funderIdentifier>
  <awardNumber>A-1</awardNumber></fundingReference></fundingReferences>
</resource>
"""


def file_of(tmp_path, text):
    path = tmp_path / "file"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return InputFile(str(path), path, "ab" * 32, 1)


def read(tmp_path, *lines):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    source, *records = datacite.read_datacite(file_of(tmp_path, text))
    assert isinstance(source, Source)
    return records


def read_xml(tmp_path, text):
    source, *records = datacite_xml.read_datacite_xml(file_of(tmp_path, text))
    assert isinstance(source, Source)
    return records


def work(tmp_path, **fields):
    [paper] = read(tmp_path, WORK | fields)
    assert isinstance(paper, Paper)
    return paper


def from_json_and_xml(tmp_path):
    [paper] = read_xml(tmp_path, XML)
    return work(tmp_path), paper


def test_json_and_xml_state_the_same(tmp_path):
    for paper in from_json_and_xml(tmp_path):
        assert (paper.title, paper.other_titles) == ("Loom Data", ("of 2024",))
        assert (paper.kind, paper.kind_written, paper.edition) == ("dataset", "Table", "1.2")
        assert (paper.issued.value, paper.submitted.value) == ("2024-05-31", "2024-04")
        assert paper.ids == ("doi:10.1000/looms", "arxiv:2405.00001")
        assert paper.abstract == "All looms."
        assert paper.keywords == ("looms",)
        assert paper.publisher == OrganizationName("Loom Archive", ("ror:02jbv0t02",))
        assert paper.licenses == ("https://creativecommons.org/licenses/by/4.0/", "Open")
        assert paper.urls == ("https://l.org/1",)
        assert paper.funding == (
            Funding(OrganizationName("Fund", ("doi:10.13039/100000001",)), ("A-1",)),
        )
        assert paper.references == ("doi:10.1000/a",)
        assert paper.relations == (
            Relation("supplement", "doi:10.1000/paper"),
            Relation("supplement", "https://github.com/ada/loom/tree/v1"),
        )
        assert [(k.repository, k.stance) for k in paper.code_links] == [
            ("github.com/ada/loom", "released"),
        ]
        assert paper.venue == VenueName("", ("issn:1570-0844",))
        assert paper.organizations == ("Loom Lab",)


def test_authors_of_json_and_xml(tmp_path):
    for paper in from_json_and_xml(tmp_path):
        ada, group, bo, editor = paper.authors
        assert (ada.name, ada.given, ada.family) == ("Ada Example", "Ada", "Example")
        assert ada.ids == ("orcid:0000-0002-1825-0097",)
        loom = OrganizationName("Loom University", ("ror:02jbv0t02",))
        assert ada.affiliations == (Affiliation("Loom University", (loom,)),)
        assert (group.name, group.organization) == ("Loom Group", True)
        assert (bo.name, bo.organization) == ("Bo Sample", False)
        assert bo.affiliations == (Affiliation("Yarn Ltd"),)
        assert (editor.name, editor.role, editor.position) == ("Ed Itor", "editor", 1)


def test_what_only_the_api_states(tmp_path):
    paper = work(tmp_path, **SUMS)
    assert paper.urls == ("https://l.org/landing", "https://l.org/1")
    assert paper.counts == (Count("citation-count", 3, "2025-01-02"),)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ({"resourceTypeGeneral": "Software"}, "software"),
        ({"resource-type-general": "Software"}, "software"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Journal Article"}, "article"),
        ({"resourceTypeGeneral": "Dissertation", "resourceType": "PhD Thesis"}, "doctoral-thesis"),
        ({"resourceTypeGeneral": "Dissertation"}, "thesis"),
        ({"resourceTypeGeneral": "Instrument"}, "other"),
        ({}, None),
    ],
)
def test_kinds(tmp_path, types, kind):
    assert work(tmp_path, types=types).kind == kind


def test_person_with_an_orcid_is_no_organisation(tmp_path):
    orcid = {"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
    agent = {"name": "Ada Example", "nameType": "Organizational", "nameIdentifiers": [orcid]}
    [author, *_] = work(tmp_path, creators=[agent]).authors
    assert not author.organization


def test_older_json(tmp_path):
    paper = work(
        tmp_path,
        creators=None,
        titles=None,
        title="Old Looms",
        creator={
            "type": "Person",
            "name": "Ada Example",
            "id": "http://orcid.org/0000-0002-1825-0097",
        },
        publisher="Loom Archive",
        publicationYear=None,
        dates=None,
        **{"publication-year": "2016"},
    )
    assert (paper.title, paper.issued.value) == ("Old Looms", "2016")
    assert paper.authors[0].ids == ("orcid:0000-0002-1825-0097",)
    assert paper.publisher == OrganizationName("Loom Archive")


def test_place_of_a_paper_in_a_journal_or_book(tmp_path):
    item = {
        "relatedItemType": "Journal", "relationType": "IsPublishedIn", "volume": "7", "issue": 2,
        "firstPage": "10", "lastPage": "19", "titles": [{"title": "Journal of Looms"}],
        "relatedItemIdentifier": {"relatedItemIdentifier": "1570-0844", "relatedItemIdentifierType": "ISSN"},
    }  # fmt: skip
    paper = work(tmp_path, relatedItems=[item])
    assert paper.venue == VenueName("Journal of Looms", ("issn:1570-0844",), "journal")
    assert (paper.volume, paper.issue, paper.first_page, paper.last_page) == ("7", "2", "10", "19")
    book = work(tmp_path, relatedItems=[item | {"relatedItemType": "Book"}])
    assert book.container == Container("Journal of Looms", (), "book")
    whole = {
        "type": "Journal",
        "title": "Journal of Yarn",
        "identifier": "1570-0844",
        "identifierType": "ISSN",
        "volume": 3,
    }
    summed = work(tmp_path, container=whole, relatedIdentifiers=[])
    assert summed.venue == VenueName("Journal of Yarn", ("issn:1570-0844",), "journal")
    assert summed.volume == "3"


def test_answers_of_the_api_and_lines_of_the_data_file(tmp_path):
    entry = {"id": "10.1000/looms", "type": "dois", "attributes": WORK}
    for text in (
        json.dumps({"data": [entry, entry]}),
        json.dumps({"data": entry}) + "\n" + json.dumps(entry),
        json.dumps([entry, WORK], indent=1),
    ):
        assert [paper.ids[0] for paper in read(tmp_path, text)] == ["doi:10.1000/looms"] * 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"doi": "x"}, "'x' is no DOI"),
        ({"doi": "10.1/x", "titles": "x"}, "Expected `array | null`, got `str`"),
        ({"errors": [{"title": "not found"}]}, "an error of the API"),
        ('{"doi": "10.1/x" "id": 1}', "no JSON"),
    ],
)
def test_malformed_work_costs_itself(tmp_path, line, reason):
    _, bad, _ = read(tmp_path, WORK, line, WORK)
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line == 2


def test_people_that_are_run_together_in_one_creator_are_told_apart(tmp_path):
    text = XML.replace("</creatorName></creator>\n", "</creatorName>", 1).replace(
        "<!-- a comment -->\n  <creator>", "", 1
    )
    [paper] = read_xml(tmp_path, text)
    assert [a.name for a in paper.authors] == ["Ada Example", "Loom Group", "Bo Sample", "Ed Itor"]


def test_malformed_xml_and_missing_doi_cost_the_record(tmp_path):
    [bad] = read_xml(tmp_path, XML.replace("10.1000/LOOMS", "none"))
    assert bad.reason == "'none' is no DOI"
    [broken] = read_xml(tmp_path, XML.replace("</titles>", "</title>"))
    assert "not well-formed" in broken.reason


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (json.dumps(WORK), "datacite"),
        (json.dumps({"data": [{"id": "10.1/x", "type": "dois"}]}), "datacite"),
        (XML, "datacite-xml"),
    ],
)
def test_recognition(tmp_path, text, name):
    assert format_of(file_of(tmp_path, text)) == name


@pytest.mark.parametrize(
    "text", ['{"id": "10.1/x"}', '{"doi": "10.1/x", "title": "x"}', "<resource/>"]
)
def test_other_files_are_not_taken(text):
    start = Head(text.encode(), text, "x")
    assert not datacite.recognises(start)
    assert not datacite_xml.recognises(start)


def test_fields_that_are_not_read_are_told(tmp_path):
    [fields] = datacite.fields_of(file_of(tmp_path, json.dumps(WORK | {"sizes": ["1 kB"]})))
    assert fields["creators[].nameIdentifiers[].nameIdentifier"]
    assert not fields["sizes"]
    [fields] = datacite_xml.fields_of(
        file_of(tmp_path, XML.replace("<version>", "<sizes>x</sizes><version>"))
    )
    assert fields["resource/creators/creator/nameIdentifier"]
    assert not fields["resource/sizes"]


BROKEN = {"datacite_software_missing_comma.json", "datacite-example-relateditems.xml"}


def test_every_real_file_is_read(shared):
    titles = {}
    for path in sorted((shared / "data" / "datacite").glob("*.*ml")) + sorted(
        (shared / "data" / "datacite").glob("*.json")
    ):
        file = InputFile(path.name, path, "ab" * 32, 1)
        _, record = read_records(file, format_of(file), None)
        assert isinstance(record, Rejected) is (path.name in BROKEN)
        titles[path.name] = getattr(record, "title", None)
    assert len(titles) == 40
    assert [name for name, title in titles.items() if title == ""] == []


def test_hand_picked_software(shared):
    path = shared / "data" / "datacite" / "datacite_software_version.json"
    _, paper = datacite.read_datacite(InputFile(path.name, path, "ab" * 32, 1))
    assert (paper.kind, paper.edition) == ("software", "1.0.0")
    assert paper.relations[1] == Relation("version-of", "doi:10.5281/zenodo.2598835")
    assert paper.code_links[0].repository == "github.com/lenses-lab/LYAO_RT-2018JA026426"


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*WORK, "name", "title", "date", "attributes"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*WORK, "data", "attributes", "container"]), ANY))
def test_any_json_is_read_or_rejected(tmp_path_factory, fields):
    for record in read(tmp_path_factory.mktemp("any"), {"doi": "10.1/x"} | fields):
        assert isinstance(record, Rejected | Paper)


@given(st.binary())
def test_any_bytes_are_read_or_rejected(tmp_path_factory, data):
    file = file_of(tmp_path_factory.mktemp("any"), data)
    for read_file in (datacite.read_datacite, datacite_xml.read_datacite_xml):
        try:
            _, *records = read_file(file)
        except InputError:
            continue
        assert all(isinstance(record, Rejected) for record in records)
