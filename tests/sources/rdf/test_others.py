"""Graphs of others: VIVO, SemOpenAlex, SPAR as OpenCitations uses it, schema.org and CodeMeta."""

import json

import pytest

from graphbuild.parts import Affiliation, Count, OrganizationName, TopicLink, VenueName
from graphbuild.records import Author, Institution, Paper, Software, Subject, Venue
from graphbuild.sources.rdf.reader import FORMAT
from tests.sources.inputs import records_of, rejected

VIVO = """\
@prefix : <http://vivo.example.edu/individual/> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix vivo: <http://vivoweb.org/ontology/core#> .
:p a bibo:AcademicArticle ; rdfs:label "Tissages"@fr-FR , "On Looms"@en-US ; bibo:volume "15" ;
  bibo:issue "2" ; bibo:pageStart "1" ; bibo:pageEnd "54" ; bibo:doi "10.1000/LOOMS" ;
  vivo:dateTimeValue :d ; vivo:hasPublicationVenue :j ; vivo:relatedBy :a1 , :a2 ;
  bibo:freetextKeyword "weaving, by hand" ; vivo:publisher :press .
:d a vivo:DateTimeValue ; vivo:dateTime "2012-05-01T00:00:00" ;
  vivo:dateTimePrecision vivo:yearMonthPrecision .
:a1 a vivo:Authorship ; vivo:relates :p , :ada ; vivo:rank 2 .
:a2 a vivo:Authorship ; vivo:relates :p , :bo ; vivo:rank 1 .
:e1 a vivo:Editorship ; vivo:relates :p , :cy .
:ada a vivo:FacultyMember ; rdfs:label "Example, Ada"@en-US ; obo:ARG_2000028 :card ;
  vivo:orcidId <http://orcid.org/0000-0002-1825-0097> ; vivo:relatedBy :job .
:card a vcard:Individual ; vcard:hasName :name .
:name a vcard:Name ; vcard:givenName "Ada"@en-US ; vcard:familyName "Example"@en-US .
:bo a vcard:Individual ; vcard:hasName [ a vcard:Name ; vcard:givenName "Bo" ; vcard:familyName "Sample" ] .
:cy a foaf:Person ; rdfs:label "Cy Editor" .
:job a vivo:FacultyPosition ; vivo:relates :ada , :physics .
:physics a vivo:AcademicDepartment ; rdfs:label "Physics"@en-US ; obo:BFO_0000050 :u .
:u a vivo:University ; rdfs:label "Example University" ; vivo:rorId "https://ror.org/05h1kgg64" .
:j a bibo:Journal ; rdfs:label "Journal of Looms" ; bibo:issn "1570-0844" .
:press a vivo:Publisher ; rdfs:label "Example Press" .
"""

SEMOPENALEX = """\
@prefix soa: <https://semopenalex.org/{ns}/> .
@prefix soc: <https://semopenalex.org/{classes}/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix datacite: <http://purl.org/spar/datacite/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dbo: <https://dbpedia.org/ontology/> .
@prefix dbp: <https://dbpedia.org/property/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
soa:context {{
<https://semopenalex.org/work/W1> a soc:Work ; dcterms:title "On Looms" ;
  dcterms:date "2009-07-01"^^<http://www.w3.org/2001/XMLSchema#date> ;
  dcterms:creator <https://semopenalex.org/author/A1> , <https://semopenalex.org/author/A2> ;
  datacite:doi "https://doi.org/10.1000/looms" ; soa:citedByCount 7 ; soa:isRetracted true ;
  soa:magId 2015191210 ; soa:hasConcept <https://semopenalex.org/concept/C1> ;
  cito:cites <https://semopenalex.org/work/W2> ;
  soa:hasPrimaryLocation <https://semopenalex.org/location/W11> ;
  soa:hasAuthorPosition <https://semopenalex.org/p/1> , <https://semopenalex.org/p/2> .
<https://semopenalex.org/p/1> soa:hasAuthor <https://semopenalex.org/author/A2> ; soa:position "last" .
<https://semopenalex.org/p/2> soa:hasAuthor <https://semopenalex.org/author/A1> ; soa:position "first" .
<https://semopenalex.org/location/W11> soa:hasSource <https://semopenalex.org/source/S1> .
<https://semopenalex.org/source/S1> a soc:Source ; foaf:name "Journal of Looms" .
<https://semopenalex.org/author/A1> a soc:Author ; foaf:name "Ada Example" ;
  dbo:orcidId "https://orcid.org/0000-0002-1825-0097" ; soa:worksCount 3 ;
  org:memberOf <https://semopenalex.org/institution/I1> .
<https://semopenalex.org/author/A2> a soc:Author ; foaf:name "Bo Sample" .
<https://semopenalex.org/institution/I1> a soc:Institution ; foaf:name "Example University" ;
  soa:ror "https://ror.org/05h1kgg64" ; dbp:countryCode "DE" ; dbp:acronym "EU" ;
  foaf:homepage "https://examples.edu" ; soa:rorType "education" .
<https://semopenalex.org/concept/C1> a skos:Concept ; skos:prefLabel "Weaving"@en ;
  skos:broader <https://semopenalex.org/concept/C2> ; skos:note "making cloth" ;
  <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q1> .
}}
"""

OPENCITATIONS = """\
<https://w3id.org/oc/meta/br/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/Expression> .
<https://w3id.org/oc/meta/br/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/JournalArticle> .
<https://w3id.org/oc/meta/br/1> <http://purl.org/dc/terms/title> "On Looms" .
<https://w3id.org/oc/meta/br/1> <http://prismstandard.org/namespaces/basic/2.0/publicationDate> "2020-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .
<https://w3id.org/oc/meta/br/1> <http://purl.org/spar/datacite/hasIdentifier> <https://w3id.org/oc/meta/id/1> .
<https://w3id.org/oc/meta/id/1> <http://purl.org/spar/datacite/usesIdentifierScheme> <http://purl.org/spar/datacite/doi> .
<https://w3id.org/oc/meta/id/1> <http://www.essepuntato.it/2010/06/literalreification/hasLiteralValue> "10.1000/looms" .
<https://w3id.org/oc/meta/br/1> <http://purl.org/vocab/frbr/core#partOf> <https://w3id.org/oc/meta/br/2> .
<https://w3id.org/oc/meta/br/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/JournalIssue> .
<https://w3id.org/oc/meta/br/2> <http://purl.org/spar/fabio/hasSequenceIdentifier> "3" .
<https://w3id.org/oc/meta/br/2> <http://purl.org/vocab/frbr/core#partOf> <https://w3id.org/oc/meta/br/3> .
<https://w3id.org/oc/meta/br/3> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/JournalVolume> .
<https://w3id.org/oc/meta/br/3> <http://purl.org/spar/fabio/hasSequenceIdentifier> "12" .
<https://w3id.org/oc/meta/br/3> <http://purl.org/vocab/frbr/core#partOf> <https://w3id.org/oc/meta/br/4> .
<https://w3id.org/oc/meta/br/4> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/spar/fabio/Journal> .
<https://w3id.org/oc/meta/br/4> <http://purl.org/dc/terms/title> "Journal of Looms" .
<https://w3id.org/oc/meta/br/1> <http://purl.org/vocab/frbr/core#embodiment> <https://w3id.org/oc/meta/re/1> .
<https://w3id.org/oc/meta/re/1> <http://prismstandard.org/namespaces/basic/2.0/startingPage> "7" .
<https://w3id.org/oc/meta/br/1> <http://purl.org/spar/pro/isDocumentContextFor> <https://w3id.org/oc/meta/ar/2> .
<https://w3id.org/oc/meta/br/1> <http://purl.org/spar/pro/isDocumentContextFor> <https://w3id.org/oc/meta/ar/1> .
<https://w3id.org/oc/meta/br/1> <http://purl.org/spar/pro/isDocumentContextFor> <https://w3id.org/oc/meta/ar/3> .
<https://w3id.org/oc/meta/ar/1> <http://purl.org/spar/pro/withRole> <http://purl.org/spar/pro/author> .
<https://w3id.org/oc/meta/ar/1> <http://purl.org/spar/pro/isHeldBy> <https://w3id.org/oc/meta/ra/1> .
<https://w3id.org/oc/meta/ar/1> <https://w3id.org/oc/ontology/hasNext> <https://w3id.org/oc/meta/ar/2> .
<https://w3id.org/oc/meta/ar/2> <http://purl.org/spar/pro/withRole> <http://purl.org/spar/pro/author> .
<https://w3id.org/oc/meta/ar/2> <http://purl.org/spar/pro/isHeldBy> <https://w3id.org/oc/meta/ra/2> .
<https://w3id.org/oc/meta/ar/3> <http://purl.org/spar/pro/withRole> <http://purl.org/spar/pro/publisher> .
<https://w3id.org/oc/meta/ar/3> <http://purl.org/spar/pro/isHeldBy> <https://w3id.org/oc/meta/ra/3> .
<https://w3id.org/oc/meta/ra/1> <http://xmlns.com/foaf/0.1/givenName> "Ada" .
<https://w3id.org/oc/meta/ra/1> <http://xmlns.com/foaf/0.1/familyName> "Example" .
<https://w3id.org/oc/meta/ra/2> <http://xmlns.com/foaf/0.1/familyName> "Sample" .
<https://w3id.org/oc/meta/ra/3> <http://xmlns.com/foaf/0.1/name> "Example Press" .
<https://w3id.org/oc/meta/br/1> <http://purl.org/spar/cito/cites> <https://w3id.org/oc/meta/br/9> .
"""

CODEMETA = {
    "@context": "https://w3id.org/codemeta/3.0",
    "type": "SoftwareSourceCode",
    "name": "Loom",
    "description": "Weaves.",
    "version": "1.10",
    "identifier": "https://doi.org/10.5281/zenodo.1",
    "codeRepository": "https://github.com/ada/loom",
    "license": "https://spdx.org/licenses/MIT",
    "programmingLanguage": [{"type": "ComputerLanguage", "name": "Python"}, "Rust"],
    "keywords": "weaving, looms",
    "datePublished": "2024-05-31",
    "author": [
        {
            "id": "https://orcid.org/0000-0002-1825-0097",
            "type": "Person",
            "givenName": "Ada",
            "familyName": "Example",
            "affiliation": {"type": "Organization", "name": "Example University"},
        },
        {"type": "Organization", "name": "Loom Collective"},
        {"type": "Person", "name": "Bo Sample"},
    ],
    "referencePublication": {
        "type": "ScholarlyArticle",
        "id": "https://doi.org/10.1000/looms",
        "name": "On Looms",
        "isPartOf": {"type": "Periodical", "name": "Journal of Looms", "issn": "1570-0844"},
    },
    "softwareRequirements": [{"type": "SoftwareApplication", "name": "yarn"}],
}


def of(kind, records):
    return [each for each in records if isinstance(each, kind)]


def test_vivo():
    records = records_of(FORMAT, VIVO)
    [paper] = of(Paper, records)
    assert (paper.title, paper.kind, paper.ids) == ("On Looms", "article", ("doi:10.1000/looms",))
    assert (paper.volume, paper.issue, paper.first_page, paper.last_page) == ("15", "2", "1", "54")
    assert (paper.issued.value, paper.keywords) == ("2012-05", ("weaving, by hand",))
    assert paper.venue == VenueName("Journal of Looms", ("issn:1570-0844",), "journal")
    assert paper.publisher == OrganizationName("Example Press")
    assert [(a.name, a.position, a.role, a.ids) for a in paper.authors] == [
        ("Bo Sample", 1, "author", ()),
        ("Ada Example", 2, "author", ("orcid:0000-0002-1825-0097",)),
        ("Cy Editor", None, "editor", ()),
    ]
    [ada] = of(Author, records)
    assert (ada.name, ada.given, ada.family) == ("Ada Example", "Ada", "Example")
    assert ada.other_names == ("Example, Ada",)
    assert ada.affiliations == (Affiliation("", (OrganizationName("Physics"),)),)
    [university] = of(Institution, records)
    assert (university.name, university.ids) == ("Example University", ("ror:05h1kgg64",))


@pytest.mark.parametrize(("ns", "classes"), [("property", "class"), ("ontology", "ontology")])
def test_semopenalex_in_its_old_and_new_namespaces(ns, classes):
    records = records_of(FORMAT, SEMOPENALEX.format(ns=ns, classes=classes))
    [paper] = of(Paper, records)
    assert paper.ids == ("openalex:W1", "doi:10.1000/looms", "mag:2015191210")
    assert (paper.issued.value, paper.retracted, paper.references) == (
        "2009-07-01",
        True,
        ("openalex:W2",),
    )
    assert paper.counts == (Count("citation-count", 7),)
    assert [(a.name, a.position, a.ids[0]) for a in paper.authors] == [
        ("Ada Example", 1, "openalex:A1"),
        ("Bo Sample", None, "openalex:A2"),
    ]
    assert paper.author_list == "unknown"
    assert paper.venue == VenueName("Journal of Looms", ("openalex:S1",))
    assert paper.topics == (TopicLink("Weaving", "openalex:C1", rule="the graph names the topic"),)
    ada, _ = of(Author, records)
    assert ada.ids == ("openalex:A1", "orcid:0000-0002-1825-0097")
    assert ada.affiliations[0].organizations[0].ids == ("openalex:I1", "ror:05h1kgg64")
    assert ada.counts == (Count("paper-count", 3),)
    [institution] = of(Institution, records)
    assert (institution.country, institution.other_names) == ("DE", ("EU",))
    assert (institution.urls, institution.kinds) == (("https://examples.edu",), ("education",))
    [subject] = of(Subject, records)
    assert (subject.ids, subject.broader) == (("openalex:C1", "wikidata:Q1"), ("openalex:C2",))
    assert (subject.scheme, subject.description) == ("openalex-concept", "making cloth")
    assert [venue.ids for venue in of(Venue, records)] == [("openalex:S1",)]


def test_opencitations():
    [paper] = of(Paper, records_of(FORMAT, OPENCITATIONS))
    assert paper.ids == ("omid:br/1", "doi:10.1000/looms")
    assert (paper.kind, paper.kind_written) == ("article", "JournalArticle")
    assert (paper.volume, paper.issue, paper.first_page) == ("12", "3", "7")
    assert paper.venue == VenueName("Journal of Looms", ("omid:br/4",), "journal")
    assert [(a.name, a.position, a.ids) for a in paper.authors] == [
        ("Ada Example", 1, ("omid:ra/1",)),
        ("Sample", 2, ("omid:ra/2",)),
    ]
    assert paper.publisher == OrganizationName("Example Press", ("omid:ra/3",))
    assert (paper.references, paper.issued.value) == (("omid:br/9",), "2020-05")


def test_a_broken_chain_gives_no_positions():
    broken = OPENCITATIONS.replace(
        "oc/ontology/hasNext> <https://w3id.org/oc/meta/ar/2>", "oc/ontology/x> <urn:x>"
    )
    [paper] = of(Paper, records_of(FORMAT, broken))
    assert [author.position for author in paper.authors] == [None, None]


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_codemeta(version):
    document = CODEMETA | {"@context": f"https://w3id.org/codemeta/{version}"}
    if version == "2.0":
        document = json.loads(
            json.dumps(document).replace('"type"', '"@type"').replace('"id"', '"@id"')
        )
    records = records_of(FORMAT, json.dumps(document))
    [loom] = of(Software, records)
    assert (loom.name, loom.version, loom.description) == ("Loom", "1.10", "Weaves.")
    assert (loom.ids, loom.repository) == (("doi:10.5281/zenodo.1",), "https://github.com/ada/loom")
    assert (loom.licenses, loom.keywords) == (
        ("https://spdx.org/licenses/MIT",),
        ("weaving", "looms"),
    )
    assert (loom.languages, loom.issued.value) == (("Python", "Rust"), "2024-05-31")
    assert [(a.name, a.position, a.organization) for a in loom.authors] == [
        ("Ada Example", 1, False),
        ("Loom Collective", 2, True),
        ("Bo Sample", 3, False),
    ]
    assert loom.papers == ("doi:10.1000/looms",)
    [paper] = of(Paper, records)
    assert (paper.title, paper.ids) == ("On Looms", ("doi:10.1000/looms",))
    assert paper.venue == VenueName("Journal of Looms", ("issn:1570-0844",), "journal")
    [ada] = of(Author, records)
    assert ada.affiliations[0].organizations == (OrganizationName("Example University"),)


def test_schema_org_in_turtle_with_either_protocol():
    for protocol in ("http", "https"):
        [paper] = records_of(
            FORMAT,
            f"@prefix s: <{protocol}://schema.org/> .\n"
            '<https://doi.org/10.1/X> a s:ScholarlyArticle ; s:headline "X" ; s:author ( [ s:name "A" ] ) ;'
            ' s:isbn "9783161484101" ; s:url "no address" .',
        )
        assert (paper.title, paper.ids, paper.authors[0].position) == ("X", ("doi:10.1/x",), 1)
        assert paper.malformed_ids == (("isbn", "9783161484101"), ("url", "no address"))


def test_a_resource_without_title_or_identifier_is_no_record():
    text = "@prefix b: <http://purl.org/ontology/bibo/> .\n<http://x.example/1> a b:Article .\n"
    assert records_of(FORMAT, text) == []


def test_real_graphs(shared):
    data = shared / "data"
    found = {
        name: records_of(FORMAT, (data / name).read_bytes())
        for name in (
            "vivo/sample-data.n3",
            "vivo/openvivo/figshare.rdf",
            "semopenalex/semopenalex-data-sample.trig",
        )
    }
    assert not [bad for records in found.values() for bad in rejected(records)]
    sample, figshare, semopenalex = found.values()
    derrida = next(p for p in of(Paper, sample) if p.title.startswith("Derrida's influence"))
    assert (derrida.volume, derrida.first_page, derrida.last_page) == ("15", "1", "54")
    assert len(of(Paper, figshare)) == 21
    assert sum(len(paper.authors) for paper in of(Paper, figshare)) == 43
    assert len(of(Author, figshare)) == 15
    [paper] = of(Paper, semopenalex)
    assert (paper.issued.value, len(paper.authors), len(paper.topics)) == ("2009-07-01", 3, 20)
    assert [len(of(kind, semopenalex)) for kind in (Author, Institution, Venue, Subject)] == [
        3,
        4,
        2,
        20,
    ]
