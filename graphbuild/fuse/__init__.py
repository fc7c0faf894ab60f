"""Make one record of each entity out of all that its sources say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from graphbuild.entities import (
    Artifact,
    Family,
    Former,
    Holder,
    Meeting,
    Organization,
    Outlet,
    Person,
    Repository,
    Topic,
    Volume,
)
from graphbuild.fuse.code import fuse_artifacts, fuse_repositories
from graphbuild.fuse.former import fuse_former
from graphbuild.fuse.lazy import Lazy
from graphbuild.fuse.notes import Notes, take_notes
from graphbuild.fuse.people import fuse_people
from graphbuild.fuse.registers import (
    NOTHING,
    Linker,
    Registers,
    fuse_meetings,
    fuse_organizations,
    fuse_outlets,
    fuse_topics,
    fuse_volumes,
    link,
)
from graphbuild.fuse.settling import Keys, settle
from graphbuild.parts import Authorship, OrganizationName, Origin
from graphbuild.records import Described, Observation, Paper, Profile, Source, Tombstone
from graphbuild.resolve.keys import mention_keys
from graphbuild.resolve.mixtures import impossible
from graphbuild.resolve.papers import Papers
from graphbuild.resolve.people import People
from graphbuild.resolve.published import Published


@dataclass(frozen=True)
class Entities:
    """The fused graph as records: one per entity, each under its key.

    Papers and people are many: their records are made when they are asked for.

    Attributes:
        notes: what was noted of all papers together.
        metrics: of all numbers that sources state.
        works: for each paper, the key of its work.
        holders: for each paper, who holds each authorship, in the order of the authors; None where
            one source alone is looked at and writes the name otherwise.
        lists: for each profile, the keys of the papers that it lists.
        conflations: for each profile that may mix people, why.
        linker: gives the keys of what the papers' records name.
        origins: places of the records of registers that no paper is made of as well.
        former: what was an entity of its own, and is part of another now.
        keys: those of what is neither paper nor person, and how they came to them.
        statements: what each source says by itself, see `graphbuild.fuse.stated`; only where it
            is to be kept.
        links: by kind and key, with a slash between them, identifiers that are known of an entity
            by its links alone, and IRIs of others for the same.
        adopted: the IRI that an entity has from others, by the word in ours and the key.
        tombstones: of people who were forgotten.
    """

    sources: dict[str, Source]
    papers: Mapping[str, Paper]
    notes: Notes
    metrics: frozenset[str]
    works: Mapping[str, str]
    holders: Mapping[str, tuple[Holder | None, ...]]
    people: Mapping[str, Person]
    profiles: dict[str, Profile]
    owners: dict[str, tuple[str, ...]]
    lists: dict[str, tuple[str, ...]]
    conflations: dict[str, str]
    observations: dict[str, Observation]
    organizations: dict[str, Organization]
    outlets: dict[str, Outlet]
    volumes: dict[str, Volume]
    meetings: dict[str, Meeting]
    topics: dict[str, Topic]
    repositories: dict[str, Repository]
    artifacts: dict[str, Artifact]
    families: dict[str, Family]
    linker: Linker
    origins: dict[str, Origin]
    former: dict[str, Former]
    keys: Keys
    statements: Mapping[str, Mapping[str, Sequence[Described]]] = field(default_factory=dict)
    links: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    adopted: Mapping[str, str] = field(default_factory=dict)
    tombstones: Mapping[str, Tombstone] = field(default_factory=dict)


def fuse(  # noqa: PLR0913 - all that there is to fuse
    papers: Mapping[str, Paper],
    people: People,
    known: Registers,
    found: Papers | None = None,
    notes: Notes | None = None,
    published: Published = NOTHING,
) -> Entities:
    """Return all entities that the records speak of.

    Args:
        papers: one record of each paper under its key.
        people: who is who.
        known: all other records.
        found: which papers are versions of one work; without it each is a work of its own.
        notes: what all papers name, if it was noted already.
        published: what an earlier build published.
    """
    notes = notes or take_notes(papers, known.origins())
    linker = link(notes, found.by_id if found else {}, known, published)
    keys = settle(found.works if found else _alone(papers), linker, notes, published)
    linker = keys.linker
    holders = Lazy(papers, lambda key: _holders(key, papers[key], people, linker))
    persons = fuse_people(people, notes.records, linker.organization)
    artifacts, families = fuse_artifacts(notes.introducing, papers, holders)
    return Entities(
        papers=papers,
        notes=notes,
        works=keys.works,
        holders=holders,
        people=persons,
        **_named(notes, papers, known, linker),
        **_pages(known, people),
        repositories=fuse_repositories(notes.linking, papers, holders, persons),
        artifacts=artifacts,
        families=families,
        linker=linker,
        former=fuse_former(found, people, keys, known.redirects) if found else {},
        keys=keys,
    )


def _alone(papers: Iterable[str]) -> dict[str, str]:
    return {key: key for key in papers}


class _Named(TypedDict):
    sources: dict[str, Source]
    origins: dict[str, Origin]
    profiles: dict[str, Profile]
    lists: dict[str, tuple[str, ...]]
    observations: dict[str, Observation]
    metrics: frozenset[str]
    organizations: dict[str, Organization]
    outlets: dict[str, Outlet]
    volumes: dict[str, Volume]
    meetings: dict[str, Meeting]
    topics: dict[str, Topic]


def _named(notes: Notes, papers: Mapping[str, Paper], known: Registers, linker: Linker) -> _Named:
    """Return what inputs, papers and registers name, besides people and papers."""
    return _Named(
        sources={source.key: source for source in known.sources},
        origins={str(number): each for number, each in enumerate(notes.origins)},
        profiles={profile.key: profile for profile in known.profiles},
        lists={each.key: tuple(sorted(notes.lists[each.key])) for each in known.profiles},
        observations={f"{each.profile}-{each.metric}": each for each in known.observations},
        metrics=known.metrics() | notes.metrics,
        organizations=fuse_organizations(notes, known, linker),
        outlets=fuse_outlets(notes, known, linker),
        volumes=fuse_volumes(notes, papers, linker),
        meetings=fuse_meetings(notes, linker),
        topics=fuse_topics(notes, known, linker),
    )


class _Pages(TypedDict):
    owners: dict[str, tuple[str, ...]]
    conflations: dict[str, str]


def _pages(known: Registers, people: People) -> _Pages:
    return _Pages(owners=people.owners, conflations=_conflations(known, people))


def _conflations(known: Registers, people: People) -> dict[str, str]:
    """Return why profile pages may mix people: what their papers say, and what their numbers do."""
    reasons = {
        each.key: [people.pages.get(each.key, ""), *impossible(_numbers(each.key, known))]
        for each in known.profiles
    }
    return {key: "; ".join(filter(None, told)) for key, told in reasons.items() if any(told)}


def _numbers(profile: str, known: Registers) -> dict[str, int | str]:
    return {each.metric: each.value for each in known.observations if each.profile == profile}


def _holders(key: str, paper: Paper, people: People, linker: Linker) -> tuple[Holder | None, ...]:
    return tuple(
        _holder(mention, author, people, linker)
        for mention, author in zip(mention_keys(key, paper), paper.authors, strict=True)
    )


def _holder(mention: str, author: Authorship, people: People, linker: Linker) -> Holder | None:
    if author.forgotten:
        return None
    if author.organization:
        return Holder("org", linker.organization(OrganizationName(author.name, author.ids)))
    return Holder("person", people.person_of[mention])
