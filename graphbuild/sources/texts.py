"""Make readable text of title and abstract, and find what a paper links to and introduces."""

from typing import TypedDict

from graphbuild.parts import CodeLink, Introduction
from graphbuild.sources.code_links import find_code_links
from graphbuild.sources.introductions import find_introductions
from graphbuild.sources.markup import without_markup
from graphbuild.tex import plain_text
from graphbuild.text import clean


class Texts(TypedDict):
    """The fields of a `Paper` that come from its texts."""

    title: str
    title_written: str
    abstract: str
    abstract_written: str
    code_links: tuple[CodeLink, ...]
    introduces: tuple[Introduction, ...]


def read_texts(title: str, abstract: str = "", comment: str = "", *, markup: bool = True) -> Texts:
    """Return the fields of a paper that its texts fill.

    Args:
        title: as written, with TeX or markup.
        abstract: as written.
        comment: further text in which code links are looked for.
        markup: title and abstract may hold HTML; otherwise ``<`` and ``&`` stand for themselves.
    """
    title_written, abstract_written = clean(title), clean(abstract)
    readable_title = _readable(title, title_written, markup=markup)
    readable = _readable(abstract, abstract_written, markup=markup)
    links = find_code_links(readable) if "http" in readable or "www." in readable else ()
    if "http" in comment:
        links = _with_more(links, find_code_links(clean(comment)))
    return Texts(
        title=readable_title,
        title_written=title_written if title_written != readable_title else "",
        abstract=readable,
        abstract_written=abstract_written if abstract_written != readable else "",
        code_links=links,
        introduces=find_introductions(readable_title, readable, links),
    )


def _with_more(links: tuple[CodeLink, ...], more: tuple[CodeLink, ...]) -> tuple[CodeLink, ...]:
    """Return one link for each address: what only mentions it gives way to what says more."""
    known = {each.url_written: each for each in links}
    for each in more:
        if each.url_written not in known or known[each.url_written].stance == "mentioned":
            known[each.url_written] = each
    return tuple(known.values())


def readable_text(written: str, *, markup: bool = True) -> str:
    """Return text without markup, TeX resolved, white space reduced.

    >>> readable_text("On <i>E. coli</i> in $x^2$")
    'On E. coli in x²'
    """
    return _readable(written, clean(written), markup=markup)


def _readable(written: str, cleaned: str, *, markup: bool) -> str:
    marked = markup and ("<" in written or "&" in written)
    text = without_markup(written) if marked else cleaned
    return plain_text(text) if "\\" in text or "$" in text or "{" in text else text
