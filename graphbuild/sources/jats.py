"""Read articles in JATS, the tag suite of PubMed Central and of journals (NISO Z39.96).

Read is what describes the article (``front``) and what it cites (``back``); of the body only the
front stub that answers and letters have in its place. Works in any of the three tag sets.
"""

import re
from collections.abc import Iterator
from datetime import date

from graphbuild.identifiers import from_url, identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    Funding,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    RelationKind,
    Role,
    VenueName,
)
from graphbuild.records import Paper, Record, Rejected
from graphbuild.sources.bibliography import doi_in, language
from graphbuild.sources.dates import from_parts, partial_date
from graphbuild.sources.fields import Fields, xml_fields
from graphbuild.sources.files import Head, InputFile
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts
from graphbuild.sources.xml import Element, Found, elements, local_name, opening, text_of
from graphbuild.text import clean

NAME = "jats"
TAGS = frozenset({"article"})
JATS = re.compile(r"<(?:front|article-meta|journal-meta|front-stub)\b|JATS|NLM//DTD")
XLINK = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KINDS: dict[str, PaperKind] = {
    "research-article": "article", "brief-report": "article", "rapid-communication": "article",
    "case-report": "article", "data-paper": "article", "methods-article": "article",
    "review-article": "review", "systematic-review": "review", "book-review": "review",
    "editorial": "editorial", "letter": "letter", "reply": "letter", "preprint": "preprint",
    "correction": "erratum", "retraction": "erratum", "expression-of-concern": "erratum",
    "reviewer-report": "peer-review", "dissertation": "thesis", "abstract": "other",
}  # fmt: skip
IDS = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "arxiv": "arxiv"}
RELATED: dict[str, RelationKind] = {
    "corrected-article": "corrects",
    "retracted-article": "retracts",
    "partial-retraction": "retracts",
    "commentary-article": "reviews",
    "peer-reviewed-article": "reviews",
    "preprint": "version-of",
    "companion": "supplement",
}
ISSUED = ("epub", "pub", "ppub", "collection", "epub-ppub", "")
"""Types of publication dates, the best first: what appears online appears first."""

NOT_IN_TEXT = frozenset({"label", "xref", "email", "institution-id", "tex-math", "fn"})
USED = frozenset(
    {"front", "article-meta", "journal-meta", "journal-title-group", "journal-title", "issn"}
    | {"abbrev-journal-title", "publisher", "publisher-name", "article-id", "title-group"}
    | {"article-title", "subtitle", "trans-title-group", "trans-title", "contrib-group", "contrib"}
    | {"contrib-id", "name", "surname", "given-names", "suffix", "collab", "string-name", "xref"}
    | {"aff", "institution", "institution-wrap", "institution-id", "pub-date", "day", "month"}
    | {"year", "season", "volume", "issue", "fpage", "lpage", "elocation-id", "permissions"}
    | {"license", "license-p", "abstract", "kwd-group", "kwd", "funding-group", "award-group"}
    | {"funding-source", "award-id", "related-article", "history", "date", "back", "ref-list"}
    | {"ref", "element-citation", "mixed-citation", "nlm-citation", "pub-id", "author-notes"}
    | {"corresp", "article-categories", "journal-id", "self-uri", "ext-link"}
    | {"@article-type", "@pub-id-type", "@contrib-type", "@corresp", "@rid", "@ref-type", "@href"}
    | {"@date-type", "@pub-type", "@related-article-type", "@lang", "@id", "@contrib-id-type"}
    | {"@iso-8601-date", "@publication-format"}
)
WHOLE = frozenset({"article-title", "abstract", "trans-title", "aff", "kwd", "subtitle", "corresp"})


def recognises(head: Head) -> bool:
    """Say whether the root is an article, or articles, of JATS."""
    start = opening(head.text)
    known = start is not None and start.name in {"article", "articles", "pmc-articleset"}
    return known and JATS.search(head.text) is not None


def read_jats(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield a paper for each article; one that cannot be read comes as `Rejected`.

    Raises:
        InputError: the file cannot be read.
    """
    yield source_of(file, NAME, "articles in JATS", captured.isoformat() if captured else None)
    for number, found in enumerate(elements(file, TAGS), 1):
        if isinstance(found, Rejected):
            yield found
        else:
            paper = _paper(found.element, origin_of(file, number, line=found.line))
            yield paper or rejected("it has no front matter", "", line=found.line)


def _paper(article: Element, origin: Origin) -> Paper | None:
    meta = next(_all(article, "article-meta", "front-stub"), None)
    if meta is None:
        return None
    journal = next(_all(article, "journal-meta"), None)
    ids, malformed = identifiers(_ids(meta))
    kind = article.get("article-type", "")
    abstract = next((e for e in _all(meta, "abstract") if not e.get("abstract-type")), None)
    notes = " ".join(e.get(XLINK, "") for e in _all(meta, "self-uri", "ext-link"))
    authors = (*_people(meta, "author"), *_people(meta, "editor"))
    return Paper(
        **read_texts(_text(_first(meta, "article-title")), _text(abstract), notes),
        author_list="complete" if any(a.role == "author" for a in authors) else "unknown",
        origins=(origin,),
        authors=authors,
        issued=_issued(meta),
        submitted=_submitted(meta),
        ids=ids,
        malformed_ids=malformed,
        kind=KINDS.get(kind),
        kind_written=kind,
        venue=_venue(journal) if journal is not None else None,
        publisher=_publisher(journal) if journal is not None else None,
        volume=_plain(meta, "volume"),
        issue=_plain(meta, "issue"),
        first_page=_plain(meta, "fpage"),
        last_page=_plain(meta, "lpage"),
        article_number=_plain(meta, "elocation-id"),
        language=language(article.get(LANG, "")),
        licenses=_licenses(meta),
        keywords=tuple(dict.fromkeys(filter(None, map(_text, _all(meta, "kwd"))))),
        funding=tuple(_funding(meta)),
        references=_references(article),
        relations=tuple(_relations(meta)),
        other_titles=tuple(filter(None, map(_text, _all(meta, "subtitle", "trans-title")))),
    )


def _all(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names inside another, in whatever namespace."""
    return element.iter(*(f"{{*}}{name}" for name in names))


def _first(element: Element, *names: str) -> Element | None:
    return next(_all(element, *names), None)


def _plain(element: Element, name: str) -> str:
    """Return the text of a child."""
    return clean(text_of(next((e for e in element if local_name(e) == name), None)))


def _text(element: Element | None) -> str:
    """Return the text of an element without labels, footnote marks and TeX beside MathML."""
    return clean("".join(_pieces(element))) if element is not None else ""


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local_name(child)
        block = name in {"p", "sec", "title", "institution", "addr-line", "country"}
        if name not in NOT_IN_TEXT:
            yield " " if block else ""
            yield from _pieces(child)
            yield " " if block else ""
        yield child.tail or ""


def _ids(meta: Element) -> Iterator[tuple[str, str]]:
    for element in meta:
        scheme = IDS.get(element.get("pub-id-type", ""))
        if local_name(element) == "article-id" and scheme:
            yield scheme, clean(text_of(element))


def _people(meta: Element, role: Role) -> Iterator[Authorship]:
    places = {e.get("id", ""): e for e in _all(meta, "aff")}
    groups = [e for e in meta if local_name(e) == "contrib-group"]
    found = [
        contrib
        for group in groups
        for contrib in _all(group, "contrib")
        if contrib.get("contrib-type", "author") == role
        and not any(local_name(each) == "collab" for each in contrib.iterancestors())
    ]
    for position, contrib in enumerate(found, 1):
        yield _authorship(contrib, position, role, places)


def _authorship(
    contrib: Element, position: int, role: Role, places: dict[str, Element]
) -> Authorship:
    name = _first(contrib, "name", "string-name")
    parts = [clean(text_of(_first(contrib, each))) for each in ("given-names", "surname", "suffix")]
    group = next((e for e in contrib if local_name(e) == "collab"), None)
    ids, malformed = identifiers(
        ("orcid", clean(text_of(each)))
        for each in _all(contrib, "contrib-id")
        if each.get("contrib-id-type", "") == "orcid"
    )
    return Authorship(
        name=_own_text(group)
        if group is not None
        else " ".join(filter(None, parts)) or _text(name),
        position=position,
        given=parts[0] if parts[1] else "",
        family=parts[1] if parts[0] else "",
        suffix=parts[2],
        ids=ids,
        malformed_ids=malformed,
        affiliations=tuple(_affiliations(contrib, places)),
        corresponding=_corresponding(contrib),
        organization=group is not None,
        role=role,
    )


def _own_text(group: Element) -> str:
    """Return the name of a group without those of its members."""
    return clean(
        (group.text or "") + " ".join(_text(e) for e in group if local_name(e) != "contrib-group")
    )


def _corresponding(contrib: Element) -> bool | None:
    marked = any(each.get("ref-type") == "corresp" for each in _all(contrib, "xref"))
    return True if marked or contrib.get("corresp") == "yes" else None


def _affiliations(contrib: Element, places: dict[str, Element]) -> Iterator[Affiliation]:
    own = [each for each in contrib if local_name(each) == "aff"]
    for xref in _all(contrib, "xref"):
        if xref.get("ref-type") == "aff":
            own += [places[rid] for rid in xref.get("rid", "").split() if rid in places]
    if not own and len(places) == 1 and not any(places):
        own = list(places.values())  # The only affiliation, to which nothing could point.
    for place in own:
        yield Affiliation(_text(place), tuple(_organizations(place)))


def _organizations(place: Element) -> Iterator[OrganizationName]:
    """Yield the organisations that an affiliation names with an identifier."""
    for wrap in _all(place, "institution-wrap"):
        ids = [from_url(clean(text_of(each))) for each in _all(wrap, "institution-id")]
        known = tuple(each for each in ids if each)
        if known:
            yield OrganizationName(_text(_first(wrap, "institution")), known)


def _date(element: Element) -> PartialDate | None:
    stated = element.get("iso-8601-date", "")
    numbers = [_plain(element, name) for name in ("year", "month", "day")]
    if not all(number.isdecimal() or not number for number in numbers):
        return partial_date(" ".join(filter(None, reversed(numbers)))) or partial_date(numbers[0])
    if not numbers[0]:
        return partial_date(stated)
    return from_parts(numbers) or from_parts(numbers[:1])


def _issued(meta: Element) -> PartialDate | None:
    """Return when the article appeared: the best type of date that is stated."""
    dates = [e for e in meta if local_name(e) == "pub-date"]
    ranked = sorted(dates, key=_rank)
    return next((found for each in ranked if (found := _date(each))), None)


def _rank(element: Element) -> int:
    kind = element.get("pub-type") or element.get("date-type") or ""
    return ISSUED.index(kind) if kind in ISSUED else len(ISSUED)


def _submitted(meta: Element) -> PartialDate | None:
    received = (e for e in _all(meta, "date") if e.get("date-type") == "received")
    return next((found for each in received if (found := _date(each))), None)


def _venue(journal: Element) -> VenueName | None:
    name = _text(_first(journal, "journal-title"))
    ids = identifiers(("issn", clean(text_of(e))) for e in _all(journal, "issn"))[0]
    short = [_text(e) for e in _all(journal, "abbrev-journal-title")]
    kinds = ("iso-abbrev", "nlm-ta")
    short += [_text(e) for e in _all(journal, "journal-id") if e.get("journal-id-type") in kinds]
    if not (name or ids):
        return None
    others = tuple(each for each in dict.fromkeys(short) if each and each != name)
    return VenueName(name, ids, "journal", others)


def _publisher(journal: Element) -> OrganizationName | None:
    name = _text(_first(journal, "publisher-name"))
    return OrganizationName(name) if name else None


def _licenses(meta: Element) -> tuple[str, ...]:
    found = []
    for terms in _all(meta, "license"):
        linked = [terms.get(XLINK, ""), *(e.get(XLINK, "") for e in _all(terms, "ext-link", "uri"))]
        address = next((each for each in linked if "creativecommons.org" in each), linked[0])
        found.append(address or _text(_first(terms, "license-p")))
    return tuple(dict.fromkeys(filter(None, found)))


def _funding(meta: Element) -> Iterator[Funding]:
    for award in _all(meta, "award-group"):
        numbers = tuple(filter(None, map(_text, _all(award, "award-id"))))
        funders = [_funder(source) for source in _all(award, "funding-source")]
        for funder in filter(None, funders):
            yield Funding(funder, numbers)
        if numbers and not any(funders):
            yield Funding(None, numbers)


def _funder(source: Element) -> OrganizationName | None:
    """Return who paid; the Funder Registry has DOIs for funders."""
    written = [clean(text_of(each)) for each in _all(source, "institution-id")]
    written += [source.get(XLINK, "")]
    ids = identifiers(("doi", doi_in(each)) for each in written if "10." in each)[0]
    name = _text(source)
    return OrganizationName(name, ids) if name or ids else None


def _references(article: Element) -> tuple[str, ...]:
    """Return the identifiers of what is cited: the DOI of each reference, else another."""
    found: dict[str, None] = {}
    for reference in _all(article, "ref"):
        pairs = [(IDS.get(e.get("pub-id-type", ""), ""), e) for e in _all(reference, "pub-id")]
        ids = identifiers((s, doi_in(clean(text_of(e)))) for s, e in pairs if s)[0]
        links = (from_url(e.get(XLINK, "")) for e in _all(reference, "ext-link"))
        known = sorted((*ids, *filter(None, links)), key=lambda each: not each.startswith("doi:"))
        found.update(dict.fromkeys(known[:1]))
    return tuple(found)


def _relations(meta: Element) -> Iterator[Relation]:
    for element in _all(meta, "related-article"):
        kind = RELATED.get(element.get("related-article-type", ""))
        ids = identifiers([("doi", doi_in(element.get(XLINK, "")))])[0]
        if kind and ids:
            yield Relation(kind, ids[0])


def fields_of(file: InputFile) -> Iterator[Fields]:
    """Yield which elements and attributes each article states, and whether they are read."""
    for found in elements(file, TAGS):
        if isinstance(found, Found):
            for body in list(_all(found.element, "body", "floats-group")):
                body.clear()
            yield xml_fields(found.element, USED, WHOLE)


FORMAT = Format(NAME, "articles in JATS", 1, recognises, read_jats, fields_of)
