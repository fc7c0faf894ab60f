"""Make papers of Crossref's works, and venues of its journals and series."""

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from graphbuild.identifiers import from_url, identifier, identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    Container,
    Count,
    Event,
    Funding,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    RelationKind,
    Role,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper, Venue
from graphbuild.sources.contributors import list_status
from graphbuild.sources.crossref_fields import (
    Contributor,
    Date,
    Funder,
    Organization,
    PlaceId,
    Related,
    Text,
    Titles,
    Work,
)
from graphbuild.sources.dates import from_parts
from graphbuild.sources.texts import read_texts, readable_text
from graphbuild.text import clean

KINDS: dict[str, PaperKind] = {
    "journal-article": "article", "proceedings-article": "conference-paper",
    "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "book-track": "chapter", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "report": "report", "report-component": "report",
    "dissertation": "thesis", "dataset": "dataset", "database": "dataset",
    "journal-issue": "issue", "proceedings": "proceedings", "peer-review": "peer-review",
    "reference-entry": "reference-entry",
}  # fmt: skip
SERIES: dict[str, VenueKind | None] = {
    "journal": "journal", "book-series": "book-series", "proceedings-series": "conference",
    "report-series": None, "book-set": None,
}  # fmt: skip
"""Types of what has no authors, because works appear in it."""

IN_BOOKS: dict[str, PaperKind] = {
    "chapter": "book", "reference-entry": "book", "conference-paper": "proceedings",
}  # fmt: skip
DEGREES: tuple[tuple[str, PaperKind], ...] = (
    ("doctor", "doctoral-thesis"), ("phd", "doctoral-thesis"), ("ph.d", "doctoral-thesis"),
    ("master", "masters-thesis"),
)  # fmt: skip
RELATIONS: dict[str, RelationKind] = {
    "is-preprint-of": "preprint-of", "has-preprint": "version-of", "is-version-of": "version-of",
    "has-version": "version-of", "is-identical-to": "version-of", "is-same-as": "version-of",
    "is-manuscript-of": "version-of", "has-manuscript": "version-of",
    "is-variant-form-of": "version-of", "is-original-form-of": "version-of",
    "is-translation-of": "version-of", "has-translation": "version-of",
    "is-review-of": "reviews", "is-supplement-to": "supplement", "is-part-of": "part-of",
    "documents": "documents", "is-documented-by": "described-by", "is-described-by": "described-by",
    "is-correction-of": "corrects", "is-retraction-of": "retracts",
}  # fmt: skip
UPDATES: dict[str, RelationKind] = {
    "retraction": "retracts", "withdrawal": "retracts", "removal": "retracts",
    "partial_retraction": "corrects", "correction": "corrects", "corrigendum": "corrects",
    "erratum": "corrects", "addendum": "corrects", "clarification": "corrects",
    "new_version": "version-of", "new_edition": "version-of",
}  # fmt: skip
MINING = frozenset({"tdm", "stm-asf"})
"""Versions whose licence is one for text mining, not for readers."""

WITHDRAWN = frozenset({"retraction", "withdrawal", "removal"})
ID_SCHEMES = {"doi": "doi", "arxiv": "arxiv", "issn": "issn", "isbn": "isbn", "pmid": "pmid"}
PLACE_SCHEMES = {"ror": "ror", "isni": "isni", "wikidata": "wikidata", "doi": "doi"}


def paper_of(work: Work, origin: Origin) -> Paper:
    """Return the paper that a work is; its title is empty where Crossref has none.

    Raises:
        ValueError: the work has no DOI.
    """
    kind = _kind(work)
    good, malformed = _identifiers(work, kind)
    authors = (*_people(work.author, "author"), *_people(work.editor, "editor"))
    title, *more_titles = _titles(work.title) or [""]
    paper = Paper(
        author_list=list_status(len(work.author or ()), authors),
        origins=(origin,),
        authors=authors,
        ids=good,
        malformed_ids=malformed,
        kind=kind,
        kind_written=work.subtype or work.type or "",
        keywords=tuple(dict.fromkeys(clean(each) for each in work.subject or () if each)),
        retracted=any(update.type in WITHDRAWN for update in work.updated_by or ()),
        funding=tuple(_funding(work.funder or ())),
        references=_references(work),
        relations=tuple(dict.fromkeys(_relations(work))),
        counts=tuple(_counts(work)),
        other_titles=_other_titles(work, title, more_titles),
        **read_texts(title, work.abstract or work.description or ""),
    )
    return _published(paper, work)


def _published(paper: Paper, work: Work) -> Paper:
    """Add where and how the work was published."""
    first_page, last_page = _pages(work.page)
    return msgspec.structs.replace(
        paper,
        issued=date_of(work.issued),
        organizations=_institutions(work, paper.kind),
        venue=_venue(work, paper.kind),
        event=_event(work),
        container=_container(work, paper.kind),
        volume=_text(work.volume),
        issue=_text(work.issue),
        first_page=first_page,
        last_page=last_page,
        article_number=_text(work.article_number),
        edition=_text(work.edition_number),
        publisher=_named(work.publisher),
        language=work.language or "",
        licenses=_licenses(work),
        urls=_urls(work),
    )


def venue_of(work: Work, origin: Origin) -> Venue:
    """Return the journal or series that has a DOI of its own."""
    good, malformed = identifiers([*_issns(work), ("doi", work.doi)])
    if not good:
        raise ValueError(f"{work.doi!r} is no DOI")
    name, *others = map(readable_text, _titles(work.title) or [""])
    others += map(readable_text, _titles(work.short_title))
    kind = SERIES.get(work.type or "")
    publisher = _named(work.publisher)
    other_names = tuple(dict.fromkeys(each for each in others if each != name))
    return Venue(
        good,
        name,
        origin,
        malformed,
        other_names,
        kind,
        publisher,
        _urls(work),
        tuple(_counts(work)),
    )


def date_of(date: Date | None) -> PartialDate | None:
    """Return a date, None when it has no year."""
    parts = date.date_parts if date else None
    return from_parts(parts[0]) if parts and parts[0] else None


def _kind(work: Work) -> PaperKind | None:
    if work.type == "posted-content":
        return "preprint" if work.subtype in (None, "preprint") else "other"
    if work.type == "dissertation":
        degree = " ".join(filter(None, work.degree or ())).lower()
        return next((kind for word, kind in DEGREES if word in degree), "thesis")
    return KINDS.get(work.type or "", "other" if work.type else None)


def _identifiers(
    work: Work, kind: PaperKind | None
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the identifiers of a work; the ISBN of a chapter is its book's."""
    own_isbns = _isbns(work) if kind in {"book", "proceedings", "report"} else []
    good, malformed = identifiers([("doi", work.doi), *own_isbns])
    if not any(each.startswith("doi:") for each in good):
        raise ValueError(f"{work.doi!r} is no DOI")
    return good, malformed


def _isbns(work: Work) -> list[tuple[str, str | None]]:
    listed = _listed(work.isbn) or [each.value for each in work.isbn_type or ()]
    return [("isbn", each) for each in listed]


def _issns(work: Work) -> list[tuple[str, str | None]]:
    listed = [each.value for each in work.issn_type or ()] or _listed(work.issn)
    return [("issn", each) for each in listed]


def _people(people: list[Contributor] | None, role: Role) -> Iterator[Authorship]:
    for position, each in enumerate(people or (), 1):
        name = clean(each.name or " ".join(filter(None, (each.given, each.family))))
        if name:
            ids, malformed = identifiers([("orcid", each.orcid)])
            yield Authorship(
                name=f"{name} {each.suffix}" if each.suffix and each.family else name,
                position=position,
                given=clean(each.given or ""),
                family=clean(each.family or ""),
                suffix=clean(each.suffix or ""),
                ids=ids,
                malformed_ids=malformed,
                affiliations=tuple(filter(None, map(_affiliation, each.affiliation or ()))),
                organization=bool(each.name) and not each.family,
                role=role,
            )


def _affiliation(place: Organization) -> Affiliation | None:
    ids = _place_ids(place.id or ())
    parts = (*_titles(place.department), place.name, *_titles(place.place))
    written = clean(", ".join(filter(None, parts)))
    if ids:
        return Affiliation(written, (OrganizationName(clean(place.name or ""), ids),))
    return Affiliation(written) if written else None


def _place_ids(ids: Iterable[PlaceId]) -> tuple[str, ...]:
    pairs = (
        (PLACE_SCHEMES[scheme], each.id)
        for each in ids
        if (scheme := (each.id_type or "").lower()) in PLACE_SCHEMES
    )
    return identifiers(pairs)[0]


def _institutions(work: Work, kind: PaperKind | None) -> tuple[str, ...]:
    """Return the organisations behind a report or thesis; a preprint's is its repository."""
    if kind == "preprint":
        return ()
    return tuple(dict.fromkeys(clean(each.name) for each in _organizations(work) if each.name))


def _organizations(work: Work) -> list[Organization]:
    found = work.institution
    return [found] if isinstance(found, Organization) else found or []


def _venue(work: Work, kind: PaperKind | None) -> VenueName | None:
    """Return the journal, series or repository; the one container of a chapter is its book."""
    issns = identifiers(_issns(work))[0]
    names = [readable_text(each) for each in _titles(work.container_title)]
    if kind in IN_BOOKS:
        series: VenueKind | None = "book-series" if kind == "chapter" else None
        name = names[0] if len(names) > 1 else ""
        return VenueName(name, issns, series) if name or issns else None
    if kind == "preprint" and not names:
        hosts = [clean(each.name) for each in _organizations(work) if each.name]
        return VenueName(hosts[0], issns, "repository") if hosts else None
    if not (names or issns):
        return None
    shorts = tuple(readable_text(each) for each in _titles(work.short_container_title))
    name = names[0] if names else ""
    in_journal = kind in {"article", "issue"}
    return VenueName(
        name, issns, "journal" if in_journal else None, tuple(s for s in shorts if s != name)
    )


def _container(work: Work, kind: PaperKind | None) -> Container | None:
    if kind not in IN_BOOKS:
        return None
    names = _titles(work.container_title)
    isbns = identifiers(_isbns(work))[0]
    if not (names or isbns):
        return None
    return Container(readable_text(names[-1]) if names else "", isbns, IN_BOOKS[kind])


def _event(work: Work) -> Event | None:
    event = work.event
    if event is None or not event.name:
        return None
    days = [date.value for date in (date_of(event.start), date_of(event.end)) if date]
    return Event(
        name=clean(event.name),
        short_name=clean(event.acronym or ""),
        place=clean(event.location or ""),
        date="/".join(dict.fromkeys(days)),
    )


def _pages(written: str | None) -> tuple[str, str]:
    first, _, last = clean(written or "").partition("-")
    return first.strip(), last.strip()


def _licenses(work: Work) -> tuple[str, ...]:
    stated = (each.url for each in work.license or () if each.content_version not in MINING)
    return tuple(dict.fromkeys(filter(None, stated)))


def _urls(work: Work) -> tuple[str, ...]:
    """Return the landing page and the files that are meant for readers."""
    primary = work.resource.primary if work.resource else None
    links = (
        link.url for link in work.link or () if link.intended_application != "similarity-checking"
    )
    pages = filter(None, chain([primary.url if primary else None], links))
    return tuple(dict.fromkeys(each for each in pages if _is_page(each)))


def _is_page(url: str) -> bool:
    return url.startswith(("http://", "https://")) and from_url(url) is None


def _funding(funders: Iterable[Funder]) -> Iterator[Funding]:
    for each in funders:
        ids = identifiers([("doi", each.doi)])[0]
        known = tuple(dict.fromkeys((*ids, *_place_ids(each.id or ()))))
        name = clean(each.name or "")
        funder = OrganizationName(name, known) if name or known else None
        awards = tuple(dict.fromkeys(filter(None, map(_text, each.award or ()))))
        if funder or awards:
            yield Funding(funder, awards)


def _references(work: Work) -> tuple[str, ...]:
    stated = (("doi", each.doi) for each in work.reference or ())
    return identifiers(stated)[0]


def _relations(work: Work) -> Iterator[Relation]:
    for name, others in (work.relation or {}).items():
        kind = RELATIONS.get(name)
        for other in [others] if isinstance(others, Related) else others or ():
            known = _related(other)
            if kind and known:
                yield Relation(kind, known)
    for update in work.update_to or ():
        known = identifier("doi", update.doi or "")
        kind = UPDATES.get(update.type or "")
        if kind and known:
            yield Relation(kind, known)


def _related(other: Related) -> str | None:
    scheme = ID_SCHEMES.get((other.id_type or "").lower())
    written = clean(other.id or "")
    if scheme:
        return identifier(scheme, written)
    if not written.startswith(("http://", "https://")):
        return None
    return from_url(written) or written


def _counts(work: Work) -> Iterator[Count]:
    when = date_of(work.indexed)
    observed = when.value if when and len(when.value) == 10 else ""
    references = work.references_count if work.reference_count is None else work.reference_count
    if work.is_referenced_by_count is not None:
        yield Count("citation-count", work.is_referenced_by_count, observed)
    if references is not None:
        yield Count("reference-count", references, observed)


def _other_titles(work: Work, title: str, more: list[str]) -> tuple[str, ...]:
    named = chain(
        more, _titles(work.subtitle), _titles(work.short_title), _titles(work.original_title)
    )
    readable = map(readable_text, named)
    return tuple(dict.fromkeys(each for each in readable if each and each != readable_text(title)))


def _titles(titles: Titles) -> list[str]:
    return [each for each in _listed(titles) if each and each.strip()]


def _listed(values: Titles) -> list[str | None]:
    return [values] if isinstance(values, str) else values or []


def _named(name: str | None) -> OrganizationName | None:
    return OrganizationName(clean(name)) if name and name.strip() else None


def _text(value: Text) -> str:
    return "" if value is None else clean(str(value))
