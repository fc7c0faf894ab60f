"""Write the triples of a profile in its syntax; of one entity, as one nested JSON-LD object."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, BinaryIO

import msgspec

from graphbuild.publish.profiles import Profile
from graphbuild.store.columns import BATCH, Row
from graphbuild.store.jsonld import Compactor, Context, write_jsonld
from graphbuild.store.turtle import write_turtle

Node = dict[str, Any]


def write_triples(rows: Iterable[Row], profile: Profile, file: BinaryIO) -> int:
    """Write sorted triples in the profile's syntax and return how many they were."""
    if profile.manifest.format == "jsonld":
        return write_jsonld(rows, _context(profile), file)
    if profile.manifest.format == "ttl":
        return write_turtle(rows, profile.prefixes, file)
    return _write_lines(iter(rows), file)


def write_entity(rows: Iterable[Row], iri: str, profile: Profile, file: BinaryIO) -> int:
    """Write what sorted triples say of one entity and return how many triples that took.

    In JSON-LD the entity is the document and what it refers to lies inside, each node once.
    Otherwise the triples of the entity and of everything that it leads to are written.
    """
    nodes = {subject: list(group) for subject, group in groupby(rows, key=itemgetter(0))}
    reached = _reached(nodes, f"<{iri}>")
    if profile.manifest.format != "jsonld":
        kept = [row for subject in sorted(reached) for row in nodes[subject]]
        return write_triples(kept, profile, file)
    context = _context(profile)
    compactor = Compactor(context)
    objects = {subject: compactor.node(subject, nodes[subject]) for subject in reached}
    document = {"@context": context, **_nested(objects, compactor.id, f"<{iri}>")}
    file.write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    return sum(len(nodes[subject]) for subject in reached)


def _reached(nodes: dict[str, list[Row]], start: str) -> list[str]:
    """Return the subjects that one leads to, nearest first."""
    found = dict.fromkeys([start] if start in nodes else [])
    queue = list(found)
    for subject in queue:
        for _, _, value in nodes[subject]:
            if value in nodes and value not in found:
                found[value] = None
                queue.append(value)
    return list(found)


def _nested(objects: dict[str, Node], key: str, start: str) -> Node:
    """Return the object of the start, in which every other object lies where it is first named."""
    by_id = {node[key]: node for node in objects.values()}
    if start not in objects:
        return {}
    left = dict(by_id)
    root: Node = left.pop(objects[start][key])
    queue = [root]
    for node in queue:
        for values in list(node.values()):
            for place in values if isinstance(values, list) else [values]:
                if isinstance(place, dict) and place.keys() == {key} and place[key] in left:
                    place.update(left.pop(place[key]))
                    queue.append(place)
    return root


def _context(profile: Profile) -> Context:
    return profile.manifest.context or profile.prefixes


def _write_lines(rows: Iterator[Row], file: BinaryIO) -> int:
    count = 0
    while some := list(islice(rows, BATCH)):
        file.write("".join([f"{s} {p} {o} .\n" for s, p, o in some]).encode())
        count += len(some)
    return count
