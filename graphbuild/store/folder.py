"""The graph folder: where its parts lie, who may write it, and how a build becomes current.

    my-graph/
      graph.toml         what a person edits: base IRI, inputs, options
      judgements.jsonl   identity decisions of people, append-only
      records/           records read from each input, by the hash of its content
      build.json         the current build: its folder, inputs, versions, counts
      build-0001/        the current build: triples/ store/ tables/ search.db ...

A build writes its own ``build-NNNN`` and becomes current when ``build.json`` is replaced by one
rename. So a crash, a full disk or Ctrl-C leaves the graph as it was.
"""

import fcntl
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from graphbuild.errors import GraphError, GraphLockedError

MANIFEST = "build.json"
TRIPLES = "triples/triples.parquet"
COLUMNS = "columns.duckdb"
EXTENT = "extent.json"
STATEMENTS = "triples/statements.parquet"
REPORT = "report.ttl"
LOCK = ".lock"
BACKUP = "backup-"


class Input(msgspec.Struct, frozen=True):
    """One input of a build: the path as given, its format, SHA-256 and number of its bytes."""

    path: str
    format: str
    sha256: str
    bytes: int


class Update(msgspec.Struct, frozen=True):
    """A change of a graph after its build: what was said, and how many triples came and went."""

    said: str
    added: int
    removed: int


class Build(msgspec.Struct, frozen=True):
    """What ``build.json`` says of the current build.

    Attributes:
        data: name of the folder that holds the build.
        version: the graphbuild that wrote it.
        base: IRI that the entities' IRIs start with, ending in ``/``.
        as_of: date at which the inputs were captured, ISO 8601, or None when not stated.
        counts: how many entities of each kind, and ``triples``.
        rejected: how many malformed records were left out.
        undecided: how many identity questions were left open.
        seconds: how long each step took.
        identity: hash of all that the build depends on.
        unread: by format, the fields that nobody reads, and how many records state them in a
            sample of the inputs.
        trust: formats in the order of trust.
        before: identity of the build from which this one took over what did not change; empty for
            one that was written whole.
        updates: how the graph was changed after it was built.
    """

    data: str
    version: str
    base: str
    as_of: str | None
    inputs: tuple[Input, ...]
    counts: dict[str, int]
    rejected: int
    undecided: int
    seconds: dict[str, float]
    identity: str = ""
    unread: dict[str, dict[str, int]] = {}
    trust: tuple[str, ...] = ()
    before: str = ""
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True)
class GraphFolder:
    """A graph folder with its current build.

    Attributes:
        path: the folder.
        build: what its manifest says.
    """

    path: Path
    build: Build

    @property
    def data(self) -> Path:
        """Folder of the current build."""
        return self.path / self.build.data

    @property
    def store(self) -> Path:
        """Oxigraph database that answers SPARQL."""
        return self.data / "store"

    @property
    def triples(self) -> Path:
        """The fused graph: Parquet columns s, p, o in N-Triples form, sorted, each triple once."""
        return self.data / TRIPLES

    @property
    def statements(self) -> Path:
        """What each source says: columns g, s, p, o as in `triples`, g the IRI of the source.

        The file is there only where a build was to keep it.
        """
        return self.data / STATEMENTS

    @property
    def touched(self) -> Path:
        """Which subjects have other triples than in the build before, see docs/identity.md.

        The file is there only where a source was added and the build took over what it could.
        """
        return self.data / "touched.parquet"

    @property
    def columns(self) -> Path:
        """Numbered terms and triples, which answer questions about the whole graph."""
        return self.data / COLUMNS

    @property
    def extent(self) -> Path:
        """How many triples each predicate has, as JSON."""
        return self.data / EXTENT

    @property
    def tables(self) -> Path:
        """The fused records as Parquet, one file per record type."""
        return self.data / "tables"

    @property
    def search(self) -> Path:
        """Label index: an SQLite file."""
        return self.data / "search.db"

    @property
    def judgements(self) -> Path:
        """Identity decisions of this build, by rules and by people, as JSON Lines."""
        return self.data / "judgements.jsonl"

    @property
    def rejected(self) -> Path:
        """Records that were left out, as JSON Lines: file, line, reason, text."""
        return self.data / "rejected.jsonl"

    @property
    def report(self) -> Path:
        """The last SHACL report, in Turtle."""
        return self.data / REPORT


def open_graph(path: Path) -> GraphFolder:
    """Return the graph in a folder.

    Raises:
        GraphError: there is no such folder, it holds no graph, or its manifest is damaged.
    """
    if not path.exists():
        raise GraphError(f"{path}: no such graph; make one with: graphbuild build FILE -o {path}")
    try:
        build = msgspec.json.decode((path / MANIFEST).read_bytes(), type=Build)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise GraphError(f"{path}: not a graph folder, it has no {MANIFEST}") from error
    except msgspec.DecodeError as error:
        raise GraphError(
            f"{path}: {MANIFEST} is damaged ({error}); build the graph again"
        ) from error
    graph = GraphFolder(path, build)
    if not graph.data.is_dir():
        raise GraphError(f"{path}: {build.data} is missing; build the graph again")
    return graph


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Hold the folder's lock and lend an empty folder for a new build.

    Leaving the block normally keeps the new folder, for `commit` to make current; leaving it by
    an error removes it. What a killed build left behind is removed first.

    Raises:
        GraphLockedError: another process is writing this graph.
        GraphError: the folder cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with (path / LOCK).open("a+", encoding="utf-8") as lock:
            _acquire(lock, path)
            fresh = _fresh(path)
            try:
                yield fresh
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphError(
            f"{path}: cannot be written ({reason}); what was there is unchanged"
        ) from error


def commit(path: Path, build: Build, keep: Build | None = None) -> GraphFolder:
    """Make a finished build the current one and remove the builds before it.

    Args:
        path: the graph folder.
        build: the finished build.
        keep: the build before, to be kept as a backup.
    """
    if keep is not None:
        _write_manifest(path / keep.data / MANIFEST, keep)
    _write_manifest(path / MANIFEST, build)
    if keep is not None:
        (path / keep.data).rename(path / keep.data.replace("build-", BACKUP))
    for other in _builds(path):
        if other.name != build.data:
            shutil.rmtree(other, ignore_errors=True)
    return GraphFolder(path, build)


def restore(path: Path) -> GraphFolder:
    """Bring the last backup back, in place of what is there now.

    Raises:
        GraphError: there is no backup.
    """
    with writing(path) as fresh:
        fresh.rmdir()
        backups = sorted(path.glob(f"{BACKUP}[0-9]*"))
        if not backups:
            raise GraphError(f"{path}: has no backup: nothing was updated since it was built")
        build = msgspec.json.decode((backups[-1] / MANIFEST).read_bytes(), type=Build)
        backups[-1].rename(path / build.data)
        return commit(path, build)


def _write_manifest(path: Path, build: Build) -> None:
    manifest = path.with_suffix(".json.new")
    with manifest.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(build), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    manifest.replace(path)


def _acquire(lock: IO[str], path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip() or "another process"
        raise GraphLockedError(f"{path}: being written by {holder}; wait or stop it") from error
    lock.truncate(0)
    lock.write(f"process {os.getpid()} on {socket.gethostname()}")
    lock.flush()


def _fresh(path: Path) -> Path:
    current = _current(path)
    for other in _builds(path):
        if other.name != current:
            shutil.rmtree(other)
    number = int(current.removeprefix("build-")) + 1 if current else 1
    fresh = path / f"build-{number:04d}"
    fresh.mkdir()
    return fresh


def _current(path: Path) -> str:
    try:
        name: str = json.loads((path / MANIFEST).read_bytes())["data"]
    except (FileNotFoundError, ValueError, KeyError):
        return ""
    return name


def _builds(path: Path) -> list[Path]:
    return sorted(folder for folder in path.glob("build-[0-9]*") if folder.is_dir())
