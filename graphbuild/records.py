"""The records that travel from the readers to the graph.

What a reader yields is what one source says: a `Source`, then `Paper`, `Author`, `Institution`,
`Venue`, `Subject`, `Software`, `Profile`, `Observation`, `Redirect`, or `Rejected` for what it
could not read. What `resolve` and `fuse` make of them are entities: `Person`, `Organization`,
`Repository`, `Artifact`, `Family`.

Absent means "not stated", never a guess, and the value as written stays beside the normalised
one. An identifier is ``scheme:value`` in the canonical form of `graphbuild.identifiers`; one that
breaks its scheme's rules is kept as written in ``malformed_ids``. Records know nothing of RDF.
"""

from graphbuild.parts import (
    Affiliation,
    Authorship,
    CodeLink,
    Container,
    Count,
    Event,
    Funding,
    Introduction,
    ListStatus,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    Revision,
    Struct,
    TopicLink,
    VenueKind,
    VenueName,
)


class Source(Struct, frozen=True, tag="source"):
    """One input as a whole.

    Attributes:
        key: first 16 hexadecimal digits of ``sha256``.
        name: file name, without the path.
        captured: date at which it was taken from where it comes from, ISO 8601, if stated.
        licence: IRI of the licence under which it stands, if that is known.
    """

    key: str
    name: str
    title: str
    format: str
    sha256: str
    captured: str | None = None
    licence: str = ""


class Paper(Struct, frozen=True, tag="paper"):
    """One version of a work, as one source describes it.

    Attributes:
        title: readable text; empty where the source has none.
        title_written: the title as written, where that differs (TeX).
        abstract: readable text.
        abstract_written: the abstract as written, where that differs.
        authors: in the order of the source; those without a position last.
        author_list: whether the source shows all authors.
        topics: categories, the primary one first.
        code_flag: the source marks the paper as having code, whatever the text says.
        organizations: organisations named beside the authors, tied to none of them, as written.
        profiles: keys of the `Profile` s that list the paper.
        origins: where it was read; several after fusion.
        ids: identifiers of this version, e.g. ``doi:10.1/x``; no identifier of another version.
        malformed_ids: scheme and text of identifiers that break the rules of their scheme.
        kind: what it is; None when not stated.
        kind_written: the source's own word for it.
        venue: journal, series or repository.
        event: the meeting at which it was presented.
        container: the volume it is part of.
        volume, issue, first_page, last_page, article_number, edition: as written.
        publisher: who published it.
        language: BCP 47 tag; other words for it are kept as written.
        licenses: web addresses or names as written.
        open_access: as the source calls it: ``gold``, ``green``, ``closed`` ..., or empty.
        urls: pages and files of the paper that no identifier names.
        keywords: free words, not from a scheme.
        comment: the authors' own comment, as written.
        retracted: the source says that it was withdrawn or retracted.
        funding: who paid for the work.
        references: identifiers of the papers that it cites.
        relations: ties to other versions, supplements and the like.
        counts: numbers that the source states about it.
        other_titles: subtitles apart, translations, short titles.
        submitted: when it first became known, where that is not the date of issue.
        programming_languages: of software.
        revisions: versions, errata and notices, oldest first; none where there is one version.
        citation: how the source cites where it was published, in one text.
        report_number: as written.
        awards: prizes that it won, as written.
    """

    title: str
    author_list: ListStatus
    origins: tuple[Origin, ...]
    authors: tuple[Authorship, ...] = ()
    title_written: str = ""
    abstract: str = ""
    abstract_written: str = ""
    issued: PartialDate | None = None
    topics: tuple[TopicLink, ...] = ()
    code_flag: bool = False
    code_links: tuple[CodeLink, ...] = ()
    introduces: tuple[Introduction, ...] = ()
    organizations: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    kind: PaperKind | None = None
    kind_written: str = ""
    venue: VenueName | None = None
    event: Event | None = None
    container: Container | None = None
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    article_number: str = ""
    edition: str = ""
    publisher: OrganizationName | None = None
    language: str = ""
    licenses: tuple[str, ...] = ()
    open_access: str = ""
    urls: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    comment: str = ""
    retracted: bool = False
    funding: tuple[Funding, ...] = ()
    references: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    counts: tuple[Count, ...] = ()
    other_titles: tuple[str, ...] = ()
    submitted: PartialDate | None = None
    programming_languages: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    citation: str = ""
    report_number: str = ""
    awards: tuple[str, ...] = ()


class Author(Struct, frozen=True, tag="author"):
    """A person as a register describes one: OpenAlex, ORCID, DBLP, the ACL Anthology.

    Attributes:
        ids: identifiers of the person; at least one.
        name: preferred name.
        other_names: further spellings.
        affiliations: where the person works or worked.
        works: identifiers of papers that the register counts as this person's.
        urls: home pages and the like.
        counts: numbers that the register states.
        not_ids: identifiers of people of whom the register says that they are others.
    """

    ids: tuple[str, ...]
    name: str
    origin: Origin
    malformed_ids: tuple[tuple[str, str], ...] = ()
    given: str = ""
    family: str = ""
    other_names: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    works: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    not_ids: tuple[str, ...] = ()


class Institution(Struct, frozen=True, tag="institution"):
    """An organisation as a register describes it: ROR, OpenAlex.

    Attributes:
        ids: at least one.
        name: preferred name.
        other_names: acronyms, aliases, names in other languages.
        kinds: the register's own words, e.g. ``education``, ``funder``.
        country: ISO 3166 code of two letters, in capitals.
        place: city or the like.
        status: ``active``, ``inactive`` or ``withdrawn``; empty when not stated.
        parents: identifiers of the organisations that it belongs to.
        successors: identifiers of the organisations that took its place.
    """

    ids: tuple[str, ...]
    name: str
    origin: Origin
    malformed_ids: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    country: str = ""
    place: str = ""
    status: str = ""
    urls: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()


class Venue(Struct, frozen=True, tag="venue"):
    """A journal, series of conferences or repository as a register describes it.

    Attributes:
        ids: at least one.
        other_names: acronyms, abbreviated and former titles.
    """

    ids: tuple[str, ...]
    name: str
    origin: Origin
    malformed_ids: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    kind: VenueKind | None = None
    publisher: OrganizationName | None = None
    urls: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()


class Subject(Struct, frozen=True, tag="subject"):
    """A topic as a register describes it.

    Attributes:
        ids: at least one; also those of the same topic elsewhere, e.g. ``wikidata:Q1``.
        scheme: key of the scheme: ``openalex-topic``, ``openalex-concept``, ``arxiv`` ....
        broader: identifiers of the topics above.
        description: what it is about.
    """

    ids: tuple[str, ...]
    name: str
    origin: Origin
    scheme: str
    broader: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    description: str = ""
    counts: tuple[Count, ...] = ()


class Software(Struct, frozen=True, tag="software"):
    """A piece of software as its own metadata describes it: CITATION.cff, codemeta.json.

    Attributes:
        repository: address of its code repository, as written.
        languages: programming languages.
        papers: identifiers of the papers to cite for it.
        references: identifiers of what it builds on and cites.
    """

    name: str
    origin: Origin
    repository: str = ""
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    authors: tuple[Authorship, ...] = ()
    description: str = ""
    version: str = ""
    issued: PartialDate | None = None
    licenses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


class Redirect(Struct, frozen=True, tag="redirect"):
    """An identifier that its register has replaced by another.

    Attributes:
        date: when, ISO 8601, if stated.
    """

    old: str
    new: str
    origin: Origin
    date: str = ""


class Profile(Struct, frozen=True, tag="profile"):
    """A page that claims to describe one person.

    Attributes:
        key: key of the page's `Source`.
        name: the person's name as written.
        topic: the primary category.
    """

    key: str
    name: str
    origin: Origin
    topic: TopicLink | None = None


class Observation(Struct, frozen=True, tag="observation"):
    """A number that a source states about a profile.

    Attributes:
        profile: key of the `Profile`.
        metric: name of the metric, e.g. ``h-index``.
        value: the number; text such as ``"57.5"`` when it is not whole.
        written: every wording of the claim.
        observed: date at which it was so, ISO 8601, if known.
    """

    profile: str
    metric: str
    value: int | str
    written: tuple[str, ...]
    origin: Origin
    observed: str | None = None


class Tombstone(Struct, frozen=True, tag="tombstone"):
    """What is left of a person who was forgotten.

    Attributes:
        key: of the tombstone, in its IRI.
        on: the day, ISO 8601.
    """

    key: str
    on: str


class Rejected(Struct, frozen=True, tag="rejected"):
    """A piece of an input that could not be read.

    Attributes:
        line: where it starts, from 1; 0 when that is not known.
        reason: what is wrong with it.
        text: its first 2,000 characters.
        id: what the source calls the record, if that much could be read.
    """

    line: int
    reason: str
    text: str
    id: str = ""


Record = (
    Source
    | Paper
    | Author
    | Institution
    | Venue
    | Subject
    | Software
    | Redirect
    | Profile
    | Observation
    | Tombstone
    | Rejected
)

Described = Paper | Author | Institution | Venue | Subject
"""A record that describes one entity."""
