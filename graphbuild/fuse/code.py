"""Make one record of each repository, and of each system or dataset that papers introduce."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from graphbuild.entities import Artifact, Holder, Person, Repository
from graphbuild.forges import RepositoryName
from graphbuild.names import looks_like_login
from graphbuild.parts import CodeLink, Introduction
from graphbuild.records import Paper
from graphbuild.resolve.keys import hashed
from graphbuild.text import name_key

Holders = Mapping[str, tuple[Holder, ...]]


def artifact_key(paper: str, introduction: Introduction) -> str:
    """Return the key of an artifact: the paper that introduces it, and its name."""
    return hashed("artifact", paper, name_key(introduction.name))


def repository_name(link: str) -> RepositoryName:
    """Return the parts of ``host/owner/name``."""
    return RepositoryName(*link.split("/"))


def records_of(paper: Paper) -> tuple[str, ...]:
    """Return the keys of the source records of a paper."""
    return tuple(origin.record for origin in paper.origins)


def fuse_repositories(
    papers: Mapping[str, Paper], holders: Holders, people: Mapping[str, Person]
) -> dict[str, Repository]:
    """Return the record of each repository that papers point to, under its key."""
    linked: defaultdict[str, list[tuple[str, CodeLink]]] = defaultdict(list)
    for key, paper in sorted(papers.items()):
        for link in paper.code_links:
            if link.repository:
                linked[repository_name(link.repository).key].append((key, link))
    return {key: _repository(key, linked[key], papers, holders, people) for key in sorted(linked)}


def artifacts_of(papers: Mapping[str, Paper]) -> list[Artifact]:
    """Return a record of each system or dataset that a paper introduces, not yet in families."""
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


def ties_of(papers: Mapping[str, Paper], holders: Holders) -> dict[str, frozenset[str]]:
    """Return the persons and repositories of each paper."""
    return {
        key: frozenset(holder.key for holder in holders[key])
        | {repository_name(link.repository).key for link in paper.code_links if link.repository}
        for key, paper in papers.items()
    }


def _repository(
    key: str,
    linked: list[tuple[str, CodeLink]],
    papers: Mapping[str, Paper],
    holders: Holders,
    people: Mapping[str, Person],
) -> Repository:
    spellings = Counter(link.repository for _, link in linked if link.repository)
    name = repository_name(max(spellings, key=lambda spelling: (spellings[spelling], spelling)))
    authors = {h.key for paper, _ in linked for h in holders[paper] if h.kind == "person"}
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
