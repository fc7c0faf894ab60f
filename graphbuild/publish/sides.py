"""The two sides of a comparison: a graph folder, a file of RDF, or a SPARQL endpoint."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, Triple, serialize

from graphbuild.errors import InputError
from graphbuild.records import Rejected
from graphbuild.sources.files import InputFile, find_inputs
from graphbuild.sources.rdf.syntax import parsed
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.folder import GraphFolder
from graphbuild.store.triples import write_columns, write_unsorted
from graphbuild.store.whole import copy_graph

Place = GraphFolder | Endpoint | Path


@dataclass(frozen=True)
class Side:
    """A graph as columns.

    Attributes:
        name: what the user calls it.
        triples: Parquet file with columns s, p, o in N-Triples form.
    """

    name: str
    triples: Path


def side(place: Place, folder: Path, *, ordered: bool = True) -> Side:
    """Return a graph as columns; those of a file or endpoint are written into a folder.

    Args:
        place: a graph folder, an endpoint, or the path of an RDF file (``-`` is standard input,
            compressed ones and folders of files too).
        folder: where to write.
        ordered: sorted, and each triple once; to compare two graphs neither is needed.

    Raises:
        GraphBuildError: it cannot be read wholly.
    """
    if isinstance(place, GraphFolder):
        return Side(str(place.path), place.triples)
    with TemporaryDirectory(dir=folder) as work:
        lines = Path(work) / "lines.nt"
        if isinstance(place, Endpoint):
            copy_graph(place, lines)
        else:
            files = find_inputs((str(place),), Path(work))
            serialize(_statements(files), str(lines), format=RdfFormat.N_TRIPLES)
        target = folder / f"{Path(work).name}.parquet"
        (write_columns if ordered else write_unsorted)([lines], target)
    return Side(str(place), target)


def _statements(files: Iterator[InputFile]) -> Iterator[Triple]:
    """Yield the triples of files, whatever graph they are in."""
    for file in files:
        for quad in parsed(file):
            if isinstance(quad, Rejected):
                raise InputError(quad.reason, location=file.location, line=quad.line)
            yield quad.triple
