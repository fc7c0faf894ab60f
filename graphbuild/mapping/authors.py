"""Write who wrote a paper: authorships with position, name as written and affiliations."""

from collections.abc import Iterator

from graphbuild import terms
from graphbuild.fuse import Entities
from graphbuild.fuse.registers import Linker
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.common import Origins, identifier_triples
from graphbuild.parts import Authorship
from graphbuild.records import Paper
from graphbuild.terms import Minter, literal

PLACES = {"author": "", "editor": "e"}


def author_triples(
    s: str, key: str, entities: Entities, origins: Origins, mint: Minter
) -> Iterator[str]:
    """Yield the lines of a paper's authors and editors, those of an authorship at once.

    Args:
        s: the paper.
        key: its key.
        entities: the fused records.
        origins: the source records of the paper.
        mint: gives the IRIs of the graph's entities.
    """
    paper, holders = entities.papers[key], entities.holders[key]
    shown = _shown(paper)
    yield from _list(s, paper, shown)
    start = mint.start("authorship", key)
    for number, (author, holder) in enumerate(zip(paper.authors, holders, strict=True), 1):
        a = f"{start}-{PLACES[author.role]}{author.position or f'x{number - shown}'}>"
        if author.forgotten:
            yield _unnamed(s, a, author, origins)
            continue
        held = "" if holder is None else _held(s, a, author, mint.iri(holder.kind, holder.key))
        yield (
            f"{held}{s} {v.HAS_AUTHORSHIP} {a} .\n{a} {v.TYPE} {v.AUTHORSHIP} .\n"
            f"{a} {v.ROLE} {v.ROLES[author.role]} .\n"
            f"{a} {v.NAME_AS_WRITTEN} {literal(author.name_written or author.name)} .\n"
            f"{_place(a, author)}{origins.of(a)}"
        )
        if author.affiliations:
            yield _affiliations(a, author, entities.linker, mint)
        if author.other_names or author.malformed_ids or author.from_profile:
            yield from _rare(a, author)


def _unnamed(s: str, a: str, author: Authorship, origins: Origins) -> str:
    """Return the lines of the place of an author who was forgotten."""
    return (
        f"{s} {v.HAS_AUTHORSHIP} {a} .\n{a} {v.TYPE} {v.UNNAMED_PLACE} .\n"
        f"{a} {v.ROLE} {v.ROLES[author.role]} .\n{_place(a, author)}{origins.of(a)}"
    )


def _held(s: str, a: str, author: Authorship, agent: str) -> str:
    created = f"{s} {v.CREATOR} {agent} .\n" if author.role == "author" else ""
    return f"{created}{a} {v.HELD_BY} {agent} .\n"


def _shown(paper: Paper) -> int:
    return sum(author.position is not None for author in paper.authors if author.role == "author")


def _list(s: str, paper: Paper, shown: int) -> Iterator[str]:
    """Yield what is known of the list of authors as a whole."""
    yield f"{s} {v.AUTHOR_LIST_STATUS} {v.LIST_STATUS[paper.author_list]} .\n"
    if shown:
        yield f"{s} {v.LISTED_AUTHOR_COUNT} {terms.integer(shown)} .\n"
    if paper.author_list == "complete" and shown:
        yield f"{s} {v.AUTHOR_COUNT} {terms.integer(shown)} .\n"
    elif paper.author_list == "truncated":
        yield f"{s} {v.AUTHOR_COUNT_AT_LEAST} {terms.integer(shown + 1)} .\n"


def _place(a: str, author: Authorship) -> str:
    """Return the lines of an author's place in the list, and whether to write to that author."""
    lines = ""
    if author.position is not None:
        lines = f"{a} {v.ORDINAL} {terms.integer(author.position)} .\n"
    elif author.at_least is not None:
        lines = f"{a} {v.ORDINAL_AT_LEAST} {terms.integer(author.at_least)} .\n"
    if author.corresponding is not None:
        lines += f"{a} {v.IS_CORRESPONDING} {terms.boolean(author.corresponding)} .\n"
    return lines


def _affiliations(a: str, author: Authorship, linker: Linker, mint: Minter) -> str:
    """Return the lines of an author's affiliations: as written, and what they name."""
    lines = []
    for affiliation in author.affiliations:
        written = affiliation.written
        if written:
            lines.append(f"{a} {v.AFFILIATION_AS_WRITTEN} {literal(written)} .\n")
        for organization in affiliation.organizations:
            known = mint.iri("org", linker.organization(organization))
            lines.append(f"{a} {v.RELATED_ORGANIZATION} {known} .\n")
        if written and not affiliation.organizations and (named := linker.affiliation(written)):
            lines.append(f"{a} {v.RELATED_ORGANIZATION} {mint.iri('org', named)} .\n")
    return "".join(lines)


def _rare(a: str, author: Authorship) -> Iterator[str]:
    """Yield the lines of what few authorships have."""
    for name in author.other_names:
        yield f"{a} {v.ALT_LABEL} {literal(name)} .\n"
    if author.from_profile:
        yield f"{a} {v.AUTHORSHIP_EVIDENCE} {v.PROFILE_MEMBERSHIP} .\n"
    yield from identifier_triples(a, (), author.malformed_ids)
