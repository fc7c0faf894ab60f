"""Read the works of ORCID records."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from graphbuild.identifiers import identifier, identifiers
from graphbuild.names import person_key
from graphbuild.parts import (
    Authorship,
    Container,
    Funding,
    Origin,
    PaperKind,
    PartialDate,
    Relation,
    VenueKind,
    VenueName,
)
from graphbuild.records import Paper
from graphbuild.sources.dates import from_parts
from graphbuild.sources.orcid_model import Contributor, FuzzyDate, Title, Value, Work, WorkGroup
from graphbuild.sources.texts import read_texts
from graphbuild.sources.web import web_addresses
from graphbuild.text import clean, whole_number

KINDS: dict[str, PaperKind] = {
    "book": "book",
    "book-chapter": "chapter",
    "conference-paper": "conference-paper",
    "conference-proceedings": "proceedings",
    "data-set": "dataset",
    "dictionary-entry": "reference-entry",
    "dissertation": "thesis",
    "dissertation-thesis": "thesis",
    "edited-book": "book",
    "encyclopedia-entry": "reference-entry",
    "journal-article": "article",
    "journal-issue": "issue",
    "preprint": "preprint",
    "report": "report",
    "review": "review",
    "software": "software",
}
SCHEMES = {
    "arxiv": "arxiv",
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "pmc": "pmcid",
    "pmid": "pmid",
}
"""Our schemes by ORCID's words for them."""

KNOWN = frozenset({"arxiv", "doi", "pmcid", "pmid"})
BOOKS = frozenset({"book", "proceedings", "report", "thesis"})
"""Kinds of works of which an ISBN is their own, not that of the volume around them."""

FULLEST = 50
"""Contributors that ORCID keeps at most."""

AUTHORS = frozenset({"", "author", "writing-original-draft", "co-author", "co-inventor"})
"""Roles of contributors that are authors; others, such as editors of the text, are not."""


class Owner(NamedTuple):
    """The person whose record it is.

    Attributes:
        id: ``orcid:...``.
        name: what to call the person.
        keys: `person_key` of all names.
        others: further names.
    """

    id: str
    name: str
    given: str
    family: str
    keys: frozenset[str]
    others: tuple[str, ...]


class StatedId(NamedTuple):
    """An identifier of a work.

    Attributes:
        scheme: one of ours, or ORCID's word for it.
        relation: what it is to the work: ``self``, ``part-of``, ``version-of``, ``funded-by``.
    """

    scheme: str
    value: str
    url: str
    relation: str


def chosen(group: WorkGroup) -> Iterator[Work]:
    """Yield the description that the person prefers, then those that name another identifier."""
    seen: set[tuple[str, str]] = set()
    for work in sorted(group.work_summary, key=_preference):
        own = {(each.scheme, each.value) for each in stated_ids(work) if each.relation == "self"}
        if not seen or own - seen:
            yield work
        seen |= own or {("", "")}


def stated_ids(work: Work) -> Iterator[StatedId]:
    """Yield the identifiers of a work."""
    for each in work.external_ids.external_id if work.external_ids else ():
        written = word(each.external_id_type)
        relation = word(each.external_id_relationship) or "self"
        url, value = text(each.external_id_url), each.external_id_value or ""
        yield StatedId(SCHEMES.get(written, written), value, url, relation)


def read_work(work: Work, owner: Owner | None, origin: Origin) -> Paper | None:
    """Return a work, or None when it has no title.

    Args:
        work: a summary or a full work.
        owner: whose record it is on, if that is known.
        origin: where it was read.
    """
    titles = work.title or Title()
    texts = read_texts(text(titles.title), work.short_description or "")
    if not texts["title"]:
        return None
    shown = len(work.contributors.contributor) if work.contributors else 0
    paper = Paper(
        **texts,
        author_list="truncated" if shown >= FULLEST else "unknown",
        authors=tuple(_authors(work, owner)),
        origins=(origin,),
        issued=_date(work.publication_date),
        kind=KINDS.get(word(work.type), "other") if work.type else None,
        kind_written=work.type or "",
        language=work.language_code or "",
        other_titles=tuple(filter(None, map(text, (titles.subtitle, titles.translated_title)))),
    )
    return _published(paper, work, list(stated_ids(work)))


def text(value: Value | None) -> str:
    """Return the text of a value, or nothing."""
    return clean(value.value) if value and value.value else ""


def word(written: str | None) -> str:
    """Return a word of ORCID's lists as version 3 writes it; version 2 has ``PART_OF``.

    >>> word("PART_OF")
    'part-of'
    """
    return (written or "").lower().replace("_", "-")


def _published(paper: Paper, work: Work, stated: list[StatedId]) -> Paper:
    """Add identifiers and the place of publication."""
    is_book = paper.kind in BOOKS
    own = [each for each in stated if each.relation == "self" and each.scheme != "issn"]
    good, malformed = identifiers(
        (each.scheme, each.value) for each in own if each.scheme in KNOWN or each.scheme == "isbn"
    )
    issns, _ = identifiers(("issn", each.value) for each in stated if each.scheme == "issn")
    isbns, _ = identifiers(("isbn", each.value) for each in stated if each.scheme == "isbn")
    unknown = (each.url for each in own if each.scheme not in KNOWN)
    urls, no_urls = web_addresses([text(work.url), *unknown])
    name = text(work.journal_title)
    kind: VenueKind | None = "journal" if paper.kind == "article" else None
    inside = not is_book and (isbns or (paper.kind == "chapter" and name))
    return msgspec.structs.replace(
        paper,
        ids=tuple(each for each in good if is_book or not each.startswith("isbn:")),
        malformed_ids=(*malformed, *no_urls),
        urls=urls,
        container=Container(name, isbns) if inside else None,
        venue=VenueName(name, issns, kind) if not inside and (name or issns) else None,
        relations=tuple(_relations(stated)),
        funding=tuple(Funding(awards=(e.value,)) for e in stated if e.relation == "funded-by"),
    )


def _relations(stated: Iterable[StatedId]) -> Iterator[Relation]:
    for each in stated:
        if each.relation in ("part-of", "version-of") and each.scheme in KNOWN:
            known = identifier(each.scheme, each.value)
            if known:
                yield Relation("part-of" if each.relation == "part-of" else "version-of", known)


def _authors(work: Work, owner: Owner | None) -> Iterator[Authorship]:
    """Yield the authors that are stated, and the person whose record it is."""
    named = [
        (each, text(each.credit_name))
        for each in (work.contributors.contributor if work.contributors else ())
        if text(each.credit_name) and _role(each) in AUTHORS
    ]
    iris = [_orcid(each) for each, _ in named]
    same = [person_key(name) in owner.keys for _, name in named] if owner else []
    for position, ((_, name), (ids, malformed)) in enumerate(zip(named, iris, strict=True), 1):
        is_owner = owner and not ids and same[position - 1] and sum(same) == 1
        known = (owner.id,) if owner and is_owner else ids
        yield Authorship(name, position, ids=known, malformed_ids=malformed)
    if owner and sum(same) != 1 and not any(owner.id in ids for ids, _ in iris):
        yield Authorship(
            owner.name, from_profile=True, given=owner.given, family=owner.family, ids=(owner.id,)
        )


def _orcid(who: Contributor) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    found = who.contributor_orcid
    return identifiers([("orcid", (found.path or found.uri) if found else None)])


def _role(who: Contributor) -> str:
    found = who.contributor_attributes
    return word(found.contributor_role).rpartition("/")[2] if found else ""


def _date(stated: FuzzyDate | None) -> PartialDate | None:
    parts = [text(each) for each in (stated.year, stated.month, stated.day)] if stated else [""]
    return from_parts(parts) if parts[0] and all(map(_is_number, parts)) else None


def _is_number(part: str) -> bool:
    return not part or (part.isascii() and part.isdecimal())


def _preference(work: Work) -> int:
    return -(whole_number(str(work.display_index or "")) or 0)
