"""Read DataCite's XML, kernels 2.2 to 4: the same fields as in JSON, under other names."""

from collections.abc import Iterable, Iterator
from datetime import date

from graphbuild.records import Record, Rejected
from graphbuild.sources.datacite_fields import (
    Contributor,
    Description,
    Money,
    NamedPlace,
    NameId,
    OtherId,
    Publisher,
    RelatedId,
    RelatedItem,
    RelatedItemId,
    ResourceType,
    Rights,
    Subject,
    Title,
    TypedDate,
    Work,
)
from graphbuild.sources.datacite_works import paper_of
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.xml import Element, elements, local_name, opening, text_of

NAME = "datacite-xml"
RECORD = frozenset({"resource"})
KERNEL = "datacite.org/schema/kernel"
NAMES = frozenset({"creatorName", "contributorName"})
AS_READ = """
identifier @identifierType creators creator creatorName contributors contributor contributorName
@nameType @contributorType givenName familyName nameIdentifier @nameIdentifierScheme affiliation
@affiliationIdentifier titles title @titleType publisher @publisherIdentifier publicationYear
subjects subject dates date @dateType language resourceType @resourceTypeGeneral
alternateIdentifiers alternateIdentifier @alternateIdentifierType relatedIdentifiers
relatedIdentifier @relatedIdentifierType @relationType relatedItems relatedItem @relatedItemType
relatedItemIdentifier @relatedItemIdentifierType volume issue firstPage lastPage version rightsList
rights rights/@rightsURI descriptions description @descriptionType fundingReferences
fundingReference funderName funderIdentifier awardNumber
"""
READ = frozenset(AS_READ.split())
"""Elements and attributes that are read."""


def recognises(head: Head) -> bool:
    """Say whether an input is XML of DataCite, perhaps inside an answer of OAI-PMH."""
    start = opening(head.text)
    if start is None or KERNEL not in head.text:
        return False
    return start.name in {"resource", "OAI-PMH", "resources"}


def read_datacite_xml(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a `Paper` for each work, also for datasets and software."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "works of DataCite", when)
    for number, found in enumerate(elements(file, RECORD), 1):
        if isinstance(found, Rejected):
            yield found
            continue
        work = work_of(found.element)
        try:
            yield paper_of(work, origin_of(file, number, line=found.line, own_id=work.doi or ""))
        except ValueError as error:
            yield rejected(str(error), work.title or "", line=found.line)


def work_of(resource: Element) -> Work:
    """Return what the XML of one work states."""
    inside = {local_name(each): each for each in resource if isinstance(each.tag, str)}
    own = inside.get("identifier")
    kind = inside.get("resourceType")
    return Work(
        doi=_text(own),
        types=ResourceType(_attribute(kind, "resourceTypeGeneral"), _text(kind)),
        titles=[Title(_text(e), e.get("titleType")) for e in _members(inside, "titles")],
        creators=_agents(_members(inside, "creators")),
        contributors=_agents(_members(inside, "contributors")),
        publisher=_publisher(inside.get("publisher")),
        publication_year=_text(inside.get("publicationYear")),
        dates=[TypedDate(_text(e), e.get("dateType")) for e in _members(inside, "dates")],
        subjects=[Subject(_text(e)) for e in _members(inside, "subjects")],
        language=_text(inside.get("language")),
        alternate_identifiers=[
            OtherId(_text(e), e.get("alternateIdentifierType"))
            for e in _members(inside, "alternateIdentifiers")
        ],
        related_identifiers=[
            RelatedId(_text(e), e.get("relatedIdentifierType"), e.get("relationType"))
            for e in _members(inside, "relatedIdentifiers")
        ],
        related_items=[_item(e) for e in _members(inside, "relatedItems")],
        version=_text(inside.get("version")),
        rights_list=[*_rights(_members(inside, "rightsList")), *_rights(_only(resource, "rights"))],
        descriptions=[
            Description(_text(e), e.get("descriptionType"))
            for e in _members(inside, "descriptions")
        ],
        funding_references=[_money(e) for e in _members(inside, "fundingReferences")],
    )


def _agents(found: Iterable[Element]) -> list[Contributor]:
    return [agent for each in found for agent in _split(each)]


def _split(agent: Element) -> Iterator[Contributor]:
    """Yield the people of one creator: some files put several, one after the other, into it."""
    parts: list[list[Element]] = []
    for child in agent:
        if isinstance(child.tag, str):
            if local_name(child) in NAMES or not parts:
                parts.append([])
            parts[-1].append(child)
    for part in parts:
        yield _agent(part, agent.get("contributorType"))


def _agent(part: list[Element], contributor_type: str | None) -> Contributor:
    named = {local_name(each): each for each in part}
    name = named.get("creatorName", named.get("contributorName"))
    return Contributor(
        name=_text(name),
        name_type=_attribute(name, "nameType"),
        given_name=_text(named.get("givenName")),
        family_name=_text(named.get("familyName")),
        affiliation=[
            NamedPlace(_text(e), e.get("affiliationIdentifier")) for e in _only(part, "affiliation")
        ],
        name_identifiers=[
            NameId(_text(e), e.get("nameIdentifierScheme")) for e in _only(part, "nameIdentifier")
        ],
        contributor_type=contributor_type,
    )


def _publisher(element: Element | None) -> Publisher:
    return Publisher(_text(element), _attribute(element, "publisherIdentifier"))


def _item(element: Element) -> RelatedItem:
    named = {local_name(each): each for each in element if isinstance(each.tag, str)}
    own = named.get("relatedItemIdentifier")
    return RelatedItem(
        related_item_type=element.get("relatedItemType"),
        relation_type=element.get("relationType"),
        related_item_identifier=RelatedItemId(
            _text(own), _attribute(own, "relatedItemIdentifierType")
        ),
        titles=[Title(_text(e), e.get("titleType")) for e in _members(named, "titles")],
        volume=_text(named.get("volume")),
        issue=_text(named.get("issue")),
        first_page=_text(named.get("firstPage")),
        last_page=_text(named.get("lastPage")),
    )


def _rights(found: Iterable[Element]) -> list[Rights]:
    return [Rights(_text(each), each.get("rightsURI")) for each in found]


def _money(element: Element) -> Money:
    named = {local_name(each): each for each in element if isinstance(each.tag, str)}
    return Money(
        _text(named.get("funderName")),
        _text(named.get("funderIdentifier")),
        _text(named.get("awardNumber")),
    )


def _members(inside: dict[str, Element], name: str) -> list[Element]:
    found = inside.get(name)
    return [] if found is None else [each for each in found if isinstance(each.tag, str)]


def _only(found: Iterable[Element], name: str) -> list[Element]:
    return [each for each in found if isinstance(each.tag, str) and local_name(each) == name]


def _attribute(element: Element | None, name: str) -> str | None:
    return None if element is None else element.get(name)


def _text(element: Element | None) -> str | None:
    return text_of(element).strip() or None


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each work states, and whether they are read."""
    for found in elements(file, RECORD):
        if not isinstance(found, Rejected):
            yield xml_fields(found.element, READ, frozenset({"title", "description"}))


FORMAT = Format(
    NAME,
    "datasets, software and papers of DataCite, in XML of kernels 2.2 to 4",
    1,
    recognises,
    read_datacite_xml,
    fields_of,
)
