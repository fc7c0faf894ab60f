"""Read Crossref: answers of its REST API, and works one a line.

https://api.crossref.org
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from graphbuild.records import Record
from graphbuild.sources.crossref_fields import Message, Work
from graphbuild.sources.crossref_works import SERIES, paper_of, venue_of
from graphbuild.sources.fields import Fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, source_of
from graphbuild.sources.json_documents import Place, json_audit, read_json

NAME = "crossref"
ANSWER = re.compile(r'"message-type"\s*:\s*"work')
OWN_FIELD = re.compile(
    r'"(?:content-domain|is-referenced-by-count|references-count|reference-count)"\s*:'
)
DOI = re.compile(r'"DOI"\s*:\s*"10\.')
MESSAGE = msgspec.json.Decoder(Message, strict=False)
WORK = msgspec.json.Decoder(Work, strict=False)


def recognises(head: Head) -> bool:
    """Say whether an input starts with a work of Crossref, or an answer of its API."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return False
    return bool(ANSWER.search(text) or (OWN_FIELD.search(text) and DOI.search(text)))


def read_crossref(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a `Paper` for each work, a `Venue` for each journal or series."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "works of Crossref", when)
    yield from read_json(file, _records, "no work of Crossref")


def _records(value: bytes, place: Place) -> Iterator[Record]:
    for data in _works(value):
        work = WORK.decode(data)
        origin = place(work.doi or "")
        yield venue_of(work, origin) if work.type in SERIES else paper_of(work, origin)


def _works(value: bytes) -> Iterator[bytes]:
    """Yield the works of an answer, or the one that stands alone.

    Raises:
        ValueError: it is an error message of the API.
    """
    if b'"message"' not in value and b'"items"' not in value:
        yield value
        return
    answer = MESSAGE.decode(value)
    if answer.status not in (None, "ok"):
        raise ValueError(f"an error of the API: {bytes(answer.message).decode()[:200]}")
    if answer.items is not None:
        yield from map(bytes, answer.items)
    elif bytes(answer.message).startswith(b"{"):
        yield from _works(bytes(answer.message))
    else:
        yield value


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Return which fields each work states, and whether they are read."""
    return json_audit(file, Work, records=_works)


FORMAT = Format(
    NAME, "works of Crossref, from its REST API", 1, recognises, read_crossref, fields_of
)
