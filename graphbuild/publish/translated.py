"""A graph in the terms of a profile, to be compared with what a target holds."""

from collections.abc import Iterable
from pathlib import Path

from graphbuild.errors import ProfileError
from graphbuild.publish.catalogued import described
from graphbuild.publish.constructed import Request, constructed
from graphbuild.publish.profiles import CONSTRUCTED, Profile, names, shipped
from graphbuild.publish.sides import Side
from graphbuild.store.columns import Row
from graphbuild.store.folder import GraphFolder
from graphbuild.store.triples import write_columns, write_lines

DESCRIBED = "dcat"


def triples_of(name: str) -> Profile:
    """Return a shipped profile that makes triples.

    Raises:
        ProfileError: what it makes is no RDF.
    """
    profile = shipped(name)
    if not _is_rdf(profile):
        able = ", ".join(each for each in names() if _is_rdf(shipped(each)))
        raise ProfileError(
            f"profile {name}: {profile.manifest.title} is no RDF, so it cannot be pushed; "
            f"these can: {able}"
        )
    return profile


def _is_rdf(profile: Profile) -> bool:
    return profile.manifest.format in (*CONSTRUCTED, DESCRIBED)


def side_as(graph: GraphFolder, profile: Profile, request: Request, folder: Path) -> Side:
    """Return columns of what an export in the terms of a profile holds, written into a folder.

    Raises:
        GraphBuildError: the profile is wrong, or the graph cannot be read.
    """
    if profile.manifest.format == DESCRIBED:
        return _side(graph, described(graph, request.base), folder)
    with constructed(graph, profile, request) as rows:
        return _side(graph, rows, folder)


def _side(graph: GraphFolder, rows: Iterable[Row], folder: Path) -> Side:
    lines, columns = folder / "translated.nt", folder / "translated.parquet"
    write_lines(lines, (f"{s} {p} {o} .\n" for s, p, o in rows))
    write_columns([lines], columns)
    lines.unlink()
    return Side(str(graph.path), columns)
