"""Note in one pass over all papers what they name, before anything is linked or fused."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from graphbuild.parts import Container, Event, OrganizationName, Origin, VenueName
from graphbuild.records import Paper
from graphbuild.resolve.keys import stated_year

N = TypeVar("N", bound=Hashable)

SHIPPED = "arxiv:"
"""Prefix of the keys of topics that the ontology ships."""


class Uses(Generic[N]):
    """Where things of one kind are named: for each way of naming, the records at each use."""

    def __init__(self) -> None:
        self._records: defaultdict[N, list[tuple[str, ...]]] = defaultdict(list)

    def note(self, named: N, records: tuple[str, ...]) -> None:
        """Note that a paper or register with these source records names something so."""
        self._records[named].append(records)

    def __iter__(self) -> Iterator[N]:
        return iter(self._records)

    def items(self) -> Iterator[tuple[N, int, set[str]]]:
        """Yield each way of naming, how often it is used, and the keys of the source records."""
        for named, uses in self._records.items():
            yield named, len(uses), {record for records in uses for record in records}


class Notes:
    """What papers name, and which papers have what is rare.

    Attributes:
        organizations, outlets, meetings: by what the papers say of them.
        volumes: with the stated year of the paper.
        topics: topic as stated, and its name as written; only those that are not shipped.
        shipped: keys of the shipped topics that are meant or may be meant.
        metrics: of the numbers about papers.
        records: keys of the source records of each paper.
        kinds: how many papers there are of each kind.
        kind_of: the kind of every paper that has one.
        lists: for each profile, the papers that it lists.
        linking: papers that point to a code repository.
        introducing: papers that introduce a system or a dataset.
        origins: places of the records of registers that no paper is made of as well.
    """

    def __init__(self, origins: Iterable[Origin] = ()) -> None:
        self.origins = dict.fromkeys(origins)
        self.organizations: Uses[OrganizationName] = Uses()
        self.outlets: Uses[VenueName] = Uses()
        self.volumes: Uses[tuple[Container, str]] = Uses()
        self.meetings: Uses[Event] = Uses()
        self.topics: Uses[tuple[str, str]] = Uses()
        self.shipped: set[str] = set()
        self.metrics: set[str] = set()
        self.records: dict[str, tuple[str, ...]] = {}
        self.kinds: Counter[str] = Counter()
        self.kind_of: dict[str, str] = {}
        self.lists: defaultdict[str, list[str]] = defaultdict(list)
        self.linking: list[str] = []
        self.introducing: list[str] = []

    def add(self, key: str, paper: Paper) -> Paper:
        """Note what one paper names; return the paper."""
        records = self.records[key] = tuple(origin.record for origin in paper.origins)
        for origin in paper.origins:
            self.origins.pop(origin, None)
        for named in organizations_of(paper):
            self.organizations.note(named, records)
        if paper.venue and (paper.venue.ids or paper.venue.name):
            self.outlets.note(paper.venue, records)
        if paper.container:
            self.volumes.note((paper.container, stated_year(paper)), records)
        if paper.event:
            self.meetings.note(paper.event, records)
        self._topics(paper, records)
        self._rare(key, paper)
        return paper

    def forget(self) -> None:
        """Forget what nobody asks for once everything named has a record."""
        self.organizations, self.outlets = Uses(), Uses()
        self.volumes, self.meetings, self.topics = Uses(), Uses(), Uses()
        self.records, self.origins = {}, {}

    def _topics(self, paper: Paper, records: tuple[str, ...]) -> None:
        for link in paper.topics:
            if link.topic is None:
                self.shipped.update(link.candidates)
            elif link.topic.startswith(SHIPPED):
                self.shipped.add(link.topic)
            else:
                self.topics.note((link.topic, link.written), records)

    def _rare(self, key: str, paper: Paper) -> None:
        self.metrics.update(count.metric for count in paper.counts)
        self.kinds[paper.kind or ""] += 1
        if paper.kind:
            self.kind_of[key] = paper.kind
        for profile in paper.profiles:
            self.lists[profile].append(key)
        if any(link.repository for link in paper.code_links):
            self.linking.append(key)
        if paper.introduces:
            self.introducing.append(key)


def take_notes(papers: Mapping[str, Paper], origins: Iterable[Origin] = ()) -> Notes:
    """Return what all papers name.

    Args:
        papers: one record of each paper under its key.
        origins: places of the records of registers.
    """
    notes = Notes(origins)
    for key, paper in papers.items():
        notes.add(key, paper)
    return notes


def organizations_of(paper: Paper) -> Iterator[OrganizationName]:
    """Yield every organisation that a paper's record names."""
    yield from map(OrganizationName, paper.organizations)
    for author in paper.authors:
        if author.organization:
            yield OrganizationName(author.name, author.ids)
        for affiliation in author.affiliations:
            yield from affiliation.organizations
    if paper.publisher:
        yield paper.publisher
    yield from (funding.funder for funding in paper.funding if funding.funder)
