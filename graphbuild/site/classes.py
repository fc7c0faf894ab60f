"""The classes whose entities have pages, and how their relations read from the other side."""

from typing import NamedTuple

from graphbuild.mapping import vocabulary as v


class PageClass(NamedTuple):
    """A class of entities that have pages.

    Attributes:
        term: the class as N-Triples term.
        slug: its word in addresses.
        word: what one of them is called.
        plural: what several are called.
    """

    term: str
    slug: str
    word: str
    plural: str


CLASSES = (
    PageClass(v.FORMER, "former", "former address", "former addresses"),
    PageClass(v.SOFTWARE, "software", "software", "software"),
    PageClass(v.RESEARCH_DATA, "data", "data publication", "data publications"),
    PageClass(v.PAPER, "paper", "paper", "papers"),
    PageClass(v.PERSON, "person", "person", "people"),
    PageClass(v.ORGANIZATION, "organisation", "organisation", "organisations"),
    PageClass(v.VENUE_CLASS, "venue", "venue", "venues"),
    PageClass(v.MEETING, "meeting", "meeting", "meetings"),
    PageClass(v.VOLUME_CLASS, "volume", "volume", "volumes"),
    PageClass(v.CONCEPT, "topic", "topic", "topics"),
    PageClass(v.CODE_REPOSITORY, "repository", "code repository", "code repositories"),
    PageClass(v.METHOD, "method", "method", "methods"),
    PageClass(v.DATASET, "dataset", "dataset or benchmark", "datasets and benchmarks"),
    PageClass(v.METHOD_FAMILY, "family", "family of versions", "families of versions"),
    PageClass(v.PROFILE, "profile", "profile page", "profile pages"),
    PageClass(v.SCHOLARLY_WORK, "work", "work in several versions", "works in several versions"),
    PageClass(v.term("gb:Metric"), "metric", "measure", "measures"),
    PageClass(v.MEASURING, "counting", "way of counting", "ways of counting"),
    PageClass(v.CONCEPT_SCHEME, "scheme", "scheme of topics", "schemes of topics"),
    PageClass(v.TOMBSTONE, "tombstone", "forgotten person", "forgotten people"),
    PageClass(v.SOURCE_RECORD, "source", "source", "sources"),
)
"""The first one that an entity has is the class of its page."""

OTHER = PageClass("", "other", "other entity", "other entities")
BY_SLUG = {each.slug: each for each in (*CLASSES, OTHER)}

DETAILS = (
    v.AUTHORSHIP, v.UNNAMED_PLACE, v.CODE_LINK, v.TOPIC_ASSIGNMENT, v.INTRODUCTION,
    v.METRIC_OBSERVATION, v.FUNDING_NODE, v.REVISION, v.MEASURE,
)  # fmt: skip
"""Classes of nodes that only detail an entity: they are told on its page."""

DETAILING = (v.LINK_PAPER, v.ASSIGNMENT_PAPER, v.INTRODUCTION_PAPER, v.FEATURE_OF_INTEREST)
"""By these a detail refers to its entity."""

DETAILED_BY = (v.HAS_AUTHORSHIP, v.FUNDED_BY, v.HAS_REVISION, v.REALIZATION_OF)
"""By these an entity refers to its details."""

NAMES = (v.NAME, v.TITLE, v.PREF_LABEL, v.REPOSITORY_NAME, v.IDENTIFIER)

SAID_OTHERWISE = (
    v.TYPE, v.DERIVED_FROM, v.CREATOR, v.PRIMARY_SUBJECT, v.ASSIGNMENT_TOPIC, v.LINK_REPOSITORY,
    v.INTRODUCTION_OF, v.HAS_RELEASED_CODE, v.PART_OF, v.HAS_DATA,
)  # fmt: skip
"""What a page does not say from the other side, because another relation says the same."""

GROUPS = (v.HELD_BY, v.RELATED_ORGANIZATION, v.SUBJECT, v.VENUE, v.HAS_CODE, v.PRESENTED_AT)
"""By these papers gather around an entity, whose years and other company are counted."""

COMPANY = {v.CREATOR: "people", v.SUBJECT: "topics", v.VENUE: "venues", v.HAS_CODE: "code"}
"""What is counted among the papers of an entity, and its heading."""

REVERSED = {
    v.HELD_BY: "papers",
    v.RELATED_ORGANIZATION: "papers",
    v.ASSOCIATED_ORGANIZATION: "papers that name it",
    v.SUBJECT: "papers",
    v.VENUE: "papers",
    v.PART_OF_VOLUME: "papers",
    v.PRESENTED_AT: "papers",
    v.HAS_CODE: "papers that name this code",
    v.HAS_OFFICIAL_CODE: "papers whose authors name it as theirs",
    v.PROMISES_CODE: "papers that promise it",
    v.FUNDER: "papers funded",
    v.PUBLISHER: "publishes",
    v.CITES: "cited by",
    v.BROADER: "narrower topics",
    v.IN_SCHEME: "topics",
    v.INTRODUCES: "introduced by",
    v.IN_FAMILY: "versions",
    v.SUCCEEDS: "followed by",
    v.IMPLEMENTED_IN: "implements",
    v.LISTS: "listed on",
    v.DESCRIBES: "described by",
    v.POSSIBLE_OWNER: "may own",
    v.POSSIBLY_SAME: "may be the same as",
    v.SUB_ORGANIZATION_OF: "parts",
    v.AFFILIATED: "people",
    v.REALIZATION_OF: "versions",
    v.REPLACED_BY: "former addresses",
    v.ASSIGNMENT_CANDIDATE: "papers that may be about it",
    v.RELATIONS["version-of"]: "versions",
    v.RELATIONS["preprint-of"]: "preprints",
    v.RELATIONS["published-as"]: "published version of",
    v.RELATIONS["supplement"]: "supplements",
    v.RELATIONS["corrects"]: "corrected by",
    v.RELATIONS["retracts"]: "retracted by",
    v.RELATIONS["reviews"]: "reviewed by",
    v.RELATIONS["described-by"]: "software and data described",
}
"""A relation in words, seen from the entity that it leads to."""
