"""Read what lies beside the records in OpenAlex's snapshot: manifests and replaced identifiers.

A ``manifest`` lists the snapshot's own files: it holds no record. A file in ``merged_ids`` says
which identifiers were replaced by which, and when.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date

from graphbuild.records import Record, Redirect
from graphbuild.sources.dates import partial_date
from graphbuild.sources.files import Head, InputFile, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.openalex_works import openalex_id

HEADER = ("merge_date", "id", "merge_into_id")
LISTS_FILES = re.compile(r'\s*\{\s*"entries"\s*:\s*\[\s*\{\s*"url"\s*:\s*"s3://openalex/')


def is_manifest(head: Head) -> bool:
    """Say whether an input lists the files of a snapshot."""
    return LISTS_FILES.match(head.text) is not None


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
    rows = csv.DictReader(text_lines(file))
    for row in rows:
        old, new = openalex_id(row["id"]), openalex_id(row["merge_into_id"])
        found = partial_date(row["merge_date"] or "")
        if not (old and new):
            yield rejected("no two identifiers of OpenAlex", str(row), line=rows.line_num)
            continue
        origin = origin_of(file, rows.line_num - 1, line=rows.line_num, own_id=row["id"])
        yield Redirect(old, new, origin, found.value if found else "")


MERGED_IDS = Format(
    "openalex-merged-ids", "identifiers that OpenAlex replaced", 1, is_merged_ids, read_merged_ids
)
MANIFEST = Format("openalex-manifest", "list of the snapshot's files", 1, is_manifest, pass_over)
