"""Records on disk: JSON Lines, one file per input, from which each record can be read again.

What resolving needs of a paper is its `Outline`; the rest stays on disk until it is fused.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import msgspec

from graphbuild.errors import GraphError
from graphbuild.parts import (
    Authorship,
    Container,
    ListStatus,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    Role,
    Struct,
    VenueName,
)
from graphbuild.records import (
    Author,
    Institution,
    Observation,
    Paper,
    Profile,
    Record,
    Redirect,
    Rejected,
    Software,
    Source,
    Subject,
    Tombstone,
    Venue,
)
from graphbuild.software import as_paper

AT_ONCE = 16_384
"""Bytes that are read to find the end of a record; most records are shorter."""

AT_A_TIME = 1 << 20
"""Bytes that are written at once."""

FILE_BITS = 44
"""A place is the number of its file, shifted by these bits, and the offset: files up to 16 TB."""

RECORD = msgspec.json.Decoder(Record)


class Outline(Paper, frozen=True, tag="paper"):
    """What resolving needs of a paper: no text, no references, and of its authors the first.

    Attributes:
        place: where the whole record lies in the `Spool`.
    """

    place: int = -1


class _Named(Struct, frozen=True, forbid_unknown_fields=False):
    name: str
    position: int | None = None
    ids: tuple[str, ...] = ()
    role: Role = "author"
    forgotten: str = ""


class _Heading(Struct, frozen=True, tag="paper", forbid_unknown_fields=False):
    """The fields of a paper that an outline keeps; decoding no more than these is much faster."""

    title: str
    author_list: ListStatus
    origins: tuple[Origin, ...]
    authors: tuple[_Named, ...] = ()
    issued: PartialDate | None = None
    ids: tuple[str, ...] = ()
    malformed_ids: tuple[tuple[str, str], ...] = ()
    kind: PaperKind | None = None
    venue: VenueName | None = None
    container: Container | None = None
    volume: str = ""
    first_page: str = ""
    relations: tuple[Relation, ...] = ()


Light = (
    Source
    | Outline
    | Author
    | Institution
    | Venue
    | Subject
    | Redirect
    | Profile
    | Observation
    | Tombstone
    | Rejected
)
"""What a file of records yields at first: papers, and software that is like them, as outlines."""

_LIGHT = msgspec.json.Decoder(
    Source
    | _Heading
    | Author
    | Institution
    | Venue
    | Subject
    | Software
    | Redirect
    | Profile
    | Observation
    | Tombstone
    | Rejected
)


def write_records(records: Iterable[Record], target: Path) -> None:
    """Write records to a file; the file is there only when all are written.

    Raises:
        OSError: the file cannot be written.
    """
    target.parent.mkdir(exist_ok=True)
    part = target.with_suffix(".part")
    with part.open("wb", buffering=AT_A_TIME) as rows:
        for record in records:
            rows.write(msgspec.json.encode(record) + b"\n")
    part.replace(target)


def read_cached(path: Path) -> Iterator[Record]:
    """Yield the records of one file of a graph's folder ``records``."""
    with path.open("rb") as rows:
        yield from map(RECORD.decode, rows)


def record_of(folder: Path, key: str) -> Iterator[Record]:
    """Yield the records that were made of one source record, by its key (``Origin.record``).

    Args:
        folder: a graph's folder ``records``.
        key: the part before ``-`` is the key of the input.
    """
    mark = f'"record":"{key}"'.encode()
    for path in sorted(folder.glob(f"{key.partition('-')[0]}-*.jsonl")):
        with path.open("rb") as rows:
            yield from (RECORD.decode(row) for row in rows if mark in row)


class Spool:
    """The files of records of one build."""

    def __init__(self) -> None:
        self._paths: list[Path] = []
        self._open: dict[int, int] = {}

    def add(self, path: Path) -> Iterator[Light]:
        """Take in a file of records; yield them, papers as outlines."""
        place = len(self._paths) << FILE_BITS
        self._paths.append(path)
        with path.open("rb") as rows:
            for row in rows:
                record = _LIGHT.decode(row)
                if isinstance(record, _Heading):
                    yield _outline(record, place)
                elif isinstance(record, Software):
                    yield outline(as_paper(record), place)
                else:
                    yield record
                place += len(row)

    def paper(self, outline: Paper | int) -> Paper:
        """Return the whole of a paper, with the identifiers that its outline has by now.

        Args:
            outline: of the paper, or the place where it lies.

        Raises:
            GraphError: the file of records was changed meanwhile.
        """
        if isinstance(outline, int):
            return self._paper(outline)
        if not isinstance(outline, Outline):
            return outline
        paper = self._paper(outline.place)
        if (paper.ids, paper.malformed_ids) == (outline.ids, outline.malformed_ids):
            return paper
        return msgspec.structs.replace(paper, ids=outline.ids, malformed_ids=outline.malformed_ids)

    def _paper(self, place: int) -> Paper:
        record = self._read(place)
        paper = as_paper(record) if isinstance(record, Software) else record
        if not isinstance(paper, Paper):
            raise GraphError(f"{self._path(place)}: was changed during the build")
        return paper

    def _read(self, place: int) -> Record:
        """Return the record at a place.

        Raises:
            GraphError: the file of records was changed meanwhile.
        """
        number = place >> FILE_BITS
        descriptor = self._open.get(number)
        if descriptor is None:
            descriptor = self._open[number] = os.open(self._paths[number], os.O_RDONLY)
        start = place - (number << FILE_BITS)
        try:
            record: Record = RECORD.decode(_line(descriptor, start))
        except msgspec.DecodeError as error:
            raise GraphError(f"{self._path(place)}: was changed during the build") from error
        return record

    def _path(self, place: int) -> Path:
        return self._paths[place >> FILE_BITS]

    def close(self) -> None:
        """Close the files; they open again when a record is read."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

    def __getstate__(self) -> dict[str, object]:
        """Travel to another process without the files that are open."""
        return {"_paths": self._paths, "_open": {}}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def outline(paper: Paper, place: int) -> Outline:
    """Return what resolving needs of a paper that lies at this place."""
    return _outline(msgspec.convert(paper, _Heading, from_attributes=True), place)


def _outline(heading: _Heading, place: int) -> Outline:
    first = next(
        (a for a in heading.authors if a.position == 1 and a.role == "author"),
        heading.authors[0] if heading.authors else None,
    )
    return Outline(
        title=heading.title,
        author_list=heading.author_list,
        origins=heading.origins,
        authors=(_first(first),) if first else (),
        issued=heading.issued,
        ids=heading.ids,
        malformed_ids=heading.malformed_ids,
        kind=heading.kind,
        venue=heading.venue,
        container=heading.container,
        volume=heading.volume,
        first_page=heading.first_page,
        relations=heading.relations,
        place=place,
    )


def _first(author: _Named) -> Authorship:
    return Authorship(
        author.name,
        author.position,
        ids=author.ids,
        role=author.role,
        forgotten=author.forgotten,
    )


def _line(descriptor: int, start: int) -> bytes:
    line = os.pread(descriptor, AT_ONCE, start)
    while (end := line.find(b"\n")) < 0:
        more = os.pread(descriptor, max(AT_ONCE, len(line)), start + len(line))
        if not more:
            return line
        line += more
    return line[:end]
