"""Read RIS, the exchange format of reference managers.

    TY  - JOUR
    AU  - Example, Ada
    TI  - On Looms
    PY  - 2024/05/03/
    ER  -

Tags and types are those of Reference Manager and EndNote; publishers use them differently, so each
field of a paper is looked for under several tags. A record ends at ``ER``, at the next ``TY``, or
with the file; lines without a tag go on with the value before them.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from graphbuild.identifiers import from_url, identifier, identifiers
from graphbuild.names import split_name
from graphbuild.parts import (
    Authorship,
    Container,
    Count,
    Event,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Role,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper, Record
from graphbuild.sources.bibliography import FORGE, ISBN, ISSN, doi_in, is_arxiv, language, pages
from graphbuild.sources.dates import from_parts, partial_date
from graphbuild.sources.encodings import decoded_start, read_text
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import UNDECODED, Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts
from graphbuild.text import clean, whole_number

NAME = "ris"
LINE = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: (.*)|)")
STARTS = re.compile(r"(?:\A|\n)[ \t\ufeff]*(?:TY|T1|TI|JF|AU|A1)  ?- ?\S[^\n]*\n[A-Z][A-Z0-9]  ?-")
"""Two tagged lines, the first one usual at the start of a record."""

KINDS: dict[str, PaperKind | None] = {
    "JOUR": "article", "EJOUR": "article", "JFULL": "issue", "MGZN": "article", "NEWS": "article",
    "INPR": None, "ABST": "other", "CONF": "conference-paper", "CPAPER": "conference-paper",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "CHAP": "chapter",
    "ECHAP": "chapter", "ENCYC": "reference-entry", "DICT": "reference-entry", "THES": "thesis",
    "RPRT": "report", "GOVDOC": "report", "DATA": "dataset", "AGGR": "dataset",
    "DBASE": "dataset", "COMP": "software", "UNPB": None, "GEN": None, "ELEC": None, "BLOG": None,
    "WEB": None, "UNPD": None, "MANSCPT": None,
}  # fmt: skip
VOLUME_TAGS = ("BT", "T2", "JF")
VENUE_TAGS = ("JF", "JO", "T2", "JA", "J1", "J2")
IN_VOLUME = frozenset({"conference-paper", "chapter", "reference-entry"})
DATE_TAGS = ("DA", "Y1", "PY")
EDITORS = ("ED", "A2")
DATE = re.compile(r"(\d{4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?/*")
PUBMED = re.compile(r"(?:PMID:\s*)?(\d{1,9})\s*\[pmid\]|PMID:\s*(\d{1,9})", re.IGNORECASE)
PMC = re.compile(r"PMC\d{4,9}")
CITED = re.compile(r"Cited By\s*:?\s*(\d+)", re.IGNORECASE)
SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
USED = frozenset(
    {"TY", "TI", "T1", "CT", "AB", "N2", "AU", "A1", "DO", "M3", "N1", "SN", "VL", "IS", "CP"}
    | {"SP", "EP", "ET", "LA", "PB", "UR", "L1", "L2", "LK", "KW", "ID", "AD", "AN", "U1", "U2"}
    | {"T3", "ST", "TT", "CY", "C2", "C3", "C7", "BT", *VENUE_TAGS, *DATE_TAGS, *EDITORS}
)
NOTHING = "it states no title, no authors and no identifier"
Tags = dict[str, list[str]]


def recognises(head: Head) -> bool:
    """Say whether tagged lines of RIS come up early in the text."""
    text = head.text if "\0" not in head.text else decoded_start(head.data)
    return STARTS.search(text[:4096].replace("\r\n", "\n").replace("\r", "\n")) is not None


def read_ris(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a paper for each record; one that says nothing is `Rejected`.

    Raises:
        InputError: the file cannot be read.
    """
    yield source_of(file, NAME, "references in RIS", captured.isoformat() if captured else None)
    for number, (line, tags, text) in enumerate(_records(read_text(file)), 1):
        own_id = _first(tags, "ID")
        if UNDECODED.search(text):
            yield rejected("it holds bytes that are not UTF-8", text, line=line, own_id=own_id)
            continue
        head_line = text.partition("\n")[0].strip()
        paper = _paper(tags, origin_of(file, number, line=line, text=head_line, own_id=own_id))
        yield paper or rejected(NOTHING, text, line=line, own_id=own_id)


def _records(text: str) -> Iterator[tuple[int, Tags, str]]:
    """Yield the line at which each record starts, its values by tag, and its text."""
    tags: Tags = {}
    lines: list[str] = []
    start = 0
    for number, line in enumerate(text.lstrip("\ufeff \t").split("\n"), 1):
        match = LINE.fullmatch(line.lstrip("\ufeff \t") if not tags else line)
        tag = match[1] if match else ""
        ends = tag == "ER" or (tag == "TY" and tags.keys() - {"TY"})
        if ends and tags:
            yield start, tags, "\n".join(lines)
        if ends:
            tags, lines = {}, []
        if tag and tag != "ER":
            start = start if tags else number
            tags.setdefault(tag, []).append((match[2] or "").strip() if match else "")
            last = tag
        elif tags and line.strip() and not match:
            tags[last][-1] = f"{tags[last][-1]} {line.strip()}".strip()
        if tags:
            lines.append(line)
    if tags:
        yield start, tags, "\n".join(lines)


def _paper(tags: Tags, origin: Origin) -> Paper | None:
    kind = KINDS.get(_first(tags, "TY").upper(), "other" if "TY" in tags else None)
    title = _first(tags, "TI", "T1", "CT") or (_first(tags, "BT") if kind == "book" else "")
    authors = tuple(_people(tags, ("AU", "A1"), "author"))
    editors = tuple(_people(tags, EDITORS, "editor"))
    ids, malformed = identifiers(_ids(tags, kind))
    if not (title or authors or editors or ids):
        return None
    notes = "; ".join(_all(tags, "N1"))
    code = (link for link in _links(tags) if FORGE.search(link))
    first, last = _pages(tags)
    return Paper(
        **read_texts(title, _first(tags, "AB", "N2"), " ".join([notes, *code])),
        author_list="complete" if authors or (editors and kind == "book") else "unknown",
        origins=(origin,),
        authors=authors + editors,
        issued=_issued(tags),
        submitted=_dated(tags, "received"),
        organizations=tuple(_all(tags, "AD")),
        ids=ids,
        malformed_ids=malformed,
        kind="preprint" if kind == "article" and is_arxiv(_first(tags, *VENUE_TAGS)) else kind,
        kind_written=_first(tags, "TY"),
        venue=_venue(tags, kind),
        event=_event(tags, kind),
        container=_container(tags, kind),
        volume=_first(tags, "VL"),
        issue=_first(tags, "IS", "CP"),
        first_page=first,
        last_page=last,
        article_number=_first(tags, "C7"),
        edition=_first(tags, "ET") if kind in {"book", "chapter", "software"} else "",
        publisher=_publisher(_first(tags, "PB")),
        language=language(_first(tags, "LA")),
        urls=tuple(link for link in _links(tags) if from_url(link) is None),
        keywords=tuple(dict.fromkeys(_all(tags, "KW"))),
        comment=notes,
        counts=_counts(notes),
        other_titles=tuple(_all(tags, "ST", "TT")),
    )


def _all(tags: Tags, *names: str) -> list[str]:
    return [text for name in names for text in map(clean, tags.get(name, ())) if text]


def _first(tags: Tags, *names: str) -> str:
    for name in names:
        for text in tags.get(name, ()):
            if text:
                return clean(text)
    return ""


def _people(tags: Tags, names: tuple[str, ...], role: Role) -> Iterator[Authorship]:
    for position, written in enumerate(_all(tags, *names), 1):
        name, given, family, suffix = _name(written)
        yield Authorship(name, position, given=given, family=family, suffix=suffix, role=role)


@lru_cache(maxsize=16_384)
def _name(written: str) -> tuple[str, str, str, str]:
    """Return name, given and family name and suffix of ``Family, Given, Suffix``.

    >>> _name("Loom,Ada,Jr."), _name("Bo Sample")[1:]
    (('Ada Loom Jr.', 'Ada', 'Loom', 'Jr.'), ('Bo', 'Sample', ''))
    """
    parts = [part.strip() for part in written.split(",")]
    suffix = parts.pop() if len(parts) > 2 and SUFFIX.fullmatch(parts[-1]) else ""
    split = split_name(f"{parts[0]}, {' '.join(parts[1:])}" if len(parts) > 1 else written)
    given, family = split.given or "", split.family or ""
    if not (given and family):
        return written.strip(" ,"), "", "", ""
    return " ".join(filter(None, (given, family, suffix))), given, family, suffix


def _ids(tags: Tags, kind: PaperKind | None) -> Iterator[tuple[str, str]]:
    stated = _all(tags, "DO")
    yield from (("doi", doi_in(text)) for text in stated)
    found = (doi_in(text) for text in _all(tags, "M3", "N1", "L3") if "10." in text)
    if not stated:
        yield from (("doi", text) for text in found if identifier("doi", text))
    for text in _all(tags, "U1", "U2", "AN", "C2", "N1"):
        for match in PUBMED.finditer(text):
            yield "pmid", match[1] or match[2]
        yield from (("pmcid", number) for number in PMC.findall(text))
    if kind in {"book", "report", "thesis"}:
        yield from (("isbn", number) for number in _isbns(tags))
    if not stated:
        links = [known for link in _links(tags) if (known := from_url(link))]
        yield from (_pair(known) for known in links if not known.startswith("dblp"))


def _pair(known: str) -> tuple[str, str]:
    scheme, _, value = known.partition(":")
    return scheme, value


def _isbns(tags: Tags) -> list[str]:
    return [number for text in _all(tags, "SN") for number in ISBN.findall(text)]


def _links(tags: Tags) -> list[str]:
    links = _all(tags, "UR", "LK", "L1", "L2")
    return [link for link in dict.fromkeys(links) if link.startswith("http") and " " not in link]


def _pages(tags: Tags) -> tuple[str, str]:
    first, last = _first(tags, "SP"), _first(tags, "EP")
    return (first, last) if last else pages(first)


def _issued(tags: Tags) -> PartialDate | None:
    """Return the date of issue: of several that share the year the most precise one."""
    found = [date for text in _all(tags, "PY", "Y1", "DA") if (date := _date(text))]
    same = [date for date in found if date.value[:4] == found[0].value[:4]]
    return max(same, key=lambda date: len(date.value), default=None)


def _dated(tags: Tags, word: str) -> PartialDate | None:
    for text in _all(tags, *DATE_TAGS):
        match = DATE.fullmatch(text)
        if match and match[4] == word:
            return from_parts(match.groups()[:3], text)
    return None


@lru_cache(maxsize=4096)
def _date(written: str) -> PartialDate | None:
    """Return the date of ``year/month/day/other``; none where "other" tells what else it is.

    >>> _date("2024/05//").value, _date("2015/october").value, _date("2024/02/01/received")
    ('2024-05', '2015-10', None)
    """
    match = DATE.fullmatch(written)
    if match:
        return None if match[4] else from_parts(match.groups()[:3], written)
    year, _, month = written.partition("/")
    return partial_date(f"{month.strip('/')} {year}" if month else written)


def _venue(tags: Tags, kind: PaperKind | None) -> VenueName | None:
    if kind in IN_VOLUME:
        return None
    name = _first(tags, *VENUE_TAGS)
    if kind == "book":
        series = _first(tags, "T2", "T3")
        return VenueName(series, kind="book-series") if series else None
    texts = _all(tags, "SN")
    ids = identifiers(("issn", number) for text in texts for number in ISSN.findall(text))[0]
    journal: VenueKind | None = "journal" if kind == "article" else None
    short = [text for text in dict.fromkeys(_all(tags, "JO", "JA", "J1", "J2")) if text != name]
    if not name:
        return None
    return VenueName(name, ids, "repository" if is_arxiv(name) else journal, tuple(short))


def _container(tags: Tags, kind: PaperKind | None) -> Container | None:
    title = _first(tags, *VOLUME_TAGS)
    if kind not in IN_VOLUME or not title:
        return None
    ids = identifiers(("isbn", number) for number in _isbns(tags))[0]
    return Container(title, ids, "proceedings" if kind == "conference-paper" else "book")


def _event(tags: Tags, kind: PaperKind | None) -> Event | None:
    name = _first(tags, "C3") if kind == "conference-paper" else ""
    return Event(name, place=_first(tags, "CY")) if name else None


@lru_cache(maxsize=4096)
def _publisher(name: str) -> OrganizationName | None:
    return OrganizationName(name) if name else None


def _counts(notes: str) -> tuple[Count, ...]:
    match = CITED.search(notes)
    number = whole_number(match[1]) if match else None
    return (Count("citation-count", number),) if number is not None else ()


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which tags each record has, and whether they are read."""
    for _, tags, _ in _records(read_text(file)):
        yield named_fields((tag for tag, texts in tags.items() if any(texts)), USED)


FORMAT = Format(NAME, "references in RIS", 1, recognises, read_ris, fields_of)
