"""Say values of the vocabulary in words."""

import re
from typing import Protocol

from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import curie

CLASSES = {
    "fabio:ScholarlyWork": "work",
    "foaf:Organization": "organisation",
    "foaf:Person": "person",
    "gb:CodeLink": "code link",
    "gb:CodeRepository": "code repository",
    "gb:MethodFamily": "family of versions",
    "gb:Profile": "profile page",
    "schema:Dataset": "dataset or benchmark",
    "skos:Concept": "topic",
    "skos:ConceptScheme": "scheme of topics",
}
VALUES = {
    v.IDENTITY_STATUS["identified"]: "identified by a registered identifier",
    v.IDENTITY_STATUS["joined"]: "evidence joins these papers to one person",
    v.IDENTITY_STATUS["name-only"]: "known by name only; nobody has decided who this is",
    v.STANCE["mentioned"]: "mentioned",
    v.STANCE["promised"]: "promised",
    v.STANCE["released"]: "released",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
TEENS = range(11, 14)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
UNDATED = "no date"
INFERRED = " (year inferred)"


class Telling(Protocol):
    """Tells the values of an entity's properties: lexical forms of literals, IRIs; sorted."""

    def texts(self, iri: str, predicate: str, /) -> list[str]:
        """Return all values."""

    def text(self, iri: str, predicate: str, /) -> str:
        """Return the first value, empty when none is stated."""


def class_words(name: str) -> str:
    """Return what a class is called, given as CURIE.

    >>> class_words("skos:Concept"), class_words("gb:TopicAssignment")
    ('topic', 'topic assignment')
    """
    return CLASSES.get(name) or property_words(name)


def property_words(name: str) -> str:
    """Return a property's CURIE as words.

    >>> property_words("gb:authorCountAtLeast")
    'author count at least'
    """
    return WORD_START.sub(" ", name.rpartition(":")[2]).lower()


def value_words(iri: str) -> str:
    """Return a value of the vocabulary in words, or empty when it has none.

    >>> value_words("https://w3id.org/graphbuild/ontology#Promised")
    'promised'
    """
    return VALUES.get(f"<{iri}>", "")


def ordinal(number: int) -> str:
    """Return a position.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22, 113)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd', '113th']
    """
    teen = number % 100 in TEENS
    return f"{number}{'th' if teen else ENDINGS.get(number % 10, 'th')}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "paper"), count(1200, "repository")
    ('1 paper', '1,200 repositories')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def issued(facts: Telling, paper: str) -> str:
    """Return when a paper was issued: as stated, marked when the year is inferred or not known."""
    date = facts.text(paper, v.ISSUED)
    if date:
        inferred = v.YEAR_INFERRED[1:-1] in facts.texts(paper, v.ISSUED_STATUS)
        return date + INFERRED * inferred
    day = re.fullmatch(r"--(\d\d)-(\d\d)", facts.text(paper, v.ISSUED_MONTH_DAY))
    return f"{MONTHS[int(day[1]) - 1]} {int(day[2])}, year not stated" if day else UNDATED


UNNAMED = "name removed"
"""What is shown in the place of an author who was forgotten."""


def position(facts: Telling, authorship: str) -> str:
    """Return an author's position: exact, a lower bound, or that it is not known."""
    exact = facts.text(authorship, v.ORDINAL)
    if exact:
        return ordinal(int(exact))
    bound = facts.text(authorship, v.ORDINAL_AT_LEAST)
    return f"{ordinal(int(bound))} or later" if bound else "position not known"


def author_list(facts: Telling, paper: str) -> str:
    """Return how far the list of a paper's authors is known."""
    exact, bound = facts.text(paper, v.AUTHOR_COUNT), facts.text(paper, v.AUTHOR_COUNT_AT_LEAST)
    status = facts.text(paper, v.AUTHOR_LIST_STATUS)
    if status == v.LIST_STATUS["complete"][1:-1]:
        return f"complete, {count(int(exact), 'author')}" if exact else "complete"
    if status == v.LIST_STATUS["truncated"][1:-1]:
        return (
            f"cut short by the source; at least {count(int(bound), 'author')}"
            if bound
            else "cut short"
        )
    return "not known to be complete"


def stance(facts: Telling, link: str) -> str:
    """Return what a paper says of its code at one place: ``code released``."""
    contents = [
        curie(text).rpartition(":")[2].lower() for text in facts.texts(link, v.LINK_CONTENT)
    ]
    stance = value_words(facts.text(link, v.STANCE_OF_LINK))
    official = "" if facts.text(link, v.IS_OFFICIAL) == "true" else ", not by the authors"
    return f"{' and '.join(contents)} {stance}".strip() + official
