"""Export a graph in the terms of a profile."""

from contextlib import ExitStack
from pathlib import Path

from graphbuild.errors import NoSuchEntityError
from graphbuild.publish.around import surroundings
from graphbuild.publish.constructed import Request, constructed
from graphbuild.publish.documents import write_entity, write_triples
from graphbuild.publish.profiles import Profile
from graphbuild.store.folder import GraphFolder
from graphbuild.store.formats import packed


def export_as(
    graph: GraphFolder, profile: Profile, target: Path, request: Request
) -> tuple[int, str]:
    """Write a graph in the terms of a profile; return how much, and of what.

    Raises:
        NoSuchEntityError: the profile says nothing of the entity that was asked for.
        GraphBuildError: the profile is wrong, the graph cannot be read, or the file not written;
            what was there is unchanged.
    """
    kind = profile.manifest.format
    if kind in ("csv", "parquet"):
        from graphbuild.publish.copies import copy_tables

        return copy_tables(graph, target, kind), "rows"
    if kind == "dcat":
        from graphbuild.publish.catalogued import write_description

        return write_description(graph, target, request.base), "triples"
    if kind == "text":
        from graphbuild.publish.templated import export_text

        count = export_text(graph, profile, target, request.entity)
        return count, profile.manifest.things
    return _export_triples(graph, profile, target, request), "triples"


def _export_triples(graph: GraphFolder, profile: Profile, target: Path, request: Request) -> int:
    entity = request.entity
    with ExitStack() as stack:
        source = stack.enter_context(surroundings(graph, entity)) if entity else graph
        rows = stack.enter_context(constructed(source, profile, request))
        file = stack.enter_context(packed(target))
        if entity is None:
            return write_triples(rows, profile, file)
        count = write_entity(rows, minted(entity, graph.build.base, request.base), profile, file)
        if not count:
            raise NoSuchEntityError(f"{profile.manifest.title} has no place for {entity}")
        return count


def minted(iri: str, base: str, target: str | None) -> str:
    """Return the IRI that an entity has in the target.

    >>> minted("https://kg.example.org/id/paper/x", "https://kg.example.org/", "http://e.edu/i/")
    'http://e.edu/i/paper-x'
    """
    own = iri.removeprefix(f"{base}id/")
    return iri if target is None or own == iri else f"{target}{own.replace('/', '-')}"
