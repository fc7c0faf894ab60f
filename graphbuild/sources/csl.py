"""Read CSL-JSON: what reference managers, DOI resolvers and Pandoc exchange (also as YAML).

A list of items, one item, one item a line, or an object that holds the list under ``items`` or
``references``. Names are read as the specification of CSL 1.0.2 has them: particles that drop and
that do not, suffixes, literal names; a date that is marked as circa is no date.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec
import yaml

from graphbuild.identifiers import from_url, identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    Container,
    Event,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Role,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper, Record, Rejected
from graphbuild.sources.bibliography import FORGE, ISBN, ISSN, doi_in, is_arxiv, language, pages
from graphbuild.sources.dates import from_parts, partial_date
from graphbuild.sources.dblp_keys import record_key
from graphbuild.sources.encodings import read_text
from graphbuild.sources.fields import Fields, json_fields
from graphbuild.sources.files import Head, InputFile, printable
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.json_documents import BROKEN, Document, decoded, documents
from graphbuild.sources.texts import read_texts
from graphbuild.text import clean

NAME = "csl"
LISTS = ("items", "references")
KINDS: dict[str, PaperKind | None] = {
    "article": "preprint", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "paper-conference": "conference-paper", "book": "book",
    "chapter": "chapter", "entry": "reference-entry", "entry-dictionary": "reference-entry",
    "entry-encyclopedia": "reference-entry", "thesis": "thesis", "report": "report",
    "dataset": "dataset", "software": "software", "review": "review", "review-book": "review",
    "periodical": "issue", "manuscript": None, "webpage": "other", "post": "other",
    "post-weblog": "other", "document": None, "speech": "other", "patent": "other",
    "legislation": "other", "legal_case": "other", "bill": "other", "broadcast": "other",
    "motion_picture": "other", "graphic": "other", "interview": "other", "map": "other",
    "pamphlet": "other", "personal_communication": "other", "song": "other", "standard": "other",
    "treaty": "other", "figure": "other", "classic": "other", "collection": "other",
    "event": "other", "hearing": "other", "musical_score": "other", "performance": "other",
    "regulation": "other",
}  # fmt: skip
IN_VOLUME = frozenset({"conference-paper", "chapter", "reference-entry"})
TYPE = re.compile(rf"[\"']?type[\"']?\s*:\s*[\"']?(?:{'|'.join(KINDS)})\b[\"']?\s*[,\n\r}}]")
TITLE = re.compile(r"[\"']?title[\"']?\s*:\s*[\"'\w>|]")
CSL_ONLY = re.compile(
    r"\"(?:family|literal)\"\s*:|\"date-parts\"\s*:|\"(?:container-title|title-short)\"\s*:\s*\""
)
YAML_START = re.compile(r"(?:---[^\n]*\n)?(?:nocite:[^\n]*\n)?references:\s*\n\s*- ")
NOTHING = "it states no title, no authors and no identifier"
Text = str | int | float
Texts = Text | list[Text]


class Name(msgspec.Struct, rename="kebab"):
    """A name of CSL."""

    family: str = ""
    given: str = ""
    literal: str = ""
    name: str = ""
    suffix: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    orcid: str = msgspec.field(default="", name="ORCID")
    affiliation: list[Any] = []


class Item(msgspec.Struct, rename="kebab"):
    """An item of CSL, as far as it is read."""

    id: Text = ""
    type: str = ""
    title: Texts | None = ""
    title_short: Texts | None = ""
    subtitle: Texts | None = ""
    abstract: str | None = ""
    author: list[Name] | None = None
    editor: list[Name] | None = None
    issued: Any = None
    submitted: Any = None
    container_title: Texts | None = ""
    container_title_short: Texts | None = ""
    journal_abbreviation: Texts | None = msgspec.field(default="", name="journalAbbreviation")
    collection_title: Texts | None = ""
    event: Any = ""
    event_title: Texts | None = ""
    event_place: Texts | None = ""
    volume: Text | None = ""
    issue: Text | None = ""
    number: Text | None = ""
    page: Text | None = ""
    page_first: Text | None = ""
    edition: Text | None = ""
    version: Text | None = ""
    publisher: Texts | None = ""
    genre: Texts | None = ""
    language: Texts | None = ""
    license: Any = ""
    note: Texts | None = ""
    keyword: Texts | None = ""
    doi: Texts | None = msgspec.field(default="", name="DOI")
    isbn: Texts | None = msgspec.field(default="", name="ISBN")
    issn: Texts | None = msgspec.field(default="", name="ISSN")
    pmid: Text | None = msgspec.field(default="", name="PMID")
    pmcid: Text | None = msgspec.field(default="", name="PMCID")
    url: Texts | None = msgspec.field(default="", name="URL")


DECODE = msgspec.json.Decoder(Item, strict=False).decode


def recognises(head: Head) -> bool:
    """Say whether the text is JSON (or YAML of Pandoc) with items whose types are those of CSL."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if YAML_START.match(text):
        return TYPE.search(text) is not None
    if not text.startswith(("[", "{")):
        return False
    return all(pattern.search(text) for pattern in (TYPE, TITLE, CSL_ONLY))


def read_csl(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a paper for each item; what is none comes as `Rejected`.

    Raises:
        InputError: the file cannot be read.
    """
    yield source_of(file, NAME, "items of CSL", captured.isoformat() if captured else None)
    for found in _items(file):
        if isinstance(found, Rejected):
            yield found
            continue
        document, item = found
        origin = origin_of(file, document.number, line=document.line, own_id=str(item.id))
        paper = _paper(item, origin)
        yield paper or rejected(NOTHING, document.data, line=document.line)


def _items(file: InputFile) -> Iterator[tuple[Document, Item] | Rejected]:
    for document in _documents(file):
        if isinstance(document, Rejected):
            yield document
            continue
        item = decoded(document, DECODE, "an item of CSL")
        yield item if isinstance(item, Rejected) else (document, item)


def _documents(file: InputFile) -> Iterator[Document | Rejected]:
    with file.open() as stream:
        start = stream.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n")  # type: ignore[attr-defined]
    if start[:1] in b"[{\xff\xfe":
        yield from documents(file, LISTS)
        return
    try:
        whole = yaml.load(printable(read_text(file)), yaml.CSafeLoader)
        items = whole.get("references") if isinstance(whole, dict) else None
    except (yaml.YAMLError, RecursionError) as error:
        yield rejected(f"no YAML: {' '.join(str(error).split())}", start)
        return
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        yield Document(number, 0, msgspec.json.encode(item, enc_hook=str))


def _paper(item: Item, origin: Origin) -> Paper | None:
    title = _text(item.title)
    kind = KINDS.get(item.type, "other" if item.type else None)
    authors, editors = _people(item.author, "author"), _people(item.editor, "editor")
    ids, malformed = identifiers(_ids(item, kind))
    if not (title or authors or editors or ids):
        return None
    note, (first, last) = _text(item.note), pages(_text(item.page))
    code = " ".join(link for link in _links(item) if FORGE.search(link))
    return Paper(
        **read_texts(title, item.abstract or "", f"{note} {code}"),
        author_list="complete" if authors or (editors and kind == "book") else "unknown",
        origins=(origin,),
        authors=authors + editors,
        issued=_date(item.issued),
        submitted=_date(item.submitted),
        ids=ids,
        malformed_ids=malformed,
        kind="preprint" if is_arxiv(_text(item.container_title)) else kind,
        kind_written=" ".join(filter(None, (item.type, _text(item.genre)))),
        venue=_venue(item, kind),
        event=_event(item),
        container=_container(item, kind),
        volume=_text(item.volume),
        issue=_text(item.issue),
        report_number=_text(item.number) if kind == "report" else "",
        first_page=first or _text(item.page_first),
        last_page=last,
        edition=_text(item.edition) or _text(item.version),
        publisher=_publisher(_text(item.publisher)),
        language=language(_text(item.language)),
        licenses=_licenses(item.license),
        urls=tuple(link for link in _links(item) if from_url(link) is None),
        keywords=tuple(filter(None, map(str.strip, _text(item.keyword).split(",")))),
        comment=note,
        other_titles=tuple(filter(None, (_text(item.subtitle), _text(item.title_short)))),
    )


def _text(value: Texts | None) -> str:
    """Return a value as text; of a list the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean(str(value)) if value not in (None, "") else ""


def _people(names: list[Name] | None, role: Role) -> tuple[Authorship, ...]:
    return tuple(_authorship(name, position, role) for position, name in enumerate(names or (), 1))


def _authorship(name: Name, position: int, role: Role) -> Authorship:
    given = clean(f"{name.given} {name.dropping_particle}")
    family = clean(f"{name.non_dropping_particle} {name.family}")
    literal = clean(name.literal or name.name)
    ids, malformed = identifiers([("orcid", name.orcid)]) if name.orcid else ((), ())
    places = (each.get("name") for each in name.affiliation if isinstance(each, dict))
    return Authorship(
        name=literal or " ".join(filter(None, (given, family, clean(name.suffix)))),
        position=position,
        given=given if family else "",
        family=family if given else "",
        suffix=clean(name.suffix),
        ids=ids,
        malformed_ids=malformed,
        affiliations=tuple(Affiliation(clean(str(place))) for place in places if place),
        organization=bool(literal) and not family,
        role=role,
    )


def _date(value: object) -> PartialDate | None:
    """Return the (first) date; none when it is marked as circa or is a season.

    >>> _date({"date-parts": [["2024", 5]]}).value, _date({"date-parts": [[1990]], "circa": True})
    ('2024-05', None)
    """
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, (str, int)):
        return partial_date(str(value))
    if not isinstance(value, dict) or _is_circa(value):
        return None
    parts = value.get("date-parts") or [[value.get(each) for each in ("year", "month", "day")]]
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [str(part) for part in first[:3] if part not in (None, "")]
    if numbers and all(number.isdecimal() for number in numbers):
        return from_parts(numbers) or from_parts(numbers[:1])
    return partial_date(str(value.get("raw") or value.get("literal") or ""))


def _is_circa(value: dict[Any, Any]) -> bool:
    return str(value.get("circa", "")).lower() not in {"", "0", "false", "none"}


def _ids(item: Item, kind: PaperKind | None) -> Iterator[tuple[str, str]]:
    doi = doi_in(_text(item.doi))
    yield "doi", doi
    yield from (("pmid", _text(item.pmid)), ("pmcid", _text(item.pmcid)))
    yield "dblp", record_key(str(item.id)) or ""
    if kind not in IN_VOLUME:
        yield from (("isbn", number) for number in _found(ISBN, item.isbn))
    for link in _links(item):
        scheme, _, value = (from_url(link) or "").partition(":")
        if scheme and not (doi and scheme in {"doi", "arxiv"}):
            yield scheme, value


def _found(pattern: re.Pattern[str], value: Texts | None) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    return [number for text in texts for number in pattern.findall(str(text or ""))]


def _links(item: Item) -> list[str]:
    links = item.url if isinstance(item.url, list) else [item.url]
    return [str(link) for link in links if str(link or "").startswith("http")]


def _venue(item: Item, kind: PaperKind | None) -> VenueName | None:
    series = kind in IN_VOLUME or kind == "book"
    name = _text(item.collection_title if series else item.container_title)
    if not name:
        return None
    venue: VenueKind | None = "book-series" if kind == "book" else None
    if kind == "article":
        venue = "repository" if is_arxiv(name) else "journal"
    ids = identifiers(("issn", number) for number in _found(ISSN, item.issn))[0]
    short = _text(item.container_title_short) or _text(item.journal_abbreviation)
    return VenueName(name, ids, venue, (short,) if short and short != name and not series else ())


def _container(item: Item, kind: PaperKind | None) -> Container | None:
    title = _text(item.container_title)
    if kind not in IN_VOLUME or not title:
        return None
    ids = identifiers(("isbn", number) for number in _found(ISBN, item.isbn))[0]
    return Container(title, ids, "proceedings" if kind == "conference-paper" else "book")


def _event(item: Item) -> Event | None:
    event = item.event.get("name", "") if isinstance(item.event, dict) else item.event
    name = _text(item.event_title) or _text(event)
    return Event(name, place=_text(item.event_place)) if name else None


def _publisher(name: str) -> OrganizationName | None:
    return OrganizationName(name) if name else None


def _licenses(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    found = (each.get("URL") if isinstance(each, dict) else each for each in values)
    return tuple(clean(str(each)) for each in found if each)


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each item states, and whether they are read."""
    for document in _documents(file):
        if isinstance(document, Document):
            with suppress(*BROKEN):
                yield json_fields(msgspec.json.decode(document.data), Item)


FORMAT = Format(NAME, "items of CSL, in JSON or YAML", 1, recognises, read_csl, fields_of)
