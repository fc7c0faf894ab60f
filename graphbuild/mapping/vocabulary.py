"""The classes and properties that a graph uses, as N-Triples terms, and their prefixes."""

import re

LOCAL_NAME = re.compile(r"[A-Za-z_][\w-]*")
"""Local names that need no escaping in a prefixed name of Turtle and SPARQL."""

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "gb": "https://w3id.org/graphbuild/ontology#",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
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
METHOD = term("gb:Method")
METHOD_FAMILY = term("gb:MethodFamily")
METRIC_OBSERVATION = term("gb:MetricObservation")
ORGANIZATION = term("foaf:Organization")
PAPER = term("gb:Paper")
PERSON = term("foaf:Person")
PROFILE = term("gb:Profile")
SCHOLARLY_WORK = term("fabio:ScholarlyWork")
SOURCE_RECORD = term("gb:SourceRecord")
TOPIC_ASSIGNMENT = term("gb:TopicAssignment")

AUTHOR = term("pro:author")
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
AFFILIATION_AS_WRITTEN = term("gb:affiliationAsWritten")
ALT_LABEL = term("skos:altLabel")
ASSIGNMENT_CANDIDATE = term("gb:assignmentCandidate")
ASSIGNMENT_PAPER = term("gb:assignmentPaper")
ASSIGNMENT_TOPIC = term("gb:assignmentTopic")
ASSOCIATED_ORGANIZATION = term("gb:associatedOrganization")
AUTHORSHIP_EVIDENCE = term("gb:authorshipEvidence")
AUTHOR_COUNT = term("gb:authorCount")
AUTHOR_COUNT_AT_LEAST = term("gb:authorCountAtLeast")
AUTHOR_LIST_STATUS = term("gb:authorListStatus")
CANDIDATE_REPOSITORY = term("gb:candidateRepository")
CAPTURED_ON = term("gb:capturedOn")
CREATOR = term("dcterms:creator")
DERIVED_FROM = term("prov:wasDerivedFrom")
DESCRIBES = term("gb:describes")
FAMILY_NAME = term("foaf:familyName")
FEATURE_OF_INTEREST = term("sosa:hasFeatureOfInterest")
FLAGGED_BY_SOURCE = term("gb:flaggedBySource")
FORGE = term("gb:forge")
FORMAT = term("dcterms:format")
GIVEN_NAME = term("foaf:givenName")
HAS_AUTHORSHIP = term("pro:isDocumentContextFor")
HAS_CODE = term("gb:hasCode")
HAS_DATA = term("gb:hasData")
HAS_OFFICIAL_CODE = term("gb:hasOfficialCode")
HAS_RELEASED_CODE = term("gb:hasReleasedCode")
HELD_BY = term("pro:isHeldBy")
IDENTIFIER = term("dcterms:identifier")
IDENTITY = term("gb:identityStatus")
IMPLEMENTED_IN = term("gb:implementedIn")
INTRODUCES = term("gb:introduces")
INTRODUCTION_OF = term("gb:introductionOf")
INTRODUCTION_PAPER = term("gb:introductionPaper")
IN_FAMILY = term("gb:inFamily")
ISSUED = term("dcterms:issued")
ISSUED_MONTH_DAY = term("gb:issuedMonthDay")
ISSUED_STATUS = term("gb:issuedStatus")
IS_OFFICIAL = term("gb:isOfficial")
LINE = term("gb:line")
LINK_CONTENT = term("gb:linkContent")
LINK_PAGE = term("gb:linkPage")
LINK_PAPER = term("gb:linkPaper")
LINK_REPOSITORY = term("gb:linkRepository")
LISTED_AUTHOR_COUNT = term("gb:listedAuthorCount")
LISTED_PAPER_COUNT = term("gb:listedPaperCount")
LISTS = term("gb:lists")
MENTIONED_IN_PAPER = term("gb:mentionedInPaper")
NAME = term("foaf:name")
NAME_AS_WRITTEN = term("gb:nameAsWritten")
OBSERVED_PROPERTY = term("sosa:observedProperty")
ORDINAL = term("gb:ordinal")
ORDINAL_AT_LEAST = term("gb:ordinalAtLeast")
PART_OF = term("dcterms:isPartOf")
POSSIBLE_CONFLATION = term("gb:possibleConflation")
POSSIBLE_OWNER = term("gb:possibleOwner")
POSSIBLY_SAME = term("gb:possiblySame")
PREF_LABEL = term("skos:prefLabel")
PRIMARY_SUBJECT = term("fabio:hasPrimarySubjectTerm")
PROJECT_PAGE = term("gb:projectPage")
PROMISES_CODE = term("gb:promisesCode")
REALIZATION_OF = term("frbr:realizationOf")
REPOSITORY_NAME = term("schema:name")
REPOSITORY_URL = term("schema:codeRepository")
RESULT = term("sosa:hasSimpleResult")
RESULT_TIME = term("sosa:resultTime")
ROLE = term("pro:withRole")
RULE = term("gb:rule")
SCORE = term("gb:score")
SHA256 = term("gb:sha256")
STANCE_OF_LINK = term("gb:stance")
SUBJECT = term("dcterms:subject")
SUCCEEDS = term("gb:succeeds")
TEXT_AS_WRITTEN = term("gb:textAsWritten")
TITLE = term("dcterms:title")
TITLE_AS_WRITTEN = term("gb:titleAsWritten")
URL_AS_WRITTEN = term("gb:urlAsWritten")
YEAR_RULE = term("gb:yearInferenceRule")
