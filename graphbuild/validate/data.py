"""Load data graphs for validation: a graph folder's triples, or an RDF file."""

from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from graphbuild.errors import InputError
from graphbuild.store.columns import read_rows
from graphbuild.store.folder import GraphFolder
from graphbuild.validate.quiet import quiet

SUFFIXES = {
    ".jsonld": RdfFormat.JSON_LD,
    ".n3": RdfFormat.N3,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}


def load_graph(graph: GraphFolder) -> Graph:
    """Return a graph folder's triples in memory."""
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in read_rows(graph))
    return _parsed(lines)


def load_rdf(path: Path) -> Graph:
    """Return the triples of an RDF file, those of named graphs too; nothing is fetched.

    Raises:
        InputError: the file cannot be read, or is not in the format that its name says.
    """
    syntax = SUFFIXES.get(path.suffix.lower())
    if syntax is None:
        known = " ".join(SUFFIXES)
        raise InputError(f"the end of the name says no RDF format ({known})", location=str(path))
    try:
        quads = parse(path=str(path), format=syntax, base_iri=path.resolve().as_uri())
        lines = "".join(f"{quad.triple} .\n" for quad in quads)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=str(path)) from error
    except SyntaxError as error:
        raise InputError(f"not {syntax.name}: {error.msg}", location=str(path)) from error
    return _parsed(lines)


def _parsed(lines: str) -> Graph:
    """Parse N-Triples and leave every literal as it is written: a report quotes it."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        with quiet():
            return Graph().parse(data=lines, format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = before
