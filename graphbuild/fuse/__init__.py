"""Make one record of each entity out of all that its sources say."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphbuild.entities import (
    Artifact,
    Family,
    Holder,
    Meeting,
    Organization,
    Outlet,
    Person,
    Repository,
    Topic,
    Volume,
)
from graphbuild.fuse.code import artifacts_of, fuse_repositories, ties_of
from graphbuild.fuse.people import fuse_people
from graphbuild.fuse.registers import (
    Linker,
    Registers,
    fuse_meetings,
    fuse_organizations,
    fuse_outlets,
    fuse_topics,
    fuse_volumes,
    link,
)
from graphbuild.parts import OrganizationName, Origin
from graphbuild.records import Observation, Paper, Profile, Source
from graphbuild.resolve.families import find_families
from graphbuild.resolve.keys import mention_keys
from graphbuild.resolve.papers import Papers
from graphbuild.resolve.people import People, conflation


@dataclass(frozen=True)
class Entities:
    """The fused graph as records: one per entity, each under its key.

    Attributes:
        works: for each paper, the key of its work.
        holders: for each paper, who holds each authorship, in the order of the authors.
        lists: for each profile, the keys of the papers that it lists.
        conflations: for each profile that may mix people, why.
        linker: gives the keys of what the papers' records name.
        origins: places of the records of registers.
    """

    sources: dict[str, Source]
    papers: dict[str, Paper]
    works: Mapping[str, str]
    holders: dict[str, tuple[Holder, ...]]
    people: dict[str, Person]
    profiles: dict[str, Profile]
    owners: dict[str, tuple[str, ...]]
    lists: dict[str, tuple[str, ...]]
    conflations: dict[str, str]
    observations: tuple[Observation, ...]
    organizations: dict[str, Organization]
    outlets: dict[str, Outlet]
    volumes: dict[str, Volume]
    meetings: dict[str, Meeting]
    topics: dict[str, Topic]
    repositories: dict[str, Repository]
    artifacts: dict[str, Artifact]
    families: dict[str, Family]
    linker: Linker
    origins: tuple[Origin, ...]


def fuse(
    papers: Mapping[str, Paper], people: People, known: Registers, found: Papers | None = None
) -> Entities:
    """Return all entities that the records speak of.

    Args:
        papers: one record of each paper, under its key.
        people: who is who.
        known: all other records.
        found: which papers are versions of one work; without it each is a work of its own.
    """
    linker = link(papers, found.by_id if found else {}, known)
    holders = {key: _holders(key, paper, people, linker) for key, paper in papers.items()}
    persons = fuse_people(people, papers, linker.organization)
    artifacts, families = find_families(artifacts_of(papers), ties_of(papers, holders))
    profiles = {profile.key: profile for profile in known.profiles}
    return Entities(
        sources={source.key: source for source in known.sources},
        papers=dict(sorted(papers.items())),
        works=found.works if found else {key: key for key in papers},
        holders=holders,
        people=persons,
        profiles=profiles,
        owners=people.owners,
        lists={profile: _listed(profile, papers) for profile in profiles},
        conflations={key: why for key in profiles if (why := conflation(key, people))},
        observations=known.observations,
        organizations=fuse_organizations(papers, known, linker),
        outlets=fuse_outlets(papers, known, linker),
        volumes=fuse_volumes(papers, linker),
        meetings=fuse_meetings(papers, linker),
        topics=fuse_topics(papers, known, linker),
        repositories=fuse_repositories(papers, holders, persons),
        artifacts={artifact.key: artifact for artifact in artifacts},
        families={family.key: family for family in families},
        linker=linker,
        origins=known.origins(),
    )


def _listed(profile: str, papers: Mapping[str, Paper]) -> tuple[str, ...]:
    return tuple(key for key in sorted(papers) if profile in papers[key].profiles)


def _holders(key: str, paper: Paper, people: People, linker: Linker) -> tuple[Holder, ...]:
    return tuple(
        Holder("org", linker.organization(OrganizationName(author.name, author.ids)))
        if author.organization
        else Holder("person", people.person_of[mention])
        for mention, author in zip(mention_keys(key, paper), paper.authors, strict=True)
    )
