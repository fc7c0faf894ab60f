"""Write the pages and data files of all entities, several processes at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from graphbuild.mapping import vocabulary as v
from graphbuild.publish.profiles import Profile
from graphbuild.site import folder
from graphbuild.site.asking import Asked
from graphbuild.site.bundle import Bundle, Wide, read_bundles
from graphbuild.site.classes import BY_SLUG, OTHER
from graphbuild.site.folder import SiteFolder, fingerprint
from graphbuild.site.heads import address, schema_org, signposts
from graphbuild.site.page import Page
from graphbuild.site.places import DATA, href
from graphbuild.site.plan import Plan
from graphbuild.site.rendering import Renderer, capitalised
from graphbuild.site.triples import DataWriter
from graphbuild.site.views import DEPTH, Teller
from graphbuild.store.columns import plain

AT_ONCE = 400
"""Pages that a process takes at a time."""


class Written(NamedTuple):
    """The files of one entity: where they are, what they are made from, whether they are new."""

    stem: str
    mark: str
    fresh: bool


@dataclass(frozen=True)
class EntityWriter:
    """Writes the files of entities.

    Attributes:
        plan: what is to be written.
        target: where.
        renderer: makes HTML.
        teller: says what bundles hold.
        data: makes data files.
        profile: the export profile of schema.org.
        queries: canned queries by class.
        salt: stands for everything but the rows that pages are made from.
    """

    plan: Plan
    target: SiteFolder
    renderer: Renderer
    teller: Teller
    data: DataWriter
    profile: Profile
    queries: Mapping[str, Sequence[Asked]]
    salt: str

    def ranges(self) -> list[tuple[int, int]]:
        """Return the pieces of work: first page, and the page after the last."""
        return [
            (start, min(start + AT_ONCE, self.plan.pages))
            for start in range(0, self.plan.pages, AT_ONCE)
        ]

    def write(self, piece: tuple[int, int]) -> list[Written]:
        """Write the files of some entities, those that have changed."""
        slugs = self.plan.slugs(*piece)
        return [
            self._one(rows, bundle, slugs[rows[0].page])
            for rows, bundle in read_bundles(self.plan.rows, *piece)
        ]

    def _one(self, rows: list[Wide], bundle: Bundle, slug: str) -> Written:
        stem = self.teller.stem(bundle.iri)
        mark = fingerprint(f"{self.salt}{[row[1:] for row in rows]}".encode(errors="replace"))
        if self.target.is_current(stem, mark):
            return Written(stem, mark, fresh=False)
        for suffix, content in self.data.files(bundle):
            folder.replace(self.target.path / f"{stem}.{suffix}", content)
        folder.replace(self.target.path / f"{stem}.html", self._html(bundle, slug))
        return Written(stem, mark, fresh=True)

    def _html(self, bundle: Bundle, slug: str) -> bytes:
        page = self.teller.page(bundle, slug)
        links = signposts(page, bundle, self.renderer.site.base_url)
        if slug == "former" and bundle.of(page.iri, v.REPLACED_BY):
            return self._redirect(page, bundle)
        values = {
            "page": page,
            "links": links,
            "described": schema_org(page, bundle, self.profile, self.renderer.site.base_url),
            "data": {suffix: href(f"{page.stem}.{suffix}", DEPTH) for suffix in DATA},
            "queries": [asked.about(page.iri) for asked in self.queries.get(slug, ())],
            "network_caption": _caption(page),
        }
        return self.renderer.page("entity.html", DEPTH, values)

    def _redirect(self, page: Page, bundle: Bundle) -> bytes:
        heir = bundle.of(page.iri, v.REPLACED_BY)[0]
        iri = heir.term[1:-1]
        links = signposts(replace(page, iri=iri), bundle, "")
        values = {
            "page": page,
            "target": self.teller.href(iri),
            "target_name": plain(heir.label) if heir.label else iri,
            "canonical": address(
                f"{self.teller.stem(iri)}.html", self.renderer.site.base_url, DEPTH
            ),
            "links": [link for link in links if link.rel in ("cite-as", "describedby")],
        }
        return self.renderer.page("former.html", DEPTH, values)


def _caption(page: Page) -> str:
    kinds = {node.link.kind for node in page.network}
    if len(kinds) != 1 or not page.network[0].link.note:
        return "What it is linked to"
    if page.slug == "person":
        return "Co-authors of most papers"
    return f"{capitalised(BY_SLUG.get(kinds.pop(), OTHER).plural)} of most papers"
