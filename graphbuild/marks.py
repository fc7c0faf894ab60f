"""Mark what each paper's triples are made of: with the same mark they are the same."""

import hashlib
from collections import defaultdict

import msgspec

from graphbuild import __version__
from graphbuild.fuse import Entities
from graphbuild.fuse.registers import Registers
from graphbuild.records import Source
from graphbuild.resolve.papers import Papers
from graphbuild.resolve.people import People
from graphbuild.sources import format_named

ALL = ""
"""The key of the mark of what all papers depend on."""


def marks_of(
    found: Papers, people: People, known: Registers, entities: Entities, also: object
) -> dict[str, str]:
    """Return the mark of each paper by its key, and of what all depend on.

    A mark stands for the records of a paper, what of them counts, who its authors are, and which
    work it belongs to. What else a paper names is told by the keys of what is named.

    Args:
        found: the records of each paper.
        people: who is who.
        known: what registers say.
        entities: the fused records.
        also: what else all of them depend on.
    """
    read = {each.key: _reader(each) for each in known.sources}
    held: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for person, mentions in people.members.items():
        for mention in mentions:
            held[mention.paper].append((mention.key, person))
    marks = {ALL: _hash((__version__, also), known.institutions, known.affiliation_score)}
    for key, records in found.groups.items():
        parts = sorted(
            (record, read.get(record.partition("-")[0]), each.ids, each.malformed_ids)
            for each in records
            for record in [each.origins[0].record]
        )
        marks[key] = _hash(parts, sorted(held[key]), entities.works[key])
    return marks


def _reader(source: Source) -> tuple[str, str, str | None]:
    """Return by what an input was read: another version may read another thing."""
    return source.format, str(format_named(source.format).version), source.captured


def _hash(*parts: object) -> str:
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=10).hexdigest()
