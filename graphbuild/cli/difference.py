"""Say in words, or as JSON, what a difference is; for the commands that show one."""

from collections.abc import Iterator
from itertools import groupby

import click
import msgspec

from graphbuild.publish.changes import Changes, Entity, Statement
from graphbuild.publish.delta import Delta
from graphbuild.store.columns import is_iri, plain
from graphbuild.store.words import class_words, property_words, value_words
from graphbuild.text import visible

SHOWN = 20
"""Entities of one status, and statements of one entity, before the rest is only counted."""

LONGEST = 100
STATUSES = ("replaced", "new", "gone", "changed")


def objects_of(found: Changes, delta: Delta) -> Iterator[dict[str, object]]:
    """Yield what JSON Lines say: the counts, then every entity with what it gains and loses."""
    yield {"added": delta.additions, "removed": delta.removals, "classes": found.counts()}
    for entity in found.entities():
        yield {**msgspec.structs.asdict(entity), "statements": found.statements(entity.iri)}


def lines_of(found: Changes, delta: Delta, *, everything: bool = False) -> Iterator[str]:
    """Yield a summary for people."""
    if not delta:
        yield "no difference"
        return
    yield f"{delta.additions:,} triples added, {delta.removals:,} removed"
    for kind, counts in found.counts().items():
        parts = " · ".join(f"{counts[each]:,} {each}" for each in STATUSES if each in counts)
        yield f"  {_kind(kind)}: {parts}"
    for status, entities in groupby(found.entities(), key=lambda each: each.status):
        yield ""
        yield click.style(status, bold=True)
        yield from _listed(entities, found, everything=everything)


def _listed(entities: Iterator[Entity], found: Changes, *, everything: bool) -> Iterator[str]:
    rest = 0
    for number, entity in enumerate(entities):
        if number >= SHOWN and not everything:
            rest += 1
            continue
        yield _title(entity)
        if entity.status == "changed":
            yield from _statements(found.statements(entity.iri), everything=everything)
    if rest:
        yield f"  and {rest:,} more; --all lists them"


def _title(entity: Entity) -> str:
    name = f" {_cut(entity.name)}" if entity.name else ""
    successor = f" → {entity.successor}" if entity.successor else ""
    return visible(f"  {_kind(entity.kind)}{name}  <{entity.iri}>{successor}")


def _statements(statements: list[Statement], *, everything: bool) -> Iterator[str]:
    shown = statements if everything else statements[:SHOWN]
    for each in shown:
        yield visible(f"    {each.sign} {property_words(each.property)}: {_value(each.value)}")
    if len(shown) < len(statements):
        yield f"    and {len(statements) - len(shown):,} more"


def _value(term: str) -> str:
    if term.startswith(("_:", "<<")):
        return term
    return _cut((is_iri(term) and value_words(plain(term))) or plain(term))


def _kind(kind: str) -> str:
    return class_words(kind) if kind else "node without a class"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
