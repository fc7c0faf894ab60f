"""The shape of ORCID's records, versions 2 and 3: what is read of them, alike in JSON and XML.

In JSON a text often stands in an object as ``value`` or ``content``; in XML it is the text of the
element. `from_xml` fills the same structs from elements, by the names of their fields.

Rules: https://github.com/ORCID/orcid-model, record_2.1 and record_3.0.
"""

from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

import msgspec

from graphbuild.sources.xml import Element, children, text_of


class Shape(msgspec.Struct, rename="kebab"):
    """A part of a record; what is missing or null is None, or an empty list."""


class Value(Shape):
    """A text."""

    value: str | None = None


class Content(Shape):
    """A text that a person added to the record: another name, a keyword."""

    content: str | None = None


class Identifier(Shape):
    """An ORCID iD."""

    path: str | None = None
    uri: str | None = None


class Name(Shape):
    """What a person is called."""

    given_names: Value | None = None
    family_name: Value | None = None
    credit_name: Value | None = None


class OtherNames(Shape):
    """Further names."""

    other_name: list[Content] = []


class Keywords(Shape):
    """What a person works on."""

    keyword: list[Content] = []


class ResearcherUrl(Shape):
    """A page of the person."""

    url: Value | None = None


class ResearcherUrls(Shape):
    """Pages of the person."""

    researcher_url: list[ResearcherUrl] = []


class ExternalId(Shape):
    """An identifier elsewhere: of a person, a work or a grant."""

    external_id_type: str | None = None
    external_id_value: str | None = None
    external_id_url: Value | None = None
    external_id_relationship: str | None = None


class PersonIds(Shape):
    """The person's identifiers elsewhere."""

    external_identifier: list[ExternalId] = []


class Person(Shape):
    """What a record says of the person."""

    name: Name | None = None
    other_names: OtherNames | None = None
    researcher_urls: ResearcherUrls | None = None
    keywords: Keywords | None = None
    external_identifiers: PersonIds | None = None


class Disambiguated(Shape):
    """An organisation's identifier, of the register that is named as its source."""

    disambiguated_organization_identifier: str | None = None
    disambiguation_source: str | None = None


class Organization(Shape):
    """An organisation that a person names."""

    name: str | None = None
    disambiguated_organization: Disambiguated | None = None


class Affiliation(Shape):
    """A tie to an organisation."""

    department_name: str | None = None
    organization: Organization | None = None


class AffiliationHolder(Shape):
    """An object of version 3 around a tie."""

    employment_summary: Affiliation | None = None
    education_summary: Affiliation | None = None


class AffiliationGroup(Shape):
    """Ties that share an identifier: in XML directly, in JSON as ``summaries``."""

    summaries: list[AffiliationHolder] = []
    employment_summary: list[Affiliation] = []
    education_summary: list[Affiliation] = []


class Affiliations(Shape):
    """All ties of one kind: directly in version 2, in groups in version 3."""

    affiliation_group: list[AffiliationGroup] = []
    employment_summary: list[Affiliation] = []
    education_summary: list[Affiliation] = []


class ExternalIds(Shape):
    """Identifiers of a work."""

    external_id: list[ExternalId] = []


class Title(Shape):
    """The titles of a work."""

    title: Value | None = None
    subtitle: Value | None = None
    translated_title: Value | None = None


class FuzzyDate(Shape):
    """A date, perhaps without day and month."""

    year: Value | None = None
    month: Value | None = None
    day: Value | None = None


class Attributes(Shape):
    """A contributor's part."""

    contributor_role: str | None = None


class Contributor(Shape):
    """Someone who had a part in a work."""

    contributor_orcid: Identifier | None = None
    credit_name: Value | None = None
    contributor_attributes: Attributes | None = None


class Contributors(Shape):
    """All who had a part in a work; ORCID keeps no more than 50."""

    contributor: list[Contributor] = []


class Work(Shape):
    """A work, as a summary or in full."""

    title: Title | None = None
    journal_title: Value | None = None
    short_description: str | None = None
    type: str | None = None
    publication_date: FuzzyDate | None = None
    external_ids: ExternalIds | None = None
    url: Value | None = None
    contributors: Contributors | None = None
    language_code: str | None = None
    path: str | None = None
    display_index: str | int | None = None


class WorkGroup(Shape):
    """Descriptions of what ORCID takes for one work."""

    work_summary: list[Work] = []


class WorkHolder(Shape):
    """An object around a work in an answer to a request for several."""

    work: Work | None = None


class Works(Shape):
    """The works of a person."""

    group: list[WorkGroup] = []
    path: str | None = None


class Activities(Shape):
    """What a person did."""

    employments: Affiliations | None = None
    educations: Affiliations | None = None
    works: Works | None = None


class Root(Work):
    """A document: a record, or a part of one, whose fields then stand at the top."""

    orcid_identifier: Identifier | None = None
    person: Person | None = None
    activities_summary: Activities | None = None
    group: list[WorkGroup] = []
    bulk: list[WorkHolder] = []
    name: Name | None = None
    other_names: OtherNames | None = None
    researcher_urls: ResearcherUrls | None = None
    keywords: Keywords | None = None
    external_identifiers: PersonIds | None = None


def from_xml(element: Element, kind: Any) -> Any:  # noqa: ANN401 - the type decides
    """Return an element as a struct, text or list of such, whatever its namespace."""
    if not isinstance(kind, type) or not issubclass(kind, msgspec.Struct):
        return text_of(element).strip() or None
    inside = children(element)
    values: dict[str, Any] = {}
    for name, tag, plain, inner in _fields(kind):
        if tag == "value":
            values[name] = text_of(element).strip() or None
        elif plain and tag in inside:
            values[name] = from_xml(inside[tag][0], inner)
        elif plain:
            values[name] = element.get(tag)
        else:
            values[name] = [from_xml(each, inner) for each in inside.get(tag, [])]
    return kind(**{name: value for name, value in values.items() if value is not None})


def names_of(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the names of all fields of a struct and of the structs in it, ``@`` for attributes."""
    names: set[str] = set()
    for _, tag, _, inner in _fields(kind):
        names |= {tag, f"@{tag}"}
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            names |= names_of(inner)
    return frozenset(names)


@cache
def _fields(kind: type[msgspec.Struct]) -> list[tuple[str, str, bool, Any]]:
    """Return name, name in documents, whether it is no list, and type of each field."""
    found = []
    for field in msgspec.structs.fields(kind):
        several = get_origin(field.type) is list
        options = [each for each in get_args(field.type) if each is not NoneType]
        found.append((field.name, field.encode_name, not several, options[0]))
    return found
