"""Name the entities of a graph: what people call them when they look them up."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

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
from graphbuild.fuse import Entities
from graphbuild.mapping.common import RESOURCES
from graphbuild.mapping.publication import resource
from graphbuild.mapping.reference import reference_names
from graphbuild.mapping.vocabulary import PAPER, curie
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


def _named(
    iri: str, kind: str, names: Iterable[str], note: str, weight: int
) -> Iterator[EntityName]:
    return (EntityName(iri[1:-1], kind, name, note, weight) for name in names)


def paper(key: str, entities: Entities, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a paper: its title and identifiers."""
    record = entities.papers[key]
    named = (author.name for author in record.authors if not author.forgotten)
    first = next(named, "no author")
    date = record.issued.written if record.issued else "undated"
    kind = RESOURCES[record.kind][1] if record.kind in RESOURCES else PAPER
    names = filter(None, (record.title, *record.ids))
    note = f"{first}, {date}"
    return _named(resource(key, entities, mint), curie(kind[1:-1]), names, note, 1)


def person(person: Person, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a person."""
    papers = len(person.papers)
    note = _count(papers, "paper") + ", identity undecided" * bool(person.possibly_same)
    names = (person.name, *person.other_names, *person.ids)
    return _named(mint.iri("person", person.key), "foaf:Person", names, note, papers)


def profile(key: str, entities: Entities, mint: Minter) -> Iterator[EntityName]:
    """Yield the name of a profile page."""
    papers = len(entities.lists[key])
    note = f"page that lists {_count(papers, 'paper')}"
    names = [f"Profile page of {entities.profiles[key].name}"]
    return _named(mint.iri("profile", key), "gb:Profile", names, note, papers)


def repository(repository: Repository, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a code repository."""
    names = [repository.name, repository.url, f"{repository.host}/{repository.name}"]
    if repository.host == "github.com":
        names.append(f"github:{repository.name}")
    iri = mint.iri("repo", repository.key)
    return _named(iri, "gb:CodeRepository", names, f"on {repository.host}", 1)


def organization(organization: Organization, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of an organisation."""
    iri = mint.iri("org", organization.key)
    where = ", ".join(filter(None, [organization.place, organization.country]))
    note = where or ("identified" if organization.ids else "known by name only")
    names = (organization.name, *organization.other_names, *organization.ids)
    return _named(iri, "foaf:Organization", names, note, len(organization.records))


def outlet(outlet: Outlet, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a journal, series or repository."""
    names = tuple(filter(None, (outlet.name, *outlet.other_names, *outlet.ids)))
    iri = mint.iri("venue", outlet.key)
    return _named(iri, "gb:Venue", names, outlet.kind or "venue", len(outlet.records))


def meeting(meeting: Meeting, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a meeting."""
    names = (meeting.name, *meeting.short_names)
    note = ", ".join(filter(None, [meeting.place, meeting.date])) or "meeting"
    return _named(mint.iri("event", meeting.key), "bibo:Conference", names, note, 1)


def volume(volume: Volume, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a volume."""
    names = tuple(filter(None, (volume.title, *volume.ids)))
    note = _count(len(volume.records), "record")
    return _named(mint.iri("volume", volume.key), "gb:Volume", names, note, 1)


def topic(topic: Topic, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a topic."""
    names = (topic.name, *topic.other_names, *topic.ids)
    note = f"topic of {topic.scheme}" if topic.scheme else "topic"
    return _named(mint.iri("topic", topic.key), "skos:Concept", names, note, len(topic.records))


def artifact(artifact: Artifact, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a system or dataset."""
    kind = "gb:Method" if artifact.kind == "method" else "schema:Dataset"
    names = (artifact.name, *artifact.other_names)
    return _named(mint.iri(artifact.kind, artifact.key), kind, names, artifact.kind, 2)


FORMER_CLASSES = {
    "paper": "gb:Paper",
    "person": "foaf:Person",
    "org": "foaf:Organization",
    "volume": "gb:Volume",
    "data": "schema:Dataset",
    "software": "schema:SoftwareApplication",
    "venue": "gb:Venue",
    "topic": "skos:Concept",
    "work": "fabio:ScholarlyWork",
}
"""The class of what former entities lead to, by the word in their IRIs."""


def former(former: Former, mint: Minter) -> Iterator[EntityName]:
    """Yield the names of a former entity: key and IRI, which lead to the entity of today."""
    iri, old = mint.iri(former.into, former.now), mint.minted(former.kind, former.key)[1:-1]
    return _named(
        iri, FORMER_CLASSES[former.into], [former.key, old], "was an entity of its own", 0
    )


def family(family: Family, mint: Minter) -> Iterator[EntityName]:
    """Yield the name of a family of versions."""
    iri = mint.iri("family", family.key)
    return _named(iri, "gb:MethodFamily", [family.name], "family of versions", 1)


def topics(entities: Entities) -> Iterator[EntityName]:
    """Yield the names of the shipped topics in use and of those above them."""
    used = {reference("topic", key) for key in entities.notes.shipped}
    for iri, label, notation in reference_names(used):
        for name in (label, notation):
            yield EntityName(iri, "skos:Concept", name, f"topic {notation}", 1)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"
