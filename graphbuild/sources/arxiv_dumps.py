"""Read dumps of arXiv: Kaggle's JSON Lines, and the archive of tables (doi:10.5281/zenodo.1463242).

Kaggle's records keep the authors twice, as written and taken apart; the names come from what is
written where both have as many.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import chain, zip_longest

import msgspec

from graphbuild.parts import Authorship, Origin
from graphbuild.records import Record, Rejected
from graphbuild.sources.arxiv import (
    Preprint,
    author,
    author_list,
    classes,
    places_of,
    preprint_paper,
    readable_name,
)
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import Head, InputFile, damage, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.json_documents import Document, decoded, documents, json_audit

SHORTENED = re.compile(r"\d{3,4}\.(?:\d{1,5}|\d{12,17})")
FIVE_DIGITS = 1501
"""Year and month from which on numbers have five digits behind the point."""

LONGEST_FIELD = 2_000_000
REQUIRED = frozenset({"arxiv_id", "author_text", "title"})
COLUMNS = frozenset(
    {
        "abstract", "acm_class", "arxiv_id", "author_text", "categories", "comments", "created",
        "doi", "primary_cat", "title", "updated", "journal_ref", "report_no", "msc_class",
        "license", "categories_list", "num_authors", "num_categories",
    }
)  # fmt: skip
"""Columns that are read, or that repeat what others say."""


class Version(msgspec.Struct):
    """A version of a preprint."""

    version: str
    created: str


class Row(msgspec.Struct, rename={"report_no": "report-no", "journal_ref": "journal-ref"}):
    """A record of Kaggle's dump, as far as it is used."""

    id: str
    title: str
    authors: str | None = None
    authors_parsed: list[list[str]] = []
    abstract: str | None = None
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    report_no: str | None = None
    categories: str | list[str] | None = None
    license: str | None = None
    versions: list[Version] = []


ROW = msgspec.json.Decoder(Row).decode


def recognises_kaggle(head: Head) -> bool:
    """Say whether the first line is a record of Kaggle's dump."""
    first = head.text.lstrip("\ufeff \n").split("\n", 1)[0]
    return first.startswith("{") and all(
        f'"{name}":' in first for name in ("authors_parsed", "categories", "abstract")
    )


def recognises_table(head: Head) -> bool:
    """Say whether the first line names the columns of the archive."""
    names = head.text.split("\n", 1)[0].rstrip("\r").split("\t")
    return set(names) >= REQUIRED


def read_kaggle(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the preprints of Kaggle's dump; a line that is wrong comes as `Rejected`."""
    when = captured.isoformat() if captured else None
    yield source_of(file, "arxiv-kaggle", "preprints of arXiv, by Kaggle", when)
    for document in documents(file):
        yield document if isinstance(document, Rejected) else _record(file, document)


def _record(file: InputFile, document: Document) -> Record:
    row = decoded(document, ROW, "a preprint")
    if isinstance(row, Rejected):
        return row
    origin = origin_of(file, document.number, line=document.line, own_id=row.id)
    return _paper(_kaggle(row), origin)


def _paper(preprint: Preprint, origin: Origin) -> Record:
    try:
        return preprint_paper(preprint, origin)
    except ValueError as error:
        return rejected(str(error), preprint.abstract, line=origin.line, own_id=origin.id)


def _kaggle(row: Row) -> Preprint:
    authors, truncated = _authors(row)
    codes = row.categories or ""
    return Preprint(
        number=row.id,
        title=row.title,
        authors=authors,
        truncated=truncated,
        abstract=row.abstract or "",
        comment=row.comments or "",
        citation=row.journal_ref or "",
        dois=row.doi or "",
        report_number=row.report_no or "",
        categories=tuple((codes if isinstance(codes, str) else " ".join(codes)).split()),
        versions=tuple((each.version, each.created) for each in row.versions),
        license=row.license or "",
    )


def _authors(row: Row) -> tuple[tuple[Authorship, ...], bool]:
    written, truncated = author_list(row.authors or "")
    if not row.authors_parsed:
        return written, truncated
    if len(written) != len(row.authors_parsed):
        written = ()
    return tuple(
        _author(parts, place, whole)
        for place, (parts, whole) in enumerate(zip_longest(row.authors_parsed, written), 1)
    ), truncated


def _author(parts: list[str], place: int, written: Authorship | None) -> Authorship:
    family, given, suffix, *places = [*parts, "", "", ""][: max(3, len(parts))]
    if written is None:
        name = f"{given} {family} {suffix}".strip()
        return author(name, place, given=given, family=family, suffix=suffix, affiliations=places)
    return msgspec.structs.replace(
        written,
        given=readable_name(given),
        family=readable_name(family),
        suffix=readable_name(suffix),
        affiliations=written.affiliations or places_of(places),
    )


def read_table(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the preprints of a table; a row that is wrong comes as `Rejected`."""
    when = captured.isoformat() if captured else None
    yield source_of(file, "arxiv-tsv", "preprints of arXiv, as a table", when)
    for number, found in enumerate(_rows(file), 1):
        if isinstance(found, Rejected):
            yield found
            continue
        line, row = found
        origin = origin_of(file, number, line=line, own_id=row["arxiv_id"])
        yield _paper(_table(row), origin)


def _rows(file: InputFile) -> Iterator[tuple[int, dict[str, str]] | Rejected]:
    """Yield each row with the line where it starts; a quoted field may hold several lines."""
    csv.field_size_limit(LONGEST_FIELD)
    lines = (f"{line}\n" for line in text_lines(file))
    names = next(lines, "").rstrip("\n").removeprefix("\ufeff").split("\t")
    if not set(names) >= REQUIRED:
        yield rejected(f"the first line must name {', '.join(sorted(REQUIRED))}", "", line=1)
        return
    reader = csv.reader(lines, delimiter="\t")
    line = 2
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield rejected(f"no row of a table: {error}", "", line=line)
        else:
            yield _row(names, values, line)
        line = reader.line_num + 2


def _row(names: list[str], values: list[str], line: int) -> tuple[int, dict[str, str]] | Rejected:
    text = "\t".join(values)
    if len(values) != len(names):
        reason = f"it has {len(values)} fields, the first line names {len(names)}"
        return rejected(reason, text.encode(errors="replace"), line=line)
    if wrong := damage(text):
        return rejected(wrong, text.encode(errors="replace"), line=line)
    return line, dict(zip(names, values, strict=True))


def restored_number(written: str) -> str:
    """Return a number of arXiv that was read as a decimal number and written back.

    That takes the zeros from both of its ends and adds noise far behind the point. Numbers have
    four digits before the point, and behind it four until 2014 and five since
    (info.arxiv.org/help/arxiv_identifier.html), so that only one number can be meant.

    >>> [restored_number(each) for each in ("704.009", "1501.0208400000001", "cs/9809011")]
    ['0704.0090', '1501.02084', 'cs/9809011']
    """
    if not SHORTENED.fullmatch(written.strip()):
        return written
    number = Decimal(written.strip())
    return f"{number:010.5f}" if number >= FIVE_DIGITS else f"{number:09.4f}"


def _table(row: dict[str, str]) -> Preprint:
    authors, truncated = author_list(row["author_text"])
    codes = row.get("categories", "").replace(",", " ").split()
    first, last = row.get("created", ""), row.get("updated", "")
    return Preprint(
        number=restored_number(row["arxiv_id"]),
        title=row["title"],
        authors=authors,
        truncated=truncated,
        abstract=row.get("abstract", ""),
        comment=row.get("comments", ""),
        citation=row.get("journal_ref", ""),
        dois=row.get("doi", ""),
        report_number=row.get("report_no", ""),
        categories=tuple(chain(filter(None, [row.get("primary_cat", "").strip()]), codes)),
        classes=(
            *classes("ACM", row.get("acm_class", "")),
            *classes("MSC", row.get("msc_class", "")),
        ),
        versions=tuple(pair for pair in (("first", first), ("latest", last)) if pair[1].strip()),
        license=row.get("license", ""),
    )


def _kaggle_fields(file: InputFile) -> Iterator[Fields]:
    return json_audit(file, Row)


def _table_fields(file: InputFile) -> Iterator[Fields]:
    for found in _rows(file):
        if not isinstance(found, Rejected):
            with suppress(ValueError):
                yield named_fields((name for name, text in found[1].items() if text), COLUMNS)


KAGGLE_FORMAT = Format(
    "arxiv-kaggle",
    "preprints of arXiv, Kaggle's JSON Lines",
    1,
    recognises_kaggle,
    read_kaggle,
    _kaggle_fields,
)
TABLE_FORMAT = Format(
    "arxiv-tsv",
    "preprints of arXiv, an archive of tables (TSV)",
    1,
    recognises_table,
    read_table,
    _table_fields,
)
