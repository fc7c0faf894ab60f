"""Write who wrote a paper: authorships with position, name as written and affiliations."""

from collections.abc import Iterator

from graphbuild import terms
from graphbuild.fuse import Entities
from graphbuild.fuse.registers import Linker
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import Origins, identifier_triples
from graphbuild.parts import Affiliation, Authorship
from graphbuild.records import Paper
from graphbuild.terms import Minter, literal

PLACES = {"author": "", "editor": "e"}


def author_triples(s: str, key: str, entities: Entities, mint: Minter) -> Iterator[str]:
    """Yield the lines of a paper's authors and editors.

    Args:
        s: the paper.
        key: its key.
        entities: the fused records.
        mint: gives the IRIs of the graph's entities.
    """
    paper, holders = entities.papers[key], entities.holders[key]
    yield from _list(s, paper)
    shown = _shown(paper)
    origins = Origins((origin.record for origin in paper.origins), mint)
    for number, (author, holder) in enumerate(zip(paper.authors, holders, strict=True), 1):
        place = author.position or f"x{number - shown}"
        a = mint.iri("authorship", key, f"-{PLACES[author.role]}{place}")
        agent = mint.iri(holder.kind, holder.key)
        if author.role == "author":
            yield f"{s} {v.CREATOR} {agent} .\n"
        yield (
            f"{s} {v.HAS_AUTHORSHIP} {a} .\n{a} {v.TYPE} {v.AUTHORSHIP} .\n"
            f"{a} {v.ROLE} {v.ROLES[author.role]} .\n{a} {v.HELD_BY} {agent} .\n"
        )
        yield from _authorship(a, author, entities.linker, mint)
        yield from origins.of(a)


def _shown(paper: Paper) -> int:
    return sum(author.position is not None for author in paper.authors if author.role == "author")


def _list(s: str, paper: Paper) -> Iterator[str]:
    """Yield what is known of the list of authors as a whole."""
    shown = _shown(paper)
    yield f"{s} {v.AUTHOR_LIST_STATUS} {v.LIST_STATUS[paper.author_list]} .\n"
    if shown:
        yield f"{s} {v.LISTED_AUTHOR_COUNT} {terms.integer(shown)} .\n"
    if paper.author_list == "complete" and shown:
        yield f"{s} {v.AUTHOR_COUNT} {terms.integer(shown)} .\n"
    elif paper.author_list == "truncated":
        yield f"{s} {v.AUTHOR_COUNT_AT_LEAST} {terms.integer(shown + 1)} .\n"


def affiliation_triples(
    s: str, affiliation: Affiliation, predicate: str, linker: Linker, mint: Minter
) -> Iterator[str]:
    """Yield the lines of one affiliation, of an authorship or a person."""
    if affiliation.written:
        yield f"{s} {v.AFFILIATION_AS_WRITTEN} {literal(affiliation.written)} .\n"
    keys = [linker.organization(organization) for organization in affiliation.organizations]
    if not keys and affiliation.written:
        named = linker.affiliation(affiliation.written)
        keys = [named] if named else []
    for key in keys:
        yield f"{s} {predicate} {mint.iri('org', key)} .\n"


def _authorship(a: str, author: Authorship, linker: Linker, mint: Minter) -> Iterator[str]:
    yield f"{a} {v.NAME_AS_WRITTEN} {literal(author.name_written or author.name)} .\n"
    for name in author.other_names:
        yield f"{a} {v.ALT_LABEL} {literal(name)} .\n"
    if author.position is not None:
        yield f"{a} {v.ORDINAL} {terms.integer(author.position)} .\n"
    elif author.at_least is not None:
        yield f"{a} {v.ORDINAL_AT_LEAST} {terms.integer(author.at_least)} .\n"
    if author.from_profile:
        yield f"{a} {v.AUTHORSHIP_EVIDENCE} {v.PROFILE_MEMBERSHIP} .\n"
    if author.corresponding is not None:
        yield f"{a} {v.IS_CORRESPONDING} {terms.boolean(author.corresponding)} .\n"
    yield from identifier_triples(a, (), author.malformed_ids)
    for affiliation in author.affiliations:
        yield from affiliation_triples(a, affiliation, v.RELATED_ORGANIZATION, linker, mint)
