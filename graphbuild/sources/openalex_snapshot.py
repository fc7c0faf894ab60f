"""Read what lies beside the records in OpenAlex's snapshot: manifests and replaced identifiers.

A ``manifest`` lists the snapshot's own files: it holds no record. A file in ``merged_ids`` says
which identifiers were replaced by which, and when.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from graphbuild.errors import InputError
from graphbuild.parts import Origin
from graphbuild.records import Record, Redirect
from graphbuild.sources.dates import partial_date
from graphbuild.sources.files import Head, InputFile, damage, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.openalex_works import openalex_id

HEADER = ("merge_date", "id", "merge_into_id")
LISTS_FILES = re.compile(r'\s*\{\s*"entries"\s*:\s*\[\s*\{\s*"url"\s*:\s*"s3://openalex/')


def is_manifest(head: Head) -> bool:
    """Say whether an input lists the files of a snapshot."""
    return LISTS_FILES.match(head.text) is not None


class _Entry(msgspec.Struct):
    url: str


class _Manifest(msgspec.Struct):
    entries: list[_Entry]


def listed(file: InputFile) -> Iterator[str]:
    """Yield the addresses of the files that a manifest lists.

    Raises:
        InputError: it is no JSON of a manifest, because it breaks off.
    """
    with file.open() as stream:
        data = stream.read()
    try:
        manifest = msgspec.json.decode(data, type=_Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = f"the manifest is damaged: {error}; download it again"
        raise InputError(reason, location=file.location) from error
    return (each.url for each in manifest.entries)


def pass_over(file: InputFile, captured: date | None = None) -> Iterator[Record]:  # noqa: ARG001 - as all readers
    """Yield nothing: a manifest holds no records."""
    return iter(())


def is_merged_ids(head: Head) -> bool:
    """Say whether an input lists replaced identifiers."""
    first = head.text.lstrip("\ufeff").split("\n", 1)[0]
    return tuple(first.strip().split(",")) == HEADER


def read_merged_ids(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a `Redirect` for each identifier that was replaced."""
    when = captured.isoformat() if captured else None
    yield source_of(file, MERGED_IDS.name, "replaced identifiers of OpenAlex", when)
    for number, line in enumerate(text_lines(file), 1):
        if number > 1 and line.strip():
            yield _redirect(line, origin_of(file, number - 1, line=number))


def _redirect(line: str, origin: Origin) -> Record:
    when, written, into = (*line.split(","), "", "", "")[:3]
    old, new = openalex_id(written), openalex_id(into)
    if damage(line) or not (old and new):
        reason = damage(line) or "no two identifiers of OpenAlex"
        return rejected(reason, line.encode(errors="replace"), line=origin.line)
    found = partial_date(when)
    place = msgspec.structs.replace(origin, id=written)
    return Redirect(old, new, place, found.value if found else "")


MERGED_IDS = Format(
    "openalex-merged-ids", "identifiers that OpenAlex replaced", 1, is_merged_ids, read_merged_ids
)
MANIFEST = Format(
    "openalex-manifest",
    "list of the snapshot's files",
    1,
    is_manifest,
    pass_over,
    lists=listed,
)
