"""Write all entities of a graph as N-Triples lines."""

from collections.abc import Iterable, Iterator
from itertools import chain

from graphbuild.fuse import Entities
from graphbuild.fuse.registers import SHIPPED
from graphbuild.mapping.entity import (
    artifact_triples,
    family_triples,
    meeting_triples,
    organization_triples,
    outlet_triples,
    person_triples,
    repository_triples,
    topic_triples,
    volume_triples,
)
from graphbuild.mapping.paper import paper_triples
from graphbuild.mapping.reference import reference_triples
from graphbuild.mapping.source import (
    observation_triples,
    origin_triples,
    profile_triples,
    source_triples,
)
from graphbuild.parts import Origin
from graphbuild.terms import Minter, reference


def graph_triples(entities: Entities, mint: Minter) -> Iterator[str]:
    """Yield the N-Triples lines of the whole graph, sometimes several lines at once."""
    yield from chain.from_iterable(_by_entity(entities, mint))
    yield from reference_triples(shipped_concepts(entities))


def shipped_concepts(entities: Entities) -> set[str]:
    """Return the IRIs of the topics and metrics in use that the ontology describes."""
    links = [link for paper in entities.papers.values() for link in paper.topics]
    links += [profile.topic for profile in entities.profiles.values() if profile.topic]
    topics = {key for link in links for key in ((link.topic,) if link.topic else link.candidates)}
    metrics = {observation.metric for observation in entities.observations}
    for kind in (entities.papers, entities.people, entities.organizations, entities.outlets):
        metrics.update(count.metric for each in kind.values() for count in each.counts)
    metrics.update(count.metric for topic in entities.topics.values() for count in topic.counts)
    return {reference("topic", key) for key in topics if key.startswith(SHIPPED)} | {
        reference("metric", metric) for metric in metrics
    }


def _by_entity(entities: Entities, mint: Minter) -> Iterator[Iterable[str]]:
    yield from (source_triples(source, mint) for source in entities.sources.values())
    for key in entities.papers:
        yield paper_triples(key, entities, mint)
    yield from (origin_triples(origin, mint) for origin in _origins(entities))
    yield from (person_triples(person, mint) for person in entities.people.values())
    yield from (_profile_triples(key, entities, mint) for key in entities.profiles)
    yield from (observation_triples(number, mint) for number in entities.observations)
    yield from (organization_triples(each, mint) for each in entities.organizations.values())
    yield from (outlet_triples(each, mint) for each in entities.outlets.values())
    yield from (volume_triples(each, mint) for each in entities.volumes.values())
    yield from (meeting_triples(each, mint) for each in entities.meetings.values())
    yield from (topic_triples(each, mint) for each in entities.topics.values())
    yield from (repository_triples(each, mint) for each in entities.repositories.values())
    yield from (artifact_triples(artifact, mint) for artifact in entities.artifacts.values())
    yield from (family_triples(family, mint) for family in entities.families.values())


def _origins(entities: Entities) -> Iterator[Origin]:
    for paper in entities.papers.values():
        yield from paper.origins
    yield from entities.origins


def _profile_triples(key: str, entities: Entities, mint: Minter) -> Iterator[str]:
    return profile_triples(
        entities.profiles[key],
        entities.owners[key],
        entities.lists[key],
        entities.conflations.get(key, ""),
        mint,
    )
