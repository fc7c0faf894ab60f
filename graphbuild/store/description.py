"""Describe one entity the way a reader wants it: what it is, what it is linked to, who says so."""

from collections.abc import Iterator

import msgspec

from graphbuild.errors import NoSuchEntityError
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import curie
from graphbuild.store.aspects import Part, parts
from graphbuild.store.columns import Row
from graphbuild.store.facts import Facts
from graphbuild.store.places import Place, entity

OWNED = [v.LINK_PAPER, v.ASSIGNMENT_PAPER, v.INTRODUCTION_PAPER, v.FEATURE_OF_INTEREST]
"""Properties by which a node that only details an entity refers to it."""


class Source(msgspec.Struct, frozen=True):
    """A record that the description rests on; a part that does not apply is None.

    Attributes:
        file: name of the input.
        entry: number of the record in the input, from 1.
        line: its first line, from 1.
        text: its words, as far as the graph keeps them.
    """

    file: str
    entry: int | None
    line: int | None
    text: str | None


class Description(msgspec.Struct, frozen=True):
    """Everything said of one entity.

    Attributes:
        iri: the entity.
        name: what it is called.
        kind: CURIE of its class.
        parts: what is said of it, in the order of reading.
        sources: the records that say so.
        properties: every statement about it as CURIE and value.
        incoming: every statement that refers to it as CURIE and IRI.
    """

    iri: str
    name: str
    kind: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    properties: tuple[tuple[str, str], ...]
    incoming: tuple[tuple[str, str], ...]


def resolve(place: Place, facts: Facts, text: str) -> str:
    """Return the IRI of the entity that ``text`` stands for, also of one that has no name.

    Raises:
        NoSuchEntityError: there is none.
        AmbiguousEntityError: there are several.
    """
    iri = text.removeprefix("<").removesuffix(">")
    for candidate in (iri, facts.whole(iri)):
        if facts.knows(candidate):
            return current(facts, candidate)
    found = entity(place, text)
    if not facts.knows(found):
        raise NoSuchEntityError(f"the graph says nothing of {found}; build it again")
    return found


def current(facts: Facts, iri: str) -> str:
    """Return where an IRI leads that was published before and is no entity's any more."""
    moved = v.FORMER[1:-1] in facts.texts(iri, v.TYPE)
    return facts.text(iri, v.REPLACED_BY) if moved else iri


def describe(facts: Facts, iri: str) -> Description:
    """Return the description of an entity that the graph knows."""
    kind = curie(facts.text(iri, v.TYPE))
    return Description(
        iri=iri,
        name=facts.name(iri),
        kind=kind,
        parts=tuple(parts(facts, iri, kind)),
        sources=tuple(_sources(facts, iri)),
        properties=tuple((curie(name), value.value) for name, value in facts.outgoing(iri)),
        incoming=tuple((curie(name), other) for name, other in facts.incoming(iri)),
    )


def statements(facts: Facts, iri: str) -> list[Row]:
    """Return the triples about an entity, then those about the nodes that only detail it."""
    nodes = set(facts.texts(iri, v.HAS_AUTHORSHIP))
    nodes.update(node for predicate in OWNED for node in facts.subjects(predicate, iri))
    return [row for node in (iri, *sorted(nodes - {iri})) for row in facts.statements(node)]


def _sources(facts: Facts, iri: str) -> Iterator[Source]:
    records = facts.texts(iri, v.DERIVED_FROM) or facts.texts(iri, v.PART_OF)
    for line, record in sorted((int(facts.text(each, v.LINE) or 0), each) for each in records):
        page = facts.text(record, v.PART_OF) or record
        entry = record.rpartition("-e")[2] if record != page else ""
        yield Source(
            file=facts.text(page, v.IDENTIFIER) or facts.short(page),
            entry=int(entry) if entry.isdecimal() else None,
            line=line or None,
            text=facts.text(record, v.TEXT_AS_WRITTEN) or None,
        )
