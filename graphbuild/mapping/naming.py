"""Name the entities of a graph: what people call them when they look them up."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from graphbuild.entities import (
    Artifact,
    Family,
    Meeting,
    Organization,
    Outlet,
    Person,
    Repository,
    Topic,
    Volume,
)
from graphbuild.fuse import Entities
from graphbuild.mapping.common import RESOURCES
from graphbuild.mapping.publication import resource
from graphbuild.mapping.reference import reference_names
from graphbuild.mapping.vocabulary import PAPER, curie
from graphbuild.records import Profile
from graphbuild.terms import Minter, reference


class EntityName(NamedTuple):
    """One name of one entity.

    Attributes:
        iri: the entity, without angle brackets.
        kind: CURIE of its class.
        label: the name.
        note: what tells it from others of that name.
        weight: how much the graph says of it.
    """

    iri: str
    kind: str
    label: str
    note: str
    weight: int


def entity_names(entities: Entities, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of all entities, the preferred name of each first."""
    return chain.from_iterable(_by_entity(entities, mint))


def _by_entity(entities: Entities, mint: Minter) -> Iterator[Iterable[EntityName]]:
    yield from (_paper(key, entities, mint) for key in entities.papers)
    yield from (_person(person, mint) for person in entities.people.values())
    yield from (
        _profile(profile, len(entities.lists[key]), mint)
        for key, profile in entities.profiles.items()
    )
    yield from (_repository(each, mint) for each in entities.repositories.values())
    yield from (_organization(each, mint) for each in entities.organizations.values())
    yield from (_outlet(each, mint) for each in entities.outlets.values())
    yield from (_meeting(each, mint) for each in entities.meetings.values())
    yield from (_volume(each, mint) for each in entities.volumes.values())
    yield from (_topic(each, mint) for each in entities.topics.values())
    yield from (_artifact(artifact, mint) for artifact in entities.artifacts.values())
    yield from (_family(family, mint) for family in entities.families.values())
    yield _topics(entities)


def _named(
    iri: str, kind: str, names: Iterable[str], note: str, weight: int
) -> Iterator[EntityName]:
    return (EntityName(iri[1:-1], kind, name, note, weight) for name in names)


def _paper(key: str, entities: Entities, mint: Minter) -> Iterator[EntityName]:
    paper = entities.papers[key]
    first = paper.authors[0].name if paper.authors else "no author"
    date = paper.issued.written if paper.issued else "undated"
    kind = RESOURCES[paper.kind][1] if paper.kind in RESOURCES else PAPER
    names = filter(None, (paper.title, *paper.ids))
    note = f"{first}, {date}"
    return _named(resource(key, entities, mint), curie(kind[1:-1]), names, note, 1)


def _person(person: Person, mint: Minter) -> Iterator[EntityName]:
    papers = len(person.papers)
    note = _count(papers, "paper") + ", identity undecided" * bool(person.possibly_same)
    names = (person.name, *person.other_names, *person.ids)
    return _named(mint.iri("person", person.key), "foaf:Person", names, note, papers)


def _profile(profile: Profile, papers: int, mint: Minter) -> Iterator[EntityName]:
    note = f"page that lists {_count(papers, 'paper')}"
    names = [f"Profile page of {profile.name}"]
    return _named(mint.iri("profile", profile.key), "gb:Profile", names, note, papers)


def _repository(repository: Repository, mint: Minter) -> Iterator[EntityName]:
    names = [repository.name, repository.url, f"{repository.host}/{repository.name}"]
    if repository.host == "github.com":
        names.append(f"github:{repository.name}")
    iri = mint.iri("repo", repository.key)
    return _named(iri, "gb:CodeRepository", names, f"on {repository.host}", 1)


def _organization(organization: Organization, mint: Minter) -> Iterator[EntityName]:
    iri = mint.iri("org", organization.key)
    where = ", ".join(filter(None, [organization.place, organization.country]))
    note = where or ("identified" if organization.ids else "known by name only")
    names = (organization.name, *organization.other_names, *organization.ids)
    return _named(iri, "foaf:Organization", names, note, len(organization.records))


def _outlet(outlet: Outlet, mint: Minter) -> Iterator[EntityName]:
    names = tuple(filter(None, (outlet.name, *outlet.other_names, *outlet.ids)))
    iri = mint.iri("venue", outlet.key)
    return _named(iri, "gb:Venue", names, outlet.kind or "venue", len(outlet.records))


def _meeting(meeting: Meeting, mint: Minter) -> Iterator[EntityName]:
    names = (meeting.name, *meeting.short_names)
    note = ", ".join(filter(None, [meeting.place, meeting.date])) or "meeting"
    return _named(mint.iri("event", meeting.key), "bibo:Conference", names, note, 1)


def _volume(volume: Volume, mint: Minter) -> Iterator[EntityName]:
    names = tuple(filter(None, (volume.title, *volume.ids)))
    note = _count(len(volume.records), "record")
    return _named(mint.iri("volume", volume.key), "gb:Volume", names, note, 1)


def _topic(topic: Topic, mint: Minter) -> Iterator[EntityName]:
    names = (topic.name, *topic.other_names, *topic.ids)
    note = f"topic of {topic.scheme}" if topic.scheme else "topic"
    return _named(mint.iri("topic", topic.key), "skos:Concept", names, note, len(topic.records))


def _artifact(artifact: Artifact, mint: Minter) -> Iterator[EntityName]:
    kind = "gb:Method" if artifact.kind == "method" else "schema:Dataset"
    names = (artifact.name, *artifact.other_names)
    return _named(mint.iri(artifact.kind, artifact.key), kind, names, artifact.kind, 2)


def _family(family: Family, mint: Minter) -> Iterator[EntityName]:
    iri = mint.iri("family", family.key)
    return _named(iri, "gb:MethodFamily", [family.name], "family of versions", 1)


def _topics(entities: Entities) -> Iterator[EntityName]:
    used = {
        reference("topic", link.topic)
        for paper in entities.papers.values()
        for link in paper.topics
        if link.topic and link.topic.startswith("arxiv:")
    }
    for iri, label, notation in reference_names(used):
        for name in (label, notation):
            yield EntityName(iri, "skos:Concept", name, f"topic {notation}", 1)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"
