"""Write a difference so that a machine can apply it: RDF Patch, SPARQL Update, or signed lines."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from graphbuild.errors import GraphBuildError
from graphbuild.publish.delta import Delta, rows_of
from graphbuild.store.columns import Row

AT_ONCE = 5_000
"""Triples in one operation of an update: servers have limits of length."""

Signs = tuple[str, str]


def write_patch(delta: Delta, file: BinaryIO, before: str = "") -> None:
    """Write RDF Patch, as Apache Jena has it: one transaction, named by what it changes.

    Args:
        delta: the change.
        file: where to write.
        before: name of the patch that comes before this one, if there is one.
    """
    file.write(f"H id <urn:uuid:{identity(delta)}> .\n".encode())
    file.write(f"H prev <{before}> .\n".encode() if before else b"")
    file.write(b"TX .\n")
    _write_signed(delta, ("A", "D"), file)
    file.write(b"TC .\n")


def write_signed(delta: Delta, file: BinaryIO) -> None:
    """Write N-Triples lines, each after ``+`` or ``-``."""
    _write_signed(delta, ("+", "-"), file)


def write_update(delta: Delta, file: BinaryIO) -> None:
    """Write a SPARQL Update of operations that each take some thousand triples.

    Raises:
        GraphBuildError: a triple has a blank node, which no update can name.
    """
    first = True
    for operation, columns in (("DELETE", delta.removed), ("INSERT", delta.added)):
        for some in batches(rows_of(columns), AT_ONCE):
            file.write(b"" if first else b";\n")
            file.write(operation_of(operation, some).encode())
            first = False


def operation_of(operation: str, rows: Iterable[Row], graph: str = "") -> str:
    """Return one operation of SPARQL Update.

    Args:
        operation: ``INSERT`` or ``DELETE``.
        rows: the triples.
        graph: IRI of the graph they go into; empty for the default graph.

    Raises:
        GraphBuildError: a triple has a blank node, which no update can name.
    """
    text = "".join(map(_line, rows))
    inner = f"GRAPH <{graph}> {{\n{text}}}\n" if graph else text
    return f"{operation} DATA {{\n{inner}}}\n"


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield lists of at most so many triples."""
    while some := list(islice(rows, size)):
        yield some


def identity(delta: Delta) -> str:
    """Return a UUID of what a delta changes: the same change has the same."""
    digest = hashlib.sha256()
    for sign, columns in _signed(delta, ("A", "D")).items():
        for row in rows_of(columns):
            digest.update(f"{sign} {' '.join(row)}\n".encode())
    return str(uuid5(NAMESPACE_URL, digest.hexdigest()))


def _write_signed(delta: Delta, signs: Signs, file: BinaryIO) -> None:
    for sign, columns in _signed(delta, signs).items():
        file.writelines(
            "".join([f"{sign} {s} {p} {o} .\n" for s, p, o in some]).encode()
            for some in batches(rows_of(columns), AT_ONCE)
        )


def _signed(delta: Delta, signs: Signs) -> Mapping[str, Path]:
    """Return the files by sign: what goes comes first."""
    add, remove = signs
    return {remove: delta.removed, add: delta.added}


def _line(row: Row) -> str:
    if row[0].startswith("_:") or row[2].startswith("_:"):
        raise GraphBuildError(
            f"{' '.join(row)}: a blank node has no name that an update could use; "
            "give it an IRI, or use RDF Patch"
        )
    return f"{row[0]} {row[1]} {row[2]} .\n"
