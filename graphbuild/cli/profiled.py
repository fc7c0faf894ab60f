"""The part of command ``export`` that writes in the terms of a target."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from graphbuild.cli.licensed import within
from graphbuild.errors import EntityError
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import STDOUT, written

if TYPE_CHECKING:
    from graphbuild.publish.losses import Loss
    from graphbuild.publish.profiles import Profile

HEADER = ("statements", "of", "property", "reason")


class Asked(NamedTuple):
    """The options of ``export`` that go with a profile."""

    known: str | None
    folder: Path | None
    entity: str | None
    base: str | None
    people: Path | None
    report: Path | None
    licence: str | None = None


def place(target: Path) -> str:
    """Return where a file goes, for people."""
    return "standard output" if target == STDOUT else str(target)


def export_profile(graph: GraphFolder, target: Path, asked: Asked) -> None:
    """Write a graph in the terms of a profile and say what was written and what stayed behind."""
    from graphbuild.publish import profiles
    from graphbuild.publish.constructed import Request
    from graphbuild.publish.exports import export_as

    folder, known = asked.folder, asked.known or ""
    profile = profiles.of_folder(folder) if folder else profiles.shipped(known)
    people = own_people(graph, profile, asked.people)
    entity = _entity(graph, asked.entity) if asked.entity else None
    title = profile.manifest.title
    with within(graph, asked.licence) as part:
        count, things = export_as(part, profile, target, Request(asked.base, people, entity))
        click.echo(f"{count:,} {things} written to {place(target)} ({title})", err=True)
        if asked.report:
            _report(part, profile, asked.report, to_error=target == STDOUT)


def own_people(graph: GraphFolder, profile: "Profile", file: Path | None) -> tuple[str, ...]:
    """Return the institution's own people, for a profile that treats them in another way."""
    if not profile.wants_people:
        return ()
    people = _people(graph, file)
    if not people:
        click.echo(
            "nobody is known as your own, so all authors are external: see --people", err=True
        )
    return people


def _entity(graph: GraphFolder, text: str) -> str:
    from graphbuild.store.description import resolve
    from graphbuild.store.facts import facts_of_folder

    return resolve(graph, facts_of_folder(graph), text)


def _people(graph: GraphFolder, file: Path | None) -> tuple[str, ...]:
    """Return the institution's own people: of a file, or else those whose page is an input."""
    from graphbuild.publish.constructed import described_people
    from graphbuild.store.description import resolve
    from graphbuild.store.facts import facts_of_folder

    if file is None:
        return described_people(graph)
    facts = facts_of_folder(graph)
    found: list[str] = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(resolve(graph, facts, line.strip()))
        except EntityError as error:
            click.echo(f"{file}, line {number}: {error}; passed by", err=True)
    return tuple(found)


def _report(graph: GraphFolder, profile: "Profile", target: Path, *, to_error: bool) -> None:
    from graphbuild.publish.losses import losses

    lost = losses(graph, profile)
    if target == STDOUT:
        for line in _words(lost, profile.manifest.title):
            click.echo(line, err=to_error)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(
        [HEADER, *((each.statements, each.of, each.property, each.reason) for each in lost)]
    )
    with written(target) as file:
        file.write(text.getvalue().encode())


def _words(lost: "Sequence[Loss]", title: str) -> Iterator[str]:
    total = sum(each.statements for each in lost)
    yield f"{title} cannot hold {total:,} statements" + (":" if lost else "")
    for each in lost:
        reason = f"  ({each.reason})" if each.reason else ""
        yield f"{each.statements:>9,}  {each.of}  {each.property}{reason}"
