"""Read the people and venues of the ACL Anthology, in YAML.

Three generations of people: ``name_variants.yaml``, a list of names with their variants, some with
an ``id``; the same with ids for all that are ambiguous; and ``people.yaml``, a mapping of ids to
names and ORCID. An entry without id has the one that the Anthology makes of the canonical name.
A venue is a file of its own, whose name is the venue's id.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from graphbuild.identifiers import identifiers
from graphbuild.parts import Origin
from graphbuild.records import Author, Record, Venue
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import Head, InputFile, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.yaml_nodes import Node, PlaceError, yaml_document
from graphbuild.text import clean, name_key

VARIANTS = re.compile(r"(?:\s*#.*\n)*- canonical:\s*\{")
PEOPLE = re.compile(r"(?:\s*#.*\n)*[\w-]+:\n(?:  \w+:.*\n|  - .*\n)*?  names:\n  - ")
VENUE = re.compile(r"^acronym: ", re.MULTILINE)
VENUE_NAME = re.compile(r"^name: ", re.MULTILINE)
PERSON_FIELDS = frozenset({"canonical", "variants", "id", "similar", "names", "orcid"})
VENUE_FIELDS = frozenset({"acronym", "name", "url"})
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "\u0131": "i", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"}
)
"""Letters that name keys leave and the Anthology's ids write plain."""


def recognises_people(head: Head) -> bool:
    """Say whether a text is a list of people, of whatever generation."""
    return bool(VARIANTS.match(head.text) or PEOPLE.match(head.text))


def recognises_venue(head: Head) -> bool:
    """Say whether a text describes a venue."""
    return head.name.endswith((".yaml", ".yml")) and bool(
        VENUE.search(head.text) and VENUE_NAME.search(head.text)
    )


def read_people(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the people of a list; an entry that is wrong comes as `Rejected` with its line."""
    when = captured.isoformat() if captured else None
    yield source_of(file, "acl-register", "people of the ACL Anthology", when)
    yield from _read(file, _entries, _person)


def read_venue(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the venue of a file."""
    when = captured.isoformat() if captured else None
    yield source_of(file, "acl-venue", "a venue of the ACL Anthology", when)
    slug = re.sub(r"\.ya?ml(?:\.\w+)?$", "", file.name)
    yield from _read(file, lambda document: iter([(slug, document)]), _venue)


def _read(
    file: InputFile,
    entries: Callable[[Node], Iterator[tuple[str, Node]]],
    record: Callable[[str, Node, Origin], Record],
) -> Iterator[Record]:
    try:
        document = yaml_document("\n".join(text_lines(file)))
        for number, (own_id, entry) in enumerate(entries(document), 1):
            try:
                origin = origin_of(file, number, line=entry.line, own_id=own_id)
                yield record(own_id, entry, origin)
            except PlaceError as error:
                yield rejected(str(error), "", line=error.line, own_id=own_id)
    except PlaceError as error:
        yield rejected(str(error), "", line=error.line)


def _entries(document: Node) -> Iterator[tuple[str, Node]]:
    if document.is_list():
        for entry in document.members():
            yield entry.text("id"), entry
        return
    for own_id in document.keys():  # noqa: SIM118 - a node is no dictionary
        person = document.child(own_id)
        if person is not None:
            yield own_id, person


def _person(own_id: str, entry: Node, origin: Origin) -> Author:
    canonical = entry.child("canonical")
    nodes = [*([canonical] if canonical else []), *entry.each("variants"), *entry.each("names")]
    if not nodes:
        raise PlaceError("a person needs a name", entry.line)
    names = [_name(node) for node in nodes]
    ids, malformed = identifiers(
        [("acl-person", own_id or _slug(names[0])), ("orcid", entry.text("orcid"))]
    )
    if not ids:
        raise PlaceError(f"the Anthology's id of {names[0]!r} is not known; state it", entry.line)
    return Author(
        ids=ids,
        name=names[0],
        origin=origin,
        malformed_ids=malformed,
        given=clean(nodes[0].text("first")),
        family=clean(nodes[0].text("last")),
        other_names=tuple(dict.fromkeys(name for name in names if name != names[0])),
        not_ids=identifiers(("acl-person", each) for each in entry.texts("similar"))[0],
    )


def _name(node: Node) -> str:
    name = clean(f"{node.text('first')} {node.text('last')}")
    if not name:
        raise PlaceError("a name needs first or last", node.line)
    return name


def _slug(name: str) -> str:
    """Return the id that the Anthology makes of a name; empty where its letters are not Latin.

    >>> _slug("Øistein E. Andersen"), _slug("王")
    ('oistein-e-andersen', '')
    """
    slug = name_key(name.casefold().translate(LETTERS)).replace(" ", "-")
    return slug if slug.isascii() else ""


def _venue(own_id: str, entry: Node, origin: Origin) -> Venue:
    ids, _ = identifiers([("acl-venue", own_id)])
    name = clean(entry.text("name"))
    if not ids or not name:
        raise PlaceError("a venue needs a name, and its id as name of the file", entry.line)
    acronym, url = clean(entry.text("acronym")), entry.text("url")
    return Venue(
        ids=ids,
        name=name,
        origin=origin,
        other_names=(acronym,) if acronym and acronym != name else (),
        urls=(url,) if url else (),
    )


def _fields(
    file: InputFile, *, entries: Callable[[Node], Iterator[tuple[str, Node]]], used: frozenset[str]
) -> Iterator[Fields]:
    try:
        for _, entry in entries(yaml_document("\n".join(text_lines(file)))):
            yield named_fields(entry.keys(), used)
    except PlaceError:
        return


PEOPLE_FORMAT = Format(
    "acl-register",
    "people of the ACL Anthology, YAML",
    1,
    recognises_people,
    read_people,
    partial(_fields, entries=_entries, used=PERSON_FIELDS),
)
VENUE_FORMAT = Format(
    "acl-venue",
    "a venue of the ACL Anthology, YAML",
    1,
    recognises_venue,
    read_venue,
    partial(_fields, entries=lambda document: iter([("", document)]), used=VENUE_FIELDS),
)
