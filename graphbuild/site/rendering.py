"""Make HTML: Jinja with everything escaped, one environment for all pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import jinja2

from graphbuild.site.places import href

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
ASSETS = ("style.css", "search.js")


@dataclass(frozen=True)
class Site:
    """What all pages share.

    Attributes:
        title: name of the site.
        description: one sentence about it.
        theme: ``auto``, ``light`` or ``dark``.
        logo: file name of the logo among the assets, or empty.
        base_url: web address of the site ending in ``/``, or empty when it is not known.
        as_of: when the sources were captured, or empty.
        version: of graphbuild.
        graph: name of the graph folder, as commands are given it.
        withheld: what is not published, in words; empty for nothing.
    """

    title: str
    description: str
    theme: str
    logo: str
    base_url: str
    as_of: str
    version: str
    graph: str
    withheld: str = ""


class Renderer:
    """Renders the templates for one site.

    Attributes:
        site: what all pages share.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._environment = _environment()

    def page(self, template: str, depth: int, values: Mapping[str, object]) -> bytes:
        """Return a page that lies some folders deep."""
        root = href("", depth)
        made = self._environment.get_template(template)
        return made.render({"root": root, "site": self.site, **values}).encode()

    def lost(self) -> bytes:
        """Return the page that servers show at any address: its links are absolute."""
        made = self._environment.get_template("notfound.html")
        return made.render(root=self.site.base_url or "./", site=self.site).encode()


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["capitalised"] = capitalised
    return made


def capitalised(text: str) -> str:
    """Return a text whose first letter is a capital.

    >>> capitalised("co-authors")
    'Co-authors'
    """
    return text[:1].upper() + text[1:]


@cache
def look() -> str:
    """Return a fingerprint of all templates: when they change, every page does."""
    digest = blake2b(digest_size=12)
    for path in sorted(HERE.rglob("*")):
        if path.is_file() and path.suffix in (".html", ".py"):
            digest.update(path.read_bytes())
    return digest.hexdigest()
