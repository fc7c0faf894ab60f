"""Read the tables of OpenCitations Meta: one bibliographic resource a row.

A field holds several values after another, each with its identifiers in square brackets:
``Example, Ada [orcid:0000-0002-1825-0097 omid:ra/06]; Loom Group``.
https://doi.org/10.1162/qss_a_00292
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from graphbuild.identifiers import SCHEMES, identifiers
from graphbuild.names import NameParts
from graphbuild.parts import (
    Authorship,
    Container,
    OrganizationName,
    Origin,
    PaperKind,
    Role,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper, Record, Venue
from graphbuild.sources.contributors import list_status
from graphbuild.sources.dates import partial_date
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import LONGEST_LINE, Head, InputFile, damage, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts, readable_text
from graphbuild.text import clean

NAME = "opencitations-meta"
COLUMNS = (
    "id", "title", "author", "pub_date", "venue", "volume", "issue", "page", "type", "publisher",
    "editor",
)  # fmt: skip
KINDS: dict[str, PaperKind] = {
    "journal article": "article", "proceedings article": "conference-paper",
    "book chapter": "chapter", "book part": "chapter", "book section": "chapter",
    "book track": "chapter", "reference entry": "reference-entry", "book": "book",
    "monograph": "book", "edited book": "book", "reference book": "book",
    "proceedings": "proceedings", "report": "report", "dissertation": "thesis",
    "data file": "dataset", "dataset": "dataset", "peer review": "peer-review",
    "posted content": "preprint", "web content": "preprint", "journal issue": "issue",
    "computer program": "software",
}  # fmt: skip
SERIES: dict[str, VenueKind | None] = {
    "journal": "journal", "book series": "book-series", "proceedings series": "conference",
    "report series": None, "series": None, "book set": None,
}  # fmt: skip
BOOKS: dict[str, PaperKind] = {
    "chapter": "book", "reference-entry": "book", "conference-paper": "proceedings",
}  # fmt: skip
BRACKET = re.compile(r"(.*?)\s*\[([^\[\]]*)\]\s*", re.DOTALL)
PIECE = re.compile(r"(?:[^;\[]|\[[^\]]*\]?|;(?!\s))+")
"""One value; a semicolon inside brackets ends none."""

Pairs = tuple[tuple[str, str], ...]


class Value(NamedTuple):
    """One value of a field: a name and its identifiers."""

    name: str
    ids: tuple[str, ...]
    malformed_ids: Pairs


def recognises(head: Head) -> bool:
    """Say whether the first line is the header of such a table."""
    first = head.text.lstrip("\ufeff").split("\n", 1)[0]
    return tuple(each.strip().strip('"') for each in first.split(",")) == COLUMNS


def read_opencitations(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a record for each row; one without identifiers comes as `Rejected`."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "bibliographic resources of OpenCitations Meta", when)
    for number, (line, row) in enumerate(_rows(file), 1):
        fields = dict(zip(COLUMNS, row, strict=False))
        own_id = row[0].partition(" ")[0]
        wrong = _wrong(row)
        if wrong:
            yield rejected(wrong, ",".join(row), line=line, own_id=own_id)
        else:
            yield _record(fields, origin_of(file, number, line=line, own_id=own_id))


def _rows(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows under the header with the line where each starts."""
    csv.field_size_limit(
        2 * LONGEST_LINE
    )  # lists of authors grow beyond the usual 131,072 characters
    reader = csv.reader(f"{line}\n" for line in text_lines(file))
    next(reader, None)
    line = reader.line_num + 1
    for row in reader:
        if row:
            yield line, row
        line = reader.line_num + 1


def _wrong(row: list[str]) -> str | None:
    if len(row) != len(COLUMNS):
        return f"{len(row)} fields instead of {len(COLUMNS)}; quote those that hold commas"
    return damage("".join(row))


def _record(fields: dict[str, str], origin: Origin) -> Record:
    kind = clean(fields["type"]).lower()
    if kind in SERIES:
        return _venue_record(fields, kind, origin)
    return _paper(fields, KINDS.get(kind, "other" if kind else None), origin)


def _paper(fields: dict[str, str], kind: PaperKind | None, origin: Origin) -> Paper:
    good, malformed = identifiers(_pairs(fields["id"]))
    issued = partial_date(fields["pub_date"])
    authors = (*_people(fields["author"], "author"), *_people(fields["editor"], "editor"))
    first_page, _, last_page = clean(fields["page"]).partition("-")
    venue = _value(fields["venue"])
    in_book = kind in BOOKS
    return Paper(
        author_list=list_status(len(list(_values(fields["author"]))), authors),
        origins=(origin,),
        authors=authors,
        issued=issued,
        ids=good,
        malformed_ids=(*malformed, *(venue.malformed_ids if venue else ())),
        kind=kind,
        kind_written=clean(fields["type"]),
        venue=None if in_book or venue is None else _venue(venue, kind),
        container=_book(venue, BOOKS[kind]) if venue and kind in BOOKS else None,
        volume=clean(fields["volume"]),
        issue=clean(fields["issue"]),
        first_page=first_page,
        last_page=last_page,
        publisher=_publisher(fields["publisher"]),
        **read_texts(fields["title"]),
    )


def _venue_record(fields: dict[str, str], kind: str, origin: Origin) -> Venue | Paper:
    """Return a journal or series; one without an identifier is kept as a work."""
    good, malformed = identifiers(_pairs(fields["id"]))
    if not good:
        return _paper(fields, "other", origin)
    name = readable_text(fields["title"])
    publisher = _publisher(fields["publisher"])
    return Venue(good, name, origin, malformed, kind=SERIES[kind], publisher=publisher)


def _venue(venue: Value, kind: PaperKind | None) -> VenueName:
    return VenueName(venue.name, venue.ids, "journal" if kind in {"article", "issue"} else None)


def _book(venue: Value, kind: PaperKind) -> Container:
    return Container(venue.name, venue.ids, kind)


def _publisher(written: str) -> OrganizationName | None:
    found = _value(written)
    return OrganizationName(found.name, found.ids) if found else None


def _people(written: str, role: Role) -> Iterator[Authorship]:
    """Yield authors or editors; one without a comma in the name is a group or an organisation."""
    for position, value in enumerate(_values(written), 1):
        parts = _name_parts(value.name)
        name = " ".join(filter(None, parts)) or value.name
        if name:
            yield Authorship(
                name=name,
                position=position,
                given=parts.given or "",
                family=parts.family or "",
                ids=value.ids,
                malformed_ids=value.malformed_ids,
                organization="," not in value.name,
                role=role,
            )


def _name_parts(written: str) -> NameParts:
    family, _, given = written.partition(",")
    return NameParts(given.strip() or None, family.strip() or None)


def _values(written: str) -> Iterator[Value]:
    return (value for each in PIECE.findall(written) if (value := _value(each)))


def _value(written: str) -> Value | None:
    match = BRACKET.fullmatch(written)
    name, ids = match.groups() if match else (written, "")
    good, malformed = identifiers(_pairs(ids))
    return Value(clean(name), good, malformed) if name.strip() or good else None


def _pairs(ids: str) -> Iterator[tuple[str, str]]:
    """Yield scheme and value of identifiers; numbers of Crossref's members are no scheme."""
    for each in ids.split():
        scheme, colon, value = each.partition(":")
        if colon and scheme.lower() in SCHEMES:
            yield scheme.lower(), value


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each row states: all of them are read."""
    for _, row in _rows(file):
        stated = (name for name, value in zip(COLUMNS, row, strict=False) if value.strip())
        yield named_fields(stated, COLUMNS)


FORMAT = Format(
    NAME, "tables of OpenCitations Meta, in CSV", 1, recognises, read_opencitations, fields_of
)
