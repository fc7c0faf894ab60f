"""What graphbuild reads of Crossref's JSON.

The structs are the list: what stands here is decoded and read, all else is skipped.
https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

import msgspec

Text = str | int | float | None
Titles = list[str | None] | str | None


class Fields(msgspec.Struct, gc=False, frozen=True, rename="kebab"):
    """An object of Crossref's JSON; a field that is missing counts as null."""


class Date(Fields, frozen=True):
    """A date as precise as it is known: year, perhaps month, perhaps day."""

    date_parts: list[list[int | str | None] | None] | None = None
    date_time: str | None = None


class PlaceId(Fields, frozen=True):
    """An identifier of an organisation: its scheme is in ``id-type``."""

    id: str | None = None
    id_type: str | None = None


class Organization(Fields, frozen=True):
    """An affiliation of an author, or the institution behind a work."""

    name: str | None = None
    department: Titles = None
    place: Titles = None
    id: list[PlaceId] | None = None


class Contributor(Fields, frozen=True):
    """An author or editor; an organisation has only ``name``."""

    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    name: str | None = None
    orcid: str | None = msgspec.field(default=None, name="ORCID")
    affiliation: list[Organization] | None = None


class Funder(Fields, frozen=True):
    """Who paid, and the numbers of the awards."""

    name: str | None = None
    doi: str | None = msgspec.field(default=None, name="DOI")
    award: list[Text] | None = None
    id: list[PlaceId] | None = None


class TypedNumber(Fields, frozen=True):
    """An ISSN or ISBN."""

    value: str | None = None


class License(Fields, frozen=True):
    """Terms of use of one version, from a date on."""

    url: str | None = msgspec.field(default=None, name="URL")
    content_version: str | None = None


class Link(Fields, frozen=True):
    """A file of the full text."""

    url: str | None = msgspec.field(default=None, name="URL")
    intended_application: str | None = None


class Reference(Fields, frozen=True):
    """A work of the bibliography."""

    doi: str | None = msgspec.field(default=None, name="DOI")


class Related(Fields, frozen=True):
    """A resource at the other end of a relation."""

    id: str | None = None
    id_type: str | None = None


class Update(Fields, frozen=True):
    """A correction, retraction or new version."""

    doi: str | None = msgspec.field(default=None, name="DOI")
    type: str | None = None


class Meeting(Fields, frozen=True):
    """The meeting at which a work was presented."""

    name: str | None = None
    acronym: str | None = None
    location: str | None = None
    start: Date | None = None
    end: Date | None = None


class Primary(Fields, frozen=True):
    """The landing page."""

    url: str | None = msgspec.field(default=None, name="URL")


class Resource(Fields, frozen=True):
    """Where a DOI leads to."""

    primary: Primary | None = None


class Work(Fields, frozen=True):
    """A work, or a journal or series that has a DOI."""

    doi: str | None = msgspec.field(default=None, name="DOI")
    type: str | None = None
    subtype: str | None = None
    title: Titles = None
    subtitle: Titles = None
    short_title: Titles = None
    original_title: Titles = None
    abstract: str | None = None
    description: str | None = None
    author: list[Contributor] | None = None
    editor: list[Contributor] | None = None
    issued: Date | None = None
    container_title: Titles = None
    short_container_title: Titles = None
    issn: list[str | None] | str | None = msgspec.field(default=None, name="ISSN")
    issn_type: list[TypedNumber] | None = None
    isbn: list[str | None] | str | None = msgspec.field(default=None, name="ISBN")
    isbn_type: list[TypedNumber] | None = None
    institution: list[Organization] | Organization | None = None
    degree: list[str | None] | None = None
    event: Meeting | None = None
    volume: Text = None
    issue: Text = None
    page: str | None = None
    article_number: Text = None
    edition_number: Text = None
    publisher: str | None = None
    language: str | None = None
    license: list[License] | None = None
    link: list[Link] | None = None
    resource: Resource | None = None
    subject: list[str | None] | None = None
    funder: list[Funder] | None = None
    reference: list[Reference] | None = None
    reference_count: int | None = None
    references_count: int | None = None
    is_referenced_by_count: int | None = None
    indexed: Date | None = None
    relation: dict[str, list[Related] | Related | None] | None = None
    update_to: list[Update] | None = None
    updated_by: list[Update] | None = None


UNSTATED = msgspec.Raw(b"")


class Message(Fields, frozen=True):
    """An answer of the API: around one work, around a list, or with what went wrong."""

    status: str | None = None
    message: msgspec.Raw = UNSTATED
    items: list[msgspec.Raw] | None = None
