"""How many people a name may stand for.

The rarer a name, the less two papers under it need to have in common, and the more a shared
co-author of that name says. How common the parts of names are is shipped as a table, so that a
graph of ten papers judges names as well as one of ten million.
"""

from functools import cache
from importlib.resources import files

from graphbuild.text import name_key

TABLE = "name_shares.tsv"
STOP_WORDS = "stop_words.txt"
PEOPLE = 1.6e6
"""Names of authors that the shares were counted over."""

RARE = 30.0
"""Share of a part that the table leaves out, in a million."""

INITIAL = 80_000.0
"""Share of the people whose first name starts with a given letter, in a million."""

MIDDLE = 0.15
"""Share of those of a first and family name who also have a given middle name or initial."""


@cache
def _shares() -> tuple[dict[str, float], dict[str, float]]:
    family: dict[str, float] = {}
    given: dict[str, float] = {}
    text = (files("graphbuild.resolve") / TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            part, as_family, as_given = line.split("\t")
            family[part], given[part] = float(as_family), float(as_given)
    return family, given


def namesakes(key: str) -> float:
    """Return how many people may be expected to have a name.

    Given and family names count as independent, which they are not: of names such as Wei Wang
    there are several times as many as this says.

    Args:
        key: `graphbuild.names.person_key` of the name.

    >>> namesakes("john smith") > 10 > namesakes("wei wang") > 3 > 0.1 > namesakes("ada examplova")
    True
    """
    words = key.split()
    if len(words) < 2:
        return PEOPLE * RARE / 1e6
    family, given = _shares()
    first = INITIAL if len(words[0]) == 1 else max(given.get(words[0], 0.0), RARE)
    last = max(family.get(words[-1], 0.0), RARE)
    return PEOPLE * first * last / 1e12 * (MIDDLE if len(words) > 2 else 1.0)


def rarity(key: str) -> float:
    """Return the chance that two mentions of a name are of one person, by the name alone.

    >>> rarity("ada examplova") > 0.9 > 0.25 > rarity("wei wang") > rarity("john smith")
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
