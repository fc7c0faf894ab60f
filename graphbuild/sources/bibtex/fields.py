"""What the fields of BibTeX and BibLaTeX mean: types, dates, inheritance, plain values."""

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from graphbuild.parts import PaperKind, PartialDate
from graphbuild.sources.bibtex.syntax import MONTHS, Entry
from graphbuild.sources.dates import from_parts, partial_date
from graphbuild.tex import plain_text, without_braces
from graphbuild.text import clean

KINDS: dict[str, PaperKind | None] = {
    "article": "article", "periodical": "issue", "suppperiodical": "article", "review": "review",
    "inproceedings": "conference-paper", "conference": "conference-paper",
    "proceedings": "proceedings", "mvproceedings": "proceedings",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "booklet": "book", "reference": "book", "mvreference": "book",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "incollection": "chapter", "suppcollection": "chapter", "inreference": "reference-entry",
    "phdthesis": "doctoral-thesis", "mastersthesis": "masters-thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "dataset": "dataset", "software": "software",
    "softwareversion": "software", "softwaremodule": "software", "codefragment": "software",
    "letter": "letter", "misc": None, "unpublished": None, "online": None, "electronic": None,
    "www": None,
}  # fmt: skip
"""Types that do not say what a work is have None; those that are not here are ``other``."""

NOT_WORKS = frozenset({"set", "xdata", "control", "bibnote", "nameonly"})
"""Entries that hold data for other entries."""

THESES: tuple[tuple[re.Pattern[str], PaperKind], ...] = (
    (re.compile(r"phd|ph\.\s?d|doctor|dissertation", re.IGNORECASE), "doctoral-thesis"),
    (re.compile(r"master|ma?thesis|m\.\s?sc|diplom", re.IGNORECASE), "masters-thesis"),
    (re.compile(r"candthesis", re.IGNORECASE), "thesis"),
)
INHERITED = frozenset(
    {"booktitle", "booksubtitle", "year", "date", "month", "editor", "publisher", "series"}
    | {"volume", "address", "location", "organization", "isbn", "issn", "eventtitle", "eventdate"}
    | {"venue", "language", "langid", "journal", "journaltitle", "edition"}
)
"""What a part takes from its volume (BibLaTeX manual, appendix B)."""

ESCAPED = re.compile(r"\\([_%&#$~])|\\url\b|\\textasciitilde\b")
UNCERTAIN = re.compile(r"[~?%X]|\bca?\b\.?|circa", re.IGNORECASE)
MONTH = re.compile(rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?|(?P<number>\d{{1,2}})", re.IGNORECASE)
DAY_AND_MONTH = re.compile(rf"(?i)(\d{{1,2}})[\s~.]*({'|'.join(MONTHS)})[a-z]*\.?")
MONTH_AND_DAY = re.compile(rf"(?i)({'|'.join(MONTHS)})[a-z]*\.?[\s~]*(\d{{1,2}})")


def completed(entry: Entry, parents: Mapping[str, Entry]) -> Entry:
    """Return an entry with what it inherits from ``crossref`` and ``xdata``.

    Args:
        entry: the entry.
        parents: entries by key in lower case.
    """
    fields = entry.fields
    if "crossref" not in fields and "xdata" not in fields:
        return entry
    for key in fields.get("xdata", "").split(","):
        source = parents.get(key.strip().lower())
        if source:
            fields = source.fields | fields
    parent = parents.get(fields.get("crossref", "").strip().lower())
    if parent is None or (parent.line, parent.start) == (entry.line, entry.start):
        return entry._replace(fields=fields)
    if KINDS.get(entry.kind) == "software":  # BibLaTeX-software: versions and modules of one whole
        return entry._replace(fields=parent.fields | fields)
    taken = {name: value for name, value in parent.fields.items() if name in INHERITED}
    title = parent.fields.get("title")
    if title and entry.kind not in {"book", "proceedings", "collection"}:
        taken.setdefault("journaltitle" if parent.kind == "periodical" else "booktitle", title)
    return entry._replace(fields=taken | fields)


def kind_of(entry: Entry) -> tuple[PaperKind | None, str]:
    """Return what a work is, and the source's word for it."""
    stated = value(entry.fields, "type")
    kind = KINDS.get(entry.kind, "other")
    if entry.kind in {"thesis", "phdthesis", "mastersthesis"} and stated:
        kind = next((each for pattern, each in THESES if pattern.search(stated)), kind)
    return kind, stated or entry.kind


def value(fields: Mapping[str, str], *names: str) -> str:
    """Return the first of these fields that is stated, as readable text."""
    for name in names:
        written = fields.get(name)
        if written:
            text = readable(written)
            if text:
                return text
    return ""


@lru_cache(maxsize=16_384)
def readable(written: str) -> str:
    r"""Return the value of a short field as text.

    >>> readable(r"Kov{\'a}cs \& {S}ons")
    'Kovács & Sons'
    """
    if written.isalnum():
        return written
    return clean(without_braces(plain_text(written)))


def web(written: str) -> str:
    r"""Return the value of a field such as ``url`` or ``doi``, whose text is taken literally.

    >>> web(r"\url{https://example.org/a\_b}")
    'https://example.org/a_b'
    """
    text = written.strip()
    if "\\" in text:
        text = ESCAPED.sub(_literal, text)
    return text.replace("{", "").replace("}", "").strip()


def _literal(match: re.Match[str]) -> str:
    return match[1] or ("" if match[0].endswith("url") else "~")


def issued(fields: Mapping[str, str]) -> PartialDate | None:
    """Return when a work appeared: ``date`` of BibLaTeX, else ``year`` with ``month`` and ``day``.

    Of a range it is the first day, as precise as both ends are; uncertain dates are none.

    >>> issued({"year": "2024", "month": "3~may"}).value, issued({"date": "1990~"})
    ('2024-05-03', None)
    """
    date = fields.get("date")
    if date:
        return _dated(readable(date))
    year = fields.get("year")
    if not year:
        return None
    return _year_and_month(readable(year), fields.get("month", ""), fields.get("day", ""))


@lru_cache(maxsize=4096)
def _dated(written: str) -> PartialDate | None:
    start, slash, end = written.partition("/")
    if UNCERTAIN.search(start):
        return None
    first = partial_date(start)
    if first and slash and len(end) < len(start) and end not in {"", ".."}:
        first = partial_date(start[: len(end)]) or first
    return first and msgspec.structs.replace(first, written=written)


@lru_cache(maxsize=4096)
def _year_and_month(year: str, month: str, day: str) -> PartialDate | None:
    if not (year.isdigit() and len(year) == 4):
        return _dated(year)
    if not month:
        return PartialDate(year, year)
    text = readable(month)
    written = " ".join(part for part in (day, text, year) if part)
    number, stated = _month(text)
    return from_parts((int(year), number, day if day.isdigit() else stated), written) or (
        from_parts((int(year), number), written) or PartialDate(written, year)
    )


def _month(text: str) -> tuple[int, int]:
    """Return month and day, 0 for what is not stated or several."""
    for pattern, day, name in ((DAY_AND_MONTH, 1, 2), (MONTH_AND_DAY, 2, 1)):
        match = pattern.fullmatch(text)
        if match:
            return MONTHS.index(match[name].lower()) + 1, int(match[day])
    match = MONTH.fullmatch(text)
    if match is None:
        return 0, 0
    number = MONTHS.index(match["name"].lower()) + 1 if match["name"] else int(match["number"])
    return (number if number <= 12 else 0), 0
