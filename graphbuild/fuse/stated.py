"""What each source says by itself: its records under the keys that their entities have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graphbuild.entities import Holder
from graphbuild.fuse import Entities
from graphbuild.fuse.notes import Notes
from graphbuild.fuse.people import person_of_register
from graphbuild.fuse.registers import (
    Linker,
    Registers,
    by_key,
    fuse_organizations,
    fuse_outlets,
    fuse_topics,
)
from graphbuild.records import Author, Described, Institution, Paper, Venue
from graphbuild.resolve.keys import mention_keys

Statements = Mapping[str, Mapping[str, Sequence[Described]]]
"""For each kind the source records that describe each entity, by the key of the entity."""


def statements(
    papers: Mapping[str, Sequence[Paper]],
    authors: Mapping[str, Sequence[Author]],
    known: Registers,
    linker: Linker,
) -> Statements:
    """Return the source records of all entities that records describe.

    Args:
        papers: those of each paper, read when they are asked for.
        authors: those of each person.
        known: what registers say.
        linker: gives the keys of what they describe.
    """
    return {
        "paper": papers,
        "person": authors,
        "org": by_key(known.institutions, linker.organizations),
        "venue": by_key(known.venues, linker.outlets),
        "topic": by_key(known.subjects, linker.topics),
    }


def alone(key: str, record: Described, entities: Entities) -> Entities:
    """Return the graph as it were if one record were all that is said of an entity."""
    linker = entities.linker
    if isinstance(record, Paper):
        holders = {key: tuple(_holders(key, record, entities))}
        return replace(entities, papers={key: record}, holders=holders)
    if isinstance(record, Author):
        person = person_of_register(key, record, linker.organization)
        return replace(entities, people={key: person})
    notes = Notes()
    if isinstance(record, Institution):
        only = Registers(institutions=(record,))
        return replace(entities, organizations=fuse_organizations(notes, only, linker))
    if isinstance(record, Venue):
        return replace(entities, outlets=fuse_outlets(notes, Registers(venues=(record,)), linker))
    only = Registers(subjects=(record,))
    return replace(entities, topics=fuse_topics(notes, only, linker))


def _holders(key: str, record: Paper, entities: Entities) -> Iterator[Holder | None]:
    """Yield who holds each authorship; None for a name that the fused list writes otherwise."""
    known = dict(zip(mention_keys(key, entities.papers[key]), entities.holders[key], strict=True))
    yield from map(known.get, mention_keys(key, record))


def origin_of(record: Described) -> str:
    """Return the key of a record in its source."""
    origin = record.origins[0] if isinstance(record, Paper) else record.origin
    return origin.record
