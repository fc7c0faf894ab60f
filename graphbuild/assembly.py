"""Write a graph piece by piece: map entities, and load, sort and index what comes of them.

The pieces are files of their own, so several processes can write them at once, and what is ready
is loaded while the rest is still being mapped.
"""

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from graphbuild.fuse import Entities
from graphbuild.mapping.common import RESOURCES
from graphbuild.mapping.kinds import KINDS
from graphbuild.mapping.measure import Measuring, measuring_triples, number_triples
from graphbuild.mapping.publication import resource
from graphbuild.mapping.reference import reference_triples
from graphbuild.mapping.stated import stated_quads
from graphbuild.runner import spread
from graphbuild.store.dictionary import write_dictionary
from graphbuild.store.folder import COLUMNS, EXTENT, STATEMENTS, TRIPLES
from graphbuild.store.growing import Growth, grow_store, write_changes, write_made
from graphbuild.store.labels import Label, labels_to_keep, write_labels
from graphbuild.store.loading import Loading, killable
from graphbuild.store.measures import numbers, of_lines
from graphbuild.store.tables import Kept, row, write_table
from graphbuild.store.triples import write_columns, write_lines, write_statements
from graphbuild.terms import Minter, reference

AT_ONCE = 500
"""Entities of a piece."""

BUFFER = 1 << 20
"""Bytes of triples that are written at once."""

LOADERS = 2
"""Batches of triples that are loaded at the same time; each takes some 300 MB."""

LINES, QUADS, NAMES, ROWS, MADE = "nt", "nq", "names.jsonl", "rows.jsonl", "made.jsonl"
"""Suffixes of the files of a piece: triples, what sources say, names, rows of a table, and what
papers are made of."""

SUBJECT = re.compile(r"\n(<[^>]*>)")
"""What a line starts with; the line break makes looking for it three times as fast."""

ENCODER = msgspec.json.Encoder()
LABEL = msgspec.json.Decoder(Label)


class Made(msgspec.Struct):
    """What a paper was made of: its mark; and what came of it: the subjects of its triples."""

    key: str
    mark: str
    subjects: set[str]


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
        marks: of what each paper is made of, and all of them.
        growth: what is taken from the build before; None to write all.
        check: looks at the triples as soon as they are sorted, and returns what it finds in words.
    """

    entities: Entities
    mint: Minter
    folder: Path
    jobs: int
    progress: Callable[[str], None]
    measures: bool = True
    as_of: date | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    growth: Growth | None = None
    check: Callable[[], str] = str

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
    check: float


class Written(NamedTuple):
    """What was written.

    Attributes:
        counts: how many entities of each kind, measures and triples.
        seconds: how long it took.
        verdict: what the check found.
    """

    counts: dict[str, int]
    seconds: Seconds
    verdict: str


def assemble(assembly: Assembly) -> Written:
    """Write triples, store, tables and label index.

    Raises:
        GraphError: something cannot be written.
        OSError: the same.
    """
    assembly.parts.mkdir(exist_ok=True)
    assembly.measured.touch()
    growth = assembly.growth
    pieces = pieces_of(assembly.entities, frozenset(growth.kept) if growth else ())
    written = _grown(pieces, assembly, growth) if growth else _whole(pieces, assembly)
    shutil.rmtree(assembly.parts)
    return written


def _whole(pieces: Sequence[Piece], assembly: Assembly) -> Written:
    """Write all pieces and load them meanwhile."""
    start = time.perf_counter()
    with killable(), closing(write_pieces(pieces, assembly)) as written:
        first = next(written)  # other processes start here, before there are threads
        with Loading(assembly.folder / "store", min(assembly.jobs, LOADERS)) as loading:
            for number, piece in enumerate(chain([first], written), 1):
                loading.add(piece.path(assembly.parts, LINES))
                if (quads := piece.path(assembly.parts, QUADS)).exists():
                    loading.add(quads)
                assembly.progress(f"mapping: {number:,} of {len(pieces):,} pieces of the graph")
            mapped = time.perf_counter()
            measures = _measure(pieces, assembly)
            loading.add(assembly.measured)
            loading.end()
            triples = _index(pieces, assembly)
            indexed = time.perf_counter()
            verdict = assembly.check()
            checked = time.perf_counter()
    seconds = Seconds(
        map=round(mapped - start, 3),
        load=round(loading.seconds, 3),
        index=round(indexed - mapped, 3),
        check=round(checked - indexed, 3),
    )
    counts = _counts(assembly.entities) | measures | {"triples": triples}
    return Written(counts, seconds, verdict)


def _grown(pieces: Sequence[Piece], assembly: Assembly, growth: Growth) -> Written:
    """Write pieces, take all else from the build before, and change a copy of its database."""
    folder, start = assembly.folder, time.perf_counter()
    with killable(), closing(write_pieces(pieces, assembly)) as written:
        for number, _ in enumerate(written, 1):
            assembly.progress(f"mapping: {number:,} of {len(pieces):,} pieces of the graph")
    measures, mapped = _measure(pieces, assembly), time.perf_counter()
    assembly.progress("sorting the triples")
    with growth.columns(_lines(pieces, assembly), folder / TRIPLES) as (db, triples):
        write_changes(db, folder)
        start_of_load = time.perf_counter()
        grow_store(growth.before.store, folder / "store", db)
    loaded = time.perf_counter()
    _describe(pieces, assembly)
    indexed = time.perf_counter()
    verdict = assembly.check()
    seconds = Seconds(
        map=round(mapped - start, 3),
        load=round(loaded - start_of_load, 3),
        index=round(indexed - loaded + start_of_load - mapped, 3),
        check=round(time.perf_counter() - indexed, 3),
    )
    counts = _counts(assembly.entities) | measures | {"triples": triples}
    return Written(counts, seconds, verdict)


def pieces_of(entities: Entities, kept: Collection[str] = ()) -> list[Piece]:
    """Return the pieces that a graph is written in, without the papers that are taken over."""
    pieces: list[Piece] = []
    for name, kind in KINDS.items():
        keys = (key for key in kind.of(entities) if name != "paper" or key not in kept)
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
    made: list[Made] = []
    with piece.path(assembly.parts, LINES).open("wb", buffering=BUFFER) as lines:
        for key in piece.keys:
            text = "".join(kind.triples(key, entities, mint))
            lines.write(text.encode())
            if piece.kind == "paper":
                made.append(
                    Made(key, assembly.marks.get(key, ""), set(SUBJECT.findall(f"\n{text}")))
                )
            names += map(Label._make, kind.names(key, entities, mint))
            if kind.iri:
                rows.append(row(kind.iri(key, entities, mint)[1:-1], kind.of(entities)[key]))
            quads += stated_quads(piece.kind, key, entities, mint)
    if quads:
        piece.path(assembly.parts, QUADS).write_bytes("".join(quads).encode())
    piece.path(assembly.parts, MADE).write_bytes(ENCODER.encode_lines(made))
    piece.path(assembly.parts, NAMES).write_bytes(ENCODER.encode_lines(names))
    piece.path(assembly.parts, ROWS).write_bytes(b"".join(rows))
    return piece


def _measure(pieces: Sequence[Piece], assembly: Assembly) -> dict[str, int]:
    """Write what can be counted in the papers' triples; return how many numbers that are."""
    if not assembly.measures:
        return {}
    assembly.progress("counting papers, citations and co-authors")
    papers = [piece.path(assembly.parts, LINES) for piece in pieces if piece.kind == "paper"]
    sources = [of_lines(papers)] if papers else []
    if assembly.growth:
        sources.append(assembly.growth.triples(assembly.parts / "kept.jsonl"))
    if not sources:
        return {"measures": 0}
    source = " UNION ALL ".join(f"SELECT s, p, o FROM ({each})" for each in sources)  # noqa: S608 - SQL of ours
    count = 0
    seen: set[Measuring] = set()

    def lines() -> Iterator[str]:
        nonlocal count
        for measuring, number in numbers(source, assembly.parts):
            seen.add(measuring)
            count += 1
            yield number_triples(measuring.key, number, assembly.mint)
        for measuring in sorted(seen):
            yield from measuring_triples(measuring, assembly.day, assembly.mint)
        yield from reference_triples(reference("metric", each.metric) for each in sorted(seen))

    write_lines(assembly.measured, lines())
    return {"measures": count}


def _index(pieces: Sequence[Piece], assembly: Assembly) -> int:
    """Write columns, tables and the label index; return the number of triples."""
    folder, parts = assembly.folder, assembly.parts
    assembly.progress("sorting the triples")
    triples = write_columns(_lines(pieces, assembly), folder / TRIPLES)
    if assembly.entities.statements:
        write_statements(sorted(parts.glob(f"*.{QUADS}")), folder / STATEMENTS)
    assembly.progress(f"loading {triples:,} triples, writing tables and the label index")
    _describe(pieces, assembly)
    return triples


def _lines(pieces: Sequence[Piece], assembly: Assembly) -> list[Path]:
    """Return the files of triples of all pieces, and of what was counted."""
    return [*(piece.path(assembly.parts, LINES) for piece in pieces), assembly.measured]


def _describe(pieces: Sequence[Piece], assembly: Assembly) -> None:
    """Number terms and triples; write tables, the label index, and what papers are made of."""
    folder, parts, growth = assembly.folder, assembly.parts, assembly.growth
    write_dictionary(folder / TRIPLES, folder / COLUMNS, folder / EXTENT)
    before = growth.before if growth else None
    iris = _kept_iris(assembly)
    for name, kind in KINDS.items():
        if kind.record:
            rows = [piece.path(parts, ROWS) for piece in pieces if piece.kind == name]
            file = f"{kind.table}.parquet"
            kept = Kept(before.tables / file, iris) if before and name == "paper" else None
            write_table(folder / "tables" / file, kind.record, rows, kept)
    names = chain.from_iterable(_labels(piece.path(parts, NAMES)) for piece in pieces)
    others = labels_to_keep(before.search, frozenset(iris)) if before else ()
    write_labels(folder / "search.db", chain(others, names))
    common = parts / "all.made.jsonl"
    common.write_bytes(ENCODER.encode_lines([Made("", assembly.marks.get("", ""), set())]))
    made = [common, *(piece.path(parts, MADE) for piece in pieces if piece.kind == "paper")]
    write_made(folder, made, before, growth.kept if growth else ())


def _kept_iris(assembly: Assembly) -> list[str]:
    """Return the IRIs of the papers that are taken over, without brackets."""
    kept = assembly.growth.kept if assembly.growth else ()
    return [resource(key, assembly.entities, assembly.mint)[1:-1] for key in kept]


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
