"""What the pages of papers, software and data say besides: authors, topics, code, findings."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from graphbuild.mapping import vocabulary as v
from graphbuild.site.bundle import Bundle, Value
from graphbuild.site.page import Link, Page, Section
from graphbuild.store.columns import plain
from graphbuild.store.words import UNNAMED, author_list, issued, position, stance

LAST = 1_000_000


class Linking(Protocol):
    """Makes links of values."""

    def link(self, value: Value, note: str = "", /) -> Link:
        """Return a value as a link to its page, to the web, or as text."""


def paper_view(teller: Linking, page: Page, bundle: Bundle) -> Page:
    """Return the page of a paper with what only papers have."""
    date = issued(bundle, bundle.iri)
    known = author_list(bundle, bundle.iri)
    return replace(
        page,
        subtitle=", ".join(filter(None, (page.subtitle, date))),
        abstract=bundle.text(bundle.iri, v.ABSTRACT),
        authors=list(_authors(teller, bundle)),
        author_note="" if known.startswith("complete") else known,
        topics=list(_topics(teller, bundle)),
        sections=[*_code(teller, bundle), *page.sections],
    )


def _authors(teller: Linking, bundle: Bundle) -> Iterator[Link]:
    nodes = bundle.texts(bundle.iri, v.HAS_AUTHORSHIP)
    for node in sorted(nodes, key=lambda node: _place(bundle, node)):
        if not bundle.of(node, v.HELD_BY):
            yield Link(UNNAMED)
        for person in bundle.of(node, v.HELD_BY):
            link = teller.link(person)
            written = bundle.text(node, v.NAME_AS_WRITTEN)
            yield replace(link, note="; ".join(filter(None, _told(bundle, node, link, written))))


def _told(bundle: Bundle, node: str, link: Link, written: str) -> Iterator[str]:
    """Yield what is worth telling of a part in a list of authors."""
    if not bundle.of(node, v.ORDINAL):
        yield position(bundle, node)
    if v.ROLES["editor"][1:-1] in bundle.texts(node, v.ROLE):
        yield "editor"
    if written and written != link.text:
        yield f"written {written}"
    for value in bundle.of(node, v.RELATED_ORGANIZATION):
        if value.label:
            yield plain(value.label)


def _place(bundle: Bundle, node: str) -> tuple[int, str]:
    text = bundle.text(node, v.ORDINAL) or bundle.text(node, v.ORDINAL_AT_LEAST)
    return int(text or LAST), node


def _topics(teller: Linking, bundle: Bundle) -> Iterator[Link]:
    main = {value.term for value in bundle.of(bundle.iri, v.PRIMARY_SUBJECT)}
    values = bundle.of(bundle.iri, v.SUBJECT)
    for value in sorted(values, key=lambda value: (value.term not in main, value.term)):
        yield teller.link(value, "main topic" if value.term in main else "")
    for node in bundle.details(v.ASSIGNMENT_PAPER, f"<{bundle.iri}>"):
        options = bundle.of(node, v.ASSIGNMENT_CANDIDATE)
        if options and not bundle.of(node, v.ASSIGNMENT_TOPIC):
            words = bundle.text(node, v.TEXT_AS_WRITTEN)
            for option in options:
                yield teller.link(option, f"undecided, written {words}")


def _code(teller: Linking, bundle: Bundle) -> Iterator[Section]:
    links = []
    for node in bundle.details(v.LINK_PAPER, f"<{bundle.iri}>"):
        targets = bundle.of(node, v.LINK_REPOSITORY) or bundle.of(node, v.LINK_PAGE)
        words = bundle.text(node, v.TEXT_AS_WRITTEN)
        told = "; ".join(filter(None, (stance(bundle, node), f"“{words}”" if words else "")))
        links += [teller.link(target, told) for target in targets]
    if links:
        yield Section("code and data", links, len(links))
    introduced = [
        teller.link(value, _evidence(bundle, value.term))
        for value in bundle.of(bundle.iri, v.INTRODUCES)
    ]
    if introduced:
        yield Section("introduces", introduced, len(introduced))


def _evidence(bundle: Bundle, thing: str) -> str:
    nodes = bundle.details(v.INTRODUCTION_OF, thing)
    words = {text for node in nodes for text in bundle.texts(node, v.TEXT_AS_WRITTEN)}
    return "; ".join(f"“{text}”" for text in sorted(words, key=lambda text: (len(text), text)))
