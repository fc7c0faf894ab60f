"""Write all entities of a graph, and name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graphbuild.fuse import Entities
from graphbuild.mapping.entity import (
    artifact_triples,
    family_triples,
    organization_triples,
    person_triples,
    repository_triples,
)
from graphbuild.mapping.paper import paper_triples
from graphbuild.mapping.reference import reference_names, reference_triples
from graphbuild.mapping.source import (
    observation_triples,
    origin_triples,
    profile_triples,
    source_triples,
)
from graphbuild.terms import REFERENCE_BASE, Minter

CONCEPT = re.compile(rf" (<{re.escape(REFERENCE_BASE)}id/(?:topic|metric)/[^>]+>) \.\n")


class EntityName(NamedTuple):
    """One name of one entity: IRI, CURIE of its class, the name, a note, and its weight."""

    iri: str
    kind: str
    label: str
    note: str
    weight: int


def graph_triples(entities: Entities, mint: Minter) -> Iterator[str]:
    """Yield the N-Triples lines of the whole graph; some hold several lines."""
    concepts: set[str] = set()
    for lines in _entity_triples(entities, mint):
        concepts.update(CONCEPT.findall(lines))
        yield lines
    yield from reference_triples(concepts)


def _entity_triples(entities: Entities, mint: Minter) -> Iterator[str]:
    for source in entities.sources.values():
        yield from source_triples(source, mint)
    for key, paper in entities.papers.items():
        yield from paper_triples(key, paper, entities.holders[key], mint)
        for origin in paper.origins:
            yield from origin_triples(origin, mint)
    for person in entities.people.values():
        yield from person_triples(person, mint)
    for key, profile in entities.profiles.items():
        why_mixed = entities.conflations.get(key, "")
        yield from profile_triples(profile, entities.owners[key], entities.lists[key], why_mixed, mint)
    for observation in entities.observations:
        yield from observation_triples(observation, mint)
    for organization in entities.organizations.values():
        yield from organization_triples(organization, mint)
    for repository in entities.repositories.values():
        yield from repository_triples(repository, mint)
    for artifact in entities.artifacts.values():
        yield from artifact_triples(artifact, mint)
    for family in entities.families.values():
        yield from family_triples(family, mint)


def entity_names(entities: Entities, mint: Minter) -> Iterator[EntityName]:
    """Yield the names by which people look entities up, the preferred name of each first."""
    linked = Counter(link.repository for p in entities.papers.values() for link in p.code_links)
    for key, paper in entities.papers.items():
        note = f"{paper.authors[0].name if paper.authors else 'no author'}, {_when(paper.issued)}"
        yield _named(mint.iri("paper", key), "gb:Paper", paper.title, note, 1)
    for key, person in entities.people.items():
        note = f"{_count(len(person.papers), 'paper')}{', identity undecided' * bool(person.possibly_same)}"
        for name in (person.name, *person.other_names):
            yield _named(mint.iri("person", key), "foaf:Person", name, note, len(person.papers))
    for key, profile in entities.profiles.items():
        papers = len(entities.lists[key])
        yield _named(mint.iri("profile", key), "gb:Profile", profile.name, f"page of {_count(papers, 'paper')}", 0)
    for key, repository in entities.repositories.items():
        for name in (repository.name, repository.url, f"github:{repository.name}"):
            yield _named(mint.iri("repo", key), "gb:CodeRepository", name, repository.host, 1)
    for organization in entities.organizations.values():
        iri = mint.iri("org", organization.key)
        yield _named(iri, "foaf:Organization", organization.name, "known by name only", 1)
    for artifact in entities.artifacts.values():
        kind = "gb:Method" if artifact.kind == "method" else "schema:Dataset"
        for name in (artifact.name, *artifact.other_names):
            yield _named(mint.iri(artifact.kind, artifact.key), kind, name, artifact.kind, 2)
    for family in entities.families.values():
        yield _named(mint.iri("family", family.key), "gb:MethodFamily", family.name, "family of versions", 1)
    for iri, label, notation in reference_names(_topics(entities)):
        for name in (label, notation):
            yield EntityName(iri, "skos:Concept", name, f"topic {notation}", 1)


def _topics(entities: Entities) -> Iterable[str]:
    return (
        f"<{REFERENCE_BASE}id/topic/{link.topic}>"
        for paper in entities.papers.values()
        for link in paper.topics
        if link.topic
    )


def _named(iri: str, kind: str, label: str, note: str, weight: int) -> EntityName:
    return EntityName(iri[1:-1], kind, label, note, weight)


def _when(issued: object) -> str:
    return str(getattr(issued, "written", "undated"))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"
