"""What resolving and fusing make of records: one record per entity."""

from graphbuild.parts import ArtifactKind, IdentityStatus, Struct


class Person(Struct, frozen=True):
    """A person, as far as the evidence goes.

    Attributes:
        key: canonical key.
        possibly_same: keys of persons of whom it is undecided whether they are this one.
        papers: keys of the papers.
        records: keys of the source records.
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


class Organization(Struct, frozen=True):
    """An organisation of which only the name is known."""

    key: str
    name: str
    records: tuple[str, ...]


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
