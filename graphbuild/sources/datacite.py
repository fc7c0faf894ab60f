"""Read DataCite: answers of its REST API, lines of its public data file, and XML of all kernels.

https://support.datacite.org/docs/api
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from graphbuild.records import Record
from graphbuild.sources.datacite_fields import Answer, Work
from graphbuild.sources.datacite_works import paper_of
from graphbuild.sources.fields import Fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, source_of
from graphbuild.sources.json_documents import Place, json_audit, read_json

NAME = "datacite"
OWN_DOI = re.compile(r'"(?:doi|id)"\s*:\s*"(?:https?://doi\.org/)?10\.')
OWN_WORDS = re.compile(
    r'datacite\.org/schema/kernel|"type"\s*:\s*"dois"|"agency"\s*:\s*"DataCite"'
    r'|"resourceTypeGeneral"\s*:'
)
ANSWER = msgspec.json.Decoder(Answer, strict=False)
WORK = msgspec.json.Decoder(Work, strict=False)


def recognises(head: Head) -> bool:
    """Say whether an input starts with a work of DataCite in JSON."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")) or '"@context"' in text:
        return False
    return bool(OWN_DOI.search(text) and OWN_WORDS.search(text))


def read_datacite(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a `Paper` for each work, also for datasets and software."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "works of DataCite", when)
    yield from read_json(file, _records, "no work of DataCite")


def _records(value: bytes, place: Place) -> Iterator[Record]:
    for data in _works(value):
        work = WORK.decode(data)
        yield paper_of(work, place(work.doi or work.id or ""))


def _works(value: bytes) -> Iterator[bytes]:
    """Yield the works of an answer, or the one that stands alone.

    Raises:
        ValueError: it is an error message of the API.
    """
    answer = ANSWER.decode(value)
    attributes, data, errors = map(bytes, (answer.attributes, answer.data, answer.errors))
    if attributes:
        yield attributes
    elif data:
        members = msgspec.json.decode(data, type=list[msgspec.Raw]) if data[:1] == b"[" else [data]
        for each in members:
            yield from _works(bytes(each))
    elif errors:
        raise ValueError(f"an error of the API: {errors.decode()[:200]}")
    else:
        yield value


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Return which fields each work states, and whether they are read."""
    return json_audit(file, Work, records=_works)


FORMAT = Format(
    NAME,
    "datasets, software and papers of DataCite, in JSON",
    1,
    recognises,
    read_datacite,
    fields_of,
)
