"""Make one record of each repository, and of each system or dataset that papers introduce."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graphbuild.entities import Artifact, Family, Holder, Person, Repository
from graphbuild.forges import RepositoryName
from graphbuild.names import looks_like_login
from graphbuild.parts import Introduction
from graphbuild.records import Paper
from graphbuild.resolve.families import find_families
from graphbuild.resolve.keys import hashed
from graphbuild.text import name_key

Holders = Mapping[str, tuple[Holder | None, ...]]


def artifact_key(paper: str, introduction: Introduction) -> str:
    """Return the key of an artifact: the paper that introduces it, and its name."""
    return hashed("artifact", paper, name_key(introduction.name))


def repository_name(link: str) -> RepositoryName:
    """Return the parts of ``host/owner/name``."""
    return RepositoryName(*link.split("/"))


def records_of(paper: Paper) -> tuple[str, ...]:
    """Return the keys of the source records of a paper."""
    return tuple(origin.record for origin in paper.origins)


class _Link(NamedTuple):
    written: str
    records: tuple[str, ...]
    authors: frozenset[str]


def fuse_repositories(
    linking: Iterable[str],
    papers: Mapping[str, Paper],
    holders: Holders,
    people: Mapping[str, Person],
) -> dict[str, Repository]:
    """Return the record of each repository that papers point to, under its key.

    Args:
        linking: the papers that point to one.
        papers: one record of each paper under its key.
        holders: for each paper, who holds each authorship.
        people: one record of each person under the key.
    """
    linked: defaultdict[str, list[_Link]] = defaultdict(list)
    for key in linking:
        paper = papers[key]
        authors = frozenset(h.key for h in holders[key] if h and h.kind == "person")
        for link in paper.code_links:
            if link.repository:
                use = _Link(link.repository, records_of(paper), authors)
                linked[repository_name(link.repository).key].append(use)
    return {key: _repository(key, linked[key], people) for key in sorted(linked)}


def fuse_artifacts(
    introducing: Iterable[str], papers: Mapping[str, Paper], holders: Holders
) -> tuple[dict[str, Artifact], dict[str, Family]]:
    """Return the systems and datasets that papers introduce, and the families, under their keys.

    Args:
        introducing: the papers that introduce one.
        papers: one record of each paper under its key.
        holders: for each paper, who holds each authorship.
    """
    introduced: list[Artifact] = []
    ties: dict[str, frozenset[str]] = {}
    for key in introducing:
        paper = papers[key]
        introduced += _artifacts(key, paper)
        ties[key] = frozenset(holder.key for holder in holders[key] if holder) | {
            repository_name(link.repository).key for link in paper.code_links if link.repository
        }
    artifacts, families = find_families(introduced, ties)
    return {each.key: each for each in artifacts}, {each.key: each for each in families}


def _artifacts(key: str, paper: Paper) -> Iterator[Artifact]:
    for introduction in paper.introduces:
        yield Artifact(
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


def _repository(key: str, links: list[_Link], people: Mapping[str, Person]) -> Repository:
    spellings = Counter(link.written for link in links)
    name = repository_name(max(spellings, key=lambda spelling: (spellings[spelling], spelling)))
    authors = {author for link in links for author in link.authors}
    return Repository(
        key=key,
        host=name.host,
        name=f"{name.owner}/{name.name}",
        url=name.url,
        records=tuple(sorted({record for link in links for record in link.records})),
        possible_owners=tuple(
            sorted(p for p in authors if looks_like_login(name.owner, people[p].name))
        ),
    )
