"""Publish a graph as a static site: every step, in the order that leaves no dead link behind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from graphbuild import __version__
from graphbuild.publish import catalogued, profiles
from graphbuild.publish.constructed import Request, constructed
from graphbuild.runner import spread
from graphbuild.site import folder, planning
from graphbuild.site.asking import queries_by_class
from graphbuild.site.browse import Browser
from graphbuild.site.entities import EntityWriter
from graphbuild.site.folder import ENTITY, SiteFolder, fingerprint
from graphbuild.site.front import DATASET, DUMP, LOST, WELL_KNOWN, front_pages
from graphbuild.site.machines import robots, shipped_files, sitemaps
from graphbuild.site.page import Link
from graphbuild.site.places import Places
from graphbuild.site.plan import Plan
from graphbuild.site.reference import reference_pages, words_of_terms
from graphbuild.site.rendering import ASSETS, HERE, Renderer, Site, look
from graphbuild.site.searching import search_files
from graphbuild.site.triples import DataWriter
from graphbuild.site.views import Teller
from graphbuild.site.withheld import WORDS
from graphbuild.store.columns import lines_of
from graphbuild.store.folder import GraphFolder
from graphbuild.store.formats import packed, shipped_context
from graphbuild.store.turtle import write_turtle

PROFILE = "schema.org"
REFERENCE = ("ontology.html", "shapes.html")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What is asked of a site.

    Attributes:
        title: its name; None for that of the graph folder.
        description: a sentence about it; None for what it holds.
        base_url: web address of the site ending in ``/``, or empty.
        theme: ``auto``, ``light`` or ``dark``.
        logo: a picture for the head of every page.
        only: slugs of the classes that get pages; all when empty.
        jobs: processes at a time.
        unfiltered: whether also what is personal, and opaque scores, are published.
    """

    title: str | None = None
    description: str | None = None
    base_url: str = ""
    theme: str = "auto"
    logo: Path | None = None
    only: tuple[str, ...] = ()
    jobs: int = 1
    unfiltered: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run did: pages of entities; files written, left as they were, removed."""

    pages: int
    written: int
    unchanged: int
    removed: int


@dataclass(frozen=True)
class Run:
    """One run: the graph, the folder, and what its parts share.

    Attributes:
        graph: the graph.
        site: the folder that is written.
        renderer: makes HTML.
        places: where entities lie.
        options: what is asked.
        tell: is told what is being done.
        scratch: a folder for files of this run only.
    """

    graph: GraphFolder
    site: SiteFolder
    renderer: Renderer
    places: Places
    options: Options
    tell: Tell
    scratch: Path

    def write(self) -> Outcome:
        """Write the site."""
        plan = self.plan()
        stems = [self.places.stem(each.iri[1:-1]) for each in plan.listed()]
        self.site.announce(f"{stem}{ENTITY}" for stem in stems)
        self.put(_assets(self.options))
        self.write_entities(plan)
        self.tell("writing lists and the search index")
        pages = self.put(Browser(plan, self.places, self.renderer).pages())
        pages += self.put(
            front_pages(self.graph, plan, self.places, self.renderer, _files(self.options))
        )
        self.put(search_files(plan, self.places))
        if self.options.base_url:
            addresses = (*pages, *REFERENCE, *(f"{stem}.html" for stem in stems))
            self.put(sitemaps((page for page in addresses if page != LOST), self.options.base_url))
        self.site.put("robots.txt", robots(self.options.base_url))
        self.site.finish()
        return Outcome(plan.pages, self.site.written, self.site.unchanged, self.site.removed)

    def put(self, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Write files and return their names."""
        names = []
        for name, content in files:
            self.site.put(name, content)
            names.append(name)
        return names

    def plan(self) -> Plan:
        """Return the plan; what needs the graph itself is written on the way."""
        with planning.gathered(
            self.graph, self.scratch, unfiltered=self.options.unfiltered
        ) as connection:
            self.tell("writing the dump")
            self.write_dump(connection)
            self.put(reference_pages(connection, self.renderer))
            self.tell("gathering what the pages say")
            profile = profiles.shipped(PROFILE)
            with constructed(self.graph, profile, Request()) as described:
                return planning.make_plan(connection, described, self.scratch, self.options.only)

    def write_dump(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write the whole graph as one file, unless it is there, and the description of it."""
        path = self.site.path / DUMP
        build = self.graph.build
        made_from = f"{build.identity}{build.counts}{self.options.unfiltered}"
        if not self.site.keep(DUMP, fingerprint(made_from.encode())):
            path.parent.mkdir(exist_ok=True)
            with packed(path) as file:
                for lines, _ in lines_of(connection):
                    file.write(lines)
            self.site.written += 1
        known = catalogued.file_of(path, DUMP, "application/n-triples", "application/gzip")
        place = self.options.base_url or build.base
        rows = sorted(set(catalogued.description(self.graph, connection, [known], place)))
        text = BytesIO()
        write_turtle(rows, catalogued.NAMESPACES, text)
        self.put((name, text.getvalue()) for name in (DATASET, WELL_KNOWN))

    def write_entities(self, plan: Plan) -> None:
        """Write the files of all entities, those that have changed."""
        queries = queries_by_class(self.renderer.site.graph)
        writer = EntityWriter(
            plan=plan,
            target=self.site,
            renderer=self.renderer,
            teller=Teller(self.places, words_of_terms()),
            data=DataWriter(shipped_context()),
            profile=profiles.shipped(PROFILE),
            queries=queries,
            salt=f"{look()}{self.renderer.site}{queries}",
        )
        done = 0
        for written in spread(writer.write, writer.ranges(), self.options.jobs):
            done += len(written)
            for stem, mark, fresh in written:
                self.site.note(stem, mark, written=fresh)
            self.tell(f"{done:,} of {plan.pages:,} pages")


def publish(graph: GraphFolder, target: Path, options: Options, tell: Tell) -> Outcome:
    """Write a graph as a static site; only what has changed since the last run.

    Raises:
        GraphBuildError: the folder holds something else or cannot be written, or the graph cannot
            be read. What was written is whole files of ours; run it again.
    """
    renderer = Renderer(_site(graph, options))
    places = Places(graph.build.base)
    with folder.opened(target) as site, TemporaryDirectory(prefix="graphbuild-") as scratch:
        return Run(graph, site, renderer, places, options, tell, Path(scratch)).write()


def _site(graph: GraphFolder, options: Options) -> Site:
    name = graph.path.resolve().name
    return Site(
        title=options.title or name,
        description=options.description or "",
        theme=options.theme,
        logo=_logo_name(options.logo),
        base_url=options.base_url,
        as_of=graph.build.as_of or "",
        version=__version__,
        graph=name,
        withheld="" if options.unfiltered else WORDS,
    )


def _logo_name(logo: Path | None) -> str:
    return f"logo{logo.suffix.lower()}" if logo else ""


def _assets(options: Options) -> Iterator[tuple[str, bytes]]:
    for name in ASSETS:
        yield f"assets/{name}", (HERE / name).read_bytes()
    if options.logo:
        yield f"assets/{_logo_name(options.logo)}", options.logo.read_bytes()
    yield ".nojekyll", b""
    yield from shipped_files()


def _files(options: Options) -> Sequence[Link]:
    files = [
        Link("graph.nt.gz", f"./{DUMP}", "the whole graph as N-Triples, packed"),
        Link("dataset.ttl", f"./{DATASET}", "what it holds and links to, as VoID and DCAT"),
        Link("ontology.ttl", "./ontology.ttl", "the terms"),
        Link("shapes.ttl", "./shapes.ttl", "the rules it is checked by, in SHACL"),
        Link("context.jsonld", "./context.jsonld", "the JSON-LD context of the data files"),
    ]
    if options.base_url:
        files.append(Link("sitemap.xml", "./sitemap.xml", "all pages"))
    return files
