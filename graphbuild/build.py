"""The pipeline: read, resolve, fuse, map, load. The only module that knows every step."""

import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from graphbuild import __version__
from graphbuild.entities import Artifact, Person, Repository
from graphbuild.errors import GraphError, RejectedRecordError
from graphbuild.fuse import Entities, fuse, fuse_papers
from graphbuild.mapping.graph import graph_triples
from graphbuild.mapping.naming import entity_names
from graphbuild.records import Observation, Paper, Profile, Record, Rejected, Source
from graphbuild.resolve.judgements import Judgement, read_judgements, write_judgements
from graphbuild.resolve.papers import group_papers
from graphbuild.resolve.people import resolve_people
from graphbuild.sources import SOURCES, format_of, read_records
from graphbuild.sources.files import InputFile, find_inputs
from graphbuild.store.folder import (
    LOCK,
    MANIFEST,
    Build,
    GraphFolder,
    Input,
    commit,
    open_graph,
    writing,
)
from graphbuild.store.labels import Label, write_labels
from graphbuild.store.settings import Settings, write_settings
from graphbuild.store.tables import write_table
from graphbuild.store.triples import write_columns, write_lines, write_store
from graphbuild.terms import REFERENCE_BASE, Minter

RECORD = msgspec.json.Decoder(Record)
PEOPLES_JUDGEMENTS = "judgements.jsonl"


@dataclass(frozen=True)
class Options:
    """What a build is asked to do.

    Attributes:
        inputs: files and folders as the user named them; ``-`` is standard input.
        output: the graph folder.
        format: format of all inputs, or None to recognise each by its content.
        base: IRI that entities' IRIs start with.
        as_of: when the inputs were captured.
        skip_rejected: go on after a malformed record instead of stopping.
        force: build even if nothing changed, and replace a graph of other inputs.
        progress: is told what is being done.
    """

    inputs: tuple[str, ...]
    output: Path
    format: str | None = None
    base: str = REFERENCE_BASE
    as_of: date | None = None
    skip_rejected: bool = False
    force: bool = False
    progress: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Outcome:
    """What a build came to.

    Attributes:
        graph: the graph folder with its current build.
        unchanged: nothing was done, as nothing had changed.
        open_questions: the identity questions that were left undecided.
    """

    graph: GraphFolder
    unchanged: bool = False
    open_questions: tuple[Judgement, ...] = ()


@dataclass
class Collected:
    """The records of all inputs, by type."""

    sources: list[Source] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    rejected: list[tuple[InputFile, Rejected]] = field(default_factory=list)


class Clock:
    """Measures how long each step takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what happens in the block."""
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def build(options: Options) -> Outcome:
    """Build a graph folder; on any error the folder keeps the graph that it had.

    Raises:
        InputError: an input cannot be read.
        RejectedRecordError: a record is malformed, and malformed records are not to be skipped.
        GraphError: the folder cannot be written, or holds something that must not be replaced.
    """
    refuse_foreign(options)
    with tempfile.TemporaryDirectory() as spool:
        files = list(find_inputs(options.inputs, Path(spool)))
        inputs = tuple(_input(file, options.format) for file in files)
        with writing(options.output) as fresh:
            old = _old_graph(options, inputs)
            judged = read_judgements(options.output / PEOPLES_JUDGEMENTS)
            identity = _identity(options, inputs, judged)
            if old is not None and old.build.identity == identity and not options.force:
                fresh.rmdir()
                return Outcome(old, unchanged=True)
            return _build(options, files, inputs, judged, identity, fresh)


def refuse_foreign(options: Options) -> None:
    """Refuse to write into a folder that holds something else.

    Raises:
        GraphError: the folder holds files, and none of them is of a graph.
    """
    path = options.output
    if path.is_file():
        raise GraphError(f"{path}: is a file; name a folder for the graph")
    foreign = path.is_dir() and any(path.iterdir())
    ours = (path / MANIFEST).exists() or (path / LOCK).exists()
    if foreign and not ours and not options.force:
        raise GraphError(f"{path}: holds other files; name another folder, or use --force")


def _input(file: InputFile, format_name: str | None) -> Input:
    return Input(file.location, format_of(file, format_name), file.sha256, file.size)


def _old_graph(options: Options, inputs: tuple[Input, ...]) -> GraphFolder | None:
    """Return the graph that is there, unless it would lose an input without --force."""
    if not (options.output / MANIFEST).exists():
        return None
    try:
        old = open_graph(options.output)
    except GraphError:
        return None
    given = {each.path for each in inputs} | {each.sha256 for each in inputs}
    lost = [i.path for i in old.build.inputs if i.path not in given and i.sha256 not in given]
    if lost and not options.force:
        raise GraphError(
            f"{options.output}: holds a graph of other inputs ({', '.join(lost[:3])}); "
            "name them too to keep them, name another folder, or use --force to replace it"
        )
    return old


def _identity(options: Options, inputs: tuple[Input, ...], judged: list[Judgement]) -> str:
    """Return a hash of all that a build depends on: with the same hash there is nothing to do."""
    readers = {name: source.version for name, source in SOURCES.items()}
    parts = (
        __version__,
        options.base,
        str(options.as_of),
        options.skip_rejected,
        sorted((each.sha256, each.format, readers[each.format]) for each in inputs),
        judged,
    )
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _build(  # noqa: PLR0913 - the one place where everything comes together
    options: Options,
    files: list[InputFile],
    inputs: tuple[Input, ...],
    judged: list[Judgement],
    identity: str,
    fresh: Path,
) -> Outcome:
    clock = Clock()
    with clock.step("read"):
        collected = _read(options, files, inputs)
    with clock.step("resolve"):
        options.progress("resolving identities")
        entities, judgements = _resolve(collected, judged)
    triples = _store(fresh, entities, Minter(options.base), clock, options.progress)
    write_judgements(fresh / "judgements.jsonl", judgements)
    _write_rejected(fresh / "rejected.jsonl", collected)
    write_settings(
        options.output, Settings(options.base, options.inputs, options.as_of, options.format)
    )
    open_questions = tuple(case for case in judgements if case.decision == "undecided")
    manifest = Build(
        data=fresh.name,
        version=__version__,
        base=options.base,
        as_of=options.as_of.isoformat() if options.as_of else None,
        inputs=inputs,
        counts=_counts(entities) | {"triples": triples},
        rejected=len(collected.rejected),
        undecided=len(open_questions),
        seconds=clock.seconds,
        identity=identity,
    )
    return Outcome(commit(options.output, manifest), open_questions=open_questions)


def _store(
    fresh: Path, entities: Entities, mint: Minter, clock: Clock, progress: Callable[[str], None]
) -> int:
    """Write triples, store, tables and label index of a build; return the number of triples."""
    with clock.step("map"):
        progress("writing triples")
        lines = fresh / "triples.nt"
        write_lines(lines, graph_triples(entities, mint))
        triples = write_columns(lines, fresh / "triples" / "triples.parquet")
    with clock.step("load"):
        progress(f"loading {triples:,} triples")
        write_store(lines, fresh / "store")
        lines.unlink()
    with clock.step("index"):
        progress("writing tables and the label index")
        _write_tables(fresh / "tables", entities, mint)
        write_labels(fresh / "search.db", map(Label._make, entity_names(entities, mint)))
    return triples


def _read(options: Options, files: list[InputFile], inputs: tuple[Input, ...]) -> Collected:
    collected = Collected()
    for number, (file, what) in enumerate(zip(files, inputs, strict=True), 1):
        options.progress(f"reading {file.location} ({number} of {len(files)})")
        for record in _records(options, file, what.format):
            _collect(collected, record, file, options)
    return collected


def _records(options: Options, file: InputFile, format_name: str) -> Iterator[Record]:
    """Yield the records of one input, from the graph folder when it was read before."""
    captured = options.as_of.isoformat() if options.as_of else "undated"
    version = SOURCES[format_name].version
    cache = options.output / "records" / f"{file.key}-{format_name}-{version}-{captured}.jsonl"
    if not cache.exists():
        cache.parent.mkdir(exist_ok=True)
        part = cache.with_suffix(".part")
        with part.open("wb") as rows:
            for record in read_records(file, format_name, options.as_of):
                rows.write(msgspec.json.encode(record) + b"\n")
        part.replace(cache)
    with cache.open("rb") as rows:
        yield from map(RECORD.decode, rows)


def _collect(collected: Collected, record: Record, file: InputFile, options: Options) -> None:
    if isinstance(record, Paper):
        collected.papers.append(record)
    elif isinstance(record, Source):
        collected.sources.append(record)
    elif isinstance(record, Profile):
        collected.profiles.append(record)
    elif isinstance(record, Observation):
        collected.observations.append(record)
    elif not isinstance(record, Rejected):
        pass
    elif options.skip_rejected:
        collected.rejected.append((file, record))
    else:
        hint = "mend it, or leave such records out with --on-error skip"
        raise RejectedRecordError(
            f"{record.reason}; {hint}", location=file.location, line=record.line
        )


def _resolve(collected: Collected, judged: list[Judgement]) -> tuple[Entities, list[Judgement]]:
    groups, open_cases = group_papers(collected.papers)
    papers = {key: fuse_papers(records) for key, records in groups.items()}
    people = resolve_people(papers, collected.profiles, judged)
    entities = fuse(collected.sources, papers, collected.profiles, collected.observations, people)
    return entities, [*open_cases, *people.judgements]


def _write_tables(folder: Path, entities: Entities, mint: Minter) -> None:
    for name, kind, records in (
        ("paper", Paper, entities.papers),
        ("person", Person, entities.people),
        ("repo", Repository, entities.repositories),
    ):
        rows = ((mint.iri(name, key)[1:-1], record) for key, record in records.items())
        write_table(folder / f"{name}.parquet", kind, rows)
    artifacts = ((mint.iri(a.kind, a.key)[1:-1], a) for a in entities.artifacts.values())
    write_table(folder / "artifact.parquet", Artifact, artifacts)
    observations = (
        (mint.iri("observation", f"{o.profile}-{o.metric}")[1:-1], o) for o in entities.observations
    )
    write_table(folder / "observation.parquet", Observation, observations)


def _write_rejected(path: Path, collected: Collected) -> None:
    """Write what was left out, one JSON object a line: file, line, reason, text."""
    with path.open("wb") as file:
        for where, record in collected.rejected:
            row = {"file": where.location, **msgspec.to_builtins(record)}
            file.write(msgspec.json.encode(row) + b"\n")


def _counts(entities: Entities) -> dict[str, int]:
    artifacts = Counter(artifact.kind for artifact in entities.artifacts.values())
    return {
        "papers": len(entities.papers),
        "people": len(entities.people),
        "profiles": len(entities.profiles),
        "organizations": len(entities.organizations),
        "repositories": len(entities.repositories),
        "methods": artifacts["method"],
        "datasets": artifacts["dataset"],
        "families": len(entities.families),
        "observations": len(entities.observations),
    }
