"""Read CITATION.cff: software, the papers to cite for it, and the works that it builds on.

Versions 1.0.3 to 1.2.0 of the Citation File Format are read alike. Keys that the format does not
know do no harm; what contradicts it, such as an impossible date, costs the work that it belongs to.

Rules: guide to the schema, https://github.com/citation-file-format/citation-file-format.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import msgspec

from graphbuild.identifiers import identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    Container,
    Event,
    OrganizationName,
    PaperKind,
    PartialDate,
    Role,
    VenueName,
)
from graphbuild.records import Paper, Record, Rejected, Software
from graphbuild.sources.dates import from_parts, partial_date
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import Head, InputFile, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts
from graphbuild.sources.web import web_addresses
from graphbuild.sources.yaml_nodes import Node, PlaceError, yaml_document
from graphbuild.text import clean

NAME = "cff"
VERSION = re.compile(r"^[\"']?cff-version[\"']?\s*:", re.MULTILINE)
KINDS: dict[str, PaperKind] = {
    "article": "article",
    "book": "book",
    "conference-paper": "conference-paper",
    "data": "dataset",
    "database": "dataset",
    "dataset": "dataset",
    "edited-work": "book",
    "journal-article": "article",
    "proceedings": "proceedings",
    "report": "report",
    "thesis": "thesis",
}
SCHEMES = {"doi": "doi", "isbn": "isbn", "pmcid": "pmcid"}
TYPED = {"doi": "doi", "swh": "swhid"}
USED = frozenset(
    {"abstract", "authors", "collection-title", "conference", "date-published", "date-released"}
    | {"doi", "edition", "editors", "end", "identifiers", "institution", "isbn", "issn", "issue"}
    | {"issue-date", "journal", "keywords", "languages", "license", "license-url", "month", "notes"}
    | {"pmcid", "preferred-citation", "publisher", "references", "repository"}
    | {"repository-artifact", "repository-code", "start", "thesis-type", "title", "type", "url"}
    | {"version", "volume", "year"}
)
"""Keys that are read."""

DATES = ("date-released", "date-published", "issue-date")


def recognises(head: Head) -> bool:
    """Say whether the input is a CITATION.cff, by its own key or by its name."""
    return bool(VERSION.search(head.text)) or head.name.lower().endswith(".cff")


def read_cff(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the software or data set of one file, then the works that it names."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "citation file of a piece of software", when)
    text = "\n".join(text_lines(file))
    try:
        root = yaml_document(text)
        yield _about(root, file)
        named = _named(root)
    except PlaceError as error:
        yield rejected(str(error), text.encode(errors="replace"), line=error.line)
        return
    for number, work in enumerate(named, 2):
        yield _work(work, file, number)


def _named(root: Node) -> list[Node]:
    """Return the works that a file names."""
    return [*filter(None, [root.child("preferred-citation")]), *root.each("references")]


def _work(node: Node, file: InputFile, number: int) -> Paper | Rejected:
    try:
        return _paper(node, file, number)
    except PlaceError as error:
        return rejected(str(error), node.path, line=error.line, own_id=node.path)


def _about(root: Node, file: InputFile) -> Software | Paper:
    """Return what the file itself is about."""
    if KINDS.get(root.text("type")) == "dataset":
        return _paper(root, file, 1)
    paper = _paper(root, file, 1)
    cited = root.child("preferred-citation")
    code, no_code = web_addresses([root.text("repository-code") or root.text("repository")])
    return Software(
        name=paper.title,
        origin=paper.origins[0],
        repository=code[0] if code else "",
        ids=paper.ids,
        malformed_ids=tuple(dict.fromkeys((*paper.malformed_ids, *no_code))),
        authors=paper.authors,
        description=paper.abstract,
        version=root.text("version"),
        issued=paper.issued,
        licenses=paper.licenses,
        keywords=paper.keywords,
        urls=paper.urls,
        papers=_ids(cited)[0][:1] if cited else (),
        references=tuple(i for each in root.each("references") for i in _ids(each)[0][:1]),
    )


def _paper(node: Node, file: InputFile, number: int) -> Paper:
    title = node.text("title")
    if not title:
        raise PlaceError(f"{node.path or 'the file'} has no title", node.line)
    authors = (*_authors(node, "authors", "author"), *_authors(node, "editors", "editor"))
    ids, malformed = _ids(node)
    urls, no_urls = web_addresses((node.text("url"), node.text("repository-artifact")))
    written, texts = node.text("type"), read_texts(title, node.text("abstract"))
    paper = Paper(
        title=texts["title"],
        title_written=texts["title_written"],
        abstract=texts["abstract"],
        abstract_written=texts["abstract_written"],
        code_links=texts["code_links"],
        introduces=texts["introduces"],
        author_list="complete" if authors else "unknown",
        origins=(origin_of(file, number, line=node.line, own_id=node.path),),
        authors=authors,
        issued=_issued(node),
        ids=ids,
        malformed_ids=(*malformed, *no_urls),
        kind=_kind(node, written),
        kind_written=written,
        licenses=node.texts("license") or node.texts("license-url"),
        urls=urls,
        keywords=node.texts("keywords"),
    )
    return msgspec.structs.replace(paper, **_publication(node))


def _publication(node: Node) -> dict[str, object]:
    """Return the fields that say where and how a work was published."""
    journal, volume = node.text("journal"), node.text("collection-title")
    issn = tuple(each for each in identifiers([("issn", node.text("issn"))])[0])
    publisher, institution = node.child("publisher"), node.child("institution")
    languages = node.texts("languages")
    return {
        "venue": VenueName(journal, issn, "journal") if journal else None,
        "container": Container(volume) if volume else None,
        "event": _event(node.child("conference")),
        "publisher": OrganizationName(publisher.text("name")) if publisher else None,
        "organizations": (institution.text("name"),) if institution else (),
        "volume": node.text("volume"),
        "issue": node.text("issue"),
        "first_page": node.text("start"),
        "last_page": node.text("end"),
        "edition": node.text("edition") or node.text("version"),
        "language": languages[0] if languages else "",
        "comment": clean(node.text("notes")),
    }


def _event(node: Node | None) -> Event | None:
    if node is None or not node.text("name"):
        return None
    place = ", ".join(filter(None, (node.text(key) for key in ("city", "region", "country"))))
    days = " to ".join(filter(None, (node.text(key) for key in ("date-start", "date-end"))))
    return Event(node.text("name"), place=place, date=days)


def _kind(node: Node, written: str) -> PaperKind | None:
    if written.startswith("software"):
        return "software"
    kind = node.text("thesis-type").lower()
    if written == "thesis" and ("phd" in kind or "doctor" in kind):
        return "doctoral-thesis"
    if written == "thesis" and "master" in kind:
        return "masters-thesis"
    return KINDS.get(written, "other") if written else None


def _ids(node: Node) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    stated = [(scheme, node.text(key)) for key, scheme in SCHEMES.items()]
    typed = (
        (TYPED.get(each.text("type")), each.text("value")) for each in node.each("identifiers")
    )
    return identifiers([*stated, *((scheme, value) for scheme, value in typed if scheme)])


def _issued(node: Node) -> PartialDate | None:
    """Return the date of release, or of publication.

    Raises:
        PlaceError: it is no date.
    """
    for key in DATES:
        written = node.child(key)
        if written:
            found = partial_date(written.scalar())
            if found is None:
                raise PlaceError(f"{written.path}: {written.scalar()!r} is no date", written.line)
            return found
    return _year(node)


def _year(node: Node) -> PartialDate | None:
    year, month = node.text("year"), node.text("month")
    if not year:
        return None
    numbers = [part for part in (year, month) if part.isdecimal() and part.isascii()]
    return from_parts(numbers) if year in numbers else partial_date(year)


def _authors(node: Node, key: str, role: Role) -> Iterator[Authorship]:
    for position, each in enumerate(node.each(key), 1):
        yield _author(each, position, role)


def _author(node: Node, position: int, role: Role) -> Authorship:
    """Return a person, or an organisation, which has a ``name``.

    Raises:
        PlaceError: it has no name at all.
    """
    given, suffix = node.text("given-names"), node.text("name-suffix")
    family = " ".join(filter(None, [node.text("name-particle"), node.text("family-names")]))
    own = node.text("name")
    name = clean(own or " ".join(filter(None, [given, family, suffix])) or node.text("alias"))
    if not name:
        raise PlaceError(f"{node.path} has no name", node.line)
    ids, malformed = identifiers([("orcid", node.text("orcid"))])
    return Authorship(
        name=name,
        position=position,
        given=given,
        family=family,
        suffix=suffix,
        ids=ids,
        malformed_ids=malformed,
        affiliations=tuple(map(Affiliation, node.texts("affiliation"))),
        organization=bool(own),
        role=role,
    )


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which keys the file and the works that it names state, and whether they are read."""
    with suppress(PlaceError):
        root = yaml_document("\n".join(text_lines(file)))
        yield named_fields(root.keys(), USED)
        for work in _named(root):
            yield named_fields(work.keys(), USED)


FORMAT = Format(NAME, "software by its CITATION.cff", 1, recognises, read_cff, fields_of)
