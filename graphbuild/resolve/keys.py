"""Keys of entities that no identifier names: hashes of what their sources state."""

import base64
import hashlib

from graphbuild.names import person_key
from graphbuild.records import Paper
from graphbuild.text import name_key


def hashed(*parts: str) -> str:
    """Return 16 letters and digits that stand for these texts (80 bits of BLAKE2b).

    With a million entities the chance that any two share a key is below one in two billion.
    """
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).digest()
    return base64.b32encode(digest).decode().lower()


def title_key(paper: Paper) -> tuple[str, str]:
    """Return what two records of one paper share: title and first author, spelling aside."""
    first = next((person_key(author.name) for author in paper.authors if author.position == 1), "")
    return name_key(paper.title), first


def stated_year(paper: Paper) -> str:
    """Return the year that the source states, or nothing: an inferred year is no evidence."""
    value = paper.issued.value if paper.issued else ""
    return "" if value.startswith("-") else value[:4]


def paper_key(paper: Paper) -> str:
    """Return the key of a paper without identifiers: title, first author and stated year."""
    return hashed("title", *title_key(paper), stated_year(paper))


def mention_keys(paper_key: str, paper: Paper) -> list[str]:
    """Return one key per author, in the order of the authors: the paper and the name.

    Two sources of one paper thus speak of the same mention; two authors of one name do not.
    """
    seen: dict[str, int] = {}
    keys = []
    for author in paper.authors:
        name = person_key(author.name).replace(" ", "-")
        seen[name] = seen.get(name, 0) + 1
        keys.append(f"{paper_key}#{name}" + (f"#{seen[name]}" if seen[name] > 1 else ""))
    return keys
