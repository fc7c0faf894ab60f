"""Read organisations of the Research Organization Registry (ROR), schema versions 1 and 2.

The data dump (a JSON list), answers of the API, single records and one record a line are read. A
record that ROR withdrew in favour of one other organisation says that its identifier is replaced,
and that the other one also goes by its names. Relations to organisations are stated on both sides
by ROR; children and predecessors are therefore left to their own records.

Rules: ROR's documentation of the schema, https://ror.readme.io/docs/schema-v2.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from graphbuild.identifiers import identifier, identifiers
from graphbuild.parts import Origin
from graphbuild.records import Institution, Record, Redirect, Rejected
from graphbuild.sources.fields import Fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.json_documents import Document, decoded, documents, json_audit
from graphbuild.sources.web import web_addresses
from graphbuild.text import clean

NAME = "ror"
LISTS = ("items",)
ID = re.compile(rb'"id"\s*:\s*"https?:\\?/\\?/ror\.org')
OWN_FIELDS = (b'"external_ids"', b'"relationships"', b'"established"', b'"types"', b'"status"')
SCHEMES = {"grid": "grid", "isni": "isni", "wikidata": "wikidata", "fundref": "doi"}
FUNDER = "10.13039/"
"""Prefix of the DOIs that stand for the numbers of the Funder Registry."""


class Name(msgspec.Struct):
    """A name, in schema 2."""

    value: str
    types: list[str] = []


class Label(msgspec.Struct):
    """A name in another language, in schema 1."""

    label: str


class ExternalIds(msgspec.Struct):
    """Identifiers of one scheme; schema 1 names the scheme outside, and GRID is no list."""

    all: list[str] | str
    type: str = ""


class Relationship(msgspec.Struct):
    """A tie to another organisation."""

    type: str
    id: str
    label: str = ""


class Details(msgspec.Struct):
    """A place, in schema 2."""

    country_code: str | None = None
    name: str | None = None


class Location(msgspec.Struct):
    """Where an organisation is, in schema 2."""

    geonames_details: Details = msgspec.field(default_factory=Details)


class Country(msgspec.Struct):
    """A country, in schema 1."""

    country_code: str | None = None


class Address(msgspec.Struct):
    """Where an organisation is, in schema 1."""

    city: str | None = None


class Link(msgspec.Struct):
    """A web page, in schema 2."""

    type: str
    value: str


class Organization(msgspec.Struct):
    """One record of either schema."""

    id: str
    name: str = ""
    names: list[Name] = []
    aliases: list[str] = []
    acronyms: list[str] = []
    labels: list[Label] = []
    types: list[str] = []
    status: str | None = None
    external_ids: list[ExternalIds] | dict[str, ExternalIds] = []
    relationships: list[Relationship] = []
    locations: list[Location] = []
    addresses: list[Address] = []
    country: Country = msgspec.field(default_factory=Country)
    links: list[str | Link] = []


DECODE = msgspec.json.Decoder(Organization).decode


def recognises(head: Head) -> bool:
    """Say whether the input starts with a record of ROR."""
    first = head.text[:40].lstrip("\ufeff \t\r\n[")
    if not first.startswith("{") or not ID.search(head.data):
        return False
    return sum(field in head.data for field in OWN_FIELDS) >= 4


def read_ror(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the records of one file; one that breaks the schema comes as `Rejected`."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "organisations of the Research Organization Registry", when)
    for document in documents(file, LISTS):
        if isinstance(document, Document):
            yield from _records(document, file)
        else:
            yield document


def _records(document: Document, file: InputFile) -> Iterator[Record]:
    organization = decoded(document, DECODE, "no organisation of ROR")
    if isinstance(organization, Rejected):
        yield organization
        return
    own, names = identifier("ror", organization.id), _names(organization)
    if own is None or not names:
        reason = "the record has no name" if own else f"{organization.id!r} is no ROR identifier"
        yield rejected(reason, document.data, line=document.line, own_id=organization.id)
        return
    origin = origin_of(file, document.number, line=document.line, own_id=organization.id)
    yield from _stated(organization, own, names, origin)


def _stated(
    organization: Organization, own: str, names: tuple[str, ...], origin: Origin
) -> Iterator[Record]:
    heirs = _related(organization, "successor")
    if organization.status == "withdrawn" and len(heirs) == 1:
        yield Redirect(own, heirs[0], origin)
        label = next(r.label for r in organization.relationships if r.type.lower() == "successor")
        name = clean(label) or names[0]
        others = tuple(each for each in names if each != name)
        yield Institution(heirs, name, origin, other_names=others)
        return
    good, malformed = identifiers(_ids(organization))
    urls, no_urls = web_addresses(_pages(organization))
    places = [each.geonames_details for each in organization.locations]
    yield Institution(
        ids=(own, *good),
        malformed_ids=(*malformed, *no_urls),
        name=names[0],
        origin=origin,
        other_names=names[1:],
        kinds=tuple(dict.fromkeys(each.lower() for each in organization.types)),
        country=_first(organization.country.country_code, *(p.country_code for p in places)),
        place=_first(*(a.city for a in organization.addresses), *(p.name for p in places)),
        status=organization.status or "",
        urls=urls,
        parents=_related(organization, "parent"),
        successors=heirs,
    )


def _names(organization: Organization) -> tuple[str, ...]:
    """Return all names, the one that ROR displays first."""
    shown = [each.value for each in organization.names if "ror_display" in each.types]
    names = [organization.name, *shown, *(each.value for each in organization.names)]
    names += [*organization.aliases, *organization.acronyms]
    names += [each.label for each in organization.labels]
    return tuple(dict.fromkeys(filter(None, map(clean, names))))


def _ids(organization: Organization) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of other registers that we know."""
    found = organization.external_ids
    schemes = [(each.type, each) for each in found] if isinstance(found, list) else found.items()
    for written, ids in schemes:
        scheme = SCHEMES.get(written.lower())
        for value in [ids.all] if isinstance(ids.all, str) else ids.all:
            if scheme:
                yield scheme, FUNDER + value.strip() if scheme == "doi" else value


def _related(organization: Organization, kind: str) -> tuple[str, ...]:
    ids = (identifier("ror", r.id) for r in organization.relationships if r.type.lower() == kind)
    return tuple(dict.fromkeys(filter(None, ids)))


def _pages(organization: Organization) -> Iterator[str]:
    for link in organization.links:
        if isinstance(link, str):
            yield link
        elif link.type == "website":
            yield link.value


def _first(*values: str | None) -> str:
    return next(filter(None, values), "")


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each record of a file states, and whether they are read."""
    return json_audit(file, Organization, LISTS)


FORMAT = Format(
    NAME,
    "organisations of ROR, schema 1 and 2, in JSON or JSON Lines",
    1,
    recognises,
    read_ror,
    fields_of,
)
