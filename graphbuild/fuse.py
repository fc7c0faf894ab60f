"""Make one record of each entity out of all that its sources say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from graphbuild.entities import Artifact, Family, Organization, Person, Repository
from graphbuild.forges import RepositoryName
from graphbuild.names import looks_like_login, person_key, split_name
from graphbuild.parts import Authorship, CodeLink, Introduction
from graphbuild.records import Observation, Paper, Profile, Source
from graphbuild.resolve.families import find_families
from graphbuild.resolve.keys import hashed, mention_keys
from graphbuild.resolve.people import People, conflation
from graphbuild.text import name_key

T = TypeVar("T")

COMPLETENESS = {"unknown": 0, "truncated": 1, "complete": 2}


@dataclass(frozen=True)
class Entities:
    """The fused graph as records: one per entity, each under its key.

    Attributes:
        holders: for each paper, the person's key of each author, in the order of the authors.
        lists: for each profile, the keys of the papers that it lists.
        conflations: for each profile that may mix people, why.
    """

    sources: dict[str, Source]
    papers: dict[str, Paper]
    holders: dict[str, tuple[str, ...]]
    people: dict[str, Person]
    profiles: dict[str, Profile]
    owners: dict[str, tuple[str, ...]]
    lists: dict[str, tuple[str, ...]]
    conflations: dict[str, str]
    observations: tuple[Observation, ...]
    organizations: dict[str, Organization]
    repositories: dict[str, Repository]
    artifacts: dict[str, Artifact]
    families: dict[str, Family]


def fuse_papers(records: Iterable[Paper]) -> Paper:
    """Return one record of a paper.

    Single values come from the record that shows most authors, then has the longest abstract;
    lists are united. An author whom only a profile page names stays only as long as no record
    shows the complete list.
    """
    ranked = sorted(records, key=_rank)
    best = ranked[0]
    if len(ranked) == 1:
        return best
    dated = [record.issued for record in ranked if record.issued]
    return msgspec.structs.replace(
        best,
        abstract=next((r.abstract for r in ranked if r.abstract), ""),
        issued=max(
            dated, key=lambda issued: (issued.value[:1].isdigit(), len(issued.value)), default=None
        ),
        authors=_united_authors(ranked),
        topics=_united(ranked, "topics"),
        code_flag=any(record.code_flag for record in ranked),
        code_links=_first_of((link.url_written, link) for r in ranked for link in r.code_links),
        introduces=_first_of((name_key(i.name), i) for r in ranked for i in r.introduces),
        organizations=_united(ranked, "organizations"),
        profiles=tuple(sorted({profile for record in ranked for profile in record.profiles})),
        origins=tuple(sorted({o for r in ranked for o in r.origins}, key=lambda o: o.record)),
    )


def fuse(
    sources: Iterable[Source],
    papers: Mapping[str, Paper],
    profiles: Iterable[Profile],
    observations: Iterable[Observation],
    people: People,
) -> Entities:
    """Return all entities that the papers and profiles speak of."""
    holders = {
        key: tuple(people.person_of[mention] for mention in mention_keys(key, paper))
        for key, paper in papers.items()
    }
    persons = _persons(people, papers)
    repositories = _repositories(papers, holders, persons)
    artifacts, families = find_families(_artifacts(papers), _ties(papers, holders))
    by_key = {profile.key: profile for profile in profiles}
    return Entities(
        sources={source.key: source for source in sources},
        papers=dict(sorted(papers.items())),
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
        organizations=_organizations(papers),
        repositories=repositories,
        artifacts={artifact.key: artifact for artifact in artifacts},
        families={family.key: family for family in families},
    )


def organization_key(name: str) -> str:
    """Return the key of an organisation that is only a name."""
    return hashed("organization", name_key(name))


def artifact_key(paper: str, introduction: Introduction) -> str:
    """Return the key of an artifact: the paper that introduces it, and its name."""
    return hashed("artifact", paper, name_key(introduction.name))


def repository_name(link: str) -> RepositoryName:
    """Return the parts of ``host/owner/name``."""
    return RepositoryName(*link.split("/"))


def records_of(paper: Paper) -> tuple[str, ...]:
    """Return the keys of the source records of a paper."""
    return tuple(origin.record for origin in paper.origins)


def _rank(paper: Paper) -> tuple[int, int, int, str]:
    shown = sum(author.position is not None for author in paper.authors)
    completeness = COMPLETENESS[paper.author_list]
    return -completeness, -shown, -len(paper.abstract), paper.origins[0].record


def _united(papers: Iterable[Paper], field: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys(value for paper in papers for value in getattr(paper, field)))


def _first_of(pairs: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    first: dict[str, T] = {}
    for key, value in pairs:
        first.setdefault(key, value)
    return tuple(first.values())


def _united_authors(ranked: list[Paper]) -> tuple[Authorship, ...]:
    best = ranked[0]
    if best.author_list == "complete":
        return best.authors
    shown = {person_key(author.name) for author in best.authors}
    hidden = [a for r in ranked[1:] for a in r.authors if person_key(a.name) not in shown]
    return (*best.authors, *_first_of((person_key(author.name), author) for author in hidden))


def _persons(people: People, papers: Mapping[str, Paper]) -> dict[str, Person]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in people.undecided:
        near[left].add(right)
        near[right].add(left)
    return {
        key: _person(key, people, papers, tuple(sorted(near[key])))
        for key in sorted(people.members)
    }


def _person(key: str, people: People, papers: Mapping[str, Paper], near: tuple[str, ...]) -> Person:
    mentions = people.members[key]
    spellings = Counter(mention.written for mention in mentions)
    name = max(spellings, key=lambda spelling: (spellings[spelling], len(spelling), spelling))
    given, family = split_name(name)
    own = tuple(sorted({mention.paper for mention in mentions}))
    return Person(
        key=key,
        name=name,
        given=given,
        family=family,
        other_names=tuple(sorted(set(spellings) - {name})),
        status="joined" if len(mentions) > 1 else "name-only",
        possibly_same=near,
        papers=own,
        records=tuple(sorted({record for paper in own for record in records_of(papers[paper])})),
    )


def _organizations(papers: Mapping[str, Paper]) -> dict[str, Organization]:
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    records: defaultdict[str, set[str]] = defaultdict(set)
    for paper in papers.values():
        for name in paper.organizations:
            names[organization_key(name)][name] += 1
            records[organization_key(name)] |= set(records_of(paper))
    return {
        key: Organization(
            key, max(names[key], key=lambda n: (names[key][n], n)), tuple(sorted(records[key]))
        )
        for key in sorted(names)
    }


def _repositories(
    papers: Mapping[str, Paper],
    holders: Mapping[str, tuple[str, ...]],
    people: Mapping[str, Person],
) -> dict[str, Repository]:
    linked: defaultdict[str, list[tuple[str, CodeLink]]] = defaultdict(list)
    for key, paper in sorted(papers.items()):
        for link in paper.code_links:
            if link.repository:
                linked[repository_name(link.repository).key].append((key, link))
    return {key: _repository(key, linked[key], papers, holders, people) for key in sorted(linked)}


def _repository(
    key: str,
    linked: list[tuple[str, CodeLink]],
    papers: Mapping[str, Paper],
    holders: Mapping[str, tuple[str, ...]],
    people: Mapping[str, Person],
) -> Repository:
    spellings = Counter(link.repository for _, link in linked if link.repository)
    name = repository_name(max(spellings, key=lambda spelling: (spellings[spelling], spelling)))
    authors = {person for paper, _ in linked for person in holders[paper]}
    return Repository(
        key=key,
        host=name.host,
        name=f"{name.owner}/{name.name}",
        url=name.url,
        records=tuple(sorted({r for paper, _ in linked for r in records_of(papers[paper])})),
        possible_owners=tuple(
            sorted(p for p in authors if looks_like_login(name.owner, people[p].name))
        ),
    )


def _artifacts(papers: Mapping[str, Paper]) -> list[Artifact]:
    return [
        Artifact(
            key=artifact_key(key, introduction),
            name=introduction.name,
            kind=introduction.kind,
            paper=key,
            other_names=introduction.other_names,
            repositories=(repository_name(introduction.repository).key,)
            if introduction.repository
            else (),
            records=records_of(paper),
        )
        for key, paper in sorted(papers.items())
        for introduction in paper.introduces
    ]


def _ties(
    papers: Mapping[str, Paper], holders: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    return {
        key: frozenset(holders[key])
        | {repository_name(link.repository).key for link in paper.code_links if link.repository}
        for key, paper in papers.items()
    }
