"""Find out what the inputs are, read them once to disk, and keep what resolving needs by type."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

import msgspec

from graphbuild.errors import GraphError, RejectedRecordError, UnknownFormatError
from graphbuild.licences import licence_of_format
from graphbuild.records import Rejected, Source
from graphbuild.runner import spread
from graphbuild.sources import format_named, format_of, read_records
from graphbuild.sources.files import InputFile
from graphbuild.sources.manifests import Listed, compared
from graphbuild.spool import Light, Spool, write_records
from graphbuild.tombstones import NOBODY, Forgotten
from graphbuild.withholding import withheld, without

R = TypeVar("R")

RECORDS = "records"
"""Folder of a graph that keeps the records of its inputs."""


@dataclass(frozen=True)
class Recognised:
    """An input whose format is known."""

    file: InputFile
    format: str


class Collected:
    """What resolving needs of the records of all inputs, by type; papers as outlines.

    Attributes:
        spool: where the whole records lie.
        rejected: what could not be read, and in which input.
    """

    def __init__(self) -> None:
        self.spool = Spool()
        self.rejected: list[tuple[InputFile, Rejected]] = []
        self._records: defaultdict[type, list[Light]] = defaultdict(list)

    def add(self, record: Light) -> None:
        """Keep a record."""
        self._records[type(record)].append(record)

    def of(self, kind: type[R]) -> list[R]:
        """Return the records of one type in the order in which they were read."""
        return cast("list[R]", self._records[kind])

    def rejected_rows(self) -> Iterator[bytes]:
        """Yield what was left out, one JSON object a line: file, line, reason, text."""
        for where, record in self.rejected:
            row = {"file": where.location, **msgspec.to_builtins(record)}
            yield msgspec.json.encode(row) + b"\n"


class Found(NamedTuple):
    """What the inputs are.

    Attributes:
        inputs: those that are read, with their formats.
        unknown: files inside folders and archives that no reader knows.
        unlisted: files in a folder whose manifest does not list them.
        missing: files that a manifest lists and that are not there.
    """

    inputs: list[Recognised]
    unknown: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def recognised(files: Iterator[InputFile], format_name: str | None) -> Found:
    """Return the inputs with their formats, and what is passed by.

    Args:
        files: the inputs.
        format_name: format of all of them, or None to recognise each by its content.

    Raises:
        UnknownFormatError: no reader knows a file that the user named, or any file of a folder.
        InputError: an input cannot be read.
    """
    known: list[Recognised] = []
    passed_over: list[str] = []
    for file in files:
        try:
            known.append(Recognised(file, format_of(file, format_name)))
        except UnknownFormatError as error:
            if not file.inside:
                raise
            passed_over.append(file.location)
            unknown = error
    if not known:
        raise unknown
    listed = _listed(known)
    unlisted = frozenset(listed.unlisted)
    inputs = [each for each in known if each.file.location not in unlisted]
    return Found(inputs, tuple(passed_over), *listed)


def _listed(known: list[Recognised]) -> Listed:
    manifests = (
        (each.file, lists(each.file))
        for each in known
        if (lists := format_named(each.format).lists) is not None
    )
    return compared((each.file for each in known), manifests)


@dataclass(frozen=True)
class Reading:
    """How inputs are read.

    Attributes:
        cache: folder that keeps the records of inputs that were read.
        captured: when the inputs were captured.
        skip_rejected: go on after a malformed record instead of stopping.
        progress: is told what is being done.
        jobs: processes that read at the same time.
        forgotten: people who are kept out.
        licences: IRI of the licence of an input, by its file name or format, where that is told.
    """

    cache: Path
    captured: date | None
    skip_rejected: bool
    progress: Callable[[str], None]
    jobs: int = 1
    forgotten: Forgotten = NOBODY
    licences: Mapping[str, str] = field(default_factory=dict)

    def records_of(self, each: Recognised) -> Path:
        """Return the file that holds the records of an input once it was read."""
        captured = self.captured.isoformat() if self.captured else ""
        return _file(self.cache, each.file.key, each.format, captured)


def cached_records(graph: Path, inputs: Iterable[tuple[str, str]], captured: str) -> list[Path]:
    """Return the files that hold the records of a graph's inputs.

    Args:
        graph: the graph folder.
        inputs: SHA-256 and format of each input.
        captured: when they were captured, ISO 8601, or empty.

    Raises:
        GraphError: one is missing.
    """
    files = [_file(graph / RECORDS, sha[:16], name, captured) for sha, name in inputs]
    for path in files:
        if not path.exists():
            raise GraphError(f"{path}: is missing; build the graph again from all its inputs")
    return files


def _file(cache: Path, key: str, name: str, captured: str) -> Path:
    version = format_named(name).version
    return cache / f"{key}-{name}-{version}-{captured or 'undated'}.jsonl"


def collect(inputs: list[Recognised], reading: Reading) -> Collected:
    """Return the records of all inputs; those that were read before come from the cache.

    Raises:
        InputError: an input cannot be read.
        RejectedRecordError: a record is malformed, and malformed records are not to be skipped.
    """
    read(inputs, reading)
    return gathered(inputs, reading)


def gathered(inputs: list[Recognised], reading: Reading) -> Collected:
    """Return the records of inputs that were read.

    Raises:
        RejectedRecordError: a record is malformed, and malformed records are not to be skipped.
    """
    collected = Collected()
    for each in inputs:
        for record in collected.spool.add(reading.records_of(each)):
            if isinstance(record, Source):
                collected.add(_licensed(record, reading.licences))
            elif not isinstance(record, Rejected):
                collected.add(record)
            elif reading.skip_rejected:
                collected.rejected.append((each.file, record))
            else:
                raise _refusal(record, each.file)
    return collected


def _licensed(source: Source, licences: Mapping[str, str]) -> Source:
    """Return an input with its licence: as told, as it says itself, or as that of its format."""
    told = licences.get(source.name) or licences.get(source.format)
    known = told or source.licence or licence_of_format(source.format)
    return msgspec.structs.replace(source, licence=known)


def read(inputs: list[Recognised], reading: Reading) -> None:
    """Read what was not read before into the cache, the largest inputs first.

    Raises:
        InputError: an input cannot be read.
    """
    reading.cache.mkdir(exist_ok=True)
    for part in reading.cache.glob("*.part"):
        part.unlink()
    withheld(reading.cache, reading.forgotten)
    new = [each for each in inputs if not reading.records_of(each).exists()]
    new.sort(key=lambda each: -each.file.size)

    def read_one(each: Recognised) -> None:
        records = read_records(each.file, each.format, reading.captured)
        write_records(without(records, reading.forgotten), reading.records_of(each))

    with closing(spread(read_one, new, reading.jobs)) as done:
        for number, each in enumerate(new, 1):
            reading.progress(f"reading {each.file.location} ({number} of {len(new)})")
            next(done)


def _refusal(record: Rejected, file: InputFile) -> RejectedRecordError:
    hint = "mend it, or leave such records out with --on-error skip"
    name = f"record {record.id}: " if record.id else ""
    reason = f"{name}{record.reason}; {hint}"
    return RejectedRecordError(reason, location=file.location, line=record.line or None)
