"""Find out what the inputs are, read them once, and keep their records by type."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from graphbuild.errors import RejectedRecordError, UnknownFormatError
from graphbuild.records import Record, Rejected
from graphbuild.sources import format_named, format_of, read_records
from graphbuild.sources.files import InputFile

R = TypeVar("R")

RECORD = msgspec.json.Decoder(Record)


@dataclass(frozen=True)
class Recognised:
    """An input whose format is known."""

    file: InputFile
    format: str


class Collected:
    """The records of all inputs, by type."""

    def __init__(self) -> None:
        self._records: defaultdict[type, list[Record]] = defaultdict(list)
        self.rejected: list[tuple[InputFile, Rejected]] = []

    def add(self, record: Record) -> None:
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


def recognised(
    files: Iterator[InputFile], format_name: str | None
) -> tuple[list[Recognised], tuple[str, ...]]:
    """Return the inputs with their formats, and the files inside folders that no reader knows.

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
    return known, tuple(passed_over)


@dataclass(frozen=True)
class Reading:
    """How inputs are read.

    Attributes:
        cache: folder that keeps the records of inputs that were read.
        captured: when the inputs were captured.
        skip_rejected: go on after a malformed record instead of stopping.
        progress: is told what is being done.
    """

    cache: Path
    captured: date | None
    skip_rejected: bool
    progress: Callable[[str], None]


def collect(inputs: list[Recognised], reading: Reading) -> Collected:
    """Return the records of all inputs; those that were read before come from the cache.

    Raises:
        InputError: an input cannot be read.
        RejectedRecordError: a record is malformed, and malformed records are not to be skipped.
    """
    collected = Collected()
    for number, each in enumerate(inputs, 1):
        reading.progress(f"reading {each.file.location} ({number} of {len(inputs)})")
        for record in _records(each, reading):
            if not isinstance(record, Rejected):
                collected.add(record)
            elif reading.skip_rejected:
                collected.rejected.append((each.file, record))
            else:
                raise _refusal(record, each.file)
    return collected


def _records(each: Recognised, reading: Reading) -> Iterator[Record]:
    captured = reading.captured.isoformat() if reading.captured else "undated"
    version = format_named(each.format).version
    cache = reading.cache / f"{each.file.key}-{each.format}-{version}-{captured}.jsonl"
    if not cache.exists():
        cache.parent.mkdir(exist_ok=True)
        part = cache.with_suffix(".part")
        with part.open("wb") as rows:
            for record in read_records(each.file, each.format, reading.captured):
                rows.write(msgspec.json.encode(record) + b"\n")
        part.replace(cache)
    with cache.open("rb") as rows:
        yield from map(RECORD.decode, rows)


def _refusal(record: Rejected, file: InputFile) -> RejectedRecordError:
    hint = "mend it, or leave such records out with --on-error skip"
    name = f"record {record.id}: " if record.id else ""
    reason = f"{name}{record.reason}; {hint}"
    return RejectedRecordError(reason, location=file.location, line=record.line or None)
