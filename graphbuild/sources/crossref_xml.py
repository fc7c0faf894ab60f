"""Read Crossref's XML: what publishers deposit (``doi_batch``), and answers of its queries.

Both hold the same elements: the journal, book or conference first, and then the works in it. They
become works as those of the REST API, and these become papers as theirs.

https://data.crossref.org/reports/help/schema_doc/5.3.1/index.html
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from graphbuild.records import Record, Rejected
from graphbuild.sources.crossref_fields import (
    Contributor,
    Date,
    Funder,
    License,
    Link,
    Meeting,
    Organization,
    PlaceId,
    Primary,
    Reference,
    Related,
    Resource,
    Work,
)
from graphbuild.sources.crossref_works import paper_of, venue_of
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.xml import Element, Found, elements, local_name, opening, text_of
from graphbuild.text import clean, whole_number

NAME = "crossref-xml"
ROOTS = frozenset({"doi_batch", "crossref_result", "doi_records"})
STARTS = frozenset({"journal_metadata", "event_metadata", "book_metadata"})
"""What begins a journal, conference or book; what follows belongs to it."""

AROUND = STARTS | {
    *("journal_issue", "proceedings_metadata", "proceedings_series_metadata"),
    *("book_series_metadata", "book_set_metadata"),
}
Inside = defaultdict[str, list[Element]]
"""Elements by name."""

TYPES = {
    "journal_metadata": "journal",
    "journal_article": "journal-article",
    "proceedings_metadata": "proceedings",
    "proceedings_series_metadata": "proceedings",
    "conference_paper": "proceedings-article",
    "book_metadata": "book",
    "book_series_metadata": "book",
    "book_set_metadata": "book",
    "content_item": "book-chapter",
    "posted_content": "posted-content",
    "report-paper_metadata": "report",
    "dissertation": "dissertation",
    "dataset": "dataset",
    "peer_review": "peer-review",
}
"""What has a DOI, by what the REST API calls it."""

TAGS = AROUND | frozenset(TYPES)
DATES = ("publication_date", "posted_date", "review_date", "approval_date", "creation_date")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NOT_FOR_READERS = "crawler-based"
OTHERS = frozenset({"component_list", "archive_locations", "crossmark"})
"""Parts of a work that are not about the work itself."""

USED = frozenset(
    {"titles", "title", "subtitle", "original_language_title", "full_title", "abbrev_title"}
    | {"proceedings_title", "series_metadata", "issn", "isbn", "doi_data", "doi", "resource"}
    | {"contributors", "person_name", "given_name", "surname", "suffix", "ORCID", "organization"}
    | {"affiliation", "affiliations", "institution", "institution_name", "institution_id"}
    | {"institution_place", "institution_department", "publication_date", "posted_date"}
    | {"review_date", "approval_date", "creation_date", "year", "month", "day", "journal_volume"}
    | {"volume", "issue", "pages", "first_page", "last_page", "item_number", "publisher_item"}
    | {"publisher", "publisher_name", "program", "license_ref", "assertion", "related_item"}
    | {"inter_work_relation", "intra_work_relation", "citation_list", "citation", "abstract"}
    | {"collection", "item", "conference_name", "conference_acronym", "conference_location"}
    | {"conference_date", "degree", "edition_number", "@contributor_role", "@applies_to"}
    | {"@relationship-type", "@identifier-type", "@type", "@language", "@property"}
    | {"assertion/@name", "@start_year", "@start_month", "@start_day", "@end_year", "@end_month"}
    | {"@end_day", "institution_id/@type"}
)
WHOLE = frozenset({"abstract", "title", "subtitle", "original_language_title"})


def recognises(head: Head) -> bool:
    """Say whether the root is a deposit, or an answer to a query, of Crossref."""
    start = opening(head.text)
    return start is not None and start.name in ROOTS and "crossref" in head.text


def read_crossref_xml(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a `Paper` for each work, a `Venue` for each journal that has a DOI.

    Raises:
        InputError: the file cannot be read.
    """
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "works of Crossref", when)
    around: dict[str, Work] = {}
    for number, found in enumerate(elements(file, TAGS), 1):
        if isinstance(found, Rejected):
            yield found
            continue
        name, work = local_name(found.element), _work(found.element)
        if name in STARTS:
            around.clear()
        if name in AROUND:
            around[name] = work
        if work.doi or name not in AROUND:
            yield _record(name, _within(work, name, around), file, number, found.line)


def _record(name: str, work: Work, file: InputFile, number: int, line: int) -> Record:
    if not work.doi:
        return rejected("it has no DOI", "", line=line)
    origin = origin_of(file, number, line=line, own_id=work.doi)
    try:
        return venue_of(work, origin) if TYPES[name] == "journal" else paper_of(work, origin)
    except ValueError as error:
        return rejected(str(error), "", line=line, own_id=work.doi)


def _within(work: Work, name: str, around: dict[str, Work]) -> Work:
    """Return a work with what its journal, conference or book says of it."""
    outer = [each for each in reversed(around.values()) if each is not work]
    if not outer or name in AROUND:
        return work
    stated = {field: getattr(work, field) for field in work.__struct_fields__}
    for field in ("issued", "volume", "issue", "publisher", "event", "language", "issn", "isbn"):
        values = (getattr(each, field) for each in outer)
        stated[field] = stated[field] or next(filter(None, values), None)
    titles = [title for each in reversed(outer) for title in each.container_title or ()]
    shorts = [title for each in outer for title in each.short_container_title or ()]
    return Work(**stated | {"container_title": titles, "short_container_title": shorts})


def _work(element: Element) -> Work:
    """Return what an element says of itself; a journal's titles are those of its articles."""
    name = local_name(element)
    query = next((e for e in element.iterancestors() if local_name(e) == "query"), None)
    inside = _inside(element)
    outer = name in AROUND
    titles = _texts(inside, "title", "full_title", "proceedings_title")
    return Work(
        doi=next((_text(e) for e in inside["doi"] if _is_in(e, "doi_data")), None),
        type=TYPES.get(name, ""),
        subtype=element.get("type") if name == "posted_content" else None,
        title=titles,
        container_title=titles if outer else None,
        short_container_title=_texts(inside, "abbrev_title"),
        short_title=_texts(inside, "abbrev_title"),
        subtitle=_texts(inside, "subtitle"),
        original_title=_texts(inside, "original_language_title"),
        abstract=next(map(_markup, inside["abstract"]), None),
        author=_people(inside, "author"),
        editor=_people(inside, "editor"),
        **_published(inside),
        institution=[] if outer else [*map(_place, _own(inside["institution"], element))],
        publisher=_first(inside, "publisher_name") or _told(query, "publisher-name"),
        language=element.get("language"),
        funder=list(_funders(inside)),
        reference=[Reference(_text(e)) for e in inside["doi"] if _is_in(e, "citation")],
        is_referenced_by_count=_number(_told(query, "citedby-count")),
        relation=_relations(inside),
    )


def _published(inside: Inside) -> dict[str, Any]:
    """Return where and how a work was published."""
    pages = (_first(inside, "first_page"), _first(inside, "last_page"))
    return {
        "issued": _issued(inside),
        "issn": _texts(inside, "issn"),
        "isbn": _texts(inside, "isbn"),
        "degree": _texts(inside, "degree"),
        "event": _meeting(inside),
        "volume": _first(inside, "volume"),
        "issue": _first(inside, "issue"),
        "page": "-".join(filter(None, pages)),
        "article_number": _first(inside, "item_number"),
        "edition_number": _first(inside, "edition_number"),
        "license": [License(_text(e), e.get("applies_to")) for e in inside["license_ref"]],
        "link": list(_links(inside)),
        "resource": _landing(inside),
    }


def _inside(element: Element) -> Inside:
    """Return the elements in an element by name; of citations and components the DOIs at most."""
    found: Inside = defaultdict(list)
    waiting = list(reversed(element))
    while waiting:
        each = waiting.pop()
        name = local_name(each)
        if name not in OTHERS and (name == "doi" or not _is_in(each, "citation")):
            found[name].append(each)
            waiting += reversed(each)
    return found


def _is_in(element: Element, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) == name


def _own(found: list[Element], element: Element) -> list[Element]:
    return [each for each in found if each.getparent() is element]


def _text(element: Element) -> str:
    return clean(text_of(element))


def _texts(inside: Inside, *names: str) -> list[str | None]:
    return [_text(each) for name in names for each in inside[name]]


def _first(inside: Inside, name: str) -> str | None:
    return next((text for text in map(_text, inside[name]) if text), None)


def _markup(element: Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _told(query: Element | None, name: str) -> str | None:
    """Return what an answer says about a work beside the record."""
    items = () if query is None else query.iterchildren("{*}crm-item")
    return next((_text(each) for each in items if each.get("name") == name), None)


def _number(text: str | None) -> int | None:
    return whole_number(text or "")


def _date(element: Element, prefix: str = "") -> Date:
    if prefix:
        parts = [element.get(f"{prefix}_{each}") for each in ("year", "month", "day")]
    else:
        inside = _inside(element)
        parts = [_first(inside, each) for each in ("year", "month", "day")]
    stated: list[int | str | None] = []
    for part in parts:
        if not part:
            break
        stated.append(part)
    return Date([stated])


def _issued(inside: Inside) -> Date | None:
    """Return the first day on which a work appeared, in print or online."""
    for name in DATES:
        dates = [date for date in map(_date, inside[name]) if date.date_parts != [[]]]
        if dates:
            return min(dates, key=lambda each: [str(part).zfill(4) for part in _parts(each)])
    return None


def _parts(found: Date) -> list[int | str | None]:
    return (found.date_parts or [[]])[0] or []


def _people(inside: Inside, role: str) -> list[Contributor]:
    found = [e for name in ("person_name", "organization") for e in inside[name]]
    listed = [e for group in inside["contributors"] for e in group if e in found]
    return [_contributor(e) for e in listed if e.get("contributor_role") == role]


def _contributor(element: Element) -> Contributor:
    if local_name(element) == "organization":
        return Contributor(name=_text(element))
    inside = _inside(element)
    places = [Organization(name=_text(each)) for each in inside["affiliation"]]
    places += map(_place, inside["institution"])
    return Contributor(
        given=_first(inside, "given_name"),
        family=_first(inside, "surname"),
        suffix=_first(inside, "suffix"),
        orcid=_first(inside, "ORCID"),
        affiliation=places,
    )


def _place(element: Element) -> Organization:
    inside = _inside(element)
    return Organization(
        name=_first(inside, "institution_name"),
        department=_first(inside, "institution_department"),
        place=_first(inside, "institution_place"),
        id=[PlaceId(_text(each), each.get("type", "")) for each in inside["institution_id"]],
    )


def _meeting(inside: Inside) -> Meeting | None:
    name = _first(inside, "conference_name")
    if not name:
        return None
    days = inside["conference_date"]
    return Meeting(
        name,
        _first(inside, "conference_acronym"),
        _first(inside, "conference_location"),
        _date(days[0], "start") if days else None,
        _date(days[0], "end") if days else None,
    )


def _links(inside: Inside) -> Iterator[Link]:
    for each in inside["collection"]:
        if each.get("property") != NOT_FOR_READERS:
            yield from (Link(_text(e)) for e in each.iter("{*}resource"))


def _landing(inside: Inside) -> Resource | None:
    found = next((e for e in inside["resource"] if _is_in(e, "doi_data")), None)
    return None if found is None else Resource(Primary(_text(found)))


def _funders(inside: Inside) -> Iterator[Funder]:
    """Yield who paid: groups of assertions, or assertions that stand alone."""
    told = [e for e in inside["assertion"] if e.get("name") == "fundgroup"]
    groups = told or [e for e in inside["program"] if e.get("name") == "fundref"]
    for group in groups:
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for each in group.iter("{*}assertion"):
            by_name[each.get("name", "")].append(clean(each.text or ""))
        ids = by_name["funder_identifier"]
        yield Funder(
            name=next(iter(by_name["funder_name"]), None),
            doi=next((each[each.index("10.") :] for each in ids if "10." in each), None),
            award=list(by_name["award_number"]),
        )


def _relations(inside: Inside) -> dict[str, list[Related] | Related | None]:
    found: dict[str, list[Related] | Related | None] = {}
    for each in (*inside["inter_work_relation"], *inside["intra_work_relation"]):
        name = CAPITAL.sub("-", each.get("relationship-type", "")).lower()
        known = found.setdefault(name, [])
        if isinstance(known, list):
            known.append(Related(_text(each), each.get("identifier-type")))
    return found


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which elements and attributes each part states, and whether they are read."""
    for found in elements(file, TAGS):
        if isinstance(found, Found):
            yield xml_fields(found.element, USED, WHOLE)


FORMAT = Format(
    NAME,
    "works of Crossref, XML of deposits and queries",
    1,
    recognises,
    read_crossref_xml,
    fields_of,
)
