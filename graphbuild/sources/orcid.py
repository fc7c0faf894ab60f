"""Read ORCID records, versions 2 and 3, in JSON and XML: people, where they work, their works.

Whole records, their parts ``person`` and ``works``, and single works are read, from the API or the
public data file. A work on someone's record says that the person is among its authors, not at which
place: it is joined with what other sources say of it by its identifiers.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import count

import msgspec

from graphbuild.identifiers import identifier, identifiers
from graphbuild.names import person_key
from graphbuild.parts import Affiliation, OrganizationName, Origin
from graphbuild.records import Author, Record, Rejected
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.json_documents import Document, decoded, documents, json_audit
from graphbuild.sources.orcid_model import (
    Affiliations,
    Organization,
    Person,
    Root,
    Work,
    from_xml,
    names_of,
)
from graphbuild.sources.orcid_works import Owner, chosen, read_work, text, word
from graphbuild.sources.web import web_addresses
from graphbuild.sources.xml import Found, elements, opening
from graphbuild.text import clean

NAME = "orcid"
ROOTS = frozenset({"record", "person", "works", "work"})
NAMESPACE = "http://www.orcid.org/ns/"
IN_PATH = re.compile(r"/?((?:\d{4}-){3}\d{3}[\dX])(?:/|$)")
KEYS = re.compile(
    r'"(?:orcid-identifier|external-ids|external-id-type|given-names|put-code|work-summary)"\s*:'
)
DECODE = msgspec.json.Decoder(Root).decode
REGISTERS = {"fundref": "doi", "grid": "grid", "isni": "isni", "ror": "ror", "wikidata": "wikidata"}


def recognises(head: Head) -> bool:
    """Say whether the input starts with a record of ORCID or a part of one."""
    start = head.text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return bool(KEYS.search(start))
    found = opening(head.text) if start.startswith("<") else None
    return (
        found is not None
        and (found.name in ROOTS or found.name == "bulk")
        and (NAMESPACE in found.tag)
    )


def read_orcid(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the people and works of one file; what breaks the form comes as `Rejected`."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "records of ORCID", when)
    numbers = count(1)
    for line, root in _roots(file):
        if isinstance(root, Rejected):
            yield root
        else:
            yield from _records(root, file, line, numbers)


def _roots(file: InputFile) -> Iterator[tuple[int, Root | Rejected]]:
    """Yield the documents of a file with the lines at which they start."""
    if _is_xml(file):
        for found in elements(file, ROOTS):
            if isinstance(found, Found):
                yield found.line, from_xml(found.element, Root)
            else:
                yield found.line, found
        return
    for document in documents(file):
        if isinstance(document, Document):
            yield document.line, decoded(document, DECODE, "no record of ORCID")
        else:
            yield document.line, document


def _is_xml(file: InputFile) -> bool:
    with file.open() as stream:
        start: bytes = stream.peek(16)[:16]  # type: ignore[attr-defined]
    return b"<" in start


def _records(root: Root, file: InputFile, line: int, numbers: Iterator[int]) -> Iterator[Record]:
    """Yield what a document says, the person first.

    Args:
        root: the document.
        file: the input.
        line: where the document starts.
        numbers: the numbers of the records of the input.
    """
    person = root.person or Person(
        root.name, root.other_names, root.researcher_urls, root.keywords, root.external_identifiers
    )
    works = list(_works(root))
    path = root.path or next((work.path for work in works if work.path), None)
    written, owner = _owner(root, path, person)
    if root.orcid_identifier or root.person or root.name:
        origin = origin_of(file, next(numbers), line=line, own_id=written)
        yield (
            _author(root, person, owner, origin)
            if owner
            else _refused(f"{written!r} is no ORCID iD", line, written)
        )
    elif not works:
        yield _refused("neither a person nor a work of ORCID", line, written)
    for work in works:
        place = work.path or ""
        origin = origin_of(file, next(numbers), line=line, own_id=place)
        yield read_work(work, owner, origin) or _refused("the work has no title", line, place)


def _refused(reason: str, line: int, own_id: str) -> Rejected:
    return rejected(reason, own_id, line=line, own_id=own_id)


def _works(root: Root) -> Iterator[Work]:
    activities = root.activities_summary
    groups = activities.works.group if activities and activities.works else root.group
    for group in groups:
        yield from chosen(group)
    yield from (each.work for each in root.bulk if each.work)
    if root.title or root.external_ids:
        yield root


def _owner(root: Root, path: str | None, person: Person) -> tuple[str, Owner | None]:
    """Return the ORCID iD as written, and whose it is; None when it is wrong.

    A person who shows no name is called by the iD: nothing else is known.
    """
    stated, place = root.orcid_identifier, IN_PATH.match(path or "")
    written = (stated.path or stated.uri or "") if stated else place[1] if place else ""
    known = identifier("orcid", written)
    if known is None:
        return written, None
    name = person.name
    given, family = (text(name.given_names), text(name.family_name)) if name else ("", "")
    plain = " ".join(filter(None, [given, family]))
    credit = text(name.credit_name) if name else ""
    shown = credit or plain or known.partition(":")[2]
    others = person.other_names.other_name if person.other_names else ()
    names = (shown, plain, *(clean(each.content or "") for each in others))
    keys = frozenset(person_key(each) for each in names if each)
    return written, Owner(known, shown, given, family, keys, names[1:])


def _author(root: Root, person: Person, owner: Owner, origin: Origin) -> Author:
    pages = person.researcher_urls.researcher_url if person.researcher_urls else ()
    ids = person.external_identifiers.external_identifier if person.external_identifiers else ()
    known = [
        ("isni", each.external_id_value) for each in ids if word(each.external_id_type) == "isni"
    ]
    good, malformed = identifiers(known)
    urls, no_urls = web_addresses(
        [*(text(each.url) for each in pages), *(text(each.external_id_url) for each in ids)]
    )
    words = person.keywords.keyword if person.keywords else ()
    activities = root.activities_summary
    return Author(
        ids=(owner.id, *good),
        malformed_ids=(*malformed, *no_urls),
        name=owner.name,
        origin=origin,
        given=owner.given,
        family=owner.family,
        other_names=tuple(dict.fromkeys(n for n in owner.others if n and n != owner.name)),
        affiliations=tuple(_affiliations(activities.employments if activities else None)),
        urls=urls,
        keywords=tuple(dict.fromkeys(clean(e.content) for e in words if e.content)),
    )


def _affiliations(stated: Affiliations | None) -> Iterator[Affiliation]:
    if stated is None:
        return
    ties = [*stated.employment_summary]
    for group in stated.affiliation_group:
        ties += group.employment_summary
        ties += [each.employment_summary for each in group.summaries if each.employment_summary]
    for tie in ties:
        name = clean((tie.organization and tie.organization.name) or "")
        if name and tie.organization:
            department = clean(tie.department_name or "")
            written = ", ".join(filter(None, [department, name]))
            yield Affiliation(written, (_named(name, tie.organization),))


def _named(name: str, organization: Organization) -> OrganizationName:
    """Return an organisation with its identifier, as written if we do not know the register."""
    found = organization.disambiguated_organization
    register = word(found.disambiguation_source) if found else ""
    value = clean(found.disambiguated_organization_identifier or "") if found else ""
    scheme = REGISTERS.get(register)
    if scheme == "doi" and value.isdecimal():
        value = f"10.13039/{value}"
    good, malformed = identifiers([(scheme, value)]) if scheme else ((), ((register, value),))
    return OrganizationName(name, good, tuple(f"{r}:{each}" for r, each in malformed if r and each))


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each document of a file states, and whether they are read."""
    if _is_xml(file):
        for found in elements(file, ROOTS):
            if isinstance(found, Found):
                yield xml_fields(found.element, names_of(Root))
        return
    yield from json_audit(file, Root)


FORMAT = Format(
    NAME, "people and works of ORCID, in JSON and XML", 1, recognises, read_orcid, fields_of
)
