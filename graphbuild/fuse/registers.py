"""Make one record of each organisation, outlet, volume, meeting and topic."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from graphbuild.entities import Meeting, Organization, Outlet, Topic, Volume
from graphbuild.parts import Container, Event, OrganizationName, Origin, TopicLink, VenueName
from graphbuild.records import (
    Author,
    Institution,
    Observation,
    Paper,
    Profile,
    Source,
    Subject,
    Venue,
)
from graphbuild.resolve.keys import hashed, stated_year
from graphbuild.resolve.registers import ORGANIZATIONS, TOPICS, VENUES, Register
from graphbuild.text import name_key

T = TypeVar("T")
V = TypeVar("V")
SHIPPED = "arxiv:"
"""Prefix of the keys of topics that the ontology ships."""


@dataclass(frozen=True)
class Linker:
    """Gives the keys of what records name.

    Attributes:
        organizations, outlets, topics: the registers.
        papers: the paper that each identifier stands for.
    """

    organizations: Register
    outlets: Register
    topics: Register
    papers: Mapping[str, str]

    def organization(self, named: OrganizationName) -> str:
        """Return the key of an organisation."""
        return self.organizations.key(named.ids, named.name)

    def outlet(self, named: VenueName) -> str:
        """Return the key of a journal, series or repository."""
        return self.outlets.key(named.ids, named.name)

    def topic(self, link: TopicLink) -> str | None:
        """Return the key of a topic, None when it is undecided."""
        if link.topic is None or link.topic.startswith(SHIPPED):
            return link.topic
        return self.topics.key((link.topic,))

    def volume(self, container: Container, paper: Paper) -> str:
        """Return the key of the volume that a paper is part of: its own record's, if it has one."""
        known = [self.papers[each] for each in container.ids if each in self.papers]
        if known:
            return known[0]
        if container.ids:
            return container.ids[0]
        return hashed("volume", name_key(container.title), stated_year(paper))

    def meeting(self, event: Event) -> str:
        """Return the key of one edition of a conference."""
        return event.ids[0] if event.ids else hashed("event", name_key(event.name))


@dataclass(frozen=True)
class Registers:
    """What is known besides papers, by type of record.

    Attributes:
        replaced: identifiers that their register replaced, and by which.
    """

    sources: tuple[Source, ...] = ()
    profiles: tuple[Profile, ...] = ()
    observations: tuple[Observation, ...] = ()
    authors: tuple[Author, ...] = ()
    institutions: tuple[Institution, ...] = ()
    venues: tuple[Venue, ...] = ()
    subjects: tuple[Subject, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)

    def origins(self) -> tuple[Origin, ...]:
        """Return the places of all records."""
        origins = [author.origin for author in self.authors]
        origins += [institution.origin for institution in self.institutions]
        origins += [venue.origin for venue in self.venues]
        origins += [subject.origin for subject in self.subjects]
        return tuple(origins)


def link(papers: Mapping[str, Paper], by_id: Mapping[str, str], known: Registers) -> Linker:
    """Return what gives the keys of all that papers and registers name.

    Args:
        papers: one record of each paper, under its key.
        by_id: the paper that each identifier stands for.
        known: what registers say.
    """
    organizations = Register("organization", ORGANIZATIONS, known.replaced)
    for institution in known.institutions:
        organizations.add(institution.ids, institution.name)
    for named, _ in _named_organizations(papers, known):
        organizations.add(named.ids, named.name)
    outlets = Register("venue", VENUES, known.replaced)
    for venue in known.venues:
        outlets.add(venue.ids, venue.name)
    for paper in papers.values():
        if paper.venue:
            outlets.add(paper.venue.ids, paper.venue.name)
    return Linker(organizations, outlets, _topics(papers, known), by_id)


def _topics(papers: Mapping[str, Paper], known: Registers) -> Register:
    topics = Register("topic", TOPICS, known.replaced)
    for subject in known.subjects:
        topics.add(subject.ids)
    for paper in papers.values():
        for topic in paper.topics:
            if topic.topic and not topic.topic.startswith(SHIPPED):
                topics.add((topic.topic,))
    return topics


def _named_organizations(
    papers: Mapping[str, Paper], known: Registers
) -> Iterator[tuple[OrganizationName, tuple[str, ...]]]:
    """Yield every organisation that a record names, with the keys of its source records."""
    for paper in papers.values():
        records = _records(paper)
        yield from ((named, records) for named in organizations_of(paper))
    for author in known.authors:
        for affiliation in author.affiliations:
            yield from ((named, (author.origin.record,)) for named in affiliation.organizations)
    for venue in known.venues:
        if venue.publisher:
            yield venue.publisher, (venue.origin.record,)


def organizations_of(paper: Paper) -> Iterator[OrganizationName]:
    """Yield every organisation that a paper's record names."""
    yield from (OrganizationName(name) for name in paper.organizations)
    for author in paper.authors:
        if author.organization:
            yield OrganizationName(author.name, author.ids)
        for affiliation in author.affiliations:
            yield from affiliation.organizations
    if paper.publisher:
        yield paper.publisher
    yield from (funding.funder for funding in paper.funding if funding.funder)


def fuse_organizations(
    papers: Mapping[str, Paper], known: Registers, linker: Linker
) -> dict[str, Organization]:
    """Return the record of each organisation under its key."""
    uses = _Uses()
    for named, records in _named_organizations(papers, known):
        uses.note(linker.organization(named), named.name, named.ids, records)
    described = _described(known.institutions, lambda each: linker.organizations.key(each.ids))
    for key, institutions in described.items():
        for institution in institutions:
            uses.note(key, "", institution.ids, (institution.origin.record,))
    return {key: _organization(key, uses, described.get(key, []), linker) for key in uses.noted()}


def _organization(
    key: str, uses: "_Uses", known: list[Institution], linker: Linker
) -> Organization:
    name = next((each.name for each in known if each.name), "") or uses.name(key)
    return Organization(
        key=key,
        name=name,
        records=uses.records(key),
        ids=uses.ids(key),
        malformed_ids=_all(each.malformed_ids for each in known),
        other_names=_others(
            name, uses.names(key), (n for e in known for n in (e.name, *e.other_names))
        ),
        kinds=_all(each.kinds for each in known),
        country=_first(each.country for each in known),
        place=_first(each.place for each in known),
        status=_first(each.status for each in known),
        urls=_all(each.urls for each in known),
        parents=_keys(linker.organizations, (p for each in known for p in each.parents)),
        successors=_keys(linker.organizations, (s for each in known for s in each.successors)),
        counts=_all(each.counts for each in known),
    )


def fuse_outlets(
    papers: Mapping[str, Paper], known: Registers, linker: Linker
) -> dict[str, Outlet]:
    """Return the record of each journal, series and repository under its key."""
    uses = _Uses()
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shorts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for paper in papers.values():
        if paper.venue and (paper.venue.ids or paper.venue.name):
            key = linker.outlet(paper.venue)
            uses.note(key, paper.venue.name, paper.venue.ids, _records(paper))
            kinds[key].update([paper.venue.kind] if paper.venue.kind else [])
            shorts[key].update(dict.fromkeys(paper.venue.short_names))
    described = _described(known.venues, lambda each: linker.outlets.key(each.ids))
    for key, records in described.items():
        for venue in records:
            uses.note(key, "", venue.ids, (venue.origin.record,))
    return {
        key: _outlet(key, uses, described.get(key, []), kinds[key], tuple(shorts[key]), linker)
        for key in uses.noted()
    }


def _outlet(  # noqa: PLR0913 - what papers and registers say
    key: str,
    uses: "_Uses",
    known: list[Venue],
    kinds: Counter[str],
    shorts: tuple[str, ...],
    linker: Linker,
) -> Outlet:
    name = next((each.name for each in known if each.name), "") or uses.name(key)
    publisher = next((each.publisher for each in known if each.publisher), None)
    used = max(kinds, key=lambda kind: (kinds[kind], kind)) if kinds else None
    return Outlet(
        key=key,
        name=name,
        records=uses.records(key),
        ids=uses.ids(key),
        malformed_ids=_all(each.malformed_ids for each in known),
        other_names=_others(
            name, (*uses.names(key), *shorts), (n for e in known for n in (e.name, *e.other_names))
        ),
        kind=next((each.kind for each in known if each.kind), used),  # type: ignore[arg-type]
        publisher=linker.organization(publisher) if publisher else None,
        urls=_all(each.urls for each in known),
        counts=_all(each.counts for each in known),
    )


def fuse_volumes(papers: Mapping[str, Paper], linker: Linker) -> dict[str, Volume]:
    """Return the record of each volume that papers name and that has no record of its own."""
    uses = _Uses()
    for paper in papers.values():
        if paper.container:
            key = linker.volume(paper.container, paper)
            if key not in papers:
                uses.note(key, paper.container.title, paper.container.ids, _records(paper))
    return {
        key: Volume(key, uses.name(key), uses.records(key), uses.ids(key)) for key in uses.noted()
    }


def fuse_meetings(papers: Mapping[str, Paper], linker: Linker) -> dict[str, Meeting]:
    """Return the record of each edition of a conference under its key."""
    uses = _Uses()
    events: dict[str, Event] = {}
    for paper in papers.values():
        if paper.event:
            key = linker.meeting(paper.event)
            uses.note(key, paper.event.name, paper.event.ids, _records(paper))
            events[key] = max(events.get(key, paper.event), paper.event, key=_size_of_event)
    return {
        key: Meeting(
            key, uses.name(key), uses.records(key), uses.ids(key),
            tuple(filter(None, [event.short_name])), event.place, event.date,
        )
        for key, event in sorted(events.items())
    }  # fmt: skip


def _size_of_event(event: Event) -> tuple[int, str]:
    return len(event.place) + len(event.date) + len(event.short_name), event.name


def fuse_topics(papers: Mapping[str, Paper], known: Registers, linker: Linker) -> dict[str, Topic]:
    """Return the record of each topic that the ontology does not ship, under its key."""
    uses = _Uses()
    for paper in papers.values():
        for topic in paper.topics:
            key = linker.topic(topic)
            if key and not key.startswith(SHIPPED):
                uses.note(key, topic.written, (str(topic.topic),), _records(paper))
    described = _described(known.subjects, lambda each: linker.topics.key(each.ids))
    for key, records in described.items():
        for subject in records:
            uses.note(key, "", subject.ids, (subject.origin.record,))
    return {key: _topic(key, uses, described.get(key, []), linker) for key in uses.noted()}


def _topic(key: str, uses: "_Uses", known: list[Subject], linker: Linker) -> Topic:
    name = next((each.name for each in known if each.name), "") or uses.name(key)
    return Topic(
        key=key,
        name=name,
        records=uses.records(key),
        scheme=_first(each.scheme for each in known),
        ids=uses.ids(key),
        other_names=_others(
            name, uses.names(key), (n for e in known for n in (e.name, *e.other_names))
        ),
        broader=_keys(linker.topics, (b for each in known for b in each.broader)),
        description=_first(each.description for each in known),
        counts=_all(each.counts for each in known),
    )


class _Uses:
    """What the records that name entities say of them."""

    def __init__(self) -> None:
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._records: defaultdict[str, set[str]] = defaultdict(set)

    def note(self, key: str, name: str, ids: Iterable[str], records: Iterable[str]) -> None:
        self._names[key].update([name] if name else [])
        self._ids[key].update(dict.fromkeys(ids))
        self._records[key].update(records)

    def noted(self) -> list[str]:
        return sorted(self._records)

    def name(self, key: str) -> str:
        names = self._names[key]
        return max(names, key=lambda name: (names[name], name)) if names else ""

    def names(self, key: str) -> Iterable[str]:
        return self._names[key]

    def ids(self, key: str) -> tuple[str, ...]:
        return tuple(sorted(self._ids[key]))

    def records(self, key: str) -> tuple[str, ...]:
        return tuple(sorted(self._records[key]))


def _described(records: Iterable[V], key: Callable[[V], str]) -> dict[str, list[V]]:
    described: defaultdict[str, list[V]] = defaultdict(list)
    for record in records:
        described[key(record)].append(record)
    return dict(described)


def _records(paper: Paper) -> tuple[str, ...]:
    return tuple(origin.record for origin in paper.origins)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _all(lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))


def _others(name: str, *names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({each for some in names for each in some} - {name, ""}))


def _keys(register: Register, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(register.key((each,)) for each in ids if each in register))
