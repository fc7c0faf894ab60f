"""Read OpenAlex: answers of its API and files of its snapshot, of all vintages since 2022.

A file holds works, authors, sources, institutions, publishers, funders, topics or concepts, one a
line, as one record, or as pages with ``results``. Topics and authors that works name are records
of their own, once a file.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import msgspec

from graphbuild.parts import Origin
from graphbuild.records import Record, Subject
from graphbuild.sources.fields import Fields, json_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, source_of
from graphbuild.sources.json_documents import BROKEN, Place, json_values, read_json
from graphbuild.sources.openalex_fields import (
    AuthorFields,
    Entity,
    OrganizationFields,
    Page,
    SourceFields,
    TopicFields,
    Work,
)
from graphbuild.sources.openalex_registers import (
    author_of,
    institution_of,
    named_author,
    subject_of,
    subjects_of,
    venue_of,
)
from graphbuild.sources.openalex_works import openalex_id, paper_of

NAME = "openalex"
OWN_ID = re.compile(r'"id"\s*:\s*"https://openalex\.org/(?:[WASIFPTCVK]\d|\w+/\w)')
START = b'{"id":"https://openalex.org/'
LETTER = len(START)
PAGE = msgspec.json.Decoder(Page, strict=False)
TYPES: dict[str, type[Work] | type[Entity]] = {
    "W": Work, "A": AuthorFields, "I": OrganizationFields, "P": OrganizationFields,
    "F": OrganizationFields, "S": SourceFields, "V": SourceFields, "T": TopicFields,
    "C": TopicFields,
}  # fmt: skip
"""What the letter of an identifier stands for; subfields, fields and domains have none."""

DECODERS = {letter: msgspec.json.Decoder(kind, strict=False) for letter, kind in TYPES.items()}


def recognises(head: Head) -> bool:
    """Say whether an input starts with a record of OpenAlex, or a page of them."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")) or '"@context"' in text:
        return False
    return OWN_ID.search(text) is not None and '"display_name"' in text


def read_openalex(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the records of one file; what cannot be read comes as `Rejected`."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "records of OpenAlex", when)
    reader = _Reader()
    yield from read_json(file, reader.records, "no record of OpenAlex")


class _Reader:
    """Makes records, those of authors and topics that works name once each."""

    def __init__(self) -> None:
        self._named: set[str] = set()

    def records(self, value: bytes, place: Place) -> Iterator[Record]:
        for letter, data in _values(value):
            found = DECODERS[letter].decode(data)
            origin = place(str(found.id).rpartition("/")[2])
            if isinstance(found, Work):
                yield from self._work(found, origin)
            elif isinstance(found, AuthorFields):
                yield author_of(found, origin)
            elif isinstance(found, OrganizationFields):
                yield institution_of(found, origin)
            elif isinstance(found, SourceFields):
                yield venue_of(found, origin)
            elif isinstance(found, TopicFields):
                yield subject_of(found, origin)

    def _work(self, work: Work, origin: Origin) -> Iterator[Record]:
        yield paper_of(work, origin)
        for topic in work.topics or work.concepts or ():
            if topic.id and topic.id not in self._named:
                self._named.add(topic.id)
                yield from self._new(subjects_of(topic, origin))
        for each in work.authorships or ():
            if each.author and each.author.id and each.author.id not in self._named:
                self._named.add(each.author.id)
                yield from named_author(each.author, origin)

    def _new(self, subjects: Iterator[Subject]) -> Iterator[Subject]:
        """Leave out the levels that were given before."""
        for subject in subjects:
            if subject.ids[0] not in self._named:
                self._named.add(subject.ids[0])
                yield subject


def _values(value: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what a value holds: itself, or the results of a page.

    Raises:
        ValueError: it is an error message of the API, or nothing of OpenAlex.
    """
    if value.startswith(START) and (letter := chr((value[LETTER:] or b"?")[0])) in DECODERS:
        yield letter, value
        return
    page = PAGE.decode(value)
    if page.results is not None:
        for each in page.results:
            yield from _values(bytes(each))
        return
    if page.error:
        raise ValueError(f"an error of the API: {page.error}: {page.message or ''}")
    known = openalex_id(page.id)
    if known is None:
        raise ValueError(f"{page.id!r} is no identifier of OpenAlex")
    letter = known.removeprefix("openalex:")[0]
    yield letter if letter in DECODERS else "T", value


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each record states, and whether they are read."""
    for value in json_values(file):
        with suppress(*BROKEN):
            for letter, data in _values(value):
                yield json_fields(msgspec.json.decode(data), TYPES[letter])


FORMAT = Format(
    NAME,
    "works, people, organisations, sources and topics of OpenAlex, from its API or snapshot",
    1,
    recognises,
    read_openalex,
    fields_of,
)
