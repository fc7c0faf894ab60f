"""Audit inputs: what a reader takes from them, and what it leaves.

The inputs of one format are one source. Counted are its records, what was rejected, identifiers
that break the rules of their scheme, and how often each field is stated, read or not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from graphbuild.records import Record, Rejected, Source
from graphbuild.sources import format_named, read_records
from graphbuild.sources.files import InputFile

EXAMPLES = 5
"""Rejected records and malformed identifiers that are shown for each source."""

SAMPLE = 300
"""Records of an input in which a build looks for fields that nobody reads."""

SAMPLED_INPUTS = 5
"""Inputs of a format in which it looks."""


@dataclass(frozen=True)
class FieldUse:
    """How often a field is stated.

    Attributes:
        path: where it is in the record.
        records: number of records that state it.
        used: the reader reads it.
    """

    path: str
    records: int
    used: bool


@dataclass
class Audit:
    """What the inputs of one format hold.

    Attributes:
        format: its name.
        files: number of inputs.
        records: number of records by type.
        rejected: number of records that could not be read.
        reasons: the first of them: input, line (0 when not known), reason.
        malformed: number of malformed identifiers by scheme.
        examples: the first of them: scheme and text.
        fields: fields of the records, by path; empty when the reader does not tell.
        raw_records: number of records whose fields were looked at.
        tells: the reader tells which fields it reads.
    """

    format: str
    tells: bool
    files: int = 0
    records: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    reasons: list[tuple[str, int, str]] = field(default_factory=list)
    malformed: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)
    fields: list[FieldUse] = field(default_factory=list)
    raw_records: int = 0

    @property
    def coverage(self) -> float | None:
        """Share of all stated values that are in fields which the reader reads."""
        stated = sum(each.records for each in self.fields)
        return sum(each.records for each in self.fields if each.used) / stated if stated else None


def audit(format_name: str, files: Iterable[InputFile], captured: date | None = None) -> Audit:
    """Read inputs of one format, and count.

    Raises:
        InputError: an input cannot be read.
    """
    result = Audit(format_name, tells=format_named(format_name).fields is not None)
    uses = _Uses()
    for file in files:
        result.files += 1
        for record in read_records(file, format_name, captured):
            _count(result, file, record)
        uses.add(file, format_name)
    result.fields, result.raw_records = uses.sorted(), uses.records
    return result


def unread_fields(files: Iterable[tuple[str, InputFile]]) -> dict[str, dict[str, int]]:
    """Return by format the fields that nobody reads, and how many records of a sample state them.

    Args:
        files: inputs with the names of their formats; the first of each format are looked at.

    Raises:
        InputError: an input cannot be read.
    """
    of_format = defaultdict(list)
    for name, file in files:
        of_format[name].append(file)
    unread = {}
    for name, some in of_format.items():
        uses = _Uses()
        for file in some[:SAMPLED_INPUTS]:
            uses.add(file, name, SAMPLE)
        unread[name] = {each.path: each.records for each in uses.sorted() if not each.used}
    return {name: paths for name, paths in unread.items() if paths}


class _Uses:
    """Counts in how many records each field is stated."""

    def __init__(self) -> None:
        self.records = 0
        self._stated: Counter[str] = Counter()
        self._used: set[str] = set()

    def add(self, file: InputFile, format_name: str, most: int | None = None) -> None:
        """Count the fields of the first ``most`` records of an input."""
        tell = format_named(format_name).fields
        for fields in islice(tell(file), most) if tell else ():
            self.records += 1
            self._stated.update(fields.keys())
            self._used.update(path for path, used in fields.items() if used)

    def sorted(self) -> list[FieldUse]:
        """Return the fields: unread ones first, the most frequent of them at the top."""
        uses = (FieldUse(path, n, path in self._used) for path, n in self._stated.items())
        return sorted(uses, key=lambda each: (each.used, -each.records, each.path))


def _count(result: Audit, file: InputFile, record: Record) -> None:
    if isinstance(record, Rejected):
        result.rejected += 1
        if len(result.reasons) < EXAMPLES:
            result.reasons.append((file.location, record.line, record.reason))
        return
    if not isinstance(record, Source):
        result.records[type(record).__name__.lower()] += 1
    for scheme, written in _malformed(record):
        result.malformed[scheme] += 1
        if len(result.examples) < EXAMPLES:
            result.examples.append((scheme, written))


def _malformed(record: Record) -> Iterator[tuple[str, str]]:
    yield from getattr(record, "malformed_ids", ())
    for author in getattr(record, "authors", ()):
        yield from author.malformed_ids
