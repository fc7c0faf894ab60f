"""Tie the entities of a graph to those of others that they are the same as."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

import msgspec

from graphbuild.entities import WORDS, Former, Organization, Outlet, Person
from graphbuild.fuse import Entities
from graphbuild.fuse.lazy import Lazy
from graphbuild.identifiers import from_url
from graphbuild.resolve.links import Links, same_ones
from graphbuild.resolve.papers import Papers
from graphbuild.resolve.people import People

T = TypeVar("T", Person, Organization, Outlet)

SCHEMES = {
    "paper": frozenset({"doi", "arxiv", "acl", "openalex", "pmid", "pmcid", "wikidata", "omid"}),
    "person": frozenset({"orcid", "openalex", "isni", "wikidata", "dblp-person"}),
    "org": frozenset({"ror", "openalex", "isni", "wikidata", "grid"}),
    "venue": frozenset({"issn", "openalex", "wikidata"}),
}
"""Schemes of which an entity of each kind can have an identifier; other IRIs stay IRIs."""


def with_links(entities: Entities, people: People, found: Papers, links: Links) -> Entities:
    """Return the entities with their links.

    An IRI of theirs that is an identifier becomes one of ours; of a preferred set it becomes the
    entity's own IRI, to which the one that graphbuild would mint leads.

    Args:
        entities: the fused graph.
        people: who is who.
        found: which records are which paper.
        links: the decisions.
    """
    if not links.decided:
        return entities
    named = _Named(entities, people, found)
    known = {case.left: named.find(case.left) for case in links.decided}
    ours = {left: entity for left, entity in known.items() if entity}
    same = same_ones(links.decided, ours)
    adopted = _adopted(same, frozenset(links.preferred))
    ids = {
        entity: tuple(i for iri in iris if (i := _identifier(entity, iri)))
        for entity, iris in same.items()
    }
    return replace(
        entities,
        people=_identified(entities.people, "person", ids),
        organizations=dict(_identified(entities.organizations, "org", ids)),
        outlets=dict(_identified(entities.outlets, "venue", ids)),
        links=_kept(same, ids, adopted),
        adopted={_worded(entity, entities): iri for entity, iri in adopted.items()},
        former=entities.former | _formers(_worded(entity, entities) for entity in adopted),
    )


def _kept(
    same: Mapping[str, Mapping[str, None]],
    ids: Mapping[str, tuple[str, ...]],
    adopted: Mapping[str, str],
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the identifiers of papers, and the IRIs that are neither these nor adopted."""
    left = {
        entity: (
            ids[entity] if entity.startswith("paper/") else (),
            tuple(i for i in iris if not _identifier(entity, i) and i != adopted.get(entity)),
        )
        for entity, iris in same.items()
    }
    return {entity: kept for entity, kept in left.items() if any(kept)}


def _adopted(same: Mapping[str, Mapping[str, None]], preferred: frozenset[str]) -> dict[str, str]:
    """Return the IRI that each entity takes over: of one that two of ours have, neither does."""
    chosen = {
        entity: next(filter(preferred.__contains__, iris), "") for entity, iris in same.items()
    }
    holders: dict[str, list[str]] = {}
    for entity, iri in chosen.items():
        holders.setdefault(iri, []).append(entity)
    return {some[0]: iri for iri, some in sorted(holders.items()) if iri and len(some) == 1}


def _identifier(entity: str, iri: str) -> str | None:
    known = from_url(iri)
    fits = known and known.partition(":")[0] in SCHEMES[entity.partition("/")[0]]
    return known if fits else None


def _worded(entity: str, entities: Entities) -> str:
    """Return kind and key as the IRI of ours has them."""
    kind, _, key = entity.partition("/")
    word = WORDS.get(entities.notes.kind_of.get(key, ""), kind) if kind == "paper" else kind
    return f"{word}/{key}"


def _formers(adopted: Iterable[str]) -> dict[str, Former]:
    """Return what the IRIs of ours are that others have taken the place of."""
    parts = (entity.partition("/") for entity in adopted)
    return {f"{kind}/{key}": Former(kind, key, key, kind) for kind, _, key in parts}


def _identified(
    records: Mapping[str, T], kind: str, ids: Mapping[str, tuple[str, ...]]
) -> Mapping[str, T]:
    more = {
        entity.partition("/")[2]: known
        for entity, known in ids.items()
        if known and entity.startswith(f"{kind}/")
    }
    if not more:
        return records

    return Lazy(records, lambda key: _with_ids(records[key], more.get(key, ())))


def _with_ids(record: T, ids: tuple[str, ...]) -> T:
    if not ids:
        return record
    united = tuple(dict.fromkeys((*record.ids, *ids)))
    status = {"status": "identified"} if isinstance(record, Person) else {}
    return msgspec.structs.replace(record, ids=united, **status)


class _Named:
    """Finds the entity that the left side of a decision names."""

    def __init__(self, entities: Entities, people: People, found: Papers) -> None:
        self._entities = entities
        self._people = people
        self._found = found
        self._holders: dict[str, str] | None = None

    def find(self, left: str) -> str:
        """Return kind and key, with a slash between them; empty when the graph has none such."""
        if "#" in left:
            return self._mention(left)
        kind, slash, key = left.partition("/")
        if slash and kind in ("org", "venue"):
            return self._register(kind, key)
        paper = self._paper(left)
        return f"paper/{paper}" if paper else self._person(left)

    def _mention(self, left: str) -> str:
        paper, _, name = left.partition("#")
        keys = (left, f"{self._paper(paper)}#{name}")
        person = next(filter(None, map(self._people.person_of.get, keys)), "")
        return f"person/{person}" if person else ""

    def _paper(self, key: str) -> str:
        if key in self._entities.papers:
            return key
        return self._found.kept.moved.get(key) or self._found.by_id.get(key, "")

    def _person(self, key: str) -> str:
        if key not in self._entities.people:
            key = self._people.kept.moved.get(key) or self._holder(key)
        return f"person/{key}" if key else ""

    def _register(self, kind: str, key: str) -> str:
        held = self._entities.organizations if kind == "org" else self._entities.outlets
        if key in held:
            return f"{kind}/{key}"
        moved = self._entities.former.get(f"{kind}/{key}")
        return f"{kind}/{moved.now}" if moved else ""

    def _holder(self, known: str) -> str:
        if self._holders is None:
            self._holders = dict(_identifiers(self._people))
        return self._holders.get(known, "")


def _identifiers(people: People) -> Iterable[tuple[str, str]]:
    for key, mentions in people.members.items():
        yield from ((known, key) for mention in mentions for known in mention.ids)
    for key, authors in people.registered.items():
        yield from ((known, key) for author in authors for known in author.ids)
