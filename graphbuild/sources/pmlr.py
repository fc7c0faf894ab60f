"""Read the posts of PMLR, the Proceedings of Machine Learning Research: one Jekyll page a paper.

A post has YAML between two lines of hyphens. ``software`` is the official code of the paper; what
lies behind ``extras`` is told by its label. Abstracts are Markdown with TeX, titles TeX.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from graphbuild.identifiers import identifiers
from graphbuild.parts import (
    Authorship,
    CodeLink,
    Container,
    Event,
    OrganizationName,
    Origin,
    Role,
    VenueName,
    united_links,
)
from graphbuild.records import Paper, Record
from graphbuild.sources.code_links import stated_link
from graphbuild.sources.dates import partial_date
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import Head, InputFile, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.texts import read_texts
from graphbuild.sources.yaml_nodes import Node, PlaceError, yaml_document
from graphbuild.text import clean

NAME = "pmlr"
SITE = "https://proceedings.mlr.press"
POST = re.compile(r"\ufeff?---\s*\n")
MARKS = (
    re.compile(r"^layout: (?:inproceedings|proceedings)\s*$", re.MULTILINE),
    re.compile(
        r"^(?:publisher: PMLR|series: Proceedings of Machine Learning Research)", re.MULTILINE
    ),
)
CODE = re.compile(r"\b(?:code|software|github|implementation)\b", re.IGNORECASE)
LINK = re.compile(r"\[([^\]\[]+)\]\(([^()\s]+)\)")
EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,2}|`)(?=[^\s*`])([^*`\n]*[^\s*`])\1(?![\w*])")
USED = frozenset(
    {
        "title", "tex_title", "abstract", "openreview", "software", "video", "layout", "series",
        "publisher", "issn", "id", "firstpage", "lastpage", "page", "author", "editor", "date",
        "container-title", "volume", "genre", "issued", "pdf", "extras", "booktitle", "published",
        "conference", "bibtex_author", "bibtex_editor", "shortname", "supplementary", "start",
        "end",
    }
)  # fmt: skip
"""Fields that are read, or that repeat what others say."""


def recognises(head: Head) -> bool:
    """Say whether a text is a post of PMLR, or the settings of one of its volumes."""
    return bool(POST.match(head.text)) and all(mark.search(head.text) for mark in MARKS)


def read_pmlr(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the paper of a post, or the volume of a file of settings."""
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "Proceedings of Machine Learning Research", when)
    try:
        post = _front_matter(file)
        origin = origin_of(file, 1, line=1, own_id=post.text("id"))
        yield _volume(post, origin) if post.child("conference") else _paper(post, origin)
    except PlaceError as error:
        yield rejected(str(error), "", line=error.line)


def _front_matter(file: InputFile) -> Node:
    """Return the YAML of a post; the first line is that of hyphens, so that lines stay right.

    Raises:
        PlaceError: it is no YAML.
    """
    lines = list(text_lines(file))
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), len(lines))
    return yaml_document("\n".join(["", *lines[1:end]]))


def _paper(post: Node, origin: Origin) -> Paper:
    title = post.text("title") or post.text("tex_title")
    if not title:
        raise PlaceError("a post needs a title", 1)
    ids, malformed = identifiers([("openreview", post.text("openreview"))])
    texts = read_texts(title, plain_markdown(post.text("abstract")))
    links, pages = _links(post)
    texts["code_links"] = united_links([*texts["code_links"], *links])
    authors = (*_people(post, "author"), *_people(post, "editor"))
    volume, own_id = post.text("volume"), post.text("id")
    page = [f"{SITE}/v{volume}/{own_id}.html"] if volume and own_id else []
    book = clean(post.text("container-title") or post.text("booktitle"))
    return Paper(
        **texts,
        author_list="complete" if authors else "unknown",
        origins=(origin,),
        authors=authors,
        code_flag=bool(post.text("software")),
        issued=partial_date(post.text("date")) or partial_date(post.text("published")),
        ids=ids,
        malformed_ids=malformed,
        kind="conference-paper",
        kind_written=post.text("genre"),
        venue=_venue(post),
        container=Container(book, kind="proceedings") if book else None,
        volume=volume,
        first_page=post.text("firstpage"),
        last_page=post.text("lastpage"),
        publisher=_publisher(post),
        urls=tuple(dict.fromkeys([*page, *pages])),
    )


def _volume(settings: Node, origin: Origin) -> Paper:
    conference = settings.child("conference")
    title = settings.text("booktitle")
    if not title or conference is None:
        raise PlaceError("a volume needs a booktitle", settings.line)
    editors = _people(settings, "editor")
    volume = settings.text("volume")
    name = " ".join(filter(None, [conference.text("name"), settings.text("year")]))
    return Paper(
        title=clean(title),
        author_list="complete" if editors else "unknown",
        origins=(origin,),
        authors=editors,
        issued=partial_date(settings.text("published")) or partial_date(settings.text("year")),
        kind="proceedings",
        venue=_venue(settings),
        volume=volume,
        publisher=_publisher(settings),
        urls=(f"{SITE}/v{volume}/",) if volume else (),
        event=Event(
            name=name or title,
            short_name=settings.text("shortname"),
            place=conference.text("location"),
            date=" to ".join(filter(None, [settings.text("start"), settings.text("end")])),
        ),
    )


def _people(post: Node, role: Role) -> tuple[Authorship, ...]:
    return tuple(_person(each, place, role) for place, each in enumerate(post.each(role), 1))


def _person(node: Node, place: int, role: Role) -> Authorship:
    given, family = clean(node.text("given")), clean(node.text("family"))
    name = f"{given} {family}".strip()
    if not name:
        raise PlaceError(f"{node.path} has no name", node.line)
    return Authorship(name, place, given=given, family=family, role=role)


def _venue(post: Node) -> VenueName | None:
    series = clean(post.text("series"))
    ids, _ = identifiers([("issn", post.text("issn"))])
    return VenueName(series, ids, "book-series", ("PMLR",)) if series or ids else None


def _publisher(post: Node) -> OrganizationName | None:
    name = clean(post.text("publisher"))
    return OrganizationName(name) if name else None


def _links(post: Node) -> tuple[list[CodeLink], list[str]]:
    """Return the links to code, and the addresses of all else."""
    named = [(each.text("label"), each.text("link")) for each in post.each("extras")]
    code = [("software", post.text("software"))] + [pair for pair in named if CODE.search(pair[0])]
    rest = [url for label, url in named if not CODE.search(label)]
    pages = chain((post.text("pdf"), post.text("supplementary"), post.text("video")), rest)
    links = [stated_link(url, f"{label}: {url}", official=True) for label, url in code if url]
    return links, [url for url in pages if url.startswith(("http://", "https://"))]


def plain_markdown(text: str) -> str:
    """Return Markdown without emphasis and links; formulas stay as they are.

    >>> plain_markdown("We *adapt* [Looms](https://loom.example) to $a*b*c$.")
    'We adapt Looms (https://loom.example) to $a*b*c$.'
    """
    pieces = re.split(r"(\$[^$]*\$)", text)
    return "".join(
        piece if number % 2 else EMPHASIS.sub(r"\2", LINK.sub(r"\1 (\2)", piece))
        for number, piece in enumerate(pieces)
    )


def _fields(file: InputFile) -> Iterator[Fields]:
    try:
        post = _front_matter(file)
        yield named_fields([key for key in post.keys() if post.child(key)], USED)  # noqa: SIM118
    except PlaceError:
        return


FORMAT = Format(
    NAME,
    "posts of PMLR (Jekyll), one a paper, and settings of volumes",
    1,
    recognises,
    read_pmlr,
    _fields,
)
