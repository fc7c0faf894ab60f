"""The pages that lead in: home, data, search, not found."""

from collections.abc import Iterator, Mapping, Sequence

from graphbuild.site.classes import BY_SLUG, CLASSES, OTHER
from graphbuild.site.heads import HeadLink, address, embedded
from graphbuild.site.page import Link, Section
from graphbuild.site.pictures import bars
from graphbuild.site.places import Places
from graphbuild.site.plan import Plan
from graphbuild.site.rendering import Renderer
from graphbuild.store.folder import GraphFolder

TOP = 8
TOPS = {
    "person": "people with most papers",
    "topic": "largest topics",
    "venue": "largest venues",
    "organisation": "organisations with most papers",
}
FOREMOST = {"paper", "person", "organisation", "venue", "topic", "repository"}
DUMP = "data/graph.nt.gz"
DATASET = "data/dataset.ttl"
WELL_KNOWN = ".well-known/void"
LOST = "404.html"


def front_pages(
    graph: GraphFolder,
    plan: Plan,
    places: Places,
    renderer: Renderer,
    files: Sequence[Link],
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each of these pages.

    Args:
        graph: the graph.
        plan: the plan of the site.
        places: where its entities lie.
        renderer: makes HTML.
        files: what can be taken away, with a note each.
    """
    yield "index.html", _home(graph, plan, places, renderer)
    data = {
        "triples": graph.build.counts["triples"],
        "files": files,
        "base": graph.build.base,
        "inputs": graph.build.inputs,
    }
    yield "data.html", renderer.page("data.html", 0, data)
    yield "search.html", renderer.page("search.html", 0, {})
    yield LOST, renderer.lost()


def _home(graph: GraphFolder, plan: Plan, places: Places, renderer: Renderer) -> bytes:
    counts = plan.counts()
    values = {
        "links": list(_signposts(graph, renderer)),
        "described": embedded(_dataset(graph, renderer, counts)),
        "description": renderer.site.description or _contents(counts),
        "tiles": list(_tiles(counts)),
        "bars": bars(plan.years()),
        "tops": list(_tops(plan, places)),
    }
    return renderer.page("home.html", 0, values)


def _contents(counts: Mapping[str, int]) -> str:
    told = [f"{tile.note} {tile.text}" for tile in _tiles(counts)][:4]
    return f"A graph of scholarly metadata: {', '.join(told)}."


def _tiles(counts: Mapping[str, int]) -> Iterator[Link]:
    for each in sorted((*CLASSES, OTHER), key=lambda each: each.slug not in FOREMOST):
        number = counts.get(each.slug, 0)
        if number and each.slug != "former":
            word = each.plural if number > 1 else each.word
            yield Link(word, f"./browse/{each.slug}/index.html", f"{number:,}", each.slug)


def _tops(plan: Plan, places: Places) -> Iterator[Section]:
    for slug, title in TOPS.items():
        found = [each.link(places, 0) for each in plan.foremost(slug, TOP)]
        if len(found) > 1 and slug in BY_SLUG:
            yield Section(title, found, len(found), "counts")


def _signposts(graph: GraphFolder, renderer: Renderer) -> Iterator[HeadLink]:
    base_url = renderer.site.base_url
    if base_url:
        yield HeadLink("canonical", base_url)
    yield HeadLink("cite-as", f"{graph.build.base}id/dataset")
    yield HeadLink("type", "https://schema.org/AboutPage")
    yield HeadLink("type", "https://schema.org/Dataset")
    yield HeadLink("describedby", address(DATASET, base_url), "text/turtle")
    yield HeadLink("item", address(DUMP, base_url), "application/gzip")


def _dataset(
    graph: GraphFolder, renderer: Renderer, counts: Mapping[str, int]
) -> dict[str, object]:
    site = renderer.site
    described: dict[str, object] = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": f"{graph.build.base}id/dataset",
        "@type": "Dataset",
        "name": site.title,
        "description": site.description or _contents(counts),
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/n-triples",
            "contentUrl": {"@id": address(DUMP, site.base_url)},
        },
    }
    if site.base_url:
        described["url"] = {"@id": site.base_url}
    return described
