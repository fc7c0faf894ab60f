"""Write a graph piece by piece: map entities, and load, sort and index what comes of them.

The pieces are files of their own, so several processes can write them at once, and what is ready
is loaded while the rest is still being mapped.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from graphbuild.fuse import Entities
from graphbuild.mapping.common import RESOURCES
from graphbuild.mapping.kinds import KINDS
from graphbuild.mapping.measure import Measuring, measuring_triples, number_triples
from graphbuild.mapping.reference import reference_triples
from graphbuild.mapping.stated import stated_quads
from graphbuild.runner import spread
from graphbuild.store.folder import STATEMENTS
from graphbuild.store.labels import Label, write_labels
from graphbuild.store.loading import Loading, killable
from graphbuild.store.measures import numbers, of_lines
from graphbuild.store.tables import row, write_table
from graphbuild.store.triples import write_columns, write_lines, write_statements
from graphbuild.terms import Minter, reference

AT_ONCE = 500
"""Entities of a piece."""

BUFFER = 1 << 20
"""Bytes of triples that are written at once."""

LINES, QUADS, NAMES, ROWS = "nt", "nq", "names.jsonl", "rows.jsonl"
"""Suffixes of the files of a piece: triples, what sources say, names, rows of a table."""

ENCODER = msgspec.json.Encoder()
LABEL = msgspec.json.Decoder(Label)


class Piece(NamedTuple):
    """Some entities of one kind, which are written together."""

    number: int
    kind: str
    keys: tuple[str, ...]

    def path(self, folder: Path, suffix: str) -> Path:
        """Return one of the files of the piece."""
        return folder / f"{self.number:06d}-{self.kind}.{suffix}"


@dataclass(frozen=True)
class Assembly:
    """What is written, and where.

    Attributes:
        entities: the fused records.
        mint: gives the IRIs of the graph's entities.
        folder: of the new build.
        jobs: processes that map at the same time.
        progress: is told what is being done.
        measures: whether to count papers, citations and the like of every entity too.
        as_of: when all inputs were captured, if that was stated.
    """

    entities: Entities
    mint: Minter
    folder: Path
    jobs: int
    progress: Callable[[str], None]
    measures: bool = True
    as_of: date | None = None

    @property
    def parts(self) -> Path:
        """The folder of the pieces, which goes when all is done."""
        return self.folder / "parts"

    @property
    def day(self) -> str:
        """The last day on which an input was captured; empty unless it is known of each."""
        if self.as_of:
            return self.as_of.isoformat()
        days = [source.captured or "" for source in self.entities.sources.values()]
        return max(days) if days and all(days) else ""

    @property
    def measured(self) -> Path:
        """The triples of what was counted; an empty file at first."""
        return self.parts / "measures.nt"


@dataclass(frozen=True)
class Seconds:
    """How long the steps took; loading goes on beside the others."""

    map: float
    load: float
    index: float


class Written(NamedTuple):
    """How many entities of each kind, measures and triples were written, and how long it took."""

    counts: dict[str, int]
    seconds: Seconds


def assemble(assembly: Assembly) -> Written:
    """Write triples, store, tables and label index.

    Raises:
        GraphError: something cannot be written.
        OSError: the same.
    """
    assembly.parts.mkdir(exist_ok=True)
    assembly.measured.touch()
    pieces = pieces_of(assembly.entities)
    start = time.perf_counter()
    with killable(), closing(write_pieces(pieces, assembly)) as written:
        first = next(written)  # other processes start here, before there are threads
        with Loading(assembly.folder / "store") as loading:
            for number, piece in enumerate(chain([first], written), 1):
                loading.add(piece.path(assembly.parts, LINES))
                if (quads := piece.path(assembly.parts, QUADS)).exists():
                    loading.add(quads)
                assembly.progress(f"mapping: {number:,} of {len(pieces):,} pieces of the graph")
            mapped = time.perf_counter()
            measures = {"measures": _measure(pieces, assembly)} if assembly.measures else {}
            loading.add(assembly.measured)
            triples = _index(pieces, assembly)
            indexed = time.perf_counter()
    shutil.rmtree(assembly.parts)
    seconds = Seconds(
        map=round(mapped - start, 3),
        load=round(loading.seconds, 3),
        index=round(indexed - mapped, 3),
    )
    return Written(_counts(assembly.entities) | measures | {"triples": triples}, seconds)


def pieces_of(entities: Entities) -> list[Piece]:
    """Return the pieces that a graph is written in."""
    pieces: list[Piece] = []
    for name, kind in KINDS.items():
        keys = iter(kind.of(entities))
        while some := tuple(islice(keys, AT_ONCE)):
            pieces.append(Piece(len(pieces), name, some))
    return pieces


def write_pieces(pieces: Sequence[Piece], assembly: Assembly) -> Generator[Piece, None, None]:
    """Yield the pieces as they are written, in any order."""
    return spread(lambda piece: _write(piece, assembly), pieces, assembly.jobs)


def _write(piece: Piece, assembly: Assembly) -> Piece:
    """Write what one piece comes to: triples, names, and rows of a table."""
    kind, entities, mint = KINDS[piece.kind], assembly.entities, assembly.mint
    names: list[Label] = []
    rows: list[bytes] = []
    quads: list[str] = []
    with piece.path(assembly.parts, LINES).open("wb", buffering=BUFFER) as lines:
        for key in piece.keys:
            lines.write("".join(kind.triples(key, entities, mint)).encode())
            names += map(Label._make, kind.names(key, entities, mint))
            if kind.iri:
                rows.append(row(kind.iri(key, entities, mint)[1:-1], kind.of(entities)[key]))
            quads += stated_quads(piece.kind, key, entities, mint)
    if quads:
        piece.path(assembly.parts, QUADS).write_bytes("".join(quads).encode())
    piece.path(assembly.parts, NAMES).write_bytes(ENCODER.encode_lines(names))
    piece.path(assembly.parts, ROWS).write_bytes(b"".join(rows))
    return piece


def _measure(pieces: Sequence[Piece], assembly: Assembly) -> int:
    """Write what can be counted in the papers' triples; return how many numbers that are."""
    assembly.progress("counting papers, citations and co-authors")
    papers = [piece.path(assembly.parts, LINES) for piece in pieces if piece.kind == "paper"]
    if not papers:
        return 0
    count = 0
    seen: set[Measuring] = set()

    def lines() -> Iterator[str]:
        nonlocal count
        for measuring, number in numbers(of_lines(papers), assembly.parts):
            seen.add(measuring)
            count += 1
            yield number_triples(measuring.key, number, assembly.mint)
        for measuring in sorted(seen):
            yield from measuring_triples(measuring, assembly.day, assembly.mint)
        yield from reference_triples(reference("metric", each.metric) for each in sorted(seen))

    write_lines(assembly.measured, lines())
    return count


def _index(pieces: Sequence[Piece], assembly: Assembly) -> int:
    """Write columns, tables and the label index; return the number of triples."""
    folder, parts = assembly.folder, assembly.parts
    assembly.progress("sorting the triples")
    lines = [*(piece.path(parts, LINES) for piece in pieces), assembly.measured]
    triples = write_columns(lines, folder / "triples" / "triples.parquet")
    if assembly.entities.statements:
        write_statements(sorted(parts.glob(f"*.{QUADS}")), folder / STATEMENTS)
    assembly.progress(f"loading {triples:,} triples, writing tables and the label index")
    for name, kind in KINDS.items():
        if kind.record:
            rows = [piece.path(parts, ROWS) for piece in pieces if piece.kind == name]
            write_table(folder / "tables" / f"{kind.table}.parquet", kind.record, rows)
    names = (piece.path(parts, NAMES) for piece in pieces)
    write_labels(folder / "search.db", chain.from_iterable(map(_labels, names)))
    return triples


def _labels(path: Path) -> list[Label]:
    return [LABEL.decode(line) for line in path.read_bytes().splitlines()]


def _counts(entities: Entities) -> dict[str, int]:
    """Return how many entities of each kind there are."""
    artifacts = Counter(artifact.kind for artifact in entities.artifacts.values())
    kinds = entities.notes.kinds
    return {
        "papers": len(entities.papers) - sum(kinds.get(kind, 0) for kind in RESOURCES),
        "people": len(entities.people),
        "profiles": len(entities.profiles),
        "organizations": len(entities.organizations),
        "venues": len(entities.outlets),
        "volumes": len(entities.volumes) + kinds.get("proceedings", 0) + kinds.get("issue", 0),
        "topics": len(entities.topics),
        "data": kinds.get("dataset", 0),
        "software": kinds.get("software", 0),
        "repositories": len(entities.repositories),
        "methods": artifacts["method"],
        "datasets": artifacts["dataset"],
        "families": len(entities.families),
        "observations": len(entities.observations),
    }
