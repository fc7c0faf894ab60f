"""The classes and properties that a graph uses, as N-Triples terms, and their prefixes."""

import re

LOCAL_NAME = re.compile(r"[A-Za-z_][\w-]*")
"""Local names that need no escaping in a prefixed name of Turtle and SPARQL."""

PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "codemeta": "https://w3id.org/codemeta/terms/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "gb": "https://w3id.org/graphbuild/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "vivo": "http://vivoweb.org/ontology/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes in which results are shown and that a user's query may use without declaring them."""


def term(curie: str) -> str:
    """Return the N-Triples term of a CURIE.

    >>> term("rdf:type")
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    prefix, _, name = curie.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


def curie(iri: str) -> str:
    """Return an IRI in one of our prefixes, or as it is.

    >>> curie("http://xmlns.com/foaf/0.1/Person"), curie("http://example.org/x")
    ('foaf:Person', 'http://example.org/x')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


TYPE = term("rdf:type")

AUTHORSHIP = term("gb:Authorship")
CODE_LINK = term("gb:CodeLink")
CODE_REPOSITORY = term("gb:CodeRepository")
DATASET = term("schema:Dataset")
INTRODUCTION = term("gb:Introduction")
MEASURE = term("gb:Measure")
MEASURING = term("gb:Measuring")
METHOD = term("gb:Method")
FORMER = term("gb:FormerEntity")
TOMBSTONE = term("gb:Tombstone")
UNNAMED_PLACE = term("gb:UnnamedPlace")
METHOD_FAMILY = term("gb:MethodFamily")
METRIC_OBSERVATION = term("gb:MetricObservation")
ORGANIZATION = term("foaf:Organization")
PAPER = term("gb:Paper")
PERSON = term("foaf:Person")
PROFILE = term("gb:Profile")
SCHOLARLY_WORK = term("fabio:ScholarlyWork")
SOURCE_RECORD = term("gb:SourceRecord")
TOPIC_ASSIGNMENT = term("gb:TopicAssignment")

CONCEPT = term("skos:Concept")
CONCEPT_SCHEME = term("skos:ConceptScheme")
FUNDING_NODE = term("gb:Funding")
MEETING = term("bibo:Conference")
REVISION = term("gb:Revision")
RESEARCH_DATA = term("gb:ResearchData")
SOFTWARE = term("gb:Software")
VENUE_CLASS = term("gb:Venue")
VOLUME_CLASS = term("gb:Volume")

PAPER_CLASSES = {
    "article": term("fabio:JournalArticle"),
    "review": term("fabio:ReviewArticle"),
    "conference-paper": term("fabio:ConferencePaper"),
    "workshop-paper": term("fabio:WorkshopPaper"),
    "preprint": term("fabio:Preprint"),
    "book": term("fabio:Book"),
    "chapter": term("fabio:BookChapter"),
    "doctoral-thesis": term("fabio:DoctoralThesis"),
    "masters-thesis": term("fabio:MastersThesis"),
    "thesis": term("fabio:Thesis"),
    "report": term("fabio:ReportDocument"),
    "editorial": term("fabio:Editorial"),
    "letter": term("fabio:Letter"),
    "reference-entry": term("fabio:ReferenceEntry"),
    "proceedings": term("fabio:ConferenceProceedings"),
    "issue": term("fabio:JournalIssue"),
}
"""More exact classes: FRBR expressions only, because a paper is one version of a work."""

VENUE_CLASSES = {
    "journal": term("fabio:Journal"),
    "conference": term("vivo:ConferenceSeries"),
    "workshop": term("vivo:WorkshopSeries"),
    "repository": term("fabio:DocumentRepository"),
    "book-series": term("fabio:BookSeries"),
}

IDENTIFIERS = {
    "doi": term("gb:doi"),
    "arxiv": term("gb:arxiv"),
    "acl": term("gb:aclAnthology"),
    "acl-person": term("gb:aclAnthology"),
    "acl-venue": term("gb:aclAnthology"),
    "acl-event": term("gb:aclAnthology"),
    "openalex": term("gb:openalex"),
    "dblp": term("gb:dblp"),
    "dblp-person": term("gb:dblp"),
    "dblp-name": term("gb:dblp"),
    "dblp-stream": term("gb:dblp"),
    "semantic-scholar": term("gb:semanticScholar"),
    "pmid": term("gb:pmid"),
    "pmcid": term("gb:pmcid"),
    "mag": term("gb:mag"),
    "openreview": term("gb:openReview"),
    "omid": term("gb:omid"),
    "pwc": term("gb:papersWithCode"),
    "isbn": term("gb:isbn"),
    "issn": term("gb:issn"),
    "orcid": term("gb:orcid"),
    "isni": term("gb:isni"),
    "ror": term("gb:ror"),
    "grid": term("gb:grid"),
    "wikidata": term("gb:wikidata"),
    "swhid": term("gb:swhid"),
}

RELATIONS = {
    "version-of": term("gb:versionOf"),
    "published-as": term("gb:publishedAs"),
    "preprint-of": term("gb:preprintOf"),
    "supplement": term("gb:supplementTo"),
    "corrects": term("gb:corrects"),
    "retracts": term("gb:retracts"),
    "reviews": term("gb:reviews"),
    "part-of": term("gb:partOfResource"),
    "documents": term("gb:documents"),
    "described-by": term("codemeta:referencePublication"),
}

ROLES = {"author": term("pro:author"), "editor": term("pro:editor")}
LIST_STATUS = {
    "complete": term("gb:Complete"),
    "truncated": term("gb:Truncated"),
    "unknown": term("gb:Unknown"),
}
IDENTITY_STATUS = {
    "identified": term("gb:Identified"),
    "joined": term("gb:JoinedByEvidence"),
    "name-only": term("gb:NameOnly"),
}
STANCE = {
    "mentioned": term("gb:Mentioned"),
    "promised": term("gb:Promised"),
    "released": term("gb:Released"),
}
CONTENT = {"code": term("gb:Code"), "data": term("gb:Data"), "models": term("gb:Models")}
PROFILE_MEMBERSHIP = term("gb:ProfileMembership")
YEAR_INFERRED = term("gb:YearInferred")
YEAR_UNKNOWN = term("gb:YearUnknown")

ABSTRACT = term("dcterms:abstract")
ABSTRACT_AS_WRITTEN = term("gb:abstractAsWritten")
AFFILIATED = term("schema:affiliation")
AFFILIATION_AS_WRITTEN = term("gb:affiliationAsWritten")
ALTERNATIVE = term("dcterms:alternative")
ALT_LABEL = term("skos:altLabel")
ARTICLE_NUMBER = term("gb:articleNumber")
ASSIGNMENT_CANDIDATE = term("gb:assignmentCandidate")
ASSIGNMENT_PAPER = term("gb:assignmentPaper")
ASSIGNMENT_TOPIC = term("gb:assignmentTopic")
ASSOCIATED_ORGANIZATION = term("gb:associatedOrganization")
AUTHORSHIP_EVIDENCE = term("gb:authorshipEvidence")
AUTHOR_COUNT = term("gb:authorCount")
AUTHOR_COUNT_AT_LEAST = term("gb:authorCountAtLeast")
AUTHOR_LIST_STATUS = term("gb:authorListStatus")
AWARDED = term("schema:award")
AWARD = term("gb:awardNumber")
BROADER = term("skos:broader")
CANDIDATE_REPOSITORY = term("gb:candidateRepository")
CAPTURED_ON = term("gb:capturedOn")
CITATION = term("dcterms:bibliographicCitation")
CITES = term("cito:cites")
CITES_OUTSIDE = term("gb:citesOutside")
COMMENT = term("gb:comment")
COUNTRY = term("schema:addressCountry")
CREATOR = term("dcterms:creator")
DATE_AS_WRITTEN = term("gb:dateAsWritten")
DEFINITION = term("skos:definition")
DERIVED_FROM = term("prov:wasDerivedFrom")
DESCRIBES = term("gb:describes")
EDITION = term("prism:edition")
FAMILY_NAME = term("foaf:familyName")
EXACT_MATCH = term("skos:exactMatch")
FEATURE_OF_INTEREST = term("sosa:hasFeatureOfInterest")
FIRST_PAGE = term("prism:startingPage")
FLAGGED_BY_SOURCE = term("gb:flaggedBySource")
FORGE = term("gb:forge")
FORMAT = term("dcterms:format")
FRAMEWORK = term("gb:framework")
FUNDED_BY = term("gb:funding")
FUNDER = term("gb:funder")
GIVEN_NAME = term("foaf:givenName")
HAS_AUTHORSHIP = term("pro:isDocumentContextFor")
HAS_CODE = term("gb:hasCode")
HAS_DATA = term("gb:hasData")
HAS_OFFICIAL_CODE = term("gb:hasOfficialCode")
HAS_RELEASED_CODE = term("gb:hasReleasedCode")
HAS_REVISION = term("gb:hasRevision")
HELD_BY = term("pro:isHeldBy")
HOME_PAGE = term("foaf:homepage")
IDENTIFIER = term("dcterms:identifier")
IDENTITY = term("gb:identityStatus")
IMPLEMENTED_IN = term("gb:implementedIn")
INTRODUCES = term("gb:introduces")
GAVE_WAY_ON = term("dcterms:date")
FORGOTTEN_ON = term("gb:forgottenOn")
INTRODUCTION_OF = term("gb:introductionOf")
INTRODUCTION_PAPER = term("gb:introductionPaper")
IN_FAMILY = term("gb:inFamily")
IN_SCHEME = term("skos:inScheme")
ISSUE = term("prism:issueIdentifier")
ISSUED = term("dcterms:issued")
ISSUED_MONTH_DAY = term("gb:issuedMonthDay")
ISSUED_STATUS = term("gb:issuedStatus")
IS_CORRESPONDING = term("gb:isCorresponding")
IS_OFFICIAL = term("gb:isOfficial")
KEYWORD = term("prism:keyword")
KIND_AS_WRITTEN = term("gb:kindAsWritten")
LANGUAGE = term("gb:language")
LAST_PAGE = term("prism:endingPage")
LEADING_MEASURE = term("gb:leadingMeasure")
LEAST_RESULT = term("gb:leastResult")
LICENSE = term("dcterms:license")
LICENSE_AS_WRITTEN = term("gb:licenseAsWritten")
LINE = term("gb:line")
LINK_CONTENT = term("gb:linkContent")
LINK_PAGE = term("gb:linkPage")
LINK_PAPER = term("gb:linkPaper")
LINK_REPOSITORY = term("gb:linkRepository")
LISTED_AUTHOR_COUNT = term("gb:listedAuthorCount")
LISTED_PAPER_COUNT = term("gb:listedPaperCount")
LISTS = term("gb:lists")
LOCALITY = term("schema:addressLocality")
MALFORMED = term("gb:malformedIdentifier")
MEASURED_CLASS = term("gb:measuredClass")
MEASURED_IN = term("gb:measuredIn")
MENTIONED_IN_PAPER = term("gb:mentionedInPaper")
MENTIONED_IN_REPOSITORY = term("gb:mentionedInRepository")
NAME = term("foaf:name")
NAME_AS_WRITTEN = term("gb:nameAsWritten")
OBSERVED_PROPERTY = term("sosa:observedProperty")
OF_YEAR = term("gb:ofYear")
OPEN_ACCESS = term("gb:openAccess")
ORDINAL = term("gb:ordinal")
ORDINAL_AT_LEAST = term("gb:ordinalAtLeast")
ORGANIZATION_KIND = term("gb:organizationKind")
ORGANIZATION_STATUS = term("gb:organizationStatus")
PAGE = term("foaf:page")
PART_OF = term("dcterms:isPartOf")
PART_OF_VOLUME = term("frbr:partOf")
PLACE_AS_WRITTEN = term("gb:placeAsWritten")
POSSIBLE_CONFLATION = term("gb:possibleConflation")
POSSIBLE_OWNER = term("gb:possibleOwner")
POSSIBLY_SAME = term("gb:possiblySame")
PREF_LABEL = term("skos:prefLabel")
PRESENTED_AT = term("bibo:presentedAt")
PRIMARY_SUBJECT = term("fabio:hasPrimarySubjectTerm")
PROGRAMMING_LANGUAGE = term("schema:programmingLanguage")
PROJECT_PAGE = term("gb:projectPage")
PROMISES_CODE = term("gb:promisesCode")
PUBLISHER = term("dcterms:publisher")
REALIZATION_OF = term("frbr:realizationOf")
RELATED_ORGANIZATION = term("pro:relatesToOrganization")
REPLACED_BY = term("dcterms:isReplacedBy")
REPORT_NUMBER = term("gb:reportNumber")
REPOSITORY_NAME = term("schema:name")
REPOSITORY_URL = term("schema:codeRepository")
RESULT = term("sosa:hasSimpleResult")
RESULT_TIME = term("sosa:resultTime")
RETRACTED = term("gb:retracted")
REVISION_LABEL = term("gb:revisionLabel")
REVISION_NOTE = term("gb:revisionNote")
ROLE = term("pro:withRole")
RULE = term("gb:rule")
SCORE = term("gb:score")
SHA256 = term("gb:sha256")
STANCE_OF_LINK = term("gb:stance")
STATED_BY_SOURCE = term("gb:statedBySource")
SUBJECT = term("dcterms:subject")
SUBMITTED = term("dcterms:dateSubmitted")
SUB_ORGANIZATION_OF = term("org:subOrganizationOf")
SUCCEEDS = term("gb:succeeds")
TEXT_AS_WRITTEN = term("gb:textAsWritten")
TITLE = term("dcterms:title")
TITLE_AS_WRITTEN = term("gb:titleAsWritten")
URL_AS_WRITTEN = term("gb:urlAsWritten")
USED_PROCEDURE = term("sosa:usedProcedure")
VENUE = term("gb:venue")
VOLUME = term("prism:volume")
YEAR_RULE = term("gb:yearInferenceRule")
