"""Lists of all entities: by class, by letter, in pages of a bearable length."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from operator import attrgetter

from graphbuild.site.classes import BY_SLUG, CLASSES, OTHER
from graphbuild.site.page import Link
from graphbuild.site.places import Places
from graphbuild.site.plan import Listed, Plan
from graphbuild.site.rendering import Renderer, capitalised

PER_PAGE = 200
DEPTH = 2
WINDOW = 4
"""Numbers of pages that are shown to either side of the one that is read."""

SMALL = 400
"""Entities of a class that are listed on one page, without letters."""


class Browser:
    """Makes the lists of one site.

    Args:
        plan: the plan of the site.
        places: where its entities lie.
        renderer: makes HTML.
    """

    def __init__(self, plan: Plan, places: Places, renderer: Renderer) -> None:
        self._plan = plan
        self._places = places
        self._renderer = renderer

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and content of each page that lists entities."""
        counts = self._plan.counts()
        entries = [
            Link(
                capitalised(each.plural),
                f"{each.slug}/index.html",
                f"{counts[each.slug]:,}",
                each.slug,
            )
            for each in (*CLASSES, OTHER)
            if counts.get(each.slug)
        ]
        yield "browse/index.html", self._rendered(1, List("Browse", 0, entries))
        for slug, group in groupby(self._plan.listed(), key=attrgetter("slug")):
            yield from self._of_class(slug, group, counts[slug])

    def _of_class(
        self, slug: str, group: Iterator[Listed], total: int
    ) -> Iterator[tuple[str, bytes]]:
        heading = capitalised(BY_SLUG.get(slug, OTHER).plural)
        front = f"browse/{slug}/index.html"
        if total <= SMALL:
            yield front, self._rendered(DEPTH, List(heading, total, self._links(group)))
            return
        letters = _letters(self._plan, slug)
        top = self._links(self._plan.foremost(slug, PER_PAGE // 2))
        title = f"{heading} by the number of papers" if top else heading
        yield front, self._rendered(DEPTH, List(title, total, top, letters))
        sizes = dict(self._plan.buckets(slug))
        for bucket, inside in groupby(group, key=attrgetter("bucket")):
            one = List(f"{heading}: {shown(bucket)}", sizes[bucket], [], letters, f"{bucket}.html")
            yield from self._of_letter(f"browse/{slug}", bucket, inside, one)

    def _of_letter(
        self, folder: str, bucket: str, inside: Iterator[Listed], one: "List"
    ) -> Iterator[tuple[str, bytes]]:
        rest = range(2, -(-one.total // PER_PAGE) + 1)
        names = [f"{bucket}.html", *(f"{bucket}-{number}.html" for number in rest)]
        for place, name in enumerate(names):
            entries = self._links(islice(inside, PER_PAGE))
            page = replace(one, entries=entries, pages=_window(names, place), here=name)
            yield f"{folder}/{name}", self._rendered(DEPTH, page)

    def _links(self, entities: Iterable[Listed]) -> list[Link]:
        return [each.link(self._places, DEPTH) for each in entities]

    def _rendered(self, depth: int, page: "List") -> bytes:
        return self._renderer.page("browse.html", depth, {"list": page})


@dataclass(frozen=True)
class List:
    """A page that lists entities.

    Attributes:
        heading: what is listed.
        total: how many there are on all pages; 0 for no number.
        entries: those on this page.
        letters: where the entities of each letter are.
        letter: address of the letter that is shown.
        pages: the pages of that letter.
        here: address of this page.
    """

    heading: str
    total: int
    entries: list[Link]
    letters: list[Link] = field(default_factory=list)
    letter: str = ""
    pages: list[Link] = field(default_factory=list)
    here: str = ""


def _letters(plan: Plan, slug: str) -> list[Link]:
    return [
        Link(shown(bucket), f"{bucket}.html", f"{number:,}")
        for bucket, number in plan.buckets(slug)
    ]


def _window(names: list[str], here: int) -> list[Link]:
    """Return the links to the pages near this one, and to the first and the last."""
    near = {0, len(names) - 1, *range(here - WINDOW, here + WINDOW + 1)}
    return [Link(str(n + 1), names[n]) for n in sorted(near) if 0 <= n < len(names)]


def shown(bucket: str) -> str:
    """Return what a letter is called.

    >>> shown("a"), shown("0-9"), shown("other")
    ('A', '0-9', 'Other')
    """
    return capitalised(bucket)
