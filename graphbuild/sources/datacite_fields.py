"""What graphbuild reads of DataCite's metadata, in JSON and, made of it, in XML.

The structs are the list: what stands here is decoded and read, all else is skipped.
https://datacite-metadata-schema.readthedocs.io
"""

import msgspec

Text = str | int | float | None


class Fields(msgspec.Struct, gc=False, frozen=True, rename="camel"):
    """An object of DataCite's JSON; a field that is missing counts as null."""


class NameId(Fields, frozen=True):
    """An identifier of a person or an organisation."""

    name_identifier: str | None = None
    name_identifier_scheme: str | None = None


class NamedPlace(Fields, frozen=True):
    """An affiliation."""

    name: str | None = None
    affiliation_identifier: str | None = None


class Contributor(Fields, frozen=True):
    """A creator or contributor."""

    name: str | None = None
    name_type: str | None = None
    type: str | None = None
    id: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    affiliation: list[NamedPlace | str | None] | NamedPlace | str | None = None
    name_identifiers: list[NameId] | NameId | None = None
    contributor_type: str | None = None


class Title(Fields, frozen=True):
    """A title, subtitle or translated title."""

    title: str | None = None
    title_type: str | None = None


class Publisher(Fields, frozen=True):
    """Who published the work."""

    name: str | None = None
    publisher_identifier: str | None = None


class ResourceType(Fields, frozen=True):
    """What the work is, in a word from a list and in free words."""

    resource_type_general: str | None = None
    resource_type: str | None = None
    general: str | None = msgspec.field(default=None, name="resource-type-general")
    free: str | None = msgspec.field(default=None, name="resource-type")


class TypedDate(Fields, frozen=True):
    """A date and what happened then."""

    date: str | None = None
    date_type: str | None = None


class Subject(Fields, frozen=True):
    """A keyword or a heading of some scheme."""

    subject: str | None = None


class OwnId(Fields, frozen=True):
    """A further identifier of the work."""

    identifier: str | None = None
    identifier_type: str | None = None


class OtherId(Fields, frozen=True):
    """The same in the terms of the XML schema."""

    alternate_identifier: str | None = None
    alternate_identifier_type: str | None = None


class RelatedId(Fields, frozen=True):
    """Another resource by its identifier."""

    related_identifier: str | None = None
    related_identifier_type: str | None = None
    relation_type: str | None = None


class Whole(Fields, frozen=True):
    """The journal, series or book that a work is in, as the API sums it up."""

    type: str | None = None
    title: str | None = None
    identifier: str | None = None
    identifier_type: str | None = None
    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None


class RelatedItemId(Fields, frozen=True):
    """The identifier of another resource that is described."""

    related_item_identifier: str | None = None
    related_item_identifier_type: str | None = None


class RelatedItem(Fields, frozen=True):
    """Another resource by its description."""

    related_item_type: str | None = None
    relation_type: str | None = None
    related_item_identifier: RelatedItemId | None = None
    titles: list[Title] | None = None
    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None


class Rights(Fields, frozen=True):
    """Terms of use."""

    rights: str | None = None
    rights_uri: str | None = None


class Description(Fields, frozen=True):
    """An abstract or another description."""

    description: str | None = None
    description_type: str | None = None


class Money(Fields, frozen=True):
    """Who paid, and the number of the award."""

    funder_name: str | None = None
    funder_identifier: str | None = None
    award_number: Text = None


class Work(Fields, frozen=True):
    """A dataset, a piece of software, a paper, or whatever has a DOI of DataCite."""

    id: str | None = None
    doi: str | None = None
    types: ResourceType | None = None
    titles: list[Title] | None = None
    title: str | None = None
    creators: list[Contributor] | None = None
    creator: list[Contributor] | Contributor | None = None
    contributors: list[Contributor] | None = None
    publisher: Publisher | str | None = None
    publication_year: Text = None
    year: Text = msgspec.field(default=None, name="publication-year")
    dates: list[TypedDate] | None = None
    subjects: list[Subject] | None = None
    language: str | None = None
    identifiers: list[OwnId] | None = None
    alternate_identifiers: list[OtherId] | None = None
    related_identifiers: list[RelatedId] | None = None
    related_items: list[RelatedItem] | None = None
    container: Whole | None = None
    version: Text = None
    rights_list: list[Rights] | None = None
    descriptions: list[Description] | None = None
    funding_references: list[Money] | None = None
    url: str | None = None
    citation_count: int | None = None
    reference_count: int | None = None
    updated: str | None = None


UNSTATED = msgspec.Raw(b"")


class Answer(Fields, frozen=True):
    """An answer of the API, or a line of the public data file: the work is in ``attributes``."""

    data: msgspec.Raw = UNSTATED
    attributes: msgspec.Raw = UNSTATED
    errors: msgspec.Raw = UNSTATED
