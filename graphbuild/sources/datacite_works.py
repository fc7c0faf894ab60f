"""Make papers, datasets and software of DataCite's works."""

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from graphbuild.forges import repository_of
from graphbuild.identifiers import from_url, identifier, identifiers
from graphbuild.parts import (
    CodeLink,
    Container,
    Count,
    Funding,
    OrganizationName,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    RelationKind,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper
from graphbuild.sources.contributors import list_status
from graphbuild.sources.datacite_fields import (
    Contributor,
    Publisher,
    RelatedItem,
    ResourceType,
    Text,
    Whole,
    Work,
)
from graphbuild.sources.datacite_people import (
    agent_ids,
    is_organization,
    organization_ids,
    people_of,
)
from graphbuild.sources.dates import partial_date
from graphbuild.sources.texts import Texts, read_texts, readable_text
from graphbuild.text import clean

KINDS: dict[str, PaperKind] = {
    "dataset": "dataset", "software": "software", "computationalnotebook": "software",
    "journalarticle": "article", "datapaper": "article", "conferencepaper": "conference-paper",
    "conferenceproceeding": "proceedings", "preprint": "preprint", "book": "book",
    "bookchapter": "chapter", "dissertation": "thesis", "report": "report",
    "peerreview": "peer-review", "article": "article", "blogposting": "other",
    "thesis": "thesis", "workingpaper": "report", "doctoralthesis": "doctoral-thesis",
    "phdthesis": "doctoral-thesis", "doctoraldissertation": "doctoral-thesis",
    "masterthesis": "masters-thesis", "mastersthesis": "masters-thesis",
}  # fmt: skip
"""By a type of the list or, where that is only ``Text``, in free words without spaces."""

VAGUE = frozenset({"", "text", "other", "dissertation"})
"""Types that free words can make more exact."""

VENUE_KINDS: dict[str, VenueKind] = {
    "journal": "journal", "datarepository": "repository", "series": "book-series",
}  # fmt: skip
RELATIONS: dict[str, RelationKind] = {
    "IsSupplementTo": "supplement", "IsVersionOf": "version-of", "HasVersion": "version-of",
    "IsNewVersionOf": "version-of", "IsPreviousVersionOf": "version-of",
    "IsVariantFormOf": "version-of", "IsOriginalFormOf": "version-of",
    "IsIdenticalTo": "version-of", "IsTranslationOf": "version-of",
    "HasTranslation": "version-of", "IsPartOf": "part-of", "IsPublishedIn": "part-of",
    "IsDocumentedBy": "described-by", "IsDescribedBy": "described-by", "Documents": "documents",
    "Describes": "documents", "Reviews": "reviews",
}  # fmt: skip
CITING = frozenset({"Cites", "References"})
OWN_CODE = frozenset({"IsSupplementTo", "IsSupplementedBy", "IsDerivedFrom", "IsVersionOf"})
SCHEMES = {
    "doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "isbn": "isbn", "issn": "issn",
    "eissn": "issn", "lissn": "issn", "swhid": "swhid", "openalex": "openalex",
}  # fmt: skip
"""Schemes of works by their type in DataCite's lists."""

ADDRESSES = ("url", "purl", "w3id")


def paper_of(work: Work, origin: Origin) -> Paper:
    """Return the record of a work; its title is empty where DataCite has none.

    Raises:
        ValueError: the work has no DOI.
    """
    good, malformed = _identifiers(work)
    types = work.types or ResourceType()
    authors = tuple(people_of(_creators(work), "author"))
    editors = [c for c in work.contributors or () if c.contributor_type == "Editor"]
    title, *other_titles = _titles(work)
    related = dict.fromkeys(_related(work, RELATIONS))
    paper = Paper(
        author_list=list_status(len(_creators(work)), authors),
        origins=(origin,),
        authors=(*authors, *people_of(editors, "editor")),
        ids=good,
        malformed_ids=malformed,
        kind=_kind(types),
        kind_written=_kind_written(types),
        organizations=tuple(dict.fromkeys(_organizations(work))),
        keywords=tuple(dict.fromkeys(clean(s.subject) for s in work.subjects or () if s.subject)),
        funding=tuple(_funding(work)),
        references=tuple(dict.fromkeys(k for _, k in _related(work, CITING) if "://" not in k)),
        relations=tuple(Relation(RELATIONS[relation], known) for relation, known in related),
        counts=tuple(_counts(work)),
        other_titles=tuple(dict.fromkeys(map(readable_text, other_titles))),
        **_texts(work, title),
    )
    return _published(paper, work)


def _published(paper: Paper, work: Work) -> Paper:
    """Add where and how the work was published."""
    host = next((i for i in work.related_items or () if i.relation_type == "IsPublishedIn"), None)
    whole = work.container or Whole()
    place = host or RelatedItem()
    licenses = (each.rights_uri or each.rights for each in work.rights_list or ())
    return msgspec.structs.replace(
        paper,
        issued=_issued(work),
        submitted=_dated(work, "Submitted"),
        venue=_venue(work, host),
        container=_container(host),
        volume=_text(place.volume or whole.volume),
        issue=_text(place.issue or whole.issue),
        first_page=_text(place.first_page or whole.first_page),
        last_page=_text(place.last_page or whole.last_page),
        edition=_text(work.version),
        publisher=_publisher(work.publisher),
        language=work.language or "",
        licenses=tuple(dict.fromkeys(filter(None, licenses))),
        urls=tuple(dict.fromkeys(_urls(work))),
    )


def _texts(work: Work, title: str) -> Texts:
    """Return what the texts fill, with the repositories that the relations name."""
    abstracts = (d.description for d in work.descriptions or () if d.description_type == "Abstract")
    texts = read_texts(title, next(filter(None, abstracts), ""))
    links = {link.url_written: link for link in (*texts["code_links"], *_repositories(work))}
    texts["code_links"] = tuple(links.values())
    return texts


def _repositories(work: Work) -> Iterator[CodeLink]:
    for each in work.related_identifiers or ():
        url = each.related_identifier or ""
        known = repository_of(url) if each.relation_type in OWN_CODE and "//" in url else None
        if known:
            name = f"{known.host}/{known.owner}/{known.name}"
            words = f"{each.relation_type} {url}"
            yield CodeLink(
                url, "released", ("code",), official=True, sentence=words, repository=name
            )


def _identifiers(work: Work) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the identifiers of a work; one that is local to a repository is none of ours."""
    typed = [(each.identifier_type, each.identifier) for each in work.identifiers or ()]
    typed += [
        (each.alternate_identifier_type, each.alternate_identifier)
        for each in work.alternate_identifiers or ()
    ]
    known = [(SCHEMES[_key(t)], written) for t, written in typed if _key(t) in SCHEMES]
    good, malformed = identifiers([("doi", work.doi or work.id), *known])
    if not any(each.startswith("doi:") for each in good):
        raise ValueError(f"{work.doi or work.id!r} is no DOI")
    return good, malformed


def _kind(types: ResourceType) -> PaperKind | None:
    general = _key(types.resource_type_general or types.general)
    free = _key(types.resource_type or types.free)
    if general in VAGUE and free in KINDS:
        return KINDS[free]
    return KINDS.get(general, "other" if general or free else None)


def _kind_written(types: ResourceType) -> str:
    return clean(
        types.resource_type or types.free or types.resource_type_general or types.general or ""
    )


def _key(word: str | None) -> str:
    return "".join(letter for letter in (word or "").lower() if letter.isalnum())


def _creators(work: Work) -> list[Contributor]:
    single = work.creator
    return work.creators or ([single] if isinstance(single, Contributor) else single) or []


def _organizations(work: Work) -> Iterator[str]:
    """Yield the organisations that contributed without being authors."""
    for each in work.contributors or ():
        name = clean(each.name or "")
        if name and is_organization(each, identifiers(agent_ids(each))[0]):
            yield name


def _titles(work: Work) -> list[str]:
    """Return the main title, empty if there is none, and the others."""
    titles = [each for each in work.titles or () if each.title and each.title.strip()]
    main = [each.title or "" for each in titles if not each.title_type]
    others = [each.title or "" for each in titles if each.title_type]
    return [*(main or [work.title or ""]), *others]


def _issued(work: Work) -> PartialDate | None:
    return (
        _dated(work, "Issued")
        or partial_date(_text(work.publication_year or work.year))
        or _dated(work, "Available")
    )


def _dated(work: Work, kind: str) -> PartialDate | None:
    written = (d.date for d in work.dates or () if d.date_type == kind and d.date)
    return next(filter(None, map(partial_date, written)), None)


def _venue(work: Work, host: RelatedItem | None) -> VenueName | None:
    if host and (host.related_item_type or "").lower() == "journal":
        return VenueName(_item_title(host), _item_ids(host, "issn"), "journal")
    whole = work.container
    issns = [
        ("issn", i.related_identifier)
        for i in work.related_identifiers or ()
        if _in_serial(i.related_identifier_type, i.relation_type)
    ]
    name = clean((whole and whole.title) or "")
    if whole and _key(whole.identifier_type) in {"issn", "eissn"}:
        issns.append(("issn", whole.identifier))
    ids = identifiers(issns)[0]
    kind = VENUE_KINDS.get(_key(whole.type)) if whole else None
    return VenueName(name, ids, kind) if name or ids else None


def _in_serial(scheme: str | None, relation: str | None) -> bool:
    return _key(scheme) in {"issn", "eissn", "lissn"} and relation in {"IsPartOf", "IsPublishedIn"}


def _container(host: RelatedItem | None) -> Container | None:
    if host is None or (host.related_item_type or "").lower() == "journal":
        return None
    title, ids = _item_title(host), _item_ids(host, "isbn", "doi")
    proceedings = _key(host.related_item_type) == "conferenceproceeding"
    kind: PaperKind = "proceedings" if proceedings else "book"
    return Container(title, ids, kind) if title or ids else None


def _item_title(item: RelatedItem) -> str:
    return readable_text(next((t.title for t in item.titles or () if t.title), None) or "")


def _item_ids(item: RelatedItem, *schemes: str) -> tuple[str, ...]:
    known = item.related_item_identifier
    scheme = SCHEMES.get(_key(known.related_item_identifier_type)) if known else None
    if known is None or scheme not in schemes:
        return ()
    return identifiers([(str(scheme), known.related_item_identifier)])[0]


def _publisher(publisher: Publisher | str | None) -> OrganizationName | None:
    if isinstance(publisher, Publisher):
        name, ids = clean(publisher.name or ""), organization_ids(publisher.publisher_identifier)
        return OrganizationName(name, ids) if name or ids else None
    return OrganizationName(clean(publisher)) if publisher and publisher.strip() else None


def _urls(work: Work) -> Iterator[str]:
    typed = ((e.identifier_type, e.identifier) for e in work.identifiers or ())
    others = (
        (e.alternate_identifier_type, e.alternate_identifier)
        for e in work.alternate_identifiers or ()
    )
    pages = (written for t, written in chain(typed, others) if _key(t) in ADDRESSES)
    for each in chain([work.url], pages):
        if each and each.startswith(("http://", "https://")) and from_url(each) is None:
            yield each


def _funding(work: Work) -> Iterator[Funding]:
    for each in work.funding_references or ():
        name, ids = clean(each.funder_name or ""), organization_ids(each.funder_identifier)
        award = _text(each.award_number)
        funder = OrganizationName(name, ids) if name or ids else None
        if funder or award:
            yield Funding(funder, (award,) if award else ())


def _related(work: Work, types: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield type and identifier, or address, of the resources that are tied by these types."""
    wanted = frozenset(types)
    for each in work.related_identifiers or ():
        relation = each.relation_type or ""
        if relation in wanted:
            known = _resource(_key(each.related_identifier_type), each.related_identifier)
            if known:
                yield relation, known
    for item in work.related_items or ():
        named = item.related_item_identifier
        if named and (item.relation_type or "") in wanted:
            known = _resource(
                _key(named.related_item_identifier_type), named.related_item_identifier
            )
            if known:
                yield item.relation_type or "", known


def _resource(scheme: str, written: str | None) -> str | None:
    text = clean(written or "")
    if scheme in SCHEMES:
        known = identifier(SCHEMES[scheme], text)
        return known if known and not known.startswith("issn:") else None
    if scheme in ADDRESSES and text.startswith(("http://", "https://")):
        return from_url(text) or text
    return None


def _counts(work: Work) -> Iterator[Count]:
    when = partial_date(work.updated or "")
    observed = when.value if when and len(when.value) == 10 else ""
    if work.citation_count is not None:
        yield Count("citation-count", work.citation_count, observed)
    if work.reference_count is not None:
        yield Count("reference-count", work.reference_count, observed)


def _text(value: Text) -> str:
    return "" if value is None else clean(str(value))
