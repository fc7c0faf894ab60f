"""Personal names: how they are compared and how they are split."""

import re
from functools import lru_cache
from typing import NamedTuple

from graphbuild.text import name_key

HYPHEN = re.compile(r"(?<=\w)[-\u2010-\u2015'\u2019](?=\w)")
NOT_LATIN = re.compile(r"[^a-z]+")
PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du"}
    | {"el", "la", "le", "los", "ter", "ten", "van", "von", "y", "zu"}
)


class NameParts(NamedTuple):
    """A personal name in the order given, family; an unknown part is None."""

    given: str | None
    family: str | None


@lru_cache(maxsize=1 << 16)  # each step asks for the key of each name again
def person_key(name: str) -> str:
    """Return what two spellings of one person's name share.

    Case, accents of Latin letters, hyphens and full stops do not count; the order of the parts
    and every initial do.

    >>> person_key("Zhe-Xuan Gong") == person_key("Zhexuan Gong")
    True
    >>> person_key("Michael B. Wakin"), person_key("René Vidal")
    ('michael b wakin', 'rene vidal')
    """
    return name_key(HYPHEN.sub("", name))


def split_name(name: str) -> NameParts:
    """Return given and family name of a name written in Western order, or ``Family, Given``.

    Particles stay with the family name. A single word is neither.

    >>> split_name("Michael B. Wakin")
    NameParts(given='Michael B.', family='Wakin')
    >>> split_name("Ludwig van der Berg")
    NameParts(given='Ludwig', family='van der Berg')
    """
    family, comma, given = name.partition(",")
    if comma:
        return NameParts(given.strip() or None, family.strip() or None)
    words = name.split()
    if len(words) < 2:
        return NameParts(None, None)
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in PARTICLES:
        first -= 1
    return NameParts(" ".join(words[:first]), " ".join(words[first:]))


def looks_like_login(login: str, name: str) -> bool:
    """Say whether an account name is one that a person of this name would choose.

    Full given and family name in either order, or one in full with the initial of the other;
    digits, separators and middle initials do not count.

    >>> [looks_like_login(*pair) for pair in [("tding1", "Tianyu Ding"), ("tianyic", "Tianyi Chen"),
    ...                                       ("cjyaras", "Can Yaras"), ("ninglab", "Xinyi Ling")]]
    [True, True, True, False]
    """
    words = person_key(name).split()
    letters = NOT_LATIN.sub("", login.casefold())
    if len(words) < 2:
        return False
    given, family = words[0], words[-1]
    full = (given + family, family + given, given + family[0], given[0] + family, family + given[0])
    middle = re.fullmatch(rf"{re.escape(given[0])}[a-z]{re.escape(family)}", letters)
    return letters in full or (middle is not None and len(family) > 3)
