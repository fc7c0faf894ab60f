"""Make one record of each organisation, outlet, volume, meeting and topic."""

from collections import Counter, defaultdict
from collections.abc import Container as Holding
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from graphbuild.entities import Meeting, Organization, Outlet, Topic, Volume
from graphbuild.fuse.notes import SHIPPED, Notes
from graphbuild.parts import Container, Event, OrganizationName, Origin, TopicLink, VenueName
from graphbuild.records import (
    Author,
    Institution,
    Observation,
    Profile,
    Redirect,
    Source,
    Subject,
    Venue,
)
from graphbuild.resolve.affiliations import Affiliations
from graphbuild.resolve.keys import hashed
from graphbuild.resolve.published import Published, Settled
from graphbuild.resolve.registers import ORGANIZATIONS, TOPICS, VENUES, Register
from graphbuild.resolve.rules import shipped_rules
from graphbuild.text import name_key

T = TypeVar("T")
NOTHING = Published()
V = TypeVar("V", Institution, Venue, Subject)


@dataclass(frozen=True)
class Linker:
    """Gives the keys of what records name.

    Attributes:
        organizations, outlets, topics: the registers.
        papers: the paper that each identifier stands for.
        affiliations: finds organisations of registers by what affiliations say.
        least: score from which on an affiliation names one.
        volumes: the key of each volume, by the key that it would have without history.
    """

    organizations: Register
    outlets: Register
    topics: Register
    papers: Mapping[str, str]
    affiliations: Affiliations
    least: float
    volumes: Mapping[str, str] = field(default_factory=dict)

    def organization(self, named: OrganizationName) -> str:
        """Return the key of an organisation."""
        return self.organizations.key(named.ids, named.name)

    def affiliation(self, written: str) -> str | None:
        """Return the key of the registered organisation that an affiliation surely names."""
        found = self.affiliations.find(written)
        if found is None or found.score < self.least:
            return None
        return self.organizations.key((found.id,))

    def outlet(self, named: VenueName) -> str:
        """Return the key of a journal, series or repository."""
        return self.outlets.key(named.ids, named.name)

    def topic(self, link: TopicLink) -> str | None:
        """Return the key of a topic, None when it is undecided."""
        if link.topic is None or link.topic.startswith(SHIPPED):
            return link.topic
        return self.topics.key((link.topic,))

    def volume(self, container: Container, year: str) -> str:
        """Return the key of the volume of a paper of this year: its own record's, if it has one."""
        known = [self.papers[each] for each in container.ids if each in self.papers]
        if known:
            return known[0]
        named = hashed("volume", name_key(container.title), year)
        natural = container.ids[0] if container.ids else named
        return self.volumes.get(natural, natural)

    def settled(self) -> dict[str, Settled]:
        """Return which keys the entities of registers have, by kind."""
        registers = {"org": self.organizations, "venue": self.outlets, "topic": self.topics}
        return {kind: register.settled for kind, register in registers.items()}

    def meeting(self, event: Event) -> str:
        """Return the key of one edition of a conference."""
        return event.ids[0] if event.ids else hashed("event", name_key(event.name))


@dataclass(frozen=True)
class Registers:
    """What is known besides papers, by type of record.

    Attributes:
        replaced: identifiers that their register replaced, and by which.
        redirects: the same as their registers state it.
        affiliation_score: score from which on an affiliation names an organisation; None for
            the shipped one.
    """

    sources: tuple[Source, ...] = ()
    profiles: tuple[Profile, ...] = ()
    observations: tuple[Observation, ...] = ()
    authors: tuple[Author, ...] = ()
    institutions: tuple[Institution, ...] = ()
    venues: tuple[Venue, ...] = ()
    subjects: tuple[Subject, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    affiliation_score: float | None = None

    def origins(self) -> list[Origin]:
        """Return the places of all records."""
        return [each.origin for each in self._described()]

    def metrics(self) -> frozenset[str]:
        """Return the metrics of all numbers that are stated."""
        counts = (count.metric for each in self._described() for count in each.counts)
        return frozenset(counts) | {each.metric for each in self.observations}

    def _described(self) -> tuple[Author | Institution | Venue | Subject, ...]:
        return (*self.authors, *self.institutions, *self.venues, *self.subjects)


def link(
    notes: Notes, by_id: Mapping[str, str], known: Registers, published: Published = NOTHING
) -> Linker:
    """Return what gives the keys of all that papers and registers name.

    Args:
        notes: what papers name; what registers name of organisations is added to them.
        by_id: the paper that each identifier stands for.
        known: what registers say.
        published: what an earlier build published.
    """
    organizations = Register("organization", ORGANIZATIONS, known.replaced)
    for institution in known.institutions:
        organizations.add(institution.ids, institution.name)
    for named, record in _named_by_registers(known):
        notes.organizations.note(named, (record,))
    for named in notes.organizations:
        organizations.add(named.ids, named.name)
    outlets = Register("venue", VENUES, known.replaced)
    for venue in (*known.venues, *notes.outlets):
        outlets.add(venue.ids, venue.name)
    topics = Register("topic", TOPICS, known.replaced)
    for subject in known.subjects:
        topics.add(subject.ids)
    for topic, _ in notes.topics:
        topics.add((topic,))
    organizations.settle(_bare(notes.organizations), published.of("org"))
    outlets.settle(_bare(notes.outlets), published.of("venue"))
    topics.settle((), published.of("topic"))
    least = known.affiliation_score or shipped_rules().organizations.join
    return Linker(organizations, outlets, topics, by_id, Affiliations(known.institutions), least)


def _bare(named: Iterable[OrganizationName | VenueName]) -> Iterator[str]:
    """Yield the names that stand without an identifier."""
    return (each.name for each in named if not each.ids)


def _named_by_registers(known: Registers) -> Iterator[tuple[OrganizationName, str]]:
    """Yield every organisation that a register names elsewhere, and the key of the record."""
    for author in known.authors:
        for affiliation in author.affiliations:
            yield from ((named, author.origin.record) for named in affiliation.organizations)
    for venue in known.venues:
        if venue.publisher:
            yield venue.publisher, venue.origin.record


def fuse_organizations(notes: Notes, known: Registers, linker: Linker) -> dict[str, Organization]:
    """Return the record of each organisation under its key."""
    said = _Said()
    others: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for named, uses, records in notes.organizations.items():
        key = linker.organization(named)
        said.note(key, named.name, named.ids, records, uses)
        others[key].update(dict.fromkeys(named.other_ids))
    described = by_key(known.institutions, linker.organizations)
    for key, institutions in described.items():
        for institution in institutions:
            said.note(key, "", institution.ids, (institution.origin.record,))
    return {
        key: _organization(key, said, others[key], described.get(key, []), linker)
        for key in said.noted()
    }


def _organization(
    key: str, said: "_Said", others: Iterable[str], known: list[Institution], linker: Linker
) -> Organization:
    name = next((each.name for each in known if each.name), "") or said.name(key)
    return Organization(
        key=key,
        name=name,
        records=said.records(key),
        ids=said.ids(key),
        malformed_ids=_all(each.malformed_ids for each in known),
        other_ids=tuple(sorted(others)),
        other_names=_others(
            name, said.names(key), (n for e in known for n in (e.name, *e.other_names))
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


def fuse_outlets(notes: Notes, known: Registers, linker: Linker) -> dict[str, Outlet]:
    """Return the record of each journal, series and repository under its key."""
    said = _Said()
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shorts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for named, uses, records in notes.outlets.items():
        key = linker.outlet(named)
        said.note(key, named.name, named.ids, records, uses)
        kinds[key].update({named.kind: uses} if named.kind else {})
        shorts[key].update(dict.fromkeys(named.short_names))
    described = by_key(known.venues, linker.outlets)
    for key, venues in described.items():
        for venue in venues:
            said.note(key, "", venue.ids, (venue.origin.record,))
    return {
        key: _outlet(key, said, described.get(key, []), kinds[key], tuple(shorts[key]), linker)
        for key in said.noted()
    }


def _outlet(  # noqa: PLR0913 - what papers and registers say
    key: str,
    said: "_Said",
    known: list[Venue],
    kinds: Counter[str],
    shorts: tuple[str, ...],
    linker: Linker,
) -> Outlet:
    name = next((each.name for each in known if each.name), "") or said.name(key)
    publisher = next((each.publisher for each in known if each.publisher), None)
    used = max(kinds, key=lambda kind: (kinds[kind], kind)) if kinds else None
    return Outlet(
        key=key,
        name=name,
        records=said.records(key),
        ids=said.ids(key),
        malformed_ids=_all(each.malformed_ids for each in known),
        other_names=_others(
            name, (*said.names(key), *shorts), (n for e in known for n in (e.name, *e.other_names))
        ),
        kind=next((each.kind for each in known if each.kind), used),  # type: ignore[arg-type]
        publisher=linker.organization(publisher) if publisher else None,
        urls=_all(each.urls for each in known),
        counts=_all(each.counts for each in known),
    )


def fuse_volumes(notes: Notes, papers: Holding[str], linker: Linker) -> dict[str, Volume]:
    """Return the record of each volume that papers name and that has no record of its own."""
    said = _Said()
    for (container, year), uses, records in notes.volumes.items():
        key = linker.volume(container, year)
        if key not in papers:
            said.note(key, container.title, container.ids, records, uses)
    return {
        key: Volume(key, said.name(key), said.records(key), said.ids(key)) for key in said.noted()
    }


def fuse_meetings(notes: Notes, linker: Linker) -> dict[str, Meeting]:
    """Return the record of each edition of a conference under its key."""
    said = _Said()
    events: dict[str, Event] = {}
    for event, uses, records in notes.meetings.items():
        key = linker.meeting(event)
        said.note(key, event.name, event.ids, records, uses)
        events[key] = max(events.get(key, event), event, key=_size_of_event)
    return {
        key: Meeting(
            key, said.name(key), said.records(key), said.ids(key),
            tuple(filter(None, [event.short_name])), event.place, event.date,
        )
        for key, event in sorted(events.items())
    }  # fmt: skip


def _size_of_event(event: Event) -> tuple[int, str, str, str, str]:
    size = len(event.place) + len(event.date) + len(event.short_name)
    return size, event.name, event.short_name, event.place, event.date


def fuse_topics(notes: Notes, known: Registers, linker: Linker) -> dict[str, Topic]:
    """Return the record of each topic that the ontology does not ship, under its key."""
    said = _Said()
    for (topic, written), uses, records in notes.topics.items():
        said.note(linker.topics.key((topic,)), written, (topic,), records, uses)
    described = by_key(known.subjects, linker.topics)
    for key, subjects in described.items():
        for subject in subjects:
            said.note(key, "", subject.ids, (subject.origin.record,))
    return {key: _topic(key, said, described.get(key, []), linker) for key in said.noted()}


def _topic(key: str, said: "_Said", known: list[Subject], linker: Linker) -> Topic:
    name = next((each.name for each in known if each.name), "") or said.name(key)
    return Topic(
        key=key,
        name=name,
        records=said.records(key),
        scheme=_first(each.scheme for each in known),
        ids=said.ids(key),
        other_names=_others(
            name, said.names(key), (n for e in known for n in (e.name, *e.other_names))
        ),
        broader=_keys(linker.topics, (b for each in known for b in each.broader)),
        description=_first(each.description for each in known),
        counts=_all(each.counts for each in known),
    )


class _Said:
    """What the records that name entities say of them."""

    def __init__(self) -> None:
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._records: defaultdict[str, set[str]] = defaultdict(set)

    def note(
        self, key: str, name: str, ids: Iterable[str], records: Iterable[str], uses: int = 1
    ) -> None:
        if name:
            self._names[key][name] += uses
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


def by_key(records: Iterable[V], register: Register) -> dict[str, list[V]]:
    """Return the records of a register under the keys of what they describe."""
    described: defaultdict[str, list[V]] = defaultdict(list)
    for record in records:
        described[register.key(record.ids)].append(record)
    return dict(described)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _all(lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))


def _others(name: str, *names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({each for some in names for each in some} - {name, ""}))


def _keys(register: Register, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(register.key((each,)) for each in ids if each in register))
