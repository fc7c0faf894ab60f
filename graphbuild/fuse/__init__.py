"""Make one record of each entity out of all that its sources say."""

from collections.abc import Iterable, Mapping
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


def fuse(  # noqa: PLR0913 - one argument for each kind of record
    sources: Iterable[Source],
    papers: Mapping[str, Paper],
    profiles: Iterable[Profile],
    observations: Iterable[Observation],
    people: People,
    *,
    works: Mapping[str, str] | None = None,
    by_id: Mapping[str, str] | None = None,
    registers: Registers | None = None,
) -> Entities:
    """Return all entities that the records speak of.

    Args:
        sources: the inputs.
        papers: one record of each paper, under its key.
        profiles: pages that list papers of one name.
        observations: numbers that these pages state.
        people: who is who.
        works: for each paper, the key of its work; without it each paper is a work of its own.
        by_id: the paper that each identifier stands for.
        registers: what registers of people, organisations, venues and topics say.
    """
    known = registers or Registers()
    linker = link(papers, by_id or {}, known)
    holders = {key: _holders(key, paper, people, linker) for key, paper in papers.items()}
    persons = fuse_people(people, papers, linker.organization)
    artifacts, families = find_families(artifacts_of(papers), ties_of(papers, holders))
    by_key = {profile.key: profile for profile in profiles}
    return Entities(
        sources={source.key: source for source in sources},
        papers=dict(sorted(papers.items())),
        works=works or {key: key for key in papers},
        holders=holders,
        people=persons,
        profiles=by_key,
        owners=people.owners,
        lists={
            profile: tuple(key for key in sorted(papers) if profile in papers[key].profiles)
            for profile in by_key
        },
        conflations={key: why for key in by_key if (why := conflation(key, people))},
        observations=tuple(observations),
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


def _holders(key: str, paper: Paper, people: People, linker: Linker) -> tuple[Holder, ...]:
    return tuple(
        Holder("org", linker.organization(OrganizationName(author.name, author.ids)))
        if author.organization
        else Holder("person", people.person_of[mention])
        for mention, author in zip(mention_keys(key, paper), paper.authors, strict=True)
    )
