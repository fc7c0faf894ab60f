"""How many people a name may stand for.

The rarer a name, the less two papers under it need to have in common, and the more a shared
co-author of that name says. How common the parts of names are is shipped as a table, so that a
graph of ten papers judges names as well as one of ten million.
"""

from functools import cache
from importlib.resources import files
from math import log1p, prod
from typing import NamedTuple

from graphbuild.text import name_key

TABLE = "name_shares.tsv"
STOP_WORDS = "stop_words.txt"
PEOPLE = 1.86e6
"""Authors that the shares were counted over."""

RARE = 30.0
"""Share of a part that the table leaves out, in a million of any group."""

INITIAL = 80_000.0
"""Share of the people whose first name starts with a given letter, in a million."""

MIDDLE = 0.15
"""Share of those of a first and family name who also have a given middle name or initial."""

COMMON = 1000.0
"""Bearers of a name from which on it says nothing."""

Shares = tuple[float, ...]


class _Table(NamedTuple):
    """Shares in a million, by the groups of names that go together."""

    groups: Shares
    family: dict[str, Shares]
    given: dict[str, Shares]


@cache
def _table() -> _Table:
    groups: Shares = ()
    family: dict[str, Shares] = {}
    given: dict[str, Shares] = {}
    text = (files("graphbuild.resolve") / TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            part, as_family, as_given = line.split("\t")
            if part == "*":
                groups = _shares(as_family)
            if as_family:
                family[part] = _shares(as_family)
            if as_given:
                given[part] = _shares(as_given)
    return _Table(groups, family, given)


def _shares(text: str) -> Shares:
    return tuple(max(float(share), 1.0) for share in text.split())


def namesakes(key: str) -> float:
    """Return how many people may be expected to have a name.

    Given and family names go together: few but the Wangs and Lis are called Wei. So people are
    taken to fall into groups in each of which given and family names are independent, a
    probabilistic latent semantic analysis (Hofmann, UAI 1999) of the names of dblp.

    Args:
        key: `graphbuild.names.person_key` of the name.

    >>> namesakes("wei wang") > 100 > namesakes("john smith") > 10 > namesakes("elisa bertino")
    True
    """
    words = key.split()
    if len(words) < 2:
        return PEOPLE * RARE / 1e6
    table = _table()
    rare = (RARE,) * len(table.groups)
    first = table.given.get(words[0], rare)
    if len(words[0]) == 1:
        first = (INITIAL,) * len(rare)
    last = table.family.get(words[-1], rare)
    share = sum(map(prod, zip(table.groups, first, last, strict=True)))
    return PEOPLE * share / 1e18 * (MIDDLE if len(words) > 2 else 1.0)


def tie(key: str) -> float:
    """Return how much a shared co-author of a name says, 0 to 1.

    The weight of an agreement is the logarithm of how rarely it comes by chance (Fellegi and
    Sunter 1969; by the frequency of the value: Winkler 1989).

    >>> tie("ada examplova") > 0.9 > 0.6 > tie("john smith") > tie("wei wang") > 0.2
    True
    """
    return max(0.0, 1.0 - log1p(namesakes(key)) / log1p(COMMON))


def rarity(key: str) -> float:
    """Return the chance that two mentions of a name are of one person, by the name alone.

    >>> rarity("ada examplova") > rarity("john smith") > rarity("wei wang")
    True
    """
    return 1.0 / (1.0 + namesakes(key))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of who wrote a title, as `name_key` has them.

    >>> {"les", "fur", "modeles", "the"} < stop_words()
    True
    """
    text = (files("graphbuild.resolve") / STOP_WORDS).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in name_key(line).split())
