"""What graphbuild reads of OpenAlex's JSON, in all its vintages from 2022 to 2026.

The structs are the list: what stands here is decoded and read, all else is skipped.
https://developers.openalex.org
"""

import msgspec

Text = str | int | float | None
Number = int | float | None


class Fields(msgspec.Struct, gc=False, frozen=True):
    """An object of OpenAlex's JSON; a field that is missing counts as null."""


class Named(Fields, frozen=True):
    """An entity that another one names."""

    id: str | None = None
    display_name: str | None = None


class NamedInstitution(Named, frozen=True):
    """An institution that a work or an author names."""

    ror: str | None = None


class NamedAuthor(Named, frozen=True):
    """The author of an authorship."""

    orcid: str | None = None


class RawAffiliation(Fields, frozen=True):
    """An affiliation as written, and the institutions found in it (since 2024)."""

    raw_affiliation_string: str | None = None
    institution_ids: list[str | None] | None = None


class WorkAuthorship(Fields, frozen=True):
    """One author of a work."""

    author: NamedAuthor | None = None
    institutions: list[NamedInstitution] | None = None
    affiliations: list[RawAffiliation] | None = None
    raw_affiliation_strings: list[str | None] | None = None
    raw_affiliation_string: str | None = None
    raw_author_name: str | None = None
    raw_orcid: str | None = None
    is_corresponding: bool | None = None


class NamedSource(Named, frozen=True):
    """The journal, repository or series of a location."""

    issn_l: str | None = None
    issn: list[str | None] | str | None = None
    type: str | None = None
    host_organization: str | None = None
    host_organization_name: str | None = None
    publisher: str | None = None
    publisher_id: str | None = None


class PrimaryLocation(Fields, frozen=True):
    """Where the version of record is."""

    source: NamedSource | None = None
    landing_page_url: str | None = None
    license: str | None = None
    raw_source_name: str | None = None
    raw_type: str | None = None


class Location(Fields, frozen=True):
    """A place where a copy of the work is."""

    landing_page_url: str | None = None
    pdf_url: str | None = None


class LicensedLocation(Fields, frozen=True):
    """The best free copy."""

    license: str | None = None


class OtherVenue(Fields, frozen=True):
    """Where a further copy of the work is, until 2023."""

    url: str | None = None


class HostVenue(NamedSource, frozen=True):
    """Where the work appeared, until 2023."""

    url: str | None = None
    license: str | None = None


class Biblio(Fields, frozen=True):
    """The place inside a journal."""

    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None


class WorkIds(Fields, frozen=True):
    """Identifiers of a work."""

    doi: str | None = None
    mag: Text = None
    pmid: Text = None
    pmcid: Text = None


class OpenAccess(Fields, frozen=True):
    """How free the work is."""

    oa_status: str | None = None
    oa_url: str | None = None


class Level(Named, frozen=True):
    """A subfield, field or domain."""


class WorkTopic(Named, frozen=True):
    """A topic (since 2024) or concept (until then) of a work."""

    score: Number = None
    wikidata: str | None = None
    subfield: Level | None = None
    field: Level | None = None
    domain: Level | None = None


class Keyword(Fields, frozen=True):
    """A keyword; the field was called ``keyword`` in early 2024."""

    display_name: str | None = None
    keyword: str | None = None


class MeshHeading(Fields, frozen=True):
    """A medical subject heading."""

    descriptor_name: str | None = None


class Grant(Fields, frozen=True):
    """Money behind a work, until 2025."""

    funder: str | None = None
    funder_display_name: str | None = None
    award_id: Text = None


class Award(Fields, frozen=True):
    """Money behind a work, since 2025."""

    funder_id: str | None = None
    funder_display_name: str | None = None
    funder_award_id: Text = None


class Work(Fields, frozen=True):
    """A work."""

    id: str
    doi: str | None = None
    title: str | None = None
    display_name: str | None = None
    publication_date: str | None = None
    publication_year: int | None = None
    ids: WorkIds | None = None
    language: str | None = None
    type: str | None = None
    type_crossref: str | None = None
    primary_location: PrimaryLocation | None = None
    best_oa_location: LicensedLocation | None = None
    locations: list[Location] | None = None
    host_venue: HostVenue | None = None
    alternate_host_venues: list[OtherVenue] | None = None
    open_access: OpenAccess | None = None
    authorships: list[WorkAuthorship] | None = None
    is_authors_truncated: bool | None = None
    biblio: Biblio | None = None
    is_retracted: bool | None = None
    topics: list[WorkTopic] | None = None
    concepts: list[WorkTopic] | None = None
    keywords: list[Keyword] | None = None
    mesh: list[MeshHeading] | None = None
    sustainable_development_goals: list[Keyword] | None = None
    grants: list[Grant] | None = None
    awards: list[Award] | None = None
    funders: list[NamedInstitution] | None = None
    referenced_works: list[str | None] | None = None
    referenced_works_count: int | None = None
    cited_by_count: int | None = None
    abstract_inverted_index: dict[str, list[int]] | str | None = None
    updated_date: str | None = None
    updated: str | None = None


class InvertedIndex(Fields, frozen=True):
    """An abstract as some snapshots of 2022 to 2024 wrap it, as JSON inside a string."""

    InvertedIndex: dict[str, list[int]]


class Statistics(Fields, frozen=True):
    """Measures of an entity."""

    h_index: int | None = None
    i10_index: int | None = None
    two_year_mean_citedness: Number = msgspec.field(default=None, name="2yr_mean_citedness")


class Ids(Fields, frozen=True):
    """Identifiers of an entity other than a work."""

    orcid: str | None = None
    ror: str | None = None
    grid: str | None = None
    wikidata: str | None = None
    doi: str | None = None
    scopus: str | None = None
    twitter: str | None = None
    wikipedia: str | None = None


class Entity(Named, frozen=True):
    """What all entities but works have."""

    ids: Ids | None = None
    works_count: int | None = None
    cited_by_count: int | None = None
    summary_stats: Statistics | None = None
    updated_date: str | None = None
    updated: str | None = None


class AuthorAffiliation(Fields, frozen=True):
    """An institution of an author."""

    institution: NamedInstitution | None = None


class AuthorFields(Entity, frozen=True):
    """An author."""

    orcid: str | None = None
    display_name_alternatives: list[str | None] | None = None
    affiliations: list[AuthorAffiliation] | None = None
    last_known_institution: NamedInstitution | None = None
    last_known_institutions: list[NamedInstitution] | None = None


class OtherRole(Fields, frozen=True):
    """The same organisation as funder, publisher or institution."""

    id: str | None = None
    role: str | None = None


class Related(Fields, frozen=True):
    """An institution tied to another."""

    id: str | None = None
    relationship: str | None = None


class Place(Fields, frozen=True):
    """Where an institution is."""

    city: str | None = None
    country_code: str | None = None


class International(Fields, frozen=True):
    """Names by language."""

    display_name: dict[str, str | None] | None = None


class OrganizationFields(Entity, frozen=True):
    """An institution, publisher or funder."""

    ror: str | None = None
    type: str | None = None
    status: str | None = None
    homepage_url: str | None = None
    country_code: str | None = None
    country_codes: list[str | None] | None = None
    display_name_acronyms: list[str | None] | None = None
    display_name_alternatives: list[str | None] | None = None
    alternate_titles: list[str | None] | None = None
    international: International | None = None
    geo: Place | None = None
    associated_institutions: list[Related] | None = None
    parent_publisher: Named | str | None = None
    roles: list[OtherRole] | None = None


class SourceFields(Entity, frozen=True):
    """A journal, repository or series; ``venue`` until 2022."""

    issn_l: str | None = None
    issn: list[str | None] | str | None = None
    type: str | None = None
    homepage_url: str | None = None
    alternate_titles: list[str | None] | None = None
    abbreviated_title: str | None = None
    host_organization: str | None = None
    host_organization_name: str | None = None
    publisher: str | None = None
    publisher_id: str | None = None


class ConceptLevel(Fields, frozen=True):
    """A concept above another."""

    id: str | None = None
    level: int | None = None


class TopicFields(Entity, frozen=True):
    """A topic, concept, subfield, field, domain or keyword."""

    description: str | None = None
    level: int | None = None
    wikidata: str | None = None
    ancestors: list[ConceptLevel] | None = None
    subfield: Level | None = None
    field: Level | None = None
    domain: Level | None = None
    international: International | None = None


class Page(Fields, frozen=True):
    """A page of a list, or the answer to a request that failed."""

    id: str | None = None
    results: list[msgspec.Raw] | None = None
    error: str | None = None
    message: str | None = None
