"""What somebody else has: people, papers, organisations and venues, each under an IRI of theirs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graphbuild.errors import InputError
from graphbuild.parts import OrganizationName
from graphbuild.records import Author, Institution, Paper, Record, Rejected, Source, Venue
from graphbuild.resolve.links import TARGET
from graphbuild.sources.files import find_inputs
from graphbuild.sources.rdf.reader import read_with_iris

KINDS = ("person", "paper", "org", "venue")
"""The kinds of entities that are linked, as the words in IRIs of ours call them."""


@dataclass
class Entity:
    """One entity of theirs.

    Attributes:
        kind: one of `KINDS`.
        name: name or title.
        ids: identifiers, without its IRI.
    """

    kind: str
    name: str = ""
    ids: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Theirs:
    """What somebody else has.

    Attributes:
        records: in the form in which sources are read, each with the IRI as an identifier.
        entities: what the records are of, by IRI.
        venue_of: the venues of each paper, by IRI.
        homes: the organisations of each person, by IRI.
    """

    records: Sequence[Record]
    entities: dict[str, Entity] = field(default_factory=dict)
    venue_of: dict[str, set[str]] = field(default_factory=dict)
    homes: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.records:
            self._note(record)

    def of(self, kind: str) -> dict[str, Entity]:
        """Return the entities of one kind, by IRI."""
        return {iri: each for iri, each in self.entities.items() if each.kind == kind}

    def _note(self, record: Record) -> None:
        if isinstance(record, Paper):
            self._paper(record)
        elif isinstance(record, Author):
            homes = [o for each in record.affiliations for o in each.organizations]
            self._person(record.ids, record.name, homes)
        elif isinstance(record, Institution):
            self._entity("org", record.ids, record.name)
        elif isinstance(record, Venue):
            self._entity("venue", record.ids, record.name)

    def _paper(self, paper: Paper) -> None:
        own = self._entity("paper", paper.ids, paper.title)
        venue = self._entity("venue", paper.venue.ids, paper.venue.name) if paper.venue else ""
        if own and venue:
            self.venue_of.setdefault(own, set()).add(venue)
        for author in paper.authors:
            homes = [o for each in author.affiliations for o in each.organizations]
            if author.organization:
                self._entity("org", author.ids, author.name)
            elif not author.forgotten:
                self._person(author.ids, author.name, homes)

    def _person(self, ids: Iterable[str], name: str, homes: Iterable[OrganizationName]) -> None:
        own = self._entity("person", ids, name)
        for home in homes:
            iri = self._entity("org", home.ids, home.name)
            if own and iri:
                self.homes.setdefault(own, set()).add(iri)

    def _entity(self, kind: str, ids: Iterable[str], name: str) -> str:
        """Note an entity, and return its IRI; nothing for one without."""
        iri, known = "", []
        for each in ids:
            if each.startswith(TARGET):
                iri = each.removeprefix(TARGET)
            else:
                known.append(each)
        if iri:
            entity = self.entities.setdefault(iri, Entity(kind))
            entity.name = entity.name or name
            entity.ids.update(known)
        return iri


def read_graph(path: Path, spool: Path) -> Theirs:
    """Return what a graph holds, in whatever of the vocabularies that are read.

    Args:
        path: a file of RDF, or a folder of such files.
        spool: for temporary files.

    Raises:
        InputError: it cannot be read, or holds a line that is no RDF.
    """
    return Theirs(list(_records(path, spool)))


def _records(path: Path, spool: Path) -> Iterator[Record]:
    for file in find_inputs((str(path),), spool):
        for record in read_with_iris(file):
            if isinstance(record, Rejected):
                raise InputError(record.reason, location=file.location, line=record.line or None)
            yield record


def is_empty(theirs: Theirs) -> bool:
    """Say whether nothing but sources was read."""
    return all(isinstance(each, Source) for each in theirs.records)
