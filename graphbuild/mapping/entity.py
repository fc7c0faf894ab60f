"""Write the entities that papers speak of: people, organisations, venues, repositories, topics."""

from collections.abc import Iterable, Iterator

from graphbuild import terms
from graphbuild.entities import (
    Artifact,
    Family,
    Former,
    Meeting,
    Organization,
    Outlet,
    Person,
    Repository,
    Topic,
    Volume,
)
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import Origins, count_triples, derived, identifier_triples
from graphbuild.records import Tombstone
from graphbuild.terms import Minter, literal


def person_triples(person: Person, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one person."""
    s = mint.iri("person", person.key)
    yield f"{s} {v.TYPE} {v.PERSON} .\n{s} {v.NAME} {literal(person.name)} .\n"
    if person.given:
        yield f"{s} {v.GIVEN_NAME} {literal(person.given)} .\n"
    if person.family:
        yield f"{s} {v.FAMILY_NAME} {literal(person.family)} .\n"
    yield from _texts(s, v.ALT_LABEL, person.other_names)
    yield f"{s} {v.IDENTITY} {v.IDENTITY_STATUS[person.status]} .\n"
    for other in person.possibly_same:
        yield f"{s} {v.POSSIBLY_SAME} {mint.iri('person', other)} .\n"
    yield from identifier_triples(s, person.ids, person.malformed_ids)
    for organization in person.affiliations:
        yield f"{s} {v.AFFILIATED} {mint.iri('org', organization)} .\n"
    yield from _texts(s, v.AFFILIATION_AS_WRITTEN, person.affiliations_written)
    yield from _links(s, v.PAGE, person.urls)
    yield from _texts(s, v.POSSIBLE_CONFLATION, filter(None, [person.mixed]))
    origins = Origins(person.records, mint)
    yield from count_triples(s, f"person-{person.key}", person.counts, origins, mint)
    yield origins.of(s)


def former_triples(former: Former, mint: Minter) -> Iterator[str]:
    """Yield the lines that state where the IRI of a former entity leads."""
    s = mint.minted(former.kind, former.key)
    yield f"{s} {v.TYPE} {v.FORMER} .\n"
    yield f"{s} {v.REPLACED_BY} {mint.iri(former.into, former.now)} .\n"
    if former.on:
        yield f"{s} {v.GAVE_WAY_ON} {terms.date(former.on)} .\n"


def tombstone_triples(tombstone: Tombstone, mint: Minter) -> Iterator[str]:
    """Yield the lines that state that a person was forgotten, and when."""
    s = mint.iri("tombstone", tombstone.key)
    yield f"{s} {v.TYPE} {v.TOMBSTONE} .\n{s} {v.FORGOTTEN_ON} {terms.date(tombstone.on)} .\n"


def organization_triples(organization: Organization, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one organisation."""
    s = mint.iri("org", organization.key)
    status = "identified" if organization.ids else "name-only"
    yield f"{s} {v.TYPE} {v.ORGANIZATION} .\n{s} {v.NAME} {literal(organization.name)} .\n"
    yield f"{s} {v.IDENTITY} {v.IDENTITY_STATUS[status]} .\n"
    yield from identifier_triples(s, organization.ids, organization.malformed_ids)
    yield from _texts(s, v.IDENTIFIER, organization.other_ids)
    yield from _texts(s, v.ALT_LABEL, organization.other_names)
    yield from _texts(s, v.ORGANIZATION_KIND, organization.kinds)
    yield from _texts(s, v.COUNTRY, filter(None, [organization.country]))
    yield from _texts(s, v.LOCALITY, filter(None, [organization.place]))
    yield from _texts(s, v.ORGANIZATION_STATUS, filter(None, [organization.status]))
    yield from _links(s, v.HOME_PAGE, organization.urls)
    for parent in organization.parents:
        yield f"{s} {v.SUB_ORGANIZATION_OF} {mint.iri('org', parent)} .\n"
    for successor in organization.successors:
        yield f"{s} {v.REPLACED_BY} {mint.iri('org', successor)} .\n"
    origins = Origins(organization.records, mint)
    yield from count_triples(s, f"org-{organization.key}", organization.counts, origins, mint)
    yield origins.of(s)


def outlet_triples(outlet: Outlet, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one journal, series of conferences or repository."""
    s = mint.iri("venue", outlet.key)
    yield f"{s} {v.TYPE} {v.VENUE_CLASS} .\n"
    if outlet.kind in v.VENUE_CLASSES:
        yield f"{s} {v.TYPE} {v.VENUE_CLASSES[outlet.kind]} .\n"
    yield from _texts(s, v.TITLE, filter(None, [outlet.name]))
    yield from _texts(s, v.ALT_LABEL, outlet.other_names)
    yield from identifier_triples(s, outlet.ids, outlet.malformed_ids)
    if outlet.publisher:
        yield f"{s} {v.PUBLISHER} {mint.iri('org', outlet.publisher)} .\n"
    yield from _links(s, v.HOME_PAGE, outlet.urls)
    origins = Origins(outlet.records, mint)
    yield from count_triples(s, f"venue-{outlet.key}", outlet.counts, origins, mint)
    yield origins.of(s)


def volume_triples(volume: Volume, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one volume that has no record of its own."""
    s = mint.iri("volume", volume.key)
    yield f"{s} {v.TYPE} {v.VOLUME_CLASS} .\n"
    yield from _texts(s, v.TITLE, filter(None, [volume.title]))
    yield from identifier_triples(s, volume.ids)
    yield from derived(s, volume.records, mint)


def meeting_triples(meeting: Meeting, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one edition of a conference."""
    s = mint.iri("event", meeting.key)
    yield f"{s} {v.TYPE} {v.MEETING} .\n{s} {v.TITLE} {literal(meeting.name)} .\n"
    yield from _texts(s, v.ALT_LABEL, meeting.short_names)
    yield from _texts(s, v.PLACE_AS_WRITTEN, filter(None, [meeting.place]))
    yield from _texts(s, v.DATE_AS_WRITTEN, filter(None, [meeting.date]))
    yield from identifier_triples(s, meeting.ids)
    yield from derived(s, meeting.records, mint)


def topic_triples(topic: Topic, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one topic of a scheme that is not shipped."""
    s = mint.iri("topic", topic.key)
    yield f"{s} {v.TYPE} {v.CONCEPT} .\n{s} {v.PREF_LABEL} {literal(topic.name)} .\n"
    yield from _texts(s, v.ALT_LABEL, topic.other_names)
    yield from _texts(s, v.DEFINITION, filter(None, [topic.description]))
    for broader in topic.broader:
        yield f"{s} {v.BROADER} {mint.iri('topic', broader)} .\n"
    scheme = mint.iri("scheme", topic.scheme or topic.key.partition(":")[0])
    yield f"{s} {v.IN_SCHEME} {scheme} .\n{scheme} {v.TYPE} {v.CONCEPT_SCHEME} .\n"
    yield f"{scheme} {v.TITLE} {literal(topic.scheme or topic.key.partition(':')[0])} .\n"
    yield from identifier_triples(s, topic.ids)
    origins = Origins(topic.records, mint)
    yield from count_triples(s, f"topic-{topic.key}", topic.counts, origins, mint)
    yield origins.of(s)


def _texts(s: str, predicate: str, texts: Iterable[str]) -> Iterator[str]:
    return (f"{s} {predicate} {literal(text)} .\n" for text in texts)


def _links(s: str, predicate: str, urls: Iterable[str]) -> Iterator[str]:
    return (f"{s} {predicate} {terms.link(url)} .\n" for url in urls)


def repository_triples(repository: Repository, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one code repository."""
    s = mint.iri("repo", repository.key)
    yield f"{s} {v.TYPE} {v.CODE_REPOSITORY} .\n"
    yield f"{s} {v.REPOSITORY_NAME} {literal(repository.name)} .\n"
    yield f"{s} {v.REPOSITORY_URL} {terms.link(repository.url)} .\n"
    yield f"{s} {v.FORGE} {terms.link(f'https://{repository.host}/')} .\n"
    for owner in repository.possible_owners:
        yield f"{s} {v.POSSIBLE_OWNER} {mint.iri('person', owner)} .\n"
    yield from derived(s, repository.records, mint)


def artifact_triples(artifact: Artifact, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one method or dataset."""
    s = mint.iri(artifact.kind, artifact.key)
    kind = v.METHOD if artifact.kind == "method" else v.DATASET
    yield f"{s} {v.TYPE} {kind} .\n{s} {v.PREF_LABEL} {literal(artifact.name)} .\n"
    for name in artifact.other_names:
        yield f"{s} {v.ALT_LABEL} {literal(name)} .\n"
    if artifact.family:
        yield f"{s} {v.IN_FAMILY} {mint.iri('family', artifact.family)} .\n"
    for before in artifact.succeeds:
        yield f"{s} {v.SUCCEEDS} {mint.iri(artifact.kind, before)} .\n"
    for repository in artifact.repositories:
        yield f"{s} {v.IMPLEMENTED_IN} {mint.iri('repo', repository)} .\n"
    yield from derived(s, artifact.records, mint)


def family_triples(family: Family, mint: Minter) -> Iterator[str]:
    """Yield the lines that state one family of versions."""
    s = mint.iri("family", family.key)
    yield f"{s} {v.TYPE} {v.METHOD_FAMILY} .\n{s} {v.PREF_LABEL} {literal(family.name)} .\n"
    yield from derived(s, family.records, mint)
