"""Forget a person for good.

What tells the person is marked (`graphbuild.tombstones`), and the marks are kept first: from then
on no build lets the person in. Then the records that are kept are written again without the person
(`graphbuild.withholding`), and the graph is built from them in a fresh folder, so that no database
keeps old bytes; the builds and backups before go. Whatever breaks off is done by the same command.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from graphbuild.build import PAGES, PEOPLES_JUDGEMENTS, Options, build
from graphbuild.errors import GraphError
from graphbuild.forgetting.subject import Subject, marks_of, renamed_papers, subject_of
from graphbuild.forgetting.traces import clear_logs, drop_backups, left, logs_of, pushed_to
from graphbuild.resolve.published import Published
from graphbuild.runner import processors
from graphbuild.store.folder import GraphFolder, writing
from graphbuild.store.iris import read_published
from graphbuild.store.settings import Settings, read_settings
from graphbuild.tombstones import Marked, remember, with_key


@dataclass(frozen=True)
class Forgetting:
    """What it takes to forget a person.

    Attributes:
        papers: number of papers on which the person has a place.
        places: number of these places, one for each record of a paper.
        registers: number of records of registers of people that go.
        pages: number of names on profile pages that go with the page.
        decisions: number of lines of judgements and links that go, or lose a name.
        pushed: folders of journals of pushes: their targets still have the person.
        tombstone: IRI of what stays; empty where nothing was done.
        marks: number of the marks that keep the person out.
        left: where the folder still has a name or identifier of the person, in words.
    """

    papers: int
    places: int
    registers: int
    pages: int
    decisions: int
    pushed: tuple[str, ...]
    tombstone: str = ""
    marks: int = 0
    left: tuple[str, ...] = ()


def foreseen(graph: GraphFolder, iri: str, key: str) -> Forgetting:
    """Return what it takes to forget a person, and change nothing.

    Args:
        graph: the graph.
        iri: of the person.
        key: of the person.

    Raises:
        GraphError: the records of an input are gone.
    """
    subject = subject_of(graph, iri, key, read_published(graph.data))
    return _summary(graph, subject, really=False)


def forget(  # noqa: PLR0913 - the person is two of them
    graph: GraphFolder,
    iri: str,
    key: str,
    on: date,
    *,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Forgetting:
    """Take a person out of a graph for good and return what was done.

    Args:
        graph: the graph.
        iri: of the person.
        key: of the person.
        on: today.
        force: forget even if that loses what was changed in the graph after it was built.
        progress: is told what is being done.

    Raises:
        GraphError: the graph was changed after it was built, the records of an input are gone, or
            the folder cannot be written.
    """
    _refuse_to_lose(graph, force=force)
    progress("looking for what tells the person")
    published = read_published(graph.data)
    subject = subject_of(graph, iri, key, published)
    stone, done = _remember(graph, subject, on)
    names = renamed_papers(subject, published, with_key(graph.path))
    built = build(_options(graph, names, key, progress)).graph
    return replace(
        done,
        tombstone=f"{built.build.base}id/tombstone/{stone.key}",
        marks=len(stone.marks),
        left=tuple(left(built, subject)),
    )


def _remember(graph: GraphFolder, subject: Subject, on: date) -> tuple[Marked, Forgetting]:
    """Keep what marks a person, and clear what no build makes anew."""
    with writing(graph.path) as fresh:
        fresh.rmdir()
        known = with_key(graph.path)
        key = known.mark("person", subject.key)
        stone = Marked(key, on.isoformat(), marks_of(subject, known))
        others = [each for each in known.tombstones if each.key != stone.key]
        remember(graph.path, [*others, stone])
        done = _summary(graph, subject, really=True)
        drop_backups(graph, PAGES)
    return stone, done


def _refuse_to_lose(graph: GraphFolder, *, force: bool) -> None:
    """Refuse to lose what was changed in the graph after it was built, unless that is wanted."""
    if graph.build.updates and not force:
        raise GraphError(
            f"{graph.path}: was changed by {len(graph.build.updates)} updates, which are lost when "
            "somebody is forgotten, as the graph is built again; use --force to lose them"
        )


def _summary(graph: GraphFolder, subject: Subject, *, really: bool) -> Forgetting:
    logs = logs_of(graph, PEOPLES_JUDGEMENTS)
    return Forgetting(
        len(subject.seats),
        subject.places,
        subject.registers,
        len(subject.pages),
        clear_logs(graph, logs, subject, really=really),
        pushed_to(graph),
    )


def _options(
    graph: GraphFolder, names: dict[str, str], key: str, progress: Callable[[str], None]
) -> Options:
    """Return how to build a graph again from the records that it keeps."""
    settings = read_settings(graph.path) or Settings(graph.build.base)
    return Options(
        (),
        graph.path,
        format=settings.format,
        base=graph.build.base,
        as_of=date.fromisoformat(graph.build.as_of) if graph.build.as_of else None,
        skip_rejected=graph.build.rejected > 0,
        force=True,
        progress=progress,
        jobs=processors(),
        add=True,
        rules=settings.rules,
        trust=settings.trust,
        keep_sources=settings.keep_sources,
        measures=settings.measures,
        licences=settings.licences,
        afresh=lambda published: _without(published, key, names),
    )


def _without(published: Published, key: str, names: dict[str, str]) -> Published:
    """Return what is published without a person, papers under what they are called from now."""
    people = {anchor: of for anchor, of in published.of("person").items() if of != key}
    papers = {**published.of("paper"), **names}
    return Published({**published.keys, "person": people, "paper": papers})
