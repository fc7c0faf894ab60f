"""Read a researcher profile page that was saved as text.

A page starts with the person's name, the primary category and the site's numbers, each glued to
its label. An entry is a header that glues category, date and an optional flag together, then the
title, a blank line, the authors, and, if there is one, a blank line and the abstract:

    Ada Example

    LG
    h-index12
    71papers
    1,884citations

    71 Papers

    CVMar 13, 2023Code
    ENGINEv2: Automatic Weaving of Cards

    Ada Example, Bo Sample, Cy Specimen et al. · acme

    Looms are slow. We propose ENGINEv2, a faster loom. Code: https://github.com/ada/engine.

The year is missing where the site leaves it out, the authors end in "et al." after three, and
the page's own person may be one of the others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import msgspec

from graphbuild.names import person_key
from graphbuild.parts import Authorship, Origin, PartialDate, TopicLink
from graphbuild.records import Observation, Paper, Profile, Record, Rejected, Source
from graphbuild.sources.arxiv_categories import candidates, resolve_categories
from graphbuild.sources.code_links import find_code_links
from graphbuild.sources.files import Head, InputFile, damage, printable, text_lines
from graphbuild.sources.formats import EXCERPT, Format
from graphbuild.sources.introductions import find_introductions, repository_introduction
from graphbuild.tex import plain_text
from graphbuild.text import clean, whole_number

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
HEADER = re.compile(
    r"(?P<category>[A-Za-z]+(?:-[A-Za-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?)??"
    rf"(?P<date>(?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?)"
    r"(?P<flag>Code)?"
)
CATEGORY = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?")
NUMBER = r"(\d[\d,.\u00a0\u202f]*)"
METRICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("h-index", re.compile(rf"h-index\s*{NUMBER}", re.IGNORECASE)),
    ("paper-count", re.compile(rf"{NUMBER}\s*papers?", re.IGNORECASE)),
    ("citation-count", re.compile(rf"{NUMBER}\s*citations?", re.IGNORECASE)),
    ("profile-page:novelty", re.compile(rf"Novelty\s*{NUMBER}\s*%?", re.IGNORECASE)),
    ("profile-page:ai-score", re.compile(rf"AI Score\s*{NUMBER}", re.IGNORECASE)),
)
ET_AL = re.compile(r",?\s+et al\.?$")
AUTHOR_SEPARATOR = re.compile(r",\s+(?:and\s+)?|\s+and\s+|;\s*")
YEAR_RULE = "the site leaves out the year of capture, and no entry of the page states that year"
LONGEST_NAME = 80
LEAP_YEAR = 2000


class Line(NamedTuple):
    """A line of the page with its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Entry:
    """The lines of one entry, taken apart but not yet understood."""

    header: re.Match[str]
    line: int
    number: int
    title: str
    byline: str
    abstract: str


@dataclass(frozen=True)
class Page:
    """What holds for the whole page."""

    file: InputFile
    owner: str
    captured: date | None
    topics: dict[str, TopicLink]
    states_capture_year: bool


def recognises(head: Head) -> bool:
    """Say whether a text starts like a profile page: numbers of the site, or one and an entry."""
    lines = [line.strip() for line in head.text.splitlines() if line.strip()][:200]
    numbers = {name for line in lines[1:12] for name, pattern in METRICS if pattern.fullmatch(line)}
    return len(numbers) > 1 or (len(numbers) == 1 and any(map(HEADER.fullmatch, lines)))


def read_profile_page(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield what one page states: its source, profile, numbers, and papers in page order.

    Args:
        file: the page; its hash is the key of the source records.
        captured: when the page was saved. With it, and only with it, the year that the site
            leaves out is inferred, and the record says so.

    A header that title and authors do not follow becomes `Rejected`.
    """
    page_lines = [Line(number, line.strip()) for number, line in enumerate(text_lines(file), 1)]
    starts = [index for index, line in enumerate(page_lines) if _starts_entry(page_lines, index)]
    top = page_lines[: starts[0]] if starts else page_lines
    entries = [
        _entry(number, page_lines[start:end])
        for number, (start, end) in enumerate(pairwise([*starts, len(page_lines)]), 1)
    ]
    good = [entry for entry in entries if isinstance(entry, Entry)]
    page = _page(file, top, good, captured)
    yield _source(page)
    yield from _top(page, top)
    papers = _name_by_repository([_paper(page, entry) for entry in good])
    by_number = dict(zip((entry.number for entry in good), papers, strict=True))
    for number, entry in enumerate(entries, 1):
        yield entry if isinstance(entry, Rejected) else by_number[number]


def _starts_entry(lines: Sequence[Line], index: int) -> bool:
    """A header stands alone: what comes before it is blank, or the start of the page."""
    return HEADER.fullmatch(lines[index].text) is not None and (
        index == 0 or not lines[index - 1].text
    )


def _entry(number: int, lines: Sequence[Line]) -> Entry | Rejected:
    header = HEADER.fullmatch(lines[0].text)
    texts = [line.text for line in lines]
    paragraphs = _paragraphs(texts[1:])
    wrong = damage("\n".join(texts)) or _missing(paragraphs)
    if wrong or header is None:
        return Rejected(lines[0].number, str(wrong), printable("\n".join(texts)[:EXCERPT]))
    title, byline, *abstract = paragraphs
    return Entry(header, lines[0].number, number, title, byline, "\n".join(abstract))


def _paragraphs(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines).strip("\n")
    return [
        " ".join(part.split("\n")).strip() for part in re.split(r"\n\s*\n", text) if part.strip()
    ]


def _missing(paragraphs: Sequence[str]) -> str | None:
    if not paragraphs:
        return "the entry has no title and no authors: is the page cut off?"
    if len(paragraphs) == 1:
        return "the entry has a title but no authors: is the page cut off?"
    names = _names(paragraphs[1])[0]
    if not names or any(len(name) > LONGEST_NAME for name in names):
        return "the line after the title is no list of authors"
    return None


def _page(
    file: InputFile, top: Sequence[Line], entries: Sequence[Entry], captured: date | None
) -> Page:
    owner = next((clean(line.text) for line in top if line.text), "")
    used = [entry.header["category"] for entry in entries if entry.header["category"]]
    primary = _primary_category(top)
    return Page(
        file=file,
        owner=owner,
        captured=captured,
        topics=resolve_categories([*used, *([primary] if primary else [])]),
        states_capture_year=captured is not None
        and any(entry.header["year"] == str(captured.year) for entry in entries),
    )


def _primary_category(top: Sequence[Line]) -> str | None:
    texts = [line.text for line in top if line.text][1:3]
    return next((text for text in texts if CATEGORY.fullmatch(text) and candidates(text)), None)


def _source(page: Page) -> Source:
    return Source(
        key=page.file.key,
        name=page.file.name,
        title=f"Researcher profile page of {page.owner}",
        format="profile-page",
        sha256=page.file.sha256,
        captured=page.captured.isoformat() if page.captured else None,
    )


def _top(page: Page, top: Sequence[Line]) -> Iterator[Record]:
    """Yield the profile and the site's numbers; the same number said twice is one observation."""
    origin = Origin(page.file.key, 1)
    primary = _primary_category(top)
    topic = page.topics[primary] if primary else None
    yield Profile(page.file.key, page.owner, origin, topic)
    said: dict[tuple[str, int | str], list[str]] = {}
    for line in top[1:]:
        for metric, pattern in METRICS:
            match = pattern.fullmatch(line.text)
            if match:
                said.setdefault((metric, _number(match[1])), []).append(line.text)
    for (metric, value), written in said.items():
        observed = page.captured.isoformat() if page.captured else None
        yield Observation(page.file.key, metric, value, tuple(written), origin, observed)


def _number(written: str) -> int | str:
    """Return a number without its thousands separators; one with decimals stays text.

    >>> _number("1,884"), _number("1884"), _number("1.884"), _number("57.5")
    (1884, 1884, 1884, '57.5')
    """
    digits = re.sub(r"[\u00a0\u202f]", "", written).rstrip(".,")
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    number = whole_number(digits)
    return digits.replace(",", ".") if number is None else number


def _paper(page: Page, entry: Entry) -> Paper:
    title_written, abstract_written = clean(entry.title), clean(entry.abstract)
    title, abstract = plain_text(title_written), plain_text(abstract_written)
    names, cut, organizations = _names(entry.byline)
    introduces = find_introductions(title, abstract)
    data = tuple(found.name for found in introduces if found.kind == "dataset")
    links = find_code_links(abstract, data)
    category = entry.header["category"]
    return Paper(
        title=title,
        title_written=title_written if title_written != title else "",
        abstract=abstract,
        abstract_written=abstract_written if abstract_written != abstract else "",
        authors=_authorships(names, cut=cut, owner=page.owner),
        author_list="truncated" if cut else "complete",
        issued=_issued(entry.header, page),
        topics=(page.topics[category],) if category else (),
        code_flag=entry.header["flag"] is not None,
        code_links=links,
        introduces=find_introductions(title, abstract, links),
        organizations=organizations,
        profiles=(page.file.key,),
        origins=(Origin(f"{page.file.key}-e{entry.number:02d}", entry.line, entry.header[0]),),
    )


def _names(byline: str) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """Return the names, whether "et al." cuts the list off, and the organisations after ``·``."""
    people, *organizations = (part.strip() for part in byline.split("·"))
    shown = ET_AL.sub("", people)
    names = tuple(clean(name) for name in AUTHOR_SEPARATOR.split(shown) if name.strip())
    return names, shown != people, tuple(clean(name) for name in organizations if name)


def _authorships(names: Sequence[str], *, cut: bool, owner: str) -> tuple[Authorship, ...]:
    """Return the visible authors, and the page's owner where "et al." hides the name.

    A complete list without the owner stays as it is: that the page lists the paper is no reason
    to add an author whom the paper does not have.
    """
    visible = tuple(Authorship(name, position) for position, name in enumerate(names, 1))
    shown = {person_key(name) for name in names}
    if not cut or person_key(owner) in shown or not owner:
        return visible
    return (*visible, Authorship(owner, at_least=len(names) + 1, from_profile=True))


def _issued(header: re.Match[str], page: Page) -> PartialDate | None:
    """Return the date; of one that no calendar has, the part that is possible."""
    written, year = header["date"], header["year"]
    month, day = MONTHS.index(header["month"]) + 1, int(header["day"])
    if year is None:
        if not _possible(LEAP_YEAR, month, day):
            return None
        stated = PartialDate(written, f"--{month:02d}-{day:02d}")
        return _with_year(stated, page)
    if not _possible(int(year), month, day):
        return PartialDate(written, f"{year}-{month:02d}")
    return PartialDate(written, f"{year}-{month:02d}-{day:02d}")


def _with_year(stated: PartialDate, page: Page) -> PartialDate:
    """Supply the year of capture, where the page does not speak against it."""
    if page.captured is None or page.states_capture_year:
        return stated
    month, day = int(stated.value[2:4]), int(stated.value[5:7])
    if not _possible(page.captured.year, month, day):
        return stated
    if date(page.captured.year, month, day) > page.captured:
        return stated
    full = f"{page.captured.year}{stated.value[1:]}"
    return msgspec.structs.replace(stated, inferred=full, rule=YEAR_RULE)


def _possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _name_by_repository(papers: Sequence[Paper]) -> list[Paper]:
    """Add the systems that only a repository's name tells of.

    A repository that several papers point to is one paper's at most, so it names none.
    """
    uses = Counter(link.repository for paper in papers for link in paper.code_links)
    return [_named_by_repository(paper, uses) for paper in papers]


def _named_by_repository(paper: Paper, uses: Counter[str | None]) -> Paper:
    if paper.introduces:
        return paper
    found = [
        introduction
        for link in paper.code_links
        if uses[link.repository] == 1 and (introduction := repository_introduction(link))
    ]
    return msgspec.structs.replace(paper, introduces=tuple(found[:1]))


FORMAT = Format(
    "profile-page", "researcher profile page, saved as text", 1, recognises, read_profile_page
)
