r"""Read the lists of names in BibTeX: ``von Last, Jr, First and {Institute of Looms} and others``.

The rules are those of BibTeX (``bibtex.web``, section 388; N. Markey, *Tame the BeaST*, 11) and
the name syntax of BibLaTeX (``given=Ada, family=Example``). dblp tells people of one name apart by
four digits: the name of ``Bo Sample 0001`` is Bo Sample, and dblp knows him by both together.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from graphbuild.parts import Authorship, ListStatus, Role
from graphbuild.sources.dblp_keys import HOMONYM, name_id
from graphbuild.tex import plain_text, without_braces
from graphbuild.text import clean

AND = re.compile(r"\s+and\s+", re.IGNORECASE)
AND_OR_BRACE = re.compile(r"[{}]|\s(?=and\s)", re.IGNORECASE)
OTHERS = re.compile(r"(?:others|et\.? al\.?)", re.IGNORECASE)
KEYED = re.compile(r"\s*\"?(given|family|prefix|suffix)\s*=", re.IGNORECASE)
SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd)\.?", re.IGNORECASE)
INITIAL = re.compile(r"(?:^|[\s.])\w\.(?:[\s-]|$)")
WORD = re.compile(r"(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\.|[^\s{}~])+")
PLAIN = re.compile(r"(?:[A-Z](?:[a-z]+|\.)(?:-[A-Z](?:[a-z]+|\.))? )+[A-Z][a-z]+")
"""Most names: words with capitals, no comma, no TeX, nothing to look up. The last is the family."""

COMMA_OR_BRACE = re.compile(r"[{},]")
COMPANY = re.compile(r",\s*(?:inc|ltd|llc|gmbh|corp|co|ag|s\.?a)\b", re.IGNORECASE)


class Name(NamedTuple):
    """The parts of a name; an organisation has only ``name``."""

    name: str
    given: str = ""
    family: str = ""
    suffix: str = ""
    organization: bool = False
    ids: tuple[str, ...] = ()


def name_list(
    values: Iterable[str], role: Role, *, dblp: bool = False
) -> tuple[tuple[Authorship, ...], ListStatus]:
    """Return the people of one role in their order, and whether the list shows all of them.

    Args:
        values: the values of the field; dblp repeats it for each person.
        role: what they did.
        dblp: the names are those of dblp.
    """
    written = [name for value in values for name in split_list(value)]
    shown = [name for name in written if name[0] not in "oeOE" or not OTHERS.fullmatch(name)]
    parts = dblp_name if dblp else parsed
    people = tuple(
        [_authorship(parts(name), name, place, role) for place, name in enumerate(shown, 1)]
    )
    status: Literal["complete", "truncated", "unknown"] = "complete" if people else "unknown"
    return people, "truncated" if len(shown) < len(written) else status


def _authorship(name: Name, written: str, position: int, role: Role) -> Authorship:
    return Authorship(
        name=name.name,
        name_written=written if "{" in written or "\\" in written else "",
        position=position,
        given=name.given,
        family=name.family,
        suffix=name.suffix,
        ids=name.ids,
        organization=name.organization,
        role=role,
    )


def split_list(value: str) -> list[str]:
    """Return the names of a list: "and" separates them where no brace is open.

    >>> split_list("{Barnes and Noble} and A. B.   and others and ")
    ['{Barnes and Noble}', 'A. B.', 'others']
    """
    if "{" not in value:
        return [name for part in AND.split(f" {value} ") if (name := part.strip())]
    names, depth, start = [], 0, 0
    text = f" {value} and "
    for sign in AND_OR_BRACE.finditer(text):
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0:
            names.append(text[start : sign.start()].strip())
            start = sign.start() + len(" and")
    return [name for name in names if name]


@lru_cache(maxsize=65_536)
def dblp_name(written: str) -> Name:
    """Return a name of dblp and the identity that dblp gives it.

    >>> dblp_name("Bo Sample 0001")
    Name(name='Bo Sample', given='Bo', family='Sample', suffix='', organization=False, \
ids=('dblp-name:Bo_Sample_0001',))
    """
    if PLAIN.fullmatch(written):
        return parsed(written)._replace(ids=(f"dblp-name:{written.replace(' ', '_')}",))
    known = name_id(clean(_readable(written)))
    name = parsed(HOMONYM.sub("", written))
    return name._replace(ids=(known,)) if known and not name.organization else name


@lru_cache(maxsize=65_536)
def parsed(written: str) -> Name:
    """Return the parts of one name, TeX resolved; ``name`` is in the order first, last.

    >>> parsed("van der Berg, Jr., Ludwig")
    Name(name='Ludwig van der Berg Jr.', given='Ludwig', family='van der Berg', suffix='Jr.', \
organization=False, ids=())
    >>> parsed("{Institute of Looms}").organization
    True
    """
    if PLAIN.fullmatch(written):
        given, _, family = written.rpartition(" ")
        return Name(written, given, family)
    return _taken_apart(written)


def _taken_apart(written: str) -> Name:
    if KEYED.match(written):
        return _keyed(written)
    parts = [part.strip() for part in _split_at_commas(written)]
    if len(parts) == 1 and _is_protected(parts[0]):
        return _protected(parts[0])
    if len(parts) == 2 and SUFFIX.fullmatch(parts[1]):
        family, *given = _last_and_first(parts[0])
        parts = [family, parts[1], *(given or [""])]
    elif len(parts) == 1:
        parts = list(_last_and_first(parts[0]))
    suffix = parts[1] if len(parts) > 2 else ""
    return _name(parts[-1] if len(parts) > 1 else "", parts[0], suffix)


def _name(given: str, family: str, suffix: str) -> Name:
    given, family, suffix = (clean(_readable(part)) for part in (given, family, suffix))
    name = " ".join(part for part in (given, family, suffix) if part)
    return Name(name, given, family, suffix) if given and family else Name(name)


def _readable(written: str) -> str:
    if written.isalnum():
        return written
    return without_braces(plain_text(written)).replace("~", " ")


def _keyed(written: str) -> Name:
    """Read the name syntax of BibLaTeX (manual, section 3.7)."""
    pairs = (part.partition("=") for part in _split_at_commas(written))
    parts = {key.strip(' "').lower(): value.strip(' "') for key, _, value in pairs}
    family = f"{parts.get('prefix', '')} {parts.get('family', '')}".strip()
    return _name(parts.get("given", ""), family, parts.get("suffix", ""))


def _split_at_commas(written: str) -> list[str]:
    if "{" not in written:
        return written.split(",")
    parts, depth, start = [], 0, 0
    for sign in COMMA_OR_BRACE.finditer(written):
        if sign[0] == ",":
            if not depth:
                parts.append(written[start : sign.start()])
                start = sign.end()
        else:
            depth += 1 if sign[0] == "{" else -1
    return [*parts, written[start:]]


def _is_protected(written: str) -> bool:
    """Say whether one pair of braces holds the whole name."""
    return written.startswith("{") and bool(WORD.fullmatch(written)) and _closes_last(written)


def _closes_last(written: str) -> bool:
    depth = 0
    for place, sign in enumerate(written):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return place == len(written) - 1
    return False


def _protected(written: str) -> Name:
    """Return an organisation, or a person where braces hold a name with a comma or initials.

    Some programs put every name into braces; those are not organisations.
    """
    inside = written[1:-1].strip()
    readable = clean(_readable(inside))
    if inside.count(",") == 1 and len(inside.split()) <= 4 and not COMPANY.search(inside):
        return parsed(inside)
    if INITIAL.search(readable):
        return Name(readable)
    return Name(readable, organization=" " in readable or readable.isupper())


def _last_and_first(written: str) -> tuple[str, ...]:
    """Split ``First von Last``: "von" is what starts with a small letter, the last word apart."""
    words = WORD.findall(written)
    if len(words) < 2:
        return (written,)
    start = next(
        (place for place, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1
    )
    if start == 0:
        return (written,)
    return " ".join(words[start:]), " ".join(words[:start])


def _is_small(word: str) -> bool:
    if word[0].isupper():
        return False
    if word[0] == "{" and word[1:2] != "\\":
        return False
    first = next(filter(str.isalpha, _readable(word)), "X")
    return first.islower()
