"""Find the registered organisation that an affiliation names.

The register is what the inputs hold, ROR for example. Runs of words of the affiliation are looked
up among its names, longest first. A name that several organisations have, an acronym or a single
word needs the place beside it: city or country. A country that contradicts rules a name out.
Abbreviations such as "Univ." are written out, and small words do not count.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graphbuild.records import Institution
from graphbuild.text import name_key

ABBREVIATIONS = {
    "acad": "academy", "adv": "advanced", "agr": "agricultural", "assoc": "association",
    "biol": "biology", "chem": "chemistry", "coll": "college", "ctr": "center", "centre": "center",
    "dept": "department", "educ": "education", "electr": "electrical", "eng": "engineering",
    "engn": "engineering", "fac": "faculty", "fed": "federal", "gen": "general", "hosp": "hospital",
    "inst": "institute", "int": "international", "intl": "international", "lab": "laboratory",
    "labs": "laboratories", "med": "medical", "nat": "national", "natl": "national",
    "phys": "physics", "polytech": "polytechnic", "res": "research", "sch": "school",
    "sci": "science", "technol": "technology", "tech": "technology", "u": "university",
    "univ": "university", "universitat": "university", "universite": "university",
    "universidad": "university", "universidade": "university", "universita": "university",
    "universitaet": "university", "universiteit": "university",
}  # fmt: skip
"""Words that stand for others, in affiliations and in names."""

SMALL = frozenset(
    {"a", "and", "at", "d", "da", "das", "de", "del", "della", "der", "di", "do", "du", "e", "et"}
    | {"for", "fur", "in", "l", "la", "le", "of", "on", "the", "und", "y"}
)
COUNTRIES = {
    "america": "US", "usa": "US", "united states": "US", "us": "US", "uk": "GB",
    "united kingdom": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "china": "CN",
    "pr china": "CN", "korea": "KR", "south korea": "KR", "republic korea": "KR", "russia": "RU",
    "viet nam": "VN", "vietnam": "VN", "iran": "IR", "taiwan": "TW", "turkiye": "TR",
    "turkey": "TR", "brasil": "BR", "deutschland": "DE", "czech republic": "CZ",
}  # fmt: skip
"""Names of countries that registers write otherwise; the rest is learnt from the register."""

REMEMBERED = 100_000
"""Affiliations whose answer is kept: papers of one author repeat them."""

LONGEST = 14
"""Words of a name that are looked up."""

BRACKETS = re.compile(r"^(?P<name>.+?)\s*\((?P<place>[^()]+)\)$")
PIECES = re.compile(r"[,;|/()]| - | – ")
GENERAL = frozenset(
    {"center", "college", "company", "corporation", "department", "engineering", "faculty"}
    | {"hospital", "institute", "laboratory", "laboratories", "ltd", "medical", "national"}
    | {"research", "school", "science", "technology", "university", "general", "international"}
    | {"agricultural", "federal", "physics", "chemistry", "biology", "education", "medicine"}
)
"""Words that by themselves name no organisation."""

UNITS = frozenset({"center", "department", "faculty", "institut", "institute", "laboratory"})
SHORT = 3
"""Words of a name that starts with one of `UNITS` up to which it needs the city."""

BODIES = frozenset({"university", "college", "institute", "academy", "school"})
"""Words after which an "of" makes a longer name: "Zhejiang University of Technology"."""

LONGER = frozenset({"hospital", "hospitals", "university", "college", "press"})
"""Words after a name that make a longer one of it: "Uppsala University Hospital"."""

KINDS = frozenset(
    {"autonomous", "catholic", "federal", "free", "islamic", "medical", "national", "open"}
    | {"polytechnic", "state", "technical"}
)
"""Words before "University of ..." that make another one of it."""


class Found(NamedTuple):
    """An organisation that an affiliation names.

    Attributes:
        id: the identifier of the organisation.
        score: how sure it is, 0 to 1.
        evidence: what speaks for it, in words.
    """

    id: str
    score: float
    evidence: tuple[tuple[str, str], ...]

    @property
    def named(self) -> str:
        """The words that name it."""
        return self.evidence[0][1]


class _Known(NamedTuple):
    id: str
    country: str
    place: str
    acronym: bool
    preferred: bool


class Affiliations:
    """Finds organisations of a register by what affiliations say.

    Args:
        institutions: the register; withdrawn organisations are passed over. It is indexed when
            the first affiliation is looked up.
    """

    def __init__(self, institutions: Iterable[Institution]) -> None:
        self._institutions = list(institutions)
        self._known: dict[str, Found | None] = {}
        self._names: defaultdict[tuple[str, ...], dict[str, _Known]] = defaultdict(dict)
        self._countries = dict(COUNTRIES)

    def _index(self) -> None:
        while self._institutions:
            each = self._institutions.pop()
            if each.status != "withdrawn":
                self._add(each)

    def _add(self, each: Institution) -> None:
        for name in (each.name, *each.other_names):
            short = BRACKETS.match(name)
            if short and each.country:
                self._countries.setdefault(" ".join(_words(short["place"])), each.country)
            place = " ".join(_words(each.place))
            preferred = name == each.name
            known = _Known(each.ids[0], each.country, place, _is_acronym(name), preferred)
            for spelling in (name, short["name"]) if short else (name,):
                words = tuple(_words(spelling))
                if words:
                    self._names[words].setdefault(each.ids[0], known)

    def find(self, written: str) -> Found | None:
        """Return the organisation that an affiliation names, None when it is not sure which.

        Args:
            written: the affiliation as written.
        """
        self._index()
        if len(self._known) > REMEMBERED:
            self._known.clear()
        if written not in self._known:
            self._known[written] = self._find(written)
        return self._known[written]

    def _find(self, written: str) -> Found | None:
        pieces = [tuple(_words(piece)) for piece in PIECES.split(html.unescape(written))]
        pieces = [piece for piece in pieces if piece]
        words = tuple(word for piece in pieces for word in piece)
        country = self._country(words)
        candidates = list(self._candidates(written, pieces, words, country))
        if not candidates:
            return None
        best = max(candidates, key=lambda found: found.score)
        rivals = {c.id for c in candidates if c.score == best.score and c.named == best.named}
        return best if len(rivals) == 1 else None

    def _country(self, words: tuple[str, ...]) -> str:
        """Return the country that is named last."""
        for end in range(len(words), 0, -1):
            for start in range(max(0, end - 3), end):
                country = self._countries.get(" ".join(words[start:end]))
                if country:
                    return country
        return ""

    def _candidates(
        self,
        written: str,
        pieces: list[tuple[str, ...]],
        words: tuple[str, ...],
        country: str,
    ) -> Iterator[Found]:
        tied = frozenset(_tied(written))
        around = _Around(written, frozenset(pieces), words, country, tied)
        taken: set[int] = set()
        for size in range(min(LONGEST, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                span = range(start, start + size)
                known = self._names.get(words[start : start + size])
                if known and not taken & set(span):
                    found = [each for k in known.values() if (each := around.weigh(k, span))]
                    taken |= set(span) if found else set()
                    yield from found


class _Around(NamedTuple):
    """What stands around a name in an affiliation."""

    written: str
    pieces: frozenset[tuple[str, ...]]
    words: tuple[str, ...]
    country: str
    tied: frozenset[tuple[str, str]]

    def weigh(self, known: _Known, span: range) -> Found | None:
        """Return how sure it is that a name stands for an organisation; None: ruled out."""
        name = self.words[span.start : span.stop]
        if self.country and known.country and self.country != known.country:
            return None
        place = known.place if known.place != " ".join(name) else ""
        city = bool(place) and f" {place} " in f" {' '.join(self.words)} "
        whole = name in self.pieces
        if _says_nothing(name) or not self._is_enough(known, name, whole=whole, city=city):
            return None
        country = bool(self.country) and self.country == known.country
        score = (
            0.5
            + 0.06 * min(len(name), 5)
            + 0.15 * whole
            + 0.12 * city
            + 0.1 * (country or self.pieces == {name})
        )
        score += 0.05 * known.preferred - 0.2 * (not whole and self._goes_on(span))
        evidence = [("name", " ".join(name))]
        evidence += [("place", known.place)] if city else []
        evidence += [("country", known.country)] if country else []
        return Found(known.id, round(min(score, 0.99), 3), tuple(evidence))

    def _is_enough(self, known: _Known, name: tuple[str, ...], *, whole: bool, city: bool) -> bool:
        """Say whether a name will do with what place there is."""
        if len(name) > 1:
            return city or name[0] not in UNITS or len(name) > SHORT
        spelt = not known.acronym or re.search(rf"\b{re.escape(name[0].upper())}\b", self.written)
        return bool(whole and spelt and (city or self.country))

    def _goes_on(self, span: range) -> bool:
        """Say whether the words beside a name seem to be part of a longer one."""
        after = self.words[span.stop] if span.stop < len(self.words) else ""
        before = self.words[span.start - 1] if span.start else ""
        last = self.words[span.stop - 1]
        if after in LONGER or (last in BODIES and (last, after) in self.tied):
            return True
        return bool(self.words[span.start] == "university" and before in KINDS)


def _tied(written: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of words between which an affiliation has "of" or "for"."""
    for piece in PIECES.split(html.unescape(written)):
        words = name_key(piece).split()
        for before, middle, after in zip(words, words[1:], words[2:], strict=False):
            if middle in {"of", "for"}:
                yield ABBREVIATIONS.get(before, before), ABBREVIATIONS.get(after, after)


def _says_nothing(name: tuple[str, ...]) -> bool:
    return all(word in GENERAL for word in name) or " ".join(name) in COUNTRIES


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name.strip()


def _words(text: str) -> Iterator[str]:
    for word in name_key(text).split():
        if word not in SMALL:
            yield ABBREVIATIONS.get(word, word)
