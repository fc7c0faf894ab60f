"""What all forms of arXiv's metadata have in common: one `Preprint` becomes one `Paper`.

The number names the preprint; the DOI that a record states is that of the publication, another
version, unless arXiv gave it out itself (``10.48550``). Dates are those of the first version; later
versions are revisions.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from graphbuild.identifiers import ARXIV_DOI, identifiers
from graphbuild.parts import (
    Affiliation,
    Authorship,
    ListStatus,
    Origin,
    PartialDate,
    Relation,
    Revision,
    TopicLink,
    VenueName,
)
from graphbuild.records import Paper
from graphbuild.sources.arxiv_categories import categories
from graphbuild.sources.dates import partial_date
from graphbuild.sources.texts import read_texts, readable_text
from graphbuild.tex import plain_text
from graphbuild.text import clean

VERSION = re.compile(r"v(\d+)$")
WITHDRAWN = re.compile(
    r"\s*(?:withdrawn\b|th(?:is|e) (?:paper|article|manuscript|submission|preprint|work)"
    r"\b[^.]{0,40}\bwithdrawn\b)",
    re.IGNORECASE,
)
GROUP = re.compile(r"\b(?:Collaboration|Consortium|Team|Group)$")
ET_AL = re.compile(r",?\s+et\.? al\.?$", re.IGNORECASE)
FOR_GROUP = re.compile(r"^(?:(?:on behalf of|for)\s+the|the)\s+", re.IGNORECASE)
NOTE = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
NUMBERED = re.compile(r"\((\d+)\)\s*([^()]+?)\s*[,;]?\s*(?=\(\d+\)|$)")
NUMBERS = re.compile(r"\d+(?:\s*(?:,|and|&)\s*\d+)*")
SEPARATOR = re.compile(r"\s*(?:,(?:\s+and\b)?|;|\s+and\s)\s*")


class Preprint(NamedTuple):
    """What a record of arXiv states, in whatever form, as written.

    Attributes:
        number: with or without version.
        authors: in their order.
        truncated: the list of authors ends in "et al.".
        dois: one or several, separated by white space.
        categories: the primary one first.
        classes: scheme and code of other classifications.
        versions: label and date of each version, oldest first.
    """

    number: str
    title: str
    authors: tuple[Authorship, ...]
    abstract: str = ""
    truncated: bool = False
    comment: str = ""
    citation: str = ""
    dois: str = ""
    report_number: str = ""
    categories: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    license: str = ""


def preprint_paper(preprint: Preprint, origin: Origin) -> Paper:
    """Return the paper that a record of arXiv describes.

    Raises:
        ValueError: the record has no title.
    """
    if not preprint.title.strip():
        raise ValueError("a preprint needs a title")
    ids, malformed = identifiers([("arxiv", preprint.number)])
    found, wrong = identifiers(("doi", each.strip(",;")) for each in preprint.dois.split())
    own = tuple(doi for doi in found if doi.startswith(ARXIV_DOI))
    texts = read_texts(preprint.title, preprint.abstract, preprint.comment)
    comment = readable_text(preprint.comment)
    dates = [(label, date) for label, text in preprint.versions if (date := partial_date(text))]
    status: ListStatus = "truncated" if preprint.truncated else "complete"
    return Paper(
        **texts,
        author_list=status if preprint.authors else "unknown",
        origins=(origin,),
        authors=preprint.authors,
        issued=dates[0][1] if dates else None,
        topics=tuple(map(_topic, dict.fromkeys(preprint.categories))),
        ids=(*ids, *own),
        malformed_ids=(*malformed, *wrong),
        kind="preprint",
        venue=VenueName("arXiv", kind="repository"),
        relations=tuple(Relation("preprint-of", doi) for doi in found if doi not in own),
        comment=comment,
        citation=readable_text(preprint.citation),
        report_number=clean(preprint.report_number),
        keywords=preprint.classes,
        licenses=(preprint.license.strip(),) if preprint.license.strip() else (),
        retracted=bool(WITHDRAWN.match(comment) or WITHDRAWN.match(texts["abstract"])),
        revisions=_revisions(dates),
    )


def _revisions(dates: list[tuple[str, PartialDate]]) -> tuple[Revision, ...]:
    if len(dates) < 2:
        return ()
    return tuple(Revision(label, date) for label, date in dates)


def _topic(code: str) -> TopicLink:
    if code in categories():
        return TopicLink(code, f"arxiv:{code}", score=1.0, rule="written in full")
    return TopicLink(code, None, rule="the arXiv taxonomy has no such category")


def classes(scheme: str, written: str) -> Iterator[str]:
    """Yield the codes of a classification, each with its scheme: ``ACM H.3.7``."""
    for code in re.split(r"[;,]", written):
        if code.strip():
            yield f"{scheme} {clean(code)}"


def author(  # noqa: PLR0913 - what the forms state of an author
    written: str,
    position: int,
    *,
    given: str = "",
    family: str = "",
    suffix: str = "",
    affiliations: Iterable[str] = (),
) -> Authorship:
    r"""Return an author by the name as written, which may hold TeX.

    >>> author("Zo\\'e Example", 1).name
    'Zoé Example'
    """
    cleaned = clean(written)
    name = readable_name(written)
    group = GROUP.search(name) is not None
    return Authorship(
        name=FOR_GROUP.sub("", name) if group else name,
        position=position,
        given=readable_name(given),
        family=readable_name(family),
        suffix=readable_name(suffix),
        affiliations=places_of(affiliations),
        organization=group,
        name_written=cleaned if cleaned != name else "",
    )


@lru_cache(maxsize=1 << 14)  # an author comes in a list of names and in parts, and writes again
def readable_name(written: str) -> str:
    """Return a name, a part of one or a place with its TeX resolved."""
    return clean(plain_text(written)) if written else ""


def places_of(affiliations: Iterable[str]) -> tuple[Affiliation, ...]:
    """Return affiliations of which nothing but the text is known."""
    return tuple([Affiliation(readable_name(each)) for each in affiliations if each.strip()])


def author_list(written: str) -> tuple[tuple[Authorship, ...], bool]:
    """Return the authors of a list in one text, and whether it ends in "et al.".

    Affiliations stand in brackets behind the name, or as numbers that a last bracket explains:
    ``A. Example (1), B. Sample (1 and 2) ((1) Loom University, (2) Thread Ltd)``.

    >>> [a.name for a in author_list("Ada Example, Bo Sample and the LOOM Collaboration")[0]]
    ['Ada Example', 'Bo Sample', 'LOOM Collaboration']
    """
    text = clean(written)
    whole = ET_AL.sub("", text)
    numbered = {
        number: place for note in NOTE.findall(whole) for number, place in NUMBERED.findall(note)
    }
    authors: list[Authorship] = []
    for name, notes in _pieces(whole):
        if name:
            places = [place for note in notes for place in _places(note, numbered)]
            authors.append(author(name, len(authors) + 1, affiliations=places))
    return tuple(authors), whole != text


def _pieces(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each name with the brackets behind it; separators inside brackets separate nothing."""
    notes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        notes.append(match[1])
        return f"\0{len(notes) - 1}\0"

    for piece in SEPARATOR.split(NOTE.sub(keep, text)):
        numbers = re.findall("\0(\\d+)\0", piece)
        yield re.sub("\0\\d+\0", "", piece).strip(), [notes[int(each)] for each in numbers]


def _places(note: str, numbered: dict[str, str]) -> list[str]:
    """Return the affiliations that a bracket states, by numbers or in words."""
    if NUMBERED.match(note):
        return []
    if NUMBERS.fullmatch(note.strip()):
        return [numbered[each] for each in re.findall(r"\d+", note) if each in numbered]
    return [note]
