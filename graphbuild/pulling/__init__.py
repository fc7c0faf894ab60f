"""Take in the graph of an institution: from its SPARQL endpoint, or from the pages of its site."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from graphbuild.sources import online
from graphbuild.sources.files import Fetch

ENDPOINTS = ("sparql", "query")
"""Last words in the addresses of SPARQL endpoints."""

GRAPH = "graph"
"""Parameter of an address that names the graph that is meant."""


def fetcher(folder: Path, tell: Callable[[str], None]) -> Fetch:
    """Return what fetches an address for `find_inputs`: an endpoint, a sitemap, or pages.

    Args:
        folder: keeps what came, so that the next attempt goes on from there.
        tell: is told what is being fetched and waited for.
    """
    pages = online.fetcher(folder, tell)

    def fetch(url: str) -> list[tuple[str, Path]]:
        home = folder / hashlib.sha256(url.encode()).hexdigest()[:16]
        if is_endpoint(url):
            from graphbuild.pulling.endpoint import pulled

            return [(url, pulled(url, home, tell))]
        if is_sitemap(url):
            from graphbuild.pulling.sitemap import crawled, crawler

            return [(url, crawled(url, home, crawler(tell)))]
        return pages(url)

    return fetch


def is_endpoint(url: str) -> bool:
    """Say whether an address is that of a SPARQL endpoint, of which all is wanted.

    >>> is_endpoint("https://kg.example.org/sparql"), is_endpoint("https://e.org/query?q=x")
    (True, False)
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query).keys()
    return parts.path.rstrip("/").rpartition("/")[2] in ENDPOINTS and asked <= {GRAPH}


def is_sitemap(url: str) -> bool:
    """Say whether an address is that of a sitemap (https://www.sitemaps.org/protocol.html).

    >>> is_sitemap("https://kg.example.org/sitemap.xml"), is_sitemap("https://e.org/page.xml")
    (True, False)
    """
    name = urlsplit(url).path.rpartition("/")[2].lower()
    return name.startswith("sitemap") and name.endswith((".xml", ".xml.gz"))
