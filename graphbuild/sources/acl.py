"""Read the XML of the ACL Anthology: one file a collection, with its volumes, papers and event.

    <collection id="2021.eacl">
      <volume id="main" type="proceedings">
        <meta> <booktitle> <editor> <publisher> <address> <month> <year> <venue> ... </meta>
        <frontmatter> ... </frontmatter>
        <paper id="1"> <title> <author> <pages> <abstract> <url> <doi> <pwccode> ... </paper>

All vintages are read: `<pwccode>` and `<pwcdataset>`, which Papers with Code had found (until
2025), and the attributes ``id`` and ``orcid`` of authors. Numbers follow the Anthology's own rules:
``2021.eacl-main.1``, ``P19-1001``, ``W19-0101``.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from graphbuild.identifiers import identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    CodeLink,
    Container,
    Event,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    Revision,
    Role,
    VenueName,
    united_links,
)
from graphbuild.records import Paper, Record, Rejected
from graphbuild.sources.code_links import stated_link
from graphbuild.sources.dates import partial_date
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts
from graphbuild.sources.xml import Element, Found, children, elements, local_name, opening, text_of
from graphbuild.text import clean

NAME = "acl-collection"
SITE = "https://aclanthology.org/"
RECORDS = frozenset({"meta", "paper"})
LANGUAGES = {
    "ara": "ar", "ben": "bn", "cat": "ca", "ces": "cs", "dan": "da", "deu": "de", "ell": "el",
    "eng": "en", "est": "et", "eus": "eu", "fas": "fa", "fin": "fi", "fra": "fr", "gle": "ga",
    "heb": "he", "hin": "hi", "hun": "hu", "isl": "is", "ita": "it", "jpn": "ja", "kor": "ko",
    "lav": "lv", "lit": "lt", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro",
    "rus": "ru", "slv": "sl", "spa": "es", "swe": "sv", "tam": "ta", "tur": "tr", "ukr": "uk",
    "vie": "vi", "zho": "zh",
}  # fmt: skip
"""Languages of ISO 639-3 by their tags in BCP 47: two letters where there are two."""

USED = frozenset(
    {
        "abstract", "affiliation", "attachment", "author", "award", "bibtype", "booktitle",
        "dates", "doi", "editor", "erratum", "event", "first", "isbn", "issue", "journal-issue",
        "journal-title", "journal-volume", "language", "last", "location", "meta", "month", "note",
        "pages", "pdf", "publisher", "pwccode", "pwcdataset", "removed", "retracted", "revision",
        "title", "url", "variant", "venue", "video", "volume-id", "colocated", "year", "@id",
        "@orcid", "@script", "@date", "@href", "pwccode/@url", "pwcdataset/@url",
    }
)  # fmt: skip
WHOLE = frozenset({"abstract", "booktitle", "title", "shorttitle", "note"})

Parts = dict[str, list[Element]]


class Volume(NamedTuple):
    """What holds for all papers of a volume.

    Attributes:
        id: e.g. ``2021.eacl-main``.
        record: the volume itself; None when it could not be read.
        kind: of its papers.
    """

    id: str
    record: Paper | None = None
    kind: PaperKind | None = None


def recognises(head: Head) -> bool:
    """Say whether a file is a collection of the Anthology."""
    found = opening(head.text)
    return found is not None and found.name == "collection" and "<volume" in head.text


def read_acl(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the volumes and papers of one collection, each volume before its papers."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "a collection of the ACL Anthology", when)
    events = _events(file)
    volume = Volume("")
    for number, found in enumerate(elements(file, RECORDS), 1):
        if isinstance(found, Rejected):
            yield found
            continue
        own = _volume_id(found.element)
        origin = origin_of(file, number, line=found.line, own_id=own)
        if volume.id != own:
            volume = Volume(own)
        try:
            if local_name(found.element) == "paper":
                yield _paper(found.element, volume, origin)
            elif own:
                volume = _volume(found.element, own, origin, events.get(own))
                yield from (volume.record,) if volume.record else ()
        except ValueError as error:
            yield rejected(str(error), text_of(found.element), line=found.line, own_id=own)


def acl_fields(file: InputFile) -> Iterator[Fields]:
    """Yield which fields each volume and paper states."""
    for found in elements(file, RECORDS | {"event", "frontmatter"}):
        if isinstance(found, Found):
            yield xml_fields(found.element, USED, WHOLE)


def _events(file: InputFile) -> dict[str, Event]:
    """Return the meeting of each volume of a collection for which the collection states one.

    The volumes of a collection belong to its event, as do those that the event names itself.
    """
    events: dict[str, Event] = {}
    volumes: list[str] = []
    event: Event | None = None
    for found in elements(file, frozenset({"event", "meta"})):
        if isinstance(found, Rejected):
            continue
        if local_name(found.element) == "meta":
            volumes.append(_volume_id(found.element))
        else:
            event = _event(found.element)
            named = found.element.iter("{*}volume-id")
            volumes += [clean(text_of(each)) for each in named]
    if event:
        events = dict.fromkeys(volumes, event)
    return events


def _event(element: Element) -> Event:
    own = element.get("id", "")
    meta = next(iter(children(element)["meta"]), None)
    parts = children(element if meta is None else meta)
    ids, _ = identifiers([("acl-event", own)])
    return Event(
        name=_text(parts, "title") or own,
        ids=ids,
        place=_text(parts, "location"),
        date=_text(parts, "dates"),
    )


def _volume_id(element: Element) -> str:
    """Return the number of the volume that an element stands in, or nothing outside volumes."""
    volume = collection = ""
    for each in element.iterancestors():
        if local_name(each) == "volume":
            volume = each.get("id", "")
        elif local_name(each) == "collection":
            collection = each.get("id", "")
    return f"{collection}-{volume}" if volume and collection else ""


def paper_id(volume: str, number: str) -> str:
    """Return the number of a paper of a volume.

    >>> [paper_id("2021.eacl-main", "7"), paper_id("P19-1", "7"), paper_id("W19-3", "7")]
    ['2021.eacl-main.7', 'P19-1007', 'W19-0307']
    """
    collection, _, part = volume.rpartition("-")
    if collection[:1].isdigit() or not (part.isdigit() and number.isdigit()):
        return f"{volume}.{number}"
    small = collection[0] == "W" or collection == "C69" or (collection == "D19" and int(part) >= 5)
    return f"{collection}-{int(part):02}{int(number):02}" if small else f"{volume}{int(number):03}"


def _volume(element: Element, own: str, origin: Origin, event: Event | None) -> Volume:
    parts = children(element)
    title = _mixed(parts["booktitle"][0]) if parts["booktitle"] else _text(parts, "journal-title")
    if not title.strip():
        raise ValueError("a volume needs a title")
    ids, malformed = identifiers(
        [
            ("acl", own),
            ("doi", _text(parts, "doi")),
            *(("isbn", clean(text_of(each))) for each in parts["isbn"]),
        ]
    )
    published = {**_published(parts), **_pages_on_the_web(parts)}
    texts = read_texts(title, markup=False)
    record = Paper(
        title=texts["title"],
        title_written=texts["title_written"],
        author_list="complete" if parts["editor"] else "unknown",
        origins=(origin,),
        authors=_people(parts["editor"], "editor"),
        ids=ids,
        malformed_ids=malformed,
        kind="issue" if parts["journal-title"] else "proceedings",
        event=event,
        relations=tuple(Relation("part-of", each) for each in _venues(parts)[1:]),
        **published,
    )
    workshop = "workshop" in title.lower()
    kind: PaperKind = "workshop-paper" if workshop else "conference-paper"
    return Volume(own, record, "article" if parts["journal-title"] else kind)


def _published(parts: Parts) -> dict[str, Any]:
    """Return the fields of a volume that its papers share."""
    venues = _venues(parts)
    journal = _text(parts, "journal-title")
    venue = VenueName(journal, venues[:1], "journal" if journal else None)
    publisher = _text(parts, "publisher")
    return {
        "venue": venue if venues or journal else None,
        "publisher": OrganizationName(publisher) if publisher else None,
        "issued": _issued(parts),
        "volume": _text(parts, "journal-volume"),
        "issue": _text(parts, "journal-issue"),
    }


def _venues(parts: Parts) -> tuple[str, ...]:
    return identifiers(("acl-venue", text_of(each)) for each in parts["venue"])[0]


def _issued(parts: Parts) -> PartialDate | None:
    year, month = _text(parts, "year"), _text(parts, "month")
    return partial_date(f"{month} {year}") or partial_date(year)


def _paper(element: Element, volume: Volume, origin: Origin) -> Paper:
    parts = children(element)
    own = _text(parts, "url")
    if not own or own.startswith("http"):
        own = paper_id(volume.id, element.get("id", ""))
    if not parts["title"]:
        raise ValueError(f"paper {own} has no title")
    ids, malformed = identifiers([("acl", own), ("doi", _text(parts, "doi"))])
    texts = read_texts(
        _mixed(parts["title"][0]), "".join(map(_mixed, parts["abstract"][:1])), markup=False
    )
    first, last = _pages(_text(parts, "pages"))
    shared = volume.record
    texts["code_links"] = united_links([*texts["code_links"], *_stated(parts)])
    return Paper(
        **texts,
        author_list="complete" if parts["author"] else "unknown",
        origins=(msgspec.structs.replace(origin, id=own),),
        authors=(*_people(parts["author"], "author"), *_people(parts["editor"], "editor")),
        code_flag=bool(parts["pwccode"]),
        ids=ids,
        malformed_ids=malformed,
        kind=volume.kind,
        kind_written=_text(parts, "bibtype"),
        first_page=first,
        last_page=last,
        language=_language(_text(parts, "language")),
        comment=_text(parts, "note"),
        retracted=bool(parts["retracted"] or parts["removed"]),
        revisions=_revisions(parts),
        awards=tuple(clean(text_of(each)) for each in parts["award"]),
        container=Container(shared.title, shared.ids, shared.kind) if shared else None,
        event=shared.event if shared else None,
        venue=shared.venue if shared else None,
        publisher=shared.publisher if shared else None,
        issued=shared.issued if shared else None,
        volume=shared.volume if shared else "",
        issue=_text(parts, "issue") or (shared.issue if shared else ""),
        **_pages_on_the_web(parts),
    )


def _people(elements_of: list[Element], role: Role) -> tuple[Authorship, ...]:
    return tuple(_person(each, number, role) for number, each in enumerate(elements_of, 1))


def _person(element: Element, position: int, role: Role) -> Authorship:
    parts = children(element)
    given, family = _text(parts, "first"), _text(parts, "last")
    ids, malformed = identifiers(
        [("acl-person", element.get("id")), ("orcid", element.get("orcid"))]
    )
    return Authorship(
        name=f"{given} {family}".strip() or clean(text_of(element)),
        position=position,
        given=given,
        family=family if given else "",
        ids=ids,
        malformed_ids=malformed,
        affiliations=tuple(Affiliation(clean(text_of(each))) for each in parts["affiliation"]),
        role=role,
        other_names=tuple(filter(None, map(_variant, parts["variant"]))),
    )


def _variant(element: Element) -> str:
    """Return a name in another script; names in Han characters put the family first, unspaced."""
    parts = children(element)
    given, family = _text(parts, "first"), _text(parts, "last")
    if element.get("script") in {"hani", "hans", "hant"}:
        return family + given
    return f"{given} {family}".strip()


def _stated(parts: Parts) -> Iterator[CodeLink]:
    """Yield what Papers with Code had found for the paper: its code, and datasets it uses."""
    for each in parts["pwccode"]:
        url = each.get("url", "").strip()
        if url:
            yield stated_link(url, clean(text_of(each)), official=True)
    for each in parts["pwcdataset"]:
        url = each.get("url", "").strip()
        if url:
            words = clean(text_of(each))
            yield stated_link(url, words, stance="mentioned", contents=("data",))


def _revisions(parts: Parts) -> tuple[Revision, ...]:
    """Return versions, errata and notices; a first version is one only where others follow."""
    return (
        *(_revision(f"v{each.get('id', '')}", each) for each in parts["revision"]),
        *(_revision(f"erratum {each.get('id', '')}".strip(), each) for each in parts["erratum"]),
        *(_revision(kind, each) for kind in ("retracted", "removed") for each in parts[kind]),
    )


def _revision(label: str, element: Element) -> Revision:
    text = clean(_mixed(element))
    file = element.get("href") or (text if label.startswith("erratum") else "")
    return Revision(
        label=label,
        date=partial_date(element.get("date", "")),
        note="" if file == text else text,
        url=_on_the_web(file, ".pdf"),
    )


def _pages_on_the_web(parts: Parts) -> dict[str, Any]:
    stated = [
        *(_on_the_web(clean(text_of(each)), "/") for each in parts["url"]),
        *(_on_the_web(clean(text_of(each)), ".pdf") for each in parts["pdf"]),
        *(_on_the_web(each.get("href", "")) for each in parts["video"]),
        *(_on_the_web(clean(text_of(each)), under="attachments/") for each in parts["attachment"]),
    ]
    return {"urls": tuple(dict.fromkeys(filter(None, stated)))}


def _on_the_web(name: str, end: str = "", under: str = "") -> str:
    """Return the address of a file: names are relative to the Anthology's site."""
    if not name or name.startswith(("http://", "https://")):
        return name
    return f"{SITE}{under}{name}{end}"


def _pages(written: str) -> tuple[str, str]:
    first, _, last = written.replace("--", "–").replace("-", "–").partition("–")
    return first.strip(), last.strip()


def _language(written: str) -> str:
    return LANGUAGES.get(written, written)


def _text(parts: Parts, name: str) -> str:
    return clean(text_of(parts[name][0])) if parts[name] else ""


def _mixed(element: Element) -> str:
    """Return the text of an element, formulas between dollar signs."""
    pieces = [element.text or ""]
    for each in element:
        inner = _mixed(each)
        pieces += [f"${inner}$" if local_name(each) == "tex-math" else inner, each.tail or ""]
    return "".join(pieces)


FORMAT = Format(NAME, "collections of the ACL Anthology, XML", 1, recognises, read_acl, acl_fields)
