"""The kinds of entities of a graph: what each is called, and the triples that state it."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import msgspec

from graphbuild.entities import Artifact, Person, Repository
from graphbuild.fuse import Entities
from graphbuild.mapping import entity, naming, source
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import identifier_triples
from graphbuild.mapping.naming import EntityName
from graphbuild.mapping.paper import paper_triples
from graphbuild.mapping.publication import resource
from graphbuild.mapping.reference import reference_triples, shipped_concepts
from graphbuild.records import Observation, Paper
from graphbuild.terms import Minter, link

T = TypeVar("T")


class Kind(NamedTuple):
    """How entities of one kind are written, each given by its key.

    Attributes:
        of: gives those of a graph, by key.
        triples: yields N-Triples lines, sometimes several at once.
        names: yields the names, the preferred one first.
        iri: gives the IRI, for kinds that have a table.
        table: name of the table of their records, or empty.
        record: type of those records.
    """

    of: Callable[[Entities], Mapping[str, Any]]
    triples: Callable[[str, Entities, Minter], Iterable[str]]
    names: Callable[[str, Entities, Minter], Iterable[EntityName]]
    iri: Callable[[str, Entities, Minter], str] | None = None
    table: str = ""
    record: type[msgspec.Struct] | None = None


def _kind(
    of: Callable[[Entities], Mapping[str, T]],
    triples: Callable[[T, Minter], Iterable[str]],
    names: Callable[[T, Minter], Iterable[EntityName]] = lambda _, __: (),
) -> Kind:
    """Return a kind whose entities are stated by their records alone."""
    return Kind(
        of,
        lambda key, entities, mint: triples(of(entities)[key], mint),
        lambda key, entities, mint: names(of(entities)[key], mint),
    )


def _paper_triples(key: str, entities: Entities, mint: Minter) -> Iterable[str]:
    places = (source.origin_triples(each, mint) for each in entities.papers[key].origins)
    return chain(paper_triples(key, entities, mint), *places)


def _profile_triples(key: str, entities: Entities, mint: Minter) -> Iterable[str]:
    return source.profile_triples(
        entities.profiles[key],
        entities.owners[key],
        entities.lists[key],
        entities.conflations.get(key, ""),
        mint,
    )


def _link_triples(entity: str, entities: Entities, mint: Minter) -> Iterable[str]:
    """Yield what is the same in the graphs of others: identifiers of papers, and other IRIs."""
    kind, _, key = entity.partition("/")
    iri = resource(key, entities, mint) if kind == "paper" else mint.iri(kind, key)
    known, others = entities.links[entity]
    exact = (f"{iri} {v.EXACT_MATCH} {link(other)} .\n" for other in others)
    return chain(identifier_triples(iri, known), exact)


KINDS: dict[str, Kind] = {
    "paper": Kind(lambda e: e.papers, _paper_triples, naming.paper, resource, "paper", Paper),
    "person": _kind(lambda e: e.people, entity.person_triples, naming.person)._replace(
        iri=lambda key, _, mint: mint.iri("person", key), table="person", record=Person
    ),
    "source": _kind(lambda e: e.sources, source.source_triples),
    "origin": _kind(lambda e: e.origins, source.origin_triples),
    "profile": Kind(lambda e: e.profiles, _profile_triples, naming.profile),
    "observation": _kind(lambda e: e.observations, source.observation_triples)._replace(
        iri=lambda key, _, mint: mint.iri("observation", key),
        table="observation",
        record=Observation,
    ),
    "repo": _kind(lambda e: e.repositories, entity.repository_triples, naming.repository)._replace(
        iri=lambda key, _, mint: mint.iri("repo", key), table="repo", record=Repository
    ),
    "org": _kind(lambda e: e.organizations, entity.organization_triples, naming.organization),
    "venue": _kind(lambda e: e.outlets, entity.outlet_triples, naming.outlet),
    "event": _kind(lambda e: e.meetings, entity.meeting_triples, naming.meeting),
    "volume": _kind(lambda e: e.volumes, entity.volume_triples, naming.volume),
    "topic": _kind(lambda e: e.topics, entity.topic_triples, naming.topic),
    "artifact": _kind(lambda e: e.artifacts, entity.artifact_triples, naming.artifact)._replace(
        iri=lambda key, e, mint: mint.iri(e.artifacts[key].kind, key),
        table="artifact",
        record=Artifact,
    ),
    "family": _kind(lambda e: e.families, entity.family_triples, naming.family),
    "former": _kind(lambda e: e.former, entity.former_triples, naming.former),
    "tombstone": _kind(lambda e: e.tombstones, entity.tombstone_triples),
    "link": Kind(lambda e: e.links, _link_triples, lambda *_: ()),
    "reference": Kind(
        lambda _: {"": None},
        lambda _, entities, __: reference_triples(shipped_concepts(entities)),
        lambda _, entities, __: naming.topics(entities),
    ),
}
"""All kinds, in the order in which their names are kept."""
