"""Files that machines look for: sitemaps, robots.txt, the description of the dataset, context."""

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from graphbuild import resources
from graphbuild.site.heads import address

PER_SITEMAP = 50_000
"""Addresses that a sitemap may hold (https://www.sitemaps.org/protocol.html)."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemaps(pages: Iterable[str], base_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemaps of some pages, and the index that names them.

    Args:
        pages: their paths.
        base_url: web address of the site, without which there is no sitemap.
    """
    pages = iter(pages)
    names: list[str] = []
    while some := list(islice(pages, PER_SITEMAP)):
        names.append(f"sitemap-{len(names) + 1}.xml")
        yield names[-1], _listing("urlset", "url", some, base_url)
    yield "sitemap.xml", _listing("sitemapindex", "sitemap", names, base_url)


def _listing(root: str, entry: str, paths: Iterable[str], base_url: str) -> bytes:
    lines = "".join(
        f"<{entry}><loc>{escape(address(path, base_url))}</loc></{entry}>\n" for path in paths
    )
    return f'{HEAD}<{root} xmlns="{NAMESPACE}">\n{lines}</{root}>\n'.encode()


def robots(base_url: str) -> bytes:
    """Return a robots.txt that lets everybody in and shows the sitemap."""
    sitemap = f"Sitemap: {address('sitemap.xml', base_url)}\n" if base_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()


def shipped_files() -> Iterator[tuple[str, bytes]]:
    """Yield the vocabularies and shapes that the pages rest on, and the JSON-LD context."""
    yield "context.jsonld", resources.read("ontology", "context.jsonld").encode()
    yield "ontology.ttl", resources.read("ontology", "graphbuild.ttl").encode()
    texts = [resources.read("shapes", name) for name in resources.walk("shapes", ".ttl")]
    yield "shapes.ttl", "\n".join(texts).encode()
