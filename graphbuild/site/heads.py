"""What the head of a page tells machines: FAIR Signposting links and schema.org.

https://signposting.org/FAIR/: ``cite-as`` is the persistent IRI of our record, what others keep
of the same thing is ``related``.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import msgspec
from markupsafe import Markup

from graphbuild.mapping import vocabulary as v
from graphbuild.publish.documents import write_entity
from graphbuild.publish.profiles import Profile
from graphbuild.site.bundle import Bundle
from graphbuild.site.page import Page
from graphbuild.site.places import DATA, href, on_the_web
from graphbuild.site.questions import Part
from graphbuild.store.columns import Row

SCHEMA = "https://schema.org/"
ABOUT_PAGE = f"{SCHEMA}AboutPage"
TYPE_OF = re.compile(rf"<{SCHEMA}(\w+)>")
KINDS = {"person": "Person", "organisation": "Organization"}
RECORD = re.compile(r"[<>&\u2028\u2029]")
NAMED = {"license": v.LICENSE, "related": v.IDENTIFIERS["doi"], "author": v.CREATOR}
MOST_NAMED = 100
"""Authors among the links of a head; a page lists them all."""


class HeadLink(NamedTuple):
    """A link of a page's head."""

    rel: str
    href: str
    type: str = ""


def signposts(page: Page, bundle: Bundle, base_url: str) -> list[HeadLink]:
    """Return the links that lead machines through a page.

    Args:
        page: the page.
        bundle: what it is made from.
        base_url: web address of the site, or empty for relative links.
    """
    return list(dict.fromkeys(_signposts(page, bundle, base_url)))


def _signposts(page: Page, bundle: Bundle, base_url: str) -> Iterator[HeadLink]:
    yield HeadLink("cite-as", page.iri)
    if base_url:
        yield HeadLink("canonical", address(f"{page.stem}.html", base_url))
    for suffix, media_type in DATA.items():
        place = f"{page.stem}.{suffix}"
        yield HeadLink("describedby", address(place, base_url, page.depth), media_type)
    yield HeadLink("type", ABOUT_PAGE)
    for kind in _types(page, bundle):
        yield HeadLink("type", kind)
    for rel, predicate in NAMED.items():
        iris = (value.term[1:-1] for value in bundle.of(page.iri, predicate)[:MOST_NAMED])
        yield from (HeadLink(rel, iri) for iri in iris if on_the_web(iri))
    yield HeadLink("collection", address("index.html", base_url, page.depth), "text/html")


def _types(page: Page, bundle: Bundle) -> Iterator[str]:
    for row in bundle.part(Part.DESCRIBED):
        kind = TYPE_OF.fullmatch(row.o) if row.p == v.TYPE and row.a == f"<{page.iri}>" else None
        if kind:
            yield f"{SCHEMA}{kind[1]}"


def address(path: str, base_url: str, depth: int = 0) -> str:
    """Return where a file of the site is: absolute where the site's address is known."""
    return f"{base_url}{href(path, 0)[2:]}" if base_url else href(path, depth)


def schema_org(page: Page, bundle: Bundle, profile: Profile, base_url: str) -> Markup | None:
    """Return what schema.org can say of an entity, as JSON-LD for a script element.

    None where it has no place for the entity.
    """
    rows = sorted(set(_described(page, bundle, base_url)))
    if not any(subject == f"<{page.iri}>" for subject, _, _ in rows):
        return None
    file = BytesIO()
    write_entity(rows, page.iri, profile, file)
    return embedded(msgspec.json.decode(file.getvalue()))


def embedded(document: object) -> Markup:
    """Return JSON that no text in it can end the element that holds it."""
    text = msgspec.json.encode(document).decode()
    return Markup(RECORD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))  # noqa: S704 - escaped


def _described(page: Page, bundle: Bundle, base_url: str) -> Iterator[Row]:
    found = False
    for row in bundle.part(Part.DESCRIBED):
        found = True
        yield row.a, row.p, row.o
        if row.label and row.slug in KINDS:
            yield row.o, f"<{SCHEMA}name>", row.label
            yield row.o, v.TYPE, f"<{SCHEMA}{KINDS[row.slug]}>"
    if found and base_url:
        place = address(f"{page.stem}.html", base_url)
        yield f"<{page.iri}>", f"<{SCHEMA}mainEntityOfPage>", f"<{place}>"
