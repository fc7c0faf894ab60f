"""What the vocabularies of others call what we read: classes and properties by their CURIEs.

VIVO with BIBO and vCard, SemOpenAlex, SPAR as OpenCitations uses it, schema.org and CodeMeta, and
the terms of Dublin Core, FOAF, SKOS and PRISM that all of them share.
"""

from graphbuild.parts import PaperKind, VenueKind

PAPERS: dict[str, PaperKind | None] = {
    "bibo:AcademicArticle": "article",
    "bibo:Article": "article",
    "bibo:Book": "book",
    "bibo:BookSection": "chapter",
    "bibo:Chapter": "chapter",
    "bibo:Document": None,
    "bibo:EditedBook": "book",
    "bibo:Collection": "other",
    "bibo:Proceedings": "proceedings",
    "bibo:Report": "report",
    "bibo:Slideshow": "other",
    "bibo:Thesis": "thesis",
    "fabio:Book": "book",
    "fabio:BookChapter": "chapter",
    "fabio:ConferencePaper": "conference-paper",
    "fabio:DataFile": "dataset",
    "fabio:Dataset": "dataset",
    "fabio:DoctoralThesis": "doctoral-thesis",
    "fabio:Editorial": "editorial",
    "fabio:Expression": None,
    "fabio:JournalArticle": "article",
    "fabio:JournalEditorial": "editorial",
    "fabio:Letter": "letter",
    "fabio:MastersThesis": "masters-thesis",
    "fabio:Preprint": "preprint",
    "fabio:ProceedingsPaper": "conference-paper",
    "fabio:ReferenceEntry": "reference-entry",
    "fabio:ReportDocument": "report",
    "fabio:ResearchPaper": "article",
    "fabio:ReviewArticle": "review",
    "fabio:Thesis": "thesis",
    "schema:Article": "article",
    "schema:Book": "book",
    "schema:Chapter": "chapter",
    "schema:Dataset": "dataset",
    "schema:Report": "report",
    "schema:ScholarlyArticle": "article",
    "schema:Thesis": "thesis",
    "soa:Work": None,
    "vivo:ConferencePaper": "conference-paper",
    "vivo:ConferencePoster": "other",
    "vivo:Dataset": "dataset",
    "vivo:EditorialArticle": "editorial",
    "vivo:Review": "review",
    "vivo:WorkingPaper": "preprint",
}
SOFTWARE = frozenset(
    {"schema:Code", "schema:SoftwareApplication", "schema:SoftwareSourceCode", "vivo:Software"}
)
PEOPLE = frozenset(
    {"foaf:Person", "schema:Person", "soa:Author", "vivo:EmeritusFaculty", "vivo:FacultyMember"}
    | {"vivo:GraduateStudent", "vivo:Librarian", "vivo:NonAcademic", "vivo:NonFacultyAcademic"}
    | {"vivo:Postdoc", "vivo:Student", "vivo:UndergraduateStudent", "vcard:Individual"}
)
ORGANIZATIONS = frozenset(
    {"foaf:Organization", "org:Organization", "schema:CollegeOrUniversity", "schema:Organization"}
    | {"soa:Institution", "soa:Publisher", "vivo:AcademicDepartment", "vivo:Center", "vivo:College"}
    | {"vivo:Company", "vivo:Consortium", "vivo:Department", "vivo:Division", "vivo:Foundation"}
    | {"vivo:FundingOrganization", "vivo:GovernmentAgency", "vivo:Institute", "vivo:Laboratory"}
    | {"vivo:Library", "vivo:Museum", "vivo:Publisher", "vivo:ResearchOrganization", "vivo:School"}
    | {"vivo:University"}
)
VENUES: dict[str, VenueKind | None] = {
    "bibo:Journal": "journal",
    "bibo:Series": "book-series",
    "fabio:BookSeries": "book-series",
    "fabio:Journal": "journal",
    "fabio:Series": "book-series",
    "schema:BookSeries": "book-series",
    "schema:Periodical": "journal",
    "soa:Source": None,
    "vivo:ConferenceSeries": "conference",
}
TOPICS = frozenset({"skos:Concept"})

NAME = (
    "foaf:name", "dcterms:title", "schema:name", "schema:headline", "skos:prefLabel", "rdfs:label"
)  # fmt: skip
OTHER_NAMES = (
    "skos:altLabel", "schema:alternateName", "dbp:acronym", "dbo:alternativeName"
)  # fmt: skip
GIVEN = ("foaf:givenName", "schema:givenName", "vcard:givenName", "foaf:firstName")
FAMILY = ("foaf:familyName", "schema:familyName", "vcard:familyName", "foaf:lastName")
ABSTRACT = ("dcterms:abstract", "bibo:abstract", "schema:abstract", "schema:description")
ISSUED = (
    "dcterms:issued", "prism:publicationDate", "schema:datePublished", "dcterms:date",
    "fabio:hasPublicationYear",
)  # fmt: skip
ISSUED_AT = ("vivo:datePublished", "vivo:dateTimeValue")
VOLUME = ("prism:volume", "bibo:volume", "soa:hasVolume", "schema:volumeNumber")
ISSUE = ("prism:issueIdentifier", "bibo:issue", "soa:hasIssue", "schema:issueNumber")
FIRST_PAGE = ("prism:startingPage", "bibo:pageStart", "schema:pageStart")
LAST_PAGE = ("prism:endingPage", "bibo:pageEnd", "schema:pageEnd")
EDITION = ("prism:edition", "bibo:edition", "schema:version", "schema:softwareVersion")
LANGUAGE = ("dcterms:language", "schema:inLanguage")
LICENSE = ("dcterms:license", "schema:license")
KEYWORDS = ("prism:keyword", "bibo:freetextKeyword", "schema:keywords")
PAGES = ("foaf:homepage", "foaf:page", "schema:url", "fabio:hasURL", "schema:downloadUrl")
PUBLISHER = ("dcterms:publisher", "vivo:publisher", "schema:publisher", "soa:hasHostOrganization")
INSIDE = (
    "vivo:hasPublicationVenue", "frbr:partOf", "schema:isPartOf", "dcterms:isPartOf",
    "soa:hasPrimaryLocation", "soa:hasSource",
)  # fmt: skip
REFERENCES = ("cito:cites", "schema:citation")
SUBJECTS = ("soa:hasConcept", "dcterms:subject", "fabio:hasSubjectTerm", "vivo:hasSubjectArea")
MEMBER_OF = ("org:memberOf", "schema:affiliation", "schema:worksFor", "soa:hasAffiliation")
PARENT = ("org:subOrganizationOf", "schema:parentOrganization", "obo:BFO_0000050")
KIND = ("soa:rorType", "dcterms:type")
COUNTRY = ("dbp:countryCode", "geonames:countryCode", "schema:addressCountry")
DEFINITION = ("skos:definition", "skos:note", "schema:disambiguatingDescription")
SAME = ("owl:sameAs", "schema:sameAs", "skos:exactMatch", "schema:identifier", "rdfs:seeAlso")
IDENTIFIERS: dict[str, tuple[str, ...]] = {
    "doi": ("bibo:doi", "datacite:doi", "prism:doi", "schema:doi"),
    "arxiv": ("fabio:hasArXivId",),
    "pmid": ("bibo:pmid", "fabio:hasPubMedId"),
    "pmcid": ("vivo:pmcid", "fabio:hasPubMedCentralId"),
    "isbn": ("bibo:isbn10", "bibo:isbn13", "prism:isbn", "schema:isbn"),
    "issn": (
        "bibo:issn",
        "bibo:eissn",
        "prism:issn",
        "prism:eIssn",
        "fabio:hasIssnL",
        "schema:issn",
    ),
    "mag": ("soa:magId",),
    "orcid": ("vivo:orcidId", "dbo:orcidId", "dbo:orcid"),
    "ror": ("vivo:rorId", "soa:ror"),
    "grid": ("soa:grid",),
    "openalex": ("vivo:openAlexId",),
    "wikidata": ("vivo:wikidataId",),
}
COUNTS = {
    "soa:citedByCount": "citation-count",
    "soa:worksCount": "paper-count",
    "bido:h-index": "h-index",
    "soa:i10Index": "i10-index",
    "soa:2YrMeanCitedness": "2yr-mean-citedness",
}
OF_PAPERS = frozenset(
    {"doi", "arxiv", "acl", "openalex", "dblp", "semantic-scholar", "pmid", "pmcid", "mag"}
    | {"openreview", "omid", "isbn", "swhid"}
)
OF_PEOPLE = frozenset({"orcid", "openalex", "dblp-person", "isni", "omid", "wikidata"})
OF_ORGANIZATIONS = frozenset({"ror", "grid", "openalex", "isni", "wikidata", "omid", "doi"})
OF_VENUES = frozenset({"issn", "openalex", "wikidata", "omid", "dblp-stream"})
OF_TOPICS = frozenset({"openalex", "wikidata"})

AUTHORS = (
    "vivo:relatedBy", "pro:isDocumentContextFor", "soa:hasAuthorPosition", "schema:author",
    "bibo:authorList", "dcterms:creator", "schema:creator", "foaf:maker",
)  # fmt: skip
"""Properties that lead from a paper to its authors or to what lies between."""

READ = frozenset(
    {"rdf:type", "schema:codeRepository", "schema:programmingLanguage", "soa:isRetracted"}
    | {"codemeta:referencePublication", "datacite:hasIdentifier", "skos:broader", "skos:inScheme"}
    | {"obo:ARG_2000028", "frbr:embodiment", *COUNTS, *AUTHORS, *NAME}
    | {*OTHER_NAMES, *GIVEN, *FAMILY, *ABSTRACT, *ISSUED, *ISSUED_AT, *VOLUME, *ISSUE, *FIRST_PAGE}
    | {*LAST_PAGE, *EDITION, *LANGUAGE, *LICENSE, *KEYWORDS, *PAGES, *PUBLISHER, *INSIDE}
    | {*REFERENCES, *SUBJECTS, *MEMBER_OF, *PARENT, *KIND, *COUNTRY, *DEFINITION, *SAME}
    | {name for names in IDENTIFIERS.values() for name in names}
)
"""All properties that are read of what becomes a record."""
