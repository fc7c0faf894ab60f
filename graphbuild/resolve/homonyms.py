"""Names of dblp that several people share identify nobody.

dblp spells each person in one way and numbers people of one name: ``Wei Sample 0001``. Where a name
occurs with numbers, the bare name (``Wei Sample``) stands for all whom nobody told apart yet. That
shows only when all sources are together.
"""

import re
from collections.abc import Iterable

import msgspec

from graphbuild.records import Author
from graphbuild.resolve.mentions import Mention

NAME = "dblp-name:"
NUMBERED = re.compile(rf"({NAME}.+)_\d{{4}}")


def without_shared_names(
    mentions: list[Mention], authors: Iterable[Author]
) -> tuple[list[Mention], dict[str, Author]]:
    """Return mentions, and authors by key, without the names of dblp that have numbers too."""
    registered = {f"author#{author.origin.record}": author for author in authors}
    shared = _shared(mentions) | _shared(registered.values())
    if not shared:
        return mentions, registered
    named = [
        mention if shared.isdisjoint(mention.ids) else mention._replace(ids=_left(mention, shared))
        for mention in mentions
    ]
    return named, {
        key: msgspec.structs.replace(author, ids=_left(author, shared))
        for key, author in registered.items()
    }


def _shared(known: Iterable[Mention | Author]) -> frozenset[str]:
    names = {name for each in known for name in each.ids if name.startswith(NAME)}
    return frozenset(match[1] for match in map(NUMBERED.fullmatch, names) if match)


def _left(known: Mention | Author, shared: frozenset[str]) -> tuple[str, ...]:
    return tuple(each for each in known.ids if each not in shared)
