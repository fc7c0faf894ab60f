"""Where things lie in a site.

The address is the rule: the page of ``{base}id/paper/x`` is the file ``id/paper/x.html``, its data
are ``id/paper/x.ttl``, ``.jsonld`` and ``.nt``. So a site that is served where the IRIs point to
answers them as they are: servers of static files decode what is percent-encoded and try ``.html``.
"""

import re
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

from graphbuild.terms import REFERENCE_BASE

LONGEST = 200
"""Bytes of a file's name; file systems take 255, and the suffix must fit too."""

WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]")
HREF_SAFE = "/:@!$&'()*+,;=-._~"
DATA = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
"""Suffixes of the data files of an entity, and their media types."""


class Places:
    """Knows where the entities of one graph lie.

    Args:
        base: what the IRIs of the graph's entities start with.
    """

    def __init__(self, base: str) -> None:
        self._own = f"{base}id/"
        self._shared = f"{REFERENCE_BASE}id/"
        self.stem = lru_cache(maxsize=1 << 16)(self._stem)

    def is_ours(self, iri: str) -> bool:
        """Say whether an IRI is one of this graph, which may have no page of its own."""
        return iri.startswith(self._own)

    def _stem(self, iri: str) -> str:
        """Return the path of an entity's files, without suffix.

        Topics and metrics that all graphs share lie in ``ref/`` where the graph has a base of its
        own; what has a foreign IRI, or a name that no file may have, lies under its SHA-256.
        """
        for start, folder in ((self._own, "id"), (self._shared, "ref")):
            kind, _, key = iri.removeprefix(start).partition("/")
            name = unquote(key)
            if iri.startswith(start) and kind.isalnum() and _fits(name):
                return f"{folder}/{kind}/{name}"
        return f"other/iri/{sha256(iri.encode()).hexdigest()[:32]}"


def _fits(name: str) -> bool:
    plain = name.strip(".") and not UNFIT.search(name)
    return bool(plain) and len(name.encode(errors="replace")) <= LONGEST and name.isprintable()


def href(path: str, depth: int) -> str:
    """Return a relative link to a file of the site from a page that lies some folders deep.

    >>> href("id/paper/doi:10.1~1x é.html", 2)
    '../../id/paper/doi:10.1~1x%20%C3%A9.html'
    """
    return (f"{'../' * depth}" or "./") + quote(path, safe=HREF_SAFE)


def on_the_web(iri: str) -> bool:
    """Say whether an IRI may become a link: ``javascript:`` and the like must not.

    >>> on_the_web("https://example.org/x"), on_the_web("javascript:alert(1)")
    (True, False)
    """
    return bool(WEB.match(iri))
