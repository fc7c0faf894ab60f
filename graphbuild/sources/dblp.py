"""Read dblp in XML: the whole dump, excerpts, and the pages of persons.

A record of a publication becomes a paper; one of a person (``www`` with a key ``homepages/...``, or
``person``) becomes an author with all spellings of the name. A name in dblp stands for one person,
unless its own record says that it is shared.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from html import unescape
from html.entities import entitydefs

from graphbuild.identifiers import from_url, identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    Container,
    ListStatus,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Role,
    VenueName,
)
from graphbuild.records import Author, Paper, Record, Redirect, Rejected
from graphbuild.sources.bibliography import is_arxiv, pages
from graphbuild.sources.dates import partial_date
from graphbuild.sources.dblp_keys import HOMONYM, name_id, record_key, stream
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts
from graphbuild.sources.xml import Element, Found, elements, opening, text_of
from graphbuild.text import clean

NAME = "dblp"
ROOTS = frozenset({"dblp", "dblpperson"})
KINDS: dict[str, PaperKind | None] = {
    "article": "article",
    "inproceedings": "conference-paper",
    "proceedings": "proceedings",
    "book": "book",
    "incollection": "chapter",
    "phdthesis": "doctoral-thesis",
    "mastersthesis": "masters-thesis",
    "data": "dataset",
    "www": "other",
}
PUBLTYPES: dict[str, PaperKind] = {
    "informal": "preprint",
    "survey": "review",
    "encyclopedia": "reference-entry",
    "software": "software",
    "data": "dataset",
}
"""What the attribute ``publtype`` adds to the type of a record."""

TAGS = frozenset({*KINDS, "person"})
IN_VOLUME = frozenset({"conference-paper", "chapter", "reference-entry"})
VOLUMES = frozenset({"proceedings", "book"})
SHARED = re.compile(
    rb"<www\b[^<>]*\bpubltype=\"disambiguation\"[^<>]*>\s*<author[^<>]*>([^<>]+)</author>"
)
DB_PATH = re.compile(r"db/((?:conf|journals|series)/[^/]+)/")
FULL_STOP = re.compile(r"(?<![.\s])\.$")
PERSON_IDS = frozenset({"orcid", "wikidata", "isni", "openalex"})
BLOCK = 1 << 20
OVERLAP = 1000
USED = frozenset(
    {"author", "editor", "title", "booktitle", "pages", "year", "month", "journal", "volume"}
    | {"number", "url", "ee", "cite", "publisher", "note", "crossref", "isbn", "series", "school"}
    | {"stream", "@key", "@publtype", "@orcid", "@pid", "ee/@type", "note/@type"}
)
Children = dict[str, list[Element]]


def recognises(head: Head) -> bool:
    """Say whether the root element is that of dblp."""
    start = opening(head.text)
    return start is not None and start.name in ROOTS


def read_dblp(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield papers, authors and redirects; a record that cannot be read comes as `Rejected`.

    Raises:
        InputError: the file cannot be read.
    """
    yield source_of(file, NAME, "records of dblp", captured.isoformat() if captured else None)
    shared = frozenset(_shared_names(file))
    for number, found in enumerate(elements(file, TAGS, entitydefs), 1):
        if isinstance(found, Rejected):
            yield found
        else:
            yield from _records(found, file, number, shared)


def _records(
    found: Found, file: InputFile, number: int, shared: frozenset[str]
) -> Iterator[Record]:
    element = found.element
    key = element.get("key", "")
    origin = origin_of(file, number, line=found.line, own_id=key)
    if element.tag == "person" or key.startswith("homepages/"):
        record = _person(element, key, origin, shared)
        if record:
            yield record
        return
    paper = _paper(element, key, origin, shared)
    yield paper or rejected("it states nothing", "", line=found.line, own_id=key)


def _shared_names(file: InputFile) -> Iterator[str]:
    """Yield the names whose own records say that several people have them."""
    with file.open() as stream:
        held = b""
        while block := stream.read(BLOCK):
            data = held + block
            for match in SHARED.finditer(data):
                yield clean(unescape(match[1].decode("latin-1")))
            held = data[-OVERLAP:]


def _person(
    element: Element, key: str, origin: Origin, shared: frozenset[str]
) -> Author | Redirect | None:
    inside = _children(element)
    own, _ = identifiers([("dblp-person", key)])
    moved, _ = identifiers(("dblp-person", text_of(each)) for each in inside.get("crossref", ()))
    if own and moved:
        return Redirect(own[0], moved[0], origin)
    names = _texts(inside, "author")
    if not own or not names or "disambiguation" in element.get("publtype", "").split():
        return None
    links = [link for link in _texts(inside, "url") if link.startswith("http")]
    known = [from_url(link) for link in links]
    ids = [each for each in known if each and each.partition(":")[0] in PERSON_IDS]
    name_ids = [each for each in (name_id(name) for name in names if name not in shared) if each]
    bare = [HOMONYM.sub("", name) for name in names]
    return Author(
        ids=tuple(dict.fromkeys([*own, *name_ids, *ids])),
        name=bare[0],
        origin=origin,
        other_names=tuple(name for name in dict.fromkeys(bare[1:]) if name != bare[0]),
        affiliations=tuple(Affiliation(text) for text in _notes(inside, "affiliation")),
        urls=tuple(link for link, known in zip(links, known, strict=True) if known not in ids),
    )


def _notes(inside: Children, kind: str) -> list[str]:
    return [clean(text_of(e)) for e in inside.get("note", ()) if e.get("type", "") == kind]


def _paper(element: Element, key: str, origin: Origin, shared: frozenset[str]) -> Paper | None:
    inside = _children(element)
    title = FULL_STOP.sub("", clean(text_of(next(iter(inside.get("title", ())), None))))
    if not title and not inside:
        return None
    kind, venue = _kind(element, inside), _venue(key, inside)
    if kind == "article" and venue and venue.kind == "repository":
        kind = "preprint"
    links = _texts(inside, "ee")
    known = [from_url(link) for link in links]
    ids, malformed = _ids(key, inside, kind, known)
    authors = tuple(_people(inside.get("author", ()), "author", shared))
    editors = tuple(_people(inside.get("editor", ()), "editor", shared))
    first, last = pages(_first(inside, "pages"))
    comment = "; ".join(_notes(inside, ""))
    references, unknown = _references(inside)
    return Paper(
        **read_texts(title, comment=comment),
        author_list=_status(authors, editors, kind),
        origins=(origin,),
        authors=authors + editors,
        issued=_issued(_first(inside, "year"), _first(inside, "month")),
        ids=ids,
        malformed_ids=malformed + unknown,
        kind=kind,
        kind_written=" ".join([str(element.tag), *element.get("publtype", "").split()]),
        venue=venue,
        container=_container(inside, kind),
        volume=_first(inside, "volume"),
        issue=_first(inside, "number"),
        first_page=first,
        last_page=last,
        publisher=_publisher(_first(inside, "publisher")),
        organizations=tuple(_texts(inside, "school")),
        open_access="oa" if any(e.get("type") == "oa" for e in inside.get("ee", ())) else "",
        urls=_pages(links, known),
        comment=comment,
        retracted="withdrawn" in element.get("publtype", ""),
        references=references,
    )


def _pages(links: list[str], known: list[str | None]) -> tuple[str, ...]:
    """Return the links that are no identifiers."""
    pairs = zip(links, known, strict=True)
    return tuple(link for link, found in pairs if not found and link.startswith("http"))


def _references(inside: Children) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the keys that are cited; three dots stand for those that dblp does not know."""
    if "cite" not in inside:
        return (), ()
    return identifiers(("dblp", text) for text in _texts(inside, "cite") if text != "...")


def _status(
    authors: tuple[object, ...], editors: tuple[object, ...], kind: str | None
) -> ListStatus:
    return "complete" if authors or (editors and kind in VOLUMES) else "unknown"


def _kind(element: Element, inside: Children) -> PaperKind | None:
    for word in element.get("publtype", "").split():
        if word in PUBLTYPES:
            return PUBLTYPES[word]
    if is_arxiv(_first(inside, "journal")):
        return "preprint"
    return KINDS.get(str(element.tag))


def _ids(
    key: str, inside: Children, kind: PaperKind | None, known: Iterable[str | None]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the identifiers of a record; arXiv is another version of what is no preprint."""
    isbns = _texts(inside, "isbn") if kind not in IN_VOLUME else []
    ids, malformed = identifiers([("dblp", key), *(("isbn", text) for text in isbns)])
    others = (each for each in known if each and not each.startswith("dblp"))
    if kind != "preprint":
        others = (each for each in others if not each.startswith("arxiv:"))
    return tuple(dict.fromkeys((*ids, *others))), malformed


def _people(found: Iterable[Element], role: Role, shared: frozenset[str]) -> Iterator[Authorship]:
    for position, element in enumerate(found, 1):
        name, own = _named(text_of(element), shared)
        malformed: tuple[tuple[str, str], ...] = ()
        if len(element.attrib):
            more, malformed = identifiers(
                [("orcid", element.get("orcid")), ("dblp-person", element.get("pid"))]
            )
            own = more + own
        yield Authorship(name, position, ids=own, malformed_ids=malformed, role=role)


@lru_cache(maxsize=65_536)
def _named(text: str, shared: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Return a name without its number, and the identifier that it is with it."""
    written = clean(text)
    known = name_id(written) if written not in shared else None
    return HOMONYM.sub("", written), (known,) if known else ()


def _venue(key: str, inside: Children) -> VenueName | None:
    name = _first(inside, "journal") or _first(inside, "booktitle")
    path = DB_PATH.match(_first(inside, "url"))
    own = f"{path[1]}/" if path else record_key(key)
    ids, kind = stream(own) if own else ("", None)
    if not name and not ids:
        name = _first(inside, "series")
    return VenueName(name, (ids,) if ids else (), kind) if name or ids else None


def _container(inside: Children, kind: PaperKind | None) -> Container | None:
    if kind not in IN_VOLUME or "crossref" not in inside:
        return None
    keys = identifiers(("dblp", text) for text in _texts(inside, "crossref"))[0]
    volume: PaperKind = "proceedings" if kind == "conference-paper" else "book"
    return Container(_first(inside, "booktitle"), keys, volume)


@lru_cache(maxsize=4096)
def _issued(year: str, month: str) -> PartialDate | None:
    return (partial_date(f"{month} {year}") if month else None) or partial_date(year)


@lru_cache(maxsize=4096)
def _publisher(name: str) -> OrganizationName | None:
    return OrganizationName(name) if name else None


def _children(element: Element) -> Children:
    """Return the children of a record by name; dblp has no namespaces."""
    found: Children = {}
    for child in element:
        found.setdefault(str(child.tag), []).append(child)
    return found


def _texts(inside: Children, tag: str) -> list[str]:
    found = inside.get(tag)
    return [text for text in (clean(text_of(e)) for e in found) if text] if found else []


def _first(inside: Children, tag: str) -> str:
    found = inside.get(tag)
    if not found:
        return ""
    text = text_of(found[0])
    return text if text.isalnum() and text.isascii() else clean(text)


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which elements and attributes each record states, and whether they are read."""
    for found in elements(file, TAGS, entitydefs):
        if isinstance(found, Found):
            yield xml_fields(found.element, USED, whole=frozenset({"title"}))


FORMAT = Format(NAME, "dblp in XML, whole or in part", 1, recognises, read_dblp, fields_of)
