"""Write where and how a paper was published: venue, volume, pages, licence, money, references."""

from collections.abc import Iterator

from graphbuild import terms
from graphbuild.fuse import Entities
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import RESOURCES, derived, outside
from graphbuild.parts import Funding, Revision
from graphbuild.records import Paper
from graphbuild.resolve.keys import stated_year
from graphbuild.terms import Minter, literal

TEXTS = (
    ("kind_written", v.KIND_AS_WRITTEN),
    ("volume", v.VOLUME),
    ("issue", v.ISSUE),
    ("first_page", v.FIRST_PAGE),
    ("last_page", v.LAST_PAGE),
    ("article_number", v.ARTICLE_NUMBER),
    ("edition", v.EDITION),
    ("language", v.LANGUAGE),
    ("open_access", v.OPEN_ACCESS),
    ("comment", v.COMMENT),
    ("citation", v.CITATION),
    ("report_number", v.REPORT_NUMBER),
)
LISTS = (
    ("awards", v.AWARDED),
    ("keywords", v.KEYWORD),
    ("other_titles", v.ALTERNATIVE),
    ("programming_languages", v.PROGRAMMING_LANGUAGE),
)
WEB = ("http://", "https://")


def resource(key: str, entities: Entities, mint: Minter) -> str:
    """Return the IRI of a paper, volume, dataset or piece of software of the graph."""
    kind = entities.notes.kind_of.get(key)
    if kind is None and key not in entities.papers:
        kind = "proceedings"
    return mint.iri(RESOURCES[kind][0] if kind in RESOURCES else "paper", key)


def publication_triples(
    s: str, key: str, paper: Paper, entities: Entities, mint: Minter
) -> Iterator[str]:
    """Yield the lines of all that concerns a paper's publication.

    Args:
        s: the paper.
        key: its key.
        paper: its record.
        entities: gives the keys of what the record names.
        mint: gives the IRIs of the graph's entities.
    """
    yield from _texts(s, paper)
    if paper.submitted and not paper.submitted.value.startswith("-"):
        yield f"{s} {v.SUBMITTED} {terms.date(paper.submitted.value)} .\n"
    if paper.retracted:
        yield f"{s} {v.RETRACTED} {terms.TRUE} .\n"
    for url in paper.urls:
        yield f"{s} {v.PAGE} {terms.link(url)} .\n"
    yield from _places(s, paper, entities, mint)
    if paper.references:
        yield _cited(s, key, paper, entities, mint)
    yield from _relations(s, key, paper, entities, mint)
    for number, funding in enumerate(paper.funding, 1):
        yield from _funding(s, f"{key}-{number}", funding, paper, entities, mint)
    for number, revision in enumerate(paper.revisions, 1):
        yield from _revision(s, mint.iri("revision", f"{key}-{number}"), revision, paper, mint)


def _texts(s: str, paper: Paper) -> Iterator[str]:
    for field, predicate in TEXTS:
        if text := getattr(paper, field):
            yield f"{s} {predicate} {literal(text)} .\n"
    for field, predicate in LISTS:
        for text in getattr(paper, field):
            yield f"{s} {predicate} {literal(text)} .\n"
    for terms_of_use in paper.licenses:
        if terms_of_use.startswith(WEB):
            yield f"{s} {v.LICENSE} {terms.link(terms_of_use)} .\n"
        else:
            yield f"{s} {v.LICENSE_AS_WRITTEN} {literal(terms_of_use)} .\n"


def _places(s: str, paper: Paper, entities: Entities, mint: Minter) -> Iterator[str]:
    linker = entities.linker
    if paper.venue and (paper.venue.ids or paper.venue.name):
        yield f"{s} {v.VENUE} {mint.iri('venue', linker.outlet(paper.venue))} .\n"
    if paper.container:
        volume = linker.volume(paper.container, stated_year(paper))
        yield f"{s} {v.PART_OF_VOLUME} {resource(volume, entities, mint)} .\n"
    if paper.event:
        yield f"{s} {v.PRESENTED_AT} {mint.iri('event', linker.meeting(paper.event))} .\n"
    if paper.publisher:
        yield f"{s} {v.PUBLISHER} {mint.iri('org', linker.organization(paper.publisher))} .\n"


def _cited(s: str, key: str, paper: Paper, entities: Entities, mint: Minter) -> str:
    """Return the lines of a paper's references, all at once: they are a fifth of all triples."""
    papers = map(entities.linker.papers.get, paper.references)
    return "".join(
        [
            f"{s} {v.CITES_OUTSIDE} {outside(known)} .\n"
            if cited is None
            else f"{s} {v.CITES} {resource(cited, entities, mint)} .\n"
            for known, cited in zip(paper.references, papers, strict=True)
            if cited != key
        ]
    )


def _relations(s: str, key: str, paper: Paper, entities: Entities, mint: Minter) -> Iterator[str]:
    papers = entities.linker.papers
    for relation in paper.relations:
        predicate = v.RELATIONS[relation.kind]
        if relation.id not in papers:
            yield f"{s} {predicate} {outside(relation.id)} .\n"
        elif papers[relation.id] != key:
            yield f"{s} {predicate} {resource(papers[relation.id], entities, mint)} .\n"


def _funding(  # noqa: PLR0913 - one node and all that it hangs on
    s: str, key: str, funding: Funding, paper: Paper, entities: Entities, mint: Minter
) -> Iterator[str]:
    node = mint.iri("funding", key)
    yield f"{s} {v.FUNDED_BY} {node} .\n{node} {v.TYPE} {v.FUNDING_NODE} .\n"
    if funding.funder:
        funder = mint.iri("org", entities.linker.organization(funding.funder))
        yield f"{node} {v.FUNDER} {funder} .\n"
    for award in funding.awards:
        yield f"{node} {v.AWARD} {literal(award)} .\n"
    yield from derived(node, (origin.record for origin in paper.origins), mint)


def _revision(s: str, node: str, revision: Revision, paper: Paper, mint: Minter) -> Iterator[str]:
    yield f"{s} {v.HAS_REVISION} {node} .\n{node} {v.TYPE} {v.REVISION} .\n"
    yield f"{node} {v.REVISION_LABEL} {literal(revision.label)} .\n"
    if revision.date:
        yield f"{node} {v.ISSUED} {terms.date(revision.date.value)} .\n"
    if revision.note:
        yield f"{node} {v.REVISION_NOTE} {literal(revision.note)} .\n"
    if revision.url:
        yield f"{node} {v.PAGE} {terms.link(revision.url)} .\n"
    yield from derived(node, (origin.record for origin in paper.origins), mint)
