"""Decide who and what is the same, and make one record of each entity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from graphbuild.collect import Collected
from graphbuild.fuse import Entities, fuse
from graphbuild.fuse.lazy import Lazy
from graphbuild.fuse.links import with_links
from graphbuild.fuse.notes import Notes
from graphbuild.fuse.papers import fuse_papers
from graphbuild.fuse.registers import Registers
from graphbuild.fuse.stated import statements
from graphbuild.marks import marks_of
from graphbuild.records import (
    Author,
    Institution,
    Observation,
    Paper,
    Profile,
    Redirect,
    Source,
    Subject,
    Tombstone,
    Venue,
)
from graphbuild.resolve.judgements import Judgement, latest
from graphbuild.resolve.links import Links
from graphbuild.resolve.papers import group_papers
from graphbuild.resolve.people import resolve_people
from graphbuild.resolve.published import Anchor, Published, anchors_of
from graphbuild.resolve.registers import replacements
from graphbuild.resolve.rules import Rules
from graphbuild.spool import Outline


@dataclass(frozen=True)
class How:
    """By what it is decided.

    Attributes:
        rules: weights and thresholds of identity.
        published: what an earlier build published.
        trust: formats in the order of trust.
        keep_statements: keep what each source says by itself too.
        links: what is the same in the graphs of others.
        tombstones: of people who were forgotten.
    """

    rules: Rules
    published: Published
    trust: Sequence[str] = ()
    keep_statements: bool = False
    links: Links = field(default_factory=Links)
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True)
class Decided:
    """What it comes to.

    Attributes:
        entities: the fused records.
        judgements: the decisions with their evidence.
        anchors: what the next build needs to know, to keep keys.
        groups: the outlines of each paper's records.
        marks: of what each paper is made of, see `graphbuild.marks`.
    """

    entities: Entities
    judgements: list[Judgement]
    anchors: Iterator[Anchor]
    groups: Mapping[str, Sequence[Paper]]
    marks: Mapping[str, str]


def decide(collected: Collected, judged: list[Judgement], how: How) -> Decided:
    """Return one record of each entity that the records speak of."""
    replaced = replacements((each.old, each.new) for each in collected.of(Redirect))
    rules, published, spool = how.rules, how.published, collected.spool
    trust = trusted(collected, how)
    found = group_papers(
        collected.of(Outline), replaced, published.of("paper"), rules.papers, latest(judged)
    )
    groups = Lazy(found.groups, lambda key: tuple(map(spool.paper, found.groups[key])))
    papers = Lazy(found.groups, lambda key: fuse_papers(groups[key], trust))
    known = _registers(collected, replaced, rules.organizations.join)
    notes = Notes(known.origins())
    people = resolve_people(
        Lazy(found.groups, lambda key: notes.add(key, papers[key])),
        known.profiles,
        judged,
        known.authors,
        replaced,
        rules.people,
        published.of("person"),
    )
    entities = fuse(papers, people, known, found, notes, published)
    entities = with_links(entities, people, found, how.links)
    entities = replace(entities, tombstones=_tombstones(collected, how))
    if how.keep_statements:
        told = statements(groups, people.registered, known, entities.linker)
        entities = replace(entities, statements=told)
    anchors = chain(
        anchors_of("paper", found.anchors, found.kept),
        anchors_of("person", people.anchors, people.kept),
        *(
            anchors_of(kind, each.anchors, each.kept)
            for kind, each in entities.keys.settled.items()
        ),
        entities.keys.words.anchors(found.groups),
    )
    marks = marks_of(found, people, known, entities, (how.trust, how.links, how.tombstones))
    return Decided(entities, [*found.judgements, *people.judgements], anchors, found.groups, marks)


def _tombstones(collected: Collected, how: How) -> dict[str, Tombstone]:
    known = (*collected.of(Tombstone), *how.tombstones)
    return {each.key: each for each in sorted(known, key=lambda each: each.key)}


def _registers(
    collected: Collected, replaced: dict[str, str], affiliation_score: float
) -> Registers:
    return Registers(
        sources=tuple(collected.of(Source)),
        profiles=tuple(collected.of(Profile)),
        observations=tuple(collected.of(Observation)),
        authors=tuple(collected.of(Author)),
        institutions=tuple(collected.of(Institution)),
        venues=tuple(collected.of(Venue)),
        subjects=tuple(collected.of(Subject)),
        replaced=replaced,
        redirects=tuple(collected.of(Redirect)),
        affiliation_score=affiliation_score,
    )


def trusted(collected: Collected, how: How) -> dict[str, int]:
    """Return the place of each source in the order of trust; formats not named come last."""
    places = {name: place for place, name in enumerate(how.trust)}
    sources = collected.of(Source)
    return {source.key: places.get(source.format, len(places)) for source in sources}
