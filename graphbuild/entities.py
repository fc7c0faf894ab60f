"""What resolving and fusing make of records: one record per entity."""

from typing import NamedTuple

from graphbuild.parts import ArtifactKind, Count, IdentityStatus, Struct, VenueKind

WORDS: dict[str, str] = {
    "proceedings": "volume", "issue": "volume", "dataset": "data", "software": "software",
}  # fmt: skip
"""The word in the IRI of what is no paper, by kind of the record."""


class Holder(NamedTuple):
    """Who holds an authorship: a ``person`` or, as author of its own, an ``org``."""

    kind: str
    key: str


class Person(Struct, frozen=True):
    """A person, as far as the evidence goes.

    Attributes:
        key: canonical key.
        possibly_same: keys of persons of whom it is undecided whether they are this one.
        papers: keys of the papers.
        records: keys of the source records.
        ids: identifiers.
        malformed_ids: scheme and text of identifiers that break the rules of their scheme.
        affiliations: keys of organisations that a register ties the person to.
        affiliations_written: the same as written, where no organisation is recognised.
        counts: numbers that registers state.
        mixed: why the papers may be of several people, in words; empty when nothing says so.
    """

    key: str
    name: str
    status: IdentityStatus
    records: tuple[str, ...]
    papers: tuple[str, ...]
    given: str | None = None
    family: str | None = None
    other_names: tuple[str, ...] = ()
    possibly_same: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    affiliations: tuple[str, ...] = ()
    affiliations_written: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    mixed: str = ""


class Former(Struct, frozen=True):
    """An entity that was published and is now part of another.

    Attributes:
        kind: the word in its IRI, e.g. ``paper``, ``data`` or ``org``.
        key: the key that it had.
        now: the key of the entity that it is part of.
        on: the day on which its register gave its identifier up, ISO 8601, if stated.
        into: the word in the IRI of that entity.
    """

    kind: str
    key: str
    now: str
    into: str
    on: str = ""


class Organization(Struct, frozen=True):
    """An organisation: identified by a register, or just a name on a paper.

    Attributes:
        other_ids: identifiers of registers whose rules we do not know, as written.
        parents: keys of the organisations that it belongs to.
        successors: keys of the organisations that took its place.
    """

    key: str
    name: str
    records: tuple[str, ...]
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    other_ids: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    country: str = ""
    place: str = ""
    status: str = ""
    urls: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()


class Outlet(Struct, frozen=True):
    """Where papers appear: a journal, a series of conferences, a repository.

    Attributes:
        publisher: key of the organisation.
    """

    key: str
    name: str
    records: tuple[str, ...]
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    kind: VenueKind | None = None
    publisher: str | None = None
    urls: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()


class Volume(Struct, frozen=True):
    """A volume that papers name and that has no record of its own."""

    key: str
    title: str
    records: tuple[str, ...]
    ids: tuple[str, ...] = ()


class Meeting(Struct, frozen=True):
    """One edition of a conference."""

    key: str
    name: str
    records: tuple[str, ...]
    ids: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    place: str = ""
    date: str = ""


class Topic(Struct, frozen=True):
    """A topic of a scheme that graphbuild does not ship.

    Attributes:
        broader: keys of the topics above.
    """

    key: str
    name: str
    records: tuple[str, ...]
    scheme: str = ""
    ids: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    description: str = ""
    counts: tuple[Count, ...] = ()


class Repository(Struct, frozen=True):
    """A code repository on a forge.

    Attributes:
        key: ``host:owner:name`` in lower case.
        name: ``owner/name`` in display case.
        possible_owners: keys of persons whom the account name resembles.
    """

    key: str
    host: str
    name: str
    url: str
    records: tuple[str, ...]
    possible_owners: tuple[str, ...] = ()


class Artifact(Struct, frozen=True):
    """A system, method, dataset or benchmark.

    Attributes:
        family: key of its `Family`.
        succeeds: keys of the versions that came directly before it.
        repositories: keys of the repositories that hold it.
    """

    key: str
    name: str
    kind: ArtifactKind
    paper: str
    records: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    family: str | None = None
    succeeds: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()


class Family(Struct, frozen=True):
    """The versions of one artifact taken together."""

    key: str
    name: str
    records: tuple[str, ...]
