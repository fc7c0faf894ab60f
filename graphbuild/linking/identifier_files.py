"""Read identifier files: tables with an IRI or local id of theirs and identifiers of the same.

    iri,orcid,name
    https://cris.example.org/person/17,0000-0002-1825-0097,Ada Example

A column is called like a scheme of identifiers (``orcid``, ``doi``, ``ror``, ``issn``, ``openalex``
...); ``iri`` or ``id`` is theirs; ``kind`` says person, paper, organisation or venue where the
scheme leaves it open; ``name`` or ``title`` is shown. Other columns are passed over, and named.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from graphbuild.errors import InputError
from graphbuild.identifiers import SCHEMES, identifier
from graphbuild.linking.theirs import Theirs
from graphbuild.parts import Origin
from graphbuild.records import Author, Institution, Paper, Record, Venue
from graphbuild.resolve.links import TARGET, WEB

OWN = ("iri", "id")
NAMES = ("name", "title", "label")
KIND = "kind"
KINDS = {
    "person": "person", "author": "person", "paper": "paper", "work": "paper", "venue": "venue",
    "journal": "venue", "organisation": "org", "organization": "org", "org": "org",
}  # fmt: skip
BY_SCHEME = {
    **dict.fromkeys(("orcid", "isni", "dblp-person", "dblp-name", "acl-person"), "person"),
    **dict.fromkeys(("doi", "arxiv", "acl", "dblp", "pmid", "pmcid", "openreview", "mag"), "paper"),
    **dict.fromkeys(("ror", "grid"), "org"),
    **dict.fromkeys(("issn", "dblp-stream", "acl-venue"), "venue"),
}
"""The kind of entity that has an identifier of a scheme, where there is one only."""

OPENALEX = {"A": "person", "W": "paper", "I": "org", "S": "venue"}
Row = dict[str, str]


def read_identifiers(path: Path, base: str = "") -> Theirs:
    """Return what a CSV or TSV file of identifiers tells.

    Args:
        path: the file, with a line of the columns' names.
        base: what comes before a local id to make an IRI of it.

    Raises:
        InputError: it cannot be read, or a row has no IRI, no good identifier or no clear kind.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Theirs(list(_records(file, path, base)))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", location=str(path)) from error


def _records(file: TextIO, path: Path, base: str) -> Iterator[Record]:
    delimiter = "\t" if "\t" in file.readline() else ","
    file.seek(0)
    rows = csv.DictReader(file, delimiter=delimiter, restval="", restkey="")
    named = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if not set(named) & set(OWN) or not set(named) & set(SCHEMES):
        columns = f"{' or '.join(OWN)}, and one of {', '.join(sorted(SCHEMES))}"
        raise InputError(f"needs the columns {columns}", location=str(path), line=1)
    rows.fieldnames = named
    for row in rows:
        if any(value.strip() for value in row.values() if isinstance(value, str)):
            yield _record(_Place(path, rows.line_num), row, base)


class _Place:
    """A row of a file, to be named in errors."""

    def __init__(self, path: Path, line: int) -> None:
        self._path = path
        self._line = line

    def wrong(self, reason: str) -> InputError:
        return InputError(reason, location=str(self._path), line=self._line)

    @property
    def origin(self) -> Origin:
        return Origin(f"{self._path.name}-r{self._line}", self._line)


def _record(place: _Place, row: Row, base: str) -> Record:
    known = tuple(_ids(place, row))
    kind = _kind(place, row, known)
    own = _own(place, next(filter(None, (row.get(name, "").strip() for name in OWN)), ""), base)
    name = next(filter(None, (row.get(each, "").strip() for each in NAMES)), "")
    ids = (*known, f"{TARGET}{own}")
    if kind == "person":
        return Author(ids, name, place.origin)
    if kind == "org":
        return Institution(ids, name, place.origin)
    if kind == "venue":
        return Venue(ids, name, place.origin)
    return Paper(name, "unknown", (place.origin,), ids=ids)


def _own(place: _Place, written: str, base: str) -> str:
    if not written:
        raise place.wrong("has neither iri nor id")
    if written.startswith(WEB):
        return written
    if not base:
        raise place.wrong(f"{written!r} is no IRI; say with --base what comes before local ids")
    return f"{base}{quote(written, safe='')}"


def _ids(place: _Place, row: Row) -> Iterator[str]:
    for scheme, written in row.items():
        for each in written.split() if scheme in SCHEMES else ():
            known = identifier(scheme, each)
            if known is None:
                raise place.wrong(f"{each!r} is no {scheme}: mend it, or leave it empty")
            yield known


def _kind(place: _Place, row: Row, known: tuple[str, ...]) -> str:
    said = row.get(KIND, "").strip().lower()
    if said:
        if said not in KINDS:
            raise place.wrong(f"kind {said!r} is none of {', '.join(KINDS)}")
        return KINDS[said]
    kinds = {kind for each in known if (kind := _kind_of(each))}
    if len(kinds) != 1:
        raise place.wrong("is it a person, paper, organisation or venue? Say it in a column kind")
    return kinds.pop()


def _kind_of(known: str) -> str:
    scheme, _, value = known.partition(":")
    return OPENALEX.get(value[:1], "") if scheme == "openalex" else BY_SCHEME.get(scheme, "")
