"""The pipeline: read, resolve, fuse, map, load. The only module that knows every step."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from graphbuild import __version__
from graphbuild.assembly import Assembly, assemble
from graphbuild.collect import RECORDS, Found, Reading, Recognised, gathered, read, recognised
from graphbuild.deciding import How
from graphbuild.errors import GraphError
from graphbuild.pulling import fetcher
from graphbuild.records import Tombstone
from graphbuild.resolve.judgements import Judgement, read_judgements
from graphbuild.resolve.links import read_links
from graphbuild.resolve.published import Published
from graphbuild.resolve.rules import read_rules
from graphbuild.reuse import growth
from graphbuild.runner import processors, without_collection
from graphbuild.settling import Settled, settle
from graphbuild.sources import format_named
from graphbuild.sources.audit import unread_fields
from graphbuild.sources.files import InputFile, find_inputs
from graphbuild.store.folder import (
    LOCK,
    MANIFEST,
    REPORT,
    TRIPLES,
    Build,
    GraphFolder,
    Input,
    commit,
    open_graph,
    writing,
)
from graphbuild.store.iris import read_published, write_adopted
from graphbuild.store.settings import Settings, read_settings, write_settings
from graphbuild.terms import REFERENCE_BASE, Minter
from graphbuild.tombstones import read_forgotten

PEOPLES_JUDGEMENTS = "judgements.jsonl"
PAGES = "pages"
"""Folder of a graph that keeps what came from the web."""


@dataclass(frozen=True)
class Options:
    """What a build is asked to do.

    Attributes:
        inputs: files, folders and web addresses as the user named them; ``-`` is standard input.
        output: the graph folder.
        format: format of all inputs, or None to recognise each by its content.
        base: IRI that entities' IRIs start with.
        as_of: when the inputs were captured.
        skip_rejected: go on after a malformed record instead of stopping.
        force: build even if nothing changed, and replace a graph of other inputs.
        progress: is told what is being done.
        jobs: processes that work at the same time.
        rules: file of weights and thresholds of identity; None for the shipped ones.
        trust: formats in the order in which their sources are trusted, most trusted first.
        keep_sources: keep what each source says by itself too, in a named graph of the source.
        measures: count papers, citations and the like of every entity.
        check: check the graph against its shapes.
        licences: IRI of the licence of an input, by its file name or format.
        add: the inputs come to those that the graph has.
        afresh: take nothing over from the build before, but the keys that this leaves of what it
            published.
    """

    inputs: tuple[str, ...]
    output: Path
    format: str | None = None
    base: str = REFERENCE_BASE
    as_of: date | None = None
    skip_rejected: bool = False
    force: bool = False
    progress: Callable[[str], None] = lambda _: None
    jobs: int = field(default_factory=processors)
    add: bool = False
    rules: str | None = None
    trust: tuple[str, ...] = ()
    keep_sources: bool = False
    measures: bool = True
    check: bool = False
    licences: Mapping[str, str] = field(default_factory=dict)
    afresh: Callable[[Published], Published] | None = None


@dataclass(frozen=True)
class Outcome:
    """What a build came to.

    Attributes:
        graph: the graph folder with its current build.
        unchanged: nothing was done, as nothing had changed.
        passed_over: files inside folders and archives that no reader knows.
        unlisted: files in a folder whose manifest does not list them, which were passed by too.
        missing: files that a manifest lists and that are not there.
        open_questions: the identity questions that were left undecided.
        verdict: what the check found, in a line; empty without one.
    """

    graph: GraphFolder
    unchanged: bool = False
    verdict: str = ""
    open_questions: tuple[Judgement, ...] = ()
    passed_over: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


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
        fetch = fetcher(options.output / PAGES, options.progress)
        files = find_inputs(options.inputs, Path(spool), fetch)
        known = recognised(files, options.format) if options.inputs else Found([])
        found = _joined(known.inputs, options) if options.add else known.inputs
        inputs = tuple(_input(each) for each in found)
        with writing(options.output) as fresh:
            old = _old_graph(options, inputs)
            judged = read_judgements(options.output / PEOPLES_JUDGEMENTS)
            identity = _identity(options, inputs, judged)
            if old is not None and old.build.identity == identity and not options.force:
                fresh.rmdir()
                return Outcome(old, unchanged=True)
            _refuse_to_undo(old, options)
            with without_collection():
                outcome = _build(options, found, judged, identity, fresh)
            if read_forgotten(options.output):  # pages as they came may name somebody
                shutil.rmtree(options.output / PAGES, ignore_errors=True)
            return replace(
                outcome,
                passed_over=known.unknown,
                unlisted=known.unlisted,
                missing=known.missing,
            )


def _refuse_to_undo(old: GraphFolder | None, options: Options) -> None:
    """Refuse to lose what was changed in the graph after it was built, unless --force says so."""
    if old is not None and old.build.updates and not options.force:
        raise GraphError(
            f"{options.output}: was changed by {len(old.build.updates)} updates that a new build "
            "would undo; export it first, or use --force to build it without them"
        )


def refuse_foreign(options: Options) -> None:
    """Refuse to write into a folder that holds something else.

    Raises:
        GraphError: the folder holds files, and none of them is of a graph.
    """
    path = options.output
    if path.is_file():
        raise GraphError(f"{path}: is a file; name a folder for the graph")
    foreign = path.is_dir() and any(path.iterdir())
    ours = any((path / name).exists() for name in (MANIFEST, LOCK, PAGES))
    if foreign and not ours and not options.force:
        raise GraphError(f"{path}: holds other files; name another folder, or use --force")


def _joined(new: list[Recognised], options: Options) -> list[Recognised]:
    """Return the inputs of the graph that is there and the new ones, each content once.

    Raises:
        GraphError: there is no graph, or the records of one of its inputs are gone.
    """
    old = open_graph(options.output).build.inputs
    kept = [
        Recognised(InputFile(each.path, Path(each.path), each.sha256, each.bytes), each.format)
        for each in old
    ]
    for each in kept:
        if not _reading(options).records_of(each).exists():
            raise GraphError(
                f"{options.output}: does not hold the records of {each.file.location} any more; "
                "build the graph again from all its inputs"
            )
    known = {each.file.sha256 for each in kept}
    return kept + [each for each in new if each.file.sha256 not in known]


def _input(each: Recognised) -> Input:
    return Input(each.file.location, each.format, each.file.sha256, each.file.size)


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
    parts = (
        __version__,
        options.base,
        str(options.as_of),
        options.skip_rejected,
        sorted((each.sha256, each.format, format_named(each.format).version) for each in inputs),
        judged,
        read_rules(options.rules),
        options.trust,
        options.keep_sources,
        options.measures,
        sorted(options.licences.items()),
        read_links(options.output, ()),
        [each.key for each in read_forgotten(options.output).tombstones],
    )
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _build(
    options: Options,
    inputs: list[Recognised],
    judged: list[Judgement],
    identity: str,
    fresh: Path,
) -> Outcome:
    clock = Clock()
    reading = _reading(options)
    with clock.step("read"):
        read(inputs, reading)
    with clock.step("resolve"):
        options.progress("resolving identities")
        size = sum(reading.records_of(each).stat().st_size for each in inputs)
        gather = partial(gathered, inputs, reading)
        settled = settle(gather, judged, _how(options, judged), fresh, size)
    assembly = _assembly(options, settled, fresh)
    with settled.spool:
        written = assemble(assembly)
    write_adopted(fresh, settled.entities.adopted)
    write_settings(options.output, _settings(options))
    manifest = Build(
        data=fresh.name,
        version=__version__,
        base=options.base,
        as_of=options.as_of.isoformat() if options.as_of else None,
        inputs=tuple(map(_input, inputs)),
        counts=written.counts,
        rejected=settled.rejected,
        undecided=len(settled.open_questions),
        seconds=clock.seconds | asdict(written.seconds),
        identity=identity,
        unread=_unread(options, inputs),
        trust=options.trust,
        before=assembly.growth.before.build.identity if assembly.growth else "",
    )
    graph = commit(options.output, manifest)
    return Outcome(graph, verdict=written.verdict, open_questions=settled.open_questions)


def _assembly(options: Options, settled: Settled, fresh: Path) -> Assembly:
    """Return what is to be written: with --add only what the build before does not have."""
    assembly = Assembly(
        settled.entities,
        Minter(options.base, settled.entities.adopted),
        fresh,
        options.jobs,
        options.progress,
        options.measures,
        options.as_of,
        settled.marks,
        check=partial(_checked, fresh, options.progress) if options.check else str,
    )
    before = open_graph(options.output) if options.add and not options.afresh else None
    whole = settled.entities.links or settled.entities.adopted
    if before is None or before.build.updates or whole:  # updates are no part of what is built
        return assembly
    return replace(
        assembly, growth=growth(before, fresh, settled.entities, settled.marks, assembly.mint)
    )


def _checked(fresh: Path, tell: Callable[[str], None]) -> str:
    # A build without a check needs no library of SHACL.
    from graphbuild.validate.kept import check_briefly

    return check_briefly(fresh / TRIPLES, fresh / REPORT, tell)


def _how(options: Options, judged: list[Judgement]) -> How:
    published = _published(options.output)
    return How(
        read_rules(options.rules),
        options.afresh(published) if options.afresh else published,
        options.trust,
        keep_statements=options.keep_sources,
        links=read_links(options.output, judged),
        tombstones=tuple(
            Tombstone(each.key, each.on) for each in read_forgotten(options.output).tombstones
        ),
    )


def _settings(options: Options) -> Settings:
    """Return what the next build needs to know."""
    settings = Settings(
        options.base,
        options.inputs,
        options.as_of,
        options.format,
        options.trust,
        options.rules,
        options.keep_sources,
        options.measures,
        dict(options.licences),
    )
    kept = read_settings(options.output) if options.add else None
    if kept is None:
        return settings
    return msgspec.structs.replace(
        settings,
        inputs=tuple(dict.fromkeys((*kept.inputs, *options.inputs))),
        format=options.format if options.format == kept.format else None,
    )


def _unread(options: Options, inputs: list[Recognised]) -> dict[str, dict[str, int]]:
    """Return the fields that nobody reads; inputs that were there before may be gone by now."""
    if not options.add:
        return unread_fields((each.format, each.file) for each in inputs)
    old = open_graph(options.output).build
    before = {each.sha256 for each in old.inputs}
    new = (each for each in inputs if each.file.sha256 not in before)
    return old.unread | unread_fields((each.format, each.file) for each in new)


def _reading(options: Options) -> Reading:
    return Reading(
        options.output / RECORDS,
        options.as_of,
        options.skip_rejected,
        options.progress,
        options.jobs,
        read_forgotten(options.output),
        options.licences,
    )


def _published(output: Path) -> Published:
    """Return what the graph that is there has published."""
    if not (output / MANIFEST).exists():
        return Published()
    try:
        return read_published(open_graph(output).data)
    except GraphError:  # a damaged graph is built anew
        return Published()
