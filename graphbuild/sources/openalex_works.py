"""Make papers of OpenAlex's works, whatever their vintage."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite

import msgspec

from graphbuild.identifiers import from_url, identifier, identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    Count,
    Funding,
    ListStatus,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    TopicLink,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper
from graphbuild.sources.contributors import list_status
from graphbuild.sources.dates import partial_date
from graphbuild.sources.openalex_fields import (
    Biblio,
    InvertedIndex,
    NamedAuthor,
    NamedInstitution,
    NamedSource,
    Number,
    PrimaryLocation,
    SourceFields,
    Text,
    Work,
    WorkAuthorship,
    WorkTopic,
)
from graphbuild.sources.texts import read_texts
from graphbuild.text import clean

SITE = "https://openalex.org/"
WORK = f"{SITE}W"
LONGEST_API_LIST = 100
"""Authors at which lists of works from the API cut a list of authors."""

KINDS: dict[str, PaperKind] = {
    "article": "article", "journal-article": "article", "review": "review",
    "proceedings-article": "conference-paper", "conference-paper": "conference-paper",
    "preprint": "preprint", "posted-content": "preprint",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book",
    "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "dissertation": "thesis", "report": "report", "proceedings": "proceedings",
    "dataset": "dataset", "software": "software", "editorial": "editorial", "letter": "letter",
    "erratum": "erratum", "peer-review": "peer-review", "reference-entry": "reference-entry",
    "journal-issue": "issue",
}  # fmt: skip
VENUE_KINDS: dict[str, VenueKind] = {
    "journal": "journal", "conference": "conference", "repository": "repository",
    "ebook platform": "platform", "book series": "book-series",
}  # fmt: skip
NOWHERE, NOBODY = Biblio(), NamedAuthor()
TOPIC_RULE = "assigned by OpenAlex"
INDEX = msgspec.json.Decoder(InvertedIndex)


def paper_of(work: Work, origin: Origin) -> Paper:
    """Return the paper that a work describes; its title is empty where OpenAlex has none.

    Raises:
        ValueError: the work has no identifier of OpenAlex's, or an abstract that is no index.
    """
    place = _place(work)
    ids, malformed, relations = _identifiers(work, place)
    venue = _venue(place)
    biblio = work.biblio or NOWHERE
    authors = _authors(work.authorships or ())
    return Paper(
        author_list=_list_status(work, authors),
        origins=(origin,),
        authors=authors,
        issued=_issued(work),
        topics=tuple(map(_topic, work.topics or work.concepts or ())),
        ids=ids,
        malformed_ids=malformed,
        kind=_kind(work, place, venue),
        kind_written=work.type or "",
        venue=venue,
        volume=_text(biblio.volume),
        issue=_text(biblio.issue),
        first_page=_text(biblio.first_page),
        last_page=_text(biblio.last_page),
        publisher=_publisher(place),
        language=work.language or "",
        licenses=_licenses(work, place),
        open_access=(work.open_access and work.open_access.oa_status) or "",
        urls=_urls(work),
        keywords=_keywords(work),
        retracted=bool(work.is_retracted),
        funding=_funding(work),
        references=_references(work.referenced_works or ()),
        relations=relations,
        counts=_counts(work),
        **read_texts(work.title or work.display_name or "", _abstract(work)),
    )


def openalex_id(written: str | None) -> str | None:
    """Return the identifier of an entity of OpenAlex, None when the text is none."""
    if not written:
        return None
    if written.startswith(SITE):  # how OpenAlex itself writes it
        value = written[21:]
        if value[:1] in "WASIFPTCV" and value[1:].isdecimal() and value.isascii():
            return f"openalex:{value}"
    return identifier("openalex", written)


@lru_cache(maxsize=1 << 16)
def organization_of(written: str | None, name: str | None, ror: str | None) -> OrganizationName:
    """Return an organisation by its identifier, name and ROR as OpenAlex writes them."""
    known, ids = openalex_id(written), identifiers([("ror", ror)])[0]
    return OrganizationName(clean(name or ""), (*ids, known) if known else ids)


def named_organization(named: NamedInstitution) -> OrganizationName:
    """Return an organisation that another record names."""
    return organization_of(named.id, named.display_name, named.ror)


def issns(first: str | None, others: list[str | None] | str | None) -> list[tuple[str, str | None]]:
    """Return the ISSNs of a source, the linking one first, to be checked."""
    listed = [others] if isinstance(others, str) else others or []
    return [("issn", each) for each in (first, *listed)]


def count_of(metric: str, value: Number, work: Work | object) -> Iterator[Count]:
    """Yield a number as a count, if it is stated, with the date at which it was so."""
    if value is None or not isfinite(value):
        return
    exact = int(value) if value == int(value) else f"{value:f}".rstrip("0")
    when = getattr(work, "updated_date", None) or getattr(work, "updated", None) or ""
    yield Count(metric, exact, _day(when))


@lru_cache(maxsize=1 << 12)
def _day(written: str) -> str:
    found = partial_date(written[:10])
    return found.value if found and len(found.value) == 10 else ""


def _place(work: Work) -> PrimaryLocation | None:
    """Return where the version of record is; until 2023 that was the host venue."""
    host = work.host_venue
    if work.primary_location or host is None:
        return work.primary_location
    return PrimaryLocation(host, host.url, host.license)


def _identifiers(
    work: Work, place: PrimaryLocation | None
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[Relation, ...]]:
    known = openalex_id(work.id)
    if known is None:
        raise ValueError(f"{work.id!r} is no identifier of OpenAlex")
    ids = work.ids
    pairs: list[tuple[str, str | None]] = [("doi", work.doi or (ids.doi if ids else None))]
    if ids:
        pairs += [("pmid", _text(ids.pmid)), ("pmcid", _text(ids.pmcid)), ("mag", _text(ids.mag))]
    good, malformed = identifiers(pairs)
    own, others = _arxiv(work, place)
    return (known, *good, *own), malformed, others


def _arxiv(
    work: Work, place: PrimaryLocation | None
) -> tuple[tuple[str, ...], tuple[Relation, ...]]:
    """Return the paper's arXiv number, and that of another version of it."""
    primary = place and place.landing_page_url
    pages = [primary] + [each.landing_page_url for each in work.locations or ()]
    for page in pages:
        if page and "arxiv.org/" in page:
            known = identifier("arxiv", page)
            if known and page == primary:
                return (known,), ()
            if known:
                return (), (Relation("version-of", known),)
    return (), ()


def _kind(work: Work, place: PrimaryLocation | None, venue: VenueName | None) -> PaperKind | None:
    kind = KINDS.get(work.type or "", "other" if work.type else None)
    if kind != "article":
        return kind
    exact = work.type_crossref or (place and place.raw_type)
    in_conference = venue is not None and venue.kind == "conference"
    return "conference-paper" if exact == "proceedings-article" or in_conference else "article"


def _venue(place: PrimaryLocation | None) -> VenueName | None:
    if place is None:
        return None
    if place.source:
        return _source(place.source)
    return VenueName(clean(place.raw_source_name)) if place.raw_source_name else None


def _source(source: NamedSource) -> VenueName | None:
    stated = tuple(issns(source.issn_l, source.issn))
    return _named_venue(source.id, source.display_name, source.type, stated)


@lru_cache(maxsize=1 << 16)
def _named_venue(
    own_id: str | None,
    written: str | None,
    kind: str | None,
    stated: tuple[tuple[str, str | None], ...],
) -> VenueName | None:
    known, name = openalex_id(own_id), clean(written or "")
    if not (name or known):
        return None
    ids, _ = identifiers(stated)
    return VenueName(name, (*ids, known) if known else ids, VENUE_KINDS.get(kind or ""))


def _publisher(place: PrimaryLocation | None) -> OrganizationName | None:
    """Return the publisher; what hosts a repository is none."""
    return publisher_of(place.source) if place and place.source else None


def publisher_of(source: NamedSource | SourceFields) -> OrganizationName | None:
    """Return the publisher of a journal or series, None for a repository's host."""
    host = source.host_organization
    if host and host.startswith(f"{SITE}P"):
        return organization_of(host, source.host_organization_name or source.publisher, None)
    if source.publisher:
        return organization_of(source.publisher_id, source.publisher, None)
    return None


def _list_status(work: Work, authors: tuple[Authorship, ...]) -> ListStatus:
    listed = len(work.authorships or ())
    cut = work.is_authors_truncated
    if cut or (cut is None and listed == LONGEST_API_LIST):
        return "truncated"
    return list_status(listed, authors)


def _authors(authorships: "list[WorkAuthorship] | tuple[()]") -> tuple[Authorship, ...]:
    numbered = (_author(each, place) for place, each in enumerate(authorships, 1))
    return tuple(each for each in numbered if each.name)


def _author(each: WorkAuthorship, position: int) -> Authorship:
    author = each.author or NOBODY
    ids, malformed = _author_ids(author.id, each.raw_orcid, author.orcid)
    return Authorship(
        name=clean(each.raw_author_name or author.display_name or ""),
        position=position,
        ids=ids,
        malformed_ids=malformed,
        affiliations=_affiliations(each),
        corresponding=each.is_corresponding,
    )


@lru_cache(maxsize=1 << 16)
def _author_ids(
    own_id: str | None, printed: str | None, registered: str | None
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return an author's identifiers: the ORCID that the paper prints, or else OpenAlex's own."""
    known = openalex_id(own_id)
    own = (known,) if known else ()
    ids, malformed = identifiers([("orcid", printed)])
    if ids:
        return (*own, *ids), ()
    ids, more = identifiers([("orcid", registered)])
    return (*own, *ids), (*malformed, *more)


def _affiliations(each: WorkAuthorship) -> tuple[Affiliation, ...]:
    """Tie each affiliation as written to its institutions, as far as OpenAlex says which."""
    known = {one.id: named_organization(one) for one in each.institutions or ()}
    if each.affiliations:
        found = [
            (raw.raw_affiliation_string, [i for i in raw.institution_ids or () if i in known])
            for raw in each.affiliations
        ]
    else:
        written = each.raw_affiliation_strings or [each.raw_affiliation_string]
        single = list(known) if len(written) == 1 else []
        found = [(text, single) for text in written if text or single]
    tied = {i for _, ids in found for i in ids}
    rest = tuple(organization for i, organization in known.items() if i not in tied)
    tie = [Affiliation(clean(t or ""), tuple(known[i] for i in ids)) for t, ids in found]
    return (*tie, Affiliation("", rest)) if rest else tuple(tie)


def _topic(topic: WorkTopic) -> TopicLink:
    score = topic.score
    return TopicLink(
        written=topic.display_name or "",
        topic=openalex_id(topic.id),
        score=float(score) if score is not None and 0 < score <= 1 else None,
        rule=TOPIC_RULE,
    )


def _issued(work: Work) -> PartialDate | None:
    if work.publication_date:
        return _date(work.publication_date)
    return _date(str(work.publication_year)) if work.publication_year else None


_date = lru_cache(maxsize=1 << 14)(partial_date)


def _text(value: Text) -> str:
    return "" if value is None else clean(str(value))


def _licenses(work: Work, place: PrimaryLocation | None) -> tuple[str, ...]:
    best = work.best_oa_location
    stated = (place and place.license, best and best.license)
    return tuple(dict.fromkeys(each for each in stated if each))


def _urls(work: Work) -> tuple[str, ...]:
    """Return the pages and files of the work that no identifier stands for."""
    found = [work.open_access.oa_url if work.open_access else None]
    for location in work.locations or ():
        found += (location.landing_page_url, location.pdf_url)
    found.append(work.host_venue.url if work.host_venue else None)
    found += [venue.url for venue in work.alternate_host_venues or ()]
    return tuple(dict.fromkeys(each for each in found if each and _is_page(each)))


def _is_page(url: str) -> bool:
    if url.startswith("https://doi.org/"):
        return False
    return url.startswith(("http://", "https://")) and from_url(url) is None


def _keywords(work: Work) -> tuple[str, ...]:
    words = [each.display_name or each.keyword for each in work.keywords or ()]
    words += [each.descriptor_name for each in work.mesh or ()]
    words += [each.display_name for each in work.sustainable_development_goals or ()]
    return tuple(dict.fromkeys(clean(each) for each in words if each))


def _funding(work: Work) -> tuple[Funding, ...]:
    """Put the awards of each funder together; a funder without awards is money, too."""
    stated = [(g.funder, g.funder_display_name, g.award_id) for g in work.grants or ()]
    stated += [(a.funder_id, a.funder_display_name, a.funder_award_id) for a in work.awards or ()]
    names = {each.id: each for each in work.funders or ()}
    awards: defaultdict[OrganizationName | None, dict[str, None]] = defaultdict(dict)
    for known, name, award in stated:
        funder = named_organization(names[known]) if known in names else _funder(known, name)
        awards[funder].update({_text(award): None} if award is not None else {})
    for funder in map(named_organization, names.values()):
        awards.setdefault(funder, {})
    return tuple(Funding(funder, tuple(filter(None, own))) for funder, own in awards.items())


def _funder(known: str | None, name: str | None) -> OrganizationName | None:
    return organization_of(known, name, None) if known or name else None


def _references(works: "list[str | None] | tuple[()]") -> tuple[str, ...]:
    known = [
        f"openalex:{each[21:]}"
        for each in works
        if each and each.startswith(WORK) and each[22:].isdecimal() and each.isascii()
    ]  # as OpenAlex itself writes them: a work has dozens
    return tuple(known if len(known) == len(works) else filter(None, map(openalex_id, works)))


def _counts(work: Work) -> tuple[Count, ...]:
    return (
        *count_of("citation-count", work.cited_by_count, work),
        *count_of("reference-count", work.referenced_works_count, work),
    )


def _abstract(work: Work) -> str:
    """Put an abstract together from the places of its words."""
    index = work.abstract_inverted_index
    if isinstance(index, str):
        index = INDEX.decode(index).InvertedIndex
    if not index:
        return ""
    words = {place: word for word, places in index.items() for place in places}
    return " ".join(map(words.__getitem__, sorted(words)))
