"""Keys of entities: the strongest identifier, or a hash of what the sources state."""

import base64
import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence

from graphbuild.identifiers import ARXIV_DOI
from graphbuild.names import person_key
from graphbuild.parts import Authorship, Relation
from graphbuild.records import Paper
from graphbuild.text import name_key

PAPER_SCHEMES = (
    "doi",
    "arxiv",
    "acl",
    "openalex",
    "dblp",
    "pmid",
    "pmcid",
    "openreview",
    "omid",
    "pwc",
)
"""Schemes that can give a paper its key, the strongest first."""

WEAK_SCHEMES = frozenset({"isbn", "issn", "semantic-scholar", "swhid", "wikidata"})
"""Schemes whose identifiers papers may share, or that say too little to join by."""


def hashed(*parts: str) -> str:
    """Return 16 letters and digits that stand for these texts (80 bits of BLAKE2b).

    With a million entities the chance that any two share a key is below one in two billion.
    """
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).digest()
    return base64.b32encode(digest).decode().lower()


def strong_ids(paper: Paper, replaced: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the identifiers by which records of one paper can be joined.

    A DOI that arXiv gives out for a paper stands for the paper's arXiv number as well.
    """
    now = replaced or {}
    ids = [now.get(known, known) for known in paper.ids]
    ids += [f"arxiv:{each.removeprefix(ARXIV_DOI)}" for each in ids if each.startswith(ARXIV_DOI)]
    return tuple(dict.fromkeys(each for each in ids if each.partition(":")[0] not in WEAK_SCHEMES))


def related(paper: Paper, kinds: Container[str]) -> Iterator[Relation]:
    """Yield the relations of these kinds."""
    return (relation for relation in paper.relations if relation.kind in kinds)


def title_key(paper: Paper) -> tuple[str, str]:
    """Return what two records of one paper share: title and first author, spelling aside."""
    first = next((called(a) for a in paper.authors if a.position == 1 and a.role == "author"), "")
    return name_key(paper.title), first


def called(author: Authorship) -> str:
    """Return what two records of a paper share of one author: the name, or what stands for it."""
    return author.forgotten or person_key(author.name)


def stated_year(paper: Paper) -> str:
    """Return the year that the source states, or nothing: an inferred year is no evidence."""
    value = paper.issued.value if paper.issued else ""
    return "" if value.startswith("-") else value[:4]


def paper_key(records: Sequence[Paper]) -> str:
    """Return the key of a paper: its strongest identifier, or a hash of title, author and year."""
    known = sorted({each for record in records for each in strong_ids(record)})
    for scheme in PAPER_SCHEMES:
        for each in known:
            if each.startswith(f"{scheme}:"):
                return each
    record = max(records, key=lambda each: (stated_year(each), each.origins[0].record))
    return hashed("title", *title_key(record), stated_year(record), *_place(record))


def _place(paper: Paper) -> tuple[str, ...]:
    """Return where a paper without authors appeared: titles such as "Preface" are not enough.

    A paper without a title is known by its record alone.
    """
    if not paper.title:
        return (paper.origins[0].record,)
    if any(author.position == 1 for author in paper.authors):
        return ()
    venue = paper.venue.name if paper.venue else ""
    volume = paper.container.title if paper.container else ""
    kind = paper.kind if paper.kind in {"proceedings", "issue"} else ""
    place = (kind or "", name_key(venue), name_key(volume), paper.volume, paper.first_page)
    return place if any(place) else ()


def mention_keys(paper_key: str, paper: Paper) -> list[str]:
    """Return one key per author, in the order of the authors: the paper and the name.

    Two sources of one paper thus speak of the same mention; two authors of one name do not.
    """
    seen: dict[str, int] = {}
    keys = []
    for author in paper.authors:
        name = called(author).replace(" ", "-")
        seen[name] = seen.get(name, 0) + 1
        keys.append(f"{paper_key}#{name}" + (f"#{seen[name]}" if seen[name] > 1 else ""))
    return keys
